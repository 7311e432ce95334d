"""The three steps from corpora to a shipped model: ``segment``, ``ner``, ``evaluate``.

Each reads what the one before it wrote into the model's folder. With the same inputs, settings and versions every file
comes out with the same bytes, but for the key ``speed`` of ``metrics.json``, which is a measurement of time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import platform
from dataclasses import asdict
from importlib import metadata
from typing import TYPE_CHECKING, Any

from thinc.api import set_dropout_rate

import kg
from kg.pipeline.language import build_language
from kg.pipeline.segmenter import PkusegSegmenter
from kg.pipeline.tokenizer import Tokenizer
from kg.train.corpus import Line, fingerprint, read_lines, read_raw_lines, resolution_paragraphs
from kg.train.evaluate import score_bodies, score_persons, score_speed, score_unseen
from kg.train.gold import GoldSpan, read_gold
from kg.train.ner import NerSettings, corpus_samples, resolution_samples, train_ner
from kg.train.segment import SegmentSettings, gold_split, score_words, silver_split, train_segmenter

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from kg.train.silver import Sample

__all__ = ["evaluate_step", "ner_step", "save", "segment_step"]

_log = logging.getLogger(__name__)

WORDS = "tokenizer/pkuseg"
"""Where the segmentation model stands in the folder of the pipeline."""

_META = {
    "name": "unsc",
    "version": kg.__version__,
    "description": "Mentions in Chinese documents of the UN Security Council: exact scan, pkuseg, trained names",
    "author": "unsc-kg contributors",
    "spacy_version": ">=3.8.0,<3.9.0",
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "Universal Dependencies 2, Chinese GSDSimp (dev, test)",
            "license": "CC BY-SA 4.0",
            "author": "UD Chinese",
        },
        {"name": "Universal Dependencies 2, Chinese PUD", "license": "CC BY-SA 3.0", "author": "UD Chinese PUD"},
        {
            "name": "UN Parallel Corpus v1.0, development set",
            "license": "free with attribution",
            "author": "Ziemski, Junczys-Dowmunt, Pouliquen 2016",
        },
        {
            "name": "Security Council resolutions 2020 and 2021, machine-readable",
            "license": "acknowledge the United Nations as the source",
            "author": "United Nations, DGACM",
        },
    ],
}


def segment_step(shared: Path, out: Path, settings: SegmentSettings | None = None) -> None:
    """Trains the segmentation and writes it below ``out``."""
    settings = settings or SegmentSettings()
    gold, _ = gold_split(shared)
    silver, _ = silver_split(shared)
    train_segmenter(gold * settings.gold_copies + silver, out / WORDS, settings)


def ner_step(shared: Path, out: Path, settings: NerSettings | None = None) -> None:
    """Trains the names on top of the segmentation in ``out`` and writes the whole pipeline there."""
    settings = settings or NerSettings()
    lines = read_lines(shared)
    samples = _samples(shared, lines, read_gold(lines, read_raw_lines(shared)), settings)
    nlp = train_ner(samples, PkusegSegmenter(out / WORDS), settings)
    save(nlp, out)


def _samples(shared: Path, lines: list[Line], gold: dict[int, list[GoldSpan]], settings: NerSettings) -> list[Sample]:
    known = corpus_samples((line for line in lines if not line.held_out), gold)
    return known + resolution_samples(resolution_paragraphs(shared), settings.resolutions, settings.seed)


def save(nlp: Language, out: Path) -> None:
    """Writes the pipeline without the words that training left in its vocabulary."""
    assert isinstance(nlp.tokenizer, Tokenizer)
    clean = build_language(nlp.tokenizer.segmenter)
    trained: Any = nlp.get_pipe("ner")
    empty: Any = clean.get_pipe("ner")
    empty.from_bytes(trained.to_bytes(exclude=["vocab"]), exclude=["vocab"])
    set_dropout_rate(empty.model, 0.0)  # as spaCy does once it predicts: saved again, the bytes stay
    clean.meta.update(_META)
    out.mkdir(parents=True, exist_ok=True)
    clean.to_disk(out)


def evaluate_step(shared: Path, out: Path) -> dict[str, Any]:
    """Measures the pipeline in ``out`` and writes ``metrics.json`` there; also the scores into ``meta.json``."""
    import spacy

    words, names = SegmentSettings(), NerSettings()
    lines = read_lines(shared)
    gold = read_gold(lines, read_raw_lines(shared))
    nlp = spacy.load(out)
    scores = {
        "segmentation": _segmentation(shared, out),
        "entities": _entities(lines, gold, _samples(shared, lines, gold, names), nlp),
    }
    files = {p.relative_to(out).as_posix(): p for p in sorted(out.rglob("*")) if p.is_file()}
    metrics = {
        "what": "Measured on documents that training did not see; see kg/train/evaluate.py for the questions asked.",
        **scores,
        "size_bytes": sum(path.stat().st_size for name, path in files.items() if name != "metrics.json"),
        "speed": {
            "characters_per_second": score_speed(lines, nlp),
            "what": "whole pipeline, one process, best of three",
        },
        "settings": {"segment": asdict(words), "ner": asdict(names)},
        "versions": {
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in ("spacy", "spacy-pkuseg", "thinc", "numpy")},
        },
        "inputs_sha256": fingerprint(shared),
        "model_sha256": {
            name: hashlib.sha256(path.read_bytes()).hexdigest()
            for name, path in files.items()
            if name not in {"metrics.json", "meta.json"}
        },
    }
    _write(out / "metrics.json", metrics)
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    meta["performance"] = scores
    _write(out / "meta.json", meta)
    return metrics


def _segmentation(shared: Path, out: Path) -> dict[str, Any]:
    segmenter = PkusegSegmenter(out / WORDS)
    return {
        "gold": score_words(segmenter, gold_split(shared)[1]).as_json(),
        "gold_suffixes_apart": score_words(segmenter, gold_split(shared, join_suffixes=False)[1]).as_json(),
        "silver": score_words(segmenter, silver_split(shared)[1]).as_json(),
        "what": "gold: UD GSDSimp, second half of test; silver: UN Parallel Corpus, cut by machine (jieba?)",
    }


def _entities(
    lines: list[Line], gold: dict[int, list[GoldSpan]], samples: list[Sample], nlp: Language
) -> dict[str, Any]:
    return {
        "persons": {
            "scan_only": score_persons(lines, gold, None)[0].as_json(),
            "with_ner": score_persons(lines, gold, nlp)[0].as_json(),
        },
        "bodies_no_list_holds": {
            "scan_only": score_bodies(lines, gold, None)[0].as_json(),
            "with_ner": score_bodies(lines, gold, nlp)[0].as_json(),
        },
        "unseen_names_in_place_of_others": {k: v.as_json() for k, v in score_unseen(lines, samples, nlp).items()},
    }


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
