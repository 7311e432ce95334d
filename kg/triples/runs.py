"""More lines than memory holds, sorted: spread over files by their subjects, each file sorted by itself.

A *slice* is all lines of some subjects, so what is made of a graph subject by subject (Turtle, counts, checks) is made
of one slice after the other, or of several at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from sys import getsizeof
from typing import IO

__all__ = ["Slicer", "cut", "read_lines", "read_slices"]

_FILES = 512
"""Files that lines are spread over, at most."""
_LARGEST = 64 * 1024 * 1024
"""Bytes that are sorted in memory; of files with more, the sorted runs in them are merged."""


class Slicer:
    """Takes lines (without line ends) in any order; gives them sorted by code point, each once, in slices. It keeps
    about ``most`` bytes of them in memory; ``folder`` receives files for the rest.

    ``bounds``: the first subjects of the files, for several processes that fill the same, each with a ``name`` of its
    own; where None, the first lines decide.
    """

    def __init__(self, folder: Path, most: int, bounds: Sequence[str] | None = None, name: str = "lines") -> None:
        self._folder, self._most, self._name = folder, most, name
        self.bounds = bounds
        self._lines: list[str] = []
        self._size = 0

    def add(self, lines: Iterable[str]) -> None:
        """So many more."""
        before = len(self._lines)
        self._lines += lines
        self._size += sum(map(getsizeof, self._lines[before:]))
        if self._size > self._most:
            self.spill()

    def spill(self) -> None:
        """Write to disk what is in memory."""
        lines = sorted(set(self._lines))
        self._lines, self._size = [], 0
        if self.bounds is None:
            self.bounds = _bounds(lines)
        cuts = [0, *(bisect_left(lines, bound) for bound in self.bounds), len(lines)]
        for number in range(len(cuts) - 1):
            if some := lines[cuts[number] : cuts[number + 1]]:
                with (self._folder / f"{number:03d}-{self._name}").open("ab") as file:
                    file.write("".join(f"{line}\n" for line in some).encode("utf-8"))

    def slices(self) -> Iterator[list[str]]:
        """All lines, slice after slice; nothing can be added after that. Files go as they are read."""
        if self.bounds is None:
            yield sorted(set(self._lines))
            return
        self.spill()
        for _, files in groupby(sorted(self._folder.iterdir()), key=lambda path: path.name[:3]):
            yield from read_slices(list(files))


def read_slices(files: list[Path]) -> Iterator[list[str]]:
    """What is in files for the same subjects, as one slice or, where it is large, several; they go when it is read."""
    if sum(path.stat().st_size for path in files) <= _LARGEST:
        text = b"".join(path.read_bytes() for path in files).decode("utf-8")
        lines = text.split("\n")
        del text, lines[-1]
        lines.sort()
        yield [line for line, _ in groupby(lines)]
    else:
        runs = [_lines(path, *run) for path in files for run in _runs(path)]
        yield from _pieces(line for line, _ in groupby(merge(*runs)))
    for path in files:
        path.unlink()


def cut(lines: list[str], most: int) -> Iterator[list[str]]:
    """A slice in smaller ones of about ``most`` lines."""
    start = 0
    while start < len(lines):
        end = start + most
        if end < len(lines):
            subject = _subject(lines[end - 1])
            while end < len(lines) and lines[end].startswith(subject):
                end += 1
        yield lines[start:end] if start or end < len(lines) else lines
        start = end


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a file that was written here, without their ends. Only ``\\n`` is one: literals hold others."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")


def _subject(line: str) -> str:
    """With the blank behind it, which nothing longer shares."""
    return line[: line.find(" ") + 1]


def _bounds(lines: list[str]) -> list[str]:
    """Subjects that cut sorted lines in equal shares."""
    step = len(lines) / _FILES
    return sorted({_subject(lines[int(number * step)]) for number in range(1, _FILES)})


def _pieces(lines: Iterator[str]) -> Iterator[list[str]]:
    piece: list[str] = []
    size = 0
    for _, same in groupby(lines, _subject):
        some = list(same)
        if piece and size > _LARGEST:
            yield piece
            piece, size = [], 0
        piece += some
        size += sum(map(len, some))
    if piece:
        yield piece


def _runs(path: Path) -> Iterator[tuple[int, int]]:
    """Where in a file sorted lines begin and end; one run a `Slicer.spill` at most."""
    start = at = 0
    before = b""
    with path.open("rb") as file:
        for line in file:
            if line < before:
                yield start, at
                start = at
            at += len(line)
            before = line
    yield start, at


def _lines(path: Path, start: int, end: int) -> Iterator[str]:
    """The lines between two places; the file is not kept open, for there may be many runs."""
    while start < end:
        with path.open("rb") as file:
            file.seek(start)
            lines = _some(file, end - start)
        for line in lines:
            start += len(line)
            yield line[:-1].decode("utf-8")


def _some(file: IO[bytes], most: int) -> list[bytes]:
    found: list[bytes] = []
    size = 0
    for line in islice(file, 256):
        size += len(line)
        if size > most:
            break
        found.append(line)
    return found
