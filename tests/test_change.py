"""Adding and removing: the folder that a build of the same documents makes, byte for byte, whole at every moment."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.building import build_graph
from kg.change import add_documents, remove_documents
from kg.errors import ConfigError, GraphError, KgError
from kg.extract import extract
from kg.ledger import maker
from kg.store import open_graph
from kg.triples.text import split_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

    from tests.conftest import Kg

BYTES = ("graph.ttl", "graph.nq", "void.ttl", "graph.html", "ledger/inputs.jsonl.gz")
LETTER = "S/2020/270\n\n2020年3月31日越南常驻联合国代表给安全理事会主席的信\n\n"
ADOPTED = "2020年1月31日，安全理事会通过第2507(2020)号决议，将中非共和国制裁措施延长至2020年7月31日。\n"
CONTENTS = {
    "adopted": ADOPTED,
    "mandate": "2020年1月13日，安全理事会一致通过第2505(2020)号决议，将荷台达支助团任务期限延长六个月。\n",
    "letter": LETTER + ADOPTED,
    "letter again": LETTER + ADOPTED + "越南担任2020年1月安全理事会主席。\n",
    "full name": "2020年1月9日，联合国秘书长安东尼奥·古特雷斯在公开辩论上通报情况。\n",
    "short name": "2020年1月10日，古特雷斯秘书长在公开辩论上通报情况。\n",
    "presidency": "越南担任2020年1月安全理事会主席。2020年1月9日，安理会举行了主题为“维护《联合国宪章》”的公开辩论。\n",
    "no facts": "今天天气很好，大家都很高兴。\n",
    "nothing": "",
    "no text": "\0\1\2" * 99,
}
USABLE = sorted(set(CONTENTS) - {"nothing", "no text"})
NAMES = ["a.txt", "b.txt", "c.txt", "x/a.txt", "x/d.txt"]


def content(out: Path) -> dict[str, Any]:
    """All that two folders of the same graph share."""
    found: dict[str, Any] = {name: (out / name).read_bytes() for name in BYTES}
    found["report"] = {**report(out), "run": None}
    found["store"] = list(open_graph(out).quads())
    judgements = out / "ledger" / "judgements.csv"
    found["judgements"] = judgements.read_bytes() if judgements.exists() else None
    return found


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(CONTENTS.get(text, text), "utf-8")
    return folder


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    """Each content's facts are found once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.intake.extract", functools.cache(extract))
        yield


class Folder:
    """A built folder beside the documents that a build of it would read now."""

    def __init__(self, place: Path, nlp: Language, first: dict[str, str]) -> None:
        self.place, self.nlp, self.files = place, nlp, first
        self.out = place / "out"
        build_graph([write(place / "first", first)], self.out, nlp=nlp)
        self._steps = 0

    def _usable(self) -> set[str]:
        return {name for name, text in self.files.items() if text in USABLE}

    def add(self, files: dict[str, str]) -> None:
        self._steps += 1
        given = write(self.place / f"step{self._steps}", files)
        good = {name for name, text in files.items() if text in USABLE}
        if not good:
            before = content(self.out)
            with pytest.raises(KgError, match="nothing was added"):
                add_documents(self.out, [given], nlp=self.nlp)
            assert content(self.out) == before
            return
        # what cannot be read replaces nothing that could be
        self.files |= {name: text for name, text in files.items() if name in good or name not in self._usable()}
        add_documents(self.out, [given], nlp=self.nlp)

    def remove(self, names: set[str]) -> None:
        names &= self.files.keys()
        if not self._usable() - names:
            before = content(self.out)
            with pytest.raises(GraphError, match="no document"):
                remove_documents(self.out, sorted(names) or ["nothing"])
            assert content(self.out) == before
        elif names:
            remove_documents(self.out, sorted(names))
            self.files = {name: text for name, text in self.files.items() if name not in names}

    def check(self) -> None:
        build_graph([write(self.place / "last", self.files)], self.place / "again", nlp=self.nlp)
        assert content(self.out) == content(self.place / "again")


FILES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(sorted(CONTENTS)), min_size=1, max_size=4)
STEPS = st.lists(FILES | st.sets(st.sampled_from(NAMES), min_size=1, max_size=2), min_size=1, max_size=6)


