"""`kg load` into real stores: what comes back, what they change, and what stands there after one of them was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.endpoint import Endpoint
from kg.queries import load_queries
from kg.remote import PROFILES, Credentials, LoadFailedError, Options, load_graph
from kg.remote.client import Client
from kg.remote.load import connect
from kg.remote.spool import Piece
from kg.remote.store import RemoteStore
from kg.store import open_graph
from kg.triples.text import Term
from kg.triples.things import STAGING, staging_graph
from kg.vocabulary import BASE, PREFIXES
from tests.stores import PASSWORD, USER, OxigraphServer, Server, VirtuosoServer
from tests.synthetic import ALL
from tests.synthetic import graph as synthetic

if TYPE_CHECKING:
    from kg.store import Result
    from tests.conftest import Kg

pytestmark = pytest.mark.stores

ROOT = Path(__file__).parent.parent
WHO = Credentials(USER, PASSWORD)
OPTIONS = Options(credentials=WHO)
GIVEN = {"expiring": {"asof": "2020-07-01", "days": "60"}}
XSD = PREFIXES["xsd"]
BIG = 5_000
"""More than one request's load for Virtuoso, as `small_requests` has it."""


@pytest.fixture
def small_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """2,000 triples a request instead of 50,000: Virtuoso 7.2 now and then spends half a minute on a big MOVE."""
    monkeypatch.setitem(PROFILES, "virtuoso", replace(PROFILES["virtuoso"], chunk=2_000))


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Server)
    return found


def connected(server: Server) -> RemoteStore:
    client = Client(WHO, digest=False, timeout=60, retries=2, sleep=time.sleep)
    return connect(client, server.url, OPTIONS)[0]


@pytest.fixture
def store(server: Server) -> Iterator[RemoteStore]:
    remote = connected(server)
    yield remote
    remote.client.close()


def rows(result: Result) -> Counter[frozenset[tuple[str, Term]]]:
    return Counter(frozenset(row.items()) for row in result.rows)


def numbered(path: Path, count: int, word: str, graph: str) -> Path:
    path.write_text("".join(f'<urn:s:{i}> <urn:p> "{word} {i}" <{graph}> .\n' for i in range(count)), "utf-8")
    return path


