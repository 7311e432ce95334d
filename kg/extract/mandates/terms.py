"""Until when, for how long: as printed, or counted from a start that the text fixes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.dates import DURATION, add_duration, parse_duration
from kg.extract.mandates.frame import Frame, Span
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.pipeline.mask import compile_masked

__all__ = ["Terms", "dated", "terms_of"]

_ADOPTION = re.compile(r"通过|即日|现在|今天|本决议")
_SAME_DAY = re.compile(r"同一(?:日期|日|天|期限|时间)")
_PARAGRAPH = re.compile(r"第(\d{1,3}(?:\([a-z]\))?)段")
_MONTHS = re.compile(r"(\d{1,2})月")
"""首期为12月的时期: as many months, not December."""
_JOINT = re.compile(r"和|以?及|与|、")

_FROM_ADOPTION = re.compile(r"，?(?:自|从)(?:本|该)?决议通过(?:之日|时|后)?起?")
_JUST_FROM = re.compile(r"(?:自|从)(?:本|该)?决议通过之日起，$")
_ENDS_AHEAD = compile_masked(r"起(?:直|一直)?(?:至|到)(?P<d>«D»)(?:止|为止)?，$")
_SPAN_BEHIND = compile_masked(r"，(?:自|从)(?P<since>«D»)起?(?P<to>(?:至|到)«D»)")


@dataclass(frozen=True, slots=True)
class Terms:
    """``until`` ISO, ``duration`` ISO 8601; ``computed``: the end is counted, not printed. ``refers`` is the paragraph whose end is
    meant (至上文第1段规定的期限), ``"same"`` where it is that of the clause before."""

    until: str | None
    duration: str | None
    computed: bool = False
    refers: str | None = None


def terms_of(reading: Reading, sentence: Sentence, frame: Frame, date: str | None) -> Terms:
    """End and length in the frame's words; ``date`` is the day of the decision."""
    until = duration = refers = None
    for span in frame.when:
        until = _end(reading, sentence, span, date) or until
        duration = _length(sentence, span) or duration
        text = sentence.text[slice(*span)]
        paragraph = _PARAGRAPH.search(text)
        refers = "same" if _SAME_DAY.search(text) else (paragraph[1] if paragraph and not until else refers)
    if until is None and duration is not None and refers is None:
        start = _start(reading, sentence, frame, date)
        counted = add_duration(start, duration) if start else None
        return Terms(counted, duration, computed=counted is not None)
    return Terms(until, duration, refers=refers)


def _end(reading: Reading, sentence: Sentence, span: Span, date: str | None) -> str | None:
    inside = [d for d in sentence.dates if span[0] <= d.start and d.end <= span[1]]
    if not inside or _MONTHS.fullmatch(sentence.text, *span):
        return None
    before = [d for d in sentence.dates if d.end <= inside[-1].start]
    if before and _JOINT.fullmatch(sentence.text, before[-1].end, inside[-1].start):
        date = reading.context.iso_after(before[-1], date)  # 2022年3月12日和4月12日: the year goes on
    return reading.context.iso_after(inside[-1], date)


def _length(sentence: Sentence, span: Span) -> str | None:
    months = _MONTHS.fullmatch(sentence.text, *span)
    if months:
        return f"P{int(months[1])}M"
    text = list(sentence.text)
    for found in sentence.dates:
        text[found.start : found.end] = "#" * (found.end - found.start)
    length = re.search(DURATION, _SAME_DAY.sub("", "".join(text[slice(*span)])))
    return parse_duration(length.group()) if length else None


def _start(reading: Reading, sentence: Sentence, frame: Frame, date: str | None) -> str | None:
    """The day or month from which a length counts: a printed one, the adoption, or none that the text fixes."""
    if frame.since is not None:
        inside = [d for d in sentence.dates if frame.since[0] <= d.start and d.end <= frame.since[1]]
        if inside:
            return reading.context.iso(inside[-1])
        return date if _ADOPTION.search(sentence.text[slice(*frame.since)]) else None
    return date if frame.first else None


def dated(sentence: Sentence, frame: Frame) -> Frame:
    """The frame with the start that its clause names before it or right behind it (决定自本决议通过之日起将…再延长12个月), and the
    end that the clause before it names (从即日起至2023年1月31日，将…延长)."""
    ahead = _ENDS_AHEAD.search(sentence.masked, 0, frame.start)
    if ahead is not None:
        frame = replace(frame, when=(ahead.span("d"), *frame.when))
    behind = _SPAN_BEHIND.match(sentence.masked, frame.end)
    if behind is not None and frame.first:
        frame = replace(frame, when=(*frame.when, behind.span("to")), since=behind.span("since"))
    if frame.since is not None:
        return frame
    just = _JUST_FROM.search(sentence.text, 0, frame.start)
    if just is not None:
        return replace(frame, since=just.span())
    clause = max(sentence.text.rfind(sign, 0, frame.start) for sign in "。；，")
    found = _FROM_ADOPTION.search(sentence.text, clause + 1, frame.start) or _FROM_ADOPTION.match(
        sentence.text, frame.end
    )
    return replace(frame, since=found.span()) if found else frame
