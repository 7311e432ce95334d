"""The tables of known names: states, missions, organizations, posts, mandate holders, meeting formats.

One CSV file a kind of thing in ``data/`` (UTF-8, LF, a header, lists joined by ``|``, sorted by id), one record an
entry, its source named. All Chinese names stand in the normal form of `kg.text.normalize`, so that a scan of normal
text needs no further folding. What the tables must keep to is written in `kg.gazetteer.checks`.

A *strong* name means its entry wherever it stands (安理会). A *weak* one only where the context supports it (大会 is the
General Assembly after 联合国, and any conference elsewhere). A *not-name* contains a name and is not that thing
(发展中国家 is not China); a longest-match scan over names and not-names together passes over it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kg.errors import GazetteerError
from kg.model import MentionType

__all__ = ["COLUMNS", "HOLDER_MEASURES", "HONORIFIC", "Entry", "Format", "Gazetteer", "NotName", "load_gazetteer", "read_tables"]

COLUMNS = (
    "id",
    "zh",
    "en",
    "zh_formal",
    "en_formal",
    "aliases",
    "weak_aliases",
    "kind",
    "start",
    "end",
    "established_by",
    "parent",
    "states",
    "iso2",
    "m49",
    "wikidata",
    "unbis",
    "source",
)
"""The header of every table of entries."""

HOLDER_MEASURES = frozenset({"sanctions", "authorization", "measure"})
"""Kinds of mandate holder that are no body: never a mention, but a mandate can be theirs."""

HONORIFIC = "honorific"
"""Kind of the records of posts.csv that are no posts but words of address."""

_AFTER_NATION = "家防内民际王会籍务产"  # what makes a word with 国: 国家 国防 国内 国民 国际 国王 国会 国籍
_DATA = Path(__file__).parent / "data"
_TYPES = {
    "states.csv": MentionType.STATE,
    "missions.csv": MentionType.MISSION,
    "organizations.csv": MentionType.ORGANIZATION,
    "posts.csv": MentionType.POST,
}
_MISSION_KINDS = frozenset({"non-un-mission"})  # 非索特派团 stands with its parent's bodies but reads as a mission
_HAN = re.compile("[\u3400-\u9fff〇]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing with names. ``id`` as the contract has it (``FRA`` ``UNMISS`` ``UN-SC``); years and dates are ISO.

    ``aliases`` are strong, ``weak_aliases`` weak (see above). ``states`` are ISO 3166-1 alpha-3.
    """

    id: str
    type: MentionType
    zh: str
    en: str
    zh_formal: str | None = None
    en_formal: str | None = None
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    kind: str = ""
    start: str | None = None
    end: str | None = None
    established_by: str | None = None
    parent: str | None = None
    states: tuple[str, ...] = ()
    iso2: str | None = None
    m49: str | None = None
    wikidata: str | None = None
    unbis: str | None = None
    source: str = ""

    @property
    def strong_names(self) -> tuple[str, ...]:
        """Label, formal name and strong aliases, each once; Latin acronyms among them."""
        return tuple(dict.fromkeys(name for name in (self.zh, self.zh_formal, *self.aliases) if name))

    @property
    def is_measure(self) -> bool:
        """Sanctions or an authorization: a holder of mandates that is no body and no mention."""
        return self.kind in HOLDER_MEASURES


@dataclass(frozen=True, slots=True)
class Format:
    """What a word says of a meeting: its ``format`` (``open-debate``), its ``level`` (``ministerial``), or both."""

    name: str
    format: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class NotName:
    """A string that contains a name of ``type`` and is not that thing; ``reason`` says what it is."""

    name: str
    type: MentionType
    reason: str


