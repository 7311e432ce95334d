"""Who holds a mandate: from the words of a decision to the ``holder`` of the contract.

A decision names its holder in full (联阿安全部队), by a kind of thing and the country that the document is about
(专家小组, in a resolution on the Central African Republic), or by a kind of thing and a resolution that set it up or
last renewed it (第2399(2018)号决议第30至39段规定的专家小组). `Holders` answers all three. Missions and offices are
holders under their acronym, the rest under the ids of ``holders.csv`` (``panel-of-experts-2127``).

``holder_context.csv`` adds to the ids of any table the topics that are no country and the numbers of the resolutions
that made, changed or renewed the mandate, to the end of 2022; a later number is found through its country.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import ahocorasick_rs

from kg.errors import GazetteerError
from kg.gazetteer.tables import load_gazetteer
from kg.model import MentionType
from kg.text import HAN, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.gazetteer.tables import Entry

__all__ = ["KIND_WORDS", "Holder", "Holders", "load_holders"]

KIND_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "专家小组": ("panel",),
        "专家组": ("panel",),
        "小组": ("panel",),
        "监测机制": ("panel",),
        "监测组": ("monitoring-team", "panel"),
        "监察组": ("monitoring-team", "panel"),
        "监测小组": ("monitoring-team", "panel"),
        "制裁制度": ("sanctions",),
        "制裁措施": ("sanctions",),
        "制裁": ("sanctions",),
        "措施": ("sanctions", "authorization"),
        "军火禁运": ("sanctions",),
        "武器禁运": ("sanctions",),
        "旅行禁令": ("sanctions",),
        "资产冻结": ("sanctions",),
        "授权": ("authorization",),
        "授权和措施": ("authorization",),
        "委员会": ("committee",),
        "制裁委员会": ("committee",),
        "委员会专家组": ("panel",),
        "监察员": ("ombudsperson",),
        "监察员办公室": ("ombudsperson",),
        "协调人": ("other-body",),
        "调查委员会": ("other-body",),
        "调查组": ("other-body",),
        "机制": ("other-body", "tribunal", "panel"),
        "工作组": ("working-group",),
        "法庭": ("tribunal",),
        "余留机制": ("tribunal",),
        "特派团": ("mission", "authorization"),
        "部队": ("mission", "authorization"),
        "支助团": ("mission", "authorization"),
        "援助团": ("mission", "authorization"),
        "稳定团": ("mission", "authorization"),
        "观察团": ("mission", "authorization"),
        "核查团": ("mission", "authorization"),
        "办事处": ("mission",),
    }
)
"""What a decision calls its holder, and the kinds of holder that it can mean; the first kind goes first."""

_CONTEXT = Path(__file__).parent / "data" / "holder_context.csv"
_COLUMNS = ["id", "topics", "resolutions"]
_NUMBER = re.compile(r"(?<![\d/])([1-9]\d{0,3})(?=\(\d{4}\)|号)")
_WORDS = sorted(KIND_WORDS, key=len, reverse=True)
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Holder:
    """An entry that can hold a mandate. ``keys``: ISO 3166-1 alpha-3 of its countries, then its topics.

    ``founding`` is the number of the Council resolution that set it up, ``resolutions`` of all that are known to
    concern its mandate, in order. A force that is not the United Nations' own holds an authorization.
    """

    entry: Entry
    kinds: tuple[str, ...]
    keys: tuple[str, ...]
    founding: int | None
    resolutions: tuple[int, ...]

    @property
    def id(self) -> str:
        """The contract's id: ``UNMISS``, ``panel-of-experts-2127``."""
        return self.entry.id

    def in_force(self, year: int | None) -> bool:
        """Whether it existed in ``year`` (from its first to its last, both counted); None asks for today."""
        start, end = self.entry.start, self.entry.end
        if year is None:
            return end is None
        return (start is None or int(start[:4]) <= year) and (end is None or year <= int(end[:4]))


