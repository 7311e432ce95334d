"""Lines of a file as they were set, and how it breaks them: at which width, with which blanks.

A `Style` is told from all lines of a file; it then says of two neighbours whether they are one paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import NamedTuple

__all__ = ["NUMBERED", "SYMBOL_LINE", "Line", "Style", "ends_sentence", "is_final", "split_lines"]

SYMBOL_LINE = re.compile(
    r"\s*(?:联\s*合\s*国\s+)?(?P<symbol>[SA]/"
    r"(?:RES/\d{1,4} ?\(\d{4}\)|PV\.\d{1,5}(?: ?\([\w ]+\))?|(?:[A-Z]+/)?\d{2,4}/[\w./-]+(?:\(\w+\))?))\s*"
)
"""A line that holds the symbol of a document only: of the letterhead, or a running head."""
NUMBERED = re.compile(
    r"\s*(?:\d{1,3}\s*[.．、]|\([a-z\d一二三四五六七八九十]{1,4}\)|[一二三四五六七八九十]{1,3}\s*[.．、]|[•·●▪○◦\uf0a7\uf0b7]|[A-Za-z]\.(?:\s|$))"
)
_PARTED = re.compile(r"\S(?:[ \u3000]{4,}|[ \u3000]*\t[ \u3000\t]*|[ \u3000]*(?:\.(?: ?\.){4,}|…{2,})[ \u3000]*)\S")
"""Two columns of a masthead, or a name that dots lead to: ``中国 .......... 张军先生``."""
_OPENER = re.compile(
    r"\s*(?:本记录包括|(?:代理)?主席[（(:：]|[^，。：:（()]{1,20}(?:先生|女士|小姐|夫人|爵士|大使|秘书长)\s*(?:[（(][^（()）]{1,20}[)）]\s*){0,2}[:：]"
    r"|(?:[賛赞贊]成|反[对對]|[弃棄][权權])[:：]"
    r"|\d{1,3}[.．]\s*(?:[还還又并並也])?(?:再次)?(?:决定|決定|核准|授权|授權|重申|请|請|吁|呼吁|促请|要求|欢迎|歡迎|强调|表示|谴责|敦促|鼓励|"
    r"注意到|赞扬|认可|确认|延长))"
)
"""What opens a paragraph however the line before it ends: a speaker or a list of votes of a record, a numbered
paragraph of a resolution (1. 决定…), before which the preamble ends with a comma."""
_TITLE_LINE = re.compile(r"\s*\d{4}\s*年.{4,60}[给致].{2,30}的(?:同文)?信(?:的(?:附件|附文)\S{0,2})?\s*$")
_CLOSING = "”’\"')）》"
_FINAL = frozenset("。！？；：:;!?")
_TERMINAL = frozenset("。！？")
_GOING_ON = frozenset("。；，、：")
_UNEVEN = frozenset("h_*第无请請联SA")
"""With what links, rulers, page numbers and symbols begin, if not with a digit."""
_PAGE_WIDTH = 56
"""Cells that a line of one column has at least."""


def is_final(text: str) -> bool:
    """Whether a line ends with a mark that may end a paragraph, quotes and brackets that close with it counted."""
    return text.rstrip().rstrip(_CLOSING)[-1:] in _FINAL


def ends_sentence(text: str) -> bool:
    """Whether a line ends with the end of a sentence, quotes and brackets that close with it counted."""
    return text.rstrip().rstrip(_CLOSING)[-1:] in _TERMINAL


class Line(NamedTuple):
    """A line that is not blank: its text without the line end, its place in the file, whether no blank line stands
    before it (``glued``), and its page; ``words``: its text without the blanks around it, ``indent`` those before them,
    and ``width`` how many cells they take (a Han character takes two).

    ``plain``: it begins unlike every link, ruler, page number and symbol, so that none of them need be looked for;
    ``parted``: a wide gap or leading dots part what it holds: a masthead or a table, no prose.
    """

    text: str
    at: int
    glued: bool
    page: int
    words: str
    indent: int
    width: int
    plain: bool
    parted: bool

    @classmethod
    def of(cls, text: str, at: int = 0, *, glued: bool = False, page: int = 1) -> Line:
        """The line of a text that has no line end and is not blank."""
        words = text.strip()
        plain = words[0] not in _UNEVEN and not words[0].isdecimal()
        indent = 0 if words[0] == text[0] else len(text) - len(text.lstrip())
        return cls(text, at, glued, page, words, indent, _width(words), plain, _is_parted(text))

    @property
    def trailing(self) -> bool:
        """Whether blanks stand behind the words."""
        return len(self.text) != self.indent + len(self.words)


def _is_parted(text: str) -> bool:
    # one of these is in every match
    gap = "\t" in text or "…" in text or ".." in text or ". ." in text or "  " in text or "\u3000" in text
    return gap and _PARTED.search(text) is not None


def split_lines(text: str) -> list[Line]:
    """Lines that are not blank. Line ends may be LF, CRLF or CR; a form feed ends a line and a page."""
    lines: list[Line] = []
    page, at = 1, 0
    blank_before = True
    parts = _LINE_END.split(text)
    for body, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if body and not body.isspace():
            lines.append(Line.of(body, at, glued=not blank_before, page=page))
            blank_before = False
        else:
            blank_before = True
        if end == "\f":
            page += 1
            blank_before = False
        at += len(body) + len(end)
    return lines


_LINE_END = re.compile(r"(\r\n|[\n\r\f])")


class _Cells(dict[str, int]):
    """How many cells a character takes, looked up once for each character."""

    def __missing__(self, character: str) -> int:
        cells = self[character] = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        return cells


_CELLS = _Cells()
_WIDE = re.compile("[\u3001-\u3003\u4e00-\u9fff\uff01-\uff60]+")
"""Runs of characters that take two cells, most of what there is: to count the others alone is cheaper."""


def _width(text: str) -> int:
    others = _WIDE.sub("", text)
    return 2 * (len(text) - len(others)) + sum(map(_CELLS.__getitem__, others))


@dataclass(frozen=True, slots=True)
class Style:
    """How a file breaks its lines: ``wrapped`` at about ``width`` cells; ``double`` with a blank line after each;
    ``marked`` where a blank at the end of a line closes a paragraph."""

    wrapped: bool
    width: int
    double: bool
    marked: bool

    @classmethod
    def of(cls, lines: list[Line]) -> Style:
        if len(lines) < 3:
            return cls(False, 0, False, False)
        width = _wrapping_width(lines)
        wrapped = width is not None
        width = width or 0
        double = sum(line.glued for line in lines) < 0.3 * len(lines)
        unmarked = [line for line in lines if not line.trailing]
        if not wrapped and double and _few_are_left_open(lines, unmarked):
            return cls(True, max(line.width for line in unmarked), double, True)
        long_unmarked = sum(line.width >= 0.8 * width for line in unmarked)
        marked = len(lines) - len(unmarked) >= 2 and bool(unmarked) and long_unmarked >= 0.85 * len(unmarked)
        return cls(wrapped, width, double, marked)

    def leaves_open(self, line: Line) -> bool:
        """Whether a sentence goes on after ``line``."""
        return self.wrapped and line.width >= 0.8 * self.width and not is_final(line.text)

    def joins(self, last: Line, line: Line) -> bool:
        """Whether ``line`` goes on with the paragraph of ``last``."""
        if not self.wrapped:
            return False
        if not last.plain and (_TITLE_LINE.match(last.text) or SYMBOL_LINE.fullmatch(last.text)):
            return False
        if not line.plain and SYMBOL_LINE.fullmatch(line.text):
            return False
        if last.parted or line.parted or _opens(line):
            return False
        full = last.width >= 0.8 * self.width
        numbered = bool(NUMBERED.match(line.text))
        if self.marked:
            if not last.trailing:
                return True
            # a wrapped line may end with a printed blank: long, unfinished, the next line neither set in nor numbered
            return (
                last.width >= 0.93 * self.width
                and not is_final(last.text)
                and line.indent == 0
                and not numbered
                and line.width > 0.3 * self.width
            )
        if not self.double and not line.glued:
            return full and not is_final(last.text) and not numbered and line.indent == 0
        if not full or (numbered and is_final(last.text)):
            return False
        if line.indent > 0:
            return not is_final(last.text) and not numbered
        # a short line without an end after a finished sentence is a heading
        short = line.width < 0.5 * self.width and line.words[-1] not in _GOING_ON
        return not (short and ends_sentence(last.text))


def _opens(line: Line) -> bool:
    """Whether `_OPENER` matches: a colon or bracket behind a speaker, a number, or 本 stands in every match."""
    words = line.words
    asked = not line.plain or "：" in words or ":" in words or "（" in words or "(" in words or words[0] == "本"
    return asked and _OPENER.match(words) is not None


def _wrapping_width(lines: list[Line]) -> int | None:
    """Cells at which lines are broken, None where they are not: many lines of about that width, most of them left open.

    In a short document the letterhead outnumbers them: then a few lines of one width will do, if they are as wide as a
    page and hardly any is wider. A line that a numbered or an indented one follows is not left open: lists, headings.
    """
    widths = sorted(line.width for line in lines)
    width = widths[int(len(widths) * 0.9)]
    full = bisect_right(widths, 1.12 * width) - bisect_left(widths, 0.85 * width)
    if 30 <= width <= 130 and full >= 0.25 * len(widths) and _is_wrapped(widths, lines, width):
        return width
    page = sorted(_left_open(lines, _PAGE_WIDTH, 130))
    alike = ((bisect_right(page, w) - bisect_left(page, 0.94 * w), w) for w in set(page))
    _, width = max(alike, default=(0, 0))
    wider = len(widths) - bisect_right(widths, 1.12 * width)
    return width if wider <= 0.1 * len(widths) and _is_wrapped(widths, lines, width) else None


def _left_open(lines: list[Line], least: float, most: float = inf) -> list[int]:
    """Widths from ``least`` to ``most`` of the lines that are left open."""
    return [
        line.width
        for line, after in pairwise(lines)
        if least <= line.width <= most
        and not is_final(line.words)
        and not NUMBERED.match(after.text)
        and after.indent <= line.indent
    ]


def _few_are_left_open(lines: list[Line], unmarked: list[Line]) -> bool:
    """Whether a short document, an agenda say, marks the end of each paragraph with a blank, and the few lines without
    one are as wide as a page."""
    open_lines = [line for line in unmarked if _PAGE_WIDTH <= line.width <= 130 and not is_final(line.text)]
    return 0 < len(unmarked) == len(open_lines) <= len(lines) // 4


def _is_wrapped(widths: list[int], lines: list[Line], width: int) -> bool:
    """Whether enough lines as wide as ``width`` are left open: in a narrow column chance makes more of them."""
    full = len(widths) - bisect_left(widths, 0.85 * width)
    broken = len(_left_open(lines, 0.85 * width))
    return broken >= (2 if width >= _PAGE_WIDTH else 6) and broken >= 0.5 * full
