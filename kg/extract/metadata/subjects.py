"""What a document is about, by the UNBIS Thesaurus: the headings that cataloguers gave it (``UNBIS Thesaurus``) and the
concepts that a machine found in it for its Sustainable Development Goals (``UNBIS``)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.metadata.record import quoted
from kg.model import Document, Evidence, StatedBy, Subject

__all__ = ["subjects"]

_CONCEPT = "http://metadata.un.org/thesaurus/"
_CONFIDENCE = {"UNBIS Thesaurus": 0.99}
_BY_MACHINE = 0.7


def subjects(document: Document) -> Iterator[Subject]:
    """One fact a concept, or a label without one, and scheme."""
    told: dict[tuple[str, str | None, str], list[Evidence]] = {}
    for item in document.metadata:
        label = item.get("showAs") or item.get("value")
        if item.name == "keyword" and label.strip():
            href = item.get("href")
            key = (" ".join(label.split()), href if href.startswith(_CONCEPT) else None, item.get("dictionary"))
            told.setdefault(key, []).append(quoted(document, item))
    for (label, concept, scheme), evidence in told.items():
        yield Subject(
            concept=concept,
            label=label,
            scheme=scheme,
            confidence=_CONFIDENCE.get(scheme, _BY_MACHINE),
            rule="metadata.subject",
            stated_by=StatedBy.METADATA,
            evidence=tuple(evidence),
        )
