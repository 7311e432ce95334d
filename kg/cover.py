"""The cover of a resolution: its title, and the line that says when and at which meeting it was adopted.

The line has many forms: ``2021年4月16日安全理事会第8762次会议通过``, ``安全理事会2020年3月30日通过`` (in writing,
without a meeting), ``第8762次会议于…通过``, with votes (``以13票赞成、2票弃权通过``), in brackets, in Chinese numerals;
at the end of older texts ``第2087次会议以12票对零票、2票弃权通过。`` alone. Files of the UN lose 安全理事会 and 第.
Input is the normal form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.dates import DateExpression, find_dates
from kg.symbols import find_resolutions
from kg.text import parse_numeral

__all__ = ["AdoptionLine", "adoption_line", "title_symbol"]

_ORGAN = r"(?:联合国)?(?:安全理事会|安理会)"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = rf"(?:(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{{3}})年{_SMALL}月{_SMALL}日"
_MEETING = (
    r"(?:第(?P<{0}>\d{{1,5}}|[〇零一二三四五六七八九十百千]{{1,9}})|(?P<{0}_bare>\d{{3,5}}))次(?:\([^()]{{1,12}}\))?"
    r"(?:公开|非公开|紧急|特别)?会议(?:\([^()]{{1,20}}\))?(?:上)?"
)
_HOW = (
    r"，?(?:以(?P<vote>[\d〇零一二三四五六七八九十]{1,3}票(?:(?![未不])[^。]){0,120}?)|(?P<unanimous>一致|全票)|未经表决"
    r"|(?:以|经|通过|采用)?(?P<written>书面(?:表决|投票|程序))(?:方式|程序|形式)?)?，?"
)
_LINE = re.compile(
    rf"[\[(]?(?:于|在)?(?:(?:{_ORGAN}(?:于|在)?)?{_DAY}，?(?:{_ORGAN})?(?:在)?(?:{_MEETING.format('number')})?"
    rf"|(?:{_ORGAN})?{_MEETING.format('number2')}(?:于)?(?:{_DAY})?){_HOW}(?:获得?)?通过(?:[)\]。]|$){{0,2}}"
)


_TITLE = re.compile(
    rf"(?:{_DAY})?(?:{_ORGAN})?第(?:\d{{1,4}}|[〇零一二三四五六七八九十百]{{1,5}})"
    r"\((?:\d{4}|[一二][〇零一二三四五六七八九]{3})\)号决议(?!所|设|规|执|的|第|和|及|与|、|要求|附件|中|草案)"
)


@dataclass(frozen=True, slots=True)
class AdoptionLine:
    """``day`` and ``number`` of the meeting, each None where it is not printed; ``vote``: the words that count it."""

    day: DateExpression | None
    number: str | None
    vote: str | None = None
    unanimous: bool = False
    written: bool = False


def adoption_line(text: str) -> AdoptionLine | None:
    """What a whole line says of its document's adoption; None for any other line."""
    if len(text) > 200 or "通过" not in text:
        return None
    match = _LINE.fullmatch(text)
    if match is None:
        return None
    printed = next((match[name] for name in ("number", "number_bare", "number2", "number2_bare") if match[name]), None)
    value = parse_numeral(printed) if printed else None
    return AdoptionLine(
        day=next(iter(find_dates(text)), None),
        number=str(value) if value else None,
        vote=match["vote"],
        unanimous=bool(match["unanimous"]),
        written=bool(match["written"]),
    )


def title_symbol(text: str) -> str | None:
    """The symbol of the resolution of which a line is the title (``第2511(2020)号决议``).

    None for any other line, such as ``第1970(2011)号决议所设委员会``.
    """
    if len(text) > 120 or _TITLE.match(text) is None:
        return None
    return next((cited.symbol for cited in find_resolutions(text)), None)
