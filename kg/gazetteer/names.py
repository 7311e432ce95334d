"""What names of persons are made of: characters of transliteration, surnames, and words that only look like names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["load_name_lists"]

_FILE = Path(__file__).parent / "data" / "names.txt"


@cache
def load_name_lists() -> dict[str, tuple[str, ...]]:
    """Sections of ``data/names.txt`` by header.

    ``transliteration`` and ``surnames``: characters, one line a piece; ``inner``: characters of names that begin or
    end too many other words, taken only between two of the first; ``compound``: surnames of two characters; ``words``,
    which begin like a surname and are none.
    """
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), [])
        else:
            current.extend(line.split())
    return {name: tuple(words) for name, words in lists.items()}
