"""`kg load`: the exact requests, and one clear end for each way in which a store can fail."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError, GraphError, MissingExtraError, StoreError
from kg.remote import PROFILES, Credentials, LoadFailedError, LoadReport, Options, load_graph
from kg.remote import spool as spooling
from kg.remote.client import split_credentials
from kg.remote.compare import Comparison, same_value
from kg.remote.profiles import find_addresses
from kg.remote.spool import Spool
from kg.triples.text import Term
from kg.triples.things import STAGING, staging_graph
from kg.vocabulary import BASE, PREFIXES
from tests.fake_store import FakeStore, Handler, Request, fake_store

if TYPE_CHECKING:
    from tests.conftest import Kg

XSD = PREFIXES["xsd"]
A, B, C = (f"{BASE}id/graph/{name}" for name in "abc")
LINES = (
    *(f'<urn:s:{i}> <urn:p> "{i}"^^<{XSD}integer> <{A}> .' for i in range(5)),
    f'<urn:s:0> <urn:p> "安理会"@zh <{B}> .',
    f'<urn:s:1> <urn:q> "P6M"^^<{XSD}duration> <{B}> .',
    f'<urn:s:2> <urn:q> "true"^^<{XSD}boolean> <{C}> .',
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "graph.nq"
    path.write_text("".join(f"{line}\n" for line in LINES), "utf-8")
    return path


@pytest.fixture
def fake() -> Iterator[FakeStore]:
    with fake_store("Oxigraph/0.5.13") as store:
        yield store


class Waits(list[float]):
    """Stands for the clock: what was waited."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def failing(source: Path, fake: FakeStore, **options: Any) -> LoadFailedError:
    given_options = {"sleep": Waits(), "retries": 1, **options}
    with pytest.raises(LoadFailedError) as caught:
        load_graph(source, fake.url, Options(**given_options))
    assert "\n" not in str(caught.value)
    return caught.value


def states(report: LoadReport) -> list[str]:
    return [graph.state for graph in report.graphs.values()]


def at(method: str, words: str, times: int, answer: Any) -> Any:
    """A fault: the first ``times`` requests of that method whose target, form or kind holds ``words``."""
    left = [times]

    def fault(handler: Handler, request: Request) -> bool:
        if request.method != method or words not in f"{request.brief} {request.kind}" or not left[0]:
            return False
        left[0] -= 1
        if request.size and not request.form:
            handler.rfile.read(request.size)
        answer(handler)
        return True

    return fault


# -- what is sent


STAGED_A = staging_graph(A)


def test_requests_to_oxigraph(source: Path, fake: FakeStore) -> None:
    fake.fill(A, 3)
    report = load_graph(source, fake.url, Options(probes=1))
    assert fake.graphs() == {A: 5, B: 2, C: 1}
    quoted = STAGED_A.replace(":", "%3A")
    first = [request.brief for request in fake.requests[:8]]
    assert first == [
        "GET /",
        f"POST /query SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{A}> {{ ?s ?p ?o }} }}",
        f"PUT /store?graph={quoted}",
        f"POST /query SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{STAGED_A}> {{ ?s ?p ?o }} }}",
        first[4],
        f"POST /update MOVE GRAPH <{STAGED_A}> TO GRAPH <{A}>",
        f"POST /query SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{A}> {{ ?s ?p ?o }} }}",
        f"POST /query SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{B}> {{ ?s ?p ?o }} }}",
    ]
    assert first[4].startswith("POST /query SELECT ?s ?p ?o WHERE { VALUES ?s { <urn:s:")
    assert report.graphs[A].as_json() == {"graph": A, "triples": 5, "before": 3, "after": 5, "state": "whole"}
    assert (report.name, report.version, report.left) == ("Oxigraph", "0.5.13", [])


