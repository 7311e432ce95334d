"""A graph on its way to a store: parsed whole before anything is sent, then one named graph after the other.

Quads are sorted by graph in runs on disk, so that memory stays flat however big the graph is and whatever the order of
its file; a quad that stands there twice is sent once, or counts would not agree.
"""

from __future__ import annotations

import hashlib
import heapq
from dataclasses import dataclass
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING, Final

from kg.errors import GraphError
from kg.store import open_graph
from kg.store.stream import stream_quads
from kg.triples.text import split_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Piece", "Spool", "Upload"]

_RUN: Final = 100_000
_FAN: Final = 64
_MARK: Final = 1_000
_BLOCK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes ``start`` to ``end`` of a file, to be sent; may be read any number of times."""

    path: Path
    start: int
    end: int
    before: bytes = b""
    after: bytes = b""

    def __len__(self) -> int:
        return len(self.before) + self.end - self.start + len(self.after)

    def __iter__(self) -> Iterator[bytes]:
        if self.before:
            yield self.before
        left = self.end - self.start
        with self.path.open("rb") as file:
            file.seek(self.start)
            while left and (block := file.read(min(left, _BLOCK))):
                left -= len(block)
                yield block
        if self.after:
            yield self.after


@dataclass(frozen=True, slots=True)
class Upload:
    """One named graph as a file of N-Triples. ``graph``: its IRI, empty for the default graph. ``marks``: where every
    1,000th line begins. ``probes``: subjects to read back. ``blank``: the line of a first blank node."""

    graph: str
    path: Path
    triples: int
    marks: tuple[int, ...]
    probes: frozenset[str]
    blank: str

    def pieces(self, chunk: int | None) -> list[Piece]:
        """The whole file, or ``chunk`` triples a piece (a multiple of 1,000)."""
        size = self.path.stat().st_size
        starts = self.marks[:: (chunk or max(self.triples, _MARK)) // _MARK] if chunk else self.marks[:1]
        return [Piece(self.path, a, b) for a, b in zip(starts, [*starts[1:], size], strict=True)]

    def subjects(self, *, chosen: bool) -> Iterator[tuple[str, list[str]]]:
        """Subjects (in ``<...>``) with their triples: those chosen to be read back, or all; no blank nodes."""
        with self.path.open(encoding="utf-8", newline="\n") as file:
            for subject, lines in groupby((line.rstrip("\n") for line in file), key=_subject):
                if subject[0] == "<" and (not chosen or subject in self.probes):
                    yield subject, list(lines)


class Spool:
    """The quads of ``source`` (a built folder or a graph file), sorted in ``folder``.

    ``graph``: the IRI of the one graph to put all into. Raises `GraphError` for a source that is not there or does not
    parse, with the line.
    """

    def __init__(self, source: Path, folder: Path, graph: str | None, probes: int) -> None:
        self._folder = folder
        self._probes = probes
        self.graphs: set[str] = set()
        self._runs = _runs(self._keyed(_read(source), graph), folder)
        if not self.graphs:
            raise GraphError("holds no triples", where=str(source))

    def _keyed(self, quads: Iterable[tuple[str, str]], graph: str | None) -> Iterator[str]:
        for triple, name in quads:
            target = name.strip("<>") if graph is None else graph
            self.graphs.add(target)
            # no tab stands in a line of N-Triples: in literals it is written \t
            yield f"{target}\t{triple}\n"

    def uploads(self) -> Iterator[Upload]:
        """One named graph after the other, by name. A graph's file is gone when the next one is asked for."""
        seen: set[str] = set()
        with _opened(self._runs) as files:
            merged = (line for line, _ in groupby(heapq.merge(*files)))
            for graph, lines in groupby(merged, key=lambda line: line.partition("\t")[0]):
                path = self._folder / "graph.nt"
                yield self._write(graph, path, (line.partition("\t")[2] for line in lines), seen)
                path.unlink()

    def _write(self, graph: str, path: Path, lines: Iterable[str], seen: set[str]) -> Upload:
        """``seen``: kinds of literals that some probe covers already."""
        marks: list[int] = []
        count = size = 0
        blank = ""
        lowest: list[tuple[int, str]] = []  # a heap with the highest on top: keys are negative
        covering: set[str] = set()
        before = ""
        with path.open("wb") as file:
            for line in lines:
                data = line.encode("utf-8")
                if not count % _MARK:
                    marks.append(size)
                file.write(data)
                size += len(data)
                count += 1
                subject, kind = _subject(line), _kind(line)
                if not blank and (subject[0] == "_" or kind == "_"):
                    blank = line.rstrip("\n")
                if subject[0] == "_":
                    continue
                if kind not in seen:
                    seen.add(kind)
                    covering.add(subject)
                if subject != before:
                    before = subject
                    heapq.heappush(lowest, (-_lot(graph, subject), subject))
                    if len(lowest) > self._probes:
                        heapq.heappop(lowest)
        probes = frozenset({subject for _, subject in lowest} | covering)
        return Upload(graph, path, count, tuple(marks), probes, blank)


def _read(source: Path) -> Iterator[tuple[str, str]]:
    """Triples with the names of their graphs (``<...>`` or empty)."""
    if not source.is_dir():
        yield from stream_quads(source)
    elif (source / "graph.nq").is_file():
        yield from stream_quads(source / "graph.nq")
    else:
        for line in open_graph(source).quads():
            subject, predicate, object_, graph = split_line(line)
            yield f"{subject} {predicate} {object_} .", graph


def _runs(lines: Iterator[str], folder: Path) -> list[Path]:
    """Sorted files that hold all lines."""
    runs: list[Path] = []
    while run := list(islice(lines, _RUN)):
        runs.append(_run(folder, len(runs), sorted(set(run))))
    number = len(runs)
    while len(runs) > _FAN:  # not more files open than a system lets us have
        with _opened(runs[:_FAN]) as files:
            merged = _run(folder, number, heapq.merge(*files))
        for path in runs[:_FAN]:
            path.unlink()
        runs = [*runs[_FAN:], merged]
        number += 1
    return runs


def _run(folder: Path, number: int, lines: Iterable[str]) -> Path:
    path = folder / f"run-{number}"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
    return path


class _opened:  # noqa: N801 - used as a function
    """Files opened together, closed together."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths = paths
        self._files: list[IO[str]] = []

    def __enter__(self) -> list[IO[str]]:
        self._files = [path.open(encoding="utf-8", newline="\n") for path in self._paths]
        return self._files

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()


def _subject(line: str) -> str:
    return line.partition(" ")[0]


def _kind(line: str) -> str:
    """What an object is: ``<`` an IRI, ``_`` a blank node, a literal's datatype or language, or its being plain."""
    object_ = line.rstrip("\n").split(" ", 2)[2][:-2]
    return object_[0] if object_[0] in "<_" else object_[object_.rindex('"') :]


def _lot(graph: str, subject: str) -> int:
    """A subject's lot, the same in every run: a random choice that can be made again."""
    return int.from_bytes(hashlib.sha256(f"kg load {graph} {subject}".encode()).digest()[:8], "big")
