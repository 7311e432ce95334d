"""A graph in the syntaxes of RDF. The same graph gives the same bytes."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.triples.jsonld import jsonld
from kg.triples.text import split_line
from kg.triples.turtle import sorted_lines, triples, turtle
from kg.vocabulary import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.store import Store

__all__ = ["as_jsonld", "as_nquads", "as_ntriples", "as_rdfxml", "as_trig", "as_turtle"]

_ESCAPED_NOT_XML = re.compile(r"(?:^|[^\\])(?:\\\\)*(\\(?:[bf]|u00(?:0[0-8BCEF]|1[0-9A-F])|uFFF[EF]))")
"""Characters that XML cannot hold, as N-Triples escapes them."""
_XMLNS = re.compile(r"<rdf:RDF ([^>]*)>")


def as_turtle(store: Store, base: str) -> str:
    """Turtle: all named graphs as one."""
    return "".join(turtle(store.quads(), base))


def as_nquads(store: Store) -> str:
    """N-Quads: a line a statement, with the named graph of its document."""
    return "".join(f"{line}\n" for line in store.quads())


def as_ntriples(store: Store) -> str:
    """N-Triples: all named graphs as one."""
    return "".join(f"{line}\n" for line in _merged(store))


def _merged(store: Store) -> list[str]:
    return sorted_lines(triples(store.quads()))


def as_trig(store: Store, base: str) -> str:
    """TriG: a block a named graph."""
    known = prefixes(base)
    pieces = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in known.items()]
    by_graph: defaultdict[str, list[str]] = defaultdict(list)
    for line in store.quads():
        by_graph[split_line(line)[3]].append(line)
    for graph, lines in sorted(by_graph.items()):
        blocks = "".join(islice(turtle(lines, base), len(known), None))  # without their own prefixes
        pieces.append(f"\n{graph} {{{blocks}}}\n" if graph else blocks)
    return "".join(pieces)


def as_jsonld(store: Store, base: str) -> str:
    """JSON-LD with the named graphs. Raises `GraphError` for what it cannot hold."""
    try:
        return "".join(jsonld(sorted(store.quads(), key=lambda line: (split_line(line)[3], line)), base))
    except ValueError as error:
        raise GraphError(f"cannot be written as JSON-LD: {error}", remedy="export to another syntax") from None


def as_rdfxml(store: Store, base: str) -> str:
    """RDF/XML: all named graphs as one. Raises `GraphError` for characters that XML cannot hold."""
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