@pytest.mark.parametrize(
    ("profile", "path", "wanted"),
    [
        ("fuseki", "/ds", ["PUT /ds/data?graph=", "POST /ds/sparql SELECT"]),
        ("fuseki", "/ds/data", ["PUT /ds/data?graph=", "POST /ds/sparql SELECT"]),
        (
            "graphdb",
            "/repositories/kg",
            ["PUT /repositories/kg/rdf-graphs/service?graph=", "POST /repositories/kg SELECT"],
        ),
        ("qlever", "", ["PUT /?graph=", "POST / SELECT"]),
        (
            "blazegraph",
            "/blazegraph/namespace/kg",
            [
                f"POST /blazegraph/namespace/kg/sparql DROP SILENT GRAPH <{STAGING}",
                "POST /blazegraph/namespace/kg/sparql?context-uri=urn",
                f"POST /blazegraph/namespace/kg/sparql MOVE GRAPH <{STAGING}",
                "POST /blazegraph/namespace/kg/sparql SELECT",
            ],
        ),
        (
            "virtuoso",
            "/sparql",
            [
                "PUT /sparql-graph-crud-auth?graph=urn",
                f"POST /sparql-auth MOVE GRAPH <{STAGING}",
                "POST /sparql-auth SELECT",
            ],
        ),
        ("generic", "/gsp", ["PUT /gsp?graph=http", "POST /gsp SELECT"]),
    ],
)
def test_shapes_of_requests(profile: str, path: str, wanted: list[str], source: Path, fake: FakeStore) -> None:
    load_graph(source, fake.url + path, Options(profile=profile))
    assert fake.graphs() == {A: 5, B: 2, C: 1}
    sent = [request.brief for request in fake.requests if request.method != "GET"]
    for beginning in wanted:
        assert any(line.startswith(beginning) for line in sent), beginning
    for line in sent:
        assert line.startswith(tuple(wanted)), line
    assert all(request.kind == "application/n-triples" for request in fake.requests if "graph=" in request.target)


@pytest.mark.parametrize(
    ("header", "path", "profile", "version"),
    [
        ("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu", "", "virtuoso", "07.20.3229"),
        ("Oxigraph/0.5.13", "/query", "oxigraph", "0.5.13"),
        ("GraphDB/10.7.1 RDF4J/4.3.12", "/repositories/x", "graphdb", "10.7.1"),
        ("Apache Jena Fuseki (5.2.0)", "/ds", "fuseki", "5.2.0"),
        ("Jetty", "/rdf4j-server/repositories/x", "graphdb", ""),
        ("Jetty", "/blazegraph/namespace/kb/sparql", "blazegraph", ""),
    ],
)
def test_store_is_recognized(header: str, path: str, profile: str, version: str, source: Path) -> None:
    with fake_store(header) as fake:
        report = load_graph(source, fake.url + path, Options(dry_run=True))
        assert (report.profile, report.version) == (profile, version)
        assert fake.graphs() == {}


def test_qlever_is_recognized_and_takes_a_token(source: Path) -> None:
    def stats(handler: Handler, request: Request) -> bool:
        if request.target != "/?cmd=stats":
            return False
        handler.answer(200, json.dumps({"name-index": "kg", "git-hash-server": "abc123"}).encode())
        return True

    with fake_store() as fake:
        fake.faults.append(stats)
        report = load_graph(source, fake.url, Options(credentials=Credentials(token="t0ken")))
        assert (report.profile, report.name, report.version) == ("qlever", "QLever", "abc123")
        assert {request.authorization for request in fake.requests} == {"Bearer t0ken"}


def test_store_is_not_recognized(source: Path) -> None:
    with fake_store("nginx") as fake, pytest.raises(StoreError, match=r"cannot be told.*--profile: virtuoso, oxigraph"):
        load_graph(source, fake.url)


def test_basic_then_digest(source: Path, fake: FakeStore) -> None:
    def digest(handler: Handler, request: Request) -> bool:
        if request.authorization.startswith("Digest "):
            assert 'username="librarian"' in request.authorization
            return False
        if request.size and not request.form:
            handler.rfile.read(request.size)
        handler.answer(401, WWW_Authenticate='Digest realm="SPARQL", nonce="n", qop="auth", algorithm="MD5"')
        return True

    fake.faults.append(digest)
    load_graph(source, fake.url, Options(credentials=Credentials("librarian", "geheim")))
    assert fake.graphs() == {A: 5, B: 2, C: 1}


