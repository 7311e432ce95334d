"""What each paragraph is: letterhead, titles of letters and annexes, headings as a tree, numbered paragraphs, signatures.

Input is a `Document` as read (paragraphs of role ``prose`` and ``footnote``); output the same document with roles,
numbers, sections, kind, symbol, date and title. Text and offsets do not change; a symbol, date or title that the document
already has (a table or its metadata say it) stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.dates import add_duration, find_dates
from kg.model import Document, DocumentKind, Paragraph, Section
from kg.symbols import find_symbols, slug
from kg.text import normalize

__all__ = ["LETTER_TITLE", "structure"]

LETTER_TITLE = re.compile(
    r"^(?:附件[一二三四五六七八九十\d]*)?(?P<date>\d{4}年\d{1,2}月\d{1,2}日)(?P<sender>[^，。；：]{2,60}?)(?:写)?(?:给|致)(?P<recipient>[^。；：]{2,40}?)"
    r"的(?P<form>同文信|信|普通照会|照会|函)(?P<annex>(?:的)?(?:附件|附文)[一二三四五六七八九十\d]*)?$"
)
"""``2022年8月12日中国常驻联合国代表给秘书长的信的附件`` in the normal form: date, sender, recipient, form, annex."""

_ANNEX = re.compile(r"^(?:附件|附文|附录)(?:[一二三四五六七八九十\d]{1,3}|[A-Z])?$")
_SIGNATURE = re.compile(r"\((?:签名|签字|签署)\)$")
_NUMBER = re.compile(
    r"^(?:(?P<arabic>\d{1,3})[.．、](?!\d(?!\d{3}年))|(?P<bracket>\([a-z\d一二三四五六七八九十]{1,4}\))|(?P<han>[一二三四五六七八九十]{1,3})[.、]|(?P<letter>[A-Z])\.|(?P<bullet>[•·●▪○◦\uf0a7\uf0b7]))"
)
_UNFINISHED = re.compile(r"[。；，、]$")
_LETTERHEAD = re.compile(
    r"^(?:联合国(?:[SA]/.*)?|安全理事会|大会|Distr\..*|Original.*|(?:Arabic|Chinese|English|French|Russian|Spanish)|(?:General|Limited|Provisional)|第[一二三四五六七八九十百\d]+[届年].*|"
    r"\d{1,2} [A-Z][a-z]+ \d{4}|临时|中文|原件.*|分发.*|普遍|一般|S/\S+|\d\d-\d{5}.*|\*\d{7,8}\*|.*Distr.*)$"
)
_ENGLISH_DATE = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})")
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
_ADOPTED = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日(?:安全理事会)?第\d+次会议通过$")
_HEADING_MAX = 60
_KINDS: tuple[tuple[re.Pattern[str], DocumentKind], ...] = (
    (re.compile(r"^(?:安全理事会)?第\d+\(\d{4}\)号决议"), DocumentKind.RESOLUTION),
    (re.compile(r"^安全理事会主席(?:的)?声明"), DocumentKind.PRESIDENTIAL_STATEMENT),
    (
        re.compile(r"^(?:安全理事会|安理会)(?:向)?(?:新闻界|媒体)?(?:发表的)?(?:新闻声明|新闻谈话)|^就.{2,60}向新闻界"),
        DocumentKind.PRESS_STATEMENT,
    ),
    (re.compile(r"^(?:安全理事会)?(?:第\d+次会议)?(?:的)?(?:临时)?议程$|次会议临时议程$"), DocumentKind.AGENDA),
    (re.compile(r"^第\d{3,5}次会议$|^(?:临时|逐字)记录$"), DocumentKind.RECORD),
    (re.compile(r"^安全理事会主席的说明"), DocumentKind.NOTE),
    (re.compile(r"(?:秘书长|委员会|专家小组|专家组|监测组).{0,60}的?报告$"), DocumentKind.REPORT),
)


@dataclass(slots=True)
class _Draft:
    """A section being written: its end is known when the next of its level begins."""

    title: str
    level: int
    parent: int | None
    kind: str
    start: int
    end: int = 0


def structure(document: Document) -> Document:
    """The document with roles, numbers, heading tree, kind, symbol, date and title told."""
    texts = [normalize(document.text[p.start : p.end])[0] for p in document.paragraphs]
    paragraphs = _roles(document.paragraphs, texts)
    sections, homes = _tree(paragraphs, texts, len(document.text))
    paragraphs = [replace(p, section=home) for p, home in zip(paragraphs, homes, strict=True)]
    symbol = document.symbol or _symbol(paragraphs, texts)
    title, date = _title(paragraphs, texts)
    return replace(
        document,
        id=slug(symbol) if symbol else document.id,
        kind=_kind(paragraphs, texts),
        symbol=symbol,
        date=document.date or date or _printed_date(paragraphs, texts),
        title=document.title or title,
        paragraphs=tuple(paragraphs),
        sections=tuple(sections),
    )


def _roles(paragraphs: tuple[Paragraph, ...], texts: list[str]) -> list[Paragraph]:
    told: list[Paragraph] = []
    prose_seen = False
    for i, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True)):
        role, number = paragraph.role, None
        if role == "prose":
            role, number = _role(text, prose_seen)
            if role == "prose" and not number and _is_signer(texts, i):
                role = "signature"
            prose_seen = prose_seen or role == "prose" or role == "title"
        told.append(replace(paragraph, role=role, number=number))
    return _demote_stray_headings(told, texts)


def _role(text: str, prose_seen: bool) -> tuple[str, str | None]:
    if LETTER_TITLE.match(text) or _ANNEX.match(text):
        return "title", None
    if _SIGNATURE.search(text) and len(text) <= 40:
        return "signature", None
    if not prose_seen and len(text) <= 60 and _LETTERHEAD.match(text):
        return "letterhead", None
    match = _NUMBER.match(text)
    number = next((g for g in match.groups() if g), None) if match else None
    if match and match["bullet"]:
        return "bullet", number
    rest = text[match.end() :] if match else text
    heading_number = match is None or match["han"] is not None or match["letter"] is not None
    if (
        heading_number
        and 1 < len(rest) <= _HEADING_MAX
        and not _UNFINISHED.search(rest)
        and not re.search(r"[。；]|[:：]$", rest)
    ):
        return "heading", number
    return "prose", number


def _is_signer(texts: list[str], i: int) -> bool:
    """Lines between the end of a letter and its signed name: 中华人民共和国常驻联合国代表 / 特命全权大使."""
    return (
        any(_SIGNATURE.search(text) for text in texts[i + 1 : i + 4])
        and len(texts[i]) <= 40
        and not _UNFINISHED.search(texts[i])
    )


def _demote_stray_headings(paragraphs: list[Paragraph], texts: list[str]) -> list[Paragraph]:
    """Short lines above a signed name are part of the signature, not headings."""
    out = list(paragraphs)
    for i, paragraph in enumerate(paragraphs):
        if paragraph.role == "signature" and _SIGNATURE.search(texts[i]):
            j = i - 1
            while j >= 0 and i - j <= 4 and out[j].role == "heading" and out[j].number is None:
                out[j] = replace(out[j], role="signature")
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


def _opens_annex(text: str) -> bool:
    match = LETTER_TITLE.match(text)
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
    return None


def _title(paragraphs: list[Paragraph], texts: list[str]) -> tuple[str | None, str | None]:
    for text in texts[:12]:
        match = LETTER_TITLE.match(text)
        if match:
            return text, next((d.iso for d in find_dates(match["date"])), None)
    for paragraph, text in zip(paragraphs[:8], texts[:8], strict=False):
        if paragraph.role == "heading":
            return text, None
    return None, None


def _printed_date(paragraphs: list[Paragraph], texts: list[str]) -> str | None:
    """The day of the letterhead (``31 January 2020``), else that of the line that says when it was adopted."""
    top = list(zip(paragraphs[:12], texts[:12], strict=True))
    for paragraph, text in top:
        match = _ENGLISH_DATE.fullmatch(text) if paragraph.role == "letterhead" else None
        if match and match["month"] in _MONTHS:
            date = f"{match['year']}-{_MONTHS.index(match['month']) + 1:02d}-{int(match['day']):02d}"
            return add_duration(date, "P0D")  # None for a day that no calendar has
    for _, text in top:
        if _ADOPTED.search(text):
            return next((d.iso for d in find_dates(text)), None)
    return None


def _kind(paragraphs: list[Paragraph], texts: list[str]) -> DocumentKind:
    if any(LETTER_TITLE.match(text) for text in texts[:12]):
        return DocumentKind.LETTER
    for paragraph, text in zip(paragraphs[:10], texts[:10], strict=False):
        if paragraph.role in {"heading", "title", "letterhead"}:
            for pattern, kind in _KINDS:
                if pattern.search(text):
                    return kind
    return DocumentKind.OTHER
