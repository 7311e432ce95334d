"""A document as the fact rules see it: sentences with their mentions, masked text, dates, quotations and actors.

Rules read ``Sentence.masked``, whose offsets are those of ``Sentence.text`` (the paragraph's normal form, cut to the
sentence); `Sentence.evidence` turns a sentence into the characters of the canonical text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.dates import resolve
from kg.extract.formats import find_formats
from kg.extract.gate import words_of
from kg.extract.news_days import NewsDays, news_of
from kg.model import Document, Evidence, Mention, MentionType, OffsetMap, Paragraph
from kg.pipeline.mask import compile_masked, mask
from kg.pipeline.names import HONORIFICS
from kg.pipeline.residue import undecided
from kg.pipeline.scan import Scan, scan_all
from kg.text import normalize

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.dates import DateExpression
    from kg.extract.formats import FormatSpan
    from kg.news import NewsHead

__all__ = ["Actor", "Sentence", "View", "view"]

_PIECE = 5000
"""Characters given to the trained components at a time: their cost grows faster than a long text does."""
_LONGEST = 2000
"""Characters of a sentence: the longest of a resolution has some 600; what is longer is a broken file, and some rules look
through a sentence once for each of its words."""
_QUOTE = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”|\"[^\"\n]{2,120}\"|‘[^‘’“”\n]{2,80}’")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_NUMBER = re.compile(
    r"(?:\d{1,3}[.．、](?!\d)|[•·●▪○◦]|[-–—](?=[\s\u4e00-\u9fff])|[一二三四五六七八九十]{1,3}[.、]|\([a-z\d一二三四五六七八九十]{1,4}\)|[㈠-㈩])\s*"
)
_READ_OUT = re.compile(r"声明(?:如下)?[:：](?=[“\"])")
_END = re.compile(rf"[。！？](?:[”’\"')》])*|{_READ_OUT.pattern}")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a post, a person or both; offsets in the sentence. ``post`` and ``person`` are its mentions."""

    start: int
    end: int
    post: Mention | None
    person: Mention | None


