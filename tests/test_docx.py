"""Word documents: numbers that no text holds, changes as accepted, tables, footnotes, pages; what hostile files try."""

from __future__ import annotations

import io
import zipfile

import pytest

from kg.errors import EmptyInputError, InputError, UnreadableInputError, UnsupportedInputError
from kg.read import Source, read_source
from kg.read.numerals import numeral

SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {SPACES}>{inner}</w:{root}>'


def docx(body: str, *, pages: int | None = None, **parts: str) -> bytes:
    """A container with the body and other parts, each given by what stands inside its root."""
    file = io.BytesIO()
    relations = "".join(f'<Relationship Id="{name}" Type="{TYPE}/{name}" Target="{name}.xml"/>' for name in parts)
    head = f'<Relationships xmlns="{PACKAGE}/relationships">'
    roots = {"header": "hdr"}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        extended = f'<Relationship Id="x" Type="{TYPE}/extended-properties" Target="docProps/app.xml"/>'
        main = f'<Relationship Id="m" Type="{TYPE}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f"{head}{main}{extended}</Relationships>")
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        archive.writestr("word/_rels/document.xml.rels", f"{head}{relations}</Relationships>")
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", part(roots.get(name, name), inner))
        if pages is not None:
            namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
            archive.writestr("docProps/app.xml", f'<Properties xmlns="{namespace}"><Pages>{pages}</Pages></Properties>')
    return file.getvalue()


def p(*inner: str, about: str = "") -> str:
    """A paragraph of runs; text that is no XML becomes a run."""
    properties = f"<w:pPr>{about}</w:pPr>" if about else ""
    return f"<w:p>{properties}{''.join(each if each.startswith('<') else r(each) for each in inner)}</w:p>"


def r(text: str, about: str = "") -> str:
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """Cells are given by their paragraphs."""
    inner = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{inner}</w:tbl>"


def numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def abstract(id_: int, *levels: tuple[str, str], start: int = 1) -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{id_}">{inner}</w:abstractNum>'


def num(id_: int, base: int, more: str = "") -> str:
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{base}"/>{more}</w:num>'


def read(data: bytes) -> Source:
    found = read_source(data, source="a.docx")
    document, text = found
    for i, char in enumerate(document.text):
        at = document.to_file(i)
        printed = text[at : at + 1]
        assert char == printed or (char.isspace() and (not printed or printed.isspace()))
    return found


def paragraphs(found: Source | bytes, role: str = "prose") -> list[str]:
    document = (read(found) if isinstance(found, bytes) else found).document
    return [document.text[p.start : p.end] for p in document.paragraphs if p.role == role]


