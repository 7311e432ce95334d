"""``kg serve`` as clients see it: a real server on a free port, asked over HTTP."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import rdflib

from kg.queries.results import ask_xml, select_xml
from kg.serve.negotiate import GRAPH_TYPES, ROW_TYPES, choose
from kg.store import Store, open_graph
from kg.store.sparql import from_graphs
from kg.triples.text import Term
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from tests.conftest import Kg

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

ROOT = Path(__file__).parent.parent
STATES = "SELECT ?s WHERE { ?s a sc:State }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUERY = "application/sparql-query"
VNM = "https://w3id.org/unsc-kg/id/state/VNM"
GRAPH = "https://w3id.org/unsc-kg/id/graph/"


class Running:
    """A server that answers: ``url``, and its process."""

    def __init__(self, url: str, process: subprocess.Popen[str]) -> None:
        self.url = url
        self.process = process

    def end(self, how: signal.Signals) -> tuple[int, str]:
        """Its exit status and the rest of what it said."""
        self.process.send_signal(how)
        _, err = self.process.communicate(timeout=30)
        return self.process.returncode, err


@contextmanager
def serving(graph: Path, *options: str) -> Iterator[Running]:
    command = [sys.executable, "-m", "kg.cli", "serve", str(graph), "--port", "0", "--workers", "2", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"at (http://127\.0\.0\.1:\d+)/ ", line)
        assert found, line
        yield Running(found[1], process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def url(graph: Path) -> Iterator[str]:
    with serving(graph, "--max-rows", "40", "--timeout", "20") as server:
        yield server.url


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=60) as found:
        yield found


def ask(client: httpx.Client, query: str, accept: str = "*/*", **parameters: Any) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})


class TestProtocol:
    def test_three_ways_to_ask(self, client: httpx.Client) -> None:
        # an escape in an address must come through as it stands, whatever the way
        query = f'SELECT (COUNT(*) AS ?n) ("100%+&安%20" AS ?text) (<{VNM}%E5%AE%89> AS ?iri) WHERE {{ ?s ?p ?o }}'
        get = ask(client, query)
        form = client.post("/sparql", data={"query": query})
        body = client.post("/sparql", content=query.encode(), headers={"Content-Type": f"{QUERY}; charset=UTF-8"})
        assert [r.status_code for r in (get, form, body)] == [200] * 3
        assert get.json() == form.json() == body.json()
        (row,) = get.json()["results"]["bindings"]
        assert row["text"]["value"] == "100%+&安%20"
        assert row["iri"]["value"] == f"{VNM}%E5%AE%89"
        assert get.headers["content-type"] == "application/sparql-results+json"

    @pytest.mark.parametrize("way", ["get", "form", "body"])
    def test_dataset(self, way: str, client: httpx.Client, graph: Path) -> None:
        store = open_graph(graph)
        count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
        named = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
        graphs = sorted(row["g"].value for row in store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
        both = f"VALUES ?g {{ <{graphs[0]}> <{graphs[1]}> }} GRAPH ?g {{ ?s ?p ?o }}"
        merged = store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT ?s ?p ?o WHERE {{ {both} }} }}")

        def number(query: str, **dataset: list[str]) -> int:
            given: dict[str, Any] = {name.replace("_", "-") + "-uri": uris for name, uris in dataset.items()}
            if way == "get":
                found = ask(client, query, **given)
            elif way == "form":
                found = client.post("/sparql", data={"query": query, **given})
            else:
                found = client.post("/sparql", params=given, content=query, headers={"Content-Type": QUERY})
            assert found.status_code == 200, found.text
            return int(found.json()["results"]["bindings"][0]["n"]["value"])

        assert number(count) == len(store)
        assert number(count, default_graph=graphs[:2]) == int(merged[0]["n"].value), "merged, each triple once"
        assert number(named, default_graph=graphs[:2]) == 0
        assert number(named, named_graph=graphs[:2]) == 2
        assert number(count, named_graph=graphs[:2]) == 0, "no default graph was asked for"
        assert number(named, default_graph=graphs[:2], named_graph=graphs[1:4]) == 3
        # the protocol's dataset counts, not the query's
        one = number(count, default_graph=graphs[:1])
        inside = count.replace("WHERE", f"FROM <{graphs[1]}> WHERE")
        assert number(inside, default_graph=graphs[:1]) == one != number(inside)

    @pytest.mark.parametrize(
        ("method", "given", "status", "said"),
        [
            ("GET", {"params": {"default-graph-uri": VNM}}, 400, "no query"),
            ("GET", {"params": {"query": [STATES, STATES]}}, 400, "2 queries"),
            ("GET", {"params": {"query": "SELECT ?s WHERE {\n ?s ?p }"}}, 400, "line 2, column 9"),
            ("GET", {"params": {"query": ""}}, 400, "does not parse"),
            ("GET", {"params": {"update": "CLEAR ALL"}}, 400, "update"),
            ("POST", {"data": {}, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400, "no query"),
            ("POST", {"data": {"query": [STATES, STATES]}}, 400, "2 queries"),
            ("POST", {"data": {"update": "CLEAR ALL"}}, 400, "update"),
            ("POST", {"params": {"query": STATES}, "content": STATES, "headers": {"Content-Type": QUERY}}, 400, "2 qu"),
            ("POST", {"content": b"ASK { ?s ?p '\xff' }", "headers": {"Content-Type": QUERY}}, 400, "UTF-8 at byte 13"),
            ("POST", {"content": STATES}, 415, "unknown"),
            ("POST", {"content": STATES, "headers": {"Content-Type": "text/plain"}}, 415, "text/plain"),
            ("POST", {"content": STATES, "headers": {"Content-Type": f"{QUERY};charset=utf-16"}}, 415, "utf-16"),
            ("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 415, "reads"),
            ("POST", {"content": b" " * (1 << 21), "headers": {"Content-Type": QUERY}}, 413, "longer than"),
            ("GET", {"params": {"query": STATES}, "headers": {"Accept": "image/png"}}, 406, "sparql-results+json"),
            ("GET", {"params": {"query": STATES}, "headers": {"Accept": "text/turtle"}}, 406, "a SELECT query"),
            ("GET", {"params": {"query": "DESCRIBE sc:x"}, "headers": {"Accept": "text/csv"}}, 406, "text/turtle"),
            ("GET", {"headers": {"Accept": "image/png"}}, 406, "text/turtle"),
        ],
    )
    def test_refused_requests(
        self, method: str, given: dict[str, Any], status: int, said: str, client: httpx.Client
    ) -> None:
        found = client.request(method, "/sparql", **given)
        assert found.status_code == status, found.text
        assert said in found.json()["error"]

    def test_parameters_in_another_encoding(self, client: httpx.Client) -> None:
        assert "UTF-8" in client.get("/sparql?query=%FF").json()["error"]
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        for body in (b"query=%FF", b"query=\xff"):
            found = client.post("/sparql", content=body, headers=headers)
            assert (found.status_code, "UTF-8" in found.text) == (400, True)

    def test_error_has_line_and_column(self, client: httpx.Client) -> None:
        found = ask(client, "SELECT ?s\nWHERE { ?s ?p }")
        assert found.status_code == 400
        assert (found.json()["line"], found.json()["column"]) == (2, 16)

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    def test_nothing_writes(self, method: str, client: httpx.Client) -> None:
        for path in ("/sparql", "/id/state/VNM", "/"):
            assert client.request(method, path).status_code == 405
        for path in ("/update", "/store", "/data", "/sparql/update", "/sparql-graph-crud"):
            assert client.post(path, content="CLEAR ALL").status_code == 404

    def test_forms_of_rows(self, client: httpx.Client) -> None:
        query = 'SELECT ?s ?l WHERE { ?s sc:iso3 "VNM" ; rdfs:label ?l FILTER (lang(?l) = "zh") }'
        query = f"PREFIX rdfs: <{PREFIXES['rdfs']}> {query}"
        found = {kind: ask(client, query, kind) for kind in ROW_TYPES}
        for kind, answer in found.items():
            assert answer.status_code == 200
            assert answer.headers["content-type"].split(";")[0] == kind
            assert "Accept" in answer.headers["vary"]
        (row,) = found["application/sparql-results+json"].json()["results"]["bindings"]
        assert row == {"s": {"type": "uri", "value": VNM}, "l": {"type": "literal", "value": "越南", "xml:lang": "zh"}}
        assert list(csv.reader(io.StringIO(found["text/csv"].text))) == [["s", "l"], [VNM, "越南"]]
        assert found["text/tab-separated-values"].text == f'?s\t?l\n<{VNM}>\t"越南"@zh\n'
        assert [b.value for b in _xml_rows(found["application/sparql-results+xml"].content)[0].values()] == [
            VNM,
            "越南",
        ]

    def test_forms_of_truth(self, client: httpx.Client) -> None:
        for query, truth in (("ASK { ?s a sc:State }", True), ("ASK { ?s a sc:Nothing }", False)):
            assert ask(client, query).json() == {"head": {}, "boolean": truth}
            tree = ET.fromstring(ask(client, query, "application/sparql-results+xml").content)
            assert tree.findtext("{*}boolean") == str(truth).lower()
            for kind in ("text/csv", "text/tab-separated-values"):
                assert ask(client, query, kind).text == f"{truth}\n".lower()

    @pytest.mark.parametrize(
        "query", [f"DESCRIBE <{VNM}>", f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ BIND (<{VNM}> AS ?s) ?s ?p ?o }}"]
    )
    def test_forms_of_graphs(self, query: str, client: httpx.Client, graph: Path) -> None:
        told = set(open_graph(graph).construct(query))
        assert len(told) > 5
        for kind, form in {**GRAPH_TYPES, "*/*": "ttl"}.items():
            answer = ask(client, query, kind)
            assert answer.status_code == 200
            assert answer.headers["content-type"].split(";")[0] == (kind if kind != "*/*" else "text/turtle")
            assert _read(answer.text, form) == _read("\n".join(told), "nt")

    def test_service_description(self, client: httpx.Client, url: str, graph: Path) -> None:
        sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        endpoint = rdflib.URIRef(f"{url}/sparql")
        first = rdflib.Graph().parse(data=client.get("/sparql").text, format="turtle")
        for kind, form in GRAPH_TYPES.items():
            answer = client.get("/sparql", headers={"Accept": kind})
            assert answer.headers["content-type"].split(";")[0] == kind
            assert _read(answer.text, form) == set(first)
        (service,) = first.subjects(sd.endpoint, endpoint)
        assert (service, sd.feature, sd.UnionDefaultGraph) in first
        assert (service, sd.supportedLanguage, sd.SPARQL11Query) in first
        assert len(list(first.objects(service, sd.resultFormat))) == 8
        assert not any("Update" in str(o) for o in first.objects())
        (dataset,) = first.objects(service, sd.defaultDataset)
        (default,) = first.objects(dataset, sd.defaultGraph)
        (triples,) = first.objects(default, rdflib.URIRef("http://rdfs.org/ns/void#triples"))
        assert int(str(triples)) == len(open_graph(graph))

    def test_head_options_and_cors(self, client: httpx.Client) -> None:
        head = client.head("/sparql", params={"query": STATES})
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) == len(ask(client, STATES).content)
        options = client.options("/sparql")
        assert options.status_code == 204
        assert set(options.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
        origin = {"Origin": "https://example.org"}
        before = client.options("/sparql", headers={**origin, "Access-Control-Request-Method": "POST"})
        assert before.status_code == 200
        assert before.headers["access-control-allow-origin"] == "*"
        assert "POST" in before.headers["access-control-allow-methods"]
        for query in (STATES, "bad"):
            answer = client.get("/sparql", params={"query": query}, headers=origin)
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in answer.headers
            assert "X-SPARQL-MaxRows" in answer.headers["access-control-expose-headers"]

    def test_rows_are_bounded_and_the_header_says_so(
        self, client: httpx.Client, url: str, tmp_path: Path, kg: Kg
    ) -> None:
        whole = ask(client, "SELECT * WHERE { ?s ?p ?o } LIMIT 40")
        assert "x-sparql-maxrows" not in whole.headers
        assert whole.headers["x-kg-row-limit"] == "40"
        cut = ask(client, "SELECT * WHERE { ?s ?p ?o }")
        assert cut.headers["x-sparql-maxrows"] == "40"
        assert len(cut.json()["results"]["bindings"]) == 40
        graph = ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
        assert graph.headers["x-sparql-maxrows"] == str(len(graph.text.splitlines())) == "40"
        # our own client says it too, and is else content
        query = tmp_path / "q.rq"
        query.write_text("SELECT * WHERE { ?s ?p ?o }", "utf-8")
        assert "cuts the answer off at 40 rows" in kg("query", query, "-g", f"{url}/sparql").err
        query.write_text("PREFIX sc: <https://w3id.org/unsc-kg/ns#> SELECT ?s WHERE { ?s sc:iso3 'VNM' }", "utf-8")
        assert kg("query", query, "-g", f"{url}/sparql", "--format", "csv").out.split() == ["s", VNM]

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * WHERE { SERVICE <{web}> { ?s ?p ?o } }",
            "SELECT * WHERE { SERVICE SILENT <{web}> { ?s ?p ?o } }",
            "LOAD <{web}>",
            "INSERT DATA { <urn:a:b> a <urn:a:c> }",
            "DELETE WHERE { ?s ?p ?o }",
            "CLEAR ALL",
            "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
            "SELECT * FROM NAMED <file:///etc/passwd> WHERE { GRAPH ?g { ?s ?p ?o } }",
            "SELECT * FROM <{web}> WHERE { ?s ?p ?o }",
        ],
    )
    def test_refused_queries(self, query: str, client: httpx.Client) -> None:
        with _listener() as (web, taken):
            found = ask(client, query.replace("{web}", web))
            assert not taken, "a request left the server"
        assert found.status_code == 400
        assert re.search("refused|update|none is fetched", found.json()["error"])

    def test_dataset_of_the_web_is_refused(self, client: httpx.Client) -> None:
        with _listener() as (web, taken):
            for address in (web, "file:///etc/passwd", "/etc/passwd"):
                for name in ("default-graph-uri", "named-graph-uri"):
                    found = ask(client, "SELECT * WHERE { ?s ?p ?o }", **{name: address})
                    assert found.status_code == 400
                    assert "none is fetched" in found.json()["error"]
            assert not taken


@contextmanager
def _listener() -> Iterator[tuple[str, list[str]]]:
    """A web server that notes who comes."""
    from http.server import BaseHTTPRequestHandler, HTTPServer

    taken: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            taken.append(self.path)

        do_POST = do_GET  # noqa: N815

    server = HTTPServer(("127.0.0.1", 0), Note)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/g", taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _read(text: str, form: str) -> set[Any]:
    """Triples, as rdflib reads them."""
    names = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, about itself
        return set(rdflib.Graph().parse(data=text, format=names[form]))


def _xml_rows(text: bytes) -> list[dict[str, Term]]:
    rows = []
    for result in ET.fromstring(text).iterfind("{*}results/{*}result"):
        row = {}
        for binding in result:
            (term,) = binding
            kind = term.tag.rpartition("}")[2]
            language = term.get("{http://www.w3.org/XML/1998/namespace}lang", "")
            kinds = {"uri": "iri", "bnode": "bnode", "literal": "literal"}
            row[binding.get("name", "")] = Term(kinds[kind], term.text or "", term.get("datatype", ""), language)  # type: ignore[arg-type]
        rows.append(row)
    return rows


def test_xml_holds_every_term() -> None:
    rows = [
        {"a": Term("iri", "urn:x:a&b"), "b": Term("literal", "<b>\"&'\r\n\t", language="zh")},
        {"b": Term("literal", "1", f"{PREFIXES['xsd']}integer")},
        {},
        {"a": Term("bnode", "x"), "b": Term("literal", "")},
    ]
    assert _xml_rows(select_xml(["a", "b"], rows).encode()) == rows
    assert "x\ufffdy" in select_xml(["a"], [{"a": Term("literal", "x\x00y")}])
    assert ET.fromstring(ask_xml(True)).findtext("{*}boolean") == "true"


@pytest.mark.parametrize(
    ("accept", "row", "graph"),
    [
        (None, "json", "ttl"),
        ("", "json", "ttl"),
        ("*/*", "json", "ttl"),
        ("text/csv;q=0.5, application/sparql-results+xml", "xml", None),
        ("TEXT/CSV", "csv", None),
        ("text/*;q=0.9, */*;q=0.1", "csv", "ttl"),
        ("application/sparql-results+json;q=0, */*", "xml", "ttl"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "json", "ttl"),
        ("application/ld+json;profile=x, text/turtle;q=0.9", None, "jsonld"),
        ("image/png", None, None),
        ("*/*;q=0", None, None),
    ],
)
def test_negotiation(accept: str | None, row: str | None, graph: str | None) -> None:
    assert ROW_TYPES.get(choose(accept, ROW_TYPES) or "") == row
    assert GRAPH_TYPES.get(choose(accept, GRAPH_TYPES) or "") == graph


def test_graphs_named_in_a_query() -> None:
    query = "# FROM <urn:no:1>\nSELECT ?from FROM <urn:a:1> from named <urn:a:2> "
    query += "{ ?s ?p '''FROM <urn:no:2>''' , <urn:a:3> }"
    assert from_graphs(query) == ["urn:a:1", "urn:a:2"]


class TestPages:
    def test_picture_vocabulary_and_description(self, client: httpx.Client, graph: Path) -> None:
        picture = client.get("/explore")
        assert picture.content == (graph / "graph.html").read_bytes()
        assert picture.headers["content-type"] == "text/html; charset=utf-8"
        assert picture.headers["content-security-policy"] == "frame-ancestors 'self'"
        assert client.get("/void").content == (graph / "void.ttl").read_bytes()
        assert client.get("/.well-known/void").headers["location"] == "/void"
        assert "<!doctype html>" in client.get("/ns", headers={"Accept": "text/html,*/*;q=0.8"}).text
        for path in ("/ns", "/unsc-kg.ttl"):
            found = client.get(path, headers={"Accept": "text/turtle"})
            assert found.headers["content-type"] == "text/turtle; charset=utf-8"
            assert found.text == (ROOT / "ontology" / "unsc-kg.ttl").read_text("utf-8")
        assert "@context" in client.get("/ns", headers={"Accept": "application/ld+json"}).json()
        assert client.get("/ns", headers={"Accept": "image/png"}).status_code == 406

    def test_all_is_one_click_from_home(self, client: httpx.Client) -> None:
        home = client.get("/")
        assert home.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in home.headers["content-security-policy"]
        addresses = set(re.findall(r'(?:src|href|action)="([^"]+)"', home.text)) - {"data:,"}
        assert addresses >= {"/explore", "/find", "/sparql", "/ns", "/void"}
        for address in addresses:
            assert address.startswith("/")
            assert not address.startswith("//"), "nothing from elsewhere"
            assert client.get(address).status_code == 200

    def test_query_page(self, client: httpx.Client) -> None:
        page = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        names = re.findall(r'data-name="([^"]+)"', page.text)
        from kg.queries import load_queries

        assert names == list(load_queries())
        texts, words = map(json.loads, _Scripts.of(page.text)[-2:])
        assert f"{PREFIXES['sc']}Chairing" in words["class"]
        assert f"{PREFIXES['sc']}chairedBy" in words["property"]
        assert words["prefixes"]["state"] == "https://w3id.org/unsc-kg/id/state/"
        for each in texts:
            if each["name"] != "expiring":
                assert each["text"] == load_queries()[each["name"]].text
            assert ask(client, each["text"]).status_code == 200, each["name"]
        (asked,) = (each["text"] for each in texts if each["name"] == "expiring")
        day = re.search(r'VALUES \?asof \{ "(\d{4}-\d\d-\d\d)"', asked)
        assert day
        assert f'"{day[1]}"' not in load_queries()["expiring"].text, "of today"
        assert "/assets/yasgui.min.js" in page.text
        for address in set(re.findall(r'(?:src|href)="([^"]+)"', page.text)) - {"data:,"}:
            assert address.startswith("/")
            assert not address.startswith("//"), "nothing from elsewhere"
            assert client.get(address).status_code == 200
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert "default-src 'none'" in page.headers["content-security-policy"]

    def test_every_resource_has_a_page(self, client: httpx.Client, graph: Path) -> None:
        rows = open_graph(graph).select("SELECT ?class (MIN(?s) AS ?s) WHERE { ?s a ?class } GROUP BY ?class")
        things = {row["s"].value for row in rows if "/id/" in row["s"].value}
        assert len(things) > 20
        for thing in things:
            path = thing.removeprefix("https://w3id.org/unsc-kg")
            page = client.get(path, headers={"Accept": "text/html"})
            assert page.status_code == 200, thing
            assert thing in page.text
            for link in re.findall(r'href="(/id/[^"?]+)"', page.text)[:3]:
                assert client.head(link).status_code == 200, f"{thing} links to {link}"

    def test_resource_shows_facts_and_evidence(self, client: httpx.Client) -> None:
        page = client.get("/id/state/VNM", headers={"Accept": "text/html"}).text
        assert '<h1>越南 <span lang="en">Viet Nam</span></h1>' in page
        assert "<blockquote><p>1 月 9 日、10 日和 13 日，安理会" in page
        assert re.search(r'<a href="/id/chairing/\w+">主持</a> <span class="en" lang="en">Chairing</span>', page)
        assert "2021年3月25日越南常驻联合国代表给秘书长的信" in page

    def test_things_are_found_by_name(self, client: httpx.Client) -> None:
        def found(text: str) -> list[dict[str, Any]]:
            answer = client.get("/find", params={"q": text}, headers={"Accept": "application/json"})
            assert answer.headers["content-type"] == "application/json"
            things: list[dict[str, Any]] = answer.json()["found"]
            return things

        for text in ("越南", "viet nam", "VNM", "  Viet  Nam ", "社會主義共和國"):
            assert "/id/state/VNM" in [thing["href"] for thing in found(text)], text
        vietnam = next(thing for thing in found("越南") if thing["href"] == "/id/state/VNM")
        assert (vietnam["zh"], vietnam["en"], vietnam["kinds"]) == ("越南", "Viet Nam", {"国家": "State"})
        assert found("越南")[0] == vietnam, "the shortest name first"
        assert found("2507")[0]["href"].startswith("/id/resolution/")
        assert found("没有这个名称") == found("  ") == found("") == []
        assert found('"} UNION { ?o ?p ?name } #') == []
        page = client.get("/find", params={"q": "越南"}, headers={"Accept": "text/html"})
        assert '<a href="/id/state/VNM">越南</a>' in page.text
        assert _Scripts.of(page.text) == []
        assert client.get("/find", headers={"Accept": "text/html"}).status_code == 200
        assert client.get("/find", headers={"Accept": "image/png"}).status_code == 406
        hostile = client.get("/find", params={"q": "<script>alert(1)</script>"}, headers={"Accept": "text/html"})
        assert _Scripts.of(hostile.text) == []

    def test_resource_as_rdf(self, client: httpx.Client) -> None:
        sizes = set()
        for kind, form in GRAPH_TYPES.items():
            asked = client.get("/id/meeting-format/none", headers={"Accept": kind})
            assert asked.status_code == 404
            asked = client.get("/id/state/SWE", headers={"Accept": kind})
            assert asked.headers["content-type"].split(";")[0] == kind
            assert "Accept" in asked.headers["vary"]
            assert client.get(f"/id/state/SWE?format={form}").content == asked.content
            sizes.add(len(_read(asked.text, form)))
        assert sizes == {40}, "what the server's row limit admits"
        assert client.get("/id/state/SWE", headers={"Accept": "image/png"}).status_code == 406

    def test_no_way_out_of_the_folder(self, url: str) -> None:
        from http.client import HTTPConnection

        host = url.removeprefix("http://")
        for path in (
            *(
                "/../../../etc/passwd",
                "/id/../../../../etc/passwd",
                "/id/..%2f..%2f..%2fetc%2fpasswd",
                "/assets/../app.py",
            ),
            *(
                "/assets/..%2fapp.py",
                "/assets/%2e%2e/app.py",
                "/id//etc/passwd",
                "//etc/passwd",
                "/report.json",
                "/ledger/",
            ),
            *("/store/CURRENT", "/id/%00", "/id/%FF", "/id/%3E%20%7D%20UNION%20%7B", "/assets/serve.css/../../app.py"),
        ):
            connection = HTTPConnection(host)
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == 404, path
            assert b"root:" not in body
            assert b"import" not in body
            connection.close()


class _Scripts(HTMLParser):
    """Texts of the scripts of a page, its tags, and every attribute that is code or leads out."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.tags: set[str] = set()
        self.bad: list[str] = []
        self._inside = False

    @classmethod
    def of(cls, text: str) -> list[str]:
        parser = cls()
        parser.feed(text)
        return parser.scripts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._inside = tag == "script"
        if self._inside:
            self.scripts.append("")
        for name, value in attrs:
            if name.startswith("on") or (
                name in ("href", "src") and not re.match(r"/(?!/)|https?://|data:,$", value or "")
            ):
                self.bad.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data


