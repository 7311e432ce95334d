"""The library of named queries: one ``.rq`` file each, plain SPARQL 1.1 that any engine runs as it stands.

The comment lines at the head of a file are its record, read here:

    # zh: 谁主持了哪次会议？                      the question, in Chinese and English
    # en: Who chaired which meeting?
    # param: state want_state string optional: ISO 3166-1 alpha-3      name, variable, type, default: what it is
    # columns: date format state ...              the columns that are promised, first and in this order
    # more: person_iri fact                       columns beyond the promise

A parameter's value goes into the ``VALUES ?variable { ... }`` of the text as a typed term (`kg.store.sparql.fill`).
Its default is ``required``, ``optional`` (the query runs without it) or a value. Type ``days`` is a number that is
added to the query's parameter of type ``date``: SPARQL 1.1 cannot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.store.sparql import fill
from kg.triples.text import Term
from kg.vocabulary import BASE, PREFIXES, prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NamedQuery", "Parameter", "fill_query", "get_query", "load_queries"]

_FOLDER = Path(__file__).parent
_ORDER = (
    *("documents", "letters", "presidencies", "meetings", "chairs", "briefings", "adoptions", "votes", "mandates"),
    *("timeline", "expiring", "citations", "appointments", "statements", "evidence"),
)
"""The contract's queries, in its order; the others follow by name."""

_XSD = PREFIXES["xsd"]
_PARAMETER = re.compile(
    r"(?P<name>\w+) (?P<variable>\w+) (?P<type>string|date|days|iri) (?P<default>\S+): (?P<about>.+)"
)
_FULL_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """``type``: ``string``, ``date`` (ISO, a full day), ``days`` (a whole number) or ``iri``. ``default``: what stands
    for it when it is not given; None where it may be left out or must be given (``required``)."""

    name: str
    variable: str
    type: str
    default: str | None
    required: bool
    about: str

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "type": self.type,
            "default": self.default,
            "required": self.required,
            "about": self.about,
        }


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the library. ``columns`` are promised, ``more`` come after them."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    more: tuple[str, ...]
    text: str

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "zh": self.zh,
            "en": self.en,
            "parameters": [parameter.as_json() for parameter in self.parameters],
            "columns": list(self.columns),
            "more": list(self.more),
        }

    def sparql(self, values: Mapping[str, str] | None = None, base: str = BASE) -> str:
        """The text with the parameters filled in, to be sent to any engine.

        ``values``: by parameter name, as a user types them. ``base``: for short addresses (``chair:...``).
        Raises `QueryError` for a parameter that is unknown, missing or of the wrong type.
        """
        given = dict(values or {})
        unknown = sorted(given.keys() - {parameter.name for parameter in self.parameters})
        if unknown:
            takes = ", ".join(parameter.name for parameter in self.parameters) or "none"
            raise QueryError(f"no parameter {unknown[0]!r} in query {self.name}", remedy=f"it takes {takes}")
        terms: dict[str, Term] = {}
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            if value is None and parameter.required:
                raise QueryError(
                    f"query {self.name} needs the parameter {parameter.name}",
                    remedy=f"--param {parameter.name}=VALUE: {parameter.about}",
                )
            if value is not None:
                terms[parameter.variable] = self._term(parameter, value, given, base)
        return fill(self.text, terms)

    def _term(self, parameter: Parameter, value: str, given: Mapping[str, str], base: str) -> Term:
        match parameter.type:
            case "date":
                return Term("literal", _day(parameter.name, value).isoformat(), _XSD + "date")
            case "days":
                start = next(p for p in self.parameters if p.type == "date")
                if not re.fullmatch(r"\d{1,5}", value):
                    raise QueryError(f"{parameter.name}={value}: not a number of days", remedy="give 60, for example")
                try:
                    end = _day(start.name, given[start.name]) + timedelta(days=int(value))
                except OverflowError:
                    raise QueryError(f"{parameter.name}={value}: past the last day of the calendar") from None
                return Term("literal", end.isoformat(), _XSD + "date")
            case "iri":
                return _address(parameter.name, value, base)
            case _:
                return Term("literal", value)


def _day(name: str, value: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise QueryError(f"{name}={value}: not a day", remedy="give it as 2020-01-31") from None


def _address(name: str, value: str, base: str) -> Term:
    prefix, _, local = value.partition(":")
    namespace = prefixes(base).get(prefix)
    if namespace and local:
        value = namespace + local
    if not _FULL_IRI.fullmatch(value):
        raise QueryError(f"{name}={value}: not an address", remedy="give it as the column of another query shows it")
    return Term("iri", value)


@cache
def load_queries() -> dict[str, NamedQuery]:
    """The library by name, the contract's queries first. Raises `QueryError` for a file whose head is not in order."""
    found = {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.rq"))}
    return {name: found[name] for name in [*_ORDER, *(n for n in found if n not in _ORDER)]}


def get_query(name: str) -> NamedQuery:
    """The query of that name. Raises `QueryError`, with the names there are, for any other."""
    known = load_queries()
    if name not in known:
        raise QueryError(f"no query {name!r} in the library", remedy=f"there are {', '.join(known)}")
    return known[name]


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    record: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        key, _, value = line[2:].partition(": ")
        record.setdefault(key, []).append(value)
    try:
        return NamedQuery(
            name=path.stem,
            zh=record["zh"][0],
            en=record["en"][0],
            parameters=tuple(_parameter(line) for line in record.get("param", ())),
            columns=tuple(record["columns"][0].split()),
            more=tuple(record.get("more", [""])[0].split()),
            text=text,
        )
    except (KeyError, ValueError) as error:
        raise QueryError(f"the head of the query is not in order: {error}", where=path.name) from error


def _parameter(line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match:
        raise ValueError(line)
    default = match["default"]
    return Parameter(
        name=match["name"],
        variable=match["variable"],
        type=match["type"],
        default=None if default in ("required", "optional") else default,
        required=default == "required",
        about=match["about"],
    )


def fill_query(text: str, values: Mapping[str, str], base: str = BASE) -> str:
    """A user's own query with ``VALUES ?name { ... }`` filled in for each of ``values``.

    A full day becomes an ``xsd:date``, an address an IRI, a whole number an ``xsd:integer``, all else a plain string.
    Raises `QueryError` for a name that the query has no such block for.
    """
    return fill(text, {name: _guess(name, value, base) for name, value in values.items()})


def _guess(name: str, value: str, base: str) -> Term:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return Term("literal", _day(name, value).isoformat(), _XSD + "date")
    if re.fullmatch(r"[+-]?\d{1,18}", value):
        return Term("literal", value, _XSD + "integer")
    if re.match(r"https?://|urn:", value) or value.partition(":")[0] in prefixes(base):
        return _address(name, value, base)
    return Term("literal", value)