def history(first: dict[str, str], steps: list[dict[str, str] | set[str]], nlp: Language) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place), nlp, first)
        for step in steps:
            if isinstance(step, dict):
                folder.add(step)
            else:
                folder.remove(step)
        folder.check()


FIRST = FILES.filter(lambda files: any(text in USABLE for text in files.values()))
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=6, deadline=None, suppress_health_check=SLOW)
@given(first=FIRST, steps=STEPS)
def test_any_history_ends_in_the_graph_of_a_build(
    first: dict[str, str], steps: list[dict[str, str] | set[str]], nlp: Language, quick: None
) -> None:
    history(first, steps, nlp)


@pytest.mark.slow
@settings(max_examples=250, deadline=None, suppress_health_check=SLOW)
@given(first=FIRST, steps=STEPS)
def test_250_histories_end_in_the_graph_of_a_build(
    first: dict[str, str], steps: list[dict[str, str] | set[str]], nlp: Language, quick: None
) -> None:
    history(first, steps, nlp)


def test_seeds_one_by_one_in_any_order(graph: Path, seeds: Path, tmp_path: Path, nlp: Language) -> None:
    paths = sorted(seeds.iterdir(), reverse=True)
    out = tmp_path / "out"
    build_graph([paths[2]], out, nlp=nlp)
    for path in (paths[4], paths[0]):
        changed = add_documents(out, [path], nlp=nlp)
        assert [named.source for named in changed.added] == [path.name]
    read: list[str] = []
    changed = add_documents(out, [seeds], nlp=nlp, progress=lambda _done, _total, name: read.append(name))
    assert (len(read), changed.unchanged, len(changed.added)) == (5, 3, 2)
    assert content(out) == content(graph)
    again = add_documents(out, [seeds], nlp=nlp)
    assert (again.report, again.unchanged, again.summary()) == (
        *(None, 5),
        "kg: nothing to do: 5 inputs are in the graph as they are",
    )


def test_what_is_known_is_not_extracted_again(
    graph: Path, seeds: Path, tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, second, *_) = sorted(seeds.iterdir())
    build_graph([first], tmp_path / "out", nlp=nlp)
    asked: list[str] = []

    def counted(document: Any, nlp: Language) -> Any:
        asked.append(document.source)
        return extract(document, nlp)

    monkeypatch.setattr("kg.intake.extract", counted)
    add_documents(tmp_path / "out", [first, second], nlp=nlp)
    remove_documents(tmp_path / "out", [first.name])
    assert asked == [second.name]


def report(out: Path) -> dict[str, Any]:
    found = json.loads((out / "report.json").read_bytes())
    assert isinstance(found, dict)
    return found


def sources(out: Path) -> list[str]:
    return [each["source"] for each in report(out)["documents"]]


def test_the_loser_of_two_comes_back(tmp_path: Path, nlp: Language) -> None:
    files = {"a.txt": "letter", "b.txt": "letter again", "c.txt": "adopted", "d.txt": "adopted", "e.txt": "mandate"}
    out = tmp_path / "out"
    found = build_graph([write(tmp_path / "in", files)], out, nlp=nlp)
    assert len(found.skipped) == 2
    assert sources(out) == ["a.txt", "c.txt", "e.txt"]
    changed = remove_documents(out, ["a.txt", "c.txt"])
    assert sources(out) == ["b.txt", "d.txt", "e.txt"]
    assert [each.source for each in changed.added] == ["b.txt", "d.txt"]
    assert [each.source for each in changed.removed] == ["a.txt", "c.txt"]
    changed = add_documents(out, [tmp_path / "in" / "a.txt"], nlp=nlp)
    assert sources(out) == ["a.txt", "d.txt", "e.txt"], "whatever came first"
    remove_documents(out, ["S/2020/270"])
    assert sources(out) == ["d.txt", "e.txt"], "a document goes in all its wordings"


def test_a_changed_file_takes_the_place_of_what_it_was(tmp_path: Path, nlp: Language, kg: Kg) -> None:
    out, place = tmp_path / "out", tmp_path / "in"
    build_graph([write(place, {"a.txt": "adopted", "b.txt": "mandate"})], out, nlp=nlp)
    write(place, {"a.txt": "presidency", "b.txt": "nothing"})
    ran = kg("add", out, place, "--json")
    assert ran.status == 3
    told = json.loads(ran.out)
    assert told["replaced"] == ["a.txt"]
    assert [each["source"] for each in told["skipped"]] == ["b.txt"]
    lines = ran.err.splitlines()
    assert lines[0].startswith("kg: skipped b.txt: nothing to read")
    assert "kg: replaced, with other content: a.txt" in lines
    assert sources(out) == ["a.txt", "b.txt"], "what cannot be read replaces nothing"
    assert b"2507" not in (out / "graph.nq").read_bytes()


