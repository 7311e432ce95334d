"""Where text and metadata of one document contradict each other, and where they merely say different amounts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kg.conflicts import Conflict, council_size, find_conflicts
from kg.extract import extract
from kg.gazetteer import load_gazetteer
from kg.gazetteer.english import state_in_english
from kg.link.identity import resolve
from kg.model import Adoption, Citation, Evidence, Extraction, MentionType, StatedBy, Vote
from kg.triples import document_graph
from tests.akn import COVER, MEMBERS, akn, cover, meta, read, voters
from tests.synthetic import document

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Kg

ALL_15 = voters("inFavour", "015", *MEMBERS)


def conflicts(meta_: str, cover_: str = COVER, body: str = "<p>决定继续处理此案。</p>") -> tuple[Conflict, ...]:
    return find_conflicts(extract(read(akn(f"{meta_}{cover_}{body}"))))


def told(found: tuple[Conflict, ...]) -> list[tuple[str, list[str]]]:
    return [(c.kind, [f"{s.stated_by.value}: {s.value}" for s in c.says]) for c in found]


@pytest.mark.parametrize(
    ("meta_", "cover_", "wanted"),
    [
        (meta(), COVER, []),
        (meta(adopted='as="S/2031/99" by=""'), cover("安全理事会2031年1月31日通过"), []),
        (meta(), cover("2031年"), []),
        (
            meta(date="2031-02-01"),
            COVER,
            [("adoption date", ["text: 2031-01-31", "metadata: 2031-02-01", "metadata: 2031-01-31"])],
        ),
        (
            meta(adopted='as="S/PV.9989" by="Adopted unanimously, 9999th meeting"'),
            COVER,
            [("meeting number", ["text: 9999", "metadata: 9989", "metadata: 9999"])],
        ),
        (
            meta(),
            cover('2031年1月31日<inline name="adoptionMeeting" title="9999">第9998次会议通过</inline>'),
            [("meeting number", ["text: 9998", "metadata: 9999"])],
        ),
        (
            meta(
                voters("inFavour", "015", *MEMBERS[:12]),
                voters("abstaining", "003", *MEMBERS[12:]),
                adopted='as="" by=""',
            ),
            COVER,
            [
                ("voters", ["metadata: 15 yes", "metadata: 12 yes"]),
                ("sum of votes", ["metadata: 15 yes", "metadata: 3 abstain"]),
            ],
        ),
        (
            meta(
                voters("inFavour", "012", *MEMBERS[:12]),
                voters("abstaining", "003", *MEMBERS[12:]),
                adopted='as="" by="Adopted 13-0-2"',
            ),
            COVER,
            [
                ("votes", ["metadata: 12 yes", "metadata: 13 yes"]),
                ("votes", ["metadata: 3 abstain", "metadata: 2 abstain"]),
            ],
        ),
        (
            meta(voters("inFavour", "014", *MEMBERS[:14]), voters("against", "001", *MEMBERS[14:])),
            COVER,
            [("votes", ["metadata: unanimous", "metadata: 1 not in favour"])],
        ),
        (
            meta(ALL_15, adopted='as="S/PV.9999" by="Adopted without vote, 9999th meeting"'),
            COVER,
            [("votes", ["metadata: without a vote", "metadata: 15 yes"])],
        ),
        (meta(ALL_15, adopted='as="S/PV.9999" by="Adopted by acclamation, 9999th meeting"'), COVER, []),
        (
            meta('<count value="011" refersTo="inFavour"></count>').replace("2031-01-31", "1950-06-27"),
            cover("通过").replace("2031-01-31", "1950-06-27"),
            [],
        ),
    ],
)
def test_adoptions(meta_: str, cover_: str, wanted: list[tuple[str, list[str]]]) -> None:
    assert told(conflicts(meta_, cover_)) == wanted


LINK = '<a href="https://undocs.org/ch/{}">{}</a>'


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"第{LINK.format('S/RES/716(1991)', '716(1991)')}号决议", []),
        (f"第{LINK.format('S/RES/716(1991)', '716')}号决议", []),
        (f"见{LINK.format('S/RES/716(1991)', '该决议')}", [("link", ["text: 该决议", "metadata: S/RES/716(1991)"])]),
        (
            f"第{LINK.format('S/RES/761(1991)', '716(1991)')}号决议",
            [("link", ["text: S/RES/716(1991)", "metadata: S/RES/761(1991)"])],
        ),
        ("第716(1991)号决议", []),
        (
            f"第{LINK.format('S/RES/716(1991)', '716(1991)')}号和第1325(2000)号决议，第716号决议",
            [("citation not linked", ["text: S/RES/1325(2000)"])],
        ),
        (f"报告({LINK.format('A/74/976', 'A/74/976-S/2020/773')})", []),
        (f"见{LINK.format('S/RES/716(1991)', '716')}{LINK.format('S/RES/716(1991)', '(1991)')}", []),
    ],
)
def test_links(body: str, wanted: list[tuple[str, list[str]]]) -> None:
    assert told(conflicts(meta(), body=f"<p>回顾{body}，</p>")) == wanted


def test_both_sides_are_quoted() -> None:
    (conflict,) = conflicts(meta(adopted='as="S/PV.9989" by=""'))
    assert [s.evidence.quote for s in conflict.says] == [
        "2031年1月31日9999次会议通过",
        '<step date="2031-01-31" outcome="adopted" as="S/PV.9989" by="" />',
        '<inline name="adoptionMeeting" title="9999">',
    ]
    assert set(conflict.as_json()["says"][0]) == {"value", "stated_by", "start", "end", "quote", "page"}


def _extraction(*facts: tuple[Adoption | Vote, StatedBy]) -> Extraction:
    doc = document("S-RES-2600-2021", "一。二。\n", symbol="S/RES/2600(2021)")
    evidence = (Evidence(0, 2, "一。"),)
    return Extraction(doc, (), tuple(replace(fact, stated_by=by, evidence=evidence) for fact, by in facts))


OWN = "S/RES/2600(2021)"


def said(**fields: Any) -> tuple[Adoption, StatedBy]:
    return Adoption(**{"instrument": OWN, **fields}), StatedBy.TEXT


def recorded(**fields: Any) -> tuple[Adoption, StatedBy]:
    return Adoption(**{"instrument": OWN, **fields}), StatedBy.METADATA


def cast(state: str, value: str, by: StatedBy) -> tuple[Vote, StatedBy]:
    return Vote(instrument=OWN, state=state, value=value), by


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ([said(in_favour=13, abstaining=3)], [("sum of votes", ["text: 13+3"])]),
        ([said(in_favour=13, abstaining=1)], []),
        (
            [said(in_favour=13, against=0, abstaining=1, not_participating=0)],
            [("sum of votes", ["text: 13+0+1+0"])],
        ),
        ([said(in_favour=11, abstaining=1, date="1960-04-01")], [("sum of votes", ["text: 11+1"])]),
        ([said(in_favour=13), recorded(in_favour=14)], [("votes", ["text: in_favour 13", "metadata: in_favour 14"])]),
        ([said(), recorded(in_favour=14, unanimous=False)], []),
        ([said(instrument="S/RES/2599(2021)", in_favour=16)], []),
        (
            [cast("CHN", "yes", StatedBy.METADATA), cast("CHN", "abstain", StatedBy.TEXT)],
            [("vote", ["metadata: CHN yes", "text: CHN abstain"])],
        ),
        ([cast("CHN", "yes", StatedBy.METADATA), cast("CHN", "yes", StatedBy.TEXT)], []),
        ([cast("CHN", "yes", StatedBy.METADATA), cast("RUS", "no", StatedBy.TEXT)], []),
    ],
)
def test_facts_of_text_and_metadata(
    facts: list[tuple[Adoption | Vote, StatedBy]], wanted: list[tuple[str, list[str]]]
) -> None:
    assert told(find_conflicts(_extraction(*facts))) == wanted


def test_the_council_has_grown() -> None:
    assert [council_size(date) for date in ("1965-12-31", "1966-01-01", "2031-01-31", None)] == [11, 15, 15, 15]


def test_what_both_state_is_one_fact_with_both_as_evidence() -> None:
    link = LINK.format("S/2031/4", "S/2031/4")
    found = extract(read(akn(f"{cover('安全理事会2031年1月31日通过')}<p>注意到报告({link})，</p>")))
    text, linked = (f for f in found.facts if isinstance(f, Citation))
    assert text.key() == linked.key()
    assert [f.as_json()["stated_by"] for f in (text, linked)] == ["text", "metadata"]
    assert list(text.as_json())[-3:] == ["rule", "stated_by", "evidence"]
    graph = document_graph(found, resolve([]), load_gazetteer())
    node = next(line.split()[0] for line in graph.lines if line.endswith(".") and "/ns#citedSymbol>" in line)
    mine = [line.split() for line in graph.lines if line.startswith(node)]
    assert sorted(words[2].rpartition("#")[2] for words in mine if words[1].endswith("#statedBy>")) == [
        "OriginMetadata>",
        "OriginText>",
    ]
    evidence = [words[2] for words in mine if words[1].endswith("#evidence>")]
    assert len(evidence) == 2
    origins = [words.split()[2] for words in graph.lines if words.split()[0] in evidence and "#statedBy>" in words]
    assert len(set(origins)) == 2


def test_a_build_counts_and_lists_them(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    body = "<mainBody><p>决定继续处理此案。</p></mainBody>"
    (tmp_path / "in" / "a.xml").write_text(akn(meta(adopted='as="S/PV.9989" by=""') + COVER + body), "utf-8")
    status, _, err = kg("build", tmp_path / "in", "-o", tmp_path / "out")
    assert status == 0
    assert "kg: 1 contradictions within 1 documents, listed in report.json" in err
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["totals"]["conflicts"] == 1
    (conflict,) = report["conflicts"]
    assert (conflict["document"], conflict["source"], conflict["kind"]) == (
        "S-RES-2999-2031",
        "a.xml",
        "meeting number",
    )
    assert report["totals"]["facts"]["vote"] == 15


def test_states_have_their_english_names() -> None:
    states = [entry for entry in load_gazetteer().entries if entry.type is MentionType.STATE]
    for entry in states:
        for name in (entry.en, entry.en.upper(), entry.en_formal):
            assert name is None or state_in_english(name) == entry.id, name
    assert state_in_english("Cote D’Ivoire") == "CIV"
    assert state_in_english("THE GAMBIA") == "GMB"
    assert state_in_english("Congo") == "COG"
    assert state_in_english("CONGO, DEMOCRATIC") is None
    assert state_in_english("") is None
