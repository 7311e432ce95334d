"""Facts to quads, as sorted N-Quads lines: a named graph a document, one of known things, one of persons.

    identities = resolve(use for x in extractions for use in name_uses(x, gazetteer))
    sheets = [document_graph(x, identities, gazetteer) for x in extractions]
    lines = sorted_lines([*(l for s in sheets for l in s.lines), *identity_quads(identities),
                          *authority_quads({u for s in sheets for u in s.used}, gazetteer)])

The graph of several documents is the union of theirs, whatever the order. No blank nodes, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kg.link.meetings import COUNCIL, MeetingRef, link_meetings, meeting_number
from kg.link.posts import organization_of
from kg.model import Fact, Meeting, MentionType, Modality, Presidency
from kg.symbols import is_resolution
from kg.text import normalize
from kg.triples.blocks import in_blocks, read_blocks, read_lines
from kg.triples.dumps import write_quads, write_turtle
from kg.triples.evidence import write_evidence
from kg.triples.facts import FactWriter
from kg.triples.keys import fact_key
from kg.triples.runs import Slicer
from kg.triples.text import Term, dated, iri, string, zh
from kg.triples.things import Sheet, en, term
from kg.triples.turtle import sorted_lines, triples, turtle
from kg.vocabulary import BASE, CODES, FORMATS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.gazetteer import Entry, Gazetteer
    from kg.link.identity import Identities
    from kg.model import DocumentView, ExtractionView

__all__ = [
    "DocumentGraph",
    "Slicer",
    "authority_quads",
    "document_graph",
    "document_quads",
    "fact_key",
    "identity_quads",
    "in_blocks",
    "read_blocks",
    "read_lines",
    "sorted_lines",
    "triples",
    "turtle",
    "write_quads",
    "write_turtle",
]


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """What one document gives: its named graph, a block a subject (`kg.triples.blocks`), and the known things that
    `authority_quads` has to describe (``state/VNM``)."""

    blocks: tuple[str, ...]
    used: frozenset[str]

    @property
    def lines(self) -> tuple[str, ...]:
        """Of the graph, sorted."""
        return tuple("\n".join(sorted(self.blocks)).split("\n"))


def document_quads(
    extraction: ExtractionView, identities: Identities, gazetteer: Gazetteer, base: str = BASE
) -> tuple[str, ...]:
    """The lines of `document_graph`."""
    return document_graph(extraction, identities, gazetteer, base).lines


def document_graph(
    extraction: ExtractionView,
    identities: Identities,
    gazetteer: Gazetteer,
    base: str = BASE,
    accepted: Collection[Fact] = (),
) -> DocumentGraph:
    """The graph of one document: itself, its facts with evidence, what it mentions. A function of its arguments.
    ``accepted``: those of its facts that a person has checked (`kg.review`)."""
    document = extraction.document
    sheet = Sheet(document.id, base, gazetteer)
    node = _document(sheet, document)
    writer = FactWriter(sheet, document, node, identities, gazetteer)
    meetings = link_meetings(extraction)
    quoted: set[tuple[object, ...]] = set()
    for i, fact in enumerate(extraction.facts):
        evidence = [write_evidence(sheet, document, node, fact, each, quoted) for each in fact.evidence]
        written = writer.write(fact, meetings.get(i), evidence)
        if accepted and fact in accepted:
            sheet.add(written, "sc:reviewed", Term("literal", "true", f"{PREFIXES['xsd']}boolean").n3())
    _presidencies(sheet, extraction, meetings)
    for thing in _mentioned(sheet, extraction, identities, gazetteer):
        sheet.add(node, "sc:mentions", thing)
    return DocumentGraph(tuple(sheet.blocks()), frozenset(sheet.used))


def _presidencies(sheet: Sheet, extraction: ExtractionView, meetings: Mapping[int, MeetingRef]) -> None:
    """Put the Council's meetings under the presidency of their month, if this document states that presidency."""
    said = (Modality.ASSERTED, Modality.REPORTED)
    months = {fact.month for fact in extraction.facts if isinstance(fact, Presidency) and fact.modality in said}
    for i, fact in enumerate(extraction.facts):
        ref = meetings.get(i)
        if isinstance(fact, Meeting) and ref and fact.modality is not Modality.NEGATED and ref.body == COUNCIL:
            month = (ref.date or "")[:7]
            if month in months:
                sheet.add(sheet.meeting(ref), "sc:underPresidency", sheet.presidency(month))


