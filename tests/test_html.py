"""The page: complete in one file, safe whatever documents hold, and usable in a real browser with the network off."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from kg.export.files import export_files
from kg.export.html import TITLE, WEBGL, export_html, render
from kg.export.network import build_network
from kg.store import Store
from kg.timeline import Term, Timeline, timelines
from kg.vocabulary import BASE
from tests.synthetic import ALL, EVERYTHING, graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from kg.export.picture import Graph

ROOT = Path(__file__).parent.parent

PAYLOADS = {
    "image": "<img src=x onerror=window.hit=1>",
    "end of script": "</script><script>window.hit=1</script>",
    "comment": "<!--<script>window.hit=1</script>-->",
    "attribute": "\"' autofocus onfocus=window.hit=1 x='",
    "link": '<a href="javascript:window.hit=1">href</a>',
    "template": "{{ 7*7 }}{% raw %}${window.hit=1}\u2028\u2029\\u003cscript>",
}


def term(day: str | None, start: str | None, end: str | None, action: str = "extend", **more: Any) -> Term:
    """A decision of a mandate, S/RES/2506(2020) where nothing else is said."""
    values: dict[str, Any] = {
        **dict.fromkeys(("paragraph", "duration", "gap_days", "rollover")),
        "basis": "printed" if end else None,
        "resolution": "S/RES/2506(2020)",
        **dict.fromkeys(("overlap_days", "cut_days"), 0),
        **dict.fromkeys(("documents", "quotes", "facts"), ()),
    }
    return Term(action=action, date=day, start=start, end=end, **{**values, **more})


def timeline(*terms: Term, holder: str = "UNFICYP", label: str = "联塞部队") -> Timeline:
    address = f"{BASE}id/mission/{holder}"
    return Timeline(holder, label, address, terms, terms[0].end, "in force")


def sample() -> Graph:
    """A mission's mandate, a meeting that was held and one that is planned."""
    made: Graph = nx.MultiDiGraph(
        facts={
            "chairing/1": {
                "type": "chairing",
                "date": "2017-01-10",
                "modality": "asserted",
                "status": "held",
                "parts": [
                    {"zh": "公开辩论", "en": "open debate", "node": "meeting/7857"},
                    {"zh": "瑞典", "en": "Sweden", "node": "state/SWE"},
                    {"zh": "马戈特·瓦尔斯特伦", "node": "person/w", "note": "外交大臣"},
                ],
                "evidence": [
                    {
                        "document": "document/letter",
                        "quote": "此次会议由瑞典外交大臣兼安全理事会主席马戈特·瓦尔斯特伦主持。",
                        "start": 361,
                        "end": 392,
                        "page": 2,
                        "rule": "chairings.by",
                        "confidence": "0.97",
                    }
                ],
            },
            "meeting/2": {
                "type": "meeting",
                "date": "2022-08-22",
                "modality": "planned",
                "status": "planned",
                "parts": [{"zh": "通报会", "en": "briefing", "node": "meeting/planned"}],
                "evidence": [{"document": "document/letter", "quote": "将于8月22日举办通报会", "start": 5, "end": 17}],
            },
        }
    )
    made.add_node("state/SWE", type="State", label="瑞典", en="Sweden", aliases=("瑞典王国",), facts=("chairing/1",))
    made.add_node("person/w", type="Person", label="马戈特·瓦尔斯特伦", facts=("chairing/1",))
    made.add_node("meeting/7857", type="Meeting", label="第7857次会议", facts=("chairing/1",))
    made.add_node("meeting/planned", type="Meeting", label="2022年8月22日通报会", planned=True, facts=("meeting/2",))
    made.add_node(
        "mission/UNFICYP", type="Mission", label="联合国驻塞浦路斯维持和平部队", aliases=("联塞部队", "UNFICYP")
    )
    made.add_node(
        "document/letter",
        type="Document",
        label="来信",
        url="https://docs.un.org/zh/S/2017/1",
        details=((("文号", "Symbol"), ("S/2017/1", "S/2017/1")),),
        facts=("chairing/1", "meeting/2"),
    )
    made.graph["facts"]["mandate-decision/1"] = {
        "type": "mandate_decision",
        "date": "2020-01-30",
        "modality": "asserted",
        "parts": [{"zh": "延长", "en": "extend"}, {"zh": "联塞部队", "en": "UNFICYP", "node": "mission/UNFICYP"}],
        "evidence": [
            {
                "document": "document/letter",
                "url": "https://docs.un.org/zh/S/2017/1",
                "quote": "决定将联塞部队的任务期限延长至2020年7月31日。",
                "start": 40,
            }
        ],
    }
    made.graph["mandates"] = [
        timeline(
            term("2020-01-30", "2020-01-30", "2020-07-31", facts=(f"{BASE}id/mandate-decision/1",)),
            term("2020-08-30", "2020-08-30", "2021-01-31", gap_days=30, resolution="S/RES/2537(2020)"),
            term("2021-01-29", "2021-01-31", None, resolution="S/RES/2561(2021)"),
            term("2021-06-01", "2021-06-01", "2021-06-20", action="extend", rollover="short", overlap_days=19),
            term(None, None, None, action="establish"),
        ),
        timeline(term("2019-06-27", "2019-06-27", "2020-10-31"), holder="UNAMID", label="达尔富尔混合行动"),
    ]
    made.add_edge("person/w", "meeting/7857", relation="chaired", facts=("chairing/1",))
    made.add_edge("person/w", "state/SWE", relation="represents", facts=("chairing/1",))
    made.add_edge("document/letter", "meeting/7857", relation="reports", facts=("chairing/1",))
    made.add_edge("document/letter", "meeting/planned", relation="reports", planned=True, facts=("meeting/2",))
    return made


