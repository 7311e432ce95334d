"""Who presides and who sits for which member, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.front.turns import HONORIFIC
from kg.model import MentionType
from kg.pipeline.mask import compile_masked
from kg.pipeline.scan import scan
from kg.text import normalize

if TYPE_CHECKING:
    from kg.extract.view import Sentence

__all__ = ["Seat", "is_row", "seats_of"]

_LEAD = r"[.…·_:：\ufffd\s-]*"
_NAME = r"[^.…:：，。；()/]{1,30}?"
_MEMBER = compile_masked(
    rf"(?P<s>«S»){_LEAD}(?P<name>[^.…:：，。；()/«:S»]{{1,30}}?)(?P<hon>{HONORIFIC})(?=$|«S»|[；、，](?:«S»|$))"
)
_ROW = re.compile(
    rf"(?P<state>[^\s.…:：，。；()（）]{{2,20}})\s+(?P<name>[^\s.…:：，。；()（）]{{2,30}}?)(?P<hon>{HONORIFIC})\s*"
)
_CHAIR_ROW = compile_masked(rf"(?P<people>{_NAME}{HONORIFIC}.{{0,60}}?){_LEAD}\((?P<s>«S»)(?P<post>[^()]{{2,30}})?\)")
_PERSON = re.compile(rf"(?P<name>{_NAME})(?P<hon>{HONORIFIC})(?:\((?P<post>[^()]{{2,30}})\))?")
_NAME_LAST = re.compile(rf"{HONORIFIC}$")
_JOINT = re.compile(r"(?:[/、；;和及]|随后|后为)+")
_PRESIDENT = re.compile(r"^(?:代理)?主席(?:[:：]|$|(?=[^，。]{1,60}\)$))")
_MEMBERS = re.compile(r"成员(?:国)?[:：]")
_LATER = re.compile(r"^(?:随后|其后|后来|之后|后)[:：]?")


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at the table: ``state`` is its id; ``name`` and ``post``, where the row prints one, are spans of the sentence."""

    sentence: Sentence
    state: str
    name: tuple[int, int]
    post: tuple[int, int] | None = None


def is_row(sentence: Sentence) -> bool:
    """``主席：范平明先生....(越南)`` is no speech, nor is the label alone."""
    if sentence.text[-1] in "：:":
        return True
    named = _CHAIR_ROW.search(sentence.masked) or _NAME_LAST.search(sentence.text)
    return named is not None and not sentence.text.endswith("。")


def seats_of(page: tuple[Sentence, ...]) -> tuple[tuple[Seat, ...], tuple[Seat, ...]]:
    """Presidents and members, in the order of the rows."""
    chairs: list[Seat] = []
    members: list[Seat] = []
    presiding = False
    for sentence in page:
        label = _MEMBERS.search(sentence.text)
        presiding = presiding or bool(_PRESIDENT.search(sentence.text))
        rows = tuple(_chairs(sentence, label.start() if label else len(sentence.text))) if presiding else ()
        chairs.extend(rows)
        if not sentence.text.endswith("。"):
            listed = tuple(_members(sentence, label.end() if label else 0)) if label or not rows else ()
            members.extend(listed)
            presiding = presiding and not listed
    return tuple(chairs), tuple(members)


def _chairs(sentence: Sentence, end: int) -> Iterator[Seat]:
    """``主席：王海平先生/赵思远先生……(中国)``: two who presided one after the other; ``主席：越南外交部长范平明先生``."""
    opening = _PRESIDENT.match(sentence.text) or _LATER.match(sentence.text)
    start = opening.end() if opening else 0
    match = _CHAIR_ROW.match(sentence.masked, start, end)
    if match is None:
        yield from _with_posts(sentence, start, end) if opening else ()
        return
    state = sentence.at(match.start("s"), MentionType.STATE)
    if state is None or state.id is None:
        return
    for person in _PERSON.finditer(sentence.text, match.start("people"), match.end("people")):
        skip = _JOINT.match(person["name"])
        name = (person.start("name") + (skip.end() if skip else 0), person.end("name"))
        post = person.span("post") if person["post"] else match.span("post") if match["post"] else None
        yield Seat(sentence, state.id, name, post)


def _with_posts(sentence: Sentence, start: int, end: int) -> Iterator[Seat]:
    for actor in sentence.actors:
        if actor.person is None or actor.post is None or not start <= actor.start < end:
            continue
        states = sentence.inside(actor.post.start, actor.post.end, MentionType.STATE)
        if states and states[0].start == actor.post.start and states[0].id:
            name = (actor.person.start, actor.person.end)
            yield Seat(sentence, states[0].id, name, (states[0].end, actor.post.end))


def _members(sentence: Sentence, start: int) -> Iterator[Seat]:
    found = False
    for match in _MEMBER.finditer(sentence.masked, start):
        state = sentence.at(match.start("s"), MentionType.STATE)
        if state is not None and state.id:
            found = True
            yield Seat(sentence, state.id, match.span("name"))
    if not found:
        yield from _parted(sentence, start)


def _parted(sentence: Sentence, start: int) -> Iterator[Seat]:
    """A row in which the name, read without the blank before it, swallowed the state: ``智利  阿尔韦亚尔·巴伦苏埃拉夫人``."""
    row = _ROW.fullmatch(sentence.printed(start, len(sentence.text)))
    if row is None:
        return
    state = normalize(row["state"])[0]
    known = [m for m in scan(state) if m.type is MentionType.STATE and (m.start, m.end) == (0, len(state))]
    end = len(sentence.text) - len(normalize(row["hon"])[0])
    if known and known[0].id and sentence.text.startswith(state, start):
        yield Seat(sentence, known[0].id, (start + len(state), end))
