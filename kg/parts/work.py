"""The folder of a reading's parts, beside the folder that is to be built: kept when the work is interrupted."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.folder import hold

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Work"]

_KEY = re.compile(r"[0-9a-f]{16}")


class Work:
    """``DIR.work/KEY`` for one reading at a time, in a ``with`` block: when it ends well the folder goes, and with it
    what other builds of DIR left; else it stays, if a part in it is finished. ``resume``: what is there is kept."""

    def __init__(self, out: Path, key: str, *, resume: bool = True) -> None:
        self._out, self._key, self._resume = out, key, resume
        self._place: Path | None = None
        self._held: int | None = None

    def open(self) -> Path:
        """The folder, made and held. Raises `KgError` where another process works in it."""
        out = self._out.resolve()
        place = out.with_name(f"{out.name}.work") / self._key
        while True:
            place.mkdir(parents=True, exist_ok=True)
            try:
                self._held = hold(place)
            except FileNotFoundError:
                continue  # another one has ended in this moment
            except BlockingIOError:
                what = "another command builds this graph from the same inputs"
                raise KgError(what, where=str(out), remedy="wait for its end") from None
            if self._held is None or (place.exists() and os.path.samestat(os.fstat(self._held), place.stat())):
                break
            os.close(self._held)
        self._place = place
        if not self._resume:
            self.clear()
        return place

    def clear(self) -> None:
        """Drop all parts."""
        if self._place:
            for path in self._place.iterdir():
                path.unlink()

    def __enter__(self) -> Work:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._place is None:
            return
        if kind is None or not any(self._place.glob("part-*")):
            shutil.rmtree(self._place, ignore_errors=True)
        if self._held is not None:
            os.close(self._held)
        if kind is None:
            _sweep(self._place.parent)
        with suppress(OSError):
            self._place.parent.rmdir()  # where no other reading has its parts in it


def _sweep(place: Path) -> None:
    """Remove what is nobody's: parts for other inputs, settings or rules."""
    for left in place.iterdir() if place.is_dir() else ():
        if not _KEY.fullmatch(left.name):
            continue
        try:
            held = hold(left)
        except OSError:
            continue
        shutil.rmtree(left, ignore_errors=True)
        if held is not None:
            os.close(held)
