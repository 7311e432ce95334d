"""Graphs that can be asked: the only room that knows the engine (Oxigraph).

    >>> graph = open_graph("out")                                    # doctest: +SKIP
    >>> graph.select("SELECT ?s WHERE { ?s a sc:State }")            # doctest: +SKIP
    [{'s': Term(kind='iri', value='https://w3id.org/unsc-kg/id/state/VNM', ...)}]

A query sees all triples as its default graph, each once, and the documents' graphs by name; it may use the prefixes of
`kg.vocabulary` without declaring them. It can neither change a graph nor leave the process (`kg.store.sparql`).

Why the default graph holds the merged triples: Oxigraph's own union of named graphs gives a triple once for every graph
that holds it, so that counts and rows would differ from those on ``graph.ttl``.
"""

from __future__ import annotations

import io
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Literal

from kg.errors import GraphError, QueryError
from kg.store.sparql import check_query, query_form
from kg.triples.runs import read_lines
from kg.triples.text import Term, fit_iri, split_line
from kg.triples.turtle import sorted_lines, triples
from kg.vocabulary import BASE, PREFIXES, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyoxigraph
    from typing_extensions import Buffer

__all__ = ["SUFFIXES", "Result", "Store", "build_store", "open_graph"]

SUFFIXES: Final = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")
"""Endings of the files that `open_graph` reads."""

_SLICE: Final = 100_000
"""Lines that are loaded at once: some 130 MB of memory."""

_STRING = PREFIXES["xsd"] + "string"
_LANGUAGE_STRING = PREFIXES["rdf"] + "langString"


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

    def __init__(self, engine: pyoxigraph.Store, base: str = BASE) -> None:
        self._engine = engine
        self._base = base
        self._prefixes = prefixes(base)
        self._default: list[Any] | None = None
        self._named: list[Any] | None = None

    @classmethod
    def of(cls, lines: Iterable[str], base: str = BASE) -> Store:
        """In memory, of N-Quads (or N-Triples) lines without line ends."""
        import pyoxigraph

        engine = pyoxigraph.Store()
        engine.bulk_load(_file(lines), format=pyoxigraph.RdfFormat.N_QUADS)
        _merge(engine)
        return cls(engine, base)

    def __len__(self) -> int:
        """Number of triples, each once."""
        return sum(1 for _ in self._engine.quads_for_pattern(None, None, None, _default_graph()))

    def query(self, sparql: str, *, most: int | None = None) -> Result:
        """The answer to any SPARQL 1.1 query, of ``most`` rows or triples at the most.

        Raises `QueryError`: it does not parse, is refused (update, SERVICE, LOAD, FROM a file), or fails while it runs.
        """
        import pyoxigraph

        with self._answer(sparql) as answer:
            if isinstance(answer, pyoxigraph.QueryBoolean):
                return Result("ask", truth=bool(answer))
            if isinstance(answer, pyoxigraph.QueryTriples):
                found = tuple(_triples(islice(answer, most)))
                return Result("construct", triples=found, cut=next(answer, None) is not None)
            assert isinstance(answer, pyoxigraph.QuerySolutions)
            variables = tuple(variable.value for variable in answer.variables)
            rows = tuple(_rows(islice(answer, most), variables))
            return Result("select", variables, rows, cut=next(answer, None) is not None)

    def rows(self, sparql: str) -> Iterator[dict[str, Term]]:
        """`select`, one row after the other, for answers that are as big as the graph."""
        import pyoxigraph

        with self._answer(sparql) as answer:
            if not isinstance(answer, pyoxigraph.QuerySolutions):
                raise QueryError(f"a {query_form(sparql)} query where SELECT is wanted")
            yield from _rows(answer, tuple(variable.value for variable in answer.variables))

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


def open_graph(path: str | Path, base: str = BASE) -> Store:
    """The graph at ``path``: a built folder (its ``store/`` is opened at once, read only) or a file, by its ending.

    Raises `GraphError`: nothing there, no graph in it, or a file that does not parse (with line and column).
    """
    place = Path(path)
    if place.is_dir():
        return Store(_open_folder(place), base)
    if not place.exists():
        raise GraphError("no such graph", where=str(path), remedy="kg build PATH... -o DIR makes one")
    if place.suffix.lower() not in SUFFIXES:
        raise GraphError(
            f"a graph cannot be read from {place.suffix or 'a file without ending'}",
            where=str(path),
            remedy=f"give a built folder or a file ending in {' '.join(SUFFIXES)}",
        )
    return Store(_load_file(place), base)


