"""Components of the pipeline under names of their own in spaCy's registry.

``unsc_sentences`` marks where sentences start; ``unsc_mentions`` joins what the exact scan found with what the trained
component ``ner`` found before it, into ``doc.spans["unsc"]`` (all, posts may hold others) and ``doc.ents`` (longest first,
none overlap). ``Span.label_`` is a type of `kg.model.MentionType`, ``Span.kb_id_`` the id of the contract or "".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from spacy.language import Language
from spacy.util import filter_spans

from kg.model import MentionType
from kg.pipeline.ner import is_plausible
from kg.pipeline.sentences import sentence_starts
from kg.pipeline.tokenizer import SCANNED

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from thinc.types import Ints2d

__all__ = ["GROUP", "MentionJoiner", "SentenceMarker", "create_mentions", "create_sentences"]

GROUP = "unsc"
"""The default key of ``doc.spans``."""

_PARTS = frozenset({MentionType.STATE, MentionType.MISSION, MentionType.ORGANIZATION})
"""What the name of a body may hold."""

_START = np.uint64(1)
_NO_START = np.uint64(2**64 - 1)  # spaCy reads it as -1


class SentenceMarker:
    """Sets every ``token.is_sent_start``; a start within a token moves to the next one."""

    def __call__(self, doc: Doc) -> Doc:
        starts = iter(sentence_starts(doc.text))
        next_start: int | None = next(starts, None)
        marks = np.full((len(doc), 1), _NO_START, dtype=np.uint64)
        for i, offset in enumerate(doc.to_array("IDX")):
            while next_start is not None and next_start <= offset:
                marks[i] = _START
                next_start = next(starts, None)
        # one call: each `token.is_sent_start = …` looks through the whole doc first
        doc.from_array(["SENT_START"], cast("Ints2d", marks))
        return doc


class MentionJoiner:
    """Writes ``doc.spans[group]`` and ``doc.ents``.

    A span of the trained component is taken where the scan has nothing; also a body within a post (an unknown mission in the
    title of its head), a body whose name holds shorter known names (意大利航天局, 联合国人口与发展委员会), and a person whose
    name the scan cut short. Spans that do not look like a name at all are dropped.
    """

    def __init__(self, group: str = GROUP) -> None:
        self.group = group

    def __call__(self, doc: Doc) -> Doc:
        found = doc.user_data.pop(SCANNED, ())
        spans = [
            span for s, e, label, id_ in found if (span := doc.char_span(s, e, label=label, kb_id=id_)) is not None
        ]
        learned = [span for span in doc.ents if is_plausible(span) and _is_free(span, spans)]
        spans = [span for span in spans if not any(_is_longer(other, span) for other in learned)]
        spans = sorted([*spans, *learned], key=lambda s: (s.start, -s.end, s.label_))
        doc.spans[self.group] = spans
        doc.ents = filter_spans(spans)
        return doc


def _is_longer(learned: Span, scanned: Span) -> bool:
    """A person's name that holds one the scan cut short (赛义德·亚乌尔·阿里 for 德·亚乌尔·阿里)."""
    same = learned.label_ == scanned.label_ == MentionType.OFFICIAL
    return same and learned.start <= scanned.start and scanned.end <= learned.end and len(scanned) < len(learned)


def _is_free(span: Span, scanned: list[Span]) -> bool:
    if span.label_ == MentionType.OFFICIAL:
        return all(_is_longer(span, o) for o in scanned if o.start < span.end and span.start < o.end)
    for other in scanned:
        if other.start < span.end and span.start < other.end:
            within = other.start <= span.start and span.end <= other.end and other.label_ == MentionType.POST
            holds = span.start <= other.start and other.end < span.end and other.label_ in _PARTS
            if not within and not holds:
                return False
    return True


def create_sentences(nlp: Language, name: str) -> SentenceMarker:  # noqa: ARG001 - spaCy's signature
    """Factory ``unsc_sentences``."""
    return SentenceMarker()


def create_mentions(nlp: Language, name: str, group: str) -> MentionJoiner:  # noqa: ARG001
    """Factory ``unsc_mentions``; ``group`` is the key of ``doc.spans``."""
    return MentionJoiner(group)


Language.factory(
    "unsc_sentences", assigns=["token.is_sent_start"], default_score_weights={"sents_f": 0.0}, func=create_sentences
)
Language.factory(
    "unsc_mentions",
    assigns=["doc.spans", "doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"group": GROUP},
    func=create_mentions,
)
