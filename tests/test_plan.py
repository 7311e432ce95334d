"""Long lists: another text with the same rows, and when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.queries import load_queries
from kg.queries.questions import load_questions
from kg.store import Store, build_store, graph, open_graph
from kg.store.order import split_order
from kg.store.plan import Plan, plan
from tests.synthetic import ALL
from tests.synthetic import graph as graph_of

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from kg.triples.text import Term


def bag(rows: list[dict[str, Term]]) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in rows)


# -- the text ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (
            "SELECT ?a ?b { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } }",
            "SELECT ?a ?b { ?a a <urn:T> . OPTIONAL { SELECT ?a ?b WHERE { ?a <urn:p> ?b . } } }",
        ),
        (
            "SELECT ?b { ?a a <urn:T> ; <urn:p> ?b, ?c . }",
            "SELECT ?b { ?a a <urn:T> . { SELECT ?a ?b WHERE { ?a <urn:p> ?b } } "
            "{ SELECT ?a ?c WHERE { ?a <urn:p> ?c } } }",
        ),
        (
            "SELECT ?b WHERE { ?a a <urn:T> . ?a <urn:p>/<urn:q> ?b FILTER(?b > 1) }",
            "SELECT ?b WHERE { ?a a <urn:T> . { SELECT ?a ?step0 WHERE { ?a <urn:p> ?step0 } } "
            "{ SELECT ?step0 ?b WHERE { ?step0 <urn:q> ?b } } FILTER(?b > 1) }",
        ),
        (
            "SELECT ?step0 { ?a a <urn:T> OPTIONAL { ?a <urn:p>/<urn:q> ?step0 } }",
            "SELECT ?step0 { ?a a <urn:T> . OPTIONAL { SELECT ?a ?step0 WHERE "
            "{ { SELECT ?a ?step1 WHERE { ?a <urn:p> ?step1 } } "
            "{ SELECT ?step1 ?step0 WHERE { ?step1 <urn:q> ?step0 } } } } }",
        ),
        (
            'SELECT ?b { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b . FILTER (LANGMATCHES(LANG(?b), "zh")) } }',
            "SELECT ?b { ?a a <urn:T> . OPTIONAL { SELECT ?a ?b WHERE { ?a <urn:p> ?b . "
            'FILTER (LANGMATCHES(LANG(?b), "zh")) } } }',
        ),
        (
            "SELECT ?b { { VALUES ?w { 1 } ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } FILTER(!BOUND(?w) || ?w = ?b) } }",
            "SELECT ?b { { VALUES ?w { 1 } ?a a <urn:T> . OPTIONAL { SELECT ?a ?b WHERE { ?a <urn:p> ?b . } } "
            "FILTER(!BOUND(?w) || ?w = ?b) } }",
        ),
        (
            "PREFIX : <urn:> # one\nSELECT ?a # two\n{ { SELECT ?a # three\n{ ?a a :T ; :p ?b # four\n} } "
            "UNION { ?a :p ?c } }",
            "PREFIX : <urn:> # one\nSELECT ?a { { SELECT ?a { ?a a :T . { SELECT ?a ?b WHERE { ?a :p ?b } } } } "
            "UNION { ?a :p ?c . } }",
        ),
    ],
)
def test_what_is_joined(query: str, text: str) -> None:
    planned = plan(query)
    assert planned is not None
    assert planned.text == text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } }",
        "SELECT (COUNT(?a) AS ?n) { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } } GROUP BY ?a",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } } LIMIT 9",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } } ORDER BY ?a",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } } VALUES ?a { <urn:a> }",
        "SELECT REDUCED ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } }",
        "SELECT ?a FROM <urn:g> { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } }",
        "BASE <urn:> SELECT ?a { ?a a <T> OPTIONAL { ?a <p> ?b } }",
        "ASK { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } }",
        "CONSTRUCT { ?a a ?b } WHERE { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } }",
        "DESCRIBE ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } }",
        "SELECT ?a { GRAPH ?g { ?a a <urn:T> } OPTIONAL { ?a <urn:p> ?b } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } FILTER NOT EXISTS { ?a <urn:q> ?b } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } BIND (RAND() AS ?c) }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } { SELECT (SAMPLE(?d) AS ?c) { ?a <urn:p> ?d } } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } { SELECT ?a { ?a <urn:p> ?d } LIMIT 1 } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } { SELECT ?a { ?a <urn:p> ?d } GROUP BY ?a } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } { SELECT (1 AS ?c) { ?a <urn:p> ?d } } }",
        # what is not read
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> _:b } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> [] } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ( ?b ) } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> 1 } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p>+ ?b } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a ^<urn:p> ?b } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p>/(<urn:p>|<urn:q>) ?b } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p>/<urn:p>|<urn:q> ?b } }",
        "SELECT $a { $a a <urn:T> OPTIONAL { $a <urn:p> $b } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } FILTER(?b<?c&&?c>?b) }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> '\\u0027' } OPTIONAL { ?a <urn:p> ?b } }",
        # between two ends that it knows the engine goes a path once
        "SELECT ?a { ?a a <urn:T> ; <urn:q> ?b ; <urn:p>/<urn:q> ?b }",
        "SELECT ?a { ?a a <urn:T> ; <urn:q> ?b ; <urn:p>/<urn:q> <urn:c> }",
        "SELECT ?a { VALUES ?b { <urn:c> } ?a a <urn:T> ; <urn:p>/<urn:q> ?b }",
        "SELECT ?a { ?a a <urn:T> ; <urn:p>|<urn:q> ?b . BIND (<urn:c> AS ?b) }",
        # it says itself what is joined first
        "SELECT ?a { { SELECT ?a { ?a a <urn:T> } } OPTIONAL { ?a <urn:p> ?b } }",
        "SELECT ?a { { { SELECT ?a { ?a a <urn:T> } } ?a <urn:q> ?c } OPTIONAL { ?a <urn:p> ?b } }",
        # nothing to be joined
        "SELECT ?a { ?a <urn:p> ?b }",
        "SELECT ?a { ?a a <urn:T> ; <urn:p> <urn:b> ; <urn:q> ?a }",
        "SELECT ?a { ?a a <urn:T> ; ?p ?b }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?b <urn:p> ?c } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b FILTER(?b = ?d) } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } } }",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { { ?a <urn:p> ?b } UNION { ?a <urn:q> ?b } } }",
        "SELECT ?a { ?a a <urn:T> MINUS { ?a <urn:p> ?b } }",
        # no query
        "PREFIX",
        "SELECT ?a { ?a a",
        "SELECT ?a { ?a a <urn:T> OPTIONAL { ?a <urn:p> ?b } } }",
        "",
    ],
)
def test_what_is_left_alone(query: str) -> None:
    assert plan(query) is None


def test_what_comes_after_an_optional_binds_nothing_before_it() -> None:
    planned = plan("SELECT ?a { ?a a <urn:T> OPTIONAL { ?b <urn:p> ?c } ?a <urn:q> ?b }")
    assert planned is not None
    assert "OPTIONAL { ?b <urn:p> ?c }" in planned.text


def test_patterns_that_say_how_many_rows_there_may_be() -> None:
    planned = plan(
        "SELECT ?a { { ?a a <urn:T> ; <urn:q> 'x'@en } ?a <urn:p> ?b OPTIONAL { ?a <urn:p> ?c ; <urn:q> 'y' } }"
    )
    assert planned is not None
    assert planned.beyond == (
        "SELECT ?s WHERE { ?s a <urn:T> } LIMIT 1 OFFSET ",
        "SELECT ?s WHERE { ?s <urn:q> 'x'@en } LIMIT 1 OFFSET ",
    )


# -- the rows ----------------------------------------------------------------------------------------------------------

_NAMES = st.sampled_from(["?a", "?b", "?c", "?d"])
_PATHS = st.sampled_from(["<urn:p>", "<urn:q>", "<urn:r>", "<urn:p>/<urn:q>", "<urn:q>/<urn:r>", "<urn:p>|<urn:r>"])
_TRIPLES = st.builds("{} {} {} .".format, _NAMES, _PATHS, _NAMES | st.sampled_from(["<urn:1>", '"x"', '"y"@zh']))
_FILTERS = st.builds(
    "FILTER ({}) ".format,
    st.builds("BOUND({})".format, _NAMES)
    | st.builds("!BOUND({})".format, _NAMES)
    | st.builds("{} != {}".format, _NAMES, _NAMES)
    | st.builds("!BOUND({0}) || STR({0}) < 'urn:3'".format, _NAMES),
)
_SIMPLE = st.lists(_TRIPLES, min_size=1, max_size=3).map(" ".join)
_OPTIONALS = st.builds("OPTIONAL {{ {} {} }}".format, _SIMPLE, st.just("") | _FILTERS)
_VALUES = st.builds("VALUES {} {{ {} }}".format, _NAMES, st.sampled_from(["UNDEF", "<urn:1> <urn:2>", "UNDEF <urn:1>"]))
_INNER = (
    st.builds("{{ {} {} {} }}".format, _SIMPLE, _OPTIONALS, _FILTERS)
    | st.builds("{{ {} {} }}".format, _VALUES, _SIMPLE)
    | st.builds("{{ {} }} UNION {{ {} }}".format, _SIMPLE, _SIMPLE)
    | st.builds("{{ SELECT {} {{ {} {} }} }}".format, _NAMES, _SIMPLE, st.just("") | _OPTIONALS)
    | st.builds("{{ SELECT DISTINCT {0} {{ {1} }} }}".format, _NAMES, _SIMPLE)
    | st.builds("{{ SELECT {0} (COUNT(*) AS ?n) {{ {1} }} GROUP BY {0} }}".format, _NAMES, _SIMPLE)
)
_PARTS = st.lists(
    _SIMPLE | _OPTIONALS | _FILTERS | _INNER | _VALUES | st.builds("MINUS {{ {} }}".format, _SIMPLE), max_size=4
)
_QUERIES = st.builds(
    "SELECT {} ?a ?b ?c ?d {{ {} {} }}".format, st.sampled_from(["", "DISTINCT"]), _SIMPLE, _PARTS.map(" ".join)
)
_THINGS = st.sampled_from([f"<urn:{number}>" for number in range(4)])
_LINES = st.builds(
    "{} <urn:{}> {} .".format, _THINGS, st.sampled_from("pqr"), _THINGS | st.sampled_from(['"x"', '"x"@zh', '"y"@zh'])
)


@settings(max_examples=300)
@given(_QUERIES, st.lists(_LINES, max_size=12, unique=True))
def test_any_querys_rows_are_the_same(query: str, lines: list[str]) -> None:
    planned = plan(query)
    if planned is not None:
        store = Store.of(lines)
        assert bag(store.select(planned.text)) == bag(store.select(query))


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(graph_of(*ALL))


def library() -> list[tuple[str, str]]:
    asked = [
        (name, q.sparql({"asof": "2020-03-31"} if name == "expiring" else {})) for name, q in load_queries().items()
    ]
    asked += [(question.name, question.sparql(question.example)) for question in load_questions()]
    return [(name, (split_order(query) or (query,))[0]) for name, query in asked]


_PLAIN = {
    *("announced", "briefers", "chain", "changed", "cobriefers", "expiring", "rollovers", "support", "themes"),
    *("timeline", "presidencies", "debates", "enforcement", "mentions", "ministers", "vetoes"),
}
"""They group, say themselves what to join first, or have a path between two things that are known already."""


@pytest.mark.parametrize(("name", "query"), library())
def test_the_librarys_rows_are_the_same(store: Store, name: str, query: str) -> None:
    planned = plan(query)
    if planned is None:
        assert get_name(name) in _PLAIN
        return
    assert bag(store.select(planned.text)) == bag(store.select(query))


def get_name(name: str) -> str:
    return next((question.query for question in load_questions() if question.name == name), name)


# -- when --------------------------------------------------------------------------------------------------------------

_QUERY = "SELECT ?a ?b WHERE { ?a a <urn:T> ; <urn:p> ?b }"


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A hundred rows on disk, of which five are few."""
    lines = sorted(f"<urn:{n}> {said} <urn:g> ." for n in range(100) for said in ("a", f'<urn:p> "{n}"'))
    lines = [line.replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:T> ") for line in lines]
    (tmp_path / "graph.nq").write_text("\n".join([*lines, ""]), encoding="utf-8")
    build_store(tmp_path / "graph.nq", tmp_path / "store")
    monkeypatch.setattr(graph, "_FEWEST", 5)
    monkeypatch.setattr(graph, "_A_ROW", 10**9)
    return open_graph(tmp_path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was written anew."""
    found: list[str] = []

    def spy(query: str) -> Plan | None:
        found.append(query)
        return plan(query)

    monkeypatch.setattr(graph, "plan", spy)
    return found


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked but for the query as it stands."""
    found: list[str] = []
    answer = Store._answer

    def spy(self: Store, query: str) -> AbstractContextManager[object]:
        found.append(query)
        return answer(self, query)

    monkeypatch.setattr(Store, "_answer", spy)
    return found


def test_a_long_list_is_found_by_joins(stored: Store, asked: list[str], read: list[str]) -> None:
    plain = bag(list(stored.rows(_QUERY)))
    read.clear()
    planned = plan(_QUERY)
    assert planned is not None
    result = stored.query(_QUERY)
    assert bag(list(result.rows)) == plain
    assert len(plain) == 100
    assert not result.cut
    assert asked == [_QUERY]
    assert read == [_QUERY, "SELECT ?s WHERE { ?s a <urn:T> } LIMIT 1 OFFSET 35", planned.text]


def test_a_list_that_may_not_be_long_is_not(stored: Store, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "_MANY", 20)  # a hundred things are not beyond a hundred
    assert len(stored.query(_QUERY).rows) == 100
    assert read == [_QUERY, "SELECT ?s WHERE { ?s a <urn:T> } LIMIT 1 OFFSET 100"]


def test_sorted_rows_are_found_so_too(stored: Store, asked: list[str]) -> None:
    rows = stored.query(f"{_QUERY} ORDER BY DESC(?b)").rows
    assert [row["b"].value for row in rows] == sorted(map(str, range(100)), reverse=True)
    assert asked


@pytest.mark.parametrize("most", [3, 5, 10, 100, 1000])
def test_part_of_a_list_is_not(stored: Store, asked: list[str], most: int) -> None:
    result = stored.query(_QUERY, most=most)
    assert (len(result.rows), result.cut) == (min(most, 100), most < 100)
    assert not asked


def test_few_rows_are_not(stored: Store, asked: list[str]) -> None:
    assert len(stored.query("SELECT ?a { VALUES ?b { '1' '2' '3' '4' } ?a a <urn:T> ; <urn:p> ?b }").rows) == 4
    assert not asked


def test_nothing_in_memory_is(asked: list[str]) -> None:
    store = Store.of(f'<urn:{n}> <urn:{p}> "{n}" .' for n in range(500) for p in "pq")
    assert len(store.query("SELECT ?a { ?a <urn:p> ?b ; <urn:q> ?c }").rows) == 500
    assert not asked


def test_a_part_of_a_graph_is_not(stored: Store, asked: list[str]) -> None:
    assert len(stored.dataset(["urn:g"], []).query(_QUERY).rows) == 100
    assert not asked


def test_an_order_of_the_same_rows_is_the_same(stored: Store) -> None:
    assert stored.query(_QUERY) == stored.query(_QUERY)
