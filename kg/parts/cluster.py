"""Parts read by a Dask cluster. Its workers see the inputs and the work folder under the same paths (a shared disk)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, MissingExtraError
from kg.parts import elsewhere
from kg.parts.elsewhere import AHEAD, absolute
from kg.parts.plan import Part, Task
from kg.parts.todo import Todo

if TYPE_CHECKING:
    from kg.parts.engine import Engine
    from kg.parts.reading import Watch

__all__ = ["on_cluster"]

_TIMEOUT = "30s"


def on_cluster(address: str) -> Engine:
    """The engine of the Dask scheduler at ``address`` (``tcp://HOST:PORT``)."""
    try:
        import distributed  # noqa: F401 - asked for before the work begins
    except ImportError as error:
        raise MissingExtraError("dask is not installed", remedy='pip install "unsc-kg[cluster]"') from error
    return partial(_read, address)


def _read(address: str, task: Task, parts: list[Part], folder: Path, watch: Watch) -> None:
    """Parts are submitted as others come back, so that the scheduler never holds many. It gives a part whose worker is
    lost to others by itself, and after some (its ``allowed-failures``) says that the part kills."""
    import distributed

    if not parts:
        return
    todo = Todo(task, map(absolute, parts), folder, tries=(1, 1))
    dask: Any = distributed  # has no types
    try:
        client = dask.Client(address, timeout=_TIMEOUT, set_as_default=False)
    except OSError as error:
        raise KgError("no Dask scheduler answers", where=address, remedy="check host and port") from error
    with client:
        done = dask.as_completed(loop=client.loop)
        given: dict[str, Part] = {}

        def fill() -> None:
            room = AHEAD * max(1, sum(client.nthreads().values()))
            while len(todo) and len(given) < room:
                part = todo.take()
                future = client.submit(elsewhere.run_here, task, part, folder.resolve(), pure=False)
                given[future.key] = part
                done.add(future)

        fill()
        for future in done:
            part = given.pop(future.key)
            failed = future.exception()
            if failed is None:
                todo.done(part)
                watch.show(0, part.inputs[0].source)
                watch.finished(part, future.result().characters)
            elif isinstance(failed, dask.KilledWorker):
                if todo.died(part):
                    watch.finished(part, 0)
            else:
                raise failed if isinstance(failed, KgError | OSError) else KgError(f"a task of Dask failed: {failed}")
            fill()