def test_basic_from_the_address(source: Path, fake: FakeStore) -> None:
    load_graph(source, fake.url.replace("//", "//u%40x:p%3Aw@"))
    assert {request.authorization for request in fake.requests} == {"Basic dUB4OnA6dw=="}


def test_one_graph_and_append(source: Path, fake: FakeStore) -> None:
    fake.fill("urn:mine", 3)
    load_graph(source, fake.url, Options(graph="urn:mine", append=True))
    assert fake.graphs() == {"urn:mine": 3 + len(LINES)}
    load_graph(source, fake.url, Options(graph="urn:mine", append=True))
    load_graph(source, f"{fake.url}/data", Options(graph="urn:mine", append=True, profile="fuseki"))
    assert fake.graphs() == {"urn:mine": 3 + len(LINES)}
    load_graph(source, fake.url, Options(graph="urn:mine"))
    assert fake.graphs() == {"urn:mine": len(LINES)}


def test_by_updates(source: Path, fake: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooling, "_MARK", 2)
    monkeypatch.setattr("kg.remote.load._INSERT", 2)
    load_graph(source, fake.url, Options(via="update"))
    assert fake.graphs() == {A: 5, B: 2, C: 1}
    kinds = [request.kind for request in fake.requests]
    assert kinds.count("application/sparql-update") == 3 + 1 + 1
    assert "application/n-triples" not in kinds


def test_big_graph_in_pieces(source: Path, fake: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooling, "_MARK", 2)
    monkeypatch.setitem(PROFILES, "virtuoso", replace(PROFILES["virtuoso"], chunk=2))
    load_graph(source, fake.url, Options(profile="virtuoso"))
    assert fake.graphs() == {A: 5, B: 2, C: 1}
    methods = [request.method for request in fake.requests if STAGED_A.replace(":", "%3A") in request.target]
    assert methods == ["PUT", "POST", "POST"]
    source.write_text("".join(f"_:b{i} <urn:p> <urn:o> <{A}> .\n" for i in range(3)))
    error = failing(source, fake, profile="virtuoso")
    assert "blank nodes (_:b" in str(error)
    assert fake.graphs() == {A: 5, B: 2, C: 1}


def test_prune_and_what_dead_loads_left(source: Path, fake: FakeStore) -> None:
    gone, foreign, left = f"{BASE}id/graph/gone", "urn:foreign", f"{STAGING}0123"
    for name in (gone, foreign, left):
        fake.fill(name, 2)
    report = load_graph(source, fake.url)
    assert (report.pruned, report.left) == ([], [left])
    report = load_graph(source, fake.url, Options(prune=True, dry_run=True))
    assert report.pruned == [gone]
    assert set(fake.graphs()) == {A, B, C, gone, foreign, left}
    report = load_graph(source, fake.url, Options(prune=True))
    assert (report.pruned, report.left) == ([gone], [])
    assert set(fake.graphs()) == {A, B, C, foreign}


def test_default_graph(tmp_path: Path, fake: FakeStore) -> None:
    path = tmp_path / "graph.nt"
    path.write_text("<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> <urn:o> .\n")
    report = load_graph(path, fake.url)
    assert report.graphs[""].as_json() == {"graph": None, "triples": 1, "before": 0, "after": 1, "state": "whole"}
    with pytest.raises(ConfigError, match=r"default graph holds 1 triples, .*\(--graph IRI, --append or --replace\)"):
        load_graph(path, fake.url)
    load_graph(path, fake.url, Options(replace=True))
    load_graph(path, fake.url, Options(append=True))
    assert len(fake.store) == 1
    with pytest.raises(ConfigError, match="stand in no named graph, and Virtuoso needs one"):
        load_graph(path, fake.url, Options(profile="virtuoso"))


