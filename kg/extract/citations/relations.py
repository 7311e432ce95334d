"""How a sentence cites: the relation of each reference by the words around it.

Where two fit one reference, the first of these holds:

* ``established-by``: 所设 or 设立的 and a body right behind it, or 设立…的 right before it;
* ``extends``, ``modifies``, ``terminates`` of the one that did it: 经第N号决议延长的, 由第N号决议修订, 将…延长至…的第N号决议;
* the same of the very thing that is decided on (`kg.extract.citations.decisions`);
* ``pursuant-to``, ``reaffirms``, ``recalls``: the preposition or leading verb nearest before (`kg.extract.citations.leading`);
* ``cites``.

A list shares the relation of its frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.citations.decisions import CHANGES, decided
from kg.extract.citations.leading import leading, pursuant
from kg.extract.citations.references import DAY, ORGAN, Reference, skeleton
from kg.model import MentionType
from kg.pipeline.mask import compile_masked

__all__ = ["relations"]

_BODY = (
    r"(?:委员会|小组|专家组|工作组|监测组|调查组|评估组|特派团|核查团|支助团|援助团|观察团|稳定团|代表团|法庭|法院|机制|办公室|办事处|"
    r"综合办|监察员|协调人|部队|制度|实体|基金|机构|行动|特派办|文职存在|安全存在|团)"
)
_SET_UP = compile_masked(
    r"(?:及其后各项决议|和其他有关决议|等)?(?:最初|随后|已|据此)?(?:[于在](?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?=设立|成立|建立|组建))?"
    rf"(?:所设(?!想|定|计|法|置|限|施)|(?:所|规定|授权|决定|据此)?(?:设立|建立|成立|组建|创设|创立)(?:了|的)?(?=[^，。；]{{0,60}}{_BODY}))"
)
_THUS_SET_UP = compile_masked(r"(?:而|所|获准)?(?:设立|成立|建立|组建|创设)(?:的)?(?=[，。；、)]|$)")
_OF_A_BODY = compile_masked(
    rf"(?:{_BODY}|办)(?:\([^()]*\)|«Q»)?(?:(?:系|是|乃)(?:{ORGAN}|{DAY}|的)*|(?:系|是|乃)?(?:{DAY}|于|最初)*(?:根据|依照|按照|依据|由|经|依)(?:{ORGAN}|{DAY}|的)*)$"
)
"""委员会系根据第2140(2014)号决议第19段设立."""
_SETTING_UP = compile_masked(
    rf"(?<!关于)(?:设立|建立|成立|组建)(?:了)?(?=[^，。；«:R»]{{0,40}}{_BODY})[^，。；«:R»]{{2,60}}的(?:{ORGAN}|{DAY}|的)*$"
)
_ADVERB = r"(?:进一步|最近一次|最近|最后一次|再次|一再|先后|相继|予以|所|(?:澄清|阐明|确认|重申)(?:和|并|及|、))*"
_VERB = "|".join(f"(?P<{name}>{verbs})" for name, verbs in CHANGES.items())
_BY = compile_masked(rf"(?:经|由|被)(?:过)?(?:其后|随后|后来|最近|{ORGAN}|{DAY}|的)*$")
_DONE = compile_masked(
    rf"(?:等)?(?:(?:和|及|以及|与|、)(?:本决议|其后|其他|其它|各项|有关|相关|决议)+)?{_ADVERB}(?:{_VERB}|(?P<told>澄清|阐明))"
)
_AND_BY = compile_masked(
    rf"[^，。；«:R»]{{0,8}}?(?:的)?(?:、|和|并|及|且|以及|，)+(?:其后|随后|后)?(?:经|由)?(?:{ORGAN}|{DAY}|的)*"
)
_WHICH_DID = compile_masked(rf"{_ADVERB}(?:{_VERB})(?:其|了)?(?:任务期限|任务期|任期|期限|任务)?的(?!决议)")
_JUST_DID = compile_masked(rf"(?:刚刚|刚|已经?|业已|最近|日前)(?:又|还|再次)*(?:{_VERB})了")
"""第2098(2013)号决议刚刚延长了…."""
_DOING = compile_masked(rf"(?:{_VERB})(?!的|后|以来)[^，。；«:R»]{{0,80}}的(?:{ORGAN}|{DAY}|的)*$")
_ABOUT = re.compile(r"(?:关于|有关|要求|请求|建议|提议|打算|不|未|涉及)[^，。；]{0,40}$")


def relations(text: str, found: Sequence[Reference]) -> list[str]:
    """The relation of each reference of a sentence."""
    shape = skeleton(text, found)
    told: list[str] = []
    done_at = -1
    for group in _lists(found):
        change, done_at = _changed(shape, group, done_at)
        set_up = _sets_up(shape, group)
        relation = change or decided(shape, group[0].start, group[-1].end)
        if relation is None and pursuant(shape, group[0].start):
            relation = "pursuant-to"
        for reference in group:
            told.append("established-by" if reference in set_up else relation or leading(shape, reference.start))
    return told


def _lists(found: Sequence[Reference]) -> Iterator[list[Reference]]:
    group: list[Reference] = []
    for reference in found:
        if group and not reference.joined:
            yield group
            group = []
        group.append(reference)
    if group:
        yield group


def _one_word(group: Sequence[Reference]) -> list[Reference]:
    """The end of a list that one 决议 closes (第1267(1999)、1333(2000)号决议)."""
    kept = [group[-1]]
    for reference in reversed(group[:-1]):
        if reference.mention.text.endswith("决议") or reference.mention.type is not MentionType.RESOLUTION:
            break
        kept.append(reference)
    return kept


def _sets_up(shape: str, group: Sequence[Reference]) -> list[Reference]:
    if _SET_UP.match(shape, group[-1].end):
        return _one_word(group)
    if _THUS_SET_UP.match(shape, group[-1].end) and _OF_A_BODY.search(shape, 0, group[0].start):
        return list(group)
    if group[0].mention.type is MentionType.RESOLUTION and _SETTING_UP.search(shape, 0, group[0].start):
        return list(group)
    return []


def _changed(shape: str, group: Sequence[Reference], done_at: int) -> tuple[str | None, int]:
    """What the resolutions of a list did to the thing spoken of, and where the verb that says so ends (-1: none).

    ``done_at``: where such a verb of the list before ends: 经第1号决议扩大和第2号决议延长的.
    """
    start, end = group[0].start, group[-1].end
    by = _BY.search(shape, 0, start) or (done_at >= 0 and _AND_BY.fullmatch(shape, done_at, start))
    if by:
        match = _DONE.match(shape, end)
        if match:
            return _change(match), match.end()
        return None, -1
    match = _WHICH_DID.match(shape, end) or _JUST_DID.match(shape, end)
    if match:
        return _change(match), -1
    if group[0].mention.type is MentionType.RESOLUTION:
        match = _DOING.search(shape, 0, start)
        if match and not _ABOUT.search(shape, 0, match.start()):
            return _change(match), -1
    return None, -1


def _change(match: re.Match[str]) -> str | None:
    return next((name for name in CHANGES if match.groupdict().get(name)), None)
