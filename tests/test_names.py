"""Names of persons: where they stand, how they are made, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.pipeline.names import (
    HONORIFICS,
    TRANSLITERATION,
    Name,
    after_post,
    before_honorific,
    chinese_before,
    latin_name,
    transliterated,
)

FULL = {
    "听取了让-皮埃尔·拉克鲁瓦的通报": ["让-皮埃尔·拉克鲁瓦"],
    "莱拉·泽鲁居伊和夏煌": ["莱拉·泽鲁居伊"],
    "卡洛斯·阿尔贝托·多斯桑托斯·克鲁斯中将": ["卡洛斯·阿尔贝托·多斯桑托斯·克鲁斯"],
    "穆罕默德·伊本·钱巴斯关于": ["穆罕默德·伊本·钱巴斯"],
    "布特罗斯·布特罗斯-加利秘书长": ["布特罗斯·布特罗斯-加利"],
    "罗伯特·A·伍德": ["罗伯特·A·伍德"],
    "感谢安东尼奥·古特雷斯": ["安东尼奥·古特雷斯"],
    "任命马丁·格里菲思为特使": ["马丁·格里菲思"],
    "侯赛因·本·阿卜杜拉二世": ["侯赛因·本·阿卜杜拉二世"],
    "斯文·于尔根森先生": ["斯文·于尔根森"],
    "若昂·席尔瓦主席": ["若昂·席尔瓦"],
    # characters that begin and end other words: within a name, or before a title
    "阿方索·里韦拉少将": ["阿方索·里韦拉"],
    "塞尔日·布拉默茨先生": ["塞尔日·布拉默茨"],
    "哈桑·谢赫·马哈茂德的来信": ["哈桑·谢赫·马哈茂德"],
    "塔纳·维塞萨功先生": ["塔纳·维塞萨功"],
    "圭多·费拉里先生阁下": ["圭多·费拉里"],
    # the name ends before a word that begins with a character of names
    "安德烈亚·沃斯法官": ["安德烈亚·沃斯"],
    "吉勒·沙尔庞捷次日": ["吉勒·沙尔庞捷"],
    "罗德里戈·贝拉斯科代签": ["罗德里戈·贝拉斯科"],
    "公使衔参赞罗德里戈·贝拉斯科": ["罗德里戈·贝拉斯科"],
    "加桑·萨拉梅通报了情况": ["加桑·萨拉梅"],
    "宾图·凯塔提出建议": ["宾图·凯塔"],
    "戴维·希勒先生和通报者": ["戴维·希勒"],
    # decoys
    "联合国-非洲联盟达尔富尔混合行动": [],
    "安全与和平": [],
    "哈米德·卡尔扎伊国际机场": [],
    "梅林达·盖茨基金会": [],
    "明尼·米纳维派的战士": [],
    "·": [],
    "让-": [],
    "2019年·安理会": [],
    "": [],
}


@pytest.mark.parametrize("text", FULL)
def test_full_names(text: str) -> None:
    found = transliterated(text)
    assert [n.text for n in found] == FULL[text]
    assert all(text[n.start : n.end] == n.text for n in found)


AFTER_POST = {
    # transliterated, whole or in part
    "加桑·萨拉梅关于利比亚": "加桑·萨拉梅",
    "萨拉梅，": "萨拉梅",
    "阿卜杜拉二世说": "阿卜杜拉二世",
    # Chinese style
    "夏煌向与会者通报": "夏煌",
    "中满泉": "中满泉",
    "范平明主持了会议": "范平明",
    "张军(签名)": "张军",
    "司马光，": "司马光",
    # behind a post a hyphen is enough; a last part of one character goes on to where names end
    "阿库福-阿多主持": "阿库福-阿多",
    "瓦西里·涅边贾主持": "瓦西里·涅边贾",
    "瓦西里·涅边贾的话": "瓦西里·涅边贾",
    "温尼斯兰本月3日": "温尼斯兰",
    "张军当天": "张军",
    # Latin letters are another function's
    "Christopher Finlayson": None,
    # decoys: words that begin like a surname, verbs, nothing
    "安排会见": None,
    "任命新特使": None,
    "高度评价": None,
    "关于利比亚": None,
    "向安理会": None,
    "于会上": None,
    "应继续接收申请": None,
    "解除制裁": None,
    "的通报": None,
    "，夏煌": None,
    "": None,
}


@pytest.mark.parametrize("text", AFTER_POST)
def test_names_after_a_post(text: str) -> None:
    name = after_post("特使" + text, 2)
    assert (name.text if name else None) == AFTER_POST[text]
    if name:
        assert name == Name(2, 2 + len(name.text), name.text)


def test_no_name_begins_where_something_known_does() -> None:
    assert after_post("特使马里人", 2, blocked=frozenset({2})) is None
    assert after_post("特使萨拉梅，", 2, blocked=frozenset({4})) is None


HONOURED = {
    "萨拉梅先生参加了磋商": ["萨拉梅"],
    "请格里菲思先生发言": ["格里菲思"],
    "感谢迪卡洛女士": ["迪卡洛"],
    "由张军大使主持": ["张军"],
    "，赵海燕女士": ["赵海燕"],
    "Christopher Finlayson阁下": ["Christopher Finlayson"],
    "外长Smith先生": ["Smith"],
    # decoys
    "主席先生，": [],
    "女士们，先生们": [],
    "特命全权大使": [],
    "中国大使": [],
    "圣地亚哥大使馆": [],
    "UN大使": [],
    "各位阁下": [],
    "先生": [],
    # its full name is found by the interpunct
    "加桑·萨拉梅先生": [],
    "": [],
}


@pytest.mark.parametrize("text", HONOURED)
def test_names_before_an_honorific(text: str) -> None:
    found = before_honorific(text)
    assert [n.text for n in found] == HONOURED[text]
    assert all(text[n.start : n.end] == n.text for n in found)


BEFORE_POST = {
    "，裴凯儒副特使": "裴凯儒",
    "夏煌特使": "夏煌",
    # decoys
    "应和秘书长": None,
    "，应由秘书长": None,
    "的通报主席": None,
    "安排特使": None,
    "特使": None,
}


@pytest.mark.parametrize("text", BEFORE_POST)
def test_chinese_names_before_a_post(text: str) -> None:
    at = next(text.rindex(post) for post in ("副特使", "特使", "秘书长", "主席") if post in text)
    name = chinese_before(text, at)
    assert (name.text if name else None) == BEFORE_POST[text]


LATIN = {
    "Christopher Finlayson阁下": "Christopher Finlayson",
    "Jean-Pierre de la Croix，": "Jean-Pierre de la Croix",
    "J. R. Smith": "J. R. Smith",
    "Kelly。": "Kelly",
    "Smith Jr.": "Smith Jr",
    # decoys
    "UNMISS": None,
    "COVID-19": None,
    "the Council": None,
    "2020": None,
    "古特雷斯": None,
    "": None,
}


@pytest.mark.parametrize("text", LATIN)
def test_names_in_latin_letters(text: str) -> None:
    name = latin_name(text, 0)
    assert (name.text if name else None) == LATIN[text]


syllables = st.text(
    st.sampled_from(sorted(set("阿贝卡达埃弗格哈伊杰科拉马纳奥皮罗萨塔乌维泽"))), min_size=2, max_size=5
)


@given(st.lists(syllables, min_size=2, max_size=4), st.sampled_from(["，", "。", "先生，", "(", "的通报", ""]))
def test_made_names_are_found_whole(parts: list[str], after: str) -> None:
    name = "·".join(parts)
    assert [n.text for n in transliterated(f"，{name}{after}")] == [name]


@given(
    st.text(st.one_of(st.characters(), st.sampled_from(TRANSLITERATION[:40] + "·-先生女士大使张王Ab. ")), max_size=40)
)
def test_any_text_can_be_searched(text: str) -> None:
    for found in [*transliterated(text), *before_honorific(text)]:
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
    for at in range(len(text)):
        for one in (after_post(text, at), latin_name(text, at), chinese_before(text, at)):
            assert one is None or text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    "text", ["巴" * 50000, "巴·" * 25000, "巴-" * 25000, "先生" * 25000, "A-" * 25000, "Aa de " * 8000]
)
def test_long_rows(text: str) -> None:
    """No clock is needed to notice an expression that tries everything."""
    assert transliterated(text) is not None
    assert before_honorific(text + HONORIFICS) is not None
    assert latin_name(text, 0) is None or text[0].isascii()
