"""All that the fact rules share about one document, computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from kg.extract.context import Context, context_of
from kg.extract.meetings import find_meetings
from kg.extract.people import People
from kg.extract.sittings import Meetings
from kg.extract.view import Sentence, View, view
from kg.model import Document, Evidence, Fact

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Reading", "prepare"]

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Reading:
    """The sentences, what they may lean on, who and which meetings they speak of."""

    view: View
    context: Context
    people: People
    meetings: Meetings
    told: dict[Any, tuple[Any, ...]] = field(default_factory=dict, repr=False, compare=False)

    def once(self, family: Callable[..., Iterator[F]], *of: Sentence) -> tuple[F, ...]:
        """All facts of a family of rules, of the document or of one sentence, computed the first time that one asks."""
        key = (family, *(sentence.order for sentence in of))
        if key not in self.told:
            self.told[key] = tuple(family(self, *of))
        return self.told[key]

    @staticmethod
    def with_evidence(fact: F, evidence: Iterable[Evidence]) -> F:
        """The fact with its evidence, each quote once, in the order given."""
        return replace(fact, evidence=tuple(dict.fromkeys(evidence)))


def prepare(document: Document, nlp: Language | None) -> Reading:
    """Prepare a structured document for the fact rules."""
    seen = view(document, nlp)
    context = context_of(seen)
    return Reading(seen, context, People(seen), find_meetings(seen, context))
