"""Trains the word segmentation: pkuseg's field on gold words of Universal Dependencies and silver words of the UN.

The two disagree about what a word is (the silver corpus agrees with jieba in 99.7 % of its words), so each is measured
apart. Gold: GSDSimp dev, the first half of GSDSimp test, PUD; the second half of GSDSimp test is held out. Silver: the
documents of the parallel corpus that are not held out.
"""

from __future__ import annotations

import contextlib
import io
import logging
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.pipeline.segmenter import Segmenter, fold_letters, write_model
from kg.train.corpus import Words, is_held_out, read_gold_words, read_silver_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["SegmentSettings", "WordScore", "gold_split", "score_words", "silver_split", "train_segmenter"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSettings:
    """``least``: a feature seen this often or less is dropped. ``floor``: so is one whose weights all stay below it.
    ``digits``: weights are rounded to as many decimals; this and ``floor`` make the model small and change no score
    measured. ``gold_copies``: how often each gold sentence counts, as people made it."""

    seed: int = 2507
    iterations: int = 10
    least: int = 1
    floor: float = 0.03
    gold_copies: int = 2
    digits: int = 3


@dataclass(frozen=True, slots=True)
class WordScore:
    """Words found at the right place, words in the reference, words predicted."""

    correct: int
    reference: int
    predicted: int

    def as_json(self) -> dict[str, float | int]:
        precision = self.correct / self.predicted if self.predicted else 0.0
        recall = self.correct / self.reference if self.reference else 0.0
        total = self.reference + self.predicted
        f1 = 2 * self.correct / total if total else 0.0
        return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4), "words": self.reference}


def gold_split(shared: Path, *, join_suffixes: bool = True) -> tuple[list[Words], list[Words]]:
    """Gold sentences to train on, and those held out."""
    dev = read_gold_words(shared, "gsdsimp-dev.conllu", join_suffixes=join_suffixes)
    test = read_gold_words(shared, "gsdsimp-test.conllu", join_suffixes=join_suffixes)
    pud = read_gold_words(shared, "pud-test.hant.conllu", join_suffixes=join_suffixes)
    half = len(test) // 2
    return dev + test[:half] + pud, test[half:]


def silver_split(shared: Path) -> tuple[list[Words], list[Words]]:
    """Silver sentences to train on, and those held out."""
    lines = [(document, words) for document, words in read_silver_words(shared) if words]
    return (
        [words for document, words in lines if not is_held_out(document)],
        [words for document, words in lines if is_held_out(document)],
    )


def train_segmenter(sentences: Sequence[Words], folder: Path, settings: SegmentSettings | None = None) -> None:
    """Trains on ``sentences`` and writes the model into ``folder``; the same sentences give the same bytes.

    pkuseg keeps its settings in a module and shuffles with the module `random`: both are put back afterwards.
    """
    settings = settings or SegmentSettings()
    import spacy_pkuseg
    from spacy_pkuseg.config import config

    before, state = (config.featureTrim, config.modelDir), random.getstate()
    with tempfile.TemporaryDirectory() as scratch:
        text = Path(scratch, "train.txt")
        text.write_text("".join(f"{fold_letters(' '.join(words))}\n" for words in sentences), encoding="utf-8")
        sample = Path(scratch, "sample.txt")  # pkuseg insists on a test file; we measure ourselves
        sample.write_text("".join(f"{fold_letters(' '.join(words))}\n" for words in sentences[:10]), encoding="utf-8")
        raw = Path(scratch, "model")
        try:
            config.featureTrim = settings.least
            random.seed(settings.seed)
            with contextlib.redirect_stdout(io.StringIO()):
                spacy_pkuseg.train(str(text), str(sample), str(raw), train_iter=settings.iterations)
            trained: Any = spacy_pkuseg.pkuseg(str(raw), user_dict=None)
        finally:
            config.featureTrim, config.modelDir = before
            random.setstate(state)
        _shrink(trained, settings)
        write_model(folder, trained.feature_extractor, trained.model)
    _log.info("segmentation model: %d sentences, %d features", len(sentences), trained.model.n_feature)


def _shrink(trained: Any, settings: SegmentSettings) -> None:
    """Drops features that decide nothing, and the words that only they spoke of."""
    import numpy

    model, extractor = trained.model, trained.feature_extractor
    tags = model.n_tag
    nodes = numpy.round(model.w[: tags * model.n_feature].reshape(-1, tags), settings.digits)
    edges = numpy.round(model.w[tags * model.n_feature :], settings.digits)
    kept = numpy.abs(nodes).max(axis=1) >= settings.floor
    kept[0] = True  # pkuseg adds feature 0 to every character
    by_index = sorted(extractor.feature_to_idx.items(), key=lambda item: item[1])
    names = [name for name, index in by_index if kept[index]]
    extractor.feature_to_idx = {name: index for index, name in enumerate(names)}
    extractor.unigram = {word for name in names for word in _words_of(name)} & extractor.unigram
    extractor.bigram = set()  # read in training only
    model.w = numpy.concatenate([nodes[kept].reshape(-1), edges]) + 0.0  # no minus zero
    model.n_feature = len(names)
    model.n_transition_feature = len(model.w)


def _words_of(feature: str) -> Iterable[str]:
    kind, _, rest = feature.partition(".")
    if kind in {"w-1", "w1"}:
        return [rest]
    if kind == "ww":
        return rest.partition(".")[2].split("*")
    return []


def score_words(segmenter: Segmenter, sentences: Iterable[Words]) -> WordScore:
    """Compares words by their place in the sentence."""
    correct = reference = predicted = 0
    for words in sentences:
        wanted, got = _places(words), _places(segmenter.cut("".join(words)))
        correct += len(wanted & got)
        reference += len(wanted)
        predicted += len(got)
    return WordScore(correct, reference, predicted)


def _places(words: Iterable[str]) -> set[tuple[int, int]]:
    places: set[tuple[int, int]] = set()
    at = 0
    for word in words:
        places.add((at, at + len(word)))
        at += len(word)
    return places
