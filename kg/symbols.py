"""Symbols of UN documents and the ways Chinese texts cite resolutions, read and written.

Lists are the rule, not the exception: ``第1267(1999)、1333(2000)和1363(2001)号决议`` cites three. Older texts print
``第四三五(一九七八)号决议``. A resolution's id is ``S/RES/2507(2020)``, without a year ``S/RES/242``; the General Assembly's
are ``A/RES/60/1`` and ``A/RES/377(V)``. Source of the grammar of symbols: ST/LIB/SER.B/5 (Dag Hammarskjöld Library).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.text import parse_numeral

__all__ = ["Cited", "document_url", "find_resolutions", "find_symbols", "is_resolution", "resolution_number", "slug"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A symbol in the normal form: half-open offsets and the symbol without blanks; ``group`` numbers the list it is in."""

    start: int
    end: int
    symbol: str
    group: int = 0


_HAN_DIGITS = "〇零一二三四五六七八九"
_YEAR = rf"(?:19|20)\d\d|[一二][{_HAN_DIGITS}]{{3}}"
_ROMAN = r"[IVXLC]+"
_SESSION = re.compile(rf"(?:S-|ES-)?{_ROMAN}")
_LETTER = re.compile(r"[A-Z]$")
_SESSIONS = 199
"""More sessions than the General Assembly will have for a long time."""
_NUMBER = (
    rf"(?:S-|ES-)?\d{{1,4}}/\d{{1,4}}(?:[ ]?[A-Z](?![A-Za-z]))?"  # 60/1, ES-10/14, 55/33 C
    rf"|\d{{1,4}}(?:[ ]?[A-Z](?=\())?\((?:(?:{_YEAR})年?|(?:S-|ES-)?{_ROMAN})\)"  # 2507(2020), 377(V), 377 A(V)
    rf"|[{_HAN_DIGITS}十百]{{1,5}}\((?:{_YEAR})年?\)"  # 四三五(一九七八)
    rf"|\d{{1,4}}"
    rf"|[{_HAN_DIGITS}]{{3,4}}"  # 一三二五
)
_ITEM = rf"第?(?P<number>{_NUMBER})号?"
_DATED = rf"(?:(?:(?P<year>{_YEAR})年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|同日|同年)(?:通过)?)?(?:的)?"
_JOIN = (
    rf"(?:、|，|和|及|与|以及|或|至){_DATED.replace('<year>', '<year1>')}"
    r"(?:(?P<body>安全理事会|安理会|联合国大会|大会)|其|关于[^，。；、第]{1,30}的)?"
    rf"{_DATED.replace('<year>', '<year2>')}"
)
_FIRST = re.compile(rf"(?<!\d){_ITEM}")
_START = re.compile(rf"[第SE\d{_HAN_DIGITS}十百](?<!\d\d)")
"""With what `_FIRST` begins: a search that starts with a class of characters is the fastest there is."""
_NEXT = re.compile(rf"{_JOIN}(?P<item>{_ITEM})")
_TAIL = re.compile(
    r"(?:号|的|等|其后|随后|以往|先前|其他)*(?:各项|两项|三项)?(?:有关|相关)?决议"
    r"|(?=号?(?:及|和|以及|与)(?:其后|随后|其他|其它)(?:的)?(?:各项|所有)?(?:有关|相关)?决议)"  # 第1970(2011)号及其后各项决议
)
_BRACKETED = re.compile(rf"(?<=决议[(（])(?P<item>第(?P<number>\d{{1,4}}\((?:{_YEAR})\))号)(?=[)）])")
_CALLED = re.compile(
    rf"决议的?(?:正式)?(?:编号|文号)(?:为|是|：|:)?(?P<item>第?(?P<number>\d{{3,4}}(?:\((?:{_YEAR})\))?)号)(?!决议)|(?<=编号为)(?P<item2>第?(?P<number2>\d{{3,4}}(?:\((?:{_YEAR})\))?)号?的(?:这[份项])?(?:新)?决议)(?!草案)"
)
"""``决议编号为第2751号``, ``这份编号为2690的决议``."""
_YEAR_BEFORE = re.compile(rf"(?P<year>{_YEAR})年(?:\d{{1,2}}月\d{{1,2}}日)?(?:通过的)?$")
_YEAR_BEHIND = re.compile(rf"\((?P<year>{_YEAR})年?\)")  # 第1325号决议(2000年)
_BODY_BEFORE = re.compile(
    r"(?P<body>安全理事会|安理会|联合国大会|大会|联大|经济及社会理事会|经社理事会|人权理事会|委员会|缔约方大会|理事会|原子能机构|执行局)"
    r"(?:(?:(?!执行|落实|实施|履行|遵守|根据|按照|依照|依据|遵照|确保|支持|回顾|重申|讨论|审议)[^，。；、安大会]){0,12}(?:通过的)?"
    r"|(?:\d{4}年)?(?:\d{1,2}月\d{1,2}日)?关于[^，。；、第]{2,40}的)$"
)
"""Whose resolution it is; not where the body only acts on it (委员会的目标是确保第1373号决议得到执行)."""

