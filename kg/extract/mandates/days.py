"""When a decision was taken: the document's own day, or the one told before it; which adoption 该决议 means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.adoptions import adoptions
from kg.extract.mandates.frame import Frame
from kg.extract.mandates.reported import Subject
from kg.extract.own_adoption import own_adoption
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import Adoption, DocumentKind, MentionType
from kg.pipeline.mask import compile_masked

__all__ = ["adopted_before", "day_of", "own_day"]

_THE_RESOLUTION = re.compile(
    r"(?:根据|按照|依照|依据)?(?:该|这项|这一|此项|新)(?:[^，。；]{0,24}的)?(?:新)?决议|决议(?=还|又|也|同时|，)"
)
_YEARS_AGO = {"去年": 1, "前年": 2}
_ADOPTED_IN = compile_masked(r"，?(?:«C»)?(?:一致)?(?:(?:以|通过(?:了|的)?)(?:其)?)?«R»")


def own_day(reading: Reading) -> str | None:
    """The day of the document's own adoption, or of the document."""
    own = own_adoption(reading)
    return own.date if own is not None else reading.view.document.date


def adopted_before(reading: Reading, sentence: Sentence) -> Adoption | None:
    """What 该决议 at the head of a paragraph of a news item means: the adoption told last before it."""
    if reading.view.document.kind is not DocumentKind.NEWS or not _THE_RESOLUTION.match(sentence.text):
        return None
    told = [a for a in reading.once(adoptions) if a.evidence[0].start < sentence.evidence.start]
    return max(told, key=lambda adoption: adoption.evidence[0].start, default=None)


def day_of(reading: Reading, sentence: Sentence, frames: Sequence[Frame], frame: Frame, who: Subject) -> str | None:
    """The day told before the decision: no end of another one, and no day of another resolution."""
    if who.own:
        return own_day(reading)
    for date in reversed(sentence.dates):
        bare_month = date.day is None and not _ADOPTED_IN.match(sentence.masked, date.end)
        if date.end > frame.start or bare_month or any(f.start <= date.start < f.end for f in frames):
            continue
        between = sentence.inside(date.end, frame.start, MentionType.RESOLUTION)
        if who.instrument is None or all(m.id == who.instrument for m in between):
            ago = _YEARS_AGO.get(sentence.text[: date.start].rstrip()[-2:], 0)
            told = reading.context.iso(date)
            return f"{int(told[:4]) - ago}{told[4:]}" if told and date.year is None else told
        break
    return next((a.date for a in reading.once(adoptions) if a.instrument == who.instrument), None)
