"""The files of a graph, written slice by slice: N-Quads, Turtle, and what is counted on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO, TypeAlias

from kg.triples.description import Counts
from kg.triples.turtle import TurtleWriter, subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Watch: TypeAlias = Callable[[str, dict[str, list[str]]], None]

__all__ = ["DumpWriter", "write_dumps"]


class DumpWriter:
    """Writes slices of a graph (`kg.triples.Slicer`) to open files, one after the other. ``counts``: of all written."""

    def __init__(self, quads: TextIO, turtle: TextIO, base: str, watch: Watch | None = None) -> None:
        """``watch`` is called with each subject and its objects by predicate."""
        self.counts = Counts()
        self._watch = watch
        self._quads, self._turtle = quads, turtle
        self._writer = TurtleWriter(base)

    def head(self) -> None:
        """What stands before the first slice."""
        self._turtle.writelines(self._writer.head())

    def write(self, lines: list[str]) -> None:
        """One slice."""
        self._quads.write("\n".join(lines) + "\n" if lines else "")
        block, count, watch = self._writer.block, self.counts.add, self._watch
        for subject, said in subjects(lines):
            count(said)
            self._turtle.write(block(subject, said))
            if watch:
                watch(subject, said)


def write_dumps(
    slices: Iterable[list[str]], quads: Path, turtle: Path, base: str, watch: Watch | None = None
) -> Counts:
    """All slices of a graph to two files, ``graph.nq`` and ``graph.ttl``, and their counts."""
    with (
        quads.open("w", encoding="utf-8", newline="\n") as one,
        turtle.open("w", encoding="utf-8", newline="\n") as other,
    ):
        writer = DumpWriter(one, other, base, watch)
        writer.head()
        for lines in slices:
            writer.write(lines)
    return writer.counts
