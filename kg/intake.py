"""From inputs to entries of a ledger: each is read and its facts are found; what goes wrong with one is its entry."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.extract import extract
from kg.inputs import one_document
from kg.ledger import Entry, Skipped, fingerprint, key, record_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from spacy.language import Language

    from kg.config import Config
    from kg.inputs import Input

__all__ = ["Key", "Taken", "read_inputs", "skipped"]

Key = tuple[str, str, str]
"""What `kg.ledger.key` gives."""


class Taken(NamedTuple):
    """All inputs of one name (``source``; two folders may have one each): their entries, sorted, and the keys of those
    that were known already and not looked into again."""

    source: str
    entries: list[Entry]
    known: set[Key]


def read_inputs(
    inputs: list[Input],
    nlp: Language,
    *,
    config: Config,
    encoding: str | None = None,
    known: Collection[Key] = (),
    progress: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
) -> Iterator[Taken]:
    """What the inputs hold, by name, in the order of the names. ``known``: keys of records that need not be made again;
    ``progress`` is called before each input with how many are done, how many there are, and its name."""
    done = 0
    for source, group in groupby(inputs, lambda item: item.source):
        taken = Taken(source, [], set())
        for item in group:
            progress(done, len(inputs), source)
            done += 1
            found = _read(item, nlp, config, encoding, known)
            if isinstance(found, tuple):
                taken.known.add(found)
            else:
                taken.entries.append(found)
        taken.entries.sort(key=key)
        yield taken


def skipped(errors: Iterable[InputError]) -> list[Skipped]:
    """Sorted entries of what cannot even be opened."""
    return sorted((Skipped(error.where or "-", error) for error in errors), key=key)


def _read(item: Input, nlp: Language, config: Config, encoding: str | None, known: Collection[Key]) -> Entry | Key:
    try:
        with one_document(item.source):
            document = item.read(max_bytes=config.max_file_bytes, encoding=encoding)
            read = fingerprint(document)
            own = item.source, document.sha256, read
            return own if own in known else record_of(extract(document, nlp), read)
    except InputError as error:
        return Skipped(item.source, error)
