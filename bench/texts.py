"""What is read: sets of documents, each as inputs for us and as plain text for others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.measure import ROOT
from kg.inputs import Input

__all__ = ["Text", "akn", "corpus", "data", "mixed", "seeds"]

_LINES = 30
"""Lines of the parallel corpus that make a document."""


@dataclass(frozen=True, slots=True)
class Text:
    """A set of documents: ``inputs`` as files, ``plain`` the text of each."""

    name: str
    inputs: tuple[Input, ...]
    plain: tuple[str, ...]

    @property
    def characters(self) -> int:
        """Of the plain text."""
        return sum(map(len, self.plain))


def data(shared: Path) -> Path:
    """The folder of `akn-zh` and `unpc-dev` in, or at, ``shared``."""
    return shared / "data" if (shared / "data").is_dir() else shared


def seeds() -> Text:
    """The five documents of ``seeds/``."""
    return _files("seeds", sorted((ROOT / "seeds").glob("*.txt")))


def corpus(step: int = 1) -> Text:
    """Every ``step``-th document of ``tests/corpus/``: letters, assessments, news, records."""
    return _files("tests/corpus", sorted((ROOT / "tests" / "corpus").rglob("*.txt"))[::step])


def akn(folder: Path, step: int) -> Text:
    """Every ``step``-th resolution of `akn-zh`. We read the XML; others are given the text that is in it."""
    from kg.read import read_document

    paths = sorted((folder / "akn-zh").rglob("*.xml"))[::step]
    inputs = tuple(Input(path.name, path) for path in paths)
    return Text("akn-zh", inputs, tuple(read_document(path).text for path in paths))


def mixed(folder: Path, step: int) -> Text:
    """Mixed United Nations text: the lines of `unpc-dev`, thirty to a document, a paragraph each; every ``step``-th
    document."""
    from kg.evaluate.corpora import unpc_lines

    lines = unpc_lines(folder)
    texts = ["\n\n".join(lines[at : at + _LINES]) for at in range(0, len(lines), _LINES)][::step]
    inputs = tuple(Input(f"{number:04d}.txt", None, text.encode()) for number, text in enumerate(texts))
    return Text("unpc-dev", inputs, tuple(texts))


def _files(name: str, paths: list[Path]) -> Text:
    inputs = tuple(Input(path.relative_to(ROOT).as_posix(), path) for path in paths)
    return Text(name, inputs, tuple(path.read_text("utf-8-sig") for path in paths))
