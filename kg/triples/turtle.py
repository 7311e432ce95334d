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

__all__ = ["TurtleWriter", "short_name", "sorted_lines", "subjects", "triples", "turtle"]

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_XSD = PREFIXES["xsd"]
_TYPED = re.compile(r'(".*")\^\^<([^>]*)>')
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}


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


def subjects(lines: Iterable[str]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Each subject of sorted N-Quads lines as they are written here (all in graphs with an IRI), with its objects by
    predicate, each once, in order."""
    return _subjects(line[: line.rindex(" <")].split(" ", 2) for line in lines)


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

    def head(self) -> Iterator[str]:
        """What stands before the first subject."""
        for prefix, namespace in self._known.items():
            yield f"@prefix {prefix}: <{namespace}> .\n"

    def block(self, subject: str, said: Mapping[str, list[str]]) -> str:
        """A subject with its objects by predicate."""
        short = self._short
        ordered = sorted(said, key=lambda predicate: (predicate != _TYPE, predicate))
        stated = [f"{'a' if p == _TYPE else short(p)} {', '.join(map(short, said[p]))}" for p in ordered]
        return f"\n{short(subject)} " + " ;\n    ".join(stated) + " .\n"


def short_name(iri: str, prefix_of: Mapping[str, str]) -> str | None:
    """``state:VNM``, where a prefix of its namespace is known and its local name needs no escape."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = prefix_of.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.fullmatch(iri, cut) else None


class _Shortener:
    """From N-Triples terms to the shortest Turtle that means the same to every parser."""

    def __init__(self, prefix_of: dict[str, str]) -> None:
        self._prefix_of = prefix_of
        self._names: dict[str, str] = {}

    def __call__(self, term: str) -> str:
        if term[0] == "<":
            return self._name(term)
        if term[-1] != ">":
            return term
        match = _TYPED.fullmatch(term)
        assert match, term
        quoted, datatype = match[1], match[2]
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(quoted[1:-1]):
            return quoted[1:-1]
        return f"{quoted}^^{self._name(f'<{datatype}>')}"

    def _name(self, term: str) -> str:
        if term in self._names:
            return self._names[term]
        name = short_name(term[1:-1], self._prefix_of) or term
        if len(self._names) < 65536:  # names of things come in runs; a full cache is no reason to grow without end
            self._names[term] = name
        return name
