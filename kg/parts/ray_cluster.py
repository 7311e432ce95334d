"""Parts read by Ray. Its workers see the inputs and the work folder under the same paths (a shared disk)."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, MissingExtraError
from kg.parts import elsewhere
from kg.parts.elsewhere import AHEAD, absolute
from kg.parts.plan import Part, Task
from kg.parts.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.parts.engine import Engine
    from kg.parts.reading import Watch

__all__ = ["on_ray"]

_LOCAL = "local"
_ONLY_LOOPBACK = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"
"""Where it is 0 a cluster listens on 127.0.0.1 alone, as it always does on those two systems, not on the network."""


def on_ray(address: str) -> Engine:
    """The engine of the Ray cluster at ``address``: what `ray.init` takes (``ray://HOST:PORT``, ``HOST:PORT``,
    ``auto``), or nothing, for one of this machine's cores that lives as long as the reading."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers who uses it
    if not address:  # before it is imported: loopback only, with a token that is written nowhere
        os.environ.setdefault(_ONLY_LOOPBACK, "0")
        if "RAY_AUTH_MODE" not in os.environ:
            os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token_hex(32)}
    try:
        import ray  # noqa: F401 - asked for before the work begins
    except ImportError as error:
        raise MissingExtraError("ray is not installed", remedy='pip install "unsc-kg[ray]"') from error
    return partial(_read, address or _LOCAL)


def _read(address: str, task: Task, parts: list[Part], folder: Path, watch: Watch) -> None:
    """Parts are submitted as others come back. Ray is not to try again by itself: who dies is `Todo`'s matter."""
    if not parts:
        return
    ray = _ray()
    todo = Todo(task, map(absolute, parts), folder)
    lost = (
        ray.exceptions.WorkerCrashedError,
        ray.exceptions.NodeDiedError,
        ray.exceptions.OutOfMemoryError,
        ray.exceptions.ObjectLostError,
    )
    with _connected(address):
        read = ray.remote(num_cpus=1, max_retries=0)(elsewhere.run_here)
        given: dict[Any, Part] = {}
        while len(todo) or given:
            room = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
            while len(todo) and len(given) < room:
                part = todo.take()
                given[read.remote(task, part, folder.resolve())] = part
            ready, _ = ray.wait(list(given))
            part = given.pop(ready[0])
            try:
                done = ray.get(ready[0])
            except lost:
                if todo.died(part):
                    watch.finished(part, 0)
            except ray.exceptions.RayError as error:
                cause = getattr(error, "cause", error)
                raise (
                    cause if isinstance(cause, KgError | OSError) else KgError(f"a task of Ray failed: {cause!r}")
                ) from error
            else:
                todo.done(part)
                watch.show(0, part.inputs[0].source)
                watch.finished(part, done.characters)


def _ray() -> Any:
    """Its types are incomplete."""
    import ray

    return ray


@contextmanager
def _connected(address: str) -> Iterator[None]:
    """This process as a driver of the cluster, which drops its tasks when it leaves."""
    ray = _ray()
    # in /tmp, since the names of sockets must be short; it would leave its logs there
    with TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as aside:
        own = {"include_dashboard": False, "_temp_dir": aside} if address == _LOCAL else {}
        try:
            try:
                ray.init(address, logging_level="error", log_to_driver=False, **own)
            except ConnectionAbortedError:  # a head that is busy gives a client's server half a minute to begin
                ray.init(address, logging_level="error", log_to_driver=False, **own)
        except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
            remedy = "check host and port (of ray://, its client server's), and RAY_AUTH_MODE where it wants a token"
            raise KgError("no Ray cluster answers", where=address, remedy=remedy) from error
        try:
            yield
        finally:
            ray.shutdown()
