"""Which constraints a graph may break, told subject by subject while it is written.

Most constraints speak of a node's own triples, or of the classes of what it links to. They are looked at here with no
store: nodes of the same classes with the same properties are alike, so that one plan tells what is left to look at in
their values. What certainly holds is done with; for all else (a value in doubt, a rule in SPARQL) the store is asked by
the query of the constraint, so the verdict is always the query's.

Memory: eight bytes for each link whose end must be of a class, and for each node of such a class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.store import Store
from kg.validate.evidence import OF_SOURCE, QUOTE_LENGTH, Evidence
from kg.validate.hashes import Hashes
from kg.validate.shapes import SHAPES
from kg.validate.values import number, test_of
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.validate.compiler import Check
    from kg.validate.values import Said, Test

__all__ = ["Screen"]

_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_UNDER: Final = f"<{PREFIXES['rdfs']}subClassOf>"
_MOST: Final = 1000
"""Nodes in doubt about a constraint, up to which only they are asked about."""
_PLANS: Final = 20_000
_SEEN, _SHORT = 1000, 120
"""How many plans are kept; how many verdicts on values of a property, and of what length the values."""
_COUNTED: Final = 3
"""Values of a property that are told apart by their number; more are as many."""
_NO_BLANK: Final = "no-blank-value"
_BY_HAND: Final = {
    _NO_BLANK: "SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER (isBlank(?value)) }",
    OF_SOURCE: "SELECT $this ?value WHERE { $this sc:statedIn ?value . "
    "FILTER NOT EXISTS { $this sc:evidence/oa:hasSource ?value } }",
    QUOTE_LENGTH: "SELECT $this ?value WHERE { $this oa:hasSelector ?position, ?quote . "
    "?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?value . "
    "FILTER (STRLEN(?value) != ?end - ?start) }",
}
"""Rules in SPARQL that are looked at here too, as long as they stand in the shapes like this."""
_OF_TYPES: Final = "one-kind"
_OF_TERMS: Final = "known-terms"
_OF_WHAT: Final = {
    _OF_TYPES: "SELECT $this ?value WHERE { $this a ?one, ?value . FILTER",
    _OF_TERMS: "SELECT DISTINCT $this ?value WHERE { { ?node ?value ?any } UNION { ?node a ?value } FILTER",
}
"""Rules in SPARQL that speak of nothing but a node's classes, or the terms that the graph uses, and how they begin."""


@dataclass(slots=True)
class _Plan:
    """What is left to look at in nodes that have these classes and properties. Numbers are those of checks."""

    broken: list[int] = field(default_factory=list)
    own: list[tuple[int, Test]] = field(default_factory=list)
    values: list[tuple[str, list[tuple[int, Test]], dict[str, list[int]]]] = field(default_factory=list)
    rising: list[tuple[int, str, str]] = field(default_factory=list)
    links: list[tuple[str, Hashes]] = field(default_factory=list)
    kinds: list[Hashes] = field(default_factory=list)
    hand: list[tuple[int, str]] = field(default_factory=list)


