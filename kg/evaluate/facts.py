"""Facts: which two are about the same thing, and whether they say the same of it.

Two facts of one type are *matched* when they agree on the key of that type (`KEYS`): each group of the key must
agree in at least one of its fields, or be null in both. Where several could be matched, those that agree in most
fields are, each once. A gold fact may be ``optional``: then it counts neither way. A matched pair is *exact* when every
field of the contract that the gold names and the modality agree: null in the gold says that the document does not say,
a field that the gold leaves out is not asked. Evidence, rule and confidence are not compared.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from kg.evaluate.claims import Claims
from kg.evaluate.counts import Counts
from kg.model import FACT_TYPES, Fact

__all__ = ["FIELDS", "KEYS", "FactReport", "FactScore", "compare_facts", "score_facts"]

Json = Mapping[str, Any]

_COMMON = {f.name for f in fields(Fact)}

FIELDS: dict[str, tuple[str, ...]] = {
    fact.type: (*(f.name for f in fields(fact) if f.name not in _COMMON), "modality") for fact in FACT_TYPES
}
"""What is compared, by type: the contract's fields in its order, then the modality."""

KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "letter": (("state", "signatory"),),
    "presidency": (("state",), ("month",)),
    "meeting": (("date",), ("format",)),
    "chairing": (("date",), ("state", "person")),
    "briefing": (("date",), ("person", "capacity")),
    "adoption": (("instrument",),),
    "vote": (("instrument",), ("state",)),
    "mandate_decision": (("instrument",), ("holder", "holder_label")),
    "citation": (("cited",),),
    "appointment": (("person", "post"),),
    "credential": (("person",),),
    "committee": (("resolution",),),
    "press_statement": (("date",), ("topic", "form")),
    "subject": (("concept", "label"),),
}
"""Groups of fields that say what a fact is about; in each group one field must agree."""


@dataclass(frozen=True, slots=True)
class FactScore:
    """One type: ``exact`` in every field, ``matched`` on the key, how many matched pairs agree in each field, and the
    `Claims` of the predictions that name a rule or a confidence."""

    exact: Counts = field(default_factory=Counts)
    matched: Counts = field(default_factory=Counts)
    agree: Mapping[str, int] = field(default_factory=dict)
    claims: Claims = field(default_factory=Claims)

    def __add__(self, other: FactScore) -> FactScore:
        agree = Counter(self.agree)
        agree.update(other.agree)
        return FactScore(
            self.exact + other.exact, self.matched + other.matched, dict(agree), self.claims + other.claims
        )

    def accuracy(self, name: str) -> float | None:
        """Share of the matched pairs that agree in field ``name``; None where nothing matched."""
        return self.agree.get(name, 0) / self.matched.hit if self.matched.hit else None

    def as_json(self) -> dict[str, Any]:
        shares = {name: round(self.accuracy(name) or 0.0, 4) for name in self.agree}
        return {"exact": self.exact.as_json(), "matched": self.matched.as_json(), "fields": shares}


@dataclass(frozen=True, slots=True)
class FactReport:
    """What stands between two lists of facts. ``differing``: gold, prediction, names of the fields that disagree.

    ``elsewhere``: pairs that say the same, but where no quote of the one holds, or lies in, a quote of the other; for
    reading, it makes no report bad.
    """

    missing: tuple[Json, ...]
    extra: tuple[Json, ...]
    differing: tuple[tuple[Json, Json, tuple[str, ...]], ...]
    elsewhere: tuple[tuple[Json, Json], ...] = ()

    @property
    def ok(self) -> bool:
        return not (self.missing or self.extra or self.differing)

    def __str__(self) -> str:
        lines = [f"missing   {_shown(fact)}" for fact in self.missing]
        lines += [f"extra     {_shown(fact)}" for fact in self.extra]
        for gold, predicted, names in self.differing:
            lines.append(f"differing {_shown(gold)}")
            lines += [f"          {n}: {gold.get(n)!r} in the gold, {predicted.get(n)!r} found" for n in names]
        return "\n".join(lines) or "the same facts"


def compare_facts(gold: Sequence[Json], predicted: Sequence[Json]) -> FactReport:
    """What is missing, too much or different in ``predicted`` (dicts with the contract's fields, see `Fact.as_json`).

    ``evidence`` of either side may be a list of quotes or of objects with a ``quote``.
    """
    missing: list[Json] = []
    extra: list[Json] = []
    differing = []
    elsewhere = []
    for kind in _kinds(gold, predicted):
        pairs, unmatched, unasked = _match(kind, gold, predicted)
        missing += unmatched
        extra += unasked
        for wanted, found in pairs:
            names = tuple(n for n in _asked(wanted) if not _agree(wanted, found, n))
            if names:
                differing.append((wanted, found, names))
            elif not _same_place(wanted, found):
                elsewhere.append((wanted, found))
    return FactReport(tuple(missing), tuple(extra), tuple(differing), tuple(elsewhere))


