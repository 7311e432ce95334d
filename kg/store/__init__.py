"""Graphs that can be asked: the only room that knows the engine (Oxigraph).

    >>> graph = open_graph("out")                                    # doctest: +SKIP
    >>> graph.select("SELECT ?s WHERE { ?s a sc:State }")            # doctest: +SKIP
    [{'s': Term(kind='iri', value='https://w3id.org/unsc-kg/id/state/VNM', ...)}]

A query sees all triples as its default graph, each once, and the documents' graphs by name; it may use the prefixes of
`kg.vocabulary` without declaring them. It can neither change a graph nor leave the process (`kg.store.sparql`).

Why the default graph holds the merged triples: Oxigraph's own union of named graphs gives a triple once for every graph
that holds it, so that counts and rows would differ from those on ``graph.ttl``.
"""

from kg.store.bulk import build_store
from kg.store.files import SUFFIXES, open_graph
from kg.store.graph import Result, Store
from kg.store.sparql import batches

__all__ = ["SUFFIXES", "Result", "Store", "batches", "build_store", "open_graph"]