def test_dry_run_changes_nothing(source: Path, fake: FakeStore) -> None:
    fake.fill(A, 3)
    report = load_graph(source, fake.url, Options(dry_run=True))
    assert [(graph.triples, graph.before) for graph in report.graphs.values()] == [(5, 3), (2, 0), (1, 0)]
    assert all("SELECT" in request.brief or request.method == "GET" for request in fake.requests)


# -- how it ends


def test_store_dies_in_mid_upload(source: Path, fake: FakeStore) -> None:
    fake.fill(B, 1)

    def die(handler: Handler) -> None:
        handler.close_connection = True

    fake.faults.append(at("PUT", staging_graph(B).replace(":", "%3A"), 9, die))
    error = failing(source, fake)
    assert "the connection broke" in str(error)
    assert "of 3 graphs: 1 whole, 1 as before, 1 not there" in str(error)
    assert states(error.report) == ["whole", "as before", "not there"]
    assert list(error.report.lines())[2] == f"not there   {C}  not sent"
    assert fake.graphs() == {A: 5, B: 1}


def test_connection_breaks_once(source: Path, fake: FakeStore) -> None:
    waits = Waits()

    def die(handler: Handler) -> None:
        handler.close_connection = True

    fake.faults.append(at("PUT", "graph=", 2, die))
    load_graph(source, fake.url, Options(sleep=waits))
    assert waits == [1.0, 2.0]
    assert fake.graphs() == {A: 5, B: 2, C: 1}


@pytest.mark.parametrize("done", [False, True])
def test_connection_breaks_at_the_move(done: bool, source: Path, fake: FakeStore) -> None:
    """Was it moved or not? A second MOVE of a graph that has gone already would empty the target."""
    fake.fill(A, 3)

    def die(handler: Handler) -> None:
        if done:
            fake.store.update(f"MOVE GRAPH <{STAGED_A}> TO GRAPH <{A}>")
        handler.close_connection = True

    fake.faults.append(at("POST", f"MOVE GRAPH <{STAGED_A}>", 1, die))
    load_graph(source, fake.url, Options(sleep=Waits()))
    assert fake.graphs() == {A: 5, B: 2, C: 1}
    assert sum("MOVE" in request.brief for request in fake.requests) == (3 if done else 4)


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (401, {}, "asks for a user and a password (401) (--user and --password, or KG_STORE_USER"),
        (403, {}, "not allowed (403): read only (is the store read only, or is this user?"),
        (404, {}, "nothing at this address (404): read only (is the repository or dataset there"),
        (405, {}, "not allowed (405)"),
        (413, {}, "too big for the store (413)"),
        (307, {"Location": "http://u:secret@elsewhere/x"}, "the store is elsewhere (307) (--to http://elsewhere/x"),
        (500, {}, "the store says 500: read only"),
    ],
)
def test_refused(status: int, headers: dict[str, str], said: str, source: Path, fake: FakeStore) -> None:
    page = b"<html><style>x{}</style><p>read\n only</p></html>"
    fake.faults.append(at("PUT", "graph=", 9, lambda handler: handler.answer(status, page, **headers)))
    error = failing(source, fake)
    assert said in str(error)
    assert "of 3 graphs: 3 not there" in str(error)
    assert fake.graphs() == {}
    assert sum(request.method == "PUT" for request in fake.requests) == 1, "what is refused is not tried again"


def test_password_is_refused_and_never_shown(source: Path, fake: FakeStore, kg: Kg) -> None:
    fake.faults.append(at("POST", "", 99, lambda handler: handler.answer(401, b"no: hunter2")))
    ran = kg("load", source, "--to", fake.url, "--user", "u", "--password", "hunter2")
    assert ran.status == 1
    (line,) = ran.err.splitlines()
    assert "the password or token is refused (401)" in line
    fake.faults[:] = [at("POST", "", 99, lambda handler: handler.answer(500, b"no: hunter2"))]
    ran = kg("load", source, "--to", fake.url.replace("//", "//u:hunter2@"), "--json")
    assert "the store says 500: no: ***" in ran.err
    assert "hunter2" not in ran.out + ran.err + repr(Credentials("u", "hunter2"))


