"""A folder or file that is whole or as it was before: written beside its place, moved there at the end.

A process that is killed leaves its half beside the place, under a name that begins with a dot; the next one removes it.
"""

from __future__ import annotations

import ctypes
import glob
import json
import os
import shutil
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ConfigError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["hold", "replaced", "replaced_file"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replaced(target: Path, ours: tuple[str, ...]) -> Iterator[Path]:
    """A new folder to fill, which takes the place of ``target`` when the block ends well and goes if it does not.

    ``target`` may be missing, empty, or a folder that was made so before (its report.json says so); what else lies in
    such a folder than the names ``ours`` is copied over. Raises `ConfigError` for any other.
    """
    target = target.resolve()
    _check(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    fresh = target.with_name(f".{target.name}.new-{os.getpid()}")
    held = _make(fresh)
    try:
        yield fresh
        _check(target)  # again: minutes may have passed
        if target.exists():
            for entry in target.iterdir():
                if entry.name not in ours:
                    _copy(entry, fresh / entry.name)
            _exchange(fresh, target)
        else:
            fresh.rename(target)
    finally:
        if held is not None:
            os.close(held)
        shutil.rmtree(fresh, ignore_errors=True)  # a failed half, or what stood at the place before


@contextmanager
def replaced_file(target: Path) -> Iterator[Path]:
    """A new file to write, which takes the place of ``target`` when the block ends well and goes if it does not."""
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    # the ending stays: writers choose a format by it
    fresh = target.with_name(f".{target.stem}.new-{os.getpid()}{target.suffix}")
    try:
        yield fresh
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _check(target: Path) -> None:
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    remedy = "choose another folder, or remove it"
    if not target.is_dir():
        raise ConfigError("is a file; the graph needs a folder", where=str(target), remedy=remedy)
    try:
        marked = json.loads((target / "report.json").read_bytes()).get("kg") == "report"
    except (OSError, ValueError, AttributeError):
        marked = False
    if not marked:
        raise ConfigError("holds files, but no graph of ours: not replaced", where=str(target), remedy=remedy)


def _copy(entry: Path, to: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.copytree(entry, to, symlinks=True)
    else:
        shutil.copy2(entry, to, follow_symlinks=False)


def _exchange(fresh: Path, target: Path) -> None:
    """Swap the two names. Linux does it in one step, so no moment is without a whole folder; elsewhere there is a gap
    of two renames."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename and not rename(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE):
        return
    old = fresh.with_name(f"{fresh.name}.old")
    target.rename(old)
    fresh.rename(target)
    old.rename(fresh)


def _make(fresh: Path) -> int | None:
    """A new folder and the lock on it. A process that sweeps may take it for a left half in the moment between the two;
    then it is made again."""
    while True:
        fresh.mkdir(exist_ok=True)
        try:
            held = hold(fresh)
        except (FileNotFoundError, BlockingIOError):
            time.sleep(0.001)
            continue
        if held is None or (fresh.exists() and os.path.samestat(os.fstat(held), fresh.stat())):
            return held
        os.close(held)


def hold(folder: Path) -> int | None:
    """A lock that ends with this process, however it ends: who can take it knows that the folder is nobody's. Gives
    the handle to close, None where the system has no such locks; raises `BlockingIOError` where another holds it."""
    if sys.platform == "win32":
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _sweep(target: Path) -> None:
    """Remove halves that killed processes left."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.new-*"):
        try:
            held = hold(left)
        except OSError:
            continue  # its process still works on it, or it is not ours to open
        if held is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(held)
