"""How a build grows with its documents: time and peak memory, stage by stage and process by process.

    python -m bench.scale [--documents 2000 10000] [--jobs 1] [--shared DIR] [--work DIR] [--out bench/scale.json]

The documents are made by recombining real ones (`bench.made`). Each build is a process of its own; a stage is a step of
`kg.building.build_graph`, its memory the highest that its process had up to the stage's end.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.made import make_documents
from bench.measure import child, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.beside import Beside

__all__ = ["Pace", "build"]

STAGES = {
    "write_ledger": "read and write the ledger",
    "resolve": "who is who",
    "graph_lines": "make the lines",
    "_files": "write N-Quads and Turtle",
    "_describe": "describe",
    "_store": "load the store",
    "_picture": "picture",
    "validate_graph": "validate",
    "write_report": "report",
}
"""Steps of `kg.building`, in their order, and what they are called in the table."""


def measure(paths: str, out: str, jobs: int) -> dict[str, Any]:
    """A build in this process, with what its stages took, wherever they ran. ``others``: highest memory by the id of
    processes that did one, and which."""
    import kg.beside
    import kg.building
    from kg.parts import engine_of

    stages: dict[str, dict[str, Any]] = {}
    others: dict[int, tuple[str, float]] = {}
    began = time.perf_counter()

    def note(name: str, start: float, *, peak: float, beside: bool) -> None:
        end = time.perf_counter()
        told = {"seconds": round(end - start, 2), "until": round(end - began, 2), "peak_mb": peak, "beside": beside}
        stages[name] = told
        say(f"{name} {told}")  # a long run shows where it is

    def watched(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            start = time.perf_counter()
            result = step(*args, **more)
            note(name, start, peak=_peak(), beside=False)
            return result

        return run

    steps = {name: getattr(kg.building, name) for name in STAGES}
    for name, step in steps.items():
        setattr(kg.building, name, watched(name, step))
    start_beside = kg.beside.Beside.start

    def start(self: Beside, call: Callable[..., Any], *arguments: Any) -> Any:
        """Another process does the step, and tells what it took."""
        name = next((name for name in STAGES if getattr(kg.building, name) is call), None)
        task = start_beside(self, _told, steps[name] if name else call, arguments)
        result = task.result

        def unwrapped() -> Any:
            value, seconds, peak, pid = result()
            others[pid] = name or "graph_lines", peak
            if name:
                stages[name] = {
                    "seconds": round(seconds, 2),
                    "until": round(time.perf_counter() - began, 2),
                    "peak_mb": peak,
                    "beside": True,
                }
                say(f"{name} {stages[name]}")
            return value

        task.result = unwrapped  # type: ignore[method-assign]
        return task

    kg.beside.Beside.start = start  # type: ignore[method-assign]
    read = Pace()
    report = kg.building.build_graph(
        [paths], out, engine=engine_of(jobs=jobs), jobs=jobs, progress=read.begin, tally=read.tally
    )
    seconds = round(time.perf_counter() - began, 2)
    measured = {"seconds": seconds, "peak_mb": _peak(), "reading": read.as_json()}
    return {**measured, "stages": stages, "others": others, "totals": report.totals()}