def test_two_of_one_name_are_not_guessed_at(tmp_path: Path, nlp: Language) -> None:
    out = tmp_path / "out"
    roots = [write(tmp_path / year, {"1.txt": text}) for year, text in (("2019", "adopted"), ("2020", "mandate"))]
    build_graph(roots, out, nlp=nlp)
    assert sources(out) == ["1.txt", "1.txt"]
    before = content(out)
    for some in (roots, roots[:1], roots[1:]):
        assert add_documents(out, some, nlp=nlp).report is None
    write(tmp_path / "2020", {"1.txt": "presidency"})
    with pytest.raises(KgError, match=r"1\.txt: 2 documents in the graph have this name .remove the one"):
        add_documents(out, roots[1:], nlp=nlp)
    assert content(out) == before
    assert add_documents(out, roots, nlp=nlp).replaced == ["1.txt"], "the other is named too, so it is clear which"
    build_graph(roots, tmp_path / "again", nlp=nlp)
    assert content(out) == content(tmp_path / "again")


def test_archives_tables_and_what_cannot_be_opened(tmp_path: Path, nlp: Language, kg: Kg) -> None:
    place = write(tmp_path / "in", {"a.txt": "adopted", "z.docx": "no text"})
    with zipfile.ZipFile(place / "more.zip", "w") as archive:
        archive.writestr("one/b.txt", CONTENTS["mandate"])
        archive.writestr("one/c.bin", b"\0\1")
    header = "doc_id,text,symbol\n"
    table = f'{header}7,"{CONTENTS["presidency"]}",S/2020/9\n8,,\n'
    (place / "rows.csv").write_text(table, "utf-8")
    out, again, missing = tmp_path / "out", tmp_path / "again", tmp_path / "missing.txt"
    assert kg("build", place, missing, "-o", again, "--text-column", "text").status == 3
    assert kg("build", place / "a.txt", "-o", out).status == 0
    assert kg("add", out, missing, place / "rows.csv", "--text-column", "text").status == 3
    ran = kg("add", out, place / "more.zip", place / "z.docx")
    assert ran.status == 3
    assert [line.split(":")[1] for line in ran.err.splitlines()[:2]] == [
        " skipped more.zip/one/c.bin",
        " skipped z.docx",
    ]
    assert content(out) == content(again)
    (place / "rows.csv").write_text(table.replace("S/2020/9", "S/2020/10"), "utf-8")
    assert "more: S-2020-10 (rows.csv:7)" in kg("add", out, place / "rows.csv", "--text-column", "text").err
    assert kg("build", place, missing, "-o", again, "--text-column", "text").status == 3
    assert content(out) == content(again)
    assert kg("remove", out, os.fspath(missing), "z.docx", "more.zip/one/c.bin").status == 0
    assert [each["source"] for each in report(out)["skipped"]] == ["rows.csv, line 4"]


def test_nothing_is_left_that_nothing_refers_to(graph: Path, seeds: Path, tmp_path: Path, nlp: Language) -> None:
    out = tmp_path / "out"
    build_graph([seeds], out, nlp=nlp)
    names = sources(out)
    for gone, left in ((names[:1], 4), (names[1:3], 2)):
        remove_documents(out, gone)
        assert len(sources(out)) == left
        lines = [split_line(line) for line in (out / "graph.nq").read_text("utf-8").split("\n") if line]
        named = {object_ for _, _, object_, _ in lines}
        own = {subject for subject, predicate, _, _ in lines if predicate.endswith(("#statedIn>", "#fileSha256>"))}
        assert not {subject for subject, *_ in lines} - named - own
        evidence = {subject for subject, predicate, _, _ in lines if predicate.endswith("#hasSource>")}
        assert evidence == {object_ for _, predicate, object_, _ in lines if predicate.endswith("ns#evidence>")}


