"""What tests share: the seeds, the loaded pipeline and a built graph (once a session each), the ``kg`` command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.stores import OxigraphServer, Server, VirtuosoServer

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parent.parent

# what the person who runs the tests has chosen for kg, and in which language, is not tested
for _name in ("KG_LANG", "KG_CONFIG", "KG_BASE", "KG_MAX_FILE_BYTES", "KG_SORT_BYTES"):
    os.environ.pop(_name, None)
os.environ["LC_ALL"] = "C.UTF-8"
# a shell lets what it starts in the background ignore interrupts, and so would what the tests start and interrupt
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Ran(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


Kg = Callable[..., Ran]


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five seed documents."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline as shipped."""
    from kg.pipeline import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """The folder of the graph of the seeds, built here. Do not change it."""
    from kg.building import build_graph

    out = tmp_path_factory.mktemp("graph") / "out"
    build_graph([seeds], out)
    return out


def _running(kind: type[Server], folder: Path) -> Iterator[Server]:
    if reason := kind.missing():
        pytest.skip(reason)
    server = kind(folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running Oxigraph server, shared: load into graphs of your own, or replace what is there."""
    yield from _running(OxigraphServer, tmp_path_factory.mktemp("oxigraph"))


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running Virtuoso, shared; who writes is user ``dba``, password ``dba``."""
    yield from _running(VirtuosoServer, tmp_path_factory.mktemp("virtuoso"))


@pytest.fixture(scope="session")
def oxigraph_url(oxigraph: Server) -> str:
    """For ``kg load --to``; queries go to ``oxigraph.endpoint``."""
    return oxigraph.url


@pytest.fixture(scope="session")
def virtuoso_url(virtuoso: Server) -> str:
    """For ``kg load --to``; queries go to ``virtuoso.endpoint``."""
    return virtuoso.url


@pytest.fixture
def kg(capsysbinary: pytest.CaptureFixture[bytes]) -> Kg:
    """Run ``kg`` in this process: ``kg("query", "letters", "-g", graph)``."""
    from kg.cli import main

    def run(*args: str | os.PathLike[str]) -> Ran:
        status = main([os.fspath(arg) for arg in args])
        out, err = capsysbinary.readouterr()
        return Ran(status, out.decode(), err.decode())

    return run


@pytest.fixture(scope="session")
def kg_process() -> Kg:
    """Run ``kg`` as a process of its own: ``kg_process("build", ..., stdin=b"...", env={"LC_ALL": "C"})``."""

    def run(*args: str | os.PathLike[str], stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "kg.cli", *args],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
