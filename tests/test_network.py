"""From a store to the graph of things, the layout, the names that a reader may type."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.choice import Choice, Tally, choose, done
from kg.export.layout import positions
from kg.export.names import folding, pinyin
from kg.export.network import build_network
from kg.export.statements import local
from kg.export.words import FACTS, NODE_TYPES, RELATIONS
from kg.model import FACT_TYPES, Citation, Credential, Extraction, Fact, MandateDecision, Meeting, Modality, Status
from kg.store import Store
from kg.triples.blocks import subjects
from tests.synthetic import ALL, ASSESSMENT, LETTER, document, extraction, graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.export.picture import Graph


def network(*extractions: Extraction) -> Graph:
    return build_network(Store.of(graph(*extractions)).select)


@pytest.fixture(scope="module")
def whole() -> Graph:
    return network(*ALL)


def label(graph: Graph, node: str) -> str:
    return str(graph.nodes[node]["label"])


def edges(graph: Graph) -> set[tuple[str, str, str, bool]]:
    """Label, relation, label, planned."""
    return {
        (label(graph, source), data["relation"], label(graph, target), data["planned"])
        for source, target, data in graph.edges(data=True)
    }


def line(fact: dict[str, object]) -> str:
    """A fact as the panel writes it."""
    parts = fact["parts"]
    assert isinstance(parts, list)
    return " · ".join(part["zh"] + (f"（{part['note']}）" if part.get("note") else "") for part in parts)


# -- what is said of whom ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "relation", "target", "planned"),
    [
        ("越南", "presided", "越南 2020年1月", False),
        ("范平明", "chaired", "2020年1月9日公开辩论", False),
        ("范平明", "represents", "越南", False),
        ("加桑·萨拉梅", "briefed", "2020年1月6日磋商", False),
        ("加桑·萨拉梅", "represents", "联利支助团", False),
        ("第2507(2020)号决议", "extend", "中非共和国制裁制度", False),
        ("第2507(2020)号决议", "extend", "中非共和国问题专家小组", False),
        ("越南担任主席期间安全理事会工作评价", "reports", "第2507(2020)号决议", False),
        ("越南担任主席期间安全理事会工作评价", "cites", "S/2019/1005", False),
        ("2020年1月9日公开辩论", "theme", "捍卫《联合国宪章》", False),
        ("2020年1月9日公开辩论", "theme", "维护国际和平与安全", False),
        ("中国", "sent", "2022年8月12日中国常驻联合国代表给秘书长的信", False),
        ("张军", "signed", "2022年8月12日中国常驻联合国代表给秘书长的信", False),
        ("张军", "chaired", "2022年8月22日通报会", True),
        ("安东尼奥·古特雷斯", "briefed", "2022年8月22日通报会", True),
        ("2022年8月12日中国常驻联合国代表给秘书长的信", "reports", "2022年8月22日通报会", True),
    ],
)
def test_relation(source: str, relation: str, target: str, planned: bool) -> None:
    assert (source, relation, target, planned) in edges(network(LETTER, ASSESSMENT))


def test_what_is_planned_is_never_done() -> None:
    found = network(LETTER)
    meeting = next(node for node, data in found.nodes(data=True) if data["type"] == "Meeting")
    assert found.nodes[meeting]["planned"]
    assert all(
        data["planned"] for *_, data in [*found.in_edges(meeting, data=True), *found.out_edges(meeting, data=True)]
    )


def test_a_meeting_both_planned_and_held_is_held() -> None:
    facts = tuple(
        replace(fact, modality=Modality.ASSERTED, status=Status.HELD) if isinstance(fact, Meeting) else fact
        for fact in LETTER.facts
    )
    later = replace(LETTER.document, id="later", sha256="0" * 64)
    found = network(LETTER, Extraction(later, (), facts))
    [planned] = [data["planned"] for _, data in found.nodes(data=True) if data["type"] == "Meeting"]
    assert planned is False


def test_what_is_denied_gives_no_line() -> None:
    doc = document("denial", "没有延长南苏丹特派团的任务期限。瑞典的代表没有出席。\n")
    denied = Modality.NEGATED
    found = network(
        extraction(
            doc,
            (
                MandateDecision(instrument="S/RES/1(1946)", action="extend", holder="UNMISS", modality=denied),
                "没有延长南苏丹特派团",
            ),
            (Credential(person="甲", state="SWE", modality=denied), "瑞典的代表没有出席"),
        )
    )
    assert not found.edges
    assert found.graph["facts"]


def test_a_text_of_a_resolution_is_that_resolution() -> None:
    doc = document("S-RES-2507-2020", "回顾第2127(2013)号决议\n", symbol="S/RES/2507(2020)", title="第2507(2020)号决议")
    found = network(extraction(doc, (Citation(cited="S/RES/2127(2013)", relation="recalls"), "第2127(2013)号决议")))
    assert set(found.nodes) == {"resolution/2507", "resolution/2127"}
    assert [data["document"] for fact in found.graph["facts"].values() for data in fact["evidence"]] == [
        "resolution/2507"
    ]


def test_every_type_of_fact_is_told(whole: Graph) -> None:
    told = {fact["type"]: line(fact) for fact in whole.graph["facts"].values()}
    assert set(told) == {kind.type for kind in FACT_TYPES} == set(FACTS)
    assert all(told.values()), told


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("chairing", "公开辩论 · 越南 · 范平明（副总理兼外交部长）"),
        ("adoption", "第2507(2020)号决议 · 13票赞成、0票反对、2票弃权"),
        ("mandate_decision", "第2507(2020)号决议 · 延长 · 制裁制度 · 至 2020-07-31"),
        ("meeting", "公开辩论 · 部长级 · 捍卫《联合国宪章》 · 维护国际和平与安全"),
        ("presidency", "越南 · 越南 2020年1月"),
        ("citation", "援引 · S/2019/1005"),
        ("press_statement", "新闻要点 · 利比亚"),
    ],
)
def test_line(kind: str, expected: str) -> None:
    facts = network(ASSESSMENT).graph["facts"].values()
    assert expected in [line(fact) for fact in facts if fact["type"] == kind]


def test_words_are_known(whole: Graph) -> None:
    assert {data["type"] for _, data in whole.nodes(data=True)} <= NODE_TYPES.keys()
    assert {data["relation"] for *_, data in whole.edges(data=True)} <= RELATIONS.keys()


def test_facts_have_their_quotes(whole: Graph) -> None:
    texts = {f"document/{item.document.id}": item.document.text for item in ALL}
    pieces = [piece for fact in whole.graph["facts"].values() for piece in fact["evidence"]]
    assert len(pieces) >= sum(len(item.facts) for item in ALL) / 2
    for piece in pieces:
        if piece["document"] in texts:
            assert texts[piece["document"]][piece["start"] : piece["end"]] == piece["quote"]


def test_nodes_and_edges_carry_their_facts(whole: Graph) -> None:
    known = whole.graph["facts"].keys()
    assert all(data["facts"] and set(data["facts"]) <= known for _, data in whole.nodes(data=True))
    assert all(data["facts"] and set(data["facts"]) <= known for *_, data in whole.edges(data=True))


def test_order_of_documents_does_not_matter(whole: Graph) -> None:
    other = network(*reversed(ALL))
    assert {node: whole.nodes[node] for node in whole} == {node: other.nodes[node] for node in other}
    assert whole.graph == other.graph
    assert sorted(map(repr, whole.edges(data=True))) == sorted(map(repr, other.edges(data=True)))


# -- layout ------------------------------------------------------------------------------------------------------------


def spread(count: int, pairs: Sequence[tuple[int, int]], size: float = 9.0) -> NDArray[np.int64]:
    return positions(count, np.array(pairs, dtype=np.int64).reshape(-1, 2), np.full(count, size))


GRAPHS: dict[str, tuple[int, list[tuple[int, int]]]] = {
    "nothing": (0, []),
    "one": (1, []),
    "loop": (2, [(0, 0)]),
    "pair": (2, [(0, 1), (1, 0), (0, 1)]),
    "isolated": (30, []),
    "path": (40, list(pairwise(range(40)))),
    "star": (120, [(0, i) for i in range(1, 120)]),
    "clique": (25, [(i, j) for i in range(25) for j in range(i)]),
    "two": (60, [(0, i) for i in range(1, 30)] + [(30, i) for i in range(31, 60)]),
    "large": (900, [(a, b) for a, b in nx.barabasi_albert_graph(900, 1, seed=3).edges]),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_circles_do_not_touch(name: str) -> None:
    count, pairs = GRAPHS[name]
    place = spread(count, pairs).astype(float)
    assert place.shape == (count, 2)
    if count > 1:
        gaps = np.sqrt(((place[:, None] - place[None]) ** 2).sum(2)) + np.eye(count) * 1e6
        assert gaps.min() >= 2 * 9.0


@pytest.mark.parametrize("name", GRAPHS)
def test_layout_is_the_same_again(name: str) -> None:
    count, pairs = GRAPHS[name]
    shuffled = [(b, a) for a, b in pairs]
    random.Random(1).shuffle(shuffled)
    assert (spread(count, pairs) == spread(count, shuffled)).all()


def test_neighbours_stand_nearer_than_strangers() -> None:
    count, pairs = GRAPHS["two"]
    place = spread(count, pairs).astype(float)
    near = np.mean([np.hypot(*(place[a] - place[b])) for a, b in pairs])
    far = np.mean([np.hypot(*(place[i] - place[j])) for i in range(30) for j in range(30, 60)])
    assert near < far / 2


def test_weak_edges_hold_together_and_do_not_knot() -> None:
    """Two groups that all of five states voted for stay two groups."""
    groups = [[(0, i) for i in range(1, 30)], [(30, i) for i in range(31, 60)]]
    votes = np.array([(state, i) for state in range(60, 65) for i in range(60)])
    place = positions(65, np.array(groups[0] + groups[1]), np.full(65, 9.0), votes).astype(float)
    middles = [place[:30].mean(0), place[30:60].mean(0)]
    assert np.hypot(*(middles[0] - middles[1])) > 2 * np.median(np.hypot(*(place[:30] - middles[0]).T))
    again = positions(65, np.array(groups[0] + groups[1]), np.full(65, 9.0), votes[::-1])
    assert (place == again).all()


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 40).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))))
    )
)
def test_any_graph_has_a_layout(case: tuple[int, list[tuple[int, int]]]) -> None:
    place = spread(*case)
    assert np.isfinite(place).all()
    assert np.abs(place).max() < 400 * case[0], "no component is torn apart"
    assert len({tuple(row) for row in place.tolist()}) == case[0]


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("联合国", "lhg"),
        ("联合国驻塞浦路斯维持和平部队", "lhgzsplswchpbd"),
        ("聯合國", "lhg"),
        ("重庆会议", "cqhy"),
        ("重要会议", "zyhy"),
        ("和平行动", "hpxd"),
    ],
)
def test_pinyin(name: str, typed: str) -> None:
    letters = pinyin([name])
    assert len(typed) == len(name)
    assert all(letter in letters[character] for letter, character in zip(typed, name, strict=True))


def test_pinyin_of_the_characters_that_are_there() -> None:
    assert pinyin(["UNMISS 第2507(2020)号", "。、龘", ""]) == {"第": "d", "号": "hx"}
    assert all(0 < len(letters) <= 2 for letters in pinyin([chr(code) for code in range(0x4E00, 0xA000)]).values())


def test_folding() -> None:
    table = folding(["联合国", "中國"])
    assert table["聯"] == "联"
    assert table["國"] == "国"
    assert "龍" not in table
    assert all(len(old) == len(new) == 1 for old, new in table.items())


# -- a large graph -----------------------------------------------------------------------------------------------------


def test_of_a_large_graph_the_most_told_is_read(whole: Graph) -> None:
    """What is shown is as it is in the whole graph, and nothing of the rest is read."""
    store = Store.of(graph(*ALL))
    part = build_network(store.select, 30)
    assert part.graph["total"] == whole.number_of_nodes() > len(part) == 30
    told = {node: len(data["facts"]) for node, data in whole.nodes(data=True)}
    assert min(told[node] for node in part) >= sorted(told.values())[-40]
    for node, data in part.nodes(data=True):
        same = whole.nodes[node]
        assert {name: data[name] for name in ("type", "label", "en", "planned", "url")} == {
            name: same[name] for name in ("type", "label", "en", "planned", "url")
        }
        assert data["facts"]
        assert set(data["facts"]) <= set(same["facts"])
    for key, fact in part.graph["facts"].items():
        assert fact == whole.graph["facts"][key]
    assert set(map(repr, part.edges(data=True))) <= set(map(repr, whole.edges(data=True)))


@pytest.mark.parametrize("limit", [1, 30, 5000])
def test_the_choice_made_while_writing_is_the_stores(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what it tells of the nodes that are only planned."""
    lines = graph(*ALL, replace(ASSESSMENT, facts=tuple(map(planned, ASSESSMENT.facts))))
    monkeypatch.setattr("kg.export.choice._FACTS", 20)
    store, tally = Store.of(lines), Tally()
    for subject, said in subjects(lines):
        tally.subject(subject, said)
    chosen = tally.choice(limit)
    texts = {local(row["d"].value): local(row["r"].value) for row in store.select("SELECT * { ?d sc:textOf ?r }")}
    assert replace(chosen, done=None) == choose(store.select, limit, texts)
    assert len(chosen.nodes) == min(limit, chosen.total)
    asked = done(store.select, chosen.addresses(chosen.nodes))
    assert chosen.done == frozenset(map(local, asked)) & chosen.nodes
    assert build_network(store.select, limit, chosen).nodes(data=True) == build_network(store.select, limit).nodes(
        data=True
    )


def planned(fact: Fact) -> Fact:
    return replace(fact, modality=Modality.PLANNED)


def test_a_small_graph_is_chosen_whole() -> None:
    tally = Tally()
    for subject, said in subjects(graph(*ALL)):
        tally.subject(subject, said)
    assert tally.choice(5000) == Choice()


def test_a_small_graph_is_read_whole(whole: Graph) -> None:
    found = build_network(Store.of(graph(*ALL)).select, 5000)
    assert found.graph == whole.graph
    assert found.nodes(data=True) == whole.nodes(data=True)
