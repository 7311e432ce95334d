"""Mandates in time: continuity, gaps, rollovers, early ends, what is known on a day; held to the library's query."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kg.model import Adoption, MandateDecision, Modality
from kg.queries import get_query
from kg.store import Store
from kg.timeline import Term, Timeline, timelines
from tests.synthetic import MANDATES, document, extraction, graph, unmiss
from tests.test_queries import decided, of

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Fact
    from tests.conftest import Kg


def one(store: Store, holder: str = "UNSMIL", **options: Any) -> Timeline:
    (line,) = timelines(store.select, holder=holder, **options)
    return line


def lasting(number: int, date: str, duration: str, action: str = "extend") -> Fact:
    return MandateDecision(
        instrument=f"S/RES/{number}(2020)", action=action, holder="UNSMIL", duration=duration, date=date
    )


UNMISS = Store.of(graph(MANDATES))


# -- UNMISS, 2011 to 2017: yearly terms, rollovers of days and weeks --------------------------------------------------


def test_unmiss_runs_without_a_gap() -> None:
    line = one(UNMISS, "UNMISS")
    assert len(line.terms) == 12
    assert not line.gaps
    assert [(a.end, b.start) for a, b in zip(line.terms, line.terms[1:], strict=False) if a.end != b.start] == []
    assert (line.state, line.label) == ("in force", "南苏丹特派团")


def test_rollovers_are_what_is_short() -> None:
    short = {term.resolution: term.days for term in one(UNMISS, "UNMISS").terms if term.rollover}
    assert short == {"S/RES/2241(2015)": 15, "S/RES/2302(2016)": 12, "S/RES/2326(2016)": 1}


def test_without_the_rollovers_there_are_gaps() -> None:
    line = one(Store.of(graph(unmiss(2302, 2326))), "UNMISS")
    assert {term.resolution: term.gap_days for term in line.gaps} == {"S/RES/2304(2016)": 12, "S/RES/2327(2016)": 1}


@pytest.mark.parametrize(
    ("asof", "state", "end"),
    [
        ("2016-07-20", "in force", "2016-07-31"),
        ("2016-07-29", "in force", "2016-08-12"),  # decided on that day
        ("2016-08-12", "in force", "2016-12-15"),
        ("2017-12-15", "in force", "2017-12-15"),  # the last day counts
        ("2017-12-16", "lapsed", "2017-12-15"),
    ],
)
def test_as_known_on_a_day(asof: str, state: str, end: str) -> None:
    line = one(UNMISS, "UNMISS", asof=asof)
    assert (line.state, line.end, line.asof) == (state, end, asof)


def test_before_anything_was_decided() -> None:
    assert timelines(UNMISS.select, asof="2011-07-07") == []


# -- frames: what each kind of decision does --------------------------------------------------------------------------

Y = ("2020-01-01", "2020-12-31")


def told(**fields: Any) -> Fact:
    """The extension of 2020, told in another way."""
    fact = MandateDecision(
        instrument="S/RES/1(2020)", action="extend", holder="UNSMIL", until="2020-12-31", date="2020-01-01"
    )
    return replace(fact, **fields)


CASES: dict[str, tuple[list[Fact], dict[str, Any], tuple[str, str | None]]] = {
    "an extension starts where the term before ends": (
        [decided(1, *Y, "establish"), decided(2, "2020-12-20", "2021-12-31")],
        {"start": "2020-12-31", "end": "2021-12-31", "basis": "printed", "gap_days": 0, "overlap_days": 0},
        ("in force", "2021-12-31"),
    ),
    "after a gap it starts on its day": (
        [decided(1, *Y, "establish"), decided(2, "2021-01-10", "2021-12-31")],
        {"start": "2021-01-10", "gap_days": 10},
        ("in force", "2021-12-31"),
    ),
    "a duration is counted from the end before": (
        [decided(1, *Y, "establish"), lasting(2, "2020-12-20", "P6M")],
        {"start": "2020-12-31", "end": "2021-06-30", "basis": "computed-from-prior-end", "days": 181},
        ("in force", "2021-06-30"),
    ),
    "a first duration is counted from the decision": (
        [lasting(1, "2020-01-15", "P1Y", "establish")],
        {"start": "2020-01-15", "end": "2021-01-15", "basis": "computed", "gap_days": None},
        ("in force", "2021-01-15"),
    ),
    "a duration after nothing known has no end": (
        [lasting(1, "2020-01-15", "P1Y")],
        {"start": "2020-01-15", "end": None, "basis": None},
        ("unknown", None),
    ),
    "a duration after a gap has no end": (
        [decided(1, *Y, "establish"), lasting(2, "2021-02-01", "P6M")],
        {"start": "2021-02-01", "end": None, "gap_days": 32},
        ("unknown", None),
    ),
    "a termination ends it early": (
        [decided(1, *Y, "establish"), decided(2, "2020-06-01", None, "terminate")],
        {"start": "2020-06-01", "end": "2020-06-01", "cut_days": 213, "gap_days": 0},
        ("ended", "2020-06-01"),
    ),
    "a termination at its end cuts nothing": (
        [decided(1, *Y, "establish"), decided(2, "2020-12-20", "2020-12-31", "terminate")],
        {"end": "2020-12-31", "cut_days": 0},
        ("ended", "2020-12-31"),
    ),
    "a technical rollover is called so": (
        [decided(1, *Y, "establish"), decided(2, "2020-12-20", "2021-06-30", "rollover")],
        {"rollover": "stated", "days": 181},
        ("in force", "2021-06-30"),
    ),
    "two months are not short": (
        [decided(1, *Y, "establish"), decided(2, "2020-12-20", "2021-02-28")],
        {"rollover": None, "end": "2021-02-28"},
        ("in force", "2021-02-28"),
    ),
    "a day less is": (
        [decided(1, *Y, "establish"), decided(2, "2020-12-20", "2021-02-27")],
        {"rollover": "short"},
        ("in force", "2021-02-27"),
    ),
    "a first term of a month is no rollover": (
        [decided(1, "2020-01-01", "2020-01-31", "establish")],
        {"rollover": None},
        ("in force", "2020-01-31"),
    ),
    "set up again while it runs, it overlaps": (
        [decided(1, *Y, "establish"), decided(2, "2020-12-01", "2021-12-01", "establish")],
        {"overlap_days": 30, "gap_days": 0},
        ("in force", "2021-12-01"),
    ),
    "an extension that ends before what runs is another part of it": (
        [decided(1, *Y, "establish"), decided(2, "2020-03-01", "2020-06-01")],
        {"start": "2020-03-01", "end": "2020-06-01", "overlap_days": 92, "cut_days": 0},
        ("in force", "2020-12-31"),
    ),
    "a modification may shorten": (
        [decided(1, *Y, "establish"), decided(2, "2020-03-01", "2020-06-30", "modify")],
        {"end": "2020-06-30", "cut_days": 184},
        ("in force", "2020-06-30"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_last_term(name: str) -> None:
    facts, wanted, (state, end) = CASES[name]
    line = one(of(*facts))
    assert {field: getattr(line.terms[-1], field) for field in wanted} == wanted
    assert (line.state, line.end) == (state, end)


def test_it_lapses() -> None:
    store = of(decided(1, *Y, "establish"))
    assert one(store, asof="2020-12-31").state == "in force"
    assert one(store, asof="2021-01-01").state == "lapsed"


def test_the_end_of_one_measure_ends_no_sanctions() -> None:
    store = of(
        decided(1, *Y, "extend", "sanctions-1533"),
        decided(2, "2020-06-01", "2020-06-01", "terminate", "sanctions-1533"),
    )
    assert (one(store, "sanctions-1533").state, one(store, "sanctions-1533").end) == ("in force", "2020-12-31")
    rows = store.query(get_query("expiring").sparql({"asof": "2020-12-01"})).rows
    assert [row["end"].value for row in rows] == ["2020-12-31"]


def test_a_modification_of_tasks_is_no_term() -> None:
    line = one(of(decided(1, *Y, "establish"), decided(2, "2020-03-01", None, "modify")))
    assert [term.action for term in line.terms] == ["establish"]


@pytest.mark.parametrize("modality", [Modality.PLANNED, Modality.PROPOSED, Modality.RECALLED, Modality.NEGATED])
def test_what_is_not_decided_is_no_term(modality: Modality) -> None:
    fact = MandateDecision(
        instrument="S/RES/1(2020)",
        action="extend",
        holder="UNSMIL",
        until="2020-12-31",
        date="2020-01-01",
        modality=modality,
    )
    assert timelines(of(fact).select) == []


# -- two documents, one decision --------------------------------------------------------------------------------------


def tellings(*facts: Fact) -> Store:
    documents = [extraction(document(f"d{i}", "某事。\n"), (fact, "某事")) for i, fact in enumerate(facts)]
    return Store.of(graph(*documents))


def test_a_decision_told_twice_is_one_term() -> None:
    own = MandateDecision(
        instrument="S/RES/1(2020)",
        paragraph="1",
        action="extend",
        holder="UNSMIL",
        until="2020-12-31",
        date="2020-01-01",
    )
    reported = told(date=None, modality=Modality.REPORTED)
    (term,) = one(tellings(own, reported)).terms
    assert (term.paragraph, term.documents) == ("1", ("d0", "d1"))


def test_two_paragraphs_are_two_terms() -> None:
    facts = [told(paragraph=paragraph) for paragraph in ("1", "2")]
    assert len(one(of(*facts)).terms) == 2


def test_two_dates_of_an_adoption_are_no_second_term() -> None:
    """Text and metadata disagree about the day: the decision has its own document's."""
    fact = decided(1, "2020-01-29", "2020-12-31")
    store = tellings(fact, Adoption(instrument="S/RES/1(2020)", date="2020-01-31"))
    assert [term.start for term in one(store).terms] == ["2020-01-29"]
    assert len(store.query(get_query("timeline").sparql()).rows) == 1


