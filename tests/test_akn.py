"""Akoma Ntoso: the text as printed, every character once and in its place, and files that are broken or mean harm."""

from __future__ import annotations

import contextlib
import re
import xml.etree.ElementTree as ET
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import EmptyInputError, InputError, UnsupportedInputError
from kg.extract import extract
from kg.model import Document, DocumentKind, StatedBy
from kg.read import read_bytes, read_text
from kg.read.akn import is_akn
from kg.structure import structure
from tests.akn import COVER, NAMESPACE, PREAMBLE, akn, cover, meta, read, structured

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Kg

BODY = """    <mainBody>
      <paragraph eId="para_1" class="H1">
        <heading>\t\t联甲团</heading>
      </paragraph>
      <paragraph eId="para_2" class="SingleTxt">
        <num>1.</num>
        <content>
          <p xml:space="preserve">\t<span class="bold">决定</span>将联合国利比亚支助团(联利支助团)任务期限
延长至2031年12月31日；</p>
        </content>
      </paragraph>
      <paragraph eId="para_3" class="H23">
        <num>㈠</num>
        <subheading>\t豁免</subheading>
      </paragraph>
      <paragraph eId="para_4" class="SingleTxt">
        <num>2.</num>
        <list>
          <intro><p xml:space="preserve">\t<span class="bold">请</span>秘书长：</p></intro>
          <point><num>(a)</num><content><p xml:space="preserve">\t继续斡旋；</p></content></point>
          <point>
            <num>(b)</num>
            <intro><p>提交报告，说明：</p></intro>
            <sublist>
              <point><num>㈠</num><content><p>进展&amp;成效；</p></content></point>
              <point><num>㈡</num><subheading>性别平等</subheading><content><p><![CDATA[<所需>资源]]>；</p></content></point>
            </sublist>
          </point>
          <wrapUp><p xml:space="preserve">
            <span>还请</span>秘书长列入分析；</p></wrapUp>
        </list>
      </paragraph>
      <paragraph><num>3.</num><list><point><num>(a)</num><content><p>无引言；</p></content></point></list></paragraph>
      <paragraph eId="para_5"><num>4.</num><content><p>决定继续处理此案。</p></content></paragraph>
    </mainBody>
    <attachments><attachment><doc name="annex">
      <meta><identification><FRBRWork><FRBRdate date="2031-01-31" name="adoption"/></FRBRWork></identification></meta>
      <mainBody>
        <paragraph class="H1"><heading>附件 A</heading></paragraph>
        <paragraph><content><p xml:space="preserve">\t(a)\t名单，见Christopher
 Smith和中国
 代表；</p></content></paragraph>
      </mainBody></doc></attachment></attachments>"""
LINES = """letterhead - 联合国
letterhead - S/RES/2999 (2031)
letterhead - 安全理事会
letterhead - Distr.: General
letterhead - 31 January 2031
heading - 第2999(2031)号决议
heading - 2031年1月31日9999次会议通过
prose - 安全理事会，
prose - 回顾其第716(1991)号决议，
heading - 联甲团
prose 1 1. 决定将联合国利比亚支助团(联利支助团)任务期限延长至2031年12月31日；
heading ㈠ ㈠ 豁免
prose 2 2. 请秘书长：
prose (a) (a) 继续斡旋；
prose (b) (b) 提交报告，说明：
prose ㈠ ㈠ 进展&成效；
heading ㈡ ㈡ 性别平等
prose - <所需>资源；
prose - 还请秘书长列入分析；
prose 3 3.
prose (a) (a) 无引言；
prose 4 4. 决定继续处理此案。
title - 附件 A
prose (a) (a) 名单，见Christopher Smith和中国代表；"""
WHOLE = f"{meta()}\n{COVER}\n{PREAMBLE}\n{BODY}"


def lines(document: Document) -> str:
    return "\n".join(
        f"{p.role} {p.number or '-'} {document.text[p.start : p.end]}"
        for p in document.paragraphs
        if p.role != "metadata"
    )


