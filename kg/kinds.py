"""What kind of document it is: a table of kinds, each with what tells it.

A kind is told by the document's own symbol, by a line at its top (masthead, title), or by how its paragraphs are set.
The table is read from above: the first kind that is told wins, so what tells most stands first. Lines are in the normal
form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from kg.cover import title_symbol
from kg.model import DocumentKind

__all__ = ["KINDS", "Top", "kind_of"]

_TOP = 12
"""Paragraphs in which a title is looked for: the masthead of a PDF has up to ten lines."""


@dataclass(frozen=True)
class Top:
    """What a kind is told by: the document's own symbol, its titles (lines of the top that are set as letterhead, title
    or heading), all its paragraphs, and whether one of the first is the title of a letter."""

    symbol: str | None
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    letter: bool = False

    @classmethod
    def of(cls, symbol: str | None, roles: list[str], texts: list[str], *, letter: bool) -> Top:
        rows = zip(roles[:_TOP], texts[:_TOP], strict=False)
        titles = tuple(text for role, text in rows if role in {"heading", "title", "letterhead"})
        return cls(symbol, titles, tuple(texts), letter)

    def has_symbol(self, *starts: str) -> bool:
        """Whether the document's own symbol begins so."""
        return self.symbol is not None and self.symbol.startswith(starts)

    def titled(self, pattern: re.Pattern[str]) -> bool:
        """Whether a line of the top is such a title."""
        return any(pattern.search(title) for title in self.titles)

    def set_so(self, pattern: re.Pattern[str], times: int = 1) -> bool:
        """Whether so many paragraphs, wherever they stand, begin so."""
        return sum(1 for text in self.told if pattern.match(text)) >= times

    @cached_property
    def told(self) -> list[str]:
        """The few paragraphs that begin like those for which `set_so` is asked."""
        return [text for text in self.texts if text[:1] in _BEGINNINGS]

    @cached_property
    def opening(self) -> str:
        """The first paragraphs that are no titles, as one text."""
        return "\n".join(text for text in self.texts[:_TOP] if text not in self.titles)


_COUNCIL = r"(?:联合国)?(?:安全理事会|安理会)"
_STATEMENT = re.compile(r"^(?:安全理事会|安理会)主席(?:的)?声明|^主席声明$")
_STATED = re.compile(
    r"^(?:[^。]{0,80})?主席[^。]{0,120}(?:代表(?:安全理事会|安理会|理事会)|以(?:安全理事会|安理会)(?:的)?名义)[^。]{0,60}(?:发表|作出|宣读)[^。]{0,12}声明(?:如下)?[:：]"
)
_PRESS_SYMBOL = re.compile(r"^(?:联合国|安全理事会|新闻稿)*SC/\d{4,5}$")
_PRESS = re.compile(
    rf"^{_COUNCIL}(?:主席|成员)?(?:向)?(?:新闻界|媒体)?(?:发表的)?(?:新闻声明|新闻谈话|新闻要点)(?!中)|^就.{{2,60}}向新闻界"
    rf"|^{_COUNCIL}(?:主席|成员|轮值主席)?(?:关于|就|对).{{2,60}}(?:新闻声明|新闻谈话|新闻要点|的谈话要点|(?:向|对)(?:新闻界|媒体)(?:发表|发布)?的?(?:声明|谈话要点|谈话|要点))$"
    rf"|^(?:关于|就).{{2,50}}的{_COUNCIL}(?:主席|成员)?(?:新闻声明|新闻谈话|新闻要点)$|^{_COUNCIL}(?:新闻声明|新闻谈话要点|新闻谈话|新闻要点)(?:[:：].{{2,60}}|\(.{{2,60}}\))$"
    rf"|^{_COUNCIL}(?:主席|成员)?(?:向|对)(?:新闻界|媒体)(?:发表)?的(?:声明|谈话要点|谈话|要点)(?:[:：].{{2,60}})?$"
)
_PRESS_RELEASED = re.compile(
    rf"(?:以下|下面|下列)(?:是|为){_COUNCIL}[^。]{{0,60}}(?:新闻声明|新闻谈话|新闻界[^。]{{0,12}}(?:声明|谈话|要点))"
    rf"|{_COUNCIL}(?:轮值)?主席[^。]{{0,60}}(?:向|对)(?:新闻界|媒体|记者)(?:宣读|发表|介绍|发布)了?(?:以下|下列|如下)[^。]{{0,6}}(?:要点|谈话|声明)[:：]"
)


def _is_released(opening: str) -> bool:
    """Whether `_PRESS_RELEASED` is in it; most texts hold none of its words, and need not be searched."""
    asked = "新闻" in opening or "媒体" in opening or "记者" in opening
    return asked and _PRESS_RELEASED.search(opening) is not None


