"""Scores over many records, as a table and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

from kg.evaluate.claims import Claims
from kg.evaluate.counts import Counts, cell
from kg.evaluate.facts import FIELDS, FactScore, score_facts
from kg.evaluate.mentions import MentionScore, Miss, score_mentions
from kg.evaluate.records import MENTION_TYPES, Place, pairs, read_records

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Scores", "evaluate", "evaluate_files"]

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Scores:
    """Precision, recall and F1 by mention type and fact type.

    ``records`` were scored; ``unread`` of them had no prediction at all (everything in them counts as missing).
    ``misses`` lists every mention that is not exactly right, with its place.
    """

    mentions: Mapping[str, MentionScore]
    facts: Mapping[str, FactScore]
    records: int = 0
    unread: int = 0
    misses: tuple[tuple[Place, Miss], ...] = field(default=(), repr=False)

    def table(self) -> str:
        """The scores for a reader, as plain text."""
        parts = []
        if self.mentions:
            head = ["mention", "gold", "found", "P", "R", "F1", "overlap F1", "ids F1"]
            rows = [_mention_row(kind, score) for kind, score in self.mentions.items()]
            if len(rows) > 1:
                rows.append(_mention_row("all", reduce(add, self.mentions.values())))
            parts.append(_columns([head, *rows]))
        if self.facts:
            head = ["fact", "gold", "found", "P", "R", "F1", "matched F1", "fields that differ (share right)"]
            rows = [_fact_row(kind, score) for kind, score in self.facts.items()]
            if len(rows) > 1:
                total = FactScore(
                    sum((s.exact for s in self.facts.values()), Counts()),
                    sum((s.matched for s in self.facts.values()), Counts()),
                )
                rows.append(_fact_row("all", total))
            parts.append(_columns([head, *rows]))
            if bands := self.claims.bands():
                head = ["confidence", "facts", "true", "share true", "said on average"]
                rows = [[f"{b.low:.2f} and more", str(b.said), str(b.true), cell(b.share), cell(b.mean)] for b in bands]
                parts.append(_columns([head, *rows]))
        unread = f", {self.unread} of them without a prediction" if self.unread else ""
        parts.append(f"{self.records} records{unread}")
        return "\n\n".join(parts) + "\n"

    @property
    def claims(self) -> Claims:
        """What was said with which confidence, and what of it is true, over all types of fact."""
        return sum((score.claims for score in self.facts.values()), Claims())

    def as_json(self) -> dict[str, Any]:
        return {
            "records": self.records,
            "unread": self.unread,
            "mentions": {kind: score.as_json() for kind, score in self.mentions.items()},
            "facts": {kind: score.as_json() for kind, score in self.facts.items()},
            "calibration": self.claims.as_json(),
        }


def evaluate(gold: Iterable[Json], predicted: Iterable[Json]) -> Scores:
    """Scores of ``predicted`` records against ``gold`` records, both as ``kg extract`` gives them.

    Raises:
        InputError: records that cannot be laid side by side.
    """
    mentions: defaultdict[str, MentionScore] = defaultdict(MentionScore)
    facts: defaultdict[str, FactScore] = defaultdict(FactScore)
    misses: list[tuple[Place, Miss]] = []
    records = unread = 0
    for pair in pairs(gold, predicted):
        records += 1
        unread += pair.predicted is None
        found: Json = pair.predicted or {}
        scored, wrong = score_mentions(pair.gold.get("mentions", ()), found.get("mentions", ()), pair.types)
        for kind, score in scored.items():
            mentions[kind] += score
        for kind, fact in score_facts(pair.gold.get("facts", ()), found.get("facts", ()), pair.types).items():
            facts[kind] += fact
        misses += [(pair.place, miss) for miss in wrong]
    return Scores(
        {kind: mentions[kind] for kind in MENTION_TYPES if kind in mentions},
        {kind: facts[kind] for kind in FIELDS if kind in facts},
        records,
        unread,
        tuple(misses),
    )


def evaluate_files(gold: Path, predicted: Path) -> Scores:
    """`evaluate` on two JSON Lines files.

    Raises:
        InputError: a file or a record that cannot be used.
    """
    return evaluate(read_records(gold), read_records(predicted))


def _mention_row(kind: str, score: MentionScore) -> list[str]:
    exact = score.exact
    return [kind, str(exact.gold), str(exact.predicted), *exact.cells(), cell(score.overlap.f1), cell(score.ids.f1)]


def _fact_row(kind: str, score: FactScore) -> list[str]:
    exact = score.exact
    wrong = [f"{name} {cell(score.accuracy(name))}" for name in score.agree if score.agree[name] < score.matched.hit]
    return [kind, str(exact.gold), str(exact.predicted), *exact.cells(), cell(score.matched.f1), " ".join(wrong)]


def _columns(rows: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:-1], widths[1:-1], strict=True))]
        last = row[-1] if rows[0][-1].startswith("fields") else row[-1].rjust(widths[-1])
        lines.append("  ".join([*cells, last]).rstrip())
    return "\n".join(lines)