@pytest.mark.parametrize("name", ["S/2020/270", "S-2020-270", "a.txt", "S/2020/ 270"])
def test_names_of_a_document(name: str, tmp_path: Path, nlp: Language) -> None:
    build_graph([write(tmp_path / "in", {"a.txt": "letter", "b.txt": "mandate"})], tmp_path / "out", nlp=nlp)
    (gone,) = remove_documents(tmp_path / "out", [name]).removed
    assert gone == ("S-2020-270", "a.txt")


def test_unknown_names_and_the_last_document(tmp_path: Path, nlp: Language, kg: Kg) -> None:
    out = tmp_path / "out"
    build_graph([write(tmp_path / "in", {"x/letter.txt": "letter", "b.txt": "nothing"})], out, nlp=nlp)
    before = content(out)
    for name, near in (
        ("letter.txt", "near it: x/letter.txt"),
        ("S/2020/271", "near it: S/2020/270"),
        ("zzz", "kg query documents lists them"),
    ):
        ran = kg("remove", out, "x/letter.txt", name)
        assert (ran.status, ran.out) == (1, "")
        (line,) = ran.err.splitlines()
        assert f"no document {name!r} in this graph ({near}" in line
    ran = kg("remove", out, "x/letter.txt")
    assert ran.status == 1
    assert "no document would be left (remove the folder instead)" in ran.err
    assert content(out) == before
    assert kg("remove", out, "b.txt").status == 0, "an input that was skipped can be forgotten"
    assert report(out)["skipped"] == []


def test_judgements_are_remembered(tmp_path: Path, nlp: Language) -> None:
    place = write(tmp_path / "in", {"a.txt": "full name", "b.txt": "short name"})
    rules = tmp_path / "who.csv"
    rules.write_text("judgement,document,name,other,reason\ndifferent,,古特雷斯,安东尼奥·古特雷斯,test\n", "utf-8")
    for judgements, people in ((None, 1), (rules, 2)):
        out, again = tmp_path / "out", tmp_path / "again"
        build_graph([place / "a.txt"], out, judgements=judgements, nlp=nlp)
        add_documents(out, [place / "b.txt"], nlp=nlp)
        build_graph([place], again, judgements=judgements, nlp=nlp)
        assert content(out) == content(again)
        assert len(open_graph(out).select("SELECT ?p WHERE { ?p a sc:Official }")) == people
    build_graph([place], out, nlp=nlp)
    add_documents(out, [], judgements=rules, nlp=nlp)
    assert content(out) == content(again)
    rules.write_text("judgement\n", "utf-8")
    with pytest.raises(ConfigError, match=r"who\.csv"):
        add_documents(out, [], judgements=rules, nlp=nlp)
    assert content(out) == content(again)


def test_settings_of_the_build_hold(tmp_path: Path, nlp: Language, kg: Kg) -> None:
    place = write(tmp_path / "in", {"a.txt": "adopted", "b.txt": "mandate"})
    (tmp_path / "kg.toml").write_text('base = "https://example.org/graph/"\nmax_file_bytes = 300\n', "utf-8")
    assert kg("build", place / "a.txt", "-o", tmp_path / "out", "--config", tmp_path / "kg.toml").status == 0
    assert kg("add", tmp_path / "out", place / "b.txt").status == 0
    assert kg("build", place, "-o", tmp_path / "again", "--config", tmp_path / "kg.toml").status == 0
    assert content(tmp_path / "out") == content(tmp_path / "again")
    (place / "c.txt").write_text(ADOPTED * 9, "utf-8")
    ran = kg("add", tmp_path / "out", place / "c.txt")
    assert ran.status == 1
    assert "limit 300" in ran.err


def test_a_graph_of_another_version_is_not_changed(
    tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch, kg: Kg
) -> None:
    place = write(tmp_path / "in", {"a.txt": "adopted", "b.txt": "mandate"})
    build_graph([place], tmp_path / "out", nlp=nlp)
    before = content(tmp_path / "out")
    monkeypatch.setattr("kg.change.maker", lambda: {**maker(), "rules": "other"})
    for args in (("add", tmp_path / "out", place), ("remove", tmp_path / "out", "a.txt")):
        ran = kg(*args)
        assert ran.status == 1
        (line,) = ran.err.splitlines()
        assert "was built by another version of the program (other rules) (kg build PATH... -o DIR builds it" in line
    assert content(tmp_path / "out") == before


