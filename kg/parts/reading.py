"""All parts of a reading: those that are there are taken up, the others made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.parts.files import part_head, part_lines
from kg.parts.plan import Part, Task, part_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.ledger import Line
    from kg.parts.engine import Engine

__all__ = ["Watch", "read_parts"]


class Watch:
    """Counts what is done, for those who wait. ``progress``: called with how many inputs are done, how many there are,
    and a name; ``tally``: with the number of characters read since it was last called."""

    def __init__(
        self, total: int, progress: Callable[[int, int, str], None], tally: Callable[[int], None] = lambda _: None
    ) -> None:
        self.done = 0
        self.tally = tally
        self._total = total
        self._progress = progress

    def show(self, begun: int, name: str) -> None:
        """``begun``: inputs that are done in parts that are not."""
        self._progress(self.done + begun, self._total, name)

    def finished(self, part: Part, characters: int) -> None:
        self.done += len(part.inputs)
        self.tally(characters)


def read_parts(
    task: Task,
    parts: list[Part],
    folder: Path,
    engine: Engine,
    *,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
    tally: Callable[[int], None] = lambda _characters: None,
) -> Iterator[Line]:
    """The entries of all parts, sorted, not looked into; when the first comes, all parts stand in ``folder``."""
    watch = Watch(sum(len(part.inputs) for part in parts), progress, tally)
    left = []
    for part in parts:
        head = part_head(folder / part.name)
        if head and head.key == part_key(task, part.inputs):
            watch.done += len(part.inputs)
        else:
            left.append(part)
    engine(task, left, folder, watch)
    for part in parts:
        yield from part_lines(folder / part.name)
