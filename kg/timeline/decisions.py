"""Decisions on mandates, as a graph tells them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.errors import GraphError
from kg.store import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.triples.text import Term

__all__ = ["read_decisions", "read_quotes"]

_PREFIXES: Final = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sc: <https://w3id.org/unsc-kg/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_DECISIONS: Final = f"""{_PREFIXES}
SELECT DISTINCT ?fact ?node ?holder ?known ?label ?action ?resolution ?paragraph ?until ?duration ?basis ?date ?modality
  ?document
WHERE {{
  ?fact a sc:MandateDecision ; sc:modality ?said ; sc:action/skos:notation ?action ; sc:holder ?node ;
    sc:statedIn/dct:identifier ?document .
  FILTER (?said IN (sc:Asserted, sc:Reported))
  ?said skos:notation ?modality .
  OPTIONAL {{ ?node dct:identifier ?holder }}
  OPTIONAL {{ ?node rdfs:label ?known . FILTER (LANGMATCHES(LANG(?known), "zh")) }}
  OPTIONAL {{ ?fact sc:holderLabel ?label }}
  OPTIONAL {{ ?fact sc:instrumentSymbol ?resolution }}
  OPTIONAL {{ ?fact sc:paragraph ?paragraph }}
  OPTIONAL {{ ?fact sc:until ?until }}
  OPTIONAL {{ ?fact sc:duration ?duration }}
  OPTIONAL {{ ?fact sc:endBasis/skos:notation ?basis }}
  OPTIONAL {{ {{ ?fact sc:date ?date }}
    UNION {{ ?fact sc:instrument/eli:date_document ?date FILTER NOT EXISTS {{ ?fact sc:date ?own }} }} }}
}}
"""
_QUOTES: Final = f"""{_PREFIXES}
SELECT ?fact ?document ?quote WHERE {{
  VALUES ?fact {{ %s }}
  ?fact sc:evidence ?evidence . ?evidence oa:hasSource/dct:identifier ?document ; oa:hasSelector/oa:exact ?quote
}}
"""
"""A query of its own: in one with the decisions, the engine would read all evidence of the graph."""


def read_decisions(select: Callable[[str], Iterable[Mapping[str, Term]]]) -> list[dict[str, str]]:
    """A row for each decision and each document that tells it, by the names of the query.

    Raises `GraphError` for a date that is no day of the calendar.
    """
    found = [{name: term.value for name, term in row.items()} for row in select(_DECISIONS)]
    for plain in found:
        for name in ("date", "until"):
            _check_day(plain.get(name, ""), plain["fact"])
    return found


def _check_day(day: str, fact: str) -> None:
    """A month or a year, which are not looked into, will do."""
    try:
        if len(day) == len("2020-01-31"):
            date.fromisoformat(day)
    except ValueError:
        raise GraphError(f"no day: {day}", where=fact, remedy="kg validate lists what is wrong in a graph") from None


def read_quotes(
    select: Callable[[str], Iterable[Mapping[str, Term]]], facts: Sequence[str]
) -> Mapping[tuple[str, str], set[str]]:
    """By the address of a fact and the identifier of a document: its words."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for some in batches(facts):
        for row in select(_QUOTES % some):
            found[row["fact"].value, row["document"].value].add(row["quote"].value)
    return found
