"""Judgements on who is who: the log of a build, and the file in which people have the last word.

    judgement,document,name,other,reason
    same,S-2011-5,潘基文,潘 基文,spelt with a blank
    different,S-1999-7,古特雷斯,安东尼奥·古特雷斯,then another minister
    same,S-2020-9,张军,张军(外交部),a namesake

``document`` empty: in every document. ``other`` is a full name; with something in brackets behind it, another person of
that name. ``different`` and ``unsure`` keep apart, so they also undo what the rules joined; ``unsure`` stays listed.
The log of a build (`as_csv`, ``kg people``) is such a file: edit the word, build again. Other columns are not read.

Facts are judged in the same log: ``accept`` or ``reject``, the name is then the fact's (``chairing/2f…``) and there is
no other. ``kg review`` (`kg.review`) lists them, and the ledger of a graph keeps all that was decided as one such file.
"""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Judgement", "Log", "Ruling", "as_csv", "log_as_csv", "read_judgements", "read_log"]

_COLUMNS = ("judgement", "document", "name", "other", "reason")
_KINDS: Final[dict[str, Literal["same", "different", "unsure"]]] = {
    "same": "same",
    "different": "different",
    "unsure": "unsure",
}
_DECISIONS: Final[dict[str, Literal["accept", "reject"]]] = {"accept": "accept", "reject": "reject"}


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """``name``, as ``document`` uses it, and the full name ``other``: one person or not; ``evidence`` names post and
    documents. ``by`` is ``rule`` or ``file``."""

    document: str
    name: str
    judgement: Literal["same", "different", "unsure"]
    other: str
    reason: str
    evidence: tuple[str, ...] = ()
    by: Literal["rule", "file"] = "rule"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "evidence": list(self.evidence)}


def as_csv(judgements: Iterable[Judgement]) -> str:
    """Judgements as a file that `read_judgements` reads; evidence and author stand behind, for the person who edits."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_COLUMNS, "evidence", "by"])
    for j in judgements:
        writer.writerow([j.judgement, j.document, j.name, j.other, j.reason, "; ".join(j.evidence), j.by])
    return out.getvalue()


@dataclass(frozen=True, slots=True, order=True)
class Ruling:
    """What a person says of a fact: ``document`` states it rightly or not (empty: every document); ``fact`` is what
    `kg.review.fact_id` calls it."""

    document: str
    fact: str
    decision: Literal["accept", "reject"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """All that people decided: on who is who, in the order in which it was said, and on facts."""

    people: tuple[Judgement, ...] = ()
    facts: tuple[Ruling, ...] = ()


def log_as_csv(log: Log) -> str:
    """A log as a file that `read_log` reads: the same for the same decisions, facts last."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for j in sorted(set(log.people)):
        writer.writerow([j.judgement, j.document, j.name, j.other, j.reason])
    for r in sorted(set(log.facts)):
        writer.writerow([r.decision, r.document, r.fact, "", r.note])
    return out.getvalue()


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Judgements of people on people from a CSV file. Raises `ConfigError` with file and line."""
    return read_log(path).people


def read_log(path: Path) -> Log:
    """Judgements of people from a CSV file, those on facts among them. Raises `ConfigError` with file and line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", where=str(path)) from error
    rows = csv.DictReader(lines)
    if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
        remedy = f"the first line names {','.join(_COLUMNS)}"
        raise ConfigError(f"no column {missing[0]}", where=f"{path}:1", remedy=remedy)
    people: list[Judgement] = []
    facts: list[Ruling] = []
    for row in rows:
        where = f"{path}:{rows.line_num}"
        said = row["judgement"]
        if said not in _KINDS and said not in _DECISIONS:
            remedy = f"it is {', '.join((*_KINDS, *_DECISIONS))}"
            raise ConfigError(f"judgement {said!r}", where=where, remedy=remedy)
        if not row["name"] or not (row["other"] or said in _DECISIONS):
            raise ConfigError("name or other is empty", where=where)
        reason = row["reason"] or ""
        if said in _KINDS:
            people.append(Judgement(row["document"], row["name"], _KINDS[said], row["other"], reason, by="file"))
        else:
            facts.append(Ruling(row["document"], row["name"], _DECISIONS[said], reason))
    return Log(tuple(people), tuple(facts))
