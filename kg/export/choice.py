"""What of a large graph a picture shows: the things that most facts are about, and for each of them some facts.

Chosen by counts that the store makes, so that memory holds what is shown and a count for each thing, not the graph.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappushpop
from typing import TYPE_CHECKING, Final

from kg.export.statements import batches, local

if TYPE_CHECKING:
    from kg.export.statements import Select

__all__ = ["Choice", "choose", "done"]

_FACTS: Final = 40_000
"""Facts of a graph that is shown whole; so many are read of a larger one."""

_LINKED: Final = """?fact sc:modality ?modality ; ?p ?node .
  FILTER (isIRI(?node) && ?p NOT IN (rdf:type, sc:evidence, sc:modality, sc:body))"""
_DONE: Final = """
SELECT DISTINCT ?node WHERE {
  VALUES ?node { %s }
  ?fact ?p ?node ; sc:modality ?modality . FILTER (?modality NOT IN (sc:Planned, sc:Proposed))
  FILTER NOT EXISTS { ?fact sc:status ?status . FILTER (?status IN (sc:Planned, sc:Postponed, sc:Cancelled)) }
}"""


@dataclass(frozen=True, slots=True)
class Choice:
    """``nodes``: what is shown, by local name; ``facts``: addresses of the facts that are read for it, sorted;
    ``total``: how many nodes there are."""

    nodes: frozenset[str]
    facts: tuple[str, ...]
    total: int

    def addresses(self, nodes: Iterable[str]) -> list[str]:
        """Of local names, sorted."""
        space = self.facts[0].rpartition("/id/")[0]
        return [f"{space}/id/{node}" for node in sorted(nodes)]


def choose(select: Select, limit: int, types: Iterable[str], texts: Mapping[str, str]) -> Choice | None:
    """The choice of ``limit`` nodes; None for a graph that is small enough to be shown whole.

    ``types``: classes that can be shown; ``texts``: documents that are shown as what they are the text of.
    """
    counts: Counter[str] = Counter()
    classes = " ".join(f"<{name}>" for name in types)
    counted = f"SELECT ?node (COUNT(*) AS ?n) WHERE {{ {_LINKED} }} GROUP BY ?node"
    shown = f"FILTER EXISTS {{ VALUES ?class {{ {classes} }} ?node a ?class }}"
    for row in select(f"SELECT ?node ?n WHERE {{ {{ {counted} }} {shown} }}"):
        node = local(row["node"].value)
        counts[texts.get(node, node)] += int(row["n"].value)
    (told,) = select("SELECT (COUNT(DISTINCT ?fact) AS ?n) WHERE { ?fact sc:modality ?modality }")
    if len(counts) <= limit and int(told["n"].value) <= _FACTS:
        return None
    nodes = frozenset(sorted(counts, key=lambda node: (-counts[node], node))[:limit])
    return Choice(nodes, tuple(_facts(select, nodes, texts)), len(counts))


def _facts(select: Select, nodes: frozenset[str], texts: Mapping[str, str]) -> list[str]:
    """For each node the same number of facts: those whose addresses, which are hashes, come last."""
    each = max(1, _FACTS // len(nodes))
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in select(f"SELECT ?node ?fact WHERE {{ {_LINKED} }}"):
        node, fact = local(row["node"].value), row["fact"].value
        node = texts.get(node, node)
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
    return sorted({fact for own in found.values() for _, fact in own})


def done(select: Select, nodes: Iterable[str]) -> set[str]:
    """Those of ``nodes`` (addresses) that any fact of the graph tells of as more than planned."""
    return {row["node"].value for some in batches(nodes) for row in select(_DONE % some)}
