"""The day on which an instrument was adopted, as the sentence or what stands before it says.

Refused: days that end a term, days of other papers, and those of who welcomes the adoption.
"""

from __future__ import annotations

import re

from kg.dates import DateExpression, resolve
from kg.extract.adoption_frame import Frame
from kg.extract.reading import Reading
from kg.extract.view import Sentence

__all__ = ["AT_IT", "day_of"]

_AN_END = re.compile(r"(?:至|(?<![提谈意见收])到|截至|截止|延至)$")
_NOT_OF_IT = re.compile(r"(?:之)?前(?!往)|届满|到期|起|以来|的(?:报告|信|请求|函)|提交|提出|签署")
_REACTS = re.compile(r"欢迎|赞赏|赞扬|感谢|祝贺|注意到|称赞|批评|谴责|遗憾|抗议|回顾|忆及|提及|纪念|庆祝")
AT_IT = re.compile(r"(?:^|[，；])(?:安理会)?(?:在|于)?(?:会(?:上|后|议(?:上|期间|结束(?:时|后)?))|随后)[^，。；]{0,8}$")
_SAME_DAY = re.compile(r"同日|同一天|当天|当日")
_EARLIER = re.compile(r"曾|此前|去年|前年|近日|日前|上月|历年|以往")


def day_of(reading: Reading, sentence: Sentence, frame: Frame) -> tuple[str | None, bool]:
    """Day of the adoption, and whether the sentence prints one (of a year that nothing says): the last day before the verb that is no end
    and no other paper's; in the lead of a news item that prints none, the day of its dateline."""
    own = sentence.date_at(frame.day) if frame.day is not None else None
    if own is not None and own.day is not None:
        return _in_its_year(reading.context.iso(own), own, frame), True
    days = [d for d in sentence.dates if d.day is not None and d.start < frame.end and not _of_else(sentence, d)]
    if days and _REACTS.search(sentence.text[days[-1].end : frame.end]):
        return None, False  # 3月15日，秘书长欢迎安理会通过第…号决议: the day of the welcome
    if days:
        return _in_its_year(reading.context.iso(days[-1]), days[-1], frame), True
    if _SAME_DAY.search(sentence.text[: frame.end]) and (day := reading.meetings.last_day_of(sentence)):
        return day, True
    news = reading.view.news
    if news is not None and sentence.index == news.lead and not _EARLIER.search(sentence.text[: frame.verb]):
        return news.date, True
    return None, False


def _in_its_year(iso: str | None, day: DateExpression, frame: Frame) -> str | None:
    """A day without a year is of the year that the instrument bears."""
    symbol = frame.instrument.id or ""
    year = re.search(r"\((\d{4})\)|S/PRST/(\d{4})/", symbol)
    if day.year is not None or day.month is None or year is None:
        return iso
    return resolve(day, int(year[1] or year[2])).iso


def _of_else(sentence: Sentence, date: DateExpression) -> bool:
    return bool(_AN_END.search(sentence.text[: date.start]) or _NOT_OF_IT.match(sentence.text, date.end))
