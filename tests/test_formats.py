"""Formats of meetings and the level before them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.gazetteer
from kg.extract.formats import find_formats
from kg.text import normalize


def formats(text: str) -> list[tuple[str, str, str | None]]:
    return [(text[f.start : f.end], f.format, f.level) for f in find_formats(text)]


FORMATS: dict[str, list[tuple[str, str, str | None]]] = {
    "举办公开辩论会": [("公开辩论会", "open-debate", None)],
    "高级别公开辩论会的概念说明": [("高级别公开辩论会", "open-debate", "high-level")],
    "部长级的公开辩论": [("部长级的公开辩论", "open-debate", "ministerial")],
    "年度公开辩论": [("年度公开辩论", "open-debate", None)],
    "公开视频辩论": [("公开视频辩论", "open-debate", None)],
    "举行辩论": [("辩论", "debate", None)],
    "举行了一次通报会": [("通报会", "briefing", None)],
    "公开情况通报会": [("公开情况通报会", "briefing", None)],
    "高级别通报会": [("高级别通报会", "briefing", "high-level")],
    "12次全体磋商": [("全体磋商", "consultations", None)],
    "非公开的全体磋商": [("非公开的全体磋商", "consultations", None)],
    "闭门非正式磋商": [("闭门非正式磋商", "consultations", None)],
    "非正式互动式对话": [("非正式互动式对话", "informal-interactive-dialogue", None)],
    "1次“阿里亚办法”会议": [("“阿里亚办法”会议", "arria-formula", None)],
    "阿里亚模式非正式会议": [("阿里亚模式非正式会议", "arria-formula", None)],
    "非公开会议": [("非公开会议", "private-meeting", None)],
    "闭门视频会议": [("闭门视频会议", "private-meeting", None)],
    "首次举行元首峰会": [("元首峰会", "summit", "summit")],
    "国家元首和政府首脑级会议": [("国家元首和政府首脑级会议", "summit", "summit")],
    "最高级别会议": [("最高级别会议", "summit", "summit")],
    "国家元首级公开辩论": [("国家元首级公开辩论", "open-debate", "summit")],
    "外长级视频会议": [("外长级视频会议", "meeting", "ministerial")],
    "高级别会议": [("高级别会议", "meeting", "high-level")],
    "紧急会议": [("紧急会议", "meeting", None)],
    "就此举行公开会。": [("公开会", "meeting", None)],
    "举行公开会谈": [],
    "举行闭门会。": [("闭门会", "private-meeting", None)],
    "通报会和磋商": [("通报会", "briefing", None), ("磋商", "consultations", None)],
    # 不 and 非 turn it round: these held 公开辩论 and 公开会议 once
    "不公开会议": [("不公开会议", "private-meeting", None)],
    "非公开辩论": [("非公开辩论", "private-meeting", None)],
    # what follows a name or number is a meeting still, whose the rules must tell
    "柏林会议": [("会议", "meeting", None)],
    "第8699次会议": [("会议", "meeting", None)],
    # decoys
    "一般性辩论": [],
    "辩论期间": [],
    "辩论参加者": [],
    "第二十三轮磋商": [],
    "第五届会议": [],
    "磋商机制": [],
    "会议厅": [],
    "会议室": [],
    "会议记录": [],
    "会议员": [],
    "听取了通报": [],
    "互动讨论": [],
    "": [],
}


@pytest.mark.parametrize("text", FORMATS)
def test_formats(text: str) -> None:
    assert formats(text) == FORMATS[text]


VERBS = {"公开通报"}
"""In the table, but a verb as often as a meeting: left to the rules."""


def rows() -> list[tuple[str, str, str | None]]:
    path = Path(kg.gazetteer.__file__).parent / "data" / "formats.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [(normalize(r["name"])[0], r["format"], r["level"] or None) for r in csv.DictReader(file)]


@pytest.mark.parametrize(("name", "format_", "level"), [r for r in rows() if r[1] and r[0] not in VERBS])
def test_names_of_the_table(name: str, format_: str, level: str | None) -> None:
    """The table and the grammar agree; the grammar may leave 安理会 and 专题 before a format out."""
    assert [(f, v) for _, f, v in formats(name)] == [(format_, level)]


@pytest.mark.parametrize(("name", "level"), [(n, v) for n, f, v in rows() if not f])
def test_levels_of_the_table(name: str, level: str | None) -> None:
    expected = "summit" if level == "summit" else "meeting"
    assert [(f, v) for _, f, v in formats(name + "会议")] == [(expected, level)]


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("公开辩论通报会议磋商非正式全体高级别部长首脑“”阿里亚办法")),
        max_size=40,
    )
)
def test_spans_are_in_order_and_apart(text: str) -> None:
    end = 0
    for found in find_formats(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


def test_many_formats() -> None:
    """Each place was once compared with all others; no clock is needed to notice."""
    assert len(find_formats("第1次会议" * 40000)) == 40000
