"""SPARQL text, looked at before an engine sees it: what it asks for, what is refused, what it takes as parameters.

SERVICE and LOAD make an engine go to the network, ``FROM <file:...>`` makes some read a local file; Oxigraph has no
switch against the first two. A small lexer tells the bare words from names, strings, IRIs and comments that only
contain them.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import QueryError
from kg.triples.text import iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.triples.text import Term

__all__ = ["batches", "check_query", "fill", "from_graphs", "names_graphs", "parameters", "query_form", "tokens"]

_TOKEN = re.compile(
    r"""
      (?P<blank>[ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
                |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:%]|\\.)(?:(?:[\w:%.-]|\\.)*(?:[\w:%-]|\\.))?)?)
    | (?P<blanknode>_:\w(?:[\w.-]*[\w-])?)
    | (?P<word>[A-Za-z][A-Za-z0-9_]*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})


_BATCH: Final = 500
"""Addresses in one query."""


def batches(addresses: Iterable[str]) -> Iterator[str]:
    """Addresses as they stand in a ``VALUES`` block, some hundreds at a time."""
    left = iter(addresses)
    while some := list(islice(left, _BATCH)):
        yield " ".join(map(iri, some))


class Token(NamedTuple):
    """A piece of a query: what kind, the text, where."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """A word in capitals, as keywords are known by; empty for anything else."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(query: str) -> Iterator[Token]:
    """All tokens but blanks and comments."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        if kind not in ("blank", "comment"):
            yield Token(kind, match[0], match.start(), match.end())


def query_form(query: str) -> str | None:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``: the first such word; None for anything else."""
    return next((token.word for token in tokens(query) if token.word in _FORMS), None)


def check_query(query: str) -> None:
    """Refuse what would leave this process or change a graph.

    Raises `QueryError`: an update, SERVICE, LOAD, or FROM with a file.
    """
    before = ""
    form = False
    for token in tokens(query):
        word = token.word
        if word in ("SERVICE", "LOAD"):
            raise QueryError(f"{word} is refused: queries do not go to the network", where=_place(query, token.start))
        if word in _UPDATES and not form:
            raise QueryError(f"{word} is an update: graphs are only read here", where=_place(query, token.start))
        if token.kind == "iri" and before in ("FROM", "NAMED") and token.text[1:].lower().startswith("file:"):
            raise QueryError("FROM a file is refused", where=_place(query, token.start))
        form = form or word in _FORMS
        before = word


def from_graphs(query: str) -> list[str]:
    """IRIs that its FROM and FROM NAMED clauses write out; short names are not among them."""
    found: list[str] = []
    before = ""
    for token in tokens(query):
        if token.kind == "iri" and before in ("FROM", "NAMED"):
            found.append(token.text[1:-1])
        before = token.word
    return found


def names_graphs(query: str) -> bool:
    """Whether it may ask for a graph by name: with GRAPH or FROM."""
    return any(token.word in ("GRAPH", "FROM") for token in tokens(query))


def _place(query: str, at: int) -> str:
    line = query.count("\n", 0, at) + 1
    return f"line {line}, column {at - query.rfind(chr(10), 0, at)}"


def _slots(query: str) -> Iterator[tuple[str, int, int]]:
    """Name, start and end of each ``{ ... }`` of a ``VALUES ?name { ... }`` with one variable and one value."""
    found = list(tokens(query))
    for i, token in enumerate(found[:-2]):
        if token.kind != "word" or token.text.upper() != "VALUES" or found[i + 1].kind != "variable":
            continue
        if found[i + 2].text != "{":
            continue
        close = next((t for t in found[i + 3 :] if t.text == "}"), None)
        if close:
            yield found[i + 1].text[1:], found[i + 2].start, close.end


def parameters(query: str) -> frozenset[str]:
    """Names of the parameters that a query takes: the variables of its ``VALUES ?name { ... }`` blocks."""
    return frozenset(name for name, _, _ in _slots(query))


def fill(query: str, values: Mapping[str, Term]) -> str:
    """The query with the block of each ``VALUES ?name { ... }`` holding the value given for ``name``.

    A value goes in as a whole RDF term, escaped; it can never become syntax. What is not given keeps the value (or
    UNDEF) that stands in the text, so a query is whole as it stands, on any engine.

    Raises `QueryError` for a name that the query has no block for.
    """
    known = parameters(query)
    for name in values:
        if name not in known:
            takes = ", ".join(sorted(known)) or "none"
            raise QueryError(f"no parameter {name!r} in this query", remedy=f"it takes {takes}")
    pieces: list[str] = []
    at = 0
    for name, start, end in _slots(query):
        if name in values:
            pieces += [query[at:start], f"{{ {values[name].n3()} }}"]
            at = end
    return "".join(pieces) + query[at:]
