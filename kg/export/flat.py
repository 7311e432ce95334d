"""The network with plain strings and truths only, and with time: what graph files and tables of nodes can hold.

``start`` and ``end`` are days, both inclusive. An edge has those of its fact: a day, the days of a meeting, the month
of a presidency, a mandate from its decision to its end; a citation, which has no date, has its document's. A node has
the days on which facts speak of it, and its own date; ``graph.graph["spells"]`` holds them apart
(`kg.export.spans.Span`), the attributes the first and the last. What has no date is there at all times.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.export.network import build_network
from kg.export.spans import Span, joined, span
from kg.export.statements import local, read_statements
from kg.queries.results import NOT_XML

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from kg.export.statements import Select, Statement

__all__ = ["flat_network"]


_OWN_DATES = """
SELECT ?thing ?start ?end WHERE {
  { ?thing dct:date ?start } UNION { ?thing eli:date_document ?start } UNION
  { ?thing a sc:Meeting ; schema:startDate ?start . OPTIONAL { ?thing schema:endDate ?end } }
}
"""


def flat_network(select: Select) -> nx.MultiDiGraph[str]:
    """The network that ``select`` reaches, made plain. Lists become one string, ``a | b``."""
    import networkx as nx

    full = build_network(select)
    statements = {statement.key: statement for statement in read_statements(select)}
    spells = _own_spans(select)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    edges = sorted(full.edges(data=True), key=lambda e: (e[0], e[1], repr(e[2])))
    spans = [_edge_span([statements[key] for key in data["facts"]], spells.get(a)) for a, _, data in edges]
    for (source, target, _), found in zip(edges, spans, strict=True):
        if found:
            spells[source].append(found)
            spells[target].append(found)
    for node in sorted(full.nodes):
        spells[node] = joined(spells[node])
        whole = Span(spells[node][0].first, spells[node][-1].last) if spells[node] else None
        flat.add_node(node, **_plain(full.nodes[node]), **_days(whole))
    facts = full.graph["facts"]
    for number, ((source, target, data), found) in enumerate(zip(edges, spans, strict=True)):
        dates = sorted({str(facts[key]["date"]) for key in data["facts"] if facts[key].get("date")})
        said = {"date": dates[0]} if dates else {}
        flat.add_edge(source, target, key=number, **_plain(data), **said, **_days(found))
    flat.graph["spells"] = {node: spells[node] for node in flat.nodes if spells[node]}
    return flat


def _own_spans(select: Select) -> defaultdict[str, list[Span]]:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for row in select(_OWN_DATES):
        first, last = span(row["start"].value), span(row["end"].value if "end" in row else row["start"].value)
        if first and last and first.first <= last.last:
            found[local(row["thing"].value)].append(Span(first.first, last.last))
    return found


def _edge_span(statements: list[Statement], source: list[Span] | None) -> Span | None:
    """``source``: the own dates of the thing that the edge starts from."""
    found = [each for each in map(_fact_span, statements) if each]
    if not found and source and all(statement.type in ("citation", "committee") for statement in statements):
        found = source
    return Span(min(each.first for each in found), max(each.last for each in found)) if found else None


def _fact_span(statement: Statement) -> Span | None:
    days = span(statement.date)
    ends = statement.text("endDate")
    if statement.type == "mandate_decision" and statement.text("action") != "terminate":
        ends = statement.text("until")
    last = span(ends)
    return Span(days.first, last.last) if days and last and last.last >= days.first else days


def _days(found: Span | None) -> dict[str, str]:
    return {"start": found.first.isoformat(), "end": found.last.isoformat()} if found else {}


def _plain(data: Mapping[str, Any]) -> dict[str, str | bool]:
    plain: dict[str, str | bool] = {}
    for name, value in sorted(data.items()):
        if isinstance(value, bool):
            plain[name] = value
        elif value is not None:
            texts = [f"{heading[1]}: {text[0]}" for heading, text in value] if name == "details" else value
            text = " | ".join(map(str, texts)) if isinstance(texts, tuple | list | set | frozenset) else str(texts)
            plain[name] = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return plain
