"""The files of a graph, written from its sorted blocks (`Slicer`): N-Quads, Turtle, and counts made on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kg.triples.blocks import subjects
from kg.triples.description import Counts
from kg.triples.turtle import TurtleWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    Watch: TypeAlias = Callable[[str, dict[str, list[str]]], None]

__all__ = ["Watch", "write_quads", "write_turtle"]


def write_quads(slices: Iterable[list[bytes]], path: Path) -> Iterator[bytes]:
    """Each slice is written to ``path`` as it comes, and its blocks are given on."""
    with path.open("wb") as file:
        for blocks in slices:
            if blocks:
                file.write(b"\n".join(blocks))
                file.write(b"\n")
            yield from blocks


def write_turtle(blocks: Iterable[bytes], path: Path, base: str, watches: Sequence[Watch] = ()) -> Counts:
    """Turtle of the sorted blocks of a graph as they are written here, and their counts. ``watches`` are called with
    each subject and its objects by predicate."""
    counts = Counts()
    writer = TurtleWriter(base)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(writer.head())
        for subject, said in subjects(map(bytes.decode, blocks)):
            counts.add(said)
            file.write(writer.block(subject, said))
            for watch in watches:
                watch(subject, said)
    return counts
