"""The texts that the models are made from, read from a folder that is not part of the repository.

``shared`` is a folder with ``ud-zh`` (Universal Dependencies: gold words), ``unpc-dev`` (UN Parallel Corpus,
development set, with a silver segmentation) and ``akn-zh`` (Chinese resolutions of 2020 to 2022), or one with these in
``data/``. Nothing of them is copied into the package: it holds the trained models, and line numbers with offsets where
people annotated.

The split is by document, never by line: neighbouring lines of one document share names, so a split by line would
test a model on names it was shown. A document is held out when the first byte of the SHA-256 of its id is odd.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kg.errors import ConfigError
from kg.text import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Line",
    "Words",
    "akn_paragraphs",
    "fingerprint",
    "is_held_out",
    "normal_words",
    "read_gold_words",
    "read_lines",
    "read_raw_lines",
    "read_silver_words",
    "resolution_paragraphs",
    "sources",
]

Words = list[str]
"""A sentence in the normal form, cut into words; none is empty or holds a blank."""

UNPC = "unpc-dev"
UD = "ud-zh"
AKN = "akn-zh"
AKN_YEARS = ("2020", "2021")
"""2022 is left to those who measure on it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Line ``number`` (0-based) of the parallel corpus: normal form, English side, id of its document."""

    number: int
    text: str
    english: str
    document: str
    sha256: str
    """Of the Chinese line as it stands in the file, without the line end."""

    @property
    def held_out(self) -> bool:
        return is_held_out(self.document)


def is_held_out(document: str) -> bool:
    """Whether the document with this id is for testing only."""
    return hashlib.sha256(document.encode()).digest()[0] % 2 == 1


def _data(shared: Path) -> Path:
    inner = shared / "data"
    return inner if inner.is_dir() else shared


def _read(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"training data is missing: {error.strerror}", where=str(path), remedy="give its folder with --shared"
        ) from error
    return text.removesuffix("\n").split("\n")


def read_lines(shared: Path) -> list[Line]:
    """The lines of the parallel corpus in file order."""
    chinese = _read(_data(shared) / UNPC / "dev.zh")
    english = _read(_data(shared) / UNPC / "dev.en")
    documents = _read(_data(shared) / UNPC / "dev.ids")
    return [
        Line(number, normalize(zh)[0], en, document, hashlib.sha256(zh.encode()).hexdigest())
        for number, (zh, en, document) in enumerate(zip(chinese, english, documents, strict=True))
    ]


def read_raw_lines(shared: Path) -> list[str]:
    """The Chinese lines as they stand in the file."""
    return _read(_data(shared) / UNPC / "dev.zh")


def normal_words(words: Iterable[str]) -> Words:
    """The same words in the normal form: widths, script and signs as the pipeline sees them."""
    return [normal for word in words if (normal := re.sub(r"\s+", "", normalize(word)[0]))]


def read_silver_words(shared: Path) -> list[tuple[str, Words]]:
    """(document id, words) of each line of the silver segmentation; who made it is not known."""
    documents = _read(_data(shared) / UNPC / "dev.ids")
    lines = _read(_data(shared) / UNPC / "dev.seg.zh")
    return [(document, normal_words(line.split())) for document, line in zip(documents, lines, strict=True)]


def read_gold_words(shared: Path, name: str, *, join_suffixes: bool = True) -> list[Words]:
    """Sentences of one CoNLL-U file of Universal Dependencies.

    ``join_suffixes``: a suffix (tag SFN: 加速+度, 会员+国) belongs to the word before it and a prefix (PFA) to the word
    after it, as in the silver corpus and in the UN's own word lists; without it, words as the treebank cuts them.
    """
    sentences: list[Words] = []
    words: Words = []
    glue = False
    for line in _read(_data(shared) / UD / name):
        if not line:
            if words:
                sentences.append(normal_words(words))
            words, glue = [], False
            continue
        columns = line.split("\t")
        if line.startswith("#") or not columns[0].isdigit():
            continue
        tag = columns[4]
        if words and join_suffixes and (glue or tag == "SFN"):
            words[-1] += columns[1]
        else:
            words.append(columns[1])
        glue = tag == "PFA"
    if words:
        sentences.append(normal_words(words))
    return sentences


def akn_paragraphs(path: Path) -> Iterator[str]:
    """Paragraphs of a resolution in Akoma Ntoso in the normal form, layout blanks dropped."""
    for element in ElementTree.parse(path).iter():  # noqa: S314 - files of the United Nations given by the user
        if element.tag.rpartition("}")[2] == "p":
            text = re.sub(r"\s+", " ", "".join(element.itertext())).strip()
            if text:
                yield normalize(text)[0]


def resolution_paragraphs(shared: Path) -> Iterator[str]:
    """Paragraphs of all resolutions of `AKN_YEARS`."""
    for year in AKN_YEARS:
        for path in sorted((_data(shared) / AKN / year).glob("*.xml")):
            yield from akn_paragraphs(path)


def sources(shared: Path) -> list[Path]:
    """Every file that training reads, sorted."""
    data = _data(shared)
    named = [data / UNPC / name for name in ("dev.zh", "dev.en", "dev.ids", "dev.seg.zh")]
    resolutions = [path for year in AKN_YEARS for path in (data / AKN / year).glob("*.xml")]
    return sorted([*named, *(data / UD).glob("*.conllu"), *resolutions])


def fingerprint(shared: Path) -> dict[str, str]:
    """SHA-256 of the training inputs: of each file, and one for the resolutions together."""
    prints: dict[str, str] = {}
    together = hashlib.sha256()
    for path in sources(shared):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if path.suffix == ".xml":
            together.update(f"{path.name} {digest}\n".encode())
        else:
            prints[path.relative_to(_data(shared)).as_posix()] = digest
    prints[f"{AKN}/{{{','.join(AKN_YEARS)}}}/*.xml"] = together.hexdigest()
    return prints
