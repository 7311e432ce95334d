"""RDF terms as text: N-Triples and N-Quads lines, written by formatting and read back by one pattern.

The form is the canonical one of RDF 1.2 N-Triples, which is also what Oxigraph writes: a graph written here and a dump
of the store that loaded it hold the same lines. Lines sort by code point, so that ``LC_ALL=C sort`` agrees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kg.vocabulary import PREFIXES

__all__ = ["Term", "dated", "decimal", "fit_iri", "integer", "iri", "literal", "split_line", "string", "zh"]

_XSD: Final = PREFIXES["xsd"]

_ESCAPES = {i: f"\\u{i:04X}" for i in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)}
# half of a surrogate pair cannot be written as UTF-8 at all; a decoder never gives one, a caller's string may hold one
_ESCAPES |= dict.fromkeys(range(55296, 57344), "�")
_ESCAPES |= {ord(c): f"\\{e}" for c, e in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}
_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff\ufffe\uffff]')
# RFC 3987: ASCII less blanks and <>"{}|^`\ and brackets (a host's only), ucschar; a % that begins no escape is none
_NOT_IN_IRI = re.compile(
    "[^!#-;=?-Z_a-z~\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(plane * 0x10000)}-{chr(plane * 0x10000 + 0xFFFD)}" for plane in range(1, 14))
    + "\U000e1000-\U000efffd]|%(?![0-9A-Fa-f]{2})"
)
_PLAIN = re.compile("[!#$&-;=?-Z_a-z~]*")
"""All that most IRIs are made of; looked for in a quarter of the time."""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """An RDF term. ``datatype`` is an IRI, empty for plain and language-tagged strings; ``language`` is lower case."""

    kind: Literal["iri", "literal", "bnode"]
    value: str
    datatype: str = ""
    language: str = ""

    def n3(self) -> str:
        """As in N-Triples, which is also good Turtle and SPARQL."""
        if self.kind == "iri":
            return iri(self.value)
        if self.kind == "bnode":
            return f"_:{self.value}"
        if self.language:
            return f'"{_escape(self.value)}"@{self.language}'
        return literal(self.value, self.datatype) if self.datatype else string(self.value)


def _escape(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text  # said in a third of the time that the pattern takes
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def fit_iri(text: str) -> str:
    """``text`` with the characters that no IRI may hold percent-encoded (as UTF-8)."""
    if _PLAIN.fullmatch(text):
        return text
    return _NOT_IN_IRI.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode("utf-8", "replace")), text)


@lru_cache(maxsize=65536)
def iri(text: str) -> str:
    """``<text>``, made fit."""
    return f"<{fit_iri(text)}>"


def string(text: str) -> str:
    """A plain string."""
    return f'"{_escape(text)}"'


def zh(text: str) -> str:
    """A string in Chinese. The tag is ``@zh``: stores disagree about the case of ``zh-Hans``."""
    return f'"{_escape(text)}"@zh'


def literal(text: str, datatype: str) -> str:
    """A typed literal; ``datatype`` is an IRI."""
    return f'"{_escape(text)}"^^{iri(datatype)}'


def integer(value: int) -> str:
    """An ``xsd:integer``. Oxigraph turns its subtypes into it, so we write no other."""
    return f'"{value}"^^<{_XSD}integer>'


def decimal(value: float) -> str:
    """An ``xsd:decimal`` with four places at most, in its canonical form (``0.95``, ``1``)."""
    return f'"{value:.4f}'.rstrip("0").rstrip(".") + f'"^^<{_XSD}decimal>'


_DATED = {4: "gYear", 7: "gYearMonth", 10: "date"}
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def dated(text: str) -> str:
    """An ISO date as precise as the text: ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``; else a plain string.

    Virtuoso would make ``2020-01-01`` of ``"2020"^^xsd:date`` and say nothing.
    """
    if not _DATE.fullmatch(text):
        return string(text)
    return f'"{text}"^^<{_XSD}{_DATED[len(text)]}>'


_NODE = r"<[^>]*>|_:[^ ]+"
_LINE = re.compile(rf'({_NODE}) (<[^>]*>) ({_NODE}|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?)(?: ({_NODE}))? \.')


def split_line(line: str) -> tuple[str, str, str, str]:
    """Subject, predicate, object and graph (empty where the line has none) of a line in the form written here.

    Raises `ValueError` for any other line.
    """
    match = _LINE.fullmatch(line)
    if not match:
        raise ValueError(f"no N-Quads line: {line[:200]!r}")
    return match[1], match[2], match[3], match[4] or ""
