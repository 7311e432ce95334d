"""Which resolutions and documents are cited, how, and the committees that resolutions set up.

Prose, brackets and footnotes cite; link lines do not. One fact a symbol and relation. ``第1970(2011)号决议所设委员会`` says that
the resolution set it up; 回顾 and 重申 recall and reaffirm what follows them in the clause; 经…延长的 looks back at an extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mandates import mandates
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import Citation, Committee, Evidence, Mention, MentionType
from kg.pipeline.mask import compile_masked, mask

__all__ = ["citations", "committees"]

_SET_UP = re.compile(
    r"(?:及其后各项决议|和其他有关决议)?(?:第\d+段)?(?:所设|所设立|设立|所建立|规定设立|授权设立|建立|成立)(?:的)?(?=[^，。；]{0,24}(?:委员会|专家小组|专家组|工作组|监测组|监测小组|调查组|调查团|小组|特派团|支助团|法庭|机制|办公室|监察员|观察团|部队|团))"
)
_COMMITTEE = compile_masked(
    r"(?:安全理事会|安理会)?(?:关于[^，。；]{2,24}的)?«R»(?:(?:、|和|及|以及|，|与)«R»)*(?:所设立?|设立)的?[^，。；«:R»]{0,20}?委员会"
)
_PARAGRAPH = re.compile(r"^(?:附件[一二三四\d]*)?(?:执行部分)?第(?P<number>\d{1,3}(?:\([a-z]\))?)(?:段|执行段)")
_BEFORE = (
    ("recalls", re.compile(r"(?:^|[，；]|安理会|安全理事会|谨|又|还|并)(?:回顾|忆及|铭记)(?!了)[^。；]{0,80}$")),
    ("reaffirms", re.compile(r"重申[^，。；]{0,40}$")),
    (
        "pursuant-to",
        re.compile(
            r"(?:根据|依照|按照|遵照|依据|遵循|按)(?:联合国)?(?:安全理事会|安理会|大会)?(?:[^，。；]{0,30}(?:、|和|及|与))?(?:其|关于[^，。；]{2,20}的)?$"
        ),
    ),
    ("pursuant-to", re.compile(r"(?:根据|依照|按照|遵照)[^，。；()]{2,40}\($")),
    ("modifies", re.compile(r"(?:修正|修改|修订)(?:了)?(?:安全理事会|安理会)?$")),
    ("terminates", re.compile(r"(?:终止|废止|撤销|解除)(?:了)?(?:安全理事会|安理会)?$")),
)
_AFTER = (
    ("extends", re.compile(r"^(?:[^，。；]{0,12})?(?:第\d+段)?(?:规定|所定|所载)?(?:延长|延续|续延|延期|展期|延展)")),
    ("modifies", re.compile(r"^(?:修正|修订|修改)的")),
)
_OWN = re.compile(r"^(?:第\d+\(\d{4}\)号决议|S/RES/\S+)$")


def citations(reading: Reading) -> Iterator[Citation]:
    """One fact a symbol, relation and paragraph; plain ``cites`` gives way to a relation that says more in the same sentence."""
    going_on = [m for m in reading.once(mandates) if m.action in {"extend", "rollover"}]
    extended = {(basis, e) for m in going_on for basis in m.basis for e in m.evidence[:1]}
    told: dict[tuple[str, str, str | None], list[Evidence]] = {}
    for sentence in reading.view.sentences:
        if sentence.paragraph.role in {"title", "letterhead"} and _OWN.match(sentence.text):
            continue
        for mention in sentence.mentions:
            if mention.type not in {MentionType.RESOLUTION, MentionType.DOCUMENT} or mention.id is None:
                continue
            if mention.id == reading.view.document.symbol:
                continue
            relation = _relation(sentence, mention)
            if relation == "cites" and (mention.id, sentence.evidence) in extended:
                relation = "extends"
            paragraph = _PARAGRAPH.match(sentence.text[mention.end :])
            told.setdefault((mention.id, relation, paragraph["number"] if paragraph else None), []).append(
                sentence.evidence
            )
    for (cited, relation, number), evidence in told.items():
        rule = "citation.symbol" if relation == "cites" else f"citation.{relation}"
        yield reading.with_evidence(
            Citation(cited=cited, relation=relation, cited_paragraph=number, confidence=0.98, rule=rule), evidence
        )


def _relation(sentence: Sentence, mention: Mention) -> str:
    text_after = sentence.text[mention.end :]
    before = sentence.text[: mention.start]
    if _SET_UP.match(text_after):
        return "established-by"
    if re.search(r"经(?:第[^，。；]{0,60})?$", before) or before.endswith("经安理会"):
        for relation, pattern in _AFTER:
            if pattern.match(text_after):
                return relation
    for relation, pattern in _BEFORE:
        if pattern.search(before):
            return relation
    return "cites"


def committees(reading: Reading) -> Iterator[Committee]:
    """Bodies 所设委员会, one fact a resolution and label."""
    told: dict[tuple[str, str], list[Evidence]] = {}
    for sentence in reading.view.sentences:
        # names of bodies cover the resolution in them, so only resolutions are masked here
        spans = [(m.start, m.end, "R") for m in sentence.mentions if m.type == MentionType.RESOLUTION]
        for match in _COMMITTEE.finditer(mask(sentence.text, spans)):
            label = sentence.printed(match.start(), match.end())
            for mention in sentence.inside(match.start(), match.end(), MentionType.RESOLUTION)[:1]:
                if mention.id:
                    told.setdefault((mention.id, label), []).append(sentence.evidence)
    for (resolution, label), evidence in told.items():
        yield reading.with_evidence(
            Committee(resolution=resolution, label=label, confidence=0.98, rule="committee.set-up"), evidence
        )
