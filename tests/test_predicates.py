"""Of a big file only what a query can match is loaded: what that is, and that the answer stays the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kg.errors import GraphError
from kg.queries import load_queries
from kg.queries.questions import load_questions
from kg.store import open_graph
from kg.store.predicates import predicates_of
from kg.vocabulary import PREFIXES, SC, prefixes
from tests.synthetic import ALL, graph

if TYPE_CHECKING:
    from pathlib import Path

TYPE = PREFIXES["rdf"] + "type"

NAMED = [
    ("SELECT ?x { ?x a sc:Meeting }", {SC.Meeting}),
    ("SELECT * WHERE { ?x sc:date ?day , ?other ; sc:month ?m ; . ?y sc:body ?x }", {SC.date, SC.month, SC.body}),
    (
        "PREFIX s: <urn:s#> SELECT (COUNT(*) AS ?n) { ?x s:p/^<urn:q> ?y ; s:r|s:t+ 12 }",
        {"urn:s#p", "urn:s#r", "urn:s#t", "urn:q"},
    ),
    (
        'SELECT ?x { ?x sc:topic "a { ?s ?p ?o"@zh ; sc:date "2020"^^xsd:gYear . FILTER (?x > 1 && regex(?y, "b")) }',
        {SC.topic, SC.date},
    ),
    (
        "SELECT ?x { VALUES (?x ?y) { (UNDEF sc:Held) } OPTIONAL { ?x sc:status ?y } } ORDER BY DESC(?x) ?y LIMIT 3",
        {SC.status},
    ),
    (
        "ASK { { SELECT ?x (MAX(?n) AS ?m) { ?x sc:number ?n } GROUP BY ?x HAVING (?m > 1) } MINUS { ?x sc:body ?b } }",
        {SC.number, SC.body},
    ),
    (
        "SELECT ?x { ?x sc:date ?d FILTER NOT EXISTS { ?x sc:body ?b } BIND (STR(?x) AS ?s) FILTER regex(?s, 'c') }",
        {SC.date, SC.body},
    ),
]
ANY = [
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s $p ?o }",
    "SELECT * { ?s sc:date ?d ; ?p ?o }",
    "SELECT * { ?s sc:date ?d . OPTIONAL { ?s ?p ?o } }",
    "SELECT * { ?s sc:date ?d . { ?s sc:body ?b } UNION { ?x ?s ?y } }",
    "SELECT * { ?s sc:date ?d FILTER NOT EXISTS { ?s ?p 1 } }",
    "SELECT * { ?s sc:date ?d FILTER (EXISTS { ?s ?p 1 }) }",
    "SELECT (EXISTS { ?s ?p 1 } AS ?e) { ?s sc:date ?d }",
    "SELECT ?s { ?s sc:date ?d } GROUP BY ?s HAVING (EXISTS { ?s ?p 1 })",
    "SELECT ?s { { SELECT ?s { ?s sc:date ?d } GROUP BY ?s HAVING (EXISTS { ?s ?p 1 }) } }",
    "SELECT ?s { ?s sc:date ?d } ORDER BY (EXISTS { ?s ?p 1 })",
    "SELECT * { ?s sc:date* ?o }",
    "SELECT * { ?s sc:date? ?o }",
    "SELECT * { ?s sc:date/sc:body* ?o }",
    "SELECT * { ?s (sc:date|sc:body)* ?o }",
    "SELECT * { ?s !sc:date ?o }",
    "SELECT * { ?s sc:date ( 1 2 ) }",
    "SELECT * { ?s a ( 1 2 ) }",
    "SELECT * { ( 1 2 ) sc:date ?o }",
    "SELECT * { ?s sc:date [ ?p ?o ] }",
    "SELECT * { [] sc:date ?o }",
    "SELECT * { _:a ?p ?o }",
    "SELECT * { GRAPH ?g { ?s sc:date ?o } }",
    "SELECT * FROM <urn:g> { ?s sc:date ?o }",
    "DESCRIBE sc:Meeting",
    "DESCRIBE ?s { ?s sc:date ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "BASE <urn:> SELECT * { ?s <a> ?o }",
    "SELECT * { ?s sc:\\u0061 ?o }",
    "SELECT * { << ?s ?p ?o >> sc:date ?d }",
    "SELECT * { ?s sc:date ?d ",
    "SELECT *",
]

ANYTHING = {"chain", "q25", "themes", "q23"}
"""Queries of the library with a path that may be empty, or a variable for a predicate."""


@pytest.mark.parametrize(("query", "named"), NAMED)
def test_what_a_query_names(query: str, named: set[str]) -> None:
    found = predicates_of(query, prefixes())
    assert found is not None
    assert {TYPE, *named} <= found


@pytest.mark.parametrize("query", ANY)
def test_a_query_that_may_match_anything(query: str) -> None:
    assert predicates_of(query, prefixes()) is None


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("file") / "graph.nq"
    path.write_text("".join(f"{line}\n" for line in graph(*ALL)), "utf-8")
    return path


@pytest.mark.parametrize("name", [*load_queries(), *(question.name for question in load_questions())])
def test_the_librarys_answers_stay(name: str, file: Path) -> None:
    if name in load_queries():
        text = load_queries()[name].sparql({"asof": "2020-03-31"} if name == "expiring" else {})
    else:
        text = next(q.sparql(q.example) for q in load_questions() if q.name == name)
    few, all_ = open_graph(file, only=text), open_graph(file)
    assert 0 < len(few) <= len(all_)
    assert (len(few) == len(all_)) == (name in ANYTHING)
    assert few.query(text) == all_.query(text)


def test_what_may_match_anything_is_asked_of_all(file: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert open_graph(file, only=query).query(query) == open_graph(file).query(query)
    by_graph = "SELECT ?g { GRAPH ?g { ?s a sc:Letter } }"
    assert open_graph(file, only=by_graph).query(by_graph) == open_graph(file).query(by_graph)


def test_a_bad_line_has_its_own_number(file: Path, tmp_path: Path) -> None:
    lines = file.read_text("utf-8").splitlines(keepends=True)
    bad = tmp_path / "bad.nq"
    bad.write_text("".join([*lines[:7], lines[6], "<urn:a> <urn:b> .\n", *lines[7:]]), "utf-8")
    with pytest.raises(GraphError, match=re.escape(f"{bad}, line 9: does not parse")):
        open_graph(bad, only="SELECT ?x { ?x a sc:Meeting }")
