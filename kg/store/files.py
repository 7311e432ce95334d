"""Graphs on disk, opened."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from kg.errors import GraphError
from kg.store.graph import Store, merge
from kg.store.lines import ahead, as_file, blocks, without_graphs
from kg.store.message import one_line
from kg.vocabulary import BASE

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["SUFFIXES", "open_graph"]

SUFFIXES: Final = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")
"""Endings of the files that `open_graph` reads."""


def open_graph(path: str | Path, base: str = BASE, *, named: bool = True) -> Store:
    """The graph at ``path``: a built folder (its ``store/`` is opened at once, read only) or a file, by its ending
    (``.gz`` may follow it).

    ``named``: whether the documents' graphs are wanted by name too; without them a big N-Quads file is read faster.
    Raises `GraphError`: nothing there, no graph in it, or a file that does not parse (with line and column).
    """
    place = Path(path)
    if place.is_dir():
        return Store(_open_folder(place, named), base)
    if not place.exists():
        raise GraphError("no such graph", where=str(path), remedy="kg build PATH... -o DIR makes one")
    if _ending(place) not in SUFFIXES:
        raise GraphError(
            f"a graph cannot be read from {place.suffix or 'a file without ending'}",
            where=str(path),
            remedy=f"give a built folder or a file ending in {' '.join(SUFFIXES)}",
        )
    return Store(_load_file(place, named), base)


def _open_folder(folder: Path, named: bool) -> pyoxigraph.Store:
    import pyoxigraph

    store = next((f for f in (folder / "store", folder) if (f / "CURRENT").is_file()), None)
    if store is None:
        if (folder / "graph.nq").is_file():
            return _load_file(folder / "graph.nq", named)
        raise GraphError("no graph in this folder", where=str(folder), remedy="kg build PATH... -o DIR makes one")
    try:
        return pyoxigraph.Store.read_only(str(store))
    except (OSError, ValueError, RuntimeError) as error:
        raise GraphError(
            f"the store cannot be opened: {one_line(error)}", where=str(store), remedy="build the graph again"
        ) from error


def _load_file(path: Path, named: bool) -> pyoxigraph.Store:
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(_ending(path).lstrip("."))
    assert form is not None
    engine = pyoxigraph.Store()
    try:
        with _open(path) as file:
            quick = form == pyoxigraph.RdfFormat.N_QUADS and not named
            source = as_file(ahead(map(without_graphs, blocks(file)))) if quick else file
            engine.bulk_load(source, format=form, base_iri=path.resolve().as_uri())
    except SyntaxError as error:
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
