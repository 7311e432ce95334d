"""How each state voted: ``2票弃权(中国和俄罗斯联邦)``, ``中国和俄罗斯投了反对票``, ``遭美国否决``, ``弃权的有安哥拉和委内瑞拉``.

A draft that was not adopted keeps its own symbol as the instrument; a permanent member's No that kept it from being adopted is a veto.
Refused: lists with a number that does not fit the count, drafts without a symbol, votes to come, of other bodies, of earlier days,
and explanations of a vote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.adoption_patterns import FAILED
from kg.extract.ballots import Ballot, find_ballots
from kg.extract.gate import Frames, Gate, Gated
from kg.extract.reading import Reading
from kg.extract.tallies import IN_TALLY, STATES, find_tallies
from kg.extract.view import Sentence
from kg.model import Mention, MentionType, Vote
from kg.pipeline.mask import compile_masked
from kg.text import parse_numeral

__all__ = ["PERMANENT", "votes"]

PERMANENT = frozenset({"CHN", "FRA", "GBR", "RUS", "USA"})
"""Permanent members; Charter of the United Nations, Article 23."""

_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_WHOSE = rf"(?:等)?(?:{_NUMBER}?个?(?:常任理事国|理事国|成员国|国家|国))?(?:(?:的)?(?:常驻)?(?:«O»)?(?:副)?代表(?!团)(?:«P»)?)?"
_THIS = r"(?:(?:该|这|此|上述|其|本)(?:一|份|项)*|另(?:一)?(?:份|项)?)?"
_AT = rf"(?:再次|又一次|仍然?|当时|亦|同样|(?:在|于)[^，。；«:S»]{{0,12}}?(?:表决|投票|«F»)(?:中|时|上)|(?:在|于)«C»(?:«F»)?(?:上)?|«D»(?:上午|下午|晚间?)?|当天|随后|均|都|则|也|又|还|却|全部|一致|分别|独自|单独|联手|共同|双双|先后|同时|选择(?=弃权)|决定(?=弃权)|，|作为[^，。；«:SX»]{{1,16}}?(?=[均都则也又还却独单投])|对(?:此|{_THIS}(?:[^，。；«:SX»]{{0,24}}?的)?(?:决议)?(?:草案|决议|案文)(?:\(«X»\)|«X»)?))*+"
_CAST = Gated(
    rf"(?P<states>{STATES}){_WHOSE}{_AT}(?:投(?:了|下|出|的是)?(?:了)?(?:唯一(?:的)?)?(?:的)?(?:一[票张])?(?P<value>反对|弃权|赞成|否决)票|是(?:唯一)?(?:的)?(?:一[个名])?投(?:了|下|出)?(?P<value7>反对|弃权|赞成)票的(?:国家|理事国|成员国?|常任理事国)|投票(?:表示)?(?P<value2>反对|赞成|支持)|投(?:了)?(?P<value3>弃权)"
    r"|(?P<value4>没有|未|不)(?:参加|参与)(?:表决|投票)|(?P<value5>缺席)(?:表决|投票)?|(?P<value6>反对|弃权|赞成)(?=[，。；、)]|$|而?通过))",
    on="unposted",
)
_WERE = Gated(
    rf"(?:投(?:了)?)?(?P<value>反对|弃权|赞成)(?:票)?(?:的)?(?:国家|成员国|理事国|成员)?(?:均|都)?(?:分别)?(?:是|为|有|包括|来自|：|:)(?P<states>{STATES})(?!(?:、|，|和|及|以及|与)«S»|{_WHOSE}(?:均|都|则|全部|曾|也|表示)*(?:投|赞成|反对|弃权|没有|未|缺席))",
    on="unposted",
)
_COUNTED = Gated(
    rf"(?P<states>{STATES})(?:等)?(?:这|共)?(?P<count>{_NUMBER})(?:票|个?(?:常任理事国|理事国|成员国|国家|国))(?:均|都|一致)?(?:投票|投(?:了|出|下)?)?(?P<value>赞成|支持|反对|弃权)(?:票)?",
    on="unposted",
)
_EXCEPT = Gated(
    rf"除(?:了)?(?P<states>{STATES}){_WHOSE}(?:投(?:了)?)?(?P<value>弃权|反对)(?:票)?(?:之|以)?外", on="unposted"
)
_VETOED = Gated(
    rf"(?P<states>{STATES}){_WHOSE}{_AT}(?:再次|又|单独|联手|共同|先后|投票|一同|一起|一道|也|曾|曾经|此前|联合)*(?:(?:行使|动用|使用|运用|投下|投出)(?:了)?(?:一票)?否决[权票]|(?:一票)?否决(?:了)?(?![权票]))"
    rf"|(?:被|遭(?:到)?|受到|因|由于|因为|经)(?P<states2>{STATES}){_WHOSE}(?:的)?(?:一票)?否决(?!权的)",
    on="unposted",
)
_SIDE = Gated(
    rf"(?:^|[，；：“])(?P<side>[中美俄法英]方)(?:代表)?{_AT}(?:投(?:了|下|出)?(?:了)?)(?P<value>反对|弃权|赞成)票",
    on="unposted",
)
"""Permanent members as news say them: 中方投了赞成票."""
_SIDES = {"中": "CHN", "美": "USA", "俄": "RUS", "法": "FRA", "英": "GBR"}
_VALUES = {
    "赞": "yes",
    "支": "yes",
    "反": "no",
    "否": "no",
    "弃": "abstain",
    "没": "absent",
    "不": "absent",
    "未": "absent",
    "缺": "absent",
}
_NOT_TOLD = re.compile(
    r"将|拟|可能|威胁|扬言|打算|如果|若(?!干)|一旦|本应|呼吁|敦促|希望|是否|为何|为什么|曾|此前|以前|过去|多次|上次|\d+次|避免|防止|阻止|解释|理由|原因|大会|没有(?!参|[^，。；]{0,4}弃|反)|预计|预期|考虑|要求|说服|假如|应当|反复|历次|历来|一贯|以往"
)
_NOT_CAST = re.compile(r"的(?!国家|是|有|表决|投票)|(?:后|时)?(?:作|做)?解释|意向|的可能")
_NAMED_DRAFT = compile_masked(r"[^，。；«:X»]{0,60}草案\(?(?:«X»)")
_BEFORE_NOW = re.compile(r"曾经?|此前|以前|过去|上次")
_VOTING = re.compile(r"票|表决|否决")


_FRAMES = Frames(
    (_VETOED, "vote.veto"),
    (_EXCEPT, "vote.except"),
    (_WERE, "vote.were"),
    (_CAST, "vote.cast"),
    (_COUNTED, "vote.counted"),
)
"""Pattern and rule, in the order in which they are tried."""

_TELLS = Gate(_FRAMES, _SIDE, Gated(IN_TALLY, on="unposted"))


@dataclass(frozen=True, slots=True)
class _Cast:
    """States, how they voted, and where the words stand; ``count``: how many there must be."""

    states: list[Mention]
    value: str
    rule: str
    start: int
    count: int | None = None
    vetoed: bool = False


def votes(reading: Reading) -> Iterator[Vote]:
    """One fact an instrument and state, the first telling; a list longer than the count printed for it tells nothing."""
    told: dict[tuple[str, str], Vote] = {}
    limits: dict[tuple[str, str], int] = {}
    cast_in = [(sentence, cast) for sentence in _TELLS.among(reading.view) for cast in _casts(sentence)]
    ballots = find_ballots(reading) if cast_in else {}
    casts = [
        (sentence, cast, ballot)
        for sentence, cast in cast_in
        if (ballot := _ballot(sentence, cast, ballots[sentence.order])) is not None
    ]
    lost = {ballot.instrument for _, cast, ballot in casts if ballot.failed or _permanent_no(cast)}
    for sentence, cast, ballot in casts:
        draft = not ballot.instrument.startswith(("S/RES/", "S/PRST/"))
        if draft and ballot.instrument not in lost:
            continue  # what became of it is not said
        limits.update({(ballot.instrument, value): n for value, n in ballot.counts if n is not None})
        for state in cast.states:
            if state.id is None:
                continue
            permanent = state.id in PERMANENT and cast.value == "no"
            fact = Vote(
                instrument=ballot.instrument,
                state=state.id,
                value=cast.value,
                veto=permanent and draft and (cast.vetoed or not ballot.short_of_votes),
                confidence=0.96,
                rule=cast.rule,
            )
            told.setdefault((ballot.instrument, state.id), reading.with_evidence(fact, [sentence.evidence]))
    for fact in told.values():
        same = sum(f.instrument == fact.instrument and f.value == fact.value for f in told.values())
        if same <= limits.get((fact.instrument, fact.value), same):
            yield fact


def _permanent_no(cast: _Cast) -> bool:
    """Whether a permanent member voted against, which no draft survives (Charter of the United Nations, Article 27)."""
    return cast.value == "no" and any(state.id in PERMANENT for state in cast.states)


def _casts(sentence: Sentence) -> Iterator[_Cast]:
    """Every telling of how states voted, in one sentence."""
    if not _VOTING.search(sentence.text) and not re.search(r"弃权|反对|赞成|缺席", sentence.text):
        return
    text = sentence.unposted
    taken: list[tuple[int, int]] = []
    for tally in find_tallies(text):
        for value, start, end, count in tally.states:
            states = sentence.inside(start, end, MentionType.STATE)
            taken.append((start, end))
            if len(states) == count:
                yield _Cast(states, value, "vote.bracket", start, count)
    for match in _SIDE.finditer(sentence):
        start, end = match.span("side")
        side = Mention(MentionType.STATE, start, end, match["side"], _SIDES[match["side"][0]])
        if not _denied(sentence, match):
            yield _Cast([side], _VALUES[match["value"][0]], "vote.side", match.start())
    for match, rule in _FRAMES.finditer(sentence):
        groups = match.groupdict()
        name = "states" if groups.get("states") else "states2"
        start, end = match.span(name)
        if any(s < end and start < e for s, e in taken) or _denied(sentence, match):
            continue
        word = next((v for k, v in groups.items() if k.startswith("value") and v), "否决")
        bare = groups.get("value6") in {"反对", "赞成"} or (
            rule == "vote.were" and not re.search("[票:：]", match.group())
        )
        if bare and not _in_a_vote(sentence):
            continue
        states = sentence.inside(start, end, MentionType.STATE)
        if groups.get("count") and parse_numeral(groups["count"]) != len(states):
            continue
        taken.append((start, end))
        yield _Cast(
            states,
            _VALUES[word[0]],
            rule,
            match.start(),
            vetoed=word == "否决",
        )


def _in_a_vote(sentence: Sentence) -> bool:
    """反对 alone is an opinion: the sentence must speak of votes."""
    return bool(_VOTING.search(sentence.text)) or bool(FAILED.search(sentence.text))


def _denied(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the vote is to come, of an earlier day, explained, wished for, or a thing (投的反对票, 投弃权票的理由)."""
    inner = sentence.text[match.start() : match.end()]
    after = sentence.text[match.end() : match.end() + 8]
    clause = re.split(r"[，。；]", sentence.text[: match.start()])[-1]
    vetoed_draft = "否决" in inner and re.match(r"的[^，。；]{0,4}草案", after)
    told = clause + inner
    if "否决" in inner and _NAMED_DRAFT.match(sentence.unposted, match.end()):
        told = _BEFORE_NOW.sub("", told)  # 曾一同否决…的决议草案(S/2014/348): an earlier vote, its text named
    return bool(_NOT_TOLD.search(told) or (_NOT_CAST.match(after) and not vetoed_draft))


def _ballot(sentence: Sentence, cast: _Cast, here: list[Ballot]) -> Ballot | None:
    """What the states voted on: the text named last before, else the one named behind, else the one gone on about."""
    if cast.vetoed:
        here = [b for b in here if not b.instrument.startswith("S/RES/")]
    before = [b for b in here if b.at < cast.start]
    chosen = before[-1] if before else here[0] if here else None
    if chosen is not None and chosen.at < 0 and any(d.day is not None for d in sentence.dates):
        return None  # a vote of another day
    return chosen
