"""How far each rule is to be trusted: the share of its facts that were right in every field on annotated documents.

``confidence.csv`` (``rule,facts,true,confidence``) is measured, not set by hand: ``python -m kg.evaluate --confidence FILE``
writes it. A rule that has told little leans on what all rules had in their first runs on new documents. What a rule itself
holds doubtful (a count that does not add up) stays so.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.model import Fact

__all__ = ["DOUBTFUL", "TABLE", "trusted"]

TABLE = Path(__file__).with_suffix(".csv")
DOUBTFUL = 0.9
"""A rule that gives less than this doubts this one fact."""


def trusted(fact: Fact) -> Fact:
    """The fact with the confidence that its rule has earned."""
    earned = _earned().get(fact.rule)
    if earned is None:
        return fact
    return replace(fact, confidence=min(earned, fact.confidence) if fact.confidence < DOUBTFUL else earned)


@cache
def _earned() -> dict[str, float]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: float(row["confidence"]) for row in csv.DictReader(file)}
