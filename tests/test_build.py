"""The main job: the folder, the report, the same bytes, and what stood there before."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.building import FILES, build_graph
from kg.config import Config
from kg.errors import ConfigError, KgError
from kg.store import open_graph

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.conftest import Kg

GOOD = "2020年1月31日，安全理事会通过第2507(2020)号决议，将中非共和国制裁措施延长至2020年7月31日。\n"
GRAPH = ("graph.ttl", "graph.nq", "graph.html")


def report(out: Path) -> dict[str, Any]:
    found = json.loads((out / "report.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def content(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in GRAPH}


def test_everything_is_there(graph: Path, seeds: Path) -> None:
    assert sorted(entry.name for entry in graph.iterdir()) == sorted(FILES)
    assert all((graph / name).stat().st_size for name in FILES)
    found = report(graph)
    assert [record["source"] for record in found["documents"]] == sorted(path.name for path in seeds.iterdir())
    assert found["skipped"] == []
    totals = Counter[str]()
    for record in found["documents"]:
        totals.update(record["facts"])
        assert record["no_facts_because"] is None
    assert found["totals"]["facts"] == dict(sorted(totals.items()))
    assert {"started", "seconds", "kg", "python", "pipeline", "config"} <= found["run"].keys()


def test_the_four_forms_hold_the_same_graph(graph: Path) -> None:
    import pyoxigraph
    import rdflib

    triples = report(graph)["totals"]["triples"]
    assert len(rdflib.Graph().parse(graph / "graph.ttl")) == triples
    turtle = pyoxigraph.Store()
    turtle.bulk_load(path=str(graph / "graph.ttl"))
    assert len(turtle) == triples
    lines = (graph / "graph.nq").read_text("utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert list(open_graph(graph).quads()) == lines
    count = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"
    assert open_graph(graph).select(count)[0]["n"].value == str(triples)


def test_no_clock_and_no_path_in_the_graph(graph: Path) -> None:
    year = report(graph)["run"]["started"][:10]
    for name, data in content(graph).items():
        assert str(graph).encode() not in data, name
        assert year.encode() not in data, name


def test_same_bytes_whatever_seed_locale_order_and_place(graph: Path, seeds: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where"
    shutil.copytree(seeds, elsewhere)
    for path in elsewhere.iterdir():
        os.utime(path, (0, 0))
    runs = [
        ({"PYTHONHASHSEED": "1", "LC_ALL": "C"}, [os.fspath(seeds)]),
        (
            {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
            sorted(map(str, elsewhere.iterdir()))[::-1],
        ),
    ]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "kg.cli", "build", *paths, "-o", str(tmp_path / f"out{i}")],
            env={**os.environ, **env},
            stderr=subprocess.PIPE,
        )
        for i, (env, paths) in enumerate(runs)
    ]
    for i, process in enumerate(processes):
        _, err = process.communicate(timeout=300)
        assert process.returncode == 0, err.decode()
        for name, data in content(graph).items():
            assert (tmp_path / f"out{i}" / name).read_bytes() == data, name


def test_bad_inputs_are_told_and_change_nothing(tmp_path: Path, nlp: Language) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "good.txt").write_text(GOOD, "utf-8")
    build_graph([inputs], tmp_path / "before", nlp=nlp)
    (inputs / "a-empty.txt").touch()
    (inputs / "b-copy.txt").write_text(GOOD, "utf-8")
    (inputs / "c.pdf").write_bytes(b"%PDF-1.7")
    (inputs / "z.txt").write_bytes(bytes(range(256)))
    found = build_graph([inputs, tmp_path / "missing.txt"], tmp_path / "after", nlp=nlp)
    skipped = {entry["source"]: entry for entry in report(tmp_path / "after")["skipped"]}
    assert len(found.skipped) == len(skipped) == 5
    assert skipped["a-empty.txt"]["kind"] == "EmptyInput"
    assert skipped["c.pdf"]["kind"] == "UnreadableInput"
    assert "b-copy.txt, which is read" in skipped["good.txt"]["reason"]
    assert "no such file" in skipped[f"{tmp_path.as_posix()}/missing.txt"]["reason"]
    (inputs / "b-copy.txt").unlink()
    build_graph([inputs], tmp_path / "again", nlp=nlp)
    assert content(tmp_path / "again") == content(tmp_path / "before")


def test_exit_status_and_lines(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    out = tmp_path / "out"
    ran = kg("build", tmp_path / "good.txt", "-o", out)
    assert (ran.status, ran.out) == (0, "")
    (line,) = ran.err.splitlines()
    assert " of 1 documents" in line
    (tmp_path / "bad.txt").touch()
    ran = kg("build", tmp_path / "good.txt", tmp_path / "bad.txt", "-o", out, "--json")
    assert ran.status == 3
    assert ran.err.splitlines()[0].startswith("kg: skipped bad.txt: nothing to read")
    assert json.loads(ran.out) == report(out)


def test_one_document_in_two_wordings(tmp_path: Path, nlp: Language) -> None:
    head = "S/2020/270\n\n2020年3月31日越南常驻联合国代表给安全理事会主席的信\n\n"
    (tmp_path / "a.txt").write_text(head + GOOD, "utf-8")
    (tmp_path / "b.txt").write_text(head + GOOD * 2, "utf-8")
    found = build_graph([tmp_path], tmp_path / "out", nlp=nlp)
    if found.documents[0]["symbol"] is None:
        pytest.skip("this letterhead gives no symbol, so the two are two")
    (error,) = found.skipped
    assert str(error).startswith("b.txt: S-2020-270 again, in other words than in a.txt")


def test_who_is_who_is_told_and_can_be_judged(graph: Path, tmp_path: Path, nlp: Language, kg: Kg) -> None:
    judged = report(graph)["identities"]
    assert ("古特雷斯", "same", "安东尼奥·古特雷斯") in [(j["name"], j["judgement"], j["other"]) for j in judged]
    for name, text in (("a", "联合国秘书长安东尼奥·古特雷斯"), ("b", "古特雷斯秘书长")):
        (tmp_path / f"{name}.txt").write_text(f"2020年1月9日，{text}在公开辩论上通报情况。\n", "utf-8")
    documents = [tmp_path / "a.txt", tmp_path / "b.txt"]
    rules = tmp_path / "who.csv"
    rules.write_text("judgement,document,name,other,reason\ndifferent,,古特雷斯,安东尼奥·古特雷斯,test\n", "utf-8")
    people = []
    for judgements in (None, rules):
        build_graph(documents, tmp_path / "out", judgements=judgements, nlp=nlp)
        people.append(len(open_graph(tmp_path / "out").select("SELECT ?p WHERE { ?p a sc:Official }")))
    assert people == [1, 2]
    rules.write_text("judgement\n", "utf-8")
    ran = kg("build", *documents, "-o", tmp_path / "out", "--judgements", rules)
    assert ran.status == 2
    assert "who.csv" in ran.err


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12345 67890", "it has no words"),
        ("The Security Council adopted a resolution.", "it is not in Chinese"),
        ("今天天气很好，大家都很高兴。", "it names no state"),
        ("法国和越南。", "2 mentions, but no sentence"),
    ],
)
def test_reason_for_no_facts(text: str, reason: str, tmp_path: Path, nlp: Language) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    build_graph([tmp_path / "a.txt"], tmp_path / "out", nlp=nlp)
    (record,) = report(tmp_path / "out")["documents"]
    assert record["facts"] == {}
    assert reason in record["no_facts_because"]


@pytest.mark.parametrize("name", ["folder", "missing", "only-bad"])
def test_nothing_to_build_leaves_what_was_there(name: str, tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "only-bad").mkdir()
    (tmp_path / "only-bad" / "a.txt").touch()
    out = tmp_path / "out"
    ran = kg("build", tmp_path / name, "-o", out)
    assert ran.status == 1
    (line,) = ran.err.splitlines()
    assert "no graph was built" in line
    assert not out.exists()
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    kg("build", tmp_path / "good.txt", "-o", out)
    before = content(out)
    assert kg("build", tmp_path / name, "-o", out).status == 1
    assert content(out) == before


def test_what_is_not_ours_is_not_replaced(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    ran = kg("build", tmp_path / "good.txt", "-o", tmp_path)
    assert ran.status == 2
    assert "no graph of ours" in ran.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["good.txt"]
    with pytest.raises(ConfigError, match="is a file"):
        build_graph([tmp_path / "good.txt"], tmp_path / "good.txt")


def test_standard_input(tmp_path: Path, kg_process: Kg) -> None:
    ran = kg_process("build", "-", "-o", tmp_path / "out", stdin=GOOD.encode())
    assert ran.status == 0, ran.err
    assert report(tmp_path / "out")["documents"][0]["source"] == "stdin.txt"


def test_base_and_settings(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "kg.toml").write_text('base = "https://example.org/graph/"', "utf-8")
    args = ("build", tmp_path / "good.txt", "-o", tmp_path / "out", "--config", tmp_path / "kg.toml")
    assert kg(*args).status == 0
    lines = (tmp_path / "out" / "graph.nq").read_text("utf-8").splitlines()
    assert all(line.startswith(("<https://example.org/graph/id/", "<https://w3id.org/unsc-kg/ns#")) for line in lines)
    assert report(tmp_path / "out")["run"]["config"]["base"] == "https://example.org/graph/"
    ran = kg("query", "citations", "-g", tmp_path / "out")
    assert "cite:" in ran.out
    assert "example.org" not in ran.out
    (tmp_path / "kg.toml").write_text("bass = 1", "utf-8")
    ran = kg(*args)
    assert ran.status == 2
    assert "unknown setting: bass" in ran.err


def test_hostile_names_and_words_stay_data(tmp_path: Path, nlp: Language) -> None:
    title = "<img src=x onerror=alert(1)>\"}'; DROP 安全理事会"
    path = tmp_path / "a<b>&\"'.txt"
    path.write_text(f"{title}\n{GOOD}2020年1月9日，安理会举行了主题为“{title}\x0b\x85\u2028”的公开辩论。\n", "utf-8")
    out = tmp_path / "out"
    build_graph([path], out, nlp=nlp)
    lines = (out / "graph.nq").read_bytes().decode().split("\n")
    assert list(open_graph(out).quads()) == [line for line in lines if line]
    assert b"<img src=x" not in (out / "graph.html").read_bytes()


KILLED = """
import os, signal, sys
import kg.building
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[3] == "reading":
    progress = lambda done, total, name: die() if done == 1 else None
