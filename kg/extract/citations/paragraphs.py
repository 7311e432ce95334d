"""Paragraphs of what is cited: ``第9、14和16至19段`` -> ``9,14,16-19``, ``第7(d)和(e)段`` -> ``7(d),(e)``.

Numbers as printed, Chinese numerals in figures, 和 and 、 as a comma, 至 as a dash. A paragraph of an annex keeps its annex
(``附件(p)``); paragraphs of a preamble have no number that others could look up, so there is none.
"""

from __future__ import annotations

import re

from kg.text import parse_numeral

__all__ = ["CITED", "normalized"]

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_LETTER = r"(?:\((?:[a-z]{1,4}|[一二三四五六七八九十]{1,2}|\d{1,2})\)|[㈠-㈩])"
_THEN = r"(?:、|，|和|及|与|以及|或|至|到|-|~)"
_ITEM = rf"第?{_NUMBER}{_LETTER}*"
_LETTERS = rf"{_LETTER}+(?:{_THEN}{_LETTER}+){{0,12}}"
_PART = (
    rf"第{_NUMBER}{_LETTER}*(?:{_THEN}(?:{_ITEM}|{_LETTER}+)){{0,30}}(?:执行)?(?:段|分段)"
    rf"(?:第?{_LETTERS}(?:分段|项|款|目)?|第?(?:{_NUMBER})(?:分段|项|款|目))?"
)
CITED = (
    rf"(?:(?P<preamble>序言(?:部分)?的?)|(?P<annex>附件(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}}|[A-Z])?)的?|(?:执行|正文)部分的?)?"
    rf"(?P<paragraphs>{_PART}(?:(?:、|和|及|以及|与){_PART}){{0,8}}|(?<=附件){_LETTERS}段)"
)
"""Groups ``preamble``, ``annex`` and ``paragraphs``; give them to `normalized`."""

_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})|(?P<letter>{_LETTER})|(?P<dash>至|到|-|~)|(?P<comma>、|，|和|及|与|以及|或)"
)


def normalized(match: re.Match[str]) -> str | None:
    """The paragraphs of a match of `CITED`; None for a preamble's."""
    if match["preamble"]:
        return None
    out = ""
    for token in _TOKEN.finditer(match["paragraphs"]):
        if token["number"]:
            out += str(parse_numeral(token["number"]) or token["number"])
        elif token["letter"]:
            out += token["letter"]
        else:
            out += "-" if token["dash"] else ","
    annex = match["annex"]
    if annex is None:
        return out
    return f"{annex}{out}" if out.startswith("(") else f"{annex},{out}"
