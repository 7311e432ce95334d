"""The store: what it opens, what it answers, what it refuses."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError, QueryError
from kg.store import SUFFIXES, Store, build_store, bulk, open_graph
from kg.store.lines import ahead, portions, without_graphs
from kg.store.sparql import check_query, fill, names_graphs, parameters, query_form
from kg.triples import sorted_lines, triples, turtle
from kg.triples.text import Term
from kg.vocabulary import BASE, PREFIXES
from tests.synthetic import ALL, graph

if TYPE_CHECKING:
    from collections.abc import Iterator

XSD = PREFIXES["xsd"]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return graph(*ALL)


@pytest.fixture(scope="module")
def store(lines: list[str]) -> Store:
    return Store.of(lines)


@pytest.fixture(scope="module")
def built(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "graph.nq").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    build_store(folder / "graph.nq", folder / "store")
    return folder


def count(store: Store, query: str = COUNT) -> int:
    return int(store.select(query)[0]["n"].value)


# -- opening ----------------------------------------------------------------------------------------------------------


def test_built_folder_opens_at_once(built: Path, lines: list[str]) -> None:
    for place in (built, built / "store", str(built)):
        assert list(open_graph(place).quads()) == lines


def test_folder_without_a_store_is_read_from_its_quads(lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert list(open_graph(tmp_path).quads()) == lines


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_files_by_their_ending(suffix: str, store: Store, lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / f"g{suffix}"
    form = pyoxigraph.RdfFormat.from_extension(suffix[1:])
    assert form is not None
    if suffix == ".ttl":
        path.write_text("".join(turtle(lines)), encoding="utf-8")
    else:
        source = lines if form.supports_datasets else list(triples(lines))
        quads = pyoxigraph.parse("\n".join(source).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
        written = pyoxigraph.serialize(quads if form.supports_datasets else (q.triple for q in quads), format=form)
        assert written is not None
        path.write_bytes(written)
    opened = open_graph(path)
    assert len(opened) == len(store)
    assert count(opened) == len(list(triples(lines)))
    if form.supports_datasets:
        assert list(opened.quads()) == lines
    else:
        assert list(opened.quads()) == list(triples(lines))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.ttl", None, "no such graph"),
        ("g.csv", b"a,b", "cannot be read from .csv"),
        ("g.ttl", b"\n\n<a:s> <a:p> .", "line 3: does not parse"),
        ("g.nq", b"\xff\xfe\x00", "does not parse"),
        ("empty", "folder", "no graph in this folder"),
    ],
)
def test_what_is_no_graph(tmp_path: Path, name: str, content: bytes | str | None, message: str) -> None:
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(GraphError, match=message) as caught:
        open_graph(path)
    assert "\n" not in str(caught.value)


def test_broken_store_is_said_to_be_broken(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("nonsense")
    with pytest.raises(GraphError, match="cannot be opened"):
        open_graph(tmp_path)


def test_empty_graph(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_bytes(b"")
    build_store(tmp_path / "g.nq", tmp_path / "store")
    for place in (tmp_path / "g.nq", tmp_path):
        assert len(open_graph(place)) == 0
        assert list(open_graph(place).quads()) == []


def test_build_store_refuses_what_is_there(built: Path) -> None:
    with pytest.raises(GraphError, match="is there already"):
        build_store(built / "graph.nq", built / "store")


def test_build_store_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text("no quads\n")
    with pytest.raises(GraphError, match="no store could be made"):
        build_store(tmp_path / "g.nq", tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_read_only_folder_opens(built: Path, lines: list[str], tmp_path: Path) -> None:
    import shutil

    shutil.copytree(built / "store", tmp_path / "store")
    for path in [*(tmp_path / "store").iterdir(), tmp_path / "store"]:
        path.chmod(stat.S_IRUSR | (stat.S_IXUSR if path.is_dir() else 0))
    assert list(open_graph(tmp_path).quads()) == lines
    (tmp_path / "store").chmod(stat.S_IRWXU)


# -- asking -----------------------------------------------------------------------------------------------------------

TWO_GRAPHS = ["<a:s> <a:p> <a:o> <a:g1> .", "<a:s> <a:p> <a:o> <a:g2> .", '<a:s> <a:p> "x" <a:g2> .']


def test_a_triple_in_two_graphs_counts_once() -> None:
    store = Store.of(TWO_GRAPHS)
    assert count(store) == len(store) == 2
    assert count(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == 3
    assert count(store, "SELECT (COUNT(*) AS ?n) FROM <a:g1> { ?s ?p ?o }") == 1
    assert list(store.quads()) == sorted_lines(TWO_GRAPHS)


def test_triples_of_no_graph_stay_so() -> None:
    lines = sorted_lines([*TWO_GRAPHS, "<a:s> <a:p> <a:q> ."])
    assert list(Store.of(lines).quads()) == lines


def test_rows_hold_terms() -> None:
    store = Store.of(
        [
            '<a:s> <a:p> "甲"@zh .',
            '<a:s> <a:q> "2020"^^<http://www.w3.org/2001/XMLSchema#gYear> .',
            '<a:s> <a:r> "plain" .',
            "<a:s> <a:b> _:b .",
        ]
    )
    (row,) = store.select("SELECT * { ?s <a:p> ?p ; <a:q> ?q ; <a:r> ?r ; <a:b> ?b . OPTIONAL { ?s <a:none> ?none } }")
    assert row.pop("b").kind == "bnode"
    assert row == {
        "s": Term("iri", "a:s"),
        "p": Term("literal", "甲", language="zh"),
        "q": Term("literal", "2020", XSD + "gYear"),
        "r": Term("literal", "plain"),
    }


def test_ask_and_construct(store: Store) -> None:
    assert store.ask("ASK { ?s a sc:State }")
    assert not store.ask("ASK { ?s a sc:Nonsense }")
    made = store.construct("CONSTRUCT { ?s a <a:x> } WHERE { ?s a sc:State }")
    assert made == sorted(set(made))
    assert made[0].endswith("<a:x> .")
    described = store.construct(f"DESCRIBE <{BASE}id/state/VNM>")
    assert any("越南" in line for line in described)


def test_prefixes_need_no_declaration(store: Store) -> None:
    assert store.ask("ASK { state:VNM a sc:State ; rdfs:label ?label }")
    assert store.ask("PREFIX sc: <https://w3id.org/unsc-kg/ns#> ASK { ?s a sc:State }")


def test_kinds_are_not_mixed_up(store: Store) -> None:
    with pytest.raises(QueryError, match="ASK query where SELECT"):
        store.select("ASK { ?s ?p ?o }")
    assert store.query("SELECT ?s ?none { ?s a sc:Letter }").variables == ("s", "none")


@pytest.mark.parametrize("query", ["", "SELECT", "SELECT ?s {", "hello", "SELECT ?s { ?s nope:p ?o }", "ASK {} ASK {}"])
def test_bad_syntax_is_one_line(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="does not parse") as caught:
        store.query(query)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_syntax_errors_have_a_place(store: Store) -> None:
    with pytest.raises(QueryError, match="line 2, column "):
        store.query("SELECT ?s {\n ?s ?p }")


REFUSED = [
    "LOAD <http://127.0.0.1:9/x>",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE?g{} }",
    "SELECT * { # a comment\nSERVICE # another\n<http://127.0.0.1:9/> {} }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <FILE:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
    "INSERT DATA { <a:s> <a:p> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX a: <a:> CLEAR ALL",
    "DROP ALL ; SELECT * {}",
]


@pytest.mark.parametrize("query", REFUSED)
def test_refused(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match=r"refused|update") as caught:
        store.query(query)
    assert "line " in str(caught.value)


ALLOWED = [
    "PREFIX service: <a:> SELECT * { ?s service:x ?o }",
    "SELECT ?service ?load { ?service ?load ?o }",
    'SELECT * { ?s ?p "SERVICE" , \'LOAD\', """a "SERVICE" b""", "\\"SERVICE" }',
    "SELECT * { ?s <http://example.com/SERVICE> ?o } # SERVICE <http://example.com/> {}",
    "SELECT * { ?s ?p ?o . FILTER (?o < 5 && ?o > 2) FILTER (LANG(?o) = 'x') }",
    "PREFIX load: <a:> PREFIX : <b:> SELECT * { ?s load:load :service }",
    'SELECT * { ?s ?p "x"@service }',
    "SELECT * FROM <http://example.com/file:> { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?delete) { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", ALLOWED)
def test_names_and_strings_are_not_words(store: Store, query: str) -> None:
    store.query(query)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("# SELECT\nASK {}", "ASK"),
        ("PREFIX select: <a:> construct {} {}", "CONSTRUCT"),
        ("DESCRIBE <a:SELECT>", "DESCRIBE"),
        ("", None),
    ],
)
def test_form(query: str, form: str | None) -> None:
    assert query_form(query) == form


# -- parameters -------------------------------------------------------------------------------------------------------

QUERY = 'SELECT * { VALUES ?a { UNDEF } values ?b { "}" } VALUES (?c ?d) { (1 2) } ?s ?p ?a # VALUES ?e { 1 }\n }'


def test_parameters_are_blocks_of_one_variable() -> None:
    assert parameters(QUERY) == {"a", "b"}


@pytest.mark.parametrize(
    "value",
    [
        'x" } SERVICE <http://127.0.0.1:9/> { ?s ?p "',
        "\\",
        '\\"',
        "\n}",
        "' }",
        "} #",
        "\\u0022 } SERVICE <a:b> {}",
        "甲",
    ],
)
def test_values_never_become_syntax(value: str) -> None:
    store = Store.of(['<a:s> <a:p> "other" .', f"<a:s> <a:p> {Term('literal', value).n3()} ."])
    filled = fill("SELECT ?o { VALUES ?o { UNDEF } ?s ?p ?o }", {"o": Term("literal", value)})
    check_query(filled)
    assert store.select(filled) == [{"o": Term("literal", value)}]


def test_addresses_never_become_syntax() -> None:
    filled = fill(QUERY, {"a": Term("iri", "http://example.com/> } LOAD <x")})
    check_query(filled)
    assert "<http://example.com/%3E%20%7D%20LOAD%20%3Cx>" in filled


def test_what_is_not_given_stays() -> None:
    assert fill(QUERY, {}) == QUERY
    assert '{ "}" }' in fill(QUERY, {"a": Term("literal", "1")})


def test_unknown_parameters_are_named() -> None:
    with pytest.raises(QueryError, match=r"no parameter 'c' .*it takes a, b"):
        fill(QUERY, {"c": Term("literal", "1")})


def test_rows_come_one_by_one(store: Store) -> None:
    asked = "SELECT ?s ?o WHERE { ?s rdfs:label ?o } ORDER BY ?s ?o"
    rows = store.rows(asked)
    assert iter(rows) is rows
    assert list(rows) == store.select(asked) != []
    for query, said in (("ASK { ?s ?p ?o }", "ASK query where SELECT"), ("SELECT", "does not parse")):
        with pytest.raises(QueryError, match=said):
            next(store.rows(query))


@pytest.mark.parametrize("suffix", [".nq", ".nq.gz", ".ttl.gz"])
def test_a_file_without_its_graphs_has_the_same_triples(lines: list[str], tmp_path: Path, suffix: str) -> None:
    text = "".join(turtle(lines)) if suffix.startswith(".ttl") else "".join(f"{line}\n" for line in lines)
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(gzip.compress(text.encode()) if suffix.endswith(".gz") else text.encode())
    every = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    plain = open_graph(path, named=False)
    assert plain.select(every) == Store.of(lines).select(every)
    assert not plain.ask("ASK { GRAPH ?g { ?s ?p ?o } }")
    assert open_graph(path).ask("ASK { GRAPH ?g { ?s ?p ?o } }") == suffix.startswith(".nq")


def test_damaged_gzip_is_one_line(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "graph.nq.gz"
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode())[:-20])
    with pytest.raises(GraphError, match=r"graph\.nq\.gz"):
        open_graph(path, named=False)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("<a> <b> <c> <g> .", "<a> <b> <c> ."),
        ('<a> <b> "c" <g> <h> .', '<a> <b> "c" <g> <h> .'),
        ('<a> <b> "c"^^ <t> .', '<a> <b> "c"^^ <t> .'),
        ("<a>  <b> <c> .", "<a>  <b> <c> ."),
        ("<a> <b> <c> .", "<a> <b> <c> ."),
        ('<a> <b> "c <x> ." .', '<a> <b> "c <x> ." .'),
        ('<a> <b> "c <x> ." <g> .', '<a> <b> "c <x> ." .'),
        ('<a> <b> "\\" <x> ."@zh <g> .', '<a> <b> "\\" <x> ."@zh .'),
        ('<a> <b> "1"^^<t> .', '<a> <b> "1"^^<t> .'),
        ('<a> <b> "1"^^<t> <g> .', '<a> <b> "1"^^<t> .'),
        ("_:a <b> _:c _:g .", "_:a <b> _:c ."),
        ("<a>  <b> <c> <g> .", "<a>  <b> <c> <g> ."),  # not as it is written here
        ("# <a> <b> <c> <g> .", "# <a> <b> <c> <g> ."),
    ],
)
def test_only_the_graph_of_a_line_goes(line: str, left: str) -> None:
    two = without_graphs(f"{line}\n<x> <y> <z> .\n{line}\n".encode())
    assert two == f"{left}\n<x> <y> <z> .\n{left}\n".encode()


def test_a_triple_of_two_graphs_comes_once() -> None:
    block = b"<a> <b> <c> <g> .\n<a> <b> <c> <h> .\n<a> <b> <d> <h> .\n"
    assert without_graphs(block) == b"<a> <b> <c> .\n<a> <b> <d> .\n"


_IRIS = st.builds(pyoxigraph.NamedNode, st.sampled_from(["http://a", "http://b/c", "urn:x"]))
_NODES = _IRIS | st.builds(pyoxigraph.BlankNode, st.sampled_from(["a", "b1"]))
_TEXTS = st.text(alphabet='"\\<> .^@_:#\n\r\u2028ab', max_size=12)
_LITERALS = (
    st.builds(pyoxigraph.Literal, _TEXTS)
    | st.builds(lambda text, tag: pyoxigraph.Literal(text, language=tag), _TEXTS, st.sampled_from(["zh", "zh-hans"]))
    | st.builds(lambda text, iri: pyoxigraph.Literal(text, datatype=iri), _TEXTS, _IRIS)
)
_QUADS = st.lists(
    st.builds(pyoxigraph.Quad, _NODES, _IRIS, _NODES | _LITERALS, st.just(pyoxigraph.DefaultGraph()) | _NODES)
)


@given(_QUADS)
def test_lines_without_graphs_are_the_triples(quads: list[pyoxigraph.Quad]) -> None:
    block = "".join(f"{quad} .\n" if not str(quad).endswith(" .") else f"{quad}\n" for quad in quads).encode()
    found = pyoxigraph.parse(without_graphs(block), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert {str(quad.triple) for quad in found} == {str(quad.triple) for quad in quads}


def test_portions_are_the_file_within_their_bounds() -> None:
    text = b"".join(b"%d %s\n" % (n, b"x" * (n % 7 * 100)) for n in range(30_000))
    for most, size in ((10**9, 10**9), (9_000, 10**9), (10**9, 3_000_000)):
        found = [b"".join(portion) for portion in portions(io.BytesIO(text), most, size)]
        assert b"".join(found) == text
        assert all(portion.endswith(b"\n") for portion in found)
        assert all(portion.count(b"\n") <= most and len(portion) <= size + 1000 for portion in found)
        assert len(found) > 1 or most == size
    assert list(portions(io.BytesIO(), 1, 1)) == []


def test_store_made_in_portions_is_the_graph(lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More lines than go into one call, with a block's end between lines of one triple."""
    many = sorted(
        {line.replace("/id/", f"/id/{n}-") for line in lines for n in range(3_000_000 // len("".join(lines)))}
    )
    (tmp_path / "graph.nq").write_text("".join(f"{line}\n" for line in many), encoding="utf-8")
    monkeypatch.setattr(bulk, "_LINES", 1)
    monkeypatch.setattr(bulk, "_PORTIONS", 2)
    build_store(tmp_path / "graph.nq", tmp_path / "store")
    with (tmp_path / "graph.nq").open("rb") as file:
        assert len(list(portions(file, 1, 10**9))) > 2
    built = open_graph(tmp_path)
    assert list(built.quads()) == sorted_lines(many)
    assert len(built) == len(list(triples(many)))


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a priority of their own on Linux only")
def test_merging_gives_way(built: Path) -> None:
    assert built
    tasks = [task for task in Path("/proc/self/task").iterdir() if (task / "comm").read_text() == "rocksdb:low\n"]
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert {os.getpriority(os.PRIO_PROCESS, int(task.name)) for task in tasks} == {min(own + 10, 19)}


def test_other_quads_than_ours_stay_whole(tmp_path: Path) -> None:
    """Lines in another form keep their graph and are merged; a store is made of our own form only."""
    path = tmp_path / "graph.nq"
    path.write_text("<http://a> <http://b>\t<http://c> <http://g>.\n")
    assert len(open_graph(path, named=False)) == 1
    with pytest.raises(GraphError, match="no store could be made"):
        build_store(path, tmp_path / "store")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * { ?s ?p ?o }", False),
        ("SELECT * { graph ?g { ?s ?p ?o } }", True),
        ("SELECT * FROM <http://g> { ?s ?p ?o }", True),
        ('SELECT ?graph { ?graph ?from "GRAPH" } # FROM', False),
    ],
)
def test_whether_a_query_names_graphs(query: str, named: bool) -> None:
    assert names_graphs(query) is named


def test_pieces_made_ahead_are_the_same_and_one_at_a_time() -> None:
    made: list[int] = []

    def pieces() -> Iterator[bytes]:
        for n in range(5):
            made.append(n)
            yield b"%d" % n
        raise OSError("the disk is gone")

    coming = ahead(pieces())
    assert [next(coming), next(coming)] == [b"0", b"1"]
    assert len(made) <= 3
    assert [next(coming), next(coming), next(coming)] == [b"2", b"3", b"4"]
    with pytest.raises(OSError, match="the disk is gone"):
        next(coming)
    assert list(ahead([])) == []
