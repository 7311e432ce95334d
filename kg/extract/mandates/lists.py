"""A decision on what sub-paragraphs list: 将下列措施再延长12个月：(a) …措施；(b) …措施."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.mandates.frame import Frame
from kg.extract.mandates.terms import Terms
from kg.extract.view import Sentence
from kg.pipeline.mask import compile_masked

__all__ = ["Listing", "item_of", "lists"]

_FOLLOWING = re.compile(
    r"(?:(?:以下|下列|下述|如下)(?:各项|各|两项|三项)?[^，。；的]{0,12}|[^，。；的]{0,12}(?:以下|下列|下述)各?[^，。；的]{0,8})"
)
_ITEM = compile_masked(
    r"(?P<holder>[^；。：]{1,200}?(?:措施|禁运|禁令|冻结|限制|规定|制裁|授权|要求|豁免|小组|专家组|监测组|工作组|委员会|«M»(?:的任务(?:期限|规定)?)?|第\d+(?:\([a-z]\))?段))"
    r"(?:的?任务期限)?(?:；|。|，(?:以及|和)?|以及|和)?$"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The frame that the lead-in opens, its end and length, and the lead-in itself."""

    frame: Frame
    terms: Terms
    lead: Sentence


def lists(sentence: Sentence, frame: Frame) -> bool:
    """Whether the frame's holder is only announced, and sub-paragraphs follow."""
    announced = _FOLLOWING.fullmatch(sentence.text[slice(*frame.holder)])
    return announced is not None and sentence.text.rstrip().endswith(("：", ":"))


def item_of(sentence: Sentence, frame: Frame) -> Frame | None:
    """The frame with what the sub-paragraph names as its holder; None where it says more than a name."""
    item = _ITEM.fullmatch(sentence.masked.rstrip())
    return replace(frame, holder=item.span("holder"), start=0, end=item.end(), since=None, when=()) if item else None
