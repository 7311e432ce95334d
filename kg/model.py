"""The nouns: what a document is, what is mentioned in it, what it states, and the words that say so.

Everything here is frozen and knows nothing of files, spaCy or RDF. Offsets are half-open and count Unicode code
points of the document's *canonical text* (layout removed: wrapped lines joined, link lines and footnotes lifted out)
unless a name says ``file_``. Dates are ISO strings as precise as the text: ``2020``, ``2020-01`` or ``2020-01-31``,
calendar days in New York. Countries are ISO 3166-1 alpha-3.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar

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
    "Evidence",
    "Extraction",
    "Fact",
    "Letter",
    "Link",
    "MandateDecision",
    "Meeting",
    "Mention",
    "MentionType",
    "Modality",
    "OffsetMap",
    "Paragraph",
    "Presidency",
    "PressStatement",
    "Section",
    "Status",
    "Vote",
]


class MentionType(StrEnum):
    """Types of mention, as the contract names them."""

    STATE = "State"
    MISSION = "Mission"
    ORGANIZATION = "Organization"
    OFFICIAL = "Official"
    POST = "Post"
    RESOLUTION = "Resolution"
    DOCUMENT = "Document"
    MEETING = "Meeting"
    DATE = "Date"


class Modality(StrEnum):
    """How a document says something: a concept note plans, an assessment asserts or reports."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    PROPOSED = "proposed"
    RECALLED = "recalled"
    REPORTED = "reported"
    NEGATED = "negated"


