"""The report of a build: every input ends in it, with what was found or the reason for nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.conflicts import find_conflicts

if TYPE_CHECKING:
    from kg.errors import InputError
    from kg.model import Extraction
    from kg.validate import Validation

__all__ = ["Report"]


@dataclass(slots=True)
class Report:
    """What became of every input. ``documents``: one record each, those without facts with the reason; ``skipped``: the
    error of each input that is not in the graph; ``conflicts``: where a document contradicts itself; ``identities``:
    which names were taken for one person, and which not; ``validation``: what the check of the graph found, None where
    it was not run; ``run``: time, versions, settings."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[InputError] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    identities: list[dict[str, Any]] = field(default_factory=list)
    validation: Validation | None = None
    run: dict[str, Any] = field(default_factory=dict)
    triples: int = 0

    def add(self, extraction: Extraction) -> None:
        """The record of a document that was read, and its conflicts."""
        self.documents.append(_record(extraction))
        told = {"document": extraction.document.id, "source": extraction.document.source}
        self.conflicts += [{**told, **conflict.as_json()} for conflict in find_conflicts(extraction)]

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
            "validation": self.validation.as_json() if self.validation else None,
            "run": self.run,
        }

    def summary(self) -> str:
        totals = self.totals()
        facts = sum(totals["facts"].values())
        skipped = f", {len(self.skipped)} inputs skipped" if self.skipped else ""
        return f"kg: {facts} facts of {len(self.documents)} documents{skipped}, {self.triples} triples"


def _record(extraction: Extraction) -> dict[str, Any]:
    document = extraction.document
    facts = Counter(fact.type for fact in extraction.facts)
    mentions = Counter(mention.type.value for mention in extraction.mentions)
    return {
        "source": document.source,
        "id": document.id,
        "sha256": document.sha256,
        "format": document.format,
        "encoding": document.encoding,
        "kind": document.kind.value,
        "symbol": document.symbol,
        "date": document.date,
        "characters": len(document.text),
        "mentions": dict(sorted(mentions.items())),
        "facts": dict(sorted(facts.items())),
        "no_facts_because": None if facts else _why_no_facts(document.text, mentions),
    }


def _why_no_facts(text: str, mentions: Counter[str]) -> str:
    letters = sum(character.isalpha() for character in text)
    if not letters:
        return "it has no words"
    if sum("\u3400" <= character <= "\u9fff" for character in text) < letters / 5:
        return "it is not in Chinese"
    if not mentions:
        return "it names no state, body, mission, person, resolution, document, meeting or date that is known"
    return f"it has {sum(mentions.values())} mentions, but no sentence that states a fact of a known kind"
