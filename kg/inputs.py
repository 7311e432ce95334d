"""From what the user names (files, folders, ``-``) to the files to read, in an order that depends on nothing else.

Folders are walked to the bottom; names that begin with a dot are left alone, as the system's own. All that is seen and
not read is returned with its reason: nothing disappears.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import EmptyInputError, InputError, KgError, UnreadableInputError, UnsupportedInputError
from kg.read import SUFFIXES, read_bytes, read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Document

__all__ = ["Input", "find_inputs", "one_document"]


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """A file to read. ``source``: its name in report and graph, with ``/``, relative to the folder that was named, so
    that the same folder gives the same graph wherever it lies. ``path`` None: ``data`` came from standard input."""

    source: str
    path: Path | None
    data: bytes = b""

    def read(self, *, max_bytes: int, encoding: str | None = None) -> Document:
        """The document as read. Raises `InputError` where it cannot be used."""
        size = len(self.data) if self.path is None else _size(self)
        if size > max_bytes:
            raise UnsupportedInputError(
                f"{size:,} bytes are too many for one document (limit {max_bytes:,})",
                where=self.source,
                remedy="split it, or raise max_file_bytes in the settings",
            )
        if self.path is None:
            return read_bytes(self.data, source=self.source, encoding=encoding)
        return read_document(self.path, source=self.source, encoding=encoding)

    def load(self) -> bytes:
        """The file's bytes. Raises `UnreadableInputError`."""
        if self.path is None:
            return self.data
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise _unreadable(self.source, error) from error


@contextmanager
def one_document(source: str) -> Iterator[None]:
    """What goes wrong inside, our own mistakes among it, is an `InputError` of this document: the others go on.

    With KG_DEBUG in the environment our own mistakes stay what they are, with their traceback.
    """
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        what = f"internal error, please report it: {type(error).__name__}: {' '.join(str(error).split())}"
        raise InputError(what, where=source, remedy="KG_DEBUG=1 shows where") from error


def find_inputs(paths: Iterable[str | os.PathLike[str]]) -> tuple[list[Input], list[InputError]]:
    """Files under ``paths``, each once, sorted by source, and an error for each thing that cannot be one.

    ``-`` is standard input, read to its end here.
    """
    found: dict[str, Input] = {}
    errors: list[InputError] = []
    for given in paths:
        if os.fspath(given) == "-":
            found.setdefault("-", Input("stdin.txt", None, sys.stdin.buffer.read()))
            continue
        path = Path(given)
        for each in _walk(path, path.parent if not path.is_dir() else path, set()):
            if isinstance(each, InputError):
                errors.append(each)
            else:
                # one file named twice (a folder and a file in it) is one input, by the shorter of its names
                key = os.path.realpath(each.path or "")
                found[key] = min(found.get(key, each), each, key=lambda i: (i.source.count("/"), i.source))
    return sorted(found.values()), sorted(errors, key=str)


def _walk(path: Path, root: Path, above: set[tuple[int, int]]) -> Iterator[Input | InputError]:
    """``above``: device and inode of the folders on the way here, so that a link to one of them ends."""
    name = _name(path, root)
    try:
        status = path.stat()
    except OSError as error:
        if path.is_symlink():
            yield UnreadableInputError("a link to nothing, or to itself", where=name, remedy="mend or remove it")
        else:
            yield _unreadable(path.as_posix(), error)
        return
    if stat.S_ISREG(status.st_mode):
        if path.suffix.lower() in SUFFIXES:
            yield Input(name, path)
        else:
            yield UnsupportedInputError(
                f"files ending in {path.suffix or '(nothing)'} are not read",
                where=name,
                remedy=f"this version reads {', '.join(SUFFIXES)}",
            )
        return
    if not stat.S_ISDIR(status.st_mode):
        yield UnreadableInputError("no regular file (a pipe, a socket or a device)", where=name)
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        yield UnreadableInputError("a link to a folder that holds it", where=name, remedy="remove the link")
        return
    try:
        children = sorted(child for child in path.iterdir() if not child.name.startswith("."))
    except OSError as error:
        yield _unreadable(name, error)
        return
    if not children and path == root:
        yield EmptyInputError("a folder with nothing in it", where=str(path))
    for child in children:
        yield from _walk(child, root, above | {here})


def _name(path: Path, root: Path) -> str:
    name = path.relative_to(root).as_posix() if path != root else path.as_posix()
    # a name that is not UTF-8 could stand in no report and no graph
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _size(item: Input) -> int:
    assert item.path is not None
    try:
        return item.path.stat().st_size
    except OSError as error:
        raise _unreadable(item.source, error) from error


def _unreadable(name: str, error: OSError) -> UnreadableInputError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UnreadableInputError("no such file or folder", where=name, remedy="check the path")
    reason = (error.strerror or str(error)).lower()
    return UnreadableInputError(f"cannot be read: {reason}", where=name, remedy="check its permissions")
