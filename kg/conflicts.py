"""Where one document contradicts itself: its text and its metadata, or one piece of metadata and another.

Compared are the day and meeting of adoption, counts with the list of voters, with what is said in words and with the
size of the Council, votes told by both, and citations with the links on them. That one says more than the other is no
contradiction, but for a citation that the text makes and no link marks, where other citations are linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.extract.metadata import Claim, VoteRecord, linked_symbol, quoted, vote_record
from kg.model import Adoption, Citation, Document, Evidence, Extraction, Mention, MentionType, StatedBy, Vote

__all__ = ["Conflict", "Said", "council_size", "find_conflicts"]

_ENLARGED = "1966"
_TOLD = ("in_favour", "against", "abstaining", "not_participating", "unanimous", "written_vote")
_CITED = (MentionType.RESOLUTION, MentionType.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Said:
    """One side: the value, who states it, and the words."""

    value: str
    stated_by: StatedBy
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that cannot all be true. ``kind``: ``adoption date``, ``meeting number``, ``voters`` (a count and its
    list), ``votes`` (counts in words and in figures, or votes where there was none), ``sum of votes``, ``vote`` (of one
    member), ``link`` (it leads elsewhere than its words), ``citation not linked``."""

    kind: str
    says: tuple[Said, ...]

    def as_json(self) -> dict[str, Any]:
        says = [{"value": s.value, "stated_by": s.stated_by.value, **s.evidence.as_json()} for s in self.says]
        return {"kind": self.kind, "says": says}


def council_size(date: str | None) -> int:
    """Members of the Council on a day: fifteen since 1966, eleven before (Charter, Article 23)."""
    return 11 if date is not None and date < _ENLARGED else 15


def find_conflicts(extraction: Extraction) -> tuple[Conflict, ...]:
    """All contradictions within one document, those of its adoption first."""
    document = extraction.document
    own = [f for f in extraction.facts if isinstance(f, Adoption) and f.instrument == document.symbol]
    record = vote_record(document)
    found: list[Conflict] = []
    if record is not None:
        found = [*_claims(document, own, record), *_counts(document, record), *_official_sum(document, record)]
    return (*found, *_printed_sums(own), *_told_twice(own), *_votes(extraction), *_links(extraction))


def _differing(kind: str, says: Iterable[Said]) -> Iterator[Conflict]:
    """A conflict if the values differ; on each side the first to state a value speaks for it."""
    first: dict[tuple[str, StatedBy], Said] = {}
    for said in says:
        first.setdefault((said.value, said.stated_by), said)
    if len({value for value, _ in first}) > 1:
        yield Conflict(kind, tuple(first.values()))


def _claims(document: Document, own: list[Adoption], record: VoteRecord) -> Iterator[Conflict]:
    for kind, field, claims in (
        ("adoption date", "date", record.dates),
        ("meeting number", "meeting_number", record.meetings),
    ):
        printed = [(getattr(f, field), f) for f in own if f.stated_by is StatedBy.TEXT]
        says = [Said(value, StatedBy.TEXT, f.evidence[0]) for value, f in printed if value is not None]
        yield from _differing(kind, [*says, *(_claimed(document, claim) for claim in claims)])


def _claimed(document: Document, claim: Claim, unit: str = "") -> Said:
    return Said(f"{claim.value}{unit}", StatedBy.METADATA, quoted(document, claim.item))


def _counts(document: Document, record: VoteRecord) -> Iterator[Conflict]:
    for value, claim in record.counts.items():
        listed = [voter for voter in record.voters if voter.count is claim.item]
        if listed and len(listed) != claim.value:
            last = quoted(document, listed[-1].item)
            voters = Said(f"{len(listed)} {value}", StatedBy.METADATA, last)
            yield Conflict("voters", (_claimed(document, claim, f" {value}"), voters))
        tally = record.tally.get(value)
        if tally is not None and tally.value != claim.value:
            yield Conflict("votes", (_claimed(document, claim, f" {value}"), _claimed(document, tally, f" {value}")))
    against = next((record.counts[v] for v in ("no", "abstain") if v in record.counts), None)
    step = quoted(document, record.adopted)
    if record.unanimous and against is not None and against.value:
        unanimous = Said("unanimous", StatedBy.METADATA, step)
        yield Conflict("votes", (unanimous, _claimed(document, against, " not in favour")))
    if record.without_vote and record.counts:
        value, claim = next(iter(record.counts.items()))
        none = Said("without a vote", StatedBy.METADATA, step)
        yield Conflict("votes", (none, _claimed(document, claim, f" {value}")))


