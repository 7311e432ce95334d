"""Scoring: tables of what counts as right, and properties that hold for any records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, UnreadableInputError
from kg.evaluate import compare_facts, evaluate, evaluate_files
from kg.evaluate.confidence import confidence_table, earned
from kg.evaluate.corpora import akn_documents, akn_mandates, akn_resolutions, unpc_gold, unpc_lines
from kg.evaluate.counts import Counts, cell
from kg.evaluate.facts import FIELDS, KEYS
from kg.evaluate.mandates import score_mandates
from kg.evaluate.sheet import score_akn
from kg.extract.confidence import TABLE, trusted
from kg.gazetteer.holders import load_holders
from kg.model import FACT_TYPES, Briefing, Mention, MentionType, Presidency
from kg.pipeline import load_pipeline

Record = dict[str, Any]
Three = tuple[int, int, int]


def mention(start: int, end: int, id: str | None = "FRA", type: str = "State", **more: Any) -> Record:  # noqa: A002
    return {"type": type, "start": start, "end": end, "id": id, **more}


def line(*mentions: Record, **more: Any) -> Record:
    return {"line": 0, "mentions": list(mentions), **more}


# name, gold, predicted, exact (hit, extra, missing), overlap, ids
SAME: Record = {"optional": "same-id"}
SECRETARY = {"person": "古特雷斯", "capacity": "秘书长"}
MENTIONS: list[tuple[str, list[Record], list[Record], Three, Three, Three]] = [
    ("right", [mention(0, 2)], [mention(0, 2)], (1, 0, 0), (1, 0, 0), (1, 0, 0)),
    ("missed", [mention(0, 2)], [], (0, 0, 1), (0, 0, 1), (0, 0, 1)),
    ("too much", [], [mention(0, 2)], (0, 1, 0), (0, 1, 0), (0, 1, 0)),
    ("span cut", [mention(0, 4)], [mention(0, 2)], (0, 1, 1), (1, 0, 0), (1, 0, 0)),
    ("wrong id", [mention(0, 2)], [mention(0, 2, "DEU")], (0, 1, 1), (0, 1, 1), (0, 1, 1)),
    ("no id found", [mention(0, 2)], [mention(0, 2, None)], (0, 1, 1), (0, 1, 1), (0, 0, 1)),
    ("elsewhere in the line", [mention(0, 2)], [mention(5, 7)], (0, 1, 1), (0, 1, 1), (1, 0, 0)),
    ("neighbours do not touch", [mention(0, 2)], [mention(2, 4)], (0, 1, 1), (0, 1, 1), (1, 0, 0)),
    ("twice for once", [mention(0, 2)], [mention(0, 2), mention(0, 2)], (1, 1, 0), (1, 1, 0), (1, 0, 0)),
    ("one for two", [mention(0, 2), mention(1, 3)], [mention(0, 3)], (0, 1, 2), (1, 0, 1), (1, 0, 0)),
    ("gold id open", [mention(0, 2, None)], [mention(0, 2, "2014-09-15")], (1, 0, 0), (1, 0, 0), (0, 0, 0)),
    ("optional left out", [mention(0, 2, optional=True)], [], (0, 0, 0), (0, 0, 0), (0, 0, 0)),
    ("optional found", [mention(0, 2, optional=True)], [mention(0, 4, "DEU")], (0, 0, 0), (0, 0, 0), (0, 0, 0)),
    (
        "optional, no id claimed",
        [mention(0, 2, None, optional="same-id")],
        [mention(0, 2, None)],
        (0, 0, 0),
        (0, 0, 0),
        (0, 0, 0),
    ),
    (
        "optional, an id claimed",
        [mention(0, 2, None, optional="same-id")],
        [mention(0, 2)],
        (0, 1, 0),
        (0, 1, 0),
        (0, 1, 0),
    ),
    (
        "optional is no excuse elsewhere",
        [mention(0, 2, optional=True)],
        [mention(2, 4)],
        (0, 1, 0),
        (0, 1, 0),
        (0, 1, 0),
    ),
]


@pytest.mark.parametrize(("name", "gold", "found", "exact", "overlap", "ids"), MENTIONS, ids=[m[0] for m in MENTIONS])
def test_mentions(
    name: str,
    gold: list[Record],
    found: list[Record],
    exact: Three,
    overlap: Three,
    ids: Three,
) -> None:
    scores = evaluate([line(*gold)], [line(*found)]).mentions
    if not any((*exact, *overlap, *ids)) and "State" not in scores:
        return
    assert scores["State"].exact == Counts(*exact)
    assert scores["State"].overlap == Counts(*overlap)
    assert scores["State"].ids == Counts(*ids)


def test_types_are_apart() -> None:
    scores = evaluate([line(mention(0, 2))], [line(mention(0, 2, type="Mission"))]).mentions
    assert scores["State"].exact == Counts(0, 0, 1)
    assert scores["Mission"].exact == Counts(0, 1, 0)


def test_only_the_types_that_the_gold_is_complete_for() -> None:
    scores = evaluate([line(types=["Date"])], [line(mention(0, 2), mention(3, 8, "2015", "Date"))]).mentions
    assert list(scores) == ["Date"]


def test_heading_says_which_lines_are_empty() -> None:
    heading = {"gold": "x", "lines": [1, 6, 2], "types": ["State"]}
    gold: list[Record] = [heading, {"line": 1, "types": ["State"], "mentions": [mention(0, 2)]}]
    found = [{"line": i, "mentions": [mention(0, 2)]} for i in range(6)]
    scores = evaluate(gold, found)
    assert scores.mentions["State"].exact == Counts(1, 2, 0)
    assert (scores.records, scores.unread) == (3, 0)


def test_records_meet_by_document_and_line() -> None:
    def record(name: str, number: int, *mentions: Record) -> Record:
        return {"document": {"id": name}, "line": number, "mentions": list(mentions)}

    gold = [record("a", 0, mention(0, 2)), record("b", 0, mention(4, 6)), record("c", 0, mention(0, 2))]
    found = [record("b", 0, mention(4, 6)), record("a", 0, mention(0, 2)), record("d", 0, mention(0, 2))]
    scores = evaluate(gold, found)
    assert scores.mentions["State"].exact == Counts(2, 0, 1)
    assert scores.unread == 1


@pytest.mark.parametrize(
    ("gold", "found", "message"),
    [
        ([line(), line()], [], "two gold records for line 0"),
        ([line()], [line(), line()], "two predictions for line 0"),
        ([{"mentions": []}], [], "neither its document nor its line"),
        ([line(types=["Country"])], [], "unknown types in the gold: Country"),
    ],
)
def test_records_that_do_not_fit(gold: list[Record], found: list[Record], message: str) -> None:
    with pytest.raises(InputError, match=message):
        evaluate(gold, found)


@pytest.mark.parametrize(("text", "where"), [('{"line": 0}\n{', "line 2"), ("[]", "line 1")])
def test_files_that_are_no_records(tmp_path: Path, text: str, where: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=where):
        evaluate_files(path, path)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError):
        evaluate_files(tmp_path / "gold.jsonl", tmp_path / "found.jsonl")


def fact(kind: str, **given_fields: Any) -> Record:
    return {"type": kind, **dict.fromkeys(FIELDS[kind]), "modality": "asserted", **given_fields}


def briefing(**given_fields: Any) -> Record:
    usual = {"date": "2020-01-30", "person": "萨拉梅", "capacity": "特使", "status": "held"}
    return fact("briefing", **{**usual, **given_fields})


# name, gold, predicted, exact, matched
FACTS: list[tuple[str, list[Record], list[Record], Three, Three]] = [
    ("right", [briefing()], [briefing()], (1, 0, 0), (1, 0, 0)),
    ("one field differs", [briefing()], [briefing(topic="利比亚")], (0, 1, 1), (1, 0, 0)),
    ("planned is not held", [briefing()], [briefing(status="planned", modality="planned")], (0, 1, 1), (1, 0, 0)),
    ("another day", [briefing()], [briefing(date="2020-01-31")], (0, 1, 1), (0, 1, 1)),
    ("capacity is enough", [briefing()], [briefing(person=None)], (0, 1, 1), (1, 0, 0)),
    (
        "neither person nor capacity",
        [briefing()],
        [briefing(person="古特雷斯", capacity="秘书长")],
        (0, 1, 1),
        (0, 1, 1),
    ),
    (
        "null on both sides is no agreement of others",
        [briefing(person=None)],
        [briefing(person=None, capacity="秘书长")],
        (0, 1, 1),
        (0, 1, 1),
    ),
    (
        "what the gold leaves out is not asked",
        [{"type": "presidency", "state": "VNM", "month": "2020-01"}],
        [fact("presidency", state="VNM", month="2020-01", modality="planned")],
        (1, 0, 0),
        (1, 0, 0),
    ),
    ("same thing twice", [briefing(), briefing()], [briefing()], (1, 0, 1), (1, 0, 1)),
    (
        "the better partner first",
        [briefing(topic="甲"), briefing(topic="乙")],
        [briefing(topic="乙"), briefing(topic="丙")],
        (1, 1, 1),
        (2, 0, 0),
    ),
    (
        "order of a list does not matter",
        [fact("mandate_decision", action="extend", holder="UNMISS", basis=["S/RES/1", "S/RES/2"])],
        [fact("mandate_decision", action="extend", holder="UNMISS", basis=("S/RES/2", "S/RES/1"))],
        (1, 0, 0),
        (1, 0, 0),
    ),
    (
        "evidence, rule and confidence do not matter",
        [briefing()],
        [briefing(rule="x", confidence=0.5, evidence=[])],
        (1, 0, 0),
        (1, 0, 0),
    ),
]


@pytest.mark.parametrize(("name", "gold", "found", "exact", "matched"), FACTS, ids=[f[0] for f in FACTS])
def test_facts(name: str, gold: list[Record], found: list[Record], exact: Three, matched: Three) -> None:
    scores = evaluate([{"line": 0, "facts": gold}], [{"line": 0, "facts": found}]).facts
    score = scores[gold[0]["type"]]
    assert score.exact == Counts(*exact)
    assert score.matched == Counts(*matched)
    report = compare_facts(gold, found)
    assert report.ok is (exact[1:] == (0, 0))
    assert len(report.missing) + len(report.differing) == exact[2]
    assert len(report.extra) + len(report.differing) == exact[1]


def test_field_accuracy() -> None:
    gold = [briefing(person="甲"), briefing(person="乙")]
    found = [briefing(person="甲", topic="利比亚"), briefing(person="乙")]
    score = evaluate([{"line": 0, "facts": gold}], [{"line": 0, "facts": found}]).facts["briefing"]
    assert score.accuracy("topic") == 0.5
    assert score.accuracy("person") == 1.0


def test_report_names_the_fields() -> None:
    report = compare_facts([briefing()], [briefing(topic="利比亚", organization="UNSMIL")])
    assert report.differing[0][2] == ("organization", "topic")
    assert "topic: None in the gold, '利比亚' found" in str(report)
    assert str(compare_facts([briefing()], [briefing()])) == "the same facts"


@pytest.mark.parametrize(
    ("ours", "theirs", "elsewhere"),
    [
        (["1 月 30 日，他作了通报。"], [{"quote": "1月30日，他作了通报。"}], False),
        (["他作了通报。"], [{"quote": "1月30日，他作了通报。"}], False),
        (["他作了通报。"], [{"quote": "她参加了会议。"}], True),
        ([], [{"quote": "她参加了会议。"}], False),
    ],
)
def test_evidence_elsewhere_is_told(ours: list[str], theirs: list[Record], elsewhere: bool) -> None:
    report = compare_facts([briefing(evidence=ours)], [briefing(evidence=theirs)])
    assert report.ok
    assert bool(report.elsewhere) is elsewhere


def test_facts_of_the_model_are_compared_by_their_json() -> None:
    predicted = Briefing(date="2020-01-30", person="萨拉梅", rule="x").as_json()
    assert compare_facts([predicted], [predicted]).ok


def test_unknown_fact_type() -> None:
    with pytest.raises(ValueError, match="unknown types of fact: rumour"):
        compare_facts([{"type": "rumour"}], [])


def test_every_fact_type_has_a_key_among_its_fields() -> None:
    assert set(KEYS) == set(FIELDS) == {kind.type for kind in FACT_TYPES}
    for kind, groups in KEYS.items():
        assert {name for group in groups for name in group} <= set(FIELDS[kind])


def test_seed_gold_is_what_it_is_compared_by() -> None:
    golden = sorted((Path(__file__).parent / "golden").glob("*/facts.json"))
    assert golden
    for path in golden:
        facts = json.loads(path.read_text("utf-8"))
        assert compare_facts(facts, list(reversed(facts))).ok, path
        for one in facts:
            assert set(one) <= {"type", "evidence", *FIELDS[one["type"]]}, path


@pytest.mark.parametrize(
    ("share", "shown"), [(None, "-"), (1.0, "1.000"), (0.9999, "0.999"), (0.98, "0.980"), (0.0, "0.000")]
)
def test_only_perfection_prints_as_one(share: float | None, shown: str) -> None:
    assert cell(share) == shown


def test_table_and_json() -> None:
    record = {"line": 0, "mentions": [mention(0, 2)], "facts": [briefing()]}
    scores = evaluate([record], [record])
    assert scores.table().splitlines()[1].split() == ["State", "1", "1", "1.000", "1.000", "1.000", "1.000", "1.000"]
    assert "briefing" in scores.table()
    assert json.loads(json.dumps(scores.as_json()))["facts"]["briefing"]["exact"]["f1"] == 1.0


spans = st.tuples(st.integers(0, 20), st.integers(1, 5), st.sampled_from(["FRA", "DEU", None])).map(
    lambda s: mention(s[0], s[0] + s[1], s[2])
)


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_counts_add_up(gold: list[Record], found: list[Record]) -> None:
    scores = evaluate([line(*gold)], [line(*found)]).mentions
    if not gold and not found:
        assert not scores
        return
    for counts in (scores["State"].exact, scores["State"].overlap):
        assert counts.gold == len(gold)
        assert counts.predicted == len(found)
    assert scores["State"].exact.hit <= scores["State"].overlap.hit


@given(st.lists(spans, max_size=6, unique_by=lambda m: (m["start"], m["end"])))
def test_gold_against_itself_is_perfect(gold: list[Record]) -> None:
    scores = evaluate([line(*gold)], [line(*gold)])
    assert not scores.misses
    assert all(score.exact.f1 == 1.0 for score in scores.mentions.values())


# the gold that ships


def gold_file(half: str) -> list[Record]:
    path = Path(__file__).parent.parent / "kg" / "evaluate" / "gold" / f"unpc-dev-{half}.jsonl"
    return [json.loads(row) for row in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("half", "parity"), [("even", 0), ("odd", 1)])
def test_gold_files_are_in_order(half: str, parity: int) -> None:
    heading, *records = gold_file(half)
    assert heading["lines"] == [parity, 4000, 2]
    assert [r["line"] for r in records] == sorted({r["line"] for r in records})
    for record in records:
        assert record["line"] % 2 == parity
        assert set(record) == {"line", "sha", "types", "mentions"}, "no texts in the gold"
        end = 0
        for item in record["mentions"]:
            assert end <= item["start"] < item["end"]
            assert set(item) <= {"type", "start", "end", "id", "optional"}
            end = item["end"]
    scores = evaluate([heading, *records], [line(line=i) for i in range(parity, 4000, 2)])
    assert scores.records == 2000


def test_lines_that_are_not_those_of_the_gold() -> None:
    with pytest.raises(InputError, match="not the line of the gold"):
        unpc_gold("odd", [""] * 4000)


def test_folder_without_the_corpora(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="name the folder"):
        unpc_lines(tmp_path)
    with pytest.raises(UnreadableInputError, match="no resolutions"):
        next(akn_resolutions(tmp_path, 2022))


AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution"><coverPage>
<p><docTitle refersTo="#resolutionNumber">\t\t第9999(2022)号决议</docTitle></p>
<p><docTitle refersTo="#adoption">
  <docDate date="2022-01-27" refersTo="#adoptionDate">2022年1月27日</docDate>
  <inline name="adoptionMeeting" title="8956">8956次会议通过</inline></docTitle></p></coverPage>
<preamble><p>\t<span>回顾</span>第<a href="https://undocs.org/ch/S/RES/716(1991)">716(1991)</a>号和第<a
 href="https://undocs.org/ch/S/RES/1325 (2000)">1325</a><a href="https://undocs.org/ch/S/RES/1325
 (2000)">(2000)</a>号决议(<a
 href="https://undocs.org/ch/S/2021/1109">S/2021/1109</a>)，</p></preamble></statement></akomaNtoso>"""


