"""Themes and agenda items lead to the UNBIS concepts that they name, and to no others."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from kg.gazetteer.themes import theme_subjects
from kg.model import Meeting, Status
from tests.synthetic import document, extraction, graph

UNBIS = "http://metadata.un.org/thesaurus/"


@pytest.mark.parametrize(
    ("theme", "found"),
    [
        ("妇女与和平与安全", [("1007039", False)]),
        ("妇女、和平与安全", [("1007039", False)]),
        ("婦女與和平與安全", [("1007039", False)]),
        ("法治", [("1005619", True)]),
        ("“法治”", [("1005619", True)]),
        ("维护国际和平与安全：加强多边主义和联合国作用", [("1004270", False)]),
        ("联合国与区域和次区域组织在维护国际和平与安全方面的合作", [("1005436", False)]),
        ("恐怖行为对国际和平与安全造成的威胁", [("1006475", False)]),
        ("气候变化与粮食不安全", [("1001030", False), ("1002439", False)]),
        ("不扩散核武器", [("1004500", False)]),  # the longer phrase, not 核武器 within it
        # decoys
        ("中东局势", []),
        ("维护国际和平与安全", []),
        ("", []),
    ],
)
def test_subjects(theme: str, found: list[tuple[str, bool]]) -> None:
    assert [(each.iri.removeprefix(UNBIS), each.whole) for each in theme_subjects(theme)] == found


def test_the_graph_says_how_close() -> None:
    facts = [Meeting(date="2020-01-01", theme=theme, status=Status.HELD) for theme in ("法治", "加强法治", "中东局势")]
    lines = graph(extraction(document("d", "会议。\n"), *((fact, "会议") for fact in facts)))
    triples = {tuple(line.split()[1:3]) for line in lines if "thesaurus" in line.split()[2]}
    skos = "http://www.w3.org/2004/02/skos/core#"
    assert triples == {(f"<{skos}{match}>", f"<{UNBIS}1005619>") for match in ("closeMatch", "relatedMatch")}


@pytest.mark.evaluation
def test_labels_are_the_thesaurus() -> None:
    """Held to the list itself where it is at hand."""
    data = os.environ.get("KG_DATA")
    if not data:
        pytest.skip("KG_DATA names no folder with unbis_zh.csv")
    with (Path(data) / "unbis_zh.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["iri"]: row["label_zh"].strip() for row in csv.DictReader(file)}
    with (Path(__file__).parent.parent / "kg/gazetteer/data/themes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert labels[row["unbis"]] == row["zh"]
