"""Which form of an answer a client wants (RFC 9110, section 12.5.1), and what the forms are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["GRAPH_TYPES", "HTML", "ROW_TYPES", "choose"]

HTML: Final = "text/html"

ROW_TYPES: Final = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
}
"""Answers to SELECT and ASK: media types and forms, the one for ``*/*`` first."""

GRAPH_TYPES: Final = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}
"""Answers to CONSTRUCT and DESCRIBE, and descriptions."""

_RANGE = re.compile(r"\s*([\w!#$&^.+-]+|\*)/([\w!#$&^.+-]+|\*)\s*((?:;[^,]*)?)", re.ASCII)
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def choose(accept: str | None, offers: Iterable[str] | Mapping[str, str]) -> str | None:
    """The media type of ``offers`` that the header ``accept`` likes best, the earlier of equals; None if it takes none.

    Without a header, or with one that names no media range, the first.
    """
    ranges: list[tuple[str, str, float]] = []
    for part in (accept or "*/*").split(","):
        if found := _RANGE.fullmatch(part):
            stated = _QUALITY.search(found[3])
            ranges.append((found[1].lower(), found[2].lower(), min(float(stated[1]), 1.0) if stated else 1.0))
    if not ranges:
        ranges.append(("*", "*", 1.0))
    best, chosen = 0.0, None
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > best:
            best, chosen = quality, offer
    return chosen


def _quality(offer: str, ranges: list[tuple[str, str, float]]) -> float:
    """What the most specific range that fits says."""
    kind, _, name = offer.partition("/")
    fitting = [
        ((want_kind != "*") + (want_name != "*"), quality)
        for want_kind, want_name, quality in ranges
        if want_kind in ("*", kind) and want_name in ("*", name)
    ]
    return max(fitting)[1] if fitting else 0.0
