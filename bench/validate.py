"""A graph checked: ours beside pySHACL, and ours on a larger one.

Both check the graph of `seeds/` by the same shapes, which takes pySHACL a minute; ours also lists conflicts. The larger
graph is that one, copied with other keys, years and numbers, so that every copy is about things of its own and known
things (states, posts) are shared, as in a real one.
"""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from bench.measure import ROOT, ratio, rounds
from kg.building import build_graph
from kg.store import Store
from kg.triples import triples
from kg.validate import validate
from kg.validate.shapes import shapes_file

__all__ = ["compare", "large", "seed_lines"]

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


def seed_lines(count: int = 5) -> list[str]:
    """The graph of the first ``count`` of the ``seeds/``, as N-Quads."""
    with tempfile.TemporaryDirectory() as folder:
        paths = sorted((ROOT / "seeds").glob("*.txt"))[:count]
        build_graph(paths, Path(folder) / "out", validate=False)
        return (Path(folder) / "out" / "graph.nq").read_text("utf-8").split("\n")[:-1]


def large(lines: list[str], wanted: int, *, quads: bool = False) -> list[str]:
    """As many copies as it takes for so many triples (or quads), the first as it is."""
    found = set(lines)
    number = 0
    while (len(found) if quads else sum(1 for _ in triples(sorted(found)))) < wanted:
        number += 1
        found |= {copy(line, number) for line in lines}
    return sorted(found)


def compare(wanted: int, times: int, *, seeds: int = 5) -> dict[str, Any]:
    """Ours and pySHACL on the graph of so many of the ``seeds/``, and ours on one of ``wanted`` triples."""
    lines = seed_lines(seeds)
    small, big = list(triples(lines)), Store.of(large(lines, wanted))
    store = Store.of(lines)
    found = validate(big)  # this compiles the shapes, too
    own = rounds({"small": lambda: validate(store), "large": lambda: validate(big)}, times, "ours checks")
    theirs = rounds({"pySHACL": lambda: _pyshacl(small)}, 1, f"{len(small)} triples checked:")["pySHACL"]
    return {
        "triples": len(small),
        "contenders": {"ours": own["small"].as_json(), "pySHACL": theirs.as_json()},
        "pyshacl_is_times": ratio(theirs, own["small"]),
        "large": {"triples": len(big), "findings": len(found.findings), **own["large"].as_json()},
    }


def _pyshacl(lines: list[str]) -> None:
    """Parsing counts for neither."""
    import pyshacl

    data, shapes = _graphs(tuple(lines))
    pyshacl.validate(data, shacl_graph=shapes)


@cache
def _graphs(lines: tuple[str, ...]) -> tuple[Any, Any]:
    import rdflib

    return rdflib.Graph().parse(data="\n".join(lines), format="nt"), rdflib.Graph().parse(shapes_file())