def test_akn_is_read_as_printed(tmp_path: Path) -> None:
    folder = tmp_path / "akn-zh" / "2022"
    folder.mkdir(parents=True)
    (folder / "S_RES_9999_2022.xml").write_text(AKN, "utf-8")
    (document,) = akn_resolutions(tmp_path, 2022)
    assert document.heading == "第9999(2022)号决议\n2022年1月27日安全理事会第8956次会议通过"
    assert document.text == "回顾第716(1991)号和第1325(2000)号决议(S/2021/1109)，"
    assert document.cited == {"S/RES/716(1991)", "S/RES/1325(2000)"}
    assert (document.symbol, document.date, document.meeting) == ("S/RES/9999(2022)", "2022-01-27", "S/PV.8956")

    def read(text: str) -> list[Mention]:
        ids = {"第716(1991)号": "S/RES/716(1991)", "2021": "S/RES/2021(2011)"}
        return [Mention(MentionType.RESOLUTION, 0, 1, text[0], i) for words, i in ids.items() if words in text]

    scores = score_akn(tmp_path, (2022,), read)
    assert scores.resolutions == Counts(1, 1, 1)
    assert scores.wrong == (("S_RES_9999_2022", ("S/RES/1325(2000)",), ("S/RES/2021(2011)",)),)
    assert scores.meeting == Counts(0, 0, 1)


