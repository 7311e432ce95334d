"""The operative part of a resolution: which sentences it has, and under which printed number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.view import Sentence, View
from kg.model import Document, DocumentKind, Paragraph
from kg.text import normalize

__all__ = ["operative", "own_resolution", "paragraph_number"]

_ARABIC = re.compile(r"\s*(\d{1,3})\s*[.．、](?!\d)")
_TITLE = re.compile(r"(?:安全理事会)?第(\d{1,4}\(\d{4}\))号决议")
_SUB = re.compile(r"\s*(\([a-z]{1,4}\)|\([一二三四五六七八九十]{1,3}\)|[㈠-㈩])")
_FIRST_SUB = re.compile(r"(\([a-z]{1,3}\)) ?(?=决定|授权|设立|请|延长|终止|将|所有|，)")
"""``2. (a) 决定…``: the first sub-paragraph stands in the line of its paragraph."""


def own_resolution(document: Document) -> str | None:
    """``S/RES/2507(2020)`` of a resolution: its symbol, or where it prints none, by its title; None of any other document."""
    if document.kind is not DocumentKind.RESOLUTION:
        return None
    if document.symbol is not None:
        return document.symbol if document.symbol.startswith("S/RES/") else None
    titles = (_TITLE.fullmatch(normalize(document.text[p.start : p.end])[0]) for p in document.paragraphs[:8])
    return next((f"S/RES/{title[1]}" for title in titles if title), None)


def operative(view: View) -> Iterator[tuple[Sentence, bool]]:
    """The sentences of the operative part, and whether each stands in a sub-paragraph. It begins with the first numbered
    paragraph, where there is one; headings and annexes are no part of it."""
    begins = next((i for i, p in enumerate(view.document.paragraphs) if _number(view.document, p) == "1"), 0)
    for sentence in view.sentences:
        section = view.document.sections[sentence.paragraph.section] if view.document.sections else None
        prose = sentence.paragraph.role in {"prose", "bullet"}
        if prose and sentence.index >= begins and (section is None or section.kind != "annex"):
            yield sentence, not (_number(view.document, sentence.paragraph) or "").isdigit()


def paragraph_number(view: View, sentence: Sentence) -> str | None:
    """The printed number: ``3``, or ``3(a)`` in a sub-paragraph under a lead-in."""
    paragraphs = view.document.paragraphs
    own = _number(view.document, paragraphs[sentence.index])
    if own is not None and own.isdigit():
        first = _FIRST_SUB.match(sentence.text)
        return own + first[1] if first else own
    for paragraph in reversed(paragraphs[: sentence.index]):
        above = _number(view.document, paragraph)
        if above is not None and above.isdigit():
            return above + (own or "")
    return own


def _number(document: Document, paragraph: Paragraph) -> str | None:
    """What the paragraph begins with: ``3``, ``(a)``, ``㈠``; None for a paragraph without a number."""
    if paragraph.role not in {"prose", "bullet"}:
        return None
    start = document.text[paragraph.start : min(paragraph.end, paragraph.start + 12)]
    if "\u4e00" <= start.lstrip()[:1] <= "\u9fff":
        return paragraph.number  # most paragraphs begin with a word
    arabic = _ARABIC.match(start)
    if arabic:
        return arabic[1]
    sub = _SUB.match(start) or _SUB.match(normalize(start)[0])
    return sub[1] if sub else paragraph.number
