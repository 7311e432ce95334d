"""What program made a ledger: another one may read other facts in the same documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import kg

__all__ = ["LIBRARIES", "maker", "model_facts", "model_hash"]

LIBRARIES: Final = ("ahocorasick-rs", "numpy", "opencc", "pypdfium2", "spacy", "spacy-pkuseg")
"""Those that have a part in what is read in a document; one that is an extra may be missing."""

_RULES = (".py", ".csv", ".txt")
"""Endings of files that hold rules and names; the trained model is told by `model_hash`."""


@cache
def maker() -> dict[str, str]:
    """Version of kg, hash of its rules and lists, versions of the libraries."""
    root = Path(kg.__file__).parent
    rules = _hash(root, [path for path in root.rglob("*") if path.suffix in _RULES])
    return {"kg": kg.__version__, "rules": rules, **dict(_versions())}


def _versions() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            yield name, metadata.version(name)


def model_hash(folder: Path | None) -> str | None:
    """SHA-256 over names and bytes of all files of a model; None for one that was not loaded from a folder."""
    return _hash(folder, [path for path in folder.rglob("*") if path.is_file()]) if folder is not None else None


def model_facts(folder: Path) -> dict[str, Any]:
    """Which trained pipeline lies in ``folder``: its name, version and hash."""
    meta = json.loads((folder / "meta.json").read_bytes())
    return {"name": meta["name"], "version": meta["version"], "sha256": model_hash(folder)}


def _hash(root: Path, paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(root).as_posix()}\n{path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
