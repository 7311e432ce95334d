"""Who writes a letter that a text refers to: the states and roles of the words beside its day, and the name behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.letters import senders_of
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import MentionType
from kg.pipeline.mask import compile_masked

__all__ = ["Party", "ending_at", "starting_at"]

_UNIT = (
    r"«S»(?:(?:、|和|及|与|以及)«S»)*(?:的)?(?:政府|外交部|(?:常驻|驻)(?:«O»)?(?:观察员)?(?:代表团(?:临时代办|代办)?|副?代表|观察员))"
    r"|(?<![员会组国])主席|«SMO»问题(?:国际)?(?:独立)?(?:专家小?组|监测组|监察组)|«O»|«M»"
)
_UNIT_HERE, _UNIT_BEFORE = compile_masked(_UNIT), compile_masked(rf"(?:{_UNIT})$")
_MORE_STATES = compile_masked(r"(?:«S»(?:、|和|及|与|以及))*«S»(?:的|、|和|及|与|以及)?$")
_GOVERNMENT = re.compile(r"^政府\s*的?\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or recipient: state, role as printed, name; each None where it is not said."""

    state: str | None
    role: str | None
    name: str | None = None


def ending_at(reading: Reading, sentence: Sentence, at: int) -> tuple[tuple[Party, ...], int]:
    """The sender whose words end at ``at``, and where they begin."""
    for actor in sentence.actors:
        if actor.end == at and actor.post is not None and actor.post.start == actor.start:
            return _parties(reading, sentence, actor.post.start, actor.post.end, actor.person is not None)
    for post in sentence.mentions:
        if post.type is MentionType.POST and post.end == at:
            return _parties(reading, sentence, post.start, at, named=False)
    unit = _UNIT_BEFORE.search(sentence.unposted[:at])
    return _parties(reading, sentence, unit.start(), at, named=False) if unit else ((), at)


def starting_at(reading: Reading, sentence: Sentence, at: int) -> tuple[tuple[Party, ...], int]:
    """The sender whose words begin at ``at``, and where they end."""
    joint = re.match(compile_masked(r"(?:«S»(?:、|和|及|与|以及))*"), sentence.unposted[at:])
    first = at + (joint.end() if joint else 0)
    for actor in sentence.actors:
        if actor.start == first and actor.post is not None and actor.post.start == first:
            parties, _ = _parties(reading, sentence, first, actor.post.end, actor.person is not None)
            return parties, actor.end
    unit = _UNIT_HERE.match(sentence.unposted, at)
    return (_parties(reading, sentence, at, unit.end(), named=False)[0], unit.end()) if unit else ((), at)


def _parties(reading: Reading, sentence: Sentence, start: int, end: int, named: bool) -> tuple[tuple[Party, ...], int]:
    """States and roles of the sender's words, and where they begin; the name behind them of one who has one."""
    more = _MORE_STATES.search(sentence.unposted[:start])
    start = more.start() if more else start
    senders = senders_of(sentence, start, end)
    name = None
    if named and len(senders) == 1:
        actor = next(a for a in sentence.actors if a.post is not None and a.post.end == end and a.person is not None)
        name = reading.people.name(sentence, actor)
    roles = [(state, _GOVERNMENT.sub("", role) if role else None) for state, role in senders]
    return tuple(Party(state, role, name) for state, role in roles), start
