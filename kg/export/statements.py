"""Facts read from a graph, for people: one record a fact, and the short line that tells it.

    主持 · 2017-01-10 · 公开辩论 · 瑞典 · 马戈特·瓦尔斯特伦（外交大臣）

Anything that runs SPARQL will do as source: a function from a query to rows, as `kg.store.Store.rows` is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from kg.export.words import VALUES
from kg.store import batches
from kg.triples.text import Term
from kg.vocabulary import CODES, SC

__all__ = ["Select", "Statement", "Thing", "local", "read_statements", "tell"]

Select: TypeAlias = Callable[[str], "Iterable[dict[str, Term]]"]
"""SPARQL SELECT to rows; the prefixes of `kg.vocabulary` need no declaration."""

_CLASSES: Final = {
    SC.Letter: "letter",
    SC.PresidencyStatement: "presidency",
    SC.MeetingStatement: "meeting",
    SC.Chairing: "chairing",
    SC.Briefing: "briefing",
    SC.Adoption: "adoption",
    SC.Vote: "vote",
    SC.MandateDecision: "mandate_decision",
    SC.Citation: "citation",
    SC.Appointment: "appointment",
    SC.Credential: "credential",
    SC.CommitteeStatement: "committee",
    SC.PressStatement: "press_statement",
    SC.SubjectStatement: "subject",
    SC.Attendance: "participant",
}
_CODES: Final = {SC.iri + code.term: code.code for code in CODES}
_NS: Final = SC.iri


@dataclass(slots=True)
class Thing:
    """What the picture needs to know of a node: ``type`` is a key of `kg.export.words.NODE_TYPES`."""

    id: str
    type: str
    label: str
    en: str = ""
    aliases: tuple[str, ...] = ()
    values: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Statement:
    """A fact as a graph holds it: ``links`` name things (``state/VNM``), ``texts`` are literals and codes."""

    key: str
    type: str
    links: dict[str, list[str]]
    texts: dict[str, list[str]]
    evidence: list[dict[str, Any]]

    def link(self, name: str) -> str | None:
        return next(iter(self.links.get(name, ())), None)

    def text(self, name: str) -> str | None:
        return next(iter(self.texts.get(name, ())), None)

    @property
    def date(self) -> str | None:
        return self.text("date") or self.text("month")

    @property
    def planned(self) -> bool:
        """Not yet done by the document's account (or put off, or dropped)."""
        return self.text("modality") in ("planned", "proposed") or self.text("status") in (
            "planned",
            "postponed",
            "cancelled",
        )


def local(iri: str) -> str:
    """``state/VNM`` of ``https://…/id/state/VNM``."""
    return iri.rpartition("/id/")[2]


def read_statements(select: Select, facts: Iterable[str] | None = None) -> list[Statement]:
    """All facts, or those with the addresses ``facts``, sorted by address."""
    found: list[Statement] = []
    for wanted in [""] if facts is None else (f"VALUES ?fact {{ {some} }} " for some in batches(facts)):
        evidence = _evidence(select, wanted)
        rows: dict[str, tuple[str, set[tuple[str, Term]]]] = {}
        for row in select(f"SELECT ?fact ?class ?p ?o WHERE {{ {wanted}?fact a ?class ; sc:modality ?said ; ?p ?o }}"):
            kind = _CLASSES.get(row["class"].value)
            if kind:
                rows.setdefault(row["fact"].value, (kind, set()))[1].add((row["p"].value, row["o"]))
        found += [_statement(iri, *rows[iri], evidence) for iri in sorted(rows)]
    return found


def _statement(
    iri: str, kind: str, pairs: Iterable[tuple[str, Term]], evidence: Mapping[str, dict[str, Any]]
) -> Statement:
    links: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, list[str]] = defaultdict(list)
    quoted: list[dict[str, Any]] = []
    for predicate, term in sorted(pairs):
        name = predicate.removeprefix(_NS)
        if term.value in evidence and name == "evidence":
            quoted.append(evidence[term.value])
        elif term.kind != "iri":
            texts[name].append(term.value)
        elif term.value in _CODES:
            texts[name].append(_CODES[term.value])
        elif "/id/format/" in term.value:
            texts[name].append(term.value.rpartition("/")[2])
        elif "/id/" in term.value:
            links[name].append(local(term.value))
    quoted.sort(key=lambda item: (item["document"], item["start"], item["end"], item["rule"]))
    return Statement(local(iri), kind, dict(links), dict(texts), quoted)


def _evidence(select: Select, wanted: str) -> dict[str, dict[str, Any]]:
    """``wanted``: a ``VALUES`` block of facts; that of all where it is empty."""
    rows = select(
        f"""SELECT ?evidence ?document ?start ?end ?quote ?page ?rule ?confidence WHERE {{
              {wanted and f"{wanted} ?fact sc:evidence ?evidence ."}
              ?evidence a sc:Evidence ; oa:hasSource ?document ; oa:hasSelector ?place , ?words .
              ?place oa:start ?start ; oa:end ?end . ?words oa:exact ?quote .
              OPTIONAL {{ ?evidence sc:page ?page }} OPTIONAL {{ ?evidence sc:rule ?rule }}
              OPTIONAL {{ ?evidence sc:confidence ?confidence }} }}"""
    )
    return {
        row["evidence"].value: {
            "document": local(row["document"].value),
            "start": int(row["start"].value),
            "end": int(row["end"].value),
            "quote": row["quote"].value,
            "page": int(row["page"].value) if "page" in row else None,
            "rule": row["rule"].value if "rule" in row else "",
            "confidence": row["confidence"].value if "confidence" in row else None,
        }
        for row in rows
    }


