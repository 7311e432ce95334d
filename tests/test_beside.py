"""Processes beside: what they give, what they raise, and that none is left."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from kg.beside import Beside, growing
from kg.errors import ConfigError, KgError


def add(one: int, other: int) -> int:
    return one + other


def refuse() -> None:
    raise ConfigError("not like this", where="here")


def stumble() -> None:
    raise ZeroDivisionError("by nought")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def write_later(path: Path) -> None:
    time.sleep(60)
    path.write_text("late")


def read_growing(path: Path, whole: Path, *, size: int) -> bytes:
    with growing(path, whole.exists) as file:
        return b"".join(iter(lambda: file.read(size), b""))


def test_a_file_is_read_while_it_is_written(tmp_path: Path) -> None:
    path, whole = tmp_path / "file", tmp_path / "whole"
    with path.open("wb") as file, Beside() as beside:
        reader = beside.start(partial(read_growing, size=7), path, whole)
        for number in range(30):
            file.write(f"line {number}\n".encode() * 50)
            file.flush()
            time.sleep(0.01)
        file.write(b"the end")
        file.close()
        whole.touch()
        assert reader.result() == path.read_bytes()


def test_results_come_back() -> None:
    with Beside() as beside:
        tasks = [beside.start(add, 1, i) for i in range(2)]
        assert [task.result() for task in tasks] == [1, 2]


def test_errors_come_back() -> None:
    with Beside() as beside:
        with pytest.raises(ConfigError, match="not like this"):
            beside.start(refuse).result()
        with pytest.raises(KgError, match="please report it: ZeroDivisionError: by nought"):
            beside.start(stumble).result()


def test_a_death_is_an_error_and_no_waiting() -> None:
    with Beside() as beside, pytest.raises(KgError, match=r"a process died \(exit status -9\)"):
        beside.start(die).result()


def test_none_outlives_the_block(tmp_path: Path) -> None:
    with Beside() as beside:
        task = beside.start(write_later, tmp_path / "late")
    assert not task._process.is_alive()
    assert not (tmp_path / "late").exists()
