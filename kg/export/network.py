"""From an RDF graph to a networkx graph of things: who chaired, who briefed, which resolution extended which mandate.

Nodes are things (``state/VNM``, ``meeting/7857``), edges what facts say of two of them; both carry the keys of their
facts, which lie in ``graph.graph["facts"]`` with the quoted sentences. What a document plans is marked ``planned`` and
stays apart from what it reports; what it denies gives no edge. Attributes as `kg.export.picture` wants them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from kg.export.choice import SHOWN, choose, done
from kg.export.statements import Select, Statement, Thing, local, read_statements, tell
from kg.export.words import VALUES
from kg.store import batches
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.export.choice import Choice
    from kg.export.picture import Graph

__all__ = ["build_network", "read_things"]

_PLANNED: Final = ("Meeting", "Presidency")
"""What is marked where documents only plan it."""
_LABEL: Final = PREFIXES["rdfs"] + "label"
_TYPE: Final = PREFIXES["rdf"] + "type"
_PREFERRED: Final = PREFIXES["skos"] + "prefLabel"
_OTHER: Final = PREFIXES["skos"] + "altLabel"
_ALL: Final = f"""SELECT ?s ?p ?o WHERE {{
  {{ SELECT DISTINCT ?s WHERE {{ VALUES ?class {{ {" ".join(f"<{iri}>" for iri in SHOWN)} }} ?s a ?class }} }} ?s ?p ?o
}}"""
_SOME: Final = "SELECT ?s ?p ?o WHERE { VALUES ?s { %s } ?s ?p ?o FILTER (?p != sc:mentions) }"


def build_network(select: Select, limit: int | None = None, choice: Choice | None = None) -> Graph:
    """The graph of all facts that ``select`` reaches. A document that is a resolution's text is that resolution.

    ``limit``: of a graph with more nodes, or with very many facts, only what `kg.export.choice` chooses is read;
    ``graph.graph["total"]`` then tells how many nodes there are. ``choice``: that choice, where it is made already.
    """
    texts = {local(row["d"].value): local(row["r"].value) for row in select("SELECT ?d ?r WHERE { ?d sc:textOf ?r }")}
    chosen = choice or (choose(select, limit, texts) if limit is not None else None)
    if chosen and not chosen.facts:
        chosen = None  # all of it
    statements = read_statements(select, chosen.facts if chosen else None)
    things = read_things(select, _needed(chosen, statements, texts) if chosen else None)
    for document, instrument in texts.items():
        if document in things and instrument in things:
            things[instrument].values = {**things[document].values, **things[instrument].values}
            things[instrument].aliases += (things[document].label,)
    for statement in statements:
        _same(statement, texts)
    _name_presidencies(statements, things)

    graph: Graph = nx.MultiDiGraph(facts={})
    stated: dict[str, list[Statement]] = defaultdict(list)
    certain: set[str] = set()
    for statement in statements:
        graph.graph["facts"][statement.key] = _fact(statement, things)
        _add_edges(graph, statement, things)
        for node in _nodes(statement, things):
            stated[node].append(statement)
            if not statement.planned:
                certain.add(node)
    if chosen:
        graph.graph["total"] = chosen.total
        graph.remove_nodes_from([node for node in graph if node not in chosen.nodes])
        stated = {node: told for node, told in stated.items() if node in chosen.nodes}
        open_ = (node for node in stated if things[node].type in _PLANNED and node not in certain)
        certain |= chosen.done if chosen.done is not None else set(map(local, done(select, chosen.addresses(open_))))
    people = (node for node in stated if things[node].type == "Person")
    posts = _posts(select, chosen.addresses(people) if chosen else None)
    for node in sorted(stated):
        thing = things[node]
        graph.add_node(
            node,
            type=thing.type,
            label=thing.label,
            en=thing.en,
            aliases=thing.aliases,
            planned=thing.type in _PLANNED and node not in certain,
            url=_first(thing, "url", "sameAs"),
            details=_details(thing, stated[node], things, posts.get(node, ())),
            facts=tuple(statement.key for statement in stated[node]),
        )
    return graph


def _needed(chosen: Choice, statements: list[Statement], texts: Mapping[str, str]) -> list[str]:
    """Addresses of all that the facts name; of what stands for a document also the document."""
    named = {node for statement in statements for nodes in statement.links.values() for node in nodes}
    named.update(evidence["document"] for statement in statements for evidence in statement.evidence)
    named |= chosen.nodes
    named.update(texts[node] for node in named & texts.keys())
    named.update(document for document, instrument in texts.items() if instrument in named)
    return chosen.addresses(named)


def read_things(select: Select, nodes: Iterable[str] | None = None) -> dict[str, Thing]:
    """What facts may be about, by local name: names, and values by the last part of the property. ``nodes``: addresses
    of those that are wanted, None for all."""
    kinds: dict[str, set[str]] = defaultdict(set)
    names: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for query in [_ALL] if nodes is None else (_SOME % some for some in batches(nodes)):
        for row in select(query):
            node, predicate, value = row["s"].value, row["p"].value, row["o"]
            if predicate == _TYPE and value.value in SHOWN:
                kinds[node].add(value.value)
            if predicate in (_LABEL, _PREFERRED, _OTHER):
                names[node][_OTHER if predicate == _OTHER else _LABEL, value.language or "zh"].add(value.value)
            else:
                name = predicate[max(predicate.rfind("/"), predicate.rfind("#")) + 1 :]
                values[node][name].add(value.value)
    things: dict[str, Thing] = {}
    for node in sorted(kinds):
        kind = next(kind for iri, kind in SHOWN.items() if iri in kinds[node])
        zh, en = (sorted(names[node][_LABEL, language]) for language in ("zh", "en"))
        others = {text for (_, _), texts in names[node].items() for text in texts}
        label = (zh or en or [_fallback(local(node), values[node])])[0]
        aliases = sorted(others - {label, *en[:1]})
        plain = {name: sorted(found) for name, found in sorted(values[node].items())}
        things[local(node)] = Thing(local(node), kind, label, (en or [""])[0], tuple(aliases), plain)
    return things


def _fallback(node: str, values: Mapping[str, set[str]]) -> str:
    """A name for what has no label: a resolution known by its number alone, a thing by its key."""
    kind, _, key = node.partition("/")
    number = sorted(values.get("number", ()))
    return f"第{number[0]}号决议" if kind == "resolution" and number else key


def _same(statement: Statement, texts: Mapping[str, str]) -> None:
    for nodes in statement.links.values():
        nodes[:] = [texts.get(node, node) for node in nodes]
    for evidence in statement.evidence:
        evidence["document"] = texts.get(evidence["document"], evidence["document"])


def _name_presidencies(statements: list[Statement], things: dict[str, Thing]) -> None:
    """越南 2020年1月 says more in a picture than 2020年1月安全理事会主席."""
    for statement in statements:
        thing = things.get(statement.link("aboutPresidency") or "")
        state = things.get(statement.link("forState") or "")
        month = (statement.text("month") or "").split("-")
        if thing and state and len(month) == 2 and not thing.aliases:
            thing.aliases = (thing.label,)
            thing.label = f"{state.label} {month[0]}年{int(month[1])}月"
            thing.en = f"{state.en or state.label}, {'-'.join(month)}"


def _nodes(statement: Statement, things: Mapping[str, Thing]) -> list[str]:
    """What a fact is about and what states it, each once; not the body that met, which is nearly always the same."""
    found = {node for name, nodes in statement.links.items() if name != "body" for node in nodes}
    return sorted(node for node in found if node in things)


def _add_edges(graph: Graph, statement: Statement, things: Mapping[str, Thing]) -> None:
    if statement.text("modality") == "negated":
        return
    for source, relation, target in _edges(statement):
        if source and target and source != target and source in things and target in things:
            graph.add_edge(source, target, relation=relation, planned=statement.planned, facts=(statement.key,))


def _edges(statement: Statement) -> Iterator[tuple[str | None, str, str | None]]:
    """What a fact says of two things; an end may be missing."""
    link = statement.link
    documents = statement.links.get("statedIn", [])
    meeting = link("atMeeting")
    person = link("participant") or link("signatory") or link("appointee") or link("representative")
    match statement.type:
        case "letter":
            for document in documents:
                yield link("forState"), "sent", document
                yield person, "signed", document
            yield person, "represents", link("forState")
        case "presidency":
            yield link("forState"), "presided", link("aboutPresidency")
        case "meeting":
            for document in documents:
                yield document, "reports", meeting
            yield meeting, "theme", link("theme")
            yield meeting, "theme", link("agendaItem")
            yield meeting, "record", link("record")
        case "chairing":
            yield person or link("forState"), "chaired", meeting
            yield person, "represents", link("forState")
        case "briefing":
            yield person or link("onBehalfOf"), "briefed", meeting
            yield person, "represents", link("onBehalfOf")
        case "adoption":
            yield link("instrument"), "adopted-at", meeting
            for document in documents:
                yield document, "reports", link("instrument")
        case "vote":
            yield link("forState"), "voted", link("instrument")
        case "mandate_decision":
            for decider in [link("instrument")] if link("instrument") else documents:
                yield decider, statement.text("action") or "modify", link("holder")
        case "citation":
            yield link("citing"), "cites", link("cited")
        case "committee":
            for document in documents:
                yield document, "cites", link("establishedBy")
        case "appointment":
            yield person, "appointed", link("onBehalfOf")
        case "credential":
            yield person, "credential", link("forState")
        case "participant":
            yield person, "represents", link("forState")


def _fact(statement: Statement, things: Mapping[str, Thing]) -> dict[str, Any]:
    names = {evidence["document"] for evidence in statement.evidence}
    titles = {name: things[name].label if name in things else name for name in names}
    addresses = {name: _first(things[name], "url") if name in things else "" for name in names}
    return {
        "type": statement.type,
        "date": statement.date,
        "end": statement.text("endDate"),
        "modality": statement.text("modality"),
        "status": statement.text("status"),
        "parts": tell(statement, things),
        "evidence": [
            {**evidence, "name": titles[evidence["document"]], "url": addresses[evidence["document"]]}
            for evidence in statement.evidence
        ],
    }


def _posts(select: Select, people: Iterable[str] | None) -> dict[str, tuple[str, ...]]:
    """Posts of each person, as documents attest them; of all where ``people`` is None."""
    found: dict[str, set[str]] = defaultdict(set)
    for wanted in [""] if people is None else (f"VALUES ?person {{ {some} }} " for some in batches(people)):
        for row in select(
            f"""SELECT ?person ?label WHERE {{ {wanted}?holding a sc:PostHolding ; org:member ?person ; sc:post ?post .
                ?post rdfs:label ?label FILTER(langMatches(lang(?label), "zh")) }}"""
        ):
            found[local(row["person"].value)].add(row["label"].value)
    return {person: tuple(sorted(labels)) for person, labels in found.items()}


def _first(thing: Thing, *names: str) -> str:
    return next((thing.values[name][0] for name in names if thing.values.get(name)), "")


_Detail = tuple[tuple[str, str], tuple[str, str]]
_DETAILS: Final = (
    ("symbol", "文号", "Symbol"),
    ("date", "日期", "Date"),
    ("date_document", "日期", "Date"),
    ("startDate", "日期", "Date"),
    ("endDate", "至", "Until"),
    ("format", "形式", "Format"),
    ("kind", "种类", "Kind"),
    ("iso3", "代码", "Code"),
    ("foundingDate", "始于", "Since"),
    ("dissolutionDate", "止于", "Until"),
    ("source", "文件名", "File"),
)


def _details(
    thing: Thing, stated: list[Statement], things: Mapping[str, Thing], posts: tuple[str, ...]
) -> tuple[_Detail, ...]:
    details: list[_Detail] = [(("职务", "Posts"), ("；".join(posts), "; ".join(posts)))] if posts else []
    for name, zh, en in _DETAILS:
        for value in thing.values.get(name, [])[:1]:
            word = value.rpartition("/")[2] if name == "format" else value
            details.append(((zh, en), VALUES.get(word, (word, word))))
    if thing.type == "Meeting":
        for name, zh, en in (("theme", "主题", "Theme"), ("agendaItem", "议程项目", "Agenda item")):
            labels = {things[node].label for one in stated for node in one.links.get(name, ()) if node in things}
            if labels:
                details.append(((zh, en), ("；".join(sorted(labels)),) * 2))
        topics = {text for one in stated if one.type == "briefing" for text in one.texts.get("topic", ())}
        if topics:
            details.append((("通报内容", "Briefings on"), ("；".join(sorted(topics)),) * 2))
    return tuple(details)
