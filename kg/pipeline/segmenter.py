"""Word segmentation by a conditional random field: pkuseg with a model of ours.

spacy-pkuseg ships no model, fetches one from the net when asked by name, and adds a dictionary of its own. Here it gets
the folder of a model that `kg.train` made and no dictionary, so nothing is fetched and nothing is hidden.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["CharacterSegmenter", "PkusegSegmenter", "Segmenter", "fold_letters"]

FEATURES = "features.msgpack"
WEIGHTS = "weights.npz"
LONGEST = 512
"""Characters given to the field at once: decoding takes memory by the character, and no context reaches this far."""

_LETTERS = str.maketrans(dict.fromkeys([*range(65, 91), *range(97, 123), *range(0xC0, 0x250)], "\uff21"))
_CHUNK = re.compile(rf"[^。！？；\n]{{0,{LONGEST - 1}}}(?:[。！？；\n]|.|$)", re.DOTALL)


def fold_letters(text: str) -> str:
    """Every Latin letter as the full-width A, which pkuseg reads as its class of letters; the length stays the same."""
    return text.translate(_LETTERS)


class Segmenter(Protocol):
    """Whatever cuts a text without blanks into words."""

    def cut(self, text: str) -> list[str]:
        """Words that joined give ``text`` again; ``text`` holds no blank."""

    def to_disk(self, path: Path) -> None:
        """Writes what `from_disk` of the tokenizer needs."""


class CharacterSegmenter:
    """Each character a word: what is left before a model was trained."""

    def cut(self, text: str) -> list[str]:
        return list(text)

    def to_disk(self, path: Path) -> None:
        """Nothing to write."""


class PkusegSegmenter:
    """A trained field, loaded from a folder with ``features.msgpack`` and ``weights.npz``.

    Raises `KgError` when the folder holds no model.
    """

    def __init__(self, folder: Path) -> None:
        for name in (FEATURES, WEIGHTS):
            if not (folder / name).is_file():
                raise KgError(f"no segmentation model: {name} is missing", where=str(folder))
        import spacy_pkuseg

        self._pkuseg: Any = spacy_pkuseg.pkuseg(str(folder), user_dict=None)
        self._cut: Callable[[str], list[str]] = self._pkuseg.cut

    @property
    def features(self) -> int:
        """Number of features that the model weighs."""
        return int(self._pkuseg.n_feature)

    def cut(self, text: str) -> list[str]:
        if len(text) < 2:
            return [text] if text else []
        return list(self._words(text))

    def _words(self, text: str) -> Iterator[str]:
        for chunk in _CHUNK.findall(text):
            at = 0
            for word in self._cut(fold_letters(chunk)):
                yield chunk[at : at + len(word)]
                at += len(word)

    def to_disk(self, path: Path) -> None:
        write_model(path, self._pkuseg.feature_extractor, self._pkuseg.model)


def write_model(folder: Path, features: Any, model: Any) -> None:
    """The two files of a pkuseg model, as small as they get; pkuseg itself can read them."""
    import numpy

    folder.mkdir(parents=True, exist_ok=True)
    features.save(str(folder))
    sizes = numpy.array([model.n_tag, model.n_feature])
    numpy.savez_compressed(folder / WEIGHTS, sizes=sizes, w=model.w)
