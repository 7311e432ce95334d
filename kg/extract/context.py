"""What a sentence may lean on: the year and month of the document, its presidency, the headings above."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.dates import DateExpression
from kg.extract.presidency_frames import presidency_frames
from kg.extract.view import Sentence, View
from kg.pipeline.mask import compile_masked

__all__ = ["Context", "context_of", "heading"]

_DURING = compile_masked(r"主席期间[^。；，(]{0,24}\((?P<d>«D»)\)")


@dataclass(frozen=True)
class Context:
    """``date`` of the document (ISO day) and the ``month`` it speaks of (``2020-01``), each None where it does not say."""

    date: str | None
    month: str | None

    def iso(self, date: DateExpression) -> str | None:
        """ISO of a printed date. One without a year takes the year of the month or document it stands in, or the year beside
        it where that is much nearer (``12月份主席`` in a letter of January)."""
        anchor = self.month or self.date
        if date.month is None and date.day is not None and anchor:
            return f"{anchor[:7]}-{date.day:02d}"  # 本月8日
        if date.year is not None or date.month is None or anchor is None:
            return date.iso
        year = _nearest_year(date.month, date.day, anchor)
        day = f"-{date.day:02d}" if date.day is not None else ""
        return f"{year:04d}-{date.month:02d}{day}"

    def iso_after(self, date: DateExpression, start: str | None) -> str | None:
        """ISO of the end of something that begins on ``start``: without a year, the first such day that is not before."""
        if date.year is not None or start is None or date.month is None or date.day is None:
            return self.iso(date)
        year = int(start[:4])
        text = f"{year:04d}-{date.month:02d}-{date.day:02d}"
        return text if text >= start else f"{year + 1:04d}-{date.month:02d}-{date.day:02d}"


def _nearest_year(month: int, day: int | None, anchor: str) -> int:
    year = int(anchor[:4])
    here = int(anchor[5:7]) * 30 + (int(anchor[8:10]) if len(anchor) == 10 else 15)
    apart = month * 30 + (day or 15) - here
    if abs(apart) <= 240:
        return year
    return year - 1 if apart > 0 else year + 1


def context_of(view: View) -> Context:
    """The context of a whole document."""
    month = _month(view)
    date = view.document.date
    if date is None:
        date = next((d.iso for s in view.sentences[:6] for d in s.dates if d.iso and len(d.iso) == 10), None)
    return Context(date, month)


def _month(view: View) -> str | None:
    for sentence in view.sentences:
        for frame in presidency_frames(sentence):
            if frame.date.year and frame.date.month:
                return f"{frame.date.year:04d}-{frame.date.month:02d}"
        match = _DURING.search(sentence.unposted)
        date = next((d for d in sentence.dates if match and d.start == match.start("d")), None)
        if date is not None and date.year and date.month:
            return f"{date.year:04d}-{date.month:02d}"
    return None


def heading(sentence: Sentence) -> str | None:
    """The nearest heading above a sentence, its number left out."""
    headings = sentence.document.headings(sentence.paragraph.section)
    if not headings:
        return None
    return re.sub(r"^(?:[一二三四五六七八九十]{1,3}[.、]|[A-Z]\.)", "", headings[-1])
