"""The query library: the promised columns, the same answers from every engine, and what never appears as done."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib

from kg.errors import QueryError
from kg.export.answers import write_answer
from kg.model import Adoption, MandateDecision, Modality, Presidency, Vote
from kg.queries import NamedQuery, fill_query, get_query, load_queries
from kg.queries.questions import load_questions
from kg.queries.results import ask_json, select_csv, select_json, select_tsv
from kg.store import Store
from kg.store.sparql import parameters
from kg.triples import turtle
from kg.triples.text import Term
from kg.vocabulary import BASE, PREFIXES
from tests.synthetic import ALL, LETTER, MANDATES, document, extraction, graph, unmiss

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Fact

CONTRACT = {
    "documents": "document, symbol, kind, date, title",
    "letters": "document, date, state, signatory, recipient",
    "presidencies": "state, month, document",
    "meetings": "date, format, level, theme, agenda_item, number, record, status, document",
    "chairs": "date, format, state, person, capacity, status, document",
    "briefings": "date, format, person, capacity, organization, topic, status, document",
    "adoptions": "resolution, date, meeting, in_favour, against, abstaining, not_participating, unanimous, document",
    "votes": "resolution, state, vote, document",
    "mandates": "resolution, paragraph, action, holder, holder_label, until, duration, date, document",
    "timeline": "holder, holder_label, start, end, basis, resolution, gap_days",
    "expiring": "holder, holder_label, end, resolution",
    "citations": "document, cited, relation, paragraph",
    "appointments": "person, nationality, post, organization, status, date, document",
    "statements": "symbol, date, meeting, document",
    "evidence": "fact, document, page, start, end, quote, rule, confidence",
}
"""The contract's table."""

GIVEN = {"expiring": {"asof": "2020-07-01", "days": "60"}}
LIBRARY = load_queries()


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return graph(*ALL)


@pytest.fixture(scope="module")
def store(lines: list[str]) -> Store:
    return Store.of(lines)


@pytest.fixture(scope="module")
def peer(lines: list[str]) -> rdflib.Graph:
    return rdflib.Graph().parse(data="".join(turtle(lines)), format="turtle")


def answers(store: Store, name: str, **values: str) -> list[dict[str, str]]:
    """Rows of a named query: the promised columns, an empty string for an unbound one."""
    query = get_query(name)
    rows = store.select(query.sparql(values or GIVEN.get(name, {})))
    return [{c: row[c].value if c in row else "" for c in query.columns} for row in rows]


# -- the promise ------------------------------------------------------------------------------------------------------


