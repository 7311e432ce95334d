"""Parts: who reads them makes no difference, what is interrupted goes on, what dies is done again."""

from __future__ import annotations

import gzip
import io
import multiprocessing
import os
import pickle
import random
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.building import build_graph
from kg.config import Config
from kg.errors import ConfigError, InputError, KgError
from kg.folder import hold
from kg.inputs import Columns, Input, find_inputs
from kg.ledger import Head, Skipped, maker, model_facts
from kg.parts import Engine, Task, Work, deal, engine_of, part_entries, read_parts
from kg.parts.files import part_head, write_part
from kg.parts.plan import Part, part_key
from kg.parts.todo import Todo
from kg.parts.workers import _one_thread
from kg.pipeline import MODEL
from tests import killers
from tests.killers import DEADLY

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.conftest import Kg

ROOT = Path(__file__).parent.parent
BYTES = ("graph.ttl", "graph.nq", "void.ttl", "graph.html", "ledger/inputs.jsonl.gz")
TEXT = "2020年1月{day}日，安全理事会通过第{number}(2020)号决议，将中非共和国制裁措施延长至2020年7月31日。\n"
TASK = Task(Head(maker(), model_facts(MODEL), Config()))


def content(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in BYTES}


def documents(folder: Path, count: int) -> Path:
    folder.mkdir()
    for i in range(count):
        (folder / f"{i:03d}.txt").write_text(TEXT.format(day=i % 28 + 1, number=2500 + i), "utf-8")
    return folder


def told(what: str, where: str) -> InputError:
    return InputError(what, where=where)


def inputs(*names: str) -> list[Input]:
    return [Input(name, None, name.encode()) for name in names]


@given(st.lists(st.text("ab", max_size=3), max_size=300).map(sorted))
def test_dealing_keeps_all_in_order_and_names_together(names: list[str]) -> None:
    parts = deal(inputs(*names))
    assert [item.source for part in parts for item in part.inputs] == names
    assert [part.number for part in parts] == list(range(len(parts)))
    sources = [{item.source for item in part.inputs} for part in parts]
    assert not any(one & other for one, other in pairwise(sources))


@pytest.mark.parametrize(("count", "parts", "most"), [(1, 1, 1), (63, 63, 1), (200, 50, 4), (100_000, 1563, 64)])
def test_parts_are_many_enough_to_share_and_small_enough_to_lose(count: int, parts: int, most: int) -> None:
    dealt = deal(inputs(*(f"{i:06d}" for i in range(count))))
    assert (len(dealt), max(len(part.inputs) for part in dealt)) == (parts, most)


