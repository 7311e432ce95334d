"""Ledgers on disk: gzip without a clock, one line an entry, written and read as a stream."""

from __future__ import annotations

import gzip
import heapq
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeVar

from kg.config import Config
from kg.errors import ConfigError, GraphError
from kg.ledger.entries import Entry, Line, entry_from_line, key, line_of

__all__ = ["INPUTS", "JUDGEMENTS", "LEDGER", "Head", "Ledger", "lines_behind_head", "merge", "write_ledger"]

LEDGER: Final = "ledger"
"""The folder of the ledger in that of the graph."""
INPUTS: Final = "inputs.jsonl.gz"
JUDGEMENTS: Final = "judgements.csv"
_SCHEMA = 1
_LEVEL: Final = 4
"""Of compression: takes 40 % of the time of the highest one, for 7 % more bytes."""
_AGAIN = "kg build PATH... -o DIR builds it again"


@dataclass(frozen=True, slots=True)
class Head:
    """What all entries share: the program that read the documents (`kg.ledger.maker`), its trained pipeline (name,
    version, hash) and the settings."""

    maker: Mapping[str, str]
    pipeline: Mapping[str, Any]
    config: Config

    def as_json(self) -> dict[str, Any]:
        told = {"maker": dict(self.maker), "pipeline": dict(self.pipeline), "config": self.config.as_json()}
        return {"kg": "ledger", "schema_version": _SCHEMA, **told}


class Ledger:
    """The entries of a built folder, sorted by `key`, read anew at each loop."""

    def __init__(self, folder: Path) -> None:
        """Raises `GraphError` where there is none, or one of another schema."""
        self.path = path = folder / LEDGER / INPUTS
        try:
            self._stamp = _stamp(path)
            with gzip.open(path) as file:
                head = json.loads(file.readline())
            if head["kg"] != "ledger" or head["schema_version"] != _SCHEMA:
                raise GraphError("a ledger of another version of kg", where=str(path), remedy=_AGAIN)
            self.head = Head(head["maker"], head["pipeline"], Config(**head["config"]))
        except (FileNotFoundError, NotADirectoryError) as error:
            if not folder.is_dir():
                raise GraphError(
                    "no such graph", where=str(folder), remedy="kg build PATH... -o DIR makes one"
                ) from error
            raise GraphError(
                "no ledger of its documents, so it cannot be changed", where=str(folder), remedy=_AGAIN
            ) from error
        except _DAMAGE as error:
            raise self._damaged(error) from error

    def __iter__(self) -> Iterator[Entry]:
        """Raises `GraphError` where the file is damaged."""
        return (entry for _, entry in self.share())

    def share(self, number: int = 0, of: int = 1, start: int = 0) -> Iterator[tuple[int, Entry]]:
        """The entries whose places, counted from 0, leave the rest ``number`` when they are divided by ``of``, from
        ``start`` on, each with its place. Raises `GraphError` where the file is damaged."""
        try:
            for place, line in enumerate(lines_behind_head(self.path)):
                if place >= start and place % of == number:
                    yield place, entry_from_line(line)
        except _DAMAGE as error:
            raise self._damaged(error) from error

    def lines(self) -> Iterator[Line]:
        """The entries, not looked into. Raises `GraphError` where the file is damaged."""
        try:
            yield from map(Line, lines_behind_head(self.path))
        except _DAMAGE as error:
            raise self._damaged(error) from error

    def stands(self) -> bool:
        """Whether the file is still the one that was opened, and none that took its place."""
        try:
            return _stamp(self.path) == self._stamp
        except OSError:
            return False

    def _damaged(self, error: BaseException) -> GraphError:
        return GraphError(f"the ledger is damaged: {error}", where=str(self.path), remedy=_AGAIN)


def lines_behind_head(path: Path) -> Iterator[bytes]:
    """The lines of a gzipped file but the first."""
    with gzip.open(path) as file:
        file.readline()
        yield from file


def _stamp(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size


_DAMAGE = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, ConfigError)


def write_ledger(folder: Path, head: Head, entries: Iterable[Entry | Line]) -> Ledger:
    """The ledger of a folder, of sorted entries, one line each as they come; what comes twice is written once."""
    path = folder / LEDGER / INPUTS
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as file:
        file.write(f"{json.dumps(head.as_json(), ensure_ascii=False)}\n".encode())
        for _, same in groupby(entries, key):
            file.write(line_of(next(same)))
    return Ledger(folder)


_Any = TypeVar("_Any", bound=Entry | Line)


def merge(*parts: Iterable[_Any]) -> Iterator[_Any]:
    """Sorted entries of sorted parts."""
    return heapq.merge(*parts, key=key)
