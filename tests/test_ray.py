"""Parts read by a real Ray cluster of two workers on this machine: one is killed in mid-work, one document kills."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.errors import KgError, MissingExtraError
from kg.parts import engine_of
from tests.killers import skips_only_the_deadly
from tests.test_parts import content, documents

ROOT = Path(__file__).parent.parent
WHY = "ray is not installed (the extra [ray])"


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Of a cluster with two cores: its own, and that of its client server."""
    pytest.importorskip("ray", reason=WHY)
    own, client = free_port(), free_port()
    command = [
        str(Path(sys.executable).with_name("ray")),
        "start",
        "--head",
        "--block",
        "--num-cpus=2",
        f"--port={own}",
    ]
    command += [f"--ray-client-server-port={client}", "--node-ip-address=127.0.0.1", "--include-dashboard=false"]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")]))),
        "RAY_USAGE_STATS_ENABLED": "0",
    }
    log = tmp_path_factory.mktemp("ray") / "log"
    with log.open("wb") as file, subprocess.Popen(command, env=environment, stdout=file, stderr=file) as process:
        for port in (own, client):
            wait_for(port, process, log)
        yield own, client
        process.terminate()


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
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("way", ["on the cluster", "as a client"])
def test_only_the_document_that_kills_is_skipped(
    way: str, ports: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One worker dies in the middle of a part for no fault of the part's, others of a document."""
    own, client = ports
    address = f"ray:127.0.0.1:{own}" if way == "on the cluster" else f"ray://127.0.0.1:{client}"
    skips_only_the_deadly(engine_of(address), tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_same_bytes_on_this_machine(tmp_path: Path) -> None:
    """In a process of its own, for what Ray sets when it is imported; with the pipeline as shipped."""
    pytest.importorskip("ray", reason=WHY)
    corpus = documents(tmp_path / "in", 10)
    for name, more in (("alone", ()), ("out", ("--engine", "ray:"))):
        command = [sys.executable, "-m", "kg.cli", "build", corpus, "-o", tmp_path / name, "--no-validate", *more]
        subprocess.run(command, check=True, cwd=ROOT, timeout=300)
    assert content(tmp_path / "out") == content(tmp_path / "alone")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "in", "out"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_an_error_in_a_worker_ends_the_build(
    ports: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import killers

    documents(tmp_path / "in", 2)
    monkeypatch.setattr("kg.parts.elsewhere.run_here", killers.fail)
    with pytest.raises(KgError, match="a task of Ray failed: ZeroDivisionError"):
        build_graph([tmp_path / "in"], tmp_path / "out", engine=engine_of(f"ray:127.0.0.1:{ports[0]}"))
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_nobody_answers(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason=WHY)
    engine = engine_of(f"ray://127.0.0.1:{free_port()}")
    with pytest.raises(KgError, match="no Ray cluster answers"):
        build_graph([documents(tmp_path / "in", 1)], tmp_path / "out", engine=engine)


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"unsc-kg\[ray\]") as caught:
        engine_of("ray://host:10001")
    assert caught.value.exit_status == 5
