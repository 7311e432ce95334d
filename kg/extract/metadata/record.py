"""The record of a vote as metadata hold it: each value with the element that claims it, contradictions and all.

    <step date="2020-01-31" outcome="adopted" as="S/PV.8712" by="Adopted 13-0-2, 8712th meeting" refersTo="Chapter VII" />
    <count value="013" refersTo="inFavour"> … <organization refersTo="memberState">NIGER</organization> …

``as`` is the record of the meeting, or, of a vote in writing, the letter that tells its result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.dates import add_duration
from kg.model import Document, Evidence, Metadatum

__all__ = ["VALUES", "Claim", "VoteRecord", "Voter", "quoted", "vote_record"]

VALUES = ("yes", "no", "abstain", "absent")
"""How members vote, in the order of a tally: 13-0-2."""
_COUNTED = (("infav", "yes"), ("against", "no"), ("abst", "abstain"), ("not", "absent"), ("non", "absent"))
_TALLY = re.compile(r"\b(\d{1,2})-(\d{1,2})-(\d{1,2})(?:-(\d{1,2}))?\b")
_MEETING = re.compile(r"\b(\d{1,5})(?:st|nd|rd|th) meeting")
_RECORD = re.compile(r"S/PV\.(\d{1,5})\b")
_MAIL = re.compile(r"by mail|written|in writing", re.IGNORECASE)
_UNANIMOUS = re.compile(r"unanimous", re.IGNORECASE)
_NO_VOTE = re.compile(r"without (?:a )?vote", re.IGNORECASE)
_ISO = re.compile(r"(?!0001)\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Claim:
    """A value, and the element that states it."""

    value: str | int
    item: Metadatum


@dataclass(frozen=True, slots=True)
class Voter:
    """A member listed under a count: ``name`` as printed, ``value`` one of `VALUES`."""

    name: str
    value: str
    item: Metadatum
    count: Metadatum


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """``adopted``: the step that says so. ``dates`` and ``meetings`` hold every claim, that of the step first. ``counts``
    are those of the list of voters, ``tally`` those that the step tells in words. ``without_vote``: the step says that
    there was no vote."""

    adopted: Metadatum
    draft: Claim | None = None
    dates: tuple[Claim, ...] = ()
    meetings: tuple[Claim, ...] = ()
    counts: dict[str, Claim] = field(default_factory=dict)
    tally: dict[str, Claim] = field(default_factory=dict)
    voters: tuple[Voter, ...] = ()
    written: Claim | None = None
    unanimous: bool = False
    without_vote: bool = False
    chapter_vii: bool = False


def quoted(document: Document, item: Metadatum) -> Evidence:
    """The element as it stands, or the linked words."""
    return Evidence(item.start, item.end, document.text[item.start : item.end], document.page(item.start))


def vote_record(document: Document) -> VoteRecord | None:
    """The record of the vote that adopted ``document``, None where the metadata do not say that it was adopted."""
    steps = [item for item in document.metadata if item.name == "step"]
    adopted = next((item for item in steps if item.get("outcome") == "adopted"), None)
    if adopted is None:
        return None
    drafted = next((item for item in steps if item.get("outcome") == "draftResolution" and item.get("as")), None)
    by = adopted.get("by")
    tally = _TALLY.search(by)
    voters = tuple(_voters(document))
    return VoteRecord(
        adopted,
        Claim("".join(drafted.get("as").split()), drafted) if drafted else None,
        tuple(_dates(document, adopted)),
        tuple(_meetings(document, adopted)),
        {value: Claim(count, item) for value, count, item in _counts(document)},
        {v: Claim(int(n), adopted) for v, n in zip(VALUES, tally.groups(), strict=True) if n} if tally else {},
        voters,
        next((Claim("written", item) for item, said in _methods(document, adopted) if _MAIL.search(said)), None),
        unanimous=bool(_UNANIMOUS.search(by)),
        without_vote=bool(_NO_VOTE.search(by)),
        chapter_vii="Chapter VII" in adopted.get("refersTo"),
    )


def _dates(document: Document, adopted: Metadatum) -> Iterator[Claim]:
    for item in (adopted, *(i for i in document.metadata if i.name in {"docDate", "FRBRdate"})):
        date = item.get("date")
        if _ISO.fullmatch(date) and add_duration(date, "P0D"):
            yield Claim(date, item)


def _meetings(document: Document, adopted: Metadatum) -> Iterator[Claim]:
    for pattern, said in ((_RECORD, adopted.get("as")), (_MEETING, adopted.get("by"))):
        if match := pattern.search(said):
            yield Claim(match[1], adopted)
    for item in document.metadata:
        if item.name == "inline" and item.get("title").isdigit():
            yield Claim(item.get("title"), item)


def _methods(document: Document, adopted: Metadatum) -> Iterator[tuple[Metadatum, str]]:
    yield from ((item, item.get("outcome")) for item in document.metadata if item.name == "voting")
    yield adopted, adopted.get("by")


def _counts(document: Document) -> Iterator[tuple[str, int, Metadatum]]:
    for item in document.metadata:
        value = _value(item) if item.name == "count" else None
        if value and item.get("value").isdigit():
            yield value, int(item.get("value")), item


def _voters(document: Document) -> Iterator[Voter]:
    count: Metadatum | None = None
    for item in document.metadata:
        if item.name == "count":
            count = item
        elif item.name == "organization" and count is not None and (value := _value(count)):
            yield Voter(item.get(""), value, item, count)


def _value(count: Metadatum) -> str | None:
    said = re.sub("[^a-z]", "", count.get("refersTo").lower())
    return next((value for start, value in _COUNTED if said.startswith(start)), None)
