"""Dates and durations as printed, and the days they mean."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import DateExpression, add_duration, find_dates, parse_duration, resolve


def shown(date: DateExpression) -> str:
    """``2020-01-31`` ``2020-01`` ``2020``; ``--01-31`` without a year, ``---31`` no month; ``…`` ends a range."""
    year = f"{date.year:04d}" if date.year is not None else "-"
    month = f"-{date.month:02d}" if date.month is not None else ("-" if date.day is not None else "")
    day = f"-{date.day:02d}" if date.day is not None else ""
    return ("…" if date.range_end else "") + year + month + day


DATES: dict[str, list[tuple[str, str]]] = {
    "于2020年1月31日通过": [("2020年1月31日", "2020-01-31")],
    "2018年11月1日中国": [("2018年11月1日", "2018-11-01")],
    "2020年1月": [("2020年1月", "2020-01")],
    "2018年11月份主席": [("2018年11月份", "2018-11")],
    "2015年以来": [("2015年", "2015")],
    "二〇二〇年一月三十一日": [("二〇二〇年一月三十一日", "2020-01-31")],
    "一九九二年": [("一九九二年", "1992")],
    "二〇〇五年三月廿一日": [("二〇〇五年三月廿一日", "2005-03-21")],
    "1945年5月2号": [("1945年5月2号", "1945-05-02")],
    "1月31日，安理会": [("1月31日", "--01-31")],
    "三月份": [("三月份", "--03")],
    "星期一1月20日": [("1月20日", "--01-20")],
    "附件一2020年1月2日": [("2020年1月2日", "2020-01-02")],
    # one head for several days
    "1月9日、10日和13日": [("1月9日", "--01-09"), ("10日", "--01-10"), ("13日", "--01-13")],
    "1月9、10和13日": [("1月9", "--01-09"), ("10", "--01-10"), ("13日", "--01-13")],
    "2020年1月9日和2月3日": [("2020年1月9日", "2020-01-09"), ("2月3日", "--02-03")],
    # ranges
    "2014年12月2日至16日": [("2014年12月2日", "2014-12-02"), ("16日", "…2014-12-16")],
    "2014年12月2日至2015年1月3日": [("2014年12月2日", "2014-12-02"), ("2015年1月3日", "…2015-01-03")],
    "2014年12月2日至1月3日": [("2014年12月2日", "2014-12-02"), ("1月3日", "…2015-01-03")],
    "2014年10月至12月": [("2014年10月", "2014-10"), ("12月", "…2014-12")],
    "2016-2020年": [("2016", "2016"), ("2020年", "…2020")],
    "2019/20年": [("2019", "2019"), ("20年", "…2020")],
    "1999-02年": [("1999", "1999"), ("02年", "…2002")],
    "2018-2019两年期": [("2018", "2018"), ("2019", "…2019")],
    "2018、2019和2020年": [("2018", "2018"), ("2019", "2019"), ("2020年", "2020")],
    # a leap day, with and without a leap year
    "2020年2月29日": [("2020年2月29日", "2020-02-29")],
    "2月29日": [("2月29日", "--02-29")],
}

DECOYS = [
    "90年代初",
    "1990年代",
    "一九九〇年代",
    "2000多年",
    "70年历史",
    "20世纪",
    "第五十五届会议",
    "2020年度",
    "6个月",
    "十二个月",
    "第三月",
    "满三月",
    "13月5日",
    "0月5日",
    "一二月",
    "十十月",
    "2019年2月29日",
    "2020年2月30日",
    "4月31日",
    "2020年13月1日",
    "S/2019/1005",
    "第2019(2011)号决议",
    "3日内",
    "10日后",
    "21日游",
]

ROUND_DECOYS = {
    # a part is a date, what follows is not
    "1月9日，10日内提交": [("1月9日", "--01-09")],
    "1月9日，10日后生效": [("1月9日", "--01-09")],
    "2019年1月5号决议": [("2019年1月", "2019-01")],
    "2月29日、30日": [("2月29日", "--02-29")],
    "2020年1月1日元旦": [("2020年1月1日", "2020-01-01")],
    "2020年5月31日元": [("2020年5月", "2020-05")],
    "2020年3月13日日本常驻代表": [("2020年3月13日", "2020-03-13")],
}


@pytest.mark.parametrize("text", [*DATES, *DECOYS, *ROUND_DECOYS])
def test_dates(text: str) -> None:
    found = [(text[d.start : d.end], shown(d)) for d in find_dates(text)]
    assert found == (DATES | ROUND_DECOYS).get(text, [])


def test_days_that_lean_on_a_month() -> None:
    found = find_dates("2020年1月3日提交，同月5日散发")
    assert [d.iso for d in found] == ["2020-01-03", "2020-01-05"]
    assert [shown(d) for d in find_dates("本月8日")] == ["--" + "-08"]
    assert [shown(d) for d in find_dates("安理会7日以视频方式开会")] == ["--" + "-07"]
    assert find_dates("7日以内，10日后，8日电，3日前") == []


def test_a_day_that_the_month_lacks_has_no_iso() -> None:
    found = find_dates("2020年2月3日提交，同月31日散发")
    assert [d.iso for d in found] == ["2020-02-03", None]


styles = st.sampled_from(["{y}年{m}月{d}日", "{y}年{m}月{d}号", "{hy}年{hm}月{hd}日"])


def han(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones or not tens else "")


@given(
    st.dates(datetime.date(1946, 1, 1), datetime.date(2099, 12, 31)),
    styles,
    st.sampled_from(["", "于", "，", "星期二"]),
)
def test_a_printed_day_is_read_back(day: datetime.date, style: str, before: str) -> None:
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    printed = style.format(y=day.year, m=day.month, d=day.day, hy=year, hm=han(day.month), hd=han(day.day))
    found = find_dates(f"{before}{printed}，会议")
    assert [(d.start, d.end, d.iso) for d in found] == [(len(before), len(before) + len(printed), day.isoformat())]


@given(st.text(st.sampled_from("12390年月日号至、和，-/一十廿个第同内"), max_size=25))
def test_what_is_read_is_in_the_calendar_and_in_order(text: str) -> None:
    end = 0
    for date in find_dates(text):
        assert end <= date.start < date.end <= len(text)
        end = date.end
        if date.iso is not None and len(date.iso) == 10:
            datetime.date.fromisoformat(date.iso)
        assert date.month is None or 1 <= date.month <= 12


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    find_dates(text)


def test_resolve() -> None:
    undated = DateExpression(0, 5, None, 1, 31)
    assert resolve(undated, 2020).iso == "2020-01-31"
    assert resolve(DateExpression(0, 5, 2019, 1, 31), 2020).iso == "2019-01-31"
    assert resolve(DateExpression(0, 3, None, None, 8), 2020, 1).iso == "2020-01-08"
    assert resolve(DateExpression(0, 5, None, 2, 29), 2019).iso is None


# --- durations ----------------------------------------------------------------------------------------------------

DURATIONS = {
    "6个月": "P6M",
    "12个月": "P12M",
    "十二个月": "P12M",
    "一年": "P1Y",
    "两年": "P2Y",
    "一年半": "P18M",
    "半年": "P6M",
    "45天": "P45D",
    "六十天": "P60D",
    "两周": "P2W",
    "三星期": "P3W",
    "30日": "P30D",
    "三个半月": None,
    "十十年": None,
    "若干年": None,
    "6": None,
    "个月": None,
    "2020年": None,
    "": None,
}


@pytest.mark.parametrize("text", DURATIONS)
def test_durations(text: str) -> None:
    assert parse_duration(text) == DURATIONS[text]


ENDS = {
    ("2020-01-31", "P6M"): "2020-07-31",
    ("2020-01-31", "P1M"): "2020-02-29",
    ("2019-08-31", "P6M"): "2020-02-29",
    ("2020-02-29", "P1Y"): "2021-02-28",
    ("2020-01-31", "P18M"): "2021-07-31",
    ("2020-12-15", "P2W"): "2020-12-29",
    ("2020-12-15", "P45D"): "2021-01-29",
    ("2020-01-31", "P0D"): "2020-01-31",
    ("2021-12", "P30M"): "2024-06",
    ("2021-12", "P1Y"): "2022-12",
    # none
    ("2019-02-29", "P1M"): None,
    ("2020-01", "P30D"): None,
    ("2020-13", "P1M"): None,
    ("2020", "P1Y"): None,
    ("2020-01-31", "P1Y6M"): None,
    ("2020-01-31", "6M"): None,
    ("2020-01-31", "P9999Y"): None,
    ("2020-01-31", "P99999999999D"): None,
    ("gestern...", "P1D"): None,
    ("", "P1D"): None,
}


@pytest.mark.parametrize(("start", "duration"), ENDS)
def test_ends(start: str, duration: str) -> None:
    assert add_duration(start, duration) == ENDS[start, duration]


@given(st.dates(datetime.date(1946, 1, 1), datetime.date(2099, 12, 31)), st.integers(0, 600))
def test_months_end_on_the_same_day_or_the_last(day: datetime.date, months: int) -> None:
    ended = add_duration(day.isoformat(), f"P{months}M")
    assert ended is not None
    end = datetime.date.fromisoformat(ended)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or (end.day < day.day and (end + datetime.timedelta(days=1)).day == 1)


@given(st.dates(datetime.date(1946, 1, 1), datetime.date(2099, 12, 31)), st.integers(0, 500))
def test_weeks_end_on_the_same_weekday(day: datetime.date, weeks: int) -> None:
    ended = add_duration(day.isoformat(), f"P{weeks}W")
    assert ended == add_duration(day.isoformat(), f"P{7 * weeks}D")
    assert ended is not None
    assert datetime.date.fromisoformat(ended).weekday() == day.weekday()
