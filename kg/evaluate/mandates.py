"""Decisions on mandates in `akn-zh`: those annotated by hand beside those that the rules read.

A row of gold that is ``optional`` counts neither way, nor does the decision that it takes. Two are the same when they
agree on instrument, paragraph and action, on end and duration, and on the holder: its id, or where the gold has none,
the words that name it. A decision told twice counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
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

__all__ = ["Decision", "MandateScores", "compare_mandates", "score_mandates"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is compared; ``label`` without blanks and the Council's name before it."""

    instrument: str | None
    paragraph: str | None
    action: str
    until: str | None
    duration: str | None
    holder: str | None
    label: str

    @classmethod
    def of(cls, row: Mapping[str, Any], instrument: str | None) -> Decision:
        """From a fact as JSON, or a row of the gold."""
        label = "".join(normalize(row["holder_label"] or "")[0].split())
        label = label.removeprefix("安全理事会").removeprefix("安理会")
        names = ("paragraph", "action", "until", "duration", "holder")
        return cls(instrument=instrument, label=label, **{name: row[name] for name in names})

    def same_as(self, other: Decision) -> bool:
        """Whether ``other`` says what this, the gold, says."""
        fixed = ("instrument", "paragraph", "action", "until", "duration")
        holder = "holder" if self.holder else "label"
        return all(getattr(self, name) == getattr(other, name) for name in (*fixed, holder))

    def concerns(self, other: Decision) -> bool:
        """Whether both stand in one paragraph and name one holder, whatever they say of it."""
        holder = "holder" if self.holder and other.holder else "label"
        return self.paragraph == other.paragraph and getattr(self, holder) == getattr(other, holder)


@dataclass(frozen=True, slots=True)
class MandateScores:
    """Counts by action. ``wrong``: what is missing, and what is too much, in the order of the documents."""

    actions: dict[str, Counts]
    wrong: tuple[tuple[str, Decision], ...]

    @property
    def all(self) -> Counts:
        return sum(self.actions.values(), Counts())

    def table(self) -> str:
        """Gold, precision, recall and F1 by action, a line each."""
        rows = [*sorted(self.actions.items()), ("all", self.all)]
        return "\n".join(f"  {name:12} {counts.gold:5} {'  '.join(counts.cells())}" for name, counts in rows)


def score_mandates(data: Path, years: Iterable[int], nlp: Language | None = None) -> MandateScores:
    """Scores on the resolutions of ``years``. ``nlp`` adds the trained names, which these rules hardly need.

    Raises:
        UnreadableInputError: the folder does not hold them.
    """
    actions: defaultdict[str, Counts] = defaultdict(Counts)
    wrong: list[tuple[str, Decision]] = []
    for year in years:
        gold = akn_mandates(year)
        for name, document in akn_documents(data, year):
            symbol = f"S/RES/{name.split('_')[2]}({year})"
            wanted = [Decision.of(row, symbol) for row in gold if row["file"] == name and not row.get("optional")]
            doubtful = [Decision.of(row, symbol) for row in gold if row["file"] == name and row.get("optional")]
            facts = [f.as_json() for f in extract(document, nlp).facts if isinstance(f, MandateDecision)]
            hits, missing, extra = compare_mandates(wanted, [Decision.of(f, f["instrument"]) for f in facts])
            extra = [e for e in extra if not any(d.concerns(e) for d in doubtful)]
            for decision in hits:
                actions[decision.action] += Counts(hit=1)
            for decision in missing:
                actions[decision.action] += Counts(missing=1)
                wrong.append(("missing", decision))
            for decision in extra:
                actions[decision.action] += Counts(extra=1)
                wrong.append(("extra", decision))
    return MandateScores(dict(actions), tuple(wrong))


def compare_mandates(
    gold: Iterable[Decision], found: Iterable[Decision]
) -> tuple[list[Decision], list[Decision], list[Decision]]:
    """The gold that was found, the gold that was not, and what was found beside it."""
    hits: list[Decision] = []
    missing: list[Decision] = []
    told = list(found)
    for decision in gold:
        same = [other for other in told if decision.same_as(other)]
        if same:
            hits.append(decision)
            told = [other for other in told if other not in same]
        elif not any(decision.same_as(hit) for hit in hits):
            missing.append(decision)
    extra: list[Decision] = []
    for other in told:
        if not any(known.same_as(other) for known in (*hits, *extra)):
            extra.append(other)
    return hits, missing, extra
