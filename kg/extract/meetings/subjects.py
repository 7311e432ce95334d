"""What a meeting is about: theme and agenda item as quoted, topic as printed or by the heading above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.context import heading
from kg.extract.gate import Gated
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.view import Sentence

__all__ = ["heading_topic", "theme_and_item", "topic_of"]

_ITEM = Gated(
    r"(?:题为(?P<a>«Q»)的?(?:议程)?项目|(?:议程)?项目(?:是|为|定为)?(?P<b>«Q»)|(?P<c>«Q»)(?:这一|的|这个)?(?:议程)?项目)"
)
_THEME = Gated(
    r"以(?P<a>«Q»)为(?:主题|题|议题|题目)|(?:主题|题目|议题|专题)(?:定)?[为是](?P<b>«Q»)|(?P<h>«Q»)(?:这一|这个|的|为)(?:主题|专题|题目|议题)|关于(?P<c>«Q»)(?:的|专题|问题|主题){0,2}(?=[^，。；“]{0,12}«F»)|(?P<d>«Q»)(?:这一|的)?(?:专题|主题)[^，。；]{0,8}«F»"
    r"|(?P<k>«Q»)(?=«F»)|题为(?P<i>«Q»)(?!的|项|这|议)|题为(?P<e>«Q»)的[^，。；项]{0,12}«F»|就(?P<g>«Q»)[^，。；项]{0,8}(?:举行|召开)"
)
_ABOUT = compile_masked(r"(?:关于|就|讨论|审议)(?P<topic>[^，。；]{2,60}?)(?:的)?(?:季度|年度)?$")


def theme_and_item(sentence: Sentence) -> tuple[str | None, str | None]:
    """Theme and agenda item, each as quoted."""
    item = theme = None
    used: set[int] = set()
    for match in _ITEM.finditer(sentence):
        group = next(g for g in ("a", "b", "c") if match[g])
        used.add(match.start(group))
        if item is None:
            item = sentence.printed(match.start(group) + 1, match.end(group) - 1)
    for match in _THEME.finditer(sentence):
        group = next(g for g in "abcdeghik" if match[g])
        if match.start(group) not in used and theme is None:
            theme = sentence.printed(match.start(group) + 1, match.end(group) - 1)
    return theme, item


def topic_of(sentence: Sentence, match: re.Match[str], mod: str) -> str | None:
    """What 关于…的通报会 says, as printed."""
    start = match.start("mod") if match.groupdict().get("mod") is not None else -1
    if start < 0:
        return None
    about = _ABOUT.search(mod)
    if not about or "“" in sentence.text[start : start + len(mod)]:
        return None
    return sentence.printed(start + about.start("topic"), start + about.end("topic"))


def heading_topic(sentence: Sentence) -> str | None:
    """The situation of an assessment's section (利比亚); a letter's headings (背景) say nothing of the meeting."""
    document = sentence.document
    section = document.sections[sentence.paragraph.section] if document.sections else None
    if section is None or section.kind != "section" or section.level < 2 or sentence.paragraph.role == "heading":
        return None
    return heading(sentence)
