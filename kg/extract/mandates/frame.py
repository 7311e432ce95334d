"""What a frame of words says of a mandate, before anyone asks who decided it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.mandates.clauses import DECIDING

__all__ = ["Frame", "Span"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """Half-open spans in ``Sentence.text``.

    ``apart``: the end of the second of two holders (…分别延长至X和Y).
    ``holder``: the words that name whose mandate it is, its term still behind it; ``when``: end and length, where the
    frame has any; ``since``: from when the length counts. ``kind``: what sort of holder the frame itself
    speaks of (``sanctions``). ``first``: its length counts from the adoption where nothing else is said.
    ``timed``: without an end or a length it says nothing. ``acts``: by which of the acts of `Clause` it becomes a decision.
    """

    action: str
    rule: str
    start: int
    end: int
    holder: Span
    when: tuple[Span, ...] = ()
    since: Span | None = None
    apart: Span | None = None
    kind: str | None = None
    first: bool = False
    timed: bool = True
    acts: frozenset[str] = DECIDING

    @property
    def at(self) -> int:
        """Where its own clause is: at the holder, or at the verb where the holder is named before it."""
        return self.start if self.holder[1] <= self.start else self.holder[0]
