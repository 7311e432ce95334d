"""The lines of a ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from kg import errors
from kg.errors import InputError
from kg.ledger.record import Record

__all__ = ["Entry", "Skipped", "entry_from_line", "key", "line_of"]


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


def key(entry: Entry) -> tuple[str, str, str]:
    """What an entry is sorted by; two with the same key are the same input given twice."""
    if isinstance(entry, Record):
        return entry.document.source, entry.document.sha256, entry.fingerprint
    return entry.source, "", f"{type(entry.error).__name__} {entry.error}"


def line_of(entry: Entry) -> bytes:
    """One line of JSON, with its end. UTF-8, but for halves of surrogate pairs, which stay what they are."""
    kind = "record" if isinstance(entry, Record) else "skipped"
    text = json.dumps({kind: entry.as_json()}, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode("utf-8", "surrogatepass")


def entry_from_line(line: bytes) -> Entry:
    """The entry that `line_of` wrote. Raises `KeyError`, `ValueError` or `TypeError` for anything else."""
    value = json.loads(line.decode("utf-8", "surrogatepass"))
    return Record.from_json(value["record"]) if "record" in value else Skipped.from_json(value["skipped"])
