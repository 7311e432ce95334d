"""A graph as files, by their endings: RDF syntaxes, GraphML and GEXF for Gephi and networkx, tables, the page.

A file is written beside its place and moved there when it is whole. The same graph gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError, GraphError
from kg.folder import replaced_file
from kg.queries import load_queries
from kg.queries.results import select_csv
from kg.triples.jsonld import jsonld
from kg.triples.text import split_line
from kg.triples.turtle import sorted_lines, triples, turtle
from kg.vocabulary import BASE, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import networkx as nx

    from kg.store import Store

__all__ = ["ENDINGS", "export_files"]

_FACTS = """
SELECT ?document ?type ?fact ?modality ?date ?quote ?page ?start ?end ?rule ?confidence WHERE {
  ?fact a ?class ; sc:modality/skos:notation ?modality ; sc:evidence ?evidence .
  ?evidence oa:hasSource/dct:identifier ?document ; sc:rule ?rule ; sc:confidence ?confidence ;
    oa:hasSelector ?place , ?words .
  ?place oa:start ?start ; oa:end ?end .
  ?words oa:exact ?quote .
  OPTIONAL { ?evidence sc:page ?page }
  OPTIONAL { ?fact sc:date ?date }
  FILTER (?class != sc:Statement)
  BIND (STRAFTER(STR(?class), "#") AS ?type)
}
ORDER BY ?document ?start ?end ?type ?fact ?rule
"""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED_NOT_XML = re.compile(r"(?:^|[^\\])(?:\\\\)*(\\(?:[bf]|u00(?:0[0-8BCEF]|1[0-9A-F])|uFFF[EF]))")
"""The same, as N-Triples escapes it."""
_XMLNS = re.compile(r"<rdf:RDF ([^>]*)>")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_files(store: Store, target: str, *, base: str = BASE, excel: bool = False) -> None:
    """Write ``store`` to ``target``: a file by its ending (`ENDINGS`), or a folder of tables where it ends in ``/``.

    ``base``: where things live, for short names. ``excel``: tables with a byte order mark, and with an apostrophe
    before what a spreadsheet would run as a formula. Raises `ConfigError` for an ending that is not known.
    """
    path = Path(target)
    if target.endswith(("/", "\\")):
        if path.exists() and not path.is_dir():
            raise ConfigError("is a file; a folder of tables cannot stand there", where=target)
        for name, text in _tables(store).items():
            _write(path / f"{name}.csv", _spreadsheet(text) if excel else text)
        return
    if path.is_dir():
        raise ConfigError("is a folder", where=target, remedy="end it in / for a folder of tables, or name a file")
    ending = path.suffix.lower()
    if ending not in _WRITERS:
        raise ConfigError(
            f"nothing is written to {ending or 'a file without ending'}",
            where=target,
            remedy=f"end it in {', '.join(ENDINGS)} or /",
        )
    text = _WRITERS[ending](store, base)
    _write(path, _spreadsheet(text) if excel and ending == ".csv" else text)


def _write(path: Path, text: str) -> None:
    with replaced_file(path) as fresh:
        fresh.write_bytes(text.encode("utf-8"))


def _turtle(store: Store, base: str) -> str:
    return "".join(turtle(store.quads(), base))


def _nquads(store: Store, _base: str) -> str:
    return "".join(f"{line}\n" for line in store.quads())


def _ntriples(store: Store, _base: str) -> str:
    return "".join(f"{line}\n" for line in _merged(store))


def _merged(store: Store) -> list[str]:
    return sorted_lines(triples(store.quads()))


def _trig(store: Store, base: str) -> str:
    known = prefixes(base)
    pieces = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in known.items()]
    by_graph: defaultdict[str, list[str]] = defaultdict(list)
    for line in store.quads():
        by_graph[split_line(line)[3]].append(line)
    for graph, lines in sorted(by_graph.items()):
        blocks = "".join(islice(turtle(lines, base), len(known), None))  # without their own prefixes
        pieces.append(f"\n{graph} {{{blocks}}}\n" if graph else blocks)
    return "".join(pieces)


def _jsonld(store: Store, base: str) -> str:
    try:
        return "".join(jsonld(sorted(store.quads(), key=lambda line: (split_line(line)[3], line)), base))
    except ValueError as error:
        raise GraphError(f"cannot be written as JSON-LD: {error}", remedy="export to another syntax") from None


def _rdfxml(store: Store, base: str) -> str:
    lines = _merged(store)
    if bad := next(filter(None, map(_ESCAPED_NOT_XML.search, lines)), None):
        raise GraphError(f"holds a character that XML cannot hold: {bad[1]}", remedy="export to another syntax")
    text = _serialize(lines, "RDF_XML", prefixes(base))
    # the serializer declares namespaces in an order that changes from run to run
    return _XMLNS.sub(lambda found: f"<rdf:RDF {' '.join(sorted(found[1].split()))}>", text, count=1) + "\n"


def _serialize(lines: Iterable[str], form: str, known: Mapping[str, str] | None = None) -> str:
    import pyoxigraph

    quads = pyoxigraph.parse("".join(f"{line}\n" for line in lines), format=pyoxigraph.RdfFormat.N_QUADS)
    found = pyoxigraph.serialize(quads, format=getattr(pyoxigraph.RdfFormat, form), prefixes=dict(known or {}))
    assert found is not None
    return found.decode("utf-8").rstrip("\n")


def _graphml(store: Store, _base: str) -> str:
    import networkx as nx

    return "\n".join(nx.generate_graphml(_flat(store), named_key_ids=True)) + "\n"


def _gexf(store: Store, _base: str) -> str:
    import networkx as nx

    text = "\n".join(nx.generate_gexf(_flat(store)))
    # networkx writes today's date; the same graph is to give the same bytes
    return re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n"


def _flat(store: Store) -> nx.MultiDiGraph[str]:
    """The network with plain strings, numbers and truths only, which is all that these formats hold."""
    import networkx as nx

    from kg.export.network import build_network

    full = build_network(store.rows)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(full.nodes):
        flat.add_node(node, **_plain(full.nodes[node]))
    facts = full.graph["facts"]
    for number, (start, end, data) in enumerate(sorted(full.edges(data=True), key=lambda e: (e[0], e[1], repr(e[2])))):
        dates = sorted({str(facts[key]["date"]) for key in data.get("facts", ()) if facts[key].get("date")})
        flat.add_edge(start, end, key=number, **_plain(data), **({"date": dates[0]} if dates else {}))
    return flat


def _plain(data: Mapping[str, Any]) -> dict[str, str | bool]:
    plain: dict[str, str | bool] = {}
    for name, value in sorted(data.items()):
        if isinstance(value, bool):
            plain[name] = value
        elif name == "details":
            plain[name] = " | ".join(f"{heading[1]}: {text[0]}" for heading, text in value)
        elif value is not None:
            text = " | ".join(map(str, value)) if isinstance(value, tuple | list | set | frozenset) else str(value)
            plain[name] = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return plain


def _fact_table(store: Store, _base: str = BASE) -> str:
    answer = store.query(_FACTS)
    return select_csv(answer.variables, answer.rows)


def _tables(store: Store) -> dict[str, str]:
    """Tables by name: facts with their quotes, nodes, edges, and each query of the library that needs no parameter."""
    tables = {"facts": _fact_table(store)}
    for name, query in load_queries().items():
        if not any(parameter.required for parameter in query.parameters):
            answer = store.query(query.sparql())
            tables[name] = select_csv(answer.variables, answer.rows)
    network = _flat(store)
    tables["nodes"] = _rows(["id"], ((node, data) for node, data in network.nodes(data=True)))
    tables["edges"] = _rows(["source", "target"], ((a, b, data) for a, b, data in network.edges(data=True)))
    return tables


def _rows(head: list[str], rows: Iterable[tuple[Any, ...]]) -> str:
    found = list(rows)
    columns = sorted({name for row in found for name in row[-1]})
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*head, *columns])
    for *keys, data in found:
        cells = [data.get(name, "") for name in columns]
        writer.writerow([*keys, *(str(c).lower() if isinstance(c, bool) else c for c in cells)])
    return out.getvalue()


def _spreadsheet(text: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return f"\ufeff{out.getvalue()}"


def _html(store: Store, _base: str) -> str:
    from kg.export.html import render
    from kg.export.network import build_network

    return render(build_network(store.rows))


_WRITERS: Final[dict[str, Callable[[Store, str], str]]] = {
    ".html": _html,
    ".ttl": _turtle,
    ".nq": _nquads,
    ".nt": _ntriples,
    ".trig": _trig,
    ".jsonld": _jsonld,
    ".rdf": _rdfxml,
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".csv": _fact_table,
}
ENDINGS: Final = tuple(_WRITERS)
"""Endings of the files that can be written."""
