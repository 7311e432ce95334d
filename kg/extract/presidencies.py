"""Which state presides over the Council in which month.

Refused: presidents of other bodies (委员会主席, 非洲联盟主席, 联大主席), the President's letters and statements, months of something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.gate import Gate, Gated
from kg.extract.presidency_frames import FRAMES, presidency_frames
from kg.extract.presidency_now import NOW, presidents_now
from kg.extract.presiding import presiding
from kg.extract.reading import Reading
from kg.extract.statements import opening_of, presiding_in, release_of
from kg.model import DocumentKind, Evidence, MentionType, Presidency
from kg.structure import LETTER_TITLE

if TYPE_CHECKING:
    from kg.extract.view import Sentence

__all__ = ["presidencies"]

_LETTER = Gated(
    r"以«C»(?P<d>«D»)(?:的)?(?:轮值)?主席(?:的)?身份|(?:我国|我)(?:将)?(?:于|在|作为|担任)(?:«C»)?(?P<d2>«D»)(?:份)?(?:担任)?(?:«C»)?(?:的)?(?:轮值)?主席(?!团|声明)",
    on="unposted",
)
"""What a letter says of its sender: 谨以安全理事会2018年5月份主席的身份, 我国将于5月担任安全理事会主席."""

_FOR_PRESIDENT = Gated(
    r"(?:作为|以)«C»(?P<d>«D»)(?:的)?(?:轮值)?主席(?:国)?(?:的)?(?:代表)?(?:的?身份)?，", on="unposted"
)

_TELLS = Gate(FRAMES, NOW, _LETTER, _FOR_PRESIDENT)


_OF_PROGRAMME = Gated(
    r"(?:^|\()(?:«C»)?(?:«D»|本月|当月)?(?:«C»)?(?:的)?(?:轮值)?(?:主席(?:国)?(?:[:：、，]|为|是){0,2}(?P<s>«S»)|主席[:：][^，。；«:S»]{0,30}\((?P<s3>«S»)\))"
    r"|(?:^|\()(?:由)?(?P<s2>«S»)(?:担任|任)(?:«C»)?(?:«D»|本月|当月)?(?:的)?(?:轮值)?主席",
    on="unposted",
)
_TOP, _LINE = 8, 80
"""What the top of a programme of work says: 主席：巴林, (由巴林担任主席)."""


def presidencies(reading: Reading) -> Iterator[Presidency]:
    """One fact a state and month."""
    told: dict[tuple[str, str], tuple[str, list[Evidence]]] = {}
    for state, month, rule, evidence in (
        *_who_preside(reading),
        *_of_programme(reading),
        *_in_capacity(reading),
    ):
        told.setdefault((state, month), (rule, []))[1].extend(evidence)
    for sentence in _TELLS.among(reading.view):
        if "主席" not in sentence.text and "主持" not in sentence.text:
            continue
        for frame in presidency_frames(sentence):
            iso = reading.context.iso(frame.date)
            if iso and len(iso) >= 7 and frame.state.id:
                told.setdefault((frame.state.id, iso[:7]), (frame.rule, []))[1].append(sentence.evidence)
        for state, month, rule, evidence in (
            *_of_letter(reading, sentence),
            *_of_person(reading, sentence),
            *_of_now(reading, sentence),
        ):
            told.setdefault((state, month), (rule, []))[1].extend(evidence)
    for (state, month), (rule, evidence) in told.items():
        yield reading.with_evidence(Presidency(state=state, month=month, confidence=0.99, rule=rule), evidence)


def _who_preside(reading: Reading) -> Iterator[tuple[str, str, str, list[Evidence]]]:
    """State, month, rule and evidence of those who preside at the meeting of a record, or make a presidential statement: the
    Council's President does so for the state of the month."""
    front = reading.front
    if front is not None and front.sitting.date:
        for seat in front.chairs:
            evidence = [seat.sentence.evidence, *front.sitting.evidence[:1]]
            yield seat.state, front.sitting.date[:7], "record.presidency", evidence
    opening = opening_of(reading.view) or release_of(reading.view)
    if opening is None:
        return
    days = [iso for d in opening.dates if d.day is not None and (iso := reading.context.iso(d))]
    date = days[0] if days else reading.view.document.date
    for _, state in presiding_in(opening):
        if state and date:
            yield state, date[:7], "statement.presidency", [opening.evidence]


def _of_programme(reading: Reading) -> Iterator[tuple[str, str, str, list[Evidence]]]:
    """The same of the top of a programme of work, for the month that it is of."""
    month = reading.context.month
    if reading.view.document.kind is not DocumentKind.PROGRAMME or month is None:
        return
    for sentence in reading.view.sentences[:_TOP]:
        match = _OF_PROGRAMME.search(sentence) if len(sentence.text) <= _LINE else None
        start = next((match.start(group) for group in ("s", "s2", "s3") if match[group]), -1) if match else -1
        state = sentence.at(start, MentionType.STATE)
        if state is not None and state.id:
            yield state.id, month, "presidency.programme", [sentence.evidence]
            return


def _in_capacity(reading: Reading) -> Iterator[tuple[str, str, str, list[Evidence]]]:
    """The same of who acts as President of a month."""
    for told in reading.once(presiding):
        if told.month is not None:
            yield told.state, told.month, "presidency.capacity", [told.sentence.evidence]


def _of_letter(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, str, str, list[Evidence]]]:
    """State, month, rule and evidence where the sender of the letter presides: the state is that of the title above."""
    match = _LETTER.search(sentence)
    if match is None:
        return
    at = next(match.start(group) for group in ("d", "d2") if match[group])
    date = sentence.date_at(at)
    iso = reading.context.iso(date) if date else None
    above = ((s, LETTER_TITLE.match(s.text)) for s in reversed(reading.view.sentences[: sentence.order]))
    title, named = next(((s, named) for s, named in above if named), (None, None))
    if title is None or named is None or iso is None or len(iso) < 7:
        return
    sender = title.at(named.start("sender"), MentionType.STATE)
    if sender is not None and sender.id:
        yield sender.id, iso[:7], "presidency.letter", [sentence.evidence, title.evidence]


def _of_person(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, str, str, list[Evidence]]]:
    """The same where a person presides for the state: ``作为安理会1月份主席国的代表，赛义德大臣将主持会议``, the state that of the office."""
    for match in _FOR_PRESIDENT.finditer(sentence):
        iso = next((reading.context.iso(d) for d in sentence.dates if d.start == match.start("d")), None)
        actor = next((a for a in sentence.actors if a.start == match.end()), None)
        state = reading.people.state(sentence, actor) if actor else None
        if state and iso and len(iso) >= 7:
            yield state, iso[:7], "presidency.for", [sentence.evidence]


def _of_now(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, str, str, list[Evidence]]]:
    """The same of the month that the document is of: 本月轮值主席、巴西常驻联合国代表."""
    for state, month in presidents_now(sentence, reading.context):
        yield state, month, "presidency.now", [sentence.evidence]
