"""Symbols and citations of resolutions: read, refused, and written and read back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.symbols import document_url, find_resolutions, find_symbols, is_resolution, resolution_number, slug


def resolutions(text: str) -> list[tuple[str, str]]:
    return [(text[c.start : c.end], c.symbol) for c in find_resolutions(text)]


RESOLUTIONS: dict[str, list[tuple[str, str]]] = {
    "通过了第2507(2020)号决议，": [("第2507(2020)号决议", "S/RES/2507(2020)")],
    "安理会第242号决议": [("第242号决议", "S/RES/242")],
    "2000年10月31日通过的第1325号决议": [("第1325号决议", "S/RES/1325(2000)")],
    "第四三五(一九七八)号决议": [("第四三五(一九七八)号决议", "S/RES/435(1978)")],
    "第一三二五号决议": [("第一三二五号决议", "S/RES/1325")],
    "安理会1325号决议": [("1325号决议", "S/RES/1325")],
    # lists
    "第1267(1999)、1333(2000)和1363(2001)号决议": [
        ("第1267(1999)", "S/RES/1267(1999)"),
        ("1333(2000)", "S/RES/1333(2000)"),
        ("1363(2001)号决议", "S/RES/1363(2001)"),
    ],
    "第1325号、第1820号和第1888号等各项有关决议": [
        ("第1325号", "S/RES/1325"),
        ("第1820号", "S/RES/1820"),
        ("第1888号等各项有关决议", "S/RES/1888"),
    ],
    # dates in a list are no numbers of resolutions
    "第242(1967)号、1973年10月22日第338(1973)号和2008年12月16日第1850(2008)号决议": [
        ("第242(1967)号", "S/RES/242(1967)"),
        ("第338(1973)号", "S/RES/338(1973)"),
        ("第1850(2008)号决议", "S/RES/1850(2008)"),
    ],
    "第1325(2000)号和2008年第1820号决议": [
        ("第1325(2000)号", "S/RES/1325(2000)"),
        ("第1820号决议", "S/RES/1820(2008)"),
    ],
    # a list that names two bodies
    "大会2005年12月20日第60/180号和安全理事会同日第1645(2005)号决议": [
        ("第60/180号", "A/RES/60/180"),
        ("第1645(2005)号决议", "S/RES/1645(2005)"),
    ],
    "大会第60/1号和安理会第242号决议": [("第60/1号", "A/RES/60/1"), ("第242号决议", "S/RES/242")],
    # other bodies
    "大会第55/33 C号决议": [("第55/33 C号决议", "A/RES/55/33C")],
    "大会第377 A(V)号决议": [("第377 A(V)号决议", "A/RES/377A(V)")],
    "大会第ES-10/14号决议": [("第ES-10/14号决议", "A/RES/ES-10/14")],
    "经社理事会第1996/31号决议": [("第1996/31号决议", "E/RES/1996/31")],
    "人权理事会第S-17/1号决议": [("第S-17/1号决议", "A/HRC/RES/S-17/1")],
    "通过决议(第2341(2017)号)": [("第2341(2017)号", "S/RES/2341(2017)")],
    # two citations, not one list
    "第1540(2004)号决议和第1977(2011)号决议": [
        ("第1540(2004)号决议", "S/RES/1540(2004)"),
        ("第1977(2011)号决议", "S/RES/1977(2011)"),
    ],
    "第1号、第2号文件和第3号决议": [("第3号决议", "S/RES/3")],
    # the year makes up for a missing 第; it may stand behind
    "将根据2379(2017)号决议行事": [("2379(2017)号决议", "S/RES/2379(2017)")],
    "第1325号决议(2000年)": [("第1325号决议", "S/RES/1325(2000)")],
    "第1325(2000年)号决议": [("第1325(2000年)号决议", "S/RES/1325(2000)")],
    # what closes a list
    "第2441(2018)和2526(2020)号等其后相关决议": [
        ("第2441(2018)", "S/RES/2441(2018)"),
        ("2526(2020)号等其后相关决议", "S/RES/2526(2020)"),
    ],
    "第1970(2011)号及其后各项决议": [("第1970(2011)号", "S/RES/1970(2011)")],
    # a body that acts on a resolution is not the one that adopted it
    "委员会的总目标是确保第1373号决议得到执行": [("第1373号决议", "S/RES/1373")],
    "大会关于青年的第50/81号决议": [("第50/81号决议", "A/RES/50/81")],
}

NO_RESOLUTIONS = [
    "通过了4项决议",
    "3个决议",
    "第12345号决议",
    "第0号决议",
    "第2507(2020)号文件",
    "第五十五届会议决议",
    "执行局第2010/5号决议",
    "大会第5号决议",
    "非洲人权委员会2013年11月5日关于歧视问题的第263号决议",
    "第1267/1989/2253号决议所设委员会",
    "2020年决议",
    "决议草案S/2020/1",
    "第1、2、3号",
]


@pytest.mark.parametrize("text", [*RESOLUTIONS, *NO_RESOLUTIONS])
def test_resolutions(text: str) -> None:
    assert resolutions(text) == RESOLUTIONS.get(text, [])


def test_a_list_is_one_group() -> None:
    groups = [c.group for c in find_resolutions("第1267(1999)和1333(2000)号决议。第1363(2001)号决议")]
    assert groups[0] == groups[1] != groups[2]


numbers = st.tuples(st.integers(1, 2999), st.integers(1946, 2029))


def arabic(number: int, year: int) -> str:
    return f"{number}({year})"


def han(number: int, year: int) -> str:
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    return f"{number}({year})".translate(digits)


@given(st.lists(numbers, min_size=1, max_size=6), st.sampled_from([arabic, han]), st.booleans())
def test_a_printed_list_is_read_back(items: list[tuple[int, int]], style: object, each: bool) -> None:
    assert callable(style)
    printed = [style(*item) for item in items]
    listed = "号、第".join(printed) if each else "、".join(printed)
    text = f"回顾第{listed}号决议，"
    assert [c.symbol for c in find_resolutions(text)] == [f"S/RES/{n}({y})" for n, y in items]


# --- symbols ------------------------------------------------------------------------------------------------------

SYMBOLS: dict[str, list[tuple[str, str]]] = {
    "报告(S/2019/1005)的通报": [("S/2019/1005", "S/2019/1005")],
    "(见S/PV.7857)。": [("S/PV.7857", "S/PV.7857")],
    "S/PV.7857(Resumption 1)": [("S/PV.7857(Resumption 1)", "S/PV.7857(Resumption1)")],
    "S/RES/2507 (2020)": [("S/RES/2507 (2020)", "S/RES/2507(2020)")],
    "S/PRST/2020/1": [("S/PRST/2020/1", "S/PRST/2020/1")],
    "S/2015/446-A/70/95": [("S/2015/446", "S/2015/446"), ("A/70/95", "A/70/95")],
    "A/RES/377 A(V)和A/RES/377(V)": [("A/RES/377 A(V)", "A/RES/377A(V)"), ("A/RES/377(V)", "A/RES/377(V)")],
    "A/HRC/RES/S-17/1": [("A/HRC/RES/S-17/1", "A/HRC/RES/S-17/1")],
    "S/2020/270/Add.1。": [("S/2020/270/Add.1", "S/2020/270/Add.1")],
    "S/1999/1.": [("S/1999/1", "S/1999/1")],
    "ST/SGB/2003/13": [("ST/SGB/2003/13", "ST/SGB/2003/13")],
    "S/AC.37/2020/1": [("S/AC.37/2020/1", "S/AC.37/2020/1")],
    # what a bracket in Chinese says is no part of it
    "S/PV.8699(见附件)": [("S/PV.8699", "S/PV.8699")],
    # decoys
    "https://undocs.org/ch/S/RES/2507(2020)": [],
    "F/A-18战斗机": [],
    "A/B": [],
    "和/或": [],
    "TCP/IP": [],
    "": [],
}


@pytest.mark.parametrize("text", SYMBOLS)
def test_symbols(text: str) -> None:
    assert [(text[c.start : c.end], c.symbol) for c in find_symbols(text)] == SYMBOLS[text]


def symbol(body: str, year: int, kind: str, number: int) -> str:
    return {"": f"{body}/{year}/{number}", "PRST": f"S/PRST/{year}/{number}", "PV": f"S/PV.{number}"}.get(
        kind, f"A/RES/{year % 100}/{number}"
    )


parts = st.builds(
    symbol,
    st.sampled_from("SA"),
    st.integers(1946, 2029),
    st.sampled_from(["", "PRST", "PV", "RES"]),
    st.integers(1, 9999),
)


@given(parts, st.sampled_from(["", "(", "见", "，", "文件"]), st.sampled_from(["", ")", "。", "，", ".", "号"]))
def test_a_printed_symbol_is_read_back(symbol: str, before: str, after: str) -> None:
    text = before + symbol + after
    assert [(c.start, c.end, c.symbol) for c in find_symbols(text)] == [
        (len(before), len(before) + len(symbol), symbol)
    ]


@given(parts)
def test_slugs_are_safe_and_stay(symbol: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+", slug(symbol))
    assert slug(slug(symbol)) == slug(symbol)


@pytest.mark.parametrize(
    ("symbol", "is_one", "number", "name"),
    [
        ("S/RES/2507(2020)", True, "2507", "S-RES-2507-2020"),
        ("A/RES/60/1", True, None, "A-RES-60-1"),
        ("A/HRC/RES/S-17/1", True, None, "A-HRC-RES-S-17-1"),
        ("S/2020/270", False, None, "S-2020-270"),
        ("S/RES", False, None, "S-RES"),
        ("XS/RES/1", False, None, "XS-RES-1"),
        ("", False, None, ""),
    ],
)
def test_what_a_symbol_says(symbol: str, is_one: bool, number: str | None, name: str) -> None:
    assert is_resolution(symbol) is is_one
    assert resolution_number(symbol) == number
    assert slug(symbol) == name


def test_address() -> None:
    assert document_url("S/RES/2507(2020)") == "https://docs.un.org/zh/S/RES/2507(2020)"


@given(st.text(st.one_of(st.characters(), st.sampled_from("第号决议、和12(0)AS/ -年一")), max_size=50))
def test_any_text_can_be_searched(text: str) -> None:
    for found in [*find_symbols(text), *find_resolutions(text)]:
        assert 0 <= found.start < found.end <= len(text)
        assert "/" in found.symbol
        assert " " not in found.symbol


@pytest.mark.parametrize("text", ["第" + "1267(1999)、" * 3000, "第1、2、3" * 3000, "1" * 9000, "一" * 9000])
def test_long_lists_without_an_end_are_read_once(text: str) -> None:
    """Before each place was read once, these took longer than anyone waits; no clock is needed to notice."""
    assert resolutions(text + "决议草案") == []


def test_long_chains_of_symbols() -> None:
    assert len(list(find_symbols("S/1" + "-A/1" * 3000))) == 3001
