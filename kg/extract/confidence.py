"""How far each rule is to be trusted: the share of its facts that were right in every field on annotated documents.

``rule_confidence.csv`` (``rule,facts,true,confidence``) is measured, not set by hand: ``python -m kg.evaluate --confidence FILE``
writes it. A rule that has told little leans on what all rules had in their first runs on new documents, one that has told nothing yet
on that alone; what the metadata of a file state needs no reading. What a rule itself holds doubtful (a count that does not add up) stays so.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kg.model import Fact, StatedBy

__all__ = ["DOUBTFUL", "TABLE", "UNTRIED", "changed", "trusted"]

F = TypeVar("F", bound=Fact)

TABLE = Path(__file__).with_name("rule_confidence.csv")
UNTRIED = 0.8
"""What a rule has that has told nothing on annotated documents."""
DOUBTFUL = 0.9
"""A rule that gives less than this doubts this one fact."""


def trusted(fact: Fact) -> Fact:
    """The fact with the confidence that its rule has earned."""
    earned = _earned().get(fact.rule)
    if earned is None:
        return fact if fact.stated_by is StatedBy.METADATA else changed(fact, confidence=min(UNTRIED, fact.confidence))
    confidence = min(earned, fact.confidence) if fact.confidence < DOUBTFUL else earned
    return changed(fact, confidence=confidence) if confidence != fact.confidence else fact


def changed(fact: F, **fields: Any) -> F:
    """The fact with other values in some fields; `dataclasses.replace` goes through all fields twice, for every fact told."""
    other = object.__new__(type(fact))
    other.__dict__.update(fact.__dict__, **fields)
    return other


@cache
def _earned() -> dict[str, float]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: float(row["confidence"]) for row in csv.DictReader(file)}
