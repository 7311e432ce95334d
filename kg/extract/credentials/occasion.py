"""The meeting at which a state is to be represented, and the words that say that somebody was told so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import MentionType
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.reading import Reading
    from kg.extract.view import Sentence
    from kg.model import Evidence

__all__ = ["TOLD", "Occasion", "occasion"]

TOLD = compile_masked(
    r"内称|其中|信|函|照会|电报|来文|«S»[^，。；]{0,30}(?:通知|告知|表示|称|说|确认)|代表团?[^，。；«:S»]{0,12}(?:通知|告知|表示|称)"
)
"""What tells that a state said so, in a letter mostly."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """``date`` is an ISO day; one of the two may be unknown."""

    number: str | None
    date: str | None
    evidence: Evidence


def occasion(
    reading: Reading, sentence: Sentence, span: tuple[int, int], after: int, last: Occasion | None
) -> Occasion | None:
    """The meeting that ``span`` names, its day behind ``after``; else ``last``, which 该次会议 means."""
    start, end = span
    numbers = [m.id.removeprefix("S/PV.") for m in sentence.inside(start, end, MentionType.MEETING) if m.id]
    days = [d for d in sentence.dates if after <= d.start and d.end <= end and d.day is not None]
    date = reading.context.iso(days[0]) if days else None
    if not numbers and date is None:
        return last
    if numbers and date is None:
        known = [s for s in reading.meetings.all if s.number == numbers[0]]
        if last is not None and last.number == numbers[0] and (last.date or not known):
            return last
        if known:
            return Occasion(numbers[0], known[0].date, known[0].evidence[0])
    return Occasion(numbers[0] if numbers else None, date, sentence.evidence)
