"""More lines than memory holds, sorted: in runs on disk, merged at the end."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from sys import getsizeof
from typing import TextIO

__all__ = ["LineSorter", "read_lines"]

_OPEN = 64
"""Runs that are merged at once."""


class LineSorter:
    """Takes lines (without line ends) in any order and writes them sorted by code point, each once. It keeps about
    ``most`` bytes of them in memory; ``folder`` receives files for the rest and is the caller's to remove."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most
        self._lines: list[str] = []
        self._size = 0
        self._runs: list[Path] = []
        self._made = 0

    def add(self, lines: Iterable[str]) -> None:
        """So many more."""
        for line in lines:
            self._lines.append(line)
            self._size += getsizeof(line)
        if self._size > self._most:
            self._spill()

    def write(self, path: Path) -> None:
        """All lines to ``path``, UTF-8; nothing can be added after that."""
        if self._runs:
            self._spill()
            _merge(self._runs, path)
        else:
            _write(path, self._ordered())

    def _ordered(self) -> Iterator[str]:
        """What is in memory; sorted in its place, for a set of it would need as much again."""
        self._lines.sort()
        return (f"{line}\n" for line, _ in groupby(self._lines))

    def _spill(self) -> None:
        if len(self._runs) >= _OPEN:
            merged = self._next()
            _merge(self._runs, merged)
            self._runs = [merged]
        self._runs.append(self._next())
        _write(self._runs[-1], self._ordered())
        self._lines, self._size = [], 0

    def _next(self) -> Path:
        self._made += 1
        return self._folder / f"run-{self._made:05d}"


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a file that was written here, without their ends. Only ``\\n`` is one: literals hold others."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")


def _merge(runs: list[Path], path: Path) -> None:
    """The files ``runs`` as one, and gone."""
    with ExitStack() as stack:
        files: list[TextIO] = [stack.enter_context(run.open(encoding="utf-8", newline="\n")) for run in runs]
        _write(path, (line for line, _ in groupby(heapq.merge(*files))))
    for run in runs:
        run.unlink()


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