PAYLOADS = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "{{ 7*7 }}</blockquote><a href=javascript:alert(1)>x</a>",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph file whose names, quotes and addresses are scripts."""
    from kg.triples.text import iri, string, zh

    base, sc, oa, rdfs = "https://w3id.org/unsc-kg/id/", PREFIXES["sc"], PREFIXES["oa"], PREFIXES["rdfs"]
    lines = []
    for i, payload in enumerate(PAYLOADS):
        thing, fact, evidence = (
            iri(f"{base}{name}") for name in (f"person/{payload}", f"chairing/{i}", f"evidence/{i}")
        )
        quote, document = iri(f"{base}evidence/{i}-quote"), iri(f"{base}document/{i}")
        lines += [
            f"{thing} <{rdfs}label> {zh(payload)} .",
            f"{thing} <{rdfs}label> {string(payload)}@en .",
            f"{thing} <{rdfs}seeAlso> {iri('javascript:alert(1)//' + payload)} .",
            f"{thing} {iri('javascript:' + payload)} {iri('data:text/html,' + payload)} .",
            f"{fact} <{PREFIXES['rdf']}type> <{sc}Chairing> .",
            f"{fact} <{sc}participant> {thing} .",
            f"{fact} <{sc}evidence> {evidence} .",
            f"{evidence} <{oa}hasSource> {document} .",
            f"{document} <{rdfs}label> {zh(payload)} .",
            f"{evidence} <{oa}hasSelector> {quote} .",
            f"{quote} <{oa}exact> {string(payload)} .",
        ]
    path = tmp_path_factory.mktemp("hostile") / "graph.nt"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_scripts_stay_text_and_a_file_is_served_like_a_folder(hostile: Path) -> None:
    with serving(hostile) as server, httpx.Client(base_url=server.url, timeout=60) as client:
        rows = client.get(
            "/sparql", params={"query": "SELECT DISTINCT ?s WHERE { ?x sc:participant ?s } ORDER BY ?s"}
        ).json()["results"]["bindings"]
        assert len(rows) == len(PAYLOADS)
        pages = [row["s"]["value"].removeprefix("https://w3id.org/unsc-kg") for row in rows]
        pages += [f"/{kind}/{i}" for kind in ("id/document", "id/chairing") for i in range(len(PAYLOADS))]
        shown = set()
        for path in pages:
            page = client.get(path, headers={"Accept": "text/html"})
            assert page.status_code == 200, path
            parser = _Scripts()
            parser.feed(page.text)
            assert parser.scripts == []
            assert parser.bad == []
            assert not parser.tags & {"img", "svg", "iframe", "style"}
            assert "default-src 'none'" in page.headers["content-security-policy"]
            shown |= {payload for payload in PAYLOADS if payload in _text(page.text)}
        assert shown == set(PAYLOADS), "as text they are all there"
        found = client.get("/find", params={"q": "alert"}, headers={"Accept": "text/html"})
        parser = _Scripts()
        parser.feed(found.text)
        assert (parser.scripts, parser.bad) == ([], [])
        assert "<img" not in found.text
        picture = client.get("/").text
        assert not any(payload in picture for payload in PAYLOADS if "<" in payload)
        assert "void:triples" in client.get("/void").text
        assert (
            client.get("/id/%3Cscript%3E", headers={"Accept": "text/html"}).headers["content-type"]
            == "application/json"
        )


def _text(html: str) -> str:
    from html import unescape

    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.browser
def test_query_page_in_a_browser(hostile: Path, graph: Path) -> None:
    api = pytest.importorskip("playwright.sync_api")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no Chromium here")
    flags = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
    with (
        serving(graph, "--max-rows", "20") as ours,
        serving(hostile) as theirs,
        api.sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=flags) as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: said.append(dialog.message))

        page.goto(f"{ours.url}/sparql")
        page.click('[data-name="presidencies"]')
        rows = page.locator(".tabPanel.active .yasr_results tbody tr")
        api.expect(rows).to_have_count(5)
        page.click('[data-name="letters"]')
        api.expect(rows.first).to_contain_text("letter:")
        assert [tab.strip() for tab in page.locator(".tabsList .tab").all_inner_texts()] == [
            *("Query\n✖", "presidencies\n✖", "letters\n✖")
        ]
        page.click('[data-name="presidencies"]')
        assert page.locator(".tabsList .tab").count() == 3, "a question has one tab"
        page.fill("#find", "votes")
        assert page.locator("#library button:visible").evaluate_all(_NAMES) == ["votes"]

        def run(query: str) -> None:
            page.evaluate(
                "query => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(query)", query
            )
            page.click(".tabPanel.active .yasqe_queryButton")

        run("SELECT * WHERE { ?s ?p ?o }")
        api.expect(page.locator("#state")).to_contain_text("cut off at 20 rows")
        api.expect(rows).to_have_count(20)
        run("ASK { ?s a sc:State }")
        api.expect(page.locator(".tabPanel.active .yasr_results")).to_contain_text("True")
        run(f"DESCRIBE <{VNM}>")
        api.expect(page.locator(".tabPanel.active .yasr_results")).to_contain_text("state:VNM")
        # from a row to the page of a thing
        run(f"SELECT ?s WHERE {{ VALUES ?s {{ <{VNM}> }} }}")
        link = page.locator(".tabPanel.active a.iri")
        api.expect(link).to_have_count(1)
        api.expect(link).to_have_text("state:VNM")
        assert link.get_attribute("href") == "/id/state/VNM"
        other = browser.new_page()
        other.goto(ours.url + str(link.get_attribute("href")))
        assert "越南" in other.locator("h1").inner_text()
        # a link to a question works, and leads to no other endpoint
        other.goto(f"{ours.url}/sparql#query=ASK%20%7B%7D&endpoint=http%3A%2F%2F127.0.0.1%3A9%2Fsparql")
        other.wait_for_selector(".tabPanel.active .CodeMirror")
        other.click(".tabPanel.active .yasqe_queryButton")
        api.expect(other.locator(".tabPanel.active .yasr_results")).to_contain_text("True")
        other.close()
        # what was open is open again
        page.reload()
        api.expect(page.locator(".tabsList .tab")).to_have_count(3)
        assert said == []

        page.goto(f"{theirs.url}/sparql")
        page.wait_for_selector(".tabPanel.active .CodeMirror")
        run("SELECT * WHERE { ?s ?p ?o }")
        api.expect(rows.first).to_be_visible()
        for script in ("compact", "whole"):
            shown = page.locator(".tabPanel.active .yasr_results")
            text = " ".join(str(shown.evaluate("node => node.textContent")).split())
            assert all(" ".join(payload.split()) in text for payload in PAYLOADS), script
            assert shown.locator("img, svg, script, iframe, [onerror], [onload], [onmouseover]").count() == 0
            assert not any(href.startswith("javascript:") for href in shown.locator("a").evaluate_all(_HREFS))
            page.locator(".tabPanel.active .yasr_header input[type=checkbox]").first.click()
        assert said == []
        # what is wrong is said and marked; the browser itself notes the 400
        run("SELECT ?s\nWHERE { ?s ?p }")
        page.wait_for_selector("#state.error")
        assert "does not parse" in page.locator("#state").inner_text()
        cursor = "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getCursor('from')"
        assert page.evaluate(f"[{cursor}.line, {cursor}.ch]") == [1, 15]
        assert {re.sub(r"(?<=\d)/.*", "", address) for address in asked} <= {ours.url, theirs.url}


_NAMES = "buttons => buttons.map(button => button.dataset.name)"
_HREFS = "links => links.map(link => link.href)"


class TestLimits:
    def test_endless_query_ends_while_others_are_answered(self, graph: Path) -> None:
        with (
            serving(graph, "--timeout", "1.5") as server,
            httpx.Client(base_url=server.url, timeout=60) as client,
            ThreadPoolExecutor(4) as pool,
        ):
            began = time.monotonic()
            endless = pool.submit(client.get, "/sparql", params={"query": ENDLESS})
            answered = 0
            while not endless.done():
                assert ask(client, STATES).status_code == 200
                answered += 1
            took = time.monotonic() - began
            found = endless.result()
            assert found.status_code == 503
            assert found.headers["retry-after"] == "2"
            assert "time limit of 1.5 s" in found.json()["error"]
            assert answered > 3, "the others went on"
            assert 1.4 <= took < 30, "generous: the machine may be busy"
            # every worker killed at once, and yet all come back
            ends = [pool.submit(client.get, "/sparql", params={"query": ENDLESS}) for _ in range(2)]
            assert [end.result().status_code for end in ends] == [503, 503]
            assert ask(client, STATES).status_code == 200
            # a client that goes away takes its query with it
            for _ in range(4):
                with pytest.raises(httpx.ReadTimeout):
                    client.get("/sparql", params={"query": ENDLESS}, timeout=0.2)
            assert ask(client, STATES).status_code == 200

    @pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
    def test_greedy_query_ends(self, graph: Path) -> None:
        greedy = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
        with serving(graph, "--memory", "200") as server, httpx.Client(base_url=server.url, timeout=60) as client:
            found = ask(client, greedy)
            assert found.status_code == 500
            assert "memory" in found.json()["error"]
            assert ask(client, STATES).status_code == 200

    def test_parallel_clients_lose_no_answer(self, url: str) -> None:
        assert _crowd(url, clients=50, seconds=3) > 100

    @pytest.mark.slow
    def test_crowd_for_a_minute(self, url: str) -> None:
        assert _crowd(url, clients=200, seconds=60) > 2000


def _crowd(url: str, clients: int, seconds: float) -> int:
    """How many right answers so many clients got who all asked at once and on and on; any other answer fails."""
    end = time.monotonic() + seconds

    def one(number: int) -> int:
        count = 0
        query = f"SELECT (COUNT(?s) + {number} AS ?n) WHERE {{ ?s a sc:State }}"
        with httpx.Client(base_url=url, timeout=60) as client:
            while time.monotonic() < end:
                found = ask(client, query, "text/csv")
                assert found.status_code == 200, found.text
                assert found.text.split() == ["n", str(45 + number)]
                count += 1
        return count

    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(one, range(clients)))


class TestCommand:
    @pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
    def test_interrupted(self, how: signal.Signals, graph: Path) -> None:
        with serving(graph) as server:
            children = _children(server.process.pid)
            with httpx.Client(base_url=server.url) as client, pytest.raises(httpx.ReadTimeout):
                client.get("/sparql", params={"query": ENDLESS}, timeout=0.2)
            status, err = server.end(how)
            assert (status, err.strip()) == (130, "kg: interrupted")
            assert not [pid for pid in children if _alive(pid)]

    @pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
    def test_idle_worker_that_died_is_replaced(self, graph: Path) -> None:
        with serving(graph) as server, httpx.Client(base_url=server.url, timeout=60) as client:
            for child in _children(server.process.pid):
                os.kill(child, signal.SIGKILL)
            until = time.monotonic() + 20
            while any(map(_alive, _children(server.process.pid))) and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(0.2)  # the server hears of it a moment later
            assert [ask(client, STATES).status_code for _ in range(4)] == [200] * 4

    @pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
    def test_no_worker_outlives_its_server(self, graph: Path) -> None:
        with serving(graph) as server:
            children = _children(server.process.pid)
            assert len(children) == 2
            server.end(signal.SIGKILL)
            until = time.monotonic() + 20
            while any(map(_alive, children)) and time.monotonic() < until:
                time.sleep(0.05)
            assert not any(map(_alive, children))

    def test_mistakes(self, graph: Path, url: str, kg: Kg) -> None:
        port = url.rpartition(":")[2]
        ran = kg("serve", graph, "--port", port)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"kg: 127.0.0.1:{port}: cannot listen: ")
        assert "--port 0 takes a free port" in ran.err
        assert kg("serve", "nowhere").status == 1
        assert "no such graph" in kg("serve", "nowhere").err
        assert kg("serve", graph, "--port", "x").status == 2

    def test_doctor_says_whether_it_can_start(self, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
        assert re.search(
            r"^ok    kg serve can start \(starlette [\d.]+, uvicorn [\d.]+\)$", kg("doctor").out, re.MULTILINE
        )
        monkeypatch.setitem(sys.modules, "uvicorn", None)
        assert "warn  kg serve cannot start: uvicorn not installed" in kg("doctor").out

    def test_without_the_extra(self, graph: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("uvicorn", "starlette"):
            with monkeypatch.context() as patch:
                for module in [m for m in sys.modules if m.split(".")[0] == name or m.startswith("kg.serve.")]:
                    patch.delitem(sys.modules, module)
                patch.setitem(sys.modules, name, None)
                ran = kg("serve", graph)
            assert ran.status == 5
            assert ran.err == f"kg: {name} is not installed (pip install 'unsc-kg[serve]') [E601]\n"


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_dataset_of_a_store() -> None:
    lines = [
        "<urn:x:a> <urn:x:p> <urn:x:b> <urn:x:g1> .",
        "<urn:x:a> <urn:x:p> <urn:x:b> <urn:x:g2> .",
        "<urn:x:a> <urn:x:p> <urn:x:c> <urn:x:g2> .",
    ]
    store = Store.of(lines)
    query = "SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o"
    assert [r["o"].value for r in store.dataset(["urn:x:g1", "urn:x:g2"], []).select(query)] == ["urn:x:b", "urn:x:c"]
    assert [r["o"].value for r in store.dataset(["urn:x:g1"], []).select(query)] == ["urn:x:b"]
    assert store.query(query, most=1).cut
    assert not store.query(query, most=2).cut
    assert store.holds("urn:x:g1")
    assert not store.holds("urn:x:g3")
    assert not store.holds("no iri")