UN = abstract(1, ("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))
HAN = abstract(2, ("chineseCounting", "%1、"), ("decimal", "%1.%2"))
BULLETS = abstract(3, ("bullet", "\uf0b7"), ("bullet", "-"))


def test_operative_paragraphs_carry_their_printed_numbers() -> None:
    body = (
        p("回顾以往各项决议，")
        + p("决定延长任务期限；", about=numbered(1))
        + p("请秘书长：", about=numbered(1))
        + p("提出报告；", about=numbered(1, 1))
        + p("报告须载有：", about=numbered(1, 1))
        + p("甲；", about=numbered(1, 2))
        + p("乙；", about=numbered(1, 2))
        + p("", about=numbered(1))
        + p("决定继续处理此案。", about=numbered(1))
        + p("丙；", about=numbered(1, 1))
    )
    assert paragraphs(docx(body, numbering=UN + num(1, 1))) == [
        "回顾以往各项决议，",
        "1. 决定延长任务期限；",
        "2. 请秘书长：",
        "(a) 提出报告；",
        "(b) 报告须载有：",
        "(i) 甲；",
        "(ii) 乙；",
        "4. 决定继续处理此案。",
        "(a) 丙；",
    ]


def test_lists_go_on_or_begin_again() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = "".join(p(word, about=numbered(n)) for word, n in (("甲", 1), ("乙", 2), ("丙", 3), ("丁", 3), ("戊", 9)))
    assert paragraphs(docx(body, numbering=UN + num(1, 1) + num(2, 1) + num(3, 1, again))) == [
        "1. 甲",
        "2. 乙",
        "1. 丙",
        "2. 丁",
        "戊",
    ]


def test_numbers_of_many_forms() -> None:
    body = (
        p("引言", about=numbered(2))
        + p("背景", about=numbered(2))
        + p("其一", about=numbered(2, 1))
        + p("圆点", about=numbered(3))
        + p("横线", about=numbered(3, 1))
    )
    found = paragraphs(docx(body, numbering=HAN + BULLETS + num(2, 2) + num(3, 3)))
    assert found == ["一、 引言", "二、 背景", "二.1 其一", "• 圆点", "- 横线"]


def test_numbers_that_come_from_the_style() -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Base"><w:pPr>{numbered(1)}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Para"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("甲", about='<w:pStyle w:val="Para"/>')
        + p("无", about=f'<w:pStyle w:val="Para"/>{off}')
        + p("乙", about='<w:pStyle w:val="Para"/>')
        + p("环", about='<w:pStyle w:val="Loop"/>')
    )
    assert paragraphs(docx(body, numbering=UN + num(1, 1), styles=styles)) == ["1. 甲", "无", "2. 乙", "环"]


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("upperRoman", 14, "XIV"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 15, "十五"),
        ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("none", 3, ""),
        ("cardinalText", 3, "3"),
    ],
)
def test_numerals(form: str, value: int, shown: str) -> None:
    assert numeral(value, form) == shown


def test_changes_are_as_accepted() -> None:
    body = (
        p(
            "安理会",
            "<w:ins>" + r("昨天") + "</w:ins>",
            "<w:del><w:r><w:delText>今天</w:delText></w:r></w:del>",
            "举行会议。",
        )
        + p("<w:moveFrom>" + r("搬走") + "</w:moveFrom>", "<w:moveTo>" + r("搬来") + "</w:moveTo>")
        + p("一段", about="<w:rPr><w:del/></w:rPr>")
        + p("接着。")
        + "<w:ins>"
        + p("整段加入。")
        + "</w:ins>"
    )
    assert paragraphs(docx(body)) == ["安理会昨天举行会议。", "搬来", "一段接着。", "整段加入。"]


def test_what_wraps_text_is_looked_into() -> None:
    body = (
        "<w:sdt><w:sdtContent>"
        + p("控件中的段落")
        + "</w:sdtContent></w:sdt>"
        + p("见", "<w:sdt><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>", "和")
        + p("<w:hyperlink>" + r("第2507(2020)号决议") + "</w:hyperlink>", "。")
        + p("<w:smartTag><w:customXml>" + r("标签") + "</w:customXml></w:smartTag>")
        + p("<w:fldSimple>" + r("简单域") + "</w:fldSimple>")
        + p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:instrText>REF _x</w:instrText></w:r>",
            r("代码"),
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            r("第5段"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "。",
        )
        + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("没有结束"))
        + p("下一段")
    )
    found = paragraphs(docx(body))
    assert found == ["控件中的段落", "见控件和", "第2507(2020)号决议。", "标签", "简单域", "第5段。", "下一段"]


def test_signs_inside_runs() -> None:
    body = (
        p("甲", "<w:r><w:tab/></w:r>", "乙", "<w:r><w:br/></w:r>", "丙")
        + p("A", "<w:r><w:noBreakHyphen/></w:r>", "B", "<w:r><w:softHyphen/></w:r>", "C")
        + p('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>', " 点")
        + p(r("看不见", "<w:vanish/>"), r("看得见", '<w:vanish w:val="0"/>'))
        + p("<w:r><w:ruby><w:rt>" + r("zhù") + "</w:rt><w:rubyBase>" + r("注") + "</w:rubyBase></w:ruby></w:r>")
        + p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")
    )
    assert paragraphs(docx(body)) == ["甲\t乙", "丙", "A-BC", "• 点", "看得见", "注", "x"]