def printed(text: str) -> list[str]:
    """Characters of a file that are no layout, in its order: all but blanks, outside ``meta``. By another parser."""

    def walk(element: ET.Element) -> str:
        if element.tag.rpartition("}")[2] == "meta":
            return element.tail or ""
        return (element.text or "") + "".join(map(walk, element)) + (element.tail or "")

    return list("".join(walk(ET.fromstring(text)).split()))


def check_places(document: Document, file: str) -> None:
    """Every character of a paragraph stands at its place in the file, or the file has a reference or layout there."""
    for i, character in enumerate(document.text):
        there = file[document.to_file(i)]
        layout = character.isspace() and (there.isspace() or there == "<")
        assert there == character or there == "&" or layout or character == "\n", i


def test_the_text_is_as_printed() -> None:
    document = structured(WHOLE)
    assert lines(document) == LINES
    assert document.kind is DocumentKind.RESOLUTION
    assert (document.symbol, document.date, document.language) == ("S/RES/2999(2031)", "2031-01-31", "zh")
    assert document.title == "第2999(2031)号决议"
    assert document.id == "S-RES-2999-2031"
    check_places(document, akn(WHOLE))
    body = "".join(document.text[p.start : p.end] for p in document.paragraphs if p.role != "metadata")
    assert [c for c in body if not c.isspace()] == printed(akn(WHOLE))


def test_what_the_file_states_stands_at_the_end_as_it_stands_there() -> None:
    document = structured(WHOLE)
    roles = [p.role for p in document.paragraphs]
    first = roles.index("metadata")
    assert set(roles[first:]) == {"metadata"}
    said = [document.text[p.start : p.end] for p in document.paragraphs[first:]]
    file = akn(WHOLE)
    assert all(element in file for element in said)
    assert said[0] == '<FRBRdate date="2031-01-31" name="adoption">'
    assert '<step date="2031-01-30" outcome="draftResolution" as="S/2031/79" by="France" />' in said
    assert '<count value="015" refersTo="inFavour">' in said
    assert '<organization refersTo="memberState">CÔTE D\'IVOIRE</organization>' in said
    assert said[-1] == '<inline name="adoptionMeeting" title="9999">'
    assert not any("AdditionalSponsors" in element or "docketNumber" in element for element in said)
    (link,) = (item for item in document.metadata if item.name == "a")
    assert document.text[link.start : link.end] == "716(1991)"
    assert link.get("href") == "https://undocs.org/ch/S/RES/716(1991)"
    for item, element in zip((i for i in document.metadata if i.name != "a"), said, strict=True):
        assert document.text[item.start : item.end] == element


def test_an_element_over_several_lines_is_one_line() -> None:
    tag = '<step date="2031-01-31"\n\t outcome="adopted" as="S/PV.9999"\n by="Adopted &amp; signed" />'
    document = read(akn(f"<meta><workflow>{tag}</workflow></meta><body><p>文</p></body>"))
    assert document.text.splitlines() == [
        "文",
        '<step date="2031-01-31" outcome="adopted" as="S/PV.9999" by="Adopted &amp; signed" />',
    ]
    assert document.metadata[0].get("by") == "Adopted & signed"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>甲<authorialNote marker='1'><p>\t注。</p></authorialNote> 乙</p><p>丙</p>", "甲 乙|注。|丙"),
        (
            "<blockList><listIntroduction>甲：</listIntroduction><item><num>(a)</num><p>乙</p></item></blockList>",
            "甲：|(a) 乙",
        ),
        ("<table><tr><td><p>甲</p></td><td><p>乙</p></td></tr></table>", "甲|乙"),
        ("<p>甲<br/>乙</p>", "甲乙"),
        ("<p>New<br/>York</p>", "New York"),
        ("<p>S/RES/\n2999\n(2031)</p>", "S/RES/2999 (2031)"),
        ("<p> \u3000甲  乙 \n</p>", "甲  乙"),
        ("<p>甲&#x4e59;&lt;丙</p>", "甲乙<丙"),
        ("<p>甲</p>乙<p>丙</p>", "甲|乙|丙"),
        ("<paragraph><num>1.</num></paragraph><p>甲</p>", "1.|甲"),
        ("<paragraph><num>\n1.\n</num><content>\n<p>\n甲</p></content></paragraph>", "1. 甲"),
        ("<quoted>甲<quotedStructure><p>乙</p></quotedStructure>丙</quoted>", "甲|乙|丙"),
        ("<p>甲<mod><quotedStructure><p>乙</p></quotedStructure></mod>丙</p>", "甲|乙|丙"),
        ("<p>甲<i>乙</i><b/>丙<unheardOf>丁</unheardOf></p>", "甲乙丙丁"),
        ("<ul><li>甲<ul><li>乙</li></ul></li></ul>", "甲|乙"),
        ("<p></p><p> </p><p>甲</p>", "甲"),
        ("<p>甲<?target 指令?><!-- 注 -->乙</p>", "甲乙"),
    ],
)
def test_what_is_a_paragraph(body: str, text: str) -> None:
    document = read(akn(f"<mainBody>{body}</mainBody>"))
    assert document.text == text.replace("|", "\n") + "\n"


