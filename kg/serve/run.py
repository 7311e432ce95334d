"""A server from start to end: the graph made ready, the port taken, the address said."""

from __future__ import annotations

import logging
import signal
import socket
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ConfigError, GraphError, MissingExtraError
from kg.export.html import export_html
from kg.serve.settings import Settings
from kg.store import build_store, open_graph
from kg.triples.description import description
from kg.triples.turtle import sorted_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.store import Store

__all__ = ["serve"]


def serve(
    graph: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    base: str,
    timeout: float,
    max_rows: int,
    workers: int,
    memory: int,
    ready: Callable[[str, int], None],
) -> None:
    """Serve ``graph`` (a built folder or a file) until interrupted; ``ready`` is called with the address and the number
    of triples once it answers.

    ``port`` 0 takes a free one. Raises `MissingExtraError` without starlette or uvicorn, `GraphError` for a graph that
    cannot be read, `ConfigError` for an address that cannot be taken, `KeyboardInterrupt` at SIGINT and SIGTERM.
    """
    try:
        import uvicorn

        from kg.serve.app import create_app
    except ModuleNotFoundError as error:
        name = (error.name or "").split(".")[0]
        if name not in ("starlette", "uvicorn"):
            raise
        raise MissingExtraError(f"{name} is not installed", remedy="pip install 'unsc-kg[serve]'") from None

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does, and cleans up
    store = open_graph(graph, base)
    with _folder(Path(graph), store, base) as folder, _listening(host, port) as listening:
        settings = Settings(folder, base, timeout, max_rows, workers, memory)
        triples = len(store)
        app = create_app(settings, triples)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        del store

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                if self.started:
                    ready(address, triples)

        logging.getLogger("uvicorn.error").addHandler(logging.NullHandler())
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="on",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        server = Server(config)
        server.run(sockets=[listening])
        if not server.started:
            raise GraphError("the workers did not start", where=str(graph), remedy="fewer --workers, or more memory")


@contextmanager
def _folder(graph: Path, store: Store, base: str) -> Iterator[Path]:
    """The folder itself where it is as a build leaves it; else one made like it, for as long as the server runs."""
    if (graph / "store").is_dir() and all((graph / name).is_file() for name in ("graph.html", "void.ttl")):
        yield graph
        return
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as name:
        folder = Path(name)
        lines = sorted_lines(store.quads())
        with (folder / "graph.nq").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
        build_store(folder / "graph.nq", folder / "store")
        (folder / "void.ttl").write_bytes(description(lines, {}, base).encode("utf-8"))
        export_html(store, folder / "graph.html")
        yield folder


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        (family, *_), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        listening = socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, UnicodeError) as error:
        said = getattr(error, "strerror", None) or error
        raise ConfigError(
            f"cannot listen: {said}", where=f"{host}:{port}", remedy="--port 0 takes a free port"
        ) from None
    with listening:
        yield listening
