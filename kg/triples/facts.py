"""From facts to triples: what each field of the contract becomes, one table, and what follows from a fact.

A fact is a node of its own (`Fact.key`); what it is about (a meeting, a resolution, a person) are others. Fields become
links where there is a thing to link to, and literals where the contract's column prints them, so that a query gives the
words of this fact and not those of another one about the same thing. What is planned, proposed or negated never gives a
derived triple that reads as done.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.link.identity import person_key
from kg.link.posts import Post, posts_in
from kg.model import (
    Adoption,
    Appointment,
    Briefing,
    Chairing,
    Citation,
    Credential,
    Fact,
    Letter,
    MandateDecision,
    Meeting,
    Modality,
    Presidency,
    Status,
    Subject,
)
from kg.triples.keys import fact_key
from kg.triples.plan import PLAN
from kg.triples.text import Term, dated, integer, iri, string, zh
from kg.triples.things import Sheet, short_hash, term
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer
    from kg.link.identity import Identities
    from kg.link.meetings import MeetingRef
    from kg.model import DocumentView

__all__ = ["FactWriter"]


_DONE = (Modality.ASSERTED, Modality.REPORTED)
_MANDATES = {
    "establish": "sc:establishes",
    "extend": "sc:extends",
    "rollover": "sc:extends",
    "reauthorize": "sc:extends",
    "modify": "sc:modifiesMandate",
    "terminate": "sc:terminatesMandate",
}
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_XSD_BOOLEAN = PREFIXES["xsd"] + "boolean"


class FactWriter:
    """Writes the facts of one document on its sheet."""

    def __init__(
        self, sheet: Sheet, document: DocumentView, node: str, identities: Identities, gazetteer: Gazetteer
    ) -> None:
        self._sheet = sheet
        self._document = document
        self._source = node
        self._identities = identities
        self._gazetteer = gazetteer

    def write(self, fact: Fact, meeting: MeetingRef | None, evidence: list[str]) -> str:
        """The fact with all that follows from it; ``evidence``: addresses. Gives the fact's address."""
        sheet = self._sheet
        row = PLAN[type(fact)]
        node = sheet.thing(row.path, fact_key(fact, self._document.id, meeting, self._joined(fact)))
        sheet.add(node, "rdf:type", term(row.type))
        sheet.add(node, "sc:statedIn", self._source)
        modality = sheet.code("Modality", fact.modality.value)
        origin = sheet.code("Origin", fact.stated_by.value)
        assert modality
        assert origin
        sheet.add(node, "sc:modality", modality)
        sheet.add(node, "sc:statedBy", origin)
        for each in evidence:
            sheet.add(node, "sc:evidence", each)
        links: dict[str, str] = {}
        for name, (kind, predicate) in row.fields.items():
            value = getattr(fact, name)
            if value is None or value == () or value == "":
                continue
            link = self._field(node, fact, kind, predicate, value)
            if link:
                links[name] = link
        place = sheet.meeting(meeting) if meeting and fact.modality is not Modality.NEGATED else None
        if place:
            sheet.add(node, "sc:atMeeting", place)
        posts = self._posts(node, fact)
        self._hold(fact, links, posts, evidence)
        self._derive(node, fact, links, place)
        return node

    def _joined(self, fact: Fact) -> str | None:
        """Key of the person in the fact, if it was not made of the printed name alone."""
        name = getattr(fact, "person", None) or getattr(fact, "signatory", None)
        key = self._identities.key(self._document.id, name) if name else None
        return key if name and key != person_key(name) else None

    def _field(self, node: str, fact: Fact, kind: str, predicate: str, value: object) -> str | None:
        """Write one field; gives the thing that it links to."""
        sheet = self._sheet
        text = str(value)
        link: str | None = None
        match kind:
            case "date":
                sheet.add(node, predicate, dated(text))
            case "zh":
                sheet.add(node, predicate, zh(text))
            case "text":
                sheet.add(node, predicate, string(text))
            case "integer" if isinstance(value, int):
                sheet.add(node, predicate, integer(value))
            case "boolean":
                sheet.add(node, predicate, Term("literal", text.lower(), _XSD_BOOLEAN).n3())
            case "duration":
                self._duration(node, text)
            case "state":
                link = sheet.state(text)
            case "organization":
                link = sheet.organization(text)
            case "format":
                link = sheet.format(text)
            case "person":
                link = sheet.person(self._identities.key(self._document.id, text))
                sheet.add(node, "sc:personName", zh(text))
            case "instrument":
                link = sheet.instrument(text)
                sheet.add(node, "sc:instrumentSymbol", string(text))
            case "cited":
                link = sheet.instrument(text)
                sheet.add(node, "sc:citedSymbol", string(text))
            case "record":
                link = sheet.document(text)
                sheet.add(node, "sc:recordSymbol", string(text))
            case "draft":
                link = sheet.document(text)
                sheet.add(node, "sc:draftSymbol", string(text))
            case "concept":
                link = iri(text)
                sheet.add(link, "rdf:type", term("skos:Concept"))
            case "holder":
                link = sheet.holder(text, getattr(fact, "holder_label", None))
            case "theme":
                link = sheet.concept("theme", "sc:Theme", text)
                sheet.add(node, "sc:themeText", zh(text))
            case "agenda":
                link = sheet.concept("agenda-item", "sc:AgendaItem", text)
                sheet.add(node, "sc:agendaItemText", zh(text))
            case "basis" if isinstance(value, tuple):
                for symbol in value:
                    sheet.add(node, predicate, sheet.instrument(symbol))
                    sheet.add(node, "sc:basisSymbol", string(symbol))
            case _:
                link = sheet.code(kind, text)
        if link:
            sheet.add(node, predicate, link)
        return link

    def _duration(self, node: str, text: str) -> None:
        """The ISO string, and whole months or days: Virtuoso 7 spoils ``xsd:duration`` in its answers."""
        self._sheet.add(node, "sc:duration", string(text))
        match = _DURATION.fullmatch(text)
        if not match:
            return
        years, months, weeks, days = (int(part or 0) for part in match.groups())
        if (years or months) and not (weeks or days):
            self._sheet.add(node, "sc:durationMonths", integer(12 * years + months))
        elif (weeks or days) and not (years or months):
            self._sheet.add(node, "sc:durationDays", integer(7 * weeks + days))

    def _posts(self, node: str, fact: Fact) -> list[tuple[Post, str]]:
        match fact:
            case Letter():
                capacity, owner = fact.sender_role, fact.state
                for addressee in posts_in(fact.recipient, self._gazetteer):
                    self._sheet.add(node, "sc:recipient", self._sheet.post(addressee))
            case Chairing() | Credential():
                capacity, owner = fact.capacity, fact.state
            case Briefing():
                capacity, owner = fact.capacity, fact.organization
            case Appointment():
                capacity, owner = fact.post, fact.organization
            case _:
                return []
        predicate = "sc:post" if isinstance(fact, Appointment) else "sc:inCapacity"
        found = [
            (post, self._sheet.post(post)) for post in posts_in(capacity, self._gazetteer, owner) if not post.former
        ]
        for _, post in found:
            self._sheet.add(node, predicate, post)
        return found

    def _hold(self, fact: Fact, links: dict[str, str], posts: list[tuple[Post, str]], evidence: list[str]) -> None:
        """That a person has a post, as attested on a day. Of an appointment only once it is made; a meeting to come
        attests it on the document's own day."""
        person = links.get("person") or links.get("signatory")
        if not person or fact.modality not in (*_DONE, Modality.PLANNED):
            return
        if isinstance(fact, Appointment) and (fact.status != "appointed" or fact.modality is Modality.PLANNED):
            return
        done = fact.modality in _DONE and getattr(fact, "status", Status.HELD) not in (Status.PLANNED, Status.UNKNOWN)
        day = getattr(fact, "date", None) if done else self._document.date
        for post, node in posts:
            sheet = self._sheet
            holding = sheet.thing("post-holding", short_hash(person, node, day or self._document.id))
            sheet.add(holding, "rdf:type", term("sc:PostHolding"))
            sheet.add(holding, "org:member", person)
            sheet.add(holding, "sc:post", node)
            if post.owner:
                sheet.add(holding, "org:organization", sheet.entry(post.owner))
            if day:
                sheet.add(holding, "sc:attestedOn", dated(day))
            sheet.add(holding, "sc:statedIn", self._source)
            for each in evidence:
                sheet.add(holding, "sc:evidence", each)

    def _derive(self, node: str, fact: Fact, links: dict[str, str], place: str | None) -> None:
        """Short cuts for simple queries: what is held, decided or reported so, and, named apart, what is planned."""
        sheet = self._sheet
        done = fact.modality in _DONE
        if isinstance(fact, Citation):
            sheet.add(node, "sc:citing", self._source)
            if fact.modality is not Modality.NEGATED and "cited" in links:
                sheet.add(self._source, "sc:cites", links["cited"])
        if isinstance(fact, Subject) and done and "concept" in links:
            sheet.add(self._source, "dct:subject", links["concept"])
        if isinstance(fact, MandateDecision):
            self._decide(node, fact, links)
        if isinstance(fact, Presidency) and fact.modality is not Modality.NEGATED:
            presidency = sheet.presidency(fact.month)
            sheet.add(node, "sc:aboutPresidency", presidency)
            if done:
                sheet.add(presidency, "sc:heldBy", links["state"])
        if isinstance(fact, Adoption) and done:
            if fact.date:
                sheet.add(links["instrument"], "eli:date_document", dated(fact.date))
            if "body" in links:
                sheet.add(links["instrument"], "eli:passed_by", links["body"])
            if place:
                sheet.add(links["instrument"], "sc:adoptedAt", place)
        if isinstance(fact, Meeting | Chairing | Briefing) and place:
            held = done and fact.status is Status.HELD
            planned = fact.status is Status.PLANNED and fact.modality in (*_DONE, Modality.PLANNED)
            if held or planned:
                self._at(place, fact, links, held=held)

    def _decide(self, node: str, fact: MandateDecision, links: dict[str, str]) -> None:
        sheet = self._sheet
        holder = links.get("holder") or sheet.holder(None, fact.holder_label)
        if holder and "holder" not in links:
            sheet.add(node, "sc:holder", holder)
        if fact.until:
            computed = bool({"computed", "duration"} & set(re.split(r"[.\-_]", fact.rule)))
            basis = sheet.code("EndBasis", "computed" if computed else "printed")
            assert basis
            sheet.add(node, "sc:endBasis", basis)
        if holder and fact.modality in _DONE and fact.action in _MANDATES and "instrument" in links:
            sheet.add(links["instrument"], _MANDATES[fact.action], holder)

    def _at(self, place: str, fact: Meeting | Chairing | Briefing, links: dict[str, str], *, held: bool) -> None:
        sheet = self._sheet
        match fact:
            case Meeting():
                sheet.add(place, "sc:reportedIn" if held else "sc:announcedIn", self._source)
                for name, predicate in (
                    ("theme", "sc:theme"),
                    ("agenda_item", "sc:agendaItem"),
                    ("record", "sc:record"),
                ):
                    if name in links:
                        sheet.add(place, predicate, links[name])
            case Chairing():
                predicate = "sc:chairedBy" if held else "sc:plannedChair"
                for name in ("person", "state"):
                    if name in links:
                        sheet.add(place, predicate, links[name])
            case Briefing():
                predicate = "sc:briefedBy" if held else "sc:plannedBriefer"
                briefer = links.get("person") or links.get("organization")
                if briefer:
                    sheet.add(place, predicate, briefer)