_PRESS_ON = re.compile(r"^(?:关于|就).{2,50}的(?:新闻声明|新闻谈话要点|新闻谈话|新闻要点)$")
_OF_COUNCIL = re.compile(rf"^{_COUNCIL}")
_MEMBERS_SAY = re.compile(rf"^{_COUNCIL}成员(?!国)")
_MEETING = r"第(?:\d{3,5}|[〇零一二三四五六七八九]{3,4})次(?:\([^()]{1,6}\))?会议(?:\([^()]{1,8}\))?"
_AGENDA = re.compile(
    rf"^(?:{_COUNCIL})?(?:的)?(?:{_MEETING})?(?:的)?(?:(?:订正)?临时|订正)议程(?:\(订正\))?$|{_MEETING}(?:的)?议程$"
)
_VERBATIM = re.compile(rf"(?:逐字记录|临时记录)(?:\(?(?:临时|复会)[^。]{{0,6}})?$|{_MEETING}(?:的)?(?:正式)?公报$")
_NUMBERED = re.compile(rf"^(?:{_COUNCIL})?{_MEETING}$")
_PRESIDENT_SPEAKS = re.compile(r"^(?:代理)?主席(?:\([^()]{1,12}发言\))?[:：]")
_OF_A_MEETING = re.compile(
    r"^(?:议程(?:获得)?通过。?$|进行了举手表决|以举手(?:方式)?(?:进行)?表决|[上下中][午][^。]{2,12}(?:开会|散会|宣布开会|休会))"
)
_SHOW_OF_HANDS = re.compile(r"^进行了举手表决")
_IN_FAVOUR = re.compile(r"^(?:进行了举手表决。)?赞成[:：]")
_NOTE = re.compile(r"^安全理事会主席的说明")
_REPORT = re.compile(r"(?:秘书长|委员会|专家小组|专家组|监测组).{0,60}的?报告$|^秘书长的报告[:：]")

_WORK = r"(?:工作(?:方案|计划|日程|安排)|(?:月度|每月)预报)"
_WHEN = r"(?:\d{4}年)?\d{1,2}月(?:份)?"
_NOTED = rf"(?:的?(?:暂定|临时)?(?:月度|每月)?预报|\([^()]{{1,30}}\)|[:：，]?{_WHEN}|\*)*$"
_PROGRAMME = re.compile(
    rf"^(?:{_WHEN}(?:的)?)?{_COUNCIL}(?:工作)?(?:的)?(?:\(?{_WHEN}\)?)?(?:的)?(?:暂定|临时|订正|初步|每月|月度|的)*{_WORK}{_NOTED}"
)
_PROGRAMME_OF_MONTH = re.compile(rf"^{_WHEN}(?:的)?(?:暂定|临时|订正|初步|每月|月度|的)*{_WORK}{_NOTED}")

_BEGINNINGS = frozenset("联安代主议进以上下中赞")
"""With what a match of the patterns for `Top.set_so` begins: members, the President, the steps of a meeting, a vote."""

Told = Callable[[Top], bool]

KINDS: tuple[tuple[DocumentKind, Told], ...] = (
    (DocumentKind.RECORD, lambda top: top.has_symbol("S/PV.")),
    (DocumentKind.AGENDA, lambda top: top.has_symbol("S/Agenda/")),
    (DocumentKind.PRESIDENTIAL_STATEMENT, lambda top: top.has_symbol("S/PRST/")),
    (DocumentKind.LETTER, lambda top: top.letter),
    (DocumentKind.RESOLUTION, lambda top: top.has_symbol("S/RES/") or any(map(title_symbol, top.titles))),
    (DocumentKind.PRESIDENTIAL_STATEMENT, lambda top: top.titled(_STATEMENT)),
    (DocumentKind.PRESS_STATEMENT, lambda top: top.titled(_PRESS) or _is_released(top.opening)),
    (DocumentKind.PRESS_STATEMENT, lambda top: top.titled(_PRESS_ON) and top.titled(_OF_COUNCIL)),
    (DocumentKind.PRESS_STATEMENT, lambda top: top.titled(_PRESS_SYMBOL) and top.set_so(_MEMBERS_SAY)),
    (DocumentKind.RECORD, lambda top: top.titled(_VERBATIM)),
    (DocumentKind.AGENDA, lambda top: top.titled(_AGENDA)),
    (DocumentKind.RECORD, lambda top: top.titled(_NUMBERED)),
    (DocumentKind.PROGRAMME, lambda top: top.titled(_PROGRAMME)),
    (DocumentKind.PROGRAMME, lambda top: top.titled(_PROGRAMME_OF_MONTH) and top.titled(_OF_COUNCIL)),
    (DocumentKind.NOTE, lambda top: top.titled(_NOTE)),
    (DocumentKind.REPORT, lambda top: top.titled(_REPORT)),
    (DocumentKind.RECORD, lambda top: top.set_so(_PRESIDENT_SPEAKS) and top.set_so(_OF_A_MEETING)),
    (DocumentKind.RECORD, lambda top: top.set_so(_PRESIDENT_SPEAKS, 2)),
    (DocumentKind.RECORD, lambda top: top.set_so(_SHOW_OF_HANDS) and top.set_so(_IN_FAVOUR)),
    (DocumentKind.PRESIDENTIAL_STATEMENT, lambda top: bool(_STATED.search(top.opening))),
)
"""Kinds in the order in which they are tried. A row is a kind and what tells it; several rows may tell one kind."""


def kind_of(top: Top) -> DocumentKind:
    """The first kind of the table that is told, else ``OTHER``."""
    return next((kind for kind, told in KINDS if told(top)), DocumentKind.OTHER)
