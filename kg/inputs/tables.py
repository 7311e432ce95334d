"""Tables of documents: CSV and TSV files with a header, each row a document, its text in a column that the user names.

Columns ``symbol``, ``date`` and ``title`` are taken where they are there; what they say goes before what the text's own
letterhead says. Corpora such as CR-UNSC come in this shape.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from kg.dates import find_dates
from kg.errors import InputError, UnsupportedInputError
from kg.model import Unread
from kg.read.decode import decode
from kg.symbols import find_symbols

__all__ = ["TABLES", "Columns", "Row", "table_rows"]

TABLES = (".csv", ".tsv", ".tab")
"""Endings of tables."""

_DELIMITERS = ",\t;|"
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Columns(NamedTuple):
    """The column that holds the text, and the one whose value names the row (``doc_id`` where it is there)."""

    text: str
    id: str | None = None


class Row(NamedTuple):
    """A document of a table. ``line`` counts lines of the file from 1, the header's; ``name`` tells the row among the
    others; ``unread`` what of it was not understood."""

    line: int
    name: str
    text: str
    symbol: str | None = None
    date: str | None = None
    title: str | None = None
    unread: tuple[Unread, ...] = ()


def table_rows(
    data: bytes, columns: Columns, *, source: str, encoding: str | None = None
) -> Iterator[Row | InputError]:
    """The rows of a table, and an error for each that is none.

    Raises `UnsupportedInputError` where the table has no such column, and the errors of `kg.read.decode.decode`.
    """
    text, _ = decode(data, source=source, encoding=encoding)
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # texts are longer than the module's default
    delimiter, header = _header(text, columns, source)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    at = {name: i for i, name in reversed(list(enumerate(header)))}
    named = columns.id or ("doc_id" if "doc_id" in at else None)
    names: set[str] = set()
    line = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _bad(source, line, f"no row of a table: {error}")
            continue
        if line == 1 or not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            yield _bad(source, line, f"{len(cells)} cells, but {len(header)} columns")
        elif not cells[at[columns.text]].strip():
            yield _bad(source, line, f"nothing in column {columns.text}")
        else:
            row = _row(line, cells, at, columns, named)
            if row.name in names:
                row = row._replace(name=f"{row.name}:{line}")
            names.add(row.name)
            yield row


def _header(text: str, columns: Columns, source: str) -> tuple[str, list[str]]:
    """The delimiter with which the first line holds the columns, and their names."""
    best: list[str] = []
    for delimiter in _DELIMITERS:
        try:
            header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        header = [name.strip() for name in header]
        if columns.text in header and (columns.id is None or columns.id in header):
            return delimiter, header
        best = max(best, header, key=len)
    missing = columns.text if columns.text not in best else columns.id
    shown = ", ".join(name if len(name) <= 40 else f"{name[:40]}…" for name in best[:30])
    raise UnsupportedInputError(f"no column {missing}", where=source, remedy=f"its columns are {shown}")


def _row(line: int, cells: list[str], at: dict[str, int], columns: Columns, named: str | None) -> Row:
    def cell(name: str) -> str | None:
        return cells[at[name]].strip() or None if name in at else None

    unread: list[Unread] = []
    symbol, date = cell("symbol"), cell("date")
    if symbol is not None:
        found = next((cited.symbol for cited in find_symbols(symbol) if cited.start == 0), None)
        if found is None:
            unread.append(Unread("column symbol", f"{symbol[:60]} is no symbol of a document: not used", "mend it"))
        symbol = found
    if date is not None:
        told = [d.iso for d in find_dates(date)]
        known = told[0] if len(told) == 1 and told[0] else date if _ISO.fullmatch(date) else None
        if known is None:
            unread.append(Unread("column date", f"{date[:60]} is no date: not used", "write it as 2020-01-31"))
        date = known
    name = (cell(named) if named else None) or str(line)
    return Row(line, name, cells[at[columns.text]], symbol, date, cell("title"), tuple(unread))


def _bad(source: str, line: int, what: str) -> InputError:
    return UnsupportedInputError(what, where=f"{source}, line {line}", remedy="mend the row")