def _official_sum(document: Document, record: VoteRecord) -> Iterator[Conflict]:
    """Official vote sums: in favour, against, abstaining and not participating are the whole Council."""
    date = str(record.dates[0].value) if record.dates else None
    if record.counts and sum(int(claim.value) for claim in record.counts.values()) != council_size(date):
        says = [_claimed(document, claim, f" {value}") for value, claim in record.counts.items()]
        yield Conflict("sum of votes", tuple(says))


def _printed_sums(own: list[Adoption]) -> Iterator[Conflict]:
    """Votes that the text tells: never more than the Council has members, and all of them where all four are told."""
    for fact in own:
        counts = (fact.in_favour, fact.against, fact.abstaining, fact.not_participating)
        total, size = sum(count or 0 for count in counts), council_size(fact.date)
        if fact.stated_by is StatedBy.TEXT and (total > size or (None not in counts and total != size)):
            told = "+".join(str(count) for count in counts if count is not None)
            yield Conflict("sum of votes", (Said(told, StatedBy.TEXT, fact.evidence[0]),))


def _told_twice(own: list[Adoption]) -> Iterator[Conflict]:
    for field in _TOLD:
        told = [(getattr(fact, field), fact) for fact in own]
        yield from _differing(
            "votes", [Said(f"{field} {v}", f.stated_by, f.evidence[0]) for v, f in told if v is not None]
        )


def _votes(extraction: Extraction) -> Iterator[Conflict]:
    cast: dict[tuple[str, str], list[Vote]] = {}
    for fact in extraction.facts:
        if isinstance(fact, Vote):
            cast.setdefault((fact.instrument, fact.state), []).append(fact)
    for votes in cast.values():
        yield from _differing("vote", [Said(f"{v.state} {v.value}", v.stated_by, v.evidence[0]) for v in votes])


def _links(extraction: Extraction) -> Iterator[Conflict]:
    document = extraction.document
    mentions = [m for m in extraction.mentions if m.type in _CITED and m.id]
    linked: list[str] = []
    on_links: set[str | None] = set()  # a joint symbol has one link, a wrong link is reported as such
    for item in document.metadata:
        target = linked_symbol(item.get("href")) if item.name == "a" else None
        if target is None:
            continue
        linked.append(target)
        words = [m for m in mentions if m.start < item.end and item.start < m.end]
        on_links.update(m.id for m in words)
        if not _agree(document.text[item.start : item.end], words, target):
            printed = words[0].id if words else None
            says = Said(printed or document.text[item.start : item.end], StatedBy.TEXT, quoted(document, item))
            yield Conflict("link", (says, Said(target, StatedBy.METADATA, quoted(document, item))))
    if not linked:
        return
    known = {document.symbol, *linked, *(_undated(symbol) for symbol in linked), *on_links}
    for fact in extraction.facts:
        if isinstance(fact, Citation) and fact.cited not in known:
            known.add(fact.cited)
            yield Conflict("citation not linked", (Said(fact.cited, StatedBy.TEXT, fact.evidence[0]),))


def _agree(words: str, mentions: list[Mention], target: str) -> bool:
    """Whether what is printed where the link stands may be what it leads to."""
    if mentions:
        return any(target == m.id or _undated(target) == m.id for m in mentions)
    plain = "".join(words.split())
    return plain in target or target in plain


def _undated(symbol: str) -> str:
    return re.sub(r"\(\d{4}\)$", "", symbol)