class Holders:
    """All holders, found by id, by resolution, by context, or by the words of the text."""

    def __init__(self, holders: Iterable[Holder]) -> None:
        self.all = tuple(holders)
        self._by_id = {holder.id: holder for holder in self.all}
        names = {name: holder for holder in self.all for name in holder.entry.strong_names if _HAN.search(name)}
        self._named = names
        self._names = ahocorasick_rs.AhoCorasick(list(names))

    def __iter__(self) -> Iterator[Holder]:
        return iter(self.all)

    def get(self, id: str) -> Holder | None:  # noqa: A002 - the contract's word
        """The holder of that id, or None."""
        return self._by_id.get(id)

    def by_resolution(self, kind: str, number: int) -> Holder | None:
        """The one holder of ``kind`` that resolution ``number`` set up, or else made or renewed; None if not one."""
        of_kind = [holder for holder in self.all if kind in holder.kinds]
        for found in (
            [holder for holder in of_kind if holder.founding == number],
            [holder for holder in of_kind if number in holder.resolutions],
        ):
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def by_context(self, kind: str, key: str, year: int | None = None) -> tuple[Holder, ...]:
        """Holders of ``kind`` for a country (ISO 3166-1 alpha-3) or topic (``taliban``), newest first.

        With ``year`` only those that existed then; without, those that have not ended stand first.
        """
        found = [h for h in self.all if kind in h.kinds and key in h.keys and (year is None or h.in_force(year))]
        found.sort(key=lambda h: (h.in_force(year), h.entry.start or ""), reverse=True)
        return tuple(found)

    def by_label(self, text: str) -> Holder | None:
        """The holder that ``text`` names: by its longest known name, or by a kind word and the resolutions beside it.

        ``中非共和国制裁制度的任务期限`` and ``第2399(2018)号决议第30至39段规定的专家小组``. None where the text
        names none, or several equally well.
        """
        normal, _ = normalize(text)
        found = set(self._names.find_matches_as_strings(normal, overlapping=True))
        if found:
            longest = max(map(len, found))
            return _only({h.id: h for name in found if len(name) == longest for h in [self._named[name]]}.values())
        word = next((word for word in _WORDS if normal.endswith(word)), None)
        if word is None:
            word = max(_WORDS, key=lambda w: (normal.rfind(w) + len(w) if w in normal else -1, len(w)))
        numbers = [int(number) for number in _NUMBER.findall(normal)]
        return self.resolve(word, numbers=numbers) if word in normal else None

    def resolve(
        self, word: str, *, numbers: Iterable[int] = (), key: str | None = None, year: int | None = None
    ) -> Holder | None:
        """The holder that ``word`` (专家小组, 措施, 授权: see `KIND_WORDS`) means beside these resolutions and country.

        The first resolution decides where it set one holder up; else the resolutions where any of them is known and
        all that are agree; else the country or topic does, if one holder only is in force (in ``year``, or today); and
        a word alone if it fits one holder of all (监察员办公室). One candidate or none.
        """
        numbers = tuple(numbers)
        kinds = KIND_WORDS.get(word, ())
        founded = _only(h for h in self.all if numbers[:1] == (h.founding,) and set(kinds) & set(h.kinds))
        if founded is not None:
            return founded
        for kind in kinds:
            known = {h.id: h for number in numbers if (h := self.by_resolution(kind, number))}
            if known:
                return _only(known.values())
        for kind in KIND_WORDS.get(word, ()) if key else ():
            found = self.by_context(kind, key or "", year)
            current = [holder for holder in found if holder.in_force(year)] or found
            if current:
                return _only(current)
        if numbers or key:
            return None
        return _only(h for kind in KIND_WORDS.get(word, ()) for h in self.all if kind in h.kinds)


@cache
def load_holders() -> Holders:
    """Holders of the shipped tables: missions, records of ``holders.csv``, and bodies that have a context there."""
    gazetteer = load_gazetteer()
    context = _read_context(_CONTEXT)
    bodies = {
        entry.id: entry
        for entry in (*gazetteer.entries, *gazetteer.holders)
        if entry.type is MentionType.MISSION
        or (entry.type is MentionType.ORGANIZATION and (entry.id in context or entry.kind == "tribunal"))
    }
    bodies.update((entry.id, entry) for entry in gazetteer.holders)
    return Holders(_holder(entry, *context.get(entry.id, ((), ()))) for _, entry in sorted(bodies.items()))


def _holder(entry: Entry, topics: tuple[str, ...], resolutions: tuple[int, ...]) -> Holder:
    match = re.fullmatch(r"S/RES/(\d+)\(\d{4}\)", entry.established_by or "")
    founding = int(match[1]) if match else None
    numbers = {*resolutions, *(() if founding is None else (founding,))}
    return Holder(entry, _kinds(entry), entry.states + topics, founding, tuple(sorted(numbers)))


def _kinds(entry: Entry) -> tuple[str, ...]:
    if entry.kind == "non-un-mission":
        return ("authorization",)
    if entry.type is MentionType.MISSION:
        return ("mission",)
    if entry.kind == "sc-body":  # of organizations.csv: 反恐怖主义委员会, 联合调查机制
        return ("committee", "other-body") if entry.zh.endswith("委员会") else ("other-body",)
    return (entry.kind,)


def _only(holders: Iterable[Holder]) -> Holder | None:
    found = tuple(holders)
    return found[0] if len(found) == 1 else None


def _read_context(path: Path) -> dict[str, tuple[tuple[str, ...], tuple[int, ...]]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, strict=True)
        if (header := next(rows, [])) != _COLUMNS:
            raise GazetteerError(f"columns {', '.join(header)}", where=path.name, remedy=f"want {', '.join(_COLUMNS)}")
        found: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {}
        for row in rows:
            where = f"{path.name}:{rows.line_num}"
            if len(row) != len(_COLUMNS) or not re.fullmatch(r"(\d+(\|\d+)*)?", row[2]):
                raise GazetteerError("want an id, topics and numbers of resolutions", where=where)
            if row[0] in found:
                raise GazetteerError(f"{row[0]} stands twice", where=where)
            found[row[0]] = (_cells(row[1]), tuple(int(number) for number in _cells(row[2])))
    return found


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
