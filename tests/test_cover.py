"""The cover of a resolution: titles, and the forms of the line that says when it was adopted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cover import adoption_line, title_symbol
from kg.text import normalize

# line, day, meeting, votes, unanimous, written
LINES: list[tuple[str, str | None, str | None, str | None, bool, bool]] = [
    ("2021年4月16日安全理事会第8762次会议通过", "2021-04-16", "8762", None, False, False),
    ("1995年8月3日安全理事会第3562次会议通过", "1995-08-03", "3562", None, False, False),
    ("2021 年 4 月 16 日第 8762 次会议通过", "2021-04-16", "8762", None, False, False),
    ("２０２１年４月１６日安全理事会第８７６２次会议通过", "2021-04-16", "8762", None, False, False),
    ("2016年12月13日安全理事會第7834次會議通過", "2016-12-13", "7834", None, False, False),
    ("2021年4月16日8762次会议通过", "2021-04-16", "8762", None, False, False),
    ("安全理事会2020年3月30日通过", "2020-03-30", None, None, False, False),
    ("2020年3月30日安全理事会通过", "2020-03-30", None, None, False, False),
    ("安全理事会于2021年4月16日第8762次会议上通过", "2021-04-16", "8762", None, False, False),
    ("安全理事会第8762次会议于2021年4月16日通过", "2021-04-16", "8762", None, False, False),
    ("[2021年4月16日，安理会第8762次会议一致通过]", "2021-04-16", "8762", None, True, False),
    ("2021年4月16日安全理事会第8762次会议（视频）通过。", "2021-04-16", "8762", None, False, False),
    ("一九七四年五月三十一日安全理事会第一七七四次会议通过", "1974-05-31", "1774", None, False, False),
    ("第2087次会议以12票对零票、2票弃权通过。", None, "2087", "12票对零票、2票弃权", False, False),
    (
        "2021年4月16日安全理事会第8762次会议以13票赞成、2票弃权获得通过",
        "2021-04-16",
        "8762",
        "13票赞成、2票弃权",
        False,
        False,
    ),
    ("2020年5月29日安全理事会以书面表决方式通过", "2020-05-29", None, None, False, True),
]

NO_LINES = [
    "2021年4月16日大会第59次全体会议通过",
    "2021年4月16日安全理事会第8762次会议未通过",
    "2021年4月16日安全理事会第8762次会议以10票赞成、2票反对，未获通过",
    "2021年4月16日安全理事会第8762次会议通过了第2571(2021)号决议",
    "安全理事会通过",
    "安全理事会，",
    "决定继续处理此案。",
]

TITLES = {
    "第2511(2020)号决议": "S/RES/2511(2020)",
    "安全理事会第2511(2020)号决议": "S/RES/2511(2020)",
    "第2511（2020）號決議*": "S/RES/2511(2020)",
    "一九七八年九月二十九日第四三五(一九七八)号决议": "S/RES/435(1978)",
    "第1970(2011)号决议所设委员会": None,
    "第2511(2020)号决议的执行情况": None,
    "第2511(2020)号决议草案": None,
    "第70/1号决议": None,
}


@pytest.mark.parametrize("case", LINES, ids=[case[0] for case in LINES])
def test_lines(case: tuple[str, str | None, str | None, str | None, bool, bool]) -> None:
    line = adoption_line(normalize(case[0])[0])
    assert line is not None
    day = line.day.iso if line.day else None
    assert (day, line.number, line.vote, line.unanimous, line.written) == case[1:]


@pytest.mark.parametrize("text", NO_LINES)
def test_no_lines(text: str) -> None:
    assert adoption_line(text) is None


@pytest.mark.parametrize("text", TITLES)
def test_titles(text: str) -> None:
    assert title_symbol(normalize(text)[0]) == TITLES[text]


@given(st.dates(), st.integers(1, 9999))
def test_a_printed_line_is_read_back(day: object, number: int) -> None:
    year, month, date = str(day).split("-")
    if int(year) < 1946 or int(year) > 2090:
        return
    line = adoption_line(f"{year}年{int(month)}月{int(date)}日安全理事会第{number}次会议通过")
    assert line is not None
    assert line.day is not None
    assert (line.day.iso, line.number) == (str(day), str(number))
