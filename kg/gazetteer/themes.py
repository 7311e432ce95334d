"""Themes and agenda items to the UNBIS Thesaurus: which of its concepts the printed words name.

``themes.csv`` holds the concepts that the Council speaks of, each with its IRI, its Chinese label, and the phrases that
stand for it in themes (source: UNBIS Thesaurus, metadata.un.org; phrases by hand). It links, it is no copy of the list.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.errors import GazetteerError
from kg.text import normalize

__all__ = ["ThemeSubject", "theme_subjects"]

_FILE = Path(__file__).parent / "data" / "themes.csv"
_IRI = re.compile(r"http://metadata\.un\.org/thesaurus/\d{7}")


class ThemeSubject(NamedTuple):
    """A concept that a theme names. ``whole``: the theme is its label and nothing else."""

    iri: str
    zh: str
    whole: bool


def theme_subjects(text: str) -> tuple[ThemeSubject, ...]:
    """The concepts that a theme names, by IRI, each once; the longest phrase at a place has the say. Punctuation,
    blanks and script make no difference."""
    pattern, phrases = _phrases()
    plain = _plain(text)
    found = {}
    for match in pattern.finditer(plain):
        iri, label = phrases[match[0]]
        found[iri] = ThemeSubject(iri, label, plain == _plain(label))
    return tuple(found[iri] for iri in sorted(found))


def _plain(text: str) -> str:
    return "".join(c for c in normalize(text)[0] if c.isalnum())


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    found: dict[str, tuple[str, str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not _IRI.fullmatch(row["unbis"]):
                raise GazetteerError(f"no UNBIS address: {row['unbis']}", where=_FILE.name)
            for phrase in (row["zh"], *row["phrases"].split("|")):
                if found.setdefault(_plain(phrase), (row["unbis"], row["zh"])) != (row["unbis"], row["zh"]):
                    raise GazetteerError(f"{phrase} stands for two concepts", where=_FILE.name)
    longest_first = sorted(found, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(re.escape, longest_first))), found
