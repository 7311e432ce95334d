"""Ends of mandates as a calendar: RFC 5545 to the octet, read back by the icalendar library."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError, GraphError
from kg.export.files import export_files
from kg.export.ics import _folded, _text, make_calendar
from kg.model import MandateDecision
from kg.store import Store, open_graph
from kg.timeline import timelines
from tests.synthetic import MANDATES, document, extraction
from tests.synthetic import graph as quads
from tests.test_queries import decided, of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Kg

UNMISS = Store.of(quads(MANDATES))


def read(text: str) -> list[Any]:
    """The events, after all that every calendar must obey."""
    assert text.endswith("END:VCALENDAR\r\n")
    for line in text.encode("utf-8").split(b"\r\n"):
        assert len(line) <= 75
        assert not set(line) & {*range(32), 127}
        line.decode("utf-8")  # no character is cut
    calendar: Any = icalendar.Calendar.from_ical(text)
    assert calendar.errors == []
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    events = list(calendar.walk("VEVENT"))
    assert events
    for event in events:
        assert event.errors == []
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES"} <= set(event)
        assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-60), timedelta(days=-14)]
        assert all(alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"] for alarm in event.walk("VALARM"))
    assert len({event["UID"] for event in events}) == len(events)
    return events


def events(store: Store, **options: Any) -> list[Any]:
    return read(make_calendar(store.select, **options).text)


def ends(store: Store, **options: Any) -> list[date]:
    return [event["DTSTART"].dt for event in events(store, **options)]


def test_seeds(graph: Path) -> None:
    store = open_graph(graph)
    found = {str(event["SUMMARY"]).split("（")[1].split("）")[0]: event for event in events(store)}
    assert {name: str(event["DTSTART"].dt) for name, event in found.items()} == {
        line.holder: line.end for line in timelines(store.select) if line.end
    }
    event = found["UNFICYP"]
    assert event["UID"] == "mandate-decision-a1c5e1e7b837971c@w3id.org"
    assert event["DTSTART"].dt == date(2020, 7, 31)
    assert event["DTEND"].dt == date(2020, 8, 1)
    assert event["DTSTAMP"].dt == datetime(2020, 1, 30, tzinfo=UTC)
    assert event["URL"] == "https://docs.un.org/zh/S/RES/2506(2020)"
    assert event["SUMMARY"] == (
        "联合国驻塞浦路斯维持和平部队（UNFICYP）任务期限届满 / "
        "United Nations Peacekeeping Force in Cyprus mandate expires"
    )
    assert str(event["DESCRIPTION"]).split("\n") == [
        "2020-01-30，延长 / extend，S/RES/2506(2020)",
        "止期 / End: 2020-07-31（文中载明 / as printed）",
        "“1 月 30 日，安理会一致通过了第 2506(2020)号决议，"
        "决定将联塞部队的任务期限延长 6 个月，至 2020 年 7 月 31 日。”",
        "越南常驻联合国代表. 2020年3月31日越南常驻联合国代表给安全理事会主席的信的附件[Z]. 2020-03-31.",
    ]
    assert event["CATEGORIES"].cats == ["特派团", "Missions"]
    assert found["sanctions-2127"]["CATEGORIES"].cats == ["制裁、小组与授权", "Sanctions, panels, authorizations"]


def test_what_has_no_end_is_told(graph: Path, kg: Kg, tmp_path: Path) -> None:
    done = kg("export", graph, "-o", tmp_path / "a.ics")
    assert done.status == 0
    assert "left out, their end is not known: UNAMA" in done.err


def test_only_what_is_in_force() -> None:
    assert ends(UNMISS) == [date(2017, 12, 15)]
    store = of(decided(1, "2020-01-01", "2020-12-31"), decided(2, "2020-03-01", None, "terminate"))
    with pytest.raises(GraphError, match="no mandate whose end is known"):
        make_calendar(store.select)


@pytest.mark.parametrize(
    ("asof", "end"),
    [("2016-07-28", (2016, 7, 31)), ("2016-07-29", (2016, 8, 12)), ("2017-12-15", (2017, 12, 15))],
)
def test_as_known_on_a_day(asof: str, end: tuple[int, int, int]) -> None:
    (event,) = events(UNMISS, asof=asof)
    assert event["DTSTART"].dt == date(*end)
    assert f"As known on {asof}" in event["DESCRIPTION"]


@pytest.mark.parametrize("asof", ["2011-07-07", "2017-12-16"])
def test_before_anything_and_after_everything(asof: str) -> None:
    with pytest.raises(GraphError):
        make_calendar(UNMISS.select, asof=asof)


def test_all_terms() -> None:
    found = events(UNMISS, all_terms=True)
    (line,) = timelines(UNMISS.select)
    assert [str(event["DTSTART"].dt) for event in found] == [term.end for term in line.terms]
    assert "Decided next: 2012-07-05，延长 / extend，S/RES/2057(2012)" in found[0]["DESCRIPTION"]
    assert "Decided next" not in found[-1]["DESCRIPTION"]
    (now,) = events(UNMISS)
    assert now == found[-1], "a term has one event, whatever else is shown"


def test_an_early_end_is_told_as_one() -> None:
    store = of(decided(1, "2020-01-01", "2020-12-31"), decided(2, "2020-03-01", "2020-06-30", "terminate"))
    (event,) = events(store, asof="2020-04-01")
    assert event["DTSTART"].dt == date(2020, 6, 30)
    assert "终止" in event["SUMMARY"]
    assert "ends by decision" in event["SUMMARY"]


@pytest.mark.parametrize(
    ("until", "first", "after"),
    [
        ("2024-06", date(2024, 6, 1), date(2024, 7, 1)),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1)),
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
    ],
)
def test_a_partial_end_is_all_its_days(until: str, first: date, after: date) -> None:
    (event,) = events(of(decided(1, "2020-01-01", until)))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, after)
    assert f"End: {until}" in event["DESCRIPTION"]
    assert "The day is not known" in event["DESCRIPTION"]


def test_a_decision_by_letter_has_its_documents_address() -> None:
    fact = MandateDecision(action="extend", holder="UNAMA", until="2023-03-17", date="2020-01-31")
    doc = document("S-2020-1", "某事。\n", symbol="S/2020/1", pages=(0,))
    (event,) = events(Store.of(quads(extraction(doc, (fact, "某事")))))
    assert event["URL"] == "https://docs.un.org/zh/S/2020/1"
    assert "S/2020/1[Z]" in event["DESCRIPTION"]


def test_the_same_bytes_and_no_clock(graph: Path, tmp_path: Path) -> None:
    store = open_graph(graph)
    assert make_calendar(store.select) == make_calendar(store.select)
    year = str(datetime.now(tz=UTC).year)
    assert f":{year}" not in make_calendar(store.select).text


def test_uid_outlives_other_documents() -> None:
    more = Store.of(
        quads(MANDATES, extraction(document("d", "某事。\n"), (decided(1, "2020-01-01", "2020-12-31"), "某事")))
    )
    assert events(UNMISS)[0] in events(more)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_comes_back(text: str) -> None:
    line = _folded(f"SUMMARY:{_text(text)}")
    assert all(len(piece) <= 75 for piece in line.encode("utf-8").split(b"\r\n"))
    event: Any = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{line}END:VEVENT\r\n")
    plain = "\n".join(" ".join(_clean(row).split(" ")) for row in text.split("\n"))
    assert str(event["SUMMARY"]) == plain


def _clean(row: str) -> str:
    from kg.export.sources import one_line

    return one_line(row)


@pytest.mark.parametrize("length", range(55, 80))
def test_folds_at_octets(length: int) -> None:
    line = "SUMMARY:" + "a" * length + "安理会𠀀" * 10
    folded = _folded(line)
    assert folded.replace("\r\n ", "") == f"{line}\r\n"
    assert all(len(piece) <= 75 for piece in folded.encode("utf-8").split(b"\r\n"))


@pytest.mark.parametrize("option", [{"asof": "2020-01-01"}, {"all_terms": True}])
def test_options_of_calendars_are_for_calendars(option: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"is for calendars \(end it in .ics\)"):
        export_files(UNMISS, str(tmp_path / "a.ttl"), **option)
    assert list(tmp_path.iterdir()) == []


def test_command(kg: Kg, graph: Path, tmp_path: Path) -> None:
    assert kg("export", graph, "-o", tmp_path / "a.ics", "--asof", "2020-02-01").status == 0
    assert len(read((tmp_path / "a.ics").read_bytes().decode())) == 5
    assert kg("export", graph, "-o", tmp_path / "b.ics", "--asof", "soon").status == 2
    assert kg("export", graph, "-o", tmp_path / "c.ics", "--asof", "2019-01-01").status == 1
    assert {path.name for path in tmp_path.iterdir()} == {"a.ics"}