def test_confidence_is_held_against_the_truth(tmp_path: Path) -> None:
    """Nine of ten right at 0.9, one of one wrong at 0.99; a fact without a confidence claims nothing."""
    states = ("FRA", "CHN", "USA", "GBR", "RUS", "DEU", "ITA", "ESP", "PRT", "NLD")
    gold = [{"type": "presidency", "state": state, "month": "2020-01"} for state in states]
    said = [
        {**fact, "month": "2020-02" if fact["state"] == "NLD" else "2020-01", "confidence": 0.9, "rule": "r.one"}
        for fact in gold
    ]
    said += [
        {"type": "presidency", "state": "AUT", "month": "2020-01", "confidence": 0.99, "rule": "r.two"},
        {"type": "presidency", "state": "BEL", "month": "2020-01"},
    ]
    scores = evaluate([{"line": 0, "facts": gold}], [{"line": 0, "facts": said}])
    assert [(b.low, b.said, b.true) for b in scores.claims.bands()] == [(0.98, 1, 0), (0.9, 10, 9)]
    assert scores.claims.by_rule() == {"r.one": (10, 9), "r.two": (1, 0)}
    assert scores.as_json()["calibration"]["bands"][1] == {
        "from": 0.9,
        "facts": 10,
        "true": 9,
        "share": 0.9,
        "said": 0.9,
    }
    assert "0.90 and more" in scores.table()


