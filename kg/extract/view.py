"""A document as the fact rules see it: sentences with their mentions, masked text, dates, quotations and actors.

Rules read ``Sentence.masked``, whose offsets are those of ``Sentence.text`` (the paragraph's normal form, cut to the
sentence); `Sentence.evidence` turns a sentence into the characters of the canonical text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING

from kg.dates import resolve
from kg.extract.cutting import sentences as sentences_of
from kg.extract.news_days import NewsDays, news_of
from kg.extract.sentence import Actor, Sentence
from kg.model import Document, Mention, MentionType, OffsetMap, Paragraph
from kg.pipeline.residue import undecided
from kg.pipeline.scan import Scan, scan_all
from kg.text import normalize

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.dates import DateExpression
    from kg.news import NewsHead

__all__ = ["Actor", "Sentence", "View", "view"]

_SAME = OffsetMap.identity()
_PIECE = 5000
"""Characters given to the trained components at a time: their cost grows faster than a long text does."""
_BATCH = 16
"""Pieces given to them together: most documents have fewer."""
_SAME = OffsetMap.identity()


@dataclass(frozen=True)
class View:
    """The whole document: its sentences in order, its mentions in canonical offsets, its dates by where they begin; ``news``: the head
    of a news item."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    by_paragraph: dict[int, list[Sentence]] = field(default_factory=dict)
    dates: dict[int, DateExpression] = field(default_factory=dict)
    news: NewsHead | None = None

    @cached_property
    def words(self) -> int:
        """The words that its sentences hold (`kg.extract.gate`)."""
        return reduce(or_, (sentence.words for sentence in self.sentences), 0)

    @cached_property
    def kinds(self) -> frozenset[MentionType]:
        """The types of the mentions of its sentences."""
        return frozenset(mention.type for mention in self.mentions)

    def following(self, sentence: Sentence) -> Sentence | None:
        """The next sentence of the same paragraph."""
        row = self.by_paragraph[sentence.index]
        behind = sentence.order - row[0].order + 1
        return row[behind] if behind < len(row) else None


def view(document: Document, nlp: Language | None = None) -> View:
    """Read every paragraph of the text once. ``nlp`` adds the names that its trained component knows."""
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    by_paragraph: dict[int, list[Sentence]] = {}
    dates: dict[int, DateExpression] = {}
    news = news_of(document)
    days = NewsDays(news) if news is not None else None
    for index, paragraph, to_paragraph, scanned in _scanned(document, nlp):
        if days is not None:
            scanned = days.of(index, scanned)
        if scanned.dates and len(document.paragraphs) == 1:
            scanned = replace(scanned, dates=_with_years(scanned.dates))
        if scanned.mentions:
            mentions += _in_document(document, paragraph, to_paragraph, scanned)
        for date in scanned.dates:
            dates[to_paragraph(date.start) + paragraph.start] = date
        opening = news.text_from if news is not None and index == news.lead else 0
        row = sentences_of(document, paragraph, index, len(sentences), scanned, to_paragraph, opening)
        by_paragraph[index] = row
        sentences.extend(row)
    return View(document, tuple(sentences), tuple(mentions), by_paragraph, dates, news)


def _in_document(document: Document, paragraph: Paragraph, to_paragraph: OffsetMap, scanned: Scan) -> list[Mention]:
    """The mentions of a paragraph with the offsets and characters of the canonical text."""
    at, text = paragraph.start, document.text
    if to_paragraph is _SAME:  # no character was left out
        return [
            Mention(m.type, m.start + at, m.end + at, text[m.start + at : m.end + at], m.id) for m in scanned.mentions
        ]
    placed = [(m, *to_paragraph.span(m.start, m.end)) for m in scanned.mentions]
    return [Mention(m.type, left + at, right + at, text[left + at : right + at], m.id) for m, left, right in placed]


def _with_years(dates: tuple[DateExpression, ...]) -> tuple[DateExpression, ...]:
    """Of a line that is its own document: a date without a year takes that of the date before it."""
    year: int | None = None
    carried: list[DateExpression] = []
    for date in dates:
        carried.append(resolve(date, year) if year is not None and date.month is not None else date)
        year = date.year or year
    return tuple(carried)


def _scanned(document: Document, nlp: Language | None) -> Iterator[tuple[int, Paragraph, OffsetMap, Scan]]:
    """Every paragraph but those of metadata: its place, its normal form's offsets and its scan, with the names that ``nlp`` adds."""
    rows: list[tuple[int, Paragraph, OffsetMap, Scan]] = []
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.role != "metadata":
            text, to_paragraph = normalize(document.text[paragraph.start : paragraph.end])
            rows.append((index, paragraph, to_paragraph, scan_all(text)))
    people = _people([scanned for *_, scanned in rows], nlp) if nlp is not None else {}
    for at, (index, paragraph, to_paragraph, scanned) in enumerate(rows):
        yield index, paragraph, to_paragraph, scan_all(scanned.text, people[at]) if at in people else scanned


def _people(scans: list[Scan], nlp: Language) -> dict[int, list[tuple[int, int]]]:
    """Names that the trained component knows, by the place of the scan, in the sentences where that leaves one to be decided; what
    is longer than `_PIECE` characters is read piece by piece, and the pieces of a document together: one by one takes longer."""
    pieces = [
        (scans[at].text[start : min(end, start + _PIECE)], (at, start))
        for at, scanned in enumerate(scans)
        for begin, end in undecided(scanned)
        for start in range(begin, end, _PIECE)
    ]
    found: dict[int, list[tuple[int, int]]] = {}
    for doc, (at, start) in nlp.pipe(pieces, as_tuples=True, batch_size=_BATCH) if pieces else ():
        for span in doc.spans.get("unsc", ()):
            if span.label_ == MentionType.OFFICIAL.value:
                found.setdefault(at, []).append((start + span.start_char, start + span.end_char))
    return found
