"""Persons in a slot of a frame, with their nationality: ``孟加拉国的法兹勒·汗少将``, ``扬·范德梅尔先生(荷兰)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.view import Sentence
from kg.model import MentionType
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS

__all__ = ["UNIT", "Appointee", "appointees"]

_RANK = rf"(?:海军|陆军|空军)?(?:{HONORIFICS}|大将|警长|警监|医生|律师|同志|(?:资深|职业|前)?(?:外交官|外交家|政治家|学者|法学家))"
_SPELT = r"(?:\((?:[A-Z][A-Za-zÀ-ÿ'’. -]{2,40}|«P»)\))"
"""The name again in Latin letters: 卡尔·彼得松先生(Carl Peterson)(瑞典)."""
_MORE = r"[^\W\d_A-Za-z将不已未没被的在于和与及就由对向为会可能应要愿先生女士拟打算当获受兼任\ue000-\uf8ff]"
UNIT = rf"(?:«S»(?:籍|国籍)?(?:的)?(?:{_RANK})*)?«P»{_MORE}{{0,4}}?(?:{_RANK})*{_SPELT}?(?:\((?:[^()]{{0,24}})\))?"
"""A name with all that may stand around it, for masked patterns."""
_LATIN = r"[A-Z][A-Za-zÀ-ÿ'’.-]+"
_PERSON = compile_masked(
    rf"(?:(?P<of>«S»)(?:籍|国籍|国民|陆军|海军|空军|军队|武装部队)?(?:的)?(?:{_RANK})*)?(?P<p>«P»)(?P<more>{_MORE}{{0,6}}?)"
    rf"(?:{_RANK})*{_SPELT}?(?:\((?:(?P<from>«S»)(?:籍|国籍|国民)?(?:[，；、][^()]{{0,20}})?|[^()]{{0,30}})\))?(?=[、和及与以，；]|«T»|$)"
)
"""A name with its nationality. What stands between it and its title is the rest of a name that the scan cut short."""
_NAME = compile_masked(
    rf"(?:(?P<of>«S»)(?:籍|国籍)?的)?(?P<p>[\u4e00-\u9fff]{{2,4}}(?={_RANK})|{_LATIN}(?={_RANK})|{_LATIN}(?: {_LATIN}){{1,4}})"
    rf"(?:{_RANK})*{_SPELT}?(?:\((?P<from>«S»)(?:籍|国籍|国民)?\))?"
)
"""The same of a name that nothing else knows, alone in its slot."""


@dataclass(frozen=True, slots=True)
class Appointee:
    """Offsets of the name in the sentence, its title left out, and the state (by id) whose national the person is said to be."""

    start: int
    end: int
    nationality: str | None


def appointees(sentence: Sentence, start: int, end: int) -> Iterator[Appointee]:
    """Every person of ``text[start:end]``, in order."""
    slot = sentence.masked[start:end]
    found = False
    for match in _PERSON.finditer(slot):
        found = True
        yield _appointee(sentence, start, match)
    if not found:
        unknown = _NAME.fullmatch(slot)
        if unknown:
            yield _appointee(sentence, start, unknown)


def _appointee(sentence: Sentence, start: int, match: re.Match[str]) -> Appointee:
    groups = match.groupdict()
    states = (sentence.at(start + match.start(g), MentionType.STATE) for g in ("from", "of") if groups[g])
    nationality = next((s.id for s in states if s is not None), None)
    end = start + (match.end("more") if groups.get("more") else match.end("p"))
    return Appointee(start + match.start("p"), end, nationality)
