"""What one 通过 of a sentence tells: its instrument, its count and manner, and whether it is denied, wished for or to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract import adoption_patterns as words
from kg.extract.tallies import Tally, joined
from kg.extract.view import Sentence
from kg.model import Mention, MentionType

__all__ = [
    "Frame",
    "clause_before",
    "drafts_in",
    "frame_of",
    "instrument_at",
    "is_refused",
    "is_unanimous",
    "rule_of",
    "sentence_before",
    "tally_of",
]


@dataclass(frozen=True, slots=True)
class Frame:
    """An adoption as one sentence tells it: the instrument's mention, where the verb begins and ends, and how.

    ``looking_back``: in a clause that belongs to the instrument (2013年10月18日通过的第…号决议); ``in_next``: the next sentence names it; ``day``: where the day begins
    that is this instrument's alone.
    """

    instrument: Mention
    verb: int
    end: int
    rule: str
    tally: Tally | None = None
    unanimous: bool = False
    written: bool = False
    looking_back: bool = False
    draft: str | None = None
    in_next: bool = False
    day: int | None = None


def drafts_in(sentence: Sentence) -> Iterator[Mention]:
    """Drafts with their symbols, in the order of place."""
    for match in words.DRAFT.finditer(sentence):
        mention = sentence.at(max(match.start("x"), match.start("x2")), MentionType.DOCUMENT)
        if mention is not None and mention.id and words.DRAFT_SYMBOL.fullmatch(mention.id):
            yield mention


def frame_of(
    match: re.Match[str], mention: Mention, rule: str, tallies: list[Tally], *, looking_back: bool = False
) -> Frame:
    """The frame that a match of the verb makes with an instrument."""
    return Frame(
        mention,
        match.start(),
        match.end(),
        rule,
        tally_of(match, tallies),
        is_unanimous(match),
        bool(words.WRITING.search(match["modes"])),
        looking_back,
    )


def rule_of(match: re.Match[str], tallies: list[Tally], plain: str) -> str:
    """The rule by which it is told: ``plain`` where it says neither a count nor unanimity."""
    if tally_of(match, tallies):
        return "adoption.tally"
    if is_unanimous(match):
        return "adoption.unanimous"
    return "adoption.recalled" if match["done"] == "的" else plain


def tally_of(match: re.Match[str], tallies: list[Tally]) -> Tally | None:
    """The count of votes that a match holds."""
    inside = [t for t in tallies if match.start() <= t.start and t.end <= match.end()]
    return joined(inside) or next(iter(inside), None)


def is_unanimous(match: re.Match[str]) -> bool:
    """Whether the words before the verb say so."""
    return bool(re.search(r"一致|全票|鼓掌", match["modes"]))


def instrument_at(sentence: Sentence, at: int) -> Mention | None:
    """The resolution or presidential statement of the Council that begins at ``at``."""
    mention = sentence.at(at, MentionType.RESOLUTION) or sentence.at(at, MentionType.DOCUMENT)
    return mention if mention and mention.id and mention.id.startswith(("S/RES/", "S/PRST/")) else None


def sentence_before(text: str, at: int) -> str:
    """What stands before a verb, as far as its subject can be."""
    return re.split(r"[。；]", text[max(0, at - 160) : at])[-1]


def clause_before(text: str, at: int) -> str:
    """The clause as far as ``at``."""
    return re.split(r"[，。；]", text[:at])[-1]


def is_refused(text: str, at: int) -> bool:
    """Whether the adoption is denied, wished for, asked for, to come, or a condition."""
    clause = words.ASIDE.sub("", clause_before(text, at)[-80:])
    return bool(words.NOT_DONE.search(clause) or words.IF.search(re.split(r"[。；]", text[:at])[-1]))
