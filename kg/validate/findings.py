"""What a check finds, and the words of the documents behind it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.store import batches
from kg.triples.text import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import Store

__all__ = ["CONFLICT", "SEVERITIES", "VIOLATION", "WARNING", "Finding", "Said", "quotes_of"]

VIOLATION, CONFLICT, WARNING = "violation", "conflict", "warning"
SEVERITIES: Final = (VIOLATION, CONFLICT, WARNING)
"""In this order: what cannot be; what sources contradict each other about; what is unusual."""


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """What a document says: ``value``, where it is one side of a conflict; ``fact`` and ``document`` are addresses,
    ``source`` the name of the file; offsets as in the graph."""

    value: str = ""
    document: str = ""
    source: str = ""
    start: int = -1
    end: int = -1
    quote: str = ""
    page: int | None = field(default=None, compare=False)
    stated_by: str = ""
    fact: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "value": self.value or None,
            "document": self.document or None,
            "source": self.source or None,
            "page": self.page,
            "start": None if self.start < 0 else self.start,
            "end": None if self.end < 0 else self.end,
            "quote": self.quote or None,
            "stated_by": self.stated_by or None,
            "fact": self.fact or None,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """``rule``: name of the shape or of the comparison; ``zh`` and ``en``: the rule in words. ``focus`` and ``value``
    as in SHACL; ``path`` and ``component`` are addresses; ``says``: what the documents say, each with its quote."""

    severity: str
    rule: str
    zh: str
    en: str
    focus: Term
    value: Term | None = None
    path: str = ""
    component: str = ""
    says: tuple[Said, ...] = ()

    def order(self) -> tuple[Any, ...]:
        """Most serious first, then by rule, documents and node: the same whatever order they were found in."""
        value = self.value or Term("literal", "")
        return (SEVERITIES.index(self.severity), self.rule, self.says, self.focus, value, self.path, self.component)

    def as_json(self) -> dict[str, Any]:
        return {
            "severity": self.severity,
            "rule": self.rule,
            "zh": self.zh,
            "en": self.en,
            "focus": self.focus.value,
            "path": self.path or None,
            "value": self.value.value if self.value else None,
            "says": [said.as_json() for said in self.says],
        }


_ABOUT = "sc:aboutPresidency|sc:atMeeting|sc:instrument|sc:holder|sc:inCapacity|sc:post|sc:participant|sc:signatory"
_NODES: Final = "VALUES ?node { %(nodes)s }"
"""Stands in each branch: an engine that joins whole branches would read the graph for some nodes."""
_EVIDENCE: Final = f"""
SELECT ?node ?fact ?evidence WHERE {{
  {{ {_NODES} ?node sc:evidence ?evidence . BIND (?node AS ?fact) }}
  UNION {{ {_NODES} ?node a sc:Evidence . BIND (?node AS ?evidence) OPTIONAL {{ ?fact sc:evidence ?node }} }}
  UNION {{ {_NODES} ?evidence oa:hasSelector ?node . OPTIONAL {{ ?fact sc:evidence ?evidence }} }}
  UNION {{ {_NODES} ?fact {_ABOUT} ?node ; sc:evidence ?evidence }}
}}"""
_QUOTES: Final = f"""
SELECT ?node ?document ?source ?quote ?start ?end ?page ?by WHERE {{
  {_NODES} ?node oa:hasSource ?document .
  OPTIONAL {{ ?document dct:source ?source }}
  OPTIONAL {{ ?node oa:hasSelector/oa:exact ?quote }}
  OPTIONAL {{ ?node oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }}
  OPTIONAL {{ ?node sc:page ?page }}
  OPTIONAL {{ ?node sc:statedBy/skos:notation ?by }}
}}"""
_DOCUMENTS: Final = f"""
SELECT ?node ?document ?source WHERE {{
  {{ {_NODES} GRAPH ?graph {{ ?node ?any ?thing . ?document a sc:SourceDocument }} }}
  UNION {{ {_NODES} ?node a sc:SourceDocument . BIND (?node AS ?document) }}
  OPTIONAL {{ ?document dct:source ?source }}
}}"""


def quotes_of(store: Store, nodes: Iterable[Term]) -> dict[str, tuple[Said, ...]]:
    """By address of a fact, of its evidence, or of what facts are about: the words that say it. A node that no words
    are known of has the documents whose graphs name it; a blank node and a literal have nothing."""
    wanted = sorted({node.value for node in nodes if node.kind == "iri"})
    found: defaultdict[str, set[Said]] = defaultdict(set)
    # two queries, for in one the engine would read all evidence of the graph to join it
    told = list(_rows(store, _EVIDENCE, wanted))
    words: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(store, _QUOTES, sorted({row["evidence"] for row in told})):
        words[row["node"]].append(row)
    for row in told:
        fact = {"fact": row["fact"]} if "fact" in row else {}
        found[row["node"]].update(_said(one | fact) for one in words[row["evidence"]])
    for row in _rows(store, _DOCUMENTS, [name for name in wanted if not found[name]]):
        found[row["node"]].add(_said(row))
    return {name: tuple(sorted(said)) for name, said in found.items() if said}


def _rows(store: Store, query: str, nodes: list[str]) -> Iterator[dict[str, str]]:
    """The answers for addresses, some at once."""
    for some in batches(nodes):
        for row in store.rows(query % {"nodes": some}):
            yield {name: term.value for name, term in row.items()}


def _said(row: dict[str, str]) -> Said:
    return Said(
        document=row.get("document", ""),
        source=row.get("source", ""),
        start=_number(row.get("start")),
        end=_number(row.get("end")),
        quote=row.get("quote", ""),
        page=_number(row.get("page")) if "page" in row else None,
        stated_by=row.get("by", ""),
        fact=row.get("fact", ""),
    )


def _number(text: str | None) -> int:
    try:
        return int(text or -1)
    except ValueError:
        return -1  # a graph that breaks the shapes may hold anything
