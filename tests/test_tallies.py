"""Counts of votes in running text."""

from __future__ import annotations

import pytest

from kg.extract.tallies import find_tallies, joined, seats
from kg.pipeline.scan import scan_all
from kg.text import normalize

Numbers = tuple[int | None, int | None, int | None, int | None]


def _tallies(text: str) -> list[Numbers]:
    masked = scan_all(normalize(text)[0]).masked
    return [(t.yes, t.no, t.abstaining, t.absent) for t in find_tallies(masked)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("以13票赞成、0票反对、2票弃权通过", (13, 0, 2, None)),
        ("以１４票贊成、１票棄權通過", (14, None, 1, None)),
        ("以十二票赞成、零票反对、三票弃权通过", (12, 0, 3, None)),
        ("以13票赞成、无反对票、两票弃权通过", (13, 0, 2, None)),
        ("13票赞成，没有反对票，2票弃权", (13, 0, 2, None)),
        ("以10票赞成、2票反对(中国、俄罗斯)、3票弃权(印度等)通过", (10, 2, 3, None)),
        ("以14票赞成、1票弃权、0票反对通过", (14, 0, 1, None)),
        ("以9票对0票、2票弃权通过", (9, 0, 2, None)),
        ("以13比0、2票弃权的表决结果通过", (13, 0, 2, None)),
        ("15个成员国全部投了赞成票", (15, None, None, None)),
        ("12个理事国投票赞成，3国弃权", (12, None, 3, None)),
        ("赞成：11票；反对：1票；弃权：3票", (11, 1, 3, None)),
        ("赞成票12张，反对票3张", (12, 3, None, None)),
        ("12票赞成、2票弃权、1个理事国没有参加表决", (12, None, 2, 1)),
        ("获得13票赞成，1票反对，1票弃权", (13, 1, 1, None)),
    ],
)
def test_counts(text: str, numbers: Numbers) -> None:
    assert _tallies(text) == [numbers]


@pytest.mark.parametrize(
    "text",
    ["反对单方面制裁", "得到15国集团的支持", "第13次会议", "赞成2015年的协议", "3个草案"],
)
def test_no_counts(text: str) -> None:
    assert _tallies(text) == []


def test_two_counts() -> None:
    assert _tallies("一份草案13票赞成、2票反对，另一份4票赞成、7票反对") == [(13, 2, None, None), (4, 7, None, None)]


def test_joined() -> None:
    masked = scan_all("获得13票赞成，无反对票，中国和俄罗斯两国弃权").masked
    whole = joined(find_tallies(masked))
    assert whole is not None
    assert (whole.yes, whole.no, whole.abstaining) == (13, 0, 2)
    assert joined(find_tallies("13票赞成；草案另获4票赞成")) is None


@pytest.mark.parametrize(
    ("text", "year", "carries", "complete"),
    [
        ("13票赞成、0票反对、2票弃权", 2020, True, True),
        ("9票赞成、6票弃权", 2020, True, True),
        ("8票赞成、0票反对、7票弃权", 2020, False, True),
        ("13票赞成、3票反对、2票弃权", 2020, False, False),
        ("13票赞成、0票反对、1票弃权", 2020, True, False),
        ("7票赞成、1票反对、3票弃权", 1960, True, True),
        ("9票赞成、0票反对、6票弃权", 1960, False, False),
        ("163票赞成、0票反对、2票弃权", 2020, False, False),
    ],
)
def test_what_a_council_can_vote(text: str, year: int, *, carries: bool, complete: bool) -> None:
    (tally,) = find_tallies(text)
    assert tally.carries(year) == carries
    assert tally.complete(year) == complete


def test_seats() -> None:
    assert [seats(year) for year in (None, 1965, 1966)] == [15, 11, 15]