def test_busy_store_is_asked_again(source: Path, fake: FakeStore) -> None:
    waits = Waits()
    fake.faults.append(at("PUT", "graph=", 1, lambda handler: handler.answer(503, Retry_After="7")))
    fake.faults.append(at("PUT", "graph=", 2, lambda handler: handler.answer(503)))
    fake.faults.append(
        at("PUT", "graph=", 1, lambda handler: handler.answer(429, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT"))
    )
    load_graph(source, fake.url, Options(sleep=waits))
    assert waits == [7.0, 2.0, 4.0, 0.0]
    assert fake.graphs() == {A: 5, B: 2, C: 1}
    fake.faults[:] = [
        at("PUT", "graph=", 1, lambda handler: handler.answer(500, b"Virtuoso 40001 Error SR172: deadlock"))
    ]
    load_graph(source, fake.url, Options(sleep=waits))
    assert waits[4:] == [1.0]
    fake.faults[:] = [at("PUT", "graph=", 9, lambda handler: handler.answer(503, b"closed"))]
    assert "the store says 503: closed" in str(failing(source, fake))


def test_out_of_time(source: Path, fake: FakeStore) -> None:
    done = threading.Event()
    fake.faults.append(at("PUT", "graph=", 9, lambda _: done.wait(30)))
    error = failing(source, fake, timeout=0.2)
    done.set()
    assert "no answer within 0.2 s (give it more: --timeout; of 3 graphs" in str(error)
    assert sum(request.method == "PUT" for request in fake.requests) == 1, "it may still be at it: not tried again"


def test_out_of_time_at_the_move(source: Path, fake: FakeStore) -> None:
    """What waits beside the place is left alone: without it, a MOVE that is still to come would empty the place."""
    done = threading.Event()
    fake.faults.append(at("POST", "MOVE", 9, lambda _: done.wait(30)))
    error = failing(source, fake, timeout=0.2)
    done.set()
    assert states(error.report) == ["not there"] * 3
    assert fake.graphs() == {STAGED_A: 5}


def test_store_that_is_just_starting(source: Path, fake: FakeStore) -> None:
    waits = Waits()
    fake.faults.append(at("GET", "", 2, lambda handler: handler.answer(503)))
    assert load_graph(source, fake.url, Options(sleep=waits)).name == "Oxigraph"
    assert waits == [1.0, 2.0]


def test_nobody_answers(source: Path) -> None:
    waits = Waits()
    with pytest.raises(StoreError, match=r"no connection: .*refused.*\(is the store running\?\)"):
        load_graph(source, "http://127.0.0.1:9", Options(retries=3, sleep=waits))
    assert waits == [1.0, 2.0, 4.0]


def test_count_that_ran_out_of_time(source: Path, fake: FakeStore) -> None:
    fake.headers["X_SQL_State"] = "S1TAT"
    error = failing(source, fake)
    assert "cut off by the store (X-SQL-State S1TAT), not taken for whole" in str(error)
    assert fake.graphs() == {}


def test_truncated_answers_are_paged(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "hub.nt"
    path.write_text("".join(f"<urn:hub> <urn:p> <urn:o:{i:03}> .\n<urn:s:{i}> <urn:p> <urn:o> .\n" for i in range(90)))
    monkeypatch.setattr("kg.remote.store._PAGE", 7)
    with fake_store("Virtuoso/07") as fake:
        fake.most = 8
        report = load_graph(path, fake.url, Options(graph=A, probes=None))
        assert (report.comparison.triples, report.comparison.subjects) == (180, 91)
        assert any("OFFSET 84 LIMIT 7" in request.brief for request in fake.requests)


def test_a_triple_is_lost(source: Path, fake: FakeStore) -> None:
    fake.fill(A, 3)

    def lose(handler: Handler) -> None:
        three = " ".join(f"<urn:s:{i}> <urn:p> {i} ." for i in range(3))
        fake.store.update(f"INSERT DATA {{ GRAPH <{STAGED_A}> {{ {three} }} }}")
        handler.answer(204)

    fake.faults.append(at("PUT", STAGED_A.replace(":", "%3A"), 1, lose))
    error = failing(source, fake)
    assert f"{A}: 5 triples sent, the store counts 3: <urn:s:3> <urn:p>" in str(error)
    assert "is not there" in str(error)
    assert fake.graphs() == {A: 3}, "the old graph has not gone"


def test_a_value_is_changed(source: Path, fake: FakeStore) -> None:
    fake.rewrite = lambda text: text.replace('"4"', '"5"') if '"o"' in text else text
    error = failing(source, fake)
    assert f'read back otherwise than sent: <urn:s:4> <urn:p> "4"^^<{XSD}integer> is not there, but "5"' in str(error)
    assert fake.graphs() == {}


def test_values_written_otherwise(source: Path, fake: FakeStore) -> None:
    fake.rewrite = lambda text: text.replace('"P6M"', '"6"').replace('"true"', '"1"').replace('"zh"', '"ZH"')
    found = load_graph(source, fake.url).comparison
    assert sorted(found.changes) == [
        "language tags in another case",
        "xsd:boolean given as 1 and 0 in results",
        "xsd:duration given as a number of months or seconds in results",
    ]


def test_store_without_updates(source: Path, fake: FakeStore) -> None:
    """Nothing can be put together beside its place: what failed half-way is removed."""
    load_graph(source, fake.url + "/gsp", Options(profile="generic", query_url=f"{fake.url}/query"))
    assert not any("MOVE" in request.brief for request in fake.requests)
    fake.fill(A, 30)

    def half(handler: Handler) -> None:
        fake.store.update(f"DROP GRAPH <{A}> ; INSERT DATA {{ GRAPH <{A}> {{ <urn:s:0> <urn:p> 0 }} }}")
        handler.close_connection = True

    fake.faults.append(at("PUT", "graph=", 2, half))
    error = failing(source, fake, profile="generic")
    assert states(error.report) == ["not there", "as before", "as before"]
    assert fake.graphs() == {B: 2, C: 1}


def test_half_graph_that_cannot_be_removed_is_said(source: Path, fake: FakeStore) -> None:
    def half(handler: Handler) -> None:
        fake.store.update(f"INSERT DATA {{ GRAPH <{A}> {{ <urn:s:0> <urn:p> 0 }} }}")
        handler.answer(500)

    fake.faults.append(at("PUT", "graph=", 1, half))
    fake.faults.append(at("DELETE", "graph=", 1, lambda handler: handler.answer(500)))
    error = failing(source, fake, profile="generic")
    assert "1 only in part there" in str(error)
    assert states(error.report)[0] == "partial"


# -- the command


def test_command(source: Path, fake: FakeStore, kg: Kg) -> None:
    ran = kg("load", source, "--to", fake.url)
    assert ran.status == 0
    assert ran.out.splitlines()[0] == f"whole       {A}  5 (before: 0)"
    assert ran.err == (
        "kg: 3 graphs, 8 triples in Oxigraph 0.5.13, counted; 8 triples of 8 subjects read back: as sent\n"
    )
    report = json.loads(kg("load", source, "--to", fake.url, "--json", "--dry-run").out)
    assert report["store"] == {"url": fake.url, "profile": "oxigraph", "name": "Oxigraph", "version": "0.5.13"}
    assert [graph["before"] for graph in report["graphs"]] == [5, 2, 1]
    assert report["dry_run"] is True


def test_failed_command(source: Path, fake: FakeStore, kg: Kg) -> None:
    fake.faults.append(at("PUT", "graph=", 1, lambda handler: handler.answer(400, b"no")))
    ran = kg("load", source, "--to", fake.url, "--json")
    assert ran.status == 1
    report = json.loads(ran.out)
    assert "the store says 400: no" in report["error"]
    assert {graph["state"] for graph in report["graphs"]} == {"not there"}
    (line,) = ran.err.splitlines()
    assert line.startswith("kg: http://127.0.0.1")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "ftp://x"], "no address of a store"),
        (["--to", "http://"], "no address of a store"),
        (["--to", "http://h:99999"], "no address of a store"),
        (["--to", "URL", "--graph", "mine"], "is no IRI"),
        (["--to", "URL", "--graph", "urn:a b"], "is no IRI"),
        (["--to", "URL", "--prune", "--append"], "--prune goes with neither"),
        (["--to", "URL", "--probe", "some"], "neither a number nor all"),
        (["--to", "URL", "--profile", "generic", "--via", "update"], "needs the address of updates"),
        (["--to", "URL", "--profile", "graphdb"], "names no repository"),
        (["--to", "URL", "--profile", "fuseki"], "names no dataset"),
        (["--to", "URL", "--timeout", "0"], "range"),
    ],
)
def test_usage(arguments: list[str], said: str, source: Path, fake: FakeStore, kg: Kg) -> None:
    ran = kg("load", source, *(fake.url if word == "URL" else word for word in arguments))
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_nothing_is_sent_of_a_file_that_does_not_parse(tmp_path: Path, fake: FakeStore) -> None:
    path = tmp_path / "bad.nq"
    path.write_text(f"<urn:s> <urn:p> <urn:o> <{A}> .\n<urn:s> <urn:p> oops <{A}> .\n")
    with pytest.raises(GraphError, match=r"bad\.nq, line 2: does not parse"):
        load_graph(path, fake.url)
    path.write_text("")
    with pytest.raises(GraphError, match="holds no triples"):
        load_graph(path, fake.url)
    path.write_text("<urn:s> <urn:p> <urn:o> _:g .\n")
    with pytest.raises(ConfigError, match="names a graph by a blank node"):
        load_graph(path, fake.url)
    with pytest.raises(GraphError, match="no such graph"):
        load_graph(tmp_path / "none.nq", fake.url)
    assert fake.requests == []


