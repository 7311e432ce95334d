"""Records, statements, agendas and releases set otherwise say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import extract
from kg.read import read_bytes, read_document
from tests.test_corpus import CHANGES, CORPUS, told

PATHS = sorted((*CORPUS.glob("tune/2?-*.txt"), *CORPUS.glob("test/2?-*.txt")))


@pytest.fixture(scope="module")
def as_printed() -> dict[Path, list[str]]:
    return {path: sorted(told(extract(read_document(path)))) for path in PATHS}


@pytest.mark.parametrize("change", CHANGES)
def test_the_same_facts_in_another_layout(change: str, as_printed: dict[Path, list[str]]) -> None:
    function, encoding = CHANGES[change]
    for path, facts in as_printed.items():
        data = function(path.read_text("utf-8")).encode(encoding)
        assert sorted(told(extract(read_bytes(data, source=path.name)))) == facts, path.name
