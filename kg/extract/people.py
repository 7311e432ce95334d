"""Who is meant: names and posts of one document brought together.

A short name (``什佩哈尔女士``) is the one full name of the document that ends with it. A post without a name
(``特别代表兼联利支助团团长``) is the one person introduced with that post, the nearest section first. Two candidates are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.extract.capacities import capacity_of, entities_of, heads_of, plain_post, title_start
from kg.extract.view import Actor, Sentence, View
from kg.model import Mention, MentionType
from kg.pipeline.names import TRANSLITERATION

__all__ = ["People", "Person"]


_SURNAME = re.compile(
    rf"(?P<name>[{TRANSLITERATION}]{{2,6}})(?:副?外长|(?:外交|国务)?(?:大臣|部长)|总统|总理|首相|大使|主席|专员|特使|秘书长|司长|将军)"
)

_IN_NAME = re.compile("[· -]")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one place introduces them: full name, the post as printed and as normal text, and the section."""

    name: str
    capacity: str | None
    post: Mention | None
    post_text: str | None
    section: int
    entities: frozenset[str]
    heads: tuple[str, ...]
    bodies: tuple[Mention, ...]
    state: str | None


class People:
    """All persons of a document, in the order they are introduced."""

    def __init__(self, view: View) -> None:
        self._introduced: list[Person] = []
        self._printed: dict[str, str] = {}
        self._called: dict[str, list[tuple[Sentence, Actor]]] = {}
        named = [s for s in view.sentences if MentionType.OFFICIAL in s.kinds]
        for sentence in named:
            for mention in sentence.mentions:
                if mention.type is MentionType.OFFICIAL:
                    self._printed.setdefault(mention.text, sentence.printed(mention.start, mention.end))
        self._full = _full_names(self._printed)
        for sentence in named:
            for actor in sentence.actors:
                if actor.person is not None and actor.post is not None:
                    surname = actor.person.text.rpartition("·")[2]
                    self._called.setdefault(surname, []).append((sentence, actor))
                    self._introduced.append(self._person(sentence, actor))
            self._after_name(sentence)

    def _person(self, sentence: Sentence, actor: Actor) -> Person:
        assert actor.person is not None
        post = actor.post
        opens = title_start(sentence, post) if post else 0
        return Person(
            self._full.get(actor.person.text, actor.person.text),
            capacity_of(sentence, post) if post else None,
            post,
            post.text if post else None,
            sentence.paragraph.section,
            entities_of(sentence, post),
            heads_of(post.text) if post else (),
            tuple(m for m in sentence.mentions if opens <= m.start and m.end <= post.end) if post else (),
            next(
                (m.id for m in sentence.mentions if post and m.type is MentionType.STATE and m.start == post.start),
                None,
            ),
        )

    def _after_name(self, sentence: Sentence) -> None:
        """``古特雷斯秘书长``: the post behind the name."""
        for person in sentence.inside(0, len(sentence.text), MentionType.OFFICIAL):
            post = sentence.at(person.end, MentionType.POST)
            if post is not None:
                self._introduced.append(self._person(sentence, Actor(person.start, post.end, post, person)))

    def full_name(self, short: str) -> str:
        """The one full name of the document that ends with ``short``, else ``short`` itself."""
        return self._full.get(short, short)

    def known_as(self, sentence: Sentence, start: int, end: int) -> str:
        """The full name of the person whose name is ``text[start:end]``, as printed."""
        printed = sentence.printed(start, end)
        full = self.full_name(sentence.text[start:end])
        return self._as_printed(full) if full != sentence.text[start:end] else _tight(printed)

    def name(self, sentence: Sentence, actor: Actor) -> str | None:
        """Full name of an actor where the document gives it anywhere, as printed."""
        known = self._known(sentence, actor)
        return self._as_printed(known) if known else None

    def state(self, sentence: Sentence, actor: Actor) -> str | None:
        """The state whose office the actor holds, there or where the name was introduced: the one that the title opens with."""
        if actor.post is not None and actor.person is not None:
            opens = sentence.at(actor.post.start, MentionType.STATE)
            if opens is not None:
                return opens.id
        return self.state_of(self._known(sentence, actor))

    def state_of(self, name: str | None) -> str | None:
        """The one state that the introductions of ``name`` open with."""
        states = {p.state for p in self._introduced if p.name == name and p.state} if name else set()
        return states.pop() if len(states) == 1 else None

    @cached_property
    def surnames(self) -> re.Pattern[str] | None:
        """The last parts of the full names, by which later sentences may call them."""
        last = {name.rpartition("·")[2] for name in self._full.values() if "·" in name}
        names = sorted((n for n in last if len(n) > 1), key=lambda n: (-len(n), n))
        return re.compile("|".join(map(re.escape, names))) if names else None

    def called(self, surname: str) -> list[tuple[Sentence, Actor]]:
        """Where those are introduced with a post whose full name ends with ``surname``."""
        return [place for place in self._called.get(surname, ()) if place[1].person and "·" in place[1].person.text]

    def is_named(self, actor: Actor) -> bool:
        """Whether a surname stands before the office."""
        return self._surname(actor) is not None

    def _surname(self, actor: Actor) -> str | None:
        """``赛义德大臣``: the one full name of the document that ends with what stands before the office."""
        match = _SURNAME.fullmatch(actor.post.text) if actor.post is not None and actor.person is None else None
        full = {name for name in self._full.values() if match and name.endswith(f"·{match['name']}")}
        return full.pop() if len(full) == 1 else None

    def _as_printed(self, name: str) -> str:
        return _tight(self._printed.get(name, name))

    def _known(self, sentence: Sentence, actor: Actor) -> str | None:
        if actor.person is not None:
            return self.full_name(actor.person.text)
        surname = self._surname(actor)
        if surname:
            return surname
        found = self._by_post(sentence, actor)
        return found.name if found else None

    def capacity(self, sentence: Sentence, actor: Actor) -> str | None:
        """The post as printed there, else as printed where the name was introduced (the nearest place before, else any)."""
        if actor.post is not None and not self._surname(actor):
            return capacity_of(sentence, actor.post)
        name = self._known(sentence, actor)
        places = [p for p in self._introduced if p.name == name and p.capacity]
        same = [p for p in places if p.section == sentence.paragraph.section]
        chosen = (same or places)[:1]
        return chosen[0].capacity if chosen else None

    def bodies(self, sentence: Sentence, actor: Actor) -> tuple[Mention, ...]:
        """The missions, bodies and states that the actor's post names, there or where the name was introduced."""
        if actor.post is not None:
            return tuple(m for m in sentence.mentions if actor.post.start <= m.start and m.end <= actor.post.end)
        name = self._known(sentence, actor)
        places = [p for p in self._introduced if p.name == name and p.bodies]
        same = [p for p in places if p.section == sentence.paragraph.section]
        return (same or places)[0].bodies if places else ()

    @staticmethod
    def printed(sentence: Sentence, start: int, end: int) -> str | None:
        """A capacity as printed, blanks and joints at its edges left out."""
        text = sentence.printed(start, end).strip().strip("、，：:").strip()
        # the seeds hold a slip that breaks a title around the name: 副秘书让-皮埃尔·拉克鲁瓦长
        return (text + "长" if sentence.text[start:end].endswith("副秘书") else text) or None

    def _by_post(self, sentence: Sentence, actor: Actor) -> Person | None:
        if actor.post is None:
            return None
        entities, heads = entities_of(sentence, actor.post), heads_of(actor.post.text)
        text = plain_post(actor.post.text)
        exact = [p for p in self._introduced if p.post_text and plain_post(p.post_text) == text]
        loose = [p for p in self._introduced if _compatible(p, text, entities, heads)]
        here_only = [
            p
            for p in self._introduced
            if p.section == sentence.paragraph.section and p.post_text and len(text) >= 4 and p.post_text.endswith(text)
        ]
        for pool in (exact, loose, here_only):
            here = [p for p in pool if p.section == sentence.paragraph.section]
            for candidates in (here, pool):
                if len({p.name for p in candidates}) == 1:
                    return candidates[0]
                if candidates:
                    break
        return None


def _tight(name: str) -> str:
    """A printed name without the blanks of a broken line."""
    return re.sub(r"\s+", " " if name.isascii() else "", name)


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """Of each name the one longer name that ends with it, behind a mark; else the name itself."""
    longer: dict[str, list[str]] = {}
    for name in names:
        for mark in _IN_NAME.finditer(name):
            longer.setdefault(name[mark.end() :], []).append(name)
    return {name: longer[name][0] if len(longer.get(name, ())) == 1 else name for name in names}


def _compatible(person: Person, text: str, entities: frozenset[str], heads: tuple[str, ...]) -> bool:
    """Whether a post printed shortly may be that of ``person``: its heads are among theirs, its entities too, and it says
    more than a head that many have."""
    if not heads or not person.heads or not set(heads) <= set(person.heads):
        return False
    if not entities <= person.entities:
        return False
    if entities:
        return True
    return len(heads) > 1 or text in {
        "特别代表",
        "秘书长特别代表",
        "特使",
        "秘书长特使",
        "副秘书长",
        "助理秘书长",
        "个人特使",
        "高级代表",
        "紧急救济协调员",
    }
