"""Meetings of the Council's committees and working groups, on days said: ``委员会在2019年1月8日的非正式磋商中审议了…``,
``委员会于1月28日、4月9日和11月5日举行了非正式磋商，并于7月16日举行了一次正式会议`` (four meetings).

They stand apart from those of the Council: nothing leans on them. Refused: a committee that the document does not name by its
resolution, counts and meetings without a day, what was not held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.dates import resolve
from kg.extract.gate import Frames, Gate, Gated
from kg.extract.meetings.days import PLANNED
from kg.extract.meetings.details import committee_of, is_below, own_body, working_group
from kg.extract.meetings.sittings import Sitting
from kg.model import MentionType, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.dates import DateExpression
    from kg.extract.context import Context
    from kg.extract.view import Sentence, View

__all__ = ["committee_sittings"]

_GROUP = r"(?:委员会|工作组)"
_WHO = rf"(?:«C»的?)?(?:(?:关于)?«S»(?:问题)?的?)?(?P<who>«O»|(?<![\u4e00-\u9fff])(?:该|本)?{_GROUP}|(?<=[日，在])(?:该|本)?{_GROUP}|[\u4e00-\u9fff、]{{4,30}}工作组)(?!主席|的|所)(?:成员)?"
_HOLD = r"(?:举行|召开|进行)"
_KIND = r"(?P<mod>[^，。；«:FDSM»]{0,12}?)(?P<f>«F»)"
_DAYS = r"(?P<d>«D»|同日|同一天|当天|当日)(?P<more>(?:(?:、|，|和|及|以及|与|至|到|-)«D»){0,12})"
_WAY = r"[^，。；«:FDO»]{0,12}?"
_ALSO = r"(?:还|也|又|曾|共|随后|分别)*"
_LISTED = Gated(
    rf"{_WHO}[^。；«:F»]{{0,30}}?{_HOLD}(?:了)?[^，。；«:FDM»]{{0,12}}次{_KIND}[，：:(]?(?:即|分别|日期|时间|举行){{1,2}}(?:是|为|于|在)*{_DAYS}"
)
"""``举行了三次非正式磋商，即3月6日、5月7日和9月9日``: a count, and the days counted."""
_FRAMES = Frames(
    (_LISTED, None),
    *(
        (Gated(frame), None)
        for frame in (
            rf"{_WHO}{_ALSO}(?:在|于)?(?:其)?{_DAYS}(?:{_HOLD})?的?{_KIND}(?:中|上|期间)",
            rf"(?:在|于)?{_DAYS}(?:[上下]午)?，?{_WHO}{_ALSO}(?:[同与][^，。；«:FD»]{{1,30}})?{_WAY}{_HOLD}(?:了)?{_KIND}",
            rf"{_WHO}{_ALSO}(?:在|于|除)?{_DAYS}{_WAY}{_HOLD}(?:了)?{_KIND}",
            rf"(?:在|于)?{_DAYS}(?:[上下]午)?，?{_WHO}{_KIND}(?:在[^，。；«:FD»]{{1,8}})?{_HOLD}",
            rf"(?:在|于){_DAYS}(?:{_HOLD})?的?{_KIND}(?:中|上|期间)，?{_WHO}",
            rf"{_WHO}{_KIND}(?:于|在){_DAYS}{_HOLD}",
        )
    ),
)
_MORE = Gated(rf"[，；](?:并|还|又|也|另外|此外)*(?:于|在)?{_DAYS}(?:又|还|也)?{_WAY}{_HOLD}(?:了)?{_KIND}")
"""A second clause of the same committee."""
_THERE = Gated(rf"(?:^|，)(?:在|于){_DAYS}(?:{_HOLD})?的?{_KIND}(?:中|上|期间)")
"""Of a meeting told before, or in the committee's own report."""
_TELLS = Gate(_FRAMES, _THERE)
_COUNCIL = compile_masked("«C»")
_NOT_HELD = re.compile(r"没有|未能?|取消|推迟")
_COUNT = re.compile(r"(?:[两二三四五六七八九十]|[2-9]|\d\d)次(?!会议)")


