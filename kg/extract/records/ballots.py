"""Votes by a show of hands as a record sets them: how each member voted, on what, and what became of it.

A ballot is the block 赞成 / 反对 / 弃权 that follows 进行了举手表决 and the result that the President then announces. What was voted on is
named where it is put to the vote, else it is the one draft that lies before the Council.
Refused: what delegates say of votes, the agenda (议程通过), votes on motions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.reading import Reading
from kg.extract.records.speech import of_the_president, proceedings
from kg.extract.view import Sentence
from kg.model import Mention, MentionType
from kg.text import parse_numeral

__all__ = ["Ballot", "ballots"]

_VALUES = {
    "赞成": "yes",
    "反对": "no",
    "弃权": "abstain",
    "未参加表决": "absent",
    "没有参加表决": "absent",
    "未参加投票": "absent",
    "没有参加投票": "absent",
    "不参加表决": "absent",
    "不参加投票": "absent",
    "缺席": "absent",
}
_SHOW_OF_HANDS = re.compile(
    r"^(?:进行了举手表决|(?:随后)?(?:以|用)举手(?:方式)?(?:进行)?(?:了)?表决|(?:进行了)?唱名表决)"
)
_LABEL = re.compile(r"(?:投)?(?P<label>赞成|反对|弃权|(?:未|没有|不)参加(?:表决|投票)|缺席)(?:票)?(?:者|国)?[:：]")
_NOBODY = re.compile(r"^(?:无|没有|零)[。；]?$")
_ONLY_STATES = re.compile(r"^[、，和及以与。；\s]*$")
_N = r"(?:\d{1,2}|[零〇一二三四五六七八九十]{1,3}|无)"
_COUNTS = {
    "yes": re.compile(rf"(?P<n>{_N})票(?:赞成|同意)|赞成(?:票)?(?:为|有|[:：])?(?P<n2>{_N})票"),
    "no": re.compile(
        rf"(?P<n>{_N})票反对|反对(?:票)?(?:为|有|[:：])?(?P<n2>{_N})票|(?P<none>(?:没有|无)(?:人|国家|成员)?(?:投)?反对)"
    ),
    "abstain": re.compile(
        rf"(?P<n>{_N})票弃权|弃权(?:票)?(?:为|有|[:：])?(?P<n2>{_N})票|(?P<none>(?:没有|无)(?:人|国家|成员)?(?:投)?弃权)"
    ),
    "absent": re.compile(rf"(?P<n>{_N})(?:票|[个名]?(?:国家|成员国?|理事国)?)(?:未|不|没有)参加(?:表决|投票)"),
}
_PASSED = re.compile(r"(?:决议草案|草案|决议)[^。；]{0,40}?(?P<u>一致|全票)?(?:获得?|得到|得以)?(?P<u2>一致|全票)?通过")
_BECOMES = re.compile(r"(?:成为|即|作为|编为|列为)(?:安全理事会|安理会)?$")
_IS_PASSED = re.compile(r"(?:以[^。；]{2,40}?)?(?:获得?|一致|全票)")
_FAILED = re.compile(
    r"未能?(?:获得?)?(?:一致)?通过|没有(?:获得?)?通过|不(?:能|获)通过|未获得?(?:[^。；]{0,6})所需|被?否决(?!权)"
)
_DRAFT = re.compile(r"决议草案|草案")
_PUT = re.compile(r"付诸表决|进行表决|交付表决|提付表决|付表决|表决(?=文件|[SA]/)")
_BY_ITS_SIDE = re.compile(r"另一[份项个]|注意|参考|知悉")
"""How a document is spoken of that is not what the Council has met to vote on."""
_AMENDS = re.compile(r"修正案|修正|程序性|动议")
_PERMANENT_NO = re.compile(r"常任理事国|否决")


@dataclass
class Ballot:
    """One vote: the states by value, the count by value, and what the President said of it."""

    states: dict[str, list[tuple[Mention, Sentence]]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    draft: str | None = None
    instrument: str | None = None
    adopted: bool = False
    unanimous: bool = False
    failed: bool = False
    by_veto: bool = False
    said: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft before it is put to the vote; ``sponsors``: the states that are said to submit it; ``lies_there``: before the Council, not
    beside the draft that does (另请注意文件S/2017/962，其中载有…提交的另一项决议草案)."""

    symbol: str
    sponsors: frozenset[str | None]
    lies_there: bool


