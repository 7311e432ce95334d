"""What a reader may type for a name: the other script, the first letters of the pinyin."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kg.text import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["folding", "initials"]

_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"


def folding(names: Iterable[str]) -> dict[str, str]:
    """Traditional characters that ``names`` hold, or that a reader may type for theirs, with the simplified ones."""
    used = {character for text in names for character in text}
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    return {
        old: new
        for old, new in zip(every, to_simplified(every), strict=True)
        if old != new and (old in used or new in used)
    }


def initials(label: str) -> str:
    """First letters of the pinyin of the Han characters, other letters and digits as they are: ``lhg`` for 联合国.

    The 3,755 common characters of GB 2312 stand in the order of their pinyin; others are left out, and characters of
    several readings have the one of that list.
    """
    letters: list[str] = []
    for character in unicodedata.normalize("NFKC", label).lower():
        if character.isascii():
            letters.append(character if character.isalnum() else "")
            continue
        try:
            code = to_simplified(character).encode("gb2312")
        except UnicodeEncodeError:
            continue
        if b"\xb0\xa1" <= code <= b"\xd7\xf9":
            letters.append(_LETTERS[sum(first.encode("gb2312") <= code for first in _FIRST) - 1])
    return "".join(letters)
