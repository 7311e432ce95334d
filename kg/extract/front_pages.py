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

from kg.extract.meeting_days import hour_of
from kg.extract.sittings import Sitting
from kg.model import DocumentKind, MentionType, Status
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS

if TYPE_CHECKING:
    from kg.dates import DateExpression
    from kg.extract.context import Context
    from kg.extract.view import Sentence, View

__all__ = ["TURN", "FrontPage", "Seat", "front_page"]

_HON = rf"(?:{HONORIFICS}|勋爵|亲王|王子|公主|男爵夫人|先生阁下|女士阁下)"
_TONGUE = r"(?P<tongue>\([^()]{0,20}发言[^()]{0,20}\))"
TURN = re.compile(
    rf"^(?:(?P<chair>(?:代理)?主席){_TONGUE}?|(?!我|感谢|请|正如|根据|按照)(?P<who>[^，。；：:()]{{1,30}}?)"
    rf"(?:{_HON}(?P<state>\([^()]{{2,20}}\))?{_TONGUE.replace('tongue', 'tongue2')}?|{_TONGUE.replace('tongue', 'tongue3')}|(?<=秘书长)|(?<=代表)|(?<=总统)|(?<=总理)|(?<=部长)|(?<=专员)|(?<=检察官)|(?<=庭长)|(?<=会主席)))[:：]"
)
"""How a speech opens: ``主席(以法语发言)：``, ``张旭先生(中国)：``, ``秘书长(以英语发言)：``."""
_LEAD = r"[.…·_:：\ufffd\s-]*"
_NAME = r"[^.…:：，。；()/]{1,30}?"
_MEMBER = compile_masked(
    rf"(?P<s>«S»){_LEAD}(?P<name>[^.…:：，。；()/«:S»]{{1,30}}?)(?P<hon>{_HON})(?=$|«S»|[；、，](?:«S»|$))"
)
_CHAIR_ROW = compile_masked(rf"(?P<people>{_NAME}{_HON}.{{0,60}}?){_LEAD}\((?P<s>«S»)(?P<post>[^()]{{2,30}})?\)")
_PERSON = re.compile(rf"(?P<name>{_NAME})(?P<hon>{_HON})(?:\((?P<post>[^()]{{2,30}})\))?")
_NAME_LAST = re.compile(rf"{_HON}$")
_JOINT = re.compile(r"(?:[/、；;和及]|随后|后为)+")
_PRESIDENT = re.compile(r"^(?:代理)?主席(?:[:：]|$|(?=[^，。]{1,60}\)$))")
_MEMBERS = re.compile(r"成员(?:国)?[:：]")
_LATER = re.compile(r"^(?:随后|其后|后来|之后|后)[:：]?")
_ITEM = re.compile(r"^(?:议程(?:项目)?|临时议程)(?:[:：]?$|[:：](?=.))")
_ITEM_ADOPTED = re.compile(r"^(?:\d{1,2}|[一二三四])?[.．、]?通过议程[。；]?$|^议程(?:获得)?通过。?$")
_ITEM_NUMBER = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九])[.．、](?!\d)")
_NO_ITEM = re.compile(r"^(?:本记录|最后文本|定本|更正|\d\d-\d{5}|\*|无障碍|请回收|附件)|开会。?$|散会。?$")
_DOCUMENT = re.compile(
    r"(?:报告|的信|来信|的信函|同文信|照会|说明|来文)(?:\(.*\))?[。；]?$|\([SA]/[^()]*(?:\([^()]*\))?[^()]*\)[。；]?$"
)
_GLUED = re.compile(
    r"(?<=.)(?=\d{4}年\d{1,2}月\d{1,2}日[^。]{2,60}(?:信|照会)|秘书长(?:关于|的|根据|依照|按照)[^。]{0,80}报告)"
)
_OPENS = re.compile(r"^(?:[上下中]午|晚上)\d{1,2}时[^。，]{0,12}(?:宣布)?(?:开会|复会)")
_CLOSED = re.compile(r"闭门|非公开|不公开|秘密")
_BALLOT = re.compile(r"进行了举手表决|赞成[:：]")
_SET_FOR = re.compile(r"^(?:定于|订于|拟于|将于)?")


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at the table: ``state`` is its id; ``name`` and ``post``, where the row prints one, are spans of the sentence."""

    sentence: Sentence
    state: str
    name: tuple[int, int]
    post: tuple[int, int] | None = None


@dataclass(frozen=True)
class FrontPage:
    """The meeting, who presides, who represents the members; ``end`` is the order of the sentence that the proceedings begin
    with."""

    sitting: Sitting
    chairs: tuple[Seat, ...]
    members: tuple[Seat, ...]
    end: int

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
    planned = kind is DocumentKind.AGENDA
    end = len(view.sentences) if planned else _end(view)
    page = view.sentences[:end]
    chairs, members = _seats(page)
    sitting = _sitting(view, context, page, end)
    if planned:
        return FrontPage(sitting, (), (), end) if sitting.number and sitting.date else None
    told = chairs or members or any(TURN.match(s.text) or _BALLOT.match(s.text) for s in view.sentences[end:])
    closed = sitting.format == "private-meeting" and sitting.number and sitting.date
    return FrontPage(sitting, chairs, members, end) if told or closed else None


def _end(view: View) -> int:
    """Order of the first sentence of the proceedings: the opening, the adoption of the agenda, a vote or the first speech; where
    there is none of these, the first whole sentence that is no note of the page."""
    for sentence in view.sentences:
        text = sentence.text
        if _OPENS.search(text) or _ITEM_ADOPTED.search(text) or _BALLOT.match(text):
            return sentence.order
        if TURN.match(text) and not _is_row(sentence):
            return sentence.order
    whole = (s.order for s in view.sentences if s.text.endswith("。") and not _NO_ITEM.search(s.text))
    return next(whole, len(view.sentences))


def _is_row(sentence: Sentence) -> bool:
    """``主席：范平明先生....(越南)`` is no speech, nor is the label alone."""
    if sentence.text[-1] in "：:":
        return True
    named = _CHAIR_ROW.search(sentence.masked) or _NAME_LAST.search(sentence.text)
    return named is not None and not sentence.text.endswith("。")


def _seats(page: tuple[Sentence, ...]) -> tuple[tuple[Seat, ...], tuple[Seat, ...]]:
    chairs: list[Seat] = []
    members: list[Seat] = []
    presiding = False
    for sentence in page:
        label = _MEMBERS.search(sentence.text)
        presiding = presiding or bool(_PRESIDENT.search(sentence.text))
        rows = tuple(_chairs(sentence, label.start() if label else len(sentence.text))) if presiding else ()
        chairs.extend(rows)
        if not sentence.text.endswith("。"):
            listed = tuple(_members(sentence, label.end() if label else 0)) if label or not rows else ()
            members.extend(listed)
            presiding = presiding and not listed
    return tuple(chairs), tuple(members)


def _chairs(sentence: Sentence, end: int) -> Iterator[Seat]:
    """``主席：王海平先生/赵思远先生……(中国)``: two who presided one after the other; ``主席：越南外交部长范平明先生``."""
    opening = _PRESIDENT.match(sentence.text) or _LATER.match(sentence.text)
    start = opening.end() if opening else 0
    match = _CHAIR_ROW.match(sentence.masked, start, end)
    if match is None:
        yield from _with_posts(sentence, start, end) if opening else ()
        return
    state = sentence.at(match.start("s"), MentionType.STATE)
    if state is None or state.id is None:
        return
    for person in _PERSON.finditer(sentence.text, match.start("people"), match.end("people")):
        skip = _JOINT.match(person["name"])
        name = (person.start("name") + (skip.end() if skip else 0), person.end("name"))
        post = person.span("post") if person["post"] else match.span("post") if match["post"] else None
        yield Seat(sentence, state.id, name, post)


def _with_posts(sentence: Sentence, start: int, end: int) -> Iterator[Seat]:
    for actor in sentence.actors:
        if actor.person is None or actor.post is None or not start <= actor.start < end:
            continue
        states = sentence.inside(actor.post.start, actor.post.end, MentionType.STATE)
        if states and states[0].start == actor.post.start and states[0].id:
            name = (actor.person.start, actor.person.end)
            yield Seat(sentence, states[0].id, name, (states[0].end, actor.post.end))


def _members(sentence: Sentence, start: int) -> Iterator[Seat]:
    for match in _MEMBER.finditer(sentence.masked, start):
        state = sentence.at(match.start("s"), MentionType.STATE)
        if state is not None and state.id:
            yield Seat(sentence, state.id, match.span("name"))


def _sitting(view: View, context: Context, page: tuple[Sentence, ...], end: int) -> Sitting:
    """The meeting of the page: its number and day in the lines that hold little else, each None where none does."""
    planned = view.document.kind is DocumentKind.AGENDA
    numbered = next((s for s in page if len(s.text) <= 60 and any(_number(s))), None)
    dated = next((s for s in page if _day(s) is not None), None)
    day = _day(dated) if dated else None
    symbol = view.document.symbol or ""
    match = re.match(r"S/(?:PV\.|Agenda/)(\d+)", symbol)
    item, theme, evidence = _agenda(view, page, end)
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


_HOUR = re.compile(r"(?:[，(]?星期[一二三四五六日天]\)?)?[，]?(?:[上下中]午|晚上|\d{1,2}时|在|举行|$)")


def _day(sentence: Sentence) -> DateExpression | None:
    """The day of a line that opens with it (``定于2015年3月10日星期二上午10时举行``, ``1994年9月15日，星期四，中午12时15分``), or with the
    meeting's number (``安全理事会第8712次会议于2020年1月31日举行``)."""
    if len(sentence.text) > 60 or _DOCUMENT.search(sentence.text):
        return None
    set_for = _SET_FOR.match(sentence.text)
    start = set_for.end() if set_for else 0
    for date in sentence.dates:
        opens = date.start == start and _HOUR.match(sentence.text, date.end)
        numbered = any(m.type is MentionType.MEETING and m.end <= date.start for m in sentence.mentions)
        if date.day is not None and date.year is not None and (opens or numbered):
            return date
    return None


