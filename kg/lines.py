"""The lines of a graph, made of its ledger: by this process, or by several where the graph is large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.beside import Beside
from kg.gazetteer import load_gazetteer
from kg.ledger import Ledger, Record
from kg.review import Replay
from kg.triples import Slicer, authority_quads, document_graph, identity_quads, in_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kg.ledger import Entry
    from kg.link.identity import Identities
    from kg.link.judgements import Log

__all__ = ["graph_lines"]

_SHARED: Final = 16 * 1024 * 1024
"""Bytes of lines from which a graph is worth other processes."""


def graph_lines(
    aside: Path, ledger: Ledger, refused: frozenset[int], identities: Identities, log: Log, jobs: int = 1
) -> Slicer:
    """All lines of the graph of ``ledger``. ``refused``: places in it of entries that are not in the graph; ``log``:
    what people decided; ``aside``: a folder for lines that memory does not hold; ``jobs``: how many processes make
    lines where they are many: the `Slicer` then has bounds."""
    config = ledger.head.config
    slicer = Slicer(aside, config.sort_bytes // jobs)
    most = min(_SHARED, config.sort_bytes)
    slicer.add(in_blocks(identity_quads(identities, config.base)))
    used: set[str] = set()
    replay = Replay(log)
    with Beside() as beside:
        begun = -1
        for begun, entry in ledger.share():
            used |= _add(slicer, [(begun, entry)], refused, identities, replay, config.base)
            if jobs > 1 and slicer.size > most:
                slicer.spill()
                break  # the rest is shared out
        shares = range(jobs) if jobs > 1 and slicer.bounds is not None else ()
        given = (aside, ledger.path.parent.parent, refused, identities, log, slicer.bounds, begun + 1, jobs)
        others = [beside.start(_share, number, *given) for number in shares[1:]]
        if shares:
            rest = ledger.share(0, jobs, begun + 1)
            used |= _add(slicer, rest, refused, identities, replay, config.base)
        for other in others:
            used |= other.result()
    slicer.add(in_blocks(authority_quads(used, load_gazetteer(), config.base)))
    return slicer


def _share(
    number: int,
    aside: Path,
    folder: Path,
    refused: frozenset[int],
    identities: Identities,
    log: Log,
    bounds: Sequence[bytes],
    start: int,
    of: int,
) -> set[str]:
    """What one of the other processes does: the lines of every ``of``-th entry from ``start`` on."""
    ledger = Ledger(folder)
    config = ledger.head.config
    slicer = Slicer(aside, config.sort_bytes // of, bounds, f"blocks-{number}")
    used = _add(slicer, ledger.share(number, of, start), refused, identities, Replay(log), config.base)
    slicer.spill()
    return used


def _add(
    slicer: Slicer,
    entries: Iterable[tuple[int, Entry]],
    refused: frozenset[int],
    identities: Identities,
    replay: Replay,
    base: str,
) -> set[str]:
    """The lines of entries, each with its place; gives the known things that they name."""
    gazetteer = load_gazetteer()
    used: set[str] = set()
    for place, entry in entries:
        if isinstance(entry, Record) and place not in refused:
            reviewed, accepted = replay.of(entry)
            graph = document_graph(reviewed, identities, gazetteer, base, accepted)
            slicer.add(graph.blocks)
            used |= graph.used
    return used
