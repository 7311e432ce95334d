"""A real Dask cluster of two worker processes on this machine; one is killed in mid-work, one document kills."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.building import build_graph
from kg.errors import KgError, MissingExtraError
from kg.parts import engine_of
from tests.killers import skips_only_the_deadly
from tests.test_parts import content, documents

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Its workers import what this process does."""
    distributed = pytest.importorskip("distributed", reason="distributed is not installed (the extra [cluster])")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")]))))
        # else it gives up those whose successor takes long to start
        patient = pytest.importorskip("dask").config.set({"distributed.deploy.lost-worker-timeout": "10 minutes"})
        with (
            patient,
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
            ) as made,
        ):
            yield made


def engine(cluster: Any) -> Any:
    return engine_of("dask://" + cluster.scheduler_address.removeprefix("tcp://"))


def pids(cluster: Any) -> list[int]:
    """Of the workers' processes; their nannies start new ones."""
    return [nanny.pid for nanny in cluster.workers.values()]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_same_bytes_though_a_worker_is_killed(cluster: Any, tmp_path: Path, nlp: Language) -> None:
    """At any moment, by somebody else; the pipeline is the one as shipped."""
    corpus = documents(tmp_path / "in", 70)
    build_graph([corpus], tmp_path / "alone", nlp=nlp, validate=False)
    killed: list[int] = []

    def kill(done: int, _total: int, _name: str) -> None:
        if done >= 5 and not killed:
            killed.append(pids(cluster)[0])
            os.kill(killed[0], signal.SIGKILL)

    found = build_graph([corpus], tmp_path / "out", engine=engine(cluster), progress=kill, validate=False)
    assert killed
    assert found.skipped == []
    assert content(tmp_path / "out") == content(tmp_path / "alone")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "in", "out"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_only_the_document_that_kills_is_skipped(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker dies in the middle of a part for no fault of the part's, others of a document."""
    skips_only_the_deadly(engine(cluster), tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("kg.parts.cluster._TIMEOUT", "1s")
    with pytest.raises(KgError, match="no Dask scheduler answers"):
        build_graph([documents(tmp_path / "in", 1)], tmp_path / "out", engine=engine_of("dask://127.0.0.1:9"))


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"unsc-kg\[cluster\]") as caught:
        engine_of("dask://host:8786")
    assert caught.value.exit_status == 5
