"""What a worker may meet: stands in for `kg.parts.run.run_part` and `load_pipeline`, in the worker's process."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.building import build_graph
from kg.parts import run
from kg.pipeline import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEADLY = "这一文件会杀死读它的进程。"

_read = run.run_part


def run_part(task: Any, part: Any, *rest: Any) -> run.Done:
    """As it is, but a document kills its reader."""
    if any(item.load().decode() == DEADLY for item in part.inputs):
        os.kill(os.getpid(), signal.SIGKILL)
    return _read(task, part, *rest)


class NoModels:
    """A pipeline for documents that leave its models nothing to decide. Loading the models is most of a worker's
    start; what parts, workers and clusters do is the same without."""

    path = MODEL

    def __call__(self, text: str) -> Any:
        raise AssertionError(f"the models are asked: {text[:40]}")

    def pipe(self, texts: Iterable[tuple[str, Any]], **_: Any) -> Iterator[Any]:
        return (self(text) for text, _context in texts)


def no_models() -> Any:
    """For `kg.pipeline.load_pipeline`."""
    return NoModels()


def fail(*_: Any) -> run.Done:
    """A mistake of ours."""
    raise ZeroDivisionError


def run_here(task: Any, part: Any, folder: Any) -> run.Done:
    """`run_part` in a worker of a cluster. A file named ``once`` beside the folder that is built asks for the life of a
    worker that is in the middle of a part."""

    def die(begun: int, _total: int, _name: str) -> None:
        if begun:
            with suppress(FileNotFoundError):
                (Path(folder).parents[1] / "once").unlink()
                os.kill(os.getpid(), signal.SIGKILL)

    return run_part(task, part, folder, NoModels(), die)


def skips_only_the_deadly(engine: Any, place: Path, monkeypatch: Any) -> None:
    """A build on a cluster of which a worker dies once in the middle of a part, and others by the 34th document."""
    (place / "in").mkdir()
    for i in range(66):
        (place / "in" / f"{i:03d}.txt").write_text(DEADLY if i == 33 else f"{i}年", "utf-8")
    (place / "once").touch()
    monkeypatch.setattr("kg.parts.elsewhere.run_here", run_here)
    found = build_graph([place / "in"], place / "out", engine=engine, validate=False)
    assert not (place / "once").exists()
    (error,) = found.skipped
    assert str(error).startswith("033.txt: the process that read it died, each time")
    assert len(found.documents) == 65
    assert sorted(path.name for path in place.iterdir()) == ["in", "out"]
