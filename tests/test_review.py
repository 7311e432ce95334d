"""Decisions of people: listed, replayed by every later build, undone, and told when they fit nothing any more."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.building import build_graph
from kg.change import add_documents, remove_documents
from kg.errors import ConfigError
from kg.ledger import Ledger, Record
from kg.link.judgements import Judgement, Log, Ruling, log_as_csv, read_log
from kg.review import COLUMNS, Row, as_csv, find_doubts, read_review
from kg.shards import merge_shards
from kg.store import open_graph
from tests.test_change import ADOPTED, content, write

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.conftest import Kg

TWO_DATES = {
    "a.txt": "2020年1月9日，联合国秘书长安东尼奥·古特雷斯在公开辩论上通报情况。\n",
    "b.txt": "2020年1月10日，古特雷斯秘书长在公开辩论上通报情况。\n",
    "c.txt": ADOPTED,
}
CLASHING = {
    "a.txt": "2020年1月31日，安全理事会通过第2507(2020)号决议。\n",
    "b.txt": "2020年1月30日，安全理事会通过第2507(2020)号决议。\n",
}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))


def decide(path: Path, rows: list[Row], **decisions: str) -> Path:
    """A review of ``rows`` in which those whose id begins with a path (``_`` for ``-``) are decided."""
    told = {name.replace("_", "-"): decision for name, decision in decisions.items()}
    found = [row.as_json() for row in rows]
    for row in found:
        kind = "person" if row["kind"] == "person" else row["id"].partition("/")[0]
        row["decision"] = told.get(kind, row["decision"])
        row["note"] = "checked" if row["decision"] else ""
    path.write_text(as_csv(Row(**row) for row in found), "utf-8")
    return path


def report(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "report.json").read_bytes())
    return found


def facts(out: Path, path: str) -> int:
    return sum(
        f"/id/{path}/" in row["f"].value
        for row in open_graph(out).select("SELECT DISTINCT ?f WHERE { ?f sc:modality ?m }")
    )


class TestList:
    def test_seeds(self, graph: Path, kg: Kg) -> None:
        ran = kg("review", graph)
        doubtful = [
            fact.confidence
            for entry in Ledger(graph)
            if isinstance(entry, Record)
            for fact in entry.facts
            if fact.confidence < 0.8
        ]
        assert doubtful
        assert ran.status == 0
        assert ran.err == f"kg: {len(doubtful)} facts and 0 links to look at, 0 decided\n"
        rows = rows_of(ran.out)
        assert tuple(rows[0]) == COLUMNS
        assert sorted(float(row["confidence"]) for row in rows) == sorted(doubtful)
        assert {row["decision"] for row in rows} == {""}
        assert {row["reason"] for row in rows} == {"可信度低于0.8 / confidence below 0.8"}
        rows = rows_of(kg("review", graph, "--all").out)
        row = next(row for row in rows if row["says_zh"] == "担任主席 · 中国 · 2018-11")
        assert row["says_en"] == "Presidency · China · 2018-11"
        assert row["quote"].startswith("中华人民共和国作为安全理事会 2018 年 11 月份主席")
        rows = [row for row in rows if row["kind"] == "fact" and not row["id"].startswith("briefing/")]
        # every row is a fact of the graph, in its words and document (but where a person's name was joined)
        store = open_graph(graph)
        for row in rows:
            fact = f"<https://w3id.org/unsc-kg/id/{row['id']}>"
            found = store.select(
                f"SELECT ?q WHERE {{ {fact} sc:evidence ?e . ?e oa:hasSelector/oa:exact ?q ;"
                f' oa:hasSource/dct:identifier "{row["document"]}" }}'
            )
            assert row["quote"] in {each["q"].value for each in found}, row["id"]

    def test_all_of_them_and_for_programs(self, graph: Path, kg: Kg, tmp_path: Path) -> None:
        found = json.loads(kg("review", graph, "--all", "--json").out)
        total = sum(report(graph)["totals"]["facts"].values())
        assert sum(row["kind"] == "fact" for row in found) == total
        (link,) = (row for row in found if row["kind"] == "person")
        assert link["id"] == "古特雷斯 = 安东尼奥·古特雷斯"
        assert "secretary-general in" in link["reason"]
        assert kg("review", graph, "--below", "0", "-o", tmp_path / "r.csv").out == ""
        assert (tmp_path / "r.csv").read_text("utf-8") == ",".join(COLUMNS) + "\n"

    def test_excel(self, graph: Path, kg: Kg, tmp_path: Path) -> None:
        kg("review", graph, "--excel", "-o", tmp_path / "r.csv")
        assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbfkind,id")
        assert read_review(tmp_path / "r.csv") == Log()

    def test_what_documents_disagree_about(self, tmp_path: Path, nlp: Language) -> None:
        build_graph([write(tmp_path / "in", CLASHING)], tmp_path / "out", nlp=nlp)
        rows = [row for row in find_doubts(tmp_path / "out", below=0) if row.id.startswith("adoption/")]
        assert {row.document for row in rows} == {row["id"] for row in report(tmp_path / "out")["documents"]}
        assert all("2020-01-30" in row.reason and "2020-01-31" in row.reason for row in rows)

    def test_same_bytes(self, graph: Path, kg_process: Kg) -> None:
        first = kg_process("review", graph, "--all", env={"PYTHONHASHSEED": "1", "LC_ALL": "C"})
        again = kg_process("review", graph, "--all", env={"PYTHONHASHSEED": "2", "LC_ALL": "zh_CN.UTF-8"})
        assert first.out == again.out != ""


class TestReplay:
    def test_rejected_accepted_merged_and_undone(self, tmp_path: Path, nlp: Language) -> None:
        place, out = write(tmp_path / "in", TWO_DATES), tmp_path / "out"
        build_graph([place], out, nlp=nlp)
        plain = content(out)
        assert report(out)["review"] == {"rejected": [], "accepted": [], "stale": []}
        assert (facts(out, "briefing"), facts(out, "adoption")) == (2, 1)
        people = "SELECT ?p WHERE { ?p a sc:Official }"
        assert len(open_graph(out).select(people)) == 1
        review = decide(
            tmp_path / "r.csv", find_doubts(out, everything=True), adoption="reject", briefing="accept", person="reject"
        )
        build_graph([place], out, review=review, nlp=nlp)
        assert (facts(out, "briefing"), facts(out, "adoption")) == (2, 0)
        assert len(open_graph(out).select(people)) == 2, "the link was rejected"
        marked = open_graph(out).select("SELECT ?f WHERE { ?f sc:reviewed true }")
        assert len(marked) == 2
        assert all("/briefing/" in row["f"].value for row in marked)
        told = report(out)
        assert [(each["type"], each["note"]) for each in told["review"]["rejected"]] == [("adoption", "checked")]
        assert [each["type"] for each in told["review"]["accepted"]] == ["briefing"] * 2
        assert told["review"]["stale"] == []
        assert told["validation"]["totals"]["violation"] == 0
        # listed again with the decisions, so that the file is whole; replayed alike
        once = content(out)
        again = find_doubts(out)
        assert sorted(row.decision for row in again if row.decision) == ["accept", "accept", "reject", "reject"]
        (tmp_path / "again.csv").write_text(as_csv(again), "utf-8")
        build_graph([place], out, review=tmp_path / "again.csv", nlp=nlp)
        assert content(out) == once
        # undone by removing the rows
        (tmp_path / "none.csv").write_text(as_csv([]), "utf-8")
        build_graph([place], out, review=tmp_path / "none.csv", nlp=nlp)
        assert {**content(out), "judgements": None} == plain

    def test_a_change_gives_what_a_build_gives(self, tmp_path: Path, nlp: Language) -> None:
        place, out, full = write(tmp_path / "in", TWO_DATES), tmp_path / "out", tmp_path / "full"
        build_graph([place], full, nlp=nlp)
        review = decide(tmp_path / "r.csv", find_doubts(full, everything=True), briefing="reject", person="merge")
        build_graph([place], full, review=review, nlp=nlp)
        build_graph([place / "c.txt", place / "a.txt"], out, review=review, nlp=nlp)
        assert len(report(out)["review"]["stale"]) == 2, "of b.txt, which is not here yet"
        add_documents(out, [place / "b.txt"], nlp=nlp)
        assert content(out) == content(full)
        build_graph([place], out, nlp=nlp)
        add_documents(out, [], review=review, nlp=nlp)
        assert content(out) == content(full)
        merge_shards([out], tmp_path / "merged")
        assert content(tmp_path / "merged") == content(full)
        remove_documents(out, ["a.txt"])
        build_graph([place / "b.txt", place / "c.txt"], full, review=review, nlp=nlp)
        assert content(out) == content(full)

    def test_all_facts_of_a_document_rejected(self, tmp_path: Path, nlp: Language) -> None:
        place, out = write(tmp_path / "in", {"a.txt": CLASHING["a.txt"]}), tmp_path / "out"
        build_graph([place], out, nlp=nlp)
        rows = find_doubts(out, everything=True)
        paths = {row.id.partition("/")[0].replace("-", "_") for row in rows}
        build_graph([place], out, review=decide(tmp_path / "r.csv", rows, **dict.fromkeys(paths, "reject")), nlp=nlp)
        (document,) = report(out)["documents"]
        assert (document["facts"], document["no_facts_because"]) == ({}, "its facts were rejected by review")

    def test_undecided_names_are_merged(self, tmp_path: Path, nlp: Language) -> None:
        open_names = {**TWO_DATES, "b.txt": "2020年1月10日，古特雷斯大使在公开辩论上发言通报情况。\n"}
        place, out = write(tmp_path / "in", open_names), tmp_path / "out"
        build_graph([place], out, nlp=nlp)
        people = "SELECT ?p WHERE { ?p a sc:Official }"
        assert len(open_graph(out).select(people)) == 2
        (link,) = (row for row in find_doubts(out) if row.kind == "person")
        assert link.reason.startswith("surname agrees, no post in common")
        assert "古特雷斯大使" in link.quote
        build_graph([place], out, review=decide(tmp_path / "r.csv", [link], person="merge"), nlp=nlp)
        assert len(open_graph(out).select(people)) == 1
        assert [row.decision for row in find_doubts(out) if row.kind == "person"] == ["merge"]

    def test_everywhere_and_where_it_says(self, tmp_path: Path, nlp: Language) -> None:
        same = {"a.txt": f"{ADOPTED}", "b.txt": f"今天天气很好。\n{ADOPTED}"}
        place, out = write(tmp_path / "in", same), tmp_path / "out"
        build_graph([place], out, nlp=nlp)
        rows = [row for row in find_doubts(out, everything=True) if row.id.startswith("adoption/")]
        assert len({row.id for row in rows}) == 1, "two documents state one fact"
        assert len(rows) == 2
        (tmp_path / "r.csv").write_text(as_csv([Row(**{**rows[0].as_json(), "decision": "reject"})]), "utf-8")
        build_graph([place], out, review=tmp_path / "r.csv", nlp=nlp)
        stated = "SELECT ?d WHERE { ?f a sc:Adoption ; sc:statedIn ?d }"
        assert len(open_graph(out).select(stated)) == 1
        every = Row(**{**rows[0].as_json(), "decision": "reject", "document": ""})
        (tmp_path / "r.csv").write_text(as_csv([every]), "utf-8")
        build_graph([place], out, review=tmp_path / "r.csv", nlp=nlp)
        assert open_graph(out).select(stated) == []
        assert len(report(out)["review"]["rejected"]) == 2

    def test_stale_decisions_stay_and_are_told(self, tmp_path: Path, nlp: Language, kg: Kg) -> None:
        place, out = write(tmp_path / "in", TWO_DATES), tmp_path / "out"
        stale = [
            Row("fact", "adoption/0123456789abcdef", "", "", "", "a", "", "", "reject", "gone"),
            Row("person", "某人 = 某某人", "", "", "", "", "", "", "merge", "who"),
        ]
        (tmp_path / "r.csv").write_text(as_csv(stale), "utf-8")
        ran = kg("build", place, "-o", out, "--review", tmp_path / "r.csv")
        assert ran.status == 0
        assert "kg: review: 2 decisions fit nothing that is read now, listed in report.json\n" in ran.err
        assert [(each["kind"], each["id"]) for each in report(out)["review"]["stale"]] == [
            ("fact", "adoption/0123456789abcdef"),
            ("person", "某人 = 某某人"),
        ]
        rows = [row for row in find_doubts(out) if row.decision]
        assert [(row.kind, row.decision, row.note) for row in rows] == [
            ("fact", "reject", "gone"),
            ("person", "merge", "who"),
        ]
        assert all("fits nothing" in row.reason for row in rows)

    def test_with_judgements_on_who_is_who(self, tmp_path: Path, nlp: Language) -> None:
        place, out = write(tmp_path / "in", TWO_DATES), tmp_path / "out"
        rules = tmp_path / "who.csv"
        rules.write_text("judgement,document,name,other,reason\ndifferent,,古特雷斯,安东尼奥·古特雷斯,test\n", "utf-8")
        build_graph([place], out, nlp=nlp)
        review = decide(tmp_path / "r.csv", find_doubts(out, everything=True), adoption="reject")
        build_graph([place], out, judgements=rules, review=review, nlp=nlp)
        assert facts(out, "adoption") == 0
        (link,) = (row for row in find_doubts(out) if row.kind == "person")
        assert (link.decision, link.document, link.note) == ("reject", "", "test")
        kept = read_log(out / "ledger" / "judgements.csv")
        assert (len(kept.people), len(kept.facts)) == (1, 1), "one log of both"


class TestFile:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (("fact", "adoption/0123456789abcdef", "d", "maybe", ""), r":2: decision 'maybe' \(of a fact it is accept"),
            (("fact", "adoption/0123456789abcdef", "d", "merge", ""), ":2: decision 'merge'"),
            (("fact", "S/RES/2507", "d", "reject", ""), ":2: id 'S/RES/2507' is no fact's"),
            (("person", "古特雷斯", "d", "merge", ""), ":2: id '古特雷斯' is no pair of names"),
            (("person", "甲 = 乙", "d", "same", ""), ":2: decision 'same'"),
            (("letter", "letter/0123456789abcdef", "d", "accept", ""), ":2: kind 'letter'"),
        ],
    )
    def test_what_is_wrong_is_one_line(self, row: tuple[str, ...], said: str, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text(f"kind,id,document,decision,note\n{','.join(row)}\n", "utf-8")
        with pytest.raises(ConfigError, match=said):
            read_review(path)

    def test_nothing_is_begun_with_a_bad_file(self, graph: Path, tmp_path: Path, kg: Kg) -> None:
        (tmp_path / "r.csv").write_text("id,decision\n", "utf-8")
        ran = kg("build", "seeds", "-o", tmp_path / "out", "--review", tmp_path / "r.csv")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"kg: {tmp_path / 'r.csv'}:1: no column kind (kg review DIR writes such a file)")
        assert not (tmp_path / "out").exists()
        assert kg("build", "seeds", "-o", tmp_path / "out", "--review", tmp_path / "no.csv").status == 2
        assert kg("build", "seeds", "-o", "x", "--shard", "1/2", "--review", "r.csv").status == 2
        assert "no such graph" in kg("review", tmp_path / "none").err

    def test_two_decisions_on_one(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        line = "fact,vote/0123456789abcdef,d,{},\n"
        head = "kind,id,document,decision,note\n"
        path.write_text(head + line.format("accept") * 2, "utf-8")
        assert len(read_review(path).facts) == 1
        path.write_text(head + line.format("accept") + line.format("reject"), "utf-8")
        with pytest.raises(ConfigError, match=":3: vote/0123456789abcdef is decided twice"):
            read_review(path)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_what_spreadsheets_make_of_it(self, encoding: str, delimiter: str, tmp_path: Path) -> None:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerow(["note", "decision", "kind", "id", "document", "mine"])
        writer.writerow([f"第一行{delimiter}\n第二行", " 驳回 ", "fact", "vote/0123456789abcdef", "d", "x"])
        writer.writerow(["同一人", "合并", "person", "潘基文 = 潘 基文", "", ""])
        writer.writerow(["", "Accept", "fact", "vote/ffffffffffffffff", "", ""])
        writer.writerow(["没有决定", "", "whatever", "", "", ""])
        (tmp_path / "r.csv").write_bytes(out.getvalue().encode(encoding))
        assert read_review(tmp_path / "r.csv") == Log(
            (Judgement("", "潘基文", "same", "潘 基文", "同一人", by="file"),),
            (
                Ruling("d", "vote/0123456789abcdef", "reject", " ".join(f"第一行{delimiter} 第二行".split())),
                Ruling("", "vote/ffffffffffffffff", "accept"),
            ),
        )

    @given(
        st.lists(
            st.builds(
                Ruling,
                st.sampled_from(["", "d"]),
                st.just("a/0"),
                st.sampled_from(["accept", "reject"]),
                st.text("甲,\"' "),
            )
        )
    )
    def test_a_log_comes_back(self, rulings: list[Ruling]) -> None:
        people = (Judgement("d", "甲", "same", "甲乙", 'a,"b"', by="file"),)
        text = log_as_csv(Log(people, tuple(rulings)))
        assert log_as_csv(Log(people, tuple(reversed(rulings)))) == text
        path = _Text(text)
        assert read_log(path) == Log(people, tuple(sorted(set(rulings))))  # type: ignore[arg-type]


class _Text:
    """As much of a path as is read."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read_text(self, encoding: str) -> str:
        return self._text
