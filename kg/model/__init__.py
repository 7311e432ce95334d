"""The nouns: what a document is, what is mentioned in it, what it states, and the words that say so.

Everything here is frozen and knows nothing of files, spaCy or RDF. Offsets are half-open and count Unicode code
points of the document's *canonical text* (layout removed: wrapped lines joined, link lines and footnotes lifted out)
unless a name says ``file_``. Dates are ISO strings as precise as the text: ``2020``, ``2020-01`` or ``2020-01-31``,
calendar days in New York. Countries are ISO 3166-1 alpha-3.
"""

from __future__ import annotations

from kg.model.document import (
    Document,
    DocumentKind,
    Link,
    Mention,
    MentionType,
    Metadatum,
    OffsetMap,
    Paragraph,
    Section,
    Unread,
    page_at,
)
from kg.model.extraction import Extraction
from kg.model.facts import (
    FACT_TYPES,
    Adoption,
    Appointment,
    Briefing,
    Chairing,
    Citation,
    Committee,
    Credential,
    Evidence,
    Fact,
    Letter,
    MandateDecision,
    Meeting,
    Modality,
    Participant,
    Presidency,
    PressStatement,
    StatedBy,
    Status,
    Subject,
    Vote,
)
from kg.model.from_json import fact_from_json, mention_from_json
from kg.model.views import DocumentView, ExtractionView

__all__ = [
    "FACT_TYPES",
    "Adoption",
    "Appointment",
    "Briefing",
    "Chairing",
    "Citation",
    "Committee",
    "Credential",
    "Document",
    "DocumentKind",
    "DocumentView",
    "Evidence",
    "Extraction",
    "ExtractionView",
    "Fact",
    "Letter",
    "Link",
    "MandateDecision",
    "Meeting",
    "Mention",
    "MentionType",
    "Metadatum",
    "Modality",
    "OffsetMap",
    "Paragraph",
    "Participant",
    "Presidency",
    "PressStatement",
    "Section",
    "StatedBy",
    "Status",
    "Subject",
    "Unread",
    "Vote",
    "fact_from_json",
    "mention_from_json",
    "page_at",
]
