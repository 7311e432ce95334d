"""One worker, two, and two of Dask and of Ray on this machine: the same parts, read.

Each contender is a process of its own with an empty work folder. Figures of a reading: ``seconds`` from its call to its
end, with what it takes to start processes and to load the pipeline in each; ``reading`` from the first document's
beginning on; ``start``, the time in which a cluster of Dask or Ray comes up, which is not in ``seconds``.

``by_processor`` is the speed-up that a machine with nothing else to do would come near to, from the processor time of
the ``busiest`` process of each contender, start-up in it: it holds on a busy machine too.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.made import make_documents
from bench.measure import child, say
from kg.config import DEFAULT
from kg.inputs import find_inputs
from kg.ledger import Head, maker, model_facts
from kg.parts import Engine, Task, deal, engine_of, read_parts
from kg.pipeline import MODEL

__all__ = ["ALONE", "TWO", "compare"]

ALONE, TWO, DASK, RAY = "--jobs 1", "--jobs 2", "Dask, two workers", "Ray, two workers"


def compare(documents: int, times: int, *, clusters: bool = True) -> dict[str, Any]:
    """All contenders in interleaved rounds, on documents made by `bench.made`."""
    names = [ALONE, TWO, *((DASK, RAY) if clusters else ())]
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as place:
        (folder := Path(place, "in")).mkdir()
        characters = make_documents(folder, documents)
        for at in range(times):
            for name in names[at % len(names) :] + names[: at % len(names)]:
                with tempfile.TemporaryDirectory() as work:
                    out, tree = child("-m", "bench.workers", name, str(folder), work)
                told = json.loads(out.splitlines()[-1])
                told |= {"processor": round(tree.processor, 2), "peak_mb": max(tree.peak.values(), default=None)}
                told["memory_mb"] = round(sum(tree.peak.values()), 1)
                told["busiest"] = round(max(tree.seconds.values(), default=0.0), 2)
                found[name].append(told)
                say(f"{documents} documents, {name}, round {at + 1} of {times}: {told}")
    rows = {name: {key: _median(told, key) for key in told[0]} for name, told in found.items()}
    alone = rows[ALONE]
    for row in rows.values():
        row["by_processor"] = round(alone["busiest"] / row["busiest"], 2) if row["busiest"] else None
        row["is_times_one"] = round(alone["seconds"] / row["seconds"], 2)
        row["reading_is_times_one"] = round(alone["reading"] / row["reading"], 2) if row["reading"] else None
    return {"documents": documents, "characters": characters, "rounds": times, "contenders": rows}


def _median(told: list[dict[str, Any]], key: str) -> Any:
    values = [each[key] for each in told if each[key] is not None]
    return round(statistics.median(values), 2) if values else None


def measure(name: str, source: str, work: str) -> dict[str, Any]:
    """A reading in this process and those that it starts."""
    inputs, _ = find_inputs([source])
    task = Task(Head(maker(), model_facts(MODEL), DEFAULT))
    began = time.perf_counter()
    with ExitStack() as stack:
        engine = _engine(name, stack)
        started = time.perf_counter()
        seen: list[float] = []
        entries = read_parts(
            task, deal(inputs), Path(work), engine, progress=lambda *_: seen.append(time.perf_counter())
        )
        next(entries)
        ended = time.perf_counter()
    reading = ended - seen[0] if name in (ALONE, TWO) else None  # clusters tell the ends of parts only
    return {"start": round(started - began, 2), "seconds": round(ended - started, 2), "reading": reading}


def _engine(name: str, stack: ExitStack) -> Engine:
    if name == DASK:
        import distributed

        made: Any = distributed
        cluster = made.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        )
        stack.enter_context(cluster)
        return engine_of("dask://" + cluster.scheduler_address.removeprefix("tcp://"))
    if name == RAY:
        return engine_of("ray:")
    return engine_of(jobs=1 if name == ALONE else 2)


def main() -> None:
    """What a contender runs as."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=(ALONE, TWO, DASK, RAY))
    parser.add_argument("source")
    parser.add_argument("work")
    given = parser.parse_args()
    print(json.dumps(measure(given.name, given.source, given.work)))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
