"""Who is who: names, posts, persons across documents, and what people decide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.link.identity import NameUse, canonical_name, name_uses, person_key, resolve
from kg.link.judgements import Judgement, as_csv, read_judgements
from kg.link.posts import posts_in
from tests.synthetic import ALL, GAZETTEER, LETTER, SHORT

if TYPE_CHECKING:
    from tests.conftest import Kg

FULL = "安东尼奥·古特雷斯"
SG = ("secretary-general",)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("张军大使", "张军"),
        ("安东尼奥·古特雷斯先生", FULL),
        ("安东尼奥•古特雷斯", FULL),
        ("安东尼奥 · 古特雷斯阁下", FULL),
        ("罗斯玛丽·迪卡洛女士", "罗斯玛丽·迪卡洛"),
        ("让－皮埃尔·拉克鲁瓦", "让-皮埃尔·拉克鲁瓦"),
        ("哈吉·巴巴卡尔·法耶准将", "哈吉·巴巴卡尔·法耶"),
        ("蘇格蘭", "苏格兰"),
        (" 夏煌 ", "夏煌"),
        ("Christopher  Finlayson", "Christopher Finlayson"),
        ("王大使阁下", "王"),
        # decoys: the whole is a title, or only looks like one
        ("大使", "大使"),
        ("先生", "先生"),
        ("文在寅", "文在寅"),
    ],
)
def test_names(printed: str, name: str) -> None:
    assert canonical_name(printed) == name


@pytest.mark.parametrize(
    ("capacity", "owner", "keys"),
    [
        ("秘书长", None, ["secretary-general"]),
        ("联合国秘书长", "UN", ["secretary-general"]),
        ("新任联合国秘书长", None, ["secretary-general"]),
        ("联合国秘书长", None, ["secretary-general"]),
        ("东盟秘书长", "ASEAN", ["secretary-general-ASEAN"]),
        ("东盟秘书长", None, ["secretary-general-ASEAN"]),
        ("瑞典外交大臣", None, ["foreign-minister-SWE"]),
        ("外交大臣", "SWE", ["foreign-minister-SWE"]),
        ("中华人民共和国常驻联合国代表", "CHN", ["permanent-representative-CHN"]),
        ("安全理事会主席", None, ["council-president"]),
        ("联合国利比亚支助团(联利支助团)团长", None, ["head-of-mission-UNSMIL"]),
        ("联利支助团团长", "UNSMIL", ["head-of-mission-UNSMIL"]),
        # not held by the speaker
        ("代表第1970(2011)号决议所设委员会主席", None, []),
        ("", None, []),
    ],
)
def test_posts(capacity: str, owner: str | None, keys: list[str]) -> None:
    assert [post.key for post in posts_in(capacity, GAZETTEER, owner)] == keys


def test_two_posts_in_one_capacity() -> None:
    first, second = posts_in("负责利比亚问题秘书长特别代表兼联合国利比亚支助团(联利支助团)团长", GAZETTEER)
    assert first.title == "负责利比亚问题秘书长特别代表"
    assert second.key == "head-of-mission-UNSMIL"
    assert len(posts_in("秘书长特别代表、联合国南苏丹特派团(南苏丹特派团)团长", GAZETTEER)) == 2
    # decoy: a list of regions
    assert len(posts_in("主管中东、亚洲及太平洋助理秘书长", GAZETTEER)) == 1


def test_a_state_in_a_title_is_not_its_owner() -> None:
    (post,) = posts_in("中非共和国问题特别代表", GAZETTEER)
    assert post.owner is None
    assert post.title == "中非共和国问题特别代表"


@pytest.mark.parametrize("former", ["前秘书长", "前任秘书长", "原秘书长"])
def test_former_posts_are_not_held(former: str) -> None:
    (post,) = posts_in(former, GAZETTEER)
    assert post.former


def test_front_line_is_not_former() -> None:
    (post,) = posts_in("前线指挥官", GAZETTEER)
    assert not post.former


@pytest.mark.parametrize(
    ("capacity", "specific"),
    [("秘书长", True), ("安全理事会主席", True), ("主管和平行动副秘书长", True), ("瑞典外交大臣", True)]
    + [(generic, False) for generic in ("主席", "特别代表", "秘书长特别代表", "副秘书长", "代表", "外交大臣", "团长")],
)
def test_which_posts_tell_people_apart(capacity: str, specific: bool) -> None:
    (post,) = posts_in(capacity, GAZETTEER)
    assert post.specific is specific


# -- across documents -------------------------------------------------------------------------------------------------


def test_the_seeds_example() -> None:
    """古特雷斯 in 2018 and 安东尼奥·古特雷斯 in 2022 are one person, by the post."""
    uses = [*name_uses(SHORT, GAZETTEER), *name_uses(LETTER, GAZETTEER)]
    found = resolve(uses)
    key = found.key("letter-2018", "古特雷斯")
    assert key == found.key("letter-2022", FULL) == person_key(FULL)
    assert found.people[key].label == FULL
    assert found.people[key].names == ("古特雷斯", FULL)
    (judgement,) = found.judgements
    assert (judgement.judgement, judgement.other) == ("same", FULL)
    assert judgement.evidence == ("secretary-general in letter-2022",)


def test_alone_a_surname_stays_a_name() -> None:
    found = resolve([NameUse("a", "古特雷斯", SG), NameUse("b", "古特雷斯", SG), NameUse("c", "夏煌")])
    assert found.key("a", "古特雷斯") == found.key("b", "古特雷斯") == person_key("古特雷斯")
    assert found.judgements == ()


def test_no_post_in_common_is_undecided() -> None:
    found = resolve([NameUse("a", "古特雷斯", ("foreign-minister-PRT",)), NameUse("b", FULL, SG)])
    assert found.key("a", "古特雷斯") != found.key("b", FULL)
    (judgement,) = found.judgements
    assert (judgement.judgement, judgement.other) == ("unsure", FULL)


def test_no_post_at_all_is_undecided_and_stays_in_its_document() -> None:
    found = resolve([NameUse("a", "古特雷斯"), NameUse("b", "古特雷斯"), NameUse("c", FULL, SG)])
    assert len({found.key("a", "古特雷斯"), found.key("b", "古特雷斯"), found.key("c", FULL)}) == 3
    assert {j.judgement for j in found.judgements} == {"unsure"}


def test_two_candidates_are_undecided() -> None:
    other = "若泽·古特雷斯"
    found = resolve([NameUse("a", "古特雷斯", SG), NameUse("b", FULL, SG), NameUse("c", other, SG)])
    assert found.key("a", "古特雷斯") not in (person_key(FULL), person_key(other))
    assert [(j.judgement, j.other) for j in found.judgements] == [("unsure", FULL), ("unsure", other)]


def test_undecided_of_one_post_are_one() -> None:
    uses = [NameUse("a", "古特雷斯", SG), NameUse("d", "古特雷斯", SG)]
    uses += [NameUse("b", FULL, SG), NameUse("c", "若泽·古特雷斯", SG)]
    found = resolve(uses)
    assert found.key("a", "古特雷斯") == found.key("d", "古特雷斯")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("古特雷斯", "安东尼奥·曼古特雷斯"),  # an end of a part is no part
        ("安东尼奥", FULL),  # a first name is no surname
        ("鲁伊斯·马谢乌", "卡洛斯·鲁伊斯·马谢乌"),  # two full names as printed
        ("军", "张军"),
    ],
)
def test_other_names_are_other_people(short: str, full: str) -> None:
    found = resolve([NameUse("a", short, SG), NameUse("b", full, SG)])
    assert found.key("a", short) == person_key(short)
    assert found.key("b", full) == person_key(full)


def test_hyphenated_surnames() -> None:
    full = "布特罗斯·布特罗斯-加利"
    found = resolve([NameUse("a", "加利", SG), NameUse("c", "布特罗斯-加利", SG), NameUse("b", full, SG)])
    assert found.key("c", "布特罗斯-加利") == person_key(full)
    # 加利 ends both 布特罗斯-加利 and the full name: two candidates, so nobody is chosen
    assert found.key("a", "加利") != person_key(full)


def test_a_surname_that_sits_for_two_states_is_two_people() -> None:
    brazil, again = NameUse("a", "科斯塔", (), ("BRA",)), NameUse("b", "科斯塔", (), ("BRA",))
    portugal, unsaid = NameUse("c", "科斯塔", (), ("PRT",)), NameUse("d", "科斯塔")
    found = resolve([brazil, again, portugal, unsaid])
    assert found.key("a", "科斯塔") == found.key("b", "科斯塔")
    assert len({found.key(document, "科斯塔") for document in "acd"}) == 3
    alone = resolve([brazil, unsaid])
    assert alone.key("a", "科斯塔") == alone.key("d", "科斯塔") == person_key("科斯塔")


@given(st.permutations([*(use for x in ALL for use in name_uses(x, GAZETTEER)), NameUse("z", "古特雷斯", SG)]))
@settings(max_examples=20, deadline=None)
def test_order_does_not_matter(uses: list[NameUse]) -> None:
    assert resolve(uses) == resolve(sorted(uses))


def test_a_name_never_heard_of() -> None:
    assert resolve([]).key("nowhere", "张军大使") == person_key("张军")


def test_many_documents_agree() -> None:
    """As many judgements as documents, but not each with as many documents as evidence."""
    full = [NameUse(f"full-{i:03d}", "安东尼奥·古特雷斯", SG) for i in range(300)]
    short = [NameUse(f"short-{i:03d}", "古特雷斯", SG) for i in range(300)]
    found = resolve([*short, *full])
    assert {found.key(use.document, use.name) for use in short} == {person_key("安东尼奥·古特雷斯")}
    assert len(found.judgements) == 300
    assert found.judgements[0].evidence[0].endswith(" in full-000")
    assert found.judgements[0].evidence[-1] == "and 280 more"
    assert all(judgement.evidence is found.judgements[0].evidence for judgement in found.judgements)


# -- judgements of people ---------------------------------------------------------------------------------------------


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["judgement,document,name,other,reason", *rows, ""]), encoding="utf-8")
    return path


def test_people_have_the_last_word(tmp_path: Path) -> None:
    ruled = read_judgements(
        write(
            tmp_path / "judgements.csv",
            f"different,a,古特雷斯,{FULL},then another minister",
            "same,,潘基文,班基文,misspelt",
            "same,b,张军,张军(外交部),a namesake",
        )
    )
    uses = [NameUse("a", "古特雷斯", SG), NameUse("d", "古特雷斯", SG), NameUse("b", FULL, SG)]
    uses += [NameUse("x", "潘基文"), NameUse("y", "班基文"), NameUse("a", "张军"), NameUse("b", "张军")]
    found = resolve(uses, ruled)
    assert found.key("a", "古特雷斯") != person_key(FULL)
    assert found.key("d", "古特雷斯") == person_key(FULL)
    assert found.key("x", "潘基文") == found.key("y", "班基文")
    assert found.key("a", "张军") == person_key("张军") != found.key("b", "张军")
    assert found.people[found.key("b", "张军")].label == "张军"
    assert {j.by for j in found.judgements} == {"file", "rule"}


def test_namesakes_can_be_kept_apart() -> None:
    apart = Judgement("b", "张军", "different", "张军", "a namesake", by="file")
    found = resolve([NameUse("a", "张军"), NameUse("b", "张军"), NameUse("c", "张军")], [apart])
    assert found.key("a", "张军") == found.key("c", "张军") != found.key("b", "张军")


def test_judgements_as_json() -> None:
    (judgement,) = resolve([NameUse("a", "古特雷斯", SG), NameUse("b", FULL, SG)]).judgements
    assert judgement.as_json() == {
        "document": "a",
        "name": "古特雷斯",
        "judgement": "same",
        "other": FULL,
        "reason": "last part of the name and post agree",
        "evidence": ["secretary-general in b"],
        "by": "rule",
    }


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["maybe,a,b,c,d"], r"judgements.csv:2: judgement 'maybe'"),
        (["same,a,,c,d"], "name or other is empty"),
        (["same,a,b"], "name or other is empty"),
    ],
)
def test_bad_judgements(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        read_judgements(write(tmp_path / "judgements.csv", *rows))


def test_judgements_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_judgements(tmp_path / "none.csv")
    (tmp_path / "odd.csv").write_text("a,b\n")
    with pytest.raises(ConfigError, match="no column judgement"):
        read_judgements(tmp_path / "odd.csv")


def test_unsure_undoes_a_merge_and_stays_listed(tmp_path: Path) -> None:
    uses = [NameUse("a", "古特雷斯", SG), NameUse("b", FULL, SG)]
    ruled = read_judgements(write(tmp_path / "j.csv", f"unsure,a,古特雷斯,{FULL},perhaps his brother"))
    found = resolve(uses, ruled)
    assert found.key("a", "古特雷斯") != found.key("b", FULL)
    (judgement,) = found.judgements
    assert (judgement.judgement, judgement.by) == ("unsure", "file")


LOGGED = (
    [NameUse("a", "古特雷斯", SG), NameUse("b", FULL, SG)],  # same
    [NameUse("a", "古特雷斯"), NameUse("b", "古特雷斯"), NameUse("c", FULL, SG)],  # unsure
    [NameUse("a", "古特雷斯", SG), NameUse("b", FULL, SG), NameUse("c", "若泽·古特雷斯", SG)],
    [NameUse("a", "罗斯玛丽·迪卡洛", SG), NameUse("b", "罗斯玛丽·迪卡罗", SG)],
)


@pytest.mark.parametrize("uses", LOGGED)
def test_the_log_replayed_changes_nothing(uses: list[NameUse], tmp_path: Path) -> None:
    first = resolve(uses)
    (tmp_path / "people.csv").write_text(as_csv(first.judgements), encoding="utf-8")
    again = resolve(uses, read_judgements(tmp_path / "people.csv"))
    assert (again.keys, again.people) == (first.keys, first.people)
    assert [(j.judgement, j.document, j.name, j.other) for j in again.judgements] == [
        (j.judgement, j.document, j.name, j.other) for j in first.judgements
    ]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("罗斯玛丽·迪卡洛", "罗斯玛丽·迪卡罗", True),  # another character
        ("罗斯玛丽·迪卡洛", "罗斯玛丽·安妮·迪卡洛", True),  # a name more
        ("让-皮埃尔·拉克鲁瓦", "让皮埃尔·拉克鲁瓦", True),  # one less
        ("罗斯玛丽·迪卡洛", "杰弗里·费尔特曼", False),
        ("张军", "张明", False),  # short names are soon alike
        ("马丁·格里菲思", "马丁·科布勒", False),
    ],
)
def test_spellings_are_listed_not_joined(one: str, other: str, alike: bool) -> None:
    found = resolve([NameUse("a", one, SG), NameUse("b", other, SG)])
    assert found.key("a", one) != found.key("b", other)
    assert [j.judgement for j in found.judgements] == ["unsure"] * alike
    assert not resolve([NameUse("a", one, SG), NameUse("b", other, ("foreign-minister-PRT",))]).judgements


def test_command_lists_the_log(kg: Kg, graph: Path) -> None:
    ran = kg("people", str(graph))
    assert ran.status == 0
    assert ran.out.startswith("judgement,document,name,other,reason,evidence,by\n")
    undecided = kg("people", str(graph), "--undecided", "--format", "json")
    assert all(row["judgement"] == "unsure" for row in json.loads(undecided.out))
    assert kg("people", str(graph / "store")).status == 1
