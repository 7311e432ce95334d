"""Facts on annotated documents: the seeds and the fixture corpus, folder by folder.

A folder holds ``NAME.txt`` with ``NAME.json`` beside it, or ``NAME/facts.json`` for the seeds: lists of facts as
`kg extract` gives them. A fact counts as found where all fields of the contract agree.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.evaluate.counts import Counts
from kg.evaluate.facts import FactScore, score_facts
from kg.extract import extract
from kg.model import FACT_TYPES
from kg.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

__all__ = ["annotated", "score_folder"]

_TYPES = [kind.type for kind in FACT_TYPES]
_MORE = frozenset({"participant", "subject"})
"""Types beside the contract's: scored where the annotators of a folder knew them."""


def annotated(texts: Path, gold: Path) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Documents of ``texts`` with their facts, in order of name."""
    for path in sorted(texts.glob("*.txt")):
        for facts in (gold / path.stem / "facts.json", gold / f"{path.stem}.json"):
            if facts.is_file():
                yield path, json.loads(facts.read_text("utf-8"))


def score_folder(texts: Path, gold: Path, nlp: Language | None) -> tuple[int, dict[str, FactScore]]:
    """How many documents, and the scores by type of fact, pooled over them."""
    documents = list(annotated(texts, gold))
    asked = {fact["type"] for _, facts in documents for fact in facts}
    types = [kind for kind in _TYPES if kind in asked or kind not in _MORE]
    pooled: dict[str, FactScore] = {}
    for path, facts in documents:
        found = [fact.as_json() for fact in extract(read_document(path), nlp).facts]
        for kind, score in score_facts(facts, found, types).items():
            pooled[kind] = pooled[kind] + score if kind in pooled else score
    return len(documents), {kind: pooled[kind] for kind in _TYPES if kind in pooled}


def total(scores: dict[str, FactScore]) -> Counts:
    """All types together."""
    return sum((score.exact for score in scores.values()), Counts())
