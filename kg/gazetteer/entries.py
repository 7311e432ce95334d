"""What the tables hold: entries with their names, the words for formats, and the strings that are no names.

One CSV file a kind of thing in ``data/`` (UTF-8, LF, a header, lists joined by ``|``, sorted by id), one record an
entry, its source named. All Chinese names stand in the normal form of `kg.text.normalize`, so that a scan of normal
text needs no further folding. What the tables must keep to is written in `kg.gazetteer.checks`.

A *strong* name means its entry wherever it stands (安理会). A *weak* one only where the context supports it (大会 is
the General Assembly after 联合国, and any conference elsewhere). A *not-name* contains a name and is not that thing
(发展中国家 is not China); a longest-match scan over names and not-names together passes over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model import MentionType

__all__ = ["HOLDER_MEASURES", "HONORIFIC", "Entry", "Format", "Gazetteer", "NotName"]

HOLDER_MEASURES = frozenset({"sanctions", "authorization", "measure"})
"""Kinds of mandate holder that are no body: never a mention, but a mandate can be theirs."""

HONORIFIC = "honorific"
"""Kind of the records of posts.csv that are no posts but words of address."""

_AFTER_NATION = "家防内民际王会籍务产"  # what makes a word with 国: 国家 国防 国内 国民 国际 国王 国会 国籍
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
        """Strings that contain the name of a state, a mission or a body and are not it. Posts have their own."""
        return self.not_names_of(MentionType.STATE, MentionType.MISSION, MentionType.ORGANIZATION)

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


def _index(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for name, entry in pairs:
        known = found.setdefault(name, [])
        if entry not in known:
            known.append(entry)
    return {name: tuple(known) for name, known in found.items()}
