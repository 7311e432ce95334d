"""Measures the models on what they never saw: words, entities with and without the trained component, speed.

Held-out documents of the parallel corpus only. Persons: every marked name in all their lines. Bodies: marked missions
and organizations; the score is about names that no list holds, so what the scan finds by list is left out on both sides
unless it is a marked one. Unseen: real names of missions and organizations that training never saw, put in the place of
others, with the scan made blind to them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.gazetteer import load_gazetteer
from kg.model import MentionType
from kg.pipeline.components import GROUP
from kg.pipeline.scan import scan
from kg.pipeline.tokenizer import SCANNED, Tokenizer
from kg.train.silver import LABELS, Sample, is_reserved, replaced, scanned, seed_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.train.corpus import Line
    from kg.train.gold import GoldSpan

__all__ = ["SpanScore", "score_bodies", "score_persons", "score_speed", "score_unseen"]


@dataclass(slots=True)
class SpanScore:
    """Spans with the right ends and label, spans wanted, spans predicted."""

    correct: int = 0
    wanted: int = 0
    predicted: int = 0

    def as_json(self) -> dict[str, float | int]:
        precision = self.correct / self.predicted if self.predicted else 0.0
        recall = self.correct / self.wanted if self.wanted else 0.0
        f1 = 2 * self.correct / (self.wanted + self.predicted) if self.wanted + self.predicted else 0.0
        return {
            "p": round(precision, 4),
            "r": round(recall, 4),
            "f1": round(f1, 4),
            "wanted": self.wanted,
            "predicted": self.predicted,
        }


Spans = set[tuple[int, int, str]]


def predicted(doc: Doc) -> Spans:
    """All spans of the pipeline in characters."""
    return {(s.start_char, s.end_char, s.label_) for s in doc.spans[GROUP]}


def score_persons(
    lines: Iterable[Line], gold: Mapping[int, Sequence[GoldSpan]], nlp: Language | None
) -> tuple[SpanScore, list[tuple[int, str]]]:
    """Names of persons in held-out lines, and the faults as ``(line, name)`` (``-`` missed, ``+`` no person's name).
    ``nlp`` None: the scan alone."""
    score = SpanScore()
    faults: list[tuple[int, str]] = []
    label = MentionType.OFFICIAL.value
    for line in lines:
        if not line.held_out:
            continue
        spans = predicted(nlp(line.text)) if nlp else {(m.start, m.end, m.type.value) for m in scan(line.text)}
        got = {(s, e) for s, e, kind in spans if kind == label}
        marked = [g for g in gold.get(line.number, ()) if g.label == label]
        _count(score, got, marked, line, faults)
    return score, faults


def _count(
    score: SpanScore,
    got: set[tuple[int, int]],
    marked: Sequence[GoldSpan],
    line: Line,
    faults: list[tuple[int, str]],
) -> None:
    free = {p for g in marked if g.optional for p in g.places}
    taken: set[tuple[int, int]] = set()
    for span in marked:
        if span.optional:
            continue
        score.wanted += 1
        hit = next((p for p in span.places if p in got), None)
        if hit:
            score.correct += 1
            taken.add(hit)
        else:
            faults.append((line.number, "-" + line.text[span.start : span.end]))
    wrong = got - taken - free
    score.predicted += len(taken) + len(wrong)
    faults.extend((line.number, "+" + line.text[s:e]) for s, e in sorted(wrong))


def score_bodies(
    lines: Iterable[Line], gold: Mapping[int, Sequence[GoldSpan]], nlp: Language | None
) -> tuple[SpanScore, list[tuple[int, str]]]:
    """Marked missions and organizations in held-out lines; what the scan finds besides them is not asked about."""
    score = SpanScore()
    faults: list[tuple[int, str]] = []
    bodies = {MentionType.MISSION.value, MentionType.ORGANIZATION.value}
    for line in lines:
        if not line.held_out:
            continue
        by_list = {(m.start, m.end) for m in scan(line.text) if m.type.value in bodies}
        spans = {(s, e) for s, e, kind in predicted(nlp(line.text)) if kind in bodies} if nlp else by_list
        marked = [g for g in gold.get(line.number, ()) if g.label in bodies]
        asked = {p for g in marked for p in g.places}
        _count(score, {p for p in spans if p in asked or p not in by_list}, marked, line, faults)
    return score, faults


def score_unseen(lines: Iterable[Line], trained_on: Iterable[Sample], nlp: Language) -> dict[str, SpanScore]:
    """By label: missions and organizations of held-out lines give their places to reserved names of the lists that no
    training sentence holds, and the scan is made blind to these."""
    seen = {sample.text[s:e] for sample in trained_on for s, e, _ in sample.entities}
    names: dict[str, list[str]] = {label.value: [] for label in LABELS if label != MentionType.OFFICIAL}
    for entry in load_gazetteer().entries:
        if entry.type.value in names and is_reserved(entry.id):
            fresh = (n for n in entry.strong_names if n not in seen and len(n) > 2 and not n.isascii())
            names[entry.type.value].extend(fresh)
    scores = {label: SpanScore() for label in names}
    for line in lines:
        entities = tuple(e for e in scanned(line.text).entities if e[2] in names) if line.held_out else ()
        if not entities:
            continue
        sample = replaced(
            Sample(line.text, entities, ()),
            seed_of(line.text, 0),
            share=1.0,
            name_of=lambda label, rng: rng.choice(names[label]),
            blind=1.0,
        )
        spans = predicted(_annotate(nlp, sample))
        known = {(m.start, m.end, m.type.value) for m in sample.mentions}
        for entity in sample.entities:
            scores[entity[2]].wanted += 1
            scores[entity[2]].correct += entity in spans
        for start, end, kind in spans - known:
            if kind in scores and any(s < end and start < e for s, e, _ in sample.entities):
                scores[kind].predicted += 1
    return scores


def _annotate(nlp: Language, sample: Sample) -> Doc:
    """The pipeline on a text of which the scan is held to have found the sample's mentions only."""
    assert isinstance(nlp.tokenizer, Tokenizer)
    doc = nlp.tokenizer.tokenize(sample.text, sample.mentions)
    assert not sample.mentions or SCANNED in doc.user_data
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def score_speed(lines: Sequence[Line], nlp: Language) -> int:
    """Characters a second of the whole pipeline on held-out lines, one process; the best of three rounds."""
    texts = [line.text for line in lines if line.held_out][:600]
    characters = sum(map(len, texts))
    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        for _doc in nlp.pipe(texts, batch_size=64):
            pass
        best = max(best, characters / (time.perf_counter() - start))
    return int(best)
