"""A paragraph cut into sentences, each with what the scan found in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from kg.dates import DateExpression
from kg.extract.choices import opened
from kg.extract.formats import FormatSpan, find_formats
from kg.extract.gate import words_of
from kg.extract.sentence import Sentence
from kg.model import Document, Mention, MentionType, OffsetMap, Paragraph
from kg.pipeline.mask import mask

if TYPE_CHECKING:
    from kg.pipeline.scan import Scan

__all__ = ["sentences"]

Span = tuple[int, int]


class Placed(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Item = TypeVar("Item", bound=Placed)

_LONGEST = 2000
"""Characters of a sentence: the longest of a resolution has some 600; what is longer is a broken file, and some rules look
through a sentence once for each of its words."""
_QUOTE = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”|\"[^\"\n]{2,120}\"|‘[^‘’“”\n]{2,80}’")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_NUMBER = re.compile(  # the first characters of all ways: nearly every paragraph begins with another
    r"(?=[\d•·●▪○◦\-–—一二三四五六七八九十(㈠-㈩])(?:\d{1,3}[.．、](?!\d)|[•·●▪○◦]|[-–—](?=[\s\u4e00-\u9fff])|[一二三四五六七八九十]{1,3}[.、]|\([a-z\d一二三四五六七八九十]{1,4}\)|[㈠-㈩])\s*"
)
_READ_OUT = re.compile(r"声明(?:如下)?[:：](?=[“\"])")
_NUMBERED = frozenset({"prose", "bullet"})
_NONE: frozenset[MentionType] = frozenset()
_END = re.compile(opened(rf"[。！？](?:[”’\"')》])*|{_READ_OUT.pattern}"))


def sentences(
    document: Document,
    paragraph: Paragraph,
    index: int,
    first: int,
    scanned: Scan,
    to_paragraph: OffsetMap,
    opening: int,
) -> list[Sentence]:
    """The sentences of a paragraph; ``first``: the order of its first one in the document; ``opening``: where the text begins,
    behind the dateline of a news item."""
    text, masked, mentions = scanned.text, scanned.masked, scanned.mentions
    quotes = list(_quotes(text)) if "“" in text or '"' in text or "‘" in text else []
    titles = [m.span() for m in _TITLE.finditer(text)] if "《" in text else []
    formats = _formats(text, mentions, quotes, titles)
    over: list[tuple[int, int, str]] = []
    if titles or quotes or formats:
        over += [(*span, "B") for span in titles]
        over += [(*span, "Q") for span in quotes]
        over += [(f.start, f.end, "F") for f in formats]
        masked = mask(masked, over)
    unposted, kinds = masked, _kinds(mentions)
    if MentionType.POST in kinds:
        posts = [(m.start, m.end, "T") for m in mentions if m.type is MentionType.POST]
        masked = mask(scanned.masked, [*posts, *over])
    start = opening
    if not opening and paragraph.role in _NUMBERED:
        number = _NUMBER.match(text)
        start = number.end() if number else 0
    ends = _ends(text, start, quotes)
    if start == 0 and len(ends) == 1 and len(text) <= _LONGEST:  # most paragraphs: nothing to cut, nothing to move
        words = words_of(masked, unposted)
        whole = (document, paragraph, index, first, text, masked, unposted, mentions, scanned.dates, tuple(formats))
        return [Sentence(*whole, 0, to_paragraph, words, kinds)] if text.strip() else []
    if len(text) > _LONGEST:
        ends = list(_bounded(text, ends))
    found: list[Sentence] = []
    rows = _Row(mentions), _Row(scanned.dates), _Row(formats)
    for end in ends:
        if text[start:end].strip():
            here, plain = masked[start:end], unposted[start:end]
            inside = tuple(_mentions(rows[0].inside(start, end), start)) if mentions else ()
            found.append(
                Sentence(
                    document,
                    paragraph,
                    index,
                    first + len(found),
                    text[start:end],
                    here,
                    plain,
                    inside,
                    tuple(_dates(rows[1].inside(start, end), start)) if scanned.dates else (),
                    tuple(_spans(rows[2].inside(start, end), start)) if formats else (),
                    start,
                    to_paragraph,
                    words_of(here, plain),
                    _kinds(inside) if inside else _NONE,
                )
            )
        start = end
    return found


def _mentions(row: Iterable[Mention], by: int) -> Iterable[Mention]:
    return [Mention(m.type, m.start - by, m.end - by, m.text, m.id) for m in row] if by else row


def _dates(row: Iterable[DateExpression], by: int) -> Iterable[DateExpression]:
    if not by:
        return row
    return [DateExpression(d.start - by, d.end - by, d.year, d.month, d.day, d.range_end) for d in row]


def _spans(row: Iterable[FormatSpan], by: int) -> Iterable[FormatSpan]:
    return [FormatSpan(f.start - by, f.end - by, f.format, f.level) for f in row] if by else row


def _kinds(mentions: Sequence[Mention]) -> frozenset[MentionType]:
    return frozenset([m.type for m in mentions]) if mentions else _NONE


class _Row(Generic[Item]):
    """Spans in order of place, of which those within another are found without looking at all."""

    def __init__(self, spans: Sequence[Item]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def inside(self, start: int, end: int) -> list[Item]:
        """Those within ``[start, end)``."""
        row = self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [span for span in row if span.end <= end]


_first = itemgetter(0)


def _holds(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether ``[start, end)`` lies in one of ``spans``, which are in order and apart."""
    at = bisect_right(spans, start, key=_first)
    return at > 0 and end <= spans[at - 1][1]


