"""The library on big graphs: what each query costs on the on-disk store.

    python -m bench queries                                # a graph of a million triples, made for it

    kg build seeds tests/corpus tests/questions/documents -o small
    python -m bench.graphs small --triples 10000000 -o big
    python -m bench queries --graph small big              # graphs that are there

Each named query is asked as `kg query` asks it (answer, terms as Python objects), with no parameter but those it cannot
do without, and each of the 25 questions with its example's. Times are processor time in this process, the median of
three; one that takes longer than three seconds is asked once. Nothing here asserts a time.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.graphs import write_graph
from bench.measure import ROOT, say
from kg.building import build_graph
from kg.queries import load_queries
from kg.queries.questions import load_questions
from kg.store import build_store, open_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["asked", "compare", "compare_made"]

_DOCUMENTS = ("seeds", "tests/corpus", "tests/questions/documents")
_NEEDED = {"expiring": {"asof": "2031-03-20"}}
_LONG = 3.0


def asked() -> Iterator[tuple[str, str, str]]:
    """Name, the query that it is of the library, and the text to be sent."""
    for name, query in load_queries().items():
        yield name, name, query.sparql(_NEEDED.get(name, {}))
    for question in load_questions():
        yield question.name, question.query, question.sparql(question.example)


def compare(folders: list[Path]) -> dict[str, Any]:
    """All queries on each of the graphs, small ones first."""
    return {"graphs": sorted(map(_measure, folders), key=lambda graph: graph["triples"])}


def compare_made(count: int) -> dict[str, Any]:
    """All queries on a graph of so many triples."""
    with tempfile.TemporaryDirectory() as name:
        small, big = Path(name) / "small", Path(name) / "big"
        build_graph([ROOT / place for place in _DOCUMENTS], small, validate=False)
        big.mkdir()
        write_graph(small, big / "graph.nq", count)
        build_store(big / "graph.nq", big / "store")
        return compare([big])


def _measure(folder: Path) -> dict[str, Any]:
    store = open_graph(folder)
    rows: dict[str, dict[str, Any]] = {}
    for name, query, sparql in asked():
        times: list[float] = []
        found = 0
        while len(times) < 3 and (not times or times[0] < _LONG):
            began = time.process_time()
            found = len(store.query(sparql).rows)
            times.append(time.process_time() - began)
        rows[name] = {"query": query, "rows": found, "seconds": round(statistics.median(times), 4)}
        say(f"{name:14}{found:9}{rows[name]['seconds']:10.3f} s")
    return {"triples": len(store), "queries": rows}