def test_notes_are_footnotes() -> None:
    document = structured(
        "<mainBody><p>欢迎报告，<authorialNote><p>A/74/1。</p></authorialNote>决定处理此案。</p></mainBody>"
    )
    assert lines(document) == "prose - 欢迎报告，决定处理此案。\nfootnote - A/74/1。"


@pytest.mark.parametrize(
    ("adopted", "date", "meeting"),
    [
        ("2031年1月31日9999次会议通过", "2031-01-31", "9999"),
        ("2031年1月31日安全理事会9999次会议通过", "2031-01-31", "9999"),
        ("2031年1月31日安全理事会第9999次会议通过", "2031-01-31", "9999"),
        ("2031年1月31日第9999次会议通过", "2031-01-31", "9999"),
        ("安全理事会2031年1月31日通过", "2031-01-31", None),
        ("安全理事会于2031年1月31日通过", "2031-01-31", None),
    ],
)
def test_adoption_lines_of_the_files(adopted: str, date: str, meeting: str | None) -> None:
    found = extract(read(akn(f"{cover(adopted)}<mainBody><p>决定继续处理此案。</p></mainBody>")))
    (adoption,) = (fact for fact in found.facts if fact.type == "adoption")
    assert adoption.values() | {"date": date, "meeting_number": meeting} == adoption.values()
    assert adoption.stated_by is StatedBy.TEXT


@pytest.mark.parametrize(
    "text", ["2031年1月31日通过了9999次", "2031年1月31日举行了120次会议，通过决议", "9999次会议通过"]
)
def test_what_is_no_adoption_line(text: str) -> None:
    assert not [f for f in extract(read(akn(f"{COVER}<p>{text}</p>"))).facts if f.type == "adoption"][1:]


def test_a_symbol_that_is_lost_is_that_of_the_title() -> None:
    for symbol in ("", " "):
        assert structured(cover("安全理事会2031年1月31日通过", symbol=symbol)).symbol == "S/RES/2999(2031)"
    assert structured("<mainBody><p>第2999(2031)号决议</p><p>是好决议，</p></mainBody>").symbol == "S/RES/2999(2031)"
    other = structure(read(akn("<p>第2999(2031)号决议</p><p>说明，</p>", name="letter")))
    assert other.symbol is None


@pytest.mark.parametrize(
    ("element", "name", "kind"),
    [
        ("statement", "resolution", DocumentKind.RESOLUTION),
        ("statement", "presidentialStatement", DocumentKind.PRESIDENTIAL_STATEMENT),
        ("doc", "letter", DocumentKind.LETTER),
        ("doc", "noteVerbale", DocumentKind.LETTER),
        ("doc", "reportOfTheSecretaryGeneral", DocumentKind.REPORT),
        ("doc", "note", DocumentKind.NOTE),
        ("doc", "provisional-agenda", DocumentKind.AGENDA),
        ("doc", "pressRelease", DocumentKind.PRESS_STATEMENT),
        ("debateReport", "", DocumentKind.RECORD),
        ("debate", "verbatimRecord", DocumentKind.RECORD),
        ("doc", "somethingElse", DocumentKind.OTHER),
    ],
)
def test_kinds(element: str, name: str, kind: DocumentKind) -> None:
    assert structure(read(akn("<p>文。</p>", name=name, element=element))).kind is kind


