"""How a build grows with its documents: time and peak memory, stage by stage and process by process.

    python -m bench.scale [--documents 2000 10000] [--jobs 2] [--shared DIR] [--work DIR] [--out scale.json]

The documents are made of real ones (`bench.made`). Each build is a process of its own. A stage is a step of
`kg.building`; one that another process does beside has that one's seconds and memory.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench import texts
from bench.made import make_documents
from bench.measure import child, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.beside import Beside, Task

__all__ = ["STAGES", "Pace", "build"]

STAGES: Final = {
    "write_ledger": "start and ledger",
    "resolve": "persons",
    "graph_lines": "lines",
    "_files": "N-Quads, Turtle",
    "_describe": "description",
    "_store": "store",
    "_picture": "picture",
    "validate_graph": "validation",
    "write_report": "report",
}
"""Steps of `kg.building`, in the order of their beginning, and what they are called in the table."""

_WORKER, _LINES = "reading", "lines"
"""Processes that do no stage by themselves."""


def measure(paths: str, out: str, jobs: int) -> dict[str, Any]:
    """A build in this process. ``others``: by its id, what each process beside it did."""
    import kg.beside
    import kg.building
    from kg.parts import engine_of

    steps = _Steps()
    for name in STAGES:
        setattr(kg.building, name, steps.watched(name, getattr(kg.building, name)))
    kg.beside.Beside.start = steps.start(kg.beside.Beside.start)  # type: ignore[method-assign]
    read = Pace()
    report = kg.building.build_graph(
        [paths], out, engine=engine_of(jobs=jobs), jobs=jobs, progress=read.begin, tally=read.tally
    )
    measured = {"seconds": steps.now(), "peak_mb": _peak(), "reading": read.as_json()}
    return {**measured, "stages": steps.told, "others": steps.others, "totals": report.totals()}


class _Steps:
    """What each step took: ``seconds``, ``until`` when after the beginning, ``peak_mb`` of its process by then, whether
    that was one ``beside``."""

    def __init__(self) -> None:
        self.told: dict[str, dict[str, Any]] = {}
        self.others: dict[int, str] = {}
        self._began = time.time()  # which other processes know too
        self._names: dict[Callable[..., Any], str] = {}

    def now(self) -> float:
        return round(time.time() - self._began, 2)

    def watched(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            result, *spent = _timed(step, args, more)
            self._note(name, *spent)
            return result

        self._names[run] = name
        return run

    def start(self, begin: Callable[..., Task]) -> Callable[..., Task]:
        """`kg.beside.Beside.start` whose processes tell what they took."""

        def started(beside: Beside, call: Callable[..., Any], *arguments: Any) -> Task:
            name = self._names.get(call, "")
            task = begin(beside, _timed, name or call, arguments, {})
            result = task.result

            def unwrapped() -> Any:
                value, *spent = result()
                self.others[int(spent[-1])] = STAGES.get(name, _LINES)
                if name:
                    self._note(name, *spent)
                return value

            task.result = unwrapped  # type: ignore[method-assign]
            return task

        return started

    def _note(self, name: str, seconds: float, end: float, peak: float, process: float) -> None:
        until = round(end - self._began, 2)
        beside = process != os.getpid()
        self.told[name] = {"seconds": round(seconds, 2), "until": until, "peak_mb": peak, "beside": beside}
        say(f"{STAGES[name]} {self.told[name]}")  # a long run shows where it is


def _timed(
    step: Callable[..., Any] | str, args: tuple[Any, ...], more: dict[str, Any]
) -> tuple[Any, float, float, float, int]:
    """What a step (or that of `kg.building` with this name) gives, its seconds, when it ended, the most memory of its
    process in MB, and which that was."""
    import kg.building

    start = time.perf_counter()
    step = getattr(kg.building, step) if isinstance(step, str) else step
    result = step(*args, **more)
    return result, time.perf_counter() - start, time.time(), _peak(), os.getpid()


class Pace:
    """Notes when characters were read, from the first document's beginning on."""

    def __init__(self) -> None:
        self._began = 0.0
        self._notes: list[tuple[float, int]] = []

    def begin(self, _done: int, _total: int, _name: str) -> None:
        self._began = self._began or time.perf_counter()

    def tally(self, characters: int) -> None:
        before = self._notes[-1][1] if self._notes else 0
        self._notes.append((time.perf_counter() - self._began, before + characters))

    def as_json(self) -> dict[str, Any]:
        """Seconds and characters; ``slope``: what the last tenth of the characters took, by what the first did."""
        seconds, characters = self._notes[-1]

        def at(share: float) -> float:
            """When so much was read; between two notes, in proportion."""
            wanted = share * characters
            last = 0.0, 0
            for note in self._notes:
                if note[1] >= wanted:
                    return last[0] + (note[0] - last[0]) * (wanted - last[1]) / max(1, note[1] - last[1])
                last = note
            return seconds

        slope = round((seconds - at(0.9)) / at(0.1), 2) if len(self._notes) >= 20 and at(0.1) else None
        return {"seconds": round(seconds, 2), "characters": characters, "slope": slope}


