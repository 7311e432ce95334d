"""A triple store over HTTP told to misbehave: Oxigraph's engine behind a server of the standard library."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

__all__ = ["FakeStore", "Request", "fake_store"]


@dataclass(frozen=True)
class Request:
    """What arrived. ``target``: path and query as sent; ``form``: of a form, else empty; ``size`` of the body."""

    method: str
    target: str
    kind: str
    authorization: str
    form: dict[str, str]
    size: int

    @property
    def brief(self) -> str:
        """``PUT /store?graph=...`` or ``POST /update MOVE GRAPH ...``."""
        text = " ".join(" ".join(self.form.values()).split())
        return f"{self.method} {self.target} {text}".strip()


Fault = Callable[["Handler", Request], bool]
"""Called before an answer; true where it has seen to the answer itself."""


@dataclass
class FakeStore:
    """``faults`` are asked one after the other at each request. ``most``: rows an answer holds, told by a header.
    ``rewrite`` changes the JSON text of an answer."""

    server_header: str = ""
    store: pyoxigraph.Store = field(default_factory=pyoxigraph.Store)
    requests: list[Request] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    most: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    rewrite: Callable[[str], str] = str
    url: str = ""

    def graphs(self) -> dict[str, int]:
        """Named graphs and their sizes."""
        return {
            graph.value: sum(1 for _ in self.store.quads_for_pattern(None, None, None, graph))
            for graph in self.store.named_graphs()
            if isinstance(graph, pyoxigraph.NamedNode)
        }

    def fill(self, graph: str, count: int) -> None:
        """Put ``count`` triples into a graph."""
        node, name = pyoxigraph.NamedNode("urn:old"), pyoxigraph.NamedNode(graph)
        for number in range(count):
            self.store.add(pyoxigraph.Quad(node, node, pyoxigraph.Literal(number), name))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in one packet
    disable_nagle_algorithm = True
    fake: FakeStore

    def version_string(self) -> str:
        return self.fake.server_header or "none"

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def take(self) -> None:
        fake = self.fake
        length = int(self.headers.get("Content-Length") or 0)
        kind = self.headers.get("Content-Type", "")
        form: dict[str, str] = {}
        body = b""
        if kind == "application/x-www-form-urlencoded":
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        request = Request(self.command, self.path, kind, self.headers.get("Authorization", ""), form, length)
        fake.requests.append(request)
        for fault in fake.faults:
            if fault(self, request):
                return
        if not form:
            body = self.rfile.read(length)
        try:
            self.work(request, body)
        except (SyntaxError, OSError) as error:
            self.answer(400, str(error).encode())

    def work(self, request: Request, body: bytes) -> None:
        fake, form = self.fake, request.form
        query = parse_qs(urlsplit(request.target).query, keep_blank_values=True)
        if "query" in form:
            self.select(form["query"])
        elif "update" in form or request.kind == "application/sparql-update":
            fake.store.update(form.get("update") or body.decode())
            self.answer(204)
        elif request.method in ("PUT", "POST") and ({"graph", "context-uri", "default"} & query.keys()):
            name = (query.get("graph") or query.get("context-uri") or [""])[0]
            graph = pyoxigraph.NamedNode(name) if name else pyoxigraph.DefaultGraph()
            if request.method == "PUT":
                fake.store.clear_graph(graph)
            fake.store.load(body, format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=graph)
            self.answer(204)
        elif request.method == "DELETE":
            fake.store.remove_graph(pyoxigraph.NamedNode(query["graph"][0]))
            self.answer(204)
        else:
            self.answer(404, b"nothing here")

    def select(self, query: str) -> None:
        solutions = self.fake.store.query(query)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        data: dict[str, Any] = json.loads(solutions.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
        headers = dict(self.fake.headers)
        if self.fake.most:
            del data["results"]["bindings"][self.fake.most :]
            headers["X_SPARQL_MaxRows"] = str(self.fake.most)
        self.answer(200, self.fake.rewrite(json.dumps(data)).encode(), **headers)

    do_GET = do_PUT = do_POST = do_DELETE = take  # noqa: N815 - names of the standard library

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the standard library
        pass


@contextmanager
def fake_store(server_header: str = "") -> Iterator[FakeStore]:
    fake = FakeStore(server_header)
    handler = type("_Handler", (Handler,), {"fake": fake})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        fake.url = f"http://127.0.0.1:{server.server_port}"
        yield fake
        server.shutdown()
        thread.join()