_SYMBOL = re.compile(
    r"(?<![A-Za-z0-9/.])(?P<symbol>"
    r"(?:S|A|E|ST|DP|TD|CEDAW|CRC|CAT|CCPR|CERD|HRI|IDB|GC|UNEP|FCCC|NPT|CD|LC|DC|JIU|ICCD|HSP|FP|UNW|T|CAC)"
    r"/[A-Z0-9][A-Za-z0-9._-]*(?:[ ]?\((?:19|20)\d\d\)|\([A-Za-z0-9.]{1,8}\)|\(Resumption ?\d\))?(?:/[A-Za-z0-9][A-Za-z0-9._]*(?:[ ]?\((?:19|20)\d\d\)|(?:[ ]?[A-Z])?\([IVXLC]+\)|-[A-Z0-9](?!/)[A-Za-z0-9]*)?)*)"
)
_RESOLUTION_SYMBOL = re.compile(r"(?:S|A|E|A/HRC)/RES/.+")


def is_resolution(symbol: str) -> bool:
    """Whether ``symbol`` is that of a resolution (``S/RES/…``, ``A/RES/…``)."""
    return bool(_RESOLUTION_SYMBOL.match(symbol))


def resolution_number(symbol: str) -> str | None:
    """``2507`` for ``S/RES/2507(2020)``; None for any other symbol."""
    match = re.match(r"S/RES/(\d+)", symbol)
    return match[1] if match else None


def slug(symbol: str) -> str:
    """``S/RES/2507(2020)`` -> ``S-RES-2507-2020``: letters, digits, ``-`` and ``_`` only, for IRIs and file names."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", symbol).strip("-")


def document_url(symbol: str) -> str:
    """The UN's own address of a document in Chinese."""
    return f"https://docs.un.org/zh/{symbol}"


def find_symbols(text: str) -> Iterator[Cited]:
    """Printed symbols (``S/2019/1005``, ``S/PV.7857``, ``S/RES/2507 (2020)``) in the normal form.

    A joint symbol (``S/2015/446-A/70/95``) is two documents. A closing bracket or full stop is not part of a symbol.
    """
    if "/" not in text:
        return
    for match in _SYMBOL.finditer(text):
        start = match.start()
        for part in re.split(r"-(?=[A-Z]{1,4}/)", match["symbol"].rstrip("._-")):
            if "/" in part and any(c.isdigit() for c in part):
                yield Cited(start, start + len(part), part.replace(" ", ""))
            start += len(part) + 1


def find_resolutions(text: str) -> Iterator[Cited]:
    """Resolutions cited in words (``第2507(2020)号决议`` and lists of them) in the normal form.

    The first item's span starts at 第, the last one's ends with 决议. Refused: numbers without 号 and 第 that only
    happen to stand before 决议 (``通过了4项决议``, ``3个决议``).
    """
    if "决议" not in text or "号" not in text:
        return
    yield from _bracketed(text)
    for group, (items, end) in enumerate(_lists(text), 1):
        known = _kept(text, items, end)
        for item, symbol in zip(known, _symbols(text, items[0].start, known), strict=True):
            if symbol is not None:
                yield Cited(item.start, end if item is items[-1] else item.end, symbol, group)


@dataclass(frozen=True, slots=True)
class _Item:
    """One number of a list: half-open offsets, 第 and 号 counted, and what stands before it in the list itself."""

    start: int
    end: int
    number: str
    body: str | None = None
    year: str | None = None


