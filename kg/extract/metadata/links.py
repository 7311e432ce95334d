"""Citations that a file makes by hyperlink: where the link leads says what is cited, whatever its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from kg.model import Citation, Document, Evidence, StatedBy
from kg.symbols import find_symbols

__all__ = ["linked_citations", "linked_symbol"]

_ADDRESS = re.compile(
    r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org|un\.org/(?:[a-z]{2}/)?(?:ga/search/view_doc|docs/?)[^?]*)"
    r"(?:/(?:ar|ch|zh|en|fr|ru|es)(?=/))?(?:/|[^?]*\?(?:[^#]*&)?symbol=)(?P<symbol>[^?&#]+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s(（]*")


def linked_symbol(href: str) -> str | None:
    """The symbol of the UN document that an address leads to, None for any other address.

    ``https://undocs.org/ch/S/RES/1325 (2000)`` -> ``S/RES/1325(2000)``.
    """
    match = _ADDRESS.match(href)
    if not match:
        return None
    symbol = "".join(unquote(match["symbol"]).split()).strip("/.")
    symbol = re.sub(r"(?<=/)(?:res|prst|pv)(?=[/.])", lambda m: m[0].upper(), symbol)
    found = list(find_symbols(symbol))
    return found[0].symbol if len(found) == 1 and found[0].end == len(symbol) else None


def linked_citations(document: Document) -> Iterator[Citation]:
    """One fact a symbol, with all words that link to it. One citation may be split over several links."""
    told: dict[str, list[tuple[int, int]]] = {}
    for item in document.metadata:
        symbol = linked_symbol(item.get("href")) if item.name == "a" else None
        if symbol is None or symbol == document.symbol:
            continue
        spans = told.setdefault(symbol, [])
        if spans and spans[-1][1] <= item.start and _BETWEEN.fullmatch(document.text, spans[-1][1], item.start):
            spans[-1] = (spans[-1][0], item.end)
        else:
            spans.append((item.start, item.end))
    for symbol, spans in told.items():
        evidence = (Evidence(start, end, document.text[start:end], document.page(start)) for start, end in spans)
        yield Citation(
            cited=symbol,
            confidence=0.99,
            rule="metadata.citation",
            stated_by=StatedBy.METADATA,
            evidence=tuple(evidence),
        )
