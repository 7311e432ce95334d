"""Adoption and votes by the record that the metadata hold of the vote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.metadata.record import VALUES, Claim, VoteRecord, quoted
from kg.extract.tallies import Tally, seats, unanimity
from kg.gazetteer.english import state_in_english
from kg.model import Adoption, Document, StatedBy, Vote

__all__ = ["adoption", "votes"]

_INSTRUMENTS = ("S/RES/", "S/PRST/")


def adoption(document: Document, record: VoteRecord | None) -> Iterator[Adoption]:
    """How the document was adopted; one fact a meeting number, where the metadata give two of them."""
    if record is None or document.symbol is None or not document.symbol.startswith(_INSTRUMENTS):
        return
    counts = _counts(record)
    yes = None if record.without_vote else counts.get("yes")
    tally = Tally(0, 0, yes, counts.get("no"), counts.get("abstain"), counts.get("absent"))
    items = [record.adopted, *(claim.item for claim in (record.draft, record.written) if claim)]
    items += [claim.item for claim in record.counts.values()]
    fact = Adoption(
        instrument=document.symbol,
        date=str(record.dates[0].value) if record.dates else None,
        body="UN-SC",
        in_favour=counts.get("yes"),
        against=counts.get("no"),
        abstaining=counts.get("abstain"),
        not_participating=counts.get("absent"),
        unanimous=unanimity(tally, None, said=record.unanimous),
        written_vote=True if record.written else None,
        draft=str(record.draft.value) if record.draft else None,
        chapter_vii=True if record.chapter_vii else None,
        confidence=0.99,
        rule="metadata.adoption",
        stated_by=StatedBy.METADATA,
        evidence=tuple(quoted(document, item) for item in dict.fromkeys(items)),
    )
    numbers = dict.fromkeys(str(claim.value) for claim in record.meetings if claim.item is record.adopted)
    for number in numbers or (None,):
        yield replace(fact, meeting_number=number, meeting=number)


def _counts(record: VoteRecord) -> dict[str, int]:
    """Of the list of voters, else of the step's words; nought for what they leave out, where the rest is the whole Council."""
    told: dict[str, Claim] = {**record.tally, **record.counts}
    counts = {value: int(claim.value) for value, claim in told.items()}
    if sum(counts.values()) == seats(None):
        return dict.fromkeys(VALUES, 0) | counts
    return counts


def votes(document: Document, record: VoteRecord | None) -> Iterator[Vote]:
    """One vote a member that the list of voters names."""
    if record is None or document.symbol is None or not document.symbol.startswith(_INSTRUMENTS):
        return
    for voter in record.voters:
        state = state_in_english(voter.name)
        if state is not None:
            yield Vote(
                instrument=document.symbol,
                state=state,
                value=voter.value,
                confidence=0.99,
                rule="metadata.vote",
                stated_by=StatedBy.METADATA,
                evidence=(quoted(document, voter.item), quoted(document, voter.count)),
            )
