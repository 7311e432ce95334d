"""Work that another process does meanwhile: a new one for each task, which ends with this one."""

from __future__ import annotations

import gc
import io
import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.connection import Connection, wait
from typing import IO, TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import SpawnProcess
    from pathlib import Path
    from types import TracebackType

    from typing_extensions import Buffer

__all__ = ["Beside", "Task", "cores", "end_with_parent", "growing"]

_OBJECTS = 100_000
"""Made until unused rings of them are looked for. Nearly all that a task makes lives as long as the task: to look as
often as Python does takes a sixth of the time of a picture, and finds nothing."""
_LOOK = 0.05
"""Seconds until a file that grows is looked at again."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Task:
    """A call in a process of its own."""

    def __init__(self, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_serve, args=(theirs, call, arguments), daemon=True)
        self._process.start()
        theirs.close()

    def result(self) -> Any:
        """What the call gave, when it has. Raises what it raised, and `KgError` where the process died."""
        try:
            done, told = self._pipe.recv()
        except EOFError:
            self._process.join()
            what = f"a process died (exit status {self._process.exitcode})"
            raise KgError(what, remedy="it may have run out of memory; --jobs 1 needs less") from None
        if not done:
            raise told
        return told

    def end(self) -> None:
        """Whether it is done or not."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


class Beside:
    """Starts tasks, in a ``with`` block; none outlives it."""

    def __init__(self) -> None:
        self._tasks: list[Task] = []

    def start(self, call: Callable[..., Any], *arguments: Any) -> Task:
        """A task: ``call`` is a function of a module; it, its arguments and its result can be pickled."""
        self._tasks.append(Task(call, arguments))
        return self._tasks[-1]

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.end()


def growing(path: Path, whole: Callable[[], bool]) -> IO[bytes]:
    """A file that another process still writes to, to be read to its end, which is not there before ``whole``."""
    return io.BufferedReader(_Growing(path, whole))


class _Growing(io.RawIOBase):
    def __init__(self, path: Path, whole: Callable[[], bool]) -> None:
        self._file = path.open("rb", buffering=0)
        self._whole = whole

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        while True:
            whole = self._whole()  # asked before the file is, which may become whole in between
            count = self._file.readinto(buffer)
            if count or whole:
                return count or 0
            time.sleep(_LOOK)

    def close(self) -> None:
        self._file.close()
        super().close()


def _serve(pipe: Connection, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    end_with_parent()
    gc.set_threshold(_OBJECTS)
    try:
        told = True, call(*arguments)
    except (KgError, OSError) as error:
        told = False, error
    except Exception as error:
        told = False, KgError(f"internal error, please report it: {type(error).__name__}: {error}")
    pipe.send(told)


def end_with_parent() -> None:
    """This process ends when the one that started it does, and not at Ctrl-C: one that is killed leaves none behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; who waits decides
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent: Any = multiprocessing.parent_process()
    wait([parent.sentinel])
    os._exit(1)
