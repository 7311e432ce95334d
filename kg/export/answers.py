"""Answers of a query as text: a table for people, and what programs read (`kg.queries.results`, Turtle).

A graph (CONSTRUCT, DESCRIBE) is Turtle, or rows of subject, predicate and object in the other formats.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.queries.results import ask_json, select_csv, select_json, select_tsv
from kg.triples.turtle import turtle
from kg.vocabulary import BASE, prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.store import Result
    from kg.triples.text import Term

__all__ = ["FORMATS", "write_answer"]

FORMATS: Final = ("table", "csv", "json", "tsv", "ttl")


def write_answer(result: Result, form: str, base: str = BASE) -> str:
    """``result`` in one of `FORMATS`; ``base`` is where things live, for short names.

    Raises `QueryError` for Turtle of rows.
    """
    if form == "ttl":
        if result.kind != "construct":
            raise QueryError("rows cannot be written as ttl", remedy="ask with CONSTRUCT, or choose another --format")
        return "".join(turtle(result.triples, base))
    if result.kind == "ask":
        return ask_json(result.truth) if form == "json" else f"{str(result.truth).lower()}\n"
    variables, rows = result.variables, result.rows
    if result.kind == "construct":
        variables, rows = _spread(result.triples)
    match form:
        case "csv":
            return select_csv(variables, rows)
        case "tsv":
            return select_tsv(variables, rows)
        case "json":
            return select_json(variables, rows)
        case _:
            return _table(variables, rows, base)


def _spread(triples: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[dict[str, Term], ...]]:
    from kg.store import Store

    answer = Store.of(triples).query("SELECT ?subject ?predicate ?object WHERE { ?subject ?predicate ?object }")
    return answer.variables, tuple(sorted(answer.rows, key=lambda row: tuple(row[name] for name in answer.variables)))


def _table(variables: Sequence[str], rows: Sequence[Mapping[str, Term]], base: str) -> str:
    short = {namespace: prefix for prefix, namespace in prefixes(base).items()}
    cells = [list(variables)]
    cells += [[_cell(row[name], short) if name in row else "" for name in variables] for row in rows]
    columns = []
    for column in zip(*cells, strict=True):
        widths = [_width(text) for text in column]
        widest = max(widths)
        padded = [text + " " * (widest - width) for text, width in zip(column, widths, strict=True)]
        columns.append([padded[0], "-" * widest, *padded[1:]])
    return "".join(f"{'  '.join(line).rstrip()}\n" for line in zip(*columns, strict=True))


def _cell(term: Term, short: Mapping[str, str]) -> str:
    text = " ".join(term.value.split())
    if term.kind == "iri":
        cut = max(text.rfind("/"), text.rfind("#")) + 1
        return f"{short[text[:cut]]}:{text[cut:]}" if text[:cut] in short else text
    if text.isprintable():
        return text
    # no escape codes of a document on somebody's terminal
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _width(text: str) -> int:
    """Columns on a terminal: Han characters and full-width signs take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
