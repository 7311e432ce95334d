"""Floors held by `.ci/run`, below which something is broken: ratios of one run, generous, since machines are busy.

They are far below what `docs/benchmarks.md` tells. What is below its floor is measured once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.measure import say

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FLOORS", "gate"]

FLOORS = {"pipeline": 8.0, "writing": 8.0, "workers": 1.3}
"""Times the spaCy peer with rdflib; times rdflib's N-Quads; two workers by one."""


def _pipeline() -> float:
    """On the seeds and a part of the corpus of the tests, by processor time."""
    from bench import texts
    from bench.peer import Peer
    from bench.pipeline import SPACY, compare
    from kg.pipeline import load_pipeline

    nlp = load_pipeline()
    tokenizer: Any = nlp.tokenizer
    peer = Peer(tokenizer.segmenter)
    seeds, corpus = texts.seeds(), texts.corpus(12)
    both = texts.Text("seeds and corpus", seeds.inputs + corpus.inputs, seeds.plain + corpus.plain)
    return float(compare(both, nlp, peer, 1, others=False)["contenders"][SPACY]["ours_is_times"])


def _writing() -> float:
    """By processor time."""
    from bench.quads import compare_writing

    return float(compare_writing(60_000, 1, also_turtle=False)["rdflib_is_times"]["N-Quads"])


def _workers() -> float:
    """By the processor time of the busiest process: the clock of a busy machine says little of two processes."""
    from bench.workers import TWO, compare

    return float(compare(400, 1, clusters=False)["contenders"][TWO]["by_processor"])


_MEASURES: dict[str, Callable[[], float]] = {"pipeline": _pipeline, "writing": _writing, "workers": _workers}


def gate() -> int:
    """0 where all floors hold, else 1; each is told."""
    from kg.beside import cores

    failed = []
    for name, floor in FLOORS.items():
        if name == "workers" and cores() < 2:
            say("SKIPPED: workers (one core)")
            continue
        found = _MEASURES[name]()
        if found < floor:
            say(f"{name}: {found:.2f}x is below {floor}x, once more")
            found = max(found, _MEASURES[name]())
        print(f"{name}: {found:.2f}x (floor {floor}x)", flush=True)
        if found < floor:
            failed.append(name)
    if failed:
        print(f"FAILED: below the floor: {', '.join(failed)}")
    return 1 if failed else 0
