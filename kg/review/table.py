"""The file that a person fills in: one row a doubtful fact or link.

    kind    fact or person
    id      what is judged: chairing/2f…, or two names, 古特雷斯 = 安东尼奥·古特雷斯
    says_zh says_en quote document confidence reason     for the reader; of these only document is read again
    decision    accept or reject; of a person merge (or accept: one person), reject (two), unsure; empty: none
    note    why; kept

An empty ``document`` means every document. Spreadsheets spoil files in known ways (another encoding, semicolons or tabs
between cells); they are read all the same.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import asdict, astuple, dataclass, fields
from typing import TYPE_CHECKING, Final, Literal

from kg.errors import ConfigError, InputError
from kg.link.judgements import Judgement, Log, Ruling
from kg.read.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["COLUMNS", "LINK", "Row", "as_csv", "read_review"]

LINK: Final = " = "
"""Between the two names of a link."""
_NEEDED: Final = ("kind", "id", "document", "decision", "note")
_FACT: Final = re.compile(r"[a-z-]+/[0-9a-f]{16}")
_WORDS: Final = {
    "接受": "accept",
    "采纳": "accept",
    "驳回": "reject",
    "拒绝": "reject",
    "合并": "merge",
    "待定": "unsure",
}
_FACTS: Final[dict[str, Literal["accept", "reject"]]] = {"accept": "accept", "reject": "reject"}
_PEOPLE: Final[dict[str, Literal["same", "different", "unsure"]]] = {
    "accept": "same",
    "merge": "same",
    "reject": "different",
    "unsure": "unsure",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file, as the module says. ``confidence`` is empty for a link."""

    kind: str
    id: str
    says_zh: str
    says_en: str
    quote: str
    document: str
    confidence: str
    reason: str
    decision: str = ""
    note: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


COLUMNS: Final = tuple(field.name for field in fields(Row))


def as_csv(rows: Iterable[Row]) -> str:
    """Rows as a file that `read_review` reads."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in rows)
    return out.getvalue()


def read_review(path: Path) -> Log:
    """What was decided; rows without a decision say nothing. Raises `ConfigError` with file and line."""
    try:
        text, _ = decode(path.read_bytes(), source=str(path))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror or error}", where=str(path)) from error
    except InputError as error:
        raise ConfigError(error.what, where=str(path), remedy=error.remedy) from error
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    if missing := [name for name in _NEEDED if name not in (rows.fieldnames or ())]:
        raise ConfigError(f"no column {missing[0]}", where=f"{path}:1", remedy="kg review DIR writes such a file")
    people: dict[tuple[str, str], Judgement] = {}
    facts: dict[tuple[str, str], Ruling] = {}
    for row in rows:
        where = f"{path}:{rows.line_num}"
        given = {name: " ".join((row[name] or "").split()) for name in _NEEDED}
        said = _WORDS.get(given["decision"], given["decision"].lower())
        if not said:
            continue
        key = given["document"], given["id"]
        match given["kind"]:
            case "fact":
                ruling = _ruling(*key, said, given["note"], where)
                if facts.setdefault(key, ruling).decision != ruling.decision:
                    raise ConfigError(f"{given['id']} is decided twice, and not alike", where=where)
            case "person":
                judgement = _judgement(*key, said, given["note"], where)
                if people.setdefault(key, judgement).judgement != judgement.judgement:
                    raise ConfigError(f"{given['id']} is decided twice, and not alike", where=where)
            case other:
                raise ConfigError(f"kind {other!r}", where=where, remedy="it is fact or person")
    return Log(tuple(people.values()), tuple(facts.values()))


def _ruling(document: str, fact: str, said: str, note: str, where: str) -> Ruling:
    if said not in _FACTS:
        raise ConfigError(f"decision {said!r}", where=where, remedy=f"of a fact it is {', '.join(_FACTS)}")
    if not _FACT.fullmatch(fact):
        raise ConfigError(f"id {fact!r} is no fact's", where=where, remedy="copy it from kg review DIR --all")
    return Ruling(document, fact, _FACTS[said], note)


def _judgement(document: str, link: str, said: str, note: str, where: str) -> Judgement:
    if said not in _PEOPLE:
        raise ConfigError(f"decision {said!r}", where=where, remedy=f"of a person it is {', '.join(_PEOPLE)}")
    name, sign, other = link.partition(LINK)
    if not (name and sign and other):
        raise ConfigError(f"id {link!r} is no pair of names", where=where, remedy="write it as NAME = OTHER NAME")
    return Judgement(document, name, _PEOPLE[said], other, note, by="file")