@dataclass(frozen=True)
class Gazetteer:
    """All tables. ``holders`` hold mandates and are no missions; the bodies among them are also named in `names`."""

    entries: tuple[Entry, ...]
    holders: tuple[Entry, ...] = ()
    formats: tuple[Format, ...] = ()
    decoys: tuple[NotName, ...] = ()

    def get(self, type: MentionType, id: str) -> Entry | None:  # noqa: A002 - the contract's words
        """The entry of that type and id, or None."""
        return self._by_id.get((type, id))

    def holder(self, id: str) -> Entry | None:  # noqa: A002
        """The entry a mandate decision's ``holder`` names: a mission, an organization or a record of holders.csv."""
        found = (self._by_id.get((t, id)) for t in (MentionType.MISSION, MentionType.ORGANIZATION))
        return next((entry for entry in found if entry), None)

    def names(self) -> Mapping[str, tuple[Entry, ...]]:
        """Strong Chinese names of everything that can be a mention."""
        return self._names

    def weak_names(self) -> Mapping[str, tuple[Entry, ...]]:
        """Names that need support from their context; one may stand for several entries."""
        return self._weak

    def acronyms(self) -> Mapping[str, tuple[Entry, ...]]:
        """Strong names without a Han character (``UNMISS``). They need a word boundary on both sides."""
        return self._acronyms

    def honorifics(self) -> Mapping[str, tuple[Entry, ...]]:
        """Words of address and ranks (先生 女士 中将): they stand by a person's name and are no posts."""
        return self._honorifics

    def holder_names(self) -> Mapping[str, tuple[Entry, ...]]:
        """Strong Chinese names of the mandate holders of holders.csv, measures included."""
        return self._holders

    @cached_property
    def not_names(self) -> frozenset[str]:
        """Strings that contain a name and are not it, of all types."""
        return frozenset(decoy.name for decoy in self.decoys)

    def not_names_of(self, *types: MentionType) -> frozenset[str]:
        """The not-names that bar a match of these types (安理会主席声明 bars a post, not the Council within it)."""
        return frozenset(decoy.name for decoy in self.decoys if decoy.type in types)

    def standing(self, name: str, after: str) -> str:
        """The name that really stands there, given the character ``after`` a match ("" at the end).

        Formal names in 国 run into the next word: 利比亚国 before 家 is 利比亚 and 国家. Returns ``name`` or its
        shorter form; whichever it is, it belongs to the same entry.
        """
        shorter = name[:-1]
        runs_on = name.endswith("国") and after in _AFTER_NATION and after != ""
        return shorter if runs_on and self._names.get(shorter) == self._names.get(name) else name

    @cached_property
    def mentionable(self) -> tuple[Entry, ...]:
        """Entries that can be a mention, and the bodies among the holders, in order of table and id."""
        named = (entry for entry in self.entries if entry.kind != HONORIFIC)
        return (*named, *(entry for entry in self.holders if not entry.is_measure))

    @cached_property
    def _by_id(self) -> dict[tuple[MentionType, str], Entry]:
        return {(entry.type, entry.id): entry for entry in (*self.holders, *self.entries)}

    @cached_property
    def _names(self) -> dict[str, tuple[Entry, ...]]:
        return _index((n, e) for e in self.mentionable for n in e.strong_names if _HAN.search(n))

    @cached_property
    def _acronyms(self) -> dict[str, tuple[Entry, ...]]:
        return _index((n, e) for e in self.mentionable for n in e.strong_names if not _HAN.search(n))

    @cached_property
    def _weak(self) -> dict[str, tuple[Entry, ...]]:
        return _index((n, e) for e in self.mentionable for n in e.weak_aliases)

    @cached_property
    def _honorifics(self) -> dict[str, tuple[Entry, ...]]:
        return _index((n, e) for e in self.entries if e.kind == HONORIFIC for n in e.strong_names)

    @cached_property
    def _holders(self) -> dict[str, tuple[Entry, ...]]:
        return _index((n, e) for e in self.holders for n in e.strong_names if _HAN.search(n))


@cache
def load_gazetteer() -> Gazetteer:
    """The tables that come with the package, read once."""
    return read_tables(_DATA)


def read_tables(folder: Path) -> Gazetteer:
    """Read the tables of ``folder``. Raises `GazetteerError` with file and line for a table that cannot be read.

    This is shape only; `kg.gazetteer.check` looks at what the tables say.
    """
    entries = [_entry(row, type_, where) for name, type_ in _TYPES.items() for where, row in _rows(folder / name, COLUMNS)]
    holders = [_entry(row, MentionType.ORGANIZATION, where) for where, row in _rows(folder / "holders.csv", COLUMNS)]
    formats = [
        Format(row["name"], row["format"] or None, row["level"] or None)
        for _, row in _rows(folder / "formats.csv", ("name", "format", "level"))
    ]
    decoys = [_not_name(row, where) for where, row in _rows(folder / "not_names.csv", ("name", "type", "reason"))]
    return Gazetteer(tuple(entries), tuple(holders), tuple(formats), tuple(decoys))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterable[tuple[str, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"cannot be read: {error}", where=path.name) from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(lines, [])
    if tuple(header) != columns:
        odd = [c for c in header if c not in columns] or [c for c in columns if c not in header] or header
        raise GazetteerError(
            f"unknown, missing or misplaced columns: {', '.join(odd)}",
            where=f"{path.name}:1",
            remedy=f"the header is {','.join(columns)}",
        )
    for row in lines:
        where = f"{path.name}:{lines.line_num}"
        if len(row) != len(columns):
            raise GazetteerError(f"{len(row)} cells, not {len(columns)}", where=where)
        yield where, dict(zip(columns, row, strict=True))


def _entry(row: dict[str, str], type_: MentionType, where: str) -> Entry:
    missing = [column for column in ("id", "zh", "en", "kind", "source") if not row[column]]
    if missing:
        raise GazetteerError(f"empty {', '.join(missing)}", where=where)
    return Entry(
        id=row["id"],
        type=MentionType.MISSION if row["kind"] in _MISSION_KINDS else type_,
        zh=row["zh"],
        en=row["en"],
        zh_formal=row["zh_formal"] or None,
        en_formal=row["en_formal"] or None,
        aliases=_list(row["aliases"]),
        weak_aliases=_list(row["weak_aliases"]),
        kind=row["kind"],
        start=row["start"] or None,
        end=row["end"] or None,
        established_by=row["established_by"] or None,
        parent=row["parent"] or None,
        states=_list(row["states"]),
        iso2=row["iso2"] or None,
        m49=row["m49"] or None,
        wikidata=row["wikidata"] or None,
        unbis=row["unbis"] or None,
        source=row["source"],
    )


def _not_name(row: dict[str, str], where: str) -> NotName:
    try:
        return NotName(row["name"], MentionType(row["type"]), row["reason"])
    except ValueError as error:
        raise GazetteerError(str(error), where=where) from error


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _index(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for name, entry in pairs:
        known = found.setdefault(name, [])
        if entry not in known:
            known.append(entry)
    return {name: tuple(known) for name, known in found.items()}
