"""Read the tables of `kg.gazetteer` from their CSV files.

A file is UTF-8 with LF and a header; lists in a cell are joined by ``|``; records stand in the order of their ids.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg.errors import GazetteerError
from kg.gazetteer.entries import Entry, Format, Gazetteer, NotName
from kg.model import MentionType

__all__ = ["COLUMNS", "Entry", "load_gazetteer", "read_tables"]

COLUMNS = (
    "id",
    "zh",
    "en",
    "zh_formal",
    "en_formal",
    "aliases",
    "weak_aliases",
    "kind",
    "start",
    "end",
    "established_by",
    "parent",
    "states",
    "iso2",
    "m49",
    "wikidata",
    "unbis",
    "source",
)
"""The header of every table of entries."""

_DATA = Path(__file__).parent / "data"
_TYPES = {
    "states.csv": MentionType.STATE,
    "missions.csv": MentionType.MISSION,
    "organizations.csv": MentionType.ORGANIZATION,
    "posts.csv": MentionType.POST,
}
_MISSION_KINDS = frozenset({"non-un-mission"})  # 非索特派团 stands with its parent's bodies but reads as a mission


@cache
def load_gazetteer() -> Gazetteer:
    """The tables that come with the package, read once."""
    return read_tables(_DATA)


def read_tables(folder: Path) -> Gazetteer:
    """Read the tables of ``folder``. Raises `GazetteerError` with file and line for a table that cannot be read.

    This is shape only; `kg.gazetteer.check` looks at what the tables say.
    """
    entries = [
        _entry(row, type_, where) for name, type_ in _TYPES.items() for where, row in _rows(folder / name, COLUMNS)
    ]
    holders = [_entry(row, MentionType.ORGANIZATION, where) for where, row in _rows(folder / "holders.csv", COLUMNS)]
    formats = [
        Format(row["name"], row["format"] or None, row["level"] or None)
        for _, row in _rows(folder / "formats.csv", ("name", "format", "level"))
    ]
    decoys = [_not_name(row, where) for where, row in _rows(folder / "not_names.csv", ("name", "type", "reason"))]
    return Gazetteer(tuple(entries), tuple(holders), tuple(formats), tuple(decoys))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"cannot be read: {error}", where=path.name) from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(lines, [])
    if tuple(header) != columns:
        odd = [c for c in header if c not in columns] or [c for c in columns if c not in header] or header
        raise GazetteerError(
            f"unknown, missing or misplaced columns: {', '.join(odd)}",
            where=f"{path.name}:1",
            remedy=f"the header is {','.join(columns)}",
        )
    for row in lines:
        where = f"{path.name}:{lines.line_num}"
        if len(row) != len(columns):
            raise GazetteerError(f"{len(row)} cells, not {len(columns)}", where=where)
        yield where, dict(zip(columns, row, strict=True))


def _entry(row: dict[str, str], type_: MentionType, where: str) -> Entry:
    missing = [column for column in ("id", "zh", "en", "kind", "source") if not row[column]]
    if missing:
        raise GazetteerError(f"empty {', '.join(missing)}", where=where)
    return Entry(
        id=row["id"],
        type=MentionType.MISSION if row["kind"] in _MISSION_KINDS else type_,
        zh=row["zh"],
        en=row["en"],
        zh_formal=row["zh_formal"] or None,
        en_formal=row["en_formal"] or None,
        aliases=_list(row["aliases"]),
        weak_aliases=_list(row["weak_aliases"]),
        kind=row["kind"],
        start=row["start"] or None,
        end=row["end"] or None,
        established_by=row["established_by"] or None,
        parent=row["parent"] or None,
        states=_list(row["states"]),
        iso2=row["iso2"] or None,
        m49=row["m49"] or None,
        wikidata=row["wikidata"] or None,
        unbis=row["unbis"] or None,
        source=row["source"],
    )


def _not_name(row: dict[str, str], where: str) -> NotName:
    try:
        return NotName(row["name"], MentionType(row["type"]), row["reason"])
    except ValueError as error:
        raise GazetteerError(str(error), where=where) from error


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
