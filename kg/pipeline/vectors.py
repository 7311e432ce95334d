"""The vectors of tokens, as the trained component reads them, computed without a walk through thinc's layers.

What asks for them is short, one sentence mostly, and then the layers cost more than the arithmetic: forty calls, and
products of a few rows for which the weights are packed anew each time. The numbers are those of `spacy.HashEmbedCNN.v2`
but for the last bits; a test compares both. Training goes through the layers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy._core import _multiarray_umath  # type: ignore[attr-defined]  # compiled
from thinc.api import NumpyOps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from thinc.api import Model

    Floats = NDArray[np.float32]

__all__ = ["shorten"]

_OPS = NumpyOps()
_IN_PLACE = bool(getattr(_multiarray_umath, "__cpu_features__", {}).get("AVX512_SKX"))
"""Whether numpy's OpenBLAS multiplies a few rows in place, by one thread; elsewhere it would pack the weights first, and
wake all cores for it: thinc's own BLIS, of one thread, is faster then."""
_ROWS = 8
"""So few: rows x inputs x outputs is at most a million."""


class _Dense(NamedTuple):
    """A maxout and a layer norm: ``weights`` (inputs x (pieces x outputs)) and their ``bias``; ``gain`` and ``shift``."""

    weights: Floats
    bias: Floats
    pieces: int
    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, maxout: Model[Any, Any], norm: Model[Any, Any]) -> _Dense:
        weights, bias = _parameter(maxout, "W"), _parameter(maxout, "b")
        width, pieces, inputs = weights.shape
        by_piece = np.ascontiguousarray(weights.transpose(2, 1, 0)).reshape(inputs, pieces * width)
        in_order = np.ascontiguousarray(bias.T).reshape(-1)
        return cls(by_piece, in_order, pieces, _parameter(norm, "G"), _parameter(norm, "b"))

    def __call__(self, rows: Floats) -> Floats:
        each = (_product(rows, self.weights) + self.bias).reshape(len(rows), self.pieces, -1)
        best = each[:, 0]
        for piece in range(1, self.pieces):
            best = np.maximum(best, each[:, piece])
        width = best.shape[1]
        best -= np.add.reduce(best, axis=1, keepdims=True) / width
        variance = np.add.reduce(best * best, axis=1, keepdims=True) / width + 1e-08
        scaled: Floats = best * variance**-0.5 * self.gain + self.shift
        return scaled


def _parameter(layer: Model[Any, Any], name: str) -> Floats:
    return np.asarray(layer.get_param(name))


def _product(rows: Floats, weights: Floats) -> Floats:
    if not _IN_PLACE:
        product: Floats = _OPS.gemm(rows, weights)
        return product
    out = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
    for at in range(0, len(rows), _ROWS):
        np.dot(rows[at : at + _ROWS], weights, out=out[at : at + _ROWS])
    return out


def shorten(tok2vec: Model[Any, Any]) -> None:
    """Have ``tok2vec`` (embedding, window encoder, linear layer) predict without its layers; what it learns from is left
    to them. One of another make is left as it is."""
    nodes: dict[str, list[Model[Any, Any]]] = {}
    for node in tok2vec.walk():
        nodes.setdefault(node.name, []).append(node)
    made_of = {name: len(nodes.get(name, ())) for name in ("extract_features", "hashembed", "maxout", "linear")}
    depth = made_of["maxout"] - 1
    if made_of != {"extract_features": 1, "hashembed": 4, "maxout": 5, "linear": 1}:
        return
    columns = nodes["extract_features"][0].attrs["columns"]
    tables = [(_parameter(each, "E"), each.attrs["seed"], each.attrs["column"]) for each in nodes["hashembed"]]
    first, *windows = [_Dense.of(*pair) for pair in zip(nodes["maxout"], nodes["layernorm"], strict=True)]
    last = np.ascontiguousarray(_parameter(nodes["linear"][0], "W").T), _parameter(nodes["linear"][0], "b")
    through_layers = tok2vec._func

    def forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[Floats, Callable[..., Any]]:
        if is_train or not all(map(len, docs)):
            return through_layers(model, docs, is_train)  # type: ignore[no-any-return]
        ids = np.concatenate([doc.to_array(columns) for doc in docs]).astype(np.uint64, copy=False)
        embedded = [
            _OPS.gather_add(table, _OPS.hash(np.ascontiguousarray(ids[:, column]), seed) % len(table))
            for table, seed, column in tables
        ]
        vectors = first(np.concatenate(embedded, axis=1))
        # a window that reaches past the end of a text sees as many empty rows as there are windows one on another
        gap = np.zeros((depth, vectors.shape[1]), dtype=np.float32)
        texts, kept = [gap], [np.zeros(depth, dtype=bool)]
        begin = 0
        for doc in docs:
            texts += [vectors[begin : begin + len(doc)], gap]
            kept += [np.ones(len(doc), dtype=bool), kept[0]]
            begin += len(doc)
        vectors = np.concatenate(texts)
        for window in windows:
            vectors = vectors + window(_OPS.seq2col(vectors, 1))
        return _product(vectors[np.concatenate(kept)], last[0]) + last[1], _no_learning

    tok2vec._func = forward


def _no_learning(_: Any) -> None:
    raise RuntimeError("these vectors were not made for training")
