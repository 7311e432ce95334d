"""News items: what is one, of which day, and the days that its words say."""

from __future__ import annotations

import pytest

from kg.extract import extract, extract_line
from kg.model import Document, DocumentKind, OffsetMap, Paragraph
from kg.news import news_head
from kg.text import normalize


def _document(text: str) -> Document:
    lines = text.strip().splitlines()
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    return Document(
        id="item",
        source="item.txt",
        sha256="",
        text="".join(f"{line}\n" for line in lines),
        to_file=OffsetMap.identity(),
        encoding="utf-8",
        paragraphs=tuple(
            Paragraph(start, start + len(line), "prose") for start, line in zip(starts, lines, strict=True)
        ),
    )


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("新华社联合国2020年7月7日电（记者王岩）联合国安理会7日举行会议。", "2020-07-07"),
        ("联合国2016年5月10日电  联合国安理会10日举行会议。", "2016-05-10"),
        ("安理会举行会议\n本报联合国2022年7月12日讯 安理会12日举行会议。", "2022-07-12"),
        ("新華社聯合國2021年7月8日電　聯合國安理會8日舉行會議。", "2021-07-08"),
        ("纽约，2021年3月10日——安理会今天举行会议。", "2021-03-10"),
        ("联合国新闻 2020年5月8日\n安理会举行会议\n安理会周五举行会议。", "2020-05-08"),
        ("安理会举行会议\n联合国新闻 2020年5月8日——安理会今天举行会议。", "2020-05-08"),
        ("【联合国新闻】\n2020年5月8日\n安理会举行会议\n安理会周五举行会议。", "2020-05-08"),
        ("安理会举行会议\n2020年5月8日 联合国新闻\n安理会周五举行会议。", "2020-05-08"),
        # the year of the page's own line: above, below, and across the end of the year
        ("标题\n2018年06月29日 08:15:22　来源：新华网\n新华社联合国6月28日电 安理会28日举行会议。", "2018-06-28"),
        ("中新社联合国11月30日电 安理会30日举行会议。\n2016-12-01 06:12 来源：中国新闻网", "2016-11-30"),
        ("2020年1月1日 07:30 来源：新华网\n新华社联合国12月31日电 安理会31日举行会议。", "2019-12-31"),
        ("2021年7月9日 07:30 来源：中央社\n（中央社纽约8日专电）安理会8日举行会议。", "2021-07-08"),
        # of what the lead says was adopted, or how long something goes on
        ("新华社联合国10月25日电 安理会今天一致通过第1272（1999）号决议。", "1999-10-25"),
        ("新华社联合国9月19日电 安理会19日否决了决议草案（S/2019/761）。", "2019-09-19"),
        ("新华社联合国6月28日电 安理会28日将其任期延长一年至2019年6月30日。", "2018-06-28"),
        # no year anywhere, or one of something else
        ("新华社联合国3月15日电 联合国安理会15日举行会议。", None),
        ("新华社联合国3月15日电 安理会15日举行会议，重申2011年3月17日第1973（2011）号决议。", None),
        ("央视网消息：安理会举行会议。", None),
    ],
)
def test_news(text: str, date: str | None) -> None:
    found = extract(_document(text)).document
    assert found.kind == DocumentKind.NEWS
    assert found.date == date


@pytest.mark.parametrize(
    "text",
    [
        "2020年7月7日中国常驻联合国代表给秘书长的信\n新华社联合国2020年7月7日电 安理会举行会议。",
        "据新华社报道，安理会2020年7月7日举行会议。",
        "据央视网消息，安理会2020年7月7日举行会议。",
        "安理会2020年7月7日举行会议。",
        "联合国2020年7月7日收到来信。",
        "纽约，2021年3月10日",
        "2020年7月7日安全理事会第8746次会议通过",
        "联合国新闻部2020年5月8日发表声明。",
    ],
)
def test_no_news(text: str) -> None:
    assert extract(_document(text)).document.kind != DocumentKind.NEWS


def test_a_headline_opens_no_section_and_is_the_title() -> None:
    lines = (
        "2018年06月29日 08:15 来源：新华网",
        "安理会延长任期",
        "新华社联合国6月28日电 安理会28日开会。",
        "各方反应",
    )
    found = extract(_document("\n".join((*lines, "会议结束。")))).document
    assert found.title == "安理会延长任期"
    assert [section.title for section in found.sections] == ["", "各方反应"]


def test_the_text_begins_behind_the_dateline() -> None:
    line = normalize("新华社联合国8月12日电（记者 王某、李某）安理会12日举行会议。")[0]
    head = news_head([line])
    assert head is not None
    assert line[head.text_from :] == "安理会12日举行会议。"
    assert head.month_day == (8, 12)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("安理会今天举行公开会。", "2020-07-08"),
        ("安理会昨日举行公开会。", "2020-07-07"),
        ("安理会8日举行公开会。", "2020-07-08"),
        ("安理会当地时间7日举行公开会。", "2020-07-07"),
        ("安理会周二举行公开会。", "2020-07-07"),
        ("安理会周三（8日）举行公开会。", "2020-07-08"),
        ("安理会本周一举行公开会。", "2020-07-06"),
        ("安理会上周五举行公开会。", "2020-07-03"),
        ("安理会将于周五举行公开会。", "2020-07-10"),
        ("安理会定于下周一举行公开会。", "2020-07-13"),
        ("安理会30日举行公开会。", "2020-06-30"),
        ("安理会定于30日举行公开会。", "2020-07-30"),
        ("7日，各方提出草案。安理会次日举行公开会。", "2020-07-08"),
        ("7日，各方提出草案。安理会当天举行公开会。", "2020-07-07"),
        ("授权延长至7月6日。安理会当天举行公开会。", "2020-07-08"),
        ("安理会本月6日举行公开会。", "2020-07-06"),
    ],
)
def test_days_that_words_say(words: str, day: str) -> None:
    facts = extract_line(f"新华社联合国2020年7月8日电 {words}").facts
    assert [fact.values()["date"] for fact in facts if fact.type == "meeting"] == [day]


def test_words_say_no_day_elsewhere() -> None:
    facts = extract_line("2020年7月8日，各方提出草案。安理会昨天举行公开会，安理会周五举行公开会。").facts
    assert [fact for fact in facts if fact.type == "meeting"] == []