@pytest.fixture(scope="module", params=["seeds", "synthetic"])
def source(request: pytest.FixtureRequest, graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "seeds":
        return graph
    path = tmp_path_factory.mktemp("synthetic") / "graph.nq"
    path.write_text("".join(f"{line}\n" for line in synthetic(*ALL)), "utf-8")
    return path


@pytest.fixture(scope="module")
def loaded(server: Server, source: Path) -> Server:
    """The store holds ``source``, and nothing of ours else: a query without GRAPH sees all graphs."""
    remote = connected(server)
    for name in remote.graphs("urn:test:"):
        remote.delete(name, "")
    remote.client.close()
    report = load_graph(source, server.url, Options(credentials=WHO, prune=True))
    assert {graph.state for graph in report.graphs.values()} == {"whole"}
    return server


@pytest.mark.parametrize("name", load_queries())
def test_library_queries_give_our_rows(name: str, loaded: Server, source: Path) -> None:
    query = load_queries()[name]
    given = GIVEN.get(name) or {p.name: "chair:0" for p in query.parameters if p.required}
    sparql = query.sparql(given)
    assert rows(Endpoint(loaded.endpoint).query(sparql)) == rows(open_graph(source).query(sparql))


def test_query_command(loaded: Server, source: Path, kg: Kg) -> None:
    ours = kg("query", "adoptions", "-g", source, "--format", "csv")
    theirs = kg("query", "adoptions", "-g", loaded.endpoint, "--format", "csv")
    assert (theirs.status, theirs.err) == (0, "")
    assert sorted(theirs.out.splitlines()) == sorted(ours.out.splitlines())


def test_round_trip(loaded: Server, source: Path, store: RemoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.remote.store._PAGE", 1000)
    path = source / "graph.nq" if source.is_dir() else source
    sent: dict[str, set[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        triple, name = line.removesuffix(" .").rsplit(" ", 1)
        sent.setdefault(name.strip("<>"), set()).add(f"{triple} .")
    assert store.graphs(BASE) == sorted(sent)
    for name, triples in sent.items():
        got = list(store.read(name))
        for value, word in (("1", "true"), ("0", "false")):
            got = [line.replace(f'"{value}"^^<{XSD}boolean>', f'"{word}"^^<{XSD}boolean>') for line in got]
        assert len(got) == len(triples)
        assert set(got) == triples


def test_what_a_store_changes(server: Server, tmp_path: Path) -> None:
    values = {
        "duration": ["P6M", "P90D", "P1Y"],
        "boolean": ["true", "false"],
        "decimal": ["0.95", "1.50", "3"],
        "integer": ["0", "-5", "9223372036854775807"],
        "gYear": ["2020"],
        "gYearMonth": ["2020-01"],
        "date": ["2020-01-31"],
        "dateTime": ["2020-01-31T10:00:00Z"],
    }
    path = tmp_path / "values.nq"
    lines = [f'<urn:s:{t}> <urn:p> "{v}"^^<{XSD}{t}> <urn:test:values> .' for t, each in values.items() for v in each]
    lines += [
        '<urn:s:text> <urn:p> "安全理事会\\n第2507(2020)号\\t\\"决议\\"\\\\ \U00020000"@zh <urn:test:values> .',
        '<urn:s:text> <urn:p> "a"@zh-Hans <urn:test:values> .',
        "<https://example.org/安理会/%E5%AE%89(2020)> <urn:p> <https://example.org/安> <urn:test:values> .",
    ]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    report = load_graph(path, server.url, Options(credentials=WHO, probes=None))
    assert (report.comparison.triples, report.comparison.wrong) == (len(lines), [])
    told = {change.what: change.count for change in report.comparison.changes.values()}
    if report.profile == "virtuoso":
        assert told == {
            "xsd:boolean given as 1 and 0 in results": 2,
            "xsd:duration given as a number of months or seconds in results": 3,
            "numbers written otherwise": 1,
            "numbers written otherwise, with another datatype": 1,
        }
    else:
        assert told == {"numbers written otherwise": 1}


def test_more_rows_than_an_answer_holds(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "hub.nq"
    path.write_text("".join(f"<urn:hub> <urn:p> <urn:o:{i}> <urn:test:hub> .\n" for i in range(12_000)))
    report = load_graph(path, server.url, OPTIONS)
    assert (report.comparison.triples, report.graphs["urn:test:hub"].after) == (12_000, 12_000)


def test_append_by_updates(server: Server, store: RemoteStore, tmp_path: Path) -> None:
    path = numbered(tmp_path / "a.nq", 2500, "a", "urn:test:append")
    load_graph(path, server.url, Options(credentials=WHO, via="update"))
    numbered(path, 1000, "b", "urn:test:append")
    report = load_graph(path, server.url, Options(credentials=WHO, append=True))
    assert (report.graphs["urn:test:append"].before, report.graphs["urn:test:append"].after) == (2500, 3500)
    assert store.graphs(STAGING) == []


@pytest.mark.usefixtures("small_requests")
def test_readers_see_the_old_or_the_new(server: Server, store: RemoteStore, tmp_path: Path) -> None:
    name = "urn:test:big"
    load_graph(numbered(tmp_path / "a.nq", 5, "old", name), server.url, OPTIONS)
    seen: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        reader = connected(server)
        while not done.is_set():
            seen.add(reader.count(name))
            time.sleep(0.02)
        reader.client.close()

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        report = load_graph(numbered(tmp_path / "b.nq", BIG, "new", name), server.url, OPTIONS)
    finally:
        done.set()
        watching.join()
    assert report.graphs[name].after == store.count(name) == BIG
    assert 5 in seen
    assert seen <= {5, BIG}


def test_virtuoso_refuses(virtuoso_url: str, tmp_path: Path) -> None:
    path = numbered(tmp_path / "a.nq", 5, "old", "urn:test:refused")
    load_graph(path, virtuoso_url, OPTIONS)
    with pytest.raises(LoadFailedError, match=r"the password or token is refused \(401\).*1 as before"):
        load_graph(path, virtuoso_url, Options(credentials=Credentials("dba", "wrong")))
    with pytest.raises(LoadFailedError, match=r"asks for a user and a password \(401\)"):
        load_graph(path, virtuoso_url)
    path.write_text(f'<urn:s> <urn:p> "2020"^^<{XSD}date> <urn:test:refused> .\n')
    with pytest.raises(LoadFailedError, match=r'"2020"\^\^\S+ is not there, but "2020-01-01"'):
        load_graph(path, virtuoso_url, OPTIONS)


@pytest.mark.usefixtures("small_requests")
@pytest.mark.parametrize("moment", ["sending", "moving"])
@pytest.mark.parametrize("kind", [OxigraphServer, VirtuosoServer])
def test_store_is_killed(kind: type[Server], moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After kill -9 and a new start the graph is the old one; killed while it is moved, the old or the new one."""
    if reason := kind.missing():
        pytest.skip(reason)
    name, fresh = "urn:test:killed", "urn:test:fresh"
    old = numbered(tmp_path / "old.nq", 500, "old", name)
    new = numbered(tmp_path / "new.nq", BIG, "new", name)
    with new.open("a") as file:
        file.write(numbered(tmp_path / "more.nq", 1000, "more", fresh).read_text())
    server = kind(tmp_path)
    server.start()
    try:
        load_graph(old, server.url, OPTIONS)
        with monkeypatch.context() as patch:
            if moment == "sending":
                send = Piece.__iter__

                def half(piece: Piece) -> Iterator[bytes]:
                    for number, block in enumerate(send(piece)):
                        # of the big graph only: Oxigraph in mid-body, Virtuoso in its second request
                        if number == 1 if kind is OxigraphServer else piece.start:
                            server.kill()
                        yield block

                patch.setattr(Piece, "__iter__", half)
            else:
                move = RemoteStore.move

                def cut(self: RemoteStore, source: str, target: str, doing: str) -> None:
                    if target == name:
                        threading.Timer(0.05, server.kill).start()
                    move(self, source, target, doing)

                patch.setattr(RemoteStore, "move", cut)
            with pytest.raises(LoadFailedError) as caught:
                load_graph(new, server.url, Options(credentials=WHO, retries=0))
        assert "connection" in str(caught.value)
        server.kill()
        server.start()
        store = connected(server)
        assert store.count(name) in ((500,) if moment == "sending" else (500, BIG))
        assert store.count(fresh) == 1000, "by name it came first, and was whole"
        report = load_graph(new, server.url, Options(credentials=WHO, prune=True))
        assert [graph.after for graph in report.graphs.values()] == [1000, BIG]
        assert store.graphs(STAGING) == []
        store.client.close()
    finally:
        server.kill()


@pytest.mark.usefixtures("small_requests")
def test_loader_is_killed(virtuoso: Server, tmp_path: Path) -> None:
    """In mid-upload, by kill -9: it can clean up nothing."""
    name = "urn:test:loader"
    load_graph(numbered(tmp_path / "old.nq", 500, "old", name), virtuoso.url, OPTIONS)
    new = numbered(tmp_path / "new.nq", BIG, "new", name)
    code = """if True:
        import dataclasses, os, signal, sys
        from kg.cli import main
        from kg.remote import PROFILES
        from kg.remote.spool import Piece

        PROFILES["virtuoso"] = dataclasses.replace(PROFILES["virtuoso"], chunk=2_000)

        send = Piece.__iter__
        def half(piece):
            if piece.start:
                os.kill(os.getpid(), signal.SIGKILL)
            return send(piece)

        Piece.__iter__ = half
        main(sys.argv[1:])
    """
    command = [sys.executable, "-c", code, "load", str(new), "--to", virtuoso.url, "--user", USER]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "KG_STORE_PASSWORD": PASSWORD}, check=False)
    assert done.returncode == -signal.SIGKILL
    store = connected(virtuoso)
    assert (store.count(name), store.count(staging_graph(name))) == (500, 2_000)
    other = numbered(tmp_path / "other.nq", 5, "other", "urn:test:other")
    assert load_graph(other, virtuoso.url, OPTIONS).left == [staging_graph(name)]
    report = load_graph(new, virtuoso.url, OPTIONS)
    assert (report.graphs[name].before, report.graphs[name].after, report.left) == (500, BIG, [])
    store.client.close()
