"""How a build grows with its documents: time and peak memory, stage by stage.

    python bench/scale.py [--documents 2000 10000] [--jobs 1] [--out bench/scale.json]

The documents are made by recombining paragraphs of ``seeds/`` and ``tests/corpus/``: the letterhead of one, paragraphs
of others, a symbol of its own, the same for the same number. They say what no document ever said, but their names,
sentences and facts are as many as real ones have. Each build is a process of its own; a stage is a step of
`kg.building.write_graph`, its memory the highest that the process had up to the stage's end.

Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
STAGES = ("write_ledger", "resolve", "description", "build_store", "open_graph", "export_html", "validate_graph")
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
    report = kg.building.build_graph([paths], out, engine=engine_of(jobs=jobs))
    seconds = round(time.perf_counter() - began, 2)
    return {"seconds": seconds, "peak_mb": _peak(), "stages": stages, "totals": report.totals()}


def _peak() -> float:
    """The most that this process had in memory, in MB."""
    import resource

    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


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
        with tempfile.TemporaryDirectory() as place:
            (folder := Path(place, "in")).mkdir()
            characters = make_documents(folder, count)
            command = [sys.executable, __file__, "--jobs", str(given.jobs), "--measure", str(folder), f"{place}/out"]
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            ran = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment)
            told = {"documents": count, "characters": characters, **json.loads(ran.stdout.splitlines()[-1])}
        sizes.append(told)
        triples = told["totals"]["triples"]
        print(f"{count} documents, {characters:,} characters, {triples:,} triples, --jobs {given.jobs}")
        print(f"  {'all':16}{told['seconds']:9.1f} s {told['peak_mb']:9.1f} MB")
        for name, stage in told["stages"].items():
            print(f"  {name:16}{stage['seconds']:9.1f} s {stage['peak_mb']:9.1f} MB  until {stage['until']:.1f} s")
    if given.out:
        machine = {"python": platform.python_version(), "platform": platform.platform(), "cores": os.cpu_count()}
        told = {"bench": "scale", "machine": machine, "jobs": given.jobs, "sizes": sizes}
        given.out.write_text(f"{json.dumps(told, ensure_ascii=False, indent=2)}\n", "utf-8")


if __name__ == "__main__":
    main()
