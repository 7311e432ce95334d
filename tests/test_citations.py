"""Citations one by one: paragraphs as printed, single mentions, and the scorer for gold typed by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate.citations import citation_gold, score_citations
from kg.evaluate.counts import Counts
from kg.extract.citations import typed_mentions
from kg.extract.citations.paragraphs import CITED, normalized
from kg.extract.reading import prepare
from kg.model import Document, OffsetMap, Paragraph
from tests.test_evaluate import AKN

PARAGRAPHS: dict[str, str | None] = {
    "第9段": "9",
    "第9、14和16至19段": "9,14,16-19",
    "第1和第2段": "1,2",
    "第1段和第3段": "1,3",
    "第10至13段和第15段": "10-13,15",
    "第33-38段": "33-38",
    "第20(a)段": "20(a)",
    "第7(d)和(e)段": "7(d),(e)",
    "第10(a)至(d)段": "10(a)-(d)",
    "第1(a)段和第81(a)段": "1(a),81(a)",
    "第3段(c)、(d)和(e)分段": "3(c),(d),(e)",
    "第15段(a)项": "15(a)",
    "第3㈢段": "3㈢",
    "第3(a)(五)段": "3(a)(五)",
    "第五段": "5",
    "第十四至十六段": "14-16",
    "执行部分第4段": "4",
    "序言部分第3段": None,
    "附件(p)段": "附件(p)",
    "附件一第8段": "附件一,8",
}


@pytest.mark.parametrize("printed", PARAGRAPHS)
def test_paragraphs(printed: str) -> None:
    match = re.fullmatch(CITED, printed)
    assert match is not None
    assert normalized(match) == PARAGRAPHS[printed]


@pytest.mark.parametrize("printed", ["第2006(2011)号决议第4段", "第九十九条", "第3次会议", "第3章", "段"])
def test_no_paragraphs(printed: str) -> None:
    assert re.match(CITED, printed) is None


def reading(text: str) -> list[tuple[str, str | None, str, str | None]]:
    document = Document(
        id="x",
        source="x",
        sha256="",
        text=text,
        to_file=OffsetMap.identity(),
        encoding="utf-8",
        paragraphs=(Paragraph(0, len(text), "prose"),),
    )
    found = typed_mentions(prepare(document, None))
    return [(t.mention.text, t.mention.id, t.relation, t.paragraph) for t in found]


def test_each_mention_is_typed_where_it_stands() -> None:
    assert reading(
        "决定将第2140(2014)号决议第11段规定的措施延长一年，重申第2140(2014)号决议第12段和该决议第14段；"
    ) == [
        ("第2140(2014)号决议", "S/RES/2140(2014)", "extends", "11"),
        ("第2140(2014)号决议", "S/RES/2140(2014)", "reaffirms", "12"),
        ("该决议", "S/RES/2140(2014)", "reaffirms", "14"),
    ]


def test_a_title_is_no_citation() -> None:
    assert reading("第2140(2014)号决议") == []


# -- the scorer -------------------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "akn-zh" / "2022"
    folder.mkdir(parents=True)
    (folder / "S_RES_9999_2022.xml").write_text(AKN, "utf-8")
    (tmp_path / "unpc-dev").mkdir()
    (tmp_path / "unpc-dev" / "dev.zh").write_text("根据第2140(2014)号决议第3段，\n", "utf-8")
    return tmp_path


def row(cited: str, relation: str, paragraph: str | None = None, **place: Any) -> dict[str, Any]:
    return {"cited": cited, "relation": relation, "paragraph": paragraph, **place}


def test_scores(data: Path) -> None:
    file = "S_RES_9999_2022"
    gold = [
        row("S/RES/716(1991)", "recalls", file=file, at=2),
        row("S/RES/1325(2000)", "reaffirms", file=file, mention=0),
        row("S/2021/1109", "recalls", file=file, at=0),  # not there
        row("S/RES/2140(2014)", "pursuant-to", "4", line=0, at=2),
    ]
    scores = score_citations(data, gold)
    assert scores.relations == {
        "pursuant-to": Counts(1, 0, 0),
        "reaffirms": Counts(0, 0, 1),
        "recalls": Counts(1, 1, 1),
    }
    assert (scores.mentions, scores.right, scores.paragraphs) == (4, 2, 2)
    assert scores.accuracy == 0.5
    assert scores.macro_f1 == pytest.approx((1 + 0 + 0.5) / 3)
    assert [said for _, said in scores.wrong] == [("recalls", None), None, ("pursuant-to", "3")]


def test_gold_of_what_is_not_there(data: Path) -> None:
    with pytest.raises(InputError, match="not in the corpus: 7"):
        score_citations(data, [row("S/RES/716(1991)", "recalls", line=7, at=0)])
    with pytest.raises(InputError, match="neither its file nor its line"):
        score_citations(data, [row("S/RES/716(1991)", "recalls", at=0)])


@pytest.mark.parametrize("name", ["akn-citations-dev", "unpc-citations-dev"])
def test_gold_that_ships(name: str) -> None:
    relations = {"recalls", "reaffirms", "pursuant-to", "extends", "modifies", "terminates", "established-by", "cites"}
    rows = citation_gold(name)
    assert len(rows) >= 50
    for each in rows:
        assert set(each) == {"file" if name.startswith("akn") else "line", "at", "cited", "relation", "paragraph"}
        assert each["relation"] in relations
    places = [json.dumps([each.get("file"), each.get("line"), each["at"], each["cited"]]) for each in rows]
    assert len(places) == len(set(places))