def test_the_contracts_queries_come_first() -> None:
    assert list(LIBRARY)[: len(CONTRACT)] == list(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_the_contracts(name: str) -> None:
    assert ", ".join(LIBRARY[name].columns) == CONTRACT[name]


@pytest.mark.parametrize("query", LIBRARY.values(), ids=lambda q: q.name)
class TestEachQuery:
    def test_its_head_is_true(self, query: NamedQuery, store: Store) -> None:
        assert any("\u4e00" <= c <= "\u9fff" for c in query.zh)
        assert query.en.isascii()
        assert {p.variable for p in query.parameters} | ({"limit"} if "asof" in query.text else set()) == parameters(
            query.text
        )
        assert store.query(query.text).variables == query.columns + query.more

    def test_it_asks_for_absence_by_one_pattern(self, query: NamedQuery) -> None:
        """Oxigraph looks a single pattern up in NOT EXISTS, but makes a join there anew for every row, from all that
        its patterns match: minutes where there are a million triples. MINUS and OPTIONAL are joined once."""
        for group in re.findall(r"NOT EXISTS \{([^{}]*)\}", query.text):
            assert re.fullmatch(r" \?\w+ \w+:\w+ \?\w+ ", group), group
        assert query.text.count("EXISTS {") == len(re.findall(r"NOT EXISTS \{[^{}]*\}", query.text))

    def test_it_runs_as_it_stands_on_any_engine(
        self, query: NamedQuery, store: Store, peer: rdflib.Graph, lines: list[str]
    ) -> None:
        """The text declares its prefixes and gives rdflib, bare Oxigraph and our store the same rows."""
        text = query.sparql(GIVEN.get(query.name, {}))
        ours = [
            tuple(row[c].n3() if c in row else "" for c in query.columns + query.more) for row in store.select(text)
        ]
        elsewhere = {question.query for question in load_questions()}  # answered in test_questions
        assert ours or query.name in elsewhere, "the synthetic documents should give every query something to answer"
        plain = pyoxigraph.Store()
        plain.load("".join(turtle(lines)).encode(), format=pyoxigraph.RdfFormat.TURTLE)
        bare = plain.query(text)
        assert isinstance(bare, pyoxigraph.QuerySolutions)
        assert len(list(bare)) == len(ours)
        theirs = [
            tuple(_n3(row.get(rdflib.Variable(c))) for c in query.columns + query.more)
            for row in peer.query(text).bindings
        ]
        assert sorted(theirs) == sorted(ours)

    def test_no_row_comes_twice(self, query: NamedQuery, store: Store) -> None:
        rows = store.select(query.sparql(GIVEN.get(query.name, {})))
        assert len({tuple(sorted(row.items())) for row in rows}) == len(rows)

    def test_it_asks_for_nothing_that_is_not_portable(self, query: NamedQuery) -> None:
        for word in ("SERVICE", "NOW(", "UUID", "RAND(", "GRAPH ", "FROM", "REGEX"):
            assert word not in query.text.replace("FROM_", "")


def _n3(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, rdflib.URIRef):
        return Term("iri", str(term)).n3()
    assert isinstance(term, rdflib.Literal)
    datatype = "" if term.datatype is None or term.language else str(term.datatype)
    plain = datatype == PREFIXES["xsd"] + "string"
    return Term("literal", str(term), "" if plain else datatype, term.language or "").n3()


# -- answers ----------------------------------------------------------------------------------------------------------


def test_letters(store: Store) -> None:
    (row,) = answers(store, "letters")
    assert row == {
        "document": "letter-2022",
        "date": "2022-08-12",
        "state": "CHN",
        "signatory": "张军",
        "recipient": "秘书长",
    }


def test_meetings_of_one_day_are_two_rows(store: Store) -> None:
    rows = [row for row in answers(store, "meetings") if row["date"] == "2020-01-29"]
    assert len(rows) == 2
    assert {row["status"] for row in rows} == {"held"}


def test_chairs_say_whether_it_is_planned(store: Store) -> None:
    assert [(row["state"], row["person"], row["status"]) for row in answers(store, "chairs")] == [
        ("SWE", "马戈特·瓦尔斯特伦", "held"),
        ("VNM", "范平明", "held"),
        ("CHN", "张军", "planned"),
    ]


def test_names_are_as_the_document_has_them(store: Store) -> None:
    people = {row["document"]: row["person"] for row in answers(store, "briefings") if row["status"] == "planned"}
    assert people == {"letter-2018": "古特雷斯", "letter-2022": "安东尼奥·古特雷斯"}


def test_nulls_are_empty(store: Store) -> None:
    rows = [row for row in answers(store, "briefings") if row["capacity"] == "秘书长"]
    assert [row["person"] for row in rows] == [""]


def test_adoptions_and_statements_are_apart(store: Store) -> None:
    adopted = answers(store, "adoptions")
    assert [row["resolution"] for row in adopted] == ["S/RES/2507(2020)", "S/RES/2600(2021)"]
    assert adopted[0] | {"document": ""} == {
        "resolution": "S/RES/2507(2020)",
        "date": "2020-01-31",
        "meeting": "",
        "in_favour": "13",
        "against": "0",
        "abstaining": "2",
        "not_participating": "",
        "unanimous": "false",
        "document": "",
    }
    assert [row["symbol"] for row in answers(store, "statements")] == ["S/PRST/2020/1"]


def test_two_decisions_of_one_resolution(store: Store) -> None:
    rows = [row for row in answers(store, "mandates") if row["resolution"] == "S/RES/2507(2020)"]
    assert [(row["holder"], row["holder_label"], row["until"]) for row in rows] == [
        ("panel-of-experts-2127", "专家小组", "2020-08-31"),
        ("sanctions-2127", "制裁制度", "2020-07-31"),
    ]


def test_evidence_of_one_fact(store: Store) -> None:
    fact = store.select(get_query("letters").sparql())[0]["fact"].value
    for given in (fact, fact.replace(f"{BASE}id/letter/", "letter:")):
        (row,) = answers(store, "evidence", fact=given)
        assert row["fact"] == fact
        assert row["quote"] == LETTER.document.text[int(row["start"]) : int(row["end"])]
        assert (row["document"], row["page"], row["confidence"]) == ("letter-2022", "", "0.95")
    everything = answers(store, "evidence")
    assert len({row["fact"] for row in everything}) == sum(len(x.facts) for x in ALL)


def test_optional_parameters_choose(store: Store) -> None:
    assert [row["person"] for row in answers(store, "chairs", state="VNM")] == ["范平明"]
    assert [row["person"] for row in answers(store, "chairs", state="SWE", status="planned")] == []
    assert {row["holder"] for row in answers(store, "mandates", holder="UNMISS")} == {"UNMISS"}
    assert [row["paragraph"] for row in answers(store, "citations", cited="S/RES/2360(2017)")] == ["6"]


@pytest.mark.parametrize("modality", list(Modality))
@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("mandates", MandateDecision(instrument="S/RES/1(1946)", action="extend", holder="UNMISS", until="2020-07-31")),
        (
            "timeline",
            MandateDecision(
                instrument="S/RES/1(1946)", action="extend", holder="UNMISS", until="2020-07-31", date="2020-01-31"
            ),
        ),
        (
            "expiring",
            MandateDecision(
                instrument="S/RES/1(1946)", action="extend", holder="UNMISS", until="2020-07-31", date="2020-01-31"
            ),
        ),
        ("adoptions", Adoption(instrument="S/RES/1(1946)", date="1946-01-25")),
        ("statements", Adoption(instrument="S/PRST/2020/1", date="2020-01-09")),
        ("votes", Vote(instrument="S/RES/1(1946)", state="CHN", value="yes")),
    ],
)
def test_only_what_is_done_is_a_decision(name: str, fact: Fact, modality: Modality) -> None:
    store = Store.of(graph(extraction(document("d", "某事。\n"), (replace(fact, modality=modality), "某事"))))
    done = modality in (Modality.ASSERTED, Modality.REPORTED)
    assert len(answers(store, name)) == (1 if done else 0)