def hostile(payload: str) -> Graph:
    """The payload wherever a document's text, name, symbol or address can reach."""
    made: Graph = nx.MultiDiGraph(
        facts={
            payload: {
                "type": "briefing",
                "date": payload,
                "modality": payload,
                "status": payload,
                "parts": [{"zh": payload, "en": payload, "node": payload, "note": payload}],
                "evidence": [
                    {
                        "document": "document/d",
                        "name": payload,
                        "quote": payload,
                        "start": 0,
                        "end": 1,
                        "rule": payload,
                        "confidence": payload,
                    }
                ],
            }
        }
    )
    made.graph["mandates"] = [
        Timeline(
            payload,
            payload,
            payload,
            (term("2020-01-01", "2020-01-01", "2021-01-01", resolution=payload),),
            None,
            "unknown",
        )
    ]
    made.add_node(
        payload,
        type="Person",
        label=payload,
        en=payload,
        aliases=(payload,),
        url="javascript:window.hit=1",
        details=(((payload, payload), (payload, payload)),),
        facts=(payload,),
    )
    made.add_node("document/d", type=payload, label=payload, facts=(payload,), url=payload)
    made.add_edge(payload, "document/d", relation=payload, facts=(payload,))
    made.add_edge("document/d", payload, relation="briefed", facts=(payload,), planned=True)
    return made


