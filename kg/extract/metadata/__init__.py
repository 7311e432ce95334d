"""What a file says of its document beside the text: how it was adopted, who voted how, what it links to, what it is about.

Facts of their own source: they are stated by the metadata (`StatedBy`), with the element, or the linked words, as
evidence, so that text and metadata confirm or contradict each other (`kg.conflicts`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.metadata.adoption import adoption, votes
from kg.extract.metadata.links import linked_citations, linked_symbol
from kg.extract.metadata.record import Claim, VoteRecord, quoted, vote_record
from kg.extract.metadata.subjects import subjects
from kg.extract.reading import Reading
from kg.model import Fact

__all__ = ["Claim", "VoteRecord", "linked_symbol", "metadata_facts", "quoted", "vote_record"]


def metadata_facts(reading: Reading) -> Iterator[Fact]:
    """All facts that the metadata of a document state."""
    document = reading.view.document
    record = vote_record(document)
    yield from adoption(document, record)
    yield from votes(document, record)
    yield from linked_citations(reading)
    yield from subjects(document)
