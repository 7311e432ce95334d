"""Meetings of the Council, planned and held apart, each told once.

A meeting is stated by a verb of holding (举行 召开 举办), by a place in time (在1月20日的磋商中) or by its name with a day
(2017年1月10日…公开辩论). Refused: counts (14次公开会议), conferences of others (柏林会议), rounds of talks, sessions of other
bodies, meetings without a date. Later words (通报后举行了磋商, 此次会议) lean on the meeting told before them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.dates import DateExpression, add_duration
from kg.extract.context import Context, heading
from kg.extract.view import Sentence, View
from kg.model import DocumentKind, Evidence, Meeting, MentionType, Modality, Status
from kg.pipeline.mask import compile_masked

__all__ = ["Meetings", "Sitting", "find_meetings", "implicit"]

_MOD = r"(?:[^，。；：«:F»]|(?<=[«:BQ»])，){0,90}?"
_HOLD = r"(?:主持召开|主持举行|组织召开|组织举行|举行|召开|举办|主办|召集|进行|转入|开展|主持)"
_HELD = compile_masked(
    rf"(?P<verb>{_HOLD}|(?<=[将，于下时日分午)])组织|组织(?=一次|一场|了))(?:过)?(?P<done>了)?(?P<rel>的)?(?P<mod>{_MOD})(?P<f>«F»)"
)
_THEN = compile_masked(rf"(?:随后|接着|之后|会后|然后|并)(?:又)?(?:{_HOLD})(?:了)?(?P<mod>{_MOD})(?P<f>«F»)")
_IN = compile_masked(rf"(?:在|于)(?P<mod>{_MOD})(?P<f>«F»)(?:会议)?(?:中|上|期间|的«Q»项(?:目)?下)")
_NAMED = compile_masked(
    r"(?P<d>«D»)(?:(?:举行|召开)的)?(?:的)?(?P<mod>(?:«C»|关于|题为|主题为|的|专题|«Q»|就|以|为主题|问题|其|[、，]){1,10})(?P<f>«F»)"
)
_HAPPENS = compile_masked(r"(?P<mod>)(?P<f>«F»)(?:已|如期|准时|顺利|按计划)*(?:举行|召开)(?!的)")
_SAME_DAY = compile_masked(rf"(?:同一天|同日|当天|当日)(?:上午|下午)?(?:举行|召开)?的(?P<mod>{_MOD})(?P<f>«F»)")
_ADOPTS = compile_masked(
    r"«C»(?:在)?(?:其)?(?P<f>«F»)(?:上)?(?:以[^。；]{0,60}?)?(?:一致|全票)?(?:表决)?通过(?:了)?(?P<mod>)«RX»"
)
_LINE = compile_masked(r"^(?:«C»)?(?P<d>«D»)(?:«C»)?(?P<mod>)(?P<f>«F»)通过$")
_DATED = compile_masked(r"(?P<f>«F»)(?:的)?(?:召开|举行)?(?:日期|时间)(?:定)?(?:为|是|在|于)+(?P<d>«D»)")
_WILL = compile_masked(rf"(?P<f>«F»)(?:拟|将|已|定于|计划|原)?(?:于|在)?(?P<d>«D»)[^。；]{{0,40}}?(?:{_HOLD}|进行)")
_DEFINITE = re.compile(r"(?:这次|此次|本次|该次?|上述|这一)$")
_OPENING = compile_masked(
    r"(?:^|[，；])(?:这次|此次|本次|该|上述)?(?P<f>«F»)(?:将|拟|定|会|采取|采用|以|是|的?(?:主题|题目|议题))"
)
_COUNT = re.compile(r"(?<![年月周])(?:\d+|两|三|四|五|六|七|八|九|十|数|多)次(?!会议)")
_COUNTED = re.compile(r"(?<![年月周])(?:\d+|两|三|四|五|六|七|八|九|十|数|多)次(?:公开|正式|非公开)?$")
_OTHERS = compile_masked(r"(?:«S»|«O»|«M»|委员会|工作组|缔约国|大会|各方|专家|区域|政府间|国际)[^，。；]{0,14}$")
_ITEM = compile_masked(
    r"(?:题为(?P<a>«Q»)的?(?:议程)?项目|(?:议程)?项目(?:是|为|定为)?(?P<b>«Q»)|(?P<c>«Q»)(?:这一|的|这个)?(?:议程)?项目)"
)
_THEME = compile_masked(
    r"以(?P<a>«Q»)为(?:主题|题|议题|题目)|(?:主题|题目|议题|专题)(?:定)?[为是](?P<b>«Q»)|(?P<h>«Q»)(?:这一|这个|的|为)(?:主题|专题|题目|议题)|关于(?P<c>«Q»)(?:的|专题|问题|主题){0,2}(?=[^，。；“]{0,12}«F»)|(?P<d>«Q»)(?:这一|的)?(?:专题|主题)[^，。；]{0,8}«F»"
    r"|题为(?P<i>«Q»)(?!的|项|这|议)|题为(?P<e>«Q»)的[^，。；项]{0,12}«F»|就(?P<g>«Q»)[^，。；项]{0,8}(?:举行|召开)"
)
_THAT_DAY = re.compile(r"(?:上午|下午|晚上|同日|同一天|当天|当日|第二天|次日|翌日)")
_ARRIA = re.compile(r"以[“\"]?阿里[亚安](?:办法|模式|方案)[”\"]?的?(?:形式|方式)?(?:就|讨论|审议|开会|会晤|非正式)")
_TIME = re.compile(
    r"(?P<part>上午|下午|中午|晚上)?(?P<hour>\d{1,2})(?:时(?:(?P<minute>\d{1,2})分|(?P<half>半))?|[:：](?P<minute2>\d{2}))"
)
_ABOUT = compile_masked(r"(?:关于|就|讨论|审议)(?P<topic>[^，。；]{2,60}?)(?:的)?(?:季度|年度)?$")
_PLANNED = re.compile(r"(?:将|拟|打算|定于|计划|预定|预计|准备|即将|订于)")
_AFTER_IT = re.compile(
    r"^(?:(?:在)?(?:此后|随后|(?:在)?(?:听取)?(?:通报|会议|磋商|辩论|对话|通报会|辩论会|会)(?:结束)?(?:之)?后)|上午|下午|晚上|同日|同一天|当天|当日|之后|其后|接着)"
)
_RECORD = re.compile(r"^S/PV\.\d+")


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
    rule: str = ""
    told_at: list[int] = field(default_factory=list)
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
            body="UN-SC",
            topic=self.topic,
            time=self.time,
            meeting=self.key(),
            modality=Modality.PLANNED if self.status == Status.PLANNED else Modality.ASSERTED,
            confidence=0.97 if self.date and len(self.date) == 10 else 0.9,
            rule=self.rule,
            evidence=tuple(dict.fromkeys(self.evidence)),
        )


class Meetings:
    """The meetings of a document, and which of them a sentence speaks of."""

    def __init__(self) -> None:
        self.all: list[Sitting] = []
        self.last_day: tuple[int, str] | None = None
        self._days: list[tuple[int, int, str]] = []
        self._of_sentence: dict[int, list[Sitting]] = {}

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

    def told_in(self, sentence: Sentence) -> list[Sitting]:
        """The meetings that the sentence itself tells."""
        return self._of_sentence.get(id(sentence), [])

    def before(self, sentence: Sentence) -> Sitting | None:
        """The meeting that definite words (会议, 此次会议, 与会者) mean: in a letter about a meeting to come, that one."""
        main = self.main()
        if main is not None and main.status == Status.PLANNED:
            return main
        section = sentence.paragraph.section
        earlier = [(at, s) for s in self.all if s.section == section for at in s.told_at if at <= sentence.order]
        if earlier:
            return max(earlier, key=lambda e: e[0])[1]
        return self.main()

    def main(self) -> Sitting | None:
        """The one meeting that a letter and its concept note are about: the only planned one, else the first that the letter
        itself or a title tells."""
        planned = [s for s in self.all if s.status == Status.PLANNED]
        if len(planned) == 1:
            return planned[0]
        leading = [s for s in self.all if s.leading]
        if leading:
            return leading[0]
        return self.all[0] if len(self.all) == 1 else None

    def add(self, sentence: Sentence, sitting: Sitting) -> Sitting:
        """Keep a sitting, or join it to the one already told that it can only be."""
        for known in self.all:
            if _same(known, sitting):
                _join(known, sitting)
                sitting = known
                break
        else:
            self.all.append(sitting)
        row = self._of_sentence.setdefault(id(sentence), [])
        if sitting not in row:
            row.append(sitting)
        return sitting


def _same(a: Sitting, b: Sitting) -> bool:
    if a.number and b.number:
        return a.number == b.number
    if not _agrees(a.date, b.date) or not _formats_agree(a, b):
        return False
    if (a.part and b.part and a.part != b.part) or (a.theme and b.theme and a.theme != b.theme):
        return False
    if a.agenda_item and b.agenda_item and a.agenda_item != b.agenda_item:
        return False
    if a.section == b.section or a.theme == b.theme is not None:
        return True
    # in other sections of an assessment the same day holds other meetings; a letter and its annex tell one
    return a.date is not None and a.status == b.status == Status.PLANNED


def _formats_agree(a: Sitting, b: Sitting) -> bool:
    """会议 is any format where a definite word or an open day shows that the same meeting is meant."""
    if _agrees(a.format, b.format):
        return True
    plain = a if a.format == "meeting" else b if b.format == "meeting" else None
    return plain is not None and (plain.definite or plain.date is None)


def implicit(sentence: Sentence, context: Context, meetings: Meetings) -> Sitting | None:
    """The unnamed sitting of a sentence that has a day of its own but no format (``9月15日，安理会听取了…的通报``): no fact of
    its own, and one already told for that day in the section goes first."""
    days = [d for d in sentence.dates if d.day is not None and d.start <= 2 and _times(sentence, d)]
    date = context.iso(days[0]) if days else None
    if date is None:
        return None
    section = sentence.paragraph.section
    for known in meetings.all:
        if known.section == section and known.date == date:
            return known
    return Sitting(
        date,
        None,
        Status.HELD,
        section,
        rule="meeting.implicit",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )


def _agrees(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def _join(known: Sitting, new: Sitting) -> None:
    if known.format in {None, "meeting"} and new.format:
        known.format = new.format
    for name in ("date", "end_date", "level", "theme", "agenda_item", "number", "record", "time", "part"):
        if getattr(known, name) is None:
            setattr(known, name, getattr(new, name))
    known.evidence.extend(new.evidence)
    known.told_at.extend(new.told_at)


def find_meetings(view: View, context: Context) -> Meetings:
    """All meetings of a document, in the order they are told."""
    meetings = Meetings()
    for sentence in view.sentences:
        if sentence.paragraph.role in {"signature", "letterhead"}:
            continue
        for sitting in _told(sentence, context, meetings):
            meetings.add(sentence, sitting)
        days = [d for d in sentence.dates if d.day is not None and _times(sentence, d)]
        days = [d for d in days if sentence.text[d.start - 1 : d.start] not in {"至", "到"}]
        iso = context.iso(days[0]) if days else None
        if iso:
            meetings.remember(sentence, iso)
    _add_records(view, meetings)
    _add_number(view, meetings)
    _add_items(view, meetings)
    return meetings


_FRAMES = (
    ("meeting.then", _THEN),
    ("meeting.held", _HELD),
    ("meeting.will", _WILL),
    ("meeting.line", _LINE),
    ("meeting.dated", _DATED),
    ("meeting.happens", _HAPPENS),
    ("meeting.adopts", _ADOPTS),
    ("meeting.same-day", _SAME_DAY),
    ("meeting.in", _IN),
    ("meeting.named", _NAMED),
)


def _told(sentence: Sentence, context: Context, meetings: Meetings) -> Iterable[Sitting]:
    """The sittings that one sentence tells, in the order of their words; the first frame that fits a format wins."""
    told: dict[int, Sitting] = {}
    for rule, pattern in _FRAMES:
        for match in pattern.finditer(sentence.masked):
            at = match.start("f")
            if at in told:
                continue
            sitting = _sitting(sentence, match, rule, context, meetings)
            if sitting is not None:
                told[at] = sitting
                if sitting.end_date and re.search(r"两次$", sentence.text[: match.start()]):
                    # 1月21日和26日，安理会两次召开会议: two meetings, not one of several days
                    second = replace(
                        sitting,
                        date=sitting.end_date,
                        end_date=None,
                        evidence=list(sitting.evidence),
                        told_at=list(sitting.told_at),
                    )
                    sitting.end_date = None
                    told[at + 1] = second
    arria = _ARRIA.search(sentence.text)
    if arria and not told:
        days = [d for d in sentence.dates if d.end <= arria.start() and d.day is not None]
        if days:
            first, last = context.iso(days[0]), context.iso(days[-1])
            return [
                Sitting(
                    date=first,
                    end_date=last if last != first else None,
                    format="arria-formula",
                    status=Status.HELD,
                    section=sentence.paragraph.section,
                    topic=heading_topic(sentence),
                    rule="meeting.arria",
                    told_at=[sentence.order],
                    evidence=[sentence.evidence],
                )
            ]
    if not told:
        sitting = _more(sentence, context, meetings)
        return [sitting] if sitting is not None else []
    return [told[at] for at in sorted(told)]


def _more(sentence: Sentence, context: Context, meetings: Meetings) -> Sitting | None:
    """More on the meeting told before: ``会议将在题为“…”的议程项目下举行，上午10时…``."""
    match = _OPENING.search(sentence.masked)
    known = meetings.before(sentence)
    if match is None or known is None:
        return None
    span = next(f for f in sentence.formats if f.start == match.start("f"))
    theme, item = _about(sentence)
    days = [d for d in sentence.dates if d.day is not None and d.start > span.end and _times(sentence, d)]
    date = _iso(sentence, days[0], sentence.text, context) if days else None
    if (known.date and date and known.date != date) or not _agrees(
        known.format, span.format if span.format != "meeting" else None
    ):
        return None
    if not (theme or item or date or span.level):
        return None
    return Sitting(
        date=date or known.date,
        format=known.format,
        status=known.status,
        section=known.section,
        level=span.level,
        theme=theme,
        agenda_item=item,
        time=_time(sentence, days),
        rule=known.rule,
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )


def _sitting(
    sentence: Sentence, match: re.Match[str], rule: str, context: Context, meetings: Meetings
) -> Sitting | None:
    masked = sentence.masked
    span = next(f for f in sentence.formats if f.start == match.start("f"))
    groups = match.groupdict()
    mod = groups.get("mod") or ""
    if _COUNT.search(mod) or _COUNTED.search(masked[: match.start("f")]):
        return None
    before = masked[: match.start()]
    if rule in {"meeting.adopts", "meeting.line"} and _number(sentence) is None:
        return None
    if match.groupdict().get("verb") == "主持" and not mod:
        return None
    if not _is_council(sentence, match, rule, mod):
        return None
    dates = _dates(sentence, match, rule)
    definite = bool(_DEFINITE.search(masked[: match.start("f")]))
    date = _iso(sentence, dates[0], before, context) if dates else None
    if date is None:
        leaning = rule in {"meeting.then", "meeting.same-day"} or _AFTER_IT.match(sentence.text) or definite
        last = meetings.before(sentence) if leaning else None
        same_day = rule == "meeting.same-day" or bool(_THAT_DAY.match(sentence.text))
        if same_day and meetings.last_day and meetings.last_day[0] == sentence.index and not definite:
            date = meetings.last_day[1]
            if re.match(r"第二天|次日|翌日", sentence.text):
                date = add_duration(date, "P1D") or date
        elif last is not None and last.date is not None and not definite:
            date = last.date
        elif not (_PLANNED.search(before) and rule == "meeting.held"):
            return None
    if "一次" in mod and rule == "meeting.in" and not dates:
        return None
    status = _status(sentence, match, date, context)
    theme, item = _about(sentence)
    end = context.iso(dates[-1]) if len(dates) > 1 else None
    topic = _topic(sentence, match, mod) or heading_topic(sentence)
    kind = span.format
    if kind == "meeting" and re.search(r"进行(?:公开)?(?:情况)?通报(?!了)", sentence.text):
        kind = "briefing"
    if kind == "meeting" and re.search(
        r"阿里[亚安](?:办法|模式|方式|方案)[^，。；]{0,20}$", sentence.text[: span.start]
    ):
        kind = "arria-formula"
    return Sitting(
        date=date,
        end_date=end if end != date else None,
        format=kind,
        level=span.level,
        status=status,
        section=sentence.paragraph.section,
        theme=theme,
        agenda_item=item,
        topic=topic,
        number=_number(sentence),
        time=_time(sentence, dates),
        part=_part(sentence),
        rule=rule,
        leading=_leads(sentence),
        definite=definite or (rule in {"meeting.dated", "meeting.will"} and kind == "meeting"),
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )


def _leads(sentence: Sentence) -> bool:
    """Whether a sentence stands in the letter itself or in a title: what it tells is what the document is about."""
    sections = sentence.document.sections
    home = sections[sentence.paragraph.section] if sections else None
    in_letter = sentence.document.kind == DocumentKind.LETTER and home is not None and home.kind == "body"
    return in_letter or sentence.paragraph.role in {"title", "heading"}


def heading_topic(sentence: Sentence) -> str | None:
    """The situation of an assessment's section (利比亚); a letter's headings (背景) say nothing of the meeting."""
    document = sentence.document
    section = document.sections[sentence.paragraph.section] if document.sections else None
    if section is None or section.kind != "section" or section.level < 2:
        return None
    return heading(sentence)


def _said(sentence: Sentence, match: re.Match[str]) -> str:
    """The words between verb and format, unmasked."""
    if match.groupdict().get("mod") is None:
        return ""
    return sentence.text[match.start("mod") : match.end("mod")]


def _is_council(sentence: Sentence, match: re.Match[str], rule: str, mod: str) -> bool:
    masked = sentence.masked
    before = re.split(r"[。；]", masked[: match.start()])[-1]
    clause = re.split(r"[，。；]", masked[: match.start()])[-1]
    named = compile_masked("«C»|理事会|安理会").search(before + mod)
    if re.search(r"(?:委员会|工作组|小组)的?(?:非正式|公开|闭门|非公开)?$", _said(sentence, match)) or (
        "主持" in match.group() and match.groupdict().get("rel")
    ):
        return False
    if rule in {"meeting.adopts", "meeting.line"}:
        return True
    if rule == "meeting.named":
        return bool(compile_masked("«C»").search(mod) or compile_masked("«Q»").search(mod))
    if compile_masked(r"(?:«O»|«M»|大会|委员会|工作组|缔约国)(?:成员)?(?:还|也|又|已|曾|将|于|在|«D»){0,5}$").search(
        clause
    ):
        return False
    span = next(f for f in sentence.formats if f.start == match.start("f"))
    generic = span.format in {"meeting", "summit", "debate", "private-meeting"}
    if generic and re.search(r"阿里[亚安](?:办法|模式|方式|方案)", sentence.text[: match.start("f")]):
        return True
    if generic and re.search(r"部队(?:和警察)?派遣国|出兵国", _said(sentence, match)):
        return True
    if generic and _leads(sentence) and match.groupdict().get("verb") and not _OTHERS.search(mod):
        return True  # the presidency announces its own meeting in the letter itself
    if generic:
        held_by = compile_masked(r"(?:«C»|理事会)(?:成员)?[^。；]{0,60}$")
        return bool(
            held_by.search(before)
            or compile_masked("«C»").search(mod)
            or _DEFINITE.search(masked[: match.start("f")])
            or masked[: match.start("f")].strip() == ""
        )
    others = _OTHERS.search(mod) and not compile_masked("«C»").search(mod) and not named
    return not (others and not re.search("关于|就|讨论", mod))


def _dates(sentence: Sentence, match: re.Match[str], rule: str) -> list[DateExpression]:
    """The days of the meeting: named in the pattern, else the nearest before it that times the clause."""
    groups = match.groupdict()
    if groups.get("d"):
        first = next((d for d in sentence.dates if d.start == match.start("d")), None)
        return _run(sentence, first) if first else []
    limit = match.start("f")
    verb = match.start()
    inside = [d for d in sentence.dates if verb <= d.start < limit]
    if rule == "meeting.in" and inside:
        return _run(sentence, inside[0])
    before = [d for d in sentence.dates if d.start < verb and _times(sentence, d)]
    if not before:
        return []
    first = before[-1]
    # the head of a shared list of days
    while True:
        earlier = next(
            (
                d
                for d in sentence.dates
                if d.end < first.start
                and sentence.text[d.end : first.start] in {"、", "和", "至", "及", "与", "到", "-"}
            ),
            None,
        )
        if earlier is None or earlier.day is None:
            break
        first = earlier
    return _run(sentence, first)


def _times(sentence: Sentence, date: DateExpression) -> bool:
    """Whether a date times its clause, rather than belong to a thing (2013年《…框架》, 8月份主席, 2019年12月延长)."""
    masked = sentence.masked
    after = masked[date.end : date.end + 12]
    before = masked[max(0, date.start - 3) : date.start]
    if re.match(
        r"(?:的)?(?:轮值)?主席|份(?:轮值)?主席|以来|以前|之前|前(?!后)|起|的报告|的信|的决议|的声明|发布|发表|通过的",
        sentence.text[date.end : date.end + 12],
    ):
        return False
    opens = date.start == 0 or before.endswith(("，", "；", "于", "在", "定于", "将于", "、", "和", "至", "，在", "-"))
    if date.day is not None and re.match(r"\(?星期|上午|下午|举行|召开|举办", sentence.text[date.end : date.end + 4]):
        return True
    opens = opens or bool(compile_masked(r"«C»$").search(masked[: date.start]))
    closes = bool(
        compile_masked(
            r"(?:，|星期|上午|下午|晚|曾|还|也|又|再次|«F»|在|于|«C»|将|举行|召开|举办|会|的«F»|、«D»|和«D»|至|\(|首次|«Q»|«S»)"
        ).match(after)
    )
    return opens and (closes or date.day is not None or date.month is not None) and date.month is not None


def _run(sentence: Sentence, first: DateExpression) -> list[DateExpression]:
    """A date and those joined to it (1月9日、10日和13日)."""
    run = [first]
    for date in sentence.dates:
        if (
            date.start > run[-1].end - 1
            and sentence.text[run[-1].end : date.start] in {"、", "和", "至", "及", "与", "到", "-", "，"}
            and date.day is not None
            and run[-1].day is not None
        ):
            if sentence.text[run[-1].end : date.start] == "，":
                break
            run.append(date)
    return run


def _iso(sentence: Sentence, date: DateExpression, before: str, context: Context) -> str | None:
    """ISO of a meeting's day. One to come, printed without a year, is the first such day after the document's."""
    iso = context.iso(date)
    if (
        iso is None
        or date.year is not None
        or context.date is None
        or (context.month and iso.startswith(context.month))
    ):
        return iso
    if iso < context.date and _PLANNED.search(before + sentence.text[date.start :][:24]):
        return context.iso_after(date, context.date) or iso
    return iso


def _status(sentence: Sentence, match: re.Match[str], date: str | None, context: Context) -> Status:
    clause = sentence.text[: match.end()]
    if re.search(r"(?:推迟|延期|改期)(?:举行|召开|到|至)", sentence.text):
        return Status.POSTPONED
    if re.search(r"(?:会议|辩论|通报会|磋商)[^，。]{0,10}(?:被)?取消", sentence.text):
        return Status.CANCELLED
    done = bool(match.groupdict().get("done"))
    if done:
        return Status.HELD
    if context.date and date and len(date) == 10:
        return Status.PLANNED if date > context.date else Status.HELD
    if _PLANNED.search(clause):
        return Status.PLANNED
    if context.date and date:
        return Status.HELD if date < context.date[: len(date)] else Status.PLANNED
    return Status.HELD


def _about(sentence: Sentence) -> tuple[str | None, str | None]:
    """Theme and agenda item, each as quoted."""
    item = theme = None
    used: set[int] = set()
    for match in _ITEM.finditer(sentence.masked):
        group = next(g for g in ("a", "b", "c") if match[g])
        used.add(match.start(group))
        if item is None:
            item = sentence.printed(match.start(group) + 1, match.end(group) - 1)
    for match in _THEME.finditer(sentence.masked):
        group = next(g for g in "abcdeghi" if match[g])
        if match.start(group) not in used and theme is None:
            theme = sentence.printed(match.start(group) + 1, match.end(group) - 1)
    return theme, item


def _topic(sentence: Sentence, match: re.Match[str], mod: str) -> str | None:
    start = match.start("mod") if match.groupdict().get("mod") is not None else -1
    if start < 0:
        return None
    about = _ABOUT.search(mod)
    if not about or "“" in sentence.text[start : start + len(mod)]:
        return None
    return sentence.printed(start + about.start("topic"), start + about.end("topic"))


def _number(sentence: Sentence) -> str | None:
    numbers = [m.id.removeprefix("S/PV.") for m in sentence.mentions if m.type == MentionType.MEETING and m.id]
    return numbers[0] if len(numbers) == 1 else None


def _time(sentence: Sentence, dates: list[DateExpression]) -> str | None:
    if not dates:
        return None
    match = _TIME.search(sentence.text, dates[-1].end)
    if not match or match.start() - dates[-1].end > 12:
        return None
    hour = int(match["hour"])
    if match["part"] in {"下午", "晚上"} and hour < 12:
        hour += 12
    minute = int(match["minute"] or match["minute2"] or (30 if match["half"] else 0))
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _part(sentence: Sentence) -> str | None:
    match = re.match(r"(?:在)?[^，。]{0,12}日(上午|下午)(?!\d)", sentence.text)
    return match[1] if match else None


def _add_number(view: View, meetings: Meetings) -> None:
    """``安全理事会第7847次会议由…主持`` gives the one meeting of a summary its number."""
    main = meetings.main()
    if main is None or main.number is not None or not main.leading:
        return
    for sentence in view.sentences:
        number = _number(sentence)
        if number and not meetings.told_in(sentence) and compile_masked("^«C»«F»").match(sentence.masked):
            main.number = number
            main.evidence.append(sentence.evidence)
            return


def _add_records(view: View, meetings: Meetings) -> None:
    """``完整纪录…(见S/PV.7857)`` gives the one meeting of a summary its record."""
    for sentence in view.sentences:
        for mention in sentence.mentions:
            if mention.type == MentionType.DOCUMENT and mention.id and _RECORD.match(mention.id):
                told = meetings.told_in(sentence)
                if not re.search(r"记录|纪录|逐字", sentence.text) and len(told) != 1:
                    continue
                sitting = told[0] if len(told) == 1 else meetings.of(sentence) or meetings.main()
                if sitting is not None and sitting.record is None:
                    sitting.record = mention.id
                    sitting.evidence.append(sentence.evidence)


_CIRCULATED = compile_masked(r"作为«C»(?:题为)?(?P<item>«Q»)(?:的)?(?:议程)?项目(?:下)?(?:的)?文件(?:分发|散发|印发)")

_UNDER_ITEM = compile_masked(r"(?:分发|散发|印发)[^。；]{0,30}?(?:议程)?项目(?P<item>«Q»)")


def _add_items(view: View, meetings: Meetings) -> None:
    """A letter on one planned meeting asks to be circulated under that meeting's item."""
    sitting = meetings.main()
    if sitting is None or sitting.agenda_item is not None or sitting.status != Status.PLANNED:
        return
    for sentence in view.sentences:
        match = _CIRCULATED.search(sentence.masked) or _UNDER_ITEM.search(sentence.masked)
        if match:
            sitting.agenda_item = sentence.printed(match.start("item") + 1, match.end("item") - 1)
            sitting.evidence.append(sentence.evidence)
