"""Answers of SELECT and ASK queries in the W3C's formats: SPARQL 1.1 Results CSV, TSV, JSON and XML.

They take plain rows, so the answer of a remote endpoint is written in the same way as one of ours.
"""

from __future__ import annotations

import csv
import io
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.triples.text import Term

__all__ = ["NOT_XML", "ask_json", "ask_xml", "select_csv", "select_json", "select_tsv", "select_xml"]

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML cannot hold."""

_KEPT = 1 << 15
"""Terms whose text is remembered: most cells say what another has said."""


def select_csv(variables: Sequence[str], rows: Iterable[Mapping[str, Term]]) -> str:
    """SPARQL 1.1 CSV: values without types, lines that end in CR LF, nothing for an unbound variable."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(variables)
    for row in rows:
        cells = [_plain(row.get(name)) for name in variables]
        if cells == [""]:
            out.write("\r\n")  # the csv module would quote the lone empty cell
        else:
            writer.writerow(cells)
    return out.getvalue()


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind == "bnode" else term.value


def select_tsv(variables: Sequence[str], rows: Iterable[Mapping[str, Term]]) -> str:
    """SPARQL 1.1 TSV: terms in Turtle syntax, lines that end in LF."""
    lines = ["\t".join(f"?{name}" for name in variables)]
    lines += ["\t".join(row[name].n3() if name in row else "" for name in variables) for row in rows]
    return "\n".join(lines) + "\n"


def select_json(variables: Sequence[str], rows: Iterable[Mapping[str, Term]]) -> str:
    """SPARQL 1.1 JSON."""
    names = {name: json.dumps(name, ensure_ascii=False) for name in variables}
    found = ",\n   ".join(
        _object([f"{names[name]}: {_binding(row[name])}" for name in variables if name in row]) for row in rows
    )
    head, _, end = _dump({"head": {"vars": list(variables)}, "results": {"bindings": []}}).rpartition("[]")
    return f"{head}[\n   {found}\n  ]{end}" if found else f"{head}[]{end}"


def ask_json(truth: bool) -> str:
    """SPARQL 1.1 JSON of an ASK query."""
    return _dump({"head": {}, "boolean": truth})


def select_xml(variables: Sequence[str], rows: Iterable[Mapping[str, Term]]) -> str:
    """SPARQL Results XML; a character that XML cannot hold becomes U+FFFD."""
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in variables)
    found = (
        "".join(f"<binding name={quoteattr(name)}>{_element(row[name])}</binding>" for name in variables if name in row)
        for row in rows
    )
    results = "".join(f"<result>{bindings}</result>\n" for bindings in found)
    return _xml(f"<head>{head}</head>\n<results>\n{results}</results>")


def ask_xml(truth: bool) -> str:
    """SPARQL Results XML of an ASK query."""
    return _xml(f"<head></head>\n<boolean>{str(truth).lower()}</boolean>")


def _xml(body: str) -> str:
    return f'<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n{body}\n</sparql>\n'


def _element(term: Term) -> str:
    # a bare carriage return would be read as a line feed
    text = escape(NOT_XML.sub("\N{REPLACEMENT CHARACTER}", term.value), {"\r": "&#13;"})
    if term.kind == "iri":
        return f"<uri>{text}</uri>"
    if term.kind == "bnode":
        return f"<bnode>{text}</bnode>"
    mark = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    mark = mark or (f" datatype={quoteattr(term.datatype)}" if term.datatype else "")
    return f"<literal{mark}>{text}</literal>"


def _object(members: list[str]) -> str:
    """Where a row stands: the encoder of the library is ten times as slow with line ends as without."""
    return "{\n    " + ",\n    ".join(members) + "\n   }" if members else "{}"


@lru_cache(_KEPT)
def _binding(term: Term) -> str:
    found = {"type": {"iri": "uri", "bnode": "bnode"}.get(term.kind, "literal"), "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype:
        found["datatype"] = term.datatype
    return json.dumps(found, ensure_ascii=False, indent=1).replace("\n", "\n    ")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
