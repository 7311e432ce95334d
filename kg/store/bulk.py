"""A store on disk, made of a whole graph at once."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from kg.errors import GraphError
from kg.store.lines import as_file, portions, without_graphs
from kg.store.message import one_line

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["build_store"]

_LINES: Final = 7 << 13
"""Lines that are loaded at once: some 180 MB of memory. The engine hashes them into a table of a power of two places,
at the least 8/7 of their number, and sorts them nine times: a few lines more would take twice the room, many more leave
the processor's cache, and fewer make more files to be merged in the end."""

_SIZE: Final = 64_000_000
"""Bytes that are loaded at once, where lines are long."""

_PORTIONS: Final = 512
"""Files that one merge reads for each of the engine's tables, at the most: a process may open 1,024 as a rule."""


def build_store(nquads: Path | IO[bytes], folder: Path) -> None:
    """A store in ``folder``, which must not exist yet, of N-Quads as they are written here: a file, or one that was
    opened. Raises `GraphError`."""
    import pyoxigraph

    if folder.exists():
        raise GraphError("is there already", where=str(folder), remedy="remove it, or build into another folder")
    try:
        engine = pyoxigraph.Store(str(folder))
        _merge_late()
        opened = nquads.open("rb") if isinstance(nquads, Path) else nullcontext(nquads)
        with opened as file, ThreadPoolExecutor(1) as beside:
            # in portions: the engine keeps all of one call in memory, several times as large as the file
            for number, portion in enumerate(portions(file, _LINES, _SIZE), 1):
                triples = beside.submit(_load_triples, engine, portion)
                engine.bulk_load(as_file(portion), format=pyoxigraph.RdfFormat.N_QUADS)
                triples.result()
                if number % _PORTIONS == 0:
                    engine.optimize()
        engine.optimize()
        engine.flush()
    except (OSError, ValueError, RuntimeError, SyntaxError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise GraphError(f"no store could be made: {one_line(error)}", where=str(folder)) from error


def _load_triples(engine: pyoxigraph.Store, portion: list[bytes]) -> None:
    import pyoxigraph

    # what is read as quads meanwhile need not be checked twice
    lines = as_file(map(without_graphs, portion))
    engine.bulk_load(lines, format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)


def _merge_late() -> None:
    """Merging gives way to loading, where the system can tell threads apart (Linux): the engine would merge each
    portion with all before it as soon as it is there, so the cost of a line would grow with their number."""
    for thread in Path("/proc/self/task").glob("*"):
        with suppress(OSError):  # some other thread may have ended meanwhile
            if (thread / "comm").read_text() == "rocksdb:low\n":
                os.setpriority(os.PRIO_PROCESS, int(thread.name), os.getpriority(os.PRIO_PROCESS, 0) + 10)
