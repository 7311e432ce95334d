"""Which entries of a ledger are documents of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.errors import InputError
from kg.ledger.entries import Entry, Skipped
from kg.ledger.record import Record

__all__ = ["accepted"]


def accepted(entries: Iterable[Entry]) -> Iterator[Record | InputError]:
    """Each entry of a sorted ledger: the record of a document, or why the input is none.

    A document counts once, by the first of its names: others with the same bytes, and others that are the same document
    in other words, are errors.
    """
    bytes_of: dict[str, str] = {}
    words_of: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry, Skipped):
            yield entry.error
            continue
        card = entry.document
        if card.sha256 in bytes_of:
            yield _twice("the same bytes as", bytes_of[card.sha256], card.source)
        elif card.id in words_of:
            yield _twice(f"{card.id} again, in other words than in", words_of[card.id], card.source)
        else:
            bytes_of[card.sha256] = words_of[card.id] = card.source
            yield entry


def _twice(what: str, first: str, source: str) -> InputError:
    return InputError(f"{what} {first}, which is read", where=source, remedy="keep one of the two")
