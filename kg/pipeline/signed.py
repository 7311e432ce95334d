"""Names on the signed lines of letters: ``张军(签名)``, ``(签名)大使张军``, ``临时代办 王民 代签``, alone on their line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.pipeline.names import HONORIFICS, Name

__all__ = ["signed_names"]

_MARK = r"\((?:签名|签字|签署)\)"
_LINE = re.compile(
    rf"(?m)^(?:(?P<before>[^\n()，。；]{{2,40}}){_MARK}|{_MARK}(?P<after>[^\n()，。；]{{2,40}})|\(?(?P<for>[^\n()，。；]{{2,40}})代签\)?)$"
)
_TITLES = re.compile(
    r".*(?:代表|大使|代办|参赞|公使|[一二三]等秘书|主席|协调员|协调人|部长|大臣|庭长|院长|法官|检察官|书记官长|团长|组长|专家|总统|总理|秘书长|主任|专员|"
    r"观察员|司长|少将|中将|上将|准将|先生|女士|博士)(?=[^\n]{2})"
)
_TAIL = re.compile(rf"(?:{HONORIFICS})+$")
_NAME = re.compile(r"[\u4e00-\u9fff·-]{2,30}|[A-Z][A-Za-zÀ-ÿ'’. -]{2,40}")
_NO_NAME = re.compile(r"(?:签名|签字|代表|主席|大使)$")


def signed_names(text: str) -> Iterator[Name]:
    """Names of signed lines of ``text`` (normal form), titles and ranks left out."""
    if "签" not in text:
        return
    for match in _LINE.finditer(text):
        group = next(g for g in ("before", "after", "for") if match[g])
        start, end = match.span(group)
        tail = _TAIL.search(text, start, end)
        end = tail.start() if tail and tail.start() - start >= 2 else end
        titles = _TITLES.match(text, start, end)
        start = titles.end() if titles else start
        while start < end and text[start] in " :：、":
            start += 1
        name = text[start:end].strip()
        if _NAME.fullmatch(name) and not _NO_NAME.search(name):
            yield Name(start, start + len(name), name)
