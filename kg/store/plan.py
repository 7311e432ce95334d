"""Queries of long lists, written so that the engine joins whole predicates instead of looking up row after row.

Oxigraph (0.5) evaluates ``OPTIONAL { ?fact sc:date ?date }`` and any further pattern with a lookup for each row: 4 to 5
microseconds. What stands in a SELECT of its own it evaluates once and joins by a hash: a microsecond for each triple of
the predicate. ``{ SELECT ?fact ?date WHERE { ?fact sc:date ?date } }`` means what ``?fact sc:date ?date`` means: a
pattern has no blank node here, all its variables are shown, and what is joined stays joined. So does an OPTIONAL with a
FILTER that names variables of its own patterns only, and a path ``p/q`` is two patterns with a variable between them
(SPARQL 1.1, 18.2.2.4), which is seen nowhere else. A query with a SELECT in braces already is left as it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from kg.store.groups import Filter, Group, Inner, Optional, Part, Triple, UnclearError, read_query, variables

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Plan", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """``text``: a query for the same rows, in another order. ``beyond``: for each pattern with a constant object that
    all rows have to fit, a query for one of its triples; a number behind it says how many are left out."""

    text: str
    beyond: tuple[str, ...]


def plan(query: str) -> Plan | None:
    """How its rows are found by joins. None: nothing is to be joined, or not all of it is understood."""
    try:
        read = read_query(query)
    except UnclearError:
        return None
    once = read.group.head.upper().startswith("SELECT DISTINCT")
    if not once and any(len(triple.path) > 1 and read.shared >= variables(triple) for triple in read.triples):
        return None  # between two things that it knows already the engine gives a path once, however many there are
    if _planned(read.group):
        return None
    writer = _Writer(read.names)
    text = f"{read.prologue}{read.group.head} {writer.group(read.group)}"
    beyond = (f"{read.prologue}SELECT ?s WHERE {{ ?s {each} }} LIMIT 1 OFFSET " for each in _fixed(read.group))
    return Plan(text, tuple(dict.fromkeys(beyond))) if writer.joins else None


def _planned(group: Group) -> bool:
    """Whether its rows have to fit a SELECT in it: then its author has said what to join first."""
    inner = (part.groups[0] for part in group.parts if isinstance(part, Inner) and len(part.groups) == 1)
    return any(each.head or _planned(each) for each in inner)


class _Writer:
    def __init__(self, names: frozenset[str]) -> None:
        self._fresh = (name for number in count() if (name := f"?step{number}") not in names)
        self.joins = 0

    def braced(self, group: Group) -> str:
        """A group, or a SELECT with its group, in braces."""
        return f"{{ {group.head} {self.group(group)} }}" if group.head else self.group(group)

    def group(self, group: Group) -> str:
        """What stands in braces, and these."""
        parts = [short for part in group.parts for short in self._steps(part)]
        needed = Counter(name for part in parts for name in _bound(part))
        sure: set[str] = set()
        pieces = []
        for part in parts:
            match part:
                case Triple():
                    pieces.append(self._triple(part, whole=any(needed[name] > 1 for name in variables(part))))
                case Optional():
                    pieces.append(self._optional(part, sure))
                case Inner():
                    pieces.append(" UNION ".join(map(self.braced, part.groups)))
                case _:
                    pieces.append(part.text)
            sure |= _bound(part)
        return f"{{ {' '.join(pieces)} }}"

    def _steps(self, part: Part) -> Iterator[Part]:
        """A path of several steps as a pattern each."""
        if not isinstance(part, Triple) or part.path[1:2] != ("/",) or len(variables(part)) < 2:
            yield part
            return
        *first, last = part.path[::2]
        subject = part.subject
        for step in first:
            middle = next(self._fresh)
            yield Triple(subject, (step,), middle)
            subject = middle
        yield Triple(subject, (last,), part.object)

    def _triple(self, triple: Triple, *, whole: bool) -> str:
        path = "".join(triple.path)
        text = f"{triple.subject} {path} {triple.object}"
        if not whole or {triple.subject, triple.object} != variables(triple) or triple.subject == triple.object:
            return f"{text} ."
        self.joins += 1
        return f"{{ SELECT {triple.subject} {triple.object} WHERE {{ {text} }} }}"

    def _optional(self, optional: Optional, sure: set[str]) -> str:
        """``sure``: what is bound before it in every row; where they share nothing, no hash would help."""
        parts = optional.group.parts
        names = frozenset[str]().union(*(variables(part) for part in parts if isinstance(part, Triple)))
        pure = all(isinstance(p, Triple) or (isinstance(p, Filter) and p.names <= names) for p in parts)
        if optional.group.head or not pure or not names & sure:
            return optional.text
        self.joins += 1
        return f"OPTIONAL {{ SELECT {' '.join(sorted(names))} WHERE {self.group(optional.group)} }}"


def _bound(part: Part) -> frozenset[str]:
    """What a part binds in every row."""
    if isinstance(part, Triple):
        return variables(part)
    if isinstance(part, Inner):
        return frozenset.intersection(*map(_sure, part.groups))
    return frozenset()


def _sure(group: Group) -> frozenset[str]:
    found = frozenset[str]().union(*map(_bound, group.parts))
    return found & {*group.shown} if group.head else found


def _fixed(group: Group) -> Iterator[str]:
    """Predicate and object of the patterns that have a constant for it."""
    for part in group.parts:
        if isinstance(part, Triple) and len(variables(part)) == 1 and part.subject[0] == "?" and len(part.path) == 1:
            yield f"{part.path[0]} {part.object}"
        elif isinstance(part, Inner) and len(part.groups) == 1:
            yield from _fixed(part.groups[0])
