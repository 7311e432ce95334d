"""Documents written for the purpose, annotated without sight of the code; and the seeds in other layouts.

``tune``, ``test`` and ``blind`` to ``blind4`` taught the rules, one after the other; ``blind5`` was not looked at.
Floors lie a little below what was measured (by one fact, where a type has few): they catch a loss, they are no goal.
``kg eval`` tells the same field by field.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import opencc
import pytest

from kg.evaluate.counts import Counts
from kg.evaluate.facts import FIELDS, score_facts
from kg.extract import extract
from kg.model import FACT_TYPES, Extraction
from kg.read import read_bytes, read_document
from kg.text import normalize
from tests.test_rules import rule_names

if TYPE_CHECKING:
    from spacy.language import Language

CORPUS = Path(__file__).parent / "corpus"
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))

FLOORS: dict[str, dict[str, tuple[float, float]]] = {
    "tune": {
        "all": (0.98, 0.97),
        "letter": (0.96, 0.96),
        "presidency": (0.96, 0.96),
        "meeting": (0.96, 0.96),
        "chairing": (0.85, 0.85),
        "briefing": (0.96, 0.95),
        "adoption": (0.96, 0.96),
        "vote": (0.98, 0.98),
        "mandate_decision": (0.95, 0.95),
        "citation": (0.97, 0.97),
        "committee": (0.75, 0.75),
        "press_statement": (0.87, 0.87),
        "appointment": (0.85, 0.85),
        "credential": (0.83, 0.83),
        "participant": (0.96, 0.96),
    },
    "test": {
        "all": (0.97, 0.96),
        "letter": (0.93, 0.93),
        "presidency": (0.95, 0.95),
        "meeting": (0.93, 0.88),
        "chairing": (0.94, 0.94),
        "briefing": (0.96, 0.9),
        "adoption": (0.96, 0.96),
        "vote": (0.98, 0.98),
        "mandate_decision": (0.95, 0.95),
        "citation": (0.96, 0.96),
        "committee": (0.75, 0.75),
        "press_statement": (0.83, 0.71),
        "appointment": (0.88, 0.88),
        "credential": (0.8, 0.8),
        "participant": (0.96, 0.96),
    },
    "blind": {
        "all": (0.97, 0.97),
        "letter": (0.92, 0.92),
        "presidency": (0.93, 0.93),
        "meeting": (0.98, 0.98),
        "chairing": (0.92, 0.92),
        "briefing": (0.95, 0.95),
        "adoption": (0.92, 0.92),
        "vote": (0.66, 0.66),
        "mandate_decision": (0.9, 0.9),
        "citation": (0.96, 0.98),
        "committee": (0.66, 0.66),
        "press_statement": (0.85, 0.85),
        "appointment": (0.0, 0.0),
    },
    "blind2": {
        "all": (0.95, 0.94),
        "letter": (0.93, 0.93),
        "presidency": (0.92, 0.92),
        "meeting": (0.97, 0.97),
        "chairing": (0.9, 0.9),
        "briefing": (0.95, 0.91),
        "adoption": (0.91, 0.91),
        "vote": (0.98, 0.98),
        "mandate_decision": (0.73, 0.73),
        "citation": (0.91, 0.91),
        "committee": (0.8, 0.8),
        "press_statement": (0.8, 0.8),
        "appointment": (0.85, 0.85),
        "credential": (0.66, 0.66),
        "participant": (0.96, 0.96),
    },
    "blind3": {
        "all": (0.89, 0.93),
        "letter": (0.92, 0.92),
        "presidency": (0.92, 0.92),
        "meeting": (0.98, 0.98),
        "chairing": (0.9, 0.9),
        "briefing": (0.79, 0.79),
        "adoption": (0.8, 0.8),
        "vote": (0.97, 0.97),
        "mandate_decision": (0.97, 0.97),
        "citation": (0.99, 0.99),
        "committee": (0.83, 0.83),
        "press_statement": (0.33, 0.33),
    },
    "blind4": {
        "all": (0.95, 0.94),
        "letter": (0.93, 0.88),
        "presidency": (0.95, 0.95),
        "meeting": (0.98, 0.96),
        "chairing": (0.88, 0.88),
        "briefing": (0.92, 0.88),
        "adoption": (0.91, 0.91),
        "vote": (0.97, 0.95),
        "mandate_decision": (0.79, 0.79),
        "citation": (0.98, 0.98),
        "committee": (0.88, 0.88),
        "press_statement": (0.83, 0.83),
        "appointment": (0.6, 0.6),
        "credential": (0.93, 0.93),
        "participant": (0.92, 0.92),
    },
    "blind5": {
        "all": (0.84, 0.69),
        "letter": (0.81, 0.64),
        "presidency": (0.91, 0.55),
        "meeting": (0.73, 0.57),
        "chairing": (0.53, 0.41),
        "briefing": (0.58, 0.35),
        "adoption": (0.78, 0.64),
        "vote": (0.97, 0.91),
        "mandate_decision": (0.57, 0.46),
        "citation": (0.91, 0.87),
        "committee": (0.87, 0.87),
        "press_statement": (0.33, 0.33),
        "appointment": (0.0, 0.0),
        "credential": (0.5, 0.16),
        "participant": (0.92, 0.92),
    },
}
"""Precision and recall of facts right in every field, by folder and type; ``all``: every type."""

MAIN = {
    *("letter", "presidency", "meeting", "chairing", "briefing", "adoption", "mandate_decision", "citation"),
    "all",
}

Json = dict[str, Any]


@pytest.fixture(scope="module")
def readings(nlp: Language) -> dict[Path, Extraction]:
    return {path: extract(read_document(path), nlp) for path in sorted(CORPUS.rglob("*.txt"))}


def annotated(path: Path) -> list[Json]:
    facts: list[Json] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return facts


def scores(folder: str, readings: dict[Path, Extraction]) -> dict[str, Counts]:
    """Counts of exact facts by type, pooled over the documents of a folder."""
    pooled: dict[str, Counts] = defaultdict(Counts)
    for path, reading in readings.items():
        if path.parent.name == folder:
            found = [fact.as_json() for fact in reading.facts]
            for kind, score in score_facts(annotated(path), found, FIELDS).items():
                pooled[kind] += score.exact
    pooled["all"] = sum(pooled.values(), Counts())
    return pooled


def test_every_folder_has_floors() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} == set(FLOORS)
    for floors in FLOORS.values():
        assert MAIN - floors.keys() == set()


@pytest.mark.parametrize("folder", FLOORS)
def test_every_document_is_annotated(folder: str) -> None:
    texts, facts = ({path.stem for path in (CORPUS / folder).glob(f"*.{ending}")} for ending in ("txt", "json"))
    assert texts == facts
    assert len(texts) >= 12
    known = {fact.type for fact in FACT_TYPES}
    for path in (CORPUS / folder).glob("*.txt"):
        text = "".join(normalize(read_document(path).text)[0].split())
        for fact in annotated(path):
            assert fact["type"] in known
            assert {"modality", "evidence"} < fact.keys() <= {"type", "evidence", *FIELDS[fact["type"]]}
            assert "".join(normalize(fact["evidence"][0])[0].split()) in text, (path.name, fact["evidence"][0])


@pytest.mark.parametrize(("folder", "kind"), [(folder, kind) for folder, floors in FLOORS.items() for kind in floors])
def test_floors(folder: str, kind: str, readings: dict[Path, Extraction]) -> None:
    counts = scores(folder, readings)[kind]
    precision, recall = FLOORS[folder][kind]
    said = f"{folder} {kind}: {counts.hit} right of {counts.predicted} found, {counts.gold} annotated"
    assert counts.precision is not None, said
    assert counts.precision >= precision, said
    assert counts.recall is not None, said
    assert counts.recall >= recall, said


def test_every_fact_quotes_its_source(readings: dict[Path, Extraction]) -> None:
    for path, reading in readings.items():
        for fact in reading.facts:
            assert fact.evidence, (path.name, fact)
            assert fact.rule in rule_names(), (path.name, fact)
            for words in fact.evidence:
                assert reading.document.text[words.start : words.end] == words.quote, (path.name, fact)
        for mention in reading.mentions:
            assert reading.document.text[mention.start : mention.end] == mention.text, (path.name, mention)


# -- other layouts ----------------------------------------------------------------------------------------------------

Change = Callable[[str], str]


def _no_blank_lines(text: str) -> str:
    return "".join(f"{line}\n" for line in text.split("\n") if line.strip())


def _stripped(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _dedented(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n"))


def _wide(text: str) -> str:
    return re.sub(r"[0-9()]", lambda match: chr(ord(match[0]) + 0xFEE0), text)


def _without_links(text: str) -> str:
    return "".join(f"{line}\n" for line in text.split("\n") if not line.startswith("http"))


def _page_breaks(text: str) -> str:
    return re.sub(r"(?:https?://\S+\n)+", "\f", text)


def _tight(text: str) -> str:
    """No blank between a digit and a Chinese character."""
    return re.sub(r"(?<=[\u4e00-\u9fff，。]) (?=[\dA-Z])|(?<=\d) (?=[\u4e00-\u9fff])", "", text)


def _traditional(text: str) -> str:
    return str(opencc.OpenCC("s2t").convert(text))


def _unwrapped(text: str) -> str:
    """One paragraph a line."""
    return read_bytes(text.encode(), source="seed.txt").text


CHANGES: dict[str, tuple[Change, str]] = {
    "trailing blanks stripped": (_stripped, "utf-8"),
    "blank lines dropped": (_no_blank_lines, "utf-8"),
    "blank lines and trailing blanks dropped": (lambda text: _stripped(_no_blank_lines(text)), "utf-8"),
    "indents dropped": (_dedented, "utf-8"),
    "CRLF and byte order mark": (lambda text: text.replace("\n", "\r\n"), "utf-8-sig"),
    "GB 18030": (lambda text: text, "gb18030"),
    "UTF-16": (lambda text: text, "utf-16"),
    "full-width digits and brackets": (_wide, "utf-8"),
    "no blanks beside digits": (_tight, "utf-8"),
    "traditional script": (_traditional, "utf-8"),
    "unwrapped": (_unwrapped, "utf-8"),
    "links dropped": (_without_links, "utf-8"),
    "page breaks for links": (_page_breaks, "utf-8"),
}


def told(extraction: Extraction) -> Iterator[str]:
    """The facts, without evidence and what is derived from it, in the normal form and without blanks."""
    for fact in extraction.facts:
        said = {name: value for name, value in fact.as_json().items() if name not in {"evidence", "meeting"}}
        yield "".join(normalize(json.dumps(said, ensure_ascii=False))[0].split())


@pytest.fixture(scope="module")
def seeds_as_printed() -> dict[Path, list[str]]:
    return {path: list(told(extract(read_document(path)))) for path in SEEDS}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_the_same_facts_in_another_layout(path: Path, change: str, seeds_as_printed: dict[Path, list[str]]) -> None:
    """Read without the trained names: what layout does, it does before them."""
    assert _same(path, change, None) == sorted(seeds_as_printed[path])


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_the_same_facts_in_another_layout_as_shipped(change: str, nlp: Language) -> None:
    for path in SEEDS:
        assert _same(path, change, nlp) == sorted(told(extract(read_document(path), nlp))), path.name


def _same(path: Path, change: str, nlp: Language | None) -> list[str]:
    function, encoding = CHANGES[change]
    data = function(path.read_text("utf-8")).encode(encoding)
    return sorted(told(extract(read_bytes(data, source=path.name), nlp)))


def test_changes_change_something() -> None:
    texts = [path.read_text("utf-8") for path in SEEDS]
    for name, (function, encoding) in CHANGES.items():
        assert any(function(text).encode(encoding) != text.encode() for text in texts), name