@pytest.mark.parametrize("name", ["presidencies"])
@pytest.mark.parametrize(("modality", "rows"), [(Modality.PLANNED, 1), (Modality.PROPOSED, 0), (Modality.NEGATED, 0)])
def test_a_presidency_to_come_is_one(name: str, modality: Modality, rows: int) -> None:
    fact = Presidency(state="CHN", month="2020-03", modality=modality)
    assert len(answers(Store.of(graph(extraction(document("d", "主席。\n"), (fact, "主席")))), name)) == rows


def test_conflicting_documents_give_their_own_rows() -> None:
    one = extraction(document("one", "主席。\n"), (Presidency(state="CHN", month="2020-03"), "主席"))
    two = extraction(document("two", "主席。\n"), (Presidency(state="SWE", month="2020-03"), "主席"))
    rows = answers(Store.of(graph(one, two)), "presidencies")
    assert [(row["state"], row["document"]) for row in rows] == [("CHN", "one"), ("SWE", "two")]


def test_announced_and_not_reported() -> None:
    assert [row["date"] for row in answers(Store.of(graph(*ALL)), "announced")] == ["2022-08-22"]


# -- mandates in time -------------------------------------------------------------------------------------------------


def gaps(store: Store, holder: str = "UNMISS") -> dict[str, str]:
    return {row["resolution"]: row["gap_days"] for row in answers(store, "timeline", holder=holder)}


def test_timeline_without_a_gap() -> None:
    rows = answers(Store.of(graph(MANDATES)), "timeline")
    assert len(rows) == 12
    assert [row["gap_days"] for row in rows] == ["", *["0"] * 11]
    assert (rows[0]["start"], rows[0]["end"]) == ("2011-07-08", "2012-07-09")
    # an extension starts where the one before ends, even if it was decided earlier
    assert (rows[1]["start"], rows[1]["end"]) == ("2012-07-09", "2013-07-15")
    assert {row["basis"] for row in rows} == {"printed"}
    assert {row["holder_label"] for row in rows} == {"南苏丹特派团"}


def test_missing_rollovers_are_gaps() -> None:
    """Between 31 July and 12 August 2016, and from 15 to 16 December: 2302 and 2326 filled them."""
    found = {
        resolution: days
        for resolution, days in gaps(Store.of(graph(unmiss(2302, 2326)))).items()
        if days not in ("", "0")
    }
    assert found == {"S/RES/2304(2016)": "12", "S/RES/2327(2016)": "1"}


@pytest.mark.parametrize(
    ("end", "start", "days"),
    [
        ("2019-12-31", "2020-03-01", "61"),
        ("2020-02-28", "2020-03-01", "2"),
        ("2021-02-28", "2021-03-01", "1"),
        ("1999-12-31", "2000-01-01", "1"),
        ("2000-02-28", "2000-03-01", "2"),
        ("2015-01-31", "2020-01-31", "1826"),
    ],
)
def test_days_are_counted_by_the_calendar(end: str, start: str, days: str) -> None:
    decisions = [
        (
            MandateDecision(
                instrument="S/RES/1(1990)", action="establish", holder="UNMISS", until=end, date="1990-01-01"
            ),
            "一",
        ),
        (
            MandateDecision(
                instrument="S/RES/2(1990)", action="extend", holder="UNMISS", until="2030-01-01", date=start
            ),
            "二",
        ),
    ]
    store = Store.of(graph(extraction(document("d", "一。二。\n"), *decisions)))
    assert gaps(store)["S/RES/2(1990)"] == days


