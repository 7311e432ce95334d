"""Days that a news item says by its dateline: 今天, 当天, 周三, 次日.

They become dates of the sentence like printed ones, so that every rule reads them. 当天 and 同日 are the day last told in the paragraph,
else that of the dateline; a weekday is the last such day, or the next where the clause speaks of what will be.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from kg.dates import DateExpression, resolve
from kg.model import Document, DocumentKind
from kg.news import NewsHead, news_head
from kg.pipeline.mask import mask
from kg.pipeline.scan import Scan
from kg.text import normalize

__all__ = ["NewsDays", "news_of"]

_SHIFT = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1, "后天": 2}
_WEEKDAYS = "一二三四五六日"
_WORD = re.compile(
    r"(?P<shift>今天|今日|昨天|昨日|(?<!日)前天|明天|明日|后天)(?!的(?:世界|局势|挑战|中国|联合国))"
    r"|(?P<same>当天|当日|同日|同一天)(?!电|讯)"
    r"|(?P<next>次日|翌日|第二天)"
    r"|(?<![每逢])(?P<week>[本上下]?(?:个)?)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![周个次])"
)
_SUBJECT = re.compile(r"(?:联合国)?(?:安全理事会|安理会)(?:成员)?(?:于|在)?")
_NEAR = 12
"""Characters between two days that one month is said for."""
_LOCAL = re.compile(r"(?:(?:纽约|美东|美国东部|美国)?当地时间|美东时间|美国东部时间|纽约时间)$")
_NOT_TOLD = re.compile(r"(?:至|到|截至|截止)$")
_NOT_OF_DAY = re.compile(r"(?:之)?前(?!往)|届满|到期|起|以来|的(?:报告|信|决议)")
_PLANNED = re.compile(r"将|拟|定于|预计|计划|准备|预定|可能|打算|原定|之前|前")


def news_of(document: Document) -> NewsHead | None:
    """The head of a document that is a news item; a line that is its own document may be one."""
    if document.kind != DocumentKind.NEWS and len(document.paragraphs) != 1:
        return None
    return news_head([normalize(document.text[p.start : p.end])[0] for p in document.paragraphs])


@dataclass
class NewsDays:
    """Reads the paragraphs of one item in order; ``last`` is the day last told."""

    head: NewsHead
    last: datetime.date | None = None

    def of(self, index: int, scanned: Scan) -> Scan:
        """The scan of paragraph ``index`` with the days that words say."""
        today = self._today()
        if today is None or index in self.head.furniture:
            return scanned
        start = self.head.text_from if index == self.head.lead else 0
        told = self.last if self.last is not None and 0 <= (today - self.last).days <= 7 else today
        before, self.last = self.last, None
        dates: list[DateExpression] = []
        for date in scanned.dates:
            near = bool(dates) and dates[-1].end > start and date.start - dates[-1].end <= _NEAR
            dates.append(self._of_month(scanned.text, _local(scanned.text, date), today, near=near))
        printed = {d.start: d for d in dates if d.start >= start}
        words = {m.start(): m for m in _WORD.finditer(scanned.text, start)}
        more: list[DateExpression] = []
        for at in sorted({*printed, *words}):
            if at in printed:
                day = _day(printed[at], today)
                if day is not None and day <= today and not _other(scanned.text, printed[at]):
                    told = day
            else:
                match = words[at]
                day = self._said(match, scanned.text, today, told)
                if day is None or any(d.start <= at < d.end for d in dates):
                    continue  # 同日 of a list of days
                more.append(self._expression(match, day, dates))
                told = day if day <= today else told
            if (
                self.last is None
                and day is not None
                and (at - start <= 3 or _SUBJECT.fullmatch(scanned.text, start, at))
            ):
                self.last = day
        if not printed and not words:
            self.last = before  # 当日 behind a paragraph without days
        kept = [d for d in dates if not any(m.start < d.end and d.start < m.end for m in more)]
        all_dates = tuple(sorted([*kept, *more], key=lambda d: d.start))
        spans = ((d.start, d.end, "D") for d in all_dates)
        return replace(scanned, dates=all_dates, masked=mask(scanned.masked, spans))

    def _today(self) -> datetime.date | None:
        """The dateline's day, in a leap year where it prints none."""
        if self.head.date is not None:
            return datetime.date.fromisoformat(self.head.date)
        return datetime.date(2000, *self.head.month_day) if self.head.month_day else None

    def _of_month(self, text: str, date: DateExpression, today: datetime.date, *, near: bool) -> DateExpression:
        """A day without a month (``8日``) is of the dateline's, but ``near`` another (6月28日和30日) of that one's; at the month's start ``31日``
        is of the month before, unless it is to come."""
        if (
            date.day is None
            or "月" in text[date.start : date.end].replace("本月", "")
            or (near and date.month is not None)
        ):
            return date
        first = today.replace(day=1)
        clause = re.split(r"[，。；]", text[: date.start])[-1] + re.split(r"[，。；]", text[date.end :])[0]
        if date.day - today.day >= 20 and not _PLANNED.search(clause) and not _NOT_TOLD.search(text[: date.start]):
            first = (first - datetime.timedelta(days=1)).replace(day=1)
        return replace(date, year=first.year if self.head.date else None, month=first.month)

    def _expression(self, match: re.Match[str], day: datetime.date, dates: list[DateExpression]) -> DateExpression:
        """What a word says; ``周三(10日)`` is one expression, and the printed day counts."""
        text, end = match.string, match.end()
        inside = next((d for d in dates if d.start == end + 1 and text[end : end + 1] == "("), None)
        if inside is not None and text[inside.end : inside.end + 1] == ")":
            return replace(inside, start=match.start(), end=inside.end + 1)
        return DateExpression(match.start(), end, day.year if self.head.date else None, day.month, day.day)

    def _said(self, match: re.Match[str], text: str, today: datetime.date, told: datetime.date) -> datetime.date | None:
        if match["shift"]:
            return today + datetime.timedelta(days=_SHIFT[match["shift"]])
        if match["same"]:
            return told
        if match["next"]:
            return told + datetime.timedelta(days=1)
        if self.head.date is None:
            return None
        weekday = 6 if match["weekday"] == "天" else _WEEKDAYS.index(match["weekday"])
        monday = today - datetime.timedelta(days=today.weekday())
        week = {"本": 0, "上": -7, "下": 7}.get(match["week"][:1])
        if week is not None:
            return monday + datetime.timedelta(days=week + weekday)
        clause = re.split(r"[，。；]", text[: match.start()])[-1] + re.split(r"[，。；]", text[match.end() :])[0]
        back = (today.weekday() - weekday) % 7
        if _PLANNED.search(clause):
            return today + datetime.timedelta(days=(7 - back) % 7)
        return today - datetime.timedelta(days=back)


def _day(date: DateExpression, today: datetime.date) -> datetime.date | None:
    if date.day is None:
        return None
    iso = resolve(date, today.year, today.month).iso
    day = datetime.date.fromisoformat(iso) if iso else None
    if day is not None and date.year is None and date.month is not None and (day - today).days > 240:
        return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else None
    return day


def _other(text: str, date: DateExpression) -> bool:
    """Whether a day is an end or a limit, so that 当天 after it does not mean it."""
    return bool(_NOT_TOLD.search(text[: date.start]) or _NOT_OF_DAY.match(text, date.end))


def _local(text: str, date: DateExpression) -> DateExpression:
    """``当地时间9日`` is one expression."""
    match = _LOCAL.search(text[: date.start]) if date.day is not None else None
    return replace(date, start=match.start()) if match else date
