"""Where the scan leaves a person to be decided: the only sentences that the trained components have to read.

Lists and grammar know most persons: names with an interpunct, names that a text introduced, names beside a title. What
they cannot know stands beside an honorific or a title that has nobody yet, or in Latin letters. On UN text those
sentences are one or two in a hundred, and reading the others as well adds hardly a name, and more wrong than right
ones (福克兰 in the name of the islands, an airport's patron); a test compares both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from kg.model import MentionType
from kg.pipeline.name_words import COMPOUND, STOP_RIGHT, SURNAMES, T_SET, WORDS
from kg.pipeline.names import opens
from kg.pipeline.sentences import sentence_starts

if TYPE_CHECKING:
    from kg.pipeline.scan import Scan

__all__ = ["undecided"]

_ADDRESS = re.compile(
    r"先生(?<!主席先生)|女士(?<!主席女士)|小姐|夫人|教授"
    r"|阁下(?<!通知阁下)(?<!先生阁下)(?<!女士阁下)|大使(?<!全权大使)(?![馆级用奖])"  # 驻华大使馆, 扩大使用
    r"|博士(?!学位|后|生)|将军(?![事队人火警方用])"  # 将军事行动
)
_LATIN = re.compile(
    r"[A-ZÀ-Þ][A-Za-zÀ-ɏ'’`.-]+ (?:[a-z]{2,3}[ -])?[A-ZÀ-Þ][a-zÀ-ɏ][A-Za-zÀ-ɏ'’`. -]*+"
    r"(?![\"”]?(?:号|阵地|附近|地区|集装箱|[岛河山港镇村县市]))"
)
"""Two words in Latin letters that name no ship (FV Siraj号) and no place."""
_GRAMMAR: Final = frozenset("的在将和于关对向提出与及是以为由就按应第负兼也所根依请说并其")
"""Surnames among them, but behind a title they go on with the clause: 秘书长于…, 主席和…."""
_GOES_ON: Final = frozenset(
    ["扩大", "密切", "青年", "加紧", "顺利", "程序", "进一", "全力", "尽力", "多次", "分别", "特别", "随时", "迅速"]
)
"""Words behind a title that begin like a name and are none; `WORDS` and `STOP_RIGHT` hold more."""
_LONGEST: Final = 3
"""Characters of a name before a title that are looked at."""


def undecided(scanned: Scan) -> list[tuple[int, int]]:
    """Spans of the sentences of ``scanned.text`` in which there may be a person that the scan did not find."""
    text = scanned.text
    if not scanned.titled and " " not in text:
        return []
    addressed = [m.span() for m in _ADDRESS.finditer(text)] if scanned.titled else []
    latin = [m.start() for m in _LATIN.finditer(text)] if " " in text else []
    posts = [(m.start, m.end) for m in scanned.mentions if m.type is MentionType.POST] if scanned.titled else []
    if not (addressed or latin or posts):
        return []
    people = [(m.start, m.end) for m in scanned.mentions if m.type is MentionType.OFFICIAL]
    signs = [
        *(start for start, end in addressed if _in_words(text, start, end) and not _beside(people, start, start, 1)),
        *(at for at in latin if not any(start <= at < end for start, end in people)),
        *(
            start
            for start, end in posts
            if (_name_may_follow(scanned, end) or _name_may_precede(scanned, start))
            and not _beside(people, start, end, 2)
        ),
    ]
    if not signs:
        return []
    signs.sort()
    starts = sentence_starts(text)
    spans = zip(starts, [*starts[1:], len(text)], strict=True)
    return [(start, end) for start, end in spans if _within(signs, start, end)]


def _within(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _in_words(text: str, start: int, end: int) -> bool:
    """Whether a letter stands next to a title."""
    return text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()


def _beside(people: list[tuple[int, int]], start: int, end: int, gap: int) -> bool:
    """Whether a known person stands next to a title, before or after it."""
    return any(abs(start - right) <= gap or abs(left - end) <= 1 for left, right in people)


def _name_may_follow(scanned: Scan, end: int) -> bool:
    """Whether the characters behind a title may be those of a name (潘基文, 奥巴马), and not of a known thing or word."""
    text = scanned.text
    pair = text[end : end + 2]
    if len(pair) < 2 or pair in WORDS or pair in _GOES_ON or scanned.masked[end] != text[end]:
        return False
    first, second = pair[0], pair[1]
    syllables = first in T_SET and second in T_SET
    surname = first not in _GRAMMAR and (first in SURNAMES or text.startswith(COMPOUND, end))
    return (syllables or (surname and "\u4e00" <= second <= "\u9fff")) and not STOP_RIGHT.match(text, end)


def _name_may_precede(scanned: Scan, start: int) -> bool:
    """The same of the characters before a title (岸田首相): three syllables, or a surname where a name may begin."""
    text = scanned.text
    if text[start - 1 : start] not in T_SET or scanned.masked[start - 1] != text[start - 1]:
        return False
    if start >= _LONGEST and all(c in T_SET for c in text[start - _LONGEST : start]):
        return True
    return any(text[at] in SURNAMES and opens(text, at) for at in range(max(0, start - _LONGEST), start - 1))
