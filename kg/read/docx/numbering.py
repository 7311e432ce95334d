"""The numbers that Word prints before paragraphs and keeps in no text: ``1.`` ``(a)`` ``一、`` and bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.read.numerals import numeral

if TYPE_CHECKING:
    from kg.read.docx.styles import Styles
    from kg.read.xmltree import Node

__all__ = ["Numbering"]

_LEVELS = 9


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    close: bool = False
    """Nothing stands between number and text."""
    legal: bool = False
    restarts: bool = True
    style: str | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Counts the numbered paragraphs of a document, in their order."""

    def __init__(self, numbering: Node | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._used: set[str] = set()
        for node in numbering.children if numbering else ():
            if node.tag == "abstractNum":
                levels = {_int(n.attributes.get("ilvl")): _level(n) for n in node.children if n.tag == "lvl"}
                self._lists[node.attributes.get("abstractNumId", "")] = _List(levels)
            elif node.tag == "num":
                self._num(node)

    def label(self, properties: Node | None) -> str:
        """What is printed before the paragraph with these properties (``w:pPr``), the blank behind it too, or ""."""
        style = self._styles.of(properties)
        number, depth = self._styles.numbering(style)
        if properties and properties.first("numPr"):
            number = properties.value("numPr", "numId") or number
            depth = properties.value("numPr", "ilvl") or depth
        if number is None or number not in self._nums:
            return ""
        base, changed, starts = self._nums[number]
        chosen = self._lists.get(base)
        if chosen is None:
            return ""
        if depth is None:
            depth = next((str(i) for i, level in chosen.levels.items() if level.style and level.style == style), "0")
        levels = {**chosen.levels, **changed}
        at = min(_int(depth), _LEVELS - 1)
        if number not in self._used:
            self._used.add(number)
            for i, start in starts.items():
                chosen.counts[i] = start - 1
        return self._count(chosen.counts, levels, at)

    def _count(self, counts: list[int | None], levels: dict[int, _Level], at: int) -> str:
        level = levels.get(at, _Level())
        before = counts[at]
        counts[at] = level.start if before is None else before + 1
        for deeper in range(at + 1, _LEVELS):
            if levels.get(deeper, level).restarts:
                counts[deeper] = None
        if level.form == "bullet":
            sign = level.text.strip() or "•"
            return ("•" if "\ue000" <= sign[0] <= "\uf8ff" else sign) + " "

        def shown(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            its = levels.get(which, _Level())
            count = counts[which]
            return numeral(its.start if count is None else count, "decimal" if level.legal else its.form)

        label = re.sub("%([1-9])", shown, level.text)
        return label + ("" if level.close or not label else " ")

    def _num(self, node: Node) -> None:
        changed: dict[int, _Level] = {}
        starts: dict[int, int] = {}
        for override in (n for n in node.children if n.tag == "lvlOverride"):
            at = min(_int(override.attributes.get("ilvl")), _LEVELS - 1)
            other = override.first("lvl")
            if other:
                changed[at] = _level(other)
            start = override.value("startOverride")
            if start is not None:
                starts[at] = _int(start)
        self._nums[node.attributes.get("numId", "")] = (node.value("abstractNumId") or "", changed, starts)


def _level(node: Node) -> _Level:
    return _Level(
        start=_int(node.value("start"), 1),
        form=node.value("numFmt") or "decimal",
        text=node.value("lvlText") or "",
        close=node.value("suff") == "nothing",
        legal=node.first("isLgl") is not None,
        restarts=node.value("lvlRestart") != "0",
        style=node.value("pStyle"),
    )


def _int(text: str | None, default: int = 0) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else default