def _formats(
    text: str, mentions: Sequence[Mention], quotes: Sequence[Span], titles: Sequence[Span]
) -> list[FormatSpan]:
    """The formats outside quotation and book-title marks, ``第7948次会议`` as one, number and all."""
    found = find_formats(text)
    if not found:
        return found
    found = [f for f in found if not (_holds(quotes, f.start, f.end) or _holds(titles, f.start, f.end))]
    meetings = [m for m in mentions if m.type is MentionType.MEETING]
    return [_with_number(f, meetings) for f in found]


def _quotes(text: str) -> Iterator[Span]:
    """Words in quotation marks. What is quoted whole, a paragraph of a presidential statement or the statement behind 发表声明如下：,
    is no such words."""
    read_out = _READ_OUT.search(text)
    start = read_out.end() if read_out else 0
    whole = _QUOTE.fullmatch(text, start) if "。" in text[start:] else None
    if whole is None:
        yield from (m.span() for m in _QUOTE.finditer(text))
        return
    yield from (m.span() for m in _QUOTE.finditer(text, 0, start))
    yield from (m.span() for m in _QUOTE.finditer(text, start + 1, len(text) - 1))


def _with_number(found: FormatSpan, meetings: Sequence[Mention]) -> FormatSpan:
    for mention in meetings:
        if mention.start < found.end and found.start < mention.end:
            return replace(found, start=min(found.start, mention.start), end=max(found.end, mention.end))
    return found


def _ends(text: str, start: int, quotes: Sequence[Span]) -> list[int]:
    inner, last = text[:-1], len(text)
    if "。" not in inner and "！" not in inner and "？" not in inner and "声明" not in inner:
        return [last]  # most paragraphs are one sentence
    found = [m.span() for m in _END.finditer(text)]
    ends = [end for at, end in found if start < end < last and not _holds(quotes, at - 1, end + 1)]
    return [*ends, last]


def _bounded(text: str, ends: list[int]) -> Iterator[int]:
    """The ends, with more where a sentence is longer than `_LONGEST`: after its last comma before that, if it has one."""
    start = 0
    for end in ends:
        while end - start > _LONGEST:
            comma = max(text.rfind(sign, start, start + _LONGEST) for sign in "，；")
            start = comma + 1 if comma >= start else start + _LONGEST
            yield start
        yield end
        start = end
