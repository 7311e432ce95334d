"""The 25 questions, asked of the seeds and of documents written for them: the same answers everywhere."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import httpx
import pytest
import rdflib

from kg.endpoint import Endpoint
from kg.errors import QueryError
from kg.queries import load_queries
from kg.queries.questions import Question, get_question, load_questions
from kg.store import Result, open_graph
from kg.triples.text import Term
from tests.questions.remake import PAGE, answer, build, columns_of, file_of, page

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import Store
    from tests.conftest import Kg
    from tests.stores import Server

QUESTIONS = load_questions()
GRAPH = "https://w3id.org/unsc-kg/id/graph/questions"
EVERY = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


def stored(question: Question) -> str:
    return file_of(question).read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("questions") / "out")


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return open_graph(folder)


class Peer:
    """rdflib, with answers as ours."""

    def __init__(self, path: Path) -> None:
        self._graph = rdflib.Graph().parse(path)

    def query(self, sparql: str) -> Result:
        found = self._graph.query(sparql)
        rows = tuple({str(name): Term("literal", str(value)) for name, value in row.items()} for row in found.bindings)
        return Result("select", tuple(str(name) for name in found.vars or ()), rows)


@pytest.fixture(scope="module")
def peer(folder: Path) -> Peer:
    return Peer(folder / "graph.ttl")


def test_there_are_twenty_five() -> None:
    assert [question.name for question in QUESTIONS] == [f"q{number:02}" for number in range(1, 26)]
    assert {path.name for path in file_of(QUESTIONS[0]).parent.iterdir()} == {file_of(q).name for q in QUESTIONS}


@EVERY
class TestEachQuestion:
    def test_it_asks_a_query_of_the_library(self, question: Question) -> None:
        known = {parameter.name for parameter in load_queries()[question.query].parameters}
        assert question.fixed.keys() | question.example.keys() <= known
        assert not question.fixed.keys() & question.example.keys()
        assert re.search(r"[一-鿿].*？$", question.zh)
        assert question.en.isascii()
        assert question.en.endswith("?")

    def test_it_has_an_answer_and_leaves_something_out(self, question: Question, store: Store) -> None:
        """Some answer, and not all that its query or another question could give: the documents hold decoys."""
        rows = list(csv.DictReader(stored(question).splitlines()))
        assert rows
        assert len({tuple(row.items()) for row in rows}) == len(rows)

    def test_our_store_gives_the_answer(self, question: Question, store: Store) -> None:
        assert answer(question, store) == stored(question)

    @pytest.mark.stores
    def test_oxigraph_gives_the_answer(self, question: Question, oxigraph_graph: Endpoint) -> None:
        assert answer(question, oxigraph_graph) == stored(question)

    @pytest.mark.stores
    def test_virtuoso_gives_the_answer(self, question: Question, virtuoso_graph: Endpoint) -> None:
        assert answer(question, virtuoso_graph) == stored(question)


@pytest.mark.parametrize(
    "question",
    [pytest.param(q, marks=[pytest.mark.slow] if q.query in ("timeline", "rollovers") else []) for q in QUESTIONS],
    ids=lambda question: question.name,
)
def test_rdflib_gives_the_answer(question: Question, peer: Peer) -> None:
    assert answer(question, peer) == stored(question)


def _loaded(folder: Path, url: str, endpoint: str, auth: httpx.Auth | None = None) -> Endpoint:
    """The graph put into a graph of its own, which is all that the endpoint then sees."""
    body = (folder / "graph.ttl").read_bytes()
    answered = httpx.put(url, content=body, params={"graph": GRAPH}, headers={"Content-Type": "text/turtle"}, auth=auth)
    answered.raise_for_status()
    return Endpoint(f"{endpoint}?default-graph-uri={GRAPH}")


@pytest.fixture(scope="module")
def oxigraph_graph(folder: Path, oxigraph: Server) -> Endpoint:
    return _loaded(folder, f"{oxigraph.url}/store", oxigraph.endpoint)


@pytest.fixture(scope="module")
def virtuoso_graph(folder: Path, virtuoso: Server) -> Endpoint:
    crud = f"{virtuoso.url}/sparql-graph-crud-auth"
    return _loaded(folder, crud, virtuoso.endpoint, httpx.DigestAuth("dba", "dba"))


# -- what must not be in an answer -------------------------------------------------------------------------------------


def column(name: str, column: str) -> set[str]:
    """What a question's answer has in a column."""
    return {row[column] for row in csv.DictReader(stored(get_question(name)).splitlines())}


