"""Writes ``<file stem>/expected.ttl``: the graph that each seed document gives, as the package writes it.

Run from the root of the repository when a change is meant, then read the difference before committing it:

    python -m tests.golden.remake
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.gazetteer import load_gazetteer
from kg.link.identity import name_uses, resolve
from kg.triples import document_graph, turtle

if TYPE_CHECKING:
    from kg.model import Extraction

GOLDEN = Path(__file__).parent
SEEDS = GOLDEN.parent.parent / "seeds"
STEMS = tuple(sorted(path.stem for path in SEEDS.glob("*.txt")))


def turtle_of(extraction: Extraction) -> str:
    """Turtle of one document by itself: persons are joined within it only, known things are not described."""
    gazetteer = load_gazetteer()
    identities = resolve(name_uses(extraction, gazetteer))
    return "".join(turtle(document_graph(extraction, identities, gazetteer).lines))


def main() -> None:
    from kg.extract import extract
    from kg.pipeline import load_pipeline
    from kg.read import read_document

    nlp = load_pipeline()
    for stem in STEMS:
        extraction = extract(read_document(SEEDS / f"{stem}.txt"), nlp)
        (GOLDEN / stem / "expected.ttl").write_text(turtle_of(extraction), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
