"""What makes words of presiding no chairing of the meeting meant: other bodies, other days, other meetings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.meetings import Sitting
    from kg.extract.reading import Reading
    from kg.extract.view import Sentence

__all__ = ["not_of_a_meeting", "of_what_others_held", "on_another_day", "other_body", "same_meeting"]

_HELD = compile_masked(r"(?:举行|召开|举办)(?:了)?[^，。；«:F»]{0,16}(?P<f>«F»)，?(?:将|并|均)?(?:由)?$")


def not_of_a_meeting(sentence: Sentence, match: re.Match[str]) -> bool:
    """``主持的政治对话`` (brokered), ``该委员会由…担任主席`` (a body's chair), ``不由…主持``, ``大会由…主持``."""
    clause = re.split(r"[，。；]", sentence.text[: match.start()])[-1]
    text = match.group()
    if re.search(
        r"主持的(?!会议|公开|辩论|通报|磋商)", text + sentence.text[match.end() : match.end() + 3]
    ) or clause.endswith(("不", "没有", "未", "不由", "并非由", "不再由")):
        return True
    return bool(
        re.search(r"(?:委员会|工作组|小组|组合|大会|联大|法庭|论坛)[^，。；]{0,10}$", clause)
    ) and not re.search(r"会议|辩论|安理会|安全理事会", clause)


def of_what_others_held(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """``非洲联盟委员会已在亚的斯亚贝巴举行会议，由…主持``: a meeting told there that the Council did not hold."""
    held = _HELD.search(sentence.masked[: match.start()] + ("由" if match.group().startswith("由") else ""))
    if held is None or reading.meetings.told_in(sentence) or reading.meetings.of_committees_in(sentence):
        return False
    others = compile_masked(r"«OMS»|政府|各方|双方").search(sentence.masked[: held.start()])
    return others is not None and not compile_masked("«C»").search(sentence.masked[: held.start()])


def on_another_day(reading: Reading, sentence: Sentence, match: re.Match[str], meeting: Sitting) -> bool:
    """Whether the sentence is of a day of its own that is none of the meeting's: ``1月31日举行总结，由…主持``."""
    if meeting in reading.meetings.told_in(sentence) or meeting.date is None or meeting.status == Status.PLANNED:
        return False
    first = next((d for d in sentence.dates if d.day is not None and d.start <= 2 and d.end <= match.start()), None)
    iso = reading.context.iso(first) if first is not None else None
    return iso is not None and not meeting.date <= iso <= (meeting.end_date or meeting.date)


def same_meeting(sentence: Sentence, match: re.Match[str], meeting: Sitting) -> bool:
    """Whether the meeting named beside the verb can be the one meant, and was told by then."""
    near = [f for f in sentence.formats if abs(f.end - match.start()) <= 3 or match.start() <= f.start < match.end()]
    plain = {"meeting", "debate"}
    fits = all(f.format == meeting.format or f.format in plain or meeting.format in plain for f in near)
    return fits and (meeting.status == Status.PLANNED or meeting.leading or min(meeting.told_at) <= sentence.order)


def other_body(sentence: Sentence, match: re.Match[str]) -> bool:
    """会议 of another body in the same clause (阿拉伯国家联盟部长级理事会…会议由…主持)."""
    before = re.split(r"[。；]", sentence.masked[: match.start()])[-1]
    what = match.groupdict().get("what") or ""
    text = before[-40:] + what
    other = compile_masked(r"(?:«O»|委员会|工作组|大会(?!堂))[^，。；«:C»]{0,16}(?:«F»|会议|对话)").search(text)
    return bool(other) and not compile_masked("«C»").search(text)
