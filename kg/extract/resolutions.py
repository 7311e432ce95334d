"""The frame of a resolution: the day and meeting of its own adoption, and whether it acts under Chapter VII of the Charter.

Refused: 根据《宪章》第七章 of another resolution (回顾…，其中根据第七章…), of what may be done some day, of what it does not do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.cover import AdoptionLine, adoption_line
from kg.extract.reading import Reading
from kg.extract.tallies import Tally, find_tallies, joined, unanimity
from kg.extract.view import Sentence, View
from kg.model import Adoption

__all__ = ["resolution_adoption"]

_TOP, _BOTTOM = 12, 4
"""Sentences of the cover, and of the end, where older texts say by which meeting they were adopted."""
_ACTING = re.compile(
    r"(?P<head>^|[，；：])(?:为此|因此|因而|并|又|还|特此|决心|现|兹|在此|进一步|，)*(?:根据|依照|按照|依据|遵照)"
    r"(?:《(?:联合国)?宪章》|(?:联合国)?宪章)(?:的)?第(?:七|7)章(?:[^，。；]{0,24}?(?:第[^，。；]{1,12}条))?(?:的)?(?:规定)?"
    r"(?:采取(?:行动|措施|强制|以下|下列)|行事|行动)"
)
_OF_ANOTHER = re.compile(r"其中[^，；：]{0,12}$|(?:如|若|一旦|可以?|将)[^，；：]{0,12}$")


@dataclass(frozen=True, slots=True)
class _Told:
    line: AdoptionLine
    sentences: tuple[Sentence, ...]


def resolution_adoption(reading: Reading) -> Adoption | None:
    """The adoption of a resolution as its own text states it."""
    symbol = reading.view.document.symbol
    told = next(_lines(reading.view), None)
    date = told and told.line.day and reading.context.iso(told.line.day)
    if symbol is None or told is None or (date or reading.view.document.date) is None:
        return None
    line = told.line
    charter = _acting(reading.view)
    tally = _count(line.vote or "")
    year = int((date or reading.view.document.date or "0")[:4])
    return reading.with_evidence(
        Adoption(
            instrument=symbol,
            date=date or reading.view.document.date,
            meeting_number=line.number,
            body="UN-SC",
            in_favour=tally.yes if tally else None,
            against=tally.no if tally else None,
            abstaining=tally.abstaining if tally else None,
            not_participating=tally.absent if tally else None,
            unanimous=unanimity(tally, year, said=line.unanimous),
            written_vote=True if line.written else None,
            meeting=line.number,
            chapter_vii=True if charter else None,
            confidence=0.99,
            rule="adoption.line",
        ),
        [*(s.evidence for s in told.sentences), *([charter.evidence] if charter else [])],
    )


def _lines(view: View) -> Iterator[_Told]:
    """Lines of adoption: one, or one printed as two, on the cover; one alone at the end."""
    top, bottom = view.sentences[:_TOP], view.sentences[_TOP:][-_BOTTOM:]
    for sentence in (*top, *bottom):
        line = adoption_line(sentence.text)
        if line is not None:
            yield _Told(line, (sentence,))
    for pair in pairwise(top):
        line = adoption_line("".join(s.text for s in pair)) if pair[0].index != pair[1].index else None
        if line is not None:
            yield _Told(line, pair)


def _count(words: str) -> Tally | None:
    """The numbers of the line's vote (12票对零票、2票弃权); None where they are more than the Council has members."""
    tally = joined(find_tallies(f"{words}通过"))
    return tally if tally is not None and tally.fits(None) else None


def _acting(view: View) -> Sentence | None:
    """The sentence in which the Council acts under Chapter VII."""
    for sentence in view.sentences:
        for match in _ACTING.finditer(sentence.text) if "宪章" in sentence.text else ():
            if not _OF_ANOTHER.search(sentence.text[: match.start("head") + 1].rstrip("，；：")):
                return sentence
    return None
