"""Counting: hits, false alarms, misses."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Counts", "cell", "markdown"]


@dataclass(frozen=True, slots=True)
class Counts:
    """``hit`` right, ``extra`` predicted but not in the gold, ``missing`` in the gold but not predicted.

    A share whose denominator is nought is None: nothing was there to get right or wrong.
    """

    hit: int = 0
    extra: int = 0
    missing: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hit + other.hit, self.extra + other.extra, self.missing + other.missing)

    @property
    def gold(self) -> int:
        return self.hit + self.missing

    @property
    def predicted(self) -> int:
        return self.hit + self.extra

    @property
    def precision(self) -> float | None:
        return self.hit / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        return self.hit / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        total = self.gold + self.predicted
        return 2 * self.hit / total if total else None

    def as_json(self) -> dict[str, int | float | None]:
        return {
            "gold": self.gold,
            "predicted": self.predicted,
            "hit": self.hit,
            "precision": _rounded(self.precision),
            "recall": _rounded(self.recall),
            "f1": _rounded(self.f1),
        }

    def cells(self) -> list[str]:
        """Precision, recall and F1 for a table."""
        return [cell(self.precision), cell(self.recall), cell(self.f1)]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def cell(share: float | None) -> str:
    """A share for a table: three places, a dash for none. Only perfection prints as 1.000."""
    if share is None:
        return "-"
    return f"{min(share, 0.999) if share < 1 else share:.3f}"


def markdown(rows: list[list[str]]) -> str:
    """A table, its first row the head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---|" + "--:|" * (len(rows[0]) - 1))
    return "\n".join(lines)
