"""The words of the graph as plain strings: namespaces, our own terms, closed lists of codes, and prefixes.

`SC` knows every term of ``ontology/unsc-kg.ttl`` and no other: a misspelt term is an `AttributeError`, and a test
compares both ways. Terms of other vocabularies that the graph uses stand in `REUSED`, for the same reason. Our terms
have one address whatever the base of the things: a query written for one graph runs on every graph.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = [
    "BASE",
    "CODES",
    "FORMATS",
    "LATER",
    "PREFIXES",
    "REUSED",
    "SC",
    "THINGS",
    "Code",
    "Namespace",
    "code",
    "prefixes",
]

BASE: Final = "https://w3id.org/unsc-kg/"
"""Where things live by default: ``id/...`` under it."""


class Namespace:
    """A closed namespace: ``SC.chairedBy`` is an IRI; a name that is not in it raises `AttributeError`."""

    def __init__(self, iri: str, names: str) -> None:
        self.iri = iri
        self.names = frozenset(names.split())

    def __getattr__(self, name: str) -> str:
        if name in self.__dict__.get("names", ()):
            return self.iri + name
        raise AttributeError(f"no term {name!r} in {self.__dict__.get('iri')}")

    def __contains__(self, name: object) -> bool:
        return name in self.names


_CLASSES = """
    Statement Letter PresidencyStatement MeetingStatement Participation Chairing Briefing Adoption Vote MandateDecision
    Citation Appointment Credential CommitteeStatement PressStatement SubjectStatement Attendance
    State Organization Mission MandateHolder Official Post PostHolding Presidency Meeting MeetingFormat AgendaItem Theme
    Instrument Resolution PresidentialStatement Document SourceDocument Evidence
    Modality Status MandateAction CitationRelation VoteValue ParticipantRole MeetingLevel EndBasis Origin
"""
_OBJECT_PROPERTIES = """
    statedIn statedBy evidence modality status atMeeting aboutPresidency forState person participant signatory appointee
    representative inCapacity recipient onBehalfOf nationality post body format level theme agendaItem instrument holder
    action basisInstrument endBasis cited citing relation voteValue role establishedBy operatesIn record
    draft concept
    chairedBy briefedBy plannedChair plannedBriefer heldBy underPresidency announcedIn reportedIn adoptedAt
    extends establishes modifiesMandate terminatesMandate cites mentions textOf
"""
_DATATYPE_PROPERTIES = """
    date endDate month meetingNumber recordSymbol themeText agendaItemText topic startTime audience capacityText
    personName onBehalfOfText
    senderRole recipientText postText instrumentSymbol paragraph until duration durationMonths durationDays holderLabel
    citedSymbol citedParagraph basisSymbol inFavour against abstaining notParticipating unanimous writtenVote chapterVII
    draftSymbol veto subjectLabel scheme
    appointmentStatus form committeeLabel symbol number year kind annexTitle fileSha256 textSha256 fileStart fileEnd
    page rule confidence reviewed attestedOn iso2 iso3 m49
"""


class Code(NamedTuple):
    """A value of a closed list: its class, the contract's code, its term, and its labels."""

    kind: str
    code: str
    term: str
    zh: str
    en: str


CODES: Final[tuple[Code, ...]] = (
    Code("Modality", "asserted", "Asserted", "陈述", "asserted"),
    Code("Modality", "planned", "Planned", "计划", "planned"),
    Code("Modality", "proposed", "Proposed", "提议", "proposed"),
    Code("Modality", "recalled", "Recalled", "回顾", "recalled"),
    Code("Modality", "reported", "Reported", "转述", "reported"),
    Code("Modality", "negated", "Negated", "否定", "negated"),
    Code("Status", "planned", "Planned", "计划", "planned"),
    Code("Status", "held", "Held", "已举行", "held"),
    Code("Status", "postponed", "Postponed", "推迟", "postponed"),
    Code("Status", "cancelled", "Cancelled", "取消", "cancelled"),
    Code("Status", "unknown", "Unknown", "不明", "unknown"),
    Code("MandateAction", "establish", "ActionEstablish", "设立", "establish"),
    Code("MandateAction", "extend", "ActionExtend", "延长", "extend"),
    Code("MandateAction", "rollover", "ActionRollover", "技术性延期", "technical rollover"),
    Code("MandateAction", "modify", "ActionModify", "修改", "modify"),
    Code("MandateAction", "reauthorize", "ActionReauthorize", "重新授权", "reauthorize"),
    Code("MandateAction", "terminate", "ActionTerminate", "终止", "terminate"),
    Code("CitationRelation", "recalls", "RelationRecalls", "回顾", "recalls"),
    Code("CitationRelation", "reaffirms", "RelationReaffirms", "重申", "reaffirms"),
    Code("CitationRelation", "pursuant-to", "RelationPursuantTo", "依照", "pursuant to"),
    Code("CitationRelation", "extends", "RelationExtends", "延长", "extends"),
    Code("CitationRelation", "modifies", "RelationModifies", "修改", "modifies"),
    Code("CitationRelation", "terminates", "RelationTerminates", "终止", "terminates"),
    Code("CitationRelation", "established-by", "RelationEstablishedBy", "所设", "established by"),
    Code("CitationRelation", "cites", "RelationCites", "援引", "cites"),
    Code("VoteValue", "yes", "VoteYes", "赞成", "in favour"),
    Code("VoteValue", "no", "VoteNo", "反对", "against"),
    Code("VoteValue", "abstain", "VoteAbstain", "弃权", "abstaining"),
    Code("VoteValue", "absent", "VoteAbsent", "未参加表决", "not participating"),
    Code("ParticipantRole", "member", "RoleMember", "理事国代表", "member"),
    Code("ParticipantRole", "invited", "RoleInvited", "应邀出席", "invited"),
    Code("MeetingLevel", "ministerial", "LevelMinisterial", "部长级", "ministerial"),
    Code("MeetingLevel", "high-level", "LevelHighLevel", "高级别", "high-level"),
    Code("MeetingLevel", "summit", "LevelSummit", "首脑级", "summit"),
    Code("EndBasis", "printed", "EndPrinted", "文中载明", "printed"),
    Code("EndBasis", "computed", "EndComputed", "由期限推算", "computed from the duration"),
    Code("Origin", "text", "OriginText", "正文", "the text"),
    Code("Origin", "metadata", "OriginMetadata", "元数据", "the metadata"),
)
"""Closed lists. A term may stand in two of them (``Planned``); its code and labels are then the same."""

