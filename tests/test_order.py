"""Rows sorted here come in the order of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.queries import load_queries
from kg.store import Store
from kg.store.order import sort_rows, split_order
from kg.triples.text import Term
from kg.vocabulary import PREFIXES
from tests.synthetic import ALL, graph

if TYPE_CHECKING:
    from collections.abc import Mapping

XSD = PREFIXES["xsd"]
_WORDS = st.sampled_from(["", "a", "b", "B", "2020", "2020-01-31", "安理会", "\uffee", "\U00020000"])
_TEXTS = (
    st.builds(lambda word: Term("literal", word), _WORDS)
    | st.builds(lambda word, tag: Term("literal", word, "", tag), _WORDS, st.sampled_from(["en", "zh"]))
    | st.builds(lambda name: Term("iri", f"http://{name}"), st.sampled_from(["a", "b/c", "b#c"]))
    | st.sampled_from([Term("literal", "2020", XSD + "gYear"), Term("literal", "2020-02", XSD + "gYearMonth")])
    | st.builds(lambda day: Term("literal", day.isoformat(), XSD + "date"), st.dates())
)
_NUMBERS = st.builds(lambda n: Term("literal", str(n), XSD + "integer"), st.integers(-99, 99)) | st.builds(
    lambda n: Term("literal", f"{n / 4}", XSD + "decimal"), st.integers(-99, 99)
)


def of(rows: list[dict[str, Term]]) -> Store:
    return Store.of(
        line
        for at, row in enumerate(rows)
        for line in (f"<urn:{at}> <urn:is> <urn:row> .", *(f"<urn:{at}> <urn:{k}> {v.n3()} ." for k, v in row.items()))
    )


@given(
    st.lists(st.fixed_dictionaries({}, optional={"one": _TEXTS, "two": _NUMBERS, "three": _TEXTS})),
    st.lists(st.tuples(st.sampled_from(["one", "two", "three"]), st.booleans()), min_size=1, max_size=3),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
@example([{"one": Term("literal", "2020")}, {"one": Term("literal", "2020", XSD + "gYear")}], [("one", False)])
def test_rows_come_in_the_order_of_the_engine(rows: list[dict[str, Term]], order: list[tuple[str, bool]]) -> None:
    keys = " ".join(f"DESC(?{name})" if down else f"?{name}" for name, down in order)
    found = "".join(f"OPTIONAL {{ ?s <urn:{name}> ?{name} }} " for name in ("one", "two", "three"))
    query = f"SELECT ?one ?two ?three {{ ?s <urn:is> <urn:row> . {found} }} ORDER BY {keys}"
    store = of(rows)
    shown = [[row.get(name) for name, _ in order] for row in store.query(query).rows]
    assert shown == [[row.get(name) for name, _ in order] for row in store.query(query, most=10**6).rows]
    assert store._sorted(query) is not None


@pytest.mark.parametrize(
    "value", ['"1"^^xsd:double', '"2020-01-31T00:00:00Z"^^xsd:dateTime', '"true"^^xsd:boolean', '"a"', "<urn:a>"]
)
def test_what_is_neither_text_nor_numbers_is_left_to_the_engine(value: str) -> None:
    store = of([{"one": Term("literal", "7", XSD + "integer")}])
    query = f"SELECT ?v {{ {{ ?s <urn:one> ?v }} UNION {{ BIND ({value} AS ?v) }} }} ORDER BY ?v"
    assert store._sorted(query) is None
    assert len(store.query(query).rows) == 2


@pytest.mark.parametrize(
    ("end", "order"),
    [
        ("ORDER BY ?a", (("a", False),)),
        ("order by desc ( ?a ) $b asc(?c) # and no more", (("a", True), ("b", False), ("c", False))),
        ("ORDER BY ?a LIMIT 1", None),
        ("ORDER BY ?a OFFSET 1", None),
        ("ORDER BY ?a VALUES ?a { 1 }", None),
        ("ORDER BY STR(?a)", None),
        ("ORDER BY (?a)", None),
        ("ORDER BY", None),
        ("", None),
        ("# ORDER BY ?a", None),
    ],
)
def test_what_a_query_orders_by(end: str, order: tuple[tuple[str, bool], ...] | None) -> None:
    query = f"SELECT ?a ?b ?c {{ ?a ?b 'ORDER BY ?c' }} {end}"
    split = split_order(query)
    assert split == ((query[: query.lower().rindex("order by")], order) if order else None)


def test_an_order_within_is_the_engines() -> None:
    assert split_order("SELECT * { { SELECT ?a { ?a ?b ?c } ORDER BY ?a } }") is None


def test_what_is_not_shown_is_ordered_by_the_engine() -> None:
    store = of([{"one": Term("literal", "b")}, {"one": Term("literal", "a")}])
    query = "SELECT ?s { ?s <urn:one> ?o } ORDER BY ?o"
    assert store._sorted(query) is None
    assert [row["s"].value for row in store.query(query).rows] == ["urn:1", "urn:0"]


def test_rows_without_a_difference_stay() -> None:
    rows: list[dict[str, Term]] = [{"b": Term("literal", text)} for text in "zya"]
    assert sort_rows(rows, (("a", True),))
    assert [row["b"].value for row in rows] == ["z", "y", "a"]


@pytest.mark.parametrize("name", load_queries())
def test_the_librarys_rows_come_as_the_engine_has_them(name: str) -> None:
    values: Mapping[str, str] = {"asof": "2020-03-31"} if name == "expiring" else {}
    query = load_queries()[name].sparql(values)
    split = split_order(query)
    assert split or name == "cobriefers"  # the ten with the most
    store = Store.of(graph(*ALL))
    by = [variable for variable, _ in split[1]] if split else []
    here, there = store.query(query).rows, store.query(query, most=10**6).rows
    assert [[row.get(name) for name in by] for row in here] == [[row.get(name) for name in by] for row in there]
    assert sorted(map(repr, here)) == sorted(map(repr, there))
