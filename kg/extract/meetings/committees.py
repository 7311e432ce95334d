"""Meetings of the Council's committees, on a day said: ``委员会在2019年1月8日的非正式磋商中审议了…``, ``3月15日，委员会举行会议``.

They stand apart from those of the Council: nothing leans on them. Refused: a committee that the document does not name by its
resolution, meetings without a day, to come or not held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.meetings.days import PLANNED
from kg.extract.meetings.details import committee_of
from kg.extract.meetings.sittings import Sitting
from kg.model import MentionType, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.view import Sentence, View

__all__ = ["committee_sittings"]

_WHO = r"(?P<who>«O»|(?<![\u4e00-\u9fff])(?:该|本)?委员会|(?<=[日，])委员会)(?!主席|的|所)(?:成员)?"
_HOLD = r"(?:举行|召开|进行)"
_KIND = r"(?P<mod>[^，。；«:FDSM»]{0,12}?)(?P<f>«F»)"
_FRAMES = tuple(
    compile_masked(frame)
    for frame in (
        rf"{_WHO}(?:还|也|又|曾|随后)?(?:在|于)(?:其)?(?P<d>«D»)(?:{_HOLD})?的?{_KIND}(?:中|上|期间)",
        rf"(?:在|于)?(?P<d>«D»)(?:[上下]午)?，?{_WHO}(?:还|也|又|曾|共)?{_HOLD}(?:了)?{_KIND}",
        rf"{_WHO}(?:还|也|又|曾)?(?:在|于)?(?P<d>«D»){_HOLD}(?:了)?{_KIND}",
        rf"(?:在|于)(?P<d>«D»)(?:{_HOLD})?的{_KIND}(?:中|上|期间)，?{_WHO}",
    )
)
_NOT_HELD = re.compile(r"没有|未能?|取消|推迟|两次|\d+次(?!会议)")


def committee_sittings(view: View, context: Context) -> Iterator[tuple[Sentence, Sitting]]:
    """One a day and format, with the sentence that tells it."""
    alone = committee_of(view)
    for sentence in view.sentences:
        for frame in _FRAMES:
            for match in frame.finditer(sentence.masked):
                body = _body(sentence, match, alone)
                day = next((d for d in sentence.dates if d.start == match.start("d")), None)
                date = context.iso(day) if day is not None and day.day is not None else None
                words = sentence.text[: match.end()]
                if body is None or date is None or PLANNED.search(words) or _NOT_HELD.search(words):
                    continue
                span = next(f for f in sentence.formats if f.start == match.start("f"))
                yield (
                    sentence,
                    Sitting(
                        date=date,
                        format=span.format,
                        status=Status.HELD,
                        section=sentence.paragraph.section,
                        body=body,
                        rule="meeting.committee",
                        told_at=[sentence.order],
                        evidence=[sentence.evidence],
                    ),
                )


def _body(sentence: Sentence, match: re.Match[str], alone: str | None) -> str | None:
    mention = sentence.at(match.start("who"), MentionType.ORGANIZATION)
    if mention is None:
        return alone
    return mention.id if mention.id and mention.id.startswith("committee-") else None
