"""The benchmarks: the page is what the figures give; the parts that measure are right. Nothing asserts a time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from math import ceil

import pytest

from bench.gate import FLOORS, gate
from bench.made import make_documents
from bench.measure import Spent, Tree, ratio, rounds
from bench.page import page
from bench.quads import values
from bench.scale import Pace
from tests.conftest import ROOT


def test_the_page_is_what_the_figures_give() -> None:
    results = json.loads((ROOT / "bench" / "results.json").read_bytes())
    assert (ROOT / "docs" / "benchmarks.md").read_text("utf-8") == page(results)


def test_the_readmes_say_what_was_measured() -> None:
    sections = json.loads((ROOT / "bench" / "results.json").read_bytes())["sections"]
    build = sections["growth"]["builds"][-1]
    (akn,) = (text for text in sections["pipeline"]["texts"] if text["text"] == "akn-zh")
    (peer,) = (figures for name, figures in akn["contenders"].items() if name.startswith("spaCy"))
    millions, minutes = round(build["characters"] / 1e6), round(build["seconds"] / 60)
    memory = 100 * ceil(max(most for most in build["memory"].values()) / 100)
    times = round(peer["ours_is_times"])
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh.md"))
    assert (
        f"On two cores, {build['documents']:,} documents ({millions} million characters) are a graph of "
        f"{build['quads'] / 1e6:.0f} million quads in {minutes} minutes, with {memory} MB a process at the most."
    ) in " ".join(english.split())
    assert f"rdflib {times} times as long" in " ".join(english.split())
    assert f"（{millions / 100:.2f} 亿字）用 {minutes} 分钟建成 {build['quads'] / 1e6:.0f}00 万条四元组" in chinese
    assert f"每个进程至多占 {memory} MB 内存" in chinese
    assert f"要花 {times} 倍的时间" in chinese


def test_a_page_of_what_was_measured() -> None:
    results = json.loads((ROOT / "bench" / "results.json").read_bytes())
    (name, section), *_ = results["sections"].items()
    assert page({"sections": {}}) == (ROOT / "bench" / "introduction.md").read_text("utf-8")
    assert "A quick run" in page({"sections": {name: {**section, "quick": True}}})
    assert "A quick run" not in page({"sections": {name: {**section, "quick": False}}})


def test_rounds_take_turns() -> None:
    seen: list[str] = []
    spent = rounds({name: lambda name=name: seen.append(name) for name in "abc"}, 3)  # type: ignore[misc]
    assert "".join(seen) == "abcbcacab"
    assert {name: len(each.all) for name, each in spent.items()} == {"a": 3, "b": 3, "c": 3}


def test_medians_and_ratios() -> None:
    own, theirs = Spent.of([(9.0, 2.0), (1.0, 1.0), (2.0, 9.0)]), Spent.of([(1.0, 5.0)])
    assert (own.clock, own.processor) == (2.0, 2.0)
    assert ratio(theirs, own) == 2.5


def test_slope_of_a_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred characters a second at first, then fifty."""
    clock = iter([10.0, *(10.0 + i for i in range(1, 11)), *(20.0 + 2.0 * i for i in range(1, 11))])
    monkeypatch.setattr("bench.scale.time.perf_counter", lambda: next(clock))
    pace = Pace()
    pace.begin(0, 20, "a")
    for _ in range(20):
        pace.tally(100)
    assert pace.as_json() == {"seconds": 30.0, "characters": 2000, "slope": 2.0}


def test_documents_are_the_same_for_the_same_number(tmp_path: pytest.TempPathFactory) -> None:
    from pathlib import Path

    place = Path(str(tmp_path))
    made = []
    for name, count in (("a", 3), ("b", 2)):
        (place / name).mkdir()
        made.append(make_documents(place / name, count))
    texts = {name: [path.read_text("utf-8") for path in sorted((place / name).rglob("*.txt"))] for name in "ab"}
    assert texts["a"][:2] == texts["b"]
    assert [sum(map(len, each)) for each in texts.values()] == made


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_tree_knows_the_memory_of_grandchildren() -> None:
    grandchild = "held = bytearray(60_000_000); import time; time.sleep(2)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        tree = Tree(process.pid, 0.05)
        process.wait()
        tree.stop()
    assert max(tree.peak.values()) > 60 > tree.peak[process.pid]
    before = time.process_time()
    assert tree.processor > 0 < before


def test_values_of_a_graph_are_its_terms() -> None:
    lines = [
        '<x:s> <x:p> "a \\"b\\"\\n\\u0001" <x:g> .',
        '<x:s> <x:p> "名"@zh <x:g> .',
        '<x:s> <x:p> "1"^^<x:integer> <x:g> .',
        "<x:s> <x:p> <x:o> <x:g> .",
    ]
    assert [f"<{s}> <{p}> {o.n3()} <{g}> ." for s, p, o, g in values(lines)] == lines


@pytest.mark.parametrize(("found", "status"), [([9.9], 0), ([7.9, 8.1], 0), ([7.9, 7.0], 1)])
def test_the_gate_tries_twice(
    found: list[float], status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    left = iter(found)
    monkeypatch.setattr("bench.gate.FLOORS", {"pipeline": 8.0})
    monkeypatch.setattr("bench.gate._MEASURES", {"pipeline": lambda: next(left)})
    assert gate() == status
    assert ("FAILED" in capsys.readouterr().out) == bool(status)
    assert next(left, None) is None


def test_all_that_has_a_floor_is_measured() -> None:
    from bench.gate import _MEASURES

    assert FLOORS.keys() == _MEASURES.keys()
