"""A graph behind a URL: asked by the protocol, and one line for each way in which it fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from kg.endpoint import Endpoint, is_url
from kg.errors import GraphError, QueryError
from kg.queries.results import ask_json, select_json
from kg.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Kg

STORE = Store.of(
    [
        '<urn:a:b> <urn:a:c> "联合国"@zh .',
        '<urn:a:b> <urn:a:c> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        "<urn:a:b> <urn:a:d> _:x .",
    ]
)
SELECT = "SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        (sparql,) = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"]
        status, body = 200, ""
        if self.path == "/broken":
            body = "<html>hello</html>"
        elif self.path == "/down":
            status, body = 503, "try\nlater"
        else:
            try:
                answer = STORE.query(sparql)
            except QueryError as error:
                status, body = 400, str(error)
            else:
                if answer.kind == "construct":
                    assert self.headers["Accept"] == "application/n-triples"
                    body = "".join(f"{line}\n" for line in answer.triples)
                elif answer.kind == "ask":
                    body = ask_json(answer.truth)
                else:
                    body = select_json(answer.variables, answer.rows)
        self.send_response(status)
        if self.path == "/cut":
            self.send_header("X-SPARQL-MaxRows", "2")
        elif self.path == "/slow":
            self.send_header("X-SQL-State", "S1TAT")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the standard library
        pass


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_same_answers_as_the_store_behind_it(url: str) -> None:
    endpoint = Endpoint(f"{url}/sparql")
    for sparql in (SELECT, "ASK { ?s ?p 4 }", "ASK { ?s ?p 3 }"):
        assert endpoint.query(sparql) == STORE.query(sparql)
    sparql = "CONSTRUCT { ?s <urn:a:e> ?o } WHERE { ?s <urn:a:c> ?o }"
    assert endpoint.query(sparql) == STORE.query(sparql)


def test_refused(url: str) -> None:
    with pytest.raises(QueryError, match=r"the endpoint says 400 Bad Request: .*does not parse"):
        Endpoint(f"{url}/sparql").query("SELECT ?")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/cut", "cuts the answer off at 2 rows"),
        ("/slow", r"ran out of time \(X-SQL-State S1TAT\)"),
        ("/broken", "answers, but not with application/sparql-results"),
        ("/down", "503 Service Unavailable: try later"),
    ],
)
def test_failing(path: str, said: str, url: str) -> None:
    with pytest.raises(GraphError, match=said):
        Endpoint(url + path).query(SELECT)


def test_not_there() -> None:
    with pytest.raises(GraphError, match="does not answer"):
        Endpoint("http://127.0.0.1:1/").query(SELECT)
    with pytest.raises(GraphError, match="no address of an endpoint"):
        Endpoint("http:///sparql")


def test_what_is_a_url() -> None:
    assert is_url("https://example.org/sparql")
    assert is_url("HTTP://example.org")
    assert not any(map(is_url, ("out", "file:///etc/passwd", "ftp://example.org", "./http/x.ttl")))


def test_command(url: str, tmp_path: Path, kg: Kg) -> None:
    path = tmp_path / "q.rq"
    path.write_text(SELECT, "utf-8")
    ran = kg("query", path, "-g", f"{url}/sparql", "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    assert {"type": "literal", "value": "联合国", "xml:lang": "zh"} in [
        row["o"] for row in json.loads(ran.out)["results"]["bindings"]
    ]
    assert kg("query", "letters", "-g", f"{url}/sparql").status == 0
