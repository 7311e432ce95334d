"""The accuracy sheet: what the pipeline reads in the held-out corpora, beside the gold.

Same sources, same code: same bytes. ``python -m kg.evaluate --shared ../shared --sheet docs/accuracy.md`` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.evaluate.corpora import akn_resolutions, unpc_gold, unpc_lines
from kg.evaluate.counts import Counts, cell, markdown
from kg.evaluate.held_out import sections
from kg.evaluate.scores import Scores, evaluate
from kg.model import Mention, MentionType
from kg.text import normalize

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["AknScores", "Reader", "pipeline_reader", "scan_reader", "score_akn", "score_unpc", "write_sheet"]

Reader = Callable[[str], Iterable[Mention]]
"""Mentions of a line as it stands, offsets into it."""

TARGET = 0.98


def scan_reader() -> Reader:
    """The exact scan alone: no model is loaded."""
    from kg.pipeline.scan import scan

    def read(line: str) -> list[Mention]:
        normal, back = normalize(line)
        found = []
        for mention in scan(normal):
            start, end = back.span(mention.start, mention.end)
            found.append(Mention(mention.type, start, end, line[start:end], mention.id))
        return found

    return read


def pipeline_reader() -> Reader:
    """What ``kg extract --by-line`` gives."""
    from kg.extract import extract_line
    from kg.pipeline import load_pipeline

    nlp = load_pipeline()

    def read(line: str) -> Sequence[Mention]:
        return extract_line(line, nlp).mentions

    return read


def score_unpc(data: Path, half: str, read: Reader) -> Scores:
    """Scores on the ``even`` or ``odd`` lines of `unpc-dev`."""
    lines = unpc_lines(data)
    gold = unpc_gold(half, lines)
    start = 0 if half == "even" else 1
    predicted = ({"line": i, "mentions": [m.as_json() for m in read(lines[i])]} for i in range(start, len(lines), 2))
    return evaluate(gold, predicted)


@dataclass(frozen=True, slots=True)
class AknScores:
    """Resolutions as sets a document; adoption date and meeting: documents right, documents that have one.

    ``wrong`` lists, by document, symbols missed and symbols too much.
    """

    documents: int
    resolutions: Counts
    title: Counts
    date: Counts
    meeting: Counts
    wrong: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


def score_akn(data: Path, years: Sequence[int], read: Reader) -> AknScores:
    """Scores on the resolutions of ``years``."""
    resolutions = title = date = meeting = Counts()
    wrong = []
    documents = 0
    for document in akn_resolutions(data, *years):
        documents += 1
        body = [m for line in document.text.split("\n") for m in read(line)]
        cited, found = document.cited, _cited(_ids(body, MentionType.RESOLUTION), document.cited)
        resolutions += _sets(cited, found)
        if cited != found:
            wrong.append((document.name, tuple(sorted(cited - found)), tuple(sorted(found - cited))))
        cover = [m for line in document.heading.split("\n") for m in read(line)]
        title += _sets({document.symbol}, _ids(cover, MentionType.RESOLUTION))
        date += _sets({document.date}, _ids(cover, MentionType.DATE))
        meeting += _sets({document.meeting} - {None}, _ids(cover, MentionType.MEETING))
    return AknScores(documents, resolutions, title, date, meeting, tuple(wrong))


def _cited(found: set[str], gold: Iterable[str]) -> set[str]:
    """What was found, without other organs; a number without its year is the dated resolution of that number."""
    dated = {re.sub(r"\(\d{4}\)$", "", symbol): symbol for symbol in (*found, *gold)}
    return {dated.get(symbol, symbol) for symbol in found if symbol.startswith(("S/RES/", "A/RES/"))}


def _ids(mentions: Iterable[Mention], kind: MentionType) -> set[str]:
    return {m.id for m in mentions if m.type is kind and m.id}


def _sets(gold: Iterable[Any], found: Iterable[Any]) -> Counts:
    asked, given = set(gold), set(found)
    return Counts(len(asked & given), len(given - asked), len(asked - given))


def write_sheet(data: Path, read: Reader, repository: Path) -> str:
    """The sheet, as Markdown. ``repository`` holds ``seeds/`` and ``tests/`` with their annotations."""
    reported, tuned = score_unpc(data, "odd", read), score_unpc(data, "even", read)
    akn, akn_tuned = score_akn(data, (2022,), read), score_akn(data, (2020, 2021), read)
    return "\n".join([
        _HEAD,
        f"## Mentions: `unpc-dev`, the {reported.records:,} odd lines",
        "",
        _mentions(reported),
        "",
        "Exact: type, span and id right. Overlap: type and id right, the spans touch. Ids: the set of ids of a line.",
        "",
        f"## Citations: `akn-zh`, the {akn.documents} resolutions of 2022",
        "",
        _akn(akn),
        "",
        *sections(data, repository),
        "## The tuning halves, for comparison",
        "",
        f"`unpc-dev`, the {tuned.records:,} even lines; the gold is made automatically (Chinese candidates that the",
        "English line confirms) and not read by hand, so its errors count against the pipeline:",
        "",
        _mentions(tuned),
        "",
        f"`akn-zh`, the {akn_tuned.documents} resolutions of 2020 and 2021:",
        "",
        _akn(akn_tuned),
        "",
        files("kg.evaluate").joinpath("gold", "README.md").read_text("utf-8").rstrip(),
        "",
    ])  # fmt: skip


def _mentions(scores: Scores) -> str:
    rows = [
        ["type", "gold", "found", "P", "R", "F1", "P overlap", "R overlap", "F1 overlap", "F1 ids", "target"],
    ]
    for kind, score in scores.mentions.items():
        exact = score.exact
        if not exact.gold:
            continue
        met = "met" if (exact.f1 or 0.0) >= TARGET else "missed"
        loose = score.overlap.cells()
        rows.append([kind, str(exact.gold), str(exact.predicted), *exact.cells(), *loose, cell(score.ids.f1), met])
    return markdown(rows)


def _akn(scores: AknScores) -> str:
    rows = [["what", "gold", "found", "P", "R", "F1"]]
    for name, counts in (
        ("resolutions cited in the text (set a document)", scores.resolutions),
        ("own number on the cover", scores.title),
        ("date of adoption on the cover", scores.date),
        ("meeting number on the cover", scores.meeting),
    ):
        rows.append([name, str(counts.gold), str(counts.predicted), *counts.cells()])
    return markdown(rows)


_HEAD = """# Accuracy

Made by `python -m kg.evaluate --shared FOLDER --sheet docs/accuracy.md`; do not edit. The texts are development data
that the repository does not hold; the gold without texts is in `kg/evaluate/gold/`. Target: F1 0.98 each.
"""