Part: TypeAlias = "dict[str, Any]"


def tell(statement: Statement, things: Mapping[str, Thing]) -> list[Part]:
    """The line of a fact after its type and date: parts as `kg.export.picture` wants them."""
    return list(_Teller(statement, things).parts())


class _Teller:
    def __init__(self, statement: Statement, things: Mapping[str, Thing]) -> None:
        self._fact = statement
        self._things = things

    def parts(self) -> Iterator[Part]:
        for name in _LINES[self._fact.type]:
            made = self._special(name) if name.startswith("*") else self._plain(name)
            if made:
                yield made

    def _plain(self, name: str) -> Part | None:
        """``field`` or ``field(note)``: a thing, a code or a literal, the note in brackets after it."""
        name, _, note_name = name.rstrip(")").partition("(")
        note = self._fact.text(note_name) if note_name else None
        thing = self._things.get(self._fact.link(name) or "")
        text = self._fact.text(name)
        if thing:
            return {"zh": thing.label, "en": thing.en, "node": thing.id, "note": note}
        if text:
            zh, en = VALUES.get(text, (text, text))
            return {"zh": zh, "en": en, "note": note}
        return {"zh": note, "en": note} if note else None

    def _special(self, name: str) -> Part | None:
        fact = self._fact
        match name:
            case "*meeting":
                meeting = self._things.get(fact.link("atMeeting") or "")
                form = VALUES.get(fact.text("format") or "")
                if meeting:
                    zh, en = form or (meeting.label, meeting.en)
                    return {"zh": zh, "en": en, "node": meeting.id}
                return {"zh": form[0], "en": form[1]} if form else None
            case "*number":
                number = fact.text("meetingNumber")
                return {"zh": f"第{number}次会议", "en": f"meeting {number}"} if number else None
            case "*to":
                recipient = fact.text("recipientText")
                return {"zh": f"致{recipient}", "en": f"to {recipient}"} if recipient else None
            case "*audience":
                audience = fact.text("audience")
                return {"zh": f"向{audience}", "en": f"to {audience}"} if audience not in _COUNCIL else None
            case "*vote":
                return _tally(fact)
            case "*until":
                until = fact.text("until")
                return {"zh": f"至 {until}", "en": f"until {until}"} if until else None
            case "*for":
                return _duration(fact)
            case "*paragraph":
                number = fact.text("paragraph") or fact.text("citedParagraph")
                return {"zh": f"第{number}段", "en": f"para. {number}"} if number else None
            case "*holder":
                holder = self._things.get(fact.link("holder") or "")
                label = fact.text("holderLabel") or (holder.label if holder else None)
                if not label:
                    return None
                return {"zh": label, "en": holder.en if holder else "", "node": holder.id if holder else None}
        raise AssertionError(name)


_COUNCIL: Final = (
    None,
    "安全理事会",
    "安理会",
    "安理会成员",
    "安全理事会成员",
)  # the usual audience is not worth a word

_LINES: Final[dict[str, tuple[str, ...]]] = {
    "letter": ("forState", "signatory(senderRole)", "onBehalfOfText", "*to"),
    "presidency": ("forState", "aboutPresidency"),
    "meeting": ("*meeting", "*number", "level", "theme", "agendaItem", "record"),
    "chairing": ("*meeting", "forState", "participant(capacityText)"),
    "briefing": ("*meeting", "participant(capacityText)", "onBehalfOf", "topic", "*audience"),
    "adoption": ("instrument", "*vote", "*meeting"),
    "vote": ("forState", "voteValue", "instrument"),
    "mandate_decision": ("instrument", "*paragraph", "action", "*holder", "*until", "*for"),
    "citation": ("relation", "cited", "*paragraph"),
    "appointment": ("appointee(postText)", "nationality", "onBehalfOf", "appointmentStatus"),
    "credential": ("representative(capacityText)", "forState", "*number"),
    "committee": ("committeeLabel", "establishedBy"),
    "press_statement": ("form", "topic"),
    "subject": ("subjectLabel", "scheme"),
    "participant": ("*meeting", "participant", "forState", "role"),
}


def _tally(fact: Statement) -> Part | None:
    counts = [
        (fact.text("inFavour"), "票赞成", "in favour"),
        (fact.text("against"), "票反对", "against"),
        (fact.text("abstaining"), "票弃权", "abstaining"),
        (fact.text("notParticipating"), "国未参加表决", "not participating"),
    ]
    given = [(n, zh, en) for n, zh, en in counts if n is not None]
    if given:
        return {"zh": "、".join(n + zh for n, zh, _ in given), "en": ", ".join(f"{n} {en}" for n, _, en in given)}
    if fact.text("unanimous") == "true":
        return {"zh": "一致通过", "en": "unanimously"}
    return None


def _duration(fact: Statement) -> Part | None:
    for name, zh, en in (("durationMonths", "个月", "months"), ("durationDays", "天", "days")):
        number = fact.text(name)
        if number:
            return {"zh": f"{number}{zh}", "en": f"{number} {en}"}
    text = fact.text("duration")
    return {"zh": text, "en": text} if text else None
