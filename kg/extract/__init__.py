"""Facts: what a document states, each with the words that say so. One door: `extract`.

One file a family of facts; `FAMILIES` lists them in the contract's order. Each takes a `Reading` of the document and yields facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kg.extract import records
from kg.extract.adoptions import adoptions
from kg.extract.appointments import appointments
from kg.extract.briefings import briefings
from kg.extract.chairings import chairings
from kg.extract.citations import citations, committees
from kg.extract.confidence import trusted
from kg.extract.credentials import credentials
from kg.extract.letters import letters
from kg.extract.mandates import mandates
from kg.extract.metadata import metadata_facts
from kg.extract.presidencies import presidencies
from kg.extract.press import press_statements
from kg.extract.reading import Reading, prepare
from kg.extract.referred import referred_letters
from kg.extract.votes import votes
from kg.model import Document, DocumentKind, Extraction, Fact, Mention, MentionType, OffsetMap, Paragraph, Section
from kg.structure import structure
from kg.text import normalize

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["FAMILIES", "RECORD_FAMILIES", "extract", "extract_line", "line_document"]


def meetings(reading: Reading) -> Iterator[Fact]:
    """The meetings that reading found."""
    for sitting in (*reading.meetings.all, *reading.meetings.of_committees):
        numbered = sitting.rule == "meeting.numbered"
        if sitting.date is not None or sitting.theme is not None or numbered:
            yield sitting.fact()


FAMILIES: tuple[Callable[[Reading], Iterator[Fact]], ...] = (
    letters,
    referred_letters,
    presidencies,
    meetings,
    chairings,
    briefings,
    adoptions,
    votes,
    mandates,
    citations,
    appointments,
    credentials,
    committees,
    press_statements,
    metadata_facts,
)
RECORD_FAMILIES: tuple[Callable[[Reading], Iterator[Fact]], ...] = (
    referred_letters,
    presidencies,
    meetings,
    *records.FAMILIES,
    mandates,
    citations,
    committees,
)
"""Those for a meeting record, where most sentences are speeches: see `kg.extract.records`."""


def extract(document: Document, nlp: Language | None = None) -> Extraction:
    """Mentions and facts of a document as read. ``nlp`` (`kg.pipeline.load_pipeline`) adds names that no list or frame knows.

    Facts stand in the order of their first evidence, then of the contract.
    """
    return _extract(structure(document), nlp)


def extract_line(line: str, nlp: Language | None = None, *, source: str = "-", number: int = 0) -> Extraction:
    """One line of text as a document of its own; offsets are those of the line as it stands."""
    return _extract(line_document(line, source=source, number=number), nlp)


def line_document(line: str, *, source: str = "-", number: int = 0) -> Document:
    """The document that one line of text is."""
    text = line.rstrip("\r\n")
    end = len(text)
    return Document(
        id=f"{source}:{number}",
        source=source,
        sha256="",
        text=text,
        to_file=OffsetMap.identity(),
        encoding="utf-8",
        paragraphs=(Paragraph(0, end, "prose"),) if text.strip() else (),
        sections=(Section("", 0, None, "body", 0, end),),
    )


def _extract(document: Document, nlp: Language | None) -> Extraction:
    reading = prepare(document, nlp)
    facts: list[tuple[int, int, int, Fact]] = []
    of_record = reading.front is not None and document.kind is DocumentKind.RECORD
    for order, family in enumerate(RECORD_FAMILIES if of_record else FAMILIES):
        for n, fact in enumerate(reading.once(family)):
            facts.append((fact.evidence[0].start if fact.evidence else 0, order, n, trusted(fact)))
    facts.sort(key=lambda f: f[:3])
    mentions = sorted(_canonical(reading), key=lambda m: (m.start, -m.end, m.type))
    return Extraction(document, tuple(mentions), tuple(f[3] for f in facts))


def _canonical(reading: Reading) -> Iterator[Mention]:
    """Officials get the slug of their full name within the document, dates without a year that of the document."""
    dates = reading.view.dates
    for mention in reading.view.mentions:
        known = mention.id
        if mention.type is MentionType.OFFICIAL:
            known = re.sub(r"[· .]+", "-", reading.people.full_name(normalize(mention.text)[0]))
        elif mention.type is MentionType.DATE and mention.start in dates:
            known = reading.context.iso(dates[mention.start]) or known
        if known == mention.id:
            yield mention
        else:
            yield Mention(mention.type, mention.start, mention.end, mention.text, known)