@dataclass(frozen=True)
class Sentence:
    """One sentence of a paragraph, its number or bullet left out. Mentions and dates have offsets in ``text``;
    ``index`` is that of its paragraph, ``order`` its own in the document; ``unposted`` is
    masked like ``masked`` but for the posts, where the words themselves matter (轮值主席, 所设委员会主席)."""

    document: Document
    paragraph: Paragraph
    index: int
    order: int
    text: str
    masked: str
    unposted: str
    mentions: tuple[Mention, ...]
    dates: tuple[DateExpression, ...]
    formats: tuple[FormatSpan, ...]
    offset: int
    to_paragraph: OffsetMap

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Canonical span of ``text[start:end]``."""
        left, right = self.to_paragraph.span(self.offset + start, self.offset + end)
        return self.paragraph.start + left, self.paragraph.start + right

    def printed(self, start: int, end: int) -> str:
        """The characters of the canonical text for ``text[start:end]``."""
        left, right = self.span(start, end)
        return self.document.text[left:right]

    @cached_property
    def words_masked(self) -> int:
        """The words that patterns ask for (`kg.extract.gate`) and ``masked`` holds."""
        return words_of(self.masked)

    @cached_property
    def words_unposted(self) -> int:
        """Those that ``unposted`` holds."""
        return words_of(self.unposted)

    @cached_property
    def words_text(self) -> int:
        """Those that ``text`` holds."""
        return words_of(self.text)

    @cached_property
    def evidence(self) -> Evidence:
        """The whole sentence."""
        start, end = self.span(0, len(self.text))
        while start < end and self.document.text[start] in " \t":
            start += 1
        return Evidence(start, end, self.document.text[start:end], self.document.page(start))

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """Posts and persons of the sentence, a post with the person it introduces as one."""
        found: list[Actor] = []
        posts = {m.start: m for m in self.mentions if m.type == MentionType.POST}
        people = {m.start: m for m in self.mentions if m.type == MentionType.OFFICIAL}
        for match in compile_masked(
            rf"(?:(?P<t>«T»)(?:、|，)?(?P<p>«P»)|(?P<p3>«P»)(?P<t3>«T»)|(?P<p2>«P»)|(?P<t2>«T»))(?:(?:[海陆空]军)?{HONORIFICS})*"
        ).finditer(self.masked):
            post = next((posts.get(match.start(g)) for g in ("t", "t2", "t3") if match[g]), None)
            person = next((people.get(match.start(g)) for g in ("p", "p2", "p3") if match[g]), None)
            if post or person:
                found.append(Actor(match.start(), match.end(), post, person))
        return tuple(found)

    def inside(self, start: int, end: int, kind: MentionType) -> list[Mention]:
        """Mentions of one type in ``text[start:end]``."""
        return [m for m in self.mentions if m.type == kind and start <= m.start and m.end <= end]

    def at(self, start: int, kind: MentionType) -> Mention | None:
        """The mention of that type that begins at ``start``."""
        return next((m for m in self.mentions if m.start == start and m.type == kind), None)

    def date_at(self, start: int) -> DateExpression | None:
        """The date that begins at ``start``."""
        return next((d for d in self.dates if d.start == start), None)


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

    def following(self, sentence: Sentence) -> Sentence | None:
        """The next sentence of the same paragraph."""
        row = self.by_paragraph[sentence.index]
        at = next(i for i, s in enumerate(row) if s is sentence)
        return row[at + 1] if at + 1 < len(row) else None


def view(document: Document, nlp: Language | None = None) -> View:
    """Read every paragraph of the text once. ``nlp`` adds the names that its trained component knows."""
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    by_paragraph: dict[int, list[Sentence]] = {}
    dates: dict[int, DateExpression] = {}
    news = news_of(document)
    days = NewsDays(news) if news is not None else None
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.role == "metadata":
            continue
        text, to_paragraph = normalize(document.text[paragraph.start : paragraph.end])
        scanned = scan_all(text)
        if nlp is not None and (people := _people(scanned, nlp)):
            scanned = scan_all(text, people)
        if days is not None:
            scanned = days.of(index, scanned)
        if len(document.paragraphs) == 1:
            scanned = replace(scanned, dates=_with_years(scanned.dates))
        for mention in scanned.mentions:
            left, right = to_paragraph.span(mention.start, mention.end)
            left, right = left + paragraph.start, right + paragraph.start
            mentions.append(Mention(mention.type, left, right, document.text[left:right], mention.id))
        dates.update((to_paragraph(d.start) + paragraph.start, d) for d in scanned.dates)
        opening = news.text_from if news is not None and index == news.lead else 0
        row = list(_sentences(document, paragraph, index, len(sentences), scanned, to_paragraph, opening))
        by_paragraph[index] = row
        sentences.extend(row)
    return View(document, tuple(sentences), tuple(mentions), by_paragraph, dates, news)


def _with_years(dates: tuple[DateExpression, ...]) -> tuple[DateExpression, ...]:
    """Of a line that is its own document: a date without a year takes that of the date before it."""
    year: int | None = None
    carried: list[DateExpression] = []
    for date in dates:
        carried.append(resolve(date, year) if year is not None and date.month is not None else date)
        year = date.year or year
    return tuple(carried)


def _people(scanned: Scan, nlp: Language) -> list[tuple[int, int]]:
    """Names that the trained component knows, in the sentences where the scan leaves one to be decided; what is longer than `_PIECE`
    characters is read piece by piece."""
    found: list[tuple[int, int]] = []
    for begin, end in undecided(scanned):
        for start in range(begin, end, _PIECE):
            doc = nlp(scanned.text[start : min(end, start + _PIECE)])
            spans = doc.spans.get("unsc", ())
            found += [
                (start + s.start_char, start + s.end_char) for s in spans if s.label_ == MentionType.OFFICIAL.value
            ]
    return found


def _sentences(
    document: Document,
    paragraph: Paragraph,
    index: int,
    first: int,
    scanned: Scan,
    to_paragraph: OffsetMap,
    opening: int,
) -> Iterator[Sentence]:
    """``opening``: where the text begins, behind the dateline of a news item."""
    text = scanned.text
    quotes = [(start, end, "Q") for start, end in _quotes(text)]
    titles = [(m.start(), m.end(), "B") for m in _TITLE.finditer(text)]
    posts = [(m.start, m.end, "T") for m in scanned.mentions if m.type == MentionType.POST]
    formats = [f for f in find_formats(text) if not any(s <= f.start and f.end <= e for s, e, _ in [*quotes, *titles])]
    formats = [_with_number(f, scanned.mentions) for f in formats]
    over = [*titles, *quotes, *((f.start, f.end, "F") for f in formats)]
    masked = mask(mask(scanned.masked, posts), over)
    unposted = mask(scanned.masked, over)
    inner = [(s, e) for s, e, _ in quotes]
    number = _NUMBER.match(text)
    start = opening or (number.end() if number and paragraph.role in {"prose", "bullet"} else 0)
    for end in _bounded(text, [*(end for end in _ends(text, inner) if end > start), len(text)]):
        if text[start:end].strip():
            yield Sentence(
                document,
                paragraph,
                index,
                first,
                text[start:end],
                masked[start:end],
                unposted[start:end],
                tuple(_shift(m, -start) for m in scanned.mentions if start <= m.start and m.end <= end),
                tuple(_shift(d, -start) for d in scanned.dates if start <= d.start and d.end <= end),
                tuple(_shift(f, -start) for f in formats if start <= f.start and f.end <= end),
                start,
                to_paragraph,
            )
            first += 1
        start = end


def _quotes(text: str) -> Iterator[tuple[int, int]]:
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


def _with_number(found: FormatSpan, mentions: tuple[Mention, ...]) -> FormatSpan:
    """``第7948次会议`` is one format, number and all."""
    for mention in mentions:
        if mention.type is MentionType.MEETING and mention.start < found.end and found.start < mention.end:
            return replace(found, start=min(found.start, mention.start), end=max(found.end, mention.end))
    return found


def _ends(text: str, quotes: list[tuple[int, int]]) -> Iterator[int]:
    for match in _END.finditer(text):
        if not any(s < match.start() and match.end() < e for s, e in quotes) and match.end() < len(text):
            yield match.end()


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


def _shift(item: Any, by: int) -> Any:
    """A frozen span moved by ``by`` characters."""
    return replace(item, start=item.start + by, end=item.end + by)
