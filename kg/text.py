"""Pure functions on Chinese text: one normal form with a map back, and numerals.

The *normal form* is what every rule and model reads: one script, one width, no layout blanks. It differs from the
text as printed in these ways only:

* full-width digits, letters and ASCII signs become half-width, brackets too: ``（２０２０）`` -> ``(2020)``;
  ``，。；：？！`` stay, they are Chinese punctuation and not wide ASCII to a reader;
* blanks that touch a Han character, a bracket or Chinese punctuation go (``1 月 31 日`` -> ``1月31日``), other runs of
  blanks become one; signs without width (joiners, direction marks, variation selectors) go;
* radicals and compatibility ideographs, which some PDFs hold, become the characters they stand for;
* traditional characters become simplified ones, one for one (OpenCC ``t2s``);
* halves of surrogate pairs, and private characters that `kg.pipeline.mask` uses, become ``U+FFFD``;
* the interpunct of names has one form ``·``, corner brackets become ``“”``, single dashes ``-``, and the round zeros of
  years ``〇`` (``二○○五`` ``二O一五年``).

Normalizing twice is normalizing once.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kg.model import OffsetMap

__all__ = ["HAN", "normalize", "parse_numeral", "to_simplified", "unify_ideographs"]

HAN = "\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U000323af"
"""Inside a character class: Han characters, 〇 among them."""

_BLANK = " \t\x0b\x0c\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ZERO_WIDTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_GAP = re.compile(f"[{_BLANK}{_ZERO_WIDTH}]+")
_BLANKS = re.compile(f"[{_BLANK}]")
_KEEP_WIDE = frozenset("，；：？！")
_TIGHT = re.compile(rf"[{HAN}。，、；：？！“”‘’《》()\[\]…—·○\n]")

_BULLET = "•"
_BULLET_IN_NAME = re.compile(rf"(?<=[{HAN}]){_BULLET}(?=[{HAN}])")
_ROUND_ZERO = re.compile("[〇零一二三四五六七八九][○O0]")
"""In every match of `_ROUND_ZEROS` that changes a character."""
_ROUND_ZEROS = re.compile(r"(?<=[一二])[〇零一二三四五六七八九○O0]{3}(?=年)|(?<=[〇一二三四五六七八九])○+")
_SURROGATES = re.compile("([\ud800-\udfff]+)")


def _ideographs() -> dict[str, str]:
    table: dict[str, str] = {}
    for start, end in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20)):
        for code in range(start, end):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[chr(code)] = plain
    # radicals that Unicode leaves without a decomposition; fonts of Chinese word processors use them
    radicals = "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻲"
    table.update(zip(radicals, "民西见角贝车长门青韦页风飞马骨鬼鱼鸟卤麦黄齐齿龙龟", strict=True))
    return table


_IDEOGRAPHS = str.maketrans(_ideographs())


def unify_ideographs(text: str) -> str:
    """Han characters for the radicals and compatibility ideographs that stand for them in some PDFs, one for one."""
    return text if text.isascii() else text.translate(_IDEOGRAPHS)


def _single_characters() -> dict[str, str]:
    table = _ideographs()
    for code in range(0xFF01, 0xFF5F):
        wide = chr(code)
        if wide not in _KEEP_WIDE:
            table[wide] = chr(code - 0xFEE0)
    table.update(dict.fromkeys("・‧∙⋅", "·"))
    table.update(dict.fromkeys("‐‑‒–−﹣", "-"))
    table.update({"「": "“", "」": "”", "『": "‘", "』": "’", "〔": "(", "〕": ")", "﹝": "(", "﹞": ")"})
    table.update({"﹑": "、", "﹐": "，", "﹒": "."})
    table["薴"] = "苎"  # OpenCC's 苧 is itself a traditional character
    # halves of surrogate pairs, which no UTF-8 holds; and the signs of `kg.pipeline.mask`: a text that prints them
    # (symbol fonts) must not look masked
    table.update(dict.fromkeys(map(chr, range(0xD800, 0xE100)), "\ufffd"))
    return table


_SINGLE = str.maketrans(_single_characters())
_FOLDED = re.compile("[" + "".join(c for c in map(chr, _SINGLE) if ord(c) < 0x10000) + "\U0002f800-\U0002fa1f]+")
"""Runs of the characters of `_SINGLE`: most texts hold a few, and looking for them is cheaper than translating all."""


@cache
def _converter() -> object:
    import opencc  # heavy: loads its dictionaries

    return opencc.OpenCC("t2s")


_IN_PHRASES = "么俱哩坏彷沈甦瞭藉衹覆"
"""Characters that OpenCC leaves alone but for certain phrases: 深沈 瞭解 函覆."""


@cache
def _convertible() -> re.Pattern[str]:
    """A character that OpenCC may convert, alone or in a phrase. Signs it leaves alone, and of GB 2312, the standard of
    simplified characters, all but a few."""
    rows = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF if row != 0xD7 else 0xFA)]
    han = b"".join(rows).decode("gb2312")
    converted: str = _converter().convert(" ".join(han))  # type: ignore[attr-defined]
    alone = "".join(c for c, to in zip(han, converted.split(" "), strict=True) if c == to and c not in _IN_PHRASES)
    return re.compile(f"[^\x00-\u2e7f\u3000-\u33ff\uff00-\uffef{alone}]")


def to_simplified(text: str) -> str:
    """Simplified characters for traditional ones; the length stays the same, so offsets do too."""
    if text.isascii() or _convertible().search(text) is None:
        return text
    convert = _converter().convert  # type: ignore[attr-defined]
    try:
        converted: str = convert(text)
    except UnicodeEncodeError:  # lone surrogates, which no UTF-8 holds
        return "".join(part if _SURROGATES.match(part) else to_simplified(part) for part in _SURROGATES.split(text))
    if len(converted) == len(text):
        return converted
    return "".join(c if len(c) == 1 else o for o in text for c in (convert(o),))


_KEPT = 4096
_KEPT_LENGTH = 2000
"""Paragraphs whose normal form is kept, and characters of the longest: several steps ask for the same ones."""


def normalize(text: str) -> tuple[str, OffsetMap]:
    """The normal form of ``text`` and the map from its offsets to those of ``text``.

    A character that stays, or is folded to another, maps to its own place; a blank to the first of its run.
    """
    return _kept_normal(text) if len(text) <= _KEPT_LENGTH else _normal(text)


def _normal(text: str) -> tuple[str, OffsetMap]:
    tight, to_text = _without_gaps(_FOLDED.sub(_fold, text))
    simple = to_simplified(tight)
    if _ROUND_ZERO.search(simple):
        simple = _ROUND_ZEROS.sub(_zeros, simple)
    if _BULLET in simple:
        simple = _BULLET_IN_NAME.sub("·", simple)
    return simple, to_text


_kept_normal = lru_cache(maxsize=_KEPT)(_normal)
_SAME = OffsetMap.identity()


def _fold(run: re.Match[str]) -> str:
    return run[0].translate(_SINGLE)


def _without_gaps(text: str) -> tuple[str, OffsetMap]:
    if _GAP.search(text) is None:
        return text, _SAME
    pieces: list[str] = []
    starts: list[int] = [0]
    targets: list[int] = [0]
    length = at = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        pieces.append(text[at:start])
        length += start - at
        at = end
        if start and end < len(text) and not (_TIGHT.match(text, start - 1) or _TIGHT.match(text, end)):
            blank = _BLANKS.search(text, start, end)
            if blank:
                pieces.append(" ")
                if blank.start() != start:
                    starts.append(length)
                    targets.append(blank.start())
                length += 1
                if end == blank.start() + 1:
                    continue
        starts.append(length)
        targets.append(end)
    pieces.append(text[at:])
    return "".join(pieces), OffsetMap(tuple(starts), tuple(targets))


def _zeros(match: re.Match[str]) -> str:
    return re.sub("[○O0]", "〇", match.group())


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_UNITS = (("亿", 100000000), ("万", 10000), ("千", 1000), ("百", 100), ("十", 10))
_LONGEST = 18


def parse_numeral(text: str) -> int | None:
    """The value of an Arabic or Chinese numeral (``12`` ``1,200`` ``十二`` ``二〇二〇`` ``一百二十万``), or None.

    Chinese numerals are digits only, or written in full: ``十十``, ``二十三十`` and ``一百二`` are refused.
    """
    if text.isascii():
        if text.isdigit() and len(text) <= _LONGEST:
            return int(text)
        digits = text.replace(" ", "").replace(",", "")
        return int(digits) if digits.isdigit() and len(digits) <= _LONGEST else None
    digits = text.replace("〇", "零")
    if len(digits) > 2 * _LONGEST:
        return None
    if all(c in _DIGITS for c in digits):
        return int("".join(str(_DIGITS[c]) for c in digits))
    if text == "两":
        return 2
    plain = re.sub("两(?=[百千万亿])", "二", digits.replace("廿", "二十").replace("卅", "三十"))
    value = _value(plain)
    full = re.sub("^十|(?<=[百零])十", "一十", plain)
    return value if value is not None and full == _spelled(value) else None


def _value(numeral: str) -> int | None:
    """What the words add up to, wherever their zeros stand; None where a character is no numeral."""
    for word, unit in _UNITS:
        head, found, tail = numeral.rpartition(word)
        if found:
            count = _value(head) if head else 1
            rest = _value(tail) if tail else 0
            return None if count is None or rest is None else count * unit + rest
    numeral = numeral.removeprefix("零") or "零"
    return _DIGITS.get(numeral)


def _spelled(value: int) -> str:
    """``value`` in full words, with 一十 for ten."""
    for word, unit in _UNITS:
        if value >= unit:
            count, rest = divmod(value, unit)
            gap = "零" if 0 < rest < unit // 10 else ""
            return _spelled(count) + word + gap + (_spelled(rest) if rest else "")
    return "零一二三四五六七八九"[value]
