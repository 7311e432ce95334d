"""The lines of a ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from kg import errors
from kg.errors import InputError
from kg.ledger.record import Record

__all__ = ["Entry", "Line", "Skipped", "entry_from_line", "key", "line_of"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be used: its name and the reason."""

    source: str
    error: InputError

    def as_json(self) -> dict[str, Any]:
        error = self.error
        told = {"kind": type(error).__name__, "what": error.what, "where": error.where, "remedy": error.remedy}
        return {"source": self.source, "error": told}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Skipped:
        """What `as_json` wrote. Raises `KeyError` or `ValueError` for anything else."""
        told = value["error"]
        kind = getattr(errors, told["kind"], None)
        if not (isinstance(kind, type) and issubclass(kind, InputError)):
            raise ValueError(f"no kind of error: {told['kind']}")
        return cls(value["source"], kind(told["what"], where=told["where"], remedy=told["remedy"]))


Entry: TypeAlias = Record | Skipped


class Line:
    """An entry as `line_of` wrote it, of which no more is known than its `key`: enough to pass it on."""

    __slots__ = ("key", "line")

    def __init__(self, line: bytes) -> None:
        """Raises as `entry_from_line`."""
        self.line = line
        text = line.decode("utf-8", "surrogatepass")
        if text.startswith(_RECORD):  # the card comes first and the fingerprint last: what lies between stays unread
            card, _ = _DECODER.raw_decode(text, len(_RECORD))
            last = text.rindex(_FINGERPRINT) + len(_FINGERPRINT)
            self.key: tuple[str, str, str] = card["source"], card["sha256"], text[last : text.index('"', last)]
        else:
            self.key = key(entry_from_line(line))


_RECORD: Final = '{"record":{"document":'
_FINGERPRINT: Final = ',"fingerprint":"'
_DECODER: Final = json.JSONDecoder()


def key(entry: Entry | Line) -> tuple[str, str, str]:
    """What an entry is sorted by; two with the same key are the same input given twice."""
    if isinstance(entry, Line):
        return entry.key
    if isinstance(entry, Record):
        return entry.document.source, entry.document.sha256, entry.fingerprint
    return entry.source, "", f"{type(entry.error).__name__} {entry.error}"


def line_of(entry: Entry | Line) -> bytes:
    """One line of JSON, with its end. UTF-8, but for halves of surrogate pairs, which stay what they are."""
    if isinstance(entry, Line):
        return entry.line
    kind = "record" if isinstance(entry, Record) else "skipped"
    text = json.dumps({kind: entry.as_json()}, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode("utf-8", "surrogatepass")


def entry_from_line(line: bytes) -> Entry:
    """The entry that `line_of` wrote. Raises `KeyError`, `ValueError` or `TypeError` for anything else."""
    value = json.loads(line.decode("utf-8", "surrogatepass"))
    return Record.from_json(value["record"]) if "record" in value else Skipped.from_json(value["skipped"])
