"""What a span of the trained component must look like to be believed.

The component reads contexts and is right about most of them; what it then takes for a name may be a heading (旅行), a place
(拉美) or half a clause. A name has a make of its own, and that can be checked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.gazetteer.names import load_name_lists
from kg.model import MentionType
from kg.pipeline.names import HONORIFICS

if TYPE_CHECKING:
    from spacy.tokens import Span

__all__ = ["is_body", "is_person", "is_plausible"]

_LISTS = load_name_lists()
_T = "".join(_LISTS["transliteration"])
_SURNAME = "|".join(sorted({*"".join(_LISTS["surnames"]), *_LISTS["compound"]}, key=lambda s: (-len(s), s)))

_DOTTED = re.compile(
    r"[\u4e00-\u9fff]{1,9}(?:-[\u4e00-\u9fff]{1,9})?(?:·(?:[\u4e00-\u9fff]{1,9}(?:-[\u4e00-\u9fff]{1,9})?|[A-Z]\.?))+"
)
_LATIN_PART = r"[A-ZÀ-Þ][A-Za-zÀ-ɏ'’`.-]*"
_LATIN = re.compile(rf"{_LATIN_PART}(?: (?:[a-z]{{2,3}}[ -])?{_LATIN_PART}){{1,6}}")
_SHORT_LATIN = re.compile(_LATIN_PART)
_PLAIN = re.compile(rf"[{_T}]{{3,8}}")
_EAST_ASIAN = re.compile(rf"(?:{_SURNAME})[\u4e00-\u9fff]{{1,2}}")
_WITH_HONORIFIC = re.compile(rf"[\u4e00-\u9fff]{{2,8}}(?:-[\u4e00-\u9fff]{{1,8}})?|{_SURNAME}")
_HONORIFIC = re.compile(HONORIFICS)
_ADDRESS = re.compile(r"先生|女士|小姐|夫人|阁下")  # other honorifics are common nouns too: 提高议员的认识
_NO_END = re.compile(r"(?:会|部|省|市|县|镇|村|州|港|岛|群岛|族|国|军|团|党|组织|小组|号)$")

_BODY = re.compile(
    r"(?:基金会?|[会团军党盟社署局厅处科股旅组]|(?<!职)司|部|部队|组织|机构|中心|大学|学院|银行|公司|集团|工作队|武装|阵线|运动|力量|论坛|网络?|"
    r"行动|机制|办公室|办事处|法院|法庭|电台|研究所|研究院|科学院|卫队|伙伴关系|倡议|[A-Z]{2,})$"
)
_NO_BODY = re.compile(r"(?:社会|机会|通报会|研讨会|讨论会|磋商会|座谈会|[格当结布时]局|会议厅|[东南西北中内外]部)$")
_CLAUSE = re.compile(r"[的为由将被把至从，；。：\"]|^(?:非(?!洲|盟)|归|第一部|会议|大会第)")


def is_person(text: str, after: str = "") -> bool:
    """Whether ``text`` can be a person's name; ``after`` is what follows it.

    Taken: names with an interpunct, two Latin words or more, three or more characters of transliteration, a surname with one
    or two characters; before an honorific less is enough. Refused: places by their last character, other words.
    """
    if _NO_END.search(text):
        return False
    if _SHORT_LATIN.fullmatch(text):
        return bool(_HONORIFIC.match(after.lstrip()))
    if _ADDRESS.match(after) and _WITH_HONORIFIC.fullmatch(text):
        return True
    if text in _LISTS["words"] or text[:2] in _LISTS["words"]:
        return False
    return any(make.fullmatch(text) for make in (_DOTTED, _LATIN, _PLAIN, _EAST_ASIAN))


def is_body(text: str) -> bool:
    """Whether ``text`` can name a mission or organization: it ends with what it is (团 委员会 大学) or is an acronym, and it
    is no part of a clause."""
    if _NO_BODY.search(text) or _CLAUSE.search(text):
        return False
    return bool(_BODY.search(text)) and text.count("《") == text.count("》")


def is_plausible(span: Span) -> bool:
    """The test for the label of ``span``."""
    if span.label_ == MentionType.OFFICIAL:
        return is_person(span.text, span.doc.text[span.end_char : span.end_char + 4])
    return is_body(span.text)
