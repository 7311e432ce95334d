"""The table of mandates beside the notebooks: what its README says of it, and that its script makes it again."""

from __future__ import annotations

import csv
import hashlib
import os
import re
from pathlib import Path

import pytest

from kg.gazetteer import load_gazetteer
from notebooks.make_table import COLUMNS, TABLE, checksum, resolutions, table

README = TABLE.with_name("README.md").read_text("utf-8")


def test_readme_names_its_checksum() -> None:
    assert hashlib.sha256(TABLE.read_bytes()).hexdigest() in README


def test_holds_no_text_of_a_document() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert tuple(head) == COLUMNS
    assert len(rows) > 150
    gazetteer = load_gazetteer()
    for row in rows:
        told = dict(zip(COLUMNS, row, strict=True))
        known = gazetteer.holder(told["holder"])
        assert known, told
        assert told.pop("holder_label") == known.zh
        assert not re.search(r"[^\x20-\x7e]", "".join(told.values())), told


@pytest.mark.evaluation
def test_is_made_again_from_the_resolutions() -> None:
    data = Path(os.environ.get("KG_DATA", "")) / "akn-zh"
    if not resolutions(data):
        pytest.skip("KG_DATA names no folder with akn-zh")
    assert checksum(data) in README, "the resolutions are others"
    assert table(data) == TABLE.read_bytes()
