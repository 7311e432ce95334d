"""Citations that a file makes by hyperlink: where the link leads says what is cited, whatever its words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from kg.extract.citations import typed_mentions
from kg.extract.reading import Reading
from kg.model import Citation, Document, Evidence, StatedBy
from kg.symbols import find_symbols

__all__ = ["linked_citations", "linked_symbol"]

_ADDRESS = re.compile(
    r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org|un\.org/(?:[a-z]{2}/)?(?:ga/search/view_doc|docs/?)[^?]*)"
    r"(?:/(?:ar|ch|zh|en|fr|ru|es)(?=/))?(?:/|[^?]*\?(?:[^#]*&)?symbol=)(?P<symbol>[^?&#]+)",
    re.IGNORECASE,
)
_KEPT = 4096
"""Addresses of which the symbols are kept: resolutions link to the same ones again and again."""
_BETWEEN = re.compile(r"[\s(（]*")


@lru_cache(maxsize=_KEPT)
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


def linked_citations(reading: Reading) -> Iterator[Citation]:
    """One fact a symbol, relation and paragraph, with all words that link to it.

    A link says what is cited, not why: relation and paragraph are those that the text gives the words that link, so that
    the two confirm each other; ``cites`` where the text cites something else there. One citation may be split over
    several links.
    """
    document = reading.view.document
    spans = _linked(document)
    if not spans:
        return
    typed = _typed(reading)
    told: dict[tuple[str, str, str | None], list[Evidence]] = {}
    for symbol, start, end in spans:
        said = ((relation, number) for left, right, relation, number in typed[symbol] if left < end and start < right)
        relation, number = next(said, ("cites", None))
        told.setdefault((symbol, relation, number), []).append(
            Evidence(start, end, document.text[start:end], document.page(start))
        )
    for (symbol, relation, number), evidence in told.items():
        yield Citation(
            cited=symbol,
            relation=relation,
            cited_paragraph=number,
            confidence=0.99,
            rule="metadata.citation",
            stated_by=StatedBy.METADATA,
            evidence=tuple(evidence),
        )


def _linked(document: Document) -> list[tuple[str, int, int]]:
    """Symbol and place of each link to another UN document."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for item in document.metadata:
        symbol = linked_symbol(item.get("href")) if item.name == "a" else None
        if symbol is None or symbol == document.symbol:
            continue
        found = spans.setdefault(symbol, [])
        if found and found[-1][1] <= item.start and _BETWEEN.fullmatch(document.text, found[-1][1], item.start):
            found[-1] = (found[-1][0], item.end)
        else:
            found.append((item.start, item.end))
    return [(symbol, start, end) for symbol, places in spans.items() for start, end in places]


def _typed(reading: Reading) -> defaultdict[str, list[tuple[int, int, str, str | None]]]:
    """Where the text cites what, how, and which paragraph of it: places in the canonical text, by symbol."""
    typed = defaultdict(list)
    for mention in reading.once(typed_mentions):
        left, right = mention.sentence.span(mention.mention.start, mention.mention.end)
        typed[str(mention.mention.id)].append((left, right, mention.relation, mention.paragraph))
    return typed
