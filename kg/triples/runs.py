"""More lines than memory holds, sorted: spread over files by their subjects, each file sorted by itself.

What is made of a graph subject by subject (Turtle, counts, checks) is made of one file after the other.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby, islice
from typing import TYPE_CHECKING

from kg.triples.blocks import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["Slicer"]

_FILES = 256
"""Files that blocks are spread over, at most."""
_LARGEST = 64 * 1024 * 1024
"""Bytes that are sorted in memory; a file with more is spread over files in its turn."""
_CHUNK = 1 << 20
_SLICE = 1 << 14
"""Blocks at a time, where all are in memory."""
_END = b"\0"
"""Behind each block in those files; no block holds one. Libraries find one byte ten times as fast as two."""


class Slicer:
    """Takes blocks (`kg.triples.blocks`; a line by itself is one) in any order; gives them sorted by code point, one a
    subject, no line twice. It keeps about ``most`` bytes of them in memory; ``folder`` receives files for the rest.

    ``bounds``: the first subjects of the files, for several processes that fill the same, each with a ``name`` of its
    own; where None, the first blocks decide. ``size``: bytes that were added, those that came twice counted twice.
    """

    def __init__(self, folder: Path, most: int, bounds: Sequence[bytes] | None = None, name: str = "blocks") -> None:
        self._folder, self._most, self._name = folder, most, name
        self.bounds = bounds
        self.size = 0
        self._blocks: list[bytes] = []
        self._size = 0

    def add(self, blocks: Iterable[str]) -> None:
        """So many more."""
        self._add("\0".join(blocks).encode("utf-8"))

    def _add(self, blocks: bytes) -> None:
        if blocks:
            self._blocks += blocks.split(_END)
            self._size += len(blocks)
            self.size += len(blocks)
            if self._size > self._most:
                self.spill()

    def spill(self) -> None:
        """Write to disk what is in memory."""
        blocks = self._blocks
        self._blocks, self._size = [], 0
        blocks.sort()
        if self.bounds is None:
            self.bounds = _bounds(blocks)
        cuts = [0, *(bisect_left(blocks, bound) for bound in self.bounds), len(blocks)]
        for number in range(len(cuts) - 1):
            if some := blocks[cuts[number] : cuts[number + 1]]:
                with (self._folder / f"{number:03d}-{self._name}").open("ab") as file:
                    file.write(_END.join(some) + _END)

    def slices(self) -> Iterator[list[bytes]]:
        """All blocks, as many at a time as fit in memory; nothing can be added after that. Files go as they are read.
        The lines of one subject are in memory together, however many."""
        if self.bounds is None:
            blocks, self._blocks = self._blocks, []  # they go with the last slice
            blocks.sort()
            whole = joined(blocks)
            while some := list(islice(whole, _SLICE)):
                yield some
            return
        self.spill()
        for number, files in groupby(sorted(self._folder.iterdir()), key=lambda path: path.name[:3]):
            yield from self._read(number, list(files))

    def _read(self, number: str, files: list[Path]) -> Iterator[list[bytes]]:
        """What is in files for the same subjects."""
        assert self.bounds is not None
        if len(self.bounds) > 1 and sum(path.stat().st_size for path in files) > _LARGEST:
            folder = self._folder / f"{number}-more"
            folder.mkdir()
            more = Slicer(folder, self._most)
            for path in files:
                for some in _chunks(path):
                    more._add(some)
                path.unlink()
            yield from more.slices()
            folder.rmdir()
            return
        blocks = b"".join(path.read_bytes() for path in files).split(_END)
        del blocks[-1]  # what stands behind the last
        blocks.sort()
        for path in files:
            path.unlink()
        yield list(joined(blocks))


def _chunks(path: Path) -> Iterator[bytes]:
    """A file in pieces of whole blocks."""
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            whole, _, rest = (rest + chunk).rpartition(_END)
            if whole:
                yield whole


def _bounds(blocks: list[bytes]) -> list[bytes]:
    """Subjects that cut sorted blocks in equal shares."""
    step = len(blocks) / _FILES
    return sorted({_subject(blocks[int(number * step)]) for number in range(1, _FILES)})


def _subject(block: bytes) -> bytes:
    """With the blank behind it, which nothing longer shares."""
    return block[: block.find(b" ") + 1]