def test_without_httpx(source: Path, monkeypatch: pytest.MonkeyPatch, kg: Kg) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingExtraError, match=r"httpx is not installed \(pip install 'unsc-kg\[load\]'\)"):
        load_graph(source, "http://127.0.0.1:9")
    assert kg("load", source, "--to", "http://127.0.0.1:9").status == 5


def test_built_folder(graph: Path, fake: FakeStore) -> None:
    report = load_graph(graph, fake.url)
    lines = (graph / "graph.nq").read_text("utf-8").splitlines()
    assert sum(fake.graphs().values()) == len(lines) == sum(g.triples or 0 for g in report.graphs.values())
    assert len(fake.graphs()) == len({line.rsplit(" ", 2)[1] for line in lines})


# -- parts


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3), st.integers(0, 3)), min_size=1),
    st.integers(1, 9),
    st.integers(2, 4),
)
def test_spool_keeps_all_and_sorts(
    tmp_path_factory: pytest.TempPathFactory, quads: list[tuple[int, int, int]], run: int, fan: int
) -> None:
    folder = tmp_path_factory.mktemp("spool")
    path = folder / "graph.nq"
    path.write_text("".join(f"<urn:s{s}> <urn:p> <urn:o{o}> <urn:g{g}> .\n" for s, o, g in quads))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("_RUN", run), ("_FAN", fan), ("_MARK", 2)):
            patch.setattr(spooling, name, value)
        seen = set()
        names = []
        for upload in Spool(path, folder, None, 2).uploads():
            pieces = upload.pieces(2)
            text = b"".join(block for piece in pieces for block in piece).decode()
            assert all(len(piece) == len(b"".join(piece)) for piece in pieces)
            assert text == upload.path.read_text()
            lines = text.splitlines()
            assert lines == sorted(set(lines))
            assert len(lines) == upload.triples
            assert len(pieces) == (len(lines) + 1) // 2
            assert upload.probes <= {line.split(" ")[0] for line in lines}
            seen |= {(line, upload.graph) for line in lines}
            names.append(upload.graph)
    assert names == sorted({f"urn:g{g}" for _, _, g in quads})
    assert seen == {(f"<urn:s{s}> <urn:p> <urn:o{o}> .", f"urn:g{g}") for s, o, g in quads}


