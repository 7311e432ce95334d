"""What is voted on in which sentence: a text adopted, or a draft with its symbol, and what became of it.

A sentence that names neither goes on about the text last voted on in its paragraph, in a news item also in the paragraph before. Refused:
drafts without a symbol (no instrument can be named), other bodies, amendments, another draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.adoption_frame import drafts_in
from kg.extract.adoption_patterns import FAILED
from kg.extract.adoptions import adopted_in
from kg.extract.own_adoption import own_adoption
from kg.extract.reading import Reading
from kg.extract.tallies import LEAST_IN_FAVOUR, find_tallies, seats
from kg.extract.view import Sentence
from kg.model import MentionType

__all__ = ["Ballot", "find_ballots"]

_ANOTHER = re.compile(
    r"另一[份项个]?|另[一]?份|第[二三四五]份|修正案|程序性|两[份项](?:决议)?草案|这些草案|一[份项](?:[^，。；]{0,30}的)?(?:决议)?草案"
)
_OTHER_BODY = re.compile(r"大会|联大|人权理事会|议会|国会")


@dataclass(frozen=True, slots=True)
class Ballot:
    """A text voted on: its symbol, where it is named in the sentence, whether it failed, its votes in favour where printed,
    and the counts of the others by value."""

    instrument: str
    at: int
    failed: bool
    in_favour: int | None
    counts: tuple[tuple[str, int | None], ...]
    year: int | None

    @property
    def short_of_votes(self) -> bool:
        """Whether it lacked the votes that a decision needs, so that no veto was needed to stop it."""
        others = sum(n for value, n in self.counts if value != "yes" and n is not None)
        at_most = seats(self.year) - others if self.in_favour is None else self.in_favour
        return at_most < LEAST_IN_FAVOUR[seats(self.year)]


def find_ballots(reading: Reading) -> dict[int, list[Ballot]]:
    """The texts voted on, by the order of the sentence that names or goes on about them (then at -1)."""
    found: dict[int, list[Ballot]] = {}
    current: tuple[int, Ballot] | None = None
    for index, row in reading.view.by_paragraph.items():
        for at, sentence in enumerate(row):
            here = sorted(_named(reading, row, at), key=lambda ballot: ballot.at)
            if here:
                current = (index, here[-1])
            elif current is not None:
                near = current[0] == index or (reading.context.news and current[0] == index - 1)
                if not near or _leads_away(sentence):
                    current = None
                else:
                    here = [_again(current[1])]
            found[sentence.order] = here
    return found


def _again(ballot: Ballot) -> Ballot:
    return Ballot(ballot.instrument, -1, ballot.failed, ballot.in_favour, ballot.counts, ballot.year)


def _leads_away(sentence: Sentence) -> bool:
    """Whether the sentence turns to another text or body."""
    bodies = {m.id for m in sentence.mentions if m.type is MentionType.ORGANIZATION}
    return bool(_ANOTHER.search(sentence.text) or _OTHER_BODY.search(sentence.text) or bodies - {"UN", "UN-SC"})


def _named(reading: Reading, row: list[Sentence], at: int) -> Iterator[Ballot]:
    """The texts that one sentence of a paragraph names, in the order of its words."""
    sentence = row[at]
    own = own_adoption(reading)
    lines = [own] if own is not None and own.in_favour is not None and sentence.evidence in own.evidence else []
    adopted = [*lines, *adopted_in(reading, sentence)]
    for fact in adopted:
        mention = next((m for m in sentence.mentions if m.id == fact.instrument), None)
        counts = (
            ("no", fact.against),
            ("abstain", fact.abstaining),
            ("absent", fact.not_participating),
            ("yes", fact.in_favour),
        )
        adopted_in_year = int(fact.date[:4]) if fact.date else None
        yield Ballot(fact.instrument, mention.start if mention else 0, False, fact.in_favour, counts, adopted_in_year)
    drafts = [d for d in drafts_in(sentence) if d.id not in {fact.draft for fact in adopted}]
    for n, draft in enumerate(drafts):
        until = drafts[n + 1].start if n + 1 < len(drafts) else len(sentence.text)
        since = draft.start if n else 0
        told = sentence.text[since:until]
        masked = sentence.unposted[since:until]
        for more in row[at + 1 :] if until == len(sentence.text) else ():
            if any(True for _ in drafts_in(more)) or _ANOTHER.search(more.text) or "通过第" in more.text:
                break
            told, masked = told + more.text, masked + more.unposted
        tallies = find_tallies(masked)
        count = tallies[0] if tallies else None
        assert draft.id is not None
        dated = re.search(r"S/(\d{4})/", draft.id)
        year = int(dated[1]) if dated else None
        if count is not None and not count.fits(year):
            continue
        lost = count is not None and count.yes is not None and not count.carries(year)
        yield Ballot(
            draft.id,
            draft.start,
            bool(FAILED.search(told)) or lost,
            count.yes if count else None,
            (("no", count.no), ("abstain", count.abstaining), ("absent", count.absent)) if count else (),
            year,
        )
