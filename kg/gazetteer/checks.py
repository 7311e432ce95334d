"""What the tables must keep to. Each check takes the gazetteer and yields one line for each thing that breaks it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from kg.gazetteer.entries import HONORIFIC, Entry, Gazetteer
from kg.model import MentionType
from kg.text import normalize

__all__ = ["CHECKS", "check"]

_FORMATS = frozenset(
    [
        "open-debate",
        "debate",
        "briefing",
        "consultations",
        "private-meeting",
        "informal-interactive-dialogue",
        "arria-formula",
        "summit",
        "meeting",
    ]
)
_LEVELS = frozenset({"ministerial", "high-level", "summit"})
_FORMER = "former state"  # the one reason that may stand for a name which holds none of ours: 苏联
_POST_KINDS = frozenset({"un", "state", "body", HONORIFIC})
_SHAPES = {
    "id": re.compile(r"[A-Za-z0-9_-]+"),
    "start": re.compile(r"\d{4}(-\d\d){0,2}"),
    "end": re.compile(r"\d{4}(-\d\d){0,2}"),
    "established_by": re.compile(r"(S|A|E)/\S+"),
    "iso2": re.compile(r"[A-Z]{2}"),
    "m49": re.compile(r"\d{3}"),
    "wikidata": re.compile(r"Q[1-9]\d*"),
    "unbis": re.compile(r"http://metadata\.un\.org/thesaurus/\d{7}"),
}


def check(gazetteer: Gazetteer) -> list[str]:
    """Every breach of the rules, one readable line each, in a fixed order; none for good tables."""
    return [line for rule in CHECKS for line in rule(gazetteer)]


def _everything(gazetteer: Gazetteer) -> Iterator[Entry]:
    yield from gazetteer.entries
    yield from gazetteer.holders


def unique_ids(gazetteer: Gazetteer) -> Iterator[str]:
    """No id twice within a type (holders count as organizations)."""
    seen: set[tuple[MentionType, str]] = set()
    for entry in _everything(gazetteer):
        if (entry.type, entry.id) in seen:
            yield f"{_title(entry)}: the id is taken"
        seen.add((entry.type, entry.id))


def strong_names_are_unique(gazetteer: Gazetteer) -> Iterator[str]:
    """A strong name has one owner, whatever the types: two readings of a match could not be told apart.

    Within a type it is nobody's weak name either. Across types it may be (监察员 is a post, and short for the office).
    """
    owners: dict[str, list[Entry]] = defaultdict(list)
    for entry in _everything(gazetteer):
        for name in entry.strong_names:
            owners[name].append(entry)
    for name, entries in owners.items():
        if len(entries) > 1:
            yield f"{name}: strong name of {', '.join(map(_title, entries))}"
    for entry in _everything(gazetteer):
        for name in entry.weak_aliases:
            others = [owner for owner in owners.get(name, ()) if owner.type is entry.type]
            if others:
                yield f"{name}: weak for {_title(entry)}, strong for {', '.join(map(_title, others))}"


def names_are_listed_once(gazetteer: Gazetteer) -> Iterator[str]:
    """Aliases do not repeat each other, the label or the formal name."""
    for entry in _everything(gazetteer):
        names = [entry.zh, *entry.aliases, *entry.weak_aliases]
        if entry.zh_formal and entry.zh_formal != entry.zh:
            names.append(entry.zh_formal)
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{_title(entry)}: {name} is listed twice"


def names_are_normal(gazetteer: Gazetteer) -> Iterator[str]:
    """Names stand in the normal form of the text that is scanned, or they would never be found."""
    for entry in _everything(gazetteer):
        for name in (entry.zh, entry.zh_formal or entry.zh, *entry.aliases, *entry.weak_aliases):
            if reason := _abnormal(name):
                yield f"{_title(entry)}: {reason}"
    for name in (*(f.name for f in gazetteer.formats), *sorted(gazetteer.not_names)):
        if reason := _abnormal(name):
            yield reason


def values_have_their_shape(gazetteer: Gazetteer) -> Iterator[str]:
    """Ids, years, symbols and codes look like what they are."""
    for entry in _everything(gazetteer):
        for column, shape in _SHAPES.items():
            value = getattr(entry, column)
            if value is not None and not shape.fullmatch(value):
                yield f"{_title(entry)}: {column} {value!r}"


def references_exist(gazetteer: Gazetteer) -> Iterator[str]:
    """``states`` are states and ``parent`` is an entry of the tables."""
    ids = {entry.id for entry in _everything(gazetteer)}
    states = {entry.id for entry in gazetteer.entries if entry.type is MentionType.STATE}
    for entry in _everything(gazetteer):
        for state in entry.states:
            if state not in states:
                yield f"{_title(entry)}: no state {state}"
        if entry.parent and (entry.parent not in ids or entry.parent == entry.id):
            yield f"{_title(entry)}: no parent {entry.parent}"


def states_are_complete(gazetteer: Gazetteer) -> Iterator[str]:
    """193 members and 2 observers, each with all names and codes, no code twice."""
    states = [entry for entry in gazetteer.entries if entry.type is MentionType.STATE]
    for kind, count in (("member", 193), ("observer", 2)):
        found = sum(entry.kind == kind for entry in states)
        if found != count:
            yield f"states: {found} of kind {kind}, not {count}"
    columns = ("zh_formal", "en_formal", "iso2", "m49", "wikidata", "unbis")
    for entry in states:
        for column in columns:
            if not getattr(entry, column):
                yield f"{_title(entry)}: no {column}"
        if not re.fullmatch("[A-Z]{3}", entry.id):
            yield f"{_title(entry)}: not an ISO 3166-1 alpha-3 code"
    for column in ("iso2", "m49", "wikidata", "unbis"):
        values = [getattr(entry, column) for entry in states]
        for value in sorted({v for v in values if v and values.count(v) > 1}):
            yield f"states: {column} {value} twice"


def posts_have_a_kind(gazetteer: Gazetteer) -> Iterator[str]:
    """A post is of the UN, of a state or of any body; the rest of posts.csv are words of address."""
    for entry in gazetteer.entries:
        if entry.type is MentionType.POST and entry.kind not in _POST_KINDS:
            yield f"{_title(entry)}: kind {entry.kind}"


def tables_are_sorted(gazetteer: Gazetteer) -> Iterator[str]:
    """Records stand in the order of their ids, so that a change is one line of a diff."""
    tables: dict[str, list[str]] = defaultdict(list)
    for entry in gazetteer.entries:
        table = "organizations" if entry.kind == "non-un-mission" else f"{entry.type.value.lower()}s"
        tables[table].append(entry.id)
    tables["holders"] = [entry.id for entry in gazetteer.holders]
    tables["not_names"] = [decoy.name for decoy in gazetteer.decoys]
    for table, ids in tables.items():
        for before, after in pairwise(ids):
            if before > after:
                yield f"{table}: {after} stands after {before}"


def not_names_hold_a_name(gazetteer: Gazetteer) -> Iterator[str]:
    """A not-name contains a name of its type (or it could not be mistaken), is none itself, and says what it is."""
    names: dict[MentionType, set[str]] = defaultdict(set)
    for entry in gazetteer.mentionable:
        kind = MentionType.ORGANIZATION if entry.type is MentionType.MISSION else entry.type
        names[kind].update(entry.strong_names, entry.weak_aliases)
    everything = set().union(*names.values())
    seen: set[str] = set()
    for decoy in gazetteer.decoys:
        if decoy.name in everything:
            yield f"{decoy.name}: a name and a not-name"
        if decoy.name in seen:
            yield f"{decoy.name}: a not-name listed twice"
        seen.add(decoy.name)
        if not decoy.reason:
            yield f"{decoy.name}: a not-name without a reason"
        if decoy.reason != _FORMER and not any(part in names[decoy.type] for part in _parts(decoy.name)):
            yield f"{decoy.name}: a not-name that contains no name of type {decoy.type}"


def formats_are_known(gazetteer: Gazetteer) -> Iterator[str]:
    """Formats and levels are the contract's; each word says at least one and stands once."""
    names: set[str] = set()
    for entry in gazetteer.formats:
        if entry.format not in _FORMATS | {None} or entry.level not in _LEVELS | {None}:
            yield f"{entry.name}: format {entry.format}, level {entry.level}"
        if entry.format is None and entry.level is None:
            yield f"{entry.name}: neither format nor level"
        if entry.name in names:
            yield f"{entry.name}: a format listed twice"
        names.add(entry.name)


CHECKS: tuple[Callable[[Gazetteer], Iterable[str]], ...] = (
    unique_ids,
    strong_names_are_unique,
    names_are_listed_once,
    names_are_normal,
    values_have_their_shape,
    references_exist,
    states_are_complete,
    posts_have_a_kind,
    tables_are_sorted,
    not_names_hold_a_name,
    formats_are_known,
)
"""All checks, in the order of their report."""


def _title(entry: Entry) -> str:
    return f"{entry.type.value} {entry.id}"


def _parts(name: str) -> Iterator[str]:
    return (name[i:j] for i in range(len(name)) for j in range(i + 1, len(name) + 1))


def _abnormal(name: str) -> str | None:
    normal, _ = normalize(name)
    if not name or normal != name or name != name.strip() or "|" in name:
        return f"{name!r} is not in normal form ({normal!r})"
    return None
