"""How a row of a table reads: as one line where its cells are short words, else one cell after another."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["row_texts"]

_SENTENCE = re.compile(r"[。；！？\n\f]")
_SHORT = 60


def row_texts(cells: Sequence[Sequence[str]]) -> list[str]:
    """Paragraphs of a row, from those of each of its cells that hold any.

    ``联合国 | S/2020/270`` is one line as printed; a cell of two paragraphs, or of a sentence, speaks for itself.
    """
    texts = [text for cell in cells for text in cell]
    if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
        words = [text.strip() for text in texts]
        if all(len(word) <= _SHORT and not _SENTENCE.search(word) for word in words):
            return ["\t".join(words)]
    return texts