def test_a_change_by_another_command_meanwhile_is_not_lost(
    tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = write(tmp_path / "in", {"a.txt": "adopted", "b.txt": "mandate", "c.txt": "presidency"})
    out = tmp_path / "out"
    build_graph([place / "a.txt"], out, nlp=nlp)

    def meanwhile(*_: object) -> None:
        monkeypatch.undo()
        add_documents(out, [place / "c.txt"], nlp=nlp)

    with pytest.raises(GraphError, match="another command changed it meanwhile"):
        add_documents(out, [place / "b.txt"], nlp=nlp, progress=meanwhile)
    assert sources(out) == ["a.txt", "c.txt"]


KILLED = """
import os, signal, sys
import kg.building, kg.change, kg.folder
from pathlib import Path
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
out, given, moment = sys.argv[1:]
progress = lambda done, total, name: None
if moment == "reading":
    progress = die
elif moment == "swapped":
    clean = kg.folder.shutil.rmtree
    kg.folder.shutil.rmtree = lambda path, **how: clean(path, **how) if ".runs-" in os.fspath(path) else die()
elif moment == "before the swap":
    kg.folder._exchange = die
else:
    setattr(kg.building, moment, die)
if given == "-":
    kg.change.remove_documents(out, ["a.txt"])
else:
    kg.change.add_documents(out, [given], progress=progress)
"""


MOMENTS = ("reading", "build_store", "export_html", "before the swap", "swapped")
KILLS = [(what, moment) for what in ("add", "remove") for moment in MOMENTS if (what, moment) != ("remove", "reading")]


@pytest.mark.parametrize(
    ("what", "moment"),
    [case if case == ("add", "before the swap") else pytest.param(*case, marks=pytest.mark.slow) for case in KILLS],
)
def test_killed_change_leaves_the_old_graph_or_the_new(what: str, moment: str, tmp_path: Path, nlp: Language) -> None:
    place = write(tmp_path / "in", {"a.txt": "adopted", "b.txt": "mandate"})
    first, last = (place, place / "b.txt") if what == "remove" else (place / "a.txt", place)
    out = tmp_path / "out"
    build_graph([last], tmp_path / "last", nlp=nlp)
    build_graph([first], out, nlp=nlp)
    before = content(out)
    given = "-" if what == "remove" else os.fspath(place / "b.txt")
    killed = subprocess.run([sys.executable, "-c", KILLED, out, given, moment], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert content(out) == (content(tmp_path / "last") if moment == "swapped" else before)
    if moment != "swapped":
        if what == "remove":
            remove_documents(out, ["a.txt"])
        else:
            add_documents(out, [given], nlp=nlp)
        assert content(out) == content(tmp_path / "last")


@pytest.mark.slow
def test_same_bytes_whatever_seed_locale_order_and_clock(tmp_path: Path, nlp: Language) -> None:
    texts = [name for name in USABLE if name != "letter again"]
    files = {f"文件{i}.txt": text for i, text in enumerate(texts)}
    place = write(tmp_path / "in", files)
    build_graph([place], tmp_path / "out", nlp=nlp)
    wanted = content(tmp_path / "out")
    paths = sorted(map(str, place.iterdir()))
    runs = [
        ({"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"}, paths),
        ({"PYTHONHASHSEED": "1", "LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai"}, paths[::-1]),
        ({"PYTHONHASHSEED": "random", "LC_ALL": "C.UTF-8", "TZ": "America/New_York"}, paths[3:] + paths[:3]),
    ]
    code = """
import sys
from kg.cli import main
out, *paths = sys.argv[1:]
assert main(["build", *paths, "-o", out]) == 0
assert main(["build", *paths[:2], "-o", out + "2"]) == 0
assert main(["add", out + "2", *paths[2:]]) == 0
assert main(["remove", out + "2", paths[0].rpartition("/")[2]]) == 0
assert main(["add", out + "2", paths[0]]) == 0
"""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, os.fspath(tmp_path / f"out{i}"), *order],
            env={**os.environ, **env},
            stderr=subprocess.PIPE,
        )
        for i, (env, order) in enumerate(runs)
    ]
    for i, process in enumerate(processes):
        _, err = process.communicate(timeout=300)
        assert process.returncode == 0, err.decode()
        assert content(tmp_path / f"out{i}") == wanted
        assert content(tmp_path / f"out{i}2") == wanted
