"""Persons across documents: who is the same, on what evidence, and who stays undecided.

A person's key is the hash of the canonical full name, so two documents that print the full name agree without talking.
A name of one part (``古特雷斯``) is joined to a full name that ends in it (``安东尼奥·古特雷斯``) only where both hold
the same post, and only if there is one such name; else it stays by itself and is listed as unsure. Two different full
names are never joined, nor are those of one part that sit for different states (``科斯塔先生`` of Brazil and of
Portugal). Two full names of one post that look like two spellings are listed as unsure. What people know better
stands in a file (`kg.link.judgements`) and has the last word.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.link.judgements import Judgement
from kg.link.posts import posts_in
from kg.model import (
    Appointment,
    Briefing,
    Chairing,
    Credential,
    Fact,
    Letter,
    MentionType,
    Modality,
    Participant,
)
from kg.text import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.gazetteer import Gazetteer
    from kg.model import ExtractionView

__all__ = [
    "Identities",
    "NameUse",
    "Person",
    "canonical_name",
    "name_uses",
    "person_key",
    "resolve",
]

_HONORIFIC = re.compile(
    r"(?<=.)(?:先生|女士|小姐|夫人|阁下|大使|博士|教授|殿下|陛下|大主教|主教|(?:陆军|海军|空军)?(?:元帅|上将|中将|少将|准将|将军|上校|中校))$"
)
_SEPARATORS = re.compile(r"[·\- ]")
_LONG_NAME = 4
"""Characters of a name that is not soon one character apart from another person's."""

_QUALIFIED = re.compile(r"(?P<name>.+?)\((?P<which>[^()]+)\)")


@dataclass(frozen=True, slots=True, order=True)
class NameUse:
    """A name that a document uses for a person. ``posts``: keys of the specific posts the document gives with it;
    ``states``: for which the person sits or presides."""

    document: str
    name: str
    posts: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """``label`` is the fullest of ``names``."""

    key: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Identities:
    """Who is meant. ``judgements`` is the log, sorted."""

    people: Mapping[str, Person]
    keys: Mapping[tuple[str, str], str]
    judgements: tuple[Judgement, ...] = ()

    def key(self, document: str, name: str) -> str:
        """Key of the person whom ``document`` calls ``name``; a name it was not told of is taken as a full one."""
        return self.keys.get((document, canonical_name(name))) or person_key(name)

    def of(self, document: str) -> dict[str, str]:
        """Name to key of all that ``document`` names: its triples change if and only if this does."""
        return {name: key for (where, name), key in sorted(self.keys.items()) if where == document}


def canonical_name(name: str) -> str:
    """One form of a printed name: simplified, ``·`` between parts, no title before or after, no blanks around Han."""
    plain = normalize(name.strip())[0].strip()
    while stripped := _HONORIFIC.sub("", plain).strip():
        if stripped == plain:
            break
        plain = stripped
    return plain


def person_key(name: str) -> str:
    """Key of a person of whom nothing but this full name is known."""
    return _hash(canonical_name(name))


def name_uses(extraction: ExtractionView, gazetteer: Gazetteer) -> tuple[NameUse, ...]:
    """What a document says of persons: the names of its facts and mentions and their posts. Sorted."""
    posts: dict[str, set[str]] = defaultdict(set)
    states: dict[str, set[str]] = defaultdict(set)
    for fact in extraction.facts:
        name, capacity, owner = _person_of(fact)
        if name and isinstance(fact, Chairing | Credential | Participant) and fact.state:
            states[canonical_name(name)].add(fact.state)
        if name:
            known = posts[canonical_name(name)]
            if fact.modality is not Modality.NEGATED:
                known.update(_specific(capacity, gazetteer, owner))
    for name, capacity in _mentioned(extraction):
        posts[canonical_name(name)].update(_specific(capacity, gazetteer, None))
    document = extraction.document.id
    return tuple(sorted(NameUse(document, n, tuple(sorted(p)), tuple(sorted(states[n]))) for n, p in posts.items()))


def _specific(capacity: str | None, gazetteer: Gazetteer, owner: str | None) -> set[str]:
    return {post.key for post in posts_in(capacity, gazetteer, owner) if post.specific and not post.former}


def _person_of(fact: Fact) -> tuple[str | None, str | None, str | None]:
    """Name, capacity and the state or body of the person in a fact."""
    match fact:
        case Letter():
            return fact.signatory, fact.sender_role, fact.state
        case Chairing() | Credential():
            return fact.person, fact.capacity, fact.state
        case Participant():
            return fact.person, None, fact.state
        case Briefing():
            return fact.person, fact.capacity, fact.organization
        case Appointment():
            held = fact.post if fact.status == "appointed" else None
            return fact.person, held, fact.organization
        case _:
            return None, None, None


def _mentioned(extraction: ExtractionView) -> Iterable[tuple[str, str | None]]:
    """Fullest name of each person mentioned, with the posts printed right before or after it (``古特雷斯秘书长``)."""
    starts = {m.start: m.text for m in extraction.mentions if m.type is MentionType.POST}
    ends = {m.end: m.text for m in extraction.mentions if m.type is MentionType.POST}
    groups: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for mention in extraction.mentions:
        if mention.type is MentionType.OFFICIAL:
            post = ends.get(mention.start) or starts.get(mention.end)
            groups[mention.id or mention.text].append((mention.text, post))
    for found in groups.values():
        fullest = max((text for text, _ in found), key=_fullness)
        yield fullest, None
        for _, post in found:
            yield fullest, post


