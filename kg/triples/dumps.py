"""The files of a graph, written slice by slice: N-Quads, Turtle, and what is counted on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from kg.triples.description import Counts
from kg.triples.turtle import TurtleWriter, subjects

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["DumpWriter", "write_dumps"]


class DumpWriter:
    """Writes slices of a graph (`kg.triples.Slicer`) to open files, one after the other. ``counts``: of all written."""

    def __init__(self, quads: TextIO, turtle: TextIO, base: str) -> None:
        self.counts = Counts()
        self._quads, self._turtle = quads, turtle
        self._writer = TurtleWriter(base)

    def head(self) -> None:
        """What stands before the first slice."""
        self._turtle.writelines(self._writer.head())

    def write(self, lines: list[str]) -> None:
        """One slice."""
        self._quads.write("\n".join(lines) + "\n" if lines else "")
        block, count = self._writer.block, self.counts.add
        for subject, said in subjects(lines):
            count(subject, said)
            self._turtle.write(block(subject, said))


def write_dumps(slices: Iterable[list[str]], quads: Path, turtle: Path, base: str) -> Counts:
    """All slices of a graph to two files, ``graph.nq`` and ``graph.ttl``, and their counts."""
    with (
        quads.open("w", encoding="utf-8", newline="\n") as one,
        turtle.open("w", encoding="utf-8", newline="\n") as other,
    ):
        writer = DumpWriter(one, other, base)
        writer.head()
        for lines in slices:
            writer.write(lines)
    return writer.counts
