"""Decisions that a document tells of another text: which resolution decided, or that a letter did, and what was only wished for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.mandates.frame import Frame
from kg.extract.mandates.holder import label_of
from kg.extract.view import Sentence
from kg.model import Adoption, MentionType
from kg.pipeline.mask import compile_masked

__all__ = ["LETTER", "Subject", "Teller", "only_wished", "teller"]

LETTER = "letter"

_LETTER = re.compile(
    r"(?:以|通过|经)?[^，。；]{0,12}(?:换文|信|函)(?:的)?(?:方式|形式)?(?:中)?(?:同意|决定|核准|商定|表示同意)"
)
_SUBJECT = compile_masked(
    r"\(?(?P<r>«R»)(?:，一致通过)?\)?(?:已|已经|又|还|也|再次|进一步|，|中|安理会|其中|在其中|«C»|在|该决议|执行部分|第\d+段)*(?:决定|同意|授权)?(?:，)?$"
)
_INNER = compile_masked(r"^(?:(?:根据|依照|按照)[^，。；]{0,60}?|以|在|通过)?(?P<r>«R»)")
_GOES_ON = re.compile(r"(?:它|该决议|决议|安理会|安全理事会|理事会)(?:还|又|也|同时|在该决议中)?")
_NOT_DONE = re.compile(
    r"(?:打算|拟|考虑|没有|没能|无意|拒绝|请|是否|可能|建议|提议|请求|要求|呼吁|促请|敦促|支持|期待|希望|赞成|欢迎|表示愿意|准备|意图|应|如果|讨论|审议|审查|跟进|不|未|反对|"
    r"同意(?:秘书长)?(?:关于|的)|经(?!安理会(?:一致)?决定)|由于|鉴于|回顾|重申|草案|预计|预期|有望|争取|主张|否决)[^，。；]{0,30}$"
)
_COUNCIL_DECIDES = compile_masked(
    r"(?:^(?:理事会|成员|它|该决议|决议|其中|并|还|又|也|同时|一致|在决议中|该决议中|中|«C»)*|«C»(?:成员)?(?:在|于)?(?:«R»|该决议|决议)?(?:中)?)(?:决定|同意|授权)*(?:将|把)?$"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A resolution that the clause itself makes the one that decides (第2542(2020)号决议已将…, …号决议，其中决定…)."""

    instrument: str


Teller = Adoption | Subject | str
"""What is said to have decided: an adoption, a resolution named by the clause, or `LETTER`."""


def teller(sentence: Sentence, frame: Frame, adopted: list[Adoption], last: Adoption | None) -> Teller | None:
    """The adoption that decides: of this sentence, or before it in the paragraph where 它, 该决议 or 安理会还决定 goes on."""
    before = sentence.text[: frame.start]
    if _LETTER.search(before):
        return LETTER
    subject = _subject(sentence, frame)
    if adopted and (subject is None or subject == adopted[-1].instrument):
        return adopted[-1]
    if subject is not None:
        return Subject(subject)
    return last if last is not None and _GOES_ON.match(before or sentence.text) else None


def only_wished(sentence: Sentence, frame: Frame) -> bool:
    """Whether the clause denies, wishes, asks or intends what the frame says."""
    near = re.split(r"[。；，]", sentence.text[: frame.start])[-1]
    head = sentence.masked[: frame.start].rsplit("，", 1)[-1]
    return bool(_NOT_DONE.search(near) and not _COUNCIL_DECIDES.search(head))


def _subject(sentence: Sentence, frame: Frame) -> str | None:
    """The resolution named right before the verb, or at its front."""
    inner = _INNER.match(sentence.masked[frame.start : frame.end])
    if inner and frame.start + inner.start("r") < label_of(sentence, frame.holder)[0]:
        mention = sentence.at(frame.start + inner.start("r"), MentionType.RESOLUTION)
        return mention.id if mention else None
    found = _SUBJECT.search(sentence.masked[: frame.start])
    if not found or re.search(r"(?:根据|依照|按照|遵照|经|回顾|执行)$", sentence.text[: found.start("r")]):
        return None
    mention = sentence.at(found.start("r"), MentionType.RESOLUTION)
    return mention.id if mention else None
