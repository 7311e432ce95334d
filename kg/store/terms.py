"""The engine's answers as our terms."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.triples.text import Term
from kg.triples.turtle import sorted_lines
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["PLAIN", "many_rows", "term_rows", "triple_lines"]

PLAIN = (PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString")
"""Datatypes that go without saying."""

_KEPT = 1 << 15
"""Terms that are remembered: most cells of an answer say what another has said."""


def term_rows(answer: Iterable[Any], variables: tuple[str, ...]) -> Iterator[dict[str, Term]]:
    """The solutions of a SELECT query; an unbound variable is not in its row."""
    term = _reader()
    for solution in answer:
        # a solution gives its values in the order of the variables, much faster than by their names
        yield {name: term(value) for name, value in zip(variables, solution, strict=True) if value is not None}


@contextmanager
def many_rows() -> Iterator[None]:
    """No looking for cycles meanwhile: rows are in none, and to go through them again and again took a third of the
    time that 50,000 of them took."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def triple_lines(answer: Iterable[Any]) -> list[str]:
    """The triples of a CONSTRUCT query as N-Triples lines, sorted, each once."""
    term = _reader()
    return sorted_lines(f"{term(t.subject).n3()} {term(t.predicate).n3()} {term(t.object).n3()} ." for t in answer)


@cache
def _reader() -> Callable[[Any], Term]:
    """What makes a `Term` of the engine's. It raises `QueryError` for a triple term."""
    import pyoxigraph

    @lru_cache(_KEPT)
    def term(value: Any) -> Term:
        kind = type(value)
        if kind is pyoxigraph.NamedNode:
            return Term("iri", value.value)
        if kind is pyoxigraph.BlankNode:
            return Term("bnode", value.value)
        if kind is not pyoxigraph.Literal:
            raise QueryError("the answer holds a triple term, which RDF 1.1 has not", remedy="select its parts")
        if value.language:
            return Term("literal", value.value, language=value.language)
        datatype = value.datatype.value
        return Term("literal", value.value, "" if datatype in PLAIN else datatype)

    return term