def test_footnotes_follow_the_paragraph_that_calls_them() -> None:
    def call(kind: str, id_: int, more: str = "") -> str:
        return f'<w:r><w:{kind}Reference w:id="{id_}"{more}/></w:r>'

    notes = (
        '<w:footnote w:type="separator" w:id="-1">' + p("线") + "</w:footnote>"
        '<w:footnote w:id="2">' + p("<w:r><w:footnoteRef/></w:r>", " 见S/2015/730。") + p("第二段。") + "</w:footnote>"
        '<w:footnote w:id="3">' + p("另见。") + "</w:footnote><w:footnote w:id='4'>" + p("* 星号。") + "</w:footnote>"
    )
    ends = '<w:endnote w:id="1">' + p("文末。") + "</w:endnote>"
    star = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>'
    body = (
        p("甲", call("footnote", 3), "。", star)
        + p("乙", call("footnote", 2), call("endnote", 1), call("footnote", 99), "。")
        + p("丙。")
    )
    found = read(docx(body, footnotes=notes, endnotes=ends))
    document = found.document
    assert [(q.role, document.text[q.start : q.end]) for q in document.paragraphs] == [
        ("prose", "甲。"),
        ("footnote", "1 另见。"),
        ("footnote", "* 星号。"),
        ("prose", "乙。"),
        ("footnote", "2 见S/2015/730。"),
        ("footnote", "第二段。"),
        ("footnote", "i 文末。"),
        ("prose", "丙。"),
    ]


def test_tables_go_row_by_row() -> None:
    nested = table((p("内"), p("层")))
    body = (
        table(
            (p("联合国"), p("S/2020/270")), (p("安全理事会"), p("Distr.: General") + p("31 March 2020") + p("Chinese"))
        )
        + table((p("日期"), p("会议"), p("")), (p("3月5日"), p("第8700次会议"), p("中东局势")))
        + table((p("安理会举行了会议。") + p("会后无成果。"), nested))
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("删去的行")
        + "</w:tc></w:tr>"
        "<w:sdt><w:sdtContent><w:tr><w:tc>" + p("控件中的行") + "</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    assert paragraphs(docx(body)) == [
        *("联合国\tS/2020/270", "安全理事会", "Distr.: General", "31 March 2020", "Chinese"),
        *("日期\t会议", "3月5日\t第8700次会议\t中东局势"),
        *("安理会举行了会议。", "会后无成果。", "内\t层"),
        "控件中的行",
    ]


def test_text_boxes_stand_behind_their_paragraph_once() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('框里')}</w:txbxContent></wps:txbx>"
    drawing = f"<w:drawing>{box}</w:drawing>"
    old = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    both = f"<mc:AlternateContent><mc:Choice>{drawing}</mc:Choice>{old}</mc:AlternateContent>"
    assert paragraphs(docx(p("段落", f"<w:r>{both}</w:r>") + p("后"))) == ["段落", "框里", "后"]


BREAK = '<w:r><w:br w:type="page"/></w:r>'
RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_pages() -> None:
    section = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
    body = (
        p("一页")
        + p(BREAK)
        + p(RENDERED, "二页")
        + p("还在二页，", RENDERED, "到了三页。")
        + p("四页", about="<w:pageBreakBefore/>")
        + p("还在四页", about=section)
        + p("五页")
    )
    document = read(docx(body)).document
    words = ("一页", "二页", "还在二页", "到了三页", "四页", "还在四页", "五页")
    assert [document.page(document.text.index(word)) for word in words] == [1, 2, 2, 3, 4, 4, 5]
    assert document.text.splitlines()[2] == "还在二页，到了三页。"


