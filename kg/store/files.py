"""Graphs on disk: opened, and made."""

from __future__ import annotations

import gzip
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from kg.errors import GraphError
from kg.store.graph import Store, merge
from kg.store.lines import as_file, blocks, portions, without_graphs
from kg.vocabulary import BASE

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["SUFFIXES", "build_store", "open_graph"]

SUFFIXES: Final = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")
"""Endings of the files that `open_graph` reads."""

_LINES: Final = 7 << 16
"""Lines that are loaded at once: some 550 MB of memory. The engine hashes them into a table of a power of two places,
at the least 8/7 of their number: a few lines more would take twice the room. Fewer lines at once make more files, whose
keys overlap, so that the engine merges them again and again."""

_SIZE: Final = 128_000_000
"""Bytes that are loaded at once, where lines are long."""


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


def build_store(nquads: Path | IO[bytes], folder: Path) -> None:
    """A store in ``folder``, which must not exist yet, of N-Quads as they are written here: a file, or one that was
    opened. Raises `GraphError`."""
    import pyoxigraph

    if folder.exists():
        raise GraphError("is there already", where=str(folder), remedy="remove it, or build into another folder")
    try:
        engine = pyoxigraph.Store(str(folder))
        with nquads.open("rb") if isinstance(nquads, Path) else nullcontext(nquads) as file:
            # in portions: the engine keeps all of one call in memory, several times as large as the file
            for portion in portions(file, _LINES, _SIZE):
                engine.bulk_load(as_file(portion), format=pyoxigraph.RdfFormat.N_QUADS)
                # what has just been read as quads need not be checked again
                triples = as_file(map(without_graphs, portion))
                engine.bulk_load(triples, format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
        engine.optimize()
        engine.flush()
    except (OSError, ValueError, RuntimeError, SyntaxError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise GraphError(f"no store could be made: {_message(error)}", where=str(folder)) from error


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
            f"the store cannot be opened: {_message(error)}", where=str(store), remedy="build the graph again"
        ) from error


def _load_file(path: Path, named: bool) -> pyoxigraph.Store:
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(_ending(path).lstrip("."))
    assert form is not None
    engine = pyoxigraph.Store()
    try:
        with _open(path) as file:
            quick = form == pyoxigraph.RdfFormat.N_QUADS and not named
            source = as_file(map(without_graphs, blocks(file))) if quick else file
            engine.bulk_load(source, format=form, base_iri=path.resolve().as_uri())
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise GraphError(f"does not parse: {_message(error)}", where=f"{path}{line}") from None
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        raise GraphError(f"cannot be read: {_message(error)}", where=str(path)) from error
    merge(engine)
    return engine


def _open(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _ending(path: Path) -> str:
    """That of the graph in the file."""
    return Path(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()


def _message(error: BaseException) -> str:
    """An engine's message on one line, without its list of everything that it would have taken instead."""
    text = " ".join(str(getattr(error, "msg", None) or error).split())
    return text if len(text) < 160 else text[:157] + "..."
