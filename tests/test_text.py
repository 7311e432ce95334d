"""The normal form and its way back, and numerals."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text import normalize, parse_numeral, to_simplified

quick = settings(deadline=None)  # the first example loads OpenCC

NORMAL = {
    # digits, letters, brackets
    "（２０２０）": "(2020)",
    "Ｓ／ＰＶ．７８５７": "S/PV.7857",
    "第 2507（2020）号决议": "第2507(2020)号决议",
    # Chinese punctuation is not wide ASCII
    "是，否；对：好？啊！完。": "是，否；对：好？啊！完。",
    "90％": "90%",
    # blanks between digits and Han go, blanks of Latin text stay as one
    "2020 年 1 月 31 日": "2020年1月31日",
    "安\u3000理\u00a0会": "安理会",
    "约 488 000 人": "约488 000人",
    "Distr.:  General": "Distr.: General",
    "1.  决定": "1.决定",
    "the \t Council": "the Council",
    "(a) the ( b )": "(a)the(b)",
    " 前后 ": "前后",
    "一行 \n 二行": "一行\n二行",
    # signs without width
    "安\u200b理\ufeff会": "安理会",
    "2020\u200e年": "2020年",
    "葛\ufe00城": "葛城",
    "a\u200b \u200bb": "a b",
    # script
    "聯合國安理會第2326號決議": "联合国安理会第2326号决议",
    "乾坤與乾燥": "乾坤与干燥",
    # radicals and compatibility ideographs as PDFs hold them
    "⽼⼈⻓⻰": "老人长龙",
    "\uf92e\uf9dd": "冷利",
    # interpuncts, quotes, dashes
    "让‐皮埃尔・拉克鲁瓦": "让-皮埃尔·拉克鲁瓦",
    "让-皮埃尔 • 拉克鲁瓦": "让-皮埃尔·拉克鲁瓦",
    "「和平」『安全』": "“和平”‘安全’",
    "2016–2020年": "2016-2020年",
    "延长——至": "延长——至",
    # round zeros of years
    "二○○五年": "二〇〇五年",
    "二O一五年和一九九０年": "二〇一五年和一九九〇年",
    "二0二0年": "二〇二〇年",
    # … and what only looks like them
    "•促进": "•促进",
    "○ 促进": "○促进",
    "型号O2": "型号O2",
    "一OO公司": "一OO公司",
    "一2000年": "一2000年",
    # signs that masked text uses
    "\ue000\ue001通报": "\ufffd\ufffd通报",
    "": "",
}


@pytest.mark.parametrize("printed", NORMAL)
def test_normal_form(printed: str) -> None:
    assert normalize(printed)[0] == NORMAL[printed]


ODD = "二○五年O0一·•\u200b 　\t安理會國（）。，()ab1\n「」-–乾著坤薴⻓\ufe0f\u0301\x00😀\ud800"
texts = st.text(st.one_of(st.characters(), st.sampled_from(ODD)), max_size=40)


@given(texts)
@quick
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    once, _ = normalize(text)
    again, to_text = normalize(once)
    assert again == once
    assert [to_text(i) for i in range(len(once))] == list(range(len(once)))


@given(texts)
@quick
def test_every_character_knows_its_place(text: str) -> None:
    normal, to_text = normalize(text)
    places = [to_text(i) for i in range(len(normal))]
    assert places == sorted(set(places)), "in order, each place once"
    assert all(0 <= place < len(text) for place in places)
    for c, place in zip(normal, places, strict=True):
        printed = text[place]
        assert c == printed or not printed.isascii() or printed in "O0\t\x0b\x0c", (
            "ASCII stays, but for zeros and blanks"
        )
        assert c != " " or not printed.strip() or printed == " "


@given(st.text(st.sampled_from("安理会，。12ab（） \u200b"), max_size=30), st.data())
@quick
def test_a_span_holds_what_it_was_made_of(text: str, data: st.DataObject) -> None:
    normal, to_text = normalize(text)
    if not normal:
        return
    start = data.draw(st.integers(0, len(normal) - 1))
    end = data.draw(st.integers(start + 1, len(normal)))
    left, right = to_text.span(start, end)
    piece = normal[start:end].strip()
    assert normalize(text[left:right])[0].strip() == piece


@given(st.text(max_size=60))
@quick
def test_simplified_text_is_as_long(text: str) -> None:
    assert len(to_simplified(text)) == len(text)


def test_lone_surrogates_do_not_stop_the_rest() -> None:
    assert to_simplified("國\ud800國") == "国\ud800国"
    assert normalize("聯合國\udfff\ud800 安理會")[0] == "联合国\ufffd\ufffd安理会"


def test_seed_keeps_its_characters(seeds: Path) -> None:
    for path in sorted(seeds.iterdir()):
        text = path.read_text("utf-8")
        normal, to_text = normalize(text)
        for i, c in enumerate(normal):
            assert text[to_text(i)] == c or (c, text[to_text(i)]) in {("·", "•")}


# --- numerals -----------------------------------------------------------------------------------------------------

# made with cn2an 0.5.24: value, in words, digit by digit
FULL = {
    0: ("零", "零"),
    7: ("七", "七"),
    10: ("十", "一零"),
    12: ("十二", "一二"),
    20: ("二十", "二零"),
    31: ("三十一", "三一"),
    100: ("一百", "一零零"),
    101: ("一百零一", "一零一"),
    110: ("一百一十", "一一零"),
    119: ("一百一十九", "一一九"),
    435: ("四百三十五", "四三五"),
    1000: ("一千", "一零零零"),
    1001: ("一千零一", "一零零一"),
    1010: ("一千零一十", "一零一零"),
    1325: ("一千三百二十五", "一三二五"),
    2020: ("二千零二十", "二零二零"),
    2507: ("二千五百零七", "二五零七"),
    10000: ("一万", "一零零零零"),
    10010: ("一万零一十", "一零零一零"),
    100000: ("十万", "一零零零零零"),
    120000: ("十二万", "一二零零零零"),
    488000: ("四十八万八千", "四八八零零零"),
    1000001: ("一百万零一", "一零零零零零一"),
    100000000: ("一亿", "一零零零零零零零零"),
    1_400_050_000: ("十四亿零五万", "一四零零零五零零零零"),
}


@pytest.mark.parametrize("value", FULL)
def test_numerals_in_words(value: int) -> None:
    words, digits = FULL[value]
    assert parse_numeral(words) == value
    assert parse_numeral(digits) == value
    assert parse_numeral(digits.replace("零", "〇")) == value


OTHER = {
    "12": 12,
    "1,200": 1200,
    "488 000": 488000,
    "两": 2,
    "两百": 200,
    "两千零五": 2005,
    "廿": 20,
    "廿一": 21,
    "卅": 30,
    "一百十九": 119,
    "一万亿": 10**12,
    "二〇二〇": 2020,
    # none
    "": None,
    "-5": None,
    "1.5": None,
    "²": None,
    "第一": None,
    "十十": None,
    "二十三十": None,
    "十百": None,
    "一百二": None,
    "一百零十万零": None,
    "二两": None,
    "十二个": None,
    "百二十": None,
    "亿": None,
    "9" * 5000: None,
    "九" * 5000: None,
}


@pytest.mark.parametrize("text", OTHER, ids=lambda t: t[:8])
def test_other_numerals(text: str) -> None:
    assert parse_numeral(text) == OTHER[text]


@given(st.integers(0, 10**12))
def test_numerals_there_and_back(value: int) -> None:
    assert parse_numeral(str(value)) == value
    assert parse_numeral(f"{value:,}") == value
    assert parse_numeral(str(value).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))) == value
    assert parse_numeral(in_words(value)) == value


def in_words(value: int) -> str:
    """As schools teach it: four figures at a time, one 零 for any gap."""
    words = ""
    for unit, size in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4), ("", 1)):
        group = value // size % 10**4
        places = zip(f"{group:04d}", ("千", "百", "十", ""), strict=True)
        figures = "".join("零一二三四五六七八九"[int(d)] + (place if d != "0" else "") for d, place in places)
        if group:
            words += figures.rstrip("零") + unit
        elif words:
            words += "零"
    while "零零" in words:
        words = words.replace("零零", "零")
    words = words.strip("零") or "零"
    return words.removeprefix("一") if words.startswith("一十") else words


@given(st.text("〇零一二三四五六七八九两十百千万亿廿卅1 ", max_size=12))
def test_numerals_never_raise(text: str) -> None:
    value = parse_numeral(text)
    assert value is None or value >= 0
