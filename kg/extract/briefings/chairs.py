"""The chair of a committee in the committee's own report: ``主席于2017年4月19日和11月16日在安理会公开会议上向安理会通报了委员会的工作``.

One briefing a day. Refused: reports that no committee makes, what is to come or was not done, chairs of other bodies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.briefings.telling import State, tell
from kg.extract.briefings.wording import audience_of, object_of
from kg.extract.gate import Gated
from kg.extract.letters import letters
from kg.extract.meetings import own_body
from kg.extract.occasions import on_day

if TYPE_CHECKING:
    from kg.extract.view import Sentence

__all__ = ["CHAIR", "by_chair"]

CHAIR = Gated(
    r"^(?:(?:于|在)?«D»(?:、«D»|和«D»|及«D»)*，?)?(?P<post>(?:该|本)?(?:委员会|工作组)?主席)(?![国、团])(?P<mid>[^。；«:P»]{0,120}?)"
    r"向(?P<audience>«C»(?:成员)?|理事会(?:成员)?)(?:口头|简要|全面)?(?:通报(?:了)?|(?:作|做|进行|提供)(?:了)?[^，。；]{0,12}?(?:通报|汇报|报告|介绍))(?P<what>[^，。；]*)",
    on="unposted",
)
_NO = re.compile(r"将(?!军)|拟|定于|未|没有|请|应|打算|须|希望|是否|可以|每")


def by_chair(state: State, sentence: Sentence, taken: list[tuple[int, int]]) -> None:
    """Tell what the chair told the Council; what the words span goes to ``taken``."""
    match = CHAIR.match(sentence)
    reading = state.reading
    body = own_body(reading.view) if match else None
    if match is None or body is None or _NO.search(sentence.text, match.end("post"), match.start("audience")):
        return
    days = [d for d in sentence.dates if d.day is not None and d.end <= match.start("audience")]
    if not days:
        return
    kind = next((f.format for f in sentence.formats if days[-1].end <= f.start < match.start("audience")), None)
    written = [f for f in reading.once(letters) if f.sender_role and f.sender_role.endswith("主席") and f.signatory]
    person = written[0].signatory if len(written) == 1 else None
    who = (person, sentence.printed(*match.span("post")), body)
    taken.append(match.span())
    for day in days:
        own = on_day(reading, sentence, day, kind)
        known = [s for s in reading.meetings.all if own is not None and s.date == own.date and kind in {s.format, None}]
        meeting = known[0] if known else own
        if meeting is not None:
            audience = audience_of(sentence, match, "audience")
            tell(state, sentence, meeting, who, object_of(sentence, match), audience, "briefing.chair")