class Status(StrEnum):
    """Whether a meeting, and what was done at it, has happened by the document's account."""

    PLANNED = "planned"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class DocumentKind(StrEnum):
    """What a document is."""

    LETTER = "letter"
    RESOLUTION = "resolution"
    PRESIDENTIAL_STATEMENT = "presidential-statement"
    PRESS_STATEMENT = "press-statement"
    RECORD = "meeting-record"
    AGENDA = "agenda"
    REPORT = "report"
    NOTE = "note"
    NEWS = "news"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """A piecewise map from one text's offsets to another's.

    ``starts[i]`` in the derived text stands for ``targets[i]`` in the original; inside a piece both run in step.
    """

    starts: tuple[int, ...]
    targets: tuple[int, ...]

    def __call__(self, offset: int) -> int:
        """Place in the original of the character at ``offset`` of the derived text."""
        i = bisect_right(self.starts, offset) - 1
        if i < 0:
            return offset
        return self.targets[i] + offset - self.starts[i]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span of the original that covers derived ``[start, end)``."""
        if end <= start:
            place = self(start)
            return place, place
        return self(start), self(end - 1) + 1

    @classmethod
    def identity(cls) -> OffsetMap:
        return cls((0,), (0,))

    @classmethod
    def of(cls, positions: list[int]) -> OffsetMap:
        """From one original offset per derived character (neighbours run into pieces)."""
        starts: list[int] = []
        targets: list[int] = []
        expected = None
        for i, position in enumerate(positions):
            if position != expected:
                starts.append(i)
                targets.append(position)
            expected = position + 1
        return cls(tuple(starts), tuple(targets))


@dataclass(frozen=True, slots=True)
class Link:
    """A web address printed on a line of its own; ``at`` is its place in the canonical text."""

    url: str
    at: int
    file_start: int
    file_end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of canonical text ``[start, end)``.

    ``role``: ``prose`` ``heading`` ``title`` ``letterhead`` ``signature`` ``footnote`` ``bullet``; ``number`` as
    printed (``3``, ``(a)``, ``一``) or None; ``section`` is the index of its section in ``Document.sections``;
    ``indent`` counts the blanks before it in the file. Reading sets ``prose`` and ``footnote`` only; structure tells the rest.
    """

    start: int
    end: int
    role: str
    number: str | None = None
    section: int = 0
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the heading tree: ``parent`` is an index into ``Document.sections`` (None at the root).

    ``kind``: ``body`` (the letter or document itself), ``annex``, or ``section`` under a heading.
    """

    title: str
    level: int
    parent: int | None
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read and structured.

    ``text`` is the canonical text, one paragraph a line; ``to_file`` maps its offsets to the decoded file (code points,
    byte order mark not counted). ``sha256`` is that of the file's bytes.
    """

    id: str
    source: str
    sha256: str
    text: str
    to_file: OffsetMap
    encoding: str
    kind: DocumentKind = DocumentKind.OTHER
    symbol: str | None = None
    date: str | None = None
    title: str | None = None
    language: str = "zh"
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    page_starts: tuple[int, ...] = ()

    def page(self, offset: int) -> int | None:
        """Printed page (1-based) of a canonical offset, or None where the file has no pages."""
        if not self.page_starts:
            return None
        return bisect_right(self.page_starts, offset)

    def headings(self, section: int) -> tuple[str, ...]:
        """Titles from the outermost heading down to ``section``, annex and body left out."""
        titles: list[str] = []
        at: int | None = section
        while at is not None:
            node = self.sections[at]
            if node.kind == "section":
                titles.append(node.title)
            at = node.parent
        return tuple(reversed(titles))


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed span of canonical text; ``id`` as the contract's table says, or None."""

    type: MentionType
    start: int
    end: int
    text: str
    id: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"type": self.type.value, "start": self.start, "end": self.end, "text": self.text, "id": self.id}


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words that say it: ``quote`` is exactly ``text[start:end]``."""

    start: int
    end: int
    quote: str
    page: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "quote": self.quote, "page": self.page}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What a document states. Subclasses hold the fields of the contract, in its order.

    ``rule`` names the rule that found it; ``confidence`` is the share of that rule's facts found true when checked.
    """

    type: ClassVar[str]

    modality: Modality = Modality.ASSERTED
    confidence: float = 0.95
    rule: str = ""
    evidence: tuple[Evidence, ...] = ()

    def values(self) -> dict[str, Any]:
        """The fields of the contract for this type, in order, without modality, confidence, rule and evidence."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _COMMON}

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"type": self.type}
        for name, value in self.values().items():
            if isinstance(value, tuple):
                value = list(value)
            elif isinstance(value, StrEnum):
                value = value.value
            out[name] = value
        out["modality"] = self.modality.value
        out["confidence"] = self.confidence
        out["rule"] = self.rule
        out["evidence"] = [e.as_json() for e in self.evidence]
        return out

    def key(self) -> str:
        """Content hash (16 hex digits of SHA-256) over type, fields and modality: two documents that state the same
        thing give the same key, whatever words they use."""
        record = {"type": self.type, "modality": self.modality.value, **self.values()}
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


_COMMON = frozenset({"modality", "confidence", "rule", "evidence"})


@dataclass(frozen=True, kw_only=True)
class Letter(Fact):
    """``recipient`` and ``sender_role`` as printed."""

    type = "letter"
    date: str | None = None
    state: str | None = None
    sender_role: str | None = None
    signatory: str | None = None
    recipient: str | None = None


@dataclass(frozen=True, kw_only=True)
class Presidency(Fact):
    """``month``: ``2020-01``."""

    type = "presidency"
    state: str
    month: str


@dataclass(frozen=True, kw_only=True)
class Meeting(Fact):
    """``format``: open-debate debate briefing consultations private-meeting informal-interactive-dialogue arria-formula
    summit meeting. ``level``: ministerial high-level summit. ``record`` like ``S/PV.7857``; ``body`` like ``UN-SC``.

    ``topic``: what it was about, as printed (关于…的通报会) or by the heading above; ``time``: ``08:00`` in New York;
    ``meeting``: the key by which chairings, briefings and adoptions of the same document name this meeting."""

    type = "meeting"
    date: str | None = None
    end_date: str | None = None
    number: str | None = None
    format: str | None = None
    level: str | None = None
    theme: str | None = None
    agenda_item: str | None = None
    status: Status = Status.UNKNOWN
    record: str | None = None
    body: str | None = None
    topic: str | None = None
    time: str | None = None
    meeting: str | None = None


@dataclass(frozen=True, kw_only=True)
class Chairing(Fact):
    """Who presides: ``capacity`` as printed, without the state and without the Council's presidency."""

    type = "chairing"
    date: str | None = None
    meeting_number: str | None = None
    format: str | None = None
    body: str | None = None
    state: str | None = None
    person: str | None = None
    capacity: str | None = None
    status: Status = Status.UNKNOWN
    meeting: str | None = None


