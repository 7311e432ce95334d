"""Dates and durations as Chinese UN texts print them, read from the normal form.

Read: ``2020年1月31日``, ``二〇二〇年一月``, ``2015年``, ``1月31日`` (no year), shared heads ``1月9日、10日和13日``, ranges ``2014年12月2日至
16日`` and ``2016-2020年``. Refused: decades (``90年代``), counts of years (``2000多年``, ``70年``), sessions, symbols of documents.
A date without a year has ``iso`` None until a context gives one (`Expression.resolve`).
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.text import parse_numeral

__all__ = ["DURATION", "DateExpression", "add_duration", "find_dates", "parse_duration", "resolve"]

_HAN_DIGIT = "〇零一二三四五六七八九"
_YEAR = rf"(?:(?:1[5-9]|20)\d\d|[一二][{_HAN_DIGIT}]{{3}})"
_SMALL = (
    r"(?:\d{1,2}|(?<![一二三四五六七八九十廿卅])"
    r"(?:[二三]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[一二三四五六七八九]))"
)
_SEPARATOR = r"(?:、|，|和|及|与|以及|至|到|-|—|~|或)"

_ARABIC_DAY = r"(?:[12]\d|3[01]|[1-9])"
_JOINED = rf"(?: ?{_SEPARATOR} ?{_SMALL}){{1,6}}日"
_DATE = re.compile(
    rf"(?<![\d/])(?:(?P<year>{_YEAR})年(?!代|度)(?:(?P<month>{_SMALL})月(?:份)?(?:(?P<day>{_SMALL})(?:日|号(?!决议|文件)|(?={_JOINED}))(?!元(?!旦)|程))?)?"
    rf"|(?P<month2>{_SMALL})月(?:份)?(?P<day2>{_SMALL})(?:日|(?={_JOINED}))(?!元(?!旦)|程)"
    rf"|(?<![\d月年日、和至及与到—~.-])(?P<day5>{_ARABIC_DAY})日(?!元(?!旦)|程|内|以[内后来前上下外降]|后|前(?!往|来)|间|龄|游|报(?!道|告)|电(?!话|邮))"
    rf"|(?:当月|同月|该月|本月)(?P<day4>{_SMALL})日(?!元(?!旦)|程)"
    rf"|(?P<month3>{_SMALL})月份?(?!内|余|多|来))"
)
_MORE_DAYS = re.compile(
    rf" ?(?P<sep>{_SEPARATOR}) ?(?P<day>{_SMALL})(?:日(?!(?:以|之)?内)|(?={_JOINED}))(?!元(?!旦)|程)"
)
_AFTER_DAYS = re.compile(r"(?:之|以)?后")
_YEARS = re.compile(
    r"(?P<first>(?:19|20)\d\d)(?<![\d/(第].{4})(?:-|—|至|/)(?P<last>(?:19|20)\d\d|\d\d)(?:年(?!代)|(?=两年期|(?:财政)?年度|财政期间|双年度))"
)
_LIST_YEARS = re.compile(rf"(?<![\d/(第]){_YEAR}(?:(?:、|和|及|至|或){_YEAR}){{1,40}}+年(?!代)")
_TWO_YEARS = re.compile(rf"[\d{_HAN_DIGIT}][、和及至或][12一二]")
"""In every match of `_LIST_YEARS`."""

_UNIT = re.compile(r"[年月日](?<=[\d〇零一二三四五六七八九十廿卅当同该本].)")
"""A unit with a number before it, or 当月 and the like: the first unit of every match of `_DATE`."""
_FURTHEST = 4
"""A date begins at most so many characters before that: with the four digits of a year."""


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date in the normal form: half-open offsets, the parts printed, and the ISO form once the year is known.

    ``range_end``: it closes a range that the expression before it opens (…至…).
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    range_end: bool = False

    @property
    def iso(self) -> str | None:
        if self.year is None or not _exists(self.year, self.month, self.day):
            return None
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def find_dates(text: str) -> list[DateExpression]:
    """All dates of ``text`` (normal form) in order; parts that cannot be a date (``13月``) are not read."""
    found: list[DateExpression] = []
    in_years = "年" in text or "财政期间" in text
    if not in_years and "月" not in text and "日" not in text:
        return found
    taken = 0
    spans = {m.start(): m for m in _YEARS.finditer(text)} if in_years else {}
    lists = {m.start(): m for m in _LIST_YEARS.finditer(text)} if in_years and _TWO_YEARS.search(text) else {}
    starts = list(_date_starts(text))
    for at in sorted({*spans, *lists, *starts}) if spans or lists else starts:
        if at < taken:
            continue
        if at in spans:
            taken = _read_years(spans[at], found)
        elif at in lists:
            taken = _read_year_list(lists[at], found)
        else:
            match = _DATE.match(text, at)
            if match:
                taken = max(taken, _read_date(text, match, found))
    return found


def _date_starts(text: str) -> Iterator[int]:
    """Where the matches of `_DATE` begin, as its ``finditer`` gives them, but read only before a unit."""
    end = 0
    for unit in _UNIT.finditer(text):
        at = unit.start()
        for start in range(max(end, at - _FURTHEST), at):
            match = _DATE.match(text, start)
            if match:
                yield start
                end = match.end()
                break


def _read_years(match: re.Match[str], found: list[DateExpression]) -> int:
    first = int(match["first"])
    last = int(match["last"])
    if last < 100:
        last += first // 100 * 100
        last += 100 if last < first else 0  # 1999-02年
    found.append(DateExpression(match.start("first"), match.end("first"), first, None, None))
    found.append(DateExpression(match.start("last"), match.end(), last, None, None, range_end=True))
    return match.end()


def _read_year_list(match: re.Match[str], found: list[DateExpression]) -> int:
    years = list(re.finditer(_YEAR, match.group()))
    for i, year in enumerate(years):
        end = match.end() if i == len(years) - 1 else match.start() + year.end()
        found.append(DateExpression(match.start() + year.start(), end, parse_numeral(year.group()), None, None))
    return match.end()


def _read_date(text: str, match: re.Match[str], found: list[DateExpression]) -> int:
    year = parse_numeral(match["year"]) if match["year"] else None
    month_text = match["month"] or match["month2"] or match["month3"]
    day_text = match["day"] or match["day2"] or match["day4"] or match["day5"]
    month = parse_numeral(month_text) if month_text else None
    day = parse_numeral(day_text) if day_text else None
    if not _exists(year, month, day):
        return match.start() + 1
    if match["month3"] and _is_count_of_months(text, match):
        return match.end()
    if match["day5"] and found and found[-1].month is not None:
        year, month = found[-1].year, found[-1].month
    if match["day4"] and found and not match.group().startswith("本月"):
        year, month = found[-1].year, found[-1].month
    ranged = text[max(0, match.start() - 1) : match.start()] in {"至", "到", "-", "—"} and bool(found)
    ranged = ranged and found[-1].end == match.start() - 1
    if year is None and ranged and month is not None:
        year = _year_of_range(found[-1], month)
    found.append(DateExpression(match.start(), match.end(), year, month, day, range_end=ranged))
    end = match.end()
    if day is not None:
        while more := _MORE_DAYS.match(text, end):
            next_day = parse_numeral(more["day"])
            if next_day is None or not _exists(year, month, next_day):
                break
            if more["sep"] == "，" and _AFTER_DAYS.match(text, more.end()):
                break  # 1月9日，10日后…
            closes = more["sep"] in {"至", "到", "-", "—", "~"}
            found.append(DateExpression(more.start("day"), more.end(), year, month, next_day, range_end=closes))
            end = more.end()
    return end


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether the calendar has such a day; where a part is not printed, whether it can have."""
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None or 1 <= day <= 28:
        return True
    leap = 2000  # any leap year, for a 29 February of no year
    return 1 <= day <= (31 if month is None else calendar.monthrange(year or leap, month)[1])


