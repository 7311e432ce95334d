"""What the President says in a record, in the chair and not for a country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.front import turn
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.pipeline.mask import compile_masked

__all__ = ["of_the_president", "proceedings"]

_AS_DELEGATE = compile_masked(
    r"(?:以|将以|作为)(?:«S»|我国)(?:常驻)?代表(?:的)?身份|以(?:我的?)?本国代表(?:的)?身份|以国家身份"
)
_BACK_IN_CHAIR = re.compile(r"恢复(?:行使|履行|担任)?[^。]{0,10}主席")


def proceedings(reading: Reading) -> tuple[Sentence, ...]:
    """The sentences behind the front page, notes at the foot left out."""
    front = reading.front
    if front is None:
        return ()
    return tuple(s for s in reading.view.sentences[front.end :] if s.paragraph.role != "footnote")


def of_the_president(reading: Reading) -> Iterator[Sentence]:
    """The President's sentences: from ``主席(以英语发言)：`` to the next speaker, without what is said for a country (我现在以…代表的身份发言)."""
    sentences = proceedings(reading)
    presiding = not any(turn(s.text) for s in sentences)  # a part that names no speaker is all procedure
    delegate = False
    paragraph = -1
    for sentence in sentences:
        if sentence.index != paragraph:
            paragraph = sentence.index
            opening = turn(sentence.text)
            if opening:
                presiding, delegate = opening["chair"] is not None, delegate and opening["chair"] is not None
        if presiding and delegate and _BACK_IN_CHAIR.search(sentence.text):
            delegate = False
        if presiding and not delegate:
            yield sentence
        if presiding and _AS_DELEGATE.search(sentence.unposted):
            delegate = True
