"""The exact scan: what lists and grammar know, over a whole text, without spaCy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import MentionType
from kg.pipeline.cover import Cover
from kg.pipeline.mask import compile_masked
from kg.pipeline.scan import scan, scan_all
from kg.text import normalize

quick = settings(deadline=None)  # the first example reads the gazetteer and loads OpenCC


def mentions(text: str, *types: MentionType) -> list[tuple[str, str | None]]:
    return [(m.text, m.id) for m in scan(normalize(text)[0]) if m.type in types]


STATES = {
    "刚果民主共和国、刚果共和国和刚果": [("刚果民主共和国", "COD"), ("刚果共和国", "COG"), ("刚果", "COG")],
    "几内亚、几内亚比绍和赤道几内亚": [("几内亚", "GIN"), ("几内亚比绍", "GNB"), ("赤道几内亚", "GNQ")],
    "苏丹和南苏丹": [("苏丹", "SDN"), ("南苏丹", "SSD")],
    "尼日尔和尼日利亚": [("尼日尔", "NER"), ("尼日利亚", "NGA")],
    "多米尼加和多米尼克": [("多米尼加", "DOM"), ("多米尼克", "DMA")],
    "朝鲜民主主义人民共和国和大韩民国": [("朝鲜民主主义人民共和国", "PRK"), ("大韩民国", "KOR")],
    "索马里和马里": [("索马里", "SOM"), ("马里", "MLI")],
    "阿拉伯叙利亚共和国": [("阿拉伯叙利亚共和国", "SYR")],
    "聯合國秘書長訪問葉門": [("叶门", "YEM")],
    "利比亚国家军队": [("利比亚", "LBY")],
    # decoys
    "朝鲜半岛": [],
    "印度洋、美元和北爱尔兰": [],
    "发展中国家": [],
    "中非稳定团": [],
    "11月10日本公约": [],
    # a state that is a syllable of a name
    "阿里·马里·穆罕默德": [],
}


@pytest.mark.parametrize("text", STATES)
def test_states(text: str) -> None:
    assert mentions(text, MentionType.STATE) == STATES[text]


MISSIONS = {
    "联合国利比亚支助团(联利支助团)团长": [("联合国利比亚支助团", "UNSMIL"), ("联利支助团", "UNSMIL")],
    "联刚稳定团、中非稳定团和马里稳定团": [
        ("联刚稳定团", "MONUSCO"),
        ("中非稳定团", "MINUSCA"),
        ("马里稳定团", "MINUSMA"),
    ],
    "聯海團的任務": [("联海团", "MINUSTAH")],
    "ＵＮＭＩＳＳ部队": [("UNMISS", "UNMISS")],
    # decoys
    "UNMISSX和XUNMISS": [],
    "undocs.org/UNMISS": [],
    "支助团": [],
}


@pytest.mark.parametrize("text", MISSIONS)
def test_missions(text: str) -> None:
    assert mentions(text, MentionType.MISSION) == MISSIONS[text]


REST = {
    "S/2019/1005、S/PV.7857和第2507(2020)号决议": [
        ("S/2019/1005", "S/2019/1005"),
        ("S/PV.7857", "S/PV.7857"),
        ("第2507(2020)号决议", "S/RES/2507(2020)"),
    ],
    "安全理事会第7857次会议": [("第7857次会议", "S/PV.7857")],
    "安理会第12次会议": [("第12次会议", "S/PV.12")],
    "第三四二七次会议": [("第三四二七次会议", "S/PV.3427")],
    "第三七〇一次会议": [("第三七〇一次会议", "S/PV.3701")],
    "第8241次(闭门)会议": [("第8241次(闭门)会议", "S/PV.8241")],
    "2020年1月31日至8月31日": [("2020年1月31日", "2020-01-31"), ("8月31日", "2020-08-31")],
    "2019年2月28日和2月29日": [("2019年2月28日", "2019-02-28"), ("2月29日", None)],
    "1月31日": [("1月31日", None)],
    # decoys: an organ's meeting, a date in a citation, a session
    "委员会第12次会议": [("第12次会议", None)],
    "委员会第十二次会议": [("第十二次会议", None)],
    "第五十五届会议": [],
    "1973年10月22日第338(1973)号决议": [("1973年10月22日", "1973-10-22"), ("第338(1973)号决议", "S/RES/338(1973)")],
}


@pytest.mark.parametrize("text", REST)
def test_citations_meetings_and_dates(text: str) -> None:
    kinds = (MentionType.RESOLUTION, MentionType.DOCUMENT, MentionType.MEETING, MentionType.DATE)
    assert mentions(text, *kinds) == REST[text]


OFFICIALS = {
    "特使莱拉·泽鲁居伊和秘书长大湖区问题特使夏煌向与会者": ["莱拉·泽鲁居伊", "夏煌"],
    "联合国秘书长安东尼奥·古特雷斯先生": ["安东尼奥·古特雷斯"],
    "古特雷斯秘书长表示": ["古特雷斯"],
    "萨拉梅先生参加了磋商": ["萨拉梅"],
    "约旦国王阿卜杜拉二世": ["阿卜杜拉二世"],
    "新西兰总检察长Christopher Finlayson": ["Christopher Finlayson"],
    "常驻代表\n特命全权大使\n张军(签名)": ["张军"],
    "马朝旭(签名)": ["马朝旭"],
    "(签名)张军": ["张军"],
    "张军大使(签名)": ["张军"],
    "(临时代办\n公使衔参赞王民代签)": ["王民"],
    "协调人David Scharia介绍了要求": ["David Scharia"],
    "宣布图瓦德拉总统当选": ["图瓦德拉"],
    # decoys
    "安全理事会主席(签名)": [],
    "秘书长特别代表安排会见": [],
    "主席先生": [],
    "乍得总统": [],
    "应和秘书长": [],
    "联合国-非洲联盟达尔富尔混合行动": [],
}


@pytest.mark.parametrize("text", OFFICIALS)
def test_officials(text: str) -> None:
    assert [name for name, _ in mentions(text, MentionType.OFFICIAL)] == OFFICIALS[text]


def test_names_of_the_trained_component_fill_gaps_only() -> None:
    text = "宾图与中国代表"
    known = scan_all(text, [(0, 2), (3, 5)])
    assert [(m.type.value, m.text) for m in known.mentions if m.type != MentionType.POST] == [
        ("Official", "宾图"),
        ("State", "中国"),
    ]


def test_masked_text_speaks_of_types() -> None:
    found = scan_all("1月31日，安理会以13票赞成通过了第2507(2020)号决议，张军大使发言")
    assert compile_masked("«D»，«C»以13票赞成通过了«R»，«P»大使发言").fullmatch(found.masked)


def check(text: str) -> None:
    found = scan_all(text)
    assert len(found.masked) == len(text)
    places = [(m.start, -m.end) for m in found.mentions]
    assert places == sorted(places)
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
    # only posts and bodies with their resolution hold others; an official crosses nothing
    cover = Cover(len(text), ((m.start, m.end) for m in found.mentions if m.type == MentionType.OFFICIAL))
    for mention in found.mentions:
        assert mention.type == MentionType.OFFICIAL or not cover.meets(mention.start, mention.end)


def test_seeds(seeds: Path) -> None:
    for path in sorted(seeds.iterdir()):
        check(normalize(path.read_text("utf-8"))[0])


ODD = "安理会中国刚果秘书长代表主席第1267(1999)、号决议年月日和·阿巴王先生大使S/UN\n“《（签名）\x00\ud800\ue000"


@given(st.text(st.one_of(st.characters(), st.sampled_from(ODD)), max_size=60))
@quick
def test_any_text_can_be_scanned(text: str) -> None:
    check(normalize(text)[0])
    check(text.translate(dict.fromkeys(range(0xD800, 0xE000), "?")))


@pytest.mark.parametrize(
    "word",
    ["秘书长", "中国", "安理会第", "和", "第1267(1999)和", "“", "《", "(", "巴先生", "张军(签名)\n", "1月1日、", "·"],
)
def test_long_rows(word: str) -> None:
    """Every mention was once compared with all others; no clock is needed to notice."""
    check(word * (40000 // len(word)))


def test_cover() -> None:
    cover = Cover(10, [(2, 4), (7, 7)])
    assert [cover.meets(i, i + 1) for i in range(10)] == [False, False, True, True, *[False] * 6]
    assert not cover.meets(0, 2)
    assert not cover.meets(4, 10)
    assert not cover.meets(3, 3)
    assert cover.meets(0, 3)
    cover.add(9, 10)
    assert cover.meets(8, 10)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6), st.integers(0, 30), st.integers(0, 30))
def test_a_cover_is_what_comparing_with_all_says(spans: list[tuple[int, int]], start: int, end: int) -> None:
    spans = [(a, b) for a, b in spans if a < b]
    if start < end:
        assert Cover(30, spans).meets(start, end) is any(a < end and start < b for a, b in spans)
