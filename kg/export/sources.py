"""The documents that a graph was read from, as a bibliography wants them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.export.statements import local
from kg.symbols import document_url

if TYPE_CHECKING:
    from kg.export.statements import Select

__all__ = ["Source", "one_line", "read_sources"]

_DOCUMENTS: Final = """
SELECT ?document ?id ?file ?kind ?language ?title ?label ?instrument ?symbol ?date ?url WHERE {
  ?document a sc:SourceDocument ; dct:identifier ?id ; dct:source ?file ; sc:kind ?kind ; dct:language ?language .
  OPTIONAL { ?document dct:title ?title }
  OPTIONAL { ?document rdfs:label ?label }
  OPTIONAL { ?document sc:textOf/rdfs:label ?instrument . FILTER (LANGMATCHES(LANG(?instrument), "zh")) }
  OPTIONAL { ?document sc:symbol ?symbol }
  OPTIONAL { ?document dct:date ?date }
  OPTIONAL { ?document schema:url ?url }
}
"""
_SENDERS: Final = """
SELECT ?document ?state ?role WHERE {
  ?fact a sc:Letter ; sc:modality sc:Asserted ; sc:statedIn ?document ; sc:senderRole ?role ;
    sc:forState/rdfs:label ?state
  FILTER (LANGMATCHES(LANG(?state), "zh"))
}
"""
_ISSUERS: Final = (
    (re.compile(r"S/(?:RES|PRST)/|S/PV\."), "联合国安全理事会"),
    (re.compile(r"A/RES/|A/PV\.|A/\d+/PV\."), "联合国大会"),
)
"""Whose own words a document is, by its symbol; other symbols only say to whom it was given."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class Source:
    """A document. ``key``: its address without the common part, ``S-2020-270``; ``author``: a body, or who sent a
    letter (a state and an office), None where the graph does not say; ``date`` ISO, as precise as the document."""

    key: str
    id: str
    title: str
    kind: str
    language: str
    author: str | None
    symbol: str | None
    date: str | None
    url: str | None


def read_sources(select: Select) -> dict[str, Source]:
    """All documents by their node, ``document/S-2020-270``."""
    values: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in select(_DOCUMENTS):
        for name, term in row.items():
            values[local(row["document"].value)][name].add(term.value)
    senders: defaultdict[str, set[str]] = defaultdict(set)
    for row in select(_SENDERS):
        senders[local(row["document"].value)].add(row["state"].value + row["role"].value)
    return {node: _source(node, values[node], senders[node]) for node in sorted(values)}


def _source(node: str, values: defaultdict[str, set[str]], senders: set[str]) -> Source:
    first = {name: one_line(min(found)) for name, found in values.items()}
    symbol = first.get("symbol")
    issuer = next((name for pattern, name in _ISSUERS if symbol and pattern.match(symbol)), None)
    return Source(
        key=node.partition("/")[2],
        id=first["id"],
        title=first.get("title") or first.get("instrument") or first.get("label") or first["file"],
        kind=first["kind"],
        language=first["language"],
        author=issuer or (one_line(min(senders)) if len(senders) == 1 else None),
        symbol=symbol,
        date=first.get("date"),
        url=document_url(symbol) if symbol else first.get("url"),
    )


def one_line(text: str) -> str:
    """``text`` with line ends and control characters as single blanks."""
    return _CONTROL.sub(" ", text).strip()
