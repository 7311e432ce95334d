"""Tokens of the pipeline: the exact scan's mentions are never cut across, pkuseg cuts what stands between them.

A mention that holds no other is one token whose ``norm_`` is its type (``State``, ``Date``), so that a model learns from the
kind of thing and not from the name; its ``text`` is untouched, as is ``doc.text``. Names of persons and long posts are
cut into words like everything else.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.attrs import SUFFIX  # type: ignore[import-not-found]  # compiled
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, from_disk, registry, to_disk

from kg.model import MentionType
from kg.pipeline.segmenter import FEATURES, CharacterSegmenter, PkusegSegmenter, Segmenter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.vocab import Vocab

    from kg.model import Mention

__all__ = ["SCANNED", "Tokenizer", "create_tokenizer"]

SCANNED = "unsc.scan"
"""Key of ``doc.user_data``: what the scan found, as ``[start, end, type, id]`` in characters, for `kg.pipeline.components`."""

_ATOMIC = frozenset(MentionType) - {MentionType.OFFICIAL}
_HARD = re.compile(r"([。！？；，、：“”‘’《》〈〉()（）·\"])|(?<=[A-Za-zÀ-ÿ])(?=[一-鿿])|(?<=[一-鿿])(?=[A-Za-zÀ-ÿ])")
"""Signs that are always tokens of their own, and the border between Latin letters and Han, whatever pkuseg says."""
_VISIBLE = re.compile(r"\S+")


class Tokenizer(DummyTokenizer):
    """``scan``: whether mentions are looked up first; without it pkuseg alone decides. Keeps its model when saved."""

    def __init__(self, vocab: Vocab, *, scan: bool = True, segmenter: Segmenter | None = None) -> None:
        self.vocab = vocab
        self.scan = scan
        self.segmenter: Segmenter = segmenter or CharacterSegmenter()
        self.words: tuple[str, ...] = ()
        self._automaton: Any = None
        vocab.lex_attr_getters[SUFFIX] = _last_character  # type: ignore[attr-defined]

    def __call__(self, text: str) -> Doc:
        return self.tokenize(text, self._mentions(text))

    def tokenize(self, text: str, mentions: Sequence[Mention]) -> Doc:
        """A document of ``text`` in which ``mentions`` are what the scan is held to have found."""
        fixed = {(m.start, m.end): m.type.value for m in mentions if m.type in _ATOMIC}
        fixed.update((place, "") for place in self._user_words(text, mentions))
        words: list[str] = []
        spaces: list[bool] = []
        typed: list[tuple[int, str]] = []
        end = 0
        for start, stop, kind in self._tokens(text, fixed, mentions):
            _add_blanks(text[end:start], words, spaces)
            if kind:
                typed.append((len(words), kind))
            words.append(text[start:stop])
            spaces.append(False)
            end = stop
        _add_blanks(text[end:], words, spaces)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        for index, kind in typed:
            doc[index].norm_ = kind
        if mentions:
            doc.user_data[SCANNED] = [[m.start, m.end, m.type.value, m.id or ""] for m in mentions]
        return doc

    def add_words(self, words: Iterable[str]) -> None:
        """Words that are to stay whole wherever no mention is in the way; the longest one at the leftmost place wins."""
        self.words = tuple(sorted({*self.words, *words} - {""}))
        self._automaton = None

    def _mentions(self, text: str) -> list[Mention]:
        if not self.scan:
            return []
        from kg.pipeline.scan import scan

        return [m for m in scan(text) if m.end > m.start]

    def _user_words(self, text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        if not self.words:
            return
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick, MatchKind

            self._automaton = AhoCorasick(self.words, matchkind=MatchKind.LeftmostLongest)
        taken = [(m.start, m.end) for m in mentions]
        for _, start, end in self._automaton.find_matches_as_indexes(text):
            if not any(s < end and start < e for s, e in taken):
                yield start, end

    def _tokens(
        self, text: str, fixed: dict[tuple[int, int], str], mentions: Sequence[Mention]
    ) -> Iterator[tuple[int, int, str]]:
        """Tokens without blanks as ``(start, end, type)``; type is empty unless the token is a whole mention."""
        cuts = {0, len(text), *(m.start for m in mentions), *(m.end for m in mentions), *(i for p in fixed for i in p)}
        bounds = sorted(cuts)
        for start, end in pairwise(bounds):
            kind = fixed.get((start, end))
            for visible in _VISIBLE.finditer(text, start, end):
                if kind is not None and visible.span() == (start, end):
                    yield start, end, kind
                else:
                    at = visible.start()
                    for word in self._cut(visible.group()):
                        yield at, at + len(word), ""
                        at += len(word)

    def _cut(self, text: str) -> Iterator[str]:
        for word in self.segmenter.cut(text):
            if len(word) > 1 and _HARD.search(word):
                yield from filter(None, _HARD.split(word))
            else:
                yield word

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Any]] | None = None,  # noqa: ARG002 - spaCy's signature
        *,
        nlp: Language | None = None,  # noqa: ARG002
        model: str | None = None,
    ) -> None:
        """``model``: folder of a segmentation model (``[initialize.tokenizer]`` in a training config)."""
        if model is not None:
            self.segmenter = PkusegSegmenter(Path(model))

    def to_disk(self, path: str | Path, **_: Any) -> None:
        config = {"scan": self.scan, "words": list(self.words)}

        def write_config(at: Path) -> None:
            at.write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

        to_disk(Path(path), {"cfg": write_config, "pkuseg": self.segmenter.to_disk}, [])

    def from_disk(self, path: str | Path, **_: Any) -> Tokenizer:
        def read_config(at: Path) -> None:
            config = json.loads(at.read_text(encoding="utf-8"))
            self.scan = config["scan"]
            self.words = tuple(config["words"])
            self._automaton = None

        def read_model(at: Path) -> None:
            self.segmenter = PkusegSegmenter(at) if (at / FEATURES).exists() else CharacterSegmenter()

        from_disk(Path(path), {"cfg": read_config, "pkuseg": read_model}, [])
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """The files of `to_disk`, packed: what spaCy sends to other processes."""
        import tempfile

        import srsly  # type: ignore[import-untyped]

        with tempfile.TemporaryDirectory() as folder:
            self.to_disk(Path(folder, "tokenizer"))
            files = sorted(p for p in Path(folder).rglob("*") if p.is_file())
            packed: bytes = srsly.msgpack_dumps({p.relative_to(folder).as_posix(): p.read_bytes() for p in files})
        return packed

    def from_bytes(self, data: bytes, **_: Any) -> Tokenizer:
        import tempfile

        import srsly

        with tempfile.TemporaryDirectory() as folder:
            for name, content in srsly.msgpack_loads(data).items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            return self.from_disk(Path(folder, "tokenizer"))

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickle, (self.vocab, self.to_bytes())


def _last_character(word: str) -> str:
    """What a Chinese word is shows in its last character (团 会 军); spaCy's suffix of three is made for English."""
    return word[-1:]


def _unpickle(vocab: Vocab, data: bytes) -> Tokenizer:
    return Tokenizer(vocab).from_bytes(data)


def _add_blanks(gap: str, words: list[str], spaces: list[bool]) -> None:
    """One blank belongs to the token before it, as spaCy has it; other blanks and line ends are tokens."""
    if gap.startswith(" ") and words and not spaces[-1]:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


def create_tokenizer(scan: bool = True) -> Callable[[Language], Tokenizer]:
    """``unsc.Tokenizer.v1`` of spaCy's registry; ``scan`` as in `Tokenizer`."""

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab, scan=scan)

    return create


registry.tokenizers.register("unsc.Tokenizer.v1", func=create_tokenizer)