def ballots(reading: Reading) -> Iterator[Ballot]:
    """The ballots of a record that were decided, in order."""
    presidents = {s.order for s in of_the_president(reading)}
    drafts = _on_the_front(reading)
    put: list[str] | None = None
    ballot = Ballot()
    label: str | None = None
    for sentence in proceedings(reading):
        if _SHOW_OF_HANDS.search(sentence.text):
            ballot = Ballot()  # what was left open was a vote on no draft
        label = _listed(ballot, sentence, label)
        if label is not None:
            continue
        if sentence.order not in presidents:
            continue
        named = [m.id for m in sentence.mentions if m.type is MentionType.DOCUMENT and m.id and m.id.startswith("S/")]
        if _PUT.search(sentence.text) and (_DRAFT.search(sentence.text) or _AMENDS.search(sentence.text)):
            amends = bool(_AMENDS.search(sentence.text))
            put = [*dict.fromkeys(named)] or ([] if amends else _of_the_sponsor(sentence, drafts))
            continue
        if _DRAFT.search(sentence.text):
            known = {d.symbol for d in drafts}
            drafts += [d for d in _introduced(sentence) if d.symbol not in known]
        if not _announced(ballot, sentence):
            continue
        if ballot.adopted or ballot.failed:
            voted = put if put is not None else _lying_there(drafts)
            ballot.draft = voted[0] if len(voted) == 1 else None
            if ballot.failed and (put is not None or _DRAFT.search("".join(s.text for s in ballot.said))):
                ballot.instrument = ballot.draft
            drafts = [d for d in drafts if d.symbol != ballot.draft]
            yield ballot
            ballot, put = Ballot(), None


def _on_the_front(reading: Reading) -> list[_Draft]:
    """The draft that the item on the page names: ``法国提交的决议草案(S/2017/970)``."""
    front = reading.front
    return [d for s in reading.view.sentences[: front.end if front else 0] for d in _introduced(s)]


def _introduced(sentence: Sentence) -> Iterator[_Draft]:
    """``文件S/2020/148，其中载有…决议草案``, ``载于文件S/2020/148的决议草案``: the symbol nearest before or behind the draft."""
    there = not _BY_ITS_SIDE.search(sentence.text)
    since = 0
    for match in _DRAFT.finditer(sentence.text):
        papers = [
            m for m in sentence.mentions if m.type is MentionType.DOCUMENT and m.id and not m.id.startswith("S/PV")
        ]
        before = [m for m in papers if m.end <= match.start()]
        after = [m for m in papers if m.start >= match.end()]
        if before and re.search(r"载有|所载|载于|中的|的", sentence.text[before[-1].end : match.start()]):
            paper = before[-1]
        elif after and re.match(r"[^。；，]{0,12}$", sentence.text[match.end() : after[0].start]):
            paper = after[0]
        else:
            continue
        sponsors = {m.id for m in sentence.inside(since, match.start(), MentionType.STATE)}
        since = match.end()
        for each in _in_list(sentence, papers, papers.index(paper)):
            yield _Draft(each.id or "", frozenset(sponsors), there)


def _in_list(sentence: Sentence, papers: list[Mention], at: int) -> list[Mention]:
    """The paper and those listed before it: ``文件S/2020/198和S/2020/199，其中载有两项决议草案``."""
    first = at
    while first and re.fullmatch(
        "号?(?:、|和|及|以及)(?:文件)?", sentence.text[papers[first - 1].end : papers[first].start]
    ):
        first -= 1
    return papers[first : at + 1]


def _lying_there(drafts: list[_Draft]) -> list[str]:
    """What is voted on where nothing is named: what lies before the Council, else what is left beside it."""
    there = [d.symbol for d in drafts if d.lies_there]
    return there or [d.symbol for d in drafts]


