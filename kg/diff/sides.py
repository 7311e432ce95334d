"""One of two graphs that are compared: its documents and what each states, in the contract's fields."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.export.network import read_things
from kg.export.statements import local, read_statements
from kg.triples.plan import PLAN
from kg.triples.text import split_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.export.statements import Statement, Thing
    from kg.store import Store

__all__ = ["FACT_PATHS", "Side", "Stated", "kind_of", "read_side"]

_ROWS: Final = {fact.type: row for fact, row in PLAN.items()}
_PRINTED: Final = {
    "person": "personName",
    "theme": "themeText",
    "agenda": "agendaItemText",
    "instrument": "instrumentSymbol",
    "cited": "citedSymbol",
    "record": "recordSymbol",
    "draft": "draftSymbol",
    "basis": "basisSymbol",
    "duration": "duration",
}
"""Kinds of field whose words stand in a property of their own, beside the link (`kg.triples.facts`)."""
_DOCUMENT: Final = {"source": "source", "sha256": "fileSha256", "kind": "kind", "symbol": "symbol"} | {
    name: name for name in ("date", "title")
}
FACT_PATHS: Final = frozenset(row.path for row in PLAN.values())
"""Kinds of thing (`kind_of`) that facts are."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as one document states it. ``fields``: type, the contract's fields, modality; ``content``: the same text
    for facts that say the same; ``evidence``: quote, page and offsets; ``statement``: the fact with all its documents,
    as the graph has it."""

    document: str
    fields: dict[str, Any]
    content: str
    evidence: list[dict[str, Any]]
    statement: Statement

    def as_json(self) -> dict[str, Any]:
        return {"document": self.document, **self.fields, "evidence": self.evidence}


@dataclass(slots=True)
class Side:
    """``documents``: what the graph says of each, by id; ``stated``: the facts of each document, in the graph's order;
    ``things``: names for what facts are about; ``triples``: of the whole graph; ``by_content``: the documents that
    state a fact, by its `Stated.content`."""

    documents: dict[str, dict[str, str]] = field(default_factory=dict)
    stated: dict[str, list[Stated]] = field(default_factory=lambda: defaultdict(list))
    things: Mapping[str, Thing] = field(default_factory=dict)
    triples: set[tuple[str, str, str]] = field(default_factory=set)
    by_content: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def stating(self, fact: Stated) -> list[str]:
        """Documents that state the same."""
        return sorted(self.by_content.get(fact.content, ()))


def read_side(store: Store) -> Side:
    """What a graph says. Raises `QueryError` where the store fails."""
    side = Side(things=read_things(store.select))
    side.triples = {split_line(line)[:3] for line in store.quads()}
    for node, thing in side.things.items():
        if "fileSha256" in thing.values:
            told = {name: thing.values[path][0] for name, path in _DOCUMENT.items() if thing.values.get(path)}
            side.documents[_id(node)] = told
    for statement in read_statements(store.select):
        quoted: dict[str, list[dict[str, Any]]] = {_id(node): [] for node in statement.links.get("statedIn", ())}
        for each in statement.evidence:
            kept = {name: each[name] for name in ("start", "end", "quote", "page")}
            if kept not in quoted.setdefault(_id(each["document"]), []):
                quoted[_id(each["document"])].append(kept)
        fields = _fields(statement)
        content = json.dumps(fields, ensure_ascii=False, sort_keys=True)
        for document, evidence in quoted.items():
            side.stated[document].append(Stated(document, dict(fields), content, evidence, statement))
            side.by_content[content].add(document)
    return side


def _id(node: str) -> str:
    return node.removeprefix("document/")


def _fields(statement: Statement) -> dict[str, Any]:
    told: dict[str, Any] = {"type": statement.type}
    for name, (kind, predicate) in _ROWS[statement.type].fields.items():
        path = predicate.removeprefix("sc:")
        texts = statement.texts.get(_PRINTED.get(kind, path), [])
        value: Any = texts if kind == "basis" else next(iter(texts), None)
        link = statement.link(path)
        if kind in ("state", "organization", "holder") and link and "/named-" not in link:
            value = link.rpartition("/")[2]
        told[name] = value
    return {**told, "modality": statement.text("modality")}


def kind_of(subject: str) -> str:
    """The kind of thing that an address is of: ``state`` for ``<https://…/id/state/VNM>``, ``-`` for what has none."""
    name = local(subject.strip("<>"))
    return name.partition("/")[0] if "/id/" in subject else "-"
