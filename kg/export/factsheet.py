"""What the page's panel and its mandate timeline show: facts with their sentences, each text written once.

Votes and citations repeat sentences, names and lines hundreds of times, so the page holds tables, and facts hold
numbers of their rows:

* ``documents``: ``name``, ``node`` (number of the drawn node), ``url``;
* ``quotes`` and ``rules``: texts;
* ``evidence``: ``[document, quote, start, page, rule, confidence]``; ``page`` is 0 and ``rule`` -1 where there is none,
  ``start`` a code point of the document's canonical text (the end is ``start`` and the quote's length);
* ``parts``: ``zh en node note``;
* ``facts``: ``type date end modality status`` as in `kg.export.picture`, ``parts`` and ``evidence`` as row numbers;
* ``mandates``: ``label en holder type node state end`` and ``terms``; what is not known is left out. A term:
  ``action date start end basis resolution paragraph rollover gap overlap cut`` (days) and ``facts``, row numbers; where
  the graph has left these facts out, ``told`` holds ``[document, quote]``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.export.statements import local
from kg.export.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.export.picture import Graph
    from kg.timeline import Term, Timeline

__all__ = ["Factsheet"]


class _Table:
    """Rows in the order of their first use, equal rows once."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._at: dict[str, int] = {}

    def add(self, row: Any) -> int:
        key = row if isinstance(row, str) else json.dumps(row, sort_keys=True)
        if key not in self._at:
            self._at[key] = len(self.rows)
            self.rows.append(row)
        return self._at[key]


class Factsheet:
    """The facts of drawn nodes and edges and of all mandates, numbered by date. ``number``: of the drawn nodes."""

    def __init__(self, graph: Graph, number: Mapping[str, int]) -> None:
        known: dict[str, dict[str, Any]] = graph.graph.get("facts", {})
        mandates: Iterable[Timeline] = graph.graph.get("mandates", ())
        wanted = {key for node in number for key in graph.nodes[node].get("facts", ())}
        for source, target, values in graph.edges(data=True):
            if source in number and target in number:
                wanted.update(values.get("facts", ()))
        wanted.update(local(fact) for line in mandates for term in line.terms for fact in term.facts)
        keys = sorted(
            wanted & known.keys(), key=lambda key: (known[key].get("date") or "9999", known[key]["type"], key)
        )
        self._number = number
        self._at = {key: i for i, key in enumerate(keys)}
        self._documents, self._quotes, self._rules, self._evidence, self._parts = (_Table() for _ in range(5))
        facts = [self._fact(known[key]) for key in keys]
        self.tables: dict[str, list[Any]] = {
            "documents": self._documents.rows,
            "evidence": self._evidence.rows,
            "facts": facts,
            "mandates": [self._mandate(line, graph) for line in mandates],
            "parts": self._parts.rows,
            "quotes": self._quotes.rows,
            "rules": self._rules.rows,
        }

    def numbers(self, keys: Iterable[str]) -> list[int]:
        """Rows of ``facts``, sorted; keys of facts that are not here are left out."""
        return sorted({self._at[key] for key in keys if key in self._at})

    def _fact(self, fact: Mapping[str, Any]) -> dict[str, Any]:
        row: dict[str, Any] = {
            name: clean(fact[name]) for name in ("type", "date", "end", "modality", "status") if fact.get(name)
        }
        row["parts"] = [self._parts.add(self._part(part)) for part in fact.get("parts", ())]
        row["evidence"] = [self._evidence.add(self._piece(piece)) for piece in fact.get("evidence", ())]
        return row

    def _part(self, part: Mapping[str, Any]) -> dict[str, Any]:
        row: dict[str, Any] = {name: clean(part[name]) for name in ("zh", "en", "note") if part.get(name)}
        if row.get("en") == row.get("zh"):
            row.pop("en", None)
        if part.get("node") in self._number:
            row["node"] = self._number[part["node"]]
        return row

    def _piece(self, piece: Mapping[str, Any]) -> list[Any]:
        document: dict[str, Any] = {name: clean(piece[name]) for name in ("name", "url") if piece.get(name)}
        if piece.get("document") in self._number:
            document["node"] = self._number[piece["document"]]
        rule, confidence = piece.get("rule"), piece.get("confidence")
        return [
            self._documents.add(document),
            self._quotes.add(clean(piece["quote"])),
            int(piece["start"]),
            int(piece.get("page") or 0),
            self._rules.add(clean(rule)) if rule else -1,
            "" if confidence is None else clean(confidence),
        ]

    def _mandate(self, line: Timeline, graph: Graph) -> dict[str, Any]:
        node = local(line.address)
        values = graph.nodes[node] if node in graph else {}
        row = {
            "label": clean(values.get("label") or line.label or line.holder or node),
            "en": clean(values.get("en") or ""),
            "holder": clean(line.holder or ""),
            "type": clean(values.get("type") or "Holder"),
            "node": self._number.get(node),
            "state": line.state,
            "end": line.end,
            "terms": [self._term(term) for term in line.terms],
        }
        return {name: value for name, value in row.items() if value not in (None, "")}

    def _term(self, term: Term) -> dict[str, Any]:
        facts = self.numbers(local(fact) for fact in term.facts)
        row = {
            "action": term.action,
            "date": term.date,
            "start": term.start,
            "end": term.end,
            "basis": term.basis,
            "resolution": term.resolution,
            "paragraph": term.paragraph,
            "rollover": term.rollover,
            "gap": term.gap_days or None,
            "overlap": term.overlap_days or None,
            "cut": term.cut_days or None,
            "facts": facts,
            "told": None if facts else self._told(term),
        }
        return {
            name: clean(value) if isinstance(value, str) else value for name, value in row.items() if value is not None
        }

    def _told(self, term: Term) -> list[list[int]]:
        """Document and quote of a decision whose facts the graph does not hold, because it is too large."""
        told: list[list[int]] = []
        for document, quote in zip(term.documents, term.quotes, strict=False):
            row: dict[str, Any] = {"name": clean(document)}
            if f"document/{document}" in self._number:
                row["node"] = self._number[f"document/{document}"]
            told.append([self._documents.add(row), self._quotes.add(clean(quote))])
        return told
