"""Partial dates as spans of days: a month is all its days, for what wants days only (calendars, time lines)."""

from __future__ import annotations

import calendar
from datetime import date
from typing import NamedTuple

__all__ = ["Span", "joined", "span"]


class Span(NamedTuple):
    """Calendar days, both inclusive."""

    first: date
    last: date


def span(text: str | None) -> Span | None:
    """The days of an ISO date: ``2020-01-31`` is one, ``2020-01`` 31, ``2020`` 366. None for anything else."""
    parts = (text or "").split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]):
        return None
    try:
        year, month, day = (int(part) for part in [*parts, "0", "0"][:3])
        if day:
            return Span(date(year, month, day), date(year, month, day))
        last = month or 12
        return Span(date(year, month or 1, 1), date(year, last, calendar.monthrange(year, last)[1]))
    except ValueError:
        return None


def joined(spans: list[Span]) -> list[Span]:
    """``spans`` sorted, those that share a day made one."""
    found: list[Span] = []
    for each in sorted(spans):
        if found and each.first <= found[-1].last:
            found[-1] = Span(found[-1].first, max(found[-1].last, each.last))
        else:
            found.append(each)
    return found
