"""The library on big graphs: what each query costs on the on-disk store, and the load of it.

    kg build seeds tests/corpus tests/questions/documents -o small
    python -m bench.graphs small --triples 1000000 -o big
    python -m bench.queries --graph small big [--out bench/queries.json] [--table docs/queries-at-scale.md]

Each named query is asked as `kg query` asks it (open the store, answer, terms as Python objects), with no parameter but
those it cannot do without, and each of the 25 questions with its example's. Times are processor time in this process,
the median of three; one that takes longer than ten seconds is asked once. Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph

from kg.queries import load_queries
from kg.queries.questions import load_questions
from kg.store import open_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEEDED = {"expiring": {"asof": "2031-03-20"}}
_LONG = 10.0
_HEAD = """\
# Queries on big graphs

What each query of the library costs on the on-disk store: processor time of one process, the median of three, from the
SPARQL text to rows of Python objects. The graphs repeat the facts of the documents in `seeds/`, `tests/corpus/` and
`tests/questions/documents/` with other keys and dates (`bench/graphs.py`), so a query that lists everything has ten
times as many rows on a graph ten times as large: look at the rows too. A question `q01` to `q25` is asked with its
example's parameters. Made by `python -m bench.queries`.

"""


def asked() -> Iterator[tuple[str, str, str]]:
    """Name, the query that it is of the library, and the text to be sent."""
    for name, query in load_queries().items():
        yield name, name, query.sparql(_NEEDED.get(name, {}))
    for question in load_questions():
        yield question.name, question.query, question.sparql(question.example)


def measure(folder: Path) -> dict[str, Any]:
    """All queries on one graph."""
    began = time.process_time()
    store = open_graph(folder)
    opened = time.process_time() - began
    rows: dict[str, dict[str, Any]] = {}
    for name, query, sparql in asked():
        times: list[float] = []
        found = 0
        while len(times) < 3 and (not times or times[0] < _LONG):
            began = time.process_time()
            found = len(store.query(sparql).rows)
            times.append(time.process_time() - began)
        rows[name] = {"query": query, "rows": found, "seconds": round(statistics.median(times), 4)}
        print(f"{name:14}{found:9}{rows[name]['seconds']:10.3f} s", file=sys.stderr)
    return {"triples": len(store), "open_seconds": round(opened, 4), "queries": rows}


def table(graphs: list[dict[str, Any]]) -> str:
    """Markdown: a row a query, two columns a graph."""
    sizes = [f"{graph['triples'] / 1_000_000:.1f} M" for graph in graphs]
    head = ["query", *(cell for size in sizes for cell in (f"{size}: rows", "ms"))]
    lines = [head, ["---", *["---:"] * (2 * len(sizes))]]
    for name, first in graphs[0]["queries"].items():
        shown = name if name == first["query"] else f"{name} ({first['query']})"
        cells = [graph["queries"][name] for graph in graphs]
        lines.append([shown, *(c for e in cells for c in (f"{e['rows']:,}", f"{e['seconds'] * 1000:,.0f}"))])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> None:
    """Print the table; write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, nargs="+", required=True, help="built folders")
    parser.add_argument("--out", type=Path, help="the figures as JSON")
    parser.add_argument("--table", type=Path, help="the table as a page")
    given = parser.parse_args()
    graphs = sorted((measure(folder) for folder in given.graph), key=lambda graph: graph["triples"])
    told = {
        "bench": "queries",
        "machine": {"python": platform.python_version(), "platform": platform.platform(), "cores": os.cpu_count()},
        "engine": f"pyoxigraph {pyoxigraph.__version__}",
        "graphs": graphs,
    }
    print(table(graphs), end="")
    if given.out:
        given.out.write_text(f"{json.dumps(told, ensure_ascii=False, indent=1)}\n", "utf-8")
    if given.table:
        given.table.write_text(_HEAD + table(graphs), "utf-8")


if __name__ == "__main__":
    main()