def _document(sheet: Sheet, document: DocumentView) -> str:
    node = sheet.thing("document", document.id)
    name = PurePosixPath(document.source).name  # no folder of the machine that built the graph
    add = sheet.add
    add(node, "rdf:type", term("sc:SourceDocument"))
    add(node, "rdf:type", term("sc:Document"))
    add(node, "dct:identifier", string(document.id))
    add(node, "dct:source", string(name))
    add(node, "dct:language", string(document.language))
    add(node, "sc:kind", string(document.kind.value))
    add(node, "sc:fileSha256", string(document.sha256))
    add(node, "sc:textSha256", string(document.text_sha256))
    add(node, "rdfs:label", zh(document.title or document.symbol or name))
    if document.title:
        add(node, "dct:title", zh(document.title))
    for title in document.annexes:
        add(node, "sc:annexTitle", zh(normalize(title)[0]))
    if document.date:
        add(node, "dct:date", dated(document.date))
    if document.symbol:
        sheet.symbol(node, document.symbol)
        if is_resolution(document.symbol) or document.symbol.startswith("S/PRST/"):
            add(node, "sc:textOf", sheet.instrument(document.symbol))
    return node


def _mentioned(sheet: Sheet, extraction: ExtractionView, identities: Identities, gazetteer: Gazetteer) -> Iterable[str]:
    """The things that mentions name. A date is none; a post or meeting without an id is not known well enough."""
    fullest: dict[str, str] = {}
    for mention in extraction.mentions:
        id_ = mention.id
        match mention.type:
            case MentionType.OFFICIAL:
                group = id_ or mention.text
                fullest[group] = max(fullest.get(group, ""), mention.text, key=lambda text: (len(text), text))
            case MentionType.STATE if id_:
                yield sheet.state(id_)
            case MentionType.MISSION | MentionType.ORGANIZATION if id_:
                entry = organization_of(id_, gazetteer)
                if entry:
                    yield sheet.entry(entry)
            case MentionType.POST if id_:
                if gazetteer.get(MentionType.POST, id_):
                    sheet.used.add(f"post/{id_}")
                    yield sheet.thing("post", id_)
            case MentionType.RESOLUTION | MentionType.DOCUMENT if id_:
                yield sheet.instrument(id_)
            case MentionType.MEETING if id_:
                number = meeting_number(id_)
                if number is not None:
                    yield sheet.meeting(MeetingRef(str(number), number))
    for name in fullest.values():
        yield sheet.person(identities.key(extraction.document.id, name))


def identity_quads(identities: Identities, base: str = BASE) -> list[str]:
    """The named graph of persons: the fullest name as label, the other names beside it. Sorted."""
    graph = iri(f"{base}id/graph/identity")
    lines: set[str] = set()
    for person in identities.people.values():
        node = iri(f"{base}id/person/{person.key}")
        lines.add(f"{node} {term('rdf:type')} {term('sc:Official')} {graph} .")
        lines.add(f"{node} {term('rdfs:label')} {zh(person.label)} {graph} .")
        for name in person.names:
            if name != person.label:
                lines.add(f"{node} {term('skos:altLabel')} {zh(name)} {graph} .")
    return sorted(lines)


