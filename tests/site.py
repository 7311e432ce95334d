"""Builds the documentation site: ``python -m tests.site [FOLDER]`` (default ``build/site``), with no network.

The pages of ``docs/`` are put beside what they link to outside it: the notebooks as pages, the vocabulary, the changes,
licence and citation file. Needs the extra ``[docs]``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from base64 import b64decode
from functools import partial
from pathlib import Path
from typing import Any

__all__ = ["build_site"]

ROOT = Path(__file__).parent.parent
_LINK = re.compile(r"(?P<before>!?\[[^\]]*\]\()(?P<target>[^()\s]+)(?P<after>\))")
_STATIC = ("ontology", "LICENSE", "CITATION.cff")
_MOVED = {"CHANGELOG.md": "changes.md", "notebooks": "notebooks.md", "notebooks/README.md": "notebooks/table.md"}


def build_site(target: Path) -> None:
    """The site in the folder ``target``, which is made anew. Raises `RuntimeError` with what zensical says."""
    with tempfile.TemporaryDirectory(prefix="kg-site-") as name:
        folder = Path(name)
        _stage(folder / "docs")
        shutil.copy(ROOT / "mkdocs.yml", folder)
        command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
        env = {**os.environ, "NO_COLOR": "1"}
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr))
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / "build" / "site", target)


def _stage(docs: Path) -> None:
    shutil.copytree(ROOT / "docs", docs)
    for name in _STATIC:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, docs / name)
    (docs / "notebooks").mkdir()
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        _notebook(json.loads(notebook.read_bytes()), docs / "notebooks" / f"{notebook.stem}.md")
    pages = {page: docs / page.relative_to(ROOT / "docs") for page in sorted((ROOT / "docs").rglob("*.md"))}
    for outside in ("CHANGELOG.md", "notebooks/README.md"):
        pages[ROOT / outside] = docs / _MOVED[outside]
    for page, staged in pages.items():
        staged.write_text(_LINK.sub(partial(_link, page, staged, docs), page.read_text("utf-8")), "utf-8")


def _link(page: Path, staged: Path, docs: Path, match: re.Match[str]) -> str:
    """A link to what is not in ``docs/`` leads to what stands for it in the site."""
    path, sign, anchor = match["target"].partition("#")
    there = (page.parent / path).resolve()
    if not path or ":" in path or ROOT not in there.parents:
        return match[0]
    name = there.relative_to(ROOT).as_posix().removeprefix("docs/")
    name = _MOVED.get(name, re.sub(r"^(notebooks/.*)\.ipynb$", r"\1.md", name))
    return f"{match['before']}{os.path.relpath(docs / name, staged.parent)}{sign}{anchor}{match['after']}"


def _notebook(notebook: dict[str, Any], page: Path) -> None:
    """A notebook as a page, its pictures beside it."""
    parts: list[str] = []
    pictures = 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "image/png" in data:
                pictures += 1
                name = f"{page.stem}-{pictures}.png"
                page.with_name(name).write_bytes(b64decode("".join(data["image/png"])))
                parts.append(f"![]({name})")
            elif "text/html" in data:
                text = re.sub(r"<style.*?</style>", "", "".join(data["text/html"]), flags=re.DOTALL)
                text = re.sub(r"<(table|tr)\b[^>]*>", r"<\1>", text)  # as the site's own tables
                lines = (line.strip() for line in text.splitlines())
                parts.append(f"<div>{' '.join(line for line in lines if line)}</div>")
            else:
                parts.append(f"```text\n{''.join(output.get('text', data.get('text/plain', ''))).rstrip()}\n```")
    page.write_text("\n\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    build_site(Path(sys.argv[1] if sys.argv[1:] else ROOT / "build" / "site").resolve())
