"""The vectors of tokens without thinc's layers are those that the layers give, alone and in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import spacy

from kg.pipeline import vectors
from kg.pipeline.language import MODEL, build_language

if TYPE_CHECKING:
    from spacy.language import Language

SENTENCES = (
    "2.大韩民国政府提名Seongmee Yoon填补柳先生辞职留下的空缺。",
    "12. Abdullah Sarwaji",
    "岸",
    "阿拉伯叙利亚共和国政府再次呼吁联合国秘书长、安全理事会和所有人权组织坚持要求释放被绑架的囚犯Sidqi al-Maqt。",
)


def tok2vec_of(nlp: Language) -> Any:
    ner: Any = nlp.get_pipe("ner")
    return ner.model.get_ref("tok2vec")


@pytest.fixture(scope="module")
def through_layers() -> Language:
    return spacy.load(MODEL)


@pytest.mark.parametrize("in_place", [True, False])
def test_vectors_are_those_of_the_layers(
    nlp: Language, through_layers: Language, monkeypatch: pytest.MonkeyPatch, in_place: bool
) -> None:
    monkeypatch.setattr(vectors, "_IN_PLACE", in_place)
    docs = [nlp.make_doc(text) for text in SENTENCES]
    ours, theirs = map(tok2vec_of, (nlp, through_layers))
    for batch in (docs, docs[1:2], docs[::-1]):
        assert np.allclose(ours.predict(batch), theirs.predict(batch), rtol=1e-4, atol=1e-4)


def test_entities_are_those_of_the_layers(nlp: Language, through_layers: Language) -> None:
    found = [
        [[(s.start, s.end, s.label_) for s in each(text).ents] for text in SENTENCES] for each in (nlp, through_layers)
    ]
    assert found[0] == found[1]
    assert any(label == "Official" for doc in found[0] for _, _, label in doc)


def test_what_they_do_not_do_the_layers_do(nlp: Language) -> None:
    tok2vec = tok2vec_of(nlp)
    docs = [nlp.make_doc(SENTENCES[0]), nlp.make_doc("")]
    assert tok2vec.predict(docs).shape == (len(docs[0]), 64)  # an empty text
    learned, backprop = tok2vec(docs[:1], is_train=True)
    backprop(np.zeros_like(learned))
    known, no_backprop = tok2vec(docs[:1], is_train=False)
    with pytest.raises(RuntimeError):
        no_backprop(known)


def test_a_model_of_another_make_is_left_as_it_is() -> None:
    ner: Any = build_language().get_pipe("ner")
    forward = ner.model._func
    vectors.shorten(ner.model)  # the whole parser: more layers than vectors need
    assert ner.model._func is forward
