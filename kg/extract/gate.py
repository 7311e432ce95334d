"""Which patterns a sentence need not be tried for: those of which each match holds a word that the sentence does not hold.

More than a hundred frames are looked for in every sentence, and nearly none is there. Most of them hold a word, or the sign of a
mention, without which they cannot match (延长, 授权, a mission). `Gated` reads these off the pattern itself (`kg.extract.choices`), so
that no list of them can fall behind it; `words_of` finds those of all patterns in one pass of an automaton.

What is known of a text is a set of bits, its *words*: one bit for each choice of words (延长|展延|续延) that some pattern needs, set
where the text holds one of them.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from kg.extract.choices import Choice, choices
from kg.pipeline.mask import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import ahocorasick_rs

    from kg.extract.view import Sentence

__all__ = ["Form", "Frames", "Gated", "words_of"]

T = TypeVar("T")

Form = Literal["masked", "unposted"]
"""The forms of a sentence's text that patterns are written for."""

_bits: dict[Choice, int] = {}
"""The bit of each choice that a pattern has asked for."""


class Gated:
    """A pattern (`kg.pipeline.mask`) over one form of a sentence, compiled and tried only where the sentence may hold a match.

    To be made as its module is imported: one made after the first text was read is tried on all.
    """

    def __init__(self, pattern: str, on: Form = "masked") -> None:
        self.source, self.on, self._words = expand(pattern), on, f"words_{on}"
        bits = _bits_of(choices(self.source))
        self.needs = sum(bits)
        """The bits of its choices."""
        self.rarest = bits[0] if bits else 0
        """That of the choice which the fewest texts meet."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself, for texts of which nothing is known."""
        return re.compile(self.source)

    def may_be_in(self, sentence: Sentence) -> bool:
        """Whether the sentence holds what each match holds."""
        return bool(getattr(sentence, self._words) & self.needs == self.needs)

    def finditer(self, sentence: Sentence) -> Iterable[re.Match[str]]:
        """All matches in the sentence."""
        return self.pattern.finditer(getattr(sentence, self.on)) if self.may_be_in(sentence) else ()

    def search(self, sentence: Sentence) -> re.Match[str] | None:
        """The first match in the sentence."""
        return self.pattern.search(getattr(sentence, self.on)) if self.may_be_in(sentence) else None

    def match(self, sentence: Sentence) -> re.Match[str] | None:
        """The match at the front of the sentence."""
        return self.pattern.match(getattr(sentence, self.on)) if self.may_be_in(sentence) else None


class Frames(Generic[T]):
    """Gated patterns over one form of a sentence, each with what it stands for, in the order in which they are tried."""

    def __init__(self, *row: tuple[Gated, T]) -> None:
        self.row = row
        (self._on,) = {frame.on for frame, _ in row}
        self._words = f"words_{self._on}"
        self._any = sum({frame.rarest for frame, _ in row}) if all(frame.rarest for frame, _ in row) else None

    def may_be_in(self, sentence: Sentence) -> bool:
        """Whether the sentence may hold a match of one of them; more sentences than need be."""
        return self._any is None or bool(getattr(sentence, self._words) & self._any)

    def finditer(self, sentence: Sentence) -> Iterator[tuple[re.Match[str], T]]:
        """The matches of each pattern in turn, with what it stands for."""
        if not self.may_be_in(sentence):
            return
        words = getattr(sentence, self._words)
        text = getattr(sentence, self._on)
        for frame, what in self.row:
            if words & frame.needs == frame.needs:
                for match in frame.pattern.finditer(text):
                    yield match, what


def _bits_of(row: Iterable[Choice]) -> list[int]:
    """The bits of some choices; of those that came too late, when texts were read without them, none."""
    return [
        _bits.setdefault(choice, 1 << len(_bits))
        for choice in row
        if choice in _bits or not _automaton.cache_info().currsize
    ]


def words_of(text: str) -> int:
    """The words of a text: which choices of all patterns it meets."""
    automaton, bits = _automaton()
    words = 0
    for word in set(automaton.find_matches_as_strings(text, overlapping=True)):
        words |= bits[word]
    return words


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, dict[str, int]]:
    """An automaton of all words, and the bits that each sets."""
    import ahocorasick_rs

    bits: dict[str, int] = {}
    for choice, bit in _bits.items():
        for word in choice:
            bits[word] = bits.get(word, 0) | bit
    return ahocorasick_rs.AhoCorasick(list(bits)), bits
