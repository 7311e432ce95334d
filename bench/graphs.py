"""A big graph with the facts of a small one: for measuring stores and queries, not for reading.

    kg build seeds tests/corpus tests/questions/documents -o small
    python -m bench.graphs small --triples 1000000 -o big

The documents of ``small`` are written again and again, each time with other keys: documents, facts and evidence are
new in every copy; years go up by one a copy (after 70 copies from the first year again); resolutions and meetings get
numbers of their own; persons and themes live for five copies, missions and other mandate holders for ten. States,
bodies, posts, formats and agenda items are the same throughout, and so are the resolutions numbered under 2000 where
they are cited: so a filter chooses about as small a part of the big graph as it would of a real one. ``big`` holds what
`kg query` needs of a built folder: ``graph.nq`` and ``store/``; ``--nquads`` leaves the store out.
"""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.lines import write_sorted
from kg.store import build_store
from kg.triples import read_lines, triples
from kg.triples.text import split_line
from kg.vocabulary import BASE, PREFIXES, SC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["write_graph"]

_YEARS = 70
_LIVES = {"person": 5, "theme": 5, "mission": 10, "holder": 10}
"""In how many copies after each other a thing is the same one."""

_LASTING = frozenset(("state", "organization", "post", "format", "agenda-item"))
_CALENDAR = frozenset(("presidency", "month", "day"))
_CITED = frozenset(f"<{term}>" for term in (SC.cited, SC.citedSymbol, SC.cites, SC.mentions))
_NUMBER = frozenset(f"<{term}>" for term in (SC.number, SC.meetingNumber))
_OLD = 2000
_IDENTIFIER = f"<{PREFIXES['dct']}identifier>"
_THING = re.compile(rf"<{re.escape(BASE)}id/([a-z-]+)/([^>]+)>")
_DAY = re.compile(r'"(\d{4})((?:-\d\d){0,2}"\^\^<[^>]*#(?:date|gYear|gYearMonth)>)')
_SYMBOL = re.compile(r'"S/RES/(\d+)\((\d{4})\)"')
_OTHER_SYMBOL = re.compile(r'"S/(?:\d{4}|PRST/\d{4}|PV\.\d)[^" ]*"')
_INTEGER = re.compile(r'"(\d+)("(?:\^\^<[^>]*#integer>)?)')


def write_graph(small: Path, nquads: Path, most: int) -> int:
    """At least ``most`` triples (once each), as sorted N-Quads in ``nquads``; gives how many copies that took."""
    lines = [[_piece(quad[0], quad[1], term) for term in quad] for quad in _quads(small)]
    once = sum(1 for _ in triples(read_lines(small / "graph.nq")))
    copies = -(-most // once)
    while True:
        write_sorted(([_render(pieces, copy) for pieces in lines] for copy in range(copies)), nquads)
        found = sum(1 for _ in triples(read_lines(nquads)))
        if found >= most:
            return copies
        copies += -(-(most - found) * copies // found)  # what the copies share counts once


def _quads(small: Path) -> Iterator[tuple[str, str, str, str]]:
    return (split_line(line) for line in read_lines(small / "graph.nq"))


def _render(pieces: list[str | Callable[[int], str]], copy: int) -> str:
    return " ".join(piece if isinstance(piece, str) else piece(copy) for piece in pieces) + " ."


def _piece(subject: str, predicate: str, term: str) -> str | Callable[[int], str]:
    """A term of a quad: as it stands, or what makes it of the number of a copy. The first copy has the graph's own."""
    thing = _THING.fullmatch(term)
    if thing:
        return _address(thing[1], thing[2], cited=predicate in _CITED)
    if term[0] != '"':
        return term
    day = _DAY.fullmatch(term)
    if day:
        rest = day[2].replace("-02-29", "-02-28")  # the other years have none
        return lambda copy: f'"{int(day[1]) + copy % _YEARS:04}{rest}' if copy else term
    symbol = _SYMBOL.fullmatch(term)
    if symbol:
        if predicate in _CITED and int(symbol[1]) < _OLD:
            return term
        return lambda copy: f'"S/RES/{int(symbol[1]) + 3000 * copy}({int(symbol[2]) + copy % _YEARS})"'
    if _OTHER_SYMBOL.fullmatch(term):
        return lambda copy: f'{term[:-1]}-{copy}"' if copy else term
    number = _INTEGER.fullmatch(term)
    if number and predicate in _NUMBER:
        step = 3000 if "/id/resolution/" in subject else 10_000
        return lambda copy: f'"{int(number[1]) + step * copy}{number[2]}'
    owner = _THING.fullmatch(subject)
    if owner and (predicate == _IDENTIFIER and owner[1] in ("document", "mission", "holder")):
        lives = _LIVES.get(owner[1], 1)
        return lambda copy: term if copy < lives else f'{term[:-1]}-{copy // lives}"'
    return term


def _address(path: str, key: str, *, cited: bool) -> str | Callable[[int], str]:
    """The same for the address of a thing."""
    start = f"<{BASE}id/{path}/"
    if path in _LASTING or (path == "graph" and key in ("authority", "identity")):
        return f"{start}{key}>"
    if path in _CALENDAR:
        return lambda copy: f"{start}{int(key[:4]) + copy % _YEARS:04}{key[4:]}>"
    if path == "resolution" and key.isdigit():
        if cited and int(key) < _OLD:
            return f"{start}{key}>"
        return lambda copy: f"{start}{int(key) + 3000 * copy}>"
    lives = _LIVES.get(path, 1)
    return lambda copy: f"{start}{key}>" if copy < lives else f"{start}{key}-{copy // lives}>"


def main() -> None:
    """Write the graph; say what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small", type=Path, help="a built folder")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--nquads", action="store_true", help="no store")
    given = parser.parse_args()
    given.out.mkdir(parents=True)
    start = time.process_time()
    copies = write_graph(given.small, given.out / "graph.nq", given.triples)
    print(f"{copies} copies, {time.process_time() - start:.0f} s of processor time")
    if not given.nquads:
        start = time.process_time()
        build_store(given.out / "graph.nq", given.out / "store")
        print(f"store: {time.process_time() - start:.0f} s of processor time")


if __name__ == "__main__":
    main()
