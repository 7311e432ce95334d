"""Missions and mandate holders: the tables' own rules, short names that are easily confused, and the look-ups."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GazetteerError
from kg.gazetteer import Entry, check, load_gazetteer
from kg.gazetteer.holders import KIND_WORDS, Holder, _read_context, load_holders
from kg.model import MentionType

if TYPE_CHECKING:
    from pathlib import Path

GAZETTEER = load_gazetteer()
HOLDERS = load_holders()
MISSIONS = [e for e in GAZETTEER.entries if e.type is MentionType.MISSION and e.kind != "non-un-mission"]
KINDS = {
    "peacekeeping": 69,
    "political": 22,
    "office": 18,
    "envoy": 10,
    "support": 3,
    "electoral": 3,
    "emergency": 1,
    "administration": 1,
}
"""Kinds of mission, and how many there are at least."""

SYMBOL = re.compile(r"S/RES/[1-9]\d{0,3}\((?:19|20)\d\d\)|A/RES/\d+/\d+[A-Z]?|A/RES/\d+\((?:[IVX]+|ES-[IVX]+)\)")
COUNCIL = re.compile(r"S/RES/(\d+)\((\d{4})\)")
IN_WORDS = re.compile(r"(?:第|resolution |和|、)(\d+) ?\((\d{4})\)")


def ids(entries: list[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def name_of(text: str) -> list[str]:
    """Ids of the missions that a leftmost-longest scan over names and not-names finds in ``text``."""
    names = GAZETTEER.names()
    pattern = re.compile("|".join(sorted(map(re.escape, {*names, *GAZETTEER.not_names}), key=len, reverse=True)))
    found = (entry for match in pattern.finditer(text) for entry in names.get(match.group(), ()))
    return [entry.id for entry in found if entry.type is MentionType.MISSION]


# ---- the table of missions


def test_how_many() -> None:
    counts = Counter(entry.kind for entry in MISSIONS)
    assert set(counts) == set(KINDS)
    assert {kind: counts[kind] for kind, least in KINDS.items() if counts[kind] < least} == {}
    assert len(MISSIONS) >= 130


OPERATIONS = set(
    re.findall(
        r"\S+",
        """
    UNTSO UNMOGIP UNEF-I UNOGIL ONUC UNSF UNYOM UNFICYP DOMREP UNIPOM UNEF-II UNDOF UNIFIL UNGOMAP UNIIMOG UNAVEM-I
    UNTAG ONUCA MINURSO ONUSAL UNIKOM UNAVEM-II UNAMIC UNPROFOR UNTAC UNOSOM-I ONUMOZ UNOSOM-II UNOMUR UNOMIG UNOMIL
    UNMIH UNAMIR UNASOG UNMOT UNAVEM-III UNCRO UNPREDEP UNMIBH UNTAES UNMOP UNSMIH MINUGUA MONUA UNTMIH MIPONUH UNPSG
    MINURCA UNOMSIL UNMIK UNAMSIL UNTAET MONUC UNMEE UNMISET UNMIL UNOCI MINUSTAH ONUB UNMIS UNMIT UNAMID MINURCAT
    MONUSCO UNISFA UNMISS UNSMIS MINUSMA MINUSCA MINUJUSTH