def typed(value: str, datatype: str) -> Term:
    return Term("literal", value, XSD + datatype)


@pytest.mark.parametrize(
    ("sent", "got", "same"),
    [
        (typed("P6M", "duration"), typed("6", "duration"), True),
        (typed("P1Y2M", "duration"), typed("14", "duration"), True),
        (typed("P90D", "duration"), typed("7.776e+06", "duration"), True),
        (typed("-PT1H0.5S", "dayTimeDuration"), typed("-3600.5", "dayTimeDuration"), True),
        (typed("P6M", "duration"), typed("7", "duration"), False),
        (typed("P1Y1D", "duration"), typed("12", "duration"), False),
        (typed("true", "boolean"), typed("1", "boolean"), True),
        (typed("true", "boolean"), typed("0", "boolean"), False),
        (typed("0.90", "decimal"), typed("0.9", "decimal"), True),
        (typed("1", "decimal"), typed("1", "integer"), True),
        (typed("0.9", "decimal"), typed("0.91", "decimal"), False),
        (typed("2020", "date"), typed("2020-01-01", "date"), False),
        (typed("2020-01-31T10:00:00Z", "dateTime"), typed("2020-01-31T11:00:00+01:00", "dateTime"), True),
        (typed("2020-01-31T10:00:00Z", "dateTime"), typed("2020-01-31T10:00:00", "dateTime"), False),
        (Term("literal", "安", language="zh-Hans"), Term("literal", "安", language="zh-hans"), True),
        (Term("literal", "安", language="zh"), Term("literal", "安"), False),
        (Term("literal", "安", language="zh"), Term("literal", "暗", language="zh"), False),
        (Term("iri", "urn:a"), Term("iri", "urn:b"), False),
        (Term("literal", "1"), typed("1", "integer"), False),
    ],
)
def test_same_value(sent: Term, got: Term, same: bool) -> None:
    assert bool(same_value(sent, got)) is same


