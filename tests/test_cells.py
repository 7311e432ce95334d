"""Answers read from text hold the terms that the engine's objects say."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.cells import read_rows
from kg.store.terms import term_rows
from kg.triples.text import Term
from kg.vocabulary import PREFIXES

XSD = PREFIXES["xsd"]
_CHARACTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\n\r\x0b\x1c\x85\u2028\"\\'<>@^_:\x00\x7f")
_LEXICAL = st.text(_CHARACTERS, max_size=8) | st.sampled_from(
    [
        "1",
        "-1",
        "+1",
        "01",
        "1.0",
        "1.",
        ".5",
        "-0.50",
        "1e0",
        "1.5E-3",
        ".1e1",
        "1.e1",
        "INF",
        "NaN",
        "true",
        "1",
        "false",
    ]
)
_TYPES = st.sampled_from([*("integer", "decimal", "double", "float", "boolean", "byte", "date", "gYear", "string")])
_LITERALS = (
    st.builds(pyoxigraph.Literal, st.text(_CHARACTERS))
    | st.builds(lambda text, tag: pyoxigraph.Literal(text, language=tag), _LEXICAL, st.sampled_from(["zh", "en-gb"]))
    | st.builds(
        lambda text, name: pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(XSD + name)), _LEXICAL, _TYPES
    )
    | st.builds(lambda text: pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode("urn:t")), _LEXICAL)
)
_NODES = st.builds(
    pyoxigraph.NamedNode, st.sampled_from(["urn:a", "http://a/安理会", "http://a/?b#c", "http://a/(b)'c'"])
) | st.builds(pyoxigraph.BlankNode, st.sampled_from(["a", "b.c-d", "0"]))


def both(store: pyoxigraph.Store, query: str) -> tuple[list[dict[str, Term]], list[dict[str, Term]]]:
    found = []
    for read in (read_rows, term_rows):
        answer = store.query(query)
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        found.append(list(read(answer, tuple(variable.value for variable in answer.variables))))
    return found[0], found[1]


@given(st.lists(st.tuples(_LITERALS | _NODES, st.none() | _LITERALS), max_size=20))
def test_rows_are_those_of_the_objects(cells: list[tuple[pyoxigraph.Literal, pyoxigraph.Literal | None]]) -> None:
    store = pyoxigraph.Store()
    for at, (one, two) in enumerate(cells):
        row = pyoxigraph.NamedNode(f"urn:{at}")
        store.add(pyoxigraph.Quad(row, pyoxigraph.NamedNode("urn:one"), one))
        if two is not None:
            store.add(pyoxigraph.Quad(row, pyoxigraph.NamedNode("urn:two"), two))
    text, objects = both(store, "SELECT ?none ?row ?a ?b { ?row <urn:one> ?a OPTIONAL { ?row <urn:two> ?b } }")
    assert text == objects
    assert len(text) == len(cells)
    text, objects = both(store, "SELECT ?b { ?row <urn:one> ?a OPTIONAL { ?row <urn:two> ?b } }")
    assert text == objects


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {}",
        "SELECT * { VALUES () { () () } }",
        "SELECT ?a {}",
        "SELECT ?a ?b {}",
        "SELECT ?a { FILTER(false) }",
        "SELECT * { VALUES ?a { UNDEF 1 UNDEF } }",
        "SELECT * { VALUES (?a ?b) { (UNDEF UNDEF) (1 UNDEF) (UNDEF 1) } }",
        'SELECT * { VALUES ?a { 1 01 +1 1.0 1e0 .5 true false "true"^^xsd:boolean "1"^^xsd:boolean "x"@en--ltr } }',
        'SELECT * { VALUES ?a { "<a>" "_:a" "1" "true" "\\"" "a\\"@en" "?a" "" } }',
        "SELECT ?a { VALUES ?n { 1 2 } BIND(STRDT(STR(?n), xsd:integer) + 1.50 AS ?a) }",
        'SELECT ?a { BIND(STRDT("01", xsd:integer) AS ?a) }',
    ],
)
def test_rows_of_nothing_and_of_numbers(query: str) -> None:
    text, objects = both(pyoxigraph.Store(), f"PREFIX xsd: <{XSD}> {query}")
    assert text == objects


def test_what_has_been_taken_does_not_come_again() -> None:
    store = pyoxigraph.Store()
    answer = store.query("SELECT ?a { VALUES ?a { 1 2 3 } }")
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    next(answer)
    assert [row["a"].value for row in read_rows(answer, ("a",))] == ["2", "3"]


def test_more_than_the_engine_writes_at_once() -> None:
    store = pyoxigraph.Store()
    pairs = " ".join(f"({number} '安理会')" for number in range(5000))
    text, objects = both(store, f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {pairs} }} }}")
    assert len(text) == 5000
    assert text == objects


def test_a_term_is_made_once() -> None:
    text, _ = both(pyoxigraph.Store(), "SELECT ?a { VALUES ?a { <urn:a> <urn:b> <urn:a> } }")
    assert text[0]["a"] is text[2]["a"]


def test_triple_terms_are_refused() -> None:
    with pytest.raises(QueryError, match="triple term"):
        both(pyoxigraph.Store(), "SELECT ?a { BIND(<<( <urn:a> <urn:b> 'c' )>> AS ?a) }")
