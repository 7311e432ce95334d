"""Values that certainly meet a constraint, told by their text: what N-Triples writes of a term is enough for most.

A test that is false says nothing: then the store is asked (`kg.validate.screen`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.validate.shapes import SH
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.validate.shapes import Constraint

__all__ = ["Said", "Test", "length", "number", "test_of"]

Test: TypeAlias = Callable[[str], bool]
"""Of a term as N-Triples writes it."""

Said: TypeAlias = Mapping[str, "list[str]"]
"""Objects by predicate, terms as N-Triples writes them, each once."""

_XSD: Final = PREFIXES["xsd"]
_STRING: Final = _XSD + "string"
_LANGUAGE: Final = re.compile(r'".*"@([a-z]+(?:-[a-z0-9]+)*)')
_NUMBER: Final = re.compile(rf'"(-?[0-9]{{1,15}}(?:\.[0-9]{{1,9}})?)"\^\^<{re.escape(_XSD)}(?:integer|decimal)>')
_SPELT: Final = {
    _XSD + "integer": re.compile(r"-?[0-9]{1,15}"),
    _XSD + "decimal": re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?"),
    _XSD + "boolean": re.compile(r"true|false"),
    _XSD + "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    _XSD + "gYear": re.compile(r"[^\\]*"),
    _XSD + "gYearMonth": re.compile(r"[^\\]*"),
}
_PLAIN_PATTERN: Final = re.compile(r"[A-Za-z0-9 ^$\[\]()|{}+?*:,_-]+")
"""Patterns that mean the same to Python and to SPARQL."""
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_KINDS: Final = {"IRI": "<", "Literal": '"', "BlankNode": "_"}


def number(term: str) -> float | None:
    """Of an integer or decimal of usual size."""
    match = _NUMBER.fullmatch(term)
    return float(match[1]) if match else None


def length(term: str) -> int | None:
    """Code points of a plain string."""
    if term[0] != '"' or term[-1] != '"':
        return None
    return len(term if "\\" not in term else _ESCAPE.sub("x", term)) - 2


def test_of(constraint: Constraint) -> Test | None:
    """The test for a constraint on values; None where there is none."""
    value = constraint.values[0] if constraint.values else None
    match constraint.name:
        case "in":
            known = frozenset(value.n3() for value in constraint.values)
            return known.__contains__
        case "languageIn":
            return _in_language(frozenset(value.value for value in constraint.values))
        case "or":
            members = [[test_of(one) for one in member.constraints] for member in constraint.members]
            return None if any(m.path for m in constraint.members) else _any_of(members)
    if value is None:
        return None
    match constraint.name:
        case "datatype":
            return _of_datatype(value.value)
        case "nodeKind":
            starts = tuple(_KINDS[name] for name in value.value.removeprefix(SH).split("Or") if name in _KINDS)
            return lambda term: term.startswith(starts)
        case "pattern" if _PLAIN_PATTERN.fullmatch(value.value):
            pattern = re.compile(value.value, re.ASCII)
            return lambda term: (text := _text(term)) is not None and pattern.search(text) is not None
        case "minLength":
            least = int(value.value)
            return lambda term: term[0] != "_" and len(_ESCAPE.sub("x", _between(term))) >= least
        case "minInclusive" | "maxInclusive":
            bound, lower = float(value.value), constraint.name == "minInclusive"
            return lambda term: (n := number(term)) is not None and (n >= bound if lower else n <= bound)
    return None


def _text(term: str) -> str | None:
    """What STR() gives, where nothing in it is escaped."""
    if "\\" in term or term[0] == "_":
        return None
    return _between(term)


def _between(term: str) -> str:
    """Between the signs of an address or the quotation marks of a literal, as written."""
    return term[1:-1] if term[0] == "<" else term[1 : term.rfind('"')]


def _in_language(ranges: frozenset[str]) -> Test:
    def meets(term: str) -> bool:
        match = _LANGUAGE.fullmatch(term)
        return match is not None and (match[1] in ranges or match[1].partition("-")[0] in ranges)

    return meets


def _of_datatype(datatype: str) -> Test | None:
    if datatype == _STRING:
        return lambda term: term[0] == '"' and term[-1] == '"'
    if datatype not in _SPELT:
        return None
    spelt, end = _SPELT[datatype], f'"^^<{datatype}>'
    is_date = datatype == _XSD + "date"

    def meets(term: str) -> bool:
        if term[0] != '"' or not term.endswith(end):
            return False
        text = term[1 : -len(end)]
        return spelt.fullmatch(text) is not None and (not is_date or _is_day(text))

    return meets


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _any_of(members: list[list[Test | None]]) -> Test | None:
    known = [[test for test in tests if test] for tests in members if all(tests)]
    return (lambda term: any(all(test(term) for test in tests) for tests in known)) if known else None
