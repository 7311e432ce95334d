"""A triple store behind a URL: its graphs written, moved, removed, counted and read back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from kg.errors import StoreError
from kg.remote.client import Answer, Client
from kg.triples.text import Term, iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.remote.profiles import Addresses, Profile
    from kg.remote.spool import Piece

__all__ = ["RemoteStore", "Row", "TruncatedError"]

Row = dict[str, Term]

_NTRIPLES = "application/n-triples"
_RESULTS = "application/sparql-results+json"
_PAGE: Final = 5_000
_KINDS: Final = {"uri": "iri", "bnode": "bnode", "literal": "literal", "typed-literal": "literal"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class TruncatedError(StoreError):
    """An answer that the store cut off: it holds some of the rows, nobody knows which."""


class RemoteStore:
    """One store. A graph is named by its IRI; empty is the default graph. Every method raises `StoreError`."""

    def __init__(self, client: Client, profile: Profile, addresses: Addresses) -> None:
        self.client = client
        self.profile = profile
        self.addresses = addresses

    # -- reading

    def select(self, sparql: str, doing: str) -> list[Row]:
        """Rows of a SELECT query; terms as the store gives them. Raises `TruncatedError` for an answer that says by its
        headers that it is not whole (Virtuoso gives these with status 200)."""
        answer = self.client.send(
            "POST", self.addresses.query, doing=doing, form={"query": sparql}, headers={"Accept": _RESULTS}
        )
        rows = _rows(answer, self.addresses.query, doing)
        state = answer.headers.get("x-sql-state", "")
        if state:
            what = f"{doing}: cut off by the store (X-SQL-State {state}), not taken for whole"
            raise TruncatedError(what, where=self.addresses.query, remedy="raise the store's limit on query time")
        most = answer.headers.get("x-sparql-maxrows", "")
        if most.isdigit() and len(rows) >= int(most):
            what = f"{doing}: cut off by the store at {most} rows, not taken for whole"
            raise TruncatedError(what, where=self.addresses.query)
        return rows

    def count(self, graph: str) -> int:
        """Number of triples in a graph; 0 where it is not there."""
        rows = self.select(
            f"SELECT (COUNT(*) AS ?n) WHERE {{ {_within(graph, '?s ?p ?o')} }}", f"counting {_called(graph)}"
        )
        try:
            return int(rows[0]["n"].value)
        except (IndexError, KeyError, ValueError):
            raise StoreError("gives no number for a COUNT", where=self.addresses.query) from None

    def missing(self, source: str, target: str) -> int:
        """Number of triples that one graph has and the other has not."""
        inner = f"{_within(source, '?s ?p ?o')} FILTER NOT EXISTS {{ {_within(target, '?s ?p ?o')} }}"
        rows = self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {inner} }}", f"comparing {_called(target)}")
        return int(rows[0]["n"].value)

    def triples_of(self, graph: str, subjects: Iterable[str]) -> list[Row]:
        """Rows ``s p o`` of subjects (in ``<...>``), however many the store gives at once."""
        wanted = list(subjects)
        doing = f"reading back from {_called(graph)}"
        # VALUES first: within GRAPH, not every engine joins it
        inner = f"VALUES ?s {{ {' '.join(wanted)} }} {_within(graph, '?s ?p ?o')}"
        try:
            return self.select(f"SELECT ?s ?p ?o WHERE {{ {inner} }}", doing)
        except TruncatedError:
            if len(wanted) > 1:
                half = len(wanted) // 2
                return self.triples_of(graph, wanted[:half]) + self.triples_of(graph, wanted[half:])
            return list(self.pages(f"SELECT ?s ?p ?o WHERE {{ {inner} }} ORDER BY ?s ?p ?o", doing))

    def graphs(self, beginning: str) -> list[str]:
        """Named graphs whose IRI begins so, sorted."""
        inner = f'GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), "{beginning}"))'
        rows = self.pages(f"SELECT DISTINCT ?g WHERE {{ {inner} }} ORDER BY ?g", "listing graphs")
        return sorted(row["g"].value for row in rows)

    def read(self, graph: str) -> Iterator[str]:
        """All triples of a graph as lines of N-Triples, page by page, in the store's order."""
        query = f"SELECT ?s ?p ?o WHERE {{ {_within(graph, '?s ?p ?o')} }} ORDER BY ?s ?p ?o"
        for row in self.pages(query, f"reading {_called(graph)}"):
            yield f"{row['s'].n3()} {row['p'].n3()} {row['o'].n3()} ."

    def pages(self, ordered: str, doing: str) -> Iterator[Row]:
        """Rows of an ordered query, fetched page by page."""
        at = 0
        while True:
            # the query within a query: Virtuoso sorts no more than 10,000 rows for OFFSET and LIMIT beside ORDER BY
            page = self.select(f"SELECT * WHERE {{ {{ {ordered} }} }} OFFSET {at} LIMIT {_PAGE}", doing)
            yield from page
            if len(page) < _PAGE:
                return
            at += _PAGE

    # -- writing

    def put(self, graph: str, piece: Piece, doing: str) -> None:
        """The graph holds these triples and no others."""
        if self.profile.puts:
            self._send("PUT", graph, piece, doing)
        else:
            self.update(f"DROP SILENT {_named(graph)}", doing)
            self._send("POST", graph, piece, doing)

    def post(self, graph: str, piece: Piece, doing: str) -> None:
        """The graph holds these triples too."""
        self._send("POST", graph, piece, doing)

    def insert(self, piece: Piece, doing: str) -> None:
        """Send an INSERT DATA update."""
        self._body("POST", self.addresses.update, None, "application/sparql-update", piece, doing)

    def delete(self, graph: str, doing: str, *, once: bool = False) -> None:
        """The graph is not there, whether it was or not."""
        if self.addresses.update:
            self.update(f"DROP SILENT {_named(graph)}", doing, once=once)
        else:
            url, params = self._graph(graph)
            self.client.send("DELETE", url, params=params, doing=doing, accept=frozenset({404}), once=once)

    def update(self, sparql: str, doing: str, *, once: bool = False) -> None:
        """Send a small SPARQL Update."""
        self.client.send("POST", self.addresses.update, form={"update": sparql}, doing=doing, once=once)

    def move(self, source: str, target: str, doing: str) -> None:
        """One try: a graph takes the name of another, which goes. A second MOVE, of a graph that has gone already,
        would empty the target (Virtuoso)."""
        self.update(f"MOVE {_named(source)} TO {_named(target)}", doing, once=True)

    def add(self, source: str, target: str, doing: str) -> None:
        """A graph holds the triples of another too."""
        self.update(f"ADD {_named(source)} TO {_named(target)}", doing)

    def _send(self, method: str, graph: str, piece: Piece, doing: str) -> None:
        url, params = self._graph(graph)
        self._body(method, url, params, _NTRIPLES, piece, doing)

    def _body(self, method: str, url: str, params: dict[str, str] | None, kind: str, piece: Piece, doing: str) -> None:
        # the length is told: of a body without it Virtuoso takes nothing, and says 201
        headers = {"Content-Type": kind, "Content-Length": str(len(piece))}
        self.client.send(method, url, params=params, headers=headers, body=piece, doing=doing)

    def _graph(self, graph: str) -> tuple[str, dict[str, str] | None]:
        if graph:
            return self.addresses.graphs, {self.profile.parameter: graph}
        return f"{self.addresses.graphs}?default", None


def _within(graph: str, pattern: str) -> str:
    return f"GRAPH {iri(graph)} {{ {pattern} }}" if graph else pattern


def _named(graph: str) -> str:
    return f"GRAPH {iri(graph)}" if graph else "DEFAULT"


def _called(graph: str) -> str:
    return f"graph {graph}" if graph else "the default graph"


def _rows(answer: Answer, url: str, doing: str) -> list[Row]:
    try:
        bindings = json.loads(answer.text)["results"]["bindings"]
        return [{name: _term(binding) for name, binding in row.items()} for row in bindings]
    except (ValueError, KeyError, TypeError, AttributeError):
        said = " ".join(re.sub(r"<[^>]*>", " ", answer.text[:400]).split())[:80]
        what = f"{doing}: answers, but not with {_RESULTS}: {said}"
        raise StoreError(what, where=url, remedy="is the profile right?") from None


def _term(binding: dict[str, Any]) -> Term:
    datatype = binding.get("datatype", "")
    kind: Any = _KINDS[binding["type"]]
    language = binding.get("xml:lang", "")
    return Term(kind, binding["value"], "" if datatype == _STRING or language else datatype, language)
