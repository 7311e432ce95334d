"""The item of a meeting and its theme, as a front page or an agenda prints them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.front.turns import turn
from kg.model import DocumentKind

if TYPE_CHECKING:
    from kg.extract.view import Sentence, View

__all__ = ["ADOPTED", "DOCUMENT", "NOTE", "OPENS", "item_and_theme"]

OPENS = re.compile(r"^(?:[上下中]午|晚上)\d{1,2}时[^。，]{0,12}(?:宣布)?(?:会议)?(?:开会|复会|开始)")
ADOPTED = re.compile(r"^(?:\d{1,2}|[一二三四])?[.．、]?通过议程[。；]?$|^议程(?:获得)?通过。?$")
NOTE = re.compile(
    r"^(?:本记录|最后文本|定本|更正|\d\d-\d{5}|\*|无障碍|请回收|附件|\((?=.{0,80}(?:主持|通报|发言|举行|召开|参加))|(?:说明|注|备注|按语)[:：])|开会。?$|散会。?$"
)
DOCUMENT = re.compile(
    r"(?:报告|的信|来信|的信函|同文信|照会|说明|来文)(?:\(.*\))?[。；]?$|\([SA]/[^()]*(?:\([^()]*\))?[^()]*\)[。；]?$"
)
_ITEM = re.compile(r"^(?:议程(?:项目)?|临时议程)(?:[:：]?$|[:：](?=.))")
_ITEM_NUMBER = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九])[.．、](?!\d)")
_GLUED = re.compile(
    r"(?<=.)(?=\d{4}年\d{1,2}月\d{1,2}日[^。]{2,60}(?:信|照会)|秘书长(?:关于|的|根据|依照|按照)[^。]{0,80}报告)"
)
_SYMBOL = re.compile(r"\((?:文件)?[SA]/[^()]*(?:\([^()]*\)[^()]*)*\)$")
"""``秘书长关于苏丹的报告(S/2006/728)``: the item is the words, the symbol its document."""
_FULL_LINE = 33
"""Characters of an item that fills its line."""
_NUMBERS = frozenset([*"123456789", *"一二三四五六七八九"])


def item_and_theme(view: View, page: tuple[Sentence, ...], end: int) -> tuple[str | None, str | None, list[Sentence]]:
    """Item and theme as printed, and the lines that print them: under 议程项目 on the page, else after the adoption of the
    agenda. Two numbered items are none."""
    lines = _lines_of_items(view, page, end)
    item: Sentence | None = None
    theme: Sentence | None = None
    for sentence in lines:
        if NOTE.search(sentence.text) or turn(sentence.text) or OPENS.search(sentence.text):
            break
        if ADOPTED.match(sentence.text):
            continue
        if item is None:
            item = sentence
        elif (sentence.paragraph.number or "") in _NUMBERS:
            return None, None, []
        elif theme is None and not DOCUMENT.search(sentence.text) and sentence.index != item.index:
            theme = sentence
    told = [s for s in (item, theme) if s is not None]
    if item is not None and theme is not None and len(item.text) >= _FULL_LINE and item.text[-1] not in "。；":
        return f"{_printed(item)}{_printed(theme)}", None, told  # an item of two lines
    return _printed(item), _printed(theme), told


def _lines_of_items(view: View, page: tuple[Sentence, ...], end: int) -> tuple[Sentence, ...]:
    labelled = next((i for i, s in enumerate(page) if _ITEM.match(s.text)), None)
    if labelled is not None and view.document.kind is DocumentKind.RECORD:
        beside = not _ITEM.fullmatch(page[labelled].text)
        return page[labelled + (0 if beside else 1) :]
    near = view.sentences[: end + 12]
    adopted = [i for i, s in enumerate(near) if ADOPTED.match(s.text)]
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
    symbol = _SYMBOL.search(sentence.text, start, end)
    end = symbol.start() if symbol and symbol.start() > start else end
    if sentence.text[start : start + 1] == "“" and sentence.text[end - 1] == "”":
        start, end = start + 1, end - 1
    return sentence.printed(start, end).strip() or None
