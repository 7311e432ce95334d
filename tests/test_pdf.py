"""PDFs: what is printed becomes the text it stands for, page by page, and what cannot be read is said in one line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from kg.errors import EmptyInputError, InputError, MissingReaderError, UnreadableInputError, UnsupportedInputError
from kg.read import Source, read_source
from tests.pdfs import Sheet, column, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Kg

FIRST = (
    "3月5日，安理会以13票赞成、0票反对、2票弃权通过了第2507(2020)号决议，把联合国某特派团的任务期限延长6个月，"
    "至9月5日。安理会还请秘书长在90天内提出报告，说明特派团如何执行任务。"
)
SECOND = "3月9日，安理会在磋商中听取了负责该地区问题的秘书长特别代表的通报，并就今后几个月的工作交换了意见。"
WIDE = 36
LEFT = 120.0


def read(data: bytes) -> Source:
    found = read_source(data, source="a.pdf")
    check(found)
    return found


def check(found: Source) -> None:
    """Every character leads back to itself in the file text, a blank or line end to one or to a line end."""
    document, text = found
    for i, char in enumerate(document.text):
        at = document.to_file(i)
        printed = text[at : at + 1]
        assert char == printed or (char.isspace() and (not printed or printed.isspace()))
    for link in document.links:
        assert text[link.file_start : link.file_end] == link.url


def paragraphs(found: Source, role: str = "prose") -> list[str]:
    document = found.document
    return [document.text[p.start : p.end] for p in document.paragraphs if p.role == role]


def pages(found: Source) -> list[int | None]:
    return [found.document.page(p.start) for p in found.document.paragraphs]


def masthead(sheet: Sheet) -> Sheet:
    sheet.write("联 合 国", 60, 740, 14).write("S/2020/270", 420, 740, 16)
    sheet.write("安全理事会", 60, 715, 20)
    for i, line in enumerate(("Distr.: General", "31 March 2020", "Chinese", "Original: English")):
        sheet.write(line, 420, 715 - 14 * i, font="latin")
    return sheet.rule(60, 733, 490).rule(60, 660, 490)


MASTHEAD = ["联 合 国 S/2020/270", "安全理事会 Distr.: General", "31 March 2020", "Chinese", "Original: English"]


def indented(*texts: str, width: int = WIDE) -> list[str]:
    """Lines of paragraphs whose first line is set in, with no room between them."""
    return [line for text in texts for line in column(f"\u3000\u3000{text}", width)]


def test_lines_broken_inside_words_are_joined() -> None:
    found = read(pdf(Sheet().lines(indented(FIRST, SECOND), LEFT, 700)))
    assert paragraphs(found) == [FIRST, SECOND]
    assert found.document.format == "PDF"
    assert "\n" in found.text.strip()


def test_paragraphs_told_by_the_room_between_them() -> None:
    sheet = Sheet().lines(column(FIRST, WIDE), LEFT, 700)
    sheet.lines(column(SECOND, WIDE), LEFT, 600)
    assert paragraphs(read(pdf(sheet))) == [FIRST, SECOND]


def test_masthead_title_and_signature() -> None:
    title = "2020年3月31日越南常驻联合国代表给安全理事会主席的信"
    sheet = masthead(Sheet()).lines(column(title, 22), LEFT, 630, pitch=20, size=14)
    sheet.lines(indented(FIRST, SECOND), LEFT, 560)
    sheet.lines(["越南社会主义共和国常驻联合国代表", "特命全权大使", "某人(签名)"], 330, 400)
    found = read(pdf(sheet))
    signature = ["越南社会主义共和国常驻联合国代表", "特命全权大使", "某人(签名)"]
    assert paragraphs(found) == [*MASTHEAD, title, FIRST, SECOND, *signature]


def test_furniture_of_pages_is_no_text() -> None:
    lines = indented(FIRST, SECOND, FIRST, SECOND)
    one = masthead(Sheet()).lines(lines[:5], LEFT, 600)
    one.write("20-04634 (C)    070420    080420", 60, 50, 8, "latin").write("请回收", 500, 50, 8)
    one.write("*2004634*", 60, 36, 8, "latin")
    two = Sheet().write("S/2020/270", 60, 750, 9, "latin").lines(lines[5:8], LEFT, 700)
    two.write("2/3", 60, 40, 8, "latin").write("20-04634", 500, 40, 8, "latin")
    three = Sheet().write("S/2020/270", 500, 750, 9, "latin").lines(lines[8:], LEFT, 700)
    three.write("20-04634", 60, 40, 8, "latin").write("3/3", 500, 40, 8, "latin")
    found = read(pdf(one, two, three))
    assert paragraphs(found) == [*MASTHEAD, FIRST, SECOND, FIRST, SECOND]
    assert "20-04634" in found.text, "the file text has what is printed"
    assert found.document.page(found.document.text.index("安理会还请")) == 1
    assert found.document.page(len(found.document.text) - 3) == 3


def test_the_symbol_of_a_running_head_names_the_document_where_the_masthead_is_a_picture() -> None:
    lines = indented(FIRST)
    two = Sheet().write("S/2020/270", 60, 750, 9, "latin").lines(lines[2:], LEFT, 700)
    three = Sheet().write("S/2020/270", 60, 750, 9, "latin").lines(indented(SECOND), LEFT, 700)
    found = read(pdf(Sheet().lines(lines[:2], LEFT, 160), two, three))
    assert paragraphs(found) == ["S/2020/270", FIRST, SECOND]
    assert pages(found) == [2, 1, 3]


def test_the_running_head_of_a_record() -> None:
    two = Sheet().write("S/PV.8699", 60, 750, 9).write("中东局势", 280, 750, 9).write("09/01/2020", 480, 750, 9)
    found = read(pdf(Sheet().lines(indented(FIRST), LEFT, 700), two.lines(indented(SECOND), LEFT, 700)))
    assert paragraphs(found) == [FIRST, SECOND]


def test_running_heads_are_known_because_they_come_again() -> None:
    sheets = [
        Sheet()
        .write("安全理事会工作评价草稿", 60, 750, 9)
        .lines(indented(FIRST if i % 2 else SECOND), LEFT, 700)
        .write(f"- {i + 1} -", 300, 40, 8, "latin")
        for i in range(4)
    ]
    found = read(pdf(*sheets))
    head = "安全理事会工作评价草稿"
    assert paragraphs(found) == [head, SECOND, FIRST, SECOND, FIRST], "on the first page it may be the title"
    assert pages(found) == [1, 1, 2, 3, 4]


def test_what_browsers_print_at_the_edges() -> None:
    sheet = Sheet().write("3/5/20, 9:41 AM", 30, 775, 8, "latin").write("新闻", 300, 775, 8)
    sheet.lines(indented(FIRST), LEFT, 700).write("https://a.org/news/1", 30, 15, 8, "latin").write(
        "1/1", 570, 15, 8, "latin"
    )
    assert paragraphs(read(pdf(sheet))) == [FIRST]


def test_a_number_at_the_foot_that_belongs_to_the_text() -> None:
    lines = [*column(FIRST, WIDE)[:2], "2020"]
    found = read(pdf(Sheet().lines(lines, LEFT, 110)))
    assert found.document.text.endswith("2020\n")


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = indented(FIRST)
    found = read(pdf(Sheet().lines(lines[:2], LEFT, 120), Sheet().lines(lines[2:], LEFT, 700)))
    assert paragraphs(found) == [FIRST]
    document = found.document
    assert document.page(0) == 1
    assert document.page(document.text.index("提出报告")) == 2


def test_a_heading_at_the_top_of_a_page_stays_one() -> None:
    lines = indented(FIRST)
    last = "安理会还请秘书长在今后九十天以内向安理会成员提出一份详细的书面报告并说明一切。"
    first = Sheet().lines([*lines[:-1], *column(last, WIDE)], LEFT, 200)
    second = Sheet().lines(["利比亚"], LEFT, 700).lines(indented(SECOND), LEFT, 675)
    assert paragraphs(read(pdf(first, second)))[1:] == ["利比亚", SECOND]


def test_two_columns_are_read_one_after_the_other() -> None:
    long = FIRST + SECOND
    sheet = masthead(Sheet())
    sheet.lines(indented(long, SECOND, width=22), 60, 630).lines(indented(SECOND, long, width=22), 320, 627)
    found = read(pdf(sheet))
    assert paragraphs(found) == [*MASTHEAD, long, SECOND, SECOND, long]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    lines = indented(FIRST + SECOND, SECOND + FIRST, width=22)
    sheet = Sheet().lines(lines[:6], 60, 700).lines(lines[6:], 320, 700)
    assert paragraphs(read(pdf(sheet))) == [FIRST + SECOND, SECOND + FIRST]


def test_rows_of_a_table_are_no_columns() -> None:
    sheet = Sheet().lines(indented(FIRST), LEFT, 700)
    rows = [
        ("3月5日", "第8700次会议", "中东局势"),
        ("3月9日", "第8701次会议", "利比亚局势"),
        ("3月12日", "第8702次会议", "其他"),
    ]
    rows += [("3月16日", "第8703次会议", "马里局势"), ("3月19日", "第8704次会议", "也门局势")]
    for i, row in enumerate(rows):
        for x, cell in zip((120, 220, 380), row, strict=True):
            sheet.write(cell, x, 560 - 18 * i)
    assert paragraphs(read(pdf(sheet))) == [FIRST, *(" ".join(row) for row in rows)]


def test_footnotes_and_their_calls_leave_the_sentence() -> None:
    sheet = Sheet().lines(indented(SECOND), LEFT, 700)
    sheet.write("安理会收到了报告。", LEFT + 20, 640).write("1", LEFT + 110, 644, 6).write(
        "报告面积为5 km", LEFT + 115, 640
    )
    sheet.write("2", LEFT + 185, 644, 6).write("。", LEFT + 190, 640)
    sheet.rule(LEFT, 120, 90)
    sheet.write("1", LEFT + 10, 103, 5).write("见秘书长的报告(S/2020/15)。", LEFT + 14, 100, 8)
    sheet.write("2", LEFT + 10, 91, 5).write("另见第2500(2019)号决议。", LEFT + 14, 88, 8)
    found = read(pdf(sheet, Sheet().lines(indented(FIRST), LEFT, 700)))
    assert paragraphs(found) == [SECOND, "安理会收到了报告。报告面积为5 km2。", FIRST]
    assert paragraphs(found, "footnote") == ["1 见秘书长的报告(S/2020/15)。", "2 另见第2500(2019)号决议。"]
    assert pages(found) == [1, 1, 1, 1, 2]


def test_a_footnote_of_a_page_that_ends_in_mid_sentence() -> None:
    lines = indented(FIRST)
    one = Sheet().lines(lines[:2], LEFT, 160).rule(LEFT, 128, 90).write("1 见第2500(2019)号决议。", LEFT, 110, 8)
    found = read(pdf(one, Sheet().lines(lines[2:], LEFT, 700)))
    assert paragraphs(found) == [FIRST]
    assert paragraphs(found, "footnote") == ["1 见第2500(2019)号决议。"]
    assert pages(found) == [1, 1], "the footnote stands behind the paragraph, but on its own page"
    assert found.document.page(found.document.text.index("提出报告")) == 2


def test_a_call_at_the_end_of_a_line() -> None:
    sheet = Sheet().write("安理会收到了报告", LEFT, 700).write("1", LEFT + 80, 704, 6)
    sheet.write("安理会通过了A/RES/75/1", LEFT, 640).write("2", LEFT + 110, 644, 6).write("S/2020/1", LEFT, 625)
    sheet.rule(LEFT, 120, 90).write("1 见报告。", LEFT, 100, 8).write("2 另见报告。", LEFT, 88, 8)
    assert paragraphs(read(pdf(sheet)))[0] == "安理会收到了报告"


def test_footnotes_under_a_ruler_of_underscores_in_the_size_of_the_text() -> None:
    sheet = Sheet().lines(indented(SECOND), LEFT, 700).write("__________________", LEFT, 130)
    sheet.write("1 见秘书长的报告(S/2020/15)。", LEFT, 112).write(
        "2 见第2500(2019)号决议，其中安理会请秘书长在", LEFT, 98
    )
    sheet.write("90天内提出报告。", LEFT, 84)
    found = read(pdf(sheet))
    assert paragraphs(found) == [SECOND]
    notes = ["1 见秘书长的报告(S/2020/15)。", "2 见第2500(2019)号决议，其中安理会请秘书长在90天内提出报告。"]
    assert paragraphs(found, "footnote") == notes


def test_a_footnote_that_goes_on_over_the_page() -> None:
    one = Sheet().lines(indented(FIRST), LEFT, 700).rule(LEFT, 120, 90).write("1 见秘书长的报告，其中", LEFT, 100, 8)
    two = Sheet().lines(indented(SECOND), LEFT, 700).rule(LEFT, 120, 90).write("说明了情况。", LEFT, 100, 8)
    assert paragraphs(read(pdf(one, two)), "footnote") == ["1 见秘书长的报告，其中说明了情况。"]


def test_small_print_without_a_mark_is_text() -> None:
    sheet = Sheet().lines(indented(FIRST), LEFT, 700).write("本文件未经正式编辑。", LEFT, 150, 8)
    assert paragraphs(read(pdf(sheet)))[-1] == "本文件未经正式编辑。"


def test_numbered_paragraphs_and_lists() -> None:
    sheet = Sheet()
    numbered = ["1. " + FIRST, "2. " + SECOND]
    for i, text in enumerate(numbered):
        sheet.lines(column(text, WIDE), LEFT, 700 - 90 * i)
    items = [f"({letter}) {SECOND}" for letter in "ab"]
    for i, text in enumerate(items):
        first, *rest = column(text, WIDE - 2)
        sheet.write(first, LEFT, 500 - 60 * i).lines(rest, LEFT + 20, 485 - 60 * i)
    assert paragraphs(read(pdf(sheet))) == [*numbered, *items]


def test_a_link_on_a_line_of_its_own_is_lifted_out() -> None:
    lines = indented(FIRST)
    sheet = Sheet().lines(lines[:2], LEFT, 700).write("https://undocs.org/S/2020/270", LEFT, 670, font="latin")
    sheet.lines(lines[2:], LEFT, 655)
    found = read(pdf(sheet))
    assert [link.url for link in found.document.links] == ["https://undocs.org/S/2020/270"]
    assert "undocs" not in found.document.text


def test_an_address_over_a_line_end_keeps_together() -> None:
    sheet = Sheet().lines(
        ["\u3000\u3000" + "全文见" + "网站" * 12 + "http://www.un.org/secu", "ritycouncil。"], LEFT, 700
    )
    assert "http://www.un.org/securitycouncil。" in read(pdf(sheet)).document.text


def test_a_list_of_resolutions_that_leaves_the_line_before_it_short() -> None:
    long = "、".join(f"{number}({number - 500})" for number in range(2500, 2508))
    sheet = Sheet().lines(indented(SECOND), LEFT, 700)
    sheet.lines(["回顾其第", long, "号决议所载的各项规定，并重申必须全面执行这些规定，"], LEFT, 600)
    sheet.lines(["请秘书长提出报告。"], LEFT, 555)
    assert paragraphs(read(pdf(sheet)))[1].startswith(f"回顾其第{long}号决议")


def test_letters_that_the_font_tells_as_radicals() -> None:
    sheet = Sheet().write("大会见面，方言立即。", LEFT, 700, font="radicals")
    said = {
        "大": "⼤",
        "会": "会",
        "见": "⻅",
        "面": "⾯",
        "，": "，",
        "方": "⽅",
        "言": "⾔",
        "立": "⽴",
        "即": "即",
        "。": "。",
    }
    found = read(pdf(sheet, radicals=said))
    assert paragraphs(found) == ["大会见面，方言立即。"]


def test_bold_that_is_printed_twice() -> None:
    sheet = Sheet().write("安全理事会——主席", LEFT, 700).write("安全理事会——主席", LEFT + 0.3, 700)
    assert paragraphs(read(pdf(sheet))) == ["安全理事会——主席"]


def test_a_page_that_is_turned() -> None:
    sheet = Sheet(turned=90)
    for i, line in enumerate(indented(FIRST)):
        indent = len(line) - len(line.lstrip("\u3000"))
        sheet.write(line.lstrip("\u3000"), 100 + 15 * i, 100 + 10 * indent, up=True)
    assert paragraphs(read(pdf(sheet))) == [FIRST]


def test_a_page_whose_corner_is_elsewhere() -> None:
    sheet = Sheet(corner=(100, -500)).lines(indented(FIRST), LEFT + 100, 200).write("S/2020/270", 160, 250)
    sheet.write("2/3", 160, -460, 8, "latin")
    assert paragraphs(read(pdf(TEXT, sheet))) == ["S/2020/270", FIRST, SECOND, FIRST]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_the_edges_of_a_turned_page(turned: int) -> None:
    """Turning the page turns what stands on it: this one is read upside down or sideways, its edges are its own."""
    sheet = Sheet(turned=turned).lines(indented(FIRST), LEFT, 700).write("2/3", 60, 40, 8, "latin")
    assert paragraphs(read(pdf(sheet))) == [FIRST]


def test_a_bold_line_as_wide_as_the_text_is_a_heading() -> None:
    heading = "安全理事会就非洲局势举行的会议以及会议通过的各项决议和发表的各项主席声明"[:WIDE]
    sheet = Sheet().write(heading, LEFT, 715, font="bold").lines(column(FIRST, WIDE), LEFT, 700)
    assert paragraphs(read(pdf(sheet))) == [heading, FIRST]


def test_text_that_runs_across_is_named() -> None:
    sheet = Sheet().lines(indented(FIRST), LEFT, 700).write("本文件为草稿，不得散发，不得引用。", 50, 200, up=True)
    (part,) = read(pdf(sheet)).document.unread
    assert (part.where, part.what) == ("page 1", "17 characters that run across the others: not read")


TEXT = Sheet().lines(indented(FIRST, SECOND), LEFT, 700)
REFUSED: dict[str, tuple[bytes, type[InputError], str]] = {
    "scanned": (pdf(Sheet().picture(), Sheet().picture()), UnsupportedInputError, "a scanned PDF: 2 of 2 pages .* OCR"),
    "scanned, with a page number": (
        pdf(*(Sheet().picture().write(f"{i}", 300, 40) for i in range(1, 4))),
        UnsupportedInputError,
        "a scanned PDF: 3 of 3 pages",
    ),
    "no text": (pdf(Sheet(), Sheet().rule(50, 50, 100)), EmptyInputError, "no text on its 2 pages"),
    "no pages": (pdf(), UnreadableInputError, "broken or cut PDF"),
    "encrypted": (pdf(TEXT, password=b"secret"), UnsupportedInputError, "an encrypted PDF .*password"),
    "cut": (pdf(TEXT, TEXT)[:3000], UnreadableInputError, "broken or cut PDF"),
    "a head only": (b"%PDF-1.7\n", UnreadableInputError, "broken or cut PDF"),
    "fonts that say nothing": (
        pdf(Sheet().write(FIRST[:40], 50, 700, font="mute")),
        UnsupportedInputError,
        "its fonts do not say which characters they print .40 of 40 unknown",
    ),
    "GBK told as Latin": (
        pdf(Sheet().write(FIRST[:40], 50, 700, font="gbk")),
        UnsupportedInputError,
        "its fonts tell Chinese as Latin letters",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    data, error, words = REFUSED[name]
    with pytest.raises(error, match=words) as caught:
        read_source(data, source="a.pdf")
    assert caught.value.where == "a.pdf"
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_what_is_missing_of_a_file_is_named(tmp_path: Path, kg: Kg) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(Sheet().picture(), TEXT, Sheet().picture(), Sheet().picture()))
    ran = kg("extract", "--text", path)
    assert ran.status == 3
    assert ran.out == f"{FIRST}\n{SECOND}\n"
    assert ran.err == "kg: skipped a.pdf, pages 1, 3-4: pictures with hardly any text: not read (run OCR on the file)\n"


def test_a_file_without_its_end_is_read_and_named() -> None:
    (part,) = read(pdf(TEXT).replace(b"%%EOF", b"")).document.unread
    assert "the file is cut" in part.what


def test_bytes_before_the_signature() -> None:
    assert paragraphs(read(b"\r\n\r\n" + pdf(TEXT))) == [FIRST, SECOND]


def test_without_the_extra(tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingReaderError, match=r"a\.pdf: .*\(pip install 'unsc-kg\[pdf\]'\)"):
        read_source(pdf(TEXT), source="a.pdf")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(TEXT))
    for ran in (kg("extract", path), kg("build", path, "-o", tmp_path / "out")):
        assert ran.status == 5
        assert "unsc-kg[pdf]" in ran.err
    (tmp_path / "good.txt").write_text(FIRST, "utf-8")
    ran = kg("extract", "--text", tmp_path)
    assert (ran.status, ran.out) == (3, f"{FIRST}\n"), "the others go on"
    assert "unsc-kg[pdf]" in ran.err


def test_the_same_bytes_give_the_same_text() -> None:
    data = pdf(masthead(Sheet()).lines(indented(FIRST, SECOND), LEFT, 600))
    assert read(data).text == read(data).text
