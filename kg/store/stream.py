"""A graph file read as a stream: flat in memory, the line named where it does not parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["stream_quads"]


def stream_quads(path: Path) -> Iterator[tuple[str, str]]:
    """Each triple as a line of N-Triples, with the name of its graph (``<...>``, ``_:...`` or empty), as they come.

    Language tags come in lower case. Raises `GraphError`: no such file, an ending that is not read, or what does not
    parse, with its line.
    """
    import pyoxigraph

    from kg.store import SUFFIXES

    if not path.exists():
        raise GraphError("no such graph", where=str(path), remedy="kg build PATH... -o DIR makes one")
    if path.suffix.lower() not in SUFFIXES:
        remedy = f"give a built folder or a file ending in {' '.join(SUFFIXES)}"
        raise GraphError(
            f"a graph cannot be read from {path.suffix or 'a file without ending'}", where=str(path), remedy=remedy
        )
    form = pyoxigraph.RdfFormat.from_extension(path.suffix.lower().lstrip("."))
    assert form is not None
    default = pyoxigraph.DefaultGraph()
    try:
        for quad in pyoxigraph.parse(path=str(path), format=form, base_iri=path.resolve().as_uri()):
            graph = "" if quad.graph_name == default else str(quad.graph_name)
            yield f"{quad.subject} {quad.predicate} {quad.object} .", graph
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        said = " ".join(str(error.msg).split())[:160]
        raise GraphError(f"does not parse: {said}", where=f"{path}{line}") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise GraphError(f"cannot be read: {error}", where=str(path)) from error
