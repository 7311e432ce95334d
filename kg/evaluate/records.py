"""Records: reading JSON Lines and laying gold and prediction side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import InputError, UnreadableInputError
from kg.evaluate.facts import FIELDS
from kg.model import MentionType

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Pair", "Place", "pairs", "read_records"]

Json = Mapping[str, Any]
MENTION_TYPES = tuple(kind.value for kind in MentionType)


class Place(NamedTuple):
    """Where a record belongs: the document's id, the line of its file (0-based), or both."""

    document: str | None
    line: int | None


class Pair(NamedTuple):
    """What is said of one place. ``predicted`` is None where no prediction was made; ``types`` are those to score."""

    place: Place
    gold: Json
    predicted: Json | None
    types: frozenset[str]


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, blank lines left out.

    Raises:
        UnreadableInputError: the system refuses the file.
        InputError: a line is not a JSON object.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInputError(str(error), where=str(path)) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"not JSON: {error.msg}", where=f"{path}, line {number}") from error
        if not isinstance(record, dict):
            raise InputError("not a JSON object", where=f"{path}, line {number}", remedy="one object a line")
        yield record


def pairs(gold: Iterable[Json], predicted: Iterable[Json]) -> Iterator[Pair]:
    """Each gold record with its prediction, in the order of the gold.

    A gold record without a document stands for that line of the one predicted document. A record with ``"gold"`` is a
    heading: its ``"lines": [start, stop, step]`` are lines of which the gold is complete even where it has no record
    (nothing is there); its ``"types"`` hold for those.
    """
    found: dict[Place, Json] = {}
    for record in predicted:
        place = _place(record)
        if place in found:
            raise InputError(f"two predictions for {_name(place)}", remedy="give each document its own line")
        found[place] = record
    by_line = {} if len({p.document for p in found}) > 1 else {p.line: r for p, r in found.items()}
    seen: set[Place] = set()
    headings = []
    for record in gold:
        if "gold" in record:
            headings.append(record)
            continue
        place = _place(record)
        if place in seen:
            raise InputError(f"two gold records for {_name(place)}")
        seen.add(place)
        prediction = by_line.get(place.line) if place.document is None else found.get(place)
        yield Pair(place, record, prediction, _types(record))
    for heading in headings:
        start, stop, step = heading.get("lines", (0, 0, 1))
        for line in range(start, stop, step):
            place = Place(None, line)
            if place not in seen:
                yield Pair(place, {"mentions": [], "facts": []}, by_line.get(line), _types(heading))


def _place(record: Json) -> Place:
    document = record.get("document")
    name = document.get("id") if isinstance(document, Mapping) else document
    place = Place(name, record.get("line"))
    if place == Place(None, None):
        raise InputError("a record names neither its document nor its line", remedy='add "document" or "line"')
    return place


def _name(place: Place) -> str:
    parts = [f"document {place.document}" if place.document else "", "" if place.line is None else f"line {place.line}"]
    return ", ".join(part for part in parts if part)


def _types(record: Json) -> frozenset[str]:
    if "types" in record:
        types = frozenset(record["types"])
        if unknown := sorted(types - {*MENTION_TYPES, *FIELDS}):
            raise InputError(f"unknown types in the gold: {', '.join(unknown)}")
        return types
    return frozenset((*(MENTION_TYPES if "mentions" in record else ()), *(FIELDS if "facts" in record else ())))
