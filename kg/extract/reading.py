"""All that the fact rules share about one document, computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from kg.extract.confidence import changed
from kg.extract.context import Context, context_of
from kg.extract.front import FrontPage, front_page
from kg.extract.meetings import Meetings, add_levels, find_meetings, share_item
from kg.extract.people import People
from kg.extract.statements import add_statement
from kg.extract.view import View, view
from kg.model import Document, Evidence, Fact

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Reading", "prepare"]

F = TypeVar("F", bound=Fact)
T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """The sentences, what they may lean on, who and which meetings they speak of; ``front`` is that of a record or an agenda."""

    view: View
    context: Context
    people: People
    meetings: Meetings
    front: FrontPage | None = None
    told: dict[Any, tuple[Any, ...]] = field(default_factory=dict, repr=False, compare=False)

    def once(self, family: Callable[[Reading], Iterator[T]]) -> tuple[T, ...]:
        """All that a family of rules tells, computed the first time that one asks."""
        if family not in self.told:
            self.told[family] = tuple(family(self))
        return self.told[family]

    @staticmethod
    def with_evidence(fact: F, evidence: Iterable[Evidence]) -> F:
        """The fact with its evidence, each quote once, in the order given."""
        return changed(fact, evidence=tuple(dict.fromkeys(evidence)))


def prepare(document: Document, nlp: Language | None) -> Reading:
    """Prepare a structured document for the fact rules."""
    seen = view(document, nlp)
    context = context_of(seen)
    front = front_page(seen, context)
    if front is not None:  # what is said at a meeting tells no meeting: the page tells the one
        meetings = Meetings()
        meetings.add(seen.sentences[front.sitting.told_at[0]], front.sitting)
        for sentence, sitting in front.others:
            meetings.add(sentence, sitting)
    else:
        meetings = find_meetings(seen, context)
        add_statement(seen, context, meetings)
        share_item(meetings)
        add_levels(seen, meetings)
    return Reading(seen, context, People(seen), meetings, front)
