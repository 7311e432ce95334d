"""A document as the graph needs it: what was read in it, without its text."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from kg.model import (
    Document,
    DocumentKind,
    Extraction,
    Fact,
    Mention,
    MentionType,
    OffsetMap,
    Unread,
    fact_from_json,
    mention_from_json,
    page_at,
)

__all__ = ["Card", "Record", "fingerprint", "record_of"]


@dataclass(frozen=True, slots=True)
class Card:
    """A document without its text, for which stand the hash of the text and its length (``characters``); of paragraphs,
    where they begin. The names mean what they mean in `kg.model.Document`."""

    id: str
    source: str
    sha256: str
    text_sha256: str
    characters: int
    format: str
    encoding: str
    kind: DocumentKind
    symbol: str | None
    date: str | None
    title: str | None
    annexes: tuple[str, ...]
    language: str
    to_file: OffsetMap
    paragraph_starts: tuple[int, ...]
    page_starts: tuple[int, ...]
    page_numbers: tuple[int, ...]

    def page(self, offset: int) -> int | None:
        """As `kg.model.Document.page`."""
        return page_at(self.page_starts, self.page_numbers, offset)

    def paragraph_at(self, offset: int) -> int:
        """As `kg.model.Document.paragraph_at`."""
        return bisect_right(self.paragraph_starts, offset)

    @classmethod
    def of(cls, document: Document) -> Card:
        """The card of a document."""
        own: dict[str, Any] = {field.name: getattr(document, field.name, None) for field in fields(cls)}
        own["characters"] = len(document.text)
        own["paragraph_starts"] = tuple(paragraph.start for paragraph in document.paragraphs)
        return cls(**own)

    def as_json(self) -> dict[str, Any]:
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**told, "to_file": {"starts": self.to_file.starts, "targets": self.to_file.targets}}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Card:
        """The card that `as_json` wrote."""
        told: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in value.items()}
        told["kind"] = DocumentKind(value["kind"])
        told["to_file"] = OffsetMap(*(tuple(value["to_file"][name]) for name in ("starts", "targets")))
        return cls(**told)


@dataclass(frozen=True, slots=True)
class Record:
    """What was read in one document (a `kg.model.ExtractionView`).

    ``mentions``: of those that only say that the document names a thing, the first; ``counted``: how many mentions of
    each type there were; ``no_facts_because``: None where there are facts; ``conflicts``: as `kg.conflicts.Conflict`
    writes them; ``unread``: parts of the file that were left out; ``fingerprint``: of the document as read.
    """

    document: Card
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    counted: Mapping[str, int]
    no_facts_because: str | None
    conflicts: tuple[dict[str, Any], ...]
    unread: tuple[Unread, ...]
    fingerprint: str

    def as_json(self) -> dict[str, Any]:
        return {
            "document": self.document.as_json(),
            "mentions": [mention.as_json() for mention in self.mentions],
            "facts": [fact.as_json() for fact in self.facts],
            "counted": dict(self.counted),
            "no_facts_because": self.no_facts_because,
            "conflicts": list(self.conflicts),
            "unread": [part._asdict() for part in self.unread],
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Record:
        """The record that `as_json` wrote. Raises `KeyError`, `ValueError` or `TypeError` for anything else."""
        return cls(
            Card.from_json(value["document"]),
            tuple(map(mention_from_json, value["mentions"])),
            tuple(map(fact_from_json, value["facts"])),
            value["counted"],
            value["no_facts_because"],
            tuple(value["conflicts"]),
            tuple(Unread(**part) for part in value["unread"]),
            value["fingerprint"],
        )


def record_of(extraction: Extraction, read: str = "") -> Record:
    """The record of a document; ``read`` is the `fingerprint` of the document as read."""
    from kg.conflicts import find_conflicts  # with all the rules; who reads a ledger needs none of them

    document = extraction.document
    types = Counter(mention.type for mention in extraction.mentions)
    counted = {kind.value: count for kind, count in types.items()}
    return Record(
        Card.of(document),
        tuple(_kept(extraction.mentions)),
        extraction.facts,
        dict(sorted(counted.items())),
        None if extraction.facts else _why_no_facts(document.text, counted),
        tuple(conflict.as_json() for conflict in find_conflicts(extraction)),
        document.unread,
        read,
    )


def fingerprint(document: Document) -> str:
    """A hash of a document as read, whatever its name: text, layout, and what its file, table or reader says of it."""
    return hashlib.sha256(repr(replace(document, id="", source="")).encode("utf-8", "surrogatepass")).hexdigest()


def _kept(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Names of persons and the posts beside them tell who is who (`kg.link.identity`); of others one is enough."""
    seen: set[tuple[MentionType, str]] = set()
    for mention in mentions:
        if mention.type in (MentionType.OFFICIAL, MentionType.POST):
            yield mention
        elif mention.type is not MentionType.DATE and mention.id and (mention.type, mention.id) not in seen:
            seen.add((mention.type, mention.id))
            yield mention


_COMMON_HAN = re.compile("[\u4e00-\u9fa5]+")
"""Runs of Han characters, most of what there is: to look at the others alone is cheaper."""


def _why_no_facts(text: str, mentions: Mapping[str, int]) -> str:
    others = _COMMON_HAN.sub("", text)
    common = len(text) - len(others)
    letters = common + sum(map(str.isalpha, others))
    if not letters:
        return "it has no words"
    if common + sum("\u3400" <= character <= "\u9fff" for character in others) < letters / 5:
        return "it is not in Chinese"
    if not mentions:
        return "it names no state, body, mission, person, resolution, document, meeting or date that is known"
    return f"it has {sum(mentions.values())} mentions, but no sentence that states a fact of a known kind"
