"""The meetings of a document as they are told, sentence by sentence, and which of them a later sentence means."""

from __future__ import annotations

import hashlib
from bisect import bisect_right, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import Evidence, Meeting, Modality, Status

if TYPE_CHECKING:
    from kg.extract.view import Sentence

__all__ = ["Meetings", "Sitting", "agrees"]


@dataclass
class Sitting:
    """A meeting being told; several sentences may add to it."""

    date: str | None
    format: str | None
    status: Status
    section: int
    end_date: str | None = None
    level: str | None = None
    theme: str | None = None
    agenda_item: str | None = None
    topic: str | None = None
    number: str | None = None
    record: str | None = None
    time: str | None = None
    part: str | None = None
    leading: bool = False
    definite: bool = False
    recalled: bool = False
    rule: str = ""
    body: str | None = "UN-SC"
    told_at: list[int] = field(default_factory=list)
    roots: set[int] = field(default_factory=set)
    paragraphs: set[int] = field(default_factory=set)
    sections: set[int] = field(default_factory=set)
    evidence: list[Evidence] = field(default_factory=list)

    def key(self) -> str:
        """Key of the meeting: its number, else day, format and a hash of what tells it from others that day."""
        number = self.number or (self.record or "").removeprefix("S/PV.")
        if number:
            return number
        about = self.theme or self.topic or ""
        digest = hashlib.sha256(f"{about}|{self.agenda_item or ''}|{self.part or ''}".encode()).hexdigest()[:8]
        return f"{self.date or 'undated'}-{self.format or 'meeting'}-{digest}"

    def fact(self) -> Meeting:
        """The fact, in the contract's fields."""
        return Meeting(
            date=self.date,
            end_date=self.end_date,
            number=self.number,
            format=self.format,
            level=self.level,
            theme=self.theme,
            agenda_item=self.agenda_item,
            status=self.status,
            record=self.record,
            body=self.body,
            topic=self.topic,
            time=self.time,
            meeting=self.key(),
            modality=Modality.PLANNED
            if self.status == Status.PLANNED
            else Modality.RECALLED
            if self.recalled
            else Modality.ASSERTED,
            confidence=0.97 if self.date and len(self.date) == 10 else 0.9,
            rule=self.rule,
            evidence=tuple(dict.fromkeys(self.evidence)),
        )


class Meetings:
    """The meetings of a document, and which of them a sentence speaks of."""

    def __init__(self, *, news: bool = False) -> None:
        self.news = news
        self.all: list[Sitting] = []
        self.of_committees: list[Sitting] = []
        self._of_committee_in: dict[int, list[Sitting]] = {}
        self.last_day: tuple[int, str] | None = None
        self._days: list[tuple[int, int, str]] = []
        self._of_sentence: dict[int, list[Sitting]] = {}
        self._told: dict[int, list[tuple[int, int]]] = {}  # of each section: sentence and -(place in `all`), in order

    def add_of_committee(self, sentence: Sentence, sitting: Sitting) -> None:
        """Keep a meeting of a committee, one a body, day and format: apart, for nothing of the Council leans on it."""
        same = [
            s for s in self.of_committees if (s.body, s.date, s.format) == (sitting.body, sitting.date, sitting.format)
        ]
        if not same:
            self.of_committees.append(sitting)
        self._of_committee_in.setdefault(id(sentence), []).append((same or [sitting])[0])

    def of_committee_in(self, sentence: Sentence) -> Sitting | None:
        """The committee's meeting that the sentence tells, the first where it tells several."""
        return next(iter(self.of_committees_in(sentence)), None)

    def of_committees_in(self, sentence: Sentence) -> list[Sitting]:
        """All meetings of committees that the sentence tells."""
        return self._of_committee_in.get(id(sentence), [])

    def remember(self, sentence: Sentence, day: str) -> None:
        """Keep the day that times a sentence, for 同日, 下午 and the like after it."""
        self.last_day = (sentence.index, day)
        self._days.append((sentence.index, sentence.order, day))

    def last_day_of(self, sentence: Sentence) -> str | None:
        """The day last told in the paragraph before the sentence."""
        days = [day for index, order, day in self._days if index == sentence.index and order < sentence.order]
        return days[-1] if days else None

    def of(self, sentence: Sentence) -> Sitting | None:
        """The meeting that the sentence tells or, told nothing there, the last one told before it in its section; in a letter
        about one meeting, that meeting."""
        told = self._of_sentence.get(id(sentence))
        if told:
            return told[0]
        return self.before(sentence)

    def held_before(self, sentence: Sentence) -> Sitting | None:
        """The held meeting last told before the sentence in its own paragraph."""
        held = [s for s in self.all if s.status == Status.HELD and sentence.index in s.paragraphs]
        told = [(at, s) for s in held for at in s.told_at if at < sentence.order]
        return max(told, key=lambda each: each[0])[1] if told else None

    def told_in(self, sentence: Sentence) -> list[Sitting]:
        """The meetings that the sentence itself tells."""
        return self._of_sentence.get(id(sentence), [])

    def number_on(self, day: str | None) -> str | None:
        """The number of the one meeting told of that day that is no consultations."""
        of_day = [s for s in self.all if s.date == day is not None and s.format != "consultations"]
        return of_day[0].number if len(of_day) == 1 else None

    def before(self, sentence: Sentence) -> Sitting | None:
        """The meeting that definite words (会议, 此次会议, 与会者) mean: in a letter about a meeting to come, that one."""
        planned = [] if self.news else self._planned()
        if len(planned) > 1:  # a letter on two meetings, an annex on each
            planned = [s for s in planned if root_of(sentence) in s.roots]
        if len(planned) == 1:
            return planned[0]
        section = sentence.paragraph.section
        row = self._told.get(section, [])
        earlier = bisect_right(row, (sentence.order, 0))
        return self.all[-row[earlier - 1][1]] if earlier else self.main()

    def under_title(self, sentence: Sentence, quoted: str) -> None:
        """A title that quotes the theme of a planned meeting (关于“…”公开辩论的概念说明): what stands below it is on that meeting."""
        about = [s for s in self._planned() if quoted in {s.theme, s.agenda_item}]
        if len(about) == 1:
            about[0].roots.add(root_of(sentence))

    def main(self) -> Sitting | None:
        """The one meeting that a letter and its concept note are about: the only planned one, else the first that the letter
        itself or a title tells."""
        planned = self._planned()
        if len(planned) == 1:
            return planned[0]
        leading = [s for s in self.all if s.leading]
        if leading:
            return leading[0]
        return self.all[0] if len(self.all) == 1 else None

    def _planned(self) -> list[Sitting]:
        return [s for s in self.all if s.status == Status.PLANNED and (s.date or s.theme)]

    def told_in_paragraph(self, sitting: Sitting, index: int) -> bool:
        """Whether a paragraph tells the sitting itself."""
        return index in sitting.paragraphs

    def add(self, sentence: Sentence, sitting: Sitting) -> Sitting:
        """Keep a sitting, or join it to the one already told that it can only be."""
        sitting.roots.add(root_of(sentence))
        sitting.paragraphs.add(sentence.index)
        sitting.sections.add(sentence.paragraph.section)
        place = next((n for n, known in enumerate(self.all) if _same(known, sitting)), len(self.all))
        if place == len(self.all):
            self.all.append(sitting)
            self._tell(place, sitting.told_at, sitting.sections)
        else:
            known = self.all[place]
            self._tell(place, sitting.told_at, known.sections | sitting.sections)
            self._tell(place, known.told_at, sitting.sections - known.sections)
            _join(known, sitting)
            sitting = known
        row = self._of_sentence.setdefault(id(sentence), [])
        if sitting not in row:
            row.append(sitting)
        return sitting

    def _tell(self, place: int, told_at: list[int], sections: set[int]) -> None:
        """Keep where the sitting at that place of `all` is told."""
        for section in sections:
            row = self._told.setdefault(section, [])
            for at in told_at:
                insort(row, (at, -place))


