"""The confidence of rules, measured: facts told and facts right in every field, by rule, on annotated documents."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluate.claims import Claims
from kg.evaluate.fixtures import score_folder

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["confidence_table", "earned"]

_FOLDERS = ("tune", "test", "blind", "blind2")
"""Folders of ``tests/corpus`` that the rules have learned from; their facts weigh `_TAUGHT` of those of a first run."""
_FIRST_RUN = "tests/corpus/blind4/first-run.csv"
"""Facts told and facts true, by rule, on a folder that the rules had not seen; the next is for the report."""
_TAUGHT = 0.25
_PRIOR = 0.8
"""What a rule starts from: the share of facts right in every field in first runs on new documents (0.77 to 0.89)."""
_WEIGHT = 25
"""Facts by which that weighs beside a rule's own."""


def earned(rules: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Confidence by rule, two places, from facts told and facts true: drawn towards the first runs, 0.5 to 0.99."""
    shares = {rule: (true + _WEIGHT * _PRIOR) / (told + _WEIGHT) for rule, (told, true) in rules.items()}
    return {rule: round(min(max(share, 0.5), 0.99), 2) for rule, share in sorted(shares.items())}


def confidence_table(repository: Path, nlp: Language | None) -> str:
    """The table as CSV (``rule,facts,true,confidence``), a rule a row, in the order of the names."""
    claims = Claims()
    for name in _FOLDERS:
        folder = repository / "tests" / "corpus" / name
        for score in score_folder(folder, folder, nlp)[1].values():
            claims += score.claims
    weighed = {rule: (_TAUGHT * told, _TAUGHT * true) for rule, (told, true) in claims.by_rule().items()}
    with (repository / _FIRST_RUN).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told, true = weighed.get(row["rule"], (0.0, 0.0))
            weighed[row["rule"]] = (told + int(row["facts"]), true + int(row["true"]))
    weighed.pop("", None)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("rule", "facts", "true", "confidence"))
    for rule, confidence in earned(weighed).items():
        rows.writerow((rule, *(f"{count:g}" for count in weighed[rule]), f"{confidence:.2f}"))
    return out.getvalue()
