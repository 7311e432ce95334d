"""Mentions: what counts as found.

Three measures, from strict to lenient:

* ``exact``: same type, same start and end, same id;
* ``overlap``: same type and id, the spans share a character; each mention is used once;
* ``ids``: the set of ids of a type in a record, wherever they stand.

A gold mention whose ``id`` is null takes any id (a day without a year that the record does not give). One with
``"optional": true`` is neither asked for nor held against a prediction that touches it; with ``"optional": "same-id"``
only a prediction without an id or with that of the gold is excused (a resolution of an organ whose resolutions are not
scored, but which is not one of the Council).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.evaluate.counts import Counts

__all__ = ["MentionScore", "Miss", "score_mentions"]

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MentionScore:
    """The three measures of one type."""

    exact: Counts = field(default_factory=Counts)
    overlap: Counts = field(default_factory=Counts)
    ids: Counts = field(default_factory=Counts)

    def __add__(self, other: MentionScore) -> MentionScore:
        return MentionScore(self.exact + other.exact, self.overlap + other.overlap, self.ids + other.ids)

    def as_json(self) -> dict[str, Any]:
        return {"exact": self.exact.as_json(), "overlap": self.overlap.as_json(), "ids": self.ids.as_json()}


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not exactly right: ``kind`` is ``missing`` or ``extra``, ``mention`` as in its record."""

    kind: str
    mention: Json


def score_mentions(
    gold: Sequence[Json], predicted: Sequence[Json], types: Collection[str]
) -> tuple[dict[str, MentionScore], list[Miss]]:
    """Scores by type for one record, and every mention that is not exactly right."""
    wanted, excused, found = _by_type(gold, False), _by_type(gold, True), _by_type(predicted, False)
    scores = {}
    misses: list[Miss] = []
    for kind in sorted(set(types) & (wanted.keys() | found.keys())):
        asked, given = wanted[kind], found[kind]
        left, missing = _pair(asked, given, _same_span)
        extra = [p for p in left if not any(_excuses(o, p) for o in excused[kind])]
        loose_left, loose_missing = _pair(asked, given, _touches)
        loose_extra = [p for p in loose_left if not any(_excuses(o, p) for o in excused[kind])]
        scores[kind] = MentionScore(
            Counts(len(asked) - len(missing), len(extra), len(missing)),
            Counts(len(asked) - len(loose_missing), len(loose_extra), len(loose_missing)),
            _id_counts(asked, given, excused[kind]),
        )
        misses += [Miss("missing", m) for m in missing] + [Miss("extra", m) for m in extra]
    misses.sort(key=lambda m: (m.mention["start"], m.mention["end"], m.mention["type"], m.kind))
    return scores, misses


def _by_type(mentions: Sequence[Json], optional: bool) -> defaultdict[str, list[Json]]:
    kinds: defaultdict[str, list[Json]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (m["start"], m["end"])):
        if bool(mention.get("optional")) is optional:
            kinds[mention["type"]].append(mention)
    return kinds


def _id_fits(gold: Json, predicted: Json) -> bool:
    return gold.get("id") is None or gold["id"] == predicted.get("id")


def _same_span(gold: Json, predicted: Json) -> bool:
    return gold["start"] == predicted["start"] and gold["end"] == predicted["end"] and _id_fits(gold, predicted)


def _shares(gold: Json, predicted: Json) -> bool:
    return bool(gold["start"] < predicted["end"] and predicted["start"] < gold["end"])


def _touches(gold: Json, predicted: Json) -> bool:
    return _shares(gold, predicted) and _id_fits(gold, predicted)


def _excuses(optional: Json, predicted: Json) -> bool:
    fits = optional["optional"] is True or predicted.get("id") in (None, optional.get("id"))
    return fits and _shares(optional, predicted)


def _pair(gold: Sequence[Json], predicted: Sequence[Json], same: Any) -> tuple[list[Json], list[Json]]:
    """Predictions and gold left over when each gold mention, from the left, takes the first prediction that fits."""
    left = list(predicted)
    missing = []
    for mention in gold:
        match = next((p for p in left if same(mention, p)), None)
        if match is None:
            missing.append(mention)
        else:
            left.remove(match)
    return left, missing


def _id_counts(gold: Sequence[Json], predicted: Sequence[Json], excused: Sequence[Json]) -> Counts:
    asked = {m["id"] for m in gold if m.get("id") is not None}
    open_ended = [m for m in gold if m.get("id") is None]
    given = {
        p["id"]
        for p in predicted
        if p.get("id") is not None
        and (p["id"] in asked or not any(_shares(m, p) for m in open_ended))
        and (p["id"] in asked or not any(_excuses(o, p) for o in excused))
    }
    return Counts(len(asked & given), len(given - asked), len(asked - given))
