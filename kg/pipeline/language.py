"""The pipeline as a spaCy `Language`: built empty for training, loaded from the package for use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import spacy

from kg.errors import KgError
from kg.pipeline import MODEL, components, tokenizer  # registers their names with spaCy
from kg.pipeline.vectors import shorten

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from kg.pipeline.segmenter import Segmenter

__all__ = ["MODEL", "build_language", "load_pipeline"]

_NER = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "width": 96,
            "depth": 4,
            "embed_size": 3000,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
            "pretrained_vectors": None,
        },
    }
}


def build_language(segmenter: Segmenter | None = None, *, ner: bool = True) -> Language:
    """A pipeline that was not trained: the scan and, with ``segmenter``, words; ``ner`` adds the component to train."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "unsc.Tokenizer.v1"}}})
    nlp.config["initialize"]["tokenizer"] = {}  # spaCy's Chinese would have its own settings of pkuseg there
    if segmenter is not None:
        assert isinstance(nlp.tokenizer, tokenizer.Tokenizer)
        nlp.tokenizer.segmenter = segmenter
    nlp.add_pipe("unsc_sentences")
    if ner:
        nlp.add_pipe("ner", config=_NER)
    nlp.add_pipe("unsc_mentions", config={"group": components.GROUP})
    return nlp


@cache
def load_pipeline(folder: Path = MODEL) -> Language:
    """The trained pipeline of ``folder``, loaded once a process. Reads no network. Raises `KgError` when it is not there."""
    if not (folder / "config.cfg").is_file():
        raise KgError("the pipeline's model is missing", where=str(folder), remedy="make it with python -m kg.train")
    nlp = spacy.load(folder)
    if nlp.has_pipe("ner"):
        ner: Any = nlp.get_pipe("ner")
        shorten(ner.model.get_ref("tok2vec"))
    return nlp
