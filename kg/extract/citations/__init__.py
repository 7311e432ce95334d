"""Which resolutions and documents are cited, how, and the committees that resolutions set up.

Prose, brackets and footnotes cite; link lines and the document's own symbol do not. Facts are one a symbol, relation and
paragraph; `typed_mentions` gives the single mentions that they are made of. What a relation means, and which one holds
where two fit, is said in `kg.extract.citations.relations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.citations.committees import committees
from kg.extract.citations.references import CITING, Reference, references
from kg.extract.citations.relations import relations
from kg.extract.mandates import mandates
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import Citation, Evidence, Mention, Modality

__all__ = ["TypedMention", "citations", "committees", "typed_mentions"]

_TITLE = re.compile(r"^(?:第\d+\(\d{4}\)号决议|S/RES/\S+)$")
"""A line that is the title of a resolution, in a document or as one."""
_BY_ACTION = {
    "extend": "extends",
    "rollover": "extends",
    "reauthorize": "extends",
    "modify": "modifies",
    "terminate": "terminates",
}
"""What a decision on a mandate does to the resolutions that its holder's phrase names."""


class TypedMention(NamedTuple):
    """One place where something is cited; offsets of the mention are those of the sentence."""

    sentence: Sentence
    mention: Mention
    relation: str
    paragraph: str | None
    rule: str


def citations(reading: Reading) -> Iterator[Citation]:
    """One fact a symbol, relation and paragraph."""
    told: dict[tuple[str, str, str | None], list[Evidence]] = {}
    rules: dict[tuple[str, str, str | None], str] = {}
    for typed in reading.once(typed_mentions):
        key = (str(typed.mention.id), typed.relation, typed.paragraph)
        rules.setdefault(key, typed.rule)
        told.setdefault(key, []).append(typed.sentence.evidence)
    for key, evidence in told.items():
        cited, relation, paragraph = key
        yield reading.with_evidence(
            Citation(cited=cited, relation=relation, cited_paragraph=paragraph, confidence=0.98, rule=rules[key]),
            evidence,
        )


def typed_mentions(reading: Reading) -> Iterator[TypedMention]:
    """Every mention of a resolution or document with its relation, in the order of the text."""
    own = reading.view.document.symbol
    before: Reference | None = None
    paragraph = -1
    for sentence in () if reading.view.kinds.isdisjoint(CITING) else reading.view.sentences:
        if sentence.index != paragraph:
            paragraph, before = sentence.index, None
        if before is None and sentence.kinds.isdisjoint(CITING):
            continue
        if _TITLE.match(sentence.text):
            continue
        found = references(sentence, before)
        before = next((r for r in reversed(found) if r.names_one), before)
        if not found:
            continue
        for reference, relation in zip(found, relations(sentence.text, found), strict=True):
            if reference.mention.id == own:
                continue
            if relation == "cites":
                relation = _decided(reading, sentence, reference.mention) or relation
            rule = "citation.symbol" if relation == "cites" else f"citation.{relation}"
            rule = "citation.that" if reference.that else rule
            yield TypedMention(sentence, reference.mention, relation, reference.paragraph, rule)


_BESIDE = re.compile(r"(?:提及|涉及|提到|参照)[^，。；]*$")
"""Named with the thing decided on, not as the thing: 将第1号决议规定且提及第2号决议的任务延长."""


def _decided(reading: Reading, sentence: Sentence, mention: Mention) -> str | None:
    """What a decision of this sentence does to a resolution named in its holder's phrase."""
    if _BESIDE.search(sentence.text, 0, mention.start):
        return None
    for decision in reading.once(mandates):
        relation = _BY_ACTION.get(decision.action)
        if (
            relation is None
            or decision.modality is not Modality.ASSERTED
            or mention.id not in decision.basis
            or sentence.evidence not in decision.evidence[:1]
        ):
            continue
        label = decision.holder_label or ""
        at = sentence.document.text.find(label, *sentence.span(0, len(sentence.text))) if label else -1
        start, end = sentence.span(mention.start, mention.end)
        if at >= 0 and at <= start and end <= at + len(label):
            return relation
    return None
