"""Trains the component ``ner``: persons, missions and organizations by their make and context.

Every epoch shows each sentence in another guise (names hidden or invented anew), drawn from the sentence and the seed,
so that two runs see the same.
"""

from __future__ import annotations

import logging
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.gazetteer import load_gazetteer
from kg.model import MentionType
from kg.pipeline.language import build_language
from kg.pipeline.tokenizer import Tokenizer
from kg.train.silver import LABELS, Sample, hidden, made_up, replaced, scanned, seed_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

    from kg.pipeline.segmenter import Segmenter
    from kg.train.corpus import Line
    from kg.train.gold import GoldSpan

__all__ = ["NerSettings", "corpus_samples", "doc_of", "resolution_samples", "train_ner"]

_log = logging.getLogger(__name__)

_BODY = re.compile(
    r"[一-鿿·]{2,14}?(?:基金会?|协会|阵线|运动|联盟|联军|武装|民兵|委员会|公司|中心|理事会|大学|银行|组织|机构|法院|法庭|[党局署司部旅军])"
)
"""Looks like the name of a body; where nobody checked, such words are neither learned nor unlearned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NerSettings:
    """``resolutions``: how many of their paragraphs are used. ``made_up``: rounds over the templates. ``persons``: how
    often a sentence with a person is shown an epoch, as they are rare."""

    seed: int = 1325
    epochs: int = 10
    dropout: float = 0.15
    resolutions: int = 4500
    made_up: int = 6
    persons: int = 4


def corpus_samples(lines: Iterable[Line], gold: Mapping[int, Sequence[GoldSpan]]) -> list[Sample]:
    """One sample a line of the parallel corpus, persons as people marked them."""
    samples: list[Sample] = []
    for line in lines:
        if not line.text:
            continue
        spans = gold.get(line.number, ())
        extra = [(s.start, s.end, s.label) for s in spans if not s.optional]
        unsure = [(s.start, s.end) for s in spans if s.optional]
        samples.append(scanned(line.text, extra=extra, persons=False, unsure=unsure))
    return samples


def resolution_samples(paragraphs: Iterable[str], most: int, seed: int) -> list[Sample]:
    """Samples of up to ``most`` paragraphs, chosen by their hash; what looks like an unknown body is unsure."""
    texts = sorted({p for p in paragraphs if 12 <= len(p) <= 400}, key=lambda p: seed_of(p, seed).random())
    samples: list[Sample] = []
    for text in texts[:most]:
        sample = scanned(text)
        known = [(m.start, m.end) for m in sample.mentions]
        unsure = [
            match.span()
            for match in _BODY.finditer(text)
            if not any(s < match.end() and match.start() < e for s, e in known)
        ]
        samples.append(Sample(text, sample.entities, sample.mentions, tuple(unsure)))
    return samples


def train_ner(samples: Sequence[Sample], segmenter: Segmenter, settings: NerSettings | None = None) -> Language:
    """A pipeline with a trained ``ner``. The same samples, settings and library versions give the same weights."""
    settings = settings or NerSettings()
    from spacy.training.batchers import minibatch_by_words
    from thinc.api import compounding, fix_random_seed

    nlp = build_language(segmenter)
    fix_random_seed(settings.seed)
    first = list(_examples(nlp, samples[:300], settings, 0))
    with nlp.select_pipes(enable=["ner"]):
        ner = nlp.get_pipe("ner")
        for label in LABELS:
            ner.add_label(label.value)  # type: ignore[attr-defined]
        optimizer = nlp.initialize(lambda: first)
        sizes: Any = compounding(200.0, 1200.0, 1.002)  # spaCy draws the next one for each batch
        for epoch in range(settings.epochs):
            examples = list(_examples(nlp, samples, settings, epoch))
            random.Random(settings.seed + epoch).shuffle(examples)  # noqa: S311 - not for secrets
            losses: dict[str, float] = {}
            for batch in minibatch_by_words(examples, size=sizes, discard_oversize=False):
                nlp.update(batch, sgd=optimizer, drop=settings.dropout, losses=losses)
            _log.info("epoch %d: %d sentences, loss %.0f", epoch + 1, len(examples), losses.get("ner", 0.0))
        with nlp.use_params(optimizer.averages):
            trained = nlp.get_pipe("ner").to_bytes()  # type: ignore[attr-defined]
        nlp.get_pipe("ner").from_bytes(trained)  # type: ignore[attr-defined]
    return nlp


def _examples(nlp: Language, samples: Sequence[Sample], settings: NerSettings, epoch: int) -> Iterator[Example]:
    """The samples in the guise of this epoch."""
    from spacy.training import Example

    for sample in _guises(samples, settings, epoch):
        reference = doc_of(nlp, sample)
        plain = reference.copy()
        plain.set_ents([], default="missing")
        yield Example(plain, reference)


def _guises(samples: Sequence[Sample], settings: NerSettings, epoch: int) -> Iterator[Sample]:
    for sample in samples:
        rng = seed_of(sample.text, settings.seed + 101 * epoch)
        person = any(label == MentionType.OFFICIAL for _, _, label in sample.entities)
        for _ in range(settings.persons if person else 1):
            draw = rng.random()
            if not sample.entities or draw < 0.2:
                yield sample
            elif draw < 0.55:
                yield hidden(sample, rng)
            else:
                yield replaced(sample, rng)
    states = [e.zh for e in load_gazetteer().entries if e.type == MentionType.STATE]
    yield from made_up(states, seed_of("", settings.seed + 101 * epoch), settings.made_up)


def doc_of(nlp: Language, sample: Sample) -> Doc:
    """The sample's tokens with its labels. A label that ends within a token is dropped, and that token is unsure."""
    assert isinstance(nlp.tokenizer, Tokenizer)
    doc = nlp.tokenizer.tokenize(sample.text, sample.mentions)
    doc.user_data.clear()
    spans, unsure = [], []
    for start, end, label in sample.entities:
        span = doc.char_span(start, end, label=label)
        if span is None:
            unsure.append((start, end))
        else:
            spans.append(span)
    for start, end in (*unsure, *sample.unsure):
        wide = doc.char_span(start, end, alignment_mode="expand")
        if wide is not None and not any(s.start < wide.end and wide.start < s.end for s in spans):
            spans.append(wide)
    missing = [s for s in spans if not s.label_]
    doc.set_ents([s for s in spans if s.label_], missing=missing, default="outside")
    return doc
