"""JSON-LD of a graph means the graph, whatever its literals hold."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.triples.jsonld import jsonld
from kg.triples.text import Term, split_line
from kg.vocabulary import PREFIXES

XSD = PREFIXES["xsd"]
SUBJECT, PREDICATE, GRAPH = (
    "<https://w3id.org/unsc-kg/id/state/VNM>",
    "<https://example.org/p>",
    "<https://example.org/g>",
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
TYPED = st.sampled_from(
    [
        *(("integer", text) for text in ("0", "7", "-12", "007", "+1", "123456789012345678901234567890", "-0")),
        *(("boolean", text) for text in ("true", "false", "1")),
        *(("decimal", text) for text in ("0.95", "1", "1.0")),
        *(("date", "2020-01-31"), ("gYearMonth", "2020-01"), ("gYear", "2020")),
    ]
)
TERMS = st.one_of(
    TEXT.map(lambda text: Term("literal", text).n3()),
    TEXT.map(lambda text: Term("literal", text, language="zh").n3()),
    TYPED.map(lambda pair: Term("literal", pair[1], XSD + pair[0]).n3()),
    st.sampled_from(
        ["state://x", "https://example.org/a b", "urn:x:y", "https://w3id.org/unsc-kg/id/resolution/A(1)"]
    ).map(lambda iri: Term("iri", iri).n3()),
)


def read(text: str) -> set[str]:
    return {str(q) for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)}


def quad(subject: str, predicate: str, object_: str, graph: str) -> str:
    return f"{subject} {predicate} {object_} {graph} ."


def meant(lines: list[str]) -> set[str]:
    return {str(q) for q in pyoxigraph.parse("\n".join(lines), format=pyoxigraph.RdfFormat.N_QUADS)}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TERMS, st.sampled_from([GRAPH, ""])), min_size=1, max_size=6))
def test_it_comes_back(objects: list[tuple[str, str]]) -> None:
    lines = {
        quad(SUBJECT, PREDICATE, term, graph) if graph else f"{SUBJECT} {PREDICATE} {term} ." for term, graph in objects
    }
    ordered = sorted(lines, key=lambda line: (split_line(line)[3], line))
    assert read("".join(jsonld(ordered))) == meant(ordered)


@pytest.mark.parametrize(("term", "value"), [('"7"^^<%sinteger>', 7), ('"true"^^<%sboolean>', True)])
def test_numbers_and_truths_are_json(term: str, value: object) -> None:
    text = "".join(jsonld([quad(SUBJECT, PREDICATE, term % XSD, GRAPH)]))
    (graph,) = json.loads(text)["@graph"]
    assert graph["@graph"] == [{"id": "state:VNM", "https://example.org/p": value}]


def test_a_form_that_json_would_change_is_kept() -> None:
    text = "".join(jsonld([quad(SUBJECT, PREDICATE, f'"007"^^<{XSD}integer>', GRAPH)]))
    assert '{"@value": "007", "@type": "xsd:integer"}' in text


def test_an_address_like_a_short_name_is_refused() -> None:
    with pytest.raises(ValueError, match="state:VNM would be read as a short name"):
        "".join(jsonld([quad(SUBJECT, PREDICATE, "<state:VNM>", GRAPH)]))
