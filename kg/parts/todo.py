"""What is still to be read, and what becomes of a part whose process died."""

from __future__ import annotations

from collections import Counter, deque
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ledger import Skipped, merge
from kg.parts.files import part_entries, write_part
from kg.parts.plan import Part, Task, part_key

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Todo"]


class Todo:
    """Parts that wait. A part that costs too many processes is read one input at a time, and an input that costs too
    many is skipped, with its line. ``tries``: how often a part is begun, since its process may have died of something
    else, and a piece of one."""

    def __init__(self, task: Task, parts: Iterable[Part], folder: Path, *, tries: tuple[int, int] = (3, 2)) -> None:
        self._task, self._folder, self._tries = task, folder, tries
        self._waiting = deque(parts)
        self._begun: Counter[str] = Counter()
        self._whole: dict[int, Part] = {}
        self._pieces: dict[int, set[int]] = {}

    def __len__(self) -> int:
        """How many can be begun now."""
        return len(self._waiting)

    def take(self) -> Part:
        """The next one to begin."""
        part = self._waiting.popleft()
        self._begun[part.name] += 1
        return part

    def done(self, part: Part) -> None:
        """``part`` is written; with the last piece of one, the whole."""
        if part.piece is None:
            return
        left = self._pieces[part.number]
        left.discard(part.piece)
        if not left:
            whole = self._whole[part.number]
            files = [self._folder / piece.name for piece in whole.pieces()]
            entries = merge(*map(part_entries, files))
            write_part(self._folder / whole.name, part_key(self._task, whole.inputs), entries)
            for file in files:
                file.unlink()

    def died(self, part: Part) -> bool:
        """Its process is gone. Whether the part is over with that, its input skipped."""
        if self._begun[part.name] < self._tries[part.piece is not None]:
            self._waiting.appendleft(part)
        elif len(part.inputs) > 1:
            pieces = part.pieces()
            self._whole[part.number] = part
            self._pieces[part.number] = set(range(len(pieces)))
            self._waiting = deque(chain(pieces, self._waiting))
        else:
            (item,) = part.inputs
            what, advice = "the process that read it died, each time", "leave it out, and please report it"
            entry = Skipped(item.source, InputError(what, where=item.source, remedy=advice))
            write_part(self._folder / part.name, part_key(self._task, part.inputs), [entry])
            self.done(part)
            return True
        return False
