"""How a build grows with its documents: time and peak memory, stage by stage.

    python -m bench.scale [--documents 2000 10000] [--jobs 1] [--out bench/scale.json]

The documents are made by recombining paragraphs of ``seeds/`` and ``tests/corpus/``: the letterhead of one, paragraphs
of others, a symbol of its own, the same for the same number. They say what no document ever said, but their names,
sentences and facts are as many as real ones have. Each build is a process of its own; a stage is a step of
`kg.building.write_graph`, its memory the highest that the process had up to the stage's end.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import ROOT, child

if TYPE_CHECKING:
    from collections.abc import Callable

STAGES = (
    "write_ledger",
    "resolve",
    "graph_lines",
    "write_turtle",
    "description",
    "build_store",
    "export_html",
    "validate_graph",
)
_BREAK = re.compile(r"\n\s*\n")


def make_documents(folder: Path, count: int) -> int:
    """``count`` documents in ``folder``; how many characters they have."""
    texts = [path.read_text("utf-8-sig") for path in sorted([*ROOT.glob("seeds/*.txt"), *_corpus()])]
    split = [[part for part in _BREAK.split(text) if part.strip()] for text in texts]
    body = [part for parts in split for part in parts[3:]]
    characters = 0
    for i in range(count):
        chosen = random.Random(i)
        head = chosen.choice(split)[:3]
        text = "\n\n".join([f"S/2020/{i + 1}", *head, *chosen.sample(body, chosen.randint(8, 24))])
        (folder / f"{i // 1000:03d}").mkdir(exist_ok=True)
        (folder / f"{i // 1000:03d}" / f"{i:06d}.txt").write_text(text, "utf-8")
        characters += len(text)
    return characters


def _corpus() -> list[Path]:
    return list((ROOT / "tests" / "corpus").rglob("*.txt"))


def measure(paths: str, out: str, jobs: int) -> dict[str, Any]:
    """A build in this process, with what its stages took."""
    import kg.building
    from kg.parts import engine_of

    stages: dict[str, dict[str, float]] = {}
    began = time.perf_counter()

    def watched(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            start = time.perf_counter()
            result = step(*args, **more)
            end = time.perf_counter()
            stages[name] = {"seconds": round(end - start, 2), "until": round(end - began, 2), "peak_mb": _peak()}
            print(name, stages[name], file=sys.stderr)  # a long run shows where it is
            return result

        return run

    for name in STAGES:
        setattr(kg.building, name, watched(name, getattr(kg.building, name)))
    read = Pace()
    report = kg.building.build_graph(
        [paths], out, engine=engine_of(jobs=jobs), jobs=jobs, progress=read.begin, tally=read.tally
    )
    seconds = round(time.perf_counter() - began, 2)
    measured = {"seconds": seconds, "peak_mb": _peak(), "reading": read.as_json()}
    return {**measured, "stages": stages, "totals": report.totals()}


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


def build(count: int, jobs: int) -> dict[str, Any]:
    """A build of ``count`` documents, in a process of its own. ``worker_mb``: the most that a worker had."""
    with tempfile.TemporaryDirectory() as place:
        (folder := Path(place, "in")).mkdir()
        characters = make_documents(folder, count)
        out, tree = child("-m", "bench.scale", "--jobs", str(jobs), "--measure", str(folder), f"{place}/out")
    told = json.loads(out.splitlines()[-1])
    others = [mb for pid, mb in tree.peak.items() if pid != tree.root]
    return {"documents": count, "characters": characters, "jobs": jobs, **told, "worker_mb": max(others, default=None)}


def main() -> None:
    """Print a table; write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[2000, 10000])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        source, out = given.measure
        print(json.dumps(measure(source, out, given.jobs)))
        return
    sizes: list[dict[str, Any]] = []
    for count in given.documents:
        told = build(count, given.jobs)
        sizes.append(told)
        triples = told["totals"]["triples"]
        print(f"{count} documents, {told['characters']:,} characters, {triples:,} triples, --jobs {given.jobs}")
        print(f"  {'all':16}{told['seconds']:9.1f} s {told['peak_mb']:9.1f} MB")
        print(f"  {'reading':16}{told['reading']['seconds']:9.1f} s {told['worker_mb'] or 0:9.1f} MB in a worker")
        for name, stage in told["stages"].items():
            print(f"  {name:16}{stage['seconds']:9.1f} s {stage['peak_mb']:9.1f} MB  until {stage['until']:.1f} s")
    if given.out:
        machine = {"python": platform.python_version(), "platform": platform.platform(), "cores": os.cpu_count()}
        told = {"bench": "scale", "machine": machine, "jobs": given.jobs, "sizes": sizes}
        given.out.write_text(f"{json.dumps(told, ensure_ascii=False, indent=2)}\n", "utf-8")


if __name__ == "__main__":
    main()
