"""Two graphs compared, document by document.

A document is the same in both where its id is, or else where its file's name is, and no other's; so the facts of a
document without a symbol, whose id holds a hash, are compared when it changes. A fact is the same where all its fields
are; it *changed* where the document now states another one with the same key (`kg.evaluate.facts.KEYS`), else it came
or went. A quote that reads otherwise for the same fact is no change of the fact; it is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.diff.sides import FACT_PATHS, Side, Stated, kind_of, read_side
from kg.evaluate.facts import compare_facts

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["Difference", "DocumentChange", "FactChange", "diff_graphs"]

_OWN = FACT_PATHS | {"evidence", "document"}
"""Kinds of thing whose triples are told as facts and documents."""


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that is in both and not the same; ``fields``: old and new value of what differs."""

    id: str
    fields: dict[str, tuple[str | None, str | None]]

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "fields": {name: list(both) for name, both in self.fields.items()}}


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that a document states otherwise; ``names``: the fields that differ."""

    was: Stated
    now: Stated
    names: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        fields = {name: [self.was.fields[name], self.now.fields[name]] for name in self.names}
        return {"fields": fields, "was": self.was.as_json(), "now": self.now.as_json()}


@dataclass(slots=True)
class Difference:
    """What differs. ``requoted``: facts of which only the quotes differ; ``triples``: how many came and went;
    ``things``: the same by kind of thing, those of facts and documents left out. In JSON a fact that came or went has
    ``elsewhere``: documents that state the same in the other graph."""

    before: Side
    after: Side
    documents_came: list[str] = field(default_factory=list)
    documents_went: list[str] = field(default_factory=list)
    documents_changed: list[DocumentChange] = field(default_factory=list)
    came: list[Stated] = field(default_factory=list)
    went: list[Stated] = field(default_factory=list)
    changed: list[FactChange] = field(default_factory=list)
    requoted: int = 0
    triples: tuple[int, int] = (0, 0)
    things: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether both graphs hold the same triples."""
        return self.triples == (0, 0)

    def as_json(self) -> dict[str, Any]:
        return {
            "kg": "diff",
            "schema_version": 1,
            "same": self.same,
            "documents": {
                "came": [{"id": each, **self.after.documents[each]} for each in self.documents_came],
                "went": [{"id": each, **self.before.documents[each]} for each in self.documents_went],
                "changed": [each.as_json() for each in self.documents_changed],
            },
            "facts": {
                "came": [{**each.as_json(), "elsewhere": self.before.stating(each)} for each in self.came],
                "went": [{**each.as_json(), "elsewhere": self.after.stating(each)} for each in self.went],
                "changed": [each.as_json() for each in self.changed],
                "requoted": self.requoted,
            },
            "triples": {"came": self.triples[0], "went": self.triples[1]},
            "things": {kind: {"came": came, "went": went} for kind, (came, went) in self.things.items()},
        }


def diff_graphs(before: Store, after: Store) -> Difference:
    """What differs between two graphs. Errors: those of `kg.store.Store.select`."""
    found = Difference(read_side(before), read_side(after))
    old, new = found.before, found.after
    came, went = new.triples - old.triples, old.triples - new.triples
    found.triples = len(came), len(went)
    kinds = [Counter(kind_of(subject) for subject, _, _ in some) for some in (came, went)]
    found.things = {kind: (kinds[0][kind], kinds[1][kind]) for kind in sorted({*kinds[0], *kinds[1]} - _OWN)}
    for left, right in _pairs(old, new):
        if left is None and right is not None:
            found.documents_came.append(right)
        elif right is None and left is not None:
            found.documents_went.append(left)
        elif left is not None and right is not None:
            was, now = ({"id": name} | side.documents.get(name, {}) for name, side in ((left, old), (right, new)))
            fields = {n: (was.get(n), now.get(n)) for n in sorted({*was, *now}) if was.get(n) != now.get(n)}
            if fields:
                found.documents_changed.append(DocumentChange(right, fields))
        _facts(found, old.stated.get(left or "", []), new.stated.get(right or "", []))
    return found


def _pairs(old: Side, new: Side) -> Iterator[tuple[str | None, str | None]]:
    """Documents that are the same one, and those that have no other, by id."""
    left = {*old.documents, *old.stated}
    right = {*new.documents, *new.stated}
    both = {name: name for name in left & right}
    by_name: list[dict[str, list[str]]] = []
    for side, names in ((old, left - right), (new, right - left)):
        found: dict[str, list[str]] = defaultdict(list)
        for name in names:
            found[side.documents.get(name, {}).get("source", "")].append(name)
        by_name.append(found)
    for source, mine in by_name[0].items():
        others = by_name[1].get(source, [])
        if source and len(mine) == len(others) == 1:
            both[mine[0]] = others[0]
    pairs: list[tuple[str | None, str | None]] = [*both.items()]
    pairs += [(name, None) for name in left - both.keys()]
    pairs += [(None, name) for name in right - {*both.values()}]
    yield from sorted(pairs, key=lambda pair: (pair[1] or pair[0] or "", pair[0] or ""))


def _facts(found: Difference, old: list[Stated], new: list[Stated]) -> None:
    """What one document states in both graphs."""
    was, now = _sorted(old), _sorted(new)
    _, was, now = _alike(was, now, _words)
    requoted, was, now = _alike(was, now, lambda fact: fact.content)
    found.requoted += requoted
    report = compare_facts([each.fields for each in was], [each.fields for each in now])
    by_identity = {id(each.fields): each for each in (*was, *now)}
    found.went += [by_identity[id(fields)] for fields in report.missing]
    found.came += [by_identity[id(fields)] for fields in report.extra]
    found.changed += [
        FactChange(by_identity[id(one)], by_identity[id(other)], names) for one, other, names in report.differing
    ]


def _sorted(facts: Iterable[Stated]) -> list[Stated]:
    """In the order of the document."""
    return sorted(
        facts, key=lambda each: (min(((e["start"], e["end"]) for e in each.evidence), default=(0, 0)), each.content)
    )


def _alike(was: list[Stated], now: list[Stated], by: Callable[[Stated], str]) -> tuple[int, list[Stated], list[Stated]]:
    """How many pairs are alike, and what is left of both sides. A document may state two of the same content (two
    briefings on one day), so each has one partner."""
    waiting: dict[str, deque[Stated]] = defaultdict(deque)
    for each in now:
        waiting[by(each)].append(each)
    left: list[Stated] = []
    for each in was:
        partners = waiting[by(each)]
        if partners:
            partners.popleft()
        else:
            left.append(each)
    rest = {id(each) for some in waiting.values() for each in some}
    return len(was) - len(left), left, [each for each in now if id(each) in rest]


def _words(fact: Stated) -> str:
    """Content and quotes."""
    return "\n".join([fact.content, *sorted(each["quote"] for each in fact.evidence)])
