"""What a document states: one frozen class a type of fact, each with the words that say it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
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
    "Evidence",
    "Fact",
    "Letter",
    "MandateDecision",
    "Meeting",
    "Modality",
    "Participant",
    "Presidency",
    "PressStatement",
    "StatedBy",
    "Status",
    "Subject",
    "Vote",
]


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


class StatedBy(StrEnum):
    """Which part of a file says it: the text of the document, or what the file says of the document beside it."""

    TEXT = "text"
    METADATA = "metadata"


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
    What text and metadata both state is one fact, stated twice: ``stated_by`` is no part of its `key`.
    """

    type: ClassVar[str]

    modality: Modality = Modality.ASSERTED
    confidence: float = 0.95
    rule: str = ""
    stated_by: StatedBy = StatedBy.TEXT
    evidence: tuple[Evidence, ...] = ()

    def values(self) -> dict[str, Any]:
        """The fields of the contract for this type, in order, without what all types have in common."""
        return {name: getattr(self, name) for name in _own_fields(type(self))}

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
        out["stated_by"] = self.stated_by.value
        out["evidence"] = [e.as_json() for e in self.evidence]
        return out

    def key(self) -> str:
        """Content hash (16 hex digits of SHA-256) over type, fields and modality: two documents that state the same
        thing give the same key, whatever words they use."""
        record = {"type": self.type, "modality": self.modality.value, **self.values()}
        return hashlib.sha256(_CANONICAL.encode(record).encode("utf-8")).hexdigest()[:16]


_COMMON = frozenset({"modality", "confidence", "rule", "stated_by", "evidence"})
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_OWN: dict[type[Fact], tuple[str, ...]] = {}


def _own_fields(kind: type[Fact]) -> tuple[str, ...]:
    if kind not in _OWN:
        _OWN[kind] = tuple(field.name for field in fields(kind) if field.name not in _COMMON)
    return _OWN[kind]


@dataclass(frozen=True, kw_only=True)
class Letter(Fact):
    """``recipient`` and ``sender_role`` as printed; ``on_behalf_of``: for whom the sender writes, where that is not the
    sender's own state (谨代表不结盟运动), as printed."""

    type = "letter"
    date: str | None = None
    state: str | None = None
    sender_role: str | None = None
    signatory: str | None = None
    recipient: str | None = None
    on_behalf_of: str | None = None


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
    """``instrument``: ``S/RES/2507(2020)`` or ``S/PRST/2020/1``; counts of Council members; ``draft``: symbol of the
    draft; ``chapter_vii``: whether the Council acted under Chapter VII of the Charter, None where nothing says so."""

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
    draft: str | None = None
    chapter_vii: bool | None = None


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
    form: str | None = None


@dataclass(frozen=True, kw_only=True)
class Subject(Fact):
    """What a document is about, by a list of subjects: ``concept`` is the subject's IRI where the document gives it,
    ``label`` its name as printed, ``scheme`` the list (``UNBIS Thesaurus``)."""

    type = "subject"
    concept: str | None = None
    label: str
    scheme: str


@dataclass(frozen=True, kw_only=True)
class Participant(Fact):
    """Who sits at a meeting, as its record lists them. ``role``: ``member`` for the representative of a member of the
    Council, ``invited`` for one who was asked to take part."""

    type = "participant"
    person: str | None = None
    state: str | None = None
    meeting_number: str | None = None
    date: str | None = None
    role: str | None = None


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
    Subject,
    Participant,
)
"""Every type of fact: the contract's in its order, then those that came later."""