def test_breaks_that_are_not_all_pages_are_none() -> None:
    body = p("一页") + p(BREAK, "后面")
    assert read(docx(body, pages=2)).document.page(0) == 1
    assert read(docx(body)).document.page(0) == 1
    assert read(docx(body, pages=7)).document.page(0) is None
    assert read(docx(p("一页"))).document.page(0) is None


def test_the_masthead_in_a_header_of_the_first_page() -> None:
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header"/>{}</w:sectPr>'
    header = table((p("联合国"), p("S/2020/270")))
    first = docx(p("正文") + section.format("<w:titlePg/>"), header=header)
    assert paragraphs(first) == ["联合国\tS/2020/270", "正文"]
    assert paragraphs(docx(p("正文") + section.format(""), header=header)) == ["正文"]


def test_lines_of_a_converted_pdf_are_joined() -> None:
    lines = [
        "\u30001月31日，安理会以13票赞成、0票反对、2票弃权通过了第2507(2020)号决议，把联",
        "合国某特派团的任务期限延长六个月，至七月三十一日为止。它还请秘书长在九十天以内就",
        "特派团执行任务的情况以及需要的资源提出一份详细的书面报告，并且在报告里说明今后的",
        "计划和安排。",
    ]
    assert len(paragraphs(docx("".join(p(line) for line in lines * 3)))) == 3


def hostile(name: str, content: str) -> bytes:
    file = io.BytesIO(docx(p("x")))
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return out.getvalue()


BOMB = (
    '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
REFUSED: dict[str, tuple[bytes, type[InputError], str]] = {
    "entity bomb": (hostile("word/document.xml", BOMB), UnsupportedInputError, "declares a document type"),
    "nested without end": (docx("<w:sdt>" * 500 + "</w:sdt>" * 500), UnsupportedInputError, "nests without end"),
    "broken XML": (
        hostile("word/document.xml", "<w:document"),
        UnsupportedInputError,
        r"word/document.xml: broken XML: .*, line 1",
    ),
    "a bomb of zeros": (hostile("word/document.xml", " " * 40_000_000), UnsupportedInputError, "bytes are too many"),
    "no text": (docx(p("") + table((p(""),))), EmptyInputError, "no text in it"),
    "cut": (docx(p("x" * 500))[:-200], UnreadableInputError, "broken or cut zip file"),
    "no body": (hostile("word/document.xml", f"<w:document {SPACES}/>"), UnsupportedInputError, "without its text"),
    "encrypted": (
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        UnsupportedInputError,
        "encrypted .*password",
    ),
    "old Word": (b"\xd0\xcf\x11\xe0" + bytes(100) + b"x", UnsupportedInputError, "old Word"),
    "text": ("安理会".encode(), UnsupportedInputError, "ends in .docx, but is no docx file"),
    "another archive": (b"", UnsupportedInputError, "a zip archive, not a document"),
}


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in names:
            new.writestr(name, "x")
    return file.getvalue()


REFUSED["another archive"] = (archive("a.txt"), *REFUSED["another archive"][1:])
REFUSED["Excel"] = (
    archive("[Content_Types].xml", "xl/workbook.xml"),
    UnsupportedInputError,
    "an Excel file, which is not",
)
REFUSED["OpenDocument"] = (archive("mimetype", "META-INF/manifest.xml"), UnsupportedInputError, "OpenDocument")


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    data, error, words = REFUSED[name]
    with pytest.raises(error, match=words) as caught:
        read_source(data, source="a.docx")
    assert (caught.value.where or "").startswith("a.docx")
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_a_damaged_part() -> None:
    data = bytearray(docx(p("安全理事会" * 50)))
    at = data.index(b"word/document.xml") + 60
    data[at] ^= 0xFF
    with pytest.raises(UnreadableInputError, match="damaged in its archive"):
        read_source(bytes(data), source="a.docx")
