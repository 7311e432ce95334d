"""Masked text: the text with each mention overwritten by signs of its type, at the same length.

A rule then speaks of types, not of names: ``«D»，«C»以«N»票赞成`` is a pattern over masked text, and its offsets are
those of the text itself. The first character of a mention has a sign of its own, so that neighbours stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

__all__ = ["SIGNS", "compile_masked", "expand", "mask"]

SIGNS = {
    "S": "State",
    "M": "Mission",
    "O": "Organization",
    "C": "the Security Council",
    "R": "Resolution",
    "X": "Document",
    "K": "Meeting",
    "D": "Date",
    "P": "Official",
    "T": "Post",
    "A": "Post and person together: who acts",
    "F": "Format of a meeting",
    "Q": "words in quotation marks",
    "B": "a title in book-title marks",
    "V": "votes counted",
}
_PIECEWISE = 4000
"""Characters of a text up to which it is faster to write it anew for each span than to take it apart."""
_FIRST = {sign: chr(0xE000 + 2 * i) for i, sign in enumerate(SIGNS)}
_REST = {sign: chr(0xE001 + 2 * i) for i, sign in enumerate(SIGNS)}


def mask(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """``text`` with each ``(start, end, sign)`` overwritten; later spans win over earlier ones."""
    if len(text) > _PIECEWISE:
        chars = list(text)
        for start, end, sign in spans:
            if end > start:
                chars[start:end] = _signs(sign, end - start)
        return "".join(chars)
    for start, end, sign in spans:
        if end > start:
            text = text[:start] + _signs(sign, end - start) + text[end:]
    return text


@lru_cache(maxsize=1024)
def _signs(sign: str, length: int) -> str:
    return _FIRST[sign] + _REST[sign] * (length - 1)


@cache
def compile_masked(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern that `expand` makes of ``pattern``, compiled."""
    return re.compile(expand(pattern), flags)


def expand(pattern: str) -> str:
    """The source of a pattern in which ``«S»`` stands for one mention of sign S, ``«SMO»`` for one of any of these signs, and
    ``«:SD»`` for the characters such mentions are made of (to be used inside ``[^…]``)."""

    def one(match: re.Match[str]) -> str:
        signs = match[1]
        if signs.startswith(":"):
            return "".join(_FIRST[s] + _REST[s] for s in signs[1:])
        if len(signs) == 1:
            return f"(?:{_FIRST[signs]}{_REST[signs]}*+)"
        return "(?:" + "|".join(f"{_FIRST[s]}{_REST[s]}*+" for s in signs) + ")"

    return re.sub("«([^»]+)»", one, pattern)
