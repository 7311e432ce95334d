"""What was sent beside what a store gives back: the same, the same value written otherwise, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from kg.triples.text import Term, split_line
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.remote.store import Row

__all__ = ["Change", "Comparison", "same_value"]

_XSD: Final = PREFIXES["xsd"]
_NUMBERS: Final = frozenset(
    _XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte", "nonNegativeInteger"),
        *("positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
_DURATIONS: Final = frozenset(_XSD + name for name in ("duration", "yearMonthDuration", "dayTimeDuration"))
_TRUTH: Final = {"1": "true", "0": "false"}
_DURATION = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(slots=True)
class Change:
    """One way in which a store writes values otherwise; how often, and the first case."""

    what: str
    sent: str
    got: str
    count: int = 1


@dataclass(slots=True)
class Comparison:
    """What all subjects read back said. ``changes``: same values, by the words for them. ``wrong``: triples that are
    not there, or are with another value, in words."""

    subjects: int = 0
    triples: int = 0
    changes: dict[str, Change] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, sent: Mapping[str, Iterable[str]], rows: Iterable[Row], *, more: bool) -> None:
        """Compare subjects' triples (lines by subject) with the rows ``s p o`` of these subjects. ``more``: the store
        may hold others of them."""
        got: dict[tuple[str, str], list[Term]] = {}
        for row in rows:
            if row["o"].kind != "bnode":
                got.setdefault((row["s"].n3(), row["p"].n3()), []).append(row["o"])
        for subject, lines in sent.items():
            self.subjects += 1
            wanted: dict[tuple[str, str], list[Term]] = {}
            for line in lines:
                _, predicate, object_, _ = split_line(line)
                if object_[0] != "_":
                    wanted.setdefault((subject, predicate), []).append(_parse(object_))
            for pair, objects in wanted.items():
                self.triples += len(objects)
                self._match(pair, objects, got.pop(pair, []))
        if not more:
            self.wrong += [f"{s} {p} {terms[0].n3()} was not sent" for (s, p), terms in sorted(got.items())]

    def _match(self, pair: tuple[str, str], sent: list[Term], got: list[Term]) -> None:
        left = sorted(set(got) - set(sent))
        for term in sorted(set(sent) - set(got)):
            for other in left:
                words = same_value(term, other)
                if words:
                    left.remove(other)
                    change = self.changes.setdefault(words, Change(words, term.n3(), other.n3(), 0))
                    change.count += 1
                    break
            else:
                told = f", but {left[0].n3()}" if left else ""
                self.wrong.append(f"{pair[0]} {pair[1]} {term.n3()} is not there{told}")


def same_value(sent: Term, got: Term) -> str:
    """How ``got`` writes the value of ``sent`` otherwise, in words; empty where it is another value."""
    if sent.kind != "literal" or got.kind != "literal":
        return ""
    if sent.language or got.language:
        same = sent.value == got.value and sent.language.lower() == got.language.lower()
        return "language tags in another case" if same else ""
    if sent.datatype == _XSD + "boolean":
        same = got.datatype in (sent.datatype, _XSD + "integer") and _truth(sent.value) == _truth(got.value)
        return "xsd:boolean given as 1 and 0 in results" if same else ""
    if sent.datatype in _DURATIONS:
        value = _number(got.value)
        same = value is not None and value == _length(sent.value)
        return "xsd:duration given as a number of months or seconds in results" if same else ""
    if sent.datatype in _NUMBERS and got.datatype in _NUMBERS:
        value = _number(sent.value)
        if value is None or value != _number(got.value):
            return ""
        return "numbers written otherwise" + ("" if sent.datatype == got.datatype else ", with another datatype")
    if sent.datatype == got.datatype and sent.datatype in (_XSD + "dateTime", _XSD + "date", _XSD + "time"):
        moment = _moment(sent.value)
        return "dates and times written otherwise" if moment and moment == _moment(got.value) else ""
    return ""


def _parse(text: str) -> Term:
    """A term of N-Triples."""
    if text[0] == "<":
        return Term("iri", text[1:-1])
    match = _LITERAL.fullmatch(text)
    assert match, text
    return Term("literal", _ESCAPE.sub(_escape, match[1]), match[3] or "", match[2] or "")


def _escape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])


def _truth(value: str) -> str:
    return _TRUTH.get(value, value)


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _length(value: str) -> Decimal | None:
    """Months of a duration of years and months, seconds of any other."""
    match = _DURATION.fullmatch(value)
    if not match:
        return None
    years, months, days, hours, minutes = (int(part or 0) for part in match.groups()[1:6])
    seconds = ((days * 24 + hours) * 60 + minutes) * 60 + Decimal(match[7] or 0)
    if seconds and (years or months):
        return None
    return (seconds or Decimal(years * 12 + months)) * (-1 if match[1] else 1)


def _moment(value: str) -> datetime | None:
    text = value if "T" in value or "-" in value[1:] else f"2000-01-01T{value}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
