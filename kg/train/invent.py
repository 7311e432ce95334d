"""Invents names of persons, missions and organizations that no list holds, so that a model has to learn the context.

Everything is made up from parts (``data/parts.toml``): syllables of transliterated names, surnames and given names of
East Asia, Latin names, and the grammar of the names of bodies. Some inventions happen to exist; none is taken from a
text.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

__all__ = ["mission", "organization", "parts", "person", "place", "templates"]

_DATA = Path(__file__).parent / "data"
_BY_CHARACTER = frozenset(
    ("first", "middle", "last", "chinese_surnames", "korean_surnames", "vietnamese_surnames", "given")
)
_PARTICLES = (" ", " ", " ", " ", " ", " al-", " de ", " van ", " bin ", " El ", " A. ", " M. ")


@cache
def parts() -> dict[str, tuple[str, ...]]:
    """The lists of ``parts.toml`` by name."""
    tables = tomllib.loads((_DATA / "parts.toml").read_text(encoding="utf-8"))
    return {
        name: tuple("".join(text.split()) if name in _BY_CHARACTER else text.split())
        for table in tables.values()
        for name, text in table.items()
    }


@cache
def templates() -> tuple[str, ...]:
    """The sentences of ``templates.txt``."""
    lines = (_DATA / "templates.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


def _any(rng: random.Random, *names: str) -> str:
    return rng.choice(parts()[rng.choice(names)])


def person(rng: random.Random) -> str:
    """``恩东巴·凯塔``, ``李秀英``, ``Amina Diallo``: two thirds transliterated."""
    kind = rng.random()
    if kind < 0.55:
        return "·".join(_part(rng) for _ in range(rng.choices((2, 3, 4), (70, 24, 6))[0]))
    if kind < 0.68:
        return _part(rng, least=2)
    if kind < 0.84:
        return _east_asian(rng)
    return _latin(rng)


def _part(rng: random.Random, least: int = 1) -> str:
    if rng.random() < 0.3:
        return rng.choice([name for name in parts()["common"] if len(name) >= least])
    size = rng.choices((2, 3, 4, 5), (30, 40, 22, 8))[0]
    name = _any(rng, "first") + "".join(_any(rng, "middle") for _ in range(size - 2)) + _any(rng, "last")
    if rng.random() < 0.06:
        name += "-" + _any(rng, "first") + _any(rng, "last")
    return name


def _east_asian(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.5:
        return _any(rng, "chinese_surnames") + _given(rng, rng.choice((1, 2, 2, 2)))
    if kind < 0.65:
        return _any(rng, "korean_surnames") + _given(rng, 2)
    if kind < 0.8:
        return _any(rng, "vietnamese_surnames") + _given(rng, rng.choice((1, 2, 3)))
    return _any(rng, "japanese_surnames") + _any(rng, "japanese_given")


def _given(rng: random.Random, size: int) -> str:
    return "".join(_any(rng, "given") for _ in range(size))


def _latin(rng: random.Random) -> str:
    given = _any(rng, "latin_given")
    if rng.random() < 0.15:
        return _any(rng, "latin_surnames")
    if rng.random() < 0.2:
        given += " " + _any(rng, "latin_given")
    return given + rng.choice(_PARTICLES) + _any(rng, "latin_surnames")


def place(rng: random.Random) -> str:
    """``多利贝``, ``卡兰-马齐`` , ``Wadi Salom``: the decoys of persons."""
    if rng.random() < 0.2:
        return (
            rng.choice(("Umm", "Wadi", "Jabal", "Tal", "Deir", "Gok", "San", "Mount"))
            + " "
            + _any(rng, "latin_surnames")
        )
    name = _part(rng, least=2)
    if rng.random() < 0.1:
        name += "-" + _part(rng, least=2)
    return name + (rng.choice("省市镇村县州岛区") if rng.random() < 0.2 else "")


def mission(rng: random.Random) -> str:
    """``非洲联盟驻冈比亚停火监测团``, ``联布核查团``, ``MINUTAL``."""
    kind = rng.random()
    if kind < 0.35:
        parent = rng.choice(("联", "联", "联", "联", "欧盟", "非盟", ""))
        place = _any(rng, "short_places")
        if not parent and len(place) == 1:
            parent = "联"
        return parent + place + _any(rng, "short_heads")
    if kind < 0.42:
        letters = "".join(rng.choice("AEIOUSMTBRLN") for _ in range(rng.choice((3, 4, 5))))
        return rng.choice(("UN", "MIN", "AM", "EU", "ECO")) + letters
    core = _any(rng, "mission_cores") if rng.random() < 0.95 else ""
    return _any(rng, "parents") + rng.choice(("", "驻")) + _any(rng, "places") + core + _any(rng, "mission_heads")


def organization(rng: random.Random) -> str:
    """``全国寡妇援助会``, ``布隆迪爱国阵线``, ``采购和审计司``, ``蒙波电力公司``."""
    kind = rng.random()
    if kind < 0.32:
        theme = _any(rng, "themes") if rng.random() < 0.5 else ""
        place = _any(rng, "scopes", "places") if rng.random() < 0.97 else ""
        return place + _any(rng, "peoples", "themes") + theme + _any(rng, "civil_heads")
    if kind < 0.5:
        theme = _any(rng, "themes") if rng.random() < 0.95 else ""
        return _any(rng, "places", "scopes") + rng.choice(("", "", "国家", "中央")) + theme + _any(rng, "state_heads")
    if kind < 0.7:
        front = rng.choice(("", "", "", "联合国", "大会", "秘书处", "非洲联盟", "执行局"))
        second = "和" + _any(rng, "themes") if rng.random() < 0.5 else ""
        return front + _any(rng, "themes") + second + _any(rng, "unit_heads")
    if kind < 0.86:
        adjectives = "".join(rng.sample(parts()["group_adjectives"], rng.choice((1, 1, 2))))
        return _any(rng, "places", "places", "peoples") + adjectives + _any(rng, "group_heads")
    if kind < 0.93:
        front = rng.choice((_any(rng, "themes"), _any(rng, "peoples"), "条约", "《公约》"))
        return front + _any(rng, "groups") + rng.choice(("集团", "小组", "联盟"))
    front = _part(rng, least=2)
    if rng.random() < 0.4:
        front += "·" + _part(rng, least=2)
    return front + rng.choice(("基金会", "大学", "研究所", "公司", "学院", "银行", "中心", "集团"))
