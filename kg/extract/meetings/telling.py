"""The sittings that one sentence tells: what a frame found, its day, kind and status, and what leans on the meeting before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.dates import add_duration
from kg.extract.gate import Gated
from kg.extract.meetings.announced import take_announced
from kg.extract.meetings.bodies import DEFINITE, is_council, leads
from kg.extract.meetings.changes import changed_in
from kg.extract.meetings.days import PLANNED, day_iso, days_of, hour_of, part_of_day, status_of, times_clause
from kg.extract.meetings.details import number_of
from kg.extract.meetings.frames import FRAMES
from kg.extract.meetings.sittings import Meetings, Sitting, agrees
from kg.extract.meetings.subjects import heading_topic, theme_and_item, topic_of
from kg.model import MentionType, Status
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.view import Sentence, View

__all__ = ["told_in"]

_NOT_HELD = compile_masked(r"(?:没有|没能|未能?|无法|不再|拒绝|不)(?:[在于]«D»)?$")
_OPENING = Gated(
    r"(?:^|[，；])(?:这次|此次|本次|该|上述)?(?P<f>«F»)(?:将|拟|定|会|采取|采用|以|是|的?(?:主题|题目|议题))"
)
_DAILY = frozenset({"consultations", "briefing", "private-meeting", "informal-interactive-dialogue"})
_COUNT = re.compile(r"(?<![年月周])(?:\d+|两|三|四|五|六|七|八|九|十|数|多)次(?!会议)")
_COUNTED = re.compile(r"(?<![年月周])(?:\d+|两|三|四|五|六|七|八|九|十|数|多)次(?:公开|正式|非公开)?$")
_THAT_DAY = re.compile(r"(?:随后|其后|此后|上午|下午|晚上|同日|同一天|当天|当日|第二天|次日|翌日)")
_ARRIA = re.compile(r"以[“\"]?阿里[亚安](?:办法|模式|方案)[”\"]?的?(?:形式|方式)?(?:就|讨论|审议|开会|会晤|非正式)")
_AFTER_IT = re.compile(
    r"^(?:(?:在)?(?:此后|随后|(?:在)?(?:听取)?(?:通报|会议|磋商|辩论|对话|通报会|辩论会|会)(?:结束)?(?:之)?后)|上午|下午|晚上|同日|同一天|当天|当日|之后|其后|接着)"
)


def told_in(view: View, sentence: Sentence, context: Context, meetings: Meetings) -> Iterable[Sitting]:
    """The sittings that one sentence tells, in the order of their words; the first frame that fits a format wins. A sentence without a
    format and 阿里 tells none."""
    told: dict[int, Sitting] = dict(changed_in(sentence, context, bool(meetings.all or meetings.of_committees)))
    for match, rule in FRAMES.finditer(sentence):
        at = match.start("f")
        if at in told:
            continue
        if rule == "meeting.and":
            sitting = _beside(sentence, match, told)
        else:
            sitting = _sitting(sentence, match, rule, context, meetings)
        if sitting is not None and sitting.definite and sitting.format in {"debate", "meeting"}:
            take_announced(view, sentence, at, sitting)
        if sitting is not None:
            told[at] = sitting
            for n, second in enumerate(_apart(sentence, match, rule, sitting, context), 1):
                told[at + n] = second
    arria = _ARRIA.search(sentence.text) if "阿里" in sentence.text else None
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
    _join_number(told)
    if not told:
        sitting = _more(sentence, context, meetings)
        return [sitting] if sitting is not None else []
    return [told[at] for at in sorted(told)]


def _apart(
    sentence: Sentence, match: re.Match[str], rule: str, sitting: Sitting, context: Context
) -> Iterable[Sitting]:
    """The meetings of the later days of a list, where it is one of several meetings: 1月21日和26日，安理会两次召开会议, 2月7日和8月29日举行…;
    days beside each other are those of one."""
    if sitting.end_date is None or sitting.date is None:
        return []
    days = days_of(sentence, match, rule)
    twice = re.search(r"两次|分别", sentence.text[max(0, match.start() - 3) : match.end()])
    far = sitting.end_date > (add_duration(sitting.date, "P10D") or sitting.end_date)
    if any(d.range_end for d in days) or not (twice or far or sitting.format in _DAILY):
        return []
    sitting.end_date = None
    isos = [iso for d in days[1:] if (iso := context.iso(d))]
    return [
        replace(
            sitting,
            date=iso,
            evidence=list(sitting.evidence),
            told_at=list(sitting.told_at),
            roots=set(),
            paragraphs=set(),
            sections=set(),
        )
        for iso in isos
    ]


def _number(sentence: Sentence, match: re.Match[str]) -> str | None:
    """The number that the format itself prints."""
    numbers = [m.id for m in sentence.inside(*match.span("f"), MentionType.MEETING) if m.id]
    return numbers[0].removeprefix("S/PV.") if numbers else None


def _beside(sentence: Sentence, match: re.Match[str], told: dict[int, Sitting]) -> Sitting | None:
    """``举行通报会和磋商``, ``举行通报会，其后闭门磋商``: the consultations that follow a meeting told in the same words."""
    first = told.get(match.start("first"))
    span = next(f for f in sentence.formats if f.start == match.start("f"))
    if first is None or span.format not in {"consultations", "private-meeting"} or first.format == span.format:
        return None
    return replace(
        first,
        format=span.format,
        level=None,
        number=None,
        time=None,
        rule="meeting.and",
        evidence=list(first.evidence),
        told_at=list(first.told_at),
    )


def _join_number(told: dict[int, Sitting]) -> None:
    """``举行第7140次会议，就…进行公开辩论``: one meeting, its number in the first words and its format in the second."""
    plain = [at for at, s in told.items() if s.format == "meeting" and s.number]
    others = [at for at, s in told.items() if s.format != "meeting"]
    if len(plain) == 1 and len(others) == 1 and told[plain[0]].date == told[others[0]].date:
        told[others[0]].number = told[plain[0]].number
        del told[plain[0]]


def _more(sentence: Sentence, context: Context, meetings: Meetings) -> Sitting | None:
    """More on the meeting told before: ``会议将在题为“…”的议程项目下举行，上午10时…``."""
    match = _OPENING.search(sentence)
    known = meetings.before(sentence) if match is not None else None
    if match is None or known is None:
        return None
    span = next(f for f in sentence.formats if f.start == match.start("f"))
    theme, item = theme_and_item(sentence)
    days = [d for d in sentence.dates if d.day is not None and d.start > span.end and times_clause(sentence, d)]
    date = day_iso(sentence, days[0], sentence.text, context) if days else None
    if (known.date and date and known.date != date) or not agrees(
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
        time=hour_of(sentence, days),
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
    days = days_of(sentence, match, rule)
    twice = len(days) == 2 and bool(re.search(r"(?:两|2)次$|(?:两|2)次(?=闭门|非公开|公开|正式|全体)?", mod))
    if not twice and (_COUNT.search(mod) or _COUNTED.search(masked[: match.start("f")])):
        return None
    before = masked[: match.start()]
    if rule == "meeting.held" and _NOT_HELD.search(before):
        return None
    if "d" not in groups and rule == "meeting.after":
        subject = compile_masked("«C»").search(sentence.unposted[: match.start("f")])
        if subject is None or not any(d.day is not None and d.end <= match.start() for d in sentence.dates):
            return None
    number = _number(sentence, match) or number_of(sentence)
    if (
        rule in {"meeting.recalled", "meeting.attended"}
        and _number(sentence, match) is None
        and not compile_masked("«C»").search(mod)
    ):
        return None
    if rule in {"meeting.adopts", "meeting.line"} and number_of(sentence) is None:
        return None
    if match.groupdict().get("verb") == "主持" and not mod:
        return None
    if before.endswith(("恢复", "停止", "暂停", "中止")):
        return None  # 商定自7月1日起恢复举行面对面会议: meetings in general
    if not is_council(sentence, match, rule, mod):
        return None
    dates = days_of(sentence, match, rule)
    definite = bool(DEFINITE.search(masked[: match.start("f")]))
    date = day_iso(sentence, dates[0], before, context) if dates else None
    if date is None:
        leaning = rule in {"meeting.then", "meeting.same-day"} or _AFTER_IT.match(sentence.text) or definite
        last = meetings.before(sentence) if leaning else None
        same_day = rule == "meeting.same-day" or bool(_THAT_DAY.match(sentence.text))
        if same_day and meetings.last_day and meetings.last_day[0] == sentence.index and not definite:
            date = meetings.last_day[1]
            if re.match(r"第二天|次日|翌日", sentence.text):
                date = add_duration(date, "P1D") or date
        elif (
            leaning
            and not definite
            and last is not None
            and not meetings.told_in_paragraph(last, sentence.index)
            and meetings.last_day_of(sentence)
        ):
            date = meetings.last_day_of(sentence)
        elif last is not None and last.date is not None and not definite:
            date = last.date
        elif not (PLANNED.search(before) and rule == "meeting.held"):
            return None
    if "一次" in mod and rule == "meeting.in" and not dates:
        return None
    if (
        date is not None
        and len(date) < 10
        and span.format in _DAILY
        and not (rule == "meeting.held" and groups["done"])
    ):
        return None  # a month and 磋商 are no sitting, unless one is said to have been held
    recalled = rule == "meeting.recalled"
    status = Status.HELD if recalled else status_of(sentence, match, date, context)
    theme, item = theme_and_item(sentence)
    end = context.iso(dates[-1]) if len(dates) > 1 else None
    topic = None if recalled else topic_of(sentence, match, mod) or heading_topic(sentence)
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
        number=number,
        time=hour_of(sentence, dates),
        part=part_of_day(sentence),
        rule=rule,
        recalled=recalled,
        leading=leads(sentence) and not recalled,
        definite=definite or (rule in {"meeting.dated", "meeting.will"} and kind == "meeting"),
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )
