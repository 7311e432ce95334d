"""Resolutions and presidential statements adopted, with their votes: one fact an instrument.

What one sentence tells (`kg.extract.adoption_frames`) gets its day, meeting and body here, and what the sentences behind it add
(表决结果为…, 该决议获得一致通过, 两项决议均采用书面表决程序). Refused: texts of other bodies, adoptions of no day, counts that do not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.extract.adoption_days import AT_IT, day_of
from kg.extract.adoption_frame import Frame
from kg.extract.adoption_frames import INSTRUMENTS, adoption_frames, voted
from kg.extract.meetings import Sitting
from kg.extract.own_adoption import own_adoption
from kg.extract.reading import Reading
from kg.extract.tallies import Tally, joined, unanimity
from kg.extract.view import Sentence
from kg.model import Adoption, MentionType, Modality, Status
from kg.pipeline.mask import compile_masked

__all__ = ["adopted_in", "adoptions"]


def adoptions(reading: Reading) -> Iterator[Adoption]:
    """One fact an instrument: the first telling, with what later ones add."""
    told: dict[str, Adoption] = {}
    own = own_adoption(reading)
    if own is not None:
        told[own.instrument] = own
    for sentence in _telling(reading):
        for fact in (*adopted_in(reading, sentence), *_by_that(reading, sentence)):
            known = told.get(fact.instrument)
            if known is None or known.modality == Modality.RECALLED != fact.modality:
                told[fact.instrument] = fact
            elif known is not own:
                told[fact.instrument] = _joined(known, fact)
    yield from told.values()


def _telling(reading: Reading) -> Iterator[Sentence]:
    """The sentences of the paragraphs that tell an adoption, or may go on about one."""
    (by_paragraph,) = reading.once(_adopted_by_paragraph)
    named = not reading.view.kinds.isdisjoint(INSTRUMENTS)
    for index, row in reading.view.by_paragraph.items() if named else ():
        if index in by_paragraph or len(row) > 1:
            yield from row


def _joined(known: Adoption, other: Adoption) -> Adoption:
    """The first telling with the fields that only the other has, where the two agree in what both say."""
    names = (
        "date",
        "meeting_number",
        "in_favour",
        "against",
        "abstaining",
        "not_participating",
        "draft",
        "written_vote",
    )
    pairs = [(getattr(known, name), getattr(other, name)) for name in names]
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return known
    more: dict[str, Any] = {name: b for name, (a, b) in zip(names, pairs, strict=True) if a is None and b is not None}
    unanimous = known.unanimous if known.unanimous is not None else other.unanimous
    if not more and unanimous == known.unanimous:
        return known
    evidence = tuple(dict.fromkeys((*known.evidence, *other.evidence)))
    return replace(known, **more, unanimous=unanimous, meeting=known.meeting or other.meeting, evidence=evidence)


_THAT = re.compile(
    r"^(?:该|这项|上述|此项|这份)?决议(?:草案)?(?:随后)?(?:(?:获得?|得到|以)(?:了)?(?:安理会)?(?:一致|全票)(?:同意)?通过"
    r"|(?:获得?|得到)(?:了)?(?:安理会)?(?:全体|所有)?(?:\d{2}|十五)?(?:个|名)?(?:安理会)?(?:成员国?|理事国)?的?(?:一致|全票)(?:支持|赞成|同意)(?=[，。；]|$))"
)
_BY = compile_masked(r"(?P<d>«D»)[，]?«C»(?:以|在)(?P<i>«R»)(?:中)?(?:决定)?(?:将|把|延长|延续|续延)")


def _by_that(reading: Reading, sentence: Sentence) -> Iterator[Adoption]:
    """``2月23日，安理会以第2342(2017)号决议延长了…。这项决议获得一致通过。``"""
    paragraph = reading.view.by_paragraph[sentence.index]
    if paragraph[0] is sentence or not _THAT.match(sentence.text):
        return
    row = [s for s in paragraph if s.order < sentence.order]
    for before in reversed(row):
        match = _BY.search(before.masked)
        mention = before.at(match.start("i"), MentionType.RESOLUTION) if match else None
        date = before.date_at(match.start("d")) if match else None
        if mention is not None and mention.id and mention.id.startswith("S/RES/") and date is not None:
            yield reading.with_evidence(
                Adoption(
                    instrument=mention.id,
                    date=reading.context.iso(date),
                    body="UN-SC",
                    unanimous=True,
                    confidence=0.95,
                    rule="adoption.that",
                ),
                [sentence.evidence, before.evidence],
            )
            return


def adopted_in(reading: Reading, sentence: Sentence) -> Iterator[Adoption]:
    """Adoptions that one sentence states, with what later sentences add to them."""
    (by_paragraph,) = reading.once(_adopted_by_paragraph)
    for fact in by_paragraph.get(sentence.index, ()):
        if fact.evidence[0] == sentence.evidence:
            yield fact


def _adopted_by_paragraph(reading: Reading) -> Iterator[dict[int, list[Adoption]]]:
    """One table of every adoption told, by the paragraph that tells it; in news a paragraph may add to what the one before told."""
    found: dict[int, list[Adoption]] = {}
    naming = {s.index for s in reading.view.sentences if not s.kinds.isdisjoint(INSTRUMENTS)}
    last = -1
    for index, row in reading.view.by_paragraph.items():
        before = found.get(last, [])
        if index not in naming and not (reading.context.news and (index + 1 in naming or before)):
            last = index
            continue
        told: list[Adoption] = []
        for sentence in row:
            frames = adoption_frames(sentence, _following(reading, sentence))
            facts = [f for frame in frames if (f := _adoption(reading, sentence, frame)) is not None]
            if not facts and told:
                told = _added(sentence, told)
            elif not facts and reading.context.news:
                before = _added(sentence, before)
            told += facts
        if before:
            found[last] = before
        if told:
            found[index] = told
        last = index
    yield found


def _following(reading: Reading, sentence: Sentence) -> Sentence | None:
    """The next sentence, in a news item of the next paragraph too: 决议编号为第2751号."""
    behind = reading.view.following(sentence)
    if behind is not None or not reading.context.news:
        return behind
    row = reading.view.by_paragraph.get(sentence.index + 1)
    return row[0] if row else None


_LATER = compile_masked(
    r"^(?:该|这项|此项|这份|上述)?(?:决议|草案|决议草案|案文)|^(?:在)?[^，。；]{0,16}(?:表决|投票)|^«V»|^(?:结果|其中|当天|共)|^(?:«C»)?«V»|^[^，。；«:V»]{0,30}«F»(?:上|中)，|^«C»(?:全体|所有)?成员"
)
_OTHER_TEXT = re.compile(r"另一|第二[份项]|修正案|程序性|大会|各项草案|两份草案|未获|否决|未能|没有通过|将|如果")
_IN_WRITING = re.compile(
    r"(?:决议|表决|投票|案文|草案)[^。；]{0,60}书面(?:(?:表决|投票|决策)?程序|(?:表决|投票)(?:方式|形式))|书面(?:表决|投票)?程序[^。；]{0,12}(?:通过|进行|表决)"
)
_ALL = re.compile(r"均|都|两项|各项|上述|这些|所有")


def _added(sentence: Sentence, told: list[Adoption]) -> list[Adoption]:
    """The adoptions of the paragraph with what a sentence that tells none says of the last, or of all."""
    if not told:
        return told
    last = told[-1]
    text, tallies = voted(sentence)
    named = [m for m in sentence.mentions if m.type in {MentionType.RESOLUTION, MentionType.DOCUMENT}]
    if _IN_WRITING.search(sentence.text) and not re.search(r"书面(?:发言|声明|说明|材料)", sentence.text):
        chosen = told if _ALL.search(sentence.text) else [last]
        return [_with(f, sentence, written_vote=True) if f in chosen else f for f in told]
    tally = joined(tallies)
    fits = tally is not None and tally.carries(_year(last)) and last.in_favour is None
    if tally and fits and _LATER.search(text) and not named and not _OTHER_TEXT.search(sentence.text):
        return [*told[:-1], _with(last, sentence, **_counts(tally, last.unanimous or False, _year(last)))]
    if _THAT.match(sentence.text) and not last.unanimous and last.in_favour is None:
        return [*told[:-1], _with(last, sentence, unanimous=True)]
    return told


def _with(fact: Adoption, sentence: Sentence, **fields: Any) -> Adoption:
    more = {name: value for name, value in fields.items() if value is not None}
    return replace(fact, **more, evidence=tuple(dict.fromkeys((*fact.evidence, sentence.evidence))))


def _year(fact: Adoption) -> int | None:
    return int(fact.date[:4]) if fact.date else None


def _counts(tally: Tally | None, unanimously: bool, year: int | None) -> dict[str, Any]:
    """The fields of a count."""
    unanimous = unanimity(tally, year, said=unanimously)
    if tally is None or tally.yes is None:
        return {"unanimous": unanimous}
    return {
        "in_favour": tally.yes,
        "against": tally.no,
        "abstaining": tally.abstaining,
        "not_participating": tally.absent,
        "unanimous": unanimous,
    }


def _adoption(reading: Reading, sentence: Sentence, frame: Frame) -> Adoption | None:
    mention, tally = frame.instrument, frame.tally
    assert mention.id is not None
    date, dated = day_of(reading, sentence, frame)
    printed = re.search(r"\((\d{4})\)", mention.id)
    year = int(date[:4]) if date else int(printed[1]) if printed else None
    if tally is not None and (not tally.carries(year) or (frame.unanimous and tally.divided)):
        return None
    if date is None and tally is not None:
        date = reading.meetings.last_day_of(sentence)
    meeting = _sitting(reading, sentence) if frame.rule == "adoption.statement" or date is None else None
    if meeting is not None:
        date = date or meeting.date
    elif date is None and AT_IT.search(sentence.text[: frame.verb]):
        date = reading.meetings.last_day_of(sentence)
    if date is None and tally is None and meeting is None and not dated:
        return None  # 安理会曾一致通过第1325(2000)号决议: a look back, cited and no more
    number = meeting.number if meeting else _numbered(sentence, frame)
    if number is None and reading.context.news and not _ALSO_THAT_DAY.search(sentence.text[: frame.verb]):
        number = reading.meetings.number_on(date)  # told in another sentence of the item
    following = _following(reading, sentence) if frame.in_next else None
    return reading.with_evidence(
        replace(
            Adoption(
                instrument=mention.id,
                date=date,
                meeting_number=number,
                body="UN-SC",
                written_vote=frame.written or None,
                draft=frame.draft,
                meeting=meeting.key() if meeting else number,
                modality=Modality.RECALLED if _recalls(reading, frame, date) else Modality.ASSERTED,
                confidence=0.98 if tally is None or tally.complete(year) else 0.8,
                rule=frame.rule,
            ),
            **_counts(tally, frame.unanimous, year),
        ),
        [
            sentence.evidence,
            *([following.evidence] if following else []),
            *(meeting.evidence[:1] if meeting else []),
        ],
    )


def _recalls(reading: Reading, frame: Frame, date: str | None) -> bool:
    """Whether a clause of the instrument (…通过的第…号决议) looks back: not on what the document itself tells of its month."""
    now = reading.context.month or (reading.context.date if reading.context.news else reading.view.document.date)
    return frame.looking_back and frame.tally is None and (date is None or now is None or date[:7] != now[:7])


_ALSO_THAT_DAY = re.compile(r"同日|同一[天日]|当[天日](?:还|又|也|另|随后)|此外|另外")
"""What may have been adopted at another meeting of the day."""
_AT_WHICH = compile_masked(
    r"(?:上)?，?(?:«C»)?(?:成员)?(?:«D»)?(?:还|也|又|并|就此|最终|随后)*(?:以[^，。；]{0,40})?(?:发表|宣读)?"
)


def _numbered(sentence: Sentence, frame: Frame) -> str | None:
    """The number of the meeting that the clause itself names (``安理会第7111次会议一致通过第2138(2014)号决议``)."""
    for meeting in sentence.mentions:
        if meeting.type is MentionType.MEETING and meeting.id and meeting.end <= frame.verb:
            adopted = _AT_WHICH.match(sentence.masked, meeting.end)
            if adopted and adopted.end() >= frame.verb:
                return meeting.id.removeprefix("S/PV.")
    return None


def _sitting(reading: Reading, sentence: Sentence) -> Sitting | None:
    """The held meeting of the same paragraph at which the text was adopted."""
    sitting = reading.meetings.of(sentence)
    if sitting not in reading.meetings.told_in(sentence):
        sitting = reading.meetings.held_before(sentence) or sitting
    if sitting is None or sitting.status != Status.HELD:
        return None
    row = reading.view.by_paragraph[sentence.index]
    near = any(sitting in reading.meetings.told_in(s) for s in row) or sitting is reading.meetings.main()
    return sitting if near else None
