"""Typed citations: single mentions of resolutions and documents, typed by hand, against what the rules say of them.

A row of gold names its place, the symbol ``cited``, the ``relation`` and the ``paragraph`` (null: none printed).
Place: ``file`` (a resolution of `akn-zh`) or ``line`` (of `unpc-dev`, from 0), and ``at``, the offset of the mention in
the body or line, or ``mention``, its number among those of the same symbol (from 0). A row with ``"gold"`` is a
heading.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import InputError
from kg.evaluate.corpora import akn_resolutions, unpc_lines
from kg.evaluate.counts import Counts
from kg.extract.citations import TypedMention, typed_mentions
from kg.extract.reading import prepare
from kg.model import Document, OffsetMap, Paragraph, Section
from kg.structure import structure

if TYPE_CHECKING:
    from pathlib import Path

    from kg.evaluate.corpora import AknResolution

__all__ = ["CitationScores", "citation_gold", "score_citations"]

Json = Mapping[str, Any]


class _Typed(NamedTuple):
    at: int
    end: int
    cited: str
    relation: str
    paragraph: str | None


@dataclass(frozen=True, slots=True)
class CitationScores:
    """``relations``: counts by relation; ``paragraphs``: mentions found with the right paragraph; ``wrong``: rows of
    gold with the relation and paragraph that were read, None where the mention was not found."""

    relations: Mapping[str, Counts]
    mentions: int
    right: int
    paragraphs: int
    wrong: tuple[tuple[Json, tuple[str, str | None] | None], ...] = field(default=(), repr=False)

    @property
    def accuracy(self) -> float | None:
        """Share of the mentions whose relation is right."""
        return self.right / self.mentions if self.mentions else None

    @property
    def macro_f1(self) -> float | None:
        """Mean F1 of the relations that the gold has."""
        scores = [counts.f1 or 0.0 for counts in self.relations.values() if counts.gold]
        return sum(scores) / len(scores) if scores else None


def citation_gold(name: str) -> list[dict[str, Any]]:
    """The rows of ``gold/NAME.jsonl`` without its headings."""
    text = files("kg.evaluate").joinpath("gold", f"{name}.jsonl").read_text("utf-8")
    return [row for row in map(json.loads, text.splitlines()) if "gold" not in row]


def score_citations(data: Path, gold: Iterable[Json]) -> CitationScores:
    """Scores of the rules, without the trained names, on the mentions that ``gold`` names.

    Raises:
        InputError: a row names a file that ``data`` does not have, or no place.
        UnreadableInputError: ``data`` does not hold the corpus.
    """
    rows: defaultdict[str | int, list[Json]] = defaultdict(list)
    for row in gold:
        place = row.get("file", row.get("line"))
        if place is None:
            raise InputError("a row of gold names neither its file nor its line", remedy='add "file" or "line"')
        rows[place].append(row)
    hits: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    wrong: list[tuple[Json, tuple[str, str | None] | None]] = []
    right = paragraphs = 0
    for place, found in _readings(data, rows.keys()):
        for row in rows.pop(place):
            typed = _at(row, found)
            said = None if typed is None else (typed.relation, typed.paragraph)
            right += said is not None and said[0] == row["relation"]
            paragraphs += said is not None and said[1] == row["paragraph"]
            if said != (row["relation"], row["paragraph"]):
                wrong.append((row, said))
            _count(hits, row["relation"], None if said is None else said[0])
    if rows:
        raise InputError(f"not in the corpus: {', '.join(map(str, rows))}")
    relations = {name: Counts(*hits[name]) for name in sorted(hits)}
    mentions = sum(counts.gold for counts in relations.values())
    return CitationScores(relations, mentions, right, paragraphs, tuple(wrong))


def _count(hits: defaultdict[str, list[int]], wanted: str, said: str | None) -> None:
    """`Counts` are hit, extra, missing."""
    if said == wanted:
        hits[wanted][0] += 1
        return
    hits[wanted][2] += 1
    if said is not None:
        hits[said][1] += 1


def _at(row: Json, found: list[_Typed]) -> _Typed | None:
    same = [t for t in found if t.cited == row["cited"]]
    if "at" in row:
        return next((t for t in same if t.at <= row["at"] < t.end), None)
    return same[row["mention"]] if row["mention"] < len(same) else None


def _readings(data: Path, places: Iterable[str | int]) -> Iterator[tuple[str | int, list[_Typed]]]:
    wanted = list(places)
    years = sorted({int(place.rpartition("_")[2]) for place in wanted if isinstance(place, str)})
    for resolution in akn_resolutions(data, *years) if years else ():
        if resolution.name in wanted:
            yield resolution.name, _body(resolution)
    lines = unpc_lines(data) if any(isinstance(place, int) for place in wanted) else []
    for place in wanted:
        if isinstance(place, int) and place < len(lines):
            yield place, _typed(_document(lines[place]), 0)


def _body(resolution: AknResolution) -> list[_Typed]:
    """Read with its cover; offsets are those of the body."""
    cover = f"{resolution.symbol}\n{resolution.heading}\n"
    document = structure(_document(cover + resolution.text))
    return [typed for typed in _typed(document, len(cover)) if typed.at >= 0]


def _typed(document: Document, start: int) -> list[_Typed]:
    return [_placed(typed, start) for typed in typed_mentions(prepare(document, None))]


def _placed(typed: TypedMention, start: int) -> _Typed:
    left, right = typed.sentence.span(typed.mention.start, typed.mention.end)
    return _Typed(left - start, right - start, typed.mention.id or "", typed.relation, typed.paragraph)


def _document(text: str) -> Document:
    """One paragraph a line."""
    paragraphs: list[Paragraph] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Paragraph(start, start + len(line), "prose"))
        start += len(line) + 1
    return Document(
        id="gold",
        source="gold",
        sha256="",
        text=text,
        to_file=OffsetMap.identity(),
        encoding="utf-8",
        paragraphs=tuple(paragraphs),
        sections=(Section("", 0, None, "body", 0, len(text)),),
    )