""",
    )
)


def test_all_operations_since_1948() -> None:
    assert {entry.id for entry in MISSIONS if entry.kind == "peacekeeping"} == OPERATIONS


@pytest.mark.parametrize("entry", MISSIONS, ids=ids(MISSIONS))
def test_a_mission_is_complete(entry: Entry) -> None:
    assert entry.zh
    assert entry.en.isascii() or "’" in entry.en or "ô" in entry.en
    assert entry.start
    assert re.fullmatch(r"(19|20)\d\d", entry.start)
    assert entry.end is None or entry.start <= entry.end
    assert re.fullmatch(r"[A-Z]+(-[A-Z0-9]+)?", entry.id)
    if entry.kind != "envoy":  # their ids are ours: the United Nations give these offices no acronym
        assert {entry.id, entry.id.replace("-", " ")} & set(entry.strong_names)


def test_resolutions_are_well_formed() -> None:
    symbols = [e.established_by for e in (*MISSIONS, *GAZETTEER.holders) if e.established_by]
    assert [symbol for symbol in symbols if not SYMBOL.fullmatch(symbol)] == []


def test_numbers_and_years_of_resolutions_rise_together() -> None:
    names = [e.established_by or "" for e in (*GAZETTEER.entries, *GAZETTEER.holders)]
    names += [name for e in (*MISSIONS, *GAZETTEER.holders) for name in (*e.strong_names, e.en, e.source)]
    pairs = {(int(n), int(y)) for text in names for n, y in COUNCIL.findall(text)}
    pairs |= {
        (int(n), int(y)) for text in names for n, y in re.findall(r"(?:第|resolution |和|、)(\d+)\((\d{4})\)", text)
    }
    years = [year for _, year in sorted(pairs)]
    assert len(years) > 100
    assert years == sorted(years)


def test_a_mission_does_not_precede_its_resolution() -> None:
    late = {"UNMOGIP", "UNAVEM-I", "UNTAG"}  # deployed in a later year
    for entry in MISSIONS:
        if entry.start and (match := COUNCIL.fullmatch(entry.established_by or "")):
            assert int(match[2]) <= int(entry.start), entry.id
            assert int(entry.start) - int(match[2]) <= 1 or entry.id in late, entry.id


def test_no_strong_name_is_shared() -> None:
    assert check(GAZETTEER) == []


@pytest.mark.parametrize("word", ["特派团", "部队", "行动", "办事处", "维和部队", "观察员", "团", "援助", "安全部队"])
def test_words_for_any_mission_name_none(word: str) -> None:
    assert word not in GAZETTEER.names()
    assert not any(e.type is MentionType.MISSION for e in GAZETTEER.weak_names().get(word, ()))


@pytest.mark.parametrize(
    ("name", "missions"),
    [
        ("联合国安哥拉核查团", {"UNAVEM-I", "UNAVEM-II", "UNAVEM-III"}),
        ("联安核查团", {"UNAVEM-I", "UNAVEM-II", "UNAVEM-III"}),
        ("联索行动", {"UNOSOM-I", "UNOSOM-II"}),
        ("紧急部队", {"UNEF-I", "UNEF-II"}),
        ("稳定团", {"MINUSTAH", "MONUSCO", "MINUSMA", "MINUSCA"}),
        ("混合行动", {"UNAMID"}),
        ("地区中心", {"UNRCCA"}),
        ("该中心", {"UNRCCA"}),
    ],
)
def test_deliberate_ambiguity_is_weak(name: str, missions: set[str]) -> None:
    assert name not in GAZETTEER.names()
    assert {e.id for e in GAZETTEER.weak_names()[name] if e.type is MentionType.MISSION} == missions


def test_verification_missions_share_a_weak_name() -> None:
    missions = {"UNVMC", "MINUGUA", "UNAVEM-I", "UNAVEM-II", "UNAVEM-III"}
    assert {entry.id for entry in GAZETTEER.weak_names()["核查团"]} >= missions


SHORT_NAMES = [
    ("停战监督组织", "UNTSO"),
    ("印巴观察组", "UNMOGIP"),
    ("印巴观察团", "UNIPOM"),
    ("联刚行动", "ONUC"),
    ("联刚特派团", "MONUC"),
    ("联刚稳定团", "MONUSCO"),
    ("联塞部队", "UNFICYP"),
    ("联塞特派团", "UNAMSIL"),
    ("联塞观察团", "UNOMSIL"),
    ("联塞综合办", "UNIOSIL"),
    ("联塞建和办", "UNIPSIL"),
    ("第一期联合国紧急部队", "UNEF-I"),
    ("第二期紧急部队", "UNEF-II"),
    ("观察员部队", "UNDOF"),
    ("联黎部队", "UNIFIL"),
    ("联黎观察组", "UNOGIL"),
    ("联黎协调办", "UNSCOL"),
    ("两伊观察团", "UNIIMOG"),
    ("伊科观察团", "UNIKOM"),
    ("联伊援助团", "UNAMI"),
    ("第三期联安核查团", "UNAVEM-III"),
    ("联安观察团", "MONUA"),
    ("联安特派团", "UNMA"),
    ("第二期联索行动", "UNOSOM-II"),
    ("联索援助团", "UNSOM"),
    ("联索过渡援助团", "UNTMIS"),
    ("联索支助办", "UNSOS"),
    ("联索政治处", "UNPOS"),
    ("非索特派团支助办", "UNSOA"),
    ("非索特派团", "AMISOM"),
    ("联格观察团", "UNOMIG"),
    ("联卢援助团", "UNAMIR"),
    ("联塔观察团", "UNMOT"),
    ("联海特派团", "UNMIH"),
    ("联海支助团", "UNSMIH"),
    ("联海民警团", "MIPONUH"),
    ("联海稳定团", "MINUSTAH"),
    ("联海司法支助团", "MINUJUSTH"),
    ("联海综合办", "BINUH"),
    ("联海办", "BINUH"),
    ("中非特派团", "MINURCA"),
    ("中乍特派团", "MINURCAT"),
    ("中非稳定团", "MINUSCA"),
    ("中非建和办", "BINUCA"),
    ("中非支助处", "BONUCA"),
    ("中部非洲区域办", "UNOCA"),
    ("中非区域办", "UNOCA"),
    ("西非办", "UNOWA"),
    ("西萨办", "UNOWAS"),
    ("西撒特派团", "MINURSO"),
    ("科索沃特派团", "UNMIK"),
    ("联科行动", "UNOCI"),
    ("联科特派团", "MINUCI"),
    ("东帝汶过渡当局", "UNTAET"),
    ("东帝汶支助团", "UNMISET"),
    ("联东支助团", "UNMISET"),
    ("东帝汶特派团", "UNAMET"),
    ("东帝汶综合团", "UNMIT"),
    ("埃厄特派团", "UNMEE"),
    ("联利特派团", "UNMIL"),
    ("联利观察团", "UNOMIL"),
    ("联利支助团", "UNSMIL"),
    ("联布行动", "ONUB"),
    ("联布办事处", "BNUB"),
    ("布隆迪综合办", "BINUB"),
    ("联苏特派团", "UNMIS"),
    ("联苏先遣团", "UNAMIS"),
    ("联苏综合援助团", "UNITAMS"),
    ("南苏丹特派团", "UNMISS"),
    ("联合国南苏丹共和国特派团", "UNMISS"),
    ("达尔富尔混合行动", "UNAMID"),
    ("联阿安全部队", "UNISFA"),
    ("联阿援助团", "UNAMA"),
    ("联阿特派团", "UNSMA"),
    ("联叙监督团", "UNSMIS"),
    ("马里稳定团", "MINUSMA"),
    ("联几建和办", "UNIOGBIS"),
    ("荷台达协议支助团", "UNMHA"),
    ("荷台达特派团", "UNMHA"),
    ("哥伦比亚核查团", "UNVMC"),
    ("联合国哥伦比亚特派团", "UNMC"),
    ("联尼特派团", "UNMIN"),
    ("埃博拉特派团", "UNMEER"),
    ("联合国中亚地区预防外交中心", "UNRCCA"),
    ("大湖区问题特使办公室", "OSESG-GL"),
]


@pytest.mark.parametrize(("name", "mission"), SHORT_NAMES, ids=[name for name, _ in SHORT_NAMES])
def test_short_name(name: str, mission: str) -> None:
    assert [entry.id for entry in GAZETTEER.names()[name]] == [mission]


@pytest.mark.parametrize(
    ("text", "missions"),
    [
        ("联合国南苏丹特派团和联合国苏丹特派团", ["UNMISS", "UNMIS"]),
        ("第1990(2011)号决议第2段规定的联阿安全部队任务,联阿援助团除外", ["UNISFA", "UNAMA"]),
        ("联合国索马里援助团(联索援助团)、联合国索马里支助办公室(联索支助办)", ["UNSOM", "UNSOM", "UNSOS", "UNSOS"]),
        ("联合国索马里过渡时期援助团", ["UNTMIS"]),
        ("联合国苏丹过渡时期综合援助团(联苏综合援助团)", ["UNITAMS", "UNITAMS"]),
        ("非洲联盟-联合国达尔富尔混合行动", ["UNAMID"]),
        ("联合国组织刚果民主共和国稳定特派团", ["MONUSCO"]),
        ("联合国组织刚果民主共和国特派团", ["MONUC"]),
        ("第二期联合国索马里行动", ["UNOSOM-II"]),
        ("非洲联盟驻索马里特派团(非索特派团)", ["AMISOM", "AMISOM"]),
        ("联合国西非和萨赫勒办事处", ["UNOWAS"]),
        ("联合国日内瓦办事处", []),
        ("每个维持和平特派团的任务规定", []),
        ("美国常驻联合国代表团", []),
        ("中非共和国安全部队", []),
        ("联合国国家工作队", []),
        ("常驻联合国观察员代表团", []),
    ],
)
def test_the_longest_name_is_meant(text: str, missions: list[str]) -> None:
    assert name_of(text) == missions


# ---- holders of mandates

SANCTIONS_REGIMES = {
    "ZWE": 253, "ZAF": 421, "IRQ": 1518, "SOM": 2713, "LBY": 1970, "LBR": 1521, "HTI": 2653, "AGO": 864, "RWA": 918,
    "SLE": 1132, "AFG": 1988, "ERI": 1298, "COD": 1533, "CIV": 1572, "SDN": 1591, "LBN": 1636, "PRK": 1718, "GNB": 2048,
    "CAF": 2127, "YEM": 2140, "SSD": 2206, "MLI": 2374, "taliban": 1988, "isil-al-qaida": 1267, "kosovo": 1160,
    "former-yugoslavia": 724,
}  # fmt: skip


@pytest.mark.parametrize(("key", "number"), SANCTIONS_REGIMES.items())
def test_every_regime_has_its_newest_sanctions(key: str, number: int) -> None:
    assert HOLDERS.by_context("sanctions", key)[0].id == f"sanctions-{number}"


def test_how_many_holders() -> None:
    counts = Counter(entry.kind for entry in GAZETTEER.holders)
    assert counts["sanctions"] >= 30
    assert counts["committee"] >= 30
    assert counts["panel"] >= 20
    assert counts["authorization"] >= 12


@pytest.mark.parametrize(
    ("kind", "number", "holder"),
    [
        ("panel", 2127, "panel-of-experts-2127"),
        ("panel", 2399, "panel-of-experts-2127"),
        ("panel", 1973, "panel-of-experts-1973"),
        ("panel", 1874, "panel-of-experts-1874"),
        ("panel", 1533, "group-of-experts-1533"),
        ("panel", 2360, "group-of-experts-1533"),
        ("panel", 2428, "panel-of-experts-2206"),
        ("panel", 2444, "panel-of-experts-2444"),
        ("panel", 2385, "monitoring-group-1519"),
        ("monitoring-team", 1526, "monitoring-team-1526"),
        ("monitoring-team", 2610, "monitoring-team-1526"),
        ("ombudsperson", 1904, "ombudsperson-1904"),
        ("committee", 1267, "committee-1267"),
        ("committee", 1540, "committee-1540"),
        ("committee", 1373, "CTC"),
        ("sanctions", 2127, "sanctions-2127"),
        ("sanctions", 2488, "sanctions-2127"),
        ("sanctions", 1493, "sanctions-1533"),
        ("sanctions", 1556, "sanctions-1591"),
        ("sanctions", 418, "sanctions-421"),
        ("authorization", 2165, "cross-border-aid-syria"),
        ("authorization", 2504, "cross-border-aid-syria"),
        ("authorization", 2292, "inspection-libya-2292"),
        ("authorization", 2473, "inspection-libya-2292"),
        ("authorization", 2240, "migrant-smuggling-libya-2240"),
        ("authorization", 2146, "petroleum-libya-2146"),
        ("authorization", 1851, "piracy-somalia-1846"),
        ("authorization", 2183, "EUFOR-ALTHEA"),
        ("authorization", 1744, "AMISOM"),
        ("tribunal", 1966, "IRMCT"),
        ("other-body", 2235, "JIM"),
        ("other-body", 2379, "UNITAD"),
        ("mission", 1244, "UNMIK"),
        ("mission", 1990, "UNISFA"),
        ("panel", 242, None),
        ("committee", 2399, None),
        ("mission", 2127, None),
        ("nonsense", 2127, None),
    ],
)
def test_by_resolution(kind: str, number: int, holder: str | None) -> None:
    found = HOLDERS.by_resolution(kind, number)
    assert (found.id if found else None) == holder


@pytest.mark.parametrize(
    ("kind", "key", "year", "holders"),
    [
        ("panel", "CAF", None, ["panel-of-experts-2127"]),
        ("panel", "COD", None, ["group-of-experts-1533"]),
        ("panel", "LBR", 2002, ["panel-of-experts-1343"]),
        ("panel", "LBR", 2010, ["panel-of-experts-1521"]),
        ("panel", "SOM", 2010, ["monitoring-group-1519"]),
        ("panel", "SOM", 2021, ["panel-of-experts-2444"]),
        ("panel", "al-shabaab", None, ["panel-of-experts-2713"]),
        ("sanctions", "SOM", 2020, ["sanctions-751"]),
        ("sanctions", "HTI", 1994, ["sanctions-841"]),
        ("sanctions", "IRN", 2012, ["sanctions-1737"]),
        ("committee", "PRK", None, ["committee-1718"]),
        ("monitoring-team", "taliban", None, ["monitoring-team-1526"]),
        ("working-group", "children-armed-conflict", None, ["working-group-1612"]),
        ("panel", "FRA", None, []),
        ("panel", "MLI", 2012, []),
    ],
)
def test_by_context(kind: str, key: str, year: int | None, holders: list[str]) -> None:
    assert [holder.id for holder in HOLDERS.by_context(kind, key, year)] == holders


@pytest.mark.parametrize(
    ("label", "holder"),
    [
        ("中非共和国制裁制度的任务期限", "sanctions-2127"),
        ("索马里制裁制度", "sanctions-751"),  # not 马里制裁制度
        ("南苏丹制裁制度", "sanctions-2206"),  # not 苏丹制裁制度
        ("联合国支助荷台达协议特派团(荷台达协议支助团)的任务期限", "UNMHA"),
        ("第2399(2018)号决议第30至39段规定的专家小组", "panel-of-experts-2127"),
        ("第1591(2005)、1779(2007)和2400(2018)号决议延长任期的专家小组", "panel-of-experts-1591"),
        ("第2360(2017)号决议第6段规定的专家组任务的期限", "group-of-experts-1533"),
        ("刚果民主共和国问题专家组", "group-of-experts-1533"),
        ("第2140(2014)号决议第11和15段规定的措施", "sanctions-2140"),
        ("第2488(2019)号决议第4和5段所列措施和规定", "sanctions-2127"),
        ("第2165(2014)号决议第2和3段所载各项决定的期限", "cross-border-aid-syria"),
        ("第2473号决议规定的各项授权", "inspection-libya-2292"),
        ("第2183(2014)号决议第11段规定的授权", "EUFOR-ALTHEA"),
        ("第２１４６（２０１４）号决议规定的授权和措施", "petroleum-libya-2146"),
        ("1540委员会的任务期限", "committee-1540"),
        ("第1904(2009)号决议所设监察员办公室", "ombudsperson-1904"),
        ("過渡政府", None),
        ("过渡政府任期", None),
        ("专家小组", None),
        ("第242(1967)号决议的规定", None),
        ("第2399(2018)和2374(2017)号决议规定的专家小组", None),  # two panels
        ("", None),
    ],
)
def test_by_label(label: str, holder: str | None) -> None:
    found = HOLDERS.by_label(label)
    assert (found.id if found else None) == holder


@pytest.mark.parametrize(
    ("word", "numbers", "key", "year", "holder"),
    [
        ("专家小组", (), "CAF", None, "panel-of-experts-2127"),
        ("专家小组", (2399,), "CAF", None, "panel-of-experts-2127"),
        ("专家小组", (2693,), "CAF", None, "panel-of-experts-2127"),  # a renewal that no table lists
        ("措施", (), "SSD", None, "sanctions-2206"),
        ("监测组", (), "taliban", None, "monitoring-team-1526"),
        ("监测组", (), "SOM", 2012, "monitoring-group-1519"),
        ("委员会", (), "LBY", None, "committee-1970"),
        ("调查组", (2379,), None, None, "UNITAD"),
        ("授权", (), "LBY", 2020, None),  # three authorizations
        ("专家小组", (), None, None, None),
        ("任期", (2127,), "CAF", None, None),
        ("监察员办公室", (), None, None, "ombudsperson-1904"),
        ("监察员办公室", (2374,), "FRA", None, None),
    ],
)
def test_resolve(word: str, numbers: tuple[int, ...], key: str | None, year: int | None, holder: str | None) -> None:
    found = HOLDERS.resolve(word, numbers=numbers, key=key, year=year)
    assert (found.id if found else None) == holder


@given(st.sampled_from(HOLDERS.all))
def test_every_holder_is_found_by_its_own_words(holder: Holder) -> None:
    assert HOLDERS.get(holder.id) is holder
    assert HOLDERS.by_label(f"决定将{holder.entry.zh}") is holder
    for kind in holder.kinds:
        for key in holder.keys:
            assert holder in HOLDERS.by_context(kind, key)


@given(st.sampled_from([h for h in HOLDERS.all if h.founding]), st.data())
def test_a_resolution_finds_a_holder_that_it_concerns(holder: Holder, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(holder.resolutions))
    found = HOLDERS.by_resolution(holder.kinds[0], number)
    assert found is None or number in found.resolutions


def test_kind_words_name_kinds_that_exist() -> None:
    kinds = {kind for holder in HOLDERS for kind in holder.kinds}
    assert {kind for meant in KIND_WORDS.values() for kind in meant} <= kinds


def test_a_panel_and_a_measure_belong_to_a_committee() -> None:
    for entry in GAZETTEER.holders:
        if entry.kind == "panel":
            assert (entry.parent or "").startswith("committee-"), entry.id


def test_measures_are_no_mentions() -> None:
    assert "中非共和国制裁制度" not in GAZETTEER.names()
    assert "中非共和国制裁制度" in GAZETTEER.holder_names()
    assert "中非共和国问题专家小组" in GAZETTEER.names()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,topics\n", "columns"),
        ("id,topics,resolutions\nA,,1|x\n", "want an id"),
        ("id,topics,resolutions\nA,\n", "want an id"),
        ("id,topics,resolutions\nA,,1\nA,,2\n", "stands twice"),
    ],
)
def test_a_bad_context_table_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "holder_context.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=message):
        _read_context(path)


def test_context_names_holders_only() -> None:
    import kg.gazetteer.holders as module

    context = _read_context(module._CONTEXT)
    assert list(context) == sorted(context)
    assert [id_ for id_ in context if HOLDERS.get(id_) is None] == []
    for _, resolutions in context.values():
        assert list(resolutions) == sorted(set(resolutions))
