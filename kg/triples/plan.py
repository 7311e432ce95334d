"""Which class, address and property each type of fact and each of its fields has: one table."""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.model import (
    Adoption,
    Appointment,
    Briefing,
    Chairing,
    Citation,
    Committee,
    Credential,
    Fact,
    Letter,
    MandateDecision,
    Meeting,
    Presidency,
    PressStatement,
    Subject,
    Vote,
)

__all__ = ["PLAN", "Row"]


class Row(NamedTuple):
    """How a type of fact is written: class, path of its address, and for each field its kind and property."""

    type: str
    path: str
    fields: dict[str, tuple[str, str]]


PLAN: Final[dict[type[Fact], Row]] = {
    Letter: Row(
        "sc:Letter",
        "letter",
        {
            "date": ("date", "sc:date"),
            "state": ("state", "sc:forState"),
            "sender_role": ("zh", "sc:senderRole"),
            "signatory": ("person", "sc:signatory"),
            "recipient": ("zh", "sc:recipientText"),
            "on_behalf_of": ("zh", "sc:onBehalfOfText"),
        },
    ),
    Presidency: Row(
        "sc:PresidencyStatement",
        "presidency-statement",
        {"state": ("state", "sc:forState"), "month": ("date", "sc:month")},
    ),
    Meeting: Row(
        "sc:MeetingStatement",
        "meeting-statement",
        {
            "date": ("date", "sc:date"),
            "end_date": ("date", "sc:endDate"),
            "number": ("text", "sc:meetingNumber"),
            "format": ("format", "sc:format"),
            "level": ("MeetingLevel", "sc:level"),
            "theme": ("theme", "sc:theme"),
            "agenda_item": ("agenda", "sc:agendaItem"),
            "status": ("Status", "sc:status"),
            "record": ("record", "sc:record"),
            "body": ("organization", "sc:body"),
            "topic": ("zh", "sc:topic"),
            "time": ("text", "sc:startTime"),
        },
    ),
    Chairing: Row(
        "sc:Chairing",
        "chairing",
        {
            "date": ("date", "sc:date"),
            "meeting_number": ("text", "sc:meetingNumber"),
            "format": ("format", "sc:format"),
            "body": ("organization", "sc:body"),
            "state": ("state", "sc:forState"),
            "person": ("person", "sc:participant"),
            "capacity": ("zh", "sc:capacityText"),
            "status": ("Status", "sc:status"),
        },
    ),
    Briefing: Row(
        "sc:Briefing",
        "briefing",
        {
            "date": ("date", "sc:date"),
            "meeting_number": ("text", "sc:meetingNumber"),
            "format": ("format", "sc:format"),
            "person": ("person", "sc:participant"),
            "capacity": ("zh", "sc:capacityText"),
            "organization": ("organization", "sc:onBehalfOf"),
            "topic": ("zh", "sc:topic"),
            "audience": ("zh", "sc:audience"),
            "status": ("Status", "sc:status"),
        },
    ),
    Adoption: Row(
        "sc:Adoption",
        "adoption",
        {
            "instrument": ("instrument", "sc:instrument"),
            "date": ("date", "sc:date"),
            "meeting_number": ("text", "sc:meetingNumber"),
            "body": ("organization", "sc:body"),
            "in_favour": ("integer", "sc:inFavour"),
            "against": ("integer", "sc:against"),
            "abstaining": ("integer", "sc:abstaining"),
            "not_participating": ("integer", "sc:notParticipating"),
            "unanimous": ("boolean", "sc:unanimous"),
            "written_vote": ("boolean", "sc:writtenVote"),
            "draft": ("draft", "sc:draft"),
            "chapter_vii": ("boolean", "sc:chapterVII"),
        },
    ),
    Vote: Row(
        "sc:Vote",
        "vote",
        {
            "instrument": ("instrument", "sc:instrument"),
            "state": ("state", "sc:forState"),
            "value": ("VoteValue", "sc:voteValue"),
            "veto": ("boolean", "sc:veto"),
        },
    ),
    MandateDecision: Row(
        "sc:MandateDecision",
        "mandate-decision",
        {
            "instrument": ("instrument", "sc:instrument"),
            "paragraph": ("text", "sc:paragraph"),
            "action": ("MandateAction", "sc:action"),
            "holder": ("holder", "sc:holder"),
            "holder_label": ("zh", "sc:holderLabel"),
            "until": ("date", "sc:until"),
            "duration": ("duration", "sc:duration"),
            "basis": ("basis", "sc:basisInstrument"),
            "date": ("date", "sc:date"),
        },
    ),
    Citation: Row(
        "sc:Citation",
        "citation",
        {
            "cited": ("cited", "sc:cited"),
            "relation": ("CitationRelation", "sc:relation"),
            "cited_paragraph": ("text", "sc:citedParagraph"),
        },
    ),
    Appointment: Row(
        "sc:Appointment",
        "appointment",
        {
            "person": ("person", "sc:appointee"),
            "nationality": ("state", "sc:nationality"),
            "post": ("zh", "sc:postText"),
            "organization": ("organization", "sc:onBehalfOf"),
            "status": ("text", "sc:appointmentStatus"),
            "date": ("date", "sc:date"),
        },
    ),
    Credential: Row(
        "sc:Credential",
        "credential",
        {
            "person": ("person", "sc:representative"),
            "state": ("state", "sc:forState"),
            "meeting_number": ("text", "sc:meetingNumber"),
            "meeting_date": ("date", "sc:date"),
            "capacity": ("zh", "sc:capacityText"),
        },
    ),
    Committee: Row(
        "sc:CommitteeStatement",
        "committee-statement",
        {"resolution": ("instrument", "sc:establishedBy"), "label": ("zh", "sc:committeeLabel")},
    ),
    PressStatement: Row(
        "sc:PressStatement",
        "press-statement",
        {"date": ("date", "sc:date"), "topic": ("zh", "sc:topic"), "form": ("text", "sc:form")},
    ),
    Subject: Row(
        "sc:SubjectStatement",
        "subject-statement",
        {
            "concept": ("concept", "sc:concept"),
            "label": ("text", "sc:subjectLabel"),
            "scheme": ("text", "sc:scheme"),
        },
    ),
}