def _peak() -> float:
    """The most that this process had in memory, in MB. Not `resource`, which counts the parent's before the start."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((round(int(line.split()[1]) / 1024, 1) for line in lines if line.startswith("VmHWM")), 0.0)


def build(count: int, jobs: int, data: Path | None = None, work: Path | None = None) -> dict[str, Any]:
    """A build of ``count`` documents, in a process of its own. ``memory``: the most of a process of each kind, in MB.

    ``data``: real texts beside those of ``seeds/``; ``work``: where the documents and the graph lie meanwhile, some 120
    KB for each document.
    """
    with tempfile.TemporaryDirectory(dir=work) as place:
        (folder := Path(place, "in")).mkdir()
        characters = make_documents(folder, count, data)
        out, tree = child("-m", "bench.scale", "--jobs", str(jobs), "--measure", str(folder), f"{place}/out")
        quads = _lines(Path(place, "out", "graph.nq"))
    told = json.loads(out.splitlines()[-1])
    others = told.pop("others")
    memory = {"main": told["peak_mb"]}
    for process, peak in tree.peak.items():
        if process != tree.root:
            name = others.get(str(process), _WORKER)
            memory[name] = max(peak, memory.get(name, 0.0))
    return {"documents": count, "characters": characters, "jobs": jobs, **told, "quads": quads, "memory": memory}


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(partial(file.read, 1 << 20), b""))


def main() -> None:
    """Print a table; write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[2000, 10000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shared", type=Path, help="folder with data/unpc-dev and data/akn-zh")
    parser.add_argument("--work", type=Path, help="folder for documents and graphs (default: that of temporary files)")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        source, out = given.measure
        print(json.dumps(measure(source, out, given.jobs)))
        return
    sizes: list[dict[str, Any]] = []
    for count in given.documents:
        told = build(count, given.jobs, texts.data(given.shared) if given.shared else None, given.work)
        sizes.append(told)
        triples = told["totals"]["triples"]
        print(f"{count} documents, {told['characters']:,} characters, {triples:,} triples, --jobs {given.jobs}")
        print(f"  {'all':20}{told['seconds']:9.1f} s {told['peak_mb']:9.1f} MB")
        print(f"  {'reading':20}{told['reading']['seconds']:9.1f} s  slope {told['reading']['slope']}")
        for name, stage in told["stages"].items():
            until = f"until {stage['until']:.1f} s"
            print(f"  {STAGES[name]:20}{stage['seconds']:9.1f} s {stage['peak_mb']:9.1f} MB  {until}")
        print(f"  memory: {', '.join(f'{name} {peak} MB' for name, peak in told['memory'].items())}")
    if given.out:
        machine = {"python": platform.python_version(), "platform": platform.platform(), "cores": os.cpu_count()}
        told = {"bench": "scale", "machine": machine, "jobs": given.jobs, "sizes": sizes}
        given.out.write_text(f"{json.dumps(told, ensure_ascii=False, indent=2)}\n", "utf-8")


if __name__ == "__main__":
    main()
