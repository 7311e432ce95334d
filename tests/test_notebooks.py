"""Every notebook runs, and what it shows is what is committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stores import OxigraphServer

pytestmark = pytest.mark.notebooks
NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


def test_each_script_has_its_notebook() -> None:
    pytest.importorskip("nbclient")
    from tests.notebooks.remake import scripts

    assert [script.stem for script in scripts()] == NAMES
    assert len(NAMES) >= 6


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")  # of Jupyter's own
def test_runs_and_shows_what_is_committed(name: str) -> None:
    nbformat = pytest.importorskip("nbformat")
    from tests.notebooks.remake import executed, pictures, text_of

    if name == "triple_store" and (reason := OxigraphServer.missing()):
        pytest.skip(reason)
    committed = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    fresh = executed(NOTEBOOKS / f"{name}.py")
    assert text_of(fresh) == text_of(committed), f"python -m tests.notebooks.remake {name} makes it again"
    assert len(pictures(fresh)) == len(pictures(committed))
    for picture in pictures(fresh):
        assert len(picture) > 20_000, "a picture with next to nothing in it"
