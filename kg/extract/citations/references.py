"""What a sentence cites, place by place: mentions with their paragraphs, and 该决议第11段 for the resolution named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.citations.paragraphs import CITED, normalized
from kg.extract.view import Sentence
from kg.model import Mention, MentionType
from kg.pipeline.mask import mask

__all__ = ["CITING", "DAY", "ORGAN", "Reference", "references", "skeleton"]

DAY = r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|同日)"
ORGAN = r"(?:联合国|安全理事会|安理会|大会|联大|(?:经济及社会|经社|人权|托管)?理事会|人权委员会|其|本组织)"

CITING = frozenset({MentionType.RESOLUTION, MentionType.DOCUMENT})
_PARAGRAPH = re.compile(rf"(?:号文件)?(?:\)|的|中|(?:关于|有关)[^，。；、第]{{1,24}}的)?\(?{CITED}")
_APART = re.compile(rf"，{CITED}(?=[。；，)]|$)")
_ABOVE_ALL = re.compile(rf"，(?:特别是|尤其是|主要是)其?(?=第){CITED}")
"""重申第1701(2006)号决议，特别是第8段: the paragraph is what is cited."""
_CITED = re.compile(CITED)
_CLOSED = re.compile(r"(?:号文件)?\)")
_THAT = re.compile(r"(?:该|同一|上述|前述)(?:项|份)?决议的?(?=第|执行|附件)")
_ITS = re.compile(
    r"(?:，|、|和|及|以及)?(?:特别是|尤其是|包括|以及)?其(?:中)?的?(?=第|执行|附件)|，(?:特别是|尤其是|包括)(?=第|执行)"
)
_JOIN = re.compile(
    rf"(?:的?(?:各项|有关|相关|所有)?(?:规定|要求))?(?:、|和|及|与|或|并|，?(?:以及|包括|特别是|尤其是|还有)|(?P<comma>，))"
    rf"(?:(?:关于|有关|题为)[^，。；、]{{2,40}}?的)?(?:{ORGAN}|主席|秘书长|{DAY}|的)*(?:主席)?(?:声明|来?信函?|报告|说明|文件)?\(?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One citation in a sentence: ``end`` counts the paragraph and a closing bracket in; ``that``: named by 该决议, 其;
    ``joined``: the one before it is in the same list; ``names_one``: a resolution that is in no list."""

    mention: Mention
    end: int
    paragraph: str | None = None
    that: bool = False
    joined: bool = False
    names_one: bool = False

    @property
    def start(self) -> int:
        return self.mention.start


def references(sentence: Sentence, before: Reference | None) -> list[Reference]:
    """The citations of a sentence in order. ``before``: the resolution last named in the paragraph's earlier sentences."""
    named = [_named(sentence.text, m) for m in sentence.mentions if m.type in CITING and m.id is not None]
    if not named and before is None:
        return []
    named = _listed(sentence.text, named)
    return sorted([*named, *_that(sentence.text, named, before)], key=lambda r: r.start)


def _named(text: str, mention: Mention) -> Reference:
    for pattern in (_PARAGRAPH, _APART, _ABOVE_ALL):
        match = pattern.match(text, mention.end)
        if match:
            return Reference(mention, match.end(), normalized(match))
    closed = _CLOSED.match(text, mention.end)
    return Reference(mention, closed.end() if closed else mention.end)


def _listed(text: str, named: Sequence[Reference]) -> list[Reference]:
    joined = [False, *(_joins(text, a, b) for a, b in pairwise(named))][: len(named)]
    alone = [not here and not after for here, after in zip(joined, [*joined[1:], False], strict=False)]
    return [
        Reference(r.mention, r.end, r.paragraph, r.that, j, one and r.mention.type is MentionType.RESOLUTION)
        for r, j, one in zip(named, joined, alone, strict=True)
    ]


def _joins(text: str, one: Reference, other: Reference) -> bool:
    """Whether both are in one list. A bare comma joins what one 决议 closes (第1号、2号，3号决议), not two clauses."""
    match = _JOIN.fullmatch(text, one.end, other.start)
    return match is not None and not (match["comma"] and one.mention.text.endswith("决议"))


def _that(text: str, named: Sequence[Reference], before: Reference | None) -> list[Reference]:
    found: list[Reference | None] = []
    for match in _THAT.finditer(text):
        earlier = [r for r in named if r.end <= match.start() and r.mention.type is MentionType.RESOLUTION]
        one = earlier[-1] if earlier else before
        since = text[earlier[-1].end if earlier else 0 : match.start()]
        if one is not None and one.names_one and "本决议" not in since:
            found.append(_again(text, match, one))
    for one in named:
        match_its = _ITS.match(text, one.end)
        if match_its and one.names_one:
            found.append(_again(text, match_its, one))
    return [r for r in found if r is not None]


def _again(text: str, match: re.Match[str], one: Reference) -> Reference | None:
    """The resolution ``one`` once more, with the paragraph behind the words that stand for it."""
    cited = _CITED.match(text, match.end())
    if cited is None:
        return None
    start = match.end() - len(match.group().lstrip("，、"))
    mention = Mention(MentionType.RESOLUTION, start, match.end(), text[start : match.end()], one.mention.id)
    return Reference(mention, cited.end(), normalized(cited), that=True)


_ASIDE = re.compile(r"\([^()]{0,200}\)|“[^“”]{0,200}”|《[^《》]{0,200}》")


def skeleton(text: str, found: Sequence[Reference]) -> str:
    """The sentence with each reference, paragraph and all, masked by R, and asides in brackets and quotation marks by Q;
    in brackets that cite, their commas only."""
    asides: list[tuple[int, int, str]] = []
    for match in _ASIDE.finditer(text):
        start, end = match.span()
        if not any(start < r.end and r.start < end for r in found):
            asides.append((start, end, "Q"))
        elif match.group().startswith("("):
            asides += [(start + i, start + i + 1, "Q") for i, sign in enumerate(match.group()) if sign in "，；"]
    return mask(text, [*asides, *((r.start, r.end, "R") for r in found)])
