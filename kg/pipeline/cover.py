"""Which characters of a text are taken already, asked and told in time that does not grow with their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Cover"]


class Cover:
    """A set of half-open spans in a text of ``length`` characters."""

    __slots__ = ("_taken",)

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._taken = bytearray(length)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take ``[start, end)``; nothing for an empty span."""
        if end > start:
            self._taken[start:end] = b"\x01" * (end - start)

    def meets(self, start: int, end: int) -> bool:
        """Whether a character of ``[start, end)`` is taken."""
        return self._taken.find(1, start, end) >= 0
