"""Where sentences start in normal text."""

from __future__ import annotations

import re

__all__ = ["sentence_starts"]

_MARK = re.compile(r"[。！？；]+[”’》)）\"]*|\n|[“《(（]|[”》)）]|\"")
_OPEN = {"“": "”", "《": "》", "(": ")", "（": "）"}
_ITEM = re.compile(
    r"\s*(?:\d{1,3}[.、](?!\d)|[(（](?:[a-z]|[ivx]{1,4}|\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、)"
)


def sentence_starts(text: str) -> list[int]:
    """Offsets where a sentence starts, 0 among them (blanks before its first word belong to it).

    A sentence ends after 。！？； and the quotes that close with it, and at a line end. Refused: marks within “…”, 《…》 and
    brackets (unless a numbered item follows: ``；(b)``), and the dots of numbers, symbols and initials. A quote or bracket left
    open holds to the end of its line only.
    """
    starts = [0]
    open_: list[str] = []
    straight = False
    for match in _MARK.finditer(text):
        mark, end = match.group(), match.end()
        if mark == "\n":
            open_.clear()
            straight = False
            starts.append(end)
            continue
        for sign in mark:
            if sign in _OPEN:
                open_.append(_OPEN[sign])
            elif sign in open_:
                del open_[len(open_) - 1 - open_[::-1].index(sign) :]
            elif sign == '"':
                straight = not straight
        if mark[0] in "。！？；" and ((not open_ and not straight) or _ITEM.match(text, end)):
            starts.append(end)
    return [s for s in dict.fromkeys(starts) if s < len(text) or s == 0]
