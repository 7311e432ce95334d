"""Documents made by recombining real ones: the head of one, paragraphs of others of its kind.

They say what no document ever said, but their sentences are real, and so names and facts are as many as real ones have.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Final

from bench import texts

__all__ = ["make_documents"]

_HEAD: Final = 3
"""Paragraphs that begin a document."""
_CHARACTERS: Final = 3300
"""Of a document, at the least: what 100,000 documents of one gigabyte have on average."""
_BLANK = re.compile(r"\n\s*\n")


def make_documents(folder: Path, count: int, data: Path | None = None) -> int:
    """``count`` documents in ``folder``, each the same for the same number; how many characters they have.

    Made of ``seeds/`` and, where there is a folder ``data`` with them, twice as often each, of `akn-zh` and `unpc-dev`.
    """
    kinds = [_paragraphs(texts.seeds())]
    if data:
        kinds += [_resolutions(data), _paragraphs(texts.mixed(data, 1))]
    bodies = [[part for parts in kind for part in parts[_HEAD:]] for kind in kinds]
    characters = 0
    for number in range(count):
        chosen = random.Random(number)
        (at,) = chosen.choices(range(len(kinds)), [1, 2, 2][: len(kinds)])
        # a symbol of its own makes it a document of its own
        parts = [f"S/2020/{number + 1}", *chosen.choice(kinds[at])[:_HEAD]]
        length = sum(map(len, parts))
        while length < _CHARACTERS:
            parts.append(chosen.choice(bodies[at]))
            length += len(parts[-1]) + 2
        text = "\n\n".join(parts)
        place = folder / f"{number // 1000:03d}"
        place.mkdir(exist_ok=True)
        (place / f"{number:06d}.txt").write_text(text, "utf-8")
        characters += len(text)
    return characters


def _paragraphs(given: texts.Text) -> list[list[str]]:
    return [[part for part in _BLANK.split(text) if part.strip()] for text in given.plain]


def _resolutions(data: Path) -> list[list[str]]:
    """What is printed in them, without the metadata of the file."""
    documents = (item.read(max_bytes=1 << 24) for item in texts.akn(data, 3).inputs)
    return [[d.text[p.start : p.end] for p in d.paragraphs if p.role != "metadata"] for d in documents]
