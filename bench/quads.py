"""Quads written, loaded and asked: ours beside rdflib, on one graph.

The graph is that of ``seeds/``, copied under other keys (`bench.validate`) until it is large enough. Both get the
same terms as plain values. Ours escapes and checks each term, sorts, drops doubles and streams to disk; rdflib makes
its terms, adds them to its store in memory and serializes, as N-Quads and, as most of its users do, as Turtle.
"""

from __future__ import annotations

import re
import tempfile
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bench.lines import write_sorted
from bench.measure import Spent, ratio, rounds
from bench.validate import large, seed_lines
from kg.store import Store, build_store, open_graph
from kg.triples import read_blocks, triples, write_turtle
from kg.triples.text import Term, iri, split_line
from kg.vocabulary import BASE, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["compare_stores", "compare_writing", "values"]

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?')
_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_PLAIN: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
GROUP: Final = "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p"
HOPS: Final = """SELECT ?document ?quote WHERE {
  ?document dct:identifier ?id . ?evidence oa:hasSource ?document ; oa:hasSelector ?selector .
  ?selector oa:exact ?quote . FILTER(?id = "%s") }"""


class Quad(NamedTuple):
    """Plain values: IRIs of subject, predicate and graph, and the object."""

    subject: str
    predicate: str
    object: Term
    graph: str


def values(lines: Iterable[str]) -> Iterator[Quad]:
    """The values of N-Quads lines."""
    for line in lines:
        subject, predicate, object_, graph = split_line(line)
        yield Quad(subject[1:-1], predicate[1:-1], _term(object_), graph[1:-1])


def _term(text: str) -> Term:
    if text.startswith("<"):
        return Term("iri", text[1:-1])
    match = _LITERAL.fullmatch(text)
    assert match
    value = _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else _PLAIN.get(m[2], m[2]), match[1])
    return Term("literal", value, match[3] or "", match[2] or "")


def compare_writing(count: int, times: int, *, also_turtle: bool = True) -> dict[str, Any]:
    """So many quads written, by all in turn."""
    rows = list(values(large(seed_lines(), count, quads=True)))
    rows.sort(key=lambda row: row.graph)  # as they come: document by document
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        contenders: dict[str, Callable[[], object]] = {
            "ours, N-Quads": lambda: _write(rows, place),
            "rdflib, N-Quads": lambda: _write_rdflib(rows, place, "nquads"),
        }
        if also_turtle:
            contenders["ours, N-Quads and Turtle"] = lambda: _write(rows, place, also_turtle=True)
            contenders["rdflib, Turtle"] = lambda: _write_rdflib(rows, place, "turtle")
        _write(rows, place)  # one that is not measured, as for the pipeline
        spent = rounds(contenders, times, f"{count} quads written:")
    pairs = [
        ("N-Quads", "rdflib, N-Quads", "ours, N-Quads"),
        ("Turtle, against our N-Quads and Turtle", "rdflib, Turtle", "ours, N-Quads and Turtle"),
        ("Turtle, against our N-Quads", "rdflib, Turtle", "ours, N-Quads"),
    ]
    return {
        "quads": len(rows),
        "contenders": {name: each.as_json() for name, each in spent.items()},
        "rdflib_is_times": {
            name: ratio(spent[theirs], spent[own]) for name, theirs, own in pairs if theirs in spent and own in spent
        },
    }


def _write(rows: list[Quad], place: Path, *, also_turtle: bool = False) -> None:
    write_sorted((_blocks(graph, some) for graph, some in groupby(rows, attrgetter("graph"))), place / "ours.nq")
    if also_turtle:
        write_turtle(read_blocks(place / "ours.nq"), place / "ours.ttl", BASE)


def _blocks(graph: str, rows: Iterable[Quad]) -> list[str]:
    """What a document says, subject by subject (`kg.triples.blocks`)."""
    graph = iri(graph)
    blocks = []
    for subject, said in groupby(rows, attrgetter("subject")):
        start = iri(subject)
        lines = {f"{start} {iri(p)} {iri(o.value) if o.kind == 'iri' else o.n3()} {graph} ." for _, p, o, _ in said}
        blocks.append("\n".join(sorted(lines)))
    return blocks


def _write_rdflib(rows: list[Quad], place: Path, form: str) -> None:
    import rdflib

    data: Any = rdflib.Dataset() if form == "nquads" else rdflib.Graph()
    for s, p, o, g in rows:
        found = _rdflib_term(rdflib, o)
        triple = rdflib.URIRef(s), rdflib.URIRef(p), found
        if form == "nquads":
            data.add((*triple, rdflib.URIRef(g)))
        else:
            data.add(triple)
    data.serialize(str(place / f"rdflib.{form}"), format=form, encoding="utf-8")


def _rdflib_term(rdflib: Any, term: Term) -> Any:
    if term.kind == "iri":
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype) if term.datatype else None)


def compare_stores(count: int, times: int) -> dict[str, Any]:
    """So many quads loaded, grouped and walked over: each store loads once, then answers in rounds."""
    import rdflib

    lines = large(seed_lines(), count, quads=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        nquads = place / "graph.nq"
        nquads.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        data = rdflib.Graph()
        stores: dict[str, Store] = {}
        plain = place / "graph.nt"
        plain.write_text("".join(f"{line}\n" for line in triples(lines)), "utf-8")
        load = rounds(
            {
                "ours, on disk": lambda: build_store(nquads, place / "store"),
                "ours, in memory": lambda: stores.update(memory=open_graph(nquads)),
                "rdflib": lambda: data.parse(str(plain), format="nt"),
            },
            1,
            f"{count} quads loaded:",
        )
        stores["disk"] = open_graph(place)
        known = stores["disk"].select(
            "SELECT ?x WHERE { ?d a sc:SourceDocument ; dct:identifier ?x } ORDER BY ?x LIMIT 1"
        )
        queries = {"group": GROUP, "hops": HOPS % known[0]["x"].value}
        answers = {}
        for name, query in queries.items():
            contenders: dict[str, Callable[[], list[Any]]] = {
                "ours, on disk": partial(stores["disk"].select, query),
                "ours, in memory": partial(stores["memory"].select, query),
                "rdflib": partial(_ask_rdflib, data, query),
            }
            assert len({len(run()) for run in contenders.values()}) == 1, f"answers to {name} differ"
            answers[name] = rounds(contenders, times, f"{name}:")
    return {"quads": len(lines), **{name: _row(spent) for name, spent in {"load": load, **answers}.items()}}


def _row(spent: dict[str, Spent]) -> dict[str, Any]:
    own = spent["ours, on disk"]
    told = {name: each.as_json() for name, each in spent.items()}
    return {
        "contenders": told,
        "rdflib_is_times": {
            "on disk": ratio(spent["rdflib"], own),
            "in memory": ratio(spent["rdflib"], spent["ours, in memory"]),
        },
    }


def _ask_rdflib(data: Any, query: str) -> list[Any]:
    return list(data.query(query, initNs=prefixes(BASE)))
