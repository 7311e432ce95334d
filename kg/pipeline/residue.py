"""Where the scan leaves a person to be decided: the only sentences that the trained components have to read.

Lists and grammar know most persons: names with an interpunct, names that a text introduced, names beside a title. What
they cannot know stands beside an honorific or a title that has nobody yet, or in Latin letters. On UN text those
sentences are two or three in a hundred, and reading the others as well adds hardly a name, and more wrong than right
ones (福克兰 in the name of the islands, an airport's patron); a test compares both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from kg.gazetteer.names import load_name_lists
from kg.model import MentionType
from kg.pipeline.sentences import sentence_starts

if TYPE_CHECKING:
    from kg.pipeline.scan import Scan

__all__ = ["undecided"]

_ADDRESS = re.compile(r"先生|女士|小姐|夫人|阁下|博士|大使|将军|教授")
_LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ'’`.-]+ (?:[a-z]{2,3}[ -])?[A-ZÀ-Þ][a-zÀ-ɏ]")
_LISTS: Final = load_name_lists()
_SYLLABLES: Final = frozenset("".join(_LISTS["transliteration"]))
_SURNAMES: Final = frozenset("".join(_LISTS["surnames"])) | {name[0] for name in _LISTS["compound"]}
_GRAMMAR: Final = frozenset("的在将和于关对向提出与及是以为由就按应第负兼也所根依请说并其")
"""Surnames among them, but behind a title they go on with the clause: 秘书长于…, 主席和…."""


def undecided(scanned: Scan) -> list[tuple[int, int]]:
    """Spans of the sentences of ``scanned.text`` in which there may be a person that the scan did not find."""
    text = scanned.text
    people = sorted((m.start, m.end) for m in scanned.mentions if m.type is MentionType.OFFICIAL)
    signs = [m.start() for m in _ADDRESS.finditer(text) if not _beside(people, m.start(), m.start(), 1)]
    signs += [m.start() for m in _LATIN.finditer(text)]
    signs += [
        m.start
        for m in scanned.mentions
        if m.type is MentionType.POST
        and not _beside(people, m.start, m.end, 2)
        and _name_may_follow(text, m.start, m.end)
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


def _beside(people: list[tuple[int, int]], start: int, end: int, gap: int) -> bool:
    """Whether a known person stands next to a title, before or after it."""
    return any(abs(start - right) <= gap or abs(left - end) <= 1 for left, right in people)


def _name_may_follow(text: str, start: int, end: int) -> bool:
    """Whether the characters beside a title may be those of a name (潘基文, 奥巴马), behind it or before."""
    first, second = text[end : end + 1], text[end + 1 : end + 2]
    if first in _SYLLABLES and second in _SYLLABLES:
        return True
    if first in _SURNAMES and first not in _GRAMMAR and "\u4e00" <= second <= "\u9fff":
        return True
    return text[start - 1 : start] in _SYLLABLES
