"""Lists and tables of those who will represent their states: ``下述人士将代表各自国家出席第7774次会议：`` with a line for each, a row of a
table, or the names of the same sentence.

A line names a state, an office and a person in any order, or the state stands over lines of roles (代表：…, 副代表：…). What does not look so ends
the list. Refused: lists of those invited, of what has not come, of meetings of other bodies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.credentials.occasion import TOLD, Occasion, occasion
from kg.extract.gate import Gated
from kg.extract.titles import is_title
from kg.gazetteer import load_gazetteer
from kg.model import Credential, MentionType, Modality
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS
from kg.text import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.reading import Reading
    from kg.extract.view import Sentence
    from kg.model import Evidence

__all__ = ["ANNOUNCES", "Roll", "announced", "items_of"]

_THOSE = r"(?:下列|以下|下述|下面)(?:[一二三四五六七八九十两\d]{1,3}[位名])?[^，。；：:«:P»]{0,16}?"
_WILL = r"(?:将|拟|会|获|受权|分别|均|业已|已|被|获得|指定|指派|授权|委派)*"
_WHOSE = r"(?:各自|本|其|所属|所代表|各该)的?(?:国家?|政府)?"
ANNOUNCES = Gated(
    rf"{_THOSE}{_WILL}代表{_WHOSE}(?:出席|参加|列席)?[^。；：:]{{0,60}}?(?P<colon>[:：]|如下[:：。]?$|$)"
    rf"|{_THOSE}{_WILL}(?:作为|以){_WHOSE}的?代表(?:的?身份)?(?:出席|参加)[^。；：:]{{0,60}}?(?P<colon2>[:：]|$)"
    rf"|(?:出席|参加)[^。；：:]{{2,60}}?的(?:各国|成员国?|理事国|安理会成员|«C»成员|各位)*的?代表(?:及其职[衔务])?(?:名单|全权证书)?(?:为|是|如下|有)*(?P<colon3>[:：]|$)"
    rf"|{_THOSE}(?:已|业已|业经|经|被|获|分别|均)*(?:任命|委任|委派|指派|指定)(?:为|担任){_WHOSE}[^。；：:]{{0,20}}?(?:出席|驻)(?:联合国)?«C»的?(?:代表|副代表|候补代表|、|和|及|或)+(?P<colon4>[:：]|$)",
    on="unposted",
)
_NO = re.compile(r"未|不|没有|无法|无须|无需|撤回|撤销|取消|尚待|是否|应邀|受邀|曾")
_OTHERS = compile_masked(r"大会(?!堂)|«O»(?:[^，。；：:]{0,12})(?:会议|«F»)|委员会[^，。；：:]{0,8}会议")
_COUNCIL = compile_masked("«C»|«K»")
_HON = rf"(?:{HONORIFICS})*"
_SIGN = r"[:：，,、(—–\-]*"
_END = r"(?=[；;。，,、)]|以及|和|$)"
_NAME_LAST = compile_masked(
    rf"(?P<s>«S»)(?:政府)?的?{_SIGN}(?P<cap>[^。；;:：()«:PD»]{{0,40}}?){_SIGN}(?P<p>«P»){_HON}\)?{_END}"
)
_STATE_NAME_POST = compile_masked(
    rf"(?P<s>«S»){_SIGN}(?P<p>«P»){_HON}{_SIGN}(?P<cap>[^，。；;:：()«:PSD»][^。；;:：()«:PD»]{{1,40}})\)?(?=[；;。，,]|$)"
)
_NAME_FIRST = compile_masked(
    rf"(?P<p>«P»){_HON}{_SIGN}(?P<s>«S»)(?:政府)?的?{_SIGN}(?P<cap>[^。；;:：()«:PD»]{{0,40}}?)\)?(?=[；;。，,]|以及|$)"
)
_NAME_POST_STATE = compile_masked(
    rf"(?P<p>«P»){_HON}{_SIGN}(?P<cap>[^，。；;:：()«:PSD»][^。；;:：()«:PSD»]{{1,40}})\)?[，,(]+(?P<s>«S»)\)?(?=[；;。，,]|$)"
)
_NAME_CELL = re.compile(rf"(?P<name>[\u4e00-\u9fff·-]{{2,20}}?){HONORIFICS}+\s+(?P<cap>[^\s。；;，]{{2,40}})")
_UNREAD = compile_masked(r"«S»(?:(?!将|已|收到|通知|表示|来函|代表团|认为)[^。；，]){2,36}[；;]?(?:和|以及)?")
"""A row whose name nothing knows: passed over, the list goes on."""
_REST_OF_ROW = compile_masked(rf"{_HON}{_SIGN}(?P<cap>[^。；;:：()«:PD»]{{0,40}}?)\)?[；;。，,]?")
_ITEMS = (_STATE_NAME_POST, _NAME_LAST, _NAME_POST_STATE, _NAME_FIRST)
_NEXT = re.compile(r"[；;，,、]?(?:以及|和|及)?")
_STATE_LINE = compile_masked(r"(?P<s>«S»)[:：]?")
_NAMES = rf"«P»{_HON}(?:\([^()]{{1,20}}\))?"
_ROLE = compile_masked(
    rf"(?P<role>(?:首席|常任|常驻|副|候补|代理|临时)?代表)[:：，,—–-]*(?P<who>{_NAMES}(?:(?:、|和|及|以及|，){_NAMES})*)[；;。，,]?"
)
_ROLES_OF = compile_masked(r"(?P<s>«S»)[:：，,—–-]*")
_HEADER = re.compile(r"(?:国家|会员国|成员国?|理事国|代表|副代表|候补代表|姓名|职[务衔称位]|头衔|身份|[:：、/])+")


@dataclass
class Roll:
    """A list that is open: for which meeting, by whose words; ``state`` is that of the last line that is one and nothing else."""

    meeting: Occasion | None
    modality: Modality
    evidence: Evidence
    state: str | None = None
    found: bool = False


def announced(
    reading: Reading, sentence: Sentence, last: Occasion | None, *, council: bool
) -> tuple[Roll, int, Occasion | None] | None:
    """The list that a sentence announces, where its own items may begin, and the meeting it names."""
    match = ANNOUNCES.search(sentence)
    if match is None or _NO.search(sentence.text, match.start(), match.end()) or _NO.search(_clause(sentence, match)):
        return None
    place = sentence.unposted[slice(*match.span())]
    if not (council or _COUNCIL.search(sentence.unposted)) or (_OTHERS.search(place) and not _COUNCIL.search(place)):
        return None
    appointed = match["colon4"] is not None
    meeting = None if appointed else occasion(reading, sentence, match.span(), match.start(), last)
    if meeting is None and not appointed:
        return None
    told = TOLD.search(sentence.unposted) or re.search("收到|接获|接到|通知", sentence.text)
    modality = Modality.REPORTED if told else Modality.ASSERTED if appointed else Modality.PLANNED
    return Roll(meeting, modality, sentence.evidence), match.end(), meeting


def _clause(sentence: Sentence, match: re.Match[str]) -> str:
    """The words of the clause before the announcement."""
    return re.split(r"[，。；]", sentence.text[: match.start()])[-1]


def items_of(reading: Reading, sentence: Sentence, roll: Roll, at: int = 0) -> Iterator[Credential] | None:
    """The credentials of a line, or of the sentence from ``at`` on; None where it ends the list."""
    masked = sentence.unposted.rstrip()
    state = _STATE_LINE.fullmatch(masked, at)
    if state is not None:
        roll.state = _state(sentence, state)
        return iter(())
    if _HEADER.fullmatch(sentence.text.strip(), at) and not roll.found:
        return iter(())
    found = list(_roles(reading, sentence, roll, at)) or list(_rows(reading, sentence, roll, at))
    found = found or list(_cells(reading, sentence, roll))
    if not found:
        skipped = _UNREAD.fullmatch(masked, at) is not None and roll.found and not at
        return iter(()) if skipped else None
    roll.found = True
    return iter(found)


def _rows(reading: Reading, sentence: Sentence, roll: Roll, at: int) -> Iterator[Credential]:
    masked = sentence.unposted
    while at < len(masked):
        match = next((m for p in _ITEMS if (m := p.match(masked, at)) and _is_office(sentence, m)), None)
        if match is None:
            return
        capacity = sentence.printed(*match.span("cap")).strip() or None
        yield _fact(reading, sentence, roll, match.span("p"), _state(sentence, match), capacity)
        joined = _NEXT.match(masked, match.end())
        at = joined.end() if joined else match.end()


def _cells(reading: Reading, sentence: Sentence, roll: Roll) -> Iterator[Credential]:
    """A row of a table whose name was read together with the state before it: ``阿根廷  克里斯蒂娜·费尔南德斯女士  总统``."""
    first, *more = sentence.printed(0, len(sentence.text)).split(maxsplit=1)
    token = normalize(first)[0]
    states = [e.id for e in load_gazetteer().names().get(token, ()) if e.type is MentionType.STATE]
    name = next((m for m in sentence.mentions if m.type is MentionType.OFFICIAL and m.start == 0), None)
    if len(states) != 1 or not more:
        return
    named = _NAME_CELL.fullmatch(more[0])
    if named is not None and name is None:  # 中国  王毅先生  外交部长
        start, end = len(token), len(token) + len(normalize(named["name"])[0])
        office = len(sentence.text) - len(normalize(named["cap"])[0])
        if is_title(sentence, office, len(sentence.text)):
            yield _fact(reading, sentence, roll, (start, end), states[0], named["cap"])
        return
    if name is None or len(token) + 2 > name.end:
        return
    row = _REST_OF_ROW.fullmatch(sentence.unposted.rstrip(), name.end)
    if row is not None and _is_office(sentence, row):
        capacity = sentence.printed(*row.span("cap")).strip() or None
        yield _fact(reading, sentence, roll, (len(token), name.end), states[0], capacity)


def _roles(reading: Reading, sentence: Sentence, roll: Roll, at: int) -> Iterator[Credential]:
    """``代表：A先生；副代表：B女士和C先生``, of the state above or in front."""
    masked = sentence.unposted
    front = _ROLES_OF.match(masked, at)
    if front is not None and _ROLE.match(masked, front.end()):
        roll.state, at = _state(sentence, front), front.end()
    while roll.state is not None and (match := _ROLE.match(masked, at)) is not None:
        for name in compile_masked("«P»").finditer(masked, *match.span("who")):
            yield _fact(reading, sentence, roll, name.span(), roll.state, sentence.printed(*match.span("role")))
        at = match.end()


def _is_office(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the words beside the name are an office, or there are none."""
    start, end = match.span("cap")
    return start == end or is_title(sentence, start, end)


def _state(sentence: Sentence, match: re.Match[str]) -> str | None:
    named = sentence.at(match.start("s"), MentionType.STATE)
    return named.id if named is not None else None


def _fact(
    reading: Reading, sentence: Sentence, roll: Roll, name: tuple[int, int], state: str | None, capacity: str | None
) -> Credential:
    meeting = roll.meeting
    inside = [m.end for m in sentence.mentions if m.type is MentionType.STATE and m.start < name[0] < m.end]
    name = (max([name[0], *inside]), name[1])  # a row of a table whose blanks are gone: 奥地利|约瑟夫·胡贝尔
    fact = Credential(
        person=reading.people.known_as(sentence, *name),
        state=state,
        meeting_number=meeting.number if meeting else None,
        meeting_date=meeting.date if meeting else None,
        capacity=capacity,
        modality=roll.modality,
        confidence=0.95,
        rule="credential.listed",
    )
    return reading.with_evidence(fact, [sentence.evidence, roll.evidence, *([meeting.evidence] if meeting else [])])
