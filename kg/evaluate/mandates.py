"""Decisions on mandates in `akn-zh`: those annotated by hand beside those that the rules read.

Two are the same when they agree on instrument, paragraph and action, on the holder (its id, or where the gold has none, the
words that name it), and on end and duration. A decision told twice counts once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.evaluate.corpora import akn_documents, akn_mandates
from kg.evaluate.counts import Counts
from kg.extract import extract
from kg.model import MandateDecision
from kg.text import normalize

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

__all__ = ["MandateScores", "score_mandates"]

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class MandateScores:
    """Counts by action and of all. ``wrong``: ``missing`` or ``extra``, and the key, by document."""

    actions: dict[str, Counts]
    all: Counts
    wrong: tuple[tuple[str, Key], ...]

    def table(self) -> str:
        """Gold, precision, recall and F1 by action, a line each."""
        rows = [*sorted(self.actions.items()), ("all", self.all)]
        return "\n".join(f"  {name:12} {c.gold:5} {'  '.join(c.cells())}" for name, c in rows)


def score_mandates(data: Path, years: Iterable[int], nlp: Language | None = None) -> MandateScores:
    """Scores on the resolutions of ``years``. ``nlp`` adds the trained names, which the rules hardly need.

    Raises:
        UnreadableInputError: the folder does not hold them.
    """
    actions: dict[str, Counts] = {}
    wrong: list[tuple[str, Key]] = []
    for year in years:
        gold = akn_mandates(year)
        for document in akn_documents(data, year):
            wanted = [row for row in gold if row["file"] == document.id]
            facts = extract(document, nlp).facts
            found = [fact.as_json() for fact in facts if isinstance(fact, MandateDecision)]
            missing, extra, hits = _compare(document.id, wanted, found)
            wrong += [("missing", key) for key in missing] + [("extra", key) for key in extra]
            for kind, keys in (("hit", hits), ("missing", missing), ("extra", extra)):
                for key in keys:
                    action = key[2] or ""
                    actions[action] = actions.get(action, Counts()) + Counts(**{kind: 1})
    return MandateScores(actions, sum(actions.values(), Counts()), tuple(wrong))


def _compare(
    name: str, wanted: list[dict[str, Any]], found: list[dict[str, Any]]
) -> tuple[list[Key], list[Key], list[Key]]:
    number, year = name.split("_")[2:4]
    symbol = f"S/RES/{number}({year})"
    gold = list(dict.fromkeys(_key(row, symbol) for row in wanted))
    told = list(dict.fromkeys(_key(row, row["instrument"]) for row in found))
    hits: list[Key] = []
    for key in gold:
        match = next((other for other in told if _same(key, other)), None)
        if match is not None:
            told.remove(match)
            hits.append(key)
    return [key for key in gold if key not in hits], told, hits


def _key(row: dict[str, Any], instrument: str | None) -> Key:
    label = "".join(normalize(row["holder_label"] or "")[0].split())
    return (
        instrument,
        row["paragraph"],
        row["action"],
        row["holder"],
        None if row["holder"] else re.sub(r"^(?:安全理事会|安理会)", "", label),
        row["until"],
        row["duration"],
    )


def _same(gold: Key, other: Key) -> bool:
    return gold == other
