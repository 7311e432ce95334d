"""Who signed: the names of the signed lines (``张军(签名)``), each with the lines of titles above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.view import Sentence, View
from kg.model import Evidence, MentionType
from kg.structure import SIGNED

__all__ = ["Signature", "signatures"]

_MARK_ALONE = re.compile(r"\((?:签名|签字|签署)\)")
_LONGEST = 40
"""Characters of a line of a signature."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signed name as printed; ``states`` are those of its title lines (葡萄牙常驻联合国代表), by id."""

    name: str
    evidence: Evidence
    states: frozenset[str]


def signatures(view: View, first: int, last: int) -> list[Signature]:
    """Those of the paragraphs ``[first, last)``, in order. A mark alone on its line is that of the line above it."""
    found: list[Signature] = []
    lines = [row[0] for i in range(first, last) if (row := view.by_paragraph.get(i))]
    block = 0  # where the title lines of the next signature may begin
    for i, line in enumerate(lines):
        if line.paragraph.role != "signature" or not SIGNED.search(line.text):
            continue
        named = lines[i - 1] if _MARK_ALONE.fullmatch(line.text) and i > block else line
        name = _name(named)
        if name:
            titles = [*lines[max(block, i - 4) : i], line]
            states = {m.id for t in titles for m in t.mentions if _is_title(t) and m.type is MentionType.STATE and m.id}
            found.append(Signature(name, named.evidence, frozenset(states)))
        block = i + 1
    return found


def _is_title(line: Sentence) -> bool:
    return len(line.text) <= _LONGEST and not re.search(r"[。；，]$", line.text)


def _name(line: Sentence) -> str | None:
    people = [m for m in line.mentions if m.type is MentionType.OFFICIAL]
    if people:
        return " ".join(line.printed(people[-1].start, people[-1].end).split())
    if len(line.text) > _LONGEST:
        return None
    match = re.fullmatch(r"(?:\(签[名字署]\))?([^()，。；]{2,30}?)(?:\(签[名字署]\)|代签\)?)?", line.text)
    return line.printed(*match.span(1)).strip() if match else None
