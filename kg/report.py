"""The report of a build: every input ends in it, with what was found or the reason for nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.inputs import unread_parts

if TYPE_CHECKING:
    from kg.errors import InputError
    from kg.ledger import Record
    from kg.link.judgements import Judgement
    from kg.validate import Validation

__all__ = ["Report"]


@dataclass(slots=True)
class Report:
    """What became of every input. ``skipped``: the error of each input that is not in the graph; ``conflicts``: where a
    document contradicts itself; ``identities``: which names were taken for one person, and which not; ``review``: what
    became of people's decisions (`kg.review.Replay.report`); ``validation``: what the check of the graph found, None
    where it was not run; ``run``: time, versions, settings."""

    skipped: list[InputError] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    identities: Sequence[Judgement] = ()
    review: dict[str, Any] = field(default_factory=dict)
    validation: Validation | None = None
    run: dict[str, Any] = field(default_factory=dict)
    triples: int = 0
    _documents: list[str] = field(default_factory=list)  # in JSON, which takes a third of the room
    _characters: int = 0
    _facts: Counter[str] = field(default_factory=Counter)
    _mentions: Counter[str] = field(default_factory=Counter)

    @property
    def documents(self) -> list[dict[str, Any]]:
        """One record each, those without facts with the reason."""
        return list(map(json.loads, self._documents))

    def add(self, record: Record) -> None:
        """What is told of a document that was read: its facts, its conflicts, and what of it was left out."""
        one = _told(record)
        self._documents.append(_line(one))
        self._characters += one["characters"]
        self._facts.update(one["facts"])
        self._mentions.update(one["mentions"])
        told = {"document": record.document.id, "source": record.document.source}
        self.conflicts += [{**told, **conflict} for conflict in record.conflicts]
        self.skipped += unread_parts(record.document.source, record.unread)

    def totals(self) -> dict[str, Any]:
        return {
            "documents": len(self._documents),
            "skipped": len(self.skipped),
            "characters": self._characters,
            "facts": dict(sorted(self._facts.items())),
            "mentions": dict(sorted(self._mentions.items())),
            "conflicts": len(self.conflicts),
            "triples": self.triples,
        }

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        return json.loads("".join(self.pieces()))  # type: ignore[no-any-return]

    def pieces(self) -> Iterator[str]:
        """JSON in pieces, to be written one after the other: an entry of a list takes one line."""
        lists: dict[str, Iterable[str]] = {
            "documents": self._documents,
            "skipped": map(_line, map(_refused, self.skipped)),
            "conflicts": map(_line, self.conflicts),
            "identities": (_line(judgement.as_json()) for judgement in self.identities),
        }
        yield f'{{\n  "kg": "report",\n  "schema_version": 1,\n  "totals": {_block(self.totals())}'
        for name, lines in lists.items():
            yield f',\n  "{name}": ['
            between = "\n    "
            for line in lines:
                yield f"{between}{line}"
                between = ",\n    "
            yield "]" if between == "\n    " else "\n  ]"
        validation = self.validation.as_json() if self.validation else None
        for name, told in (("review", self.review), ("validation", validation), ("run", self.run)):
            yield f',\n  "{name}": {_block(told)}'
        yield "\n}\n"

    def summary(self) -> str:
        facts = self._facts.total()
        skipped = f", {len(self.skipped)} inputs skipped" if self.skipped else ""
        return f"kg: {facts} facts of {len(self._documents)} documents{skipped}, {self.triples} triples"


def _line(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False)


def _block(told: Any) -> str:
    """In lines, inside an object."""
    return json.dumps(told, ensure_ascii=False, indent=2).replace("\n", "\n  ")


def _refused(error: InputError) -> dict[str, Any]:
    return {"source": error.where, "kind": type(error).__name__.removesuffix("Error"), "reason": str(error)}


def _told(record: Record) -> dict[str, Any]:
    card = record.document
    facts = Counter(fact.type for fact in record.facts)
    return {
        "source": card.source,
        "id": card.id,
        "sha256": card.sha256,
        "format": card.format,
        "encoding": card.encoding,
        "kind": card.kind.value,
        "symbol": card.symbol,
        "date": card.date,
        "characters": card.characters,
        "mentions": dict(record.counted),
        "facts": dict(sorted(facts.items())),
        "no_facts_because": record.no_facts_because,
    }
