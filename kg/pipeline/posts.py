"""Posts and titles as noun phrases, over masked text (`kg.pipeline.mask`): states, missions, bodies and resolutions are signs.

``负责刚果民主共和国问题秘书长特别代表兼联刚稳定团团长`` is one post of two heads; ``秘书长大湖区问题特使``,
``人道主义事务协调厅协调司司长``, ``第1970(2011)号决议所设委员会主席`` are others. Refused: 代表团, 主席国, 主席声明, 秘书长报告's 报告, and
heads that say nothing alone (代表, 主席, 主任) without what they are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.gazetteer import Entry, load_gazetteer
from kg.model import MentionType
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import TRANSLITERATION
from kg.pipeline.words import any_of

__all__ = ["PostSpan", "find_posts", "heads_of_posts"]

_MORE_HEADS = {
    "副秘书": "under-secretary-general",  # the front of a title that a slip breaks around a name
    "代表": "representative",
    "副代表": "deputy-representative",
    "负责人": "head",
    "副负责人": "deputy-head",
    "总裁": "president",
    "行长": "president",
    "创始人": "founder",
    "教授": "professor",
}
"""Heads that are no posts of their own in the tables: they need what they are of, or a name."""
_NEEDS = frozenset(
    [
        "副部长",
        "部长",
        "大臣",
        "国务秘书",
        "国务部长",
        "副主席",
        "共同主席",
        "主席",
        "副主任",
        "主任",
        "司长",
        "厅长",
        "处长",
        "副负责人",
        "负责人",
        "协调员",
        "专员",
        "院长",
        "庭长",
        "书记官长",
        "副代表",
        "代表",
        "军事顾问",
        "警务顾问",
        "顾问",
        "发言人",
        "大使",
        "议长",
        "指挥官",
        "主管",
        "行长",
        "总裁",
        "报告员",
        "研究员",
        "创始人",
        "教授",
        "副团长",
        "高级代表",
    ]
)
_AFTER = (
    r"(?!国(?!王)|们|团(?!长)|级|处|办公室|办公厅|办事处|署|制|会议|会(?!晤|见|同|谈)|声明|职|身份|性|大会|权|院|人数)"
)


def _han_without(words: str) -> str:
    """Han characters but ``words``, to be used inside a character class: one class is read much faster than a lookahead."""
    ranges: list[str] = []
    first = 0x4E00
    for code in [*sorted(map(ord, words)), 0xA000]:
        if code > first:
            ranges.append(f"{chr(first)}-{chr(code - 1)}")
        first = code + 1
    return "".join(ranges)


_H = _han_without("了的在由与及对向从将被把就为是请听取让给于至到等并还也但其各该此本这那和要出兼担过着没")
"""Characters of a unit's or subject's name: Han, but no function word; never punctuation or a mention."""
_N = f"[{_H}]"
_NAME = f"[{TRANSLITERATION}]{{3,6}}"
"""The name before a second post in a list: 秘书长古特雷斯和中东和平进程特别协调员."""
_VERBS = (
    *(
        "内称",
        "中称",
        "声称",
        "据称",
        "附上",
        "任命",
        "委任",
        "提名",
        "支持",
        "感谢",
        "欢迎",
        "赞扬",
        "赞赏",
        "会见",
        "会晤",
        "邀请",
    ),
    *(
        "宣布",
        "指出",
        "表示",
        "重申",
        "强调",
        "获悉",
        "通知",
        "告知",
        "谴责",
        "祝贺",
        "致敬",
        "正如",
        "届时",
        "预计",
        "包括",
    ),
)
_BEFORE = (*"，。；：？！\n“”《》", "担任", "出任", "接任", "继任", "就任", "当选", *_VERBS)
"""What a post never reaches across: marks, and verbs that a post follows."""
_BAR = re.compile(any_of(_BEFORE))
_OF_SG = r"(?:副?特别代表|个人代表|个人特使|副?特使|副?特别协调员|特别顾问|代表|发言人|军事顾问)"
_ENTITY = r"(?:«SMOC»(?:\(«SMOC»\))?)"
_QUALIFIER = (
    r"(?:"
    rf"(?:主管|分管)[^。；：“”的«:P»]{{1,30}}?的?(?=(?:«O»)?(?:副秘书|助理秘书长|常务副|副?部长|官员))"
    rf"|负责[^。；：“”的«:P»]{{1,30}}?(?:问题|事务|工作|局势|进程|行动|建设和平)的?"
    rf"|(?:联合国)?秘书长(?=(?:{_ENTITY}|[{_H}和]){{0,16}}?{_OF_SG})"
    rf"|{_ENTITY}(?:政府)?(?:的)?(?=(?:{_ENTITY}|[常驻副秘总主特外首国团部司负协检执理办代发领军警政])|{_N}{{1,14}}?«head»)|(?<=驻)«O»(?=(?:副)?大使)"
    rf"|(?:关于)?(?:{_ENTITY}|{_N}{{1,10}}|(?<![{TRANSLITERATION}])(?!{_NAME}[和、])(?!{_N}{{0,8}}(?:特使|代表|协调员|顾问|秘书长|主席|主任)){_N}{{1,6}}[和、](?!秘书长|主管|负责|联合国){_N}{{1,8}})(?:问题|事务|进程|局势|和平进程)(?=的?(?:{_OF_SG}|高级|协调员|特别|助理|专员|«head»))"
    rf"|(?:«C»)?«R»所设(?:的)?[{_H}关于]{{0,16}}?(?:委员会|工作组|专家小组|专家组|监测组|监察员办公室)"
    rf"|[{_H}出要对和]{{1,24}}?第[一二三四五六七八九十\d]+[次届]{_N}{{0,8}}(?:大会|会议)"
    rf"|(?!和(?![平解谐睦约]))[{_H}和]{{1,14}}?(?:厅|司|处|办公室|部|委员会|小组|(?<=专家|监测|监察|工作)组|法庭|法院|中心|局|署|组织|机构|大会|会议|论坛|基金会|理事会|联盟|网络|中心|研究所|大学|银行|联合会|协会|理事国|配置|团)(?=(?:{_ENTITY}|{_N}{{1,10}})?«head»)"
    rf"|(?![和与](?![平解谐睦约会]))[{_H}和与]{{1,12}}?(?=部长|副部长|大臣|国务秘书|国务部长)"
    rf"|(?:前任?|新任|时任|候任|代理|临时|首席|联合|常驻|特别|驻|政治|军事|人道主义|高级|共同|执行|特命全权)"
    rf"|主权国家|轮值"
    rf"|(?:本月份?|当月|现任)(?=轮值主席)"
    r")"
)


@dataclass(frozen=True, slots=True)
class PostSpan:
    """A post: half-open offsets and the slug of its first head."""

    start: int
    end: int
    slug: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    head: re.Pattern[str]
    post: re.Pattern[str]
    slugs: dict[str, str]
    endings: frozenset[str]
    sizes: tuple[int, ...]


@cache
def _patterns() -> _Patterns:
    """Compiled once: the heads are the posts of the gazetteer, ranks and honorifics left out."""
    heads = {name: entries[0].id for name, entries in load_gazetteer().names().items() if _is_head(entries[0])}
    heads.update(_MORE_HEADS)
    bodies = {n for n, e in load_gazetteer().names().items() if _is_head(e[0]) and e[0].kind == "body"}
    endings = frozenset(name for name in heads if name not in bodies or name in {"主席", "轮值主席"})
    sizes = tuple(sorted({len(name) for name in endings}, reverse=True))
    head = any_of(heads)
    qualifier = _QUALIFIER.replace("«head»", head)
    plain = rf"(?:{qualifier}){{0,6}}{head}{_AFTER}"
    first = rf"(?P<quals>(?:{qualifier}){{0,6}})(?P<head>{head}){_AFTER}"
    post = rf"{first}(?:(?:兼(?:任)?|、(?=«MO»)){plain})*"
    return _Patterns(re.compile(head), compile_masked(post), heads, endings, sizes)


def heads_of_posts() -> frozenset[str]:
    """The words of which each post holds one."""
    return frozenset(_patterns().slugs)


def _is_head(entry: Entry) -> bool:
    return entry.type is MentionType.POST and entry.kind != "honorific"


def find_posts(masked: str, text: str) -> Iterator[PostSpan]:
    """Posts in masked text, left to right, not overlapping. ``text`` is the same text unmasked."""
    patterns = _patterns()
    at = 0
    while head := patterns.head.search(masked, at):
        # a phrase is looked for only near a head: clauses end at punctuation that no post contains
        left = _behind_bars(masked, max(at, head.start() - 60), head.start())
        found = _around(head, patterns.post, masked, left)
        if found is None:
            at = head.end()
            continue
        end = found.end("head")
        bare = not found["quals"] and found["head"] in _NEEDS and found.end() == end
        if not bare and not _is_verb(masked, found):
            behind_a_name = found.start() and "\ue000" <= masked[found.start() - 1] <= "\uf8ff"
            joint = 1 if behind_a_name and _CONJUNCTION.match(masked, found.start()) else 0
            slug = _slug(text[found.start() : end], found["head"])
            yield PostSpan(found.start() + joint, found.end(), slug)
        at = found.end()


def _behind_bars(masked: str, left: int, right: int) -> int:
    """Past the last of `_BEFORE` in ``masked[left:right]``; ``left`` where there is none."""
    at = left
    while bar := _BAR.search(masked, at, right):
        left = max(left, bar.end())
        at = bar.start() + 1  # they may overlap: 担任命
    return left


def _around(head: re.Match[str], pattern: re.Pattern[str], masked: str, left: int) -> re.Match[str] | None:
    """The first match of ``pattern`` behind ``left`` that begins no later than ``head`` and ends no earlier."""
    right = min(len(masked), head.end() + 60)
    while left <= head.start():
        match = pattern.match(masked, left, right)
        if match is None:
            left += 1
        elif match.end() >= head.end():
            return match
        else:
            left = match.end()
    return None


def _slug(unit: str, head: str) -> str:
    """Slug of the longest post that ends the first unit (特别代表, not the 代表 in it). Posts of a body (大会主席) count only where
    they are the whole unit: an 审议大会 has a 主席 of its own."""
    patterns = _patterns()
    if unit in patterns.slugs:
        return patterns.slugs[unit]
    ends = (unit[-size:] for size in patterns.sizes)
    return patterns.slugs[next((end for end in ends if end in patterns.endings), head)]


_CONJUNCTION = re.compile(r"[和与及](?!平)(?=..)")
_ON_BEHALF = compile_masked(r"安全理事会|安理会|该|本|我国|他|她|其|秘书长|委员会|«SMOCRXKD»")


def _is_verb(masked: str, match: re.Match[str]) -> bool:
    """``X代表Y`` where 代表 is "on behalf of" or "represent": a representative is 常驻, 特别, or of a state in a list."""
    phrase = match.group()
    return (
        phrase.endswith("代表")
        and not re.search(r"(?:常驻[^，、]{0,12}|特别|副|个人|高级|全权|永久|政治)代表$", phrase)
        and bool(_ON_BEHALF.match(masked, match.end()))
    )
