"""Who reads the parts: this process, processes beside it, or a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.beside import cores
from kg.errors import ConfigError
from kg.parts.plan import Part, Task
from kg.parts.run import run_part
from kg.pipeline import load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.parts.reading import Watch

__all__ = ["Engine", "engine_of"]


_PORT = 8786
"""Of a Dask scheduler, where the address names none."""


class Engine(Protocol):
    """Makes parts: each stands whole in ``folder`` at the end. Raises `KgError` where that cannot be; those that are
    whole by then stay."""

    def __call__(self, task: Task, parts: list[Part], folder: Path, watch: Watch) -> None: ...


def engine_of(address: str | None = None, *, jobs: int = 1, nlp: Language | None = None) -> Engine:
    """The engine at ``address``, or, where it is None, ``jobs`` processes here.

    Addresses: ``dask://HOST``, ``dask://HOST:PORT``; ``ray:`` (started here for the reading), ``ray://HOST:PORT``,
    ``ray:auto``, ``ray:HOST:PORT`` (from a machine of the cluster).

    ``jobs`` 0: as many as there are cores for us; 1: this process, with the pipeline ``nlp`` if it is loaded already.
    Raises `ConfigError` for an address of no engine, `MissingExtraError` where it is not installed.
    """
    if address is not None:
        kind, colon, place = address.partition(":")
        host = place.removeprefix("//")
        if kind == "ray" and colon and place != "//":
            from kg.parts.ray_cluster import on_ray

            return on_ray(place if host == place else address)
        if kind != "dask" or host == place or not host:
            raise ConfigError(f"no engine: {address}", remedy="dask://HOST:PORT, ray://HOST:PORT and ray: are some")
        from kg.parts.cluster import on_cluster

        return on_cluster(f"tcp://{host if ':' in host else f'{host}:{_PORT}'}")
    jobs = jobs or cores()
    if jobs == 1:
        return _Here(nlp)
    from kg.parts.workers import Workers

    return Workers(jobs)


class _Here:
    """This process."""

    def __init__(self, nlp: Language | None) -> None:
        self._nlp = nlp

    def __call__(self, task: Task, parts: list[Part], folder: Path, watch: Watch) -> None:
        nlp = self._nlp or load_pipeline() if parts else None
        for part in parts:
            assert nlp
            done = run_part(task, part, folder, nlp, lambda begun, _total, name: watch.show(begun, name))
            watch.finished(part, done.characters)