def _of_the_sponsor(sentence: Sentence, drafts: list[_Draft]) -> list[str] | None:
    """``我现在将美利坚合众国提交的决议草案付诸表决``: None where no sponsor is said, or none of the drafts is theirs alone."""
    said = {m.id for m in sentence.mentions if m.type is MentionType.STATE}
    theirs = [d.symbol for d in drafts if said and said <= d.sponsors]
    return theirs if len(theirs) == 1 else None


def _listed(ballot: Ballot, sentence: Sentence, label: str | None) -> str | None:
    """Read a line of the block: ``赞成：比利时、中国``, or one that goes on with the list above. The label that stays open, None where
    the sentence is no part of a block."""
    labels = list(_LABEL.finditer(sentence.text))
    if not labels or labels[0].start() > 0:
        goes_on = label is not None and not labels and _is_list(sentence, 0, len(sentence.text))
        if not goes_on or label is None:
            return None
        ballot.states.setdefault(label, []).extend(_states(sentence, 0, len(sentence.text)))
        return label
    ends = [*(m.start() for m in labels[1:]), len(sentence.text)]
    if not all(_is_list(sentence, m.end(), end) for m, end in zip(labels, ends, strict=True)):
        return None
    for match, end in zip(labels, ends, strict=True):
        label = _VALUES[match["label"]]
        ballot.states.setdefault(label, []).extend(_states(sentence, match.end(), end))
    return label


def _is_list(sentence: Sentence, start: int, end: int) -> bool:
    """Whether nothing but states, 无 and what joins them stands there."""
    rest = sentence.text[start:end]
    if not rest or _NOBODY.match(rest):
        return True
    chars = list(sentence.text)
    for state in sentence.inside(start, end, MentionType.STATE):
        chars[state.start : state.end] = " " * (state.end - state.start)
    return bool(_ONLY_STATES.match("".join(chars[start:end])))


def _states(sentence: Sentence, start: int, end: int) -> Iterator[tuple[Mention, Sentence]]:
    for state in sentence.inside(start, end, MentionType.STATE):
        yield state, sentence


def _announced(ballot: Ballot, sentence: Sentence) -> bool:
    """Take the count and the outcome from a sentence of the President; False where it says neither."""
    counts = {value: n for value, pattern in _COUNTS.items() if (n := _count(pattern, sentence.text)) is not None}
    failed = bool(_FAILED.search(sentence.text))
    passed = None if failed else _PASSED.search(sentence.text)
    resolution = _resolution(sentence)
    if not counts and not (ballot.states or ballot.counts or resolution):
        return False
    if "yes" not in counts and passed is None and not failed:
        if ballot.counts:
            ballot.counts.update(counts)
        return False
    if "yes" in counts:
        ballot.counts = counts
    ballot.said.append(sentence)
    if failed:
        ballot.failed = True
        ballot.by_veto = bool(_PERMANENT_NO.search(sentence.text))
    elif passed is not None and resolution is not None:
        ballot.adopted, ballot.instrument = True, resolution
        ballot.unanimous = bool(passed["u"] or passed["u2"])
    elif passed is not None:
        ballot.states, ballot.counts, ballot.said = {}, {}, []  # 议程获得通过: a vote on no draft
        return False
    if ballot.adopted or ballot.failed:
        for value, states in ballot.states.items():
            ballot.counts.setdefault(value, len(states))
    return True


def _resolution(sentence: Sentence) -> str | None:
    """The resolution that the draft became: ``成为第2507(2020)号决议``, or ``第2507(2020)号决议获得一致通过``."""
    for mention in reversed(sentence.mentions):
        if mention.type is MentionType.RESOLUTION and mention.id and mention.id.startswith("S/RES/"):
            before, after = sentence.text[: mention.start], sentence.text[mention.end :]
            if _BECOMES.search(before) or _IS_PASSED.match(after):
                return mention.id
    return None


def _count(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    if match is None:
        return None
    groups = match.groupdict()
    if groups.get("none"):
        return 0
    number = groups.get("n") or groups.get("n2") or ""
    return 0 if number == "无" else parse_numeral(number)
