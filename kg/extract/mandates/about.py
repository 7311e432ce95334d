"""Whose mandate words mean that name nobody: of the mission or country beside them, last named, or that the document is about."""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.mandates.frame import Span
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.gazetteer.holders import Holder, load_holders
from kg.model import MentionType

__all__ = ["beside", "last_mission", "main_mission", "main_state", "short_name"]

_SANCTIONS = re.compile(r"制裁|禁运|禁令|冻结|措施")


def beside(sentence: Sentence, label: Span, word: str, year: int | None) -> Holder | None:
    """The panel of the one country whose sanctions the sentence names before it (延长对南苏丹的制裁，并将专家小组任期延长)."""
    states = {m.id for m in sentence.inside(0, label[0], MentionType.STATE) if m.id}
    if len(states) != 1 or not _SANCTIONS.search(sentence.text, 0, label[0]):
        return None
    return load_holders().resolve(word, key=states.pop(), year=year)


def last_mission(reading: Reading, sentence: Sentence, at: int) -> str | None:
    """The mission last named before, in the paragraph: what 该团 means; in a resolution, else the one that it is about."""
    for before in reversed(reading.view.by_paragraph[sentence.index]):
        if before.order > sentence.order:
            continue
        limit = at if before is sentence else len(before.text)
        missions = [m.id for m in before.inside(0, limit, MentionType.MISSION)]
        if missions:
            return missions[-1]
    return main_mission(reading)


def short_name(reading: Reading, text: str) -> str | None:
    """The mission of the document whose name ends like ``text`` (核查团)."""
    found = {
        m.id
        for s in reading.view.sentences
        for m in s.mentions
        if m.type is MentionType.MISSION and m.id and m.text.endswith(text)
    }
    return found.pop() if len(found) == 1 else None


def main_mission(reading: Reading) -> str | None:
    """The mission that a resolution names most, if no other is named half as often."""
    return _main(reading, MentionType.MISSION)


def main_state(reading: Reading) -> str | None:
    """The country that a resolution names most, likewise."""
    return _main(reading, MentionType.STATE)


def _main(reading: Reading, kind: MentionType) -> str | None:
    if reading.view.document.symbol is None or not reading.view.document.symbol.startswith("S/RES/"):
        return None
    counts = Counter(m.id for s in reading.view.sentences for m in s.mentions if m.type is kind and m.id)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]
