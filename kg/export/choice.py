"""What of a large graph a picture shows: the things that most facts are about, and for each of them some facts.

Chosen by counts, so that memory holds what is shown and some numbers for the rest, not the graph. They are made while
the graph is written (`Tally`), or by the store (`choose`).
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import heappushpop
from typing import TYPE_CHECKING, Final

from kg.export.statements import local
from kg.store import batches
from kg.vocabulary import PREFIXES, SC

if TYPE_CHECKING:
    from kg.export.statements import Select

__all__ = ["SHOWN", "Choice", "Tally", "choose", "done"]

# the first class that a thing has decides: a mission or a panel is a mandate holder too
SHOWN: Final = {
    SC.State: "State",
    SC.Mission: "Mission",
    SC.MandateHolder: "Holder",
    SC.Organization: "Organization",
    SC.Official: "Person",
    SC.Meeting: "Meeting",
    SC.Presidency: "Presidency",
    SC.Resolution: "Resolution",
    SC.PresidentialStatement: "Resolution",
    SC.SourceDocument: "Document",
    SC.Document: "Document",
    SC.Theme: "Theme",
    SC.AgendaItem: "Theme",
}
"""Classes of things that can be shown, and what they are shown as."""

_FACTS: Final = 40_000
"""Facts of a graph that is shown whole; so many are read of a larger one."""

_OPEN: Final = (SC.Planned, SC.Proposed), (SC.Planned, SC.Postponed, SC.Cancelled)
"""Modalities, and statuses, of what is not done."""

_LINKED: Final = """?fact sc:modality ?modality ; ?p ?node .
  FILTER (isIRI(?node) && ?p NOT IN (rdf:type, sc:evidence, sc:modality, sc:body))"""
_DONE: Final = f"""
SELECT DISTINCT ?node WHERE {{
  VALUES ?node {{ %s }}
  ?fact ?p ?node ; sc:modality ?modality . FILTER (?modality NOT IN ({", ".join(f"<{term}>" for term in _OPEN[0])}))
  FILTER NOT EXISTS {{
    ?fact sc:status ?status . FILTER (?status IN ({", ".join(f"<{term}>" for term in _OPEN[1])}))
  }}
}}"""

_MODALITY, _STATUS, _TEXT_OF = f"<{SC.modality}>", f"<{SC.status}>", f"<{SC.textOf}>"
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_NO_LINKS: Final = frozenset({_TYPE, _MODALITY, f"<{SC.evidence}>", f"<{SC.body}>"})
_CLASSES: Final = frozenset(f"<{name}>" for name in SHOWN)
_NOT_DONE: Final = tuple(frozenset(f"<{term}>" for term in terms) for terms in _OPEN)
_IS_SHOWN, _IS_DONE = 1, 2


@dataclass(frozen=True, slots=True)
class Choice:
    """``nodes``: what is shown, by local name; ``facts``: addresses of the facts that are read for it, sorted;
    ``total``: how many nodes there are; ``done``: those of ``nodes`` that any fact of the graph tells of as more than
    planned, None where the graph is to be asked. Without facts, the graph is shown whole."""

    nodes: frozenset[str] = frozenset()
    facts: tuple[str, ...] = ()
    total: int = 0
    done: frozenset[str] | None = None

    def addresses(self, nodes: Iterable[str]) -> list[str]:
        """Of local names, sorted."""
        space = self.facts[0].rpartition("/id/")[0]
        return [f"{space}/id/{node}" for node in sorted(nodes)]


class Tally:
    """Looks at one subject after the other (`subject`) and counts what facts are about.

    Memory: for each fact its name, and eight bytes for each of its links; for each thing its name.
    """

    def __init__(self) -> None:
        self._space = ""
        self._numbers: dict[str, int] = {}
        self._flags = bytearray()
        self._facts: list[str] = []
        self._links = array("I"), array("I")
        self._texts: dict[str, str] = {}

    def subject(self, subject: str, said: Mapping[str, list[str]]) -> None:
        """One more node, with all its objects by predicate, as N-Triples writes them."""
        if _MODALITY in said:
            status = said.get(_STATUS, ())
            flag = 0 if said[_MODALITY][0] in _NOT_DONE[0] or any(one in _NOT_DONE[1] for one in status) else _IS_DONE
            fact = len(self._facts)
            self._space, _, name = subject[1:-1].rpartition("/id/")
            self._facts.append(name)
            nodes, facts = self._links
            for predicate, objects in said.items():
                if predicate not in _NO_LINKS:
                    for node in objects:
                        if node[0] == "<":
                            number = self._number(node)
                            self._flags[number] |= flag
                            nodes.append(number)
                            facts.append(fact)
            return
        if not _CLASSES.isdisjoint(said.get(_TYPE, ())):
            self._flags[self._number(subject)] |= _IS_SHOWN
            if _TEXT_OF in said:
                self._texts[local(subject[1:-1])] = local(said[_TEXT_OF][0][1:-1])

    def _number(self, term: str) -> int:
        name = local(term[1:-1])
        number = self._numbers.setdefault(name, len(self._flags))
        if number == len(self._flags):
            self._flags.append(0)
        return number

    def choice(self, limit: int) -> Choice:
        """The choice of ``limit`` nodes."""
        names = list(self._numbers)
        counts: Counter[str] = Counter()
        for number, count in Counter(self._links[0]).items():
            if self._flags[number] & _IS_SHOWN:
                counts[self._texts.get(names[number], names[number])] += count
        if len(counts) <= limit and len(self._facts) <= _FACTS:
            return Choice()
        pairs = ((names[number], self._facts[fact]) for number, fact in zip(*self._links, strict=True))
        found = _chosen(counts, limit, pairs, self._texts)
        facts = (f"{self._space}/id/{name}" for name in found.facts)
        done = (name for name in found.nodes if self._flags[self._numbers[name]] & _IS_DONE)
        return replace(found, facts=tuple(facts), done=frozenset(done))


def choose(select: Select, limit: int, texts: Mapping[str, str]) -> Choice:
    """The choice of ``limit`` nodes. ``texts``: documents that are shown as what they are the text of."""
    counts: Counter[str] = Counter()
    classes = " ".join(f"<{name}>" for name in SHOWN)
    counted = f"SELECT ?node (COUNT(*) AS ?n) WHERE {{ {_LINKED} }} GROUP BY ?node"
    shown = f"FILTER EXISTS {{ VALUES ?class {{ {classes} }} ?node a ?class }}"
    for row in select(f"SELECT ?node ?n WHERE {{ {{ {counted} }} {shown} }}"):
        node = local(row["node"].value)
        counts[texts.get(node, node)] += int(row["n"].value)
    (told,) = select("SELECT (COUNT(DISTINCT ?fact) AS ?n) WHERE { ?fact sc:modality ?modality }")
    if len(counts) <= limit and int(told["n"].value) <= _FACTS:
        return Choice()
    rows = select(f"SELECT ?node ?fact WHERE {{ {_LINKED} }}")
    return _chosen(counts, limit, ((local(row["node"].value), row["fact"].value) for row in rows), texts)


def _chosen(
    counts: Mapping[str, int], limit: int, pairs: Iterable[tuple[str, str]], texts: Mapping[str, str]
) -> Choice:
    """The nodes counted most, and for each the same number of facts of ``pairs`` (a node and a fact): those whose
    addresses, which are hashes, come last."""
    nodes = frozenset(sorted(counts, key=lambda node: (-counts[node], node))[:limit])
    each = max(1, _FACTS // len(nodes))
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for told, fact in pairs:
        node = texts.get(told, told)
        if node not in nodes:
            continue
        own = found[node]
        key = (fact[fact.rfind("/") :], fact)
        if key in own:
            continue
        if len(own) < each:
            own.append(key)
            own.sort()
        elif key > own[0]:
            heappushpop(own, key)
    facts = sorted({fact for own in found.values() for _, fact in own})
    return Choice(nodes, tuple(facts), len(counts))


def done(select: Select, nodes: Iterable[str]) -> set[str]:
    """Those of ``nodes`` (addresses) that any fact of the graph tells of as more than planned."""
    return {row["node"].value for some in batches(nodes) for row in select(_DONE % some)}
