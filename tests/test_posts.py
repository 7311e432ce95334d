"""Posts as noun phrases: whole, with what they are of, and words that only hold one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import MentionType
from kg.pipeline.posts import find_posts
from kg.pipeline.scan import scan_all

# text: posts as printed with the slug of the first head
POSTS: dict[str, list[tuple[str, str]]] = {
    # what a post is of belongs to it: missions, units, subjects, states
    "负责刚果民主共和国问题秘书长特别代表兼联刚稳定团团长莱拉·泽鲁居伊": [
        ("负责刚果民主共和国问题秘书长特别代表兼联刚稳定团团长", "special-representative-of-the-secretary-general")
    ],
    "秘书长大湖区问题特使夏煌": [("秘书长大湖区问题特使", "special-envoy")],
    "秘书长也门问题特使": [("秘书长也门问题特使", "special-envoy")],
    "秘书长特别代表、联合国南苏丹特派团(南苏丹特派团)团长戴维·希勒": [
        ("秘书长特别代表、联合国南苏丹特派团(南苏丹特派团)团长", "special-representative-of-the-secretary-general")
    ],
    "人道主义事务协调厅协调司司长": [("人道主义事务协调厅协调司司长", "director-of-division")],
    "主管中东、亚洲及太平洋助理秘书长": [("主管中东、亚洲及太平洋助理秘书长", "assistant-secretary-general")],
    "负责人道主义事务副秘书长兼紧急救济协调员": [
        ("负责人道主义事务副秘书长兼紧急救济协调员", "under-secretary-general")
    ],
    "第1970(2011)号决议所设委员会主席": [("第1970(2011)号决议所设委员会主席", "chair")],
    "不扩散核武器条约缔约国第十次审议大会主席": [("不扩散核武器条约缔约国第十次审议大会主席", "chair")],
    "瑞典外交大臣兼安全理事会主席马戈特·瓦尔斯特伦主持": [("瑞典外交大臣兼安全理事会主席", "foreign-minister")],
    "越南副总理兼外交部长": [("越南副总理兼外交部长", "deputy-prime-minister")],
    "中国常驻联合国代表": [("中国常驻联合国代表", "permanent-representative")],
    "南苏丹代表重申": [("南苏丹代表", "representative")],
    "中国和法国代表": [("法国代表", "representative")],
    "美国总统": [("美国总统", "president")],
    "非盟委员会主席": [("非盟委员会主席", "chairperson-of-the-african-union-commission")],
    "特派团团长": [("特派团团长", "head-of-mission")],
    "欧盟代表团团长": [("欧盟代表团团长", "head-of-mission")],
    # a post after a verb begins behind it
    "他担任中东和平进程特别协调员": [("中东和平进程特别协调员", "special-coordinator")],
    "外交部长担任利比亚制裁委员会主席": [("外交部长", "foreign-minister"), ("利比亚制裁委员会主席", "chair")],
    # a name and another post behind it are no subject of the first
    "联合国秘书长古特雷斯和中东和平进程特别协调员": [
        ("联合国秘书长", "secretary-general"),
        ("中东和平进程特别协调员", "special-coordinator"),
    ],
    "秘书长西非和萨赫勒问题特别代表": [("秘书长西非和萨赫勒问题特别代表", "special-representative")],
    "联合国主管人道主义事务的副秘书长": [("联合国主管人道主义事务的副秘书长", "under-secretary-general")],
    "俄罗斯常驻联合国代表瓦西里·涅边贾": [("俄罗斯常驻联合国代表", "permanent-representative")],
    # a clause ends a post
    "安理会主席，特派团团长": [("安理会主席", "president-of-the-security-council"), ("特派团团长", "head-of-mission")],
    # the source's slip: the last character of the title stands behind the name
    "主管和平行动副秘书让-皮埃尔·拉克鲁瓦长": [("主管和平行动副秘书", "under-secretary-general")],
    # heads that say nothing alone
    "主席说": [],
    "代表们": [],
    "主任和司长": [],
    # words that only hold a head
    "主席国": [],
    "主席声明": [],
    "安理会主席声明": [],
    "中国代表团": [],
    "部长级会议": [],
    "专员办事处": [],
    "主席职位": [],
    # 代表 as a verb
    "马蒂亚斯·利夏茨代表安全理事会": [],
    "他代表该委员会发言": [],
    "": [],
}


@pytest.mark.parametrize("text", POSTS)
def test_posts(text: str) -> None:
    found = [(m.text, m.id) for m in scan_all(text).mentions if m.type == MentionType.POST]
    assert found == POSTS[text]


WORDS = "秘书长特别代表主席团部司外交大臣兼、和的，担任负责问题中国联合会议第一次所设" + "".join(
    map(chr, range(0xE000, 0xE006))
)


@given(st.text(st.one_of(st.characters(), st.sampled_from(WORDS)), max_size=60))
@settings(deadline=None)  # the first example reads the gazetteer
def test_posts_are_in_order_and_apart(text: str) -> None:
    end = 0
    for post in find_posts(text, text):
        assert end <= post.start < post.end <= len(text)
        assert post.slug
        end = post.end


@pytest.mark.parametrize(
    "word", ["秘书长", "代表", "主席", "部长", "负责", "主管和", "问题", "第一次", "所设", "秘书长兼", "外交部"]
)
def test_long_rows(word: str) -> None:
    """No clock is needed to notice a phrase that is looked for from the start of the text at every head."""
    text = word * (30000 // len(word))
    assert all(post.end - post.start < 200 or "兼" in word for post in find_posts(text, text))
