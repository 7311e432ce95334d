"""Persons with the title beside them, and how they are scored."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from kg.evaluate.counts import Counts
from kg.evaluate.persons import main, plain_capacity, score_persons
from kg.extract import line_document
from kg.extract.persons import persons
from kg.extract.reading import prepare

TITLED = {
    # in front
    "秘书长也门问题特使安德斯·霍尔姆通报了情况。": [("安德斯·霍尔姆", "秘书长也门问题特使")],
    "安理会听取了全国选举委员会主席奥古斯托·门德斯先生的通报。": [("奥古斯托·门德斯", "全国选举委员会主席")],
    "正如防止灭绝种族罪行特别顾问让·迪朗所指出，": [("让·迪朗", "防止灭绝种族罪行特别顾问")],
    "与秘书长和联合国高级官员简·霍尔接触；": [("简·霍尔", "联合国高级官员")],
    "法国外交与国际发展部长洛朗·迪朗主持会议。": [("洛朗·迪朗", "法国外交与国际发展部长")],
    "安理会关于反恐怖主义的第1373(2001)号决议所设委员会主席、秘鲁常驻联合国代表何塞·戈麦斯": [
        ("何塞·戈麦斯", "安理会关于反恐怖主义的第1373(2001)号决议所设委员会主席、秘鲁常驻联合国代表")
    ],
    "他会见了外交部次官哈立德·贾拉拉、外交大臣顾问Khalid Mekki以及中心主任易卜拉欣·沙欣。": [
        ("哈立德·贾拉拉", "外交部次官"),
        ("Khalid Mekki", "外交大臣顾问"),
        ("易卜拉欣·沙欣", "中心主任"),
    ],
    "感谢前秘书长特别代表加桑·哈拉夫不懈的工作和代理秘书长特别代表安娜·威廉斯的努力，": [
        ("加桑·哈拉夫", "前秘书长特别代表"),
        ("安娜·威廉斯", "代理秘书长特别代表"),
    ],
    "秘书长和长者会主席玛丽·罗斯发了言。": [("玛丽·罗斯", "长者会主席")],
    # behind, in brackets, between commas, as a label
    "萨利赫总统于2011年下台。": [("萨利赫", "总统")],
    "哈拉夫先生(秘书长特别代表)出席。": [("哈拉夫", "秘书长特别代表")],
    "加桑·哈拉夫先生，秘书长利比亚问题特别代表，出席了会议。": [("加桑·哈拉夫", "秘书长利比亚问题特别代表")],
    "报告员：安娜·罗加奇(克罗地亚)": [("安娜·罗加奇", "报告员")],
    "安娜·罗加奇女士(克罗地亚)：副主席": [("安娜·罗加奇", "副主席")],
    "副主席：玛丽·罗斯(法国)、阿里·汗(巴基斯坦)和何塞·戈麦斯(智利)": [
        ("玛丽·罗斯", "副主席"),
        ("阿里·汗", "副主席"),
        ("何塞·戈麦斯", "副主席"),
    ],
    "共同主席玛丽·罗斯(法国)和阿里·汗(巴基斯坦)": [("玛丽·罗斯", "共同主席"), ("阿里·汗", "共同主席")],
    "普京总统会见了卡塔尔埃米尔谢赫塔米姆·本·哈马德殿下。": [("普京", "总统"), ("塔米姆·本·哈马德", "卡塔尔埃米尔")],
    # decoys: ranks, posts to be filled, an office without a person, places, words
    "中国代表张军大使发言。": [("张军", "中国代表")],
    "张军大使发言。": [("张军", "大使")],
    "张军先生发言。": [],
    "秘书长安娜·罗斯和阿里·汗出席。": [("安娜·罗斯", "秘书长")],
    "卡洛斯·克鲁斯中将离任。": [("卡洛斯·克鲁斯", "中将")],
    "我打算任命卡洛斯·克鲁斯少将(智利)为部队指挥官。": [("卡洛斯·克鲁斯", "少将")],
    "委员会主席向安理会通报，阁下出席。": [],
    "哈米德·卡尔扎伊国际机场附近发生爆炸。": [],
    "监察员应立即转递申请。": [],
    "任期届满的卡洛斯·克鲁斯离任。": [],
}


@pytest.mark.parametrize("text", TITLED)
def test_titles_beside_a_name(text: str) -> None:
    found = persons(prepare(line_document(text), None))
    assert [(each.person, each.capacity) for each in found] == TITLED[text]


def test_full_name() -> None:
    reading = prepare(line_document("特使安德斯·霍尔姆通报了情况。特使霍尔姆先生说，"), None)
    assert [(each.person, each.name) for each in persons(reading)] == [
        ("安德斯·霍尔姆", "安德斯·霍尔姆"),
        ("霍尔姆", "安德斯·霍尔姆"),
    ]


@pytest.mark.parametrize(
    ("capacity", "plain"),
    [
        ("瑞典外交大臣兼安全理事会主席", "外交大臣"),
        ("我的特别代表", "特别代表"),
        ("刚果民主共和国政府发言人", "发言人"),
        ("秘书长 大湖区问题特使", "秘书长大湖区问题特使"),
        ("中国", "中国"),
    ],
)
def test_what_of_a_capacity_is_compared(capacity: str, plain: str) -> None:
    assert plain_capacity(capacity) == plain


def test_scores() -> None:
    gold: list[dict[str, Any]] = [
        {"gold": "heading"},
        {"line": 1, "person": "张军", "capacity": "中国常驻代表"},
        {"line": 1, "person": "夏煌", "capacity": "特使"},
        {"line": 2, "person": "王民", "capacity": "参赞", "optional": True},
    ]
    read: dict[tuple[str, int | None], list[tuple[str, str]]] = {
        ("unpc-dev", 1): [("张军", "常驻代表"), ("夏煌", "代表")],
        ("unpc-dev", 2): [("王民", "秘书")],
        ("unpc-dev", 3): [("李东", "司长")],
    }
    both, alone, wrong = score_persons(gold, lambda place: read.get(place, []), [("unpc-dev", 3)])
    assert both == Counts(1, 2, 1)
    assert alone == Counts(2, 1, 0)
    assert wrong == [
        "unpc-dev:3\textra\t李东\t司长",
        "unpc-dev:1\tmissing\t夏煌\t特使",
        "unpc-dev:1\textra\t夏煌\t代表",
    ]


def test_command_without_its_data(tmp_path: Any) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("{}\n", "utf-8")
    result = CliRunner().invoke(main, [str(gold), "--shared", str(tmp_path), "--scan"])
    assert result.exit_code == 1
    assert "unpc-dev" in result.output
