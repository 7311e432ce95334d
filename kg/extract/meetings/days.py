"""When a meeting is: its days, hour and status, from the words around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Status
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS

if TYPE_CHECKING:
    from kg.dates import DateExpression
    from kg.extract.context import Context
    from kg.extract.view import Sentence

__all__ = ["PLANNED", "clock", "day_iso", "days_of", "hour_of", "part_of_day", "status_of", "times_clause"]

_TIME = re.compile(
    r"(?P<part>上午|下午|中午|晚上)?(?P<hour>\d{1,2})(?:时(?:(?P<minute>\d{1,2})分|(?P<half>半))?|[:：](?P<minute2>\d{2}))"
)
_HELD_ON = re.compile(
    r"(?:\(?星期[一二三四五六日天]\)?|[上下]午|\d{1,2}时(?:\d{1,2}分)?)*(?:(?:举行|召开)的|的)?(?:(?:联合国)?(?:安全理事会|安理会)的?)?"
)
_BEHIND_ACTOR = compile_masked(rf"«PT»(?:{HONORIFICS})*$")
PLANNED = re.compile(r"(?:将|(?<!虚)拟|打算|定于|计划|预定|预计|准备|即将|订于)")


def days_of(sentence: Sentence, match: re.Match[str], rule: str) -> list[DateExpression]:
    """The days of the meeting: named in the pattern, else the nearest before it that times the clause."""
    groups = match.groupdict()
    if groups.get("d"):
        first = sentence.date_at(match.start("d"))
        return _run(sentence, first) if first else []
    limit = match.start("f")
    verb = match.start()
    inside = [d for d in sentence.dates if verb <= d.start < limit]
    if rule == "meeting.in" and inside:
        return _run(sentence, inside[0])
    if groups.get("verb") == "主持":  # 主持定于9月21日举行的第7774次会议
        own = [d for d in inside if d.day is not None and _HELD_ON.fullmatch(sentence.text, d.end, limit)]
        if own:
            return _run(sentence, own[0])
    before = [d for d in sentence.dates if d.start < verb and times_clause(sentence, d)]
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


def times_clause(sentence: Sentence, date: DateExpression) -> bool:
    """Whether a date times its clause, rather than belong to a thing (2013年《…框架》, 8月份主席, 2019年12月延长)."""
    masked = sentence.masked
    after = masked[date.end : date.end + 12]
    before = masked[max(0, date.start - 3) : date.start]
    if re.match(
        r"(?:的)?(?:轮值)?主席|份?(?:的)?(?:安全理事会|安理会)?(?:的)?(?:轮值)?主席|份?(?:接任|担任|出任|就任|接替)|以来|以前|之前|前(?!后)|起|的报告|的信|的决议|的声明|发布|发表|通过的",
        sentence.text[date.end : date.end + 12],
    ):
        return False
    opens = date.start == 0 or before.endswith(
        ("，", "；", "于", "在", "、", "和", "至", "-", "计划", "拟", "打算", "预定", "预计", "原定")
    )
    if date.day is not None and re.match(r"\(?星期|上午|下午|举行|召开|举办", sentence.text[date.end : date.end + 4]):
        return True
    opens = opens or bool(compile_masked(r"«C»$").search(masked[: date.start]))
    if date.day is not None and _BEHIND_ACTOR.search(masked[: date.start]):  # 特使姆拉德诺夫5月30日曾在…
        opens = bool(re.match(r"曾|已(?!经?故)|在(?!社交|推特|声明|接受)|就|于|经|通过|向|应邀|出席", after))
    closes = bool(
        compile_masked(
            r"(?:，|星期|上午|下午|晚|曾|还|也|又|再次|«F»|在|于|«C»|将|已|举行|召开|举办|会|向|应邀|出席|的«F»|、«D»|和«D»|至|\(|首次|«Q»|«S»)"
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


def day_iso(sentence: Sentence, date: DateExpression, before: str, context: Context) -> str | None:
    """ISO of a meeting's day. One to come, printed without a year, is the first such day after the document's."""
    iso = context.iso(date)
    if (
        iso is None
        or date.year is not None
        or context.date is None
        or (context.month and iso.startswith(context.month))
    ):
        return iso
    if iso < context.date and PLANNED.search(before + sentence.text[date.start :][:24]):
        return context.iso_after(date, context.date) or iso
    return iso


def status_of(sentence: Sentence, match: re.Match[str], date: str | None, context: Context) -> Status:
    """Held, planned, postponed or cancelled: by the words first, else by the day against the document's date."""
    clause = sentence.text[: match.end()]
    instead = re.search(r"(?:改为|改于|改在|改由|而是)[^，。；]*$", sentence.text[: match.start("f")])
    if instead is None and re.search(r"(?:推迟|延期|改期)(?:举行|召开|到|至)", sentence.text):
        return Status.POSTPONED
    if instead is None and re.search(r"(?:会议|辩论|通报会|磋商)[^，。]{0,10}(?:被)?取消", sentence.text):
        return Status.CANCELLED
    done = bool(match.groupdict().get("done"))
    if done:
        return Status.HELD
    if context.date and context.date == date and PLANNED.search(clause):
        return Status.PLANNED
    if context.date and date and len(date) == 10:
        return Status.PLANNED if date > context.date else Status.HELD
    if PLANNED.search(clause):
        return Status.PLANNED
    if context.date and date:
        return Status.HELD if date < context.date[: len(date)] else Status.PLANNED
    return Status.HELD


def hour_of(sentence: Sentence, dates: list[DateExpression]) -> str | None:
    """``08:00`` in New York, where an hour follows the day."""
    if not dates:
        return None
    match = _TIME.search(sentence.text, dates[-1].end)
    return _clock(match) if match and match.start() - dates[-1].end <= 12 else None


def clock(text: str) -> str | None:
    """``15:00`` for 下午3时, None where no hour is printed."""
    match = _TIME.search(text)
    return _clock(match) if match else None


def _clock(match: re.Match[str]) -> str | None:
    hour = int(match["hour"])
    if match["part"] in {"下午", "晚上"} and hour < 12:
        hour += 12
    minute = int(match["minute"] or match["minute2"] or (30 if match["half"] else 0))
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def part_of_day(sentence: Sentence) -> str | None:
    """``上午`` or ``下午`` after the day that opens the sentence."""
    match = re.match(r"(?:在)?[^，。]{0,12}日(上午|下午)(?!\d)", sentence.text)
    return match[1] if match else None