@pytest.mark.parametrize(
    ("name", "where", "decoys"),
    [
        ("q11", "resolution", {"S/RES/2905(2031)", "S/2031/204", "S/2031/206"}),  # unanimous; not adopted
        ("q12", "draft", {"S/2031/206"}),  # three permanent members against, but only four votes in favour
        ("q13", "resolution", {"S/RES/2906(2031)", "S/RES/2908(2031)"}),  # no mandate; not under Chapter VII
        ("q14", "capacity", {"总理特使", "外交部副部长", "常驻联合国代表"}),
        ("q15", "resolution", {"S/RES/2905(2031)", "S/RES/2908(2031)"}),  # extends; reaffirms, and extends
        ("q16", "end", {"2032-04-30", "2031-07-01"}),  # decided later; too far ahead
        ("q18", "resolution", {"S/RES/2905(2031)", "S/RES/2908(2031)"}),  # a year each
        ("q19", "person", {"卡里姆·哈达德", "萨拉·贝克"}),  # under one presidency; announced only
        ("q20", "person", {"萨拉·贝克"}),
        ("q21", "date", {"2031-03-07", "2031-03-25", "2031-03-27", "2031-04-24"}),  # held, some otherwise
        ("q22", "announced_date", {"2031-03-27", "2031-04-10"}),  # held as announced; not held
        ("q23", "state", {"ZAF"}),  # in 2019
        ("q25", "holder", {"sanctions-1533", "UNMISS"}),
    ],
)
def test_decoys_are_left_out(name: str, where: str, decoys: set[str]) -> None:
    assert not column(name, where) & decoys


# -- on the command line -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["q07", "q7", "Q07"])
def test_a_question_is_asked_by_its_name(name: str, folder: Path, kg: Kg) -> None:
    ran = kg("query", name, "-g", folder, "--format", "csv", "--param", "fact=decision:ef9fdd21d992b45a")
    assert ran.status == 0
    assert "任务期限延至2031年4月30日" in ran.out


def test_what_a_question_fixes_can_be_changed(folder: Path, kg: Kg) -> None:
    asked = ("query", "q14", "-g", folder, "--format", "csv")
    assert "planned" not in kg(*asked).out
    assert "planned" in kg(*asked, "--param", "status=planned").out


def test_questions_are_listed(kg: Kg) -> None:
    told = kg("queries", "--questions")
    assert told.status == 0
    assert told.out.count("query: ") == 25
    assert "kg query q16 -g out --param 'asof=2031-03-20'" in told.out
    listed = json.loads(kg("queries", "--questions", "--json").out)
    assert [entry["name"] for entry in listed] == [question.name for question in QUESTIONS]
    assert kg("queries", "mandates", "--questions").status == 2


@pytest.mark.parametrize("name", ["q26", "q0", "q99"])
def test_an_unknown_question(name: str, kg: Kg, folder: Path) -> None:
    with pytest.raises(QueryError, match="there are q01 to q25"):
        get_question(name)
    assert kg("query", name, "-g", folder).status in (1, 2)


def test_a_question_says_what_it_needs(kg: Kg, folder: Path) -> None:
    ran = kg("query", "q16", "-g", folder)
    assert ran.status != 0
    assert "needs the parameter asof" in ran.err


def test_the_page_is_what_the_answers_say() -> None:
    """python -m tests.questions.remake makes it again."""
    answers = {question.name: stored(question) for question in QUESTIONS}
    assert PAGE.read_text("utf-8") == page(answers)
    assert all(set(stored(q).splitlines()[0].split(",")) == set(columns_of(q)) for q in QUESTIONS)