@given(st.text(), st.sampled_from(["", "zh", "en"]))
def test_literals_are_read_as_they_were_written(value: str, language: str) -> None:
    subject, predicate, term = Term("iri", "urn:s"), Term("iri", "urn:p"), Term("literal", value, "", language)
    found = Comparison()
    line = f"{subject.n3()} {predicate.n3()} {term.n3()} ."
    found.add({subject.n3(): [line]}, [{"s": subject, "p": predicate, "o": term}], more=False)
    assert (found.wrong, found.changes, found.triples) == ([], {}, 1)
    found.add({subject.n3(): [line]}, [], more=False)
    assert len(found.wrong) == 1


def test_more_than_was_sent() -> None:
    row = {"s": Term("iri", "urn:s"), "p": Term("iri", "urn:p"), "o": Term("iri", "urn:o")}
    found = Comparison()
    found.add({"<urn:s>": []}, [row], more=True)
    assert found.wrong == []
    found.add({"<urn:s>": []}, [row], more=False)
    assert found.wrong == ["<urn:s> <urn:p> <urn:o> was not sent"]


def test_addresses_and_credentials() -> None:
    assert split_credentials("https://u:p%40@h:1/x?y=1") == ("https://h:1/x?y=1", "u", "p@")
    assert split_credentials("http://h/") == ("http://h/", "", "")
    for path in ("", "/", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth", "/sparql/"):
        found = find_addresses(PROFILES["virtuoso"], f"http://h:8890{path}")
        assert found.graphs == "http://h:8890/sparql-graph-crud-auth"
        assert found.query == found.update == "http://h:8890/sparql-auth"
    assert find_addresses(PROFILES["qlever"], "http://h:7001/").update == "http://h:7001"
    assert find_addresses(PROFILES["graphdb"], "http://h/repositories/r/statements").query == "http://h/repositories/r"