def committee_sittings(view: View, context: Context) -> Iterator[tuple[Sentence, Sitting]]:
    """One a day and format, with the sentence that tells it."""
    telling = _TELLS.among(view)
    if not telling:
        return
    alone, own = committee_of(view), own_body(view)
    told: dict[tuple[str | None, str | None], str] = {}
    for sentence in telling:
        for match, body, kind in _matches(sentence, context, alone, own, told):
            for sitting in _sittings(sentence, match, body, kind, context, _day_before(view, sentence, context)):
                told[sitting.date, sitting.format] = body
                yield sentence, sitting


def _day_before(view: View, sentence: Sentence, context: Context) -> str | None:
    """The day last told before a sentence, where that is in its section."""
    for before in reversed(view.sentences[: sentence.order]):
        days = [iso for d in before.dates if d.day is not None and (iso := context.iso(d))]
        if days:
            return days[-1] if before.paragraph.section == sentence.paragraph.section else None
    return None


def _matches(
    sentence: Sentence,
    context: Context,
    alone: str | None,
    own: str | None,
    told: dict[tuple[str | None, str | None], str],
) -> Iterator[tuple[re.Match[str], str, str]]:
    """The places of a sentence that tell meetings, each with the body that meets and the format; a place counts once."""
    seen: set[int] = set()
    last: str | None = None
    for match, _ in _FRAMES.finditer(sentence):
        body = _body(sentence, match, alone, own)
        if body is not None and match.start("f") not in seen:
            seen.add(match.start("f"))
            last = body
            yield match, body, _format(sentence, match)
    for match in _MORE.finditer(sentence):
        if last is not None and match.start("f") not in seen:
            seen.add(match.start("f"))
            yield match, last, _format(sentence, match)
    for match in _THERE.finditer(sentence):
        day = next((context.iso(d) for d in sentence.dates if d.start == match.start("d")), None)
        kind = _format(sentence, match)
        same = {k: body for (date, k), body in told.items() if date == day}
        if kind == "meeting" and len(same) == 1:
            kind = next(iter(same)) or kind  # 在9月30日的会议上: the one told for that day
        known = same.get(kind)
        if known is None and own is not None and not _COUNCIL.search(sentence.unposted):
            known = own
        if known is not None and match.start("f") not in seen:
            seen.add(match.start("f"))
            yield match, known, kind


def _sittings(
    sentence: Sentence, match: re.Match[str], body: str, kind: str, context: Context, near: str | None
) -> Iterator[Sitting]:
    """A meeting for each day of a list; the days of a range are one. ``near``: the day told before, for 同日."""
    words = sentence.text[match.start() : match.end()]
    days = [d for d in sentence.dates if match.start("d") <= d.start < match.end("more") and d.day is not None]
    if _NOT_HELD.search(words) or (len(days) == 1 and _COUNT.search(words)):
        return
    planned = PLANNED.search(sentence.text[: match.end()]) is not None
    isos = [(context.iso(d) if planned else _past(d, context), d.range_end) for d in days] or [
        (near if match["d"][0] in "同当" else None, False)
    ]
    for i, (date, closes) in enumerate(isos):
        if date is None or closes or (planned and (context.date is None or date <= context.date)):
            continue
        end = isos[i + 1][0] if i + 1 < len(isos) and isos[i + 1][1] else None
        yield Sitting(
            date=date,
            end_date=end,
            format=kind,
            status=Status.PLANNED if planned else Status.HELD,
            section=sentence.paragraph.section,
            body=body,
            rule="meeting.committee",
            told_at=[sentence.order],
            evidence=[sentence.evidence],
        )


def _past(day: DateExpression, context: Context) -> str | None:
    """ISO of a day on which something was done: one without a year, told in a letter of December, is no day of the next January."""
    iso = context.iso(day)
    if iso is None or day.year is not None or context.date is None or iso <= context.date:
        return iso
    return resolve(day, int(iso[:4]) - 1).iso


def _format(sentence: Sentence, match: re.Match[str]) -> str:
    return next(f.format for f in sentence.formats if f.start == match.start("f"))


def _body(sentence: Sentence, match: re.Match[str], alone: str | None, own: str | None) -> str | None:
    mention = sentence.at(match.start("who"), MentionType.ORGANIZATION)
    if mention is not None:
        return mention.id if is_below(mention.id) else None
    words = sentence.text[slice(*match.span("who"))]
    if not words.endswith("工作组"):
        return alone
    if len(words) > len("该工作组"):
        return working_group(words)
    return own if own is not None and own.startswith("working-group-") else None
