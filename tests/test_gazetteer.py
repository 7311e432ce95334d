"""The tables of names: what they hold, what they refuse, and each of their checks failing on a broken table."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick_rs
import pytest

import kg.gazetteer
from kg.errors import GazetteerError
from kg.gazetteer import Entry, Format, Gazetteer, NotName, check, checks, load_gazetteer, read_tables
from kg.model import MentionType

DATA = Path(kg.gazetteer.__file__).parent / "data"
STATE, MISSION = MentionType.STATE, MentionType.MISSION
ORGANIZATION, POST = MentionType.ORGANIZATION, MentionType.POST


@cache
def automaton() -> tuple[list[str], ahocorasick_rs.AhoCorasick]:
    gazetteer = load_gazetteer()
    names = {name for name, entries in gazetteer.names().items() if entries[0].type is not POST}
    patterns = sorted(names | gazetteer.not_names)
    return patterns, ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def ids(text: str) -> list[str]:
    """Ids of the states, missions and bodies that a longest-match scan finds in ``text``."""
    patterns, machine = automaton()
    names = load_gazetteer().names()
    found = (patterns[index] for index, _, _ in machine.find_matches_as_indexes(text))
    return [names[name][0].id for name in found if name in names]


def test_the_shipped_tables_pass_every_check() -> None:
    assert check(load_gazetteer()) == []


def test_the_states_are_the_members_and_observers() -> None:
    states = [entry for entry in load_gazetteer().entries if entry.type is STATE]
    assert sum(entry.kind == "member" for entry in states) == 193
    assert {entry.id for entry in states if entry.kind == "observer"} == {"PSE", "VAT"}


def test_tables_are_read_once() -> None:
    assert load_gazetteer() is load_gazetteer()


@pytest.mark.parametrize(
    ("name", "type_", "id_"),
    [
        ("刚果民主共和国", STATE, "COD"),
        ("刚果(金)", STATE, "COD"),
        ("扎伊尔", STATE, "COD"),
        ("刚果", STATE, "COG"),
        ("刚果(布)", STATE, "COG"),
        ("联合王国", STATE, "GBR"),
        ("大不列颠及北爱尔兰联合王国", STATE, "GBR"),
        ("朝鲜", STATE, "PRK"),
        ("韩国", STATE, "KOR"),
        ("巴勒斯坦", STATE, "PSE"),
        ("梵蒂冈", STATE, "VAT"),
        ("多米尼加", STATE, "DOM"),
        ("多米尼克", STATE, "DMA"),
        ("伊朗(伊斯兰共和国)", STATE, "IRN"),
        ("玻利维亚(多民族国)", STATE, "BOL"),
        ("前南斯拉夫的马其顿共和国", STATE, "MKD"),
        ("阿拉伯利比亚民众国", STATE, "LBY"),
        ("埃斯瓦蒂尼", STATE, "SWZ"),
        ("蒂尔基耶", STATE, "TUR"),
        ("沙乌地阿拉伯", STATE, "SAU"),
        ("肯亚", STATE, "KEN"),
        ("象牙海岸", STATE, "CIV"),
        ("联合国", ORGANIZATION, "UN"),
        ("安理会", ORGANIZATION, "UN-SC"),
        ("联大", ORGANIZATION, "UNGA"),
        ("反恐执行局", ORGANIZATION, "CTED"),
        ("余留机制", ORGANIZATION, "IRMCT"),
        ("非盟和平与安全理事会", ORGANIZATION, "AU-PSC"),
        ("伊加特", ORGANIZATION, "IGAD"),
        ("禁化武组织", ORGANIZATION, "OPCW"),
        ("非索特派团", MISSION, "AMISOM"),
        ("驻科部队", MISSION, "KFOR"),
        ("秘书长特别代表", POST, "special-representative-of-the-secretary-general"),
        ("外长", POST, "foreign-minister"),
    ],
)
def test_a_name_is_its_entry(name: str, type_: MentionType, id_: str) -> None:
    entry = load_gazetteer().get(type_, id_)
    assert entry is not None
    assert load_gazetteer().names()[name] == (entry,)


@pytest.mark.parametrize("name", ["大会", "中非", "查德", "秘书处", "稳定部队", "法治团"])
def test_a_weak_name_is_no_name_by_itself(name: str) -> None:
    gazetteer = load_gazetteer()
    assert name in gazetteer.weak_names()
    assert all(entry.type is POST for entry in gazetteer.names().get(name, ()))


@pytest.mark.parametrize(
    "name", ["苏联", "南斯拉夫", "捷克斯洛伐克", "德意志民主共和国", "科索沃", "台湾", "阁下", "美元"]
)
def test_what_is_no_entry_has_no_name(name: str) -> None:
    assert name not in load_gazetteer().names()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the longest name wins
        ("索马里、马里和南苏丹，以及苏丹", ["SOM", "MLI", "SSD", "SDN"]),
        ("几内亚比绍、赤道几内亚、巴布亚新几内亚和几内亚", ["GNB", "GNQ", "PNG", "GIN"]),
        ("尼日利亚和尼日尔", ["NGA", "NER"]),
        ("白俄罗斯与俄罗斯联邦", ["BLR", "RUS"]),
        ("印度尼西亚和印度", ["IDN", "IND"]),
        ("中非共和国和中非经共体", ["CAF", "ECCAS"]),
        ("刚果民主共和国和刚果共和国", ["COD", "COG"]),
        ("阿拉伯叙利亚共和国和阿拉伯叙利亚武装部队", ["SYR", "SYR"]),
        ("国际刑事法院和国际法院", ["ICC", "ICJ"]),
        ("12月31日日本代表", ["JPN"]),
        ("以北约为首的部队", ["NATO"]),
        ("苏丹人民解放军和苏丹", ["SPLA", "SDN"]),
        # a name inside a longer word
        ("发展中国家和经济转型国家", []),
        ("过渡进程中国际社会的作用", []),
        ("扩大合法国家权力", []),
        ("撒哈拉以南非洲", []),
        ("沿海地区和红海地区", []),
        ("截至12月31日本组织的会员", []),
        ("在该镇以北约15公里处", []),
        ("明智利用资源", []),
        ("许多哥斯达黎加", []),
        ("拉美国家", []),
        ("维和部队和维和部署", []),
        # a place, people or thing named after a state
        ("索马里兰", []),
        ("约旦河西岸", []),
        ("几内亚湾", []),
        ("印度洋和阿曼湾", []),
        ("马里乌波尔", []),
        ("希腊族和土耳其族", []),
        ("朝鲜半岛", []),
        ("北爱尔兰", []),
        ("苏丹·萨利赫·阿兹曼", []),
        ("北塞浦路斯土耳其共和国", []),
        # states that are no members today
        ("捷克斯洛伐克、苏联和德意志民主共和国", []),
        ("前南斯拉夫", []),
        ("民主也门", []),
        # a body of the same words
        ("国家安全理事会", []),
    ],
)
def test_the_longest_match_finds_names_and_passes_over_what_is_none(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("name", "after", "expected"),
    [
        ("利比亚国", "家", "利比亚"),
        ("以色列国", "防", "以色列"),
        ("蒙古国", "家", "蒙古"),
        ("利比亚国", "常", "利比亚国"),
        ("利比亚国", "", "利比亚国"),
        ("中国", "家", "中国"),
        ("阿拉伯联合酋长国", "家", "阿拉伯联合酋长国"),
        ("法国", "内", "法国"),
    ],
)
def test_a_formal_name_does_not_run_into_the_next_word(name: str, after: str, expected: str) -> None:
    assert load_gazetteer().standing(name, after) == expected


def test_words_of_address_are_no_posts() -> None:
    gazetteer = load_gazetteer()
    assert "先生" in gazetteer.honorifics()
    assert not set(gazetteer.honorifics()) & set(gazetteer.names())


def test_measures_hold_mandates_and_are_no_mentions() -> None:
    gazetteer = load_gazetteer()
    measures = [entry for entry in gazetteer.holders if entry.is_measure]
    assert measures
    assert not any(entry in measures for entries in gazetteer.names().values() for entry in entries)
    assert all(gazetteer.holder(entry.id) is entry for entry in measures)
    assert gazetteer.holder("UNMISS") == gazetteer.get(MISSION, "UNMISS")


def test_acronyms_stand_apart_from_chinese_names() -> None:
    gazetteer = load_gazetteer()
    assert all(name.isascii() for name in gazetteer.acronyms())
    assert not any(name.isascii() for name in gazetteer.names())


def test_a_decoy_bars_its_own_type_only() -> None:
    gazetteer = load_gazetteer()
    assert "安理会主席声明" in gazetteer.not_names_of(POST)
    assert "安理会主席声明" not in gazetteer.not_names
    assert {"发展中国家", "国家安全理事会"} <= gazetteer.not_names


@pytest.mark.parametrize(
    ("word", "format_", "level"),
    [
        ("公开辩论会", "open-debate", None),
        ("辩论", "debate", None),
        ("情况通报会", "briefing", None),
        ("闭门磋商", "consultations", None),
        ("非公开会议", "private-meeting", None),
        ("非正式互动对话", "informal-interactive-dialogue", None),
        ("“阿里亚办法”会议", "arria-formula", None),
        ("首脑会议", "summit", "summit"),
        ("部长级", None, "ministerial"),
        ("高级别公开辩论会", "open-debate", "high-level"),
    ],
)
def test_a_word_says_the_format_and_level(word: str, format_: str | None, level: str | None) -> None:
    assert Format(word, format_, level) in load_gazetteer().formats


# -- each check, on a table that it must refuse -----------------------------------------------------------------------

FRANCE = Entry(
    "FRA",
    STATE,
    "法国",
    "France",
    zh_formal="法兰西共和国",
    en_formal="the French Republic",
    kind="member",
    iso2="FR",
    m49="250",
    wikidata="Q142",
    unbis="http://metadata.un.org/thesaurus/1002579",
    source="test",
)
COUNCIL = Entry(
    "UN-SC", ORGANIZATION, "安全理事会", "Security Council", aliases=("安理会",), kind="principal", source="test"
)
TRIBUNAL = Entry("ICTY", ORGANIZATION, "前南法庭", "ICTY", kind="tribunal", source="test")
CHAIR = Entry("chair", POST, "主席", "Chair", kind="body", source="test")
GOOD = Gazetteer(
    (FRANCE, COUNCIL, CHAIR), (TRIBUNAL,), (Format("辩论", "debate", None),), (NotName("法国家", STATE, "x"),)
)


def complain(rule: str, gazetteer: Gazetteer) -> list[str]:
    return list(getattr(checks, rule)(gazetteer))


@pytest.mark.parametrize("rule", sorted({rule.__name__ for rule in checks.CHECKS} - {"states_are_complete"}))
def test_a_good_table_passes(rule: str) -> None:
    assert complain(rule, GOOD) == []


@pytest.mark.parametrize(
    ("rule", "entries"),
    [
        ("unique_ids", (FRANCE, FRANCE)),
        ("unique_ids", (COUNCIL, replace(COUNCIL, id="ICTY", zh="法庭", aliases=()))),  # a holder has it
        ("strong_names_are_unique", (FRANCE, replace(FRANCE, id="FRB"))),
        ("strong_names_are_unique", (FRANCE, replace(COUNCIL, aliases=("法国",)))),
        ("strong_names_are_unique", (COUNCIL, replace(COUNCIL, id="X", zh="别", aliases=(), weak_aliases=("安理会",)))),
        ("names_are_listed_once", (replace(COUNCIL, aliases=("安理会", "安理会")),)),
        ("names_are_listed_once", (replace(COUNCIL, aliases=("安全理事会",)),)),
        ("names_are_listed_once", (replace(COUNCIL, weak_aliases=("安理会",)),)),
        ("names_are_normal", (replace(COUNCIL, aliases=("安全理事会（安理会）",)),)),
        ("names_are_normal", (replace(COUNCIL, weak_aliases=("安理會",)),)),
        ("names_are_normal", (replace(COUNCIL, aliases=("第 1 委员会",)),)),
        ("names_are_normal", (replace(COUNCIL, aliases=("",)),)),
        ("values_have_their_shape", (replace(FRANCE, wikidata="142"),)),
        ("values_have_their_shape", (replace(FRANCE, iso2="fr"),)),
        ("values_have_their_shape", (replace(FRANCE, m49="4"),)),
        ("values_have_their_shape", (replace(FRANCE, unbis="http://example.org/1"),)),
        ("values_have_their_shape", (replace(COUNCIL, id="安理会"),)),
        ("values_have_their_shape", (replace(COUNCIL, start="1945年"),)),
        ("values_have_their_shape", (replace(COUNCIL, established_by="第1号决议"),)),
        ("references_exist", (replace(COUNCIL, parent="UN"),)),
        ("references_exist", (replace(COUNCIL, parent="UN-SC"),)),
        ("references_exist", (replace(COUNCIL, states=("FRA",)),)),
        ("states_are_complete", (FRANCE,)),
        ("posts_have_a_kind", (replace(CHAIR, kind="king"),)),
        ("tables_are_sorted", (COUNCIL, replace(COUNCIL, id="AU", zh="非盟", aliases=()))),
    ],
)
def test_a_check_refuses_broken_entries(rule: str, entries: tuple[Entry, ...]) -> None:
    assert complain(rule, replace(GOOD, entries=entries))


@pytest.mark.parametrize("column", ["zh_formal", "en_formal", "iso2", "m49", "wikidata", "unbis"])
def test_a_state_needs_all_names_and_codes(column: str) -> None:
    states = tuple(e for e in load_gazetteer().entries if e.type is STATE)
    assert complain("states_are_complete", Gazetteer(states)) == []
    nothing: dict[str, Any] = {column: None}
    broken = (replace(states[0], **nothing), *states[1:])
    assert complain("states_are_complete", Gazetteer(broken)) == [f"State {states[0].id}: no {column}"]


def test_a_state_has_its_own_codes() -> None:
    states = tuple(e for e in load_gazetteer().entries if e.type is STATE)
    broken = (replace(states[0], iso2=states[1].iso2), *states[1:])
    assert complain("states_are_complete", Gazetteer(broken)) == [f"states: iso2 {states[1].iso2} twice"]


@pytest.mark.parametrize(
    "decoy",
    [
        NotName("法国", STATE, "it is a name"),
        NotName("德国际", STATE, "contains no name of these tables"),
        NotName("法国家", ORGANIZATION, "contains no name of that type"),
        NotName("合法国家", STATE, ""),
    ],
)
def test_a_not_name_must_contain_a_name_and_say_why(decoy: NotName) -> None:
    assert complain("not_names_hold_a_name", replace(GOOD, decoys=(decoy,)))


def test_a_former_state_need_not_contain_a_name() -> None:
    assert complain("not_names_hold_a_name", replace(GOOD, decoys=(NotName("苏联", STATE, "former state"),))) == []


@pytest.mark.parametrize(
    "formats",
    [
        (Format("辩论", "quarrel", None),),
        (Format("辩论", "debate", "low"),),
        (Format("辩论", None, None),),
        (Format("辩论", "debate", None), Format("辩论", "meeting", None)),
    ],
)
def test_formats_are_those_of_the_contract(formats: tuple[Format, ...]) -> None:
    assert complain("formats_are_known", replace(GOOD, formats=formats))


# -- files that cannot be read ----------------------------------------------------------------------------------------


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_copied_tables_read_the_same(tables: Path) -> None:
    assert read_tables(tables) == load_gazetteer()


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "what"),
    [
        ("states.csv", "id,zh,en", "id,zh,nl", "states.csv:1", "nl"),
        ("states.csv", ",source\n", "\n", "states.csv:1", "source"),
        ("states.csv", "id,zh,en", "zh,id,en", "states.csv:1", "misplaced"),
        ("states.csv", "AFG,", "AFG,,", "states.csv:2", "19 cells"),
        ("states.csv", "AFG,阿富汗", "AFG,", "states.csv:2", "zh"),
        ("not_names.csv", ",Organization,", ",Thing,", "not_names.csv:", "Thing"),
        ("formats.csv", "name,format,level", "name,format", "formats.csv:1", "level"),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    tables: Path, file: str, old: str, new: str, where: str, what: str
) -> None:
    path = tables / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GazetteerError) as raised:
        read_tables(tables)
    assert str(raised.value.where).startswith(where)
    assert what in raised.value.what


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_missing_or_undecodable_table_is_an_error(tables: Path, content: bytes | None) -> None:
    (tables / "posts.csv").unlink()
    if content is not None:
        (tables / "posts.csv").write_bytes(content)
    with pytest.raises(GazetteerError, match=r"posts\.csv"):
        read_tables(tables)


def test_files_are_utf8_with_unix_line_ends() -> None:
    for path in sorted(DATA.glob("*.csv")):
        content = path.read_bytes()
        assert b"\r" not in content, path.name
        assert content.endswith(b"\n"), path.name
        assert not content.startswith(b"\xef\xbb\xbf"), path.name
