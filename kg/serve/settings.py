"""What a server is started with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """``folder``: a built folder, or one made like it. ``timeout``: seconds that a query may run. ``max_rows``: rows or
    triples of an answer. ``memory``: MiB that a worker may take (on Linux; 0 is no limit). ``base``: where things
    live."""

    folder: Path
    base: str = BASE
    timeout: float = 30.0
    max_rows: int = 10_000
    workers: int = 4
    memory: int = 2048
