"""Files made from a graph: they hold what it holds, for the programs they are made for, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from kg.errors import ConfigError, GraphError
from kg.export.files import ENDINGS, export_files
from kg.export.network import build_network
from kg.export.tables import for_spreadsheets
from kg.queries import load_queries
from kg.store import Store, open_graph

if TYPE_CHECKING:
    from tests.conftest import Kg

HOSTILE = r"x\u0000\u000By\"<&>\\u000B 安理会"


@pytest.fixture(scope="module")
def store(graph: Path) -> Store:
    return open_graph(graph)


@pytest.mark.parametrize("ending", [".nq", ".trig", ".jsonld"])
def test_named_graphs_come_back(ending: str, store: Store, tmp_path: Path) -> None:
    export_files(store, str(tmp_path / f"g{ending}"))
    assert list(open_graph(tmp_path / f"g{ending}").quads()) == list(store.quads())


@pytest.mark.parametrize("ending", [".ttl", ".nt", ".rdf"])
def test_triples_come_back(ending: str, store: Store, graph: Path, tmp_path: Path) -> None:
    export_files(store, str(tmp_path / f"g{ending}"))
    assert list(open_graph(tmp_path / f"g{ending}").quads()) == list(open_graph(graph / "graph.ttl").quads())


def test_the_builds_own_files_come_back_as_they_were(store: Store, graph: Path, tmp_path: Path) -> None:
    for name in ("graph.ttl", "graph.nq", "graph.html"):
        export_files(store, str(tmp_path / name))
        assert (tmp_path / name).read_bytes() == (graph / name).read_bytes()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, about itself
@pytest.mark.parametrize("ending", [".trig", ".jsonld", ".rdf"])
def test_other_readers_agree(ending: str, store: Store, tmp_path: Path) -> None:
    import rdflib

    export_files(store, str(tmp_path / f"g{ending}"))
    data = (tmp_path / f"g{ending}").read_text("utf-8")
    form = {".trig": "trig", ".jsonld": "json-ld", ".rdf": "xml"}[ending]
    if ending == ".rdf":
        count = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"
        found = len(rdflib.Graph().parse(data=data, format=form))
        assert found == int(store.select(count)[0]["n"].value)
    else:
        dataset = rdflib.Dataset()
        dataset.parse(data=data, format=form)
        assert sum(len(graph) for graph in dataset.graphs()) == len(list(store.quads()))


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_network_comes_back(ending: str, store: Store, tmp_path: Path) -> None:
    path = tmp_path / f"g{ending}"
    export_files(store, str(path))
    read = nx.read_graphml(path) if ending == ".graphml" else nx.read_gexf(path)
    network = build_network(store.select)
    assert set(read.nodes) == set(network.nodes)
    assert read.number_of_edges() == network.number_of_edges()
    assert read.nodes["state/VNM"]["label"] == network.nodes["state/VNM"]["label"]
    assert {data["relation"] for _, _, data in read.edges(data=True)} == {
        data["relation"] for _, _, data in network.edges(data=True)
    }


def test_tables(store: Store, tmp_path: Path) -> None:
    export_files(store, f"{tmp_path}/tables/")
    names = {path.stem for path in (tmp_path / "tables").iterdir()}
    assert names == {"facts", "nodes", "edges", *load_queries()} - {"expiring"}  # needs a day
    with (tmp_path / "tables" / "nodes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["id"] for row in rows}) == len(rows) == build_network(store.select).number_of_nodes()
    with (tmp_path / "tables" / "facts.csv").open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))
    assert {"Letter", "Chairing", "Briefing"} <= {row["type"] for row in facts}
    assert all(row["quote"] and row["rule"] and row["modality"] for row in facts)
    assert len({row["fact"] for row in facts}) == len(store.select("SELECT DISTINCT ?f WHERE { ?f sc:modality ?m }"))


def test_one_table(store: Store, tmp_path: Path) -> None:
    export_files(store, str(tmp_path / "a.csv"))
    export_files(store, f"{tmp_path}/tables/")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "tables" / "facts.csv").read_bytes()


def test_spreadsheets_run_nothing(tmp_path: Path) -> None:
    store = Store.of(
        [
            "<urn:a:f> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/unsc-kg/ns#State> .",
            "<urn:a:f> <http://www.w3.org/2000/01/rdf-schema#label> \"=cmd|' /C calc'!A0\"@zh .",
        ]
    )
    assert store.ask("ASK { ?s ?p ?o }")
    text = for_spreadsheets('a,b\r\n=1+1,"@x,y"\r\n-5,安理会\r\n')
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [["a", "b"], ["'=1+1", "'@x,y"], ["'-5", "安理会"]]
    export_files(store, str(tmp_path / "a.csv"), excel=True)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    export_files(store, str(tmp_path / "b.csv"))
    assert not (tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_same_bytes_whatever_the_hash_seed(store: Store, graph: Path, tmp_path: Path) -> None:
    for ending in ENDINGS:
        export_files(store, str(tmp_path / f"a{ending}"))
    target = str(tmp_path / "b")
    code = f"import kg.cli\nfor e in {ENDINGS!r}: kg.cli.main(['export', {str(graph)!r}, '-o', {target!r} + e])"
    subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "7"}
    )
    for ending in ENDINGS:
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes(), ending


def test_characters_that_xml_cannot_hold(tmp_path: Path) -> None:
    store = Store.of([f'<urn:a:b> <http://example.org/c> "{HOSTILE}"@zh <urn:a:g> .'])
    for ending in (".ttl", ".nq", ".nt", ".trig", ".jsonld"):
        export_files(store, str(tmp_path / f"a{ending}"))
        (row,) = open_graph(tmp_path / f"a{ending}").select("SELECT ?o WHERE { ?s ?p ?o }")
        assert row["o"].value == 'x\x00\x0by"<&>\\u000B 安理会'
    with pytest.raises(GraphError, match=r"cannot hold: \\u0000 \(export to another syntax\)"):
        export_files(store, str(tmp_path / "a.rdf"))
    assert not (tmp_path / "a.rdf").exists()
    export_files(Store.of([r'<urn:a:b> <http://example.org/c> "\\u000B" .']), str(tmp_path / "a.rdf"))


def test_base_gives_the_short_names(tmp_path: Path) -> None:
    store = Store.of(["<https://example.org/id/state/VNM> <urn:a:b> <urn:a:c> <https://example.org/id/graph/x> ."])
    for ending in (".ttl", ".trig"):
        export_files(store, str(tmp_path / f"a{ending}"), base="https://example.org/")
        assert "\nstate:VNM <urn:a:b> <urn:a:c> ." in (tmp_path / f"a{ending}").read_text("utf-8")


def test_jsonld_is_json_with_short_names_and_native_numbers(store: Store, tmp_path: Path) -> None:
    export_files(store, str(tmp_path / "a.jsonld"))
    read = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
    assert read["@context"]["sc"].endswith("ns#")
    nodes = [node for graph in read["@graph"] for node in graph["@graph"]]
    assert all(not node["id"].startswith("https://w3id.org/unsc-kg/id/meeting/8") for node in nodes)
    pages = [value for node in nodes if "oa:start" in node for value in [node["oa:start"]]]
    assert pages
    assert all(type(value) is int for value in pages)


def test_excel_from_the_command_line(kg: Kg, graph: Path, tmp_path: Path) -> None:
    for target in ("facts.csv", "tables/"):
        assert kg("export", graph, "-o", f"{tmp_path}/{target}", "--excel").status == 0
    for path in (tmp_path / "facts.csv", *(tmp_path / "tables").iterdir()):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name


# -- Parquet ----------------------------------------------------------------------------------------------------------


def test_parquet_says_what_the_csv_says(store: Store, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    export_files(store, f"{tmp_path}/tables.parquet/")
    export_files(store, f"{tmp_path}/tables/")
    names = {path.stem for path in (tmp_path / "tables").iterdir()}
    assert {path.name for path in (tmp_path / "tables.parquet").iterdir()} == {f"{name}.parquet" for name in names}
    for name in sorted(names):
        table = pq.read_table(tmp_path / "tables.parquet" / f"{name}.parquet")
        with (tmp_path / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert table.column_names == head
        for column in head:
            told = [row[head.index(column)] for row in rows]
            read = table.column(column).to_pylist()
            if str(table.schema.field(column).type) == "double":
                assert [float(text) if text else None for text in told] == read
            else:
                assert told == ["" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in read]


def test_parquet_has_types(store: Store, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    export_files(store, str(tmp_path / "facts.parquet"))
    types = {field.name: str(field.type) for field in pq.read_schema(tmp_path / "facts.parquet")}
    assert types["start"] == types["end"] == "int64"
    assert types["confidence"] == "double"
    assert types["quote"] == types["date"] == "string"
    export_files(store, f"{tmp_path}/all.parquet/")
    nodes = pq.read_schema(tmp_path / "all.parquet" / "nodes.parquet")
    assert str(nodes.field("planned").type) == "bool"


def test_parquet_without_its_writer(kg: Kg, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for target in ("a.parquet", "b.parquet/"):
        done = kg("export", graph, "-o", f"{tmp_path}/{target}")
        assert done.status == 5
        assert "unsc-kg[parquet]" in done.err
    assert list(tmp_path.iterdir()) == []


def test_help_and_refusal_name_every_ending(kg: Kg, graph: Path) -> None:
    told = kg("export", "--help").out
    refused = kg("export", graph, "-o", "a.docx").err
    for ending in ENDINGS:
        assert re.search(rf"(?<!\w){re.escape(ending)}\s", told), ending
        assert f"{ending}, " in refused or f"{ending} or /" in refused


def test_the_longest_ending_counts(store: Store, tmp_path: Path) -> None:
    export_files(store, str(tmp_path / "A.Footnotes.TXT"))
    assert (tmp_path / "A.Footnotes.TXT").read_text("utf-8").startswith("[1] ")
    with pytest.raises(ConfigError, match=r"nothing is written to .txt"):
        export_files(store, str(tmp_path / "footnotes.txt"))