def root_of(sentence: Sentence) -> int:
    """Index of the part of the document, letter or annex, that a sentence stands in."""
    sections = sentence.document.sections
    at = sentence.paragraph.section
    while sections and sections[at].parent is not None:
        at = sections[at].parent or 0
    return at


def _same(a: Sitting, b: Sitting) -> bool:
    if a.number and b.number:
        return a.number == b.number
    if not agrees(a.date, b.date) or not _formats_agree(a, b):
        return False
    off = {Status.CANCELLED, Status.POSTPONED}
    if a.body != b.body or (a.status != b.status and off & {a.status, b.status} and a.rule != b.rule):
        return False
    if (a.part and b.part and a.part != b.part) or (a.theme and b.theme and a.theme != b.theme):
        return False
    if a.agenda_item and b.agenda_item and a.agenda_item != b.agenda_item:
        return False
    if a.section == b.section or a.theme == b.theme is not None:
        return True
    if (a.leading or b.leading) and a.date is not None and len(a.date) == 10 and a.format == b.format:
        return True  # the letter and its annex tell the same meeting, one its theme, the other its item
    # in other sections of an assessment the same day holds other meetings; a letter and its annex tell one
    return a.date is not None and a.status == b.status == Status.PLANNED


def _formats_agree(a: Sitting, b: Sitting) -> bool:
    """会议 is any format where a definite word or an open day shows that the same meeting is meant."""
    if agrees(a.format, b.format):
        return True
    plain = a if a.format == "meeting" else b if b.format == "meeting" else None
    return plain is not None and (plain.definite or plain.date is None)


def agrees(a: str | None, b: str | None) -> bool:
    """Whether two values can be of one meeting: the same, or one of them unknown."""
    return a is None or b is None or a == b


def _join(known: Sitting, new: Sitting) -> None:
    known.recalled = known.recalled and new.recalled
    if known.rule == "meeting.changed" and known.status == Status.PLANNED:
        known.status = new.status  # moved to that day, and held on it
    if known.format in {None, "meeting"} and new.format:
        known.format = new.format
    for name in ("date", "end_date", "level", "theme", "agenda_item", "number", "record", "time", "part"):
        if getattr(known, name) is None:
            setattr(known, name, getattr(new, name))
    known.evidence.extend(new.evidence)
    known.told_at.extend(new.told_at)
    known.roots |= new.roots
    known.paragraphs |= new.paragraphs
    known.sections |= new.sections
