"""Citations of the evidence: BibTeX (an entry a document), and footnotes in Chinese style (one a fact).

Quotes stand as the documents have them; only line ends become blanks. No day of access is given: there is no clock.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from kg.export.network import build_network
from kg.export.sources import one_line, read_sources
from kg.export.spans import span
from kg.export.statements import local, read_statements
from kg.export.words import FACTS, VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.export.sources import Source
    from kg.export.statements import Select, Statement

__all__ = ["as_bibtex", "as_footnotes", "reference"]

_CODES: Final = {"news": "N", "report": "R"}
"""Document codes of GB/T 7714: newspaper, report; all else is Z, other."""
_LANGUAGES: Final = {"zh": "chinese", "en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
_TEX: Final = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces whether or not a backslash stands before them
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "$&#%_"},
}
_TEX_TABLE: Final = str.maketrans(_TEX)


def as_bibtex(select: Select) -> str:
    """An entry for each document that facts quote, for BibTeX, biblatex and Zotero; its key is the document's own.

    ``annote`` holds the quotes, each with its page and the key of its fact.
    """
    sources = read_sources(select)
    quoted: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for statement in _told(read_statements(select)):
        for evidence in statement.evidence:
            page = f", p. {evidence['page']}" if evidence["page"] else ""
            quoted[evidence["document"]][f"“{one_line(evidence['quote'])}”{page}"].append(statement.key)
    return "\n".join(_entry(sources[node], quoted[node]) for node in sorted(quoted) if node in sources)


def _entry(source: Source, quotes: Mapping[str, list[str]]) -> str:
    zh, en = VALUES.get(source.kind, (source.kind, source.kind))
    fields = {
        "author": f"{{{_tex(source.author)}}}" if source.author else None,
        "title": f"{{{_tex(source.title)}}}",
        "institution": f"{{{_tex('联合国')}}}" if source.symbol else None,
        "type": _tex(zh),
        "number": _tex(source.symbol) if source.symbol else None,
        "date": source.date if span(source.date) else None,
        "year": source.date[:4] if source.date and span(source.date) else None,
        "url": quote(source.url, safe=":/?#[]@!$&'()*+,;=%~") if source.url else None,
        "language": _LANGUAGES.get(source.language, _tex(source.language)),
        "langid": _LANGUAGES.get(source.language),
        "keywords": ", ".join(f"{{{_tex(word)}}}" for word in dict.fromkeys((zh, en))),
        "annote": "\n    ".join(_tex(f"{words} [{', '.join(keys)}]") for words, keys in quotes.items()),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "techreport" if source.symbol else "misc"  # what classic BibTeX and biblatex both know
    return "\n".join([f"@{kind}{{{_key(source)},", *lines, "}\n"])


def _key(source: Source) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "-", source.key)


def _tex(text: str) -> str:
    return text.translate(_TEX_TABLE)


def as_footnotes(select: Select) -> str:
    """A numbered footnote for each fact: the document after GB/T 7714 with the page, the quote, what it says, and the
    fact's address, in the order of documents and their text."""
    sources = read_sources(select)
    addresses = {local(row["fact"].value): row["fact"].value for row in select("SELECT ?fact { ?fact sc:modality ?m }")}
    statements = _told(read_statements(select))
    facts = build_network(select).graph["facts"]
    notes = [
        "\n    ".join([f"[{number}] {first}", *rest, addresses[each.key]])
        for number, each in enumerate(statements, start=1)
        for first, *rest in [_note(each, facts, sources)]
    ]
    return "".join(f"{note}\n\n" for note in notes)[:-1]


def _told(statements: list[Statement]) -> list[Statement]:
    """Those with evidence, as one reads."""

    def place(statement: Statement) -> tuple[str, int, int, str]:
        first = statement.evidence[0]
        return first["document"], first["start"], first["end"], statement.key

    return sorted((statement for statement in statements if statement.evidence), key=place)


def _note(statement: Statement, facts: Mapping[str, Any], sources: Mapping[str, Source]) -> Iterator[str]:
    before = None
    for evidence in statement.evidence:
        source = sources.get(evidence["document"])
        cited = reference(source, evidence["page"]) if source else evidence["document"]
        if cited != before:
            yield cited
        yield f"“{one_line(evidence['quote'])}”"
        before = cited
    fact = facts[statement.key]
    parts = [f"{part['zh']}（{part['note']}）" if part.get("note") else part["zh"] for part in fact["parts"]]
    modality = str(fact["modality"] or "asserted")
    doubt = f"（{VALUES[modality][0]}）" if modality != "asserted" else ""
    said = "，".join(dict.fromkeys(filter(None, [fact["date"], *parts])))
    yield one_line(f"{FACTS[statement.type][0]}{doubt}：{said}")


def reference(source: Source, page: int | None = None) -> str:
    """A document after GB/T 7714: ``联合国安全理事会. 第2507(2020)号决议: S/RES/2507(2020)[Z]. 2020-01-31: 2. https://…``."""
    symbol = source.symbol if source.symbol and source.symbol not in source.title else None
    title = ": ".join(filter(None, [source.title, symbol]))
    place = ": ".join(filter(None, [source.date, str(page) if page else None]))
    code = _CODES.get(source.kind, "Z")
    end = f". {source.url}" if source.url else "."
    return ". ".join(filter(None, [source.author, f"{title}[{code}]", place])) + end