def build_store(nquads: Path, folder: Path) -> None:
    """A store in ``folder``, which must not exist yet, of a sorted N-Quads file. Raises `GraphError`."""
    import pyoxigraph

    if folder.exists():
        raise GraphError("is there already", where=str(folder), remedy="remove it, or build into another folder")
    try:
        engine = pyoxigraph.Store(str(folder))
        _load(engine, read_lines(nquads), pyoxigraph.RdfFormat.N_QUADS)
        _load(engine, triples(read_lines(nquads)), pyoxigraph.RdfFormat.N_TRIPLES)
        engine.optimize()
        engine.flush()
    except (OSError, ValueError, RuntimeError, SyntaxError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise GraphError(f"no store could be made: {_message(error)}", where=str(folder)) from error


def _load(engine: pyoxigraph.Store, lines: Iterator[str], form: pyoxigraph.RdfFormat) -> None:
    """In slices: the engine keeps all of one call in memory, several times as large as the file."""
    while first := next(lines, None):
        engine.bulk_load(_file(chain([first], islice(lines, _SLICE - 1))), format=form)


def _open_folder(folder: Path) -> pyoxigraph.Store:
    import pyoxigraph

    store = next((f for f in (folder / "store", folder) if (f / "CURRENT").is_file()), None)
    if store is None:
        if (folder / "graph.nq").is_file():
            return _load_file(folder / "graph.nq")
        raise GraphError("no graph in this folder", where=str(folder), remedy="kg build PATH... -o DIR makes one")
    try:
        return pyoxigraph.Store.read_only(str(store))
    except (OSError, ValueError, RuntimeError) as error:
        raise GraphError(
            f"the store cannot be opened: {_message(error)}", where=str(store), remedy="build the graph again"
        ) from error


def _load_file(path: Path) -> pyoxigraph.Store:
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(path.suffix.lower().lstrip("."))
    assert form is not None
    engine = pyoxigraph.Store()
    try:
        engine.bulk_load(path=str(path), format=form, base_iri=path.resolve().as_uri())
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise GraphError(f"does not parse: {_message(error)}", where=f"{path}{line}") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise GraphError(f"cannot be read: {_message(error)}", where=str(path)) from error
    _merge(engine)
    return engine


def _merge(engine: pyoxigraph.Store) -> None:
    """All triples of named graphs in the default graph too."""
    engine.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")


def _is_iri(text: str) -> bool:
    """Whether the engine takes it for the name of a graph."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) is not None and fit_iri(text) == text


def _default_graph() -> pyoxigraph.DefaultGraph:
    import pyoxigraph

    return pyoxigraph.DefaultGraph()


class _Lines(io.RawIOBase):
    """Lines as a file to read from, so that a big graph is never one big string."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        room = memoryview(buffer).cast("B")
        if not self._left:
            self._left = b"".join(line.encode("utf-8") + b"\n" for line in islice(self._lines, 256))
        count = min(len(room), len(self._left))
        room[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def _file(lines: Iterable[str]) -> IO[bytes]:
    return io.BufferedReader(_Lines(lines), 1 << 16)


def _triples(answer: Iterable[Any]) -> list[str]:
    return sorted_lines(f"{_term(t.subject).n3()} {_term(t.predicate).n3()} {_term(t.object).n3()} ." for t in answer)


def _rows(answer: Iterable[Any], variables: tuple[str, ...]) -> Iterator[dict[str, Term]]:
    for solution in answer:
        yield {name: _term(value) for name in variables if (value := solution[name]) is not None}


def _term(value: Any) -> Term:
    import pyoxigraph

    if isinstance(value, pyoxigraph.NamedNode):
        return Term("iri", value.value)
    if isinstance(value, pyoxigraph.BlankNode):
        return Term("bnode", value.value)
    if not isinstance(value, pyoxigraph.Literal):
        raise QueryError("the answer holds a triple term, which RDF 1.1 has not", remedy="select its parts")
    if value.language:
        return Term("literal", value.value, language=value.language)
    datatype = value.datatype.value
    return Term("literal", value.value, "" if datatype in (_STRING, _LANGUAGE_STRING) else datatype)


def _message(error: BaseException) -> str:
    """An engine's message on one line, without its list of everything that it would have taken instead."""
    text = " ".join(str(getattr(error, "msg", None) or error).split())
    return text if len(text) < 160 else text[:157] + "..."