def _agenda(view: View, page: tuple[Sentence, ...], end: int) -> tuple[str | None, str | None, list[Sentence]]:
    """Item and theme as printed, and the lines that print them: under 议程项目 on the page, else after the adoption of the
    agenda. Two numbered items are none."""
    lines = _lines_of_items(view, page, end)
    item: Sentence | None = None
    theme: Sentence | None = None
    for sentence in lines:
        if _NO_ITEM.search(sentence.text) or TURN.match(sentence.text) or _OPENS.search(sentence.text):
            break
        if _ITEM_ADOPTED.match(sentence.text):
            continue
        if item is None:
            item = sentence
        elif (sentence.paragraph.number or "") in _NUMBERS:
            return None, None, []
        elif theme is None and not _DOCUMENT.search(sentence.text) and sentence.index != item.index:
            theme = sentence
    told = [s for s in (item, theme) if s is not None]
    if item is not None and theme is not None and len(item.text) >= _FULL_LINE and item.text[-1] not in "。；":
        return f"{_printed(item)}{_printed(theme)}", None, told  # an item of two lines
    return _printed(item), _printed(theme), told


_FULL_LINE = 33
"""Characters of an item that fills its line."""
_NUMBERS = frozenset([*"123456789", *"一二三四五六七八九"])


def _lines_of_items(view: View, page: tuple[Sentence, ...], end: int) -> tuple[Sentence, ...]:
    labelled = next((i for i, s in enumerate(page) if _ITEM.match(s.text)), None)
    if labelled is not None and view.document.kind is DocumentKind.RECORD:
        beside = not _ITEM.fullmatch(page[labelled].text)
        return page[labelled + (0 if beside else 1) :]
    near = view.sentences[: end + 12]
    adopted = [i for i, s in enumerate(near) if _ITEM_ADOPTED.match(s.text)]
    return near[adopted[-1] + 1 :] if adopted else ()


def _printed(sentence: Sentence | None) -> str | None:
    """The line as printed, without its label or number, a document set behind it and the full stop."""
    if sentence is None:
        return None
    label = _ITEM.match(sentence.text) or _ITEM_NUMBER.match(sentence.text)
    start = label.end() if label else 0
    cut = _GLUED.search(sentence.text, start + 1)
    end = cut.start() if cut else len(sentence.text)
    while end > start and sentence.text[end - 1] in "。；，":
        end -= 1
    if sentence.text[start : start + 1] == "“" and sentence.text[end - 1] == "”":
        start, end = start + 1, end - 1
    return sentence.printed(start, end).strip() or None
