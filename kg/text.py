"""Pure functions on Chinese text: one normal form with a map back, numerals, and dates.

The *normal form* is what every rule and model reads: one script, one width, no layout blanks. It differs from the
text as printed in these ways only:

* full-width digits, letters and ASCII signs become half-width, brackets too: ``（２０２０）`` -> ``(2020)``;
  ``，。；：？！`` stay, they are Chinese punctuation and not wide ASCII to a reader;
* blanks that touch a Han character, a bracket or Chinese punctuation go: ``1 月 31 日`` -> ``1月31日``;
* Kangxi radicals and compatibility ideographs, which some PDFs hold, become the characters they stand for;
* traditional characters become simplified ones, one for one (OpenCC ``t2s``);
* the interpunct of names has one form ``·``, corner brackets become ``“”``, single dashes ``-``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.model import OffsetMap

__all__ = ["HAN", "normalize", "parse_numeral", "to_simplified"]

HAN = "\u3400-\u9fff\uf900-\ufaff〇"
"""Inside a character class: Han characters, 〇 among them."""

_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_BLANK = frozenset(" \t\u00a0\u3000\u2002\u2003\u2009\u202f")
_KEEP_WIDE = frozenset("，；：？！")
_TIGHT = re.compile(rf"[{HAN}。，、；：？！“”‘’《》()\[\]…—·]")


_BULLET_IN_NAME = re.compile(rf"(?<=[{HAN}])•(?=[{HAN}])")


def _single_characters() -> dict[str, str]:
    table: dict[str, str] = {}
    for code in range(0xFF01, 0xFF5F):
        wide = chr(code)
        if wide not in _KEEP_WIDE:
            table[wide] = chr(code - 0xFEE0)
    for start, end in ((0x2E80, 0x2FE0), (0xF900, 0xFB00)):
        for code in range(start, end):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1:
                table[chr(code)] = plain
    table.update(dict.fromkeys("・‧∙⋅", "·"))
    table.update(dict.fromkeys("‐‑‒–−﹣", "-"))
    table.update({"「": "“", "」": "”", "『": "‘", "』": "’", "〔": "(", "〕": ")", "﹝": "(", "﹞": ")"})
    table.update({"○": "〇", "﹑": "、", "﹐": "，", "﹒": "."})
    return table


_SINGLE = str.maketrans(_single_characters())


@cache
def _converter() -> object:
    import opencc  # heavy: loads its dictionaries

    return opencc.OpenCC("t2s")


def to_simplified(text: str) -> str:
    """Simplified characters for traditional ones; the length stays the same, so offsets do too."""
    if text.isascii():
        return text
    converted: str = _converter().convert(text)  # type: ignore[attr-defined]
    if len(converted) == len(text):
        return converted
    return "".join(c if len(c) == 1 else o for o in text for c in (_converter().convert(o),))  # type: ignore[attr-defined]


def normalize(text: str) -> tuple[str, OffsetMap]:
    """The normal form of ``text`` and the map from its offsets to those of ``text``."""
    folded = _BULLET_IN_NAME.sub("·", to_simplified(text.translate(_SINGLE)))
    if not any(c in _BLANK or c in _ZERO_WIDTH for c in folded):
        return folded, OffsetMap.identity()
    kept: list[str] = []
    positions: list[int] = []
    i, n = 0, len(folded)
    while i < n:
        c = folded[i]
        if c in _ZERO_WIDTH:
            i += 1
            continue
        if c in _BLANK:
            j = i
            while j < n and (folded[j] in _BLANK or folded[j] in _ZERO_WIDTH):
                j += 1
            before = kept[-1] if kept else "\n"
            after = folded[j] if j < n else "\n"
            if not (before == "\n" or after == "\n" or _TIGHT.match(before) or _TIGHT.match(after)):
                kept.append(" ")
                positions.append(i)
            i = j
            continue
        kept.append(c)
        positions.append(i)
        i += 1
    return "".join(kept), OffsetMap.of(positions)


_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "廿": 20, "卅": 30}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000, "亿": 100000000}


def parse_numeral(text: str) -> int | None:
    """The value of an Arabic or Chinese numeral (``12`` ``十二`` ``二〇二〇`` ``一百二十万``), None if it is none."""
    if text.isascii():
        digits = text.replace(" ", "").replace(",", "")
        return int(digits) if digits.isdigit() else None
    if all(c in _DIGITS for c in text):
        if len(text) == 1:
            return _DIGITS[text]
        if any(_DIGITS[c] > 9 for c in text):
            return sum(_DIGITS[c] for c in text)
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = number = 0
    for c in text:
        if c in _DIGITS:
            number = _DIGITS[c]
        elif c in _UNITS:
            unit = _UNITS[c]
            if unit >= 10000:
                total = (
                    (total + section + number) * unit if unit > 10000 and total else total + (section + number) * unit
                )
                section = 0
            else:
                section += (number or 1) * unit
            number = 0
        else:
            return None
    return total + section + number