def council(count: int) -> Graph:
    """About ``count`` nodes as years of the Council's documents give them: meetings with their briefers and records,
    resolutions that extend mandates and cite one another, states that preside, themes that come back."""
    chance = random.Random(7)
    made: Graph = nx.MultiDiGraph(facts={})
    states = [f"state/{i}" for i in range(60)]
    themes = [f"theme/{i}" for i in range(45)]
    missions = [f"mission/{i}" for i in range(35)]
    for kind, nodes, word in (("State", states, "国"), ("Theme", themes, "议题"), ("Mission", missions, "特派团")):
        for i, node in enumerate(nodes):
            made.add_node(node, type=kind, label=f"第{i}{word}", facts=())
    persons = [f"person/{i}" for i in range(count // 5)]
    resolutions: list[str] = []
    for i in range(count):
        if made.number_of_nodes() >= count:
            break
        meeting, record = f"meeting/{i}", f"document/{i}"
        topic = (
            chance.randrange(len(themes)) if chance.random() < 0.5 else int(chance.triangular(0, len(themes) - 1, 3))
        )
        made.add_node(meeting, type="Meeting", label=f"第{7000 + i}次会议", facts=())
        made.add_node(record, type="Document", label=f"S/PV.{7000 + i}", facts=())
        made.add_edge(record, meeting, relation="reports")
        made.add_edge(meeting, themes[topic], relation="theme")
        for _ in range(chance.randrange(3)):
            person = persons[(topic * 29 + int(chance.expovariate(0.12))) % len(persons)]
            if person not in made:
                made.add_node(person, type="Person", label=f"通报人{person[7:]}", facts=())
                made.add_edge(person, chance.choice(states), relation="represents")
            made.add_edge(person, meeting, relation="briefed")
        if chance.random() < 0.35:
            resolution = f"resolution/{i}"
            made.add_node(resolution, type="Resolution", label=f"第{2000 + i}({2010 + i % 14})号决议", facts=())
            made.add_edge(resolution, meeting, relation="adopted-at")
            made.add_edge(resolution, missions[topic % len(missions)], relation="extend")
            for earlier in chance.sample(resolutions[-90:], min(2, len(resolutions[-90:]))):
                made.add_edge(resolution, earlier, relation="cites")
            resolutions.append(resolution)
        if i % 8 == 0:
            made.add_edge(states[i // 8 % len(states)], meeting, relation="chaired")
    return made


class _Tags(HTMLParser):
    """All tags of a page with their attributes, and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and self.scripts:
            self.scripts[-1] += data


# -- the file ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [sample(), hostile(PAYLOADS["end of script"]), nx.MultiDiGraph(facts={})])
def test_nothing_is_fetched(made: Graph) -> None:
    page = _Tags(render(made))
    for tag, attributes in page.tags:
        assert "src" not in attributes
        assert attributes.get("href") in (None, "data:,")
        assert tag not in ("iframe", "object", "embed", "base", "form", "img")
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
    assert len(page.scripts) == 2


def test_policy_names_what_may_run() -> None:
    [policy] = [
        tag[1]["content"]
        for tag in _Tags(render(sample())).tags
        if tag[1].get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert len(re.findall(r"'sha256-[\w+/]{43}='", policy)) == 2
    assert "http" not in policy


@pytest.mark.parametrize("name", PAYLOADS)
def test_data_cannot_leave_its_block(name: str) -> None:
    payload = PAYLOADS[name]
    text = render(hostile(payload), title=payload)
    page = _Tags(text)
    assert len(page.scripts) == 2
    data = json.loads(page.scripts[0])
    assert data["title"] == payload
    assert payload in {node["label"] for node in data["nodes"]}
    assert data["quotes"] == [payload]
    assert data["mandates"][0]["label"] == payload
    assert payload not in text or not set(payload) & set("<>&'\"")


def test_same_bytes_whatever_the_order() -> None:
    made = sample()
    other: Graph = nx.MultiDiGraph(**{**made.graph, "facts": dict(reversed(made.graph["facts"].items()))})
    for node in reversed(list(made)):
        other.add_node(node, **made.nodes[node])
    for source, target, data in reversed(list(made.edges(data=True))):
        other.add_edge(source, target, **data)
    assert render(made) == render(other)


def test_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    code = "import sys; from tests.test_html import *; export_html(Store.of(graph(*ALL)), sys.argv[1])"
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", code, tmp_path / seed], check=True, cwd=ROOT, env=environment)
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()


def test_export_of_a_store(tmp_path: Path) -> None:
    store = Store.of(graph(*ALL))
    export_html(store, tmp_path / "graph.html")
    text = (tmp_path / "graph.html").read_bytes().decode("utf-8")
    assert "\r" not in text
    assert f"<title>{TITLE}</title>" in text
    data = json.loads(_Tags(text).scripts[0])
    assert len(data["nodes"]) == build_network(store.select).number_of_nodes()
    assert len(data["mandates"]) == len(timelines(store.rows)) > 0
    export_files(store, str(tmp_path / "again.html"))
    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "graph.html").read_bytes(), "kg export makes the same"
    assert {"范平明", "瑞典"} <= {node["label"] for node in data["nodes"]}


def test_too_many_nodes_are_said_and_not_drawn() -> None:
    whole = council(400)
    data = json.loads(_Tags(render(whole, limit=20)).scripts[0])
    assert (len(data["nodes"]), data["counts"]["total"]) == (20, len(whole))
    degrees = dict(whole.degree())
    drawn = {node["kg_id"] for node in data["nodes"]}
    assert min(degrees[node] for node in drawn) >= max(degrees[node] for node in degrees.keys() - drawn)


def test_the_library_is_there_where_it_is_needed() -> None:
    small, large = (render(council(count)) for count in (WEBGL, WEBGL + 10))
    assert len(_Tags(small).scripts) == 2
    page = _Tags(large)
    assert len(page.scripts) == 3
    assert "sigma.js 3" in page.scripts[1]
    assert "Permission is hereby granted" in large


def test_the_library_is_as_it_was_made() -> None:
    folder = ROOT / "kg" / "export" / "assets" / "vendor"
    digest, _, name = (folder / "sigma.js.sha256").read_text("ascii").strip().partition("  ")
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    wanted = json.loads((ROOT / "tools" / "sigma" / "package.json").read_text("utf-8"))["dependencies"]
    first = (folder / name).read_text("utf-8").partition("\n")[0]
    assert all(
        f"{library} {version}" in first or f"{library}.js {version}" in first for library, version in wanted.items()
    )


def test_texts_are_written_once() -> None:
    """Fifteen votes with one sentence are fifteen facts and one sentence."""
    made = sample()
    facts = made.graph["facts"]
    for i in range(15):
        facts[f"vote/{i}"] = {**facts["chairing/1"], "type": "vote"}
        made.add_edge("state/SWE", "meeting/7857", relation="voted", facts=(f"vote/{i}",))
    data = json.loads(_Tags(render(made)).scripts[0])
    assert len(data["facts"]) == 3 + 15
    assert len(data["quotes"]) == len(set(data["quotes"])) == 3
    document, quote, start, page, rule, confidence = data["evidence"][data["facts"][0]["evidence"][0]]
    assert (data["quotes"][quote][:3], start, page, data["rules"][rule], confidence) == (
        "此次会",
        361,
        2,
        "chairings.by",
        "0.97",
    )
    assert data["documents"][document]["node"] == [node["kg_id"] for node in data["nodes"]].index("document/letter")


def test_mandates_lead_to_their_facts() -> None:
    store = Store.of(graph(*ALL, EVERYTHING))
    made = build_network(store.rows)
    made.graph["mandates"] = timelines(store.rows)
    data = json.loads(_Tags(render(made, limit=1)).scripts[0])
    assert len(data["mandates"]) == len(made.graph["mandates"]) > 0
    for mandate in data["mandates"]:
        for told in mandate["terms"]:
            assert told["facts"], "a decision has its sentence, whichever nodes are drawn"
            assert {data["facts"][fact]["type"] for fact in told["facts"]} == {"mandate_decision"}


def test_a_decision_keeps_its_sentence_where_a_large_graph_leaves_its_fact_out() -> None:
    made = sample()
    del made.graph["facts"]["mandate-decision/1"]
    first, *_ = made.graph["mandates"][0].terms
    told = replace(first, documents=("S-2017-1",), quotes=("延长至2020年7月31日。",))
    made.graph["mandates"] = [timeline(told)]
    data = json.loads(_Tags(render(made)).scripts[0])
    [[document, quote]] = data["mandates"][0]["terms"][0]["told"]
    assert (data["documents"][document], data["quotes"][quote]) == ({"name": "S-2017-1"}, "延长至2020年7月31日。")


def test_parallel_edges_are_one_line() -> None:
    made = sample()
    made.graph["facts"]["again"] = {**made.graph["facts"]["chairing/1"], "date": "2017-01-11"}
    made.add_edge("person/w", "meeting/7857", relation="chaired", facts=("again",))
    made.add_edge("person/w", "meeting/7857", relation="chaired", planned=True, facts=("again",))
    data = json.loads(_Tags(render(made)).scripts[0])
    chaired = [edge for edge in data["edges"] if edge["kg_relation"] == "chaired"]
    assert [(edge.get("kg_planned", False), len(edge["kg_facts"])) for edge in chaired] == [(False, 2), (True, 1)]


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u202e", "🕊", "\ufffe", "a" * 100_000])
def test_odd_text_is_written(text: str) -> None:
    made = sample()
    made.nodes["state/SWE"]["label"] = text
    render(made, title=text).encode("utf-8")


# -- in the browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browsers() -> Iterator[Callable[..., Browser]]:
    """Chromium with further flags, started once for each list of flags."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no Chromium here")
    started: dict[tuple[str, ...], Browser] = {}
    with api.sync_playwright() as playwright:

        def launch(*flags: str) -> Browser:
            usual = ("--no-sandbox", "--disable-quic", "--disable-background-networking")
            if flags not in started:
                started[flags] = playwright.chromium.launch(executable_path=program, args=[*usual, *flags])
            return started[flags]

        yield launch
        for browser in started.values():
            browser.close()


@pytest.fixture
def show(browsers: Callable[..., Browser], tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a graph's page from a file with the network off; at the end nothing was asked for and nothing complained."""
    asked: list[str] = []
    said: list[str] = []
    contexts = []

    def complaints() -> None:
        # the driver's remarks on its own speed, where WebGL is drawn by the processor, are not the page's
        assert [text for text in said if "GL Driver Message (OpenGL, Performance" not in text] == []

    def opened(
        made: Graph,
        address: str = "",
        title: str = TITLE,
        limit: int = 5000,
        flags: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        path = tmp_path / "graph.html"
        path.write_text(render(made, title=title, limit=limit), encoding="utf-8")
        context = browsers(*flags).new_context(
            **{"viewport": {"width": 1280, "height": 800}, "offline": True, **options}
        )
        contexts.append(context)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(path.as_uri() + address)
        await_ready(page)
        complaints()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [url for url in asked if not url.startswith(("file:", "blob:", "data:"))]
    complaints()


def await_ready(page: Page) -> None:
    # playwright's own waiting by expression needs eval, which the page's policy forbids
    for _ in range(300):
        if page.evaluate("document.body.dataset.ready || ''"):
            return
        time.sleep(0.05)
    raise AssertionError("the page is not ready")


def text(page: Page, selector: str = "#panel") -> str:
    return page.locator(selector).inner_text()


def pick(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.fill("#query", words)
    page.keyboard.press("Enter")


@pytest.mark.browser
def test_panel_shows_a_fact_with_its_sentence(show: Callable[..., Page]) -> None:
    page = show(sample(), "#person/w")
    panel = text(page)
    for wanted in (
        "马戈特·瓦尔斯特伦",
        "主持",
        "2017-01-10",
        "公开辩论",
        "瑞典",
        "（外交大臣）",
        "已举行",
        "来信",
        "第 2 页",
        "字符 361–392",
    ):
        assert wanted in panel
    assert "此次会议由瑞典外交大臣兼安全理事会主席马戈特·瓦尔斯特伦主持。" in panel


@pytest.mark.browser
def test_planned_is_told_apart(show: Callable[..., Page]) -> None:
    page = show(sample(), "#meeting/planned")
    assert "计划" in text(page)
    assert "已举行" not in text(page)
    assert page.locator(".fact.is-planned").count() == 1
    page.locator("#standing .toggle[data-key=planned]").click()
    assert page.locator("#standing .toggle[data-key=planned]").get_attribute("aria-checked") == "false"


@pytest.mark.browser
@pytest.mark.parametrize(
    "words", ["联塞部队", "聯塞部隊", "UNFICYP", "unficyp", "塞浦路斯", "lhgzspls", "ＵＮＦＩＣＹＰ"]
)
def test_search_finds_by(show: Callable[..., Page], words: str) -> None:
    page = show(sample())
    pick(page, words)
    assert page.locator("#panel h2").inner_text() == "联合国驻塞浦路斯维持和平部队"
    assert page.evaluate("location.hash") == "#mission/UNFICYP"


@pytest.mark.browser
def test_search_without_a_hit(show: Callable[..., Page]) -> None:
    page = show(sample())
    page.fill("#query", "没有这个")
    assert "没有找到" in text(page, "#results")
    page.keyboard.press("Escape")
    assert page.locator("#results").is_hidden()


@pytest.mark.browser
def test_neighbours_lead_on_and_back(show: Callable[..., Page]) -> None:
    page = show(sample(), "#person/w")
    page.locator("#panel [role=tab]").nth(1).click()
    page.locator(".neighbours a", has_text="瑞典").click()
    assert page.locator("#panel h2").inner_text() == "瑞典"
    page.go_back()
    assert page.locator("#panel h2").inner_text() == "马戈特·瓦尔斯特伦"


@pytest.mark.browser
def test_keyboard(show: Callable[..., Page]) -> None:
    page = show(sample(), "#person/w")
    places = page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).nodes.map((n) => [n.kg_id, n.x, n.y])"
    )
    x = {node: place for node, place, _ in places}
    y = {node: place for node, _, place in places}
    dx, dy = x["state/SWE"] - x["person/w"], y["state/SWE"] - y["person/w"]
    page.locator("body").press(
        ("ArrowRight" if dx > 0 else "ArrowLeft") if abs(dx) > abs(dy) else "ArrowDown" if dy > 0 else "ArrowUp"
    )
    assert page.locator("#panel h2").inner_text() in ("瑞典", "第7857次会议")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.evaluate("location.hash") == ""


@pytest.mark.browser
def test_legend_counts_and_filters(show: Callable[..., Page]) -> None:
    page = show(sample())
    rows = dict(row.split("\n")[:2] for row in page.locator("#types li").all_inner_texts())
    assert rows == {"国家": "1", "人物": "1", "特派团": "1", "会议": "2", "文件": "1"}
    meetings = page.locator("#types .toggle[data-key=Meeting]")
    meetings.click()
    assert meetings.get_attribute("aria-checked") == "false"
    pick(page, "7857")  # what is searched for is shown again
    assert meetings.get_attribute("aria-checked") == "true"


@pytest.mark.browser
def test_time(show: Callable[..., Page]) -> None:
    page = show(sample())
    assert text(page, "#span") == "2017 – 2022"
    page.evaluate("const to = document.getElementById('to'); to.value = 2018; to.dispatchEvent(new Event('input'))")
    assert text(page, "#span") == "2017 – 2018"
    pick(page, "2022年8月22日通报会")
    assert text(page, "#span") == "2017 – 2022"


@pytest.mark.browser
def test_english(show: Callable[..., Page]) -> None:
    page = show(sample(), "#state/SWE")
    page.locator("#language").click()
    for wanted in ("Sweden", "State", "Chaired", "held", "open debate", "characters 361–392", "此次会议由瑞典"):
        assert wanted in text(page)
    assert "States" in text(page, "#types")
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system(show: Callable[..., Page], scheme: str) -> None:
    page = show(sample(), color_scheme=scheme)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]") > 128
    assert light == (scheme == "light")
    page.locator("#theme").click()
    assert page.evaluate("document.documentElement.dataset.theme") == ("dark" if light else "light")


@pytest.mark.browser
def test_on_a_phone(show: Callable[..., Page]) -> None:
    page = show(sample(), "#person/w", viewport={"width": 375, "height": 667}, is_mobile=True, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert box["y"] > 200
    assert box["y"] + box["height"] <= 668
    assert page.locator("#filters").is_hidden()
    page.locator("#more").click()
    assert page.locator("#filters").is_visible()


@pytest.mark.browser
def test_nothing_drifts(show: Callable[..., Page]) -> None:
    page = show(sample())
    first = page.screenshot()
    time.sleep(0.5)
    assert page.screenshot() == first


@pytest.mark.browser
@pytest.mark.parametrize(("button", "magic"), [("#png", b"\x89PNG"), ("#svg", b"<svg ")])
def test_picture_files(show: Callable[..., Page], tmp_path: Path, button: str, magic: bytes) -> None:
    page = show(sample())
    with page.expect_download() as download:
        page.locator(button).click()
    download.value.save_as(tmp_path / "picture")
    assert (tmp_path / "picture").read_bytes().startswith(magic)


@pytest.mark.browser
@pytest.mark.parametrize("name", PAYLOADS)
def test_payloads_stay_text(show: Callable[..., Page], tmp_path: Path, name: str) -> None:
    payload = PAYLOADS[name]
    page = show(hostile(payload), title=payload)
    assert page.title() == payload
    assert page.locator("h1").text_content() == payload
    pick(page, payload)
    assert page.locator("#panel h2").text_content() == payload
    assert page.locator("#panel blockquote").first.text_content() == payload
    assert page.locator("#panel a[target]").count() == 0  # no web address, no link out
    page.keyboard.press("t")
    assert page.locator(".holder b").text_content() == payload
    page.locator(".term").click()
    assert page.locator("#panel h2").text_content() == payload
    page.keyboard.press("t")
    pick(page, payload)
    for selector in ("#language", "#panel [role=tab] >> nth=1", ".neighbours a >> nth=0", "#language", "#theme"):
        page.locator(selector).click()
    page.mouse.move(640, 400)
    page.fill("#query", payload[:3])
    with page.expect_download() as download:
        page.locator("#svg").click()
    download.value.save_as(tmp_path / "picture.svg")
    assert "<script" not in (tmp_path / "picture.svg").read_text("utf-8")
    page.reload()
    await_ready(page)
    assert page.evaluate("typeof window.hit") == "undefined"
    assert page.locator("img, #panel script, #side script").count() == 0


@pytest.mark.browser
def test_web_address_of_a_document(show: Callable[..., Page]) -> None:
    page = show(sample(), "#document/letter")
    link = page.locator("#panel a[target]")
    assert link.get_attribute("href") == "https://docs.un.org/zh/S/2017/1"
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.browser
@pytest.mark.parametrize("address", ["#nobody/here", "#%", "#%E4%BD", "#" + "x" * 5000])
def test_address_of_nothing(show: Callable[..., Page], address: str) -> None:
    page = show(sample(), address)
    assert page.locator("#panel").is_hidden()


@pytest.mark.browser
def test_address_of_a_document_stands_by_its_quote(show: Callable[..., Page]) -> None:
    page = show(sample(), "#timeline/UNFICYP")
    page.locator(".terms button").first.click()
    cited = page.locator("#panel figcaption a[target]")
    assert cited.get_attribute("href") == "https://docs.un.org/zh/S/2017/1"
    assert cited.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.browser
def test_mandates_in_time(show: Callable[..., Page]) -> None:
    page = show(sample())
    page.locator("#view-timeline").click()
    assert page.evaluate("location.hash") == "#timeline"
    assert page.locator("#stage").is_hidden()
    assert page.locator(".mandate").count() == 2
    assert "2020-07-31" in text(page, ".mandate >> nth=0")
    assert "另有 1 项未载明日期" in text(page, ".mandate >> nth=0")
    bars = page.locator(".mandate >> nth=0 >> .term")
    assert bars.count() == 4
    boxes = [bars.nth(i).bounding_box() for i in range(4)]
    first, second, third, aside = (box for box in boxes if box is not None)
    gap = page.locator("i.gap").bounding_box()
    assert gap is not None
    assert first["x"] + first["width"] <= gap["x"] + 1, "the gap lies between the two terms"
    assert gap["x"] + gap["width"] <= second["x"] + 1
    assert (first["y"], second["y"]) == (third["y"], third["y"])
    assert aside["y"] > first["y"], "terms that overlap stand under one another"
    bars.nth(1).click()
    assert "空档 30 天" in text(page)
    assert "2537" in text(page)
    page.keyboard.press("ArrowLeft")
    assert "决定将联塞部队的任务期限延长至2020年7月31日。" in text(page)
    assert page.evaluate("location.hash") == "#timeline/UNFICYP"
    page.reload()
    await_ready(page)
    assert page.locator("#panel h2").inner_text() == "联合国驻塞浦路斯维持和平部队"
    page.locator("#panel button", has_text="在图中查看").click()
    assert page.locator("#timeline").is_hidden()
    assert page.evaluate("location.hash") == "#mission/UNFICYP"
    page.locator("#panel button", has_text="任务时间线").click()
    assert page.locator(".mandate.chosen").count() == 1


@pytest.mark.browser
def test_legend_of_the_timeline(show: Callable[..., Page]) -> None:
    page = show(sample(), "#timeline")
    rows = dict(row.split("\n")[:2] for row in page.locator("#actions li").all_inner_texts())
    assert rows == {"设立": "1", "延长": "4", "技术性延期": "1", "空档": "1"}
    page.locator("#actions .toggle[data-key=gap]").click()
    assert page.locator("i.gap").count() == 0
    page.locator("#actions .toggle[data-key=extend]").click()
    assert page.locator(".term").count() == 1
    assert page.locator(".mandate").count() == 1, "the other has nothing left to show"
    page.locator("#holders .toggle[data-key=Mission]").click()
    assert page.locator(".mandate").count() == 0
    page.keyboard.press("t")
    assert page.locator("#stage").is_visible()


@pytest.mark.browser
def test_time_of_the_timeline(show: Callable[..., Page]) -> None:
    page = show(sample(), "#timeline")
    assert page.locator(".term").count() == 5
    page.evaluate("const to = document.getElementById('to'); to.value = 2019; to.dispatchEvent(new Event('input'))")
    assert page.locator(".term").count() == 1, "of 2017 to 2019, one term of UNAMID"
    assert page.locator(".ruler .year").first.inner_text() == "2017"


@pytest.mark.browser
def test_two_fingers(show: Callable[..., Page]) -> None:
    """Spread, two fingers bring closer what lies between them; a tap chooses."""
    page = show(sample(), viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    touch = page.context.new_cdp_session(page)
    before = page.screenshot()
    for kind, gap in (("touchStart", 40), ("touchMove", 60), ("touchMove", 90), ("touchEnd", 0)):
        points = [{"x": 200 + side * gap, "y": 480, "id": side} for side in (-1, 1)] if gap else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    time.sleep(0.3)
    assert page.screenshot() != before
    assert page.locator("#panel").is_hidden()


@pytest.mark.browser
@pytest.mark.parametrize(("button", "magic"), [("#png", b"\x89PNG"), ("#svg", b"<svg ")])
def test_timeline_as_a_picture(show: Callable[..., Page], tmp_path: Path, button: str, magic: bytes) -> None:
    page = show(sample(), "#timeline")
    with page.expect_download() as download:
        page.locator(button).click()
    download.value.save_as(tmp_path / "picture")
    made = (tmp_path / "picture").read_bytes()
    assert made.startswith(magic)
    assert button == "#png" or "2537(2020)" in made.decode("utf-8")


@pytest.mark.browser
def test_timeline_on_a_phone(show: Callable[..., Page]) -> None:
    page = show(sample(), "#timeline", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".term").first.tap()
    panel, row = page.locator("#panel").bounding_box(), page.locator(".mandate.chosen").bounding_box()
    assert panel is not None
    assert row is not None
    assert row["y"] + row["height"] <= panel["y"], "the panel does not hide what was touched"


@pytest.mark.browser
def test_neighbours_on_demand(show: Callable[..., Page]) -> None:
    page = show(sample(), "#state/SWE")
    places = page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes.map((n) => n.kg_id)")
    assert "document/letter" in places
    shown = "[...document.querySelectorAll('#panel .actions button')].map((b) => b.textContent)"
    page.locator("#panel button", has_text="只看相邻").click()
    assert "显示全图" in page.evaluate(shown)
    page.locator("#panel [role=tab]").nth(1).click()
    page.locator(".neighbours a", has_text="马戈特").click()
    page.locator("#panel button", has_text="展开相邻").click()
    assert "展开相邻" not in page.evaluate(shown)
    page.locator("#panel button", has_text="显示全图").click()
    assert "只看相邻" in page.evaluate(shown)


@pytest.mark.browser
def test_pointer(show: Callable[..., Page]) -> None:
    page = show(sample())
    page.mouse.click(640, 790)
    assert page.locator("#panel").is_hidden()
    found = 0
    for x in range(320, 1270, 12):  # where the pointer is over a node, its name is told, and a click chooses it
        for y in (200, 300, 400, 500, 600):
            page.mouse.move(x, y)
            if page.locator("#tip").is_visible():
                told = page.locator("#tip b").inner_text()
                page.mouse.click(x, y)
                assert page.locator("#panel h2").inner_text() == told
                page.keyboard.press("Escape")
                found += 1
                break
        if found:
            break
    before = page.screenshot()
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -300)
    time.sleep(0.2)
    closer = page.screenshot()
    assert closer != before
    page.mouse.down()
    page.mouse.move(800, 450, steps=4)
    page.mouse.up()
    time.sleep(0.2)
    assert page.screenshot() != closer
    assert page.locator("#panel").is_hidden(), "dragging is not clicking"


FLAT = ("--disable-3d-apis",)
"""Chromium without WebGL."""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("flags", "query", "painter"),
    [((), "?painter=webgl", "webgl"), ((), "?painter=canvas", "canvas"), (FLAT, "?painter=webgl", "canvas")],
)
def test_five_thousand_nodes(show: Callable[..., Page], flags: tuple[str, ...], query: str, painter: str) -> None:
    page = show(council(5100), query, flags=flags)
    assert page.evaluate("document.body.dataset.painter") == painter
    # what is demanded, 3 s, is for a machine with nothing else to do
    assert page.evaluate("performance.getEntriesByName('ready')[0].startTime") < 4 * 3000
    assert "5102" in text(page, "#limit")
    pick(page, "第3议题")
    assert page.locator("#panel h2").inner_text() == "第3议题"
    page.locator("#types .toggle[data-key=Person]").click()
    page.locator("#theme").click()
    page.locator("#language").click()
    assert "are drawn" in text(page, "#limit")
    assert page.evaluate("location.search") == query
    page.keyboard.press("Escape")
    page.mouse.move(800, 400)
    page.mouse.wheel(0, -400)
    with page.expect_download():
        page.locator("#png").click()


@pytest.mark.browser
def test_webgl_paints_what_the_canvas_paints(show: Callable[..., Page], browsers: Callable[..., Browser]) -> None:
    made = council(2400)
    pictures = []
    for query in ("?painter=webgl", "?painter=canvas"):
        page = show(made, query, reduced_motion="reduce")
        page.keyboard.press("+")
        page.keyboard.press("+")
        time.sleep(0.5)
        pictures.append("data:image/png;base64," + base64.b64encode(page.screenshot()).decode("ascii"))
    blank = browsers().new_page()
    canvas, both = blank.evaluate(
        """async (urls) => {
          const [a, b] = await Promise.all(urls.map(async (url) => {
            const image = new Image();
            image.src = url;
            await image.decode();
            const ctx = Object.assign(document.createElement("canvas"), { width: 1280, height: 800 }).getContext("2d");
            ctx.drawImage(image, 0, 0);
            return ctx.getImageData(300, 0, 980, 800).data;
          }));
          const bright = (of, i) => Math.max(of[i], of[i + 1], of[i + 2]) - Math.min(of[i], of[i + 1], of[i + 2]) > 70;
          const sums = [0, 0];
          for (let i = 0; i < a.length; i += 4)
            if (bright(b, i)) [true, bright(a, i)].forEach((yes, n) => (sums[n] += yes));
          return sums;
        }""",
        pictures,
    )
    blank.close()
    assert canvas > 2000, "nodes are seen"
    assert both > 0.8 * canvas, "the same nodes in the same places"
