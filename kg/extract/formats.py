"""Formats of meetings as printed: 公开辩论会, 非公开磋商, “阿里亚办法”会议, and the level that stands before them.

Refused: 一般性辩论 (the General Assembly's), rounds of talks (第二十三轮磋商), rooms and records (会议厅). 柏林会议 is a 会议
here: whose it is, the rules tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.choices import opened
from kg.pipeline.cover import Cover

__all__ = ["FormatSpan", "find_formats"]

_LEVEL = r"(?:(?P<level>部长级|部级|外长级|最高级别|高级别|(?:国家)?元首[和或]政府首脑一?级|国家和政府首脑级|首脑级|国家元首级|元首级)(?:的)?)?"
_FREQUENCY = r"(?:(?:季度|年度|半年度|月度|例行|定期|紧急|特别|纪念|视频|虚拟|线上)(?:的)?)?"
_WORDS = (
    (r"(?<![非不])公开(?:视频)?辩论(?:会议?)?", "open-debate"),
    (
        r"(?:非公开|不公开|闭门|内部|秘密)(?:的)?(?:视频|虚拟|线上)?(?:全体)?(?:会议|辩论会?|会(?![议晤见谈员场]))",
        "private-meeting",
    ),
    (r"(?<!一般性)(?<!一般)辩论会?(?!中|期间|目的|参加者|参与者|者|阶段|伊始)", "debate"),
    (r"(?:公开)?(?:视频)?(?:情况)?(?:通报|简报|吹风|情况介绍)会(?:议)?|通报情况(?:的)?会议", "briefing"),
    (
        r"(?:(?:非公开|闭门|非正式|秘密|全体|双边|紧急|视频|虚拟|线上|内部)(?:的)?){0,4}(?:全体)?磋商(?!机制|者|小组|室)|(?:(?:非公开|闭门|非正式|全体)(?:的)?){1,3}协商(?!一致|机制|者|会议|小组|室)",
        "consultations",
    ),
    (
        r"(?:非正式)?(?:互动|交互)式?对话(?:会)?|非正式(?:互动|交互)式?讨论(?:会)?|非正式对话",
        "informal-interactive-dialogue",
    ),
    (
        r"[“\"]?阿里[亚安](?:(?:办法|模式|方式|方案)[”\"]?(?:(?:的)?(?:非正式)?会议)?|[”\"]?式?(?:的)?(?:非正式)?会议)",
        "arria-formula",
    ),
    (r"(?:国家)?(?:元首|首脑)(?:和政府首脑)?(?:峰会|会议)|峰会", "summit"),
    (
        r"(?:公开|正式|紧急|特别|(?:部长级|高级别)(?:全体)?)?(?:视频|虚拟|线上)?会议(?!员|室|厅|记录|形式|纪录|日程|议程|时间|主席|服务|成果|筹备|的?组织|系统)|(?<![非不])公开(?:视频)?会(?![议晤见谈员场计审所])|(?<=[的行开办])(?:(?:月终|每月|月度)?总结会)(?!议)",
        "meeting",
    ),
)
_IN_EVERY = {
    "open-debate": ("公开辩论", "公开视频辩论"),
    "private-meeting": ("非公开", "不公开", "闭门", "内部", "秘密"),
    "debate": ("辩论",),
    "briefing": ("通报会", "简报会", "吹风会", "情况介绍会", "通报情况"),
    "consultations": ("磋商", "开协商", "门协商", "式协商", "体协商", "的协商"),
    "informal-interactive-dialogue": ("动对话", "互对话", "式对话", "动讨论", "互讨论", "式讨论"),
    "arria-formula": ("阿里亚", "阿里安"),
    "summit": ("峰会", "首会议", "脑会议"),
    "meeting": ("会议", "公开会", "公开视频会", "总结会"),
}
"""One of these is in each match: most paragraphs hold none, and need not be searched. A test compares."""
_ANY = re.compile("|".join(sorted({word for words in _IN_EVERY.values() for word in words})))
_FORMATS = tuple((re.compile(opened(_LEVEL + _FREQUENCY + word)), name) for word, name in _WORDS)

_LEVELS = (("部", "ministerial"), ("外长", "ministerial"), ("高级别", "high-level"))


@dataclass(frozen=True, slots=True)
class FormatSpan:
    """A format in the normal form: half-open offsets, the contract's format and level (or None)."""

    start: int
    end: int
    format: str
    level: str | None


def find_formats(text: str) -> list[FormatSpan]:
    """Formats of ``text``, longest first where they overlap, in order of place."""
    found: list[FormatSpan] = []
    if not _ANY.search(text):
        return found
    taken = Cover(len(text))
    for pattern, name in _FORMATS:
        if not any(word in text for word in _IN_EVERY[name]):
            continue
        for match in pattern.finditer(text):
            if taken.meets(*match.span()) or text[match.start() - 1 : match.start()] in {"轮", "届"}:
                continue
            taken.add(*match.span())
            level = _level(match["level"] or (match.group() if name == "meeting" else ""))
            kind = "summit" if name == "meeting" and level == "summit" else name
            level = "summit" if kind == "summit" else level
            found.append(FormatSpan(match.start(), match.end(), kind, level))
    return sorted(found, key=lambda f: f.start)


def _level(printed: str) -> str | None:
    """Level of the words before a format; heads of state and government, and 最高级别, make a summit."""
    if "首" in printed or printed.startswith("最高"):
        return "summit"
    return next((level for start, level in _LEVELS if printed.startswith(start)), None)
