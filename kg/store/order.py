"""Rows sorted here instead of by the engine.

Oxigraph reads the text of both terms from disk for each comparison: to sort 50,000 rows took it four times as long as
to find them. What is sorted here comes in the engine's order, or is left to it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.store.sparql import tokens
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.triples.text import Term

__all__ = ["Order", "sort_rows", "split_order"]

Order = tuple[tuple[str, bool], ...]
"""Names of variables, the first before the others; true: downwards."""

_XSD: Final = PREFIXES["xsd"]
_TEXTS: Final = frozenset({"", *(_XSD + name for name in ("date", "gYear", "gYearMonth"))})
_NUMBERS: Final = frozenset({_XSD + "integer", _XSD + "decimal"})
_RANKS: Final = {"bnode": 1, "iri": 2, "literal": 3}


def split_order(query: str) -> tuple[str, Order] | None:
    """A query without the ORDER BY that it ends with, and what that says. None: it has none, orders by something else
    than variables, or goes on."""
    found = list(tokens(query))
    texts = [token.word or token.text for token in found]
    if "ORDER" not in texts:
        return None
    at = len(texts) - 1 - texts[::-1].index("ORDER")
    rest = texts[at + 2 :]
    order = []
    while rest:
        if rest[0] in ("ASC", "DESC") and rest[1:2] == ["("] and rest[3:4] == [")"]:
            down, name, rest = rest[0] == "DESC", rest[2], rest[4:]
        else:
            down, name, rest = False, rest[0], rest[1:]
        if name[0] not in "?$" or len(name) == 1:
            return None
        order.append((name[1:], down))
    return (query[: found[at].start], tuple(order)) if order else None


def sort_rows(rows: list[dict[str, Term]], order: Order) -> bool:
    """Sort them in place, as SPARQL 1.1 and Oxigraph do. False, and nothing done: their values are neither text nor
    dates nor numbers, or are numbers beside something else."""
    places = [0] * len(rows)
    for name, down in order:
        terms = [row.get(name) for row in rows]
        known = {id(term): term for term in terms}  # a term is an object that many rows hold: quicker than to hash it
        types = {term.datatype for term in known.values() if term is not None}
        numbers = bool(types & _NUMBERS)
        if not types <= (_NUMBERS if numbers else _TEXTS) or (
            numbers and any(term and term.kind != "literal" for term in known.values())
        ):
            return False
        keys = {at: _key(term, numbers) for at, term in known.items()}
        ranks = {key: rank for rank, key in enumerate(sorted({*keys.values()}, reverse=down))}
        ranked = {at: ranks[key] for at, key in keys.items()}
        places = [place * len(ranks) + ranked[id(term)] for place, term in zip(places, terms, strict=True)]
    rows[:] = [rows[at] for at in sorted(range(len(rows)), key=places.__getitem__)]
    return True


def _key(term: Term | None, numbers: bool) -> tuple[Any, ...]:
    if term is None:
        return (0,)
    if numbers:
        return 3, Decimal(term.value)
    # texts that are equal: those with a language first, then by the datatype, which a plain one has too
    datatype = term.datatype or _XSD + "string"
    return _RANKS[term.kind], term.value, term.kind == "literal" and not term.language, datatype, term.language
