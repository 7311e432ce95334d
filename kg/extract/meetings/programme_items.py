"""What a line of a programme of work says a meeting is about: its agenda item, theme and topic, quoted or in a cell of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.view import Sentence

__all__ = ["Items", "items_of", "loose_item"]

_ITEM = compile_masked(
    r"题为(?P<a>«Q»)的?(?:议程)?项目|(?:议程)?项目(?:是|为|定为|[:：])*(?P<b>«Q»)|(?P<c>«Q»)(?:这一|的)?(?:议程)?项目"
)
_THEME = compile_masked(
    r"(?:主题|专题|议题|题目)(?:是|为|定为|[:：])*(?P<a>«Q»)|以(?P<b>«Q»)为(?:主题|题|议题)|题为(?P<c>«Q»)|(?P<d>«Q»)(?:这一|的)?(?:主题|专题)|(?P<e>«Q»)(?=«F»)"
)
_QUOTED = compile_masked(r"«Q»")
_BEHIND = compile_masked(r"[)]?[，:：(]*(?P<a>«Q»)(?:[，:：]*(?P<b>«Q»))?")
_BEFORE = compile_masked(r"(?P<a>«Q»)(?:\([^()]{0,40}\))?[，:：]*$")
_TOPIC = re.compile(r"(?:关于|就)(?P<topic>[^，。；“”:：]{2,60}?)(?:举行|召开|进行)?的?$")
_PLAIN = re.compile(r"[)]?(?:\([^()]{0,8}\d[^()]{0,6}\))?(?P<sign>[:：，]?)[—–-]{0,2}\(?(?P<item>[^。；“”]{2,70})")
_PLAIN_BEFORE = re.compile(r"(?P<item>[^。；“”:：]{2,60})[:：]$")
_MORE = re.compile(r"(?:，|\()(?:由|通报人|主持|主席|主题|议程|讨论|预计|届时|下列|随后|继之|视频|待定|待确认)")
_NO_ITEM = re.compile(
    r"^工作方案$|^同(?:一|上)|讨论|审议|通过|表决|举行|召开|派遣国|出兵国|任命|推荐|选举|主持|主办|通报人|待定|为期|访问|将|应|拟|提交|届满|会晤|提出|假日|假期|会议$|(?<!委员)会$|任务期限$|^(?:由|延长|就|关于(?!.{0,40}(?:局势|问题)$)|在|与|并|项目$|时间|日期|题为|以)|[，、]$"
)
_NOTE = re.compile(r"\((?:见)?S/[^()]*(?:\(\d{4}\))?[^()]*\)$|\((?:待定|待确认|如有必要)\)$")
_CELL = 60


@dataclass(frozen=True, slots=True)
class Items:
    """As printed, without the symbol of a report behind it."""

    item: str | None = None
    theme: str | None = None
    topic: str | None = None


def items_of(sentence: Sentence, part: tuple[int, int], formats: tuple[int, int]) -> Items:
    """Of the meetings whose formats stand in ``formats`` of the line, or part of a line, ``part``."""
    start, end = part
    masked = sentence.masked
    used: set[int] = set()
    item = _named(sentence, _ITEM, part, used)
    theme = _named(sentence, _THEME, part, used)
    behind = _BEHIND.match(masked, formats[1], end)
    for group in ("a", "b"):
        if behind and behind[group] and behind.start(group) not in used:
            used.add(behind.start(group))
            quoted = _inside(sentence, *behind.span(group))
            item, theme = (item or quoted, theme) if group == "a" else (item, theme or quoted)
    before = _BEFORE.search(masked[: formats[0]], start)
    if before and before.start("a") not in used and item is None:
        used.add(before.start("a"))
        item = _inside(sentence, *before.span("a"))
    if item is None and theme is None and _QUOTED.search(masked, start, end) is None:
        item = _plain(sentence, part, formats)
    about = _TOPIC.search(sentence.text[: formats[0]], start)
    return Items(item, theme, sentence.printed(*about.span("topic")) if about else None)


def loose_item(sentence: Sentence, part: tuple[int, int]) -> str | None:
    """The item that a line of its own is."""
    start, end = part
    text = sentence.text[start:end]
    if _QUOTED.fullmatch(_NOTE.sub("", sentence.masked[start:end])):
        return _inside(sentence, start, start + len(_NOTE.sub("", text)))
    if len(text) > _CELL or text.endswith(("。", "；", "：", ":")) or "“" in text:
        return None
    return _cut(sentence, start, end)


def _named(sentence: Sentence, pattern: re.Pattern[str], part: tuple[int, int], used: set[int]) -> str | None:
    for match in pattern.finditer(sentence.masked, *part):
        group = next(name for name, text in match.groupdict().items() if text)
        if match.start(group) not in used:
            used.add(match.start(group))
            return _inside(sentence, *match.span(group))
    return None


def _inside(sentence: Sentence, start: int, end: int) -> str:
    """The words within quotation marks."""
    return sentence.printed(start + 1, end - 1)


def _plain(sentence: Sentence, part: tuple[int, int], formats: tuple[int, int]) -> str | None:
    """An item without quotation marks: behind the format and a colon, or as the next cell of a row; or before a colon."""
    match = _PLAIN.match(sentence.text, formats[1], part[1])
    if match is not None and (
        match["sign"] or not re.match(r"由|将|的|以|为|后|前|期间|已|，|(?:中|上)(?:，|审议|讨论)", match["item"])
    ):
        return _cut(sentence, *match.span("item"))
    before = _PLAIN_BEFORE.search(sentence.text[: formats[0]], part[0])
    return _cut(sentence, *before.span("item")) if before else None


def _cut(sentence: Sentence, start: int, end: int) -> str | None:
    """The words as an item: up to what says more of the meeting, without the symbol of a report; None where they are no item."""
    text = sentence.text[start:end]
    if sentence.text[start - 1 : start] == "(":  # 公开辩论(维持和平行动：…)，拟通过…
        text = _closed(text)
    more = _MORE.search(text)
    text = text[: more.start()] if more else text
    text = _NOTE.sub("", text).rstrip("。，；)" if text.count("(") < text.count(")") else "。，；")
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")]
    if len(text) < 2 or _NO_ITEM.search(text):
        return None
    cell = re.split(r"\t|  |\u3000", sentence.printed(start, start + len(text)).strip(" \t\u3000—–-"), maxsplit=1)[0]
    return cell.strip(" —–-") or None


def _closed(text: str) -> str:
    """Words in brackets, up to the bracket that closes them."""
    depth = 1
    for i, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0:
            return text[:i]
    return text
