"""Meetings called off or moved: ``原定11月16日的磋商提前至11月15日``, ``原定于7月13日举行的通报会已取消``, ``会议原定于7月7日举行，后推迟一天``, ``推迟到3月20日举行``.

The day that was planned keeps its meeting, cancelled or postponed; a new day printed with the move is a planned meeting.
Refused: meetings of others, what is wished for or refused (要求推迟), other things postponed (选举推迟).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.gate import Frames, Gated
from kg.extract.meetings.details import is_below
from kg.extract.meetings.sittings import Sitting
from kg.extract.meetings.subjects import theme_and_item
from kg.model import DocumentKind, MentionType, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.view import Sentence

__all__ = ["changed_in"]

_SET = r"(?:原(?:本|先)?|本)(?:定|拟|计划|打算|预定|安排|订)?(?:于|在)?"
_HOLD = r"(?:举行|召开|举办|进行)"
_HOUR = r"(?:\(?星期[一二三四五六日天]\)?|[上下中]午|晚上|\d{1,2}时(?:\d{1,2}分)?|\(当地时间\))*"
_OFF = r"(?:取消|撤销|推迟|延期|改期|延后|顺延|押后|提前(?=[至到在于]|举行|召开)|改(?=[至到于在]|为«D»))"
_PLANNED = (
    # 原定于3月13日举行的通报会…取消, 3月13日的磋商因故推迟
    rf"(?:{_SET})?(?P<d>«D»){_HOUR}[^，。；«:FD»]{{0,24}}?(?:的|{_HOLD}的?)(?P<mod>[^，。；«:FD»]{{0,30}}?)(?P<f>«F»)(?P<how>[^。；]{{0,40}}?)(?P<off>{_OFF})",
    # 会议原定于3月13日举行，后推迟一天
    rf"(?P<f>«F»){_SET}(?P<d>«D»)[^。；]{{0,60}}?(?P<off>{_OFF})",
    # 取消了原定于3月13日举行的公开辩论, 将3月13日的会议推迟
    rf"(?P<off>取消|推迟)(?:了)?(?:{_SET})?(?P<d>«D»){_HOUR}[^，。；«:FD»]{{0,24}}?的?(?P<mod>[^，。；«:FD»]{{0,30}}?)(?P<f>«F»)",
)
_SET_IN = re.compile(r"原|本[定拟]")
_FRAMES = Frames(*((Gated(frame), None) for frame in _PLANNED))
_MOVED_TO = compile_masked(r"^(?:举行|召开)?(?:期)?(?:至|到|于|在|为)(?P<d>«D»)")
_NOT_SO = re.compile(
    r"(?:未|没有|不|避免|反对|拒绝|要求|请求|建议|提议|呼吁|考虑|是否|可能|不得|如果|若)(?:被|再|会|将)?$"
)
_OTHERS = compile_masked(
    r"(?:«O»|«M»|«S»|委员会|工作组|大会|缔约国|各方|双方|政府|议会|选举|专家|国际|区域|政府间|首脑)[^，。；«:C»]{0,14}$"
)
_ELSEWHERE = re.compile(r"[在于](?!纽约|联合国|总部|会议厅)[\u4e00-\u9fff·]{2,8}(?:举行|召开)")
_COUNCIL = compile_masked("«C»|安理会|理事会")
_GENERIC = frozenset({"meeting", "summit", "debate", "private-meeting"})


def changed_in(sentence: Sentence, context: Context, near: bool) -> Iterator[tuple[int, Sitting]]:
    """Where the format stands and the sitting; ``near``: the document has told meetings of the Council before."""
    seen: set[int] = set()
    for match, _ in _FRAMES.finditer(sentence):
        at = match.start("f")
        if at not in seen and _is_councils(sentence, match, near) and not _denied(sentence, match):
            seen.add(at)
            yield from _sittings(sentence, match, context)


def _is_councils(sentence: Sentence, match: re.Match[str], near: bool) -> bool:
    span = next(f for f in sentence.formats if f.start == match.start("f"))
    before = sentence.masked[: span.start]
    clause = re.split(r"[，。；：:]", before)[-1]
    if _below(sentence, match):
        return True
    if _OTHERS.search(clause) and not _COUNCIL.search(clause):
        return False
    if span.format not in _GENERIC or _COUNCIL.search(sentence.masked[: match.end()]):
        return True
    if not near:
        return False
    # 会议原定于…, of a meeting told before; 原定10月举行的正式会议, in a report
    was_set = match.group().startswith(("原", "本定", "本拟")) and sentence.document.kind is not DocumentKind.NEWS
    return not clause.strip("这该此次") or (was_set and not _ELSEWHERE.search(clause))


def _below(sentence: Sentence, match: re.Match[str]) -> str | None:
    """Id of the committee, working group or staff committee that stands right before the words, or before the format."""
    for mention in sentence.mentions:
        near = mention.end == match.start() or 0 <= match.start("f") - mention.end <= 1
        if mention.type is MentionType.ORGANIZATION and near and is_below(mention.id):
            return mention.id
    return None


def _denied(sentence: Sentence, match: re.Match[str]) -> bool:
    return bool(_NOT_SO.search(sentence.text[max(0, match.start("off") - 8) : match.start("off")])) and not re.search(
        r"应[^，。；]{1,16}(?:请求|要求)$", sentence.text[: match.start("off")]
    )


def _sittings(sentence: Sentence, match: re.Match[str], context: Context) -> Iterator[tuple[int, Sitting]]:
    span = next(f for f in sentence.formats if f.start == match.start("f"))
    day = next((d for d in sentence.dates if d.start == match.start("d")), None)
    off = match["off"] in {"取消", "撤销"}
    date = (
        context.iso(day)
        if day is not None and (day.day is not None or (off and _SET_IN.match(match.group())))
        else None
    )
    if date is None or len(date) < len("2017-10"):
        return
    theme, item = theme_and_item(sentence)
    sitting = Sitting(
        date=date,
        format=span.format,
        level=span.level,
        status=Status.CANCELLED if off else Status.POSTPONED,
        section=sentence.paragraph.section,
        theme=theme,
        agenda_item=item,
        body=_below(sentence, match) or "UN-SC",
        rule="meeting.changed",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )
    if match["off"] != "提前":  # what is brought forward is no postponed meeting
        yield span.start, sitting
    moved = _MOVED_TO.match(sentence.masked, 0) or _MOVED_TO.match(sentence.masked[match.end("off") :])
    if moved is None or sitting.status == Status.CANCELLED:
        return
    start = match.end("off") + moved.start("d")
    new = next((context.iso(d) for d in sentence.dates if d.start == start and d.day is not None), None)
    if new is not None:
        yield (
            start,
            replace(sitting, date=new, status=Status.PLANNED, told_at=[sentence.order], evidence=[sentence.evidence]),
        )
