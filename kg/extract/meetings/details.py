"""What other sentences of a document say of its one meeting: record, number, the agenda item of the letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.gate import Gate, Gated
from kg.gazetteer.holders import load_holders
from kg.model import MentionType, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.meetings.sittings import Meetings
    from kg.extract.view import Sentence, View

__all__ = [
    "add_items",
    "add_levels",
    "add_number",
    "add_records",
    "committee_of",
    "is_below",
    "number_of",
    "own_body",
    "working_group",
]

_SET_UP = compile_masked(r"(?P<r>«R»)(?:第[^，。；]{1,10}段)?所设[^，。；«:RO»]{0,24}委员会$")
"""``第1132(1997)号决议所设关于塞拉利昂的委员会``: named with its subject between."""
_SAME_ITEM = re.compile(r"[就在](?:这一|这个|该|本|此|上述|同一)(?:议程)?[项項]目")
_DEFINITE = re.compile("(?:这次|此次|本次|这场|上述)的?$")
_TOP = 6
_NAME = 30
_REPORTS = re.compile(
    r"(?P<body>委员会|工作组)(?:主席(?:\d|给|致)|(?:的)?(?:\d{4}年)?(?:度)?(?:的)?(?:年度|活动|工作)*(?:的)?报告|\d{4}年(?:度)?(?:活动|工作|年度)*报告)"
)
"""``安全理事会第1718(2006)号决议所设委员会主席给…``, ``…工作组2016年活动报告``."""

_RECORD = re.compile(r"^S/PV\.\d+")
_CIRCULATED = Gated(r"作为«C»(?:题为)?(?P<item>«Q»)(?:的)?(?:议程)?项目(?:下)?(?:的)?文件(?:分发|散发|印发)")
_UNDER_ITEM = Gated(r"(?:分发|散发|印发)[^。；]{0,30}?(?:议程)?项目(?P<item>«Q»)")
_ASKS = Gate(_CIRCULATED, _UNDER_ITEM)


def committee_of(view: View) -> str | None:
    """Id of the one committee of the Council that a document names: what it calls 委员会; where it names several, the one whose
    report or letter it is."""
    ids = {m.id for m in view.mentions if m.type is MentionType.ORGANIZATION and is_below(m.id)} - {"MSC"}
    own = own_body(view) if len(ids) != 1 else None
    return ids.pop() if len(ids) == 1 else own if own in ids or not ids else None


def is_below(body: str | None) -> bool:
    """Whether the id is that of a committee or working group of the Council, or of its staff committee."""
    return body in {"CTC", "MSC"} or (body or "").startswith(("committee-", "working-group-"))


def own_body(view: View) -> str | None:
    """Id of the committee or working group whose report, or whose chair's letter, the document is."""
    for sentence in view.sentences[:_TOP]:
        match = _REPORTS.search(sentence.text) if "报告" in sentence.text or "主席" in sentence.text else None
        if match is None:
            continue
        end = match.end("body")
        mention = next((m for m in sentence.inside(0, end, MentionType.ORGANIZATION) if m.end >= end - 1), None)
        if mention is not None and is_below(mention.id):
            return mention.id
        set_up = _SET_UP.search(sentence.unposted[:end])
        resolution = sentence.at(set_up.start("r"), MentionType.RESOLUTION) if set_up else None
        if resolution is not None and resolution.id:
            return f"committee-{resolution.id.removeprefix('S/RES/').partition('(')[0]}"
        return working_group(sentence.text[max(0, match.start("body") - _NAME) : end])
    return None


def working_group(text: str) -> str | None:
    """Id of the Council's working group that words end with."""
    holder = load_holders().by_label(text) if text.endswith("工作组") else None
    return holder.id if holder is not None and holder.id.startswith("working-group-") else None


def number_of(sentence: Sentence) -> str | None:
    """The one meeting number that a sentence prints, in digits."""
    if MentionType.MEETING not in sentence.kinds:
        return None
    numbers = [m.id.removeprefix("S/PV.") for m in sentence.mentions if m.type is MentionType.MEETING and m.id]
    return numbers[0] if len(numbers) == 1 else None


def add_number(view: View, meetings: Meetings) -> None:
    """``安全理事会第7847次会议由…主持`` gives the one meeting of a summary its number."""
    main = meetings.main()
    if main is None or main.number is not None or not main.leading:
        return
    for sentence in view.sentences if MentionType.MEETING in view.kinds else ():
        number = number_of(sentence)
        if number and not meetings.told_in(sentence) and compile_masked("^«C»«F»").match(sentence.masked):
            main.number = number
            main.evidence.append(sentence.evidence)
            return


def add_records(view: View, meetings: Meetings) -> None:
    """``完整纪录…(见S/PV.7857)`` gives the one meeting of a summary its record."""
    for sentence in view.sentences if MentionType.DOCUMENT in view.kinds else ():
        for mention in sentence.mentions if MentionType.DOCUMENT in sentence.kinds else ():
            if mention.type is MentionType.DOCUMENT and mention.id and _RECORD.match(mention.id):
                told = meetings.told_in(sentence)
                beside = any(f.end + 1 == mention.start for f in sentence.formats)  # 这次辩论(S/PV.8262)
                if not re.search(r"记录|纪录|逐字", sentence.text) and len(told) != 1 and not beside:
                    continue
                sitting = told[0] if len(told) == 1 else meetings.of(sentence) or meetings.main()
                if sitting is not None and sitting.record is None:
                    sitting.record = mention.id
                    sitting.evidence.append(sentence.evidence)


def share_item(meetings: Meetings) -> None:
    """``忆及1996年7月12日就这一项目举行的第3680次会议``: the item is the one that the document is on."""
    items = {s.agenda_item for s in meetings.all if s.agenda_item and not s.recalled}
    for sitting in meetings.all:
        same = sitting.recalled and any(_SAME_ITEM.search(e.quote) for e in sitting.evidence)
        if same and sitting.agenda_item is None and len(items) == 1:
            sitting.agenda_item = next(iter(items))


def add_levels(view: View, meetings: Meetings) -> None:
    """``感谢…主持本次高级别会议``: the level of a meeting that definite words name again."""
    for sentence in view.sentences if meetings.all else ():
        for span in sentence.formats:
            if span.level is None or not _DEFINITE.search(sentence.text[: span.start]):
                continue
            sitting = meetings.of(sentence)
            if sitting is not None and sitting.level is None and span.format in {sitting.format, "meeting", "debate"}:
                sitting.level = span.level
                sitting.evidence.append(sentence.evidence)


def add_items(view: View, meetings: Meetings) -> None:
    """A letter on one planned meeting asks to be circulated under that meeting's item."""
    sitting = meetings.main()
    if sitting is None or sitting.agenda_item is not None or sitting.status != Status.PLANNED:
        return
    for sentence in _ASKS.among(view):
        match = _CIRCULATED.search(sentence) or _UNDER_ITEM.search(sentence)
        if match:
            sitting.agenda_item = sentence.printed(match.start("item") + 1, match.end("item") - 1)
            sitting.evidence.append(sentence.evidence)
