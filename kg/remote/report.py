"""What became of every graph on its way into a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import StoreError
from kg.remote.compare import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["GraphState", "LoadFailedError", "LoadReport", "State"]

State = Literal[
    "waiting", "staging", "moving", "sending", "sent", "whole", "as before", "not there", "partial", "not known"
]


@dataclass(slots=True)
class GraphState:
    """One named graph. ``graph``: its IRI, empty for the default graph. ``triples`` were to be sent (None: its turn did
    not come); ``before`` and ``after``: what the store counts, None where it was not asked.

    ``state`` at the end: ``whole`` (sent, counted, read back), ``as before``, ``not there``, ``partial`` (wrong, and
    could not be removed), ``not known`` (as before or whole, nothing between). On the way: ``waiting``, put together
    beside its place (``staging``) and then ``moving`` to it, or ``sending`` straight to it and ``sent``.
    """

    graph: str
    triples: int | None = None
    before: int | None = None
    after: int | None = None
    state: State = "waiting"

    def as_json(self) -> dict[str, Any]:
        return {
            "graph": self.graph or None,
            "triples": self.triples,
            "before": self.before,
            "after": self.after,
            "state": self.state,
        }


@dataclass(slots=True)
class LoadReport:
    """``mode``: ``replace`` or ``append``. ``left``: graphs that a load before this one left half-way, under names of
    their own. ``pruned``: graphs removed, or to be removed in a dry run."""

    url: str
    profile: str
    name: str
    version: str
    mode: str
    dry_run: bool
    graphs: dict[str, GraphState] = field(default_factory=dict)
    comparison: Comparison = field(default_factory=Comparison)
    pruned: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    error: str | None = None

    def in_state(self, *states: State) -> list[GraphState]:
        return [graph for graph in self.graphs.values() if graph.state in states]

    def as_json(self) -> dict[str, Any]:
        found = self.comparison
        return {
            "kg": "load",
            "schema_version": 1,
            "store": {"url": self.url, "profile": self.profile, "name": self.name, "version": self.version or None},
            "mode": self.mode,
            "dry_run": self.dry_run,
            "graphs": [graph.as_json() for graph in self.graphs.values()],
            "pruned": self.pruned,
            "left": self.left,
            "read_back": {"subjects": found.subjects, "triples": found.triples},
            "changes": [
                {"what": change.what, "count": change.count, "sent": change.sent, "got": change.got}
                for change in found.changes.values()
            ],
            "error": self.error,
        }

    def lines(self) -> Iterator[str]:
        """For people: a line a graph, then what the store changed."""
        for graph in self.graphs.values():
            before = "" if graph.before is None else f" (before: {graph.before})"
            state = "to be sent" if self.dry_run else graph.state
            triples = "not sent" if graph.triples is None else graph.triples
            yield f"{state:10}  {graph.graph or 'default graph'}  {triples}{before}"
        for name in self.pruned:
            yield f"{'to remove' if self.dry_run else 'removed':10}  {name}"
        for change in self.comparison.changes.values():
            yield f"changed     {change.what}: {change.count} read back, such as {change.sent} as {change.got}"

    def summary(self) -> str:
        store = f"{self.name} {self.version}".strip()
        triples = sum(graph.triples or 0 for graph in self.graphs.values())
        if self.dry_run:
            return f"{len(self.graphs)} graphs, {triples} triples for {store}; nothing sent"
        found = self.comparison
        same = "as sent" if not found.changes else "the same values, some written otherwise"
        return (
            f"{len(self.graphs)} graphs, {triples} triples in {store}, counted; "
            f"{found.triples} triples of {found.subjects} subjects read back: {same}"
        )

    def state_of_things(self) -> str:
        """How many graphs are in which state, after a failure."""
        told = []
        for state, words in (
            ("whole", "whole"),
            ("as before", "as before"),
            ("not there", "not there"),
            ("partial", "only in part there"),
            ("not known", "as before or whole, not known which"),
        ):
            if count := sum(graph.state == state for graph in self.graphs.values()):
                told.append(f"{count} {words}")
        return f"of {len(self.graphs)} graphs: {', '.join(told)}"


class LoadFailedError(StoreError):
    """A load that ended before its end. ``report`` says what became of every graph."""

    def __init__(self, cause: StoreError, report: LoadReport) -> None:
        remedy = "; ".join(filter(None, (cause.remedy, report.state_of_things())))
        super().__init__(cause.what, where=cause.where, remedy=remedy)
        self.report = report