def test_optional_gold_counts_neither_way() -> None:
    """It takes a prediction only after the others; a field that a gold leaves out is not asked, in a key neither."""
    sure = {"type": "meeting", "date": "2020-01-09", "format": "debate"}
    doubtful = {**sure, "optional": True}
    found = {**sure, "status": "held"}
    for gold, said, exact in (
        ([doubtful], [], (0, 0, 0)),
        ([doubtful], [found], (0, 0, 0)),
        ([doubtful, sure], [found], (1, 0, 0)),
        ([{"type": "meeting", "date": "2020-01-09"}], [found], (1, 0, 0)),
    ):
        score = evaluate([{"line": 0, "facts": gold}], [{"line": 0, "facts": said}]).facts["meeting"].exact
        assert (score.hit, score.extra, score.missing) == exact


# -- decisions on mandates in akn-zh ----------------------------------------------------------------------------------

PARAGRAPHS = """<mainBody><paragraph><num>1.</num><content><p>\t决定：</p></content></paragraph>
<paragraph><list><point><num>(a)</num><content><p>\t将南苏丹特派团任务期限延长至2023年3月15日；</p></content></point></list></paragraph>
<paragraph><num>2.</num><content><p>\t决定设立一个特别核查组；</p></content></paragraph></mainBody>"""


