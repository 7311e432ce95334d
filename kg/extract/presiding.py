"""Who acts as the Council's President of a month: ``土耳其总统…将以安全理事会9月份主席的身份主持2010年9月23日第6389次会议``.

The state is that of the office last named before. Refused: the sender of a letter who writes as such (谨以…身份), offices of no state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.gate import Gated
from kg.extract.view import Actor, Sentence
from kg.model import MentionType, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.reading import Reading

__all__ = ["Presiding", "presiding"]

_AS = Gated(
    r"(?:以|作为)(?:(?P<d>«D»)«C»|«C»(?P<d2>«D»)?|(?P<d3>«D»))(?:的)?(?:轮值)?主席(?:国)?(?:的)?(?:身份|名义|资格)?，?(?:将)?"
    r"(?:(?P<chairs>主持|主持召开)(?:了)?(?:定于)?(?P<what>[^。；«:F»]{0,40}?(?P<f>«F»)))?",
    on="unposted",
)
_SENDER = re.compile("[我谨兹]")
_COUNCIL = re.compile("安全理事[会會]|安理[会會]")
_OTHER = compile_masked("«OM»(?!常驻)|委员会|工作组|大会")
_TO_COME = re.compile(r"(?:将|拟|打算|计划|定于)[^，。；]{0,6}$|定于")


@dataclass(frozen=True, slots=True)
class Presiding:
    """Who, for which state, as President of which month; ``number``, ``date``, ``format`` and ``status`` of the meeting, where one is named."""

    sentence: Sentence
    actor: Actor
    state: str
    month: str | None
    chairs: bool
    number: str | None
    date: str | None
    format: str | None
    status: Status


def presiding(reading: Reading) -> Iterator[Presiding]:
    """Each time that a text says so, with an actor whose state it prints."""
    for sentence in _AS.among(reading.view):
        for match in _AS.finditer(sentence):
            actor = next((a for a in reversed(sentence.actors) if a.end <= match.start()), None)
            if match["d3"] and not _of_council(sentence, match.start()):
                continue
            if actor is None or _SENDER.search(sentence.text, actor.end, match.start()):
                continue
            state = _state(reading, sentence, actor)
            if state is not None:
                yield _presiding(reading, sentence, match, actor, state)


def _of_council(sentence: Sentence, at: int) -> bool:
    """Whether 作为4月份主席 is of the Council: the document speaks of it, and the sentence of no other body."""
    return _COUNCIL.search(sentence.document.text) is not None and not _OTHER.search(sentence.unposted[:at])


def _state(reading: Reading, sentence: Sentence, actor: Actor) -> str | None:
    state = reading.people.state(sentence, actor)
    if state is None and actor.post is not None:
        named = sentence.at(actor.post.start, MentionType.STATE)
        state = named.id if named is not None else None
    return state


def _presiding(reading: Reading, sentence: Sentence, match: re.Match[str], actor: Actor, state: str) -> Presiding:
    own = max(match.start("d"), match.start("d2"), match.start("d3"))
    days = [d for d in sentence.dates if d.day is not None and match.start("what") <= d.start < match.end("what")]
    before = sentence.text[: match.start()]
    days = days or [
        d
        for d in sentence.dates
        if d.day is not None
        and (0 <= actor.start - d.end <= 1 or (d.end <= len(before) and not re.search("[，。；]", before[d.end :])))
    ]
    day = reading.context.iso(days[-1]) if days and match["chairs"] else None
    numbers = [m.id for m in sentence.inside(match.start("what"), match.end("what"), MentionType.MEETING) if m.id]
    month = next((reading.context.iso(d) for d in sentence.dates if d.start == own), None)
    printed = next((d.month for d in sentence.dates if d.start == own), None)
    if month is None or len(month) < len("2010-09"):  # a report that prints no year for 9月份: that of its 9月23日
        isos = [reading.context.iso(d) for d in sentence.dates]
        month = next((iso for iso in isos if iso and len(iso) >= 7 and printed in {None, int(iso[5:7])}), None)
    planned = _TO_COME.search(sentence.text[: match.end("chairs")]) if match["chairs"] else None
    later = bool(day and reading.context.date and day > reading.context.date)
    return Presiding(
        sentence,
        actor,
        state,
        month[:7] if month else None,
        match["chairs"] is not None,
        numbers[0].removeprefix("S/PV.") if numbers else None,
        day,
        next((f.format for f in sentence.formats if f.start == match.start("f")), None) if match["chairs"] else None,
        Status.PLANNED if planned or later else Status.HELD,
    )
