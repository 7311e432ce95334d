"""What a reader may type for a name: the other script, the first letters of the pinyin (`tools/pinyin.py`)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from kg.text import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["folding", "pinyin"]


def folding(names: Iterable[str]) -> dict[str, str]:
    """Traditional characters that ``names`` hold, or that a reader may type for theirs, with the simplified ones."""
    used = {character for text in names for character in text}
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    return {
        old: new
        for old, new in zip(every, to_simplified(every), strict=True)
        if old != new and (old in used or new in used)
    }


def pinyin(names: Iterable[str]) -> dict[str, str]:
    """Letters with which the readings of the Han characters of ``names`` begin: ``{"重": "zc"}``, two at most.

    Traditional characters have the letters of the simplified ones. The table holds the 6,763 characters of GB 2312;
    others are left out.
    """
    used = "".join(sorted({character for text in names for character in text}))
    letters: dict[str, str] = {}
    for letter, characters in _readings().items():
        for character in characters:
            letters[character] = letters.get(character, "") + letter
    pairs = zip(used, to_simplified(used), strict=True)
    return {character: letters[simple] for character, simple in pairs if simple in letters}


@cache
def _readings() -> dict[str, str]:
    text = (resources.files("kg.export") / "data" / "pinyin.txt").read_text(encoding="utf-8")
    return dict(line.split(" ") for line in text.splitlines())
