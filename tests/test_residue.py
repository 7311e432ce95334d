"""The trained components read only what the scan leaves open, and the result is what reading everything gives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.extract import extract, extract_line
from kg.extract import view as view_module
from kg.pipeline.residue import undecided
from kg.pipeline.scan import scan_all

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.model import Extraction
    from kg.pipeline.scan import Scan


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("我现在请黄浚局大使发言。", ["我现在请黄浚局大使发言。"]),  # an honorific with nobody yet
        ("联合国秘书长潘基文首先发言。", ["联合国秘书长潘基文首先发言。"]),  # a title with a name that no frame gives
        ("提名Seongmee Yoon填补空缺。", ["提名Seongmee Yoon填补空缺。"]),
        ("安理会开会。提名Seongmee Yoon填补空缺。", ["提名Seongmee Yoon填补空缺。"]),  # that sentence only
        ("主席李伟先生发言。", []),  # the scan knows him
        ("中国吴先生", ["中国吴先生"]),
        ("非洲联盟委员会主席法基日前表示，", ["非洲联盟委员会主席法基日前表示，"]),
        # decided: nothing here is left to find
        ("请秘书长任命一名特别代表。", []),  # words that begin like a name
        ("安理会感谢秘书长的通报。", []),
        ("非洲联盟委员会主席索马里问题特别代表", []),  # a known thing
        ("主席先生，谨通知阁下，特命全权大使", []),
        ("大使馆扩大使用将军事行动", []),
        ("Abel Ayoko先生(尼日利亚)", []),  # the scan knows him
        ("欣见FV Siraj号渔船获释。", []),  # a ship
        ("秘书长安东尼奥·古特雷斯先生作了通报。", []),
        ("安全理事会主席的声明。", []),
        ("请秘书长在2020年3月1日前提出报告。", []),
        ("安理会一致通过第2507(2020)号决议。", []),
        ("", []),
    ],
)
def test_where_a_person_is_left_to_be_decided(text: str, open_: list[str]) -> None:
    assert [text[start:end] for start, end in undecided(scan_all(text))] == open_


def everywhere(scanned: Scan) -> list[tuple[int, int]]:
    return [(0, len(scanned.text))]


def people(extraction: Extraction) -> set[tuple[int, int]]:
    return {(m.start, m.end) for m in extraction.mentions if m.type.value == "Official"}


def test_corpora_give_the_same_facts(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.read import read_document

    corpus = Path(__file__).parent / "corpus" / "test"
    documents = [read_document(path) for path in sorted(corpus.glob("2*.txt"))]
    ours = [extract(document, nlp) for document in documents]
    monkeypatch.setattr(view_module, "undecided", everywhere)
    theirs = [extract(document, nlp) for document in documents]
    assert [e.facts for e in ours] == [e.facts for e in theirs]
    assert [people(e) for e in ours] == [people(e) for e in theirs]


@pytest.mark.evaluation
def test_on_the_parallel_corpus(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even lines: all facts are equal; of the persons that only reading everything gives, hardly one is one."""
    data = os.environ.get("KG_DATA")
    if not data:
        pytest.skip("KG_DATA names no folder with unpc-dev/dev.zh")
    lines = (Path(data) / "unpc-dev" / "dev.zh").read_text(encoding="utf-8").splitlines()[::2]
    ours = [extract_line(line, nlp) for line in lines]
    monkeypatch.setattr(view_module, "undecided", everywhere)
    theirs = [extract_line(line, nlp) for line in lines]
    assert [e.facts for e in ours] == [e.facts for e in theirs]
    lost = [person for a, b in zip(ours, theirs, strict=True) for person in people(b) - people(a)]
    assert len(lost) <= 3
