"""From the graph to pyvis's model of it: which nodes are drawn, where, how large, and with which facts.

The graph is a ``networkx.MultiDiGraph`` (`kg.export.network.build_network` makes it from a store):

* a node is a string like ``state/VNM`` with ``type`` (a key of `kg.export.words.NODE_TYPES`), ``label`` and, where
  there are any, ``en``, ``aliases`` (strings), ``planned`` (bool), ``url``, ``details`` (pairs ``((zh, en), (zh, en))``
  of a heading and a value) and ``facts`` (keys of ``graph.graph["facts"]``);
* an edge has ``relation`` (a key of `kg.export.words.RELATIONS`), ``planned`` and ``facts``;
* ``graph.graph["facts"]`` maps a key to ``type date end modality status parts evidence`` (missing or None: not said);
  a part is ``zh en node note``, a piece of evidence ``document name quote start end page rule confidence`` with offsets
  in code points of the document's canonical text; ``node`` and ``document`` name nodes of the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from kg.export import words
from kg.export.layout import positions
from kg.export.names import folding, initials

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    from pyvis.network import Network

__all__ = ["Graph", "Picture", "clean", "make_picture"]

Graph: TypeAlias = "nx.MultiDiGraph[str]"

_SHAPES = {
    "Document": "square",
    "Mission": "triangle",
    "Organization": "hexagon",
    "Presidency": "star",
    "Resolution": "diamond",
}
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
    facts = _Facts(graph, number)
    network = Network(directed=True, heading=clean(title), cdn_resources="in_line")
    _add_nodes(network, graph, number, facts)
    _add_edges(network, graph, number, facts)
    documents = {row["document"] for fact in facts.rows for row in fact["evidence"] if "document" in row}
    data = {
        "facts": facts.rows,
        "fold": folding(text for node in network.nodes for text in (node["label"], *node["kg_aliases"])),
        "order": {
            "types": _order(words.NODE_TYPES, (node["group"] for node in network.nodes)),
            "relations": _order(words.RELATIONS, (edge["kg_relation"] for edge in network.edges)),
        },
        "counts": {
            "documents": len(documents),
            "facts": len(facts.rows),
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


def clean(text: object) -> str:
    """Text without what no file can hold (lone surrogates)."""
    return str(text).encode("utf-8", "replace").decode("utf-8")


class _Facts:
    """The facts that the page needs, numbered by date; those of drawn nodes and edges only."""

    def __init__(self, graph: Graph, number: dict[str, int]) -> None:
        known: dict[str, dict[str, Any]] = graph.graph.get("facts", {})
        wanted = {key for node in number for key in graph.nodes[node].get("facts", ())}
        for source, target, values in graph.edges(data=True):
            if source in number and target in number:
                wanted.update(values.get("facts", ()))
        keys = sorted(
            wanted & known.keys(), key=lambda key: (known[key].get("date") or "9999", known[key]["type"], key)
        )
        self._at = {key: i for i, key in enumerate(keys)}
        self.rows = [_fact(known[key], number) for key in keys]

    def numbers(self, keys: Iterable[str]) -> list[int]:
        return sorted({self._at[key] for key in keys if key in self._at})


def _fact(fact: dict[str, Any], number: dict[str, int]) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: clean(fact[name]) for name in ("type", "date", "end", "modality", "status") if fact.get(name)
    }
    row["parts"] = [_part(part, number) for part in fact.get("parts", ())]
    row["evidence"] = [_evidence(evidence, number) for evidence in fact.get("evidence", ())]
    return row


def _part(part: dict[str, Any], number: dict[str, int]) -> dict[str, Any]:
    row: dict[str, Any] = {name: clean(part[name]) for name in ("zh", "en", "note") if part.get(name)}
    if part.get("node") in number:
        row["node"] = number[part["node"]]
    return row


def _evidence(evidence: dict[str, Any], number: dict[str, int]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "quote": clean(evidence["quote"]),
        "start": int(evidence["start"]),
        "end": int(evidence["end"]),
    }
    row.update(
        {name: clean(evidence[name]) for name in ("name", "rule", "confidence") if evidence.get(name) is not None}
    )
    if evidence.get("page") is not None:
        row["page"] = int(evidence["page"])
    if evidence.get("document") in number:
        row["document"] = number[evidence["document"]]
    return row


def _add_nodes(net: Any, graph: Graph, number: dict[str, int], facts: _Facts) -> None:
    drawn = graph.subgraph(number)
    degrees = {node: len(set(drawn.successors(node)) | set(drawn.predecessors(node))) for node in number}
    kinds = {node: str(graph.nodes[node].get("type", "")) for node in number}
    sizes = {
        node: round(min(_WIDEST, _SIZES.get(kinds[node], _SIZE) + 1.9 * degrees[node] ** 0.5), 1) for node in number
    }
    pairs = sorted((number[source], number[target]) for source, target in drawn.edges())
    places = positions(
        len(number), np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array([sizes[n] for n in number])
    )
    for node, at in number.items():
        values = graph.nodes[node]
        label = clean(values.get("label") or node)
        net.add_node(
            at,
            label=label,
            shape=_SHAPES.get(kinds[node], "dot"),
            group=kinds[node],
            size=sizes[node],
            x=int(places[at, 0]),
            y=int(places[at, 1]),
            kg_id=clean(node),
            kg_en=clean(values.get("en") or ""),
            kg_aliases=[clean(alias) for alias in values.get("aliases", ())],
            kg_initials=initials(label),
            kg_planned=bool(values.get("planned", False)),
            kg_url=clean(values.get("url") or ""),
            kg_details=[
                {"key": list(map(clean, key)), "value": list(map(clean, value))}
                for key, value in values.get("details", ())
            ],
            kg_degree=degrees[node],
            kg_facts=facts.numbers(values.get("facts", ())),
        )


def _add_edges(net: Any, graph: Graph, number: dict[str, int], facts: _Facts) -> None:
    """One edge for all that say the same of the same two; what is planned stays apart from what was done."""
    merged: dict[tuple[int, int, str, bool], set[str]] = {}
    for source, target, values in graph.edges(data=True):
        if source in number and target in number:
            key = (number[source], number[target], str(values["relation"]), bool(values.get("planned", False)))
            merged.setdefault(key, set()).update(values.get("facts", ()))
    for (source_at, target_at, relation, planned), keys in sorted(merged.items()):
        net.add_edge(source_at, target_at, kg_relation=relation, kg_planned=planned, kg_facts=facts.numbers(keys))


def _order(known: Iterable[str], found: Iterable[str]) -> list[str]:
    """The words' own order, unknown keys after it."""
    listed = list(known)
    return listed + sorted(set(found) - set(listed))
