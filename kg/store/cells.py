"""Long answers, read from the text that the engine writes of them (SPARQL 1.1 TSV) while it writes.

An object for each cell, which is then asked for what it holds, takes two microseconds; to look up its text takes a
tenth of that.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Final, cast

from kg.errors import QueryError
from kg.store.terms import PLAIN, term_rows
from kg.triples.text import Term
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["read_rows"]

_XSD: Final = PREFIXES["xsd"]
_BARE: Final = (
    (re.compile("true|false"), _XSD + "boolean"),
    (re.compile("[+-]?[0-9]+"), _XSD + "integer"),
    (re.compile("[+-]?[0-9]*[.][0-9]+"), _XSD + "decimal"),
    (re.compile("[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]+"), _XSD + "double"),
)
"""Literals that are written without quotes, as in Turtle."""

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED: Final = dict(zip("btnfr", "\b\t\n\f\r", strict=True))


def read_rows(answer: pyoxigraph.QuerySolutions, variables: tuple[str, ...]) -> list[dict[str, Term]]:
    """All solutions that are left, as `kg.store.terms.term_rows` gives them."""
    import pyoxigraph

    if not variables:
        return list(term_rows(answer, variables))  # as text, such a row and the end of all look alike
    rows = _Rows(variables)
    answer.serialize(cast("IO[bytes]", rows), format=pyoxigraph.QueryResultsFormat.TSV)
    return rows.found


class _Rows:
    """The file that the engine writes to."""

    def __init__(self, variables: tuple[str, ...]) -> None:
        self.found: list[dict[str, Term]] = []
        self._variables = variables
        self._terms = _Terms()
        self._left = b""
        self._begun = False

    def write(self, data: bytes) -> int:
        *lines, self._left = (self._left + data).split(b"\n")
        if lines and not self._begun:
            del lines[0]  # the names of the columns
            self._begun = True
        variables, terms = self._variables, self._terms
        self.found += [
            {name: terms[cell] for name, cell in zip(variables, line.split(b"\t"), strict=True) if cell}
            for line in lines
        ]
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""


class _Terms(dict[bytes, Term]):
    """Terms by what stands in a cell, each made once: most cells of an answer say what another has said."""

    def __missing__(self, cell: bytes) -> Term:
        term = self[cell] = _term(cell.decode("utf-8"))
        return term


def _term(text: str) -> Term:
    if text[0] == "<" and text[1:2] != "<":
        return Term("iri", text[1:-1])
    if text[0] == '"':
        end = text.rindex('"')
        value, kind = text[1:end], text[end + 1 :]
        if "\\" in value:
            value = _ESCAPE.sub(_character, value)
        if kind[:1] == "@":
            return Term("literal", value, language=kind[1:].partition("--")[0])
        return Term("literal", value, "" if kind[3:-1] in PLAIN else kind[3:-1])
    if text.startswith("_:"):
        return Term("bnode", text[2:])
    for bare, datatype in _BARE:
        if bare.fullmatch(text):
            return Term("literal", text, datatype)
    raise QueryError("the answer holds a triple term, which RDF 1.1 has not", remedy="select its parts")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])
