"""What people marked in the lines of the parallel corpus: all persons, and the bodies that no list holds.

The text is not in the repository: a record holds the number of a line, the start of the SHA-256 of that line, and spans
in characters of the line as it stands in the file. Two tables in ``gold/``: ``persons.jsonl`` marks every name of a
person in all lines (names within the names of things apart: a prize, a foundation); ``bodies.jsonl`` marks named
missions and organizations that the scan did not know when they were marked (found by reading and by the capitals of
the English side; what an early model found besides was judged and added). Lines of documents that are not held out
serve as training labels, those of held-out documents as the test.

``optional``: neither asked for nor wrong (ministries, armies, parliaments, short names like 筹备委员会). ``or``: other
ends that count as the same span (荷兰莱顿大学 or 莱顿大学).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ConfigError
from kg.text import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.train.corpus import Line

__all__ = ["GoldSpan", "read_gold"]

_FOLDER = Path(__file__).parent / "gold"
TABLES = ("persons.jsonl", "bodies.jsonl")


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A marked span in characters of the line's normal form; ``also`` are other places that count as the same."""

    start: int
    end: int
    label: str
    optional: bool = False
    also: tuple[tuple[int, int], ...] = ()

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        return ((self.start, self.end), *self.also)


def read_gold(lines: list[Line], raw: list[str], folder: Path = _FOLDER) -> dict[int, list[GoldSpan]]:
    """Spans by number of line. ``raw``: the lines of the file, ``lines``: the same as read by `kg.train.corpus`.

    Raises `ConfigError` when a line is not the one that was marked.
    """
    found: dict[int, list[GoldSpan]] = {}
    for table in TABLES:
        for at, record in enumerate(_records(folder / table), start=1):
            number = record["line"]
            if number >= len(lines) or not lines[number].sha256.startswith(record["sha256"]):
                raise ConfigError(
                    f"line {number} of dev.zh is not the line that was marked",
                    where=f"{table}:{at}",
                    remedy="use the development set of the UN Parallel Corpus v1.0",
                )
            places = _normal_places(raw[number])
            for span in record["spans"]:
                start, end = _normal(places, span["start"], span["end"])
                also = tuple(_normal(places, *other) for other in span.get("or", ()))
                marked = GoldSpan(start, end, span["type"], span.get("optional", False), also)
                found.setdefault(number, []).append(marked)
    return found


def _records(path: Path) -> Iterable[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _normal_places(raw: str) -> list[int]:
    """For each character of the normal form its place in the raw line."""
    normal, to_raw = normalize(raw)
    return [to_raw(i) for i in range(len(normal))]


def _normal(places: list[int], start: int, end: int) -> tuple[int, int]:
    inside = [i for i, place in enumerate(places) if start <= place < end]
    return inside[0], inside[-1] + 1
