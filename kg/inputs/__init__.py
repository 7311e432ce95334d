"""From what the user names (files, folders, ``-``) to the documents to read, in an order that depends on nothing else.

Folders are walked to the bottom, zip archives opened, rows of tables told apart; names that begin with a dot are left
alone, as the system's own. All that is seen and not read is returned with its reason: nothing disappears.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kg.errors import ConfigError, EmptyInputError, InputError, KgError, UnreadableInputError, UnsupportedInputError
from kg.inputs.archives import DEEPEST, members
from kg.inputs.item import Input, unread_parts, unreadable
from kg.inputs.tables import TABLES, Columns, table_rows
from kg.read import SUFFIXES
from kg.read.formats import READERS, known_format
from kg.read.signatures import ZIP, known_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Columns", "Input", "find_inputs", "one_document", "unread_parts"]


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


def find_inputs(
    paths: Iterable[str | os.PathLike[str]], columns: Columns | None = None, encoding: str | None = None
) -> tuple[list[Input], list[InputError]]:
    """Documents under ``paths``, each once, sorted by source, and an error for each thing that cannot be one.

    ``-`` is standard input, read to its end here. ``columns``: which column of tables holds the text; standard input is
    a table then; ``encoding`` is theirs. Raises `ConfigError` where columns are named and nothing is a table.
    """
    finder = _Finder(columns, encoding)
    for given in paths:
        if os.fspath(given) == "-":
            finder.standard_input()
        else:
            path = Path(given)
            finder.walk(path, path.parent if not path.is_dir() else path, set())
    if columns is not None and not finder.tables:
        raise ConfigError(
            f"column {columns.text} of what? there is no table", remedy=f"tables end in {', '.join(TABLES)}"
        )
    return sorted(finder.found.values()), sorted(finder.errors, key=str)


class _Finder:
    """Collects inputs and errors. ``tables``: how many tables were seen."""

    def __init__(self, columns: Columns | None, encoding: str | None) -> None:
        self.found: dict[str, Input] = {}
        self.errors: list[InputError] = []
        self.tables = 0
        self._columns = columns
        self._encoding = encoding
        self._asked = False

    def standard_input(self) -> None:
        if self._asked:
            return
        self._asked = True
        data = sys.stdin.buffer.read()
        form = known_format(data)
        name = f"stdin{form.suffixes[0]}" if form else "stdin.txt"
        if self._columns is not None and form is None and not data.startswith(ZIP):
            self._take(Input("stdin.csv", None, data), "-")
        elif data.startswith(ZIP) and form is None:
            self._take(Input("stdin.zip", None, data), "-")
        else:
            self.found["-"] = Input(name, None, data)

    def walk(self, path: Path, root: Path, above: set[tuple[int, int]]) -> None:
        """``above``: device and inode of the folders on the way here, so that a link to one of them ends."""
        name = _name(path, root)
        try:
            status = path.stat()
        except OSError as error:
            if path.is_symlink():
                lost = UnreadableInputError("a link to nothing, or to itself", where=name, remedy="mend or remove it")
            else:
                lost = unreadable(path.as_posix(), error)
            self.errors.append(lost)
            return
        if stat.S_ISREG(status.st_mode):
            self._take(Input(name, path), os.path.realpath(path))
        elif not stat.S_ISDIR(status.st_mode):
            self.errors.append(UnreadableInputError("no regular file (a pipe, a socket or a device)", where=name))
        elif (here := (status.st_dev, status.st_ino)) in above:
            round_trip = UnreadableInputError("a link to a folder that holds it", where=name, remedy="remove the link")
            self.errors.append(round_trip)
        else:
            self._folder(path, root, name, above | {here})

    def _folder(self, path: Path, root: Path, name: str, above: set[tuple[int, int]]) -> None:
        try:
            children = sorted(child for child in path.iterdir() if not child.name.startswith("."))
        except OSError as error:
            self.errors.append(unreadable(name, error))
            return
        if not children and path == root:
            self.errors.append(EmptyInputError("a folder with nothing in it", where=str(path)))
        for child in children:
            self.walk(child, root, above)

    def _take(self, item: Input, key: str) -> None:
        """A file, a member of an archive or standard input: as it stands, or what is in it."""
        try:
            head = item.head()
            suffix = PurePosixPath(item.source).suffix.lower()
            form = known_format(head)
            if suffix in TABLES and form is None and not head.startswith(ZIP):
                self._table(item, key)
            elif head.startswith(ZIP) and form is None and not _is_binary_suffix(suffix):
                self._archive(item, key)
            elif form is None and suffix not in SUFFIXES:
                raise _not_read(item.source, suffix, head)
            else:
                # one file named twice (a folder and a file in it) is one input, by the shorter of its names
                self.found[key] = min(self.found.get(key, item), item, key=lambda i: (i.source.count("/"), i.source))
        except InputError as error:
            self.errors.append(error)

    def _archive(self, item: Input, key: str) -> None:
        if len(item.inside) >= DEEPEST:
            raise UnsupportedInputError("an archive too deep inside others", where=item.source, remedy="unpack it")
        if item.path is not None and not item.inside:
            with item.path.open("rb") as file:
                found = list(members(file, source=item.source))
        else:
            found = list(members(io.BytesIO(item.load()), source=item.source))
        if not found:
            raise EmptyInputError("an archive with nothing in it", where=item.source, remedy="remove it or fill it")
        for each in found:
            if isinstance(each, InputError):
                self.errors.append(each)
            else:
                name, info = each
                inner = replace(item, source=f"{item.source}/{name}", inside=(*item.inside, info))
                self._take(inner, f"{key}/{name}")

    def _table(self, item: Input, key: str) -> None:
        if self._columns is None:
            raise UnsupportedInputError(
                "a table: which column holds the text?", where=item.source, remedy="name it with --text-column"
            )
        self.tables += 1
        for row in table_rows(item.load(), self._columns, source=item.source, encoding=self._encoding):
            if isinstance(row, InputError):
                self.errors.append(row)
            else:
                data = row.text.encode("utf-8", "surrogatepass")
                self.found[f"{key}:{row.name}"] = Input(f"{item.source}:{row.name}", None, data, row=row)


def _not_read(source: str, suffix: str, head: bytes) -> UnsupportedInputError:
    other = known_as(head)
    if other:
        return UnsupportedInputError(f"this is {other.name}, which is not read", where=source, remedy=other.remedy)
    what = f"files ending in {suffix or '(nothing)'} are not read"
    remedy = f"this version reads {', '.join((*SUFFIXES, '.zip', *TABLES))}"
    return UnsupportedInputError(what, where=source, remedy=remedy)


def _is_binary_suffix(suffix: str) -> bool:
    return any(form.binary and suffix in form.suffixes for form in READERS)


def _name(path: Path, root: Path) -> str:
    name = path.relative_to(root).as_posix() if path != root else path.as_posix()
    # a name that is not UTF-8 could stand in no report and no graph
    return os.fsencode(name).decode("utf-8", "backslashreplace")