def test_key_tells_names_bytes_settings_rules_and_model(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", "utf-8")
    item = Input("a.txt", tmp_path / "a.txt")
    before = part_key(TASK, [item]), TASK.key([item])
    assert (part_key(TASK, [item]), TASK.key([item])) == before
    head = TASK.head
    for other in (
        Task(Head({**head.maker, "rules": "others"}, head.pipeline, head.config)),
        Task(Head(head.maker, {**head.pipeline, "sha256": "other"}, head.config)),
        Task(Head(head.maker, head.pipeline, Config(base="https://example.org/"))),
        Task(head, "gb18030"),
    ):
        assert part_key(other, [item]) != before[0]
        assert other.key([item]) != before[1]
    named = Input("b.txt", item.path)
    assert part_key(TASK, [named]) != before[0]
    assert TASK.key([named]) != before[1]
    (tmp_path / "a.txt").write_text("b", "utf-8")
    os.utime(tmp_path / "a.txt", (0, 0))
    assert part_key(TASK, [item]) != before[0]
    assert TASK.key([item]) == before[1]  # the other parts of the reading can be used
    (tmp_path / "a.txt").unlink()
    assert part_key(TASK, [item]) not in before


def test_inputs_travel(tmp_path: Path) -> None:
    """To another process: files, rows of tables, members of archives in archives."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("in.txt", TEXT)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    (tmp_path / "table.csv").write_text("text,date\n甲,2020-01-31\n乙,\n", "utf-8")
    (tmp_path / "a.txt").write_text("a", "utf-8")
    found, errors = find_inputs([tmp_path], Columns("text"))
    assert (len(found), errors) == (4, [])
    there = pickle.loads(pickle.dumps(deal(found)))
    assert [part_key(TASK, part.inputs) for part in there] == [part_key(TASK, part.inputs) for part in deal(found)]
    assert [item.load() for part in there for item in part.inputs] == [item.load() for item in found]


def test_a_part_is_whole_or_none(tmp_path: Path) -> None:
    entries = [Skipped(name, told("nothing", name)) for name in "abc"]
    path = tmp_path / "part-00000.jsonl.gz"
    head = write_part(path, "key", entries)
    assert part_head(path) == head
    assert (head.key, head.entries, head.characters) == ("key", 3, 0)
    assert [entry.source for entry in part_entries(path) if isinstance(entry, Skipped)] == ["a", "b", "c"]
    whole = path.read_bytes()
    write_part(path, "key", entries)
    assert path.read_bytes() == whole
    plain = gzip.decompress(whole)
    damaged = (
        *(whole[:-9], b"", b"{}", plain),
        *(gzip.compress(text) for text in (b"", plain[:-2], plain.replace(b'"a"', b'"x"'), plain.splitlines()[1])),
    )
    for data in damaged:
        path.write_bytes(data)
        assert part_head(path) is None
    path.unlink()
    assert part_head(path) is None


def test_what_dies_is_done_again_then_taken_apart(tmp_path: Path) -> None:
    (part, other) = (Part(0, tuple(inputs("a", "b", "c"))), Part(1, tuple(inputs("d"))))
    todo = Todo(TASK, [part, other], tmp_path)
    for _ in range(2):
        assert todo.take() == part
        assert not todo.died(part)
    assert todo.take() == part
    assert not todo.died(part)
    assert len(todo) == 4
    for at, name in enumerate("abc"):
        piece = todo.take()
        assert (piece.piece, [item.source for item in piece.inputs]) == (at, [name])
        if name == "b":
            assert not todo.died(piece)
            assert todo.died(todo.take())
        else:
            entry = Skipped(name, told(f"{name} was read", name))
            write_part(tmp_path / piece.name, part_key(TASK, piece.inputs), [entry])
            todo.done(piece)
    assert todo.take() == other
    lines = [str(entry.error) for entry in part_entries(tmp_path / part.name) if isinstance(entry, Skipped)]
    assert [line.partition(" (")[0] for line in lines] == [
        "a: a was read",
        "b: the process that read it died, each time",
        "c: c was read",
    ]
    assert [path.name for path in tmp_path.iterdir()] == [part.name]
    head = part_head(tmp_path / part.name)
    assert head
    assert head.key == part_key(TASK, part.inputs)


def interrupted(out: Path, key: str, *finished: str) -> None:
    with suppress(KeyboardInterrupt), Work(out, key) as work:
        folder = work.open()
        for name in finished:
            (folder / name).touch()
        raise KeyboardInterrupt


def test_work_folder_comes_and_goes(tmp_path: Path) -> None:
    out = tmp_path / "out"
    one, two = "1" * 16, "2" * 16
    interrupted(out, one)
    assert list(tmp_path.iterdir()) == []  # nothing was finished
    for key in (one, two):
        interrupted(out, key, "part-00000.jsonl.gz")
        assert (tmp_path / "out.work" / key / "part-00000.jsonl.gz").exists()
    (tmp_path / "out.work" / "mine").touch()
    with Work(out, one, resume=False) as work:
        assert list(work.open().iterdir()) == []
        with pytest.raises(KgError, match="another command builds this graph"):
            Work(out, one).open()
    assert [path.name for path in (tmp_path / "out.work").iterdir()] == ["mine"]


def test_work_of_another_process_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "out.work" / ("2" * 16)
    theirs.mkdir(parents=True)
    held = hold(theirs)
    with Work(tmp_path / "out", "1" * 16) as work:
        work.open()
    assert theirs.exists()
    assert held is not None
    os.close(held)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seventy documents: parts of two."""
    return documents(tmp_path_factory.mktemp("corpus") / "in", 70)


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that load no models."""
    monkeypatch.setattr("kg.parts.workers.load_pipeline", killers.no_models)


def here() -> Engine:
    """This process, without models."""
    return engine_of(nlp=killers.no_models())


@pytest.fixture(scope="module")
def alone(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What this process makes of them."""
    out = tmp_path_factory.mktemp("alone") / "out"
    build_graph([corpus], out, engine=here(), validate=False)
    return out


@pytest.mark.usefixtures("light")
def test_same_bytes_though_a_worker_is_killed(corpus: Path, alone: Path, tmp_path: Path) -> None:
    """In mid-work; another takes its place."""
    killed: list[int] = []
    seen: set[int | None] = set()
    characters: list[int] = []

    def kill(done: int, _total: int, _name: str) -> None:
        seen.update(process.pid for process in multiprocessing.active_children())
        if done >= 5 and not killed:
            killed.append(min(filter(None, seen)))
            os.kill(killed[0], signal.SIGKILL)

    found = build_graph(
        [corpus], tmp_path / "out", engine=engine_of(jobs=2), progress=kill, tally=characters.append, validate=False
    )
    assert killed
    assert len(seen) == 3
    assert found.skipped == []
    assert content(tmp_path / "out") == content(alone)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert sum(characters) == found.totals()["characters"]
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_same_bytes_of_documents_that_ask_the_models(tmp_path: Path, nlp: Language) -> None:
    """Three workers, with the pipeline as shipped."""
    source = ROOT / "tests" / "corpus" / "blind2"
    without = build_graph([source], tmp_path / "none", engine=here(), validate=False)
    assert any("the models are asked" in str(error) for error in without.skipped)
    build_graph([source], tmp_path / "alone", nlp=nlp, validate=False)
    build_graph([source], tmp_path / "out", engine=engine_of(jobs=3), validate=False)
    assert content(tmp_path / "out") == content(tmp_path / "alone")


def test_a_worker_has_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with _one_thread():
        assert (os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"]) == ("7", "1")
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


@pytest.mark.slow
@pytest.mark.usefixtures("light")
def test_only_the_document_that_kills_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    for i in range(66):
        (tmp_path / "in" / f"{i:03d}.txt").write_text(DEADLY if i == 33 else f"{i}年", "utf-8")
    monkeypatch.setattr("kg.parts.run.run_part", killers.run_part)
    found = build_graph([tmp_path / "in"], tmp_path / "out", engine=engine_of(jobs=2), validate=False)
    (error,) = found.skipped
    assert str(error).startswith("033.txt: the process that read it died, each time")
    assert len(found.documents) == 65


@pytest.mark.slow
@pytest.mark.usefixtures("light")
def test_an_error_in_a_worker_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents(tmp_path / "in", 2)
    monkeypatch.setattr("kg.parts.run.run_part", killers.fail)
    with pytest.raises(KgError, match="internal error in a worker, please report it: ZeroDivisionError"):
        build_graph([tmp_path / "in"], tmp_path / "out", engine=engine_of(jobs=2))
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_workers_that_cannot_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents(tmp_path / "in", 2)
    monkeypatch.setattr("kg.parts.workers._serve", os.abort)
    with pytest.raises(KgError, match=r"workers die before they begin .*--jobs 1"):
        build_graph([tmp_path / "in"], tmp_path / "out", engine=engine_of(jobs=2))


def test_another_version_is_refused(tmp_path: Path) -> None:
    other = Task(Head({**maker(), "rules": "others"}, model_facts(MODEL), Config()))
    with pytest.raises(KgError, match=r"another version of the program \(other rules\)"):
        list(read_parts(other, deal(inputs("a.txt")), tmp_path, here()))


STOPPED = """
import os, signal, sys
import kg.parts.engine, kg.parts.workers
from kg.building import build_graph
from kg.parts import engine_of
from tests import killers
kg.parts.engine.load_pipeline = kg.parts.workers.load_pipeline = killers.no_models
def stop(done, total, name):
    if done >= 9:
        if sys.argv[3] == "INT":
            os.killpg(0, signal.SIGINT)
        else:
            os.kill(os.getpid(), signal.SIGKILL)
try:
    build_graph([sys.argv[1]], sys.argv[2], engine=engine_of(jobs=int(sys.argv[4])), progress=stop)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(
    ("how", "jobs", "status"),
    [*(pytest.param("KILL", jobs, -9, marks=pytest.mark.slow) for jobs in (1, 2)), ("INT", 2, 130)],
)
def test_a_build_that_is_stopped_goes_on(
    how: str, jobs: int, status: int, corpus: Path, alone: Path, tmp_path: Path
) -> None:
    """Ctrl-C reaches all processes of the group, as from a terminal."""
    out = tmp_path / "out"
    command = [sys.executable, "-c", STOPPED, str(corpus), str(out), how, str(jobs)]
    stopped = subprocess.run(command, check=False, start_new_session=True, timeout=120, cwd=ROOT)
    assert stopped.returncode == status
    assert not out.exists()
    work = tmp_path / "out.work" / TASK.key(find_inputs([corpus])[0])
    there = list(work.glob("part-*"))
    assert 2 <= len(there) < 35
    read: list[str] = []
    build_graph([corpus], out, engine=here(), progress=lambda _done, _total, name: read.append(name), validate=False)
    assert len(read) <= 70 - 2 * len(there)
    assert content(out) == content(alone)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


KILLED = """
import os, signal, sys, threading
import kg.building, kg.parts.engine, kg.parts.workers
from kg.parts import engine_of
from tests import killers
source, out, log, how, when, jobs = sys.argv[1:]
kg.parts.engine.load_pipeline = kg.parts.workers.load_pipeline = killers.no_models
def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)
write = kg.building.write_graph
def write_and_die(*given, **more):
    write(*given, **more)
    kill()
if how == "whole":
    kg.building.write_graph = write_and_die
seen = 0
def progress(done, total, name):
    global seen
    seen += 1
    with open(log, "a") as file:
        file.write(name + "\\n")
    if how == "documents" and seen == int(when):
        kill()
    if how == "seconds" and seen == 1:
        threading.Timer(float(when), kill).start()
kg.building.build_graph([source], out, engine=engine_of(jobs=int(jobs)), progress=progress, validate=False)
"""


@pytest.mark.slow
def test_killed_at_ten_moments(corpus: Path, alone: Path, tmp_path: Path) -> None:
    """By one process or two workers; after a number of documents, by the clock, and once when the graph is written and
    not yet in its place: no part is done twice but those in flight, and the bytes are the same."""
    (tmp_path / "place").mkdir()
    out, log = tmp_path / "place" / "out", tmp_path / "log"
    chance = random.Random(5)
    documents = [("documents", str(chance.randint(2, 8))) for _ in range(7)]
    moments = [*documents, *(("seconds", str(chance.uniform(0.0, 0.02))) for _ in range(2))]
    chance.shuffle(moments)

    def build(how: str, when: str, jobs: int) -> int:
        command = [sys.executable, "-c", KILLED, str(corpus), str(out), str(log), how, when, str(jobs)]
        return subprocess.run(command, check=False, timeout=120, cwd=ROOT).returncode

    before: dict[str, int] = {}
    for at, (how, when) in enumerate([*moments, ("whole", "")]):
        assert build(how, when, 1 + at % 2) == -signal.SIGKILL
        assert not out.exists()
        whole = {path.name: path.stat().st_ino for path in out.parent.glob("out.work/*/part-*")}
        assert before.items() <= whole.items()
        before = whole
    assert len(before) == 35
    read = len(log.read_text("utf-8").splitlines())
    assert 70 <= read <= 70 + 9 * 2 * 2  # times, workers, inputs of a part
    assert build("", "", 1) == 0
    assert len(log.read_text("utf-8").splitlines()) == read
    assert content(out) == content(alone)
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_what_has_changed_is_done_again(tmp_path: Path) -> None:
    corpus = documents(tmp_path / "in", 5)
    stop = KeyboardInterrupt()

    def at_the_last(done: int, _total: int, _name: str) -> None:
        if done == 4:
            raise stop

    def build(**more: Any) -> list[str]:
        """Which documents are read."""
        read: list[str] = []
        progress = lambda _d, _t, name: read.append(name)  # noqa: E731
        build_graph([corpus], tmp_path / "out", engine=here(), progress=progress, validate=False, **more)
        return read

    def interrupt() -> None:
        with pytest.raises(KeyboardInterrupt):
            build_graph([corpus], tmp_path / "out", engine=here(), progress=at_the_last)

    interrupt()
    (corpus / "001.txt").write_text(TEXT.format(day=3, number=2600), "utf-8")
    (part,) = (tmp_path / "out.work").glob("*/part-00002.jsonl.gz")
    part.write_bytes(part.read_bytes()[:-5])
    assert build() == ["001.txt", "002.txt", "004.txt"]
    changed = content(tmp_path / "out")
    interrupt()
    assert len(build(resume=False)) == 5
    assert content(tmp_path / "out") == changed
    interrupt()
    assert len(build(config=Config(base="https://example.org/"))) == 5
    interrupt()
    (corpus / "new.txt").write_text(TEXT.format(day=9, number=2700), "utf-8")
    assert len(build()) == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


def test_options(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    for more, said in (
        (["--jobs", "0"], "0 is no number of processes, nor auto"),
        (["--jobs", "many"], "nor auto"),
        (["--shard", "3/2"], "3/2 is no shard: 3/8 is the third of eight"),
        (["--shard", "0/2"], "no shard"),
        (["--engine", "spark://host"], "no engine: spark://host (dask://HOST:PORT, ray://HOST:PORT and ray: are some)"),
        (["--engine", "dask://host:1", "--jobs", "2"], "--engine has its own workers"),
        (["--shard", "1/2", "--judgements", "who.csv"], "--judgements goes with kg merge"),
    ):
        ran = kg("build", tmp_path / "a.txt", "-o", tmp_path / "out", *more)
        assert ran.status == 2, ran
        assert said in ran.err
    for address in ("dask://", "dask:host", "dask", "ray", "ray://", ""):
        with pytest.raises(ConfigError):
            engine_of(address)
