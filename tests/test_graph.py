"""`kg.build`, `kg.load` and the graph object: the library's front room."""

from __future__ import annotations

import gc
import html
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import kg
from kg.errors import GraphError, MissingExtraError, QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.stores import Server

FACT = "https://w3id.org/unsc-kg/id/chairing/07c0c5ec5a7f2d8f"


@pytest.fixture(scope="module")
def loaded(graph: Path) -> kg.Graph:
    return kg.load(graph)


def test_build_opens_what_it_built(tmp_path: Path, seeds: Path, loaded: kg.Graph) -> None:
    one = sorted(seeds.glob("*.txt"))[0]
    built = kg.build(one, tmp_path / "out", jobs=1)
    assert (tmp_path / "out" / "graph.ttl").is_file()
    assert built.source == str(tmp_path / "out")
    facts = sum(built.counts().values())
    assert repr(built) == f"<Graph {built.source}: 1 documents, {facts} facts, {len(built)} triples>"
    assert 0 < len(built) < len(loaded)


def test_a_graph_without_a_folder_goes_with_its_object(tmp_path: Path, seeds: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")
    built = kg.build([sorted(seeds.glob("*.txt"))[0], tmp_path / "scan.pdf"])
    folder = Path(built.source)
    assert folder.is_dir()
    assert "1 inputs skipped" in repr(built)
    del built
    gc.collect()
    assert not folder.exists()


def test_a_build_of_nothing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(kg.KgError, match="no graph was built"):
        kg.build(tmp_path / "nowhere")
    assert not list(tmp_path.iterdir())


def test_query_by_name_question_path_and_text(loaded: kg.Graph, tmp_path: Path) -> None:
    rows = loaded.query("chairs", state="VNM", status="held")
    assert [(row["date"], row["person"]) for row in rows] == [("2020-01-09", "范平明")]
    assert loaded.query("q02", month="2020-01").column("state") == ["VNM"]
    own = tmp_path / "own.rq"
    own.write_text("SELECT ?s WHERE { VALUES ?number { UNDEF } ?s a sc:Resolution ; sc:number ?number }", "utf-8")
    assert loaded.query(own, number=2507).column("s") == ["https://w3id.org/unsc-kg/id/resolution/2507"]
    assert loaded.query(str(own), number=2507).column("s") == loaded.query(own, number=2507).column("s")
    assert loaded.query("SELECT ?s WHERE { ?s a sc:Nothing }").columns == ("s",)
    assert not loaded.query("SELECT ?s WHERE { ?s a sc:Nothing }")


def test_rows_are_typed(loaded: kg.Graph) -> None:
    row = next(row for row in loaded.query("adoptions") if row["resolution"] == "S/RES/2504(2020)")
    assert (row["in_favour"], row["unanimous"], row["meeting"], row["date"]) == (11, False, None, "2020-01-10")
    assert tuple(row) == loaded.query("adoptions").columns
    assert loaded.query("SELECT (0.5 AS ?half) ('x'^^xsd:integer AS ?bad) (true AS ?yes) WHERE {}")[0] == {
        "half": 0.5,
        "bad": "x",
        "yes": True,
    }


def test_truths_and_triples(loaded: kg.Graph) -> None:
    assert loaded.query("ASK { ?s a sc:Meeting }").truth is True
    assert not loaded.query("ASK { ?s a sc:Nothing }")
    made = loaded.query("CONSTRUCT { ?s a sc:Meeting } WHERE { ?s a sc:Meeting }")
    assert made
    assert len(made.to_rdf()) == len(made.triples) > 30
    assert made.columns == ()


@pytest.mark.parametrize(
    ("query", "parameters", "says"),
    [
        ("chair", {}, "no query 'chair' in the library"),
        ("q99", {}, "no question 'q99'"),
        ("expiring", {"asof": "June"}, "asof=June: not a day"),
        ("chairs", {"land": "VNM"}, "no parameter 'land' in query chairs"),
        ("SELECT ?s WHERE {", {}, "does not parse"),
        ("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", {}, "SERVICE"),
        ("DELETE WHERE { ?s ?p ?o }", {}, "update"),
    ],
)
def test_what_cannot_be_asked(loaded: kg.Graph, query: str, parameters: dict[str, str], says: str) -> None:
    with pytest.raises(QueryError, match=re.escape(says)):
        loaded.query(query, **parameters)


def test_a_column_that_is_not_there(loaded: kg.Graph) -> None:
    with pytest.raises(QueryError, match=r"no column 'land'.*date, format, state"):
        loaded.query("chairs").column("land")


def test_facts_and_evidence(loaded: kg.Graph, seeds: Path) -> None:
    facts = loaded.facts()
    assert {row["fact"] for row in facts} >= {FACT}
    assert len({row["fact"] for row in facts}) == sum(loaded.counts().values())
    quotes = loaded.evidence(FACT).column("quote")
    assert any("范平明" in str(quote) for quote in quotes)
    assert loaded.verify(seeds).problems == ()
    assert not loaded.validate().failed(strict=True)


def test_timeline(loaded: kg.Graph) -> None:
    assert [term.end for line in loaded.timeline("UNFICYP") for term in line.terms] == ["2020-07-31"]
    assert loaded.timeline("UNFICYP", asof="2020-01-29") == []


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib warns of itself
def test_dataset(loaded: kg.Graph) -> None:
    dataset = loaded.dataset
    assert len(dataset) == len(loaded)
    counted = list(dataset.query("SELECT (COUNT(*) AS ?n) WHERE { ?s a sc:Chairing }"))
    assert int(counted[0][0]) == loaded.counts()["Chairing"]  # type: ignore[index, arg-type]
    documents = [g for g in dataset.graphs() if "/id/graph/0" in str(g.identifier)]
    assert len(documents) == 5
    assert all(len(document) for document in documents)


def test_networkx(loaded: kg.Graph, tmp_path: Path) -> None:
    network = loaded.to_networkx()
    assert network.nodes["state/VNM"]["iri"] == "https://w3id.org/unsc-kg/id/state/VNM"
    relations = {data["relation"] for _, _, data in network.edges(data=True)}
    assert {"chaired", "briefed", "extend"} <= relations
    nx.write_graphml(network, tmp_path / "plain.graphml")  # nothing in it that a file cannot hold
    assert nx.read_graphml(tmp_path / "plain.graphml").number_of_nodes() == network.number_of_nodes()


def test_export(loaded: kg.Graph, graph: Path, tmp_path: Path) -> None:
    loaded.export(tmp_path / "again.ttl")
    assert (tmp_path / "again.ttl").read_bytes() == (graph / "graph.ttl").read_bytes()


def test_a_file_is_as_good_as_its_folder(loaded: kg.Graph, graph: Path) -> None:
    file = kg.load(graph / "graph.nq")
    assert list(file.query("mandates")) == list(loaded.query("mandates"))
    assert file.report is None
    assert file.validate().triples == len(loaded)


def test_html_shows_text_as_text(graph: Path, tmp_path: Path, loaded: kg.Graph) -> None:
    hostile = '<script>alert(1)</script>"&'
    (tmp_path / "hostile.nt").write_text(
        f'<urn:a> <urn:b> "{hostile.replace(chr(34), chr(92) + chr(34))}" .\n', "utf-8"
    )
    answer = kg.load(tmp_path / "hostile.nt").query("SELECT ?o ?nothing WHERE { ?s ?p ?o }")
    shown = answer._repr_html_()
    assert "<script" not in shown
    assert html.escape(hostile) in shown
    assert "<script" not in kg.Graph(loaded.store, hostile, loaded.base)._repr_html_()
    many = loaded.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 50")._repr_html_()
    assert many.count("<tr>") == 21
    assert "30 more rows" in many
    assert "<td>MeetingStatement</td>" in loaded._repr_html_()


def test_pandas(loaded: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas")
    frame = loaded.query("adoptions").to_pandas()
    assert tuple(frame.columns) == loaded.query("adoptions").columns
    assert frame["in_favour"].dtype == pandas.Int64Dtype()
    assert frame["in_favour"].sum() == 24


def test_pandas_is_not_needed(loaded: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="pip install pandas"):
        loaded.query("chairs").to_pandas()


@pytest.fixture(scope="module")
def served(graph: Path, oxigraph: Server) -> Iterator[kg.Graph]:
    """In a server that other modules use after this one: it is left as it was."""
    from urllib.request import Request, urlopen

    place = f"{oxigraph.url}/store?default"
    body = (graph / "graph.ttl").read_bytes()
    with urlopen(Request(place, body, {"Content-Type": "text/turtle"}, method="PUT")) as answer:
        assert answer.status in (201, 204)
    yield kg.load(oxigraph.endpoint)
    with urlopen(Request(place, method="DELETE")) as answer:
        assert answer.status == 204


@pytest.mark.stores
def test_an_endpoint_is_as_good_as_a_folder(served: kg.Graph, loaded: kg.Graph) -> None:
    assert repr(served).startswith("<Graph http://")
    assert len(served) == len(loaded)
    assert list(served.query("chairs")) == list(loaded.query("chairs"))
    assert served.counts() == loaded.counts()
    assert served.query("ASK { ?s a sc:Meeting }").truth is True  # our prefixes, undeclared, there too
    assert served.timeline("UNFICYP") == loaded.timeline("UNFICYP")
    assert nx.utils.graphs_equal(served.to_networkx(), loaded.to_networkx())


def test_what_an_endpoint_cannot_do(tmp_path: Path) -> None:
    far = kg.load("http://127.0.0.1:9/sparql")  # nobody is asked
    assert "127.0.0.1:9" in far._repr_html_()
    for call in (far.validate, lambda: far.dataset, lambda: far.export(tmp_path / "x.ttl")):
        with pytest.raises(GraphError, match="behind a URL"):
            call()
