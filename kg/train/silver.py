"""Training sentences with labels that nobody wrote by hand, and the hand-made corrections to them.

The exact scan labels the missions and organizations it knows; people labelled the persons of the training half and the
bodies that no list holds (`kg.train.gold`). Then the answers are taken away: a known name is hidden from the scan, or
replaced by an invented one, so that what is left to learn from is the make of a name and its context.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.gazetteer import load_gazetteer
from kg.model import Mention, MentionType
from kg.pipeline.scan import scan
from kg.train import invent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["LABELS", "Sample", "hidden", "is_reserved", "made_up", "replaced", "scanned", "seed_of"]

LABELS = (MentionType.OFFICIAL, MentionType.MISSION, MentionType.ORGANIZATION)
"""What the trained component looks for."""

_PARTS = frozenset({MentionType.STATE, MentionType.MISSION, MentionType.ORGANIZATION})

_HONORIFICS = ("先生", "女士", "阁下", "大使", "博士", "教授", "中将", "少将", "先生阁下", "部长", "议员", "法官")

Entity = tuple[int, int, str]
"""``(start, end, label)`` in characters."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence to learn from. ``mentions`` is what the scan is made to find in it: the tokenizer and its features see
    that, the labels are ``entities``. ``unsure`` spans are neither learned nor unlearned."""

    text: str
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    unsure: tuple[tuple[int, int], ...] = field(default=())


def scanned(
    text: str, *, extra: Iterable[Entity] = (), persons: bool = True, unsure: Iterable[tuple[int, int]] = ()
) -> Sample:
    """``text`` with the labels of the scan and those of ``extra``, which win where they overlap.

    ``persons``: whether the scan's persons count; without it those of ``extra`` are all there are.
    """
    mentions = tuple(scan(text))
    wanted = set(LABELS) if persons else set(LABELS) - {MentionType.OFFICIAL}
    own = [(m.start, m.end, m.type.value) for m in mentions if m.type in wanted]
    entities = _flat([*extra], own)
    names = {(s, e) for s, e, label in entities if label == MentionType.OFFICIAL}
    kept = tuple(m for m in mentions if m.type != MentionType.OFFICIAL or persons or (m.start, m.end) in names)
    return Sample(text, entities, kept, tuple(unsure))


def _flat(first: Sequence[Entity], second: Sequence[Entity]) -> tuple[Entity, ...]:
    """No two overlap: those of ``first`` before those of ``second``, the longer before the shorter."""
    taken: list[Entity] = []
    for group in (first, second):
        for entity in sorted(group, key=lambda x: (x[0] - x[1], x[0])):
            if not any(s < entity[1] and entity[0] < e for s, e, _ in taken):
                taken.append(entity)
    return tuple(sorted(taken))


def hidden(sample: Sample, rng: random.Random, share: float = 0.6) -> Sample:
    """Some entities are hidden from the scan, as if no list held them; what would then be found inside them stays."""
    chosen = [e for e in sample.entities if rng.random() < share]
    return replace(sample, mentions=_without(sample.text, sample.mentions, chosen))


def _without(text: str, mentions: Iterable[Mention], entities: Sequence[Entity]) -> tuple[Mention, ...]:
    kept = [m for m in mentions if not any(s < m.end and m.start < e for s, e, _ in entities)]
    for start, end, label in entities:
        if label != MentionType.OFFICIAL:
            kept.extend(_inside(text, start, end))
    return tuple(sorted(kept, key=lambda m: (m.start, -m.end)))


def _inside(text: str, start: int, end: int) -> Iterator[Mention]:
    """What a scan that does not know the whole name finds in it: the name without its last character is no name."""
    for mention in scan(text[start : end - 1]):
        if mention.type in _PARTS:
            yield mention._replace(start=mention.start + start, end=mention.end + start)


def replaced(
    sample: Sample,
    rng: random.Random,
    share: float = 0.8,
    *,
    name_of: Callable[[str, random.Random], str] | None = None,
    blind: float = 0.7,
) -> Sample:
    """Some entities become others of their kind that the scan is held not to know: invented or listed ones.

    ``name_of`` gives the other name for a label (`other_name`); ``blind`` is the share of them kept from the scan,
    which may find the rest by grammar, as a person after a post.
    """
    pieces: list[str] = []
    entities: list[Entity] = []
    fresh: list[Entity] = []
    at = shift = 0
    for start, end, label in sample.entities:
        pieces.append(sample.text[at:start])
        name = (name_of or other_name)(label, rng) if rng.random() < share else sample.text[start:end]
        pieces.append(name)
        entity = (start + shift, start + shift + len(name), label)
        entities.append(entity)
        if name != sample.text[start:end]:
            fresh.append(entity)
        shift += len(name) - (end - start)
        at = end
    pieces.append(sample.text[at:])
    text = "".join(pieces)
    mentions = _around(text, entities, [e for e in fresh if rng.random() < blind])
    unsure = tuple(_moved(place, sample.entities, entities) for place in sample.unsure)
    return Sample(text, tuple(entities), mentions, unsure)


def other_name(label: str, rng: random.Random) -> str:
    """An invented name, or every third time for a body, a listed one that is not reserved for testing."""
    if label == MentionType.OFFICIAL:
        return invent.person(rng)
    listed = _listed()[label]
    if rng.random() < 1 / 3 and listed:
        return rng.choice(listed)
    return invent.mission(rng) if label == MentionType.MISSION else invent.organization(rng)


def is_reserved(id_: str) -> bool:
    """Whether the names of this entry of the gazetteer are never put into other sentences, so that they can test."""
    return hashlib.sha256(id_.encode()).digest()[0] % 2 == 1


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {label.value: [] for label in LABELS}
    for entry in load_gazetteer().entries:
        if entry.type in LABELS and not is_reserved(entry.id):
            names[entry.type.value].extend(n for n in entry.strong_names if len(n) > 2 and not n.isascii())
    return {label: tuple(sorted(set(found))) for label, found in names.items()}


def _around(text: str, entities: Sequence[Entity], blind: Sequence[Entity]) -> tuple[Mention, ...]:
    """What the scan finds in ``text`` when it does not know the names ``blind``; persons that are none are left out."""
    found = _without(text, scan(text), blind)
    officials = {(s, e) for s, e, label in entities if label == MentionType.OFFICIAL}
    return tuple(m for m in found if m.type != MentionType.OFFICIAL or (m.start, m.end) in officials)


def _moved(place: tuple[int, int], before: Sequence[Entity], after: Sequence[Entity]) -> tuple[int, int]:
    shift = 0
    for old, new in zip(before, after, strict=True):
        if old[1] <= place[0]:
            shift = new[1] - old[1]
    return place[0] + shift, place[1] + shift


def made_up(states: Sequence[str], rng: random.Random, rounds: int = 8) -> Iterator[Sample]:
    """Samples from the templates, each ``rounds`` times with other names; ``states`` are names of states."""
    for template in invent.templates() * rounds:
        text, entities = _fill(template, states, rng)
        blind = [e for e in entities if rng.random() < 0.7]
        yield Sample(text, tuple(entities), _around(text, entities, blind))


def _fill(template: str, states: Sequence[str], rng: random.Random) -> tuple[str, list[Entity]]:
    text = ""
    entities: list[Entity] = []
    for piece in template.replace("{", "\0{").replace("}", "}\0").split("\0"):
        if not piece.startswith("{"):
            text += piece
            continue
        value, label = _value(piece[1:-1], states, rng)
        if label:
            entities.append((len(text), len(text) + len(value), label))
        text += value
    return text, entities


def _value(slot: str, states: Sequence[str], rng: random.Random) -> tuple[str, str]:
    if slot == "P":
        return invent.person(rng), MentionType.OFFICIAL.value
    if slot == "M":
        return other_name(MentionType.MISSION, rng), MentionType.MISSION.value
    if slot == "O":
        return other_name(MentionType.ORGANIZATION, rng), MentionType.ORGANIZATION.value
    if slot == "L":
        return invent.place(rng), ""
    if slot == "N":
        return invent.person(rng), ""
    if slot == "T":
        return rng.choice(invent.parts()["posts"]), ""
    if slot == "H":
        return rng.choice(_HONORIFICS), ""
    if slot == "S":
        return rng.choice(states), ""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2000, 2024)
    return rng.choice((f"{year}年{month}月{day}日", f"{month}月{day}日", f"{year}年{month}月", f"{month}月")), ""


def seed_of(text: str, seed: int) -> random.Random:
    """A source of chance that depends on the sentence and the seed, not on what was drawn before it."""
    digest = hashlib.sha256(f"{seed}\n{text}".encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 - not for secrets
