"""Worker processes, each busy with one query at a time: killed when its time is over, and another takes its place.

A query waits in line while all are busy; its time begins when a worker takes it up.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.serve.worker import Answer, Job

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from kg.serve.settings import Settings

__all__ = ["BusyError", "Pool", "TimeOverError", "WorkerLostError"]

_START = "from kg.serve.worker import main; main(sys.argv[1], sys.argv[2], int(sys.argv[3]))"
"""With the server's own path, so that a folder ``kg`` where it was started is not taken for the package."""

_GRACE = 5.0
"""Seconds beyond the time limit: of the wait in line, and until a worker ends itself."""


class TimeOverError(Exception):
    """The query did not end in time."""


class BusyError(Exception):
    """No worker came free in time."""


class WorkerLostError(Exception):
    """The worker died: the query took more memory than it may, or the system ended it."""


class Pool:
    """Workers for one graph. `start` and `stop` it in the loop that asks."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._all: set[Process] = set()
        self._killed: set[Process] = set()
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all workers. Raises `GraphError` where they cannot open the graph."""
        for process in await asyncio.gather(*(self._spawn() for _ in range(self._settings.workers))):
            self._idle.put_nowait(process)

    async def stop(self) -> None:
        """End all workers, whatever they do."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(self._end(process) for process in list(self._all)))

    async def ask(self, job: Job) -> Answer:
        """The answer to ``job``, of no more rows than the settings allow.

        Raises `TimeOverError`, `BusyError` or `WorkerLostError`. When the caller is cancelled, the query ends.
        """
        limit = self._settings.timeout
        most = self._settings.max_rows if job.most is None else job.most
        job = replace(job, most=most, seconds=limit + _GRACE)
        try:
            async with asyncio.timeout(limit + _GRACE):
                while (process := await self._idle.get()).returncode is not None:
                    self._renew(process)  # the system ended it while it was idle
        except TimeoutError:
            raise BusyError from None
        whole = False
        try:
            async with asyncio.timeout(limit):
                found = await _exchange(process, job)
            whole = True
            return found
        except TimeoutError:
            raise TimeOverError from None
        except (OSError, EOFError, ValueError):  # IncompleteReadError is an EOFError
            raise WorkerLostError from None
        finally:
            if whole:
                self._idle.put_nowait(process)
            else:
                self._renew(process)

    def _renew(self, process: Process) -> None:
        """End a worker at once; another takes its place in a while."""
        self._kill(process)
        task = asyncio.create_task(self._replace(process))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replace(self, process: Process) -> None:
        await self._end(process)
        wait = 0.1
        while True:
            try:
                self._idle.put_nowait(await self._spawn())
                return
            except (OSError, EOFError, ValueError, GraphError):  # the system is out of something: try again
                await asyncio.sleep(wait)
                wait = min(2 * wait, 10.0)

    async def _spawn(self) -> Process:
        settings = self._settings
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", f"import sys; sys.path = {sys.path!r}; {_START}"),
            *(str(settings.folder), settings.base, str(settings.memory)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the server
        )
        self._all.add(process)
        try:
            hello = await _read(process)
            if hello.error:
                raise GraphError(hello.message)
        except BaseException:
            await self._end(process)
            raise
        return process

    async def _end(self, process: Process) -> None:
        self._kill(process)
        await process.wait()
        self._all.discard(process)
        self._killed.discard(process)

    def _kill(self, process: Process) -> None:
        """Once: a second signal would look whether the process is gone, and take its status from under asyncio."""
        if process not in self._killed:
            self._killed.add(process)
            with suppress(ProcessLookupError):
                process.kill()


async def _exchange(process: Process, job: Job) -> Answer:
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(job)).encode("ascii") + b"\n")
    await process.stdin.drain()
    return await _read(process)


async def _read(process: Process) -> Answer:
    assert process.stdout is not None
    head = json.loads(await process.stdout.readline())
    head["body"] = await process.stdout.readexactly(head["body"])
    return Answer(**head)
