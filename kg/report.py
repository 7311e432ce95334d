"""The report of a build: every input ends in it, with what was found or the reason for nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.inputs import unread_parts

if TYPE_CHECKING:
    from kg.errors import InputError
    from kg.ledger import Record
    from kg.validate import Validation

__all__ = ["Report"]


@dataclass(slots=True)
class Report:
    """What became of every input. ``documents``: one record each, those without facts with the reason; ``skipped``: the
    error of each input that is not in the graph; ``conflicts``: where a document contradicts itself; ``identities``:
    which names were taken for one person, and which not; ``review``: what became of people's decisions
    (`kg.review.Replay.report`); ``validation``: what the check of the graph found, None where
    it was not run; ``run``: time, versions, settings."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[InputError] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    identities: list[dict[str, Any]] = field(default_factory=list)
    review: dict[str, Any] = field(default_factory=dict)
    validation: Validation | None = None
    run: dict[str, Any] = field(default_factory=dict)
    triples: int = 0

    def add(self, record: Record) -> None:
        """What is told of a document that was read: its facts, its conflicts, and what of it was left out."""
        self.documents.append(_told(record))
        told = {"document": record.document.id, "source": record.document.source}
        self.conflicts += [{**told, **conflict} for conflict in record.conflicts]
        self.skipped += unread_parts(record.document.source, record.unread)

    def totals(self) -> dict[str, Any]:
        facts: Counter[str] = Counter()
        mentions: Counter[str] = Counter()
        for record in self.documents:
            facts.update(record["facts"])
            mentions.update(record["mentions"])
        return {
            "documents": len(self.documents),
            "skipped": len(self.skipped),
            "characters": sum(record["characters"] for record in self.documents),
            "facts": dict(sorted(facts.items())),
            "mentions": dict(sorted(mentions.items())),
            "conflicts": len(self.conflicts),
            "triples": self.triples,
        }

    def as_json(self) -> dict[str, Any]:
        return {
            "kg": "report",
            "schema_version": 1,
            "totals": self.totals(),
            "documents": self.documents,
            "skipped": [
                {"source": error.where, "kind": type(error).__name__.removesuffix("Error"), "reason": str(error)}
                for error in self.skipped
            ],
            "conflicts": self.conflicts,
            "identities": self.identities,
            "review": self.review,
            "validation": self.validation.as_json() if self.validation else None,
            "run": self.run,
        }

    def summary(self) -> str:
        totals = self.totals()
        facts = sum(totals["facts"].values())
        skipped = f", {len(self.skipped)} inputs skipped" if self.skipped else ""
        return f"kg: {facts} facts of {len(self.documents)} documents{skipped}, {self.triples} triples"


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
