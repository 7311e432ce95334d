"""Graph files for Gephi, Cytoscape and networkx: GEXF 1.3 with a time line, GraphML.

networkx writes GEXF too, but 1.3 with namespaces of its own, no ``kind`` (without which Gephi makes two relations
between the same things one), and today's date; so the few elements that we need are written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kg.export.flat import flat_network
from kg.export.words import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.store import Store

__all__ = ["as_gexf", "as_graphml"]

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_GEXF: Final = {
    "xmlns": "http://gexf.net/1.3",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd",
    "version": "1.3",
}
_OWN: Final = ("label", "start", "end")
"""What GEXF has attributes of its own for."""


def as_gexf(store: Store) -> str:
    """GEXF 1.3, dynamic where anything has a date. An edge's ``kind`` is its relation."""
    network = flat_network(store.select)
    spells = network.graph["spells"]
    root = Element("gexf", _GEXF)
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "unsc-kg"
    dated = bool(spells)
    time = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"} if dated else {"mode": "static"}
    graph = SubElement(root, "graph", {"defaultedgetype": "directed", "idtype": "string", **time})
    nodes = [(node, network.nodes[node]) for node in network.nodes]
    edges = list(network.edges(data=True))
    _declare(graph, "node", (data for _, data in nodes))
    _declare(graph, "edge", (data for _, _, data in edges))
    parent = SubElement(graph, "nodes", count=str(len(nodes)))
    for node, data in nodes:
        element = SubElement(parent, "node", {"id": node, **_own(data)})
        _values(element, data)
        if len(spells.get(node, ())) > 1:
            inside = SubElement(element, "spells")
            for first, last in spells[node]:
                SubElement(inside, "spell", start=first.isoformat(), end=last.isoformat())
    parent = SubElement(graph, "edges", count=str(len(edges)))
    for number, (source, target, said) in enumerate(edges):
        relation = str(said["relation"])
        label = RELATIONS.get(relation, (relation,))[0]
        ends = {"id": str(number), "source": source, "target": target, "kind": relation, "label": label}
        _values(SubElement(parent, "edge", {**ends, **_own(said)}), said)
    indent(root)
    return f"{_DECLARATION}{tostring(root, encoding='unicode')}\n"


def _declare(graph: Element, kind: str, things: Iterable[Mapping[str, str | bool]]) -> None:
    """Declare the attributes of nodes or edges; their ids are their names."""
    types: dict[str, str] = {}
    for data in things:
        for name, value in data.items():
            types.setdefault(name, "boolean" if isinstance(value, bool) else "string")
    names = sorted(types.keys() - set(_OWN))
    if names:
        declared = SubElement(graph, "attributes", {"class": kind, "mode": "static"})
        for name in names:
            SubElement(declared, "attribute", id=name, title=name, type=types[name])


def _own(data: Mapping[str, str | bool]) -> dict[str, str]:
    return {name: str(data[name]) for name in _OWN if name in data}


def _values(element: Element, data: Mapping[str, str | bool]) -> None:
    given = {name: value for name, value in data.items() if name not in _OWN and value != ""}
    if given:
        values = SubElement(element, "attvalues")
        for name, value in given.items():
            text = str(value).lower() if isinstance(value, bool) else value
            SubElement(values, "attvalue", {"for": name, "value": text})


def as_graphml(store: Store) -> str:
    """GraphML 1.0, with ``start`` and ``end`` as strings: it knows no dates."""
    import networkx as nx

    network = flat_network(store.select)
    del network.graph["spells"]
    for data in [data for _, data in network.nodes(data=True)] + [data for *_, data in network.edges(data=True)]:
        for name in [name for name, value in data.items() if value == ""]:
            del data[name]
    # a key's id stands once in a file: names will not do, nodes and edges have ``facts`` both
    writer = nx.GraphMLWriter(network, prettyprint=False, named_key_ids=False)
    root = writer.xml
    truths = {key.get("id") for key in root.iter("key") if key.get("attr.type") == "boolean"}
    for value in root.iter("data"):
        if value.get("key") in truths and value.text:
            value.text = value.text.lower()  # as XML Schema has it
    indent(root)
    return f"{_DECLARATION}{tostring(root, encoding='unicode')}\n"
