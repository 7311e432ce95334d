"""Lists of people in running text, walked item by item: posts, names, or both, joined by 、和 以及.

A name ends an item and what stands before it, back to the item before, is its capacity, also where the grammar of posts knows
only a part of it (来自南苏丹的民间社会代表…, 非洲联盟委员会主席妇女、和平与安全问题特使…). A post that no name follows is an item of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.titles import is_title
from kg.extract.view import Actor, Sentence
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS

__all__ = ["Speaker", "titled", "titled_list", "walk"]

_TAIL = compile_masked(rf"(?:(?:[海陆空]军)?{HONORIFICS}|\([^()]{{1,16}}\))*")
_BEHALF = compile_masked(
    r"(?:(?:也|还|并)?代表|以)(?P<whom>(?:(?:«C»)?(?:关于[^，。；]{2,20}的)?«R»所设[^，。；]{0,16}?委员会(?:主席)?)|«OM»?[^，。；«:P»]{0,16}?委员会主席|(?:该|本)?(?:委员会|工作组)(?!主席)|秘书处|«T»)(?:的?身份(?:发言)?)?|(?:将|也|则|曾|并)*以(?P<role>[^，。；«:P»]{2,30}?)的?身份(?:发言)?"
)
_JOIN = compile_masked(r"(?:，|；)?(?:以及|并有|还有|、|和|及|与|；)")
_LEAD = compile_masked(
    r"(?:(?:随后|此外|其中|同时|接着|另外|首先|最后|然后|之后|会后|期间|当天|同日|会上|(?:在|于)?[^，。；«:PT»]{0,12}?(?:会议|«F»|会)(?:上|中|期间|伊始)|(?:在)?[^，。；«:PT»]{0,10}(?:上午|下午)|«D»(?:上午|下午)?|(?:«F»|会议)?(?:将|拟|会|已)?由|有|即|包括|分别|«C»(?:成员)?(?:还)?(?:邀请|请)|(?:主席国?|«S»|«F»|会议)?(?:将|已|拟|还|也)*(?:邀请(?:了)?|请)|应邀|是|为|他们是|我的|本人的|届时|预计|先|再|先后|另|：|:)，?)*"
)
_STOP = re.compile(r"通报|听取|发言(?!的)|介绍|指出|表示|强调|举行|通过|决定|呼吁|欢迎|报告说|讨论|审议|会晤|支持")
_NOT_OF_A_POST = re.compile(
    r"^据|^(?:安理会|各位)?成员|^他们|^各方|注意|赞赏|感谢|鼓励|认为|希望|听到|原定|本应|[了着过]"
)
_NEW_ITEM = re.compile(r"和|及|与|以及|，以及|还有|并有")
_HEADS_A_BODY = re.compile(r"(?<!副)(?<!助理)(?:秘书长|总干事|总裁|执行主任|执行干事|高级专员|署长)$")
_ALONE = re.compile(r"^(?:新任|现任)?(?:联合国)?(?:常务副)?秘书长$|^大会主席$|^联合国人权事务高级专员$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """An item of the list: the actor, and the span of its capacity as printed (empty where there is only a name)."""

    actor: Actor
    capacity: tuple[int, int] | None
    behalf: tuple[int, int] | None
    end: int


def walk(sentence: Sentence, start: int, *, limit: int | None = None) -> tuple[list[Speaker], int]:
    """Items from ``start`` on and where the list ends; no items where none stands there."""
    end = len(sentence.masked) if limit is None else limit
    at = start
    lead = _LEAD.match(sentence.masked, at)
    if lead:
        at = lead.end()
    speakers: list[Speaker] = []
    while at < end:
        speaker = _item(sentence, at, end)
        if speaker is None:
            break
        speakers.append(speaker)
        at = speaker.end
        joined = _JOIN.match(sentence.masked, at)
        if not joined or joined.end() >= end:
            break
        following = _item(sentence, joined.end(), end)
        if following is None:
            break
        at = joined.end()
    return speakers, (speakers[-1].end if speakers else start)


_APPOSED = re.compile(r"(?:，|：|:|、|\()(?P<post>[^。；()]{2,60}?)(?=\)|[，。；]|$)")


def titled(sentence: Sentence, start: int) -> Speaker | None:
    """A name with its post behind it, as lists print it: ``哈娜·塔塔女士，秘书长特使``, ``屈冬玉先生(粮农组织总干事)``."""
    actor = next((a for a in sentence.actors if a.start == start and a.post is None), None)
    apposed = _APPOSED.match(sentence.text, actor.end) if actor is not None else None
    if actor is None or apposed is None or not is_title(sentence, *apposed.span("post")):
        return None
    end = apposed.end() + (sentence.text[apposed.end() : apposed.end() + 1] == ")")
    return Speaker(actor, apposed.span("post"), None, end)


def titled_list(sentence: Sentence, start: int) -> tuple[list[Speaker], int]:
    """Names with their posts behind them, one after another, and where the list ends."""
    speakers: list[Speaker] = []
    at = start
    while (speaker := titled(sentence, at)) is not None:
        speakers.append(speaker)
        joined = _JOIN.match(sentence.masked, speaker.end)
        if not joined:
            break
        at = joined.end()
    return speakers, (speakers[-1].end if speakers else start)


def _item(sentence: Sentence, at: int, limit: int) -> Speaker | None:
    actors = [a for a in sentence.actors if at <= a.start < limit]
    if not actors:
        return None
    first = actors[0]
    if first.start == at and first.person is None and _stands_alone(sentence, first):
        return _speaker(sentence, first, (first.start, first.end))
    for actor in actors:
        gap = sentence.masked[at : actor.start]
        if len(gap) > 40 or _STOP.search(sentence.text[at : actor.start]) or re.search(r"[。；，]", gap):
            return None
        if actor.person is not None and actor.post is not None and actor.post.start > actor.person.start:
            return _speaker(sentence, actor, (actor.post.start, actor.post.end))
        if actor.person is not None and _NOT_OF_A_POST.search(sentence.text[at : actor.start]):
            return None
        if actor.person is not None:
            stop = actor.person.start
            while stop > at and sentence.text[stop - 1] in "、，：:":
                stop -= 1
            return _speaker(sentence, actor, (at, stop) if stop > at else None)
        if actor.start > at and gap.endswith(("的", "“")):
            continue
    if first.start == at and first.person is None:
        return _speaker(sentence, first, (first.start, first.end))
    return None


def _stands_alone(sentence: Sentence, actor: Actor) -> bool:
    """A post without a name: one that needs none (秘书长), or with no name before the clause goes on."""
    if actor.post is None:
        return False
    after = sentence.masked[actor.end :]
    note = re.match(r"\((?:待定|待确认|人选待定|尚待确认)\)", after)
    if note:
        return True
    joined = _JOIN.match(after)
    if joined is not None and _NEW_ITEM.fullmatch(joined.group()) and _HEADS_A_BODY.search(actor.post.text):
        # 阿拉伯国家联盟秘书长和主管政治事务副秘书长罗斯玛丽·迪卡洛: nobody has both posts
        following = next((a for a in sentence.actors if a.start == actor.end + joined.end()), None)
        if following is not None and following.post is not None and following.person is not None:
            return True
    if joined is not None:
        return bool(_ALONE.match(actor.post.text)) or not compile_masked(r"[^，。；]{0,30}«P»").match(
            after, joined.end()
        )
    return not compile_masked(r"[^。；：关就向在的将作通介]{1,60}«P»").match(after)


def _speaker(sentence: Sentence, actor: Actor, capacity: tuple[int, int] | None) -> Speaker:
    end = actor.end
    tail = _TAIL.match(sentence.masked, end)
    if tail:
        end = tail.end()
    behalf = _BEHALF.match(sentence.masked, end)
    return Speaker(actor, capacity, (end, behalf.end()) if behalf else None, behalf.end() if behalf else end)
