"""Lines of a graph, sorted and written as `kg.building` does it."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.config import DEFAULT
from kg.triples import Slicer, write_quads

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["write_sorted"]


def write_sorted(batches: Iterable[Iterable[str]], path: Path) -> None:
    """All lines of ``batches`` (lines or blocks) to ``path``, each once, in no more memory than a build takes."""
    with TemporaryDirectory(dir=path.parent) as aside:
        slicer = Slicer(Path(aside), DEFAULT.sort_bytes)
        for blocks in batches:
            slicer.add(blocks)
        deque(write_quads(slicer.slices(), path), maxlen=0)
