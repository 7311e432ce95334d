"""The staircase: a module imports only from lower layers, wherever in its file the import stands."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kg"

LAYERS = (
    ("errors", "vocabulary"),
    ("model", "config", "folder", "beside"),
    ("text",),
    ("dates",),
    ("symbols", "gazetteer", "read", "news"),
    ("cover",),
    ("kinds",),
    ("structure", "inputs"),
    ("pipeline",),
    ("extract",),
    ("link", "conflicts"),
    ("triples", "ledger"),
    ("store",),
    ("queries", "validate", "timeline"),
    ("verify", "export", "endpoint", "report", "intake", "remote"),
    ("parts", "review"),
    ("lines",),
    ("building", "evaluate", "train"),
    ("change", "diff", "shards", "serve", "graph"),
    ("cli",),
)
HEIGHT = {room: height for height, rooms in enumerate(LAYERS) for room in rooms}
HEAVY = ("spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "opencc", "numpy", "httpx", "starlette", "uvicorn")
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(name: str) -> str:
    return name.split(".")[1]


def imports(path: Path) -> set[str]:
    """Rooms of the package that a module imports, itself left out; type checking counts as well."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the staircase"
            names = [node.module or ""]
            if node.module == "kg":
                names = [f"kg.{alias.name}" for alias in node.names if not alias.name.startswith("__")]
        found |= {room(name) for name in names if name.startswith("kg.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if parts == ("__init__",):
        return  # the front door shows every room and enters none
    here = parts[0]
    assert here in HEIGHT, f"{here} has no place in LAYERS"
    for other in imports(path) - {here}:
        assert HEIGHT[other] < HEIGHT[here], f"{here} (layer {HEIGHT[here]}) imports {other} (layer {HEIGHT[other]})"


def test_importing_the_command_line_is_cheap() -> None:
    code = "import sys, kg, kg.cli, kg.errors; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not set(HEAVY) & set(loaded.split())


@pytest.mark.parametrize("name", [n for n in kg.__all__ if n != "__version__"])
def test_public_names_resolve(name: str) -> None:
    assert callable(getattr(kg, name))
    assert name in dir(kg)


def test_unknown_public_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = kg.nonsense


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert project["version"] == kg.__version__
    assert citation is not None
    assert citation[1] == kg.__version__


def test_lock_covers_every_requirement() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    lines = (ROOT / "constraints-3.11.txt").read_text("utf-8").splitlines()
    pinned = {line.split("==")[0] for line in lines if "==" in line}
    for requirement in wanted:
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert name is not None
        assert re.sub(r"[-_.]+", "-", name[0]).lower() in pinned, f"{requirement} has no pinned version"
