"""What a verb of appointing says: whether it is intended, done or proposed, by whose account, and from which day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.appointments import frames
from kg.extract.letters import letters
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import Evidence, Modality
from kg.pipeline.mask import compile_masked
from kg.text import normalize

__all__ = ["Act", "act_of"]

_SPEAKS = re.compile(r"我(?![国方])|谨|本人")
_AGENT = compile_masked(
    r"你|他们?|她|«SOMCT»|总统|总理|政府|大会|理事会|秘书长|主席|当局|内阁|议会|委员会|国王|部长|成员|法院|法庭|双方|各方"
)
_WELCOMES = re.compile(r"欢迎|赞赏|注意到|祝贺|赞扬|高兴|感谢|支持|赞同|(?<!不)同意|关于")
_CHAIR = re.compile(r"(?:共同|副)?(?:主席|报告员|主持人)")
_RECALLS = re.compile(r"回顾|忆及|铭记")
_OF_A_MEETING = re.compile(r"(?:会议|与会者|研讨会|讨论会|论坛)[^，。；]{0,6}$")
_CREDENTIAL = re.compile(r"(?:出席|驻)(?:联合国)?(?:安全理事会|安理会)|出席[^，。；]{0,24}会议|代表团")
_PRESIDENT = re.compile(r"^(?:安全理事会|安理会)主席$")
_PERFORMS = re.compile(r"(?:^|[，；我])(?:谨|现)?(?:兹|特此)(?!告知|通知)[^，。；]{0,8}$")
"""兹任命…: the letter itself appoints, on its day. 已任命 tells of another day, which it does not say."""
_GOES_ON = re.compile(r"(?:并|也|还|又|同时|以及|并且|和)*")


@dataclass(frozen=True, slots=True)
class Act:
    """What a verb says of its persons and posts. ``post`` is named where a list follows."""

    status: str
    modality: Modality
    date: str | None
    post: tuple[str | None, str | None] | None = None
    evidence: Evidence | None = None


def act_of(reading: Reading, sentence: Sentence, match: re.Match[str], end: int, before: Act | None) -> Act | None:
    """Status, modality and day of the verb of a frame, None where it appoints nobody. ``before``: that of the verb before it
    in the sentence, which 并任命 goes on with."""
    groups = match.groupdict()
    called = "aux" in groups
    begin = match.start("object") if groups.get("object") else match.start("who" if called else "verb")
    said = sentence.text[: begin - 1] if sentence.text[begin - 1 : begin] == "，" else sentence.text[:begin]
    clause = re.split(r"[。；：]" if said.endswith("，即") else r"[，。；：]", said)[-1]
    named = sentence.text[match.start("post") : end]
    if _CREDENTIAL.search(named) or (_OF_A_MEETING.search(clause) and _CHAIR.fullmatch(named)):
        return None
    if before is not None and _GOES_ON.fullmatch(clause):
        return replace(before, date=_day(reading, sentence, match, end, before.status))
    status = frames.status_of(match["verb"], clause + (groups.get("aux") or ""), sentence.text[end:])
    if status is None:
        return None
    among = _among(reading, sentence, said) if status == "appointed" else None
    if among is not None:
        return among
    who = re.split(r"提议|建议|推荐", clause)[0]  # 建议大会任命: who proposes, not who is to appoint
    masked = sentence.unposted[len(said) - len(clause) :][: len(who)]
    by = sentence.unposted[slice(*match.span("aux"))] if called else ""
    return Act(status, _modality(reading, status, clause, masked, by), _day(reading, sentence, match, end, status))


_ALL_APPOINTED = compile_masked(r"(?P<d>«D»)[^。；]{0,40}?(?:任命|委任|指派)(?:了)?[^，。；]{0,12}?(?:名|位)")


def _among(reading: Reading, sentence: Sentence, said: str) -> Act | None:
    """``2017年7月31日，秘书长任命六名专家。其中拉娜·哈达丁女士被任命为…``: the day and the teller of the sentence before."""
    if not said.startswith("其中"):
        return None
    row = reading.view.by_paragraph[sentence.index]
    before = next((s for s in reversed(row) if s.order < sentence.order), None)
    match = _ALL_APPOINTED.search(before.unposted) if before is not None else None
    day = before.date_at(match.start("d")) if before is not None and match else None
    if before is None or day is None:
        return None
    modality = Modality.REPORTED if _AGENT.search(before.unposted) else Modality.ASSERTED
    return Act("appointed", modality, reading.context.iso(day), evidence=before.evidence)


def _month(reading: Reading, text: str) -> str | None:
    """The month of a news item, or the one before it, that an appointment is told for (本月早些时候任命)."""
    today = reading.context.date if reading.context.news else None
    told = re.search(r"(?P<last>上个?月|上月)|本月(?:早些时候|初|上旬|中旬|下旬)?", re.split(r"[，。；]", text)[-1])
    if today is None or told is None:
        return None
    year, month = int(today[:4]), int(today[5:7])
    if told["last"]:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return f"{year}-{month:02d}"


def _modality(reading: Reading, status: str, clause: str, masked: str, aux: str) -> Modality:
    """What others did, and what an answer notes or agrees to, is reported; else planned, proposed or done as it is said."""
    if _RECALLS.search(clause):
        return Modality.RECALLED
    speaks = _SPEAKS.search(clause)
    answers = _is_answer(reading) or (_WELCOMES.search(clause) and not speaks)
    if answers or "你" in _addressed(clause) or (speaks and re.search(r"[欢祝]|注意到|获悉", clause)):
        return Modality.REPORTED
    if status != "appointed":
        return Modality.PLANNED if status == "intends" else Modality.PROPOSED
    of_others = "由" in aux or (_AGENT.search(masked) and not speaks)
    return Modality.REPORTED if of_others else Modality.ASSERTED


def _is_answer(reading: Reading) -> bool:
    """Whether the document is a letter of the Council's President to the Secretary-General, who tells what he was told."""
    first = next(iter(reading.once(letters)), None)
    return first is not None and bool(_PRESIDENT.search(normalize(first.sender_role or "")[0])) and first.state is None


def _addressed(clause: str) -> str:
    """The clause without 谨通知你, which says to whom the writer tells what he does himself."""
    return re.sub(r"(?:通知|告知|告诉|提请|致函)你", "", clause)


def _day(reading: Reading, sentence: Sentence, match: re.Match[str], end: int, status: str) -> str | None:
    """The day from which it holds (自…起生效), else that on which it was done (6月10日，…被任命)."""
    stop = re.search(r"[。；]", sentence.unposted[end:])
    at = frames.effect(sentence.unposted[end : end + stop.start() if stop else len(sentence.text)])
    effect = next((d for d in sentence.dates if at is not None and d.start == end + at), None)
    near = frames.DONE_ON.search(sentence.unposted[: match.start("verb")]) if status == "appointed" else None
    at_day = next((near.start(g) for g in ("d", "d2", "d3") if near[g]), None) if near else None
    done = next((d for d in sentence.dates if d.start == at_day), None)
    done_on = reading.context.iso(done) if done else None
    if done_on is None and status == "appointed" and _PERFORMS.search(sentence.text[: match.start("verb")]):
        first = next(iter(reading.once(letters)), None)
        done_on = first.date if first is not None else None
    if effect is None and done_on is None and status == "appointed":
        return _month(reading, sentence.text[: match.start("verb")])
    if effect is None:
        return done_on
    after = done_on or (reading.context.date if status == "intends" else None)
    if after and "年" not in sentence.text[effect.start : effect.end]:
        return reading.context.iso_after(replace(effect, year=None), after)
    return reading.context.iso(effect)