def score_facts(gold: Sequence[Json], predicted: Sequence[Json], types: Collection[str]) -> dict[str, FactScore]:
    """Scores by type for one record."""
    scores = {}
    for kind in _kinds(gold, predicted):
        if kind not in types:
            continue
        pairs, unmatched, unasked = _match(kind, gold, predicted)
        agree: Counter[str] = Counter()
        exact = 0
        claims = Claims.of((fact, False) for fact in unasked)
        for wanted, found in pairs:
            right = [name for name in FIELDS[kind] if name not in wanted or _agree(wanted, found, name)]
            agree.update(right)
            exact += len(right) == len(FIELDS[kind])
            claims += Claims.of([(found, len(right) == len(FIELDS[kind]))])
        wrong = len(pairs) - exact
        scores[kind] = FactScore(
            Counts(exact, wrong + len(unasked), wrong + len(unmatched)),
            Counts(len(pairs), len(unasked), len(unmatched)),
            {name: agree[name] for name in FIELDS[kind]} if pairs else {},
            claims,
        )
    return scores


def _kinds(gold: Sequence[Json], predicted: Sequence[Json]) -> list[str]:
    named = {fact["type"] for fact in (*gold, *predicted)}
    if unknown := sorted(named - FIELDS.keys()):
        raise ValueError(f"unknown types of fact: {', '.join(unknown)}; known: {', '.join(FIELDS)}")
    return [kind for kind in FIELDS if kind in named]


def _match(
    kind: str, gold: Sequence[Json], predicted: Sequence[Json]
) -> tuple[list[tuple[Json, Json]], list[Json], list[Json]]:
    """Pairs, gold left over, predictions left over; the pairs that agree most are made first, then by order.

    A gold fact that is ``optional`` may be found or not: it counts neither way, nor does the prediction that it takes
    after the others have had theirs.
    """
    wanted = [fact for fact in gold if fact["type"] == kind]
    found = [fact for fact in predicted if fact["type"] == kind]
    candidates: dict[tuple[bool, int], list[tuple[int, int]]] = defaultdict(list)
    for i, a in enumerate(wanted):
        for j, b in enumerate(found):
            if all(_group_agrees(a, b, group) for group in KEYS[kind]):
                agreement = sum(_agree(a, b, name) for name in _asked(a))
                candidates[not a.get("optional"), agreement].append((i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for rank in sorted(candidates, reverse=True):
        for i, j in candidates[rank]:
            if i not in partner and j not in taken:
                partner[i] = j
                taken.add(j)
    pairs = [(a, found[partner[i]]) for i, a in enumerate(wanted) if i in partner and not a.get("optional")]
    return (
        pairs,
        [a for i, a in enumerate(wanted) if i not in partner and not a.get("optional")],
        [b for j, b in enumerate(found) if j not in taken],
    )


def _asked(gold: Json) -> list[str]:
    return [name for name in FIELDS[gold["type"]] if name in gold]


def _group_agrees(a: Json, b: Json, group: tuple[str, ...]) -> bool:
    some = any(name not in a or (a[name] is not None and _agree(a, b, name)) for name in group)
    return some or all(a.get(name) is None and b.get(name) is None for name in group)


def _agree(a: Json, b: Json, name: str) -> bool:
    left, right = a.get(name), b.get(name)
    if isinstance(left, list | tuple) or isinstance(right, list | tuple):
        return sorted(left or ()) == sorted(right or ())
    return bool(left == right)


def _same_place(gold: Json, predicted: Json) -> bool:
    ours, theirs = _quotes(gold), _quotes(predicted)
    return not ours or any(a in b or b in a for a in ours for b in theirs)


def _quotes(fact: Json) -> list[str]:
    quotes = [e["quote"] if isinstance(e, Mapping) else str(e) for e in fact.get("evidence") or ()]
    return ["".join(quote.split()) for quote in quotes]


def _shown(fact: Json) -> str:
    said = {name: value for name, value in fact.items() if name not in {"evidence", "rule", "stated_by", "confidence"}}
    return json.dumps(said, ensure_ascii=False)