def _decision(**values: str | None) -> dict[str, str | None]:
    names = ("paragraph", "action", "holder", "holder_label", "until", "duration")
    return {"file": "S_RES_9999_2022", **dict.fromkeys(names), **values}


def test_decisions_are_compared_with_the_gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "akn-zh" / "2022"
    folder.mkdir(parents=True)
    text = AKN.replace("</preamble>", f"</preamble>{PARAGRAPHS}")
    (folder / "S_RES_9999_2022.xml").write_text(text, "utf-8")
    ((name, document),) = akn_documents(tmp_path, 2022)
    assert name == "S_RES_9999_2022"
    assert "(a) 将南苏丹特派团任务期限延长至2023年3月15日；" in document.text.splitlines()
    extended = _decision(paragraph="1(a)", action="extend", holder="UNMISS", holder_label="-", until="2023-03-15")
    found = _decision(paragraph="2", action="establish", holder_label="特别核查组")
    missed = _decision(paragraph="3", action="terminate", holder="UNMIS", holder_label="联苏特派团")
    for gold, counts in (
        ([extended, found], {"extend": Counts(1), "establish": Counts(1)}),
        ([extended, missed], {"extend": Counts(1), "terminate": Counts(0, 0, 1), "establish": Counts(0, 1)}),
        ([extended, extended, found], {"extend": Counts(1), "establish": Counts(1)}),
    ):
        monkeypatch.setattr("kg.evaluate.mandates.akn_mandates", lambda year, gold=gold: gold)
        scores = score_mandates(tmp_path, [2022])
        assert scores.actions == counts
        assert scores.all.gold == sum(c.gold for c in counts.values())
        assert len(scores.table().splitlines()) == len(counts) + 1


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_gold_of_mandates_is_whole(year: int) -> None:
    for row in akn_mandates(year):
        assert row["action"] in {"establish", "extend", "rollover", "modify", "reauthorize", "terminate"}
        assert row["file"].endswith(f"_{year}")
        assert row["holder"] is None or load_holders().get(row["holder"]) is not None, row
        assert {*row} == {"file", "paragraph", "action", "holder", "holder_label", "until", "duration", "basis"}


