"""The front page of a meeting record (S/PV.…) and of a provisional agenda (S/Agenda/…): the one meeting that the document is of.

A record prints the number, the day and hour, the President with the state, the members with who represents them, and the
item. An agenda prints the number, the day and hour for which the meeting is set, and the items. Lines may be parted by dots,
blanks or nothing; what stands under the item without being a document (报告, 信) is its theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.front.agendas import noted, parts_of
from kg.extract.front.items import ADOPTED, DOCUMENT, NOTE, OPENS, item_and_theme
from kg.extract.front.seats import Seat, is_row, seats_of
from kg.extract.front.turns import turn
from kg.extract.meetings import Sitting, hour_of, theme_and_item
from kg.model import DocumentKind, MentionType, Status

if TYPE_CHECKING:
    from kg.dates import DateExpression
    from kg.extract.context import Context
    from kg.extract.view import Sentence, View

__all__ = ["FrontPage", "Seat", "front_page", "turn"]

_CLOSED = re.compile(r"闭门|非公开|不公开|秘密")
_BALLOT = re.compile(r"进行了举手表决|赞成[:：]")
_SET_FOR = re.compile(r"^(?:定于|订于|拟于|将于)?")
_HOUR = re.compile(r"(?:[，(]?星期[一二三四五六日天]\)?)?[，]?(?:[上下中]午|晚上|\d{1,2}时|在|举行|$)")


@dataclass(frozen=True)
class FrontPage:
    """The meeting, who presides, who represents the members; ``end`` is the order of the sentence that the proceedings begin
    with; ``others``: more meetings of an agenda, each with the sentence that tells it."""

    sitting: Sitting
    chairs: tuple[Seat, ...]
    members: tuple[Seat, ...]
    end: int
    others: tuple[tuple[Sentence, Sitting], ...] = ()

    @property
    def key(self) -> str | None:
        """Key of the meeting, None where a part of a record names neither its number nor its day."""
        return self.sitting.key() if self.sitting.number or self.sitting.date else None


def front_page(view: View, context: Context) -> FrontPage | None:
    """The front page of a record or agenda; None where the document is neither, an agenda that names no meeting, or a record
    of which nothing is set like one. A part of a record has a page that says little."""
    kind = view.document.kind
    if kind not in {DocumentKind.RECORD, DocumentKind.AGENDA} or not view.sentences:
        return None
    if kind is DocumentKind.AGENDA:
        return _of_agenda(view, context)
    end = _end(view)
    page = view.sentences[:end]
    chairs, members = seats_of(page)
    sitting = _sitting(view, context, page, end)
    told = chairs or members or any(turn(s.text) or _BALLOT.match(s.text) for s in view.sentences[end:])
    closed = sitting.format == "private-meeting" and sitting.number and sitting.date
    return FrontPage(sitting, chairs, members, end) if told or closed else None


def _of_agenda(view: View, context: Context) -> FrontPage | None:
    first: Sitting | None = None
    others: list[tuple[Sentence, Sitting]] = []
    for part in parts_of(view):
        sitting = _sitting(part, context, part.sentences, len(part.sentences))
        if not (sitting.number and sitting.date):
            continue
        if first is None:
            first = sitting
        else:
            others.append((part.sentences[0], sitting))
        others += noted(part, context, sitting)
    return FrontPage(first, (), (), len(view.sentences), tuple(others)) if first else None


def _end(view: View) -> int:
    """Order of the first sentence of the proceedings: the opening, the adoption of the agenda, a vote or the first speech; where
    there is none of these, the first whole sentence that is no note of the page."""
    for sentence in view.sentences:
        text = sentence.text
        if OPENS.search(text) or ADOPTED.search(text) or _BALLOT.match(text):
            return sentence.order
        if turn(text) and not is_row(sentence):
            return sentence.order
    whole = (s.order for s in view.sentences if s.text.endswith("。") and not NOTE.search(s.text))
    return next(whole, len(view.sentences))


def _sitting(view: View, context: Context, page: tuple[Sentence, ...], end: int) -> Sitting:
    """The meeting of the page: its number and day in the lines that hold little else, each None where none does."""
    planned = view.document.kind is DocumentKind.AGENDA
    numbered = next((s for s in page if len(s.text) <= 60 and any(_number(s))), None)
    dated = next((s for s in page if _day(s) is not None), None)
    day = _day(dated) if dated else None
    symbol = view.document.symbol or ""
    match = re.match(r"S/(?:PV\.|Agenda/)(\d+)", symbol)
    item, theme, evidence = item_and_theme(view, page, end)
    if item is None and not planned and any("公报" in s.text for s in page):  # 审议了题为“…”的项目, in a communiqué
        source = next((s for s in view.sentences[end:] if theme_and_item(s)[1]), None)
        if source is not None:
            item, evidence = theme_and_item(source)[1], [*evidence, source]
    told = [s for s in (dated, numbered) if s is not None] or [view.sentences[0]]
    return Sitting(
        date=context.iso(day) if day else None if planned else view.document.date,
        format="private-meeting" if any(_CLOSED.search(s.text) for s in told) else "meeting",
        status=Status.PLANNED if planned else Status.HELD,
        section=told[0].paragraph.section,
        number=next(_number(numbered), None) if numbered else match[1] if match else None,
        record=symbol if symbol.startswith("S/PV.") else None,
        agenda_item=item,
        theme=theme,
        time=hour_of(dated, [day]) if dated and day else None,
        leading=True,
        rule="agenda.meeting" if planned else "record.meeting",
        told_at=[told[0].order],
        evidence=[s.evidence for s in (*told, *evidence)],
    )


def _number(sentence: Sentence) -> Iterator[str]:
    for mention in sentence.mentions:
        if mention.type is MentionType.MEETING and mention.id:
            yield mention.id.removeprefix("S/PV.")


def _day(sentence: Sentence) -> DateExpression | None:
    """The day of a line that opens with it (``定于2015年3月10日星期二上午10时举行``, ``1994年9月15日，星期四，中午12时15分``), or with the
    meeting's number (``安全理事会第8712次会议于2020年1月31日举行``)."""
    if len(sentence.text) > 60 or DOCUMENT.search(sentence.text):
        return None
    set_for = _SET_FOR.match(sentence.text)
    start = set_for.end() if set_for else 0
    for date in sentence.dates:
        opens = date.start == start and _HOUR.match(sentence.text, date.end)
        numbered = any(m.type is MentionType.MEETING and m.end <= date.start for m in sentence.mentions)
        if date.day is not None and date.year is not None and (opens or numbered):
            return date
    return None