def test_the_text_tells_the_kind_where_the_file_does_not() -> None:
    assert structure(read(akn("<p>安全理事会主席的声明</p><p>文，</p>", name="x"))).kind is (
        DocumentKind.PRESIDENTIAL_STATEMENT
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    text = akn(f"{COVER}{PREAMBLE}", head=f'<?xml version="1.0" encoding="{encoding}"?>\n')
    document = read_bytes(text.encode(encoding), source="a.xml")
    assert document.text == read(akn(f"{COVER}{PREAMBLE}")).text
    check_places(document, text)


def test_prefixed_names_and_other_endings() -> None:
    text = f'<a:akomaNtoso xmlns:a="{NAMESPACE}"><a:doc name="note"><a:p>文。</a:p></a:doc></a:akomaNtoso>'
    assert read(text, "stdin.txt").text == "文。\n"
    assert is_akn(text)
    assert not is_akn("akomaNtoso 是一种格式。<akomaNtoso>")
    assert read_bytes(b"<p>a</p>", source="a.txt").text == "<p>a</p>\n"


# -- files that are broken or mean harm -------------------------------------------------------------------------------

BOMB = '<!DOCTYPE a [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{BOMB}]>\n<akomaNtoso><p>&i;</p></akomaNtoso>", "document type declaration, line 1"),
        (
            '<?xml version="1.0"?>\n<!DOCTYPE akomaNtoso [<!ENTITY x SYSTEM "file:///etc/passwd">]><akomaNtoso>&x;</akomaNtoso>',
            "document type declaration, line 2",
        ),
        ('<!DOCTYPE akomaNtoso SYSTEM "http://example.invalid/a.dtd"><akomaNtoso/>', "document type declaration"),
        ("<akomaNtoso>\n<p>&nbsp;</p></akomaNtoso>", "undefined entity, line 2"),
        ("<akomaNtoso>\n<p>文\n</akomaNtoso>", "mismatched tag, line 3"),
        ("<akomaNtoso>\n<p>文", "no element found, line 2"),
        ("<akomaNtoso><p a='1' a='2'/></akomaNtoso>", "duplicate attribute"),
        ("<akomaNtoso><p a='<'/></akomaNtoso>", r"not well-formed \(invalid token\), line 1"),
        ("<akomaNtoso><p>文</p></akomaNtoso><p/>", "junk after document element"),
        ("<akomaNtoso>&#0;</akomaNtoso>", "reference to invalid character number"),
        ("<act><p>文</p></act>", "its root element is act"),
        ("文不对题", "syntax error, line 1"),
    ],
)
def test_broken_files_are_one_line(text: str, message: str) -> None:
    with pytest.raises(UnsupportedInputError, match=message) as error:
        read(text)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith("a.xml: ")


@pytest.mark.parametrize("text", [akn(""), akn(meta()), "<akomaNtoso/>", "<akomaNtoso> <p> </p></akomaNtoso>"])
def test_files_without_text(text: str) -> None:
    with pytest.raises(EmptyInputError, match="without text"):
        read(text)


def test_a_paragraph_without_end_is_refused() -> None:
    with pytest.raises(UnsupportedInputError, match="no document's has more"):
        read(akn(f"<p>{'文' * 200_001}</p>"))


