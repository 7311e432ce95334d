"""How to load a graph into a store."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kg.errors import ConfigError
from kg.remote.client import Credentials
from kg.remote.profiles import PROFILES
from kg.triples.text import fit_iri
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Options"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to load. ``graph``: the IRI of the one graph to put all into. ``append``: what a graph holds stays.
    ``replace``: even what the default graph holds goes. ``prune``: graphs of ours that the store has and the source has
    not are removed. ``timeout``: seconds to wait for an answer. ``via``: ``gsp`` (Graph Store HTTP Protocol) or
    ``update`` (INSERT DATA). ``probes``: subjects read back from each graph, None for all."""

    profile: str | None = None
    credentials: Credentials = field(default_factory=Credentials)
    graph: str | None = None
    append: bool = False
    replace: bool = False
    prune: bool = False
    dry_run: bool = False
    timeout: float = 300.0
    retries: int = 4
    via: Literal["gsp", "update"] = "gsp"
    probes: int | None = 20
    query_url: str | None = None
    update_url: str | None = None
    base: str = BASE
    sleep: Callable[[float], None] = time.sleep

    def check(self) -> None:
        """Raises `ConfigError` for options that do not fit."""
        if self.profile and self.profile not in PROFILES:
            raise ConfigError(f"no profile {self.profile!r}", remedy=f"there are {', '.join(PROFILES)}")
        if self.graph is not None and (":" not in self.graph or fit_iri(self.graph) != self.graph):
            raise ConfigError("is no IRI", where=f"--graph {self.graph}", remedy="give it as https://... or urn:...")
        if self.prune and (self.graph is not None or self.append):
            raise ConfigError("--prune goes with neither --graph nor --append")
