"""Names right behind a word for an office that no post is known to end with."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.pipeline.name_words import LATIN_WORD
from kg.pipeline.names import Name, after_post
from kg.pipeline.words import any_of

__all__ = ["OFFICES", "titled_latin", "titled_plain"]

_CAPITAL = re.compile("[A-Z]")
_TITLED_LATIN = re.compile(
    rf"(?:代表|特使|主席|主任|[团组队部司处厅局科行院庭署议长]长|大臣|总统|总理|检察官|专员|干事|协调[员人]|顾问|专家|报告员|司令|指挥官|军官|官员|主管|首长|次官|"
    rf"领导人|领袖|负责人|创[始办]人|发言人|研究员|成员|委员|律师|活动家|助理|秘书)(?:之一)?[:：]?(?P<name>{LATIN_WORD}(?:[ -](?:(?:de|da|del|van|von|bin|al|el|der|la|le|dos)[ -])*{LATIN_WORD}){{1,5}})"
)


def titled_latin(text: str) -> list[Name]:
    """Names of two Latin words or more right behind a word for an office (``协调人David Scharia``)."""
    if (" " not in text and "-" not in text) or _CAPITAL.search(text) is None:
        return []
    return [Name(*match.span("name"), match["name"]) for match in _TITLED_LATIN.finditer(text)]


_OFFICES = (
    "主席 部长官 长官 部长 大臣 外相 资政 总统 总理 首相 国务卿 主任 司长 局长 处长 院长 厅长 署长 行长 会长 理事长 "
    "董事长 特使 专员 干事 总监 总裁 发言人 创始人 创办人 负责人 顾问 协调员 检察官 书记 议长 参谋长 司令 委员 总领事 "
    "领事 公使 参赞 活动家 律师 研究员 教授 医生 外交官 外交家 将领 学者"
)
OFFICES = tuple(_OFFICES.split())
_OFFICE = re.compile(rf"{any_of(OFFICES)}(?=[\u4e00-\u9fff])")


def titled_plain(
    text: str, *, blocked: frozenset[int] = frozenset(), tried: Collection[int] = frozenset()
) -> list[Name]:
    """Names of three characters or more right behind a word for an office that no post is known to end with (国际主席廖满嫦).
    ``tried``: offsets at which `after_post` was asked already."""
    ends = (match.end() for match in _OFFICE.finditer(text))
    found = (after_post(text, at, blocked=blocked) for at in ends if at not in tried)
    return [
        n for n in found if n is not None and (len(n.text) >= 3 or re.match("为|担任|出任", text[n.end : n.end + 2]))
    ]
