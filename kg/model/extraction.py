"""All that was read in one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.model.document import Document, Mention
from kg.model.facts import Fact

__all__ = ["Extraction"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one document: its mentions and facts in the order of the text."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The contract's object for ``kg extract``."""
        document = self.document
        return {
            "document": {
                "id": document.id,
                "source": document.source,
                "kind": document.kind.value,
                "symbol": document.symbol,
                "date": document.date,
                "language": document.language,
                "sha256": document.sha256,
            },
            "mentions": [m.as_json() for m in self.mentions],
            "facts": [f.as_json() for f in self.facts],
        }