# -- the query says the same ------------------------------------------------------------------------------------------


def rows(store: Store) -> list[tuple[str, ...]]:
    found = store.query(get_query("timeline").sparql()).rows
    names = ("holder", "action", "start", "end", "basis", "resolution", "gap_days")
    return sorted(tuple(row[name].value if name in row else "" for name in names) for row in found)


def flat(term: Term, holder: str | None) -> tuple[str, ...]:
    """As the query has it: SPARQL 1.1 adds no duration to a date, and a termination's end is in the document or not."""
    own = term.basis == "printed" and not (term.action == "terminate" and term.end == term.date)
    gap = "" if term.gap_days is None else str(term.gap_days)
    end = (term.end or "", term.basis or "") if own else ("", "")
    return (holder or "", term.action, term.start or "", *end, term.resolution or "", gap)


@pytest.mark.parametrize("name", [*(n for n in CASES if "duration" not in n), "UNMISS"])
def test_the_query_agrees(name: str) -> None:
    store = UNMISS if name == "UNMISS" else of(*CASES[name][0])
    ours = [flat(term, line.holder) for line in timelines(store.select) for term in line.terms]
    assert rows(store) == sorted(ours)


def test_no_gap_is_claimed_after_an_end_that_was_not_counted() -> None:
    store = of(decided(1, *Y, "establish"), lasting(2, "2020-12-20", "P6M"), decided(3, "2021-06-25", "2021-12-31"))
    assert {row[5]: row[6] for row in rows(store)}["S/RES/3(2020)"] == ""
    assert one(store).terms[-1].gap_days == 0


# -- the command ------------------------------------------------------------------------------------------------------


def test_command(kg: Kg, graph: Path) -> None:
    done = kg("timeline", str(graph), "--holder", "UNFICYP")
    assert done.status == 0
    assert "2020-01-30 → 2020-07-31" in done.out
    assert "S/RES/2506(2020)" in done.out


def test_command_says_what_there_is(kg: Kg, graph: Path) -> None:
    done = kg("timeline", str(graph), "--holder", "UNICORN")
    assert done.status == 1
    assert "UNFICYP" in done.err


def test_a_date_that_is_no_day_is_one_line(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("".join(f"{line}\n" for line in graph(MANDATES)).replace('"2012-07-09"', '"2012-02-30"'), "utf-8")
    done = kg("timeline", str(path))
    assert (done.status, done.out) == (1, "")
    assert re.fullmatch(
        r"kg: https://\S+/mandate-decision/\w+: no day: 2012-02-30 \(kg validate lists .+\) \[E172\]\n", done.err
    )


def test_command_wants_a_day(kg: Kg, graph: Path) -> None:
    assert kg("timeline", str(graph), "--asof", "2020-2-1").status != 0