def resolve(uses: Iterable[NameUse], judgements: Iterable[Judgement] = ()) -> Identities:
    """Who is who over all documents, whatever the order of ``uses``; ``judgements`` of people come first."""
    ordered = sorted(set(uses))
    ruled = list(judgements)
    by_name: dict[str, list[NameUse]] = defaultdict(list)
    for use in ordered:
        by_name[use.name].append(use)
    by_end: dict[str, list[str]] = defaultdict(list)
    for name in by_name:
        for part in _SEPARATORS.finditer(name):
            by_end[name[part.end() :]].append(name)
    shared = {name for name, named in by_name.items() if len({s for use in named for s in use.states}) > 1}
    keys: dict[tuple[str, str], str] = {}
    log: list[Judgement] = []
    for use in ordered:
        keys[use.document, use.name], decided = _decide(use, by_end.get(use.name, []), by_name, ruled, shared)
        log += decided
    said = {j.other for j in log if j.judgement == "same"}
    log += _spellings(ordered, keys, {(j.name, j.other) for j in ruled})
    return Identities(_people(keys, said), keys, tuple(sorted(log)))


def _spellings(
    ordered: Iterable[NameUse], keys: Mapping[tuple[str, str], str], judged: set[tuple[str, str]]
) -> Iterable[Judgement]:
    """Full names of one post that may be one person's in two spellings, for a person to decide; none is joined."""
    by_post: dict[str, dict[str, NameUse]] = defaultdict(dict)
    for use in ordered:
        for post in use.posts:
            by_post[post].setdefault(use.name, use)
    pairs: dict[tuple[str, str], tuple[NameUse, list[str]]] = {}
    for post, names in sorted(by_post.items()):
        for one, other in combinations(sorted(names), 2):
            apart = keys[names[one].document, one] != keys[names[other].document, other]
            if apart and _alike(one, other) and not {(one, other), (other, one)} & judged:
                use, found = pairs.setdefault((one, other), (names[one], []))
                found.append(f"{post} in {names[other].document}")
    for (one, other), (use, found) in pairs.items():
        yield Judgement(use.document, one, "unsure", other, "like two spellings, post agrees", tuple(found))


def _alike(one: str, other: str) -> bool:
    """First and last parts agree (安东尼奥·马努埃尔·古特雷斯), or the names are long and one character apart."""
    first, second = _SEPARATORS.split(one), _SEPARATORS.split(other)
    if min(len(first), len(second)) > 1 and (first[0], first[-1]) == (second[0], second[-1]):
        return True
    return min(len(one), len(other)) >= _LONG_NAME and _one_apart(one, other)


def _one_apart(one: str, other: str) -> bool:
    """Whether one character more, less or another makes the one of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = ((start + 1, start + 1), (start + 1, start), (start, start + 1))
    return any(one[i:] == other[j:] for i, j in rests)


def _decide(
    use: NameUse,
    longer: list[str],
    by_name: Mapping[str, list[NameUse]],
    ruled: list[Judgement],
    shared: set[str],
) -> tuple[str, list[Judgement]]:
    """Key of the person of ``use`` and what was judged on the way. ``shared``: names that people of several states
    bear."""
    mine = [j for j in ruled if j.document in ("", use.document) and canonical_name(j.name) == use.name]
    for judgement in mine:
        if judgement.judgement == "same":
            return _hash(_other(judgement.other)), [judgement]
    apart = [j for j in mine if j.judgement != "same"]
    barred = {_other(j.other) for j in apart}
    log = list(apart)
    if not longer or "·" in use.name or " " in use.name:
        if use.name in barred:
            return _hash(f"{use.name}|{use.document}"), log
        one_part = not _SEPARATORS.search(use.name)
        if one_part and use.name in shared and len(use.states) == 1:
            return _hash(f"{use.name}|{use.states[0]}"), log
        return _hash(use.name), log
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(set(longer) - barred):
        common = [(other.document, post) for other in by_name[name] for post in other.posts if post in use.posts]
        if common:
            found[name] = tuple(f"{post} in {document}" for document, post in common)
    if len(found) == 1:
        name, evidence = next(iter(found.items()))
        log.append(Judgement(use.document, use.name, "same", name, "last part of the name and post agree", evidence))
        return _hash(name), log
    reason = "several people of that surname and post" if found else "surname agrees, no post in common"
    log += [
        Judgement(use.document, use.name, "unsure", name, reason, found.get(name, ()))
        for name in sorted(found or set(longer) - barred)
    ]
    # by itself: with others of this name only where they hold the same post
    return _hash(f"{use.name}|{use.posts[0] if use.posts else use.document}"), log


def _people(keys: Mapping[tuple[str, str], str], said: Iterable[str]) -> dict[str, Person]:
    """``said``: names that only a judgement gives."""
    names: dict[str, set[str]] = defaultdict(set)
    for (_, name), key in keys.items():
        names[key].add(name)
    for other in said:
        names[_hash(_other(other))].add(_QUALIFIED.sub(r"\g<name>", _other(other)))
    return {key: Person(key, max(names[key], key=_fullness), tuple(sorted(names[key]))) for key in sorted(names)}


def _fullness(name: str) -> tuple[int, int, str]:
    return len(_SEPARATORS.split(name)), len(name), name


def _other(text: str) -> str:
    """``张军(外交部)`` stays apart from ``张军``; anything else is a name like any other."""
    qualified = _QUALIFIED.fullmatch(normalize(text)[0].strip())
    return f"{canonical_name(qualified['name'])}({qualified['which']})" if qualified else canonical_name(text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
