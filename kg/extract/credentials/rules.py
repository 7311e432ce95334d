"""Credentials in running text.

Frames: 将代表…出席…会议, 将在该次会议上代表…, 将作为…代表出席…, 已被任命为…出席安全理事会的副代表. Refused: who 代表 a group or speaks for it,
meetings of other bodies, who will not come, who has been there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.appointees import UNIT, Appointee, appointees
from kg.extract.credentials.lists import ANNOUNCES, Roll, announced, items_of
from kg.extract.credentials.occasion import TOLD, Occasion, occasion
from kg.extract.gate import Frames, Gate, Gated
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import Credential, MentionType, Modality
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS

__all__ = ["credentials"]

_WHO = rf"(?P<who>{UNIT}(?:(?:、|和|以及|及|与){UNIT}){{0,5}})(?P<post>«T»)?(?:阁下|殿下|陛下)?(?:，(?P<apposed>[^，。；«:PD»]{{2,40}})，)?"
_WILL = r"(?:将(?:亲自|率团)?|拟|会|受权|有权|已?获(?:得)?(?:授权|指派|委派|指定)|已?受权|已?被(?:授权|指派|委派|指定)|受命|将有权|届时将?|均|分别|，){1,4}"
_MEETING = r"(?:«K»|(?:该|此|同一|上述|这一|这|本)(?:次)?(?:«F»|会议)|«C»[^，。；]{0,30}(?:«F»|会议)|(?:其|定于|将于)?«D»[^，。；]{0,20}(?:«K»|«C»[^，。；]{0,12}(?:«F»|会议)))"
_REPRESENTS = Gated(
    rf"{_WHO}(?:{_WILL})?(?:在[^，。；]{{0,60}}?(?P<at>会议|«F»|«K»)(?:上|期间)?，?)?(?P<will>{_WILL})?(?:在[^，。；]{{0,60}}?(?P<at2>会议|«F»|«K»)(?:上|期间)?，?)?代表(?P<state>«S»|该国|本国)(?:政府)?"
    rf"(?P<rest>，?(?:并(?:将)?(?:以[^，。；]{{1,40}}身份)?)?(?:出席|参加|列席|主持)[^。；]{{0,80}})?",
    on="unposted",
)
_AS = Gated(
    rf"{_WHO}(?P<will>{_WILL})(?:作为|以)(?P<state>«S»|该国|本国)(?:的)?代表(?:的?身份)?，?(?P<rest>(?:出席|参加)[^。；]{{0,80}})",
    on="unposted",
)
_ATTENDS = Gated(
    rf"{_WHO}(?P<will>{_WILL})(?P<rest>(?:出席|参加|列席)[^，。；]{{0,60}})，?(?:并|且|同时)?(?:将)?(?:在(?:该次|此次|该|本次)?(?:会|会议|«F»)(?:上|期间))?代表(?P<state>«S»|该国|本国)(?:政府)?(?=[，。；和及]|$)",
    on="unposted",
)
"""``…将出席2010年9月23日第6389次会议，代表墨西哥``."""
_BY = Gated(
    rf"(?P<rest>(?:出席)?(?:«D»[^，。；]{{0,8}})?(?:«C»)?«KF»)[^，。；«:PT»]{{0,6}}?(?P<will>将|拟|会)由[^，。；«:P»]{{0,24}}?{_WHO}代表(?P<state>«S»|该国|本国)(?:政府)?(?:出席|参加|与会)",
    on="unposted",
)
"""``第7272次会议将由…代表该国出席``."""
_ROLE = r"(?:首席|常任|副|候补|代理)?代表"
_APPOINTED = Gated(
    rf"{_WHO}(?:已经?|业已|业经|经|现|于|«D»|分别|均|，)*(?:被|获得?|奉)?(?:任命|委任|委派|指派|指定|委托)(?:为|担任|作为)(?P<state>«S»|该国|本国)?(?:政府)?(?:的)?(?:(?:出席|驻)(?:联合国)?«C»(?:的)?)?(?P<role>{_ROLE}(?:(?:、|和|及){_ROLE}){{0,3}})(?:，?(?P<rest>(?:出席|驻)[^。；]{{0,60}}))?",
    on="unposted",
)
_NAMED = Gated(
    rf"(?:任命|委任|委派|指派|指定)(?:了)?{_WHO}(?:为|担任|作为)(?P<state>«S»|该国|本国)?(?:的)?(?:出席|驻|在)(?:联合国)?«C»(?:的)?(?P<role>{_ROLE})",
    on="unposted",
)
_ALSO = compile_masked(
    rf"(?:，|、|和|及)(?:并)?(?:以及)?{_WHO}为(?P<state>«S»|该国|本国)?(?P<role>{_ROLE})(?=[，。；、]|和|及|$)"
)
"""Behind one appointed: ``…获任命为德国驻安全理事会代表，米格尔·贝格尔先生为副代表``."""
_PRESIDES = Gated(
    rf"{_WHO}(?P<will>{_WILL})(?P<rest>主持[^，。；]{{0,80}}(?:«K»|«F»|会议))，?(?:并|且|同时|，)*(?:将)?(?:在(?:该次|此次|该|本次)?(?:会|会议|«F»)(?:上|期间)|届时|出席会议，?)?，?代表(?P<state>«S»|该国|本国)(?:政府)?(?=[，。；和及]|出席|参加|$)",
    on="unposted",
)
"""``…将主持定于9月21日举行的第7774次会议，并在会上代表新西兰``."""
_FRAMES = Frames(
    (_REPRESENTS, "credential.represents"),
    (_ATTENDS, "credential.represents"),
    (_PRESIDES, "credential.represents"),
    (_BY, "credential.represents"),
    (_AS, "credential.as"),
    (_APPOINTED, "credential.appointed"),
    (_NAMED, "credential.named"),
)
_TELLS = Gate(_FRAMES, ANNOUNCES)
_COUNCIL = compile_masked(r"«C»|«K»")
_SAYS = re.compile(r"内称|其中称|称|通知|表示|告知|说明|说")
_HONORIFIC = re.compile(rf"{HONORIFICS}+")
_NOTE = re.compile(rf"(?:{HONORIFICS})*\((?P<note>[^()]{{2,40}})\)")
_NO = re.compile(r"(?:不|未|没有|无法|是否|如果|若)[^，。；]{0,6}$")


def credentials(reading: Reading) -> Iterator[Credential]:
    """One fact a person, state and meeting."""
    told: set[tuple[str | None, ...]] = set()
    for fact in _all(reading):
        key = (fact.person, fact.state, fact.meeting_number, fact.meeting_date, fact.capacity)
        if key not in told:
            told.add(key)
            yield fact


def _all(reading: Reading) -> Iterator[Credential]:
    last: Occasion | None = None
    roll: Roll | None = None
    if not _TELLS.among(reading.view):
        return
    council = any("全权证书" in s.text for s in reading.view.sentences)
    for sentence in reading.view.sentences:
        rows = items_of(reading, sentence, roll) if roll is not None else None
        if rows is not None:
            yield from rows
            continue
        roll = None
        if (
            sentence.paragraph.role in {"title", "signature", "letterhead", "footnote", "heading"}
            or not _TELLS.may_be_in(sentence)
            or "代表" not in sentence.text
        ):
            continue
        opened = announced(reading, sentence, last, council=council)
        if opened is not None:
            roll, at, last = opened[0], opened[1], opened[2] or last
            yield from items_of(reading, sentence, roll, at) or ()
            continue
        for found, rule in _FRAMES.finditer(sentence):
            match = found
            appointed = rule in {"credential.appointed", "credential.named"}
            if not _is_credential(sentence, match, council=council, appointed=appointed):
                continue
            after = match.start() if match.re is _BY.pattern else match.end("who")
            meeting = None if appointed else occasion(reading, sentence, match.span(), after, last)
            if meeting is None and not appointed:
                continue
            last = meeting or last
            yield from _facts(reading, sentence, match, meeting, rule)
            while appointed and (more := _ALSO.match(sentence.unposted, match.end())) is not None:
                match = more
                yield from _facts(reading, sentence, match, None, rule)


def _is_credential(sentence: Sentence, match: re.Match[str], *, council: bool, appointed: bool) -> bool:
    """Whether it is the Council at which the state is represented, and still to come."""
    before = re.split(r"[，。；：]", sentence.text[: match.start()])[-1]
    if _NO.search(before):
        return False
    if appointed:
        return council or bool(compile_masked("«C»").search(sentence.unposted, match.start(), match.end()))
    rest = match.groupdict().get("rest") or ""
    groups = match.groupdict()
    place = groups.get("at") or groups.get("at2")
    if not (rest or place) or re.match(r"，?(?:出席|参加|列席)了", rest):
        return False
    if (
        not groups.get("will")
        and not re.search(r"将|拟|届时", match.group())
        and not _SAYS.search(sentence.text[: match.start()])
    ):
        return False
    return council or bool(_COUNCIL.search(sentence.unposted, match.start(), match.end()))


def _facts(
    reading: Reading, sentence: Sentence, match: re.Match[str], meeting: Occasion | None, rule: str
) -> Iterator[Credential]:
    people = list(appointees(sentence, *match.span("who")))
    state = _state(sentence, match)
    roles = (
        [
            sentence.printed(match.start("role") + r.start(), match.start("role") + r.end())
            for r in re.finditer(_ROLE, match["role"])
        ]
        if match.groupdict().get("role")
        else []
    )
    if roles and len(roles) > 1 and len(roles) != len(people):
        return
    for i, person in enumerate(people):
        if _HONORIFIC.fullmatch(sentence.text, person.start, person.end):
            continue  # 总统女士阁下
        role = roles[i if len(roles) > 1 else 0] if roles else None
        fact = Credential(
            person=reading.people.known_as(sentence, person.start, person.end),
            state=state,
            meeting_number=meeting.number if meeting else None,
            meeting_date=meeting.date if meeting else None,
            capacity=_capacity(reading, sentence, match, person) or role,
            modality=_modality(sentence, match, appointed=bool(roles)),
            confidence=0.95,
            rule=rule,
        )
        yield reading.with_evidence(fact, [sentence.evidence, *([meeting.evidence] if meeting else [])])


def _modality(sentence: Sentence, match: re.Match[str], *, appointed: bool) -> Modality:
    """Told by a letter received: reported. By the document itself: planned, or done where somebody has been appointed."""
    if TOLD.search(sentence.unposted[: match.start()]):
        return Modality.REPORTED
    return Modality.ASSERTED if appointed else Modality.PLANNED


def _state(sentence: Sentence, match: re.Match[str]) -> str | None:
    """The state represented; 该国, or none named, is the one that wrote (last named before)."""
    named = sentence.at(match.start("state"), MentionType.STATE) if match["state"] else None
    if named is not None:
        return named.id
    before = [m for m in sentence.mentions if m.type is MentionType.STATE and m.end <= match.start("who")]
    return before[-1].id if before else None


def _capacity(reading: Reading, sentence: Sentence, match: re.Match[str], person: Appointee) -> str | None:
    """The office printed with the name: before it, behind it, in brackets or between commas."""
    note = _NOTE.match(sentence.text, person.end)
    spans = [note.span("note")] if note else []
    if match["apposed"]:
        spans.append(match.span("apposed"))
    for span in spans:
        if sentence.inside(*span, MentionType.POST):
            return sentence.printed(*span)
    actor = next((a for a in sentence.actors if a.person and a.person.start <= person.start < a.person.end), None)
    if actor and actor.person and actor.post and actor.post.end < actor.person.start:
        return None  # 通知秘书长，某某先生…: the office is another's
    return reading.people.capacity(sentence, actor) if actor else None
