"""Lines of a graph, sorted and written as `kg.build` does it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.config import DEFAULT
from kg.triples import LineSorter

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["write_sorted"]


def write_sorted(batches: Iterable[Iterable[str]], path: Path) -> None:
    """All lines of ``batches`` to ``path``, each once, in no more memory than a build takes."""
    with TemporaryDirectory(dir=path.parent) as aside:
        sorter = LineSorter(Path(aside), DEFAULT.sort_bytes)
        for lines in batches:
            sorter.add(lines)
        sorter.write(path)
