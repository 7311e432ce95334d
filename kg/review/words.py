"""A fact in a few words, Chinese or English, from its fields alone: it may not be in the graph."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

from kg.export.words import FACTS, VALUES
from kg.link.posts import organization_of
from kg.model import MentionType, Modality
from kg.triples.plan import PLAN

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer
    from kg.model import Fact

__all__ = ["fact_words"]

_THINGS: Final = frozenset({"state", "organization", "holder", "format"})
"""Kinds of field (`kg.triples.plan`) whose values are ids of known things."""
_TRUTHS: Final = {
    "chapter_vii": ("根据第七章行事", "under Chapter VII"),
    "unanimous": ("一致通过", "unanimous"),
    "veto": ("否决", "veto"),
    "written_vote": ("书面表决", "written vote"),
}


def fact_words(fact: Fact, gazetteer: Gazetteer, language: Literal["zh", "en"]) -> str:
    """``主持 · 2020-01-09 · 公开辩论 · 越南 · 范平明``: the fields in the order of the contract, without those that say
    nothing."""
    english = language == "en"
    parts = [FACTS[fact.type][english]]
    if fact.modality is not Modality.ASSERTED:
        parts.append(_value(fact.modality.value, english))
    kinds = PLAN[type(fact)].fields
    for name, value in fact.values().items():
        if name not in kinds or value is None or value is False:
            continue
        kind = kinds[name][0]
        if value is True:
            parts.append(_TRUTHS.get(name, (name, name))[english])
            continue
        for each in value if isinstance(value, tuple) else (value,):
            text = each.value if isinstance(each, StrEnum) else str(each)
            parts.append(_thing(text, gazetteer, english) if kind in _THINGS else _value(text, english))
    return " · ".join(dict.fromkeys(" ".join(part.split()) for part in parts if part))


def _value(text: str, english: bool) -> str:
    return VALUES[text][english] if text in VALUES else text


def _thing(text: str, gazetteer: Gazetteer, english: bool) -> str:
    entry = gazetteer.get(MentionType.STATE, text) or gazetteer.holder(text) or organization_of(text, gazetteer)
    return (entry.en if english else entry.zh) if entry else _value(text, english)
