"""Parts on disk: gzip without a clock, a head line and one line an entry; whole, or not there."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.folder import replaced_file
from kg.ledger import Entry, Line, Record, entry_from_line, line_of, lines_behind_head

__all__ = ["PartHead", "part_entries", "part_head", "part_lines", "write_part"]

_SCHEMA: Final = 1
_DAMAGE = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class PartHead:
    """What a part is of (``key``: `kg.parts.plan.part_key`), how many entries and characters it holds, and the SHA-256
    of its entries' lines."""

    key: str
    entries: int
    characters: int
    sha256: str


def write_part(path: Path, key: str, entries: Iterable[Entry]) -> PartHead:
    """A part of sorted entries at ``path``. It does not live long, so it is compressed in the quickest way."""
    lines: list[bytes] = []
    characters = 0
    for entry in entries:
        lines.append(line_of(entry))
        characters += entry.document.characters if isinstance(entry, Record) else 0
    body = b"".join(lines)
    head = PartHead(key, len(lines), characters, hashlib.sha256(body).hexdigest())
    told: dict[str, Any] = {name: getattr(head, name) for name in PartHead.__slots__}
    first = json.dumps({"kg": "part", "schema_version": _SCHEMA, **told}).encode() + b"\n"
    with replaced_file(path) as fresh:
        fresh.write_bytes(gzip.compress(first + body, compresslevel=1, mtime=0))
    return head


def part_head(path: Path) -> PartHead | None:
    """The head of the part at ``path``; None where there is no whole part."""
    try:
        with gzip.open(path) as file:
            told = json.loads(file.readline())
            digest = hashlib.sha256()
            count = 0
            for line in file:
                digest.update(line)
                count += 1
        if (told.pop("kg"), told.pop("schema_version")) != ("part", _SCHEMA):
            return None
        head = PartHead(**told)
    except _DAMAGE:
        return None
    return head if (head.entries, head.sha256) == (count, digest.hexdigest()) else None


def part_entries(path: Path) -> Iterator[Entry]:
    """The entries of a whole part, sorted."""
    return map(entry_from_line, lines_behind_head(path))


def part_lines(path: Path) -> Iterator[Line]:
    """The same, not looked into."""
    return map(Line, lines_behind_head(path))
