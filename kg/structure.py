"""What each paragraph is: letterhead, titles of letters and annexes, headings as a tree, numbered paragraphs, signatures.

Input is a `Document` as read (paragraphs of role ``prose`` and ``footnote``, and ``heading``, ``metadata`` and a kind
where the file itself says so); output the same document with roles, numbers, sections, kind, symbol, date and title.
Text and offsets do not change; a symbol, date or title that the document already has (a table says it) stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.cover import adoption_line, title_symbol
from kg.dates import add_duration, find_dates
from kg.kinds import Top, kind_of
from kg.model import Document, DocumentKind, Paragraph, Section
from kg.news import news_head
from kg.symbols import find_symbols, slug
from kg.text import normalize

__all__ = ["LETTER_TITLE", "SIGNED", "structure"]

_DAY = r"(?:\d{4}|[一二][〇零一二三四五六七八九]{3})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
LETTER_TITLE = re.compile(
    rf"^(?:附件[一二三四五六七八九十\d]*)?(?={_DAY}|[^，。；：]{{2,200}}?{_DAY}(?:写|发)?[给致])(?P<date>{_DAY})?(?!谨|我|你|他|她|收到|提及|关于|随函|随信|转递|根据|按照|回顾|审议|注意)"
    rf"(?P<sender>[^，。；：]{{2,200}}?)(?P<date2>(?<!日){_DAY})?(?:写)?(?:给|致|发给)(?P<recipient>[^，。；：]{{2,90}}?)"
    r"的(?P<form>同文(?:来)?(?:信函|信|函)|普通照会|照会|来信|来函|信函|公开信|信|函|电报)(?P<annex>(?:的)?(?:附件|附文)[一二三四五六七八九十\d]*)?"
    r"(?P<note>\((?:[^()]{0,30}收到|原件[^()]{0,20})\)|\[原件[^\[\]]{0,20}\])?\*{0,3}$"
)
"""``2022年8月12日中国常驻联合国代表给秘书长的信的附件`` in the normal form: date, sender, recipient, form, annex. The day may stand
behind the sender (``date2``: 第1540(2004)号决议所设委员会主席2021年12月30日给安全理事会主席的信); a title has one."""

_ANNEX = re.compile(r"^(?:附件|附文|附录)(?:[一二三四五六七八九十\d]{1,3}|[A-Z])?$")
SIGNED = re.compile(r"\((?:签名|签字|签署)\)$|^\((?:签名|签字|签署)\)|(?<=[^，。])代签\)?$")
"""A signed line: ``张军(签名)``, ``(签名)张军``, ``王民 代签``."""
_NUMBER = re.compile(
    r"^(?:(?P<arabic>\d{1,3})[.．、](?!\d(?!\d{3}年))|(?P<bracket>\([a-z\d一二三四五六七八九十]{1,4}\)|[㈠-㈩])|(?P<han>[一二三四五六七八九十]{1,3})[.、]|(?P<letter>[A-Z])\.|(?P<bullet>[•·●▪○◦\uf0a7\uf0b7]))"
)
_UNFINISHED = re.compile(r"[。；，、,;]$")
_SENTENCE = re.compile(r"[。；]|[，、,;:：]$")
_LETTERHEAD = re.compile(
    r"^(?:联合国(?:[SA]/.*|新闻稿)?|安全理事会|大会|Distr\..*|Original.*|(?:Arabic|Chinese|English|French|Russian|Spanish)|(?:General|Limited|Provisional)|(?:安全理事会)?第[一二三四五六七八九十百\d]+[届年].*|"
    r"\d{1,2} [A-Z][a-z]+ \d{4}|临时|中文|原件.*|分发.*|普遍|一般|S/\S+|\d\d-\d{5}.*|\*\d{7,8}\*|.*Distr.*|"
    r"(?:安全理事会)?(?:临时)?逐字记录|(?:安全理事会|新闻稿)*SC/\d{4,5}|新闻稿|\d{4}年\d{1,2}月\d{1,2}日(?:，?(?:星期.|纽约))*)$",
    re.IGNORECASE,
)
_ENGLISH_DATE = re.compile(r"(?<!\d)(?P<day>\d{1,2}) (?P<month>[A-Z][A-Za-z]+) (?P<year>\d{4})(?!\d)")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY_LINE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(?:，?(?:星期.|纽约))*")
_OPENED = re.compile(
    r"^\d{4}年\d{1,2}月\d{1,2}日(?:[，(]?星期.\)?)?[，]?(?:(?:[上下中]午|晚上)\d{1,2}时|在[^。]{2,20}举行)"
)
_STATED = re.compile(r"^(?=.{0,300}主席)[^“]{0,200}?\d{4}年\d{1,2}月\d{1,2}日.{0,300}声明.{0,6}[：:]$")
_RELEASE = re.compile(r"(?<![A-Za-z/])SC/\d{4,5}$")
"""The symbol of a press release: ``SC/14067``."""
_HEADING_MAX = 60


@dataclass(slots=True)
class _Draft:
    """A section being written: its end is known when the next of its level begins."""

    title: str
    level: int
    parent: int | None
    kind: str
    start: int
    end: int = 0


def letter_title(text: str) -> re.Match[str] | None:
    """The match of `LETTER_TITLE`; most paragraphs hold none of its words, and need not be tried."""
    return LETTER_TITLE.match(text) if "年" in text and ("给" in text or "致" in text) else None


def is_signed(text: str) -> bool:
    """Whether `SIGNED` is in ``text``."""
    return "签" in text and SIGNED.search(text) is not None


def structure(document: Document) -> Document:
    """The document with roles, numbers, heading tree, kind, symbol, date and title told."""
    texts = ["" if p.role == "metadata" else normalize(document.text[p.start : p.end])[0] for p in document.paragraphs]
    paragraphs = _roles(document.paragraphs, texts)
    news = None if any(letter_title(text) for text in texts[:12]) else news_head(texts)
    if news is not None:
        paragraphs = news.roles(paragraphs)
    sections, homes = _tree(paragraphs, texts, len(document.text))
    paragraphs = [
        p if p.section == home else Paragraph(p.start, p.end, p.role, p.number, home, p.indent)
        for p, home in zip(paragraphs, homes, strict=True)
    ]
    symbol = document.symbol or _symbol(paragraphs, texts)
    kind = document.kind
    if kind is DocumentKind.OTHER:
        kind = kind_of(Top.of(symbol, [p.role for p in paragraphs], texts, letter=_is_letter(texts)))
    symbol = symbol or (_own_number(texts) if kind is DocumentKind.RESOLUTION else None)
    title, date = _title(paragraphs, texts)
    if news is not None:
        title, date = None if news.headline is None else texts[news.headline], news.date
    return replace(
        document,
        id=slug(symbol) if symbol else document.id,
        kind=kind if news is None else DocumentKind.NEWS,
        symbol=symbol,
        date=document.date or date or (_printed_date(paragraphs, texts, kind) if news is None else None),
        title=document.title or title,
        paragraphs=tuple(paragraphs),
        sections=tuple(sections),
    )


def _roles(paragraphs: tuple[Paragraph, ...], texts: list[str]) -> list[Paragraph]:
    told: list[Paragraph] = []
    prose_seen = False
    signed = [is_signed(text) for text in texts]
    for i, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True)):
        role, number = paragraph.role, None
        if role in {"prose", "heading"}:
            role, number = _role(text, prose_seen, signed=signed[i])
            if role == "prose" and paragraph.role == "heading":
                role = "heading"
            if role == "prose" and not number and any(signed[i + 1 : i + 4]) and _is_signer(text):
                role = "signature"
            prose_seen = prose_seen or role == "prose" or role == "title"
        if role != paragraph.role or number != paragraph.number:
            start, end, _, _, section, indent = paragraph
            paragraph = Paragraph(start, end, role, number, section, indent)
        told.append(paragraph)
    return _demote_stray_headings(told, signed)


def _role(text: str, prose_seen: bool, *, signed: bool) -> tuple[str, str | None]:
    if letter_title(text) or (text.startswith("附") and _ANNEX.match(text)):
        return "title", None
    if signed and len(text) <= 40:
        return "signature", None
    if not prose_seen and len(text) <= 60 and _LETTERHEAD.match(text):
        return "letterhead", None
    match = _NUMBER.match(text)
    if match is None:
        return ("heading" if _reads_as_heading(text) else "prose"), None
    number = match[match.lastindex or 0]
    if match.lastgroup == "bullet":
        return "bullet", number
    heading = match.lastgroup in {"han", "letter"} and _reads_as_heading(text[match.end() :])
    return ("heading" if heading else "prose"), number


def _reads_as_heading(text: str) -> bool:
    """Whether a line, its number left out, is short and no sentence."""
    return 1 < len(text) <= _HEADING_MAX and _SENTENCE.search(text) is None


def _is_signer(text: str) -> bool:
    """Lines between the end of a letter and its signed name: 中华人民共和国常驻联合国代表 / 特命全权大使."""
    return len(text) <= 40 and not _UNFINISHED.search(text)


def _demote_stray_headings(paragraphs: list[Paragraph], signed: list[bool]) -> list[Paragraph]:
    """Short lines above a signed name are part of the signature, not headings."""
    out = list(paragraphs)
    for i, paragraph in enumerate(paragraphs):
        if signed[i] and paragraph.role == "signature":
            j = i - 1
            while j >= 0 and i - j <= 4 and out[j].role == "heading" and out[j].number is None:
                out[j] = out[j]._replace(role="signature")
                j -= 1
    return out


def _tree(paragraphs: list[Paragraph], texts: list[str], length: int) -> tuple[list[Section], list[int]]:
    drafts = [_Draft("", 0, None, "body", 0, length)]
    homes: list[int] = []
    top = upper = current = 0  # numbers of sections: the annex, its last heading of level 1, the innermost
    two_levels = False
    annexed = False
    for i, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True)):
        if paragraph.role == "title" and _opens_annex(text):
            drafts[0].end = min(drafts[0].end, paragraph.start)
            drafts.append(_Draft(text, 0, None, "annex", paragraph.start, length))
            top = upper = current = len(drafts) - 1
            two_levels, annexed = False, True
        elif paragraph.role == "heading" and (annexed or paragraph.number or i > 0):
            child_follows = i + 1 < len(paragraphs) and paragraphs[i + 1].role == "heading"
            level = _level(paragraph.number, child_follows, two_levels)
            two_levels = two_levels or (child_follows and level == 1)
            drafts.append(_Draft(text, level, upper if level > 1 else top, "section", paragraph.start, length))
            current = len(drafts) - 1
            upper = current if level == 1 else upper
        homes.append(current)
    _close(drafts)
    return [Section(d.title, d.level, d.parent, d.kind, d.start, d.end) for d in drafts], homes


def _is_letter(texts: list[str]) -> bool:
    return any(letter_title(text) for text in texts[:12])


def _opens_annex(text: str) -> bool:
    match = letter_title(text)
    return bool(match["annex"]) if match else bool(_ANNEX.match(text))


def _level(number: str | None, child_follows: bool, two_levels: bool) -> int:
    if number is not None:
        return 2 if number.isascii() else 1
    return 1 if child_follows or not two_levels else 2


def _close(drafts: list[_Draft]) -> None:
    """A section ends where the next of its level, of a higher one, or an annex begins."""
    still_open: list[_Draft] = []
    for draft in drafts:
        while still_open and (draft.level <= still_open[-1].level or draft.kind == "annex"):
            closed = still_open.pop()
            closed.end = min(closed.end, draft.start)
        still_open.append(draft)


def _symbol(paragraphs: list[Paragraph], texts: list[str]) -> str | None:
    for paragraph, text in zip(paragraphs[:8], texts[:8], strict=False):
        if paragraph.role in {"letterhead", "heading"}:
            for cited in find_symbols(text):
                if cited.start == 0 or text.startswith("联合国"):
                    return cited.symbol
            release = _RELEASE.search(text)
            if release:
                return release.group()
    return None


def _own_number(texts: list[str]) -> str | None:
    """Of a resolution that prints no symbol: what its title says (``第2511(2020)号决议``)."""
    return next((symbol for text in texts[:8] if (symbol := title_symbol(text))), None)


def _title(paragraphs: list[Paragraph], texts: list[str]) -> tuple[str | None, str | None]:
    for text in texts[:12]:
        match = letter_title(text)
        if match:
            return text, next((d.iso for d in find_dates(match["date"] or match["date2"])), None)
    for paragraph, text in zip(paragraphs[:8], texts[:8], strict=False):
        if paragraph.role == "heading":
            return text, None
    return None, None


def _printed_date(paragraphs: list[Paragraph], texts: list[str], kind: DocumentKind) -> str | None:
    """The day of the letterhead (``31 January 2020``, ``2020年1月31日``), else that of the line that says when it was adopted,
    when the meeting of a record was held, or when a statement was made."""
    top = list(zip(paragraphs[:12], texts[:12], strict=True))
    for paragraph, text in top:
        match = _ENGLISH_DATE.search(text) if paragraph.role == "letterhead" else None
        if match and match["month"].title() in _MONTHS:
            date = f"{match['year']}-{_MONTHS.index(match['month'].title()) + 1:02d}-{int(match['day']):02d}"
            return add_duration(date, "P0D")  # None for a day that no calendar has
    for paragraph, text in top:
        if paragraph.role == "letterhead" and _DAY_LINE.fullmatch(text):
            return _first_day(text)
    lines = [text for _, text in top]
    for text in (*lines, *(a + b for a, b in pairwise(lines))):
        adopted = adoption_line(text)
        if adopted is not None and adopted.day is not None:
            return adopted.day.iso
    of_kind = {DocumentKind.RECORD: _OPENED, DocumentKind.PRESIDENTIAL_STATEMENT: _STATED}.get(kind)
    if of_kind is not None:
        return next((_first_day(text) for text in lines if of_kind.search(text)), None)
    return next((_first_day(text) for text in lines if title_symbol(text)), None)


def _first_day(text: str) -> str | None:
    return next((d.iso for d in find_dates(text) if d.day is not None and d.iso), None)
