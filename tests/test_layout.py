"""Canonical text: what PDFs do to paragraphs, undone, and every character's way back to the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnsupportedInputError
from kg.model import Document
from kg.read import MAX_LINE, read_bytes, read_document, read_text


def read(text: str) -> Document:
    return read_text(text, source="a.txt")


def paragraphs(document: Document, role: str = "prose") -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs if p.role == role]


def double(*lines: str) -> str:
    """Lines as the PDFs of the UN give them: a blank line after each."""
    return "".join(line + "\n\n" for line in lines)


# Sentences of S/2020/270, wrapped as there. A blank at the end of a line closes a paragraph.
WRAPPED = (
    " 1 月 31 日，安理会以 13 票赞成、0 票反对、2 票弃权通过了第 2507(2020)号",
    "决议，将中非共和国制裁制度的任务期限延长至 2020 年 7 月 31 日。它还决定将",
    "专家小组的任务期限延长至 8 月 31 日。该决议进一步放宽了对非武装地面军用",
    "车辆和搭载 14.5 毫米或以下口径武器的地面军用车辆的武器禁运。 ",
    " 1 月 6 日，安理会在磋商中听取了负责利比亚问题秘书长特别代表兼联合国利",
    "比亚支助团(联利支助团)团长加桑·萨拉梅关于利比亚最近事态发展和利比亚",
    "问题柏林会议筹备情况的通报。理事会成员就局势交换了意见。 ",
)
FIRST = (
    "1 月 31 日，安理会以 13 票赞成、0 票反对、2 票弃权通过了第 2507(2020)号决议，将中非共和国制裁制度的任务期限延长至"
    " 2020 年 7 月 31 日。它还决定将专家小组的任务期限延长至 8 月 31 日。该决议进一步放宽了对非武装地面军用"
    "车辆和搭载 14.5 毫米或以下口径武器的地面军用车辆的武器禁运。"
)
SECOND = (
    "1 月 6 日，安理会在磋商中听取了负责利比亚问题秘书长特别代表兼联合国利比亚支助团(联利支助团)团长"
    "加桑·萨拉梅关于利比亚最近事态发展和利比亚问题柏林会议筹备情况的通报。理事会成员就局势交换了意见。"
)
LINK = "https://undocs.org/ch/S/RES/2507(2020)"

QUIRKS: dict[str, tuple[str, list[str]]] = {
    "wrapped inside words, a blank line after each": (double(*WRAPPED), [FIRST, SECOND]),
    "the blanks at line ends stripped": (double(*(line.rstrip() for line in WRAPPED)), [FIRST, SECOND]),
    "single-spaced": ("\n".join(WRAPPED), [FIRST, SECOND]),
    "single-spaced, line ends stripped": ("\n".join(line.rstrip() for line in WRAPPED), [FIRST, SECOND]),
    "single-spaced, a blank line between paragraphs, nothing set in": (
        "\n".join(line.strip() for line in WRAPPED[:4]) + "\n\n" + "\n".join(line.strip() for line in WRAPPED[4:]),
        [FIRST, SECOND],
    ),
    "set in with wide blanks": (
        double(*("\u3000\u3000" + line[1:] if line[0] == " " else line for line in WRAPPED)),
        [FIRST, SECOND],
    ),
    "CRLF": (double(*WRAPPED).replace("\n", "\r\n"), [FIRST, SECOND]),
    "CR": (double(*WRAPPED).replace("\n", "\r"), [FIRST, SECOND]),
    "a link line in mid-sentence": (double(*WRAPPED[:2], LINK, LINK, *WRAPPED[2:]), [FIRST, SECOND]),
    "several links on a line": (double(*WRAPPED[:2], f"{LINK} {LINK}", *WRAPPED[2:]), [FIRST, SECOND]),
    "a page break in mid-sentence": (double(*WRAPPED[:2]) + "\f" + double(*WRAPPED[2:]), [FIRST, SECOND]),
    "a page break that glues and sets in": (
        double(*WRAPPED[:2]).rstrip("\n") + "\n " + double(*WRAPPED[2:]),
        [FIRST, SECOND],
    ),
    "furniture of a page in mid-sentence": (
        double(*WRAPPED[:2], "2/12", "20-04634 (C)", "*2004634*", "3/12 20-04634", "第 3 页，共 12 页", *WRAPPED[2:]),
        [FIRST, SECOND],
    ),
    "running heads": (
        double("联合国 S/2020/270 ", *WRAPPED[:2], "S/2020/270", *WRAPPED[2:5], "S/2020/270 ", *WRAPPED[5:]),
        ["联合国 S/2020/270", FIRST, SECOND],
    ),
    "running heads of a resolution": (
        double("S/RES/2507 (2020) ", *WRAPPED[:2], "S/RES/2507 (2020)", *WRAPPED[2:]),
        ["S/RES/2507 (2020)", FIRST, SECOND],
    ),
    "running heads of a record": (
        double(
            "S/PV.8744 ",
            *WRAPPED[:2],
            "2/9                                   20-04634",
            "12/03/2020        苏丹和南苏丹        S/PV.8744",
            *WRAPPED[2:5],
            "S/PV.8744         苏丹和南苏丹      2020 年 3 月 12 日",
            *WRAPPED[5:],
        ),
        ["S/PV.8744", FIRST, SECOND],
    ),
    "a masthead of two columns": (
        double("安全理事会                                                Distr.: General ", *WRAPPED),
        ["安全理事会                                                Distr.: General", FIRST, SECOND],
    ),
    "names that dots lead to": (
        double(
            "主席：  舍甫琴科先生 ........................................ （乌克兰） ",
            "成员：  中国 . . . . . . . . . . . . . . . . . . . . . . . . . 李伟先生 ",
            "        埃及 ………………………………………………………………………………… 法赫米先生 ",
            *WRAPPED,
        ),
        [
            "主席：  舍甫琴科先生 ........................................ （乌克兰）",
            "成员：  中国 . . . . . . . . . . . . . . . . . . . . . . . . . 李伟先生",
            "埃及 ………………………………………………………………………………… 法赫米先生",
            FIRST,
            SECOND,
        ],
    ),
    "speakers and lists of votes open paragraphs": (
        double(
            *(line.strip() for line in WRAPPED[:4]),
            "阿卜杜勒先生（法国）（以法语发言）：谢谢主席。",
            "赞成：法国",
            "主席（以英语发言）：谢谢。",
        ),
        [FIRST, "阿卜杜勒先生（法国）（以法语发言）：谢谢主席。", "赞成：法国", "主席（以英语发言）：谢谢。"],
    ),
    "a short document with one wrapped line": (
        double(
            "安全理事会第 8241 次会议临时议程 ",
            "定于 2018 年 4 月 24 日星期二下午 3 时 30 分举行 ",
            "1. 通过议程。 ",
            "2. 安全理事会根据第1353(2001)号决议附件二A节和B节与联合国塞浦路斯维持和平部",
            "队部队和警察派遣国举行的会议。 ",
        ),
        [
            "安全理事会第 8241 次会议临时议程",
            "定于 2018 年 4 月 24 日星期二下午 3 时 30 分举行",
            "1. 通过议程。",
            "2. 安全理事会根据第1353(2001)号决议附件二A节和B节与联合国塞浦路斯维持和平部队部队和警察派遣国举行的会议。",
        ],
    ),
    "a heading set in": (
        double(*WRAPPED[:4], "  利比亚 ", *WRAPPED[4:]),
        [FIRST, "利比亚", SECOND],
    ),
    "a heading glued by a page break": (
        double(*WRAPPED[:4]).rstrip("\n") + "\n   利比亚 \n\n" + double(*WRAPPED[4:]),
        [FIRST, "利比亚", SECOND],
    ),
    "numbered paragraphs that are not set in": (
        double(
            "1. 多边主义强调各国在交往中秉持协商精神、遵循规则秩序、集体协作解决问题，",
            "为国际社会提供了稳定性。 ",
            *WRAPPED,
            "2. 恐怖主义、网络安全等全球性挑战日益严峻，要求各国形成一致策略，采取集",
            "体行动。 ",
        ),
        [
            "1. 多边主义强调各国在交往中秉持协商精神、遵循规则秩序、集体协作解决问题，为国际社会提供了稳定性。",
            FIRST,
            SECOND,
            "2. 恐怖主义、网络安全等全球性挑战日益严峻，要求各国形成一致策略，采取集体行动。",
        ],
    ),
    "a Latin name over a line end": (
        double(
            *WRAPPED,
            " 通报由新西兰总检察长、安全理事会第 2231(2015)号决议执行情况协调人 Christopher",
            "Finlayson 阁下所作。 ",
        ),
        [
            FIRST,
            SECOND,
            "通报由新西兰总检察长、安全理事会第 2231(2015)号决议执行情况协调人 Christopher Finlayson 阁下所作。",
        ],
    ),
    # texts that are not wrapped stay as they are
    "one paragraph a line": (f"利比亚\n{FIRST}\n{SECOND}\n", ["利比亚", FIRST, SECOND]),
    "a list of short lines": (
        "议程\n1. 通过议程\n2. 中东局势\n3. 其他事项\n",
        ["议程", "1. 通过议程", "2. 中东局势", "3. 其他事项"],
    ),
    "long lines of about one length, each finished": (
        "".join(
            f"{n}. 安全理事会成员就第{n}个议程项目听取了主管政治事务副秘书长的通报并交换意见。\n" for n in range(1, 9)
        ),
        [f"{n}. 安全理事会成员就第{n}个议程项目听取了主管政治事务副秘书长的通报并交换意见。" for n in range(1, 9)],
    ),
    "two titles of one length": (
        "安全理事会关于维护国际和平与安全的第二千五百零七号决议的执行情况报告\n\n秘书长关于联合国西非和萨赫勒办事处活动情况的第二千零二十号报告\n\n"
        + FIRST,
        [
            "安全理事会关于维护国际和平与安全的第二千五百零七号决议的执行情况报告",
            "秘书长关于联合国西非和萨赫勒办事处活动情况的第二千零二十号报告",
            FIRST,
        ],
    ),
    "a line as wide as a page, left open by chance": (
        f"{'维护国际和平与安全' * 4}\n导言\n安理会举行了会议。\n",
        ["维护国际和平与安全" * 4, "导言", "安理会举行了会议。"],
    ),
    "numbered lines of one length, left open": (
        "".join(f"{n}. 秘书长关于联合国西非和萨赫勒办事处活动的第{n}次报告\n" for n in range(1, 9)),
        [f"{n}. 秘书长关于联合国西非和萨赫勒办事处活动的第{n}次报告" for n in range(1, 9)],
    ),
    "one line without an end": ("安全理事会", ["安全理事会"]),
    "blank lines only at the ends": ("\n\n  安全理事会  \n\n", ["安全理事会"]),
}


@pytest.mark.parametrize("name", QUIRKS)
def test_quirks(name: str) -> None:
    text, expected = QUIRKS[name]
    document = read(text)
    assert paragraphs(document) == expected
    check(document, text)


def test_a_short_letter_with_its_letterhead() -> None:
    top = ["联合国 S/2022/617", "安全理事会 ", "Distr.: General ", "12 August 2022 ", "Chinese ", "Original: English "]
    body = [
        "  2022 年 8 月 12 日中国常驻联合国代表给秘书长的信 ",
        " 谨通知阁下，中国作为安全理事会 2022 年 8 月轮值主席，将于 2022 年 8 月",
        "22 日举办以“维护国际和平与安全：加强对话合作，维护共同安全”为主题的安",
        "全理事会通报会。 ",
        "特命全权大使 ",
        "张军(签名) ",
    ]
    expected = [
        *(line.strip() for line in [*top, body[0]]),
        "谨通知阁下，中国作为安全理事会 2022 年 8 月轮值主席，将于 2022 年 8 月22 日举办以“维护国际和平与安全："
        "加强对话合作，维护共同安全”为主题的安全理事会通报会。",
        "特命全权大使",
        "张军(签名)",
    ]
    for text in (double(*top, *body), "\n".join([*top, *body]), double(*top, *body, "22-12345 (C)", "*2212345*")):
        assert paragraphs(read(text)) == expected
        check(read(text), text)


def check(document: Document, text: str) -> None:
    """Every character maps to itself; a blank between joined lines, and a line end, to the blank or line end there."""
    places = [document.to_file(i) for i in range(len(document.text))]
    for c, place in zip(document.text, places, strict=True):
        printed = text[place : place + 1]
        assert c == printed or (c in " \n" and (not printed or printed.isspace()))
    end = 0
    for paragraph in document.paragraphs:
        assert end <= paragraph.start < paragraph.end < len(document.text)
        assert document.text[paragraph.end] == "\n"
        inside = places[paragraph.start : paragraph.end]
        assert inside == sorted(set(inside)), "a footnote may stand after its paragraph, but nothing is shuffled inside"
        assert "\n" not in document.text[paragraph.start : paragraph.end]
        end = paragraph.end + 1
    assert end == len(document.text)
    for link in document.links:
        assert text[link.file_start : link.file_end] == link.url
        assert 0 <= link.at <= len(document.text)


def test_old_script_and_wide_brackets_are_laid_out_alike() -> None:
    old = str.maketrans("会长决议将为该组织员关并与()", "會長決議將為該組織員關並與（）")
    document = read(double(*(line.translate(old) for line in WRAPPED)))
    assert paragraphs(document) == [FIRST.translate(old), SECOND.translate(old)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_offsets_count_characters_of_the_decoded_file(encoding: str) -> None:
    text = double(*WRAPPED)
    document = read_bytes(text.encode(encoding), source="a.txt")
    assert paragraphs(document) == [FIRST, SECOND]
    check(document, text)


FOOTNOTES = double(
    *WRAPPED[:2],
    "专家小组的任务期限延长至 8 月 31 日。1 该决议进一步放宽了对非武装地面军用",
    "车辆和搭载 14.5 毫米或以下口径武器的地面军用车辆的武器禁运的适用范围，2",
    "__________________ ",
    " 1 乌普萨拉冲突数据方案，2021 年。 ",
    " 2 见秘书长题为“联合国与预防冲突：集体再承诺”的报告(S/2015/730)；另见《2021 年全球人",
    "道主义概况》(日内瓦，人道主义事务协调厅，2020 年 12 月)。 ",
    LINK,
    " 造成 3 名平民死亡。3 名平民受伤。 ",
)


def test_footnotes_and_their_calls_leave_the_sentence() -> None:
    document = read(FOOTNOTES)
    (paragraph,) = paragraphs(document)
    assert "延长至 8 月 31 日。 该决议进一步放宽" in paragraph
    assert paragraph.endswith("武器禁运的适用范围，造成 3 名平民死亡。3 名平民受伤。")
    assert paragraphs(document, "footnote") == [
        "1 乌普萨拉冲突数据方案，2021 年。",
        "2 见秘书长题为“联合国与预防冲突：集体再承诺”的报告(S/2015/730)；另见《2021 年全球人道主义概况》"
        "(日内瓦，人道主义事务协调厅，2020 年 12 月)。",
    ]
    check(document, FOOTNOTES)


def test_a_ruler_without_footnotes_is_only_a_ruler() -> None:
    assert paragraphs(read("导言\n____________\n安理会举行了会议。\n")) == ["导言", "安理会举行了会议。"]


def test_links_know_their_place() -> None:
    text = double(*WRAPPED[:2], LINK, *WRAPPED[2:4], "http://a.org/b", *WRAPPED[4:])
    document = read(text)
    assert [link.url for link in document.links] == [LINK, "http://a.org/b"]
    assert [document.text[: link.at].count("\n") for link in document.links] == [0, 0]
    check(document, text)


@pytest.mark.parametrize("text", ["https://a.org\n", f"{LINK}\n导言\n", "\f\f导言\f"])
def test_links_and_breaks_at_the_ends(text: str) -> None:
    check(read(text), text)


def test_a_link_in_a_sentence_stays() -> None:
    text = "见 https://undocs.org/S/2020/1 所载信函。\n"
    assert read(text).links == ()
    assert paragraphs(read(text)) == [text.strip()]


def test_pages() -> None:
    document = read("一页。\n再一页。\n\f二页。\n\f\f四页。\n")
    assert [document.page(document.text.index(word)) for word in ("一页", "再一页", "二页", "四页")] == [1, 1, 2, 4]
    assert read("一页。\n").page(0) is None


def test_identity_of_a_document() -> None:
    document = read_bytes("安理会\n".encode(), source="folder/报告 (1).txt")
    assert document.id == f"1-{document.sha256[:8]}"
    assert (document.source, document.encoding) == ("folder/报告 (1).txt", "utf-8")
    assert read("安理会\ud800\n").text == "安理会\ud800\n"


def test_seeds(seeds: Path) -> None:
    for path in sorted(seeds.iterdir()):
        document = read_document(path)
        text = path.read_bytes().decode().removeprefix("\ufeff")
        check(document, text)
        for paragraph in paragraphs(document):
            assert "http" not in paragraph
            assert "____" not in paragraph
        assert max(map(len, paragraphs(document))) > 100


@pytest.mark.parametrize(
    "rewrite", [lambda t: t.replace("\n", "\r\n"), lambda t: t.replace("\n\n", "\n"), str.expandtabs]
)
def test_seeds_set_otherwise_have_the_same_paragraphs(rewrite: Callable[[str], str], seeds: Path) -> None:
    for path in sorted(seeds.iterdir()):
        text = path.read_bytes().decode().removeprefix("\ufeff")
        assert paragraphs(read(rewrite(text))) == paragraphs(read(text))


def test_canonical_text_is_laid_out_already(seeds: Path) -> None:
    for path in sorted(seeds.iterdir()):
        once = read_document(path)
        again = read(once.text)
        assert again.text == once.text


LINES = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "\f",
            LINK,
            "________",
            " 1 见报告。",
            "S/2020/270",
            "2/12",
            *WRAPPED,
            "利比亚",
            "1. 通过议程",
            "https://a b",
        ]
    ),
    st.text(max_size=12),
)


@given(st.lists(LINES, max_size=30), st.sampled_from(["\n", "\n\n", "\r\n", "\r", " \n"]))
@settings(deadline=None)
def test_any_text_maps_back(lines: list[str], end: str) -> None:
    text = end.join(lines)
    check(read(text), text)


@given(st.text())
def test_any_characters_map_back(text: str) -> None:
    check(read(text), text)


@pytest.mark.parametrize(
    "text",
    [
        FIRST * 1000,
        "http://" * 5000 + " 完",
        ("________\n" + " 1 见报告。\n" * 50) * 40,
        "________\n" + "1 见" * 20000,
        "导\n" * 20000,
        "。" + "”" * 20000 + "完\n" + FIRST,
        "(" * 20000,
        "\n" * 50000,
    ],
    ids=["one line", "links", "footnotes", "a footnote", "lines", "quotes", "brackets", "line ends"],
)
def test_large_and_strange_files(text: str) -> None:
    """What an expression that tries everything would not finish; no clock is needed to notice."""
    document = read(text)
    assert len(document.text) <= len(text) + 1


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\f"])
def test_an_endless_line_is_refused_and_many_lines_are_not(end: str) -> None:
    assert len(read((FIRST + end) * 1500).text) > MAX_LINE
    with pytest.raises(UnsupportedInputError, match=r"a\.txt: line 3 has "):
        read(f"导言{end}{end}{'安' * (MAX_LINE + 1)}{end}")
