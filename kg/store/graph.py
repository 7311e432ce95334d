"""A graph that can be asked."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.errors import QueryError
from kg.store.cells import read_rows
from kg.store.lines import as_file, encoded
from kg.store.order import sort_rows, split_order
from kg.store.plan import plan
from kg.store.sparql import check_query, query_form
from kg.store.terms import many_rows, term_rows, triple_lines
from kg.triples.text import Term, fit_iri, split_line
from kg.triples.turtle import sorted_lines
from kg.vocabulary import BASE, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyoxigraph

__all__ = ["Result", "Store", "merge"]

_A_ROW: Final = 2_000_000
"""Bytes of a store on disk, some 4,500 triples: among these, and three times as many, the predicates of a query are
scanned in about the time that a row of its answer takes to be looked up. After so many rows as it has such pieces an
answer is found anew by joins (`kg.store.plan`). In memory a lookup costs less than all else."""

_FEWEST: Final = 30

_MANY: Final = 7
"""How many times as many rows there may have to be."""

_LARGEST: Final = 8_000_000_000
"""Bytes of a store whose predicates are not joined any more: they are in memory then, as tables of a gigabyte for each
ten million triples (some 4.4 GB)."""


@dataclass(frozen=True)
class Result:
    """An answer. ``kind`` says what holds it: ``variables`` and ``rows`` (an unbound variable is not in its row),
    ``truth``, or ``triples`` (N-Triples lines, sorted, each once). ``cut``: there was more than was asked for."""

    kind: Literal["select", "ask", "construct"]
    variables: tuple[str, ...] = ()
    rows: tuple[dict[str, Term], ...] = ()
    truth: bool = False
    triples: tuple[str, ...] = ()
    cut: bool = False


class Store:
    """A graph, on disk (read only) or in memory. Made by `open_graph` or `Store.of`."""

    def __init__(self, engine: pyoxigraph.Store, base: str = BASE, size: int = 0) -> None:
        """``size``: bytes on disk; 0 where it is in memory."""
        self._engine = engine
        self._few = max(_FEWEST, size // _A_ROW) if 0 < size < _LARGEST else 0
        self._base = base
        self._prefixes = prefixes(base)
        self._default: list[Any] | None = None
        self._named: list[Any] | None = None

    @classmethod
    def of(cls, lines: Iterable[str], base: str = BASE) -> Store:
        """In memory, of N-Quads (or N-Triples) lines without line ends."""
        import pyoxigraph

        engine = pyoxigraph.Store()
        engine.bulk_load(as_file(encoded(lines)), format=pyoxigraph.RdfFormat.N_QUADS)
        merge(engine)
        return cls(engine, base)

    def __len__(self) -> int:
        """Number of triples, each once."""
        return sum(1 for _ in self._engine.quads_for_pattern(None, None, None, _default_graph()))

    def query(self, sparql: str, *, most: int | None = None) -> Result:
        """The answer to any SPARQL 1.1 query, of ``most`` rows or triples at the most.

        Raises `QueryError`: it does not parse, is refused (update, SERVICE, LOAD, FROM a file), or fails while it runs.
        """
        with many_rows():
            return (most is None and self._sorted(sparql)) or self._found(sparql, most)

    def _found(self, sparql: str, most: int | None) -> Result:
        """`query`, in the engine's order."""
        import pyoxigraph

        with self._answer(sparql) as answer:
            if isinstance(answer, pyoxigraph.QueryBoolean):
                return Result("ask", truth=bool(answer))
            if isinstance(answer, pyoxigraph.QueryTriples):
                lines = tuple(triple_lines(islice(answer, most)))
                return Result("construct", triples=lines, cut=next(answer, None) is not None)
            assert isinstance(answer, pyoxigraph.QuerySolutions)
            variables = tuple(variable.value for variable in answer.variables)
            if most is not None:
                found = tuple(term_rows(islice(answer, most), variables))
                return Result("select", variables, found, cut=next(answer, None) is not None)
            rows = list(term_rows(islice(answer, self._few), variables))
            if self._few and len(rows) == self._few and (joined := self._joined(sparql)):
                with self._answer(joined) as other:
                    return Result("select", variables, tuple(read_rows(other, variables)))
            return Result("select", variables, (*rows, *read_rows(answer, variables)))

    def _joined(self, sparql: str) -> str | None:
        """The query for the rows of another that has more than a few; None where it would hardly be faster."""
        planned = plan(sparql)
        if planned and all(any(self.rows(f"{beyond}{_MANY * self._few}")) for beyond in planned.beyond):
            return planned.text
        return None

    def _sorted(self, sparql: str) -> Result | None:
        """`query` of all rows, sorted here; None where the engine has to."""
        split = split_order(sparql)
        if split is None or query_form(sparql) != "SELECT":
            return None
        result = self._found(split[0], None)
        rows = list(result.rows)
        if {name for name, _ in split[1]} <= {*result.variables} and sort_rows(rows, split[1]):
            return replace(result, rows=tuple(rows))
        return None

    def rows(self, sparql: str) -> Iterator[dict[str, Term]]:
        """`select`, one row after the other, for answers that are as big as the graph."""
        import pyoxigraph

        with self._answer(sparql) as answer:
            if not isinstance(answer, pyoxigraph.QuerySolutions):
                raise QueryError(f"a {query_form(sparql)} query where SELECT is wanted")
            yield from term_rows(answer, tuple(variable.value for variable in answer.variables))

    @contextmanager
    def _answer(self, sparql: str) -> Iterator[Any]:
        """The engine's answer, to be read in the block. Errors as `query`."""
        check_query(sparql)
        try:
            yield self._engine.query(
                sparql, prefixes=self._prefixes, default_graph=self._default, named_graphs=self._named
            )
        except SyntaxError as error:
            place = re.search(r"\b(\d+):(\d+)\b", str(error))
            where = f"line {place[1]}, column {place[2]}" if place else None
            raise QueryError(
                "the query does not parse", where=where, remedy="see what stands there or just before"
            ) from None
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def select(self, sparql: str) -> list[dict[str, Term]]:
        """Rows of a SELECT query, a dictionary each; an unbound variable is not in its row. Errors as `query`."""
        return list(self._expect("select", sparql).rows)

    def ask(self, sparql: str) -> bool:
        """The answer to an ASK query. Errors as `query`."""
        return self._expect("ask", sparql).truth

    def construct(self, sparql: str) -> list[str]:
        """N-Triples lines of a CONSTRUCT or DESCRIBE query, sorted, each once. Errors as `query`."""
        return list(self._expect("construct", sparql).triples)

    def _expect(self, kind: str, sparql: str) -> Result:
        result = self.query(sparql)
        if result.kind != kind:
            raise QueryError(f"a {query_form(sparql)} query where {kind.upper()} is wanted")
        return result

    def holds(self, graph: str) -> bool:
        """Whether there is a named graph of that IRI."""
        import pyoxigraph

        return _is_iri(graph) and self._engine.contains_named_graph(pyoxigraph.NamedNode(graph))

    def dataset(self, default: Sequence[str], named: Sequence[str]) -> Store:
        """The same graph, of which queries see no more than the graphs named: those of ``default``, merged, as the
        default graph and those of ``named`` by their names. What a query says with FROM does not count.

        Raises `QueryError` for a graph that is not there.
        """
        import pyoxigraph

        for graph in (*default, *named):
            if not self.holds(graph):
                raise QueryError(f"there is no graph {graph} here, and none is fetched")
        if len(set(default)) > 1:
            # the engine would give a triple once for every graph that holds it
            narrow = Store(pyoxigraph.Store(), self._base)
            for graph in {*default, *named}:
                quads = list(self._engine.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph)))
                if graph in named:
                    narrow._engine.extend(quads)
                if graph in default:
                    narrow._engine.extend(pyoxigraph.Quad(q.subject, q.predicate, q.object) for q in quads)
            narrow._default = [_default_graph()]
        else:
            narrow = Store(self._engine, self._base)
            narrow._default = [pyoxigraph.NamedNode(graph) for graph in default]
        narrow._named = [pyoxigraph.NamedNode(graph) for graph in named]
        return narrow

    def quads(self) -> Iterator[str]:
        """N-Quads lines of the whole graph, sorted, each once; a triple that stands in no named graph names none."""
        import pyoxigraph

        dump = self._engine.dump(format=pyoxigraph.RdfFormat.N_QUADS)
        assert dump is not None
        # not splitlines(): literals may hold U+2028, which is no line end of N-Quads
        lines = sorted_lines(line for line in dump.decode("utf-8").split("\n") if line)
        for _, group in groupby(((split_line(line), line) for line in lines), key=lambda pair: pair[0][:3]):
            same = list(group)
            yield from (line for parts, line in same if parts[3] or len(same) == 1)


def merge(engine: pyoxigraph.Store) -> None:
    """All triples of named graphs in the default graph too."""
    engine.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")


def _is_iri(text: str) -> bool:
    """Whether the engine takes it for the name of a graph."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) is not None and fit_iri(text) == text


def _default_graph() -> pyoxigraph.DefaultGraph:
    import pyoxigraph

    return pyoxigraph.DefaultGraph()