@dataclass(frozen=True, kw_only=True)
class Briefing(Fact):
    """``organization`` is an Organization, Mission or State id; ``topic`` and ``audience`` as printed."""

    type = "briefing"
    date: str | None = None
    meeting_number: str | None = None
    format: str | None = None
    person: str | None = None
    capacity: str | None = None
    organization: str | None = None
    topic: str | None = None
    audience: str | None = None
    status: Status = Status.UNKNOWN
    meeting: str | None = None


@dataclass(frozen=True, kw_only=True)
class Adoption(Fact):
    """``instrument``: ``S/RES/2507(2020)`` or ``S/PRST/2020/1``; counts of Council members."""

    type = "adoption"
    instrument: str
    date: str | None = None
    meeting_number: str | None = None
    body: str | None = None
    in_favour: int | None = None
    against: int | None = None
    abstaining: int | None = None
    not_participating: int | None = None
    unanimous: bool | None = None
    written_vote: bool | None = None
    meeting: str | None = None


@dataclass(frozen=True, kw_only=True)
class Vote(Fact):
    """``value``: yes no abstain absent."""

    type = "vote"
    instrument: str
    state: str
    value: str
    veto: bool = False


@dataclass(frozen=True, kw_only=True)
class MandateDecision(Fact):
    """``action``: establish extend rollover modify reauthorize terminate. ``instrument`` None for a decision by letter.
    ``until`` as printed, or computed from ``duration`` (ISO 8601, ``P6M``), which the rule's name then says."""

    type = "mandate_decision"
    instrument: str | None = None
    paragraph: str | None = None
    action: str
    holder: str | None = None
    holder_label: str | None = None
    until: str | None = None
    duration: str | None = None
    basis: tuple[str, ...] = ()
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Citation(Fact):
    """``relation``: recalls reaffirms pursuant-to extends modifies terminates established-by cites."""

    type = "citation"
    cited: str
    relation: str = "cites"
    cited_paragraph: str | None = None


@dataclass(frozen=True, kw_only=True)
class Appointment(Fact):
    """``status``: intends appointed proposed."""

    type = "appointment"
    person: str | None = None
    nationality: str | None = None
    post: str | None = None
    organization: str | None = None
    status: str | None = None
    date: str | None = None


@dataclass(frozen=True, kw_only=True)
class Credential(Fact):
    """A person who will represent a state at a meeting."""

    type = "credential"
    person: str | None = None
    state: str | None = None
    meeting_number: str | None = None
    meeting_date: str | None = None
    capacity: str | None = None


@dataclass(frozen=True, kw_only=True)
class Committee(Fact):
    """A body set up by a resolution (第1970(2011)号决议所设委员会)."""

    type = "committee"
    resolution: str
    label: str


@dataclass(frozen=True, kw_only=True)
class PressStatement(Fact):
    """``form``: statement (声明, 谈话) or elements (新闻要点, 谈话要点)."""

    type = "press_statement"
    date: str | None = None
    topic: str | None = None
    form: str | None = field(default=None)


FACT_TYPES: tuple[type[Fact], ...] = (
    Letter,
    Presidency,
    Meeting,
    Chairing,
    Briefing,
    Adoption,
    Vote,
    MandateDecision,
    Citation,
    Appointment,
    Credential,
    Committee,
    PressStatement,
)
"""Every type of fact, in the contract's order."""


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
