"""What a page prints beside its text: running heads, page numbers, job numbers, stars of the bar code.

It stands at the page's top and bottom only, and is known by its form, or because it comes again on other pages.
"""

from __future__ import annotations

import re
from collections import Counter

from kg.read.layout import PAGE_FURNITURE, RECORD_HEAD
from kg.read.lines import SYMBOL_LINE
from kg.read.pdf.glyphs import Sheet
from kg.read.pdf.rows import Row

__all__ = ["Page", "furnish"]

_ZONE = 0.12
"""Height of the top and of the bottom of a page, as parts of it."""
_SHARE = 0.3
"""How many of the pages have a running head at least: it may change from left to right pages."""
_PAGE_NUMBER = re.compile(
    r"[-–—]?\s*\d{1,4}\s*[-–—]?|\d{1,4}\s*/\s*\d{1,4}|[ivx]{1,6}|(?:Page|页)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{6}){0,3}(?:\s+\d{1,3}/\d{1,3})?|(?:\d{1,3}/\d{1,3}\s+)?\d{2}-\d{5}(?:\s*\([A-Z]\))?"
    r"|\d{6}|\*[\d ]{6,12}\*|请\s*回\s*收.*|[♲♻\uf0a0-\uf0ff]|\d{1,2}/\d{1,2}/\d{4}|\d{4}/\d{1,2}/\d{1,2}"
)
_BROWSER = re.compile(r"(?:https?|file)://\S+|\d{1,4}[/.]\d{1,2}[/.]\d{1,4},?\s*\d{1,2}:\d{2}(?:\s*[AP]M)?")
"""What browsers print at the edges of a page, beside its title."""
_BARE = re.compile(r"\d{1,4}|[ivx]{1,6}")
_OFF = 1.9
"""How many sizes of its neighbour a bare page number is away from it."""
_ANNEX = re.compile(r"\s*(?:附\s*件|附\s*文|附\s*录)")


class Page:
    """A page's rows, told apart: ``head`` and ``foot`` are furniture, ``body`` is text."""

    def __init__(self, sheet: Sheet, rows: list[Row]) -> None:
        self.sheet = sheet
        self.head: list[Row] = []
        self.body = rows
        self.foot: list[Row] = []

    @property
    def number(self) -> int:
        return self.sheet.number

    def is_top(self, row: Row) -> bool:
        """Whether the row stands where running heads do."""
        return row.y > (1 - _ZONE) * self.sheet.height

    def is_bottom(self, row: Row) -> bool:
        """Whether the row stands where page numbers do."""
        return row.y < _ZONE * self.sheet.height


def furnish(pages: list[Page]) -> Row | None:
    """Move the furniture of all pages out of their bodies. Gives the running head that alone names the document: the
    first page has its symbol mostly, and not where its masthead is a picture."""
    again = _again(pages)
    named = any(_is_symbol(row) for page in pages[:1] for row in page.body)
    name: Row | None = None
    for page in pages:
        while page.body and page.is_top(page.body[0]):
            row = page.body[0]
            if page.number == 1 and _is_symbol(row):
                break
            if not (_is_furniture(row, page.body[1:2]) or (_key(page, row) in again and page.number > 1)):
                break
            if not named and name is None and _is_symbol(row):
                name = row
            page.head.append(page.body.pop(0))
        while page.body and page.is_bottom(page.body[-1]):
            row = page.body[-1]
            if not (_is_furniture(row, page.body[-2:-1]) or _key(page, row) in again):
                break
            page.foot.insert(0, page.body.pop())
    return name


def _is_symbol(row: Row) -> bool:
    return SYMBOL_LINE.fullmatch(row.text) is not None


def _is_furniture(row: Row, neighbours: list[Row]) -> bool:
    """By its form. A bare number might be the last line of a table or paragraph: it must stand off."""
    if all(_BARE.fullmatch(part.text) for part in row.parts):
        return all(abs(row.y - other.y) >= _OFF * other.size for other in neighbours)
    if any(_BROWSER.fullmatch(part.text) for part in row.parts) and (
        len(row.parts) > 1 or not row.text.startswith("http")
    ):
        return True
    if RECORD_HEAD.fullmatch("  ".join(part.text for part in row.parts)):
        return True
    return all(
        SYMBOL_LINE.fullmatch(part.text)
        or PAGE_FURNITURE.fullmatch(part.text)
        or _PAGE_NUMBER.fullmatch(part.text)
        or _OTHER.fullmatch(part.text)
        for part in row.parts
    )


def _again(pages: list[Page]) -> set[tuple[bool, int, str]]:
    """Rows that come again at the same place of other pages."""
    counts: Counter[tuple[bool, int, str]] = Counter()
    for page in pages:
        edge = [row for row in page.body if page.is_top(row) or page.is_bottom(row)]
        counts.update({_key(page, row) for row in edge if not _ANNEX.match(row.text)})
    return {key for key, count in counts.items() if count >= max(2, _SHARE * len(pages))}


def _key(page: Page, row: Row) -> tuple[bool, int, str]:
    """Where a row stands and what it says, the number of its page left out."""
    text = re.sub(rf"\d+\s*/\s*\d+|(?<!\d)0*{page.number}(?!\d)", "#", row.text)
    return page.is_top(row), round(row.y / 4), "".join(text.split())
