"""What the library's queries leave out: all but what a parameter asks for, and what only looks like a fact of the kind.

The queries are written for the order in which Oxigraph evaluates them: a given value first, the class of a fact late.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
import rdflib

from kg.model import Briefing, Chairing, Status
from kg.queries import get_query, load_queries
from kg.store import Store
from kg.triples import turtle
from kg.triples.text import Term
from tests.synthetic import ALL, document, extraction, graph

GIVEN = {"expiring": {"asof": "2020-07-01", "days": "60"}}
CHOICES = [
    ("adoptions", "resolution", "resolution"),
    ("annexes", "document", "document"),
    ("briefings", "date", "date"),
    ("briefings", "number", "number"),
    ("briefings", "status", "status"),
    ("chairs", "date", "date"),
    ("chairs", "state", "state"),
    ("chairs", "status", "status"),
    ("citations", "cited", "cited"),
    ("citations", "relation", "relation"),
    ("credentials", "state", "state"),
    ("debates", "state", "state"),
    ("letters", "state", "state"),
    ("mandates", "action", "action"),
    ("mandates", "holder", "holder"),
    ("meetings", "format", "format"),
    ("meetings", "number", "number"),
    ("meetings", "status", "status"),
    ("ministers", "state", "state"),
    ("ministers", "status", "status"),
    ("presidencies", "month", "month"),
    ("presidencies", "state", "state"),
    ("rollovers", "holder", "holder"),
    ("timeline", "holder", "holder"),
    ("votes", "state", "state"),
]
"""Query, parameter, and the column that then has its value."""

_HELD = Status.HELD
NUMBERED = extraction(
    document("two-meetings", "外交部长主持，甲通报。乙通报。\n"),
    (Chairing(date="2020-02-03", state="DEU", capacity="外交部长", meeting_number="8699", status=_HELD), "部长主持"),
    (Briefing(date="2020-02-03", capacity="外交部长", meeting_number="8699", status=_HELD), "甲通报"),
    (Briefing(date="2020-02-04", capacity="特使", meeting_number="8700", status=_HELD), "乙通报"),
)
"""Briefers of two meetings with numbers, one in a capacity that another chairs in."""

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
MODALITY = "<https://w3id.org/unsc-kg/ns#modality>"


@cache
def lines() -> tuple[str, ...]:
    return tuple(graph(*ALL, NUMBERED))


@cache
def store() -> Store:
    return Store.of(lines())


@cache
def peer() -> rdflib.Graph:
    return rdflib.Graph().parse(data="".join(turtle(list(lines()))), format="turtle")


def rows(name: str, **values: str) -> list[dict[str, Term]]:
    return store().select(get_query(name).sparql(values))


@pytest.mark.parametrize(("name", "parameter", "column"), CHOICES)
def test_a_parameter_gives_the_rows_that_have_it(name: str, parameter: str, column: str) -> None:
    everything = rows(name)
    values = {row[column].value for row in everything if column in row}
    assert values
    for value in [*sorted(values), "2999-01-31" if parameter == "date" else "XXX"]:
        wanted = [row for row in everything if column in row and row[column].value == value]
        assert rows(name, **{parameter: value}) == wanted


@pytest.mark.parametrize(("name", "parameter", "column"), CHOICES)
def test_rdflib_gives_them_too(name: str, parameter: str, column: str) -> None:
    value = min(row[column].value for row in rows(name) if column in row)
    ours = rows(name, **{parameter: value})
    theirs = peer().query(get_query(name).sparql({parameter: value})).bindings
    columns = get_query(name).columns
    assert sorted([str(row.get(rdflib.Variable(c), "")) for c in columns] for row in theirs) == sorted(
        [row[c].value if c in row else "" for c in columns] for row in ours
    )


def test_a_minister_who_briefs_does_not_chair() -> None:
    held = [row["date"].value for row in rows("ministers", state="DEU")]
    assert held == ["2020-02-03"]
    assert [row["capacity"].value for row in rows("briefings", number="8699")] == ["外交部长"]


@pytest.mark.parametrize("name", [name for name in load_queries() if name not in ("evidence", "mentions")])
def test_what_is_of_another_class_is_no_answer(name: str) -> None:
    """Each fact once more, all the same but its class."""
    facts = {line.split(" ", 1)[0] for line in lines() if line.split(" ", 2)[1] == MODALITY}
    more = [
        re.sub(r"^<([^>]*)>", r"<\1-decoy>", re.sub(rf"{TYPE} <[^>]*>", f"{TYPE} <urn:another:class>", line))
        for line in lines()
        if line.split(" ", 1)[0] in facts
    ]
    sparql = get_query(name).sparql(GIVEN.get(name, {}))
    assert Store.of([*lines(), *more]).select(sparql) == store().select(sparql)