def authority_quads(used: Iterable[str], gazetteer: Gazetteer, base: str = BASE) -> list[str]:
    """The named graph of known things: labels, codes and links of those in ``used`` and of what these refer to (a
    mission's states, a body's parent). Sorted."""
    sheet = Sheet("authority", base, gazetteer)
    sheet.used.update(used)
    done: set[str] = set()
    while waiting := sorted(sheet.used - done):
        for name in waiting:
            path, _, key = name.partition("/")
            if path.startswith("ns#"):
                _code(sheet, path.removeprefix("ns#"))
            elif path == "format":
                _format(sheet, key)
            else:
                _thing(sheet, path, key, gazetteer)
        done.update(waiting)
    return "\n".join(sorted(sheet.blocks())).split("\n")


def _code(sheet: Sheet, name: str) -> None:
    for code in CODES:
        if code.term == name:
            node = term(f"sc:{name}")
            sheet.add(node, "rdf:type", term(f"sc:{code.kind}"))
            sheet.add(node, "skos:notation", string(code.code))
            sheet.add(node, "rdfs:label", zh(code.zh))
            sheet.add(node, "rdfs:label", en(code.en))


def _format(sheet: Sheet, key: str) -> None:
    node = sheet.thing("format", key)
    sheet.add(node, "rdf:type", term("sc:MeetingFormat"))
    sheet.add(node, "rdf:type", term("skos:Concept"))
    sheet.add(node, "skos:notation", string(key))
    for predicate in ("rdfs:label", "skos:prefLabel"):
        if key in FORMATS:
            sheet.add(node, predicate, zh(FORMATS[key][0]))
            sheet.add(node, predicate, en(FORMATS[key][1]))


_CLASSES = {
    "state": "sc:State",
    "mission": "sc:Mission",
    "organization": "sc:Organization",
    "holder": "sc:MandateHolder",
    "post": "sc:Post",
}


def _thing(sheet: Sheet, path: str, key: str, gazetteer: Gazetteer) -> None:
    node = sheet.thing(path, key)
    sheet.add(node, "rdf:type", term(_CLASSES[path]))
    sheet.add(node, "dct:identifier", string(key))
    if path == "state":
        sheet.add(node, "sc:iso3", string(key))
    type_ = MentionType.ORGANIZATION if path == "holder" else MentionType[path.upper()]
    entry = gazetteer.get(type_, key) or gazetteer.holder(key)
    if entry:
        _entry(sheet, node, entry, gazetteer)


def _entry(sheet: Sheet, node: str, entry: Entry, gazetteer: Gazetteer) -> None:
    add = sheet.add
    if entry.kind and sheet.path(entry) == "holder" and not entry.is_measure:
        add(node, "rdf:type", term("sc:Organization"))
    add(node, "rdfs:label", zh(entry.zh))
    add(node, "rdfs:label", en(entry.en))
    for name in (entry.zh_formal, *entry.aliases):
        if name and name not in (entry.zh, entry.en):
            # an acronym is the same in every language; the tag says whose text prints it
            add(node, "skos:altLabel", en(name) if name.isascii() else zh(name))
    if entry.en_formal and entry.en_formal != entry.en:
        add(node, "skos:altLabel", en(entry.en_formal))
    if entry.iso2:
        add(node, "sc:iso2", string(entry.iso2))
    if entry.m49:
        add(node, "sc:m49", string(entry.m49))
    if entry.wikidata:
        add(node, "schema:sameAs", iri(f"http://www.wikidata.org/entity/{entry.wikidata}"))
    if entry.unbis:
        # a state is no concept, so this is not skos:exactMatch
        add(node, "rdfs:seeAlso", iri(entry.unbis))
    for predicate, when in (("schema:foundingDate", entry.start), ("schema:dissolutionDate", entry.end)):
        if when:
            add(node, predicate, dated(when))
    if entry.established_by:
        add(node, "sc:establishedBy", sheet.instrument(entry.established_by))
    for state in entry.states:
        add(node, "sc:operatesIn", sheet.state(state))
    parent = organization_of(entry.parent, gazetteer)
    if parent and parent.type is not MentionType.STATE:
        add(node, "org:subOrganizationOf", sheet.entry(parent))
