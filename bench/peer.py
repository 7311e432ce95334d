"""What others would take: spaCy in the shape of zh_core_web_sm with rdflib behind it, and jieba.posseg.

The spaCy pipeline has the architecture of zh_core_web_sm (tok2vec, tagger, parser, attribute_ruler, ner; widths,
depths and numbers of labels as in its published configuration) behind pkuseg with *our* segmentation model, and
weights initialised at random with a fixed seed: it does the arithmetic of a trained one, and says nothing of use, so
what it finds is not compared. Each entity gets about as many triples as a mention of ours: a node with its type and
name, and a Web Annotation target with offsets and quote, in a named graph a document. Of its entities it writes as
many as we find mentions, no more, since weights without sense find more than there are.

jieba.posseg cuts words and tags them; it writes nothing.
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

    from bench.texts import Text

__all__ = ["Peer", "jieba_posseg"]

SEED = 0
WIDTH, DEPTH = 96, 4
EMBED = {"attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "rows": [5000, 1000, 2500, 2500]}
LABELS = {"tagger": 36, "parser": 49, "ner": 18}
"""How many labels zh_core_web_sm has; their names do not matter for speed."""


def jieba_posseg(text: Text) -> Callable[[], object]:
    """jieba's segmentation with part-of-speech tags."""
    import logging

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    jieba.posseg.lcut("安全理事会")
    return lambda: [jieba.posseg.lcut(part) for part in text.plain]


class Peer:
    """The spaCy pipeline with its writer. ``triples``: how many the last graph had."""

    def __init__(self, segmenter: Any) -> None:
        self._nlp = _peer(segmenter)
        self.triples = 0
        list(self._nlp.pipe(["安理会于2020年1月31日通过了第2507(2020)号决议。"]))

    def write_graph(self, text: Text, most: int) -> None:
        """N-Quads of ``most`` entities; long texts go in by paragraph, as spaCy's users do."""
        import rdflib

        data = rdflib.Dataset()
        left = most
        for number, plain in enumerate(text.plain):
            graph = data.graph(rdflib.URIRef(f"{BASE}id/graph/{number}"))
            document = rdflib.URIRef(f"{BASE}id/document/{number}")
            begins = 0
            places = []
            for line in plain.split("\n"):
                if line.strip():
                    places.append((line, begins))
                begins += len(line) + 1
            for doc, offset in self._nlp.pipe(places, as_tuples=True):
                entities = doc.ents[:left]
                left -= len(entities)
                for entity in entities:
                    _add(
                        graph,
                        document,
                        entity.text,
                        entity.label_,
                        offset + entity.start_char,
                        offset + entity.end_char,
                    )
        self.triples = len(data)
        with tempfile.TemporaryDirectory() as folder:
            data.serialize(str(Path(folder, "graph.nq")), format="nquads", encoding="utf-8")


def _add(graph: Any, document: Any, name: str, label: str, start: int, end: int) -> None:
    """What is said of one entity in a document."""
    from urllib.parse import quote

    from rdflib import RDF, RDFS, Literal, Namespace, URIRef

    oa, sc = Namespace(PREFIXES["oa"]), Namespace(f"{BASE}ns#")
    thing = URIRef(f"{BASE}id/entity/{quote(name)}")
    target = URIRef(f"{document}-{start}-{end}")
    position, words = URIRef(f"{target}-position"), URIRef(f"{target}-quote")
    for triple in (
        (thing, RDF.type, sc[label]),
        (thing, RDFS.label, Literal(name, lang="zh")),
        (document, sc.mentions, thing),
        (thing, sc.evidence, target),
        (target, RDF.type, sc.Evidence),
        (target, oa.hasSource, document),
        (target, oa.hasSelector, position),
        (target, oa.hasSelector, words),
        (position, RDF.type, oa.TextPositionSelector),
        (position, oa.start, Literal(start)),
        (position, oa.end, Literal(end)),
        (words, RDF.type, oa.TextQuoteSelector),
        (words, oa.exact, Literal(name)),
    ):
        graph.add(triple)


def _peer(segmenter: Any) -> Language:
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(SEED)
    peer = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "pkuseg"}}})
    tok2vec = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "include_static_vectors": False,
            **EMBED,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": DEPTH,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    peer.add_pipe("tok2vec", config={"model": tok2vec})
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}
    peer.add_pipe("tagger", config={"model": tagger})
    peer.add_pipe("parser", config={"model": _transitions("parser", listener), "min_action_freq": 1})
    peer.add_pipe("attribute_ruler")
    peer.add_pipe("ner", config={"model": _transitions("ner", tok2vec)})
    for name, count in LABELS.items():
        for i in range(count):
            peer.get_pipe(name).add_label(f"L{i}")  # type: ignore[attr-defined]
    doc = Doc(peer.vocab, words=["安理会", "通过", "了", "决议"], spaces=[False] * 4)
    annotation = {"tags": ["L0"] * 4, "heads": [1, 1, 1, 1], "deps": ["L0", "ROOT", "L1", "L2"]}
    example = Example.from_dict(doc, {**annotation, "entities": [(0, 3, "L0")]})
    with tempfile.TemporaryDirectory() as folder:
        segmenter.to_disk(Path(folder))
        words = Path(folder, "words.txt")
        words.touch()  # no words: spaCy wants a file
        peer.config["initialize"]["tokenizer"] = {"pkuseg_model": folder, "pkuseg_user_dict": str(words)}
        peer.initialize(lambda: [example])
    peer.get_pipe("attribute_ruler").add(patterns=[[{"TAG": "L1"}]], attrs={"POS": "NOUN"})  # type: ignore[attr-defined]
    _scatter(peer)
    return peer


def _scatter(peer: Language) -> None:
    """Output layers start at nought, and would always choose their first label; give them random weights as well."""
    import numpy

    random = numpy.random.default_rng(SEED)
    for name in LABELS:
        for node in peer.get_pipe(name).model.walk():  # type: ignore[attr-defined]
            for param in node.param_names:
                if param == "W" and node.has_param("W") and not node.get_param("W").any():
                    shape = node.get_param("W").shape
                    node.set_param("W", random.normal(0.0, 0.1, shape).astype("float32"))


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }
