"""Facts to quads: the form, what is said of what, what is never said."""

from __future__ import annotations

import os
import random
import re
import shutil
import string as strings
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.link.identity import Identities, name_uses, resolve
from kg.model import (
    FACT_TYPES,
    Briefing,
    Chairing,
    Citation,
    Extraction,
    Fact,
    MandateDecision,
    Meeting,
    Modality,
    Presidency,
    Status,
)
from kg.store import Store
from kg.triples import authority_quads, document_graph, document_quads, identity_quads, sorted_lines, triples, turtle
from kg.triples.text import dated, decimal, iri, literal, split_line, string, zh
from kg.vocabulary import BASE, PREFIXES
from tests.synthetic import (
    ALL,
    GAZETTEER,
    LETTER,
    SHORT,
    document,
    extraction,
    graph,
    nodes,
)

NOBODY = Identities({}, {})
XSD = PREFIXES["xsd"]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return graph(*ALL)


@pytest.fixture(scope="module")
def store(lines: list[str]) -> Store:
    return Store.of(lines)


def values(store: Store, pattern: str) -> list[str]:
    """Values of ?x in a graph pattern, sorted, without the base."""
    return sorted(
        row["x"].value.removeprefix(BASE + "id/").removeprefix(BASE)
        for row in store.select(f"SELECT ?x {{ {pattern} }}")
    )


# -- form -------------------------------------------------------------------------------------------------------------


def test_lines_are_canonical(lines: list[str]) -> None:
    assert lines == sorted(set(lines))
    for line in lines:
        subject, predicate, object_, named = split_line(line)
        assert " ".join((subject, predicate, object_, named, ".")) == line
        assert named.startswith(f"<{BASE}id/graph/")
        assert not subject.startswith("_:")
        assert not object_.startswith("_:")


def test_addresses_are_plain(lines: list[str]) -> None:
    for node in nodes(lines):
        if node.startswith(BASE + "id/"):
            assert re.fullmatch(r"[a-z-]+/[A-Za-z0-9_-]+", node.removeprefix(BASE + "id/")), node


def test_store_gives_back_the_same_lines(lines: list[str], store: Store) -> None:
    assert list(store.quads()) == lines


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's parser uses what rdflib deprecates
def test_all_parsers_agree(lines: list[str], tmp_path: Path) -> None:
    nquads, ttl = tmp_path / "graph.nq", tmp_path / "graph.ttl"
    nquads.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    ttl.write_text("".join(turtle(lines)), encoding="utf-8", newline="\n")
    merged = len(list(triples(lines)))

    dataset = rdflib.Dataset()
    dataset.parse(nquads, format="nquads")
    assert sum(1 for _ in dataset.quads()) == len(lines)
    read = rdflib.Graph().parse(ttl)
    assert len(read) == merged
    assert set(read) == {(s, p, o) for s, p, o, _ in dataset.quads()}

    quads = set(pyoxigraph.parse(path=str(nquads), format=pyoxigraph.RdfFormat.N_QUADS))
    plain = set(pyoxigraph.parse(path=str(ttl), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(quads) == len(lines)
    assert {q.triple for q in quads} == {q.triple for q in plain}

    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper is not installed")
    for path, form, count in ((nquads, "nquads", len(lines)), (ttl, "turtle", merged)):
        ran = subprocess.run([rapper, "-c", "-i", form, str(path)], capture_output=True, text=True, check=True)
        assert f"returned {count} triples" in ran.stderr


def test_no_backslash_in_names(lines: list[str]) -> None:
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', "".join(turtle(lines)))
    assert "\\" not in text


def test_turtle_is_short_and_stable(lines: list[str]) -> None:
    text = "".join(turtle(lines))
    assert "state:VNM a sc:State ;" in text
    assert "sc:number 7857" in text
    assert '"2020-01"^^xsd:gYearMonth' in text
    assert f"<{BASE}" not in text.partition("\n\n")[2]
    shuffled = list(lines)
    random.Random(7).shuffle(shuffled)
    assert "".join(turtle(sorted_lines(shuffled))) == text


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text_survives(text: str, other: str) -> None:
    """Quotes, line ends, control characters, backslashes, other planes: through N-Quads and Turtle, by two parsers."""
    subject = iri(f"http://example.com/{other.replace('#', '')}")
    line = f"{subject} {iri('http://example.com/p')} {zh(text)} {iri('http://example.com/g')} ."
    assert split_line(line)[2] == zh(text)
    quad = next(iter(pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_QUADS)))
    assert quad.object == pyoxigraph.Literal(text, language="zh")
    (read,) = rdflib.Graph().parse(data="".join(turtle([line])), format="turtle")
    assert str(read[2]) == text
    assert str(read[0]) == quad.subject.value


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_any_text_is_written_as_oxigraph_does(text: str) -> None:
    triple = pyoxigraph.Triple(pyoxigraph.NamedNode("a:s"), pyoxigraph.NamedNode("a:p"), pyoxigraph.Literal(text))
    written = pyoxigraph.serialize([triple], format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert written is not None
    assert written.decode() == f"<a:s> <a:p> {string(text)} .\n"


def test_half_a_surrogate_pair_can_be_written() -> None:
    assert string("a\ud800b").encode() == b'"a\xef\xbf\xbdb"'


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("2020-01-31", "date"), ("2020-01", "gYearMonth"), ("2020", "gYear")],
)
def test_dates_by_precision(text: str, datatype: str) -> None:
    assert dated(text) == literal(text, XSD + datatype)


@pytest.mark.parametrize("text", ["2020-13", "2020-01-32", "31 January", "", "20-01-01", "2020-1-1"])
def test_what_is_no_date_is_a_string(text: str) -> None:
    assert dated(text) == string(text)


@pytest.mark.parametrize(
    ("value", "text"), [(0.95, "0.95"), (1.0, "1"), (0.5, "0.5"), (0.123456, "0.1235"), (0.0, "0")]
)
def test_decimals_are_canonical(value: float, text: str) -> None:
    assert decimal(value) == literal(text, XSD + "decimal")


@pytest.mark.parametrize("line", ["", "a b c .", "<a:s> <a:p> .", '<a:s> <a:p> "x .', "<a:s> <a:p> <a:o>"])
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match="no N-Quads line"):
        split_line(line)


# -- the same graph, however it was made ------------------------------------------------------------------------------


@given(st.permutations(ALL), st.integers(1, len(ALL) - 1))
@settings(max_examples=15, deadline=None)
def test_union_of_graphs_is_graph_of_union(order: list[Extraction], cut: int) -> None:
    identities = resolve(use for x in order for use in name_uses(x, GAZETTEER))

    def part(extractions: list[Extraction]) -> set[str]:
        sheets = [document_graph(x, identities, GAZETTEER) for x in extractions]
        used = {name for sheet in sheets for name in sheet.used}
        return {line for sheet in sheets for line in sheet.lines} | set(authority_quads(used, GAZETTEER))

    both = part(order[:cut]) | part(order[cut:]) | set(identity_quads(identities))
    assert sorted(both) == graph(*ALL)


def test_each_document_has_its_own_graph() -> None:
    for x in ALL:
        mine = {split_line(line)[3] for line in document_quads(x, NOBODY, GAZETTEER)}
        assert mine == {f"<{BASE}id/graph/{x.document.id}>"}


@pytest.mark.parametrize("seed", ["0", "42"])
def test_hash_seed_and_locale_change_nothing(lines: list[str], seed: str) -> None:
    code = (
        "import sys; from tests.synthetic import *; sys.stdout.buffer.write('\\n'.join(graph(*reversed(ALL))).encode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
    root = Path(__file__).parent.parent
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=root, env=environment)
    assert ran.stdout.decode().split("\n") == lines


def test_base_moves_things_and_not_terms() -> None:
    moved = graph(LETTER, base="https://example.org/unsc/")
    assert not any(f"<{BASE}id/" in line for line in moved)
    assert any(f"<{BASE}ns#Letter>" in line for line in moved)
    text = "".join(turtle(moved, "https://example.org/unsc/"))
    assert "@prefix state: <https://example.org/unsc/id/state/> ." in text
    assert "state:CHN a sc:State" in text


# -- facts and what follows from them ---------------------------------------------------------------------------------


def test_every_type_of_fact_is_written(store: Store) -> None:
    assert {type(fact) for x in ALL for fact in x.facts} == set(FACT_TYPES)
    written = store.select("SELECT DISTINCT ?fact { ?fact sc:modality ?m ; a ?type ; sc:statedIn ?d ; sc:evidence ?e }")
    # equal meetings of a document are two; nothing else comes twice in these
    assert len(written) == sum(len(x.facts) for x in ALL)


def test_evidence_is_the_words(store: Store) -> None:
    texts = {x.document.id: x.document for x in ALL}
    rows = store.select("""SELECT * { ?e a sc:Evidence, oa:SpecificResource ; oa:hasSource/dct:identifier ?doc ;
        oa:hasSelector ?p, ?q ; sc:fileStart ?fs ; sc:fileEnd ?fe ; sc:rule ?rule ; sc:confidence ?c .
        ?p a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end . ?q a oa:TextQuoteSelector ; oa:exact ?quote }""")
    assert rows
    for row in rows:
        found = texts[row["doc"].value]
        start, end = int(row["start"].value), int(row["end"].value)
        assert found.text[start:end] == row["quote"].value
        assert found.to_file.span(start, end) == (int(row["fs"].value), int(row["fe"].value))


def test_evidence_has_its_page(store: Store) -> None:
    pages = values(store, "?e oa:hasSource/dct:identifier 'S-RES-2600-2021' ; sc:page ?x")
    assert set(pages) == {"1", "2"}
    # decoy: a text without pages has none
    assert values(store, "?e oa:hasSource/dct:identifier 'S-2020-270' ; sc:page ?x") == []


def test_same_fact_in_two_documents_is_one_node() -> None:
    said = Presidency(state="CHN", month="2022-08")
    one = extraction(document("one", "中国任主席。\n"), (said, "中国任主席"))
    two = extraction(document("two", "主席是中国。\n"), (replace(said, confidence=0.8), "主席是中国"))
    store = Store.of(graph(one, two))
    assert len(values(store, "?x a sc:PresidencyStatement")) == 1
    assert values(store, "?f a sc:PresidencyStatement ; sc:statedIn ?x") == ["document/one", "document/two"]
    assert values(store, "?f a sc:PresidencyStatement ; sc:evidence/sc:confidence ?x") == ["0.8", "0.95"]


@pytest.mark.parametrize(
    "fact",
    [Citation(cited="S/RES/1325(2000)", relation="recalls"), Briefing(capacity="秘书长", modality=Modality.PLANNED)],
)
def test_facts_without_an_anchor_stay_with_their_document(fact: Fact) -> None:
    both = [extraction(document(name, "回顾。\n"), (fact, "回顾")) for name in ("one", "two")]
    store = Store.of(graph(*both))
    assert len(values(store, "?x sc:modality ?m")) == 2


@pytest.mark.parametrize(
    ("meetings", "date", "theme", "statements"),
    [
        (1, "2020-01", None, 2),  # several a month are likely
        (2, "2020-01-29", None, 2),  # which of the two is each document's own affair
        (1, "2020-01-29", None, 1),
        (1, "2020-01", "女性与和平", 1),
    ],
)
def test_what_was_done_at_a_meeting_of_one_document_alone_is_a_fact_of_its_own(
    meetings: int, date: str, theme: str | None, statements: int
) -> None:
    meeting = Meeting(date=date, format="briefing", theme=theme, status=Status.HELD)
    briefing = Briefing(date=date, format="briefing", person="某某", status=Status.HELD)
    said = [(meeting, f"会{n}"[:2]) for n in range(meetings)]
    both = [
        extraction(document(name, "会0，某某通报。\n\n会1。\n"), *said, (briefing, "某某通报"))
        for name in ("one", "two")
    ]
    store = Store.of(graph(*both))
    found = store.select("SELECT ?briefing ?meeting { ?briefing a sc:Briefing ; sc:atMeeting ?meeting }")
    assert len(found) == len({row["briefing"].value for row in found}) == statements


def test_two_meetings_of_a_day_and_their_briefers(store: Store) -> None:
    rows = store.select("""SELECT ?meeting ?name { ?meeting a sc:Meeting ; schema:startDate "2020-01-29"^^xsd:date .
        ?b a sc:Briefing ; sc:atMeeting ?meeting ; sc:personName ?name } ORDER BY ?meeting""")
    assert [row["name"].value for row in rows] == ["马克·洛科克", "豪拉·马塔尔"]
    assert len({row["meeting"].value for row in rows}) == 2


def test_choice_between_two_meetings_is_not_made() -> None:
    """Decoy: a third paragraph speaks of a briefing on that day, and either meeting could be meant."""
    meeting = Meeting(date="2020-01-29", format="briefing", status=Status.HELD)
    briefing = Briefing(date="2020-01-29", format="briefing", person="某某", status=Status.HELD)
    doc = document("d", "上午。\n下午。\n回顾当日通报。\n")
    store = Store.of(graph(extraction(doc, (meeting, "上午"), (meeting, "下午"), (briefing, "回顾当日通报"))))
    assert values(store, "?f a sc:Briefing ; sc:atMeeting ?x") == []
    assert len(values(store, "?x a sc:Meeting")) == 2


def test_briefing_without_a_meeting_makes_one(store: Store) -> None:
    assert values(store, "?f a sc:Briefing ; sc:date '2020-01-30'^^xsd:date ; sc:atMeeting ?x") == (
        ["meeting/2020-01-30-briefing"] * 3
    )


def test_number_is_the_key(store: Store) -> None:
    assert values(store, "?f a sc:Chairing ; sc:forState ?s ; sc:atMeeting ?x . ?s sc:iso3 'SWE'") == ["meeting/7857"]
    assert values(store, "?d sc:mentions ?x . ?x a sc:Meeting") == ["meeting/7857"]
    assert "meeting/8899" in values(store, "?f a sc:MeetingStatement ; sc:atMeeting ?x")


def test_adoption_at_the_meeting_of_its_paragraph(store: Store) -> None:
    assert values(store, "?i a sc:PresidentialStatement ; sc:adoptedAt ?x") == [
        "meeting/2020-01-09-open-debate-de5c8930"
    ]
    # decoy: 2507 was adopted on a day of which the document reports no meeting
    assert values(store, "?i sc:number 2507 ; sc:adoptedAt ?x") == []
    assert values(store, "?i sc:number 2600 ; sc:adoptedAt ?x") == ["meeting/8882"]


def test_multi_day_meeting(store: Store) -> None:
    assert values(store, "?m sc:agendaItem ?a ; schema:endDate ?x") == ["2020-01-13"]
    assert values(store, "?f a sc:MeetingStatement ; sc:endDate ?x") == ["2020-01-13"]


def test_themes_agree_whatever_the_punctuation() -> None:
    plain = Meeting(date="2020-01-09", format="open-debate", theme="捍卫《联合国宪章》", status=Status.HELD)
    other = replace(plain, theme="捍卫“联合国宪章”")
    store = Store.of(graph(*(extraction(document(t, "会。\n"), (m, "会")) for t, m in (("a", plain), ("b", other)))))
    assert len(values(store, "?x a sc:Meeting")) == 1
    assert len(values(store, "?x a sc:MeetingStatement")) == 2


def test_planned_never_reads_as_done() -> None:
    store = Store.of(graph(LETTER))
    person = values(store, "?x rdfs:label '安东尼奥·古特雷斯'@zh")
    assert values(store, "?m sc:plannedBriefer ?x") == person
    assert "state/CHN" in values(store, "?m sc:plannedChair ?x")
    for done in ("chairedBy", "briefedBy", "reportedIn", "adoptedAt", "extends"):
        assert values(store, f"?m sc:{done} ?x") == []


def test_held_gives_short_cuts(store: Store) -> None:
    rdfs = "?p rdfs:label '马戈特·瓦尔斯特伦'@zh . BIND (?p AS ?x)"
    assert values(store, "<https://w3id.org/unsc-kg/id/meeting/7857> sc:chairedBy ?x") == sorted(
        [*values(store, rdfs), "state/SWE"]
    )
    assert values(store, "?i sc:number 2507 ; sc:extends ?x") == [
        "holder/panel-of-experts-2127",
        "holder/sanctions-2127",
    ]
    assert values(store, "?i sc:number 1996 ; sc:establishes ?x") == ["mission/UNMISS"]
    assert values(store, "?i sc:number 2602 ; sc:terminatesMandate ?x") == ["mission/UNSMIL"]


@pytest.mark.parametrize("modality", [Modality.PLANNED, Modality.PROPOSED, Modality.RECALLED, Modality.NEGATED])
@pytest.mark.parametrize(
    "fact",
    [
        MandateDecision(instrument="S/RES/2507(2020)", action="extend", holder="UNMISS", until="2020-07-31"),
        Chairing(date="2020-01-09", state="VNM", person="范平明", status=Status.HELD),
        Briefing(date="2020-01-09", person="范平明", status=Status.HELD),
        Presidency(state="VNM", month="2020-01"),
    ],
)
def test_only_what_is_said_to_be_so_gives_short_cuts(fact: Fact, modality: Modality) -> None:
    doc = document("d", "某事。\n")
    for said, expected in ((modality, 0), (Modality.ASSERTED, 1), (Modality.REPORTED, 1)):
        store = Store.of(graph(extraction(doc, (replace(fact, modality=said), "某事"))))
        found = store.select("SELECT DISTINCT ?s { ?s sc:extends|sc:chairedBy|sc:briefedBy|sc:heldBy ?o }")
        assert len(found) == expected, said


def test_negated_makes_no_meeting_and_no_presidency() -> None:
    doc = document("d", "没有举行会议。\n")
    store = Store.of(
        graph(
            extraction(
                doc,
                (Meeting(date="2020-01-09", status=Status.HELD, modality=Modality.NEGATED), "没有举行会议"),
                (Presidency(state="VNM", month="2020-01", modality=Modality.NEGATED), "没有"),
            )
        )
    )
    assert values(store, "?x a sc:Meeting") == []
    assert values(store, "?x a sc:Presidency") == []


def test_posts_are_attested_not_invented(store: Store) -> None:
    rows = store.select("""SELECT ?name ?post ?day { ?h a sc:PostHolding ; org:member/rdfs:label ?name ;
        sc:attestedOn ?day ; sc:post/rdfs:label ?post . FILTER (LANG(?post) = "zh") }""")
    found = {(row["name"].value, row["post"].value, row["day"].value) for row in rows}
    assert ("加桑·萨拉梅", "联利支助团团长", "2020-01-06") in found
    assert ("马戈特·瓦尔斯特伦", "瑞典外交部长", "2017-01-10") in found
    # a planned meeting attests a post on the document's day
    assert ("安东尼奥·古特雷斯", "秘书长", "2022-08-12") in found
    assert ("若昂·席尔瓦", "南苏丹特派团团长", "2021-09-30") in found
    names = {name for name, _, _ in found}
    assert "李四" not in names  # intended
    assert "马蒂亚斯·利夏茨" not in names  # speaks for a chair, is not one
    assert "王五" not in names  # negated


@pytest.mark.parametrize(
    ("duration", "months", "days"),
    [
        ("P6M", ["6"], []),
        ("P3Y", ["36"], []),
        ("P1Y6M", ["18"], []),
        ("P2W", [], ["14"]),
        ("P10D", [], ["10"]),
        ("P1M3D", [], []),
        ("six months", [], []),
    ],
)
def test_durations(duration: str, months: list[str], days: list[str]) -> None:
    fact = MandateDecision(action="extend", holder="UNMISS", duration=duration, date="2020-01-31")
    store = Store.of(graph(extraction(document("d", "延长。\n"), (fact, "延长"))))
    assert values(store, "?f sc:duration ?x") == [duration]
    assert values(store, "?f sc:durationMonths ?x") == months
    assert values(store, "?f sc:durationDays ?x") == days


def test_how_the_end_is_known(store: Store) -> None:
    assert values(store, "?f sc:endBasis ?x ; sc:instrument/sc:number 2507") == ["ns#EndPrinted"] * 2
    assert values(store, "?f sc:endBasis ?x ; sc:paragraph '3'") == ["ns#EndComputed"]


def test_holder_without_an_id_is_known_by_its_words(store: Store) -> None:
    (holder,) = values(store, "?x rdfs:label '某某工作队'@zh")
    assert holder.startswith("holder/named-")
    assert values(store, "?f sc:holderLabel '某某工作队'@zh ; sc:holder ?x") == [holder]


# -- things -----------------------------------------------------------------------------------------------------------


def test_states_carry_names_codes_and_links(store: Store) -> None:
    (row,) = store.select("""SELECT * { ?s sc:iso3 "CHN" ; sc:iso2 ?two ; sc:m49 ?m49 ; schema:sameAs ?same ;
        rdfs:seeAlso ?see ; rdfs:label ?zh, ?en ; skos:altLabel ?formal .
        FILTER (LANG(?zh) = "zh" && LANG(?en) = "en") }""")
    assert {name: term.value for name, term in row.items()} == {
        "s": BASE + "id/state/CHN",
        "two": "CN",
        "m49": "156",
        "same": "http://www.wikidata.org/entity/Q148",
        "see": "http://metadata.un.org/thesaurus/1156000",
        "zh": "中国",
        "en": "China",
        "formal": "中华人民共和国",
    }
    assert not any("exactMatch" in line for line in graph(LETTER))


def test_authority_describes_what_is_used_and_what_that_needs() -> None:
    store = Store.of(authority_quads(["mission/UNMISS"], GAZETTEER))
    assert values(store, "?x a sc:Mission") == ["mission/UNMISS"]
    assert values(store, "?x a sc:State") == ["state/SSD"]
    assert values(store, "?m sc:establishedBy ?x") == ["resolution/1996"]
    assert values(store, "?m org:subOrganizationOf ?x . ?x rdfs:label ?l") == ["organization/UN-SC"] * 2


def test_unknown_ids_are_typed_all_the_same() -> None:
    store = Store.of(authority_quads(["state/XKX", "organization/NOBODY", "holder/x"], GAZETTEER))
    assert values(store, "?s a sc:State ; dct:identifier ?x") == ["XKX"]
    assert values(store, "?s a sc:Organization ; dct:identifier ?x") == ["NOBODY"]


def test_documents_link_to_the_united_nations(store: Store) -> None:
    (found,) = store.select("""SELECT ?url ?title ?file ?date ?hash { ?d a sc:SourceDocument ; sc:symbol "S/2020/270" ;
        schema:url ?url ; dct:title ?title ; dct:source ?file ; dct:date ?date ; sc:textSha256 ?hash }""")
    assert found["url"].value == "https://docs.un.org/zh/S/2020/270"
    assert found["file"].value == "S-2020-270.txt"  # without the folder of the machine
    assert found["title"].language == "zh"
    assert len(found["hash"].value) == 64


@pytest.mark.parametrize(
    ("symbol", "node", "label"),
    [
        ("S/RES/2507(2020)", "resolution/2507", "第2507(2020)号决议"),
        ("A/RES/60/1", "resolution/A-60-1", "大会第60/1号决议"),
        ("S/PRST/2020/1", "presidential-statement/2020-1", "安全理事会主席声明S/PRST/2020/1"),
        ("S/2019/1005", "document/S-2019-1005", "S/2019/1005"),
    ],
)
def test_instruments_by_symbol(symbol: str, node: str, label: str) -> None:
    store = Store.of(graph(extraction(document("d", "见。\n"), (Citation(cited=symbol), "见"))))
    assert values(store, "?f sc:cited ?x") == [node]
    assert values(store, f"<{BASE}id/{node}> rdfs:label ?x . FILTER (LANG(?x) = 'zh')") == [label]


def test_resolution_without_a_year_has_no_symbol() -> None:
    store = Store.of(graph(extraction(document("d", "见。\n"), (Citation(cited="S/RES/242"), "见"))))
    assert values(store, "?r sc:number 242 ; a ?x") == ["ns#Resolution"]
    assert values(store, "?r sc:number 242 ; sc:symbol ?x") == []


def test_the_text_of_a_resolution_is_not_the_resolution(store: Store) -> None:
    assert values(store, "?d a sc:SourceDocument ; sc:textOf ?x") == ["resolution/2600"]


def test_mentions_are_things_and_each_once(store: Store) -> None:
    people = values(store, "?d dct:identifier 'letter-2022' ; sc:mentions ?p . ?p a sc:Official ; rdfs:label ?x")
    assert people == ["安东尼奥·古特雷斯", "布特罗斯·布特罗斯-加利"]
    assert values(store, "?d dct:identifier 'letter-2022' ; sc:mentions ?x . ?x a sc:Post") == [
        "post/secretary-general"
    ]


def test_meetings_under_a_presidency_of_the_same_document_only(store: Store) -> None:
    found = values(store, "?x sc:underPresidency ?p")
    assert "meeting/2022-08-22-briefing-94b759c2" in found
    # decoys: the record and the short letter state no presidency
    assert "meeting/7857" not in found
    assert not any("2018" in meeting for meeting in found)


def test_presidency_lasts_its_month(store: Store) -> None:
    (row,) = store.select(f"""SELECT * {{ <{BASE}id/presidency/2020-01> org:memberDuring ?i ; sc:heldBy/sc:iso3 ?s .
        ?i time:hasBeginning/time:inXSDDate ?a ; time:hasEnd/time:inXSDDate ?b }}""")
    assert (row["s"].value, row["a"].value, row["b"].value) == ("VNM", "2020-01-01", "2020-01-31")


def test_empty_document_is_itself() -> None:
    store = Store.of(graph(extraction(document("empty", "\n"))))
    assert values(store, "?x a sc:SourceDocument") == ["document/empty"]
    assert len(values(store, "?x ?p ?o")) < 15


def test_odd_keys_are_hashed() -> None:
    odd = Presidency(state="不知道", month="2020-01")
    lines = graph(extraction(document("一份文件", "主席。\n"), (odd, "主席")))
    for node in nodes(lines):
        assert node.isascii(), node


def test_used_terms_come_from_one_list() -> None:
    """A misspelt term is an error at once, in our vocabulary and in the others."""
    from kg.triples.things import term

    assert term("sc:chairedBy") == f"<{BASE}ns#chairedBy>"
    for wrong in ("sc:chairdBy", "prov:wasPartOf", "skos:exactMatch"):
        with pytest.raises((AttributeError, KeyError)):
            term(wrong)


def test_short_and_full_name_of_one_person_meet() -> None:
    store = Store.of(graph(LETTER, SHORT))
    assert len(values(store, "?m sc:plannedBriefer ?x")) == 2
    assert len(set(values(store, "?m sc:plannedBriefer ?x"))) == 1
    assert values(store, "?f a sc:Briefing ; sc:personName ?x") == ["古特雷斯", "安东尼奥·古特雷斯"]
    assert values(store, "?p skos:altLabel ?x ; a sc:Official") == ["古特雷斯"]


def test_everything_has_evidence_or_is_known(store: Store) -> None:
    """No node hangs in the air: facts and holdings have evidence, all else is pointed at."""
    assert store.select("SELECT ?f { ?f sc:statedIn ?d . FILTER NOT EXISTS { ?f sc:evidence ?e } }") == []
    lonely = store.select("""SELECT DISTINCT ?s ?type { ?s a ?type . FILTER NOT EXISTS { ?o ?p ?s }
        FILTER NOT EXISTS { ?s sc:evidence ?e } FILTER NOT EXISTS { ?s a sc:SourceDocument } }""")
    assert lonely == []


def test_an_iri_holds_what_it_may() -> None:
    """Whatever most are made of is passed at once; all of it may stand there."""
    plain = {chr(i) for i in range(0x3000) if iri(chr(i)) == f"<{chr(i)}>"}
    assert {*"!#$&'()*+,-./:;=?@_~", *strings.ascii_letters, *strings.digits, "\xa0", "é"} <= plain
    assert not plain & {*'"<>[]\\^`{|}% ', "\x7f", "\x80", "\n", "\ufdd0"}
    assert iri("a%20b c%zz") == "<a%20b%20c%25zz>"
