"""What each paragraph is, the heading tree, and what the top of a document says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, DocumentKind
from kg.read import read_document, read_text
from kg.structure import LETTER_TITLE, structure
from kg.text import normalize

TITLE = "2022 年 8 月 12 日中国常驻联合国代表给秘书长的信"
LETTERHEAD = """联合国 S/2022/617
安全理事会
Distr.: General
12 August 2022
Chinese
Original: English
"""


def read(text: str) -> Document:
    return structure(read_text(text, source="a.txt"))


def roles(document: Document) -> list[tuple[str, str | None, str]]:
    return [(p.role, p.number, document.text[p.start : p.end]) for p in document.paragraphs]


def test_letterhead() -> None:
    document = read(f"{LETTERHEAD}{TITLE}\n谨通知阁下，中国将举行会议。\n常驻代表\n特命全权大使\n张军(签名)\n")
    assert [role for role, _, _ in roles(document)] == [*["letterhead"] * 6, "title", "prose", *["signature"] * 3]
    assert (document.symbol, document.id, document.date) == ("S/2022/617", "S-2022-617", "2022-08-12")
    assert (document.kind, document.title) == (DocumentKind.LETTER, normalize(TITLE)[0])


def test_resolution() -> None:
    top = LETTERHEAD.replace("S/2022/617", "S/RES/2507 (2020)").replace("12 August 2022", "31 January 2020")
    document = read(
        f"{top}第 2507(2020)号决议\n2020 年 1 月 31 日安全理事会第 8712 次会议通过\n安全理事会，\n1. 决定延长措施；\n"
    )
    assert (document.symbol, document.id) == ("S/RES/2507(2020)", "S-RES-2507-2020")
    assert (document.kind, document.date) == (DocumentKind.RESOLUTION, "2020-01-31")
    assert document.title == "第2507(2020)号决议"


PARAGRAPHS = {
    # after prose has begun
    "1. 联合国是多边主义的重要支柱。": ("prose", "1"),
    "1.联合国是多边主义的重要支柱。": ("prose", "1"),
    "6.2015年2月安理会举行会议。": ("prose", "6"),
    "(a) 促请会员国协助；": ("prose", "(a)"),
    "(十二) 促请会员国协助；": ("prose", "(十二)"),
    "• 加强合作；": ("bullet", "•"),
    "○ 加强合作；": ("bullet", "○"),
    "\uf0b7 加强合作；": ("bullet", "\uf0b7"),
    "一. 引言": ("heading", "一"),
    "二、 背景": ("heading", "二"),
    "A. 概述": ("heading", "A"),
    "利比亚": ("heading", None),
    "如何更好弘扬多边主义？": ("heading", None),
    "苏丹/南苏丹(阿卜耶伊)": ("heading", None),
    "附件": ("title", None),
    "附件一": ("title", None),
    "附文 2": ("title", None),
    TITLE: ("title", None),
    TITLE + "的附件": ("title", None),
    "马朝旭(签名)": ("signature", None),
    "张军（签字）": ("signature", None),
    "(签名)张军": ("signature", None),
    "(临时代办 张军 代签)": ("signature", None),
    # decoys
    "14.5 毫米或以下口径武器。": ("prose", None),
    "1 月 31 日，安理会举行会议。": ("prose", None),
    "一、二和三号文件。": ("prose", "一"),
    "请将本信作为安全理事会文件分发为荷。": ("prose", None),
    "安全理事会，": ("prose", None),
    "会议讨论以下问题：": ("prose", None),
    "附件中载有概念说明。": ("prose", None),
    "秘书长在给安理会的信中指出，会议的形式如下。": ("prose", None),
    "信(签名)由秘书长转交安全理事会主席，并作为安全理事会的正式文件分发给各会员国。": ("prose", None),
    "字" * 61: ("prose", None),
}


@pytest.mark.parametrize("text", PARAGRAPHS)
def test_roles(text: str) -> None:
    document = read(f"安全理事会举行了会议。\n{text}\n会议结束了。\n")
    assert roles(document)[1] == (*PARAGRAPHS[text], text)


def test_short_lines_are_letterhead_only_at_the_top() -> None:
    document = read("安全理事会\n会议开始了。\n安全理事会\n会议结束了。\n")
    assert [role for role, _, _ in roles(document)] == ["letterhead", "prose", "heading", "prose"]


def test_lines_above_a_signed_name() -> None:
    document = read("会议结束了。\n中华人民共和国常驻联合国代表\n特命全权大使\n马朝旭(签名)\n利比亚\n会议结束了。\n")
    assert [role for role, _, _ in roles(document)] == [
        "prose",
        "signature",
        "signature",
        "signature",
        "heading",
        "prose",
    ]


TREE = f"""{TITLE}
谨通知阁下。
{TITLE}的附件
越南担任主席期间安全理事会工作评价
导言
安理会举行了会议。
非洲
利比亚
1 月 6 日，安理会举行了磋商。
马里
1 月 15 日，安理会举行了通报会。
亚洲
阿富汗
1 月 20 日，安理会举行了会议。
附件二
日程
1 月。
"""


def test_tree_of_headings() -> None:
    document = read(TREE)
    paths = {
        document.text[p.start : p.end]: document.headings(p.section) for p in document.paragraphs if p.role == "prose"
    }
    assert paths["谨通知阁下。"] == ()
    assert paths["1 月 6 日，安理会举行了磋商。"][-2:] == ("非洲", "利比亚")
    assert paths["1 月 15 日，安理会举行了通报会。"][-1] == "马里"
    assert "利比亚" not in paths["1 月 15 日，安理会举行了通报会。"]
    assert "非洲" not in paths["1 月。"]
    assert [s.kind for s in document.sections if s.kind != "section"] == ["body", "annex", "annex"]


def check_tree(document: Document) -> None:
    for i, section in enumerate(document.sections):
        assert 0 <= section.start <= section.end <= len(document.text)
        assert section.parent is None or section.parent < i
        if section.parent is not None:
            parent = document.sections[section.parent]
            assert parent.level < section.level
            assert parent.start <= section.start
            assert section.end <= parent.end
    for paragraph in document.paragraphs:
        assert document.sections[paragraph.section].start <= paragraph.start


def test_trees_of_the_seeds(seeds: Path) -> None:
    for path in sorted(seeds.iterdir()):
        document = structure(read_document(path))
        check_tree(document)
        assert document.kind == DocumentKind.LETTER
        assert document.title is not None
        assert LETTER_TITLE.match(document.title)
        assert sum(s.kind == "annex" for s in document.sections) == 1


lines = st.lists(
    st.sampled_from(
        ["利比亚", "附件", "附件二", "一. 引言", "A. 概述", "1. 决定", "会议结束了。", "张军(签名)", "• 加强", TITLE]
    ),
    max_size=40,
)


@given(lines)
@settings(deadline=None)
def test_any_row_of_headings_is_a_tree(rows: list[str]) -> None:
    check_tree(read("\n".join(rows)))


@given(st.text())
@settings(deadline=None)
def test_any_text_has_a_structure(text: str) -> None:
    before = read_text(text, source="a.txt")
    after = structure(before)
    assert after.text == before.text
    assert [(p.start, p.end) for p in after.paragraphs] == [(p.start, p.end) for p in before.paragraphs]
    check_tree(after)


def test_many_headings() -> None:
    """A search back over all earlier headings for each would not end; no clock is needed to notice."""
    for line in ("安理会\n", "附件\n", "一. 引言\nA. 概述\n", "A. 概述\n"):
        check_tree(read(line * 6000))


KINDS = {
    f"{TITLE}\n谨通知阁下。": DocumentKind.LETTER,
    "第 2507(2020)号决议\n安全理事会，": DocumentKind.RESOLUTION,
    "安全理事会主席的声明\n安全理事会重申。": DocumentKind.PRESIDENTIAL_STATEMENT,
    "安全理事会新闻声明\n安理会成员谴责了袭击。": DocumentKind.PRESS_STATEMENT,
    "安全理事会第 8699 次会议临时议程\n1. 通过议程。": DocumentKind.AGENDA,
    "安全理事会主席的说明\n安理会商定。": DocumentKind.NOTE,
    "秘书长关于联合国西非和萨赫勒办事处活动的报告\n报告如下。": DocumentKind.REPORT,
    # decoys
    "安理会通过了第 2507(2020)号决议。\n会议结束了。": DocumentKind.OTHER,
    "会议记录\n会议结束了。": DocumentKind.OTHER,
    "": DocumentKind.OTHER,
}


@pytest.mark.parametrize("text", KINDS)
def test_kinds(text: str) -> None:
    assert read(text + "\n").kind == KINDS[text]


TITLES = {
    "2022年8月12日中国常驻联合国代表给秘书长的信": ("中国常驻联合国代表", "秘书长", "信", None),
    "2020年3月31日越南常驻联合国代表给安全理事会主席的信的附件": (
        "越南常驻联合国代表",
        "安全理事会主席",
        "信",
        "的附件",
    ),
    "2020年1月3日法国和德国常驻联合国代表致秘书长和安全理事会主席的同文信": (
        "法国和德国常驻联合国代表",
        "秘书长和安全理事会主席",
        "同文信",
        None,
    ),
    "2020年1月3日秘书长写给安全理事会主席的信": ("秘书长", "安全理事会主席", "信", None),
    "2020年1月3日常驻代表团给秘书长的普通照会附件二": ("常驻代表团", "秘书长", "普通照会", "附件二"),
    "安全理事会关于索马里的第751(1992)号决议所设委员会主席2019年11月1日给安全理事会主席的信": (
        "安全理事会关于索马里的第751(1992)号决议所设委员会主席",
        "安全理事会主席",
        "信",
        None,
    ),
    "一九九八年三月十二日安全理事会主席给秘书长的信": ("安全理事会主席", "秘书长", "信", None),
    "2015年1月2日秘书长给安全理事会主席的信(1月5日收到)": ("秘书长", "安全理事会主席", "信", None),
    # decoys
    "谨提及中国常驻联合国代表2022年8月12日给秘书长的信": None,
    "2022年8月12日中国常驻联合国代表给秘书长的信。": None,
    "8月12日中国常驻联合国代表给秘书长的信": None,
    "2022年8月12日，中国常驻联合国代表给秘书长的信": None,
    "中国常驻联合国代表给秘书长的信": None,
    "2022年8月12日中国给秘书长的建议": None,
}


@pytest.mark.parametrize("text", TITLES)
def test_titles_of_letters(text: str) -> None:
    match = LETTER_TITLE.match(text)
    assert (match and match.group("sender", "recipient", "form", "annex")) == TITLES[text]


@pytest.mark.parametrize(
    ("top", "date"),
    [
        ("Distr.: General\n31 January 2020\n", "2020-01-31"),
        ("Distr.: General\n31 February 2020\n", None),
        ("Distr.: General\n3 Januar 2020\n", None),
        ("2020 年 1 月 31 日安全理事会第 8712 次会议通过\n", "2020-01-31"),
        ("2019 年 2 月 29 日中国常驻联合国代表给秘书长的信\n", None),
        ("2020 年 1 月 31 日，安全理事会第 8712 次会议通过了一项决议。\n", None),
    ],
)
def test_dates_at_the_top(top: str, date: str | None) -> None:
    assert read(top + "安全理事会举行了会议。\n").date == date


def test_a_symbol_in_prose_is_not_the_documents_own() -> None:
    assert read("安理会审议了报告(S/2019/1005)。\nS/2019/1006 号文件已分发。\n").symbol is None
