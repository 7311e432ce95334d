"""How each state voted: ``2票弃权(中国和俄罗斯联邦)``, ``中国和俄罗斯联邦投了反对票``.

A draft that was not adopted keeps its own symbol as the instrument; a permanent member's No to it is a veto. Refused: lists
with a number that does not fit the count, sentences without an instrument, votes of other bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.adoptions import adopted_in
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import MentionType, Vote
from kg.pipeline.mask import compile_masked
from kg.text import parse_numeral

__all__ = ["PERMANENT", "votes"]

PERMANENT = frozenset({"CHN", "FRA", "GBR", "RUS", "USA"})
"""Permanent members; Charter of the United Nations, Article 23."""

_STATES = r"(?P<states>«S»(?:(?:、|和|及|以及|与)«S»)*)"
_BRACKET = compile_masked(
    rf"(?P<count>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})票(?P<value>赞成|反对|弃权)\({_STATES}\)"
)
_CAST = compile_masked(
    rf"{_STATES}(?:均|都|则|也)?(?:投(?:了)?)?(?P<value>反对票|弃权票|赞成票|反对|弃权|赞成|不参加表决|未参加表决)(?=[，。；、]|$)"
)
_VALUES = {"赞": "yes", "反": "no", "弃": "abstain", "不": "absent", "未": "absent"}
_FAILED = re.compile(r"未获通过|未能?通过|没有通过|被否决|遭(?:到)?否决|否决了|未获得?所需")


def votes(reading: Reading) -> Iterator[Vote]:
    """One fact an instrument and state."""
    told: set[tuple[str, str]] = set()
    for sentence in reading.view.sentences:
        for match in (*_BRACKET.finditer(sentence.unposted), *_CAST.finditer(sentence.unposted)):
            instrument, failed = _instrument(reading, sentence, match.start())
            states = sentence.inside(match.start("states"), match.end("states"), MentionType.STATE)
            count = match.groupdict().get("count")
            if instrument is None or (count and parse_numeral(count) != len(states)):
                continue
            value = _VALUES[match["value"][0]]
            for state in states:
                if state.id is None or (instrument, state.id) in told:
                    continue
                told.add((instrument, state.id))
                fact = Vote(
                    instrument=instrument,
                    state=state.id,
                    value=value,
                    veto=failed and value == "no" and state.id in PERMANENT,
                    confidence=0.96,
                    rule="vote.bracket" if count else "vote.cast",
                )
                yield reading.with_evidence(fact, [sentence.evidence])


def _instrument(reading: Reading, sentence: Sentence, at: int) -> tuple[str | None, bool]:
    """What was voted on, and whether it failed: the text adopted in the sentence, else the draft named before the vote."""
    adopted = reading.once(adopted_in, sentence)
    if adopted:
        return adopted[0].instrument, False
    drafts = [m for m in sentence.mentions if m.type is MentionType.DOCUMENT and m.end <= at]
    if drafts and "草案" in sentence.text[:at] and _FAILED.search(sentence.text):
        return drafts[-1].id, True
    return None, False
