"""How things are measured: rounds in turn, clock and processor time, medians; time and memory of process trees."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ROOT", "Spent", "Tree", "child", "machine", "one_thread", "ratio", "rounds", "say"]

ROOT = Path(__file__).parent.parent
T = TypeVar("T")

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the ``clock`` and of the ``processor``: medians over rounds, all rounds beside them."""

    clock: float
    processor: float
    all: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, pairs: list[tuple[float, float]]) -> Spent:
        """The medians of pairs of (clock, processor)."""
        clocks, processors = zip(*pairs, strict=True)
        return cls(statistics.median(clocks), statistics.median(processors), tuple(pairs))

    def as_json(self) -> dict[str, Any]:
        pairs = [[round(value, 4) for value in pair] for pair in self.all]
        return {"seconds": round(self.clock, 4), "processor_seconds": round(self.processor, 4), "rounds": pairs}


def rounds(contenders: Mapping[str, Callable[[], object]], count: int, what: str = "") -> dict[str, Spent]:
    """Each contender in each round, another one first in each, so that a slow minute of the machine meets all."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    names = list(contenders)
    for at in range(count):
        turn = at % len(names)
        for name in names[turn:] + names[:turn]:
            clock, processor = time.perf_counter(), time.process_time()
            contenders[name]()
            spent = time.perf_counter() - clock, time.process_time() - processor
            found[name].append(spent)
            say(f"{what} {name}, round {at + 1} of {count}: {spent[0]:.2f} s, processor {spent[1]:.2f} s")
    return {name: Spent.of(pairs) for name, pairs in found.items()}


def ratio(theirs: Spent, own: Spent) -> float:
    """How many times our processor time theirs is."""
    return round(theirs.processor / own.processor, 2)


def one_thread() -> None:
    """One core means one thread; to be called before numpy is imported."""
    os.environ.update(dict.fromkeys(_THREADS, "1"))


def machine() -> dict[str, Any]:
    """What the figures were measured on, and with which rules. ``load``: how many processes wanted a core just then."""
    from kg import __version__
    from kg.beside import cores
    from kg.ledger import maker

    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    told = {"python": platform.python_version(), "system": platform.platform(), "cores": cores(), "load": load}
    return {**told, "kg": __version__, "rules": maker()["rules"]}


def say(line: str) -> None:
    """How far it is, on standard error."""
    print(line.strip(), file=sys.stderr, flush=True)


def child(*arguments: str) -> tuple[str, Tree]:
    """``python ARGUMENTS`` at the repository's root: what it prints, and what it and its processes took."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True) as process:
        tree = Tree(process.pid)
        out, _ = process.communicate()
        tree.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return out, tree


class Tree(threading.Thread):
    """Watches a process (``root``) and its descendants until `stop`: ``peak`` is the most memory that each of them had
    (MB, by its id), ``processor`` the seconds that all took as last seen. Linux only; elsewhere both are empty."""

    def __init__(self, root: int, every: float = 0.2) -> None:
        super().__init__(daemon=True)
        self.peak: dict[int, float] = {}
        self.seconds: dict[int, float] = {}
        self.root, self._every = root, every
        self._over = threading.Event()
        self.start()

    @property
    def processor(self) -> float:
        return sum(self.seconds.values())

    def stop(self) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(self._every):
            self._look()

    def _look(self) -> None:
        parents: dict[int, int] = {}
        spent: dict[int, float] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            pid = int(path.parent.name)
            parents[pid] = int(fields[1])
            spent[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        for pid in parents:
            at: int | None = pid
            while at is not None and at != self.root:
                at = parents.get(at)
            if at is None:
                continue
            self.seconds[pid] = spent[pid]
            try:
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue
            high = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
            self.peak[pid] = max(self.peak.get(pid, 0), round(int(high) / 1024, 1))  # who has ended tells none