def test_deep_and_many_elements_cost_no_stack() -> None:
    deep = read(akn("<container>" * 3000 + "<p>文</p>" + "</container>" * 3000))
    inline = read(akn(f"<p>{'<i>' * 3000}文{'</i>' * 3000}</p>"))
    wide = read(akn("<p>" + "文<b/>\n" * 20_000 + "</p>"))
    noted = read(akn("<p>文" + "<authorialNote><p>注</p></authorialNote>" * 5000 + "</p>"))
    assert (deep.text, inline.text) == ("文\n", "文\n")
    assert wide.text == "文" * 20_000 + "\n"
    assert noted.text.count("注") == 5000
    assert not is_akn("<!--" * 20_000)


# -- properties -------------------------------------------------------------------------------------------------------

words = st.text(st.sampled_from("决定安理会0a(1). \t\n\r，；<>&\"'\u3000]-"), max_size=12).map(
    lambda t: t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
inline = st.recursive(
    words,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["span", 'a href="https://undocs.org/ch/S/RES/9(1946)"', "i", "docTitle", "ref"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)
notes = st.lists(inline, max_size=2).map(lambda p: f"<authorialNote><p>{''.join(p)}</p></authorialNote>")


def element(names: list[str]) -> st.SearchStrategy[str]:
    parts = st.lists(st.one_of(inline, inline, notes, st.sampled_from(["<br/>", "<![CDATA[<甲&\n>]]>", "<!--x-->"])))
    return st.builds(lambda tag, inside: f"<{tag}>{''.join(inside)}</{tag}>", st.sampled_from(names), parts)


blocks = st.recursive(
    st.one_of(words, element(["p", "num", "heading", "subheading", "listIntroduction"])),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["paragraph", "list", "point", "content", "intro", "container", "td", "meta", "unheardOf"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=4))
def test_every_character_is_in_the_text_once_and_in_its_place(parts: list[str]) -> None:
    file = akn(f"<mainBody>{''.join(parts)}</mainBody>", name="x")
    wanted = printed(file)
    if not wanted:
        with pytest.raises(InputError):
            read(file)
        return
    document = read(file)
    told = [c for c in document.text if not c.isspace()]
    assert Counter(told) == Counter(wanted)
    if "authorialNote" not in file:
        assert told == wanted, "in the order of the file"
    check_places(document, file)
    for paragraph, line in zip(document.paragraphs, document.text.split("\n"), strict=False):
        assert document.text[paragraph.start : paragraph.end] == line == line.strip()
        assert line
    for item in document.metadata:
        assert 0 <= item.start < item.end <= len(document.text)
        assert "\n" not in document.text[item.start : item.end]
    assert structure(document).text == document.text


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(WHOLE)), st.text(st.sampled_from("<>&/\"' 文ap\x00"), max_size=4))
def test_a_spoilt_file_is_read_or_refused(at: int, junk: str) -> None:
    file = akn(WHOLE[:at] + junk + WHOLE[at:])
    with contextlib.suppress(InputError):
        check_places(read(file), file)


# -- from the file to the graph ---------------------------------------------------------------------------------------


def test_the_facts_of_the_text_are_those_of_the_printed_document() -> None:
    found = extract(read(akn(WHOLE)))
    body = "".join(
        found.document.text[p.start : p.end] + "\n" for p in found.document.paragraphs if p.role != "metadata"
    )
    of_text = extract(read_text(body, source="a.txt"))
    keys = [fact.key() for fact in found.facts if fact.stated_by is StatedBy.TEXT]
    assert keys == [fact.key() for fact in of_text.facts]
    assert {fact.type for fact in of_text.facts} >= {"adoption", "citation", "mandate_decision"}
    assert found.mentions == of_text.mentions


def test_the_command_line_takes_xml(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "resolution.xml"
    path.write_bytes(akn(WHOLE).encode())
    (tmp_path / "broken.xml").write_bytes(akn(WHOLE)[:-40].encode())
    status, out, err = kg("extract", "--text", path)
    assert status == 0, err
    assert out == read(akn(WHOLE)).text
    assert kg("build", tmp_path, "-o", tmp_path / "out").status == 3
    (tmp_path / "broken.xml").unlink()
    verified = kg("verify", tmp_path / "out", path)
    assert verified.status == 0, verified.err
    assert re.search(r"[1-9]\d* quotes", verified.out + verified.err)