class Screen:
    """Looks at one subject after the other (`subject`), each with all its triples; `doubts` tells the rest.
    ``triples``: how many there were."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.triples = 0
        self._checks = checks
        self._plans: dict[tuple[object, ...], _Plan] = {}
        self._seen: defaultdict[tuple[object, ...], dict[str, list[int]]] = defaultdict(dict)
        self._mixed: dict[tuple[str, ...], bool] = {}
        self._nodes: defaultdict[int, set[str]] = defaultdict(set)
        self._all = False
        self._ends: defaultdict[frozenset[str], tuple[Hashes, Hashes, set[int]]]
        self._ends = defaultdict(lambda: (Hashes(), Hashes(), set()))
        self._evidence = Evidence()
        self._terms: set[tuple[str, str]] = set()
        self._asked = {i for i, check in enumerate(checks) if not _known(check)}
        self._meant: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for i, check in enumerate(checks):
            for target in check.targets if i not in self._asked else ():
                self._meant[target.kind, target.value.n3()].append(i)
            for classes in _classes(check):
                self._ends[classes]

    def subject(self, subject: str, said: Said) -> None:
        """One more node."""
        self.triples += sum(map(len, said.values()))
        types = said.get(_TYPE, [])
        signature = (*types, *((predicate, min(len(objects), _COUNTED)) for predicate, objects in said.items()))
        plan = self._plans.get(signature)
        if plan is None:
            if len(self._plans) > _PLANS:
                self._plans.clear()
            plan = self._plans[signature] = self._plan(types, said)
        if plan.broken:
            self._doubt(plan.broken, subject)
        for number_, test in plan.own:
            if not test(subject):
                self._doubt([number_], subject)
        for predicate, tests, seen in plan.values:
            for value in said[predicate]:
                failed = seen.get(value)
                if failed is None:
                    failed = [number_ for number_, test in tests if not test(value)]
                    if len(seen) < _SEEN and len(value) < _SHORT:
                        seen[value] = failed
                if failed:
                    self._doubt(failed, subject)
        for number_, predicate, other in plan.rising:
            lower, upper = map(number, said[predicate]), list(map(number, said[other]))
            if not all(a is not None and b is not None and a < b for a in lower for b in upper):
                self._doubt([number_], subject)
        for predicate, hashes in plan.links:
            for value in said[predicate]:
                hashes.add(value)
        for hashes in plan.kinds:
            hashes.add(subject)
        for number_, name in plan.hand:
            if name == _NO_BLANK:
                kept = not any(value[0] == "_" for values in said.values() for value in values)
            else:
                kept = self._evidence.keeps(name, subject, said)
            if not kept:
                self._doubt([number_], subject)
        self._evidence.subject(subject, said)

    def doubts(self) -> dict[int, frozenset[str] | None]:
        """Which checks the store is to be asked about: for which nodes, None where for all."""
        for wanted, held, numbers in self._ends.values():
            if not np.isin(wanted.all(), held.all(), assume_unique=True).all():
                self._asked |= numbers
        for i in (i for i, check in enumerate(self._checks) if _named(check, OF_SOURCE)):
            doubted = self._evidence.doubts()
            if doubted is None:
                self._asked.add(i)
            for subject in doubted or ():
                self._doubt([i], subject)
        lines = [f"<urn:x> {predicate} {object_} ." for predicate, object_ in sorted(self._terms)]
        for i, check in enumerate(self._checks):
            if self._all or (_named(check, _OF_TERMS) and Store.of(lines).select(check.query)):
                self._asked.add(i)
        few = {i: frozenset(nodes) for i, nodes in self._nodes.items() if i not in self._asked and len(nodes) <= _MOST}
        return {**few, **dict.fromkeys((self._nodes.keys() | self._asked) - few.keys())}

    def _doubt(self, numbers: Iterable[int], subject: str) -> None:
        for i in numbers:
            if subject[0] != "<":
                self._asked.add(i)  # a blank node has no name to ask by
            elif len(self._nodes[i]) <= _MOST:
                self._nodes[i].add(subject)

    def _plan(self, types: list[str], said: Said) -> _Plan:
        plan = _Plan()
        self._all = self._all or _UNDER in said or any(predicate[0] != "<" for predicate in said)
        self._terms.update((predicate, "<urn:y>") for predicate in said if predicate != _TYPE)
        self._terms.update((_TYPE, kind) for kind in types)
        values: defaultdict[str, list[tuple[int, Test]]] = defaultdict(list)
        targets = [*(("targetClass", kind) for kind in types), *(("targetSubjectsOf", predicate) for predicate in said)]
        for i in sorted({i for target in targets for i in self._meant.get(target, ())}):
            self._add(plan, values, i, types, said)
        for predicate, tests in values.items():
            plan.values.append((predicate, tests, self._seen[predicate, tuple(i for i, _ in tests)]))
        plan.kinds = [held for classes, (_, held, _) in self._ends.items() if classes & set(types)]
        return plan

    def _add(
        self, plan: _Plan, values: Mapping[str, list[tuple[int, Test]]], i: int, types: list[str], said: Said
    ) -> None:
        """What check ``i`` asks of nodes like this."""
        check = self._checks[i]
        constraint, path = check.constraint, check.shape.path
        name = check.shape.node.value.removeprefix(SHAPES)
        if constraint.name == "sparql":
            if name == _OF_TYPES:
                key = tuple(types)
                if key not in self._mixed:
                    lines = [f"<urn:x> {_TYPE} {kind} ." for kind in types]
                    self._mixed[key] = bool(Store.of(lines).select(check.query))
                if self._mixed[key]:
                    plan.broken.append(i)
            elif name != _OF_TERMS:
                plan.hand.append((i, name))
            return
        if path is None:
            test = test_of(constraint)
            if constraint.name == "or":
                if not any(member.path and member.path.n3() in said for member in constraint.members):
                    plan.broken.append(i)
            elif classes := _classes(check):
                if not classes[0] & set(types):
                    plan.broken.append(i)
            elif test:
                plan.own.append((i, test))
            return
        predicate = path.n3()
        count = len(said.get(predicate, ()))
        if constraint.name in ("minCount", "maxCount"):
            bound = int(constraint.values[0].value)
            if count < bound if constraint.name == "minCount" else count > bound:
                plan.broken.append(i)
        elif count and constraint.name == "lessThan":
            if (other := constraint.values[0].n3()) in said:
                plan.rising.append((i, predicate, other))
        elif count and (classes := _classes(check)):
            wanted, _, numbers = self._ends[classes[0]]
            numbers.add(i)
            if (predicate, wanted) not in plan.links:
                plan.links.append((predicate, wanted))
        elif count and (test := test_of(constraint)):
            values[predicate].append((i, test))


def _known(check: Check) -> bool:
    """Whether it is looked at here."""
    constraint = check.constraint
    if constraint.name == "sparql":
        text = " ".join(constraint.values[0].value.split())
        name = check.shape.node.value.removeprefix(SHAPES)
        return text == _BY_HAND.get(name) or (name in _OF_WHAT and text.startswith(_OF_WHAT[name]))
    if any(target.kind == "targetNode" for target in check.targets):
        return False
    if constraint.name in ("minCount", "maxCount"):
        return int(constraint.values[0].value) < _COUNTED
    if constraint.name == "lessThan" or _classes(check):
        return True
    if constraint.name == "or" and check.shape.path is None:
        return all(member.path for member in constraint.members)
    return test_of(constraint) is not None


def _named(check: Check, name: str) -> bool:
    return check.constraint.name == "sparql" and check.shape.node.value == SHAPES + name


def _classes(check: Check) -> list[frozenset[str]]:
    """The classes of which values have to be, any of them; nothing for a constraint on something else."""
    constraint = check.constraint
    if constraint.name == "class":
        return [frozenset({constraint.values[0].n3()})]
    members = constraint.members
    if constraint.name == "or" and all(not m.path and [c.name for c in m.constraints] == ["class"] for m in members):
        return [frozenset(member.constraints[0].values[0].n3() for member in members)]
    return []