else:
    progress = lambda done, total, name: None
    setattr(kg.building, sys.argv[3], die)
kg.building.build_graph([sys.argv[1]], sys.argv[2], progress=progress)
"""


@pytest.mark.parametrize("moment", ["reading", "export_html"])
def test_killed_build_leaves_what_was_there(moment: str, tmp_path: Path, nlp: Language) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "a.txt").write_text(GOOD, "utf-8")
    out = tmp_path / "out"
    build_graph([inputs], out, nlp=nlp)
    before = content(out)
    (inputs / "b.txt").write_text("2020年1月13日，安全理事会一致通过第2505(2020)号决议。", "utf-8")
    killed = subprocess.run([sys.executable, "-c", KILLED, inputs, out, moment], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert content(out) == before
    assert open_graph(out).ask("ASK { ?s ?p ?o }")
    # the half of the dead one is still there, and what it had read
    left = [entry.name.partition("-")[0] for entry in sorted(tmp_path.iterdir())]
    assert left == [".out.new", "in", "out", "out.work"]
    build_graph([inputs], out, nlp=nlp)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["in", "out"]
    assert len(report(out)["documents"]) == 2


def test_interrupted_build(tmp_path: Path, nlp: Language) -> None:
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")

    def stop(_done: int, _total: int, _name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_graph([tmp_path / "a.txt"], tmp_path / "out", nlp=nlp, progress=stop)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_limit_is_a_setting(tmp_path: Path, nlp: Language) -> None:
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    with pytest.raises(KgError, match=r"a\.txt: .* bytes are too many .*limit 10"):
        build_graph([tmp_path / "a.txt"], tmp_path / "out", config=Config(max_file_bytes=10), nlp=nlp)


ENORMOUS = {
    "50 MB": (GOOD.strip(), 50 * 1024 * 1024, "bytes are too many"),
    "4 MB": (GOOD.strip(), 4 * 1024 * 1024 - 200, "characters, no document's has more"),
    "a line with no words": ("安", 400_000, ""),
    "a line of sentences": (GOOD.strip(), 400_000, ""),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ENORMOUS)
def test_one_enormous_line(name: str, tmp_path: Path, kg_process: Kg) -> None:
    """What is too much for a document is refused with a line, what is not is read; the others go on in both cases."""
    unit, size, said = ENORMOUS[name]
    (tmp_path / "line.txt").write_bytes(unit.encode() * (size // len(unit.encode())))
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    out = tmp_path / "out"
    ran = kg_process("build", tmp_path / "line.txt", tmp_path / "good.txt", "-o", out)
    assert ran.status == (3 if said else 0), ran.err
    assert all(said in line for line in ran.err.splitlines()[:-1])
    assert "good.txt" in [record["source"] for record in report(out)["documents"]]


@pytest.mark.parametrize("jobs", [1, 3])
def test_sorting_on_disk_makes_no_difference(
    jobs: int, graph: Path, seeds: Path, tmp_path: Path, nlp: Language
) -> None:
    """Nor do processes that share the work where it is done on disk."""
    build_graph([seeds], tmp_path / "out", config=Config(sort_bytes=1000), nlp=nlp, jobs=jobs)
    assert content(tmp_path / "out") == content(graph)
    assert sorted(entry.name for entry in (tmp_path / "out").iterdir()) == sorted(FILES)
