"""Decisions that a document tells of another text: which resolution decided, or that a letter did, and what was only wished for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.mandates.clauses import Clause
from kg.extract.mandates.frame import Frame
from kg.extract.mandates.labels import label_of
from kg.extract.mandates.words import ALSO
from kg.extract.view import Sentence
from kg.model import Adoption, DocumentKind, MentionType
from kg.pipeline.mask import compile_masked
from kg.structure import LETTER_TITLE

__all__ = ["Subject", "Teller", "only_wished", "teller", "told_paragraph"]

_LETTER = re.compile(
    r"(?:以|通过|经)?[^，。；]{0,12}(?:换文|信|函)(?:的)?(?:方式|形式)?(?:中)?(?:同意|决定|核准|商定|表示同意)"
)
_SUBJECT = compile_masked(
    r"\(?(?P<r>«R»)(?:，一致通过)?\)?(?:已|已经|又|还|也|再次|进一步|，|中|安理会|其中|在其中|«C»|在|该决议|执行部分|第\d+段)*(?:决定|同意|授权)?(?:，)?$"
)
_INNER = compile_masked(r"^(?:«C»)?(?:(?:根据|依照|按照)[^，。；]{0,60}?|以|在|通过)?(?P<r>«R»)")
_GOES_ON = re.compile(
    r"(?:(?:根据|按照|依照|依据)(?:该|这项|这一|此项|此)(?:[^，。；]{0,24}的)?(?:新)?决议|它|该决议|决议|安理会|安全理事会|理事会)(?:还|又|也|同时|在该决议中)?"
)
_NAMED_BEFORE = compile_masked(rf"(?P<r>«R»)(?:中|，其中|，)?(?:«C»)?(?:{ALSO})*$")
_DONE_BY = re.compile(r"(?:由|经|被|以|通过|根据|依照|按照|依据|随着|因|依)(?:安理会|安全理事会)?(?:的|通过的|在)?$")
"""By what it was done: 已由第2650(2022)号决议延长至."""
_WAS_DONE = compile_masked(r"(?:业经|业已(?:由|经|被)|已(?:经)?(?:由|经|被)|已经)(?:«C»)?(?:以|的)?«R»")
"""支持特派团，其任务期限业经第2155(2014)号决议延长至…: who supports it wishes for nothing."""
_LEANS_ON = re.compile(r"(?:根据|依照|按照|遵照|经|回顾|执行)$")
_COUNCIL_ACTS = compile_masked(r"«C»(?:成员)?|他们|成员们?")
_NOT_DONE = re.compile(
    r"(?:打算|拟|考虑|没有|没能|无意|拒绝|请|是否|可能|建议|提议|请求|要求|呼吁|促请|敦促|支持|期待|希望|赞成|欢迎|表示愿意|准备|意图|应|如果|讨论|审议|审查|跟进|不|未|反对|"
    r"同意(?:秘书长)?(?:关于|的)|经(?!安理会(?:一致)?决定)|由于|鉴于|回顾|重申|草案|预计|预期|有望|争取|主张|否决)[^，。；]{0,30}$"
)
_COUNCIL_DECIDES = compile_masked(
    r"(?:^(?:理事会|成员|它|该决议|决议|其中|并|还|又|也|同时|一致|在决议中|该决议中|中|«C»)*|«C»(?:成员)?(?:在|于)?(?:«R»|该决议|决议)?(?:中)?)(?:决定|同意|授权)*(?:将|把)?$"
)


_FIRM = frozenset({"establish", "reauthorize", "modify", "terminate"})
_TELLS = re.compile(r"(?:又|还|并|也)*(?:回顾|忆及|注意|谨|指出|铭记)")
_TOLD_IN = compile_masked(
    r"(?:的)?(?:执行部分)?第(?P<n>\d{1,3}(?:\([a-z]\))?)段(?:中|内|里)?(?:，|又|还|也|已|其中|«C»|一致)*(?:决定|授权|同意|核准|请秘书长)?(?:，)?(?:将|把)?$"
)
_HE_DECIDED = re.compile(r"(?:^|，|因此|现|谨通知[^，。；]{0,10}，)我(?:已经?|现已|现|兹|因此|遂)*(?:决定)$")


def told_paragraph(sentence: Sentence, frame: Frame, symbol: str | None) -> str | None:
    """The paragraph in which ``symbol`` is told to decide (安理会在第2091(2013)号决议第1段中决定将…)."""
    for cited in sentence.inside(0, frame.start, MentionType.RESOLUTION):
        found = _TOLD_IN.fullmatch(sentence.masked, cited.end, frame.start) if cited.id == symbol else None
        if found is not None:
            return found["n"]
    return None


@dataclass(frozen=True, slots=True)
class Subject:
    """What the clause itself makes the one that decides: a resolution (第2542(2020)号决议已将…, …号决议，其中决定…), or a letter,
    which has no symbol; ``own``: it is this document."""

    instrument: str | None
    own: bool = False


Teller = Adoption | Subject
"""What is said to have decided."""


def teller(
    sentence: Sentence, frame: Frame, clause: Clause | None, adopted: Sequence[Adoption], last: Adoption | None
) -> Teller | None:
    """The adoption that decides: of this sentence, or before it in the paragraph where 它, 该决议 or 安理会还决定 goes on; or the
    resolution that the clause or its verb names. ``clause`` is the frame's own."""
    before = sentence.text[: frame.start]
    if _LETTER.search(before):
        return Subject(None)
    subject = _subject(sentence, frame) or (_of_clause(sentence, clause) if clause else None)
    subject = subject or _in_brackets(sentence, frame, clause)
    listed = _of_a_list(sentence, frame)
    if listed is not None and subject in {None, listed}:
        return None  # 先后通过第A号和第B号决议，将…: which of them, no one knows
    if adopted and (subject is None or subject == adopted[-1].instrument):
        return adopted[-1]
    if subject is not None:
        return Subject(subject) if subject.startswith(("S/RES/", "S/PRST/")) else None
    if _document_decides(sentence, clause):
        letter = sentence.document.kind is DocumentKind.LETTER
        return Subject(None if letter else sentence.document.symbol, own=True)
    bare = frame.rule == "mandate.strength" and not before and frame.holder[0] == 0  # 部队核定兵力上限降至4 500人。
    return last if last is not None and (bare or _GOES_ON.match(before or sentence.text)) else None


