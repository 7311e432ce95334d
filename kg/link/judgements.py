"""Judgements on who is who: the log of a build, and the file in which people have the last word.

    judgement,document,name,other,reason
    same,S-2011-5,潘基文,潘 基文,spelt with a blank
    different,S-1999-7,古特雷斯,安东尼奥·古特雷斯,then another minister
    same,S-2020-9,张军,张军(外交部),a namesake

``document`` empty: in every document. ``other`` is a full name; with something in brackets behind it, another person of
that name. ``different`` and ``unsure`` keep apart, so they also undo what the rules joined; ``unsure`` stays listed.
The log of a build (`as_csv`, ``kg people``) is such a file: edit the word, build again. Other columns are not read.
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

__all__ = ["Judgement", "as_csv", "read_judgements"]

_COLUMNS = ("judgement", "document", "name", "other", "reason")
_KINDS: Final[dict[str, Literal["same", "different", "unsure"]]] = {
    "same": "same",
    "different": "different",
    "unsure": "unsure",
}


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


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Judgements of people from a CSV file. Raises `ConfigError` with file and line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", where=str(path)) from error
    rows = csv.DictReader(lines)
    if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
        remedy = f"the first line names {','.join(_COLUMNS)}"
        raise ConfigError(f"no column {missing[0]}", where=f"{path}:1", remedy=remedy)
    found: list[Judgement] = []
    for row in rows:
        where = f"{path}:{rows.line_num}"
        said = row["judgement"]
        if said not in _KINDS:
            raise ConfigError(f"judgement {said!r}", where=where, remedy=f"it is {', '.join(_KINDS)}")
        if not row["name"] or not row["other"]:
            raise ConfigError("name or other is empty", where=where)
        found.append(
            Judgement(row["document"], row["name"], _KINDS[said], row["other"], row["reason"] or "", by="file")
        )
    return tuple(found)
