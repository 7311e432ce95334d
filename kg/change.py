"""A built graph changed: documents added, replaced, removed, without reading the others again.

The folder's ledger (`kg.ledger`) is changed and the graph made of it, so the result is that of a build of all inputs,
byte for byte, but for the run's part of the report. The folder is the old or the new one, whole.

An input is known by its name, as in a build. Adding a file of a name that is there replaces what was read under it;
a file that cannot be read replaces nothing. Files of other names stay: of two that are the same document, the first
counts, as in a build, and without it the other does.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.building import FILES, nothing_read, pipeline_facts, run_facts, write_graph, write_report
from kg.errors import GraphError, InputError
from kg.folder import replaced
from kg.inputs import find_inputs, unread_parts
from kg.intake import Key, Taken, read_inputs, skipped
from kg.ledger import (
    JUDGEMENTS,
    Entry,
    Ledger,
    Record,
    Skipped,
    accepted,
    key,
    maker,
    merge,
    write_ledger,
)
from kg.pipeline import load_pipeline
from kg.review import kept_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from spacy.language import Language

    from kg.inputs import Columns
    from kg.report import Report

__all__ = ["Changed", "Named", "add_documents", "remove_documents"]


class Named(NamedTuple):
    """A document: its id, and the name of its input."""

    id: str
    source: str


@dataclass(slots=True)
class Changed:
    """What a change did. ``added`` and ``removed``: documents that the graph did not hold before, or holds no more;
    ``replaced``: inputs whose content is another one now; ``unchanged``: how many of those given were there already;
    ``skipped``: why others of those given are not in the graph; ``report``: of the whole graph, None where nothing
    was to be done."""

    added: list[Named] = field(default_factory=list)
    removed: list[Named] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: int = 0
    skipped: list[InputError] = field(default_factory=list)
    report: Report | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "kg": "change",
            "schema_version": 1,
            "added": [named._asdict() for named in self.added],
            "removed": [named._asdict() for named in self.removed],
            "replaced": self.replaced,
            "unchanged": self.unchanged,
            "skipped": [{"source": error.where, "reason": str(error)} for error in self.skipped],
            "totals": self.report.totals() if self.report else None,
        }

    def summary(self) -> str:
        if self.report is None:
            return f"kg: nothing to do: {self.unchanged} inputs are in the graph as they are"
        return f"kg: {len(self.added)} documents more, {len(self.removed)} less; {self.report.summary()[4:]}"


def add_documents(
    folder: str | os.PathLike[str],
    paths: Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    columns: Columns | None = None,
    judgements: Path | None = None,
    review: Path | None = None,
    nlp: Language | None = None,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
) -> Changed:
    """Add the documents under ``paths`` to the graph in ``folder``, with the settings that it was built with.

    ``judgements`` and ``review`` take the place of what the graph was built with; the rest as in
    `kg.building.build_graph`. Raises `GraphError` where there is no graph or one of another version, `KgError` where
    nothing can be used; the folder is then as it was.
    """
    began = time.perf_counter()
    given = [os.fspath(path) for path in paths]
    log = kept_log(judgements, review)
    old = Ledger(Path(folder))
    nlp = nlp or load_pipeline()
    _same_program(old, folder, pipeline_facts(nlp))
    inputs, errors = find_inputs(given, columns, encoding)
    adding = _Adding(old)
    taken = read_inputs(inputs, nlp, config=old.head.config, encoding=encoding, known=adding.known, progress=progress)
    unopened = (Taken(error.source, [error], set()) for error in skipped(errors))
    with TemporaryDirectory(prefix="kg-") as aside:
        parts = ((entry for each in some for entry in adding.admit(each)) for some in (unopened, taken))
        part = write_ledger(Path(aside), old.head, merge(*parts))
        if given and not adding.usable:
            raise nothing_read("nothing was added", adding.failed, " ".join(given))
        told = Changed(replaced=adding.replaced, unchanged=adding.unchanged, skipped=adding.skipped())
        if log is None and not adding.dropped and not any(part):
            return told
        kept = (entry for entry in old if key(entry) not in adding.dropped)
        _rewrite(Path(folder), old, merge(kept, part), told, log, began)
    assert told.report
    told.skipped = adding.skipped(told.report)
    return told


class _Adding:
    """What an addition does to a ledger: which entries come in, which go (``dropped``), and what is to be told."""

    def __init__(self, old: Ledger) -> None:
        self.known: set[Key] = set()
        self.dropped: set[Key] = set()
        self.replaced: list[str] = []
        self.unchanged = 0
        self.failed: list[Skipped] = []
        self._fresh: dict[str, list[InputError]] = {}
        self._records: dict[str, set[Key]] = defaultdict(set)
        self._errors: dict[str, set[Key]] = defaultdict(set)
        for entry in old:
            own = key(entry)
            if isinstance(entry, Record):
                self.known.add(own)
                self._records[entry.document.source].add(own)
            else:
                self._errors[entry.source].add(own)

    @property
    def usable(self) -> bool:
        """Whether any of the inputs is a document."""
        return bool(self._fresh or self.unchanged)

    def admit(self, taken: Taken) -> Iterator[Entry]:
        """The entries that come into the ledger, of all inputs of one name."""
        fresh = [entry for entry in taken.entries if isinstance(entry, Record)]
        failed = [entry for entry in taken.entries if isinstance(entry, Skipped)]
        there, before = self._records[taken.source], self._errors[taken.source]
        gone = there - taken.known if fresh else set()
        if len(gone) > 1:
            what = f"{len(gone)} documents in the graph have this name"
            advice = "remove the one that it is to replace, by its id"
            failed.append(Skipped(taken.source, InputError(what, where=taken.source, remedy=advice)))
            fresh, gone = [], set()
        if gone:
            self.replaced.append(taken.source)
        for record in fresh:
            self._fresh.setdefault(taken.source, []).extend(unread_parts(taken.source, record.unread))
        self.failed += failed
        self.unchanged += len(taken.known)
        self.dropped |= gone
        if fresh or (failed and not there):
            self.dropped |= before - {key(entry) for entry in failed}
        new: list[Entry] = [*fresh, *(entry for entry in failed if not there and key(entry) not in before)]
        yield from sorted(new, key=key)

    def skipped(self, report: Report | None = None) -> list[InputError]:
        """Why inputs, or parts of them, are not in the graph; those that ``report`` tells of what is new among them."""
        parts = {str(error) for errors in self._fresh.values() for error in errors}
        told = (
            [error for error in report.skipped if error.where in self._fresh or str(error) in parts] if report else []
        )
        every = {str(error): error for error in (*(entry.error for entry in self.failed), *told)}
        return [every[text] for text in sorted(every)]


def remove_documents(folder: str | os.PathLike[str], names: Iterable[str]) -> Changed:
    """Take documents out of the graph in ``folder``.

    A name is a document's id or symbol, then all inputs that hold this document go, or an input's name as the report
    tells it; then only that goes, and what was left out because of it comes in. Raises `GraphError` where there is no
    graph or one of another version, for a name that is not in it, and where no document would be left; the folder is
    then as it was.
    """
    began = time.perf_counter()
    old = Ledger(Path(folder))
    _same_program(old, folder)
    gone = _named(old, list(names), folder)
    if not any(isinstance(entry, Record) and key(entry) not in gone for entry in old):
        raise GraphError("no document would be left", where=str(folder), remedy="remove the folder instead")
    told = Changed()
    _rewrite(Path(folder), old, (entry for entry in old if key(entry) not in gone), told, None, began)
    return told


def _named(old: Ledger, names: list[str], folder: str | os.PathLike[str]) -> set[Key]:
    """Keys of the entries that are meant."""
    entries: dict[str, set[Key]] = defaultdict(set)
    for entry in old:
        if isinstance(entry, Skipped):
            entries[entry.source].add(key(entry))
        else:
            for name in {entry.document.source, entry.document.id, entry.document.symbol or entry.document.id}:
                entries[name].add(key(entry))
    gone: set[Key] = set()
    for name in names:
        found = entries.get(name) or entries.get("".join(name.split()))
        if not found:
            near = get_close_matches(name, sorted(entries), n=3)
            ends = sorted(each for each in entries if each.endswith(f"/{name}"))[:3]
            advice = f"near it: {', '.join(ends or near)}" if ends or near else "kg query documents lists them"
            raise GraphError(f"no document {name!r} in this graph", where=os.fspath(folder), remedy=advice)
        gone |= found
    return gone


def _same_program(old: Ledger, folder: str | os.PathLike[str], pipeline: Mapping[str, Any] | None = None) -> None:
    """Another program may read other facts, so that old records and new ones would not make one graph. A part that one
    of them has not (a reader that came later) makes no difference: it read nothing."""
    made: dict[str, Any] = dict(old.head.maker)
    now: dict[str, Any] = dict(maker())
    if pipeline is not None:
        made["pipeline"], now["pipeline"] = old.head.pipeline, pipeline
    differing = [name for name in sorted(made.keys() & now.keys()) if made[name] != now[name]]
    if differing:
        what = f"was built by another version of the program (other {', '.join(differing)})"
        raise GraphError(what, where=os.fspath(folder), remedy="kg build PATH... -o DIR builds it again")


def _rewrite(
    folder: Path, old: Ledger, entries: Iterable[Entry], told: Changed, log: bytes | None, began: float
) -> None:
    """The graph of ``entries`` in the place of the old one; what came and went is told."""
    before = {Named(found.document.id, found.document.source) for found in accepted(old) if isinstance(found, Record)}
    with replaced(folder, FILES) as fresh:
        ledger = write_ledger(fresh, old.head, entries)
        said = old.path.parent / JUDGEMENTS
        if log is None and said.exists():
            log = said.read_bytes()
        if log is not None:
            (ledger.path.parent / JUDGEMENTS).write_bytes(log)
        told.report = write_graph(fresh, ledger)
        write_report(fresh, told.report, run_facts(began, old.head))
        if not old.stands():
            raise GraphError("another command changed it meanwhile", where=str(folder), remedy="try again")
    after = {Named(each["id"], each["source"]) for each in told.report.documents}
    told.added, told.removed = sorted(after - before), sorted(before - after)