_BRACKET = compile_masked(r"[^。；()]{0,80}?\((?P<r>«R»)\)(?=[。；]|$)")
_LIST = compile_masked(r"(?:先后|分别|相继)[^。；]{0,60}?«R»(?:号)?(?:、|和|及|以及|与)«R»，")


def _in_brackets(sentence: Sentence, frame: Frame, clause: Clause | None) -> str | None:
    """``安理会决定将…延长一年(第2752(2024)号决议)``."""
    found = _BRACKET.match(sentence.masked, frame.end) if clause is not None and clause.decides else None
    mention = sentence.at(found.start("r"), MentionType.RESOLUTION) if found else None
    return mention.id if mention else None


def _of_a_list(sentence: Sentence, frame: Frame) -> str | None:
    """The last resolution of a list adopted one by one, behind which no one knows which of them decides what."""
    found = _LIST.search(sentence.masked, 0, frame.start + 1)
    if found is None or "分别" in sentence.text[found.end() : frame.end]:
        return None
    return next(
        (m.id for m in sentence.inside(*found.span(), MentionType.RESOLUTION) if m.end == found.end() - 1), None
    )


def _document_decides(sentence: Sentence, clause: Clause | None) -> bool:
    """Whether the document itself is the Council's act: its statement, or its President's letter (安理会成员同意…)."""
    document = sentence.document
    if clause is None or not clause.decides:
        return False
    title = LETTER_TITLE.match(document.title or "")
    if document.kind is DocumentKind.LETTER and title is not None and title["sender"].startswith("秘书长"):
        return bool(_HE_DECIDED.search(sentence.text[: clause.body]))
    if not _COUNCIL_ACTS.search(sentence.masked, 0, clause.verb):
        return False
    if document.kind is DocumentKind.PRESIDENTIAL_STATEMENT:
        return document.symbol is not None and document.symbol.startswith("S/PRST/")
    return document.kind is DocumentKind.LETTER and title is not None and title["sender"].startswith("安全理事会主席")


def _of_clause(sentence: Sentence, clause: Clause) -> str | None:
    """The resolution adopted, or named before the deciding verb, where the clause's run begins (安理会在第2615(2021)号决议中决定，…)."""
    if clause.act == "adopt":
        cited = [m for m in sentence.inside(clause.verb, clause.body, MentionType.RESOLUTION) if m.id]
        return cited[-1].id if cited else None
    found = _NAMED_BEFORE.search(sentence.masked[: clause.verb]) if clause.decides else None
    if found is None or _LEANS_ON.search(sentence.text[: found.start("r")]):
        return None
    mention = sentence.at(found.start("r"), MentionType.RESOLUTION)
    return mention.id if mention else None


def only_wished(sentence: Sentence, frame: Frame, clause: Clause | None) -> bool:
    """Whether the clause denies, wishes, asks or intends what the frame says."""
    if _WAS_DONE.search(sentence.masked, frame.holder[1], frame.end) and not (clause and clause.conditional):
        return False
    if clause is not None and (clause.conditional or (frame.action in _FIRM and clause.act in {"other", "ask"})):
        told = clause.act == "other" and _TELLS.match(sentence.text, clause.verb)
        if clause.conditional or not told:
            return True
    near = re.split(r"[。；，]", sentence.text[: frame.start])[-1]
    head = sentence.masked[: frame.start].rsplit("，", 1)[-1]
    return bool(_NOT_DONE.search(near) and not _COUNCIL_DECIDES.search(head))


def _subject(sentence: Sentence, frame: Frame) -> str | None:
    """The resolution named right before the verb, at its front, or as what it was done by (已由第2650(2022)号决议延长至…)."""
    first = min((start for start, _ in frame.when), default=frame.end)
    for cited in sentence.inside(frame.holder[1], max(first, frame.holder[1]), MentionType.RESOLUTION):
        if _DONE_BY.search(sentence.text[: cited.start]):
            return cited.id
    inner = _INNER.match(sentence.masked[frame.start : frame.end])
    if inner and frame.start + inner.start("r") < label_of(sentence, frame.holder)[0]:
        mention = sentence.at(frame.start + inner.start("r"), MentionType.RESOLUTION)
        return mention.id if mention else None
    found = _SUBJECT.search(sentence.masked[: frame.start])
    if not found or _LEANS_ON.search(sentence.text[: found.start("r")]):
        return None
    mention = sentence.at(found.start("r"), MentionType.RESOLUTION)
    return mention.id if mention else None