def test_a_year_that_no_one_annotated() -> None:
    with pytest.raises(UnreadableInputError, match="no gold"):
        akn_mandates(1946)


def test_a_rule_earns_its_confidence() -> None:
    """Little told leans on the first runs; much told speaks for itself; nothing is certain."""
    given = earned({"new": (1, 1), "tried": (200, 198), "sure": (10_000, 10_000), "bad": (50, 0)})
    assert 0.8 < given["new"] < 0.82
    assert given["tried"] == 0.97
    assert given["sure"] == 0.99
    assert given["bad"] == 0.5


def test_doubt_of_a_rule_stays() -> None:
    rule = "meeting.held"
    earned_by = trusted(Presidency(state="FRA", month="2020-01", rule=rule, confidence=0.95)).confidence
    assert trusted(Presidency(state="FRA", month="2020-01", rule=rule, confidence=0.6)).confidence == 0.6
    assert trusted(Presidency(state="FRA", month="2020-01", rule=rule, confidence=0.99)).confidence == earned_by
    assert trusted(Presidency(state="FRA", month="2020-01", rule="no.rule", confidence=0.7)).confidence == 0.7


@pytest.mark.slow
def test_the_confidence_table_is_that_of_the_shipped_rules() -> None:
    assert confidence_table(Path(__file__).parent.parent, load_pipeline()) == TABLE.read_text("utf-8")
