"""Two graphs compared: what came, went and changed, told in two languages."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.building import build_graph
from kg.diff import diff_graphs, tell_difference
from kg.diff.sides import FACT_PATHS, read_side
from kg.diff.words import FIELDS, KINDS
from kg.evaluate.facts import FIELDS as FACT_FIELDS
from kg.ledger import Ledger, Record
from kg.store import Store, open_graph
from kg.vocabulary import THINGS
from tests.synthetic import ALL, graph

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.diff import Difference
    from kg.model import ExtractionView
    from tests.conftest import Kg

STORES = [Store.of(graph(extraction)) for extraction in ALL]
HEAD = "S/2020/270\n\n2020年3月31日越南常驻联合国代表给安全理事会主席的信\n\n"
ADOPTED = "2020年1月31日，安全理事会通过第2507(2020)号决议，将中非共和国制裁措施延长至2020年7月31日。\n"
EXTENDED = ADOPTED.replace("7月31日。", "8月31日。")
PRESIDED = "越南担任2020年1月安全理事会主席。\n"


def contract(extraction: ExtractionView) -> Counter[str]:
    """The facts of a document as the graph can tell them."""
    found = set()
    for fact in extraction.facts:
        fields = {"type": fact.type, **fact.values(), "modality": fact.modality.value}
        fields.pop("meeting", None)  # a key of the extraction's own
        fields.pop("concept", None)  # an address of others
        found.add(json.dumps(fields, ensure_ascii=False, sort_keys=True, default=list))
    return Counter(found)


def told(store: Store, document: str) -> Counter[str]:
    found = set()
    for stated in read_side(store).stated[document]:
        fields = {name: value for name, value in stated.fields.items() if name != "concept"}
        for name in ("veto", "unanimous", "written_vote", "chapter_vii"):
            fields |= {name: fields[name] == "true"} if fields.get(name) else {}
        for name in ("in_favour", "against", "abstaining", "not_participating"):
            fields |= {name: int(fields[name])} if fields.get(name) else {}
        found.add(json.dumps(fields, ensure_ascii=False, sort_keys=True))
    return Counter(found)


@pytest.mark.parametrize("extraction", ALL, ids=lambda x: x.document.id)
def test_facts_come_back_from_the_graph(extraction: ExtractionView) -> None:
    store = Store.of(graph(extraction))  # type: ignore[arg-type]
    assert told(store, extraction.document.id) == contract(extraction)


def test_facts_of_the_seeds_come_back_from_the_graph(graph: Path) -> None:
    store = open_graph(graph)
    for record in Ledger(graph):
        assert isinstance(record, Record)
        assert told(store, record.document.id) == contract(record)


def test_every_field_and_kind_has_words() -> None:
    documents = {"id", "source", "sha256", "kind", "symbol", "date", "title"}
    assert {name for fields in FACT_FIELDS.values() for name in fields} | documents == FIELDS.keys()
    assert set(THINGS.values()) - FACT_PATHS - {"document", "evidence"} | {"-"} == KINDS.keys()


subsets = st.sets(st.integers(0, len(ALL) - 1), min_size=1)


def contents(difference: Difference, what: str) -> Counter[tuple[str, str]]:
    side = difference.before if what == "before" else difference.after
    return Counter((name, fact.content) for name, facts in side.stated.items() for fact in facts)


@settings(max_examples=20, deadline=None)
@given(left=subsets, right=subsets)
def test_what_came_and_went_leads_from_the_one_to_the_other(left: set[int], right: set[int]) -> None:
    before, after = (Store.of(graph(*(ALL[i] for i in sorted(some)))) for some in (left, right))
    found, back = diff_graphs(before, after), diff_graphs(after, before)
    went = Counter((each.document, each.content) for each in (*found.went, *(c.was for c in found.changed)))
    came = Counter((each.document, each.content) for each in (*found.came, *(c.now for c in found.changed)))
    assert contents(found, "before") - went + came == contents(found, "after")
    assert found.same == (left == right)
    assert (back.documents_came, back.documents_went) == (found.documents_went, found.documents_came)
    assert back.triples == found.triples[::-1]
    assert [each.content for each in back.came] == [each.content for each in found.went]
    for language in ("zh", "en"):
        assert tell_difference(found, language) == tell_difference(diff_graphs(before, after), language)


def build(place: Path, nlp: Language, **texts: str) -> Path:
    inputs = place / "in"
    inputs.mkdir(parents=True)
    for name, text in texts.items():
        (inputs / f"{name}.txt").write_text(text, "utf-8")
    build_graph([inputs], place / "out", nlp=nlp)
    return place / "out"


def test_came_went_and_changed_in_words(tmp_path: Path, nlp: Language, kg: Kg) -> None:
    old = build(tmp_path / "1", nlp, a=HEAD + ADOPTED, b=ADOPTED + PRESIDED)
    new = build(tmp_path / "2", nlp, a=HEAD + EXTENDED, c=PRESIDED)
    ran = kg("diff", old, new, "--lang", "zh", "--exit-code")
    assert (ran.status, ran.err) == (4, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("新增文件  c-")
    assert lines[1].startswith("删除文件  b-")
    assert lines[2].startswith("更正文件  S-2020-270：文件内容：")
    at = next(i for i, line in enumerate(lines) if line.startswith("更正  "))
    line, field, was, now = lines[at : at + 4]
    assert line == "更正  任务决定 · 2020-01-31 · 转述 · 第2507(2020)号决议 · 延长 · 中非共和国制裁措施 · 至 2020-08-31"
    assert field == "    期限至：2020-07-31 → 2020-08-31"
    assert was == f"    原文 S-2020-270（a.txt）：“{ADOPTED.strip()}”"
    assert now == f"    现文 S-2020-270（a.txt）：“{EXTENDED.strip()}”"
    at = lines.index("新增  担任主席 · 2020-01 · 越南 · 2020年1月安全理事会主席")
    assert lines[at + 2].startswith("    原已见于 b-")
    assert any(line.startswith("删除  通过 · 2020-01-31 · ") for line in lines)
    assert "文件：新增 1，删除 1，更正 1" in lines
    ran = kg("diff", old, new, "--lang", "en")
    assert ran.status == 0
    assert "    until: 2020-07-31 → 2020-08-31\n" in ran.out
    assert "\nwent  Adopted · 2020-01-31 · Resolution 2507 (2020)\n" in ran.out
    assert "\n    still stated in S-2020-270\n" in ran.out
    assert "documents: 1 came, 1 went, 1 changed\n" in ran.out


def test_a_document_without_symbol_is_known_by_its_file(tmp_path: Path, nlp: Language, kg: Kg) -> None:
    old, new = build(tmp_path / "1", nlp, a=ADOPTED), build(tmp_path / "2", nlp, a="\n" + EXTENDED)
    found = json.loads(kg("diff", old, new, "--format", "json").out)
    assert (found["documents"]["came"], found["documents"]["went"]) == ([], [])
    (document,) = found["documents"]["changed"]
    assert {"id", "sha256"} == document["fields"].keys()
    assert (found["facts"]["came"], found["facts"]["went"]) == ([], [])
    (change,) = found["facts"]["changed"]
    assert change["fields"] == {"until": ["2020-07-31", "2020-08-31"]}
    assert change["now"]["evidence"][0]["quote"] == EXTENDED.strip()
    assert found["facts"]["requoted"] == 2, "the adoption and the citation stand in the same sentence"


def test_the_same_graph_is_one_line_whatever_its_form(graph: Path, kg: Kg) -> None:
    for other in (graph, graph / "graph.nq", graph / "graph.ttl"):
        ran = kg("diff", graph, other, "--exit-code", "--lang", "en")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == f"the graphs are the same: {len(open_graph(graph))} triples\n"
    found = json.loads(kg("diff", graph, graph, "--json").out)
    assert found["same"] is True
    assert not any(found["facts"].values())


def test_forms_give_the_same_difference(tmp_path: Path, graph: Path, nlp: Language, kg: Kg) -> None:
    new = build(tmp_path, nlp, a=ADOPTED)
    told: list[Any] = [
        kg("diff", left, right, "--lang", "zh").out
        for left, right in ((graph, new), (graph / "graph.ttl", new / "graph.nq"))
    ]
    assert told[0] == told[1]
    assert "新增  任务决定" in told[0]


def test_who_is_who_is_no_fact(tmp_path: Path, nlp: Language, kg: Kg) -> None:
    texts = {
        "a": "2020年1月9日，联合国秘书长安东尼奥·古特雷斯通报情况。\n",
        "b": "2020年1月10日，古特雷斯秘书长通报情况。\n",
    }
    old = build(tmp_path, nlp, **texts)
    rules = tmp_path / "who.csv"
    rules.write_text("judgement,document,name,other,reason\ndifferent,,古特雷斯,安东尼奥·古特雷斯,test\n", "utf-8")
    build_graph([tmp_path / "in"], tmp_path / "new", judgements=rules, nlp=nlp)
    found = json.loads(kg("diff", old, tmp_path / "new", "--json").out)
    assert not any(found["facts"].values())
    assert not any(found["documents"].values())
    assert not found["same"]
    assert found["things"]["person"]["came"] > found["things"]["person"]["went"]


@pytest.mark.parametrize(
    ("env", "word"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "两个图相同"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW"}, "两个图相同"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "the graphs are the same"),
        ({"LC_ALL": "fr_FR", "LANG": ""}, "the graphs are the same"),
    ],
)
def test_words_follow_the_locale(
    env: dict[str, str], word: str, graph: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert kg("diff", graph, graph).out.startswith(word)


def test_no_graph_is_told(tmp_path: Path, graph: Path, kg: Kg) -> None:
    for args in ((graph, tmp_path / "nowhere"), (tmp_path, graph)):
        ran = kg("diff", *args)
        assert ran.status == 1
        assert ran.out == ""
        assert "no " in ran.err