def _year_of_range(first: DateExpression, month: int) -> int | None:
    if first.year is None:
        return None
    return first.year + (1 if first.month is not None and month < first.month else 0)


def _is_count_of_months(text: str, match: re.Match[str]) -> bool:
    """``三月`` is March, but ``个月`` and ``12月`` after 个 are counts; ``六月`` in names of movements is left to the lists."""
    return text[match.start() - 1 : match.start()] in {"个", "第", "满"}


def resolve(expression: DateExpression, year: int, month: int | None = None) -> DateExpression:
    """The expression with ``year`` where it prints none."""
    if expression.year is not None:
        return expression
    return replace(expression, year=year, month=expression.month if expression.month is not None else month)


_COUNT = rf"(?:\d{{1,3}}|[{_HAN_DIGIT}两十百]+)"
DURATION = rf"(?:(?P<count>{_COUNT})(?P<half>个半)?(?:个)?(?P<unit>年半|年|月|周|星期|天|日)|半年)"
_DURATION = re.compile(DURATION)


def parse_duration(text: str) -> str | None:
    """ISO 8601 of a length of time: ``6个月`` -> ``P6M``, ``一年`` -> ``P1Y``, ``一年半`` -> ``P18M``, ``45天`` -> ``P45D``.

    None for what is no whole number of units (``三个半月``).
    """
    if text == "半年":
        return "P6M"
    match = _DURATION.fullmatch(text)
    if not match or match["half"]:
        return None
    count = parse_numeral(match["count"])
    if count is None:
        return None
    unit = match["unit"]
    if unit == "年半":
        return f"P{count * 12 + 6}M"
    letter = {"年": "Y", "月": "M", "周": "W", "星期": "W", "天": "D", "日": "D"}[unit]
    return f"P{count}{letter}"


def add_duration(start: str, duration: str) -> str | None:
    """The day on which ``duration`` counted from ``start`` (ISO day) ends: the same day of the month, or its last day. From a
    month (``2021-12``), months and years lead to a month.

    None where ``start`` is neither, ``duration`` no ``P<count><Y, M, W or D>``, or the end beyond the calendar.
    """
    match = re.fullmatch(r"P(\d{1,6})([YMWD])", duration)
    month_only = len(start) == 7
    if not match or len(start) not in {7, 10} or (month_only and match[2] in "WD"):
        return None
    count, unit = int(match[1]), match[2]
    try:
        day = datetime.date.fromisoformat(f"{start}-01" if month_only else start)
        if unit in "WD":
            return (day + datetime.timedelta(days=count * (7 if unit == "W" else 1))).isoformat()
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1)
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return datetime.date(year, month + 1, min(day.day, last)).isoformat()[: len(start)]
    except (ValueError, OverflowError):
        return None
