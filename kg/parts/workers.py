"""Processes beside this one, and who looks after them: a part is done again by another when its process dies.

Not `multiprocessing.Pool`, which waits forever for the result of a worker that was killed. A worker has one pipe, whose
other end nobody else holds: the end of the process, whatever its cause, is the end of the pipe.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from kg.beside import end_with_parent
from kg.errors import KgError
from kg.parts import run
from kg.parts.plan import Part, Task
from kg.parts.run import Done
from kg.parts.todo import Todo
from kg.pipeline import load_pipeline

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from spacy.language import Language

    from kg.parts.reading import Watch

__all__ = ["Workers"]

_STILLBORN = 3
"""Workers in a row that may die before they are ready."""
_PATIENCE = 5
"""Seconds that a worker has to end before it is killed."""
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
"""Read by numerical libraries when they are loaded: a worker is one core's."""


class Workers:
    """An engine of ``jobs`` processes."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def __call__(self, task: Task, parts: list[Part], folder: Path, watch: Watch) -> None:
        supervisor = _Supervisor(task, Todo(task, parts, folder), folder, watch)
        try:
            supervisor.work(self._jobs)
        finally:
            supervisor.dismiss()


class _Worker:
    """A process with its pipe. ``part``: what it works on; ``begun``: how many inputs of it were begun."""

    def __init__(self, task: Task, folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, task, folder, load_pipeline, run.run_part), daemon=True
        )
        with _one_thread():
            self.process.start()
        theirs.close()
        self.ready = False
        self.part: Part | None = None
        self.begun = 0

    def give(self, part: Part) -> None:
        self.part, self.begun = part, 0
        self.pipe.send(part)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Processes started in it use one thread each, unless the user has said how many."""
    own = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(own, "1"))
    try:
        yield
    finally:
        for name in own:
            del os.environ[name]


class _Supervisor:
    def __init__(self, task: Task, todo: Todo, folder: Path, watch: Watch) -> None:
        self._task, self._todo, self._folder, self._watch = task, todo, folder, watch
        self._workers: list[_Worker] = []
        self._stillborn = 0

    def work(self, jobs: int) -> None:
        """Until nothing is left to do."""
        while len(self._todo) or any(worker.part for worker in self._workers):
            busy = sum(worker.part is not None for worker in self._workers)
            while len(self._workers) < min(jobs, busy + len(self._todo)):
                self._workers.append(_Worker(self._task, self._folder))
            by_pipe = {worker.pipe: worker for worker in self._workers}
            for pipe in wait(list(by_pipe)):
                assert isinstance(pipe, Connection)
                self._hear(by_pipe[pipe])

    def _hear(self, worker: _Worker) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if isinstance(message, BaseException):
            raise message
        if isinstance(message, str):
            worker.begun += 1
            self._watch.show(sum(max(0, each.begun - 1) for each in self._workers), message)
            return
        if isinstance(message, Done):
            assert worker.part
            self._over(worker.part, message.characters)
        worker.ready, worker.part, worker.begun, self._stillborn = True, None, 0, 0
        self._employ(worker)

    def _over(self, part: Part, characters: int) -> None:
        self._todo.done(part)
        self._watch.finished(part, characters)

    def _employ(self, worker: _Worker) -> None:
        if len(self._todo):
            part = self._todo.take()
            with suppress(OSError):  # it died in this moment; what it leaves in the pipe is its end
                worker.give(part)

    def _bury(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        if worker.part:
            if self._todo.died(worker.part):
                self._watch.finished(worker.part, 0)
        elif not worker.ready:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                what = f"workers die before they begin (exit status {worker.process.exitcode})"
                raise KgError(what, remedy="fewer --jobs need less memory; --jobs 1 needs no worker")
        for each in self._workers:  # a part that came back must not wait for who has nothing to say
            if each.ready and each.part is None:
                self._employ(each)

    def dismiss(self) -> None:
        """End all workers; no one's part is half-written with that."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.pipe.close()


def _serve(pipe: Connection, task: Task, folder: Path, load: Callable[[], Language], read: Callable[..., Done]) -> None:
    """A worker's life: the pipeline loaded once, then part after part until the other side is gone."""
    end_with_parent()

    def told(_begun: int, _total: int, name: str) -> None:
        pipe.send(name)

    try:
        nlp = load()
        pipe.send(None)
        while True:
            pipe.send(read(task, pipe.recv(), folder, nlp, told))
    except (EOFError, BrokenPipeError):
        return
    except Exception as error:
        pipe.send(_portable(error))


def _portable(error: Exception) -> BaseException:
    """An error that any process can take up."""
    if isinstance(error, KgError | OSError):
        return error
    return KgError(f"internal error in a worker, please report it: {type(error).__name__}: {error}")
