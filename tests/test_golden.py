"""The seeds, read as shipped: the facts are those annotated by hand, the triples those of ``expected.ttl``."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pytest
import rdflib

from kg.evaluate import compare_facts
from kg.extract import extract
from kg.model import Extraction
from kg.read import read_document
from tests.golden.remake import GOLDEN, SEEDS, STEMS, turtle_of
from tests.test_rules import rule_names

if TYPE_CHECKING:
    from spacy.language import Language

Json = dict[str, Any]

COUNTS = {
    "letter": 5,
    "presidency": 5,
    "meeting": 36,
    "chairing": 4,
    "briefing": 34,
    "adoption": 5,
    "mandate_decision": 6,
    "citation": 16,
    "committee": 1,
    "press_statement": 8,
}

FIELDS = {
    "letter": "date state sender_role signatory recipient",
    "presidency": "state month",
    "meeting": "date end_date number format level theme agenda_item status record body",
    "chairing": "date meeting_number format body state person capacity status",
    "briefing": "date meeting_number format person capacity organization topic audience status",
    "adoption": "instrument date meeting_number body in_favour against abstaining not_participating"
    " unanimous written_vote",
    "mandate_decision": "instrument paragraph action holder holder_label until duration basis date",
    "citation": "cited relation cited_paragraph",
    "committee": "resolution label",
    "press_statement": "date topic form",
}
"""The fields that ``kg extract`` promises; the annotation has every one of them."""


@pytest.fixture(scope="module")
def readings(nlp: Language) -> dict[str, Extraction]:
    """What the shipped pipeline reads in each seed, by file stem."""
    return {stem: extract(read_document(SEEDS / f"{stem}.txt"), nlp) for stem in STEMS}


@pytest.fixture(params=STEMS)
def stem(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def annotated(stem: str) -> list[Json]:
    facts: list[Json] = json.loads((GOLDEN / stem / "facts.json").read_text("utf-8"))
    return facts


def found(extraction: Extraction) -> list[Json]:
    return [fact.as_json() for fact in extraction.facts]


def test_the_annotation_names_every_field(stem: str) -> None:
    for fact in annotated(stem):
        assert set(fact) == {"type", "modality", "evidence", *FIELDS[fact["type"]].split()}
        assert fact["evidence"]


def test_facts_are_those_annotated(stem: str, readings: dict[str, Extraction]) -> None:
    report = compare_facts(annotated(stem), found(readings[stem]))
    assert report.ok, f"\n{report}"


def test_counts(readings: dict[str, Extraction]) -> None:
    assert Counter(fact["type"] for stem in STEMS for fact in annotated(stem)) == COUNTS
    assert Counter(fact.type for reading in readings.values() for fact in reading.facts) == COUNTS
    adopted = [
        fact["instrument"] for reading in readings.values() for fact in found(reading) if fact["type"] == "adoption"
    ]
    assert sorted(symbol[:6] for symbol in adopted) == ["S/PRST", *["S/RES/"] * 4]


def test_counts_printed_beside_the_annotation() -> None:
    """The table of ``golden/README.md``, row by row."""
    text = (GOLDEN / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w+) \|((?: ?\d* ?\|){6})$", text, re.MULTILINE)
    counted = Counter((fact["type"], stem[:3]) for stem in STEMS for fact in annotated(stem))
    assert {row for row, _ in rows} == {*COUNTS, "all"}
    for row, cells in rows:
        numbers = [int(cell) if cell.strip() else 0 for cell in cells.split("|")[:-1]]
        kinds = COUNTS if row == "all" else [row]
        expected = [sum(counted[kind, stem[:3]] for kind in kinds) for stem in STEMS]
        assert numbers == [*expected, sum(expected)], row


def test_the_words_that_were_annotated_are_the_evidence(stem: str, readings: dict[str, Extraction]) -> None:
    """The first quote of each annotated fact covers, or lies in, evidence of a fact that says the same, and the first
    evidence of each fact found covers, or lies in, a quote of one annotated."""
    gold, said = by_values(annotated(stem)), by_values(found(readings[stem]))
    assert gold.keys() == said.keys()
    for values, facts in gold.items():
        ours, theirs = [quotes(fact) for fact in facts], [quotes(fact) for fact in said[values]]
        for one, others in ((ours, theirs), (theirs, ours)):
            for first, *_ in one:
                assert any(first in quote or quote in first for quoted in others for quote in quoted), (values, first)


def by_values(facts: list[Json]) -> dict[str, list[Json]]:
    """Facts by what they say: two briefings of one day may say the same."""
    told: dict[str, list[Json]] = defaultdict(list)
    for fact in facts:
        said = {name: fact[name] for name in ("type", "modality", *FIELDS[fact["type"]].split())}
        told[json.dumps(said, ensure_ascii=False)].append(fact)
    return told


def quotes(fact: Json) -> list[str]:
    """Evidence without blanks."""
    words = [e if isinstance(e, str) else e["quote"] for e in fact["evidence"]]
    return ["".join(each.split()) for each in words]


def test_every_fact_quotes_its_source(stem: str, readings: dict[str, Extraction]) -> None:
    document = readings[stem].document
    file = (SEEDS / f"{stem}.txt").read_text("utf-8")
    for fact in readings[stem].facts:
        assert fact.evidence
        assert fact.rule in rule_names()
        assert 0 < fact.confidence <= 1
        for words in fact.evidence:
            assert document.text[words.start : words.end] == words.quote
            start, end = document.to_file.span(words.start, words.end)
            assert file[start] == words.quote[0]
            assert file[end - 1] == words.quote[-1]


def test_triples_are_those_expected(stem: str, readings: dict[str, Extraction]) -> None:
    """As graphs; there are no blank nodes, so sets of triples do. `tests.golden.remake` writes the expected ones."""
    expected = graph((GOLDEN / stem / "expected.ttl").read_text("utf-8"))
    came = graph(turtle_of(readings[stem]))
    gone, new = sorted(expected - came), sorted(came - expected)
    shown = "\n".join([*(f"- {line}" for line in gone[:40]), *(f"+ {line}" for line in new[:40])])
    assert came == expected, f"{len(gone)} triples went and {len(new)} came:\n{shown}"


def graph(text: str) -> set[str]:
    """N-Triples lines of a Turtle text, read by rdflib."""
    read = rdflib.Graph().parse(data=text, format="turtle")
    assert not any(isinstance(term, rdflib.BNode) for triple in read for term in triple)
    return {" ".join(term.n3() for term in triple) + " ." for triple in read}
