"""Meetings of the Council in news: 当天的会议由…主持, 在8日举行的会议上, …主持了会议.

News name the Council once and then speak of 会议. The body last named before the words must be the Council. Refused: meetings of others,
meetings without a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.gate import Gated
from kg.extract.meetings.bodies import last_body
from kg.extract.meetings.details import number_of
from kg.extract.meetings.sittings import Meetings, Sitting
from kg.model import Status

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.view import Sentence, View

__all__ = ["add_news_number", "news_sittings"]

_HOUR = r"(?:上午|下午|中午|晚间?|早些时候|晚些时候|早上)?"
_OF_DAY = Gated(
    rf"(?P<d>«D»){_HOUR}(?:举行|召开)?(?:的)?(?:«C»)?(?:就[^，。；]{{2,40}}?(?:举行|召开)的)?(?:这次|一次)?(?P<f>«F»)(?=上|中|期间|伊始|后|由|前|，|。|«C»)"
)
_PRESIDED = Gated(r"(?P<f>«F»)由[^。；]{2,80}主持|主持(?:了)?(?:此次|这次|该次|本次)?(?P<f2>«F»)")
_PUBLIC = frozenset({"meeting", "open-debate", "debate", "briefing", "summit"})
_OTHERS = re.compile(r"大会|委员会|工作组|峰会|首脑会议|论坛|议会|政府|内阁|谈判|对话会|记者会")


def news_sittings(view: View, sentence: Sentence, context: Context, meetings: Meetings) -> Iterator[Sitting]:
    """The meeting that a sentence of a news item tells, where no other frame found one."""
    if not context.news or context.date is None:
        return
    for match in _OF_DAY.finditer(sentence):
        date = next((d for d in sentence.dates if d.start == match.start("d")), None)
        iso = context.iso(date) if date is not None and date.day is not None else None
        if iso and _is_councils(view, sentence, match.start()):
            yield _sitting(sentence, context, match.start("f"), iso)
            return
    match_by = _PRESIDED.search(sentence)
    if match_by and not meetings.all and _is_councils(view, sentence, match_by.start()):
        day = meetings.last_day[1] if meetings.last_day else context.date
        yield _sitting(sentence, context, max(match_by.start("f"), match_by.start("f2")), day)


def add_news_number(view: View, context: Context, meetings: Meetings) -> None:
    """``这是安理会第8517次会议`` gives its number to the one open meeting of the item's day; two such meetings or numbers give none."""
    if not context.news or context.date is None:
        return
    of_day = [s for s in meetings.all if s.date == context.date and s.status == Status.HELD and s.format in _PUBLIC]
    told = [s for s in view.sentences if number_of(s) and _of_today(s, context) and _is_councils(view, s, len(s.text))]
    if len(of_day) == 1 and of_day[0].number is None and len({number_of(s) for s in told}) == 1:
        of_day[0].number = number_of(told[0])
        of_day[0].evidence.append(told[0].evidence)


def _of_today(sentence: Sentence, context: Context) -> bool:
    """Whether a sentence prints no other day."""
    return all(d.day is None or context.iso(d) == context.date for d in sentence.dates)


def _sitting(sentence: Sentence, context: Context, at: int, date: str) -> Sitting:
    span = next(f for f in sentence.formats if f.start == at)
    return Sitting(
        date=date,
        format=span.format,
        level=span.level,
        status=Status.PLANNED if context.date and date > context.date else Status.HELD,
        section=sentence.paragraph.section,
        number=number_of(sentence) if span.format == "meeting" else None,
        rule="news.meeting",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )


def _is_councils(view: View, sentence: Sentence, at: int) -> bool:
    """Whether the body last named before the words is the Council; who sits there for a state (常驻联合国代表) is no body."""
    if _OTHERS.search(re.split(r"[，。；]", sentence.text[:at])[-1]):
        return False
    return last_body(view, sentence, at) == "UN-SC"
