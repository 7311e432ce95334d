"""From the graph to pyvis's model of it: which nodes are drawn, where, how large, and with which facts.

The graph is a ``networkx.MultiDiGraph`` (`kg.export.network.build_network` makes it from a store):

* a node is a string like ``state/VNM`` with ``type`` (a key of `kg.export.words.NODE_TYPES`), ``label`` and, where
  there are any, ``en``, ``aliases`` (strings), ``planned`` (bool), ``url``, ``details`` (pairs ``((zh, en), (zh, en))``
  of a heading and a value) and ``facts`` (keys of ``graph.graph["facts"]``);
* an edge has ``relation`` (a key of `kg.export.words.RELATIONS`), ``planned`` and ``facts``;
* ``graph.graph["facts"]`` maps a key to ``type date end modality status parts evidence`` (missing or None: not said);
  a part is ``zh en node note``, a piece of evidence ``document name url quote start page rule confidence`` with
  ``start`` in code points of the document's canonical text; ``node`` and ``document`` name nodes of the graph;
* ``graph.graph["total"]`` says how many nodes there are where the graph holds not all;
* ``graph.graph["mandates"]``, where there are any, are `kg.timeline.Timeline` objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from kg.export import words
from kg.export.factsheet import Factsheet
from kg.export.layout import positions
from kg.export.names import folding, pinyin
from kg.export.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    from pyvis.network import Network

__all__ = ["Graph", "Picture", "make_picture"]

Graph: TypeAlias = "nx.MultiDiGraph[str]"

_WEAK = frozenset({"voted"})
_SIZES = {"State": 10.0, "Presidency": 10.0, "Mission": 9.0, "Organization": 9.0, "Document": 10.0, "Resolution": 9.0}
_SIZE = 7.0
_WIDEST = 30.0


@dataclass(frozen=True, slots=True)
class Picture:
    """pyvis's network, and ``data``: what the page's JSON block holds beside its nodes and edges."""

    network: Network
    data: dict[str, Any]


def make_picture(graph: Graph, *, title: str, limit: int) -> Picture:
    """The picture of ``graph``, or of its ``limit`` best connected nodes."""
    from pyvis.network import Network

    number = {node: at for at, node in enumerate(_best(graph, limit))}
    facts = Factsheet(graph, number)
    network = Network(directed=True, heading=clean(title), cdn_resources="in_line")
    _add_nodes(network, graph, number, facts)
    _add_edges(network, graph, number, facts)
    names = {text for node in network.nodes for text in (node["label"], *node.get("kg_aliases", ()))}
    data = {
        **facts.tables,
        "fold": folding(names),
        "pinyin": pinyin(names),
        "order": {
            "types": _order(words.NODE_TYPES, (node["group"] for node in network.nodes)),
            "relations": _order(words.RELATIONS, (edge["kg_relation"] for edge in network.edges)),
        },
        "counts": {
            "documents": len(facts.tables["documents"]),
            "facts": len(facts.tables["facts"]),
            "nodes": len(network.nodes),
            "edges": len(network.edges),
            "total": graph.graph.get("total", graph.number_of_nodes()),
        },
    }
    return Picture(network, data)


def _best(graph: Graph, limit: int) -> list[str]:
    """The nodes to draw, sorted by name; of too many, those with the most edges."""
    ranked = sorted(graph.nodes, key=lambda node: (-graph.degree(node), node))
    return sorted(ranked[:limit])


def _add_nodes(net: Any, graph: Graph, number: dict[str, int], facts: Factsheet) -> None:
    drawn = graph.subgraph(number)
    degrees = {node: len(set(drawn.successors(node)) | set(drawn.predecessors(node))) for node in number}
    kinds = {node: str(graph.nodes[node].get("type", "")) for node in number}
    sizes = {
        node: round(min(_WIDEST, _SIZES.get(kinds[node], _SIZE) + 1.9 * degrees[node] ** 0.5), 1) for node in number
    }
    pairs: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])  # edges that draw near, edges that do not
    for source, target, values in drawn.edges(data=True):
        pairs[values["relation"] in _WEAK].append((number[source], number[target]))
    strong, weak = (np.array(sorted(some), dtype=np.int64).reshape(-1, 2) for some in pairs)
    places = positions(len(number), strong, np.array([sizes[n] for n in number]), weak)
    for node, at in number.items():
        values = graph.nodes[node]
        more: dict[str, Any] = {
            "kg_en": clean(values.get("en") or ""),
            "kg_aliases": [clean(alias) for alias in values.get("aliases", ())],
            "kg_planned": bool(values.get("planned", False)),
            "kg_url": clean(values.get("url") or ""),
            "kg_details": [[*map(clean, key), *map(clean, value)] for key, value in values.get("details", ())],
            "kg_facts": facts.numbers(values.get("facts", ())),
        }
        net.add_node(
            at,
            label=clean(values.get("label") or node),
            group=kinds[node],
            size=sizes[node],
            x=int(places[at, 0]),
            y=int(places[at, 1]),
            kg_id=clean(node),
            **{name: value for name, value in more.items() if value},  # what is empty is not written
        )
        net.nodes[-1].pop("shape", None)  # pyvis's default; the page's style knows the shapes


def _add_edges(net: Any, graph: Graph, number: dict[str, int], facts: Factsheet) -> None:
    """One edge for all that say the same of the same two; what is planned stays apart from what was done."""
    merged: dict[tuple[int, int, str, bool], set[str]] = {}
    for source, target, values in graph.edges(data=True):
        if source in number and target in number:
            key = (number[source], number[target], str(values["relation"]), bool(values.get("planned", False)))
            merged.setdefault(key, set()).update(values.get("facts", ()))
    for (source_at, target_at, relation, planned), keys in sorted(merged.items()):
        more = {"kg_planned": True} if planned else {}
        net.add_edge(source_at, target_at, kg_relation=relation, kg_facts=facts.numbers(keys), **more)
        net.edges[-1].pop("arrows")  # the page's own style again


def _order(known: Iterable[str], found: Iterable[str]) -> list[str]:
    """The words' own order, unknown keys after it."""
    listed = list(known)
    return listed + sorted(set(found) - set(listed))