def _lists(text: str) -> Iterator[tuple[list[_Item], int]]:
    """Numbers in a row that 决议 closes, and where it ends. Each place is read once, however long a list without 决议 is."""
    at = 0
    dead: set[int] = set()
    last = text.rfind("决议")
    while (first := _first(text, at, last)) is not None:
        items = [_Item(first.start(), first.end(), first["number"])]
        end = first.end()
        while end not in dead and (more := _NEXT.match(text, end)):
            year = more["year2"] or more["year1"]
            items.append(_Item(more.start("item"), more.end(), more["number"], more["body"], year))
            end = more.end()
        tail = None if end in dead else _TAIL.match(text, end)
        if tail:
            behind = _YEAR_BEHIND.match(text, tail.end())
            if behind and len(items) == 1:
                items = [replace(items[0], year=behind["year"])]
            yield items, tail.end()
            at = tail.end()
        else:
            dead.update(item.end for item in items)
            at = first.start() + 1


def _first(text: str, at: int, last: int) -> re.Match[str] | None:
    """The next match of `_FIRST` that begins before ``last``."""
    return next(
        (first for start in _START.finditer(text, at, last) if (first := _FIRST.match(text, start.start()))), None
    )


def _kept(text: str, items: list[_Item], end: int) -> list[_Item]:
    """The items without a first number that only happens to stand there; none where nothing says 号."""
    start = items[0].start
    if "号" not in text[start : end + 1]:
        return []
    if text[start] == "第" or _starts_a_list(text, start) or re.search(r"\(\S{4}\)$", items[0].number):
        return items  # 根据2379(2017)号决议: the year makes up for 第
    return items[1:] if "第" in text[start : items[-1].end] else []


def _bracketed(text: str) -> Iterator[Cited]:
    """``通过决议(第2341(2017)号)``, ``决议编号为第2751号``."""
    bracketed = _BRACKETED.finditer(text) if "决议(" in text or "决议（" in text else ()
    called = _CALLED.finditer(text) if "编号" in text or "文号" in text else ()
    for match in (*bracketed, *called):
        at = "2" if match.groupdict().get("item2") else ""
        symbol = _symbol(match[f"number{at}"], None, None)
        if symbol is not None:
            yield Cited(match.start(f"item{at}"), match.end(f"item{at}"), symbol)


def _starts_a_list(text: str, at: int) -> bool:
    return text[max(0, at - 1) : at] not in {"第"} and bool(
        re.search(r"(?:决议|安理会|安全理事会|大会)$", text[max(0, at - 6) : at])
    )


def _symbols(text: str, start: int, items: list[_Item]) -> list[str | None]:
    before = text[max(0, start - 64) : start]
    body_match = _BODY_BEFORE.search(before)
    body = body_match["body"] if body_match else None
    year_match = _YEAR_BEFORE.search(before)
    year = year_match["year"] if year_match and len(items) == 1 else None
    symbols = []
    for item in items:
        body = item.body or body
        adopted = item.year or year
        symbols.append(_symbol(item.number.replace(" ", ""), body, parse_numeral(adopted) if adopted else None))
    return symbols


def _symbol(number: str, body: str | None, year: int | None) -> str | None:
    if "/" in number:
        if body in {"经济及社会理事会", "经社理事会"}:
            return f"E/RES/{number}"
        if body == "人权理事会":
            return f"A/HRC/RES/{number}"
        if body in {"缔约方大会", "委员会", "理事会", "原子能机构", "执行局"}:
            return None
        if int(number.partition("/")[0].removeprefix("ES-").removeprefix("S-")) > _SESSIONS:
            return None  # 第1267/1989/2253号决议所设委员会: numbers of the Council
        return f"A/RES/{number}"
    head, _, bracket = number.partition("(")
    bracket = bracket.rstrip("年)")
    if _SESSION.fullmatch(bracket):
        if body in {"经济及社会理事会", "经社理事会"}:
            return f"E/RES/{head}({bracket})"
        return f"A/RES/{head}({bracket})" if body in {None, "大会", "联大", "联合国大会"} else None
    value = parse_numeral(_LETTER.sub("", head))
    if value is None or value == 0:
        return None
    of_assembly = body in {"大会", "联大", "联合国大会"}
    if bracket:
        printed = parse_numeral(bracket)
        return f"S/RES/{value}({printed})"
    if of_assembly or (body is not None and body not in {"安全理事会", "安理会"}):
        return None
    if year is not None and year >= 1946:
        return f"S/RES/{value}({year})"
    return f"S/RES/{value}"
