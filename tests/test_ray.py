"""Parts read by a real Ray cluster of two workers on this machine: one is killed in mid-work, one document kills."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import MissingExtraError
from kg.parts import engine_of
from tests.test_parts import content, documents

if TYPE_CHECKING:
    from tests.conftest import Kg

ROOT = Path(__file__).parent.parent
WHY = "ray is not installed (the extra [ray])"


# read when Ray is imported, so drivers are processes of their own
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join((str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")]))),
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # loopback only
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": "of-the-tests",
}
DRIVER = """
import sys
from pathlib import Path
import pytest
from kg.building import build_graph
from kg.errors import KgError
from kg.parts import elsewhere, engine_of
from tests import killers
engine, place = engine_of(sys.argv[1]), Path(sys.argv[2])
if sys.argv[3] == "deadly":
    killers.skips_only_the_deadly(engine, place, pytest.MonkeyPatch())
else:
    elsewhere.run_here = killers.fail
    with pytest.raises(KgError, match="a task of Ray failed: ZeroDivisionError"):
        build_graph([place / "in"], place / "out", engine=engine)
"""


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Of a cluster with two cores: its own, and that of its client server."""
    if find_spec("ray") is None:
        pytest.skip(WHY)
    own, client = free_port(), free_port()
    command = [str(Path(sys.executable).with_name("ray")), "start", "--head", "--block", "--num-cpus=2"]
    command += [f"--port={own}", f"--ray-client-server-port={client}", "--include-dashboard=false"]
    log = tmp_path_factory.mktemp("ray") / "log"
    with log.open("wb") as file, subprocess.Popen(command, env=ENVIRONMENT, stdout=file, stderr=file) as process:
        for port in (own, client):
            wait_for(port, process, log)
        yield own, client
        process.terminate()


def drive(address: str, place: Path, what: str) -> None:
    command = [sys.executable, "-c", DRIVER, address, str(place), what]
    subprocess.run(command, check=True, cwd=ROOT, env=ENVIRONMENT, timeout=300)


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                return
        assert process.poll() is None, log.read_text("utf-8")
        time.sleep(0.1)
    pytest.fail(f"Ray does not begin: {log.read_text('utf-8')}")


@pytest.mark.slow
@pytest.mark.parametrize("way", ["on the cluster", "as a client"])
def test_only_the_document_that_kills_is_skipped(way: str, ports: tuple[int, int], tmp_path: Path) -> None:
    """One worker dies in the middle of a part for no fault of the part's, others of a document."""
    own, client = ports
    drive(f"ray:127.0.0.1:{own}" if way == "on the cluster" else f"ray://127.0.0.1:{client}", tmp_path, "deadly")


@pytest.mark.slow
def test_an_error_in_a_worker_ends_the_build(ports: tuple[int, int], tmp_path: Path) -> None:
    documents(tmp_path / "in", 2)
    drive(f"ray:127.0.0.1:{ports[0]}", tmp_path, "an error")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.slow
def test_same_bytes_on_this_machine(tmp_path: Path, kg_process: Kg) -> None:
    """With the pipeline as shipped, in a cluster that lives as long as the reading."""
    if find_spec("ray") is None:
        pytest.skip(WHY)
    corpus = documents(tmp_path / "in", 10)
    for name, more in (("alone", ()), ("out", ("--engine", "ray:"))):
        ran = kg_process("build", str(corpus), "-o", str(tmp_path / name), "--no-validate", *more)
        assert ran.status == 0, ran.err
    assert content(tmp_path / "out") == content(tmp_path / "alone")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "in", "out"]


@pytest.mark.slow
def test_nobody_answers(tmp_path: Path, kg_process: Kg) -> None:
    if find_spec("ray") is None:
        pytest.skip(WHY)
    corpus = documents(tmp_path / "in", 1)
    ran = kg_process("build", str(corpus), "-o", str(tmp_path / "out"), "--engine", f"ray://127.0.0.1:{free_port()}")
    assert ran.status == 1
    assert "no Ray cluster answers" in ran.err
    assert "Traceback" not in ran.err


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"unsc-kg\[ray\]") as caught:
        engine_of("ray://host:10001")
    assert caught.value.exit_status == 5
