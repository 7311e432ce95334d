"""The words that state a fact, in the Web Annotation vocabulary: more than half of a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.triples.text import decimal, integer, string
from kg.triples.things import short_hash, term

if TYPE_CHECKING:
    from kg.model import DocumentView, Evidence, Fact
    from kg.triples.things import Sheet

__all__ = ["write_evidence"]

_SOME_EVIDENCE: Final = tuple(f"{term('rdf:type')} {term(name)}" for name in ("sc:Evidence", "oa:SpecificResource"))
_POSITION, _QUOTE = (f"{term('rdf:type')} {term(f'oa:Text{kind}Selector')}" for kind in ("Position", "Quote"))
_HAS_SOURCE, _HAS_SELECTOR, _START, _END, _EXACT = (
    term(f"oa:{name}") for name in ("hasSource", "hasSelector", "start", "end", "exact")
)
_FILE_START, _FILE_END, _RULE, _STATED_BY, _CONFIDENCE = (
    term(f"sc:{name}") for name in ("fileStart", "fileEnd", "rule", "statedBy", "confidence")
)


def write_evidence(
    sheet: Sheet, document: DocumentView, source: str, fact: Fact, evidence: Evidence, quoted: set[tuple[object, ...]]
) -> str:
    """The words that state a fact, as a Web Annotation target. Offsets are code points of the canonical text, whose
    hash stands at the document; ``fileStart`` and ``fileEnd`` are those of the decoded file. ``quoted``: what is
    written already."""
    key = short_hash(document.id, evidence.start, evidence.end, fact.rule, fact.confidence)
    node = sheet.thing("evidence", key)
    known = (key, evidence, fact.stated_by)
    if known in quoted:
        return node  # many facts rest on the same words
    quoted.add(known)
    position, quote = f"{node[:-1]}-position>", f"{node[:-1]}-quote>"
    file_start, file_end = document.to_file.span(evidence.start, evidence.end)
    page = evidence.page if evidence.page is not None else document.page(evidence.start)
    origin = sheet.code("Origin", fact.stated_by.value)
    sheet.tell(
        node,
        *_SOME_EVIDENCE,
        f"{_HAS_SOURCE} {source}",
        f"{_HAS_SELECTOR} {position}",
        f"{_HAS_SELECTOR} {quote}",
        f"{_FILE_START} {integer(file_start)}",
        f"{_FILE_END} {integer(file_end)}",
        f"{_RULE} {string(fact.rule)}",
        f"{_STATED_BY} {origin}",
        f"{_CONFIDENCE} {decimal(fact.confidence)}",
    )
    if page is not None:
        sheet.add(node, "sc:page", integer(page))
    sheet.tell(position, _POSITION, f"{_START} {integer(evidence.start)}", f"{_END} {integer(evidence.end)}")
    sheet.tell(quote, _QUOTE, f"{_EXACT} {string(evidence.quote)}")
    return node
