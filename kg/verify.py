"""Is every quote where the graph says it is? The sources are opened again and compared, character by character.

Three things must hold for a piece of evidence: its quote is exactly ``text[start:end]`` of the document's canonical
text, made afresh from the source; its place in the file is where that span lies; and each of its characters stands
there in the file's text, taken out of it afresh (`kg.read.Source`; only a blank may stand for the line end or tag that
it replaced, and a character for XML's reference to it). A source is known by its SHA-256.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.config import DEFAULT, Config
from kg.errors import InputError
from kg.inputs import find_inputs

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from kg.inputs import Columns, Input
    from kg.model import Document
    from kg.store import Store

__all__ = ["Problem", "Verified", "verify_graph"]

_DOCUMENTS = """
SELECT ?document ?sha256 ?source WHERE {
  ?document a sc:SourceDocument .
  OPTIONAL { ?document sc:fileSha256 ?sha256 }
  OPTIONAL { ?document dct:source ?source }
}"""
_EVIDENCE = """
SELECT ?evidence ?document ?quote ?start ?end ?fileStart ?fileEnd WHERE {
  ?evidence a sc:Evidence .
  OPTIONAL { ?evidence oa:hasSource ?document }
  OPTIONAL { ?evidence oa:hasSelector ?q . ?q a oa:TextQuoteSelector ; oa:exact ?quote }
  OPTIONAL { ?evidence oa:hasSelector ?p . ?p a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end }
  OPTIONAL { ?evidence sc:fileStart ?fileStart ; sc:fileEnd ?fileEnd }
}"""
_REFERENCE = re.compile(r"&(?:#(?P<ten>\d{1,7})|#x(?P<sixteen>[0-9A-Fa-f]{1,6})|(?P<name>amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_UNPROVEN = "SELECT ?fact WHERE { ?fact sc:modality ?modality . FILTER NOT EXISTS { ?fact sc:evidence ?evidence } }"


class Problem(NamedTuple):
    """``where``: the evidence, fact or document (its IRI); ``what`` is wrong with it."""

    where: str
    what: str


@dataclass(frozen=True)
class Verified:
    """What was checked and what was found. All is well where ``problems`` is empty and something was checked."""

    documents: int = 0
    quotes: int = 0
    characters: int = 0
    problems: tuple[Problem, ...] = ()
    skipped: tuple[InputError, ...] = field(default=(), repr=False)

    def as_json(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "quotes": self.quotes,
            "characters": self.characters,
            "problems": [problem._asdict() for problem in self.problems],
            "skipped": [str(error) for error in self.skipped],
        }

    def summary(self) -> str:
        found = f"{len(self.problems)} problems" if self.problems else "all as the sources say"
        return f"{self.quotes} quotes ({self.characters} characters) of {self.documents} documents checked: {found}"


class _Quote(NamedTuple):
    evidence: str
    quote: str
    start: int
    end: int
    file_start: int
    file_end: int


def verify_graph(
    store: Store,
    paths: Iterable[str | os.PathLike[str]],
    *,
    config: Config = DEFAULT,
    encoding: str | None = None,
    columns: Columns | None = None,
) -> Verified:
    """Check all evidence of ``store`` against the sources under ``paths``.

    A document of the graph whose source is not there, evidence that lacks a part, and a fact without evidence are
    problems; a file that is not in the graph is none.
    """
    problems = [Problem(row["fact"].value, "a fact without evidence") for row in store.select(_UNPROVEN)]
    quotes = _quotes(store, problems)
    inputs, skipped = find_inputs(paths, columns, encoding)
    by_hash: dict[str, Input] = {}
    names: set[str] = set()
    for item in inputs:
        try:
            by_hash.setdefault(hashlib.sha256(item.load()).hexdigest(), item)
            names.add(PurePosixPath(item.source).name)
        except InputError as error:
            skipped.append(error)
    documents = checked = characters = 0
    for row in store.select(_DOCUMENTS):
        iri, source = row["document"].value, row["source"].value if "source" in row else ""
        mine = quotes.pop(iri, [])
        found = by_hash.get(row["sha256"].value) if "sha256" in row else None
        if found is None:
            changed = f"{source} has changed since the graph was built" if source in names else f"no file is {source}"
            problems.append(Problem(iri, f"{changed}: {len(mine)} quotes not checked"))
            continue
        documents += 1
        try:
            document, file_text = found.open(max_bytes=config.max_file_bytes, encoding=encoding)
        except InputError as error:
            problems.append(Problem(iri, str(error)))
            continue
        for quote in mine:
            checked += 1
            characters += len(quote.quote)
            problems += [Problem(quote.evidence, what) for what in _check(quote, document, file_text)]
    for iri, rest in quotes.items():
        problems += [Problem(quote.evidence, f"quotes {iri}, which is no document of this graph") for quote in rest]
    return Verified(documents, checked, characters, tuple(sorted(set(problems))), tuple(skipped))


def _quotes(store: Store, problems: list[Problem]) -> dict[str, list[_Quote]]:
    """Quotes by document; evidence that lacks a part goes to ``problems``."""
    found: defaultdict[str, list[_Quote]] = defaultdict(list)
    for row in store.select(_EVIDENCE):
        values = {name: term.value for name, term in row.items()}
        evidence = values.pop("evidence")
        missing = sorted({"document", "quote", "start", "end", "fileStart", "fileEnd"} - values.keys())
        if missing:
            problems.append(Problem(evidence, f"lacks {', '.join(missing)}"))
            continue
        try:
            places = [int(values[name]) for name in ("start", "end", "fileStart", "fileEnd")]
        except ValueError:
            problems.append(Problem(evidence, "an offset that is no number"))
            continue
        found[values["document"]].append(_Quote(evidence, values["quote"], *places))
    return found


def _check(quote: _Quote, document: Document, file_text: str) -> Iterator[str]:
    if not 0 <= quote.start < quote.end <= len(document.text):
        yield f"[{quote.start}, {quote.end}) is no place in {document.source} ({len(document.text)} characters)"
        return
    stands = document.text[quote.start : quote.end]
    place = f"{document.source} [{quote.start}, {quote.end})"
    if stands != quote.quote:
        at = next((i for i, (a, b) in enumerate(zip(stands, quote.quote, strict=False)) if a != b), None)
        if at is None:
            yield f"{place}: the quote has {len(quote.quote)} characters, its place {len(stands)}"
        else:
            yield f"{place}: character {at} is {quote.quote[at]!r} in the quote and {stands[at]!r} in the text"
        return
    span = document.to_file.span(quote.start, quote.end)
    if span != (quote.file_start, quote.file_end):
        yield f"{place}: lies at {span} in the file, not at ({quote.file_start}, {quote.file_end})"
    for i, character in enumerate(quote.quote):
        at = document.to_file(quote.start + i)
        if not _stands(character, file_text, at):
            yield f"{place}: character {i} is {character!r}, but {file_text[at : at + 1]!r} in the file at {at}"
            return


def _stands(character: str, file_text: str, at: int) -> bool:
    printed = file_text[at : at + 1]
    if printed == character:
        return True
    if character.isspace():
        return printed.isspace() or printed == "<"
    reference = _REFERENCE.match(file_text, at)
    if not reference:
        return False
    if reference["name"]:
        return _NAMED[reference["name"]] == character
    return int(reference["ten"] or reference["sixteen"], 10 if reference["ten"] else 16) == ord(character)
