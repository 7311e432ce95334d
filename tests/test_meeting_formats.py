"""Formats of meetings: the words looked for first leave out no match."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.extract import formats
from kg.text import normalize


def test_the_words_looked_for_first_are_in_every_match(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(__file__).parent
    files = sorted([*(folder / "corpus").glob("t*/*.txt"), *(folder.parent / "seeds").glob("*.txt")])
    lines = [normalize(line)[0] for file in files for line in file.read_text("utf-8", errors="replace").splitlines()]
    lines += [line.replace("辩论", word) for line in lines[:200] for word in ("元首峰会", "情况介绍会", "交互式讨论")]
    found = [formats.find_formats(line) for line in lines]
    monkeypatch.setattr(formats, "_ANY", re.compile(""))
    monkeypatch.setattr(formats, "_IN_EVERY", dict.fromkeys(formats._IN_EVERY, ("",)))
    assert found == [formats.find_formats(line) for line in lines]
    assert {span.format for spans in found for span in spans} == set(formats._IN_EVERY)
