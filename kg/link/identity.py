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
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

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

_EVIDENCE = 20
"""Documents that are named for a judgement; of more the log says how many."""

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
    """Who is meant. ``keys``: by document and canonical name, where it is not the key that the name by itself has;
    ``judgements`` is the log, sorted."""

    people: Mapping[str, Person]
    keys: Mapping[tuple[str, str], str]
    judgements: tuple[Judgement, ...] = ()

    def key(self, document: str, name: str) -> str:
        """Key of the person whom ``document`` calls ``name``; a name it was not told of is taken as a full one."""
        plain = canonical_name(name)
        return self.keys.get((document, plain)) or _hash(plain)


@lru_cache(maxsize=65536)
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


_Uses: TypeAlias = "dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]]"
"""By posts and states, the documents that use a name so."""


def resolve(uses: Iterable[NameUse], judgements: Iterable[Judgement] = ()) -> Identities:
    """Who is who over all documents, whatever the order of ``uses``; ``judgements`` of people come first.

    Memory: a reference for each use, and what is judged.
    """
    named: dict[str, _Uses] = defaultdict(dict)
    for use in uses:
        named[use.name].setdefault((use.posts, use.states), []).append(use.document)
    for uses_of_name in named.values():
        for alike, documents in uses_of_name.items():
            uses_of_name[alike] = sorted(set(documents))
    decided = _Decider(named, judgements)
    keys: dict[tuple[str, str], str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for name, uses_of_name in named.items():
        own = _hash(name)
        for (posts, states), documents in uses_of_name.items():
            for document in documents:
                key = decided.key(NameUse(document, name, posts, states))
                names[key].add(name)
                if key != own:
                    keys[document, name] = key
    said = {j.other for j in decided.log if j.judgement == "same"}
    log = [*decided.log, *_spellings(named, keys, decided.judged)]
    return Identities(_people(names, said), keys, tuple(sorted(log)))


def _spellings(
    named: Mapping[str, _Uses], keys: Mapping[tuple[str, str], str], judged: set[tuple[str, str]]
) -> Iterable[Judgement]:
    """Full names of one post that may be one person's in two spellings, for a person to decide; none is joined."""
    by_post: dict[str, dict[str, str]] = defaultdict(dict)
    for name, uses_of_name in named.items():
        for (posts, _), documents in uses_of_name.items():
            for post in posts:
                by_post[post][name] = min(documents[0], by_post[post].get(name, documents[0]))
    pairs: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for post, first in sorted(by_post.items()):
        for one, other in combinations(sorted(first), 2):
            if not _alike(one, other) or {(one, other), (other, one)} & judged:
                continue
            own = [keys.get((first[name], name)) or _hash(name) for name in (one, other)]
            if own[0] != own[1]:
                pairs.setdefault((one, other), (first[one], []))[1].append(f"{post} in {first[other]}")
    for (one, other), (document, found) in pairs.items():
        yield Judgement(document, one, "unsure", other, "like two spellings, post agrees", tuple(found))


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


class _Decider:
    """Decides on one use of a name after the other, and keeps the log."""

    def __init__(self, named: Mapping[str, _Uses], judgements: Iterable[Judgement]) -> None:
        self.log: list[Judgement] = []
        self.judged: set[tuple[str, str]] = set()
        self._named = named
        self._ruled: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in judgements:
            self._ruled[canonical_name(judgement.name)].append(judgement)
            self.judged.add((judgement.name, judgement.other))
        self._longer: dict[str, set[str]] = defaultdict(set)
        for name in named:
            for part in _SEPARATORS.finditer(name):
                self._longer[name[part.end() :]].add(name)
        self._common: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def key(self, use: NameUse) -> str:
        """Key of the person of ``use``."""
        mine = [j for j in self._ruled.get(use.name, ()) if j.document in ("", use.document)]
        for judgement in mine:
            if judgement.judgement == "same":
                self.log.append(judgement)
                return _hash(_other(judgement.other))
        self.log += mine
        barred = {_other(j.other) for j in mine}
        longer = self._longer.get(use.name)
        if not longer or "·" in use.name or " " in use.name:
            if use.name in barred:
                return _hash(f"{use.name}|{use.document}")
            if len(use.states) == 1 and not _SEPARATORS.search(use.name) and self._shared(use.name):
                return _hash(f"{use.name}|{use.states[0]}")
            return _hash(use.name)
        open_ = sorted(longer - barred)
        found = {name: evidence for name in open_ if (evidence := self._evidence(name, use.posts))}
        if len(found) == 1:
            name, evidence = next(iter(found.items()))
            reason = "last part of the name and post agree"
            self.log.append(Judgement(use.document, use.name, "same", name, reason, evidence))
            return _hash(name)
        reason = "several people of that surname and post" if found else "surname agrees, no post in common"
        self.log += [
            Judgement(use.document, use.name, "unsure", name, reason, found.get(name, ())) for name in found or open_
        ]
        # by itself: with others of this name only where they hold the same post
        return _hash(f"{use.name}|{use.posts[0] if use.posts else use.document}")

    def _shared(self, name: str) -> bool:
        """Whether people of several states bear the name."""
        return len({state for _, states in self._named[name] for state in states}) > 1

    def _evidence(self, name: str, posts: tuple[str, ...]) -> tuple[str, ...]:
        """Where ``name`` is said to hold one of ``posts``; the same object each time, for there are as many uses as
        documents."""
        told = self._common.get((name, posts))
        if told is None:
            uses = [(d, held, states) for (held, states), documents in self._named[name].items() for d in documents]
            common = [f"{post} in {document}" for document, held, _ in sorted(uses) for post in held if post in posts]
            more = len(common) - _EVIDENCE
            told = tuple(common[:_EVIDENCE]) + ((f"and {more} more",) if more > 0 else ())
            self._common[name, posts] = told
        return told


def _people(names: dict[str, set[str]], said: Iterable[str]) -> dict[str, Person]:
    """``names``: of each person by key; ``said``: names that only a judgement gives."""
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
