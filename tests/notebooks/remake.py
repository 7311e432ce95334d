"""Makes ``notebooks/*.ipynb`` from the percent scripts beside them: ``python -m tests.notebooks.remake [NAME...]``.

Their pictures go to ``docs/pictures/`` too. Each is executed in a copy of the folder beside a link to the seeds:
nothing is written into the checkout but what it makes. Times, random ids and versions of Python are left out.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from base64 import b64decode
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from matplotlib import font_manager
from nbclient import NotebookClient

__all__ = ["NOTEBOOKS", "executed", "pictures", "scripts", "text_of"]

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
PICTURES = ROOT / "docs" / "pictures"
_TIMEOUT = 300
_PICTURE = "image/png"


def scripts() -> list[Path]:
    """The scripts that are notebooks: those that begin with a cell."""
    return [path for path in sorted(NOTEBOOKS.glob("*.py")) if path.read_text("utf-8").startswith("# %%")]


def executed(script: Path) -> Any:
    """The notebook of ``script`` with its outputs. Raises nbclient's `CellExecutionError` where a cell fails."""
    notebook = jupytext.read(script, fmt="py:percent")
    assert font_manager.fontManager  # its list is made here, so that no kernel tells that it makes it
    with tempfile.TemporaryDirectory(prefix="kg-notebook-") as folder:
        there = Path(folder) / "notebooks"
        shutil.copytree(NOTEBOOKS, there, ignore=shutil.ignore_patterns("out", "*.ipynb", "__pycache__"))
        (Path(folder) / "seeds").symlink_to(ROOT / "seeds")
        found = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        client = NotebookClient(
            notebook,
            timeout=_TIMEOUT,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": str(there)}},
        )
        # a locale and a folder of settings of its own: what this machine's user likes is not in the outputs
        client.execute(env={**os.environ, "PYTHONPATH": found, "IPYTHONDIR": f"{folder}/ipython", "LC_ALL": "C.UTF-8"})
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02}"
        cell.metadata.clear()
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    return notebook


def _joined(outputs: list[Any]) -> list[Any]:
    """What is printed in one piece, however many the kernel sent."""
    joined: list[Any] = []
    for output in outputs:
        output.get("metadata", {}).clear()
        last = joined[-1] if joined else {}
        if output.output_type == "stream" and last.get("output_type") == "stream" and last.get("name") == output.name:
            last["text"] += output.text
        else:
            joined.append(output)
    return joined


def text_of(notebook: Any) -> list[Any]:
    """What must be the same on every machine: sources, and outputs but for the pixels, which depend on the fonts."""
    return [
        (
            cell.source,
            [
                output.text
                if output.output_type == "stream"
                else {kind: "" if kind == _PICTURE else value for kind, value in output.data.items()}
                for output in cell.get("outputs", ())
            ],
        )
        for cell in notebook.cells
    ]


def pictures(notebook: Any) -> list[bytes]:
    """Its pictures, as PNG."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [b64decode(output.data[_PICTURE]) for output in outputs if _PICTURE in output.get("data", {})]


def main() -> None:
    """Write the notebooks that are named, or all."""
    for script in scripts():
        if not sys.argv[1:] or script.stem in sys.argv[1:]:
            notebook = executed(script)
            nbformat.write(notebook, script.with_suffix(".ipynb"))
            for number, picture in enumerate(pictures(notebook), 1):
                PICTURES.mkdir(exist_ok=True)
                (PICTURES / f"{script.stem}-{number}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
