"""Graphs on disk, opened."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from kg.errors import GraphError
from kg.store.graph import Store, merge
from kg.store.lines import ahead, as_file, blocks, without_graphs
from kg.store.message import one_line
from kg.store.predicates import predicates_of
from kg.store.sparql import names_graphs
from kg.vocabulary import BASE, prefixes

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["SUFFIXES", "open_graph"]

SUFFIXES: Final = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")
"""Endings of the files that `open_graph` reads."""


def open_graph(path: str | Path, base: str = BASE, *, named: bool = True, only: str | None = None) -> Store:
    """The graph at ``path``: a built folder (its ``store/`` is opened at once, read only) or a file, by its ending
    (``.gz`` may follow it).

    ``named``: whether the documents' graphs are wanted by name too; without them a big N-Quads file is read faster.
    ``only``: the one query that will be asked; of such a file, what cannot be in its answer is then left out.
    Raises `GraphError`: nothing there, no graph in it, or a file that does not parse (with line and column).
    """
    place = Path(path)
    named = names_graphs(only) if only is not None else named
    wanted = None if named or only is None else predicates_of(only, prefixes(base))
    if place.is_dir():
        return _open_folder(place, named, wanted, base)
    if not place.exists():
        raise GraphError("no such graph", where=str(path), remedy="kg build PATH... -o DIR makes one")
    if _ending(place) not in SUFFIXES:
        raise GraphError(
            f"a graph cannot be read from {place.suffix or 'a file without ending'}",
            where=str(path),
            remedy=f"give a built folder or a file ending in {' '.join(SUFFIXES)}",
        )
    return Store(_load_file(place, named, wanted), base)


def _open_folder(folder: Path, named: bool, wanted: frozenset[str] | None, base: str) -> Store:
    import pyoxigraph

    store = next((f for f in (folder / "store", folder) if (f / "CURRENT").is_file()), None)
    if store is None:
        if (folder / "graph.nq").is_file():
            return Store(_load_file(folder / "graph.nq", named, wanted), base)
        raise GraphError("no graph in this folder", where=str(folder), remedy="kg build PATH... -o DIR makes one")
    try:
        size = sum(file.stat().st_size for file in store.glob("*.sst"))
        return Store(pyoxigraph.Store.read_only(str(store)), base, size)
    except (OSError, ValueError, RuntimeError) as error:
        raise GraphError(
            f"the store cannot be opened: {one_line(error)}", where=str(store), remedy="build the graph again"
        ) from error


def _load_file(path: Path, named: bool, wanted: frozenset[str] | None) -> pyoxigraph.Store:
    """``wanted``: predicates, if not all."""
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(_ending(path).lstrip("."))
    assert form is not None
    quick = form == pyoxigraph.RdfFormat.N_QUADS and not named
    engine = pyoxigraph.Store()
    try:
        with _open(path) as file:
            kept = None if wanted is None else frozenset(f"<{iri}>".encode() for iri in wanted)
            source = as_file(ahead(without_graphs(block, kept) for block in blocks(file))) if quick else file
            engine.bulk_load(source, format=form, base_iri=path.resolve().as_uri())
    except SyntaxError as error:
        if quick:
            return _load_file(path, True, None)  # as it stands: the engine counts its lines
        line = f", line {error.lineno}" if error.lineno else ""
        raise GraphError(f"does not parse: {one_line(error)}", where=f"{path}{line}") from None
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        raise GraphError(f"cannot be read: {one_line(error)}", where=str(path)) from error
    merge(engine)
    return engine


def _open(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _ending(path: Path) -> str:
    """That of the graph in the file."""
    return Path(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()
