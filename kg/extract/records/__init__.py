"""Facts of a meeting record: who presides, who sits for whom, who briefs, what was put to the vote and how each voted.

Only the front page, the stage directions (进行了举手表决) and the President's own words state facts; what a delegate says in a speech is
that delegate's. `FAMILIES` stand for the general families of the same types, which would read the speeches as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extract.reading import Reading
from kg.extract.records.announced import meetings
from kg.extract.records.briefers import briefings
from kg.extract.records.communique import chairings as chairings_told
from kg.extract.records.outcomes import adoptions, votes
from kg.extract.records.seats import chairings, participants
from kg.model import Fact

__all__ = ["FAMILIES", "adoptions", "briefings", "chairings", "meetings", "participants", "votes"]

FAMILIES: tuple[Callable[[Reading], Iterator[Fact]], ...] = (
    meetings,
    chairings,
    chairings_told,
    briefings,
    adoptions,
    votes,
    participants,
)
"""In the contract's order."""