def decided(number: int, date: str, until: str | None, action: str = "extend", holder: str = "UNSMIL") -> Fact:
    return MandateDecision(instrument=f"S/RES/{number}(2020)", action=action, holder=holder, until=until, date=date)


def of(*facts: Fact) -> Store:
    return Store.of(graph(extraction(document("d", "某事。\n"), *((fact, "某事") for fact in facts))))


def test_early_end_has_the_say() -> None:
    """The latest decision counts, not the latest date: a mission closed early, then set up again."""
    store = of(
        decided(1, "2020-01-01", "2020-12-31"),
        decided(2, "2020-03-01", None, "terminate"),
        decided(3, "2020-06-01", "2020-12-31", "establish"),
    )
    assert gaps(store, "UNSMIL")["S/RES/3(2020)"] == "92"
    assert answers(store, "expiring", asof="2020-04-01", days="365") == []


def test_shortened_mandate() -> None:
    store = of(decided(1, "2020-01-01", "2020-12-31"), decided(2, "2020-03-01", "2020-06-30", "modify"))
    assert [row["end"] for row in answers(store, "expiring", asof="2020-04-01", days="365")] == ["2020-06-30"]


def test_modification_without_an_end_changes_no_end() -> None:
    store = of(decided(1, "2020-01-01", "2020-12-31"), decided(2, "2020-03-01", None, "modify"))
    assert len(answers(store, "timeline")) == 1
    assert [row["resolution"] for row in answers(store, "expiring", asof="2020-11-01", days="60")] == ["S/RES/1(2020)"]


def test_duration_without_an_end_is_a_row() -> None:
    fact = MandateDecision(action="extend", holder="UNSMIL", duration="P3Y", date="2020-01-31")
    (row,) = answers(of(fact), "timeline")
    assert (row["start"], row["end"], row["basis"], row["resolution"]) == ("2020-01-31", "", "", "")


def test_expiring_as_known_on_the_day() -> None:
    store = Store.of(graph(MANDATES))

    def ends(asof: str, days: str = "60") -> list[str]:
        return [row["end"] for row in answers(store, "expiring", asof=asof, days=days)]

    assert ends("2016-07-20") == ["2016-07-31"]
    assert ends("2016-07-29") == ["2016-08-12"]  # 2302 was adopted on that day
    assert ends("2016-07-31", "0") == []
    assert ends("2016-08-01") == ["2016-08-12"]
    assert ends("2011-07-07", "3650") == []  # nothing was decided yet
    assert ends("2017-12-15", "0") == ["2017-12-15"]  # the last day counts
    assert ends("2017-12-16") == []


def test_expiring_needs_a_day_and_has_sixty() -> None:
    with pytest.raises(QueryError, match="needs the parameter asof"):
        get_query("expiring").sparql()
    assert '"2020-08-30"^^' in get_query("expiring").sparql({"asof": "2020-07-01"})


def test_decision_date_from_the_adoption() -> None:
    """A report that gives no date for a decision: the adoption, told elsewhere, does."""
    undated = MandateDecision(instrument="S/RES/2(2020)", action="extend", holder="UNSMIL", until="2020-12-31")
    store = of(undated, Adoption(instrument="S/RES/2(2020)", date="2020-06-30"))
    assert [row["start"] for row in answers(store, "timeline")] == ["2020-06-30"]
    assert len(answers(store, "expiring", asof="2020-12-01")) == 1


