"""Which state presides in the month that a text speaks from: 本月轮值主席巴西, 安理会当月轮值主席、俄罗斯常驻联合国代表, 下月轮值主席.

本月 is the month of the document, 当月 that of the day told before it. A news item may leave the month out: 安理会轮值主席、法国常驻联合国代表 is
the President of its day. Refused: presidents of other bodies, and those of another day that the sentence names before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.gate import Frames, Gate, Gated
from kg.model import MentionType
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.view import Sentence

__all__ = ["NOW", "presidents_now"]

_WHEN = r"(?P<when>本月份?|当月|现任|目前|下个?月|上个?月|今年本月)"
_PRESIDENT = r"(?:的)?(?:轮值)?主席(?!团|声明)(?:国)?"
_PATTERNS = Frames(
    *(
        (Gated(pattern, on="unposted"), None)
        for pattern in (
            rf"(?:«C»)?{_WHEN}(?:«C»)?{_PRESIDENT}(?:、|，|是|为|由|系)?(?P<s>«S»)",
            rf"(?P<s>«S»)(?:是|为|系|正|担任|出任|接任|作为|将|任)+(?:«C»)?{_WHEN}(?:«C»)?{_PRESIDENT}",
            rf"(?:担任|出任|作为)(?:«C»)?{_WHEN}(?:«C»)?{_PRESIDENT}的(?P<s>«S»)",
            rf"{_WHEN}(?:将|由|，|正)*(?P<s>«S»)(?:担任|出任|接任|轮值)(?:«C»)?{_PRESIDENT}",
            rf"(?P<s>«S»)(?:常驻(?:«O»)?代表|外长|[^，。；、«:SOM»]{{0,8}}(?:部长|大臣)|总统|总理|首相|大使)(?:«P»)?、(?:«C»)?{_WHEN}(?:«C»)?{_PRESIDENT}",
            rf"(?P<s>«S»){_WHEN}(?:将|正|轮值)*(?:担任|出任|接任)(?:«C»)?{_PRESIDENT}",
        )
    )
)
_PLAIN = Gated(rf"«C»{_PRESIDENT}(?:、|，)?(?P<s>«S»)(?=常驻|代表|大使|外|总|首相|国务|副|政府|驻)", on="unposted")
"""Of a news item only: the President is of its day."""
NOW = Gate(_PATTERNS, _PLAIN)
_COUNCIL = compile_masked("«C»")
_OTHER = compile_masked("«OM»(?!常驻)|大会|委员会|工作组")
_FORMER = re.compile(r"(?:时任|前任?|上任|上一任|原|去年|曾任)$")


def presidents_now(sentence: Sentence, context: Context) -> Iterator[tuple[str, str]]:
    """State and month of each."""
    anchor = context.month or context.date
    if anchor is None or "主席" not in sentence.text:
        return
    for match, _ in _PATTERNS.finditer(sentence):
        month = _month(sentence, context, match.start(), match["when"], anchor[:7])
        found = _told(sentence, match, month)
        if found:
            yield found
    if context.news:
        for match in _PLAIN.finditer(sentence):
            found = _told(sentence, match, _month(sentence, context, match.start(), "", anchor[:7]))
            if found:
                yield found


def _told(sentence: Sentence, match: re.Match[str], month: str | None) -> tuple[str, str] | None:
    state = sentence.at(match.start("s"), MentionType.STATE)
    before = sentence.unposted[: match.start()]
    of_other = not _COUNCIL.search(match.group()) and _OTHER.search(re.split("[。；]", before)[-1] + match.group())
    if state is None or state.id is None or month is None or of_other or _FORMER.search(before):
        return None
    return state.id, month


def _month(sentence: Sentence, context: Context, at: int, when: str, anchor: str) -> str | None:
    """The month meant; None where the sentence names another before it, which 本月 may or may not mean."""
    named = {iso[:7] for d in sentence.dates if d.month and d.start < at and (iso := context.iso(d))}
    if when == "当月":
        return named.pop() if len(named) == 1 else anchor if not named else None
    if when.startswith(("下", "上")):
        year, month = int(anchor[:4]), int(anchor[5:7]) + (1 if when[0] == "下" else -1)
        return f"{year + (month - 1) // 12:04d}-{(month - 1) % 12 + 1:02d}"
    return None if named - {anchor} else anchor
