"""A folder or file is whole or as it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.folder import replaced, replaced_file

OURS = ("report.json", "graph.ttl", "store")


def make(folder: Path, text: str) -> None:
    (folder / "report.json").write_text(json.dumps({"kg": "report"}))
    (folder / "graph.ttl").write_text(text)
    (folder / "store").mkdir()
    (folder / "store" / "CURRENT").write_text(text)


def left(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_new_replaced_and_failed(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    for text in ("first", "second"):
        with replaced(out, OURS) as fresh:
            make(fresh, text)
        assert (out / "graph.ttl").read_text() == text
        assert (out / "store" / "CURRENT").read_text() == text
    with pytest.raises(ZeroDivisionError), replaced(out, OURS) as fresh:
        make(fresh, str(1 / 0))
    assert (out / "graph.ttl").read_text() == "second"
    assert left(out.parent) == ["out"]


def test_mode_is_the_users_own(tmp_path: Path) -> None:
    with replaced(tmp_path / "out", OURS) as fresh:
        make(fresh, "x")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_other_files_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with replaced(out, OURS) as fresh:
        make(fresh, "first")
    (out / "notes.txt").write_text("mine")
    (out / "folder").mkdir()
    (out / "folder" / "more.txt").write_text("mine too")
    (out / "link").symlink_to("notes.txt")
    with replaced(out, OURS) as fresh:
        make(fresh, "second")
    assert left(out) == ["folder", "graph.ttl", "link", "notes.txt", "report.json", "store"]
    assert (out / "link").is_symlink()
    assert (out / "folder" / "more.txt").read_text() == "mine too"


def test_empty_folder_and_link_to_folder(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "out").symlink_to(real)
    with replaced(tmp_path / "out", OURS) as fresh:
        make(fresh, "x")
    assert (tmp_path / "out").is_symlink()
    assert (real / "graph.ttl").read_text() == "x"


@pytest.mark.parametrize("report", [None, "", "[]", '{"kg": "other"}', '"kg"'])
def test_what_is_not_ours_is_refused(tmp_path: Path, report: str | None) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    if report is not None:
        (tmp_path / "report.json").write_text(report)
    before = left(tmp_path)
    with pytest.raises(ConfigError, match="no graph of ours"), replaced(tmp_path, OURS):
        pytest.fail("not reached")
    assert left(tmp_path) == before


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(ConfigError, match="is a file"), replaced(tmp_path / "out", OURS):
        pytest.fail("not reached")


def test_what_comes_to_lie_there_meanwhile_is_not_lost(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def build() -> None:
        with replaced(out, OURS) as fresh:
            make(fresh, "x")
            out.mkdir()
            (out / "thesis.doc").write_text("years of work")

    with pytest.raises(ConfigError, match="no graph of ours"):
        build()
    assert left(out) == ["thesis.doc"]


KILLED = """
import sys, time
from pathlib import Path
from kg.folder import replaced
with replaced(Path(sys.argv[1]), ("report.json", "graph.ttl", "store")) as fresh:
    (fresh / "graph.ttl").write_text("half")
    print("half", flush=True)
    time.sleep(60)
"""


def test_killed_process_leaves_what_was_there_and_the_next_one_sweeps(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with replaced(out, OURS) as fresh:
        make(fresh, "first")
    processes = [
        subprocess.Popen([sys.executable, "-c", KILLED, os.fspath(out)], stdout=subprocess.PIPE) for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
    dead, alive = processes
    dead.kill()
    assert dead.wait() == -signal.SIGKILL
    assert (out / "graph.ttl").read_text() == "first"
    assert len(left(tmp_path)) == 3
    try:
        with replaced(out, OURS) as fresh:
            make(fresh, "second")
            # the half of the dead went, that of the living stays
            assert left(tmp_path) == sorted(["out", f".out.new-{alive.pid}", f".out.new-{os.getpid()}"])
    finally:
        alive.kill()
        alive.wait()
        for process in processes:
            assert process.stdout is not None
            process.stdout.close()
    assert (out / "graph.ttl").read_text() == "second"
    assert (out / "store" / "CURRENT").read_text() == "second"


def test_readers_never_see_a_gap(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("the swap in one step is Linux's")
    out = tmp_path / "out"
    with replaced(out, OURS) as fresh:
        make(fresh, "0")
    watch = "import sys, os\nwhile True:\n    os.stat(sys.argv[1])\n"
    with subprocess.Popen([sys.executable, "-c", watch, os.fspath(out)], stderr=subprocess.PIPE) as watcher:
        time.sleep(0.2)
        for i in range(50):
            with replaced(out, OURS) as fresh:
                make(fresh, str(i))
        assert watcher.poll() is None
        watcher.kill()


def test_file_replaced_or_as_before(tmp_path: Path) -> None:
    target = tmp_path / "sub" / "a.csv"
    with replaced_file(target) as fresh:
        assert fresh.suffix == ".csv"
        fresh.write_text("first")
    with pytest.raises(ZeroDivisionError), replaced_file(target) as fresh:
        fresh.write_text(f"half{1 / 0}")
    assert target.read_text() == "first"
    assert left(target.parent) == ["a.csv"]
