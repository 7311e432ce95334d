"""Calibration: whether facts said with a confidence of 0.9 are true nine times in ten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["BANDS", "Band", "Claims"]

BANDS = (0.98, 0.95, 0.9, 0.8, 0.0)
"""Lower ends of the bands of confidence in which claims are counted, highest first."""


@dataclass(frozen=True, slots=True)
class Band:
    """Claims of a confidence from ``low`` up to the next band: how many, how many true, and the mean confidence."""

    low: float
    said: int
    true: int
    mean: float

    @property
    def share(self) -> float:
        return self.true / self.said


@dataclass(frozen=True, slots=True)
class Claims:
    """How many facts were said, and how many of them are true, by rule and confidence."""

    counts: Mapping[tuple[str, float], tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, judged: Iterable[tuple[Mapping[str, Any], bool]]) -> Claims:
        """From predicted facts (dicts as `Fact.as_json` gives them), each with whether it is true. A fact without a
        confidence claims nothing."""
        counts: dict[tuple[str, float], tuple[int, int]] = {}
        for fact, true in judged:
            if fact.get("confidence") is not None:
                key = (fact.get("rule") or "", float(fact["confidence"]))
                said, right = counts.get(key, (0, 0))
                counts[key] = (said + 1, right + true)
        return cls(counts)

    def __add__(self, other: Claims) -> Claims:
        counts = dict(self.counts)
        for key, (said, true) in other.counts.items():
            before = counts.get(key, (0, 0))
            counts[key] = (before[0] + said, before[1] + true)
        return Claims(counts)

    def bands(self) -> list[Band]:
        """The bands that hold a claim, highest first."""
        rows = []
        above = float("inf")
        for low in BANDS:
            inside = [(c, said, true) for (_, c), (said, true) in self.counts.items() if low <= c < above]
            above = low
            said = sum(row[1] for row in inside)
            if said:
                rows.append(Band(low, said, sum(row[2] for row in inside), sum(c * n for c, n, _ in inside) / said))
        return rows

    def by_rule(self) -> dict[str, tuple[int, int]]:
        """Facts said and facts true, by rule, in the order of the names."""
        rules: dict[str, tuple[int, int]] = {}
        for (rule, _), (said, true) in sorted(self.counts.items()):
            before = rules.get(rule, (0, 0))
            rules[rule] = (before[0] + said, before[1] + true)
        return rules

    def as_json(self) -> dict[str, Any]:
        return {
            "bands": [
                {"from": b.low, "facts": b.said, "true": b.true, "share": round(b.share, 4), "said": round(b.mean, 4)}
                for b in self.bands()
            ],
            "rules": {rule: {"facts": said, "true": true} for rule, (said, true) in self.by_rule().items()},
        }
