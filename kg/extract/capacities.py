"""The post of a person as words: what it ends with, whose it is, and how a fact prints it."""

from __future__ import annotations

import re

from kg.extract.titles import title_before
from kg.extract.view import Sentence
from kg.model import Mention, MentionType

__all__ = ["capacity_of", "entities_of", "heads_of", "plain_post", "title_start"]

_COUNCIL_CHAIR = re.compile(
    r"(?:兼(?:任)?)?(?:«C»|安全理事会|安理会)(?:\d{1,2}月份?|本月份?|当月|现任)?(?:的)?(?:轮值)?主席$"
)


def plain_post(post: str) -> str:
    """A post without what tells its holder from others (新任, 前), and without its United Nations."""
    return re.sub(r"^(?:新任|时任|前任?|候任|该)", "", post).replace("联合国秘书长", "秘书长")


def heads_of(post: str) -> tuple[str, ...]:
    """The words a post ends with, one for each part joined by 兼 or 、: ``特别代表`` ``团长``."""
    heads: list[str] = []
    for part in re.split(r"兼任?|、", post):
        match = re.search(
            r"(副?特别代表|个人特使|个人代表|副?特使|特别协调员|特别顾问|高级代表|副?团长|负责人|副?主任|副?秘书长|助理秘书长|协调员|主席|司长|部长|大臣|代表|高级专员|总干事|[^的和]{2})$",
            part,
        )
        if match:
            heads.append("团长" if match[1] == "负责人" else match[1])
    return tuple(heads)


def entities_of(sentence: Sentence, post: Mention | None) -> frozenset[str]:
    """Ids of the states, missions and bodies that a post names, the United Nations and the Council left out."""
    if post is None:
        return frozenset()
    return frozenset(
        m.id
        for m in sentence.mentions
        if post.start <= m.start
        and m.end <= post.end
        and m.id
        and m.id not in {"UN", "UN-SC"}
        and m.type in {MentionType.STATE, MentionType.MISSION, MentionType.ORGANIZATION}
    )


_PRESIDES = re.compile(
    r"(?:(?:联合国)?(?:安全理事会|安理会)的?(?:本月份?|当月|现任|\d{1,2}月份?)?(?:的)?(?:轮值)?"
    r"|(?:本月份?|当月|现任|\d{1,2}月份?)?(?:的)?轮值)主席(?:国(?!王))?(?P<joint>、|，|兼|和|的)?"
)
"""The Council's presidency before the office of a state."""
_MINE = re.compile(r"(?:我国|本国|该国)的?(?=.{2})")
"""A state that its own letter does not name: 我国欧洲和外交部长."""


def title_start(sentence: Sentence, post: Mention) -> int:
    """Where a title begins: before a name the whole phrase is one."""
    whole = title_before(sentence, post.end) if sentence.at(post.end, MentionType.OFFICIAL) else None
    return post.start if whole is None else min(post.start, whole)


def capacity_of(sentence: Sentence, post: Mention) -> str:
    """The post as printed, without the state it is of and without the Council's presidency, which other fields say."""
    start, end = title_start(sentence, post), post.end
    if sentence.text[start] == "国" and sentence.text[start - 1 : start] in {"该", "本", "我", "贵"}:
        start += 1  # 该国|主席团主席
    presides = _PRESIDES.match(sentence.text, start, end)
    if presides and presides.end() < end and (presides["joint"] or sentence.at(presides.end(), MentionType.STATE)):
        start = presides.end()
    states = [m for m in sentence.mentions if m.type == MentionType.STATE and m.start == start]
    if states:
        start = max(m.end for m in states)
        if sentence.text[start : start + 2] == "政府":
            start += 2
        start += len(sentence.text[start:end]) - len(sentence.text[start:end].lstrip("的"))
    start += len(mine.group()) if (mine := _MINE.match(sentence.text[start:end])) else 0
    kept = _COUNCIL_CHAIR.sub("", sentence.text[start:end])
    if kept:
        end = start + len(kept)
    text = sentence.printed(start, end).strip()
    # the seeds hold a slip that breaks a title around the name: 副秘书让-皮埃尔·拉克鲁瓦长
    return text + "长" if kept.endswith("副秘书") else text
