"""``kg validate``: findings name documents and quote them, sources that disagree stand side by side, exit statuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib

from kg.errors import GraphError
from kg.model import (
    Adoption,
    Briefing,
    Chairing,
    Citation,
    Extraction,
    Fact,
    MandateDecision,
    Meeting,
    Modality,
    Presidency,
    StatedBy,
    Status,
    Vote,
)
from kg.store import Store
from kg.validate import Finding, Validation, validate, validate_graph
from kg.validate.disagreements import COMPARISONS
from kg.validate.report import as_text, as_turtle
from kg.validate.shapes import SH, SHAPES
from tests.synthetic import ASSESSMENT, EVERYTHING, LETTER, MANDATES, RECORD, SHORT, document, extraction, graph

if TYPE_CHECKING:
    from tests.conftest import Kg

HELD = Status.HELD
RES = "S/RES/2507(2020)"


def said(name: str, *facts: Fact) -> Extraction:
    """A document that states these facts, each in a sentence of its own."""
    text = "".join(f"{name}第{i}句。\n" for i in range(len(facts)))
    doc = document(name, text, date="2020-02-28")
    return extraction(doc, *((fact, f"{name}第{i}句") for i, fact in enumerate(facts)))


def found(*extractions: Extraction) -> tuple[Finding, ...]:
    return validate(Store.of(graph(*extractions))).findings


def rules(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.severity, finding.rule) for finding in findings]


def adoption(**more: object) -> Adoption:
    return replace(Adoption(instrument=RES, date="2020-01-31", body="UN-SC"), **more)  # type: ignore[arg-type]


def held(**more: object) -> Meeting:
    return replace(Meeting(date="2020-01-09", number="8699", format="debate", status=HELD, body="UN-SC"), **more)  # type: ignore[arg-type]


def chair(state: str, person: str | None = None) -> Chairing:
    return Chairing(
        date="2020-01-09", meeting_number="8699", format="debate", body="UN-SC", state=state, person=person, status=HELD
    )


def ends(until: str, **more: object) -> MandateDecision:
    fact = MandateDecision(
        instrument=RES, paragraph="1", action="extend", holder="UNMISS", until=until, date="2020-01-31"
    )
    return replace(fact, modality=Modality.REPORTED, **more)  # type: ignore[arg-type]


def briefer(person: str, capacity: str = "秘书长") -> Briefing:
    return Briefing(
        date="2020-01-09",
        meeting_number="8699",
        format="debate",
        person=person,
        capacity=capacity,
        organization="UN",
        status=HELD,
    )


DISAGREE: list[tuple[str, Fact, Fact, Fact]] = [
    ("adoption-date", adoption(), adoption(date="2020-01-30"), adoption(date="2020-01")),
    ("adoption-meeting", adoption(meeting_number="8712"), adoption(meeting_number="8713"), adoption()),
    ("adoption-votes", adoption(in_favour=13), adoption(in_favour=14), adoption(in_favour=13, abstaining=2)),
    ("adoption-votes", adoption(unanimous=True), adoption(unanimous=False), adoption(in_favour=15)),
    (
        "vote",
        Vote(instrument=RES, state="CHN", value="abstain"),
        Vote(instrument=RES, state="CHN", value="yes"),
        Vote(instrument=RES, state="RUS", value="yes"),
    ),
    (
        "presidency-one-state",
        Presidency(state="VNM", month="2020-01"),
        Presidency(state="SWE", month="2020-01"),
        Presidency(state="SWE", month="2020-02"),
    ),
    ("chair-state", chair("VNM"), chair("SWE"), chair("VNM", "范平明")),
    ("chair-person", chair("VNM", "范平明"), chair("VNM", "邓庭贵"), chair("VNM")),
    ("meeting-date", held(), held(date="2020-01-10"), held(date="2020-01")),
    ("meeting-date", held(), held(date="2020-01-08"), held(date="2020-03-13", number="8699 (Resumption 1)")),
    (
        "meeting-record",
        held(record="S/PV.8699"),
        held(number="8698", record="S/PV.8699"),
        held(record="S/PV.8699", theme="人权"),
    ),
    ("mandate-end", ends("2020-07-31"), ends("2020-08-31"), ends("2020-08-31", paragraph="9", holder="UNSMIL")),
    ("mandate-end", ends("2020-07-31"), ends("2020-08-31", paragraph=None), ends("2020-07", paragraph=None)),
    ("person-name", briefer("安东尼奥·古特雷斯"), briefer("安东尼奥·古铁雷斯"), briefer("古特雷斯")),
    (
        "resolution-year",
        Citation(cited="S/RES/2140(2014)"),
        Citation(cited="S/RES/2140(2015)"),
        Citation(cited="S/RES/2140"),
    ),
]
"""A comparison, what one document says, what another says against it, and what it may say with it."""


@pytest.mark.parametrize(
    ("rule", "one", "against", "along"), DISAGREE, ids=[f"{i}-{row[0]}" for i, row in enumerate(DISAGREE)]
)
def test_documents_that_disagree(rule: str, one: Fact, against: Fact, along: Fact) -> None:
    findings = found(said("甲", one), said("乙", against))
    assert [f.rule for f in findings if f.severity == "conflict" and f.rule == rule] == [rule]
    (finding,) = (f for f in findings if f.rule == rule)
    assert [(s.source, s.quote) for s in finding.says] in (
        [("甲.txt", "甲第0句"), ("乙.txt", "乙第0句")],
        [("乙.txt", "乙第0句"), ("甲.txt", "甲第0句")],
    ), "both documents, each with its words"
    if rule != "presidency-one-state":
        assert len({s.value for s in finding.says}) == 2
    assert rule not in [f.rule for f in found(said("甲", one), said("丙", along))]
    assert rule not in [f.rule for f in found(said("甲", one), said("丙", one))]


def test_every_comparison_has_a_case() -> None:
    assert {c.name for c in COMPARISONS} | {"presidency-one-state"} == {row[0] for row in DISAGREE}


def test_text_and_metadata_of_one_document_disagree() -> None:
    text, metadata = adoption(meeting_number="8712"), adoption(meeting_number="8713", stated_by=StatedBy.METADATA)
    (finding,) = (f for f in found(said("甲", text, metadata)) if f.rule == "adoption-meeting")
    assert [(s.value, s.stated_by) for s in finding.says] == [("8712", "text"), ("8713", "metadata")]


def test_a_change_of_chair_within_one_document_is_no_conflict() -> None:
    assert "chair-state" not in [f.rule for f in found(said("甲", chair("VNM"), chair("SWE")))]


def test_what_is_planned_disagrees_with_nothing() -> None:
    planned = held(date="2020-01-10", status=Status.PLANNED, modality=Modality.PLANNED)
    assert "meeting-date" not in [f.rule for f in found(said("甲", held()), said("乙", planned))]


def test_who_agrees_is_not_listed_beside_who_does_not() -> None:
    """Of three, the one that says only the month contradicts neither."""
    one, two, month = (adoption(date=day) for day in ("2020-01-31", "2020-01-30", "2020-01"))
    (finding,) = (f for f in found(said("甲", one), said("乙", two), said("丙", month)) if f.rule == "adoption-date")
    assert {s.source for s in finding.says} == {"甲.txt", "乙.txt"}


def test_numbers_rise_with_days() -> None:
    numbered = [
        held(number=str(n), date=day) for n, day in ((8698, "2020-01-08"), (8699, "2020-01-09"), (8701, "2020-01-07"))
    ]
    findings = [f for f in found(said("甲", *numbered)) if f.rule == "meeting-order"]
    assert [(f.severity, [(s.value, s.quote) for s in f.says]) for f in findings] == [
        ("warning", [("8699: 2020-01-09", "甲第1句"), ("8701: 2020-01-07", "甲第2句")])
    ]
    resumed = replace(numbered[2], number="8701 (Resumption 1)")
    assert "meeting-order" not in [f.rule for f in found(said("甲", *numbered[:2], resumed))]


def test_two_states_in_one_month_and_who_says_so() -> None:
    findings = found(
        said("甲", Presidency(state="VNM", month="2020-01")), said("乙", Presidency(state="SWE", month="2020-01"))
    )
    assert rules(findings) == [("conflict", "presidency-one-state")]
    assert {s.source for s in findings[0].says} == {"甲.txt", "乙.txt"}


def test_a_chair_who_is_not_the_president_is_a_warning() -> None:
    documents = said("甲", Presidency(state="VNM", month="2020-01")), said("乙", held(), chair("SWE"))
    findings = found(*documents)
    assert rules(findings) == [("warning", "chair-is-president")]
    assert [s.quote for s in findings[0].says] == ["乙第1句"]
    assert not validate(Store.of(graph(*documents))).failed()
    assert validate(Store.of(graph(*documents))).failed(strict=True)


def test_votes_that_do_not_add_up() -> None:
    findings = found(said("甲", adoption(in_favour=15, against=0, abstaining=3)))
    assert rules(findings) == [("violation", "votes-in-all")]
    finding = findings[0]
    assert finding.value
    assert finding.value.value == "18"
    assert [(s.source, s.quote, s.start, s.end) for s in finding.says] == [("甲.txt", "甲第0句", 0, 4)]


def test_what_was_vetoed_was_not_adopted() -> None:
    findings = found(EVERYTHING)
    assert rules(findings) == [("violation", "vetoed-is-not-adopted"), ("warning", "permanent-against-adopted")]
    assert [s.quote for s in findings[0].says] == ["一", "二"], "the adoption and the vote"


def test_evidence_of_another_length_names_its_document() -> None:
    lines = graph(said("甲", adoption()))
    longer = [line.replace('"甲第0句"', '"甲第0句话"') for line in lines]
    (finding,) = validate(Store.of(longer)).findings
    assert (finding.rule, finding.says[0].source) == ("quote-length", "甲.txt")


def test_a_node_without_words_has_its_document() -> None:
    lines = graph(said("甲", Citation(cited=RES)))
    broken = [line for line in lines if "/document/" not in line.split()[0] or "label" not in line.split()[1]]
    (finding,) = validate(Store.of(broken)).findings
    assert (finding.rule, [s.source for s in finding.says]) == ("has-label", ["甲.txt"])


def test_the_seeds_keep_all_shapes(graph: Path) -> None:
    report = validate_graph(graph)
    assert report.findings == ()
    assert report.rules > 380
    assert report.triples == json.loads((graph / "report.json").read_text("utf-8"))["totals"]["triples"]


def test_store_and_files_give_the_same(graph: Path, tmp_path: Path) -> None:
    spoilt = (graph / "graph.nq").read_text("utf-8").replace('"@zh', '"@fr')
    (tmp_path / "graph.nq").write_text(spoilt, "utf-8")
    whole = validate_graph(tmp_path)
    assert whole.findings
    again = validate(Store.of(reversed(spoilt.split("\n")[:-1])))
    assert again == whole


def test_there_must_be_a_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph"):
        validate_graph(tmp_path)


# -- reports ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report() -> Validation:
    documents = (
        said("甲", adoption(in_favour=15, abstaining=3, meeting_number="8712")),
        said("乙", adoption(meeting_number="8713")),
    )
    return validate(Store.of(graph(*documents, EVERYTHING)))


def test_order_is_by_severity(report: Validation) -> None:
    severities = [finding.severity for finding in report.findings]
    assert severities == sorted(severities, key=["violation", "conflict", "warning"].index)
    assert {"violation", "conflict", "warning"} == set(severities)
    assert report.summary().endswith("triples: 2 violations, 1 conflict, 1 warning")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            [
                "违反  票数之和",
                "[votes-in-all]",
                "甲.txt [0, 4): 「甲第0句」",
                "矛盾  ",
                "乙.txt [0, 4): 8713 = 「乙第0句」",
                "第1页",
            ],
        ),
        (
            "en",
            [
                "violation  The votes add up",
                "  18",
                "conflict  The meeting of",
                "甲.txt [0, 4): 8712 = 「甲第0句」",
                "page 1",
            ],
        ),
    ],
)
def test_text_for_people(report: Validation, language: str, words: list[str]) -> None:
    text = "\n".join(as_text(report, language))
    assert [word for word in words if word not in text] == []


def test_a_long_list_of_words_is_cut_by_value() -> None:
    many = [said(f"文{i}", adoption(meeting_number="8712", rule=f"r{i}")) for i in range(9)]
    text = "\n".join(as_text(validate(Store.of(graph(*many, said("乙", adoption(meeting_number="8713"))))), "en"))
    assert text.count("8712 = ") == 3
    assert text.count("8713 = ") == 1
    assert "... and 6 more" in text


def test_a_shacl_report(report: Validation) -> None:
    sh = rdflib.Namespace(SH)
    turtle = rdflib.Graph().parse(data=as_turtle(report), format="turtle")
    (head,) = turtle.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert turtle.value(head, sh.conforms) == rdflib.Literal(False)
    results = list(turtle.objects(head, sh.result))
    assert len(results) == len(report.findings)
    severities = {str(turtle.value(result, sh.resultSeverity)) for result in results}
    assert severities == {SH + "Violation", SH + "Warning", SHAPES + "Conflict"}
    for result in results:
        for name in ("focusNode", "sourceConstraintComponent", "resultMessage"):
            assert turtle.value(result, sh[name], any=True) is not None
        assert list(turtle.objects(result, rdflib.DCTERMS.source))
    empty = rdflib.Graph().parse(data=as_turtle(Validation()), format="turtle")
    assert list(empty.objects(None, sh.conforms)) == [rdflib.Literal(True)]


# -- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    documents = said("甲", adoption(in_favour=15, abstaining=3))
    path = tmp_path / "spoilt.nq"
    path.write_text("".join(f"{line}\n" for line in graph(documents)), "utf-8")
    return path


def test_a_clean_graph_ends_with_0(kg: Kg, graph: Path) -> None:
    ran = kg("validate", graph)
    assert (ran.status, ran.out) == (0, "")
    assert "nothing found" in ran.err


@pytest.mark.parametrize("form", [(), ("--format", "json"), ("--json",), ("--format", "ttl"), ("--lang", "zh")])
def test_a_violation_ends_with_4(kg: Kg, spoilt: Path, form: tuple[str, ...]) -> None:
    ran = kg("validate", spoilt, *form)
    assert ran.status == 4
    assert "甲第0句" in ran.out
    assert ran.err.startswith("kg: ")
    assert "1 violation" in ran.err


def test_json_for_programs(kg: Kg, spoilt: Path) -> None:
    told = json.loads(kg("validate", spoilt, "--format", "json").out)
    assert told["totals"] == {"violation": 1, "conflict": 0, "warning": 0}
    (finding,) = told["findings"]
    assert (finding["rule"], finding["severity"], finding["value"]) == ("votes-in-all", "violation", "18")
    assert finding["zh"] != finding["en"]
    assert finding["says"][0]["quote"] == "甲第0句"
    assert finding["says"][0]["source"] == "甲.txt"


@pytest.mark.parametrize(
    ("locale", "words"),
    [({"LC_ALL": "zh_CN.UTF-8"}, "违反"), ({"LC_ALL": "C"}, "violation"), ({"LC_ALL": "", "LANG": "zh_TW"}, "违反")],
)
def test_the_language_is_the_users(
    kg: Kg, spoilt: Path, locale: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    assert kg("validate", spoilt).out.startswith(words)


def test_strict_counts_warnings(kg: Kg, tmp_path: Path) -> None:
    extends = MandateDecision(instrument=RES, action="extend", holder="UNMISS", date="2020-01-31")
    path = tmp_path / "graph.nq"
    path.write_text("".join(f"{line}\n" for line in graph(said("甲", extends))), "utf-8")
    assert kg("validate", path).status == 0
    assert kg("validate", path, "--strict").status == 4


def test_nothing_to_check(kg: Kg, tmp_path: Path) -> None:
    ran = kg("validate", tmp_path / "none")
    assert ran.status == 1
    assert "no such graph" in ran.err


def test_build_checks_what_it_built(kg: Kg, tmp_path: Path) -> None:
    for name, day in (("a", 31), ("b", 30)):
        sentence = f"2020年1月{day}日，安理会以13票赞成、0票反对、2票弃权通过了第2507(2020)号决议。\n"
        (tmp_path / f"{name}.txt").write_text(sentence, "utf-8")
    sources, out = (tmp_path / "a.txt", tmp_path / "b.txt"), tmp_path / "out"
    ran = kg("build", *sources, "-o", out)
    assert ran.status == 0, "what is found changes no exit status"
    assert f"1 conflict, listed in report.json and by kg validate {out}" in ran.err
    told = json.loads((out / "report.json").read_text("utf-8"))["validation"]
    assert [finding["rule"] for finding in told["findings"]] == ["adoption-date"]
    assert [(said["source"], said["value"]) for said in told["findings"][0]["says"]] == [
        ("b.txt", "2020-01-30"),
        ("a.txt", "2020-01-31"),
    ]
    assert told == validate_graph(out).as_json()
    ran = kg("build", *sources, "-o", out, "--no-validate")
    assert "conflict" not in ran.err
    assert json.loads((out / "report.json").read_text("utf-8"))["validation"] is None
    assert kg("validate", out).status == 4


def test_clean_synthetic_documents() -> None:
    assert found(LETTER, ASSESSMENT, SHORT, RECORD, MANDATES) == ()
