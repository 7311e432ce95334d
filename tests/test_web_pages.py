"""Web pages: what a reader sees as the text, in whatever encoding, and pages that never close what they open."""

from __future__ import annotations

import codecs

import pytest

from kg.errors import EmptyInputError, InputError, UnsupportedInputError
from kg.read import Source, read_source


def read(page: str | bytes, encoding: str = "utf-8") -> Source:
    found = read_source(page if isinstance(page, bytes) else page.encode(encoding), source="a.html")
    document, text = found
    for i, char in enumerate(document.text):
        at = document.to_file(i)
        printed = text[at : at + 1]
        assert char == printed or (char.isspace() and (not printed or printed.isspace()))
    return found


def paragraphs(page: str | bytes, role: str = "prose") -> list[str]:
    document = read(page).document
    return [document.text[p.start : p.end] for p in document.paragraphs if p.role == role]


def body(inner: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>不读</title></head><body>{inner}</body></html>'


PAGES: dict[str, tuple[str, list[str]]] = {
    "blocks": ("<h1>标题</h1><p>一段</p><div>二段<div>三段</div>四段</div>", ["标题", "一段", "二段", "三段", "四段"]),
    "ends left out": ("<p>一段<p>二段<ul><li>甲<li>乙</ul>三段", ["一段", "二段", "• 甲", "• 乙", "三段"]),
    "what is no text": (
        "<script>var a = '<p>x</p>';</script><style>p{}</style><noscript>x</noscript><svg><text>x</text></svg>"
        "<p>正文<!-- <p>注释</p> --></p><template><p>x</p></template><p hidden>x</p><div style='display: none'>x</div>"
        "<span aria-hidden=true>x</span><select><option>x</select><button>x</button>",
        ["正文"],
    ),
    "the site around it": (
        "<header><h1>网站</h1></header><nav><ul><li>首页</ul></nav><main><p>正文</p></main><aside>旁边</aside>"
        "<footer>版权</footer>",
        ["正文"],
    ),
    "an article's own header": ("<article><header><h1>标题</h1></header><p>正文</p></article>", ["标题", "正文"]),
    "entities": ("<p>&ldquo;安&#29702;&#x4f1a;&rdquo;&nbsp;1&lt;2&amp;3</p>", ["“安理会” 1<2&3"]),
    "inline elements": ("<p>第<b>2507</b>(<i>2020</i>)<a href='x'>号</a>决议</p>", ["第2507(2020)号决议"]),
    "line ends of the source": (
        "<p>安理会\n   一致通过\r\n第2507(2020)号\nresolution\nadopted</p>",
        ["安理会一致通过第2507(2020)号resolution adopted"],
    ),
    "breaks": ("<p>一行<br>二行<br/>三行</p>", ["一行", "二行", "三行"]),
    "changes": ("<p>昨天<del>今天</del><ins>举行</ins>会议</p>", ["昨天举行会议"]),
    "rubies": ("<p><ruby>注<rp>(</rp><rt>zhù</rt></ruby>音</p>", ["注音"]),
    "numbered lists": (
        "<ol><li>甲</li><li>乙</li><li value=5>丙</li></ol><ol type=a start=2><li><p>丁</p><p>戊</p></li></ol>"
        "<ol type=I><li>己</ol>",
        ["1. 甲", "2. 乙", "5. 丙", "b. 丁", "戊", "I. 己"],
    ),
    "tables": (
        "<table><tr><th>日期<th>会议</tr><tr><td>3月5日</td><td>第8700次<br>会议</td></tr>"
        "<tr><td></td><td>其他</td></tr></table>",
        ["日期\t会议", "3月5日", "第8700次", "会议", "其他"],
    ),
    "a table for the layout": ("<table><tr><td><p>一段。</p><p>二段。</p></td></tr></table>", ["一段。", "二段。"]),
    "a table in a table": (
        "<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td><td>丙</td></tr></table>",
        ["甲\t乙\t丙"],
    ),
    "calls of footnotes": (
        "<p>通过了决议。<sup>1</sup>又说<sup><a href='#2'>[2]</a></sup>面积5 km<sup>2</sup>，第1<sup>st</sup></p>",
        ["通过了决议。又说面积5 km2，第1st"],
    ),
    "a stray less-than": ("<p>1 < 2 而且 <3</p><p>后</p>", ["1 < 2 而且 <3", "后"]),
    "all in a nav that never ends": ("<nav><p>菜单</p><p>正文</p>", ["菜单", "正文"]),
    "an unclosed comment": ("<p>前<!-- 不完</p><p>后</p>", ["前 不完", "后"]),
    "wide blanks": ("<p>\u3000\u3000安理会</p><p>&emsp;&emsp;会议</p>", ["安理会", "会议"]),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    inner, expected = PAGES[name]
    assert paragraphs(body(inner)) == expected


def test_footnotes() -> None:
    page = body("<p>决议。<sup>1</sup></p><p><sup>1</sup> 见S/2020/1。</p>")
    assert paragraphs(page) == ["决议。"]
    assert paragraphs(page, "footnote") == ["1 见S/2020/1。"]


def test_printed_lines_in_pre() -> None:
    lines = [
        " 1 月 31 日，安理会以 13 票赞成、0 票反对、2 票弃权通过了第 2507(2020)号",
        "决议，把联合国某特派团的任务期限延长至 2020 年 7 月 31 日。它还请秘书长在",
        "九十天以内提出一份书面报告，说明特派团执行任务的情况以及需要的各种资源，并",
        "且说明今后的计划。 ",
    ]
    assert len(paragraphs(body(f"<pre>{chr(10).join(line + chr(10) for line in lines * 2)}</pre>"))) == 2


def test_a_link_between_printed_lines() -> None:
    lines = [
        "安理会在磋商中听取了负责该地区问题的秘书长特别代表的通报，并就今后几个月的工作",
        "https://undocs.org/S/2020/1",
    ]
    lines += ["交换了意见。安理会成员表示支持特别代表的各项努力，并请他在下个月再次向安理会通报", "情况和进展。"]
    document, text = read(body(f"<pre>{chr(10).join(lines * 3)}</pre>"))
    assert [link.url for link in document.links] == ["https://undocs.org/S/2020/1"] * 3
    assert all(text[link.file_start : link.file_end] == link.url for link in document.links)
    assert "undocs" not in document.text


SIMPLE, OLD = "安理会举行会议，听取了通报。", "安理會舉行會議，聽取了通報。"
ENCODED: dict[str, tuple[bytes, str, str]] = {
    "utf-8": (body(f"<p>{SIMPLE}").encode(), SIMPLE, "utf-8"),
    "utf-8 with its mark": (codecs.BOM_UTF8 + body(f"<p>{SIMPLE}").encode(), SIMPLE, "utf-8"),
    "gb2312 named, GB18030 used": (
        f"<html><meta charset=gb2312><p>{SIMPLE}朱镕基".encode("gb18030"),
        f"{SIMPLE}朱镕基",
        "gb18030",
    ),
    "gbk in http-equiv": (
        f'<html><meta http-equiv="Content-Type" content="text/html; charset=gbk"><p>{SIMPLE}'.encode("gbk"),
        SIMPLE,
        "gb18030",
    ),
    "big5": (f"<html><meta charset=big5><p>{OLD}".encode("big5"), OLD, "big5hkscs"),
    "no charset, GB18030": (f"<html><p>{SIMPLE}".encode("gb18030"), SIMPLE, "gb18030"),
    "no charset, Big5": (f"<html><p>{OLD}".encode("big5"), OLD, "big5hkscs"),
    "a charset that does not fit": (f"<html><meta charset=utf-8><p>{SIMPLE}".encode("gb18030"), SIMPLE, "gb18030"),
    "a Latin charset named": (f"<html><meta charset=iso-8859-1><p>{SIMPLE}".encode("gbk"), SIMPLE, "gb18030"),
    "utf-16": (f"<html><meta charset=utf-16><p>{SIMPLE}".encode("utf-16"), SIMPLE, "utf-16-le"),
    "utf-16 the other way round": (
        codecs.BOM_UTF16_BE + f"<html><p>{SIMPLE}".encode("utf-16-be"),
        SIMPLE,
        "utf-16-be",
    ),
    "xhtml": (
        f'<?xml version="1.0" encoding="gb18030"?><!DOCTYPE html><html><p>{SIMPLE}</p></html>'.encode("gb18030"),
        SIMPLE,
        "gb18030",
    ),
}


@pytest.mark.parametrize("name", ENCODED)
def test_encodings(name: str) -> None:
    data, text, encoding = ENCODED[name]
    document = read(data).document
    assert (document.text, document.encoding, document.format) == (f"{text}\n", encoding, "HTML")


def test_the_encoding_asked_for_goes_first() -> None:
    data = f"<html><meta charset=utf-8><p>{SIMPLE}".encode("gb18030")
    assert read_source(data, source="a.html", encoding="gb18030").document.text == f"{SIMPLE}\n"
    with pytest.raises(InputError, match="not utf-8"):
        read_source(data, source="a.html", encoding="utf-8")


def test_a_fragment_is_known_by_its_ending() -> None:
    assert paragraphs("<p>一段</p>二段") == ["一段", "二段"]


def test_a_page_is_known_by_its_beginning() -> None:
    page = b"\n<!-- saved -->\n<!DOCTYPE HTML PUBLIC>\n<HTML><BODY><P>" + "安理会".encode()
    assert read_source(page, source="saved.txt").document.format == "HTML"
    assert read_source("html 是一种格式".encode(), source="a.txt").document.format == "text"


REFUSED: dict[str, tuple[str, type[InputError], str]] = {
    "made by a script": (body("<div id=root></div><script>x</script>"), EmptyInputError, "no text on the page"),
    "nested without end": (body("<div>" * 400 + "x"), UnsupportedInputError, "nest without end"),
    "empty": ("", EmptyInputError, "the file is empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    page, error, words = REFUSED[name]
    with pytest.raises(error, match=words) as caught:
        read(page)
    assert caught.value.where == "a.html"
    assert caught.value.remedy


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<!--",
            "<!",
            "<?",
            "<![CDATA[",
            "<a ",
            "<a b='",
            "</",
            "<",
            "&",
            "&#",
            "<p a=",
            "<script>",
            '<a b="<',
            "<!-->",
        ),
        *("<b> </b>", "x<sup>1</sup>", "x<br>", "<ol start=99999999999><li>x</ol>", "<td>"),
    ],
)
def test_pages_that_never_close_what_they_open_are_read(piece: str) -> None:
    """Some of these take Python's parser a time that grows with their square: it would not end here."""
    assert "安理会" in read(body(f"<p>安理会</p>{piece * 100_000}")).document.text
