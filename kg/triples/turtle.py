"""Turtle, written so that equal graphs are equal bytes: sorted, with fixed prefixes, one subject a block.

Why not a library's writer: rdflib's and Oxigraph's put a backslash before ``/`` and ``(`` in local names, which
Virtuoso 7 stores as part of the IRI. Here a name is shortened only if its local part needs no escape; else it stays in
``<...>``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.triples.text import split_line
from kg.vocabulary import BASE, PREFIXES, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["TurtleWriter", "short_name", "sorted_lines", "triples", "turtle"]

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_XSD = PREFIXES["xsd"]
_TYPED = re.compile(r'(".*")\^\^<([^>]*)>')
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}
_MOST: Final = 65536
"""Names, and lists of predicates, that are remembered."""


def sorted_lines(lines: Iterable[str]) -> list[str]:
    """Each line once, sorted by code point."""
    return sorted(set(lines))


def triples(lines: Iterable[str]) -> Iterator[str]:
    """N-Triples lines of sorted N-Quads lines: graph names dropped, each triple once, still sorted."""
    before = ""
    for line in lines:
        subject, predicate, object_, _ = split_line(line)
        triple = f"{subject} {predicate} {object_} ."
        if triple != before:
            yield triple
        before = triple


def turtle(lines: Iterable[str], base: str = BASE, known: Mapping[str, str] | None = None) -> Iterator[str]:
    """Turtle of sorted N-Triples or N-Quads lines, in pieces to be written one after the other.

    ``base``: where things live, for the prefixes; ``known``: other prefixes than those. Memory: one subject. The order
    of the lines is what makes the bytes stable, so sort them first (`sorted_lines`).
    """
    writer = TurtleWriter(base, known)
    yield from writer.head()
    for subject, said in _subjects(split_line(line) for line in lines):
        yield writer.block(subject, said)


def _subjects(split: Iterable[Sequence[str]]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    subject = ""
    said: dict[str, list[str]] = {}
    for parts in split:
        if parts[0] != subject:
            if said:
                yield subject, said
            subject, said = parts[0], {}
        objects = said.get(parts[1])
        if objects is None:
            said[parts[1]] = [parts[2]]
        elif objects[-1] != parts[2]:
            objects.append(parts[2])
    if said:
        yield subject, said


class TurtleWriter:
    """Turtle subject by subject. ``base`` and ``known`` as for `turtle`."""

    def __init__(self, base: str = BASE, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(sorted(known.items())) if known is not None else prefixes(base)
        self._short = _Shortener({namespace: prefix for prefix, namespace in self._known.items()})
        self._orders: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def head(self) -> Iterator[str]:
        """What stands before the first subject."""
        for prefix, namespace in self._known.items():
            yield f"@prefix {prefix}: <{namespace}> .\n"

    def block(self, subject: str, said: Mapping[str, list[str]]) -> str:
        """A subject with its objects by predicate."""
        short = self._short
        shape = tuple(said)
        order = self._orders.get(shape)
        if order is None:
            ordered = sorted(said, key=lambda predicate: (predicate != _TYPE, predicate))
            order = [(p, "a" if p == _TYPE else short[p]) for p in ordered]
            if len(self._orders) < _MOST:
                self._orders[shape] = order
        stated = [f"{name} {', '.join([short[object_] for object_ in said[p]])}" for p, name in order]
        return f"\n{short[subject]} " + " ;\n    ".join(stated) + " .\n"


def short_name(iri: str, prefix_of: Mapping[str, str]) -> str | None:
    """``state:VNM``, where a prefix of its namespace is known and its local name needs no escape."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = prefix_of.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.fullmatch(iri, cut) else None


class _Shortener(dict[str, str]):
    """From N-Triples terms to the shortest Turtle that means the same to every parser."""

    def __init__(self, prefix_of: Mapping[str, str]) -> None:
        super().__init__()
        self._prefix_of = prefix_of

    def __missing__(self, term: str) -> str:
        if term[0] != "<":
            return self._literal(term)
        name = short_name(term[1:-1], self._prefix_of) or term
        if len(self) >= _MOST:
            self.clear()  # names that come again are soon back
        self[term] = name
        return name

    def _literal(self, term: str) -> str:
        if term[-1] != ">":
            return term
        match = _TYPED.fullmatch(term)
        assert match, term
        quoted, datatype = match[1], match[2]
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(quoted[1:-1]):
            return quoted[1:-1]
        return f"{quoted}^^{self[f'<{datatype}>']}"
