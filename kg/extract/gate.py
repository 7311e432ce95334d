"""Which patterns a sentence need not be tried for: those of which each match holds a word that the sentence does not hold.

More than a hundred frames are looked for in every sentence, and nearly none is there. Most of them hold a word, or the sign of a
mention, without which they cannot match (延长, 授权, a mission). `Gated` reads these off the pattern itself (`kg.extract.choices`), so
that no list of them can fall behind it; `words_of` finds those of all patterns in one pass of an automaton.

What is known of a text is a set of bits, its *words*: one bit for each choice of words (延长|展延|续延) that some pattern needs in one
form of the text, set where that form holds one of them. The words of a document are those of all its sentences, so that most gates
turn away a whole document at once (`Gate.among`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from kg.extract.choices import Choice, choices, opened
from kg.pipeline.mask import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Protocol

    import ahocorasick_rs

    from kg.extract.sentence import Sentence

    class Text(Protocol):
        """A sentence, or a document: what has words."""

        @property
        def words(self) -> int: ...

    class Sentences(Text, Protocol):
        """A document."""

        @property
        def sentences(self) -> Sequence[Sentence]: ...


__all__ = ["Form", "Frames", "Gate", "Gated", "words_of"]

T = TypeVar("T")

Form = Literal["masked", "unposted"]
"""The forms of a sentence's text that patterns are written for."""

_bits: dict[tuple[Form, Choice], int] = {}
"""The bit of each choice that a pattern has asked for in a form of the text."""


class Gate:
    """What lets a text through that may hold a match of one of several patterns."""

    ways: tuple[int, ...]
    """Rows of bits, of which a text must have one whole."""
    rarest: int
    """Bits of which a text must have one; none where nothing is certain."""

    def __init__(self, *gates: Gate) -> None:
        self.ways = tuple(dict.fromkeys(way for gate in gates for way in gate.ways))
        self.rarest = reduce(or_, (gate.rarest for gate in gates)) if all(gate.rarest for gate in gates) else 0

    def may_be_in(self, text: Text) -> bool:
        """Whether a sentence, or a document, holds what a match holds."""
        words = text.words
        if words & self.rarest or not self.rarest:
            for way in self.ways:
                if words & way == way:
                    return True
        return False

    def among(self, document: Sentences) -> Sequence[Sentence]:
        """The sentences of a document that may hold a match, in order."""
        if not self.may_be_in(document):
            return ()
        rarest = self.rarest
        likely = [s for s in document.sentences if s.words & rarest] if rarest else document.sentences
        return [s for s in likely if self.may_be_in(s)]


class Gated(Gate):
    """A pattern (`kg.pipeline.mask`) over one form of a sentence, compiled and tried only where the sentence may hold a match.

    To be made as its module is imported: one made after the first text was read is tried on all.
    """

    def __init__(self, pattern: str, on: Form = "masked") -> None:
        self.source, self.on = expand(pattern), on
        bits = _bits_of(choices(self.source), on)
        self.needs = sum(bits)
        """The bits of its choices."""
        self.ways, self.rarest = (self.needs,), bits[0] if bits else 0

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself, for texts of which nothing is known."""
        return re.compile(opened(self.source))

    def may_be_in(self, text: Text) -> bool:
        """Whether a sentence, or a document, holds what each match holds."""
        return text.words & self.needs == self.needs

    def finditer(self, sentence: Sentence) -> Iterable[re.Match[str]]:
        """All matches in the sentence."""
        return self.pattern.finditer(getattr(sentence, self.on)) if self.may_be_in(sentence) else ()

    def search(self, sentence: Sentence) -> re.Match[str] | None:
        """The first match in the sentence."""
        return self.pattern.search(getattr(sentence, self.on)) if self.may_be_in(sentence) else None

    def match(self, sentence: Sentence) -> re.Match[str] | None:
        """The match at the front of the sentence."""
        return self.pattern.match(getattr(sentence, self.on)) if self.may_be_in(sentence) else None


class Frames(Gate, Generic[T]):
    """Gated patterns over one form of a sentence, each with what it stands for, in the order in which they are tried."""

    def __init__(self, *row: tuple[Gated, T]) -> None:
        super().__init__(*(frame for frame, _ in row))
        self.row = row
        (self._on,) = {frame.on for frame, _ in row}

    def finditer(self, sentence: Sentence) -> Iterator[tuple[re.Match[str], T]]:
        """The matches of each pattern in turn, with what it stands for."""
        if not self.may_be_in(sentence):
            return
        words = sentence.words
        text = getattr(sentence, self._on)
        for frame, what in self.row:
            if words & frame.needs == frame.needs:
                for match in frame.pattern.finditer(text):
                    yield match, what


def _bits_of(row: Iterable[Choice], on: Form) -> list[int]:
    """The bits of some choices; of those that came too late, when texts were read without them, none."""
    return [
        _bits.setdefault((on, choice), 1 << len(_bits))
        for choice in row
        if (on, choice) in _bits or not _known.cache_info().currsize
    ]


def words_of(masked: str, unposted: str) -> int:
    """The words of a sentence, from both forms of its text: which choices of all patterns it meets."""
    known = _known()
    find = known.automaton.find_matches_as_strings
    if masked == unposted:
        return reduce(or_, map(known.both.__getitem__, find(masked, overlapping=True)), 0)
    words = reduce(or_, map(known.bits["masked"].__getitem__, find(masked, overlapping=True)), 0)
    return reduce(or_, map(known.bits["unposted"].__getitem__, find(unposted, overlapping=True)), words)


@dataclass(frozen=True, slots=True)
class _Known:
    """An automaton of all words, and the bits that each sets: in each form of a text, and in one where both are the same."""

    automaton: ahocorasick_rs.AhoCorasick
    bits: dict[Form, dict[str, int]]
    both: dict[str, int]


@cache
def _known() -> _Known:
    import ahocorasick_rs

    words = list(dict.fromkeys(word for _, choice in _bits for word in choice))
    known = _Known(  # this kind stays small enough for the processor's cache, beside all else that a document needs
        ahocorasick_rs.AhoCorasick(words, implementation=ahocorasick_rs.Implementation.ContiguousNFA),
        {"masked": dict.fromkeys(words, 0), "unposted": dict.fromkeys(words, 0)},
        dict.fromkeys(words, 0),
    )
    for (on, choice), bit in _bits.items():
        for word in choice:
            known.bits[on][word] |= bit
            known.both[word] |= bit
    return known