SC: Final = Namespace(
    BASE + "ns#",
    f"{_CLASSES} {_OBJECT_PROPERTIES} {_DATATYPE_PROPERTIES} {' '.join(c.term for c in CODES)}",
)
"""Our terms. Classes and codes begin with a capital, properties do not."""

LATER: Final[frozenset[str]] = frozenset()
"""Terms that the ontology defines and that nothing writes yet."""

_BY_CODE = {(c.kind, c.code): c for c in CODES}


def code(kind: str, value: str) -> Code | None:
    """The entry of the closed list ``kind`` with that code, or None."""
    return _BY_CODE.get((kind, value))


FORMATS: Final[dict[str, tuple[str, str]]] = {
    "arria-formula": ("阿里亚办法会议", "Arria-formula meeting"),
    "briefing": ("通报会", "briefing"),
    "consultations": ("磋商", "consultations"),
    "debate": ("辩论", "debate"),
    "informal-interactive-dialogue": ("非正式互动对话", "informal interactive dialogue"),
    "meeting": ("会议", "meeting"),
    "open-debate": ("公开辩论", "open debate"),
    "private-meeting": ("非公开会议", "private meeting"),
    "summit": ("首脑会议", "summit"),
}
"""Formats of meetings: the contract's id and the labels, Chinese and English."""

PREFIXES: Final[dict[str, str]] = {
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sc": BASE + "ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes of vocabularies."""

REUSED: Final[dict[str, tuple[str, ...]]] = {
    "dct": ("date", "identifier", "language", "source", "subject", "title"),
    "eli": ("date_document", "passed_by"),
    "oa": (
        *("SpecificResource", "TextPositionSelector", "TextQuoteSelector"),
        *("end", "exact", "hasSelector", "hasSource", "start"),
    ),
    "org": ("member", "memberDuring", "organization", "postIn", "subOrganizationOf"),
    "rdf": ("type",),
    "rdfs": ("label", "seeAlso"),
    "schema": ("dissolutionDate", "endDate", "foundingDate", "sameAs", "startDate", "url"),
    "skos": ("Concept", "altLabel", "closeMatch", "notation", "prefLabel", "relatedMatch"),
    "time": ("Instant", "ProperInterval", "hasBeginning", "hasEnd", "inXSDDate"),
}
"""Terms of other vocabularies that graphs hold, by prefix."""

THINGS: Final[dict[str, str]] = {
    "adoption": "adoption",
    "agenda": "agenda-item",
    "appt": "appointment",
    "att": "attendance",
    "brief": "briefing",
    "chair": "chairing",
    "cite": "citation",
    "comm": "committee-statement",
    "cred": "credential",
    "day": "day",
    "decision": "mandate-decision",
    "doc": "document",
    "ev": "evidence",
    "fmt": "format",
    "graph": "graph",
    "holder": "holder",
    "holding": "post-holding",
    "letter": "letter",
    "meeting": "meeting",
    "mission": "mission",
    "month": "month",
    "mstmt": "meeting-statement",
    "orgn": "organization",
    "person": "person",
    "post": "post",
    "press": "press-statement",
    "prst": "presidential-statement",
    "pres": "presidency",
    "pstmt": "presidency-statement",
    "res": "resolution",
    "state": "state",
    "subj": "subject-statement",
    "theme": "theme",
    "vote": "vote",
}
"""Prefix and path under ``id/`` of every kind of thing: one prefix a path, so that no local name needs a ``/``, which
Turtle would want escaped and Virtuoso 7 would store with the backslash."""


def prefixes(base: str = BASE) -> dict[str, str]:
    """All prefixes of a graph whose things live under ``base``, sorted by name."""
    both = PREFIXES | {prefix: f"{base}id/{path}/" for prefix, path in THINGS.items()}
    return dict(sorted(both.items()))
