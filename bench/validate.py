"""Seconds to check a graph of 100,000 triples: ours, and pySHACL on the smaller one that it is made of.

    python bench/validate.py [--triples 100000] [--rounds 3]

The graph is that of `seeds/`, copied with other keys, years and numbers until it is large enough, so that every copy is
about things of its own and known things (states, posts) are shared, as in a real one. Both check the same shapes; ours
also lists conflicts. pySHACL is given the graph of `seeds/` alone, which takes it a minute; the table gives both per
100,000 triples.

Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from pathlib import Path

from kg.building import build_graph
from kg.store import Store
from kg.triples import triples
from kg.validate import validate
from kg.validate.shapes import shapes_file

ROOT = Path(__file__).parent.parent
SHARED = "state mission organization holder post format"
_KEY = re.compile(rf"(/id/(?!(?:{'|'.join(SHARED.split())})/)[a-z-]+/)([^>]+)>")
_KNOWN = re.compile(rf"<[^>]*/id/(?:{'|'.join(SHARED.split())})/")
_DATE = re.compile(r'"(\d{4})((?:-\d\d){0,2}"\^\^<[^>]*#(?:date|gYearMonth|gYear)>)')
_NUMBER = re.compile(r'(ns#number> ")(\d+)"')
_SYMBOL = re.compile(r'(ns#(?:symbol|instrumentSymbol)> ")S/RES/(\d+)\((\d{4})\)"')


def copy(line: str, number: int) -> str:
    """The line in the ``number``-th copy of the graph; what is said of known things stays."""
    if _KNOWN.match(line):
        return line
    line = _KEY.sub(rf"\g<1>\g<2>-{number}>", line)
    line = _SYMBOL.sub(lambda m: f'{m[1]}S/RES/{int(m[2]) + 20000 * number}({int(m[3]) + 20 * number})"', line)
    line = _DATE.sub(lambda m: f'"{int(m[1]) + 20 * number}{m[2]}', line)
    return _NUMBER.sub(lambda m: f'{m[1]}{int(m[2]) + 20000 * number}"', line)


def large(lines: list[str], wanted: int) -> list[str]:
    """As many copies as it takes, the first as it is."""
    found = set(lines)
    number = 0
    while sum(1 for _ in triples(sorted(found))) < wanted:
        number += 1
        found |= {copy(line, number) for line in lines}
    return sorted(found)


def pyshacl_seconds(lines: list[str]) -> tuple[int, float]:
    """Triples given to pySHACL, and its seconds."""
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(data="\n".join(triples(lines)), format="nt")
    shapes = rdflib.Graph().parse(shapes_file())
    began = time.process_time()
    pyshacl.validate(data, shacl_graph=shapes)
    return len(data), time.process_time() - began


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build_graph([ROOT / "seeds"], Path(folder) / "out", validate=False)
        lines = (Path(folder) / "out" / "graph.nq").read_text("utf-8").split("\n")[:-1]
    store = Store.of(large(lines, options.triples))
    spent = []
    for _ in range(options.rounds):
        began = time.process_time()
        found = validate(store)
        spent.append(time.process_time() - began)
    ours = statistics.median(spent)
    count, theirs = pyshacl_seconds(lines)
    each = (ours / len(store), theirs / count)
    print(f"{'':8} {'triples':>9} {'cpu s':>8} {'s per 100,000':>14}")
    print(f"{'ours':8} {len(store):>9,} {ours:>8.2f} {each[0] * 100_000:>14.2f}   {len(found.findings)} findings")
    print(f"{'pySHACL':8} {count:>9,} {theirs:>8.2f} {each[1] * 100_000:>14.2f}   {each[1] / each[0]:.0f} times ours")


if __name__ == "__main__":
    main()
