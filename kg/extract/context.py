"""What a sentence may lean on: the year and month of the document, its presidency, the headings above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kg.dates import DateExpression, resolve
from kg.extract.gate import Gate, Gated
from kg.extract.presidency_frames import FRAMES, presidency_frames
from kg.extract.view import Sentence, View
from kg.model import DocumentKind

__all__ = ["Context", "context_of", "heading"]

_TOP = 16
"""Sentences among which a report says what time it covers."""
_MONTHLY = 28
_COVERS = re.compile("期间|期内|报告|涵盖|述及|概述|活动|工作")
_YEARLY = re.compile("度?(?:的)?(?:年度|活动|工作)?报告")
_DURING = Gated(r"主席期间[^。；，(]{0,24}\((?P<d>«D»)\)", on="unposted")
_TELLS = Gate(FRAMES, _DURING)


@dataclass(frozen=True)
class Context:
    """``date`` of the document (ISO day) and the ``month`` it speaks of (``2020-01``), each None where it does not say; ``news``: a news
    item, which speaks from its day; ``period``: first and last day that a report covers."""

    date: str | None
    month: str | None
    news: bool = False
    period: tuple[str, str] | None = None
    _known: dict[tuple[int | None, int | None, int | None], str | None] = field(
        default_factory=dict, compare=False, repr=False
    )

    def iso(self, date: DateExpression) -> str | None:
        """ISO of a printed date. One without a year takes the year of the month or document it stands in, or the year beside
        it where that is much nearer (``12月份主席`` in a letter of January)."""
        printed = date.year, date.month, date.day
        if printed not in self._known:  # all families ask for the same few
            self._known[printed] = self._iso(date)
        return self._known[printed]

    def _iso(self, date: DateExpression) -> str | None:
        anchor = self.month or self.date
        if date.month is None and date.day is not None and anchor:
            return resolve(date, int(anchor[:4]), int(anchor[5:7])).iso  # 本月8日
        if date.year is not None or date.month is None:
            return date.iso
        covered = _in_period(date, self.period) if self.period else None
        if covered is not None or anchor is None:
            return covered or date.iso
        return resolve(date, _nearest_year(date.month, date.day, anchor)).iso

    def iso_after(self, date: DateExpression, start: str | None) -> str | None:
        """ISO of the end of something that begins on ``start``: without a year, the first such day that is not before."""
        if date.year is not None or start is None or date.month is None or date.day is None:
            return self.iso(date)
        year = int(start[:4])
        text = resolve(date, year).iso
        return text if text and text >= start else resolve(date, year + 1).iso


def _in_period(date: DateExpression, period: tuple[str, str]) -> str | None:
    """ISO of the one such day or month that a period has; None where it has none, or several."""
    days = {resolve(date, year).iso or "" for year in range(int(period[0][:4]), int(period[1][:4]) + 1)}
    inside = [day for day in days if day and period[0][: len(day)] <= day <= period[1][: len(day)]]
    return inside[0] if len(inside) == 1 else None


def _nearest_year(month: int, day: int | None, anchor: str) -> int:
    year = int(anchor[:4])
    here = int(anchor[5:7]) * 30 + (int(anchor[8:10]) if len(anchor) == 10 else 15)
    apart = month * 30 + (day or 15) - here
    if abs(apart) <= 240:
        return year
    return year - 1 if apart > 0 else year + 1


def context_of(view: View) -> Context:
    """The context of a whole document. News speak of their own day: of none, where no year is said."""
    if view.news is not None:
        return Context(view.news.date, None, news=True)
    date = view.document.date
    if date is None:
        date = next((d.iso for s in view.sentences[:6] for d in s.dates if d.iso and len(d.iso) == 10), None)
    if view.document.kind is DocumentKind.PROGRAMME:
        return Context(date, _month_of_programme(view) or (date[:7] if date else None))
    period = _period(view)
    if period is not None and view.document.date is None:
        date = period[1]  # its first day printed is most often that on which the period begins
    return Context(date, _month(view, date), period=period)


def _period(view: View) -> tuple[str, str] | None:
    """The days that a report says it covers: ``2019年1月1日至12月31日期间的活动``, or the year of its title (``2016年活动报告``)."""
    for sentence in view.sentences[:_TOP]:
        if not sentence.dates or not _COVERS.search(sentence.text):
            continue
        for first, last in pairwise(sentence.dates):
            if not (last.range_end and first.year and first.day and last.month):
                continue
            start, end = first.iso, resolve(last, last.year or first.year).iso
            if start and end and len(end) == 10 and (_count(start) < _count(end) or int(end[8:]) >= _MONTHLY):
                return start, end
        year = next((d.year for d in sentence.dates if d.month is None and _YEARLY.match(sentence.text, d.end)), None)
        if year:
            return f"{year:04d}-01-01", f"{year:04d}-12-31"
    return None


def _month_of_programme(view: View) -> str | None:
    """The month whose programme it is: the first that the lines at the top print with its year, and no day."""
    dates = (d for s in view.sentences[:6] for d in s.dates if d.year and d.month and d.day is None)
    return next((f"{d.year:04d}-{d.month:02d}" for d in dates), None)


def _month(view: View, date: str | None) -> str | None:
    """The month of a presidency that the document speaks of: the one nearest to its date, within a year of it."""
    months: list[str] = []
    for sentence in _TELLS.among(view):
        if "主席" not in sentence.text and "主持" not in sentence.text:
            continue
        dates = [frame.date for frame in presidency_frames(sentence)]
        match = _DURING.search(sentence)
        during = sentence.date_at(match.start("d")) if match else None
        dates += [during] if during else []
        months += [f"{d.year:04d}-{d.month:02d}" for d in dates if d.year and d.month]
    if date is None or not months:
        return months[0] if months else None
    nearest = min(months, key=lambda m: (abs(_count(m) - _count(date)), months.index(m)))
    return nearest if abs(_count(nearest) - _count(date)) < 12 else None


def _count(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7])


def heading(sentence: Sentence) -> str | None:
    """The nearest heading above a sentence, its number left out."""
    headings = sentence.document.headings(sentence.paragraph.section)
    if not headings:
        return None
    return re.sub(r"^(?:[一二三四五六七八九十]{1,3}[.、]|[A-Z]\.)", "", headings[-1])
