"""What a sentence may lean on: the year and month of the document, its presidency, the headings above."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.dates import DateExpression
from kg.extract.view import Sentence, View
from kg.pipeline.mask import compile_masked

__all__ = ["Context", "context_of"]

_PRESIDENCY_MONTH = compile_masked(
    r"«S»(?:于|在)?(?P<d1>«D»)?(?:[^，。；]{0,6})?(?:作为|担任)(?:«C»)?(?P<d2>«D»)?(?:的)?(?:轮值)?主席|主席期间\((?P<d3>«D»)\)|«C»(?P<d4>«D»)(?:的)?(?:轮值)?主席"
)


@dataclass(frozen=True)
class Context:
    """``date`` of the document (ISO day) and the ``month`` it speaks of (``2020-01``), each None where it does not say."""

    date: str | None
    month: str | None

    def iso(self, date: DateExpression) -> str | None:
        """ISO of a printed date; one without a year takes the year of the month or document it stands in."""
        if date.month is None and date.day is not None and self.month:
            return f"{self.month}-{date.day:02d}"  # 本月8日
        if date.year is not None or date.month is None:
            return date.iso
        year = self._year()
        if year is None:
            return None
        day = f"-{date.day:02d}" if date.day is not None else ""
        return f"{year:04d}-{date.month:02d}{day}"

    def iso_after(self, date: DateExpression, start: str | None) -> str | None:
        """ISO of the end of something that begins on ``start``: without a year, the first such day that is not before."""
        if date.year is not None or start is None or date.month is None or date.day is None:
            return self.iso(date)
        year = int(start[:4])
        text = f"{year:04d}-{date.month:02d}-{date.day:02d}"
        return text if text >= start else f"{year + 1:04d}-{date.month:02d}-{date.day:02d}"

    def _year(self) -> int | None:
        basis = self.month or self.date
        return int(basis[:4]) if basis else None


def context_of(view: View) -> Context:
    """The context of a whole document."""
    month = _month(view)
    date = view.document.date
    if date is None:
        date = next((d.iso for s in view.sentences[:6] for d in s.dates if d.iso and len(d.iso) == 10), None)
    return Context(date, month)


def _month(view: View) -> str | None:
    for sentence in view.sentences:
        for match in _PRESIDENCY_MONTH.finditer(sentence.unposted):
            for name in ("d1", "d2", "d3", "d4"):
                if match[name]:
                    found = next((d for d in sentence.dates if d.start == match.start(name)), None)
                    if found and found.year and found.month:
                        return f"{found.year:04d}-{found.month:02d}"
    return None


def heading(sentence: Sentence) -> str | None:
    """The nearest heading above a sentence, its number left out."""
    headings = sentence.document.headings(sentence.paragraph.section)
    if not headings:
        return None
    return re.sub(r"^(?:[一二三四五六七八九十]{1,3}[.、]|[A-Z]\.)", "", headings[-1])