# -- parameters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("expiring", {"asof": "2020-02-30"}, "not a day"),
        ("expiring", {"asof": "20200101"}, "not a day"),
        ("expiring", {"asof": "2020-01-01", "days": "-1"}, "not a number of days"),
        ("expiring", {"asof": "2020-01-01", "days": "60 }"}, "not a number of days"),
        ("expiring", {"asof": "9999-12-01", "days": "99999"}, "past the last day"),
        ("evidence", {"fact": "nonsense"}, "not an address"),
        ("evidence", {"fact": "http://x> } SERVICE <http://y"}, "not an address"),
        ("chairs", {"nation": "VNM"}, "it takes state, status"),
        ("documents", {"x": "1"}, "it takes none"),
    ],
)
def test_bad_parameters(name: str, values: Mapping[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        get_query(name).sparql(values)


def test_a_parameter_is_a_value_and_nothing_else(store: Store) -> None:
    evil = 'VNM" } ?fact ?p ?o . { BIND ("'
    assert answers(store, "chairs", state=evil) == []


def test_unknown_query() -> None:
    with pytest.raises(QueryError, match=r"no query 'mandate' in the library .*mandates"):
        get_query("mandate")


def test_parameters_of_ones_own_query(store: Store) -> None:
    own = 'SELECT ?f { VALUES ?day { "2000-01-01"^^xsd:date } VALUES ?n { UNDEF } ?f sc:date ?day }'
    assert len(store.select(fill_query(own, {"day": "2022-08-12"}))) == 1
    assert f'"5"^^<{PREFIXES["xsd"]}integer>' in fill_query(own, {"n": "5"})
    assert f"<{BASE}id/state/VNM>" in fill_query(own, {"n": "state:VNM"})
    assert '"VNM"' in fill_query(own, {"n": "VNM"})
    with pytest.raises(QueryError, match="it takes day, n"):
        fill_query(own, {"x": "1"})


def test_records_for_programs() -> None:
    record = json.loads(json.dumps(get_query("expiring").as_json()))
    assert record["columns"] == ["holder", "holder_label", "end", "resolution"]
    assert [(p["name"], p["required"], p["default"]) for p in record["parameters"]] == [
        ("asof", True, None),
        ("days", False, "60"),
        ("holder", False, None),
    ]


# -- results ----------------------------------------------------------------------------------------------------------

ODD = (
    'SELECT * { VALUES (?a ?b) { ("x,y" <http://example.com/a>) ("say \\"hi\\"" UNDEF) ("two\\nlines" "甲"@zh)'
    ' (UNDEF 1.50) ("tab\\there" "2020-01"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>) (UNDEF UNDEF) } }'
)


@pytest.mark.parametrize("query", [ODD, "SELECT ?x { VALUES ?x { UNDEF 'a' } }", "SELECT ?x { FILTER (false) }"])
def test_result_formats_are_the_w3cs(query: str) -> None:
    """Read back by Oxigraph's parsers, and for CSV equal to what it writes."""
    result = Store.of([]).query(query)
    engine = pyoxigraph.Store()
    for write, form in (
        (select_json, pyoxigraph.QueryResultsFormat.JSON),
        (select_tsv, pyoxigraph.QueryResultsFormat.TSV),
    ):
        read = pyoxigraph.parse_query_results(write(result.variables, result.rows).encode(), format=form)
        wanted = engine.query(query)
        assert isinstance(read, pyoxigraph.QuerySolutions)
        assert isinstance(wanted, pyoxigraph.QuerySolutions)
        assert [v.value for v in read.variables] == [v.value for v in wanted.variables]
        assert [list(row) for row in read] == [list(row) for row in wanted]
    solutions = engine.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    written = solutions.serialize(format=pyoxigraph.QueryResultsFormat.CSV)
    assert written is not None
    assert select_csv(result.variables, result.rows) == written.decode()


@pytest.mark.parametrize("query", [ODD, "SELECT ?x { VALUES ?x { UNDEF 'a' } }", "SELECT ?x { FILTER (false) }"])
def test_json_is_laid_out_as_the_librarys(query: str) -> None:
    result = Store.of([]).query(query)
    text = select_json(result.variables, result.rows)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


def test_csv_reads_back() -> None:
    result = Store.of([]).query(ODD)
    rows = list(csv.DictReader(io.StringIO(select_csv(result.variables, result.rows), newline="")))
    assert rows[2] == {"a": "two\nlines", "b": "甲"}
    assert len(rows) == 6


def test_ask_json() -> None:
    assert json.loads(ask_json(True)) == {"head": {}, "boolean": True}


def test_a_table_lines_up_on_a_terminal() -> None:
    """Han characters take two columns, combining marks none; control characters are shown as replaced."""
    rows = '("安理会" "x") ("e\u0301" <https://w3id.org/unsc-kg/ns#Meeting>) ("\\u001B[1m" UNDEF)'
    query = f"SELECT * {{ VALUES (?a ?b) {{ {rows} }} }}"
    assert write_answer(Store.of([]).query(query), "table").split("\n") == [
        "a       b",
        "------  ----------",
        "安理会  x",
        "e\u0301       sc:Meeting",
        "\ufffd[1m",
        "",
    ]
