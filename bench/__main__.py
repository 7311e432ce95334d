"""All benchmarks in one run: figures to ``bench/results.json``, the table to ``docs/benchmarks.md``.

python -m bench --shared ../shared          # everything, some 12 minutes on two quiet cores
python -m bench --shared ../shared workers  # one section; the others stay as they were measured
python -m bench growth --documents 100 100000 --work DIR   # other sizes than 100, 1,000 and 10,000; files in DIR
python -m bench --quick                     # small samples, a table on standard output, no file changed
python -m bench --gate                      # the floors that `.ci/run` keeps; exit status 1 below them
python -m bench --page                      # docs/benchmarks.md again from bench/results.json
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import ROOT, machine, one_thread, say

if TYPE_CHECKING:
    from collections.abc import Callable

one_thread()

RESULTS, PAGE = ROOT / "bench" / "results.json", ROOT / "docs" / "benchmarks.md"


def pipeline(given: argparse.Namespace) -> dict[str, Any]:
    """Ours beside spaCy with rdflib and jieba.posseg, on all sets of documents; cost by stage."""
    from bench import texts
    from bench.peer import Peer
    from bench.pipeline import compare, stages
    from kg.pipeline import load_pipeline

    nlp = load_pipeline()
    tokenizer: Any = nlp.tokenizer
    peer = Peer(tokenizer.segmenter)
    sets = [texts.seeds(), texts.corpus(20 if given.quick else 4)]
    if given.shared:
        data = texts.data(given.shared)
        sets += [texts.mixed(data, 40 if given.quick else 2), texts.akn(data, 60 if given.quick else 5)]
    times = 1 if given.quick else 3
    return {
        "texts": [compare(text, nlp, peer, times) for text in sets],
        "stages": [stages(text, nlp) for text in sets],
    }


def growth(given: argparse.Namespace) -> dict[str, Any]:
    """Builds of more and more documents."""
    from bench import texts
    from bench.scale import build

    sizes = given.documents or ([20, 100] if given.quick else [100, 1_000, 10_000])
    data = texts.data(given.shared) if given.shared else None
    builds = [_told(build(count, given.jobs, data, given.work)) for count in sorted(set(sizes))]
    return {"texts": ["seeds", *(["akn-zh", "unpc-dev"] if data else [])], "builds": builds}


def _told(row: dict[str, Any]) -> dict[str, Any]:
    say(f"{row['documents']} documents: {row['seconds']} s")
    return row


def workers(given: argparse.Namespace) -> dict[str, Any]:
    """One worker, two, Dask, Ray."""
    from bench.workers import compare

    return compare(40, 1) if given.quick else compare(3_000, 1)


def writing(given: argparse.Namespace) -> dict[str, Any]:
    """A million quads written, by us and by rdflib."""
    from bench.quads import compare_writing

    return compare_writing(30_000 if given.quick else 1_000_000, 1)


def store(given: argparse.Namespace) -> dict[str, Any]:
    """A million quads loaded and asked, in our store and in rdflib's."""
    from bench.quads import compare_stores

    return compare_stores(30_000 if given.quick else 1_000_000, 3)


def validation(given: argparse.Namespace) -> dict[str, Any]:
    """A graph checked by us and by pySHACL."""
    from bench.validate import compare

    return compare(30_000, 1, seeds=1) if given.quick else compare(1_000_000, 3)


def queries(given: argparse.Namespace) -> dict[str, Any]:
    """The library of queries on big graphs."""
    from bench.queries import compare, compare_made

    return compare(given.graph) if given.graph else compare_made(30_000 if given.quick else 1_000_000)


SECTIONS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    each.__name__: each for each in (pipeline, growth, workers, writing, store, validation, queries)
}


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"{' '.join(SECTIONS)} (default: all)")
    parser.add_argument("--shared", type=Path, help="folder with data/unpc-dev and data/akn-zh, read as well")
    parser.add_argument("--documents", type=int, nargs="+", default=[], help="sizes for growth")
    parser.add_argument("--work", type=Path, help="folder for growth's files, 120 KB a document (default: temporary)")
    parser.add_argument("--jobs", type=int, default=2, help="of the builds of growth (default 2)")
    parser.add_argument("--graph", type=Path, nargs="+", metavar="DIR", help="built folders for queries to be asked on")
    parser.add_argument("--quick", action="store_true", help="small samples, one round")
    parser.add_argument("--out", type=Path, help=f"default {RESULTS.relative_to(ROOT)}; with --quick none")
    parser.add_argument("--gate", action="store_true", help="only hold the floors")
    parser.add_argument("--page", action="store_true", help="only write the page")
    given = parser.parse_args()
    if unknown := set(given.sections) - set(SECTIONS):
        parser.error(f"no section: {' '.join(sorted(unknown))} (known are {' '.join(SECTIONS)})")
    return given


def main() -> int:
    """What the options ask for."""
    from bench.page import page

    given = _given()
    if given.gate:
        from bench.gate import gate

        return gate()
    if given.page:
        PAGE.write_text(page(json.loads(RESULTS.read_bytes())), "utf-8")
        return 0
    out = given.out or (None if given.quick else RESULTS)
    results: dict[str, Any] = json.loads(out.read_bytes()) if out and out.exists() else {"kg": "bench", "sections": {}}
    for name in given.sections or SECTIONS:
        say(f"== {name}")
        # the machine is looked at before: afterwards it is busy with us
        found = {"machine": machine(), "quick": given.quick}
        results["sections"][name] = {**found, **SECTIONS[name](given)}
        if out:
            out.write_text(f"{json.dumps(results, ensure_ascii=False, indent=1)}\n", "utf-8")
    told = page(results)
    if out == RESULTS:
        PAGE.write_text(told, "utf-8")
    print(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
