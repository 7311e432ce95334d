"""Which inputs are read together, and what tells one reading from another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from kg.errors import InputError
from kg.inputs import Input
from kg.ledger import Head

__all__ = ["Part", "Task", "deal", "part_key"]

_MOST = 64
"""Inputs of a part, and parts of a reading that is smaller than the square of it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What all parts of a reading share: program, model and settings, and the encoding (None: found by itself)."""

    head: Head
    encoding: str | None = None

    def key(self, inputs: Iterable[Input]) -> str:
        """16 hexadecimal digits that tell this reading of inputs of these names from all others."""
        return _hash(self.head.as_json(), self.encoding, [item.source for item in inputs])[:16]


@dataclass(frozen=True, slots=True)
class Part:
    """Inputs that are read together. ``number`` counts from 0; ``piece`` does where a part had to be taken apart."""

    number: int
    inputs: tuple[Input, ...]
    piece: int | None = None

    @property
    def name(self) -> str:
        """Of its file."""
        piece = "" if self.piece is None else f".{self.piece:03d}"
        return f"part-{self.number:05d}{piece}.jsonl.gz"

    def pieces(self) -> list[Part]:
        """Its inputs, each by itself."""
        return [Part(self.number, (item,), at) for at, item in enumerate(self.inputs)]


def deal(inputs: Iterable[Input]) -> list[Part]:
    """Sorted inputs in parts, a function of the inputs alone. Those of one name stay together, so that the entries of
    the parts, one part after the other, are sorted."""
    groups = [tuple(group) for _, group in groupby(inputs, lambda item: item.source)]
    size = min(_MOST, len(groups) // _MOST + 1)
    runs = (groups[at : at + size] for at in range(0, len(groups), size))
    return [Part(number, tuple(item for group in run for item in group)) for number, run in enumerate(runs)]


def part_key(task: Task, inputs: Iterable[Input]) -> str:
    """A hash of all that the entries of a part depend on, the bytes of its inputs among it."""
    return _hash(task.head.as_json(), task.encoding, [[item.source, _stamp(item)] for item in inputs])


def _stamp(item: Input) -> str:
    """A hash of what is read in an input, or why nothing can be."""
    try:
        if item.path is not None and not item.inside:
            with item.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        said = "" if item.row is None else repr(item.row._replace(text=""))
        return hashlib.sha256(item.load()).hexdigest() + said
    except (OSError, InputError) as error:
        return str(error)


def _hash(*what: object) -> str:
    text = json.dumps(what, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
