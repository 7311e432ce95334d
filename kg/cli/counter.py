"""How far the work is, on a terminal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Counter"]


class Counter:
    """Called with how many documents are done, how many there are and the name of the next, it gives ``write`` a line;
    `tally` counts characters. Speed and time left are those of this run: what an earlier one did is not counted."""

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._write, self._clock = write, clock
        self._characters = 0
        self._began: tuple[float, int] | None = None

    def tally(self, characters: int) -> None:
        """So many more were read."""
        self._characters += characters

    def __call__(self, done: int, total: int, name: str) -> None:
        now = self._clock()
        if self._began is None:
            self._began = now, done
        seconds, own = now - self._began[0], done - self._began[1]
        told = [f"{done}/{total}"]
        if self._characters and seconds > 0:
            told.append(f"{self._characters / seconds:,.0f} characters a second")
        if own > 0 and seconds > 0:
            told.append(f"{_span(seconds / own * (total - done))} left")
        self._write(f"[{', '.join(told)}] {name[:60]}")


def _span(seconds: float) -> str:
    """``47 s``, ``3 min``, ``1 h 20 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
