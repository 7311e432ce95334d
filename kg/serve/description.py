"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from typing import Final

from kg.triples.text import integer, iri
from kg.triples.turtle import sorted_lines
from kg.vocabulary import PREFIXES

__all__ = ["NAMESPACES", "service_description"]

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)

NAMESPACES: Final = {"formats": _FORMATS, "rdf": PREFIXES["rdf"], "sd": _SD, "void": _VOID, "xsd": PREFIXES["xsd"]}
"""Prefixes for its Turtle."""


def service_description(endpoint: str, void: str, triples: int) -> list[str]:
    """N-Triples lines, sorted. ``endpoint``: its address; ``void``: that of the description of the graph; ``triples``:
    how many the default graph holds."""
    service, dataset, default = (iri(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph"))
    found = [
        (service, f"{PREFIXES['rdf']}type", iri(f"{_SD}Service")),
        (service, f"{_SD}endpoint", iri(endpoint)),
        (service, f"{_SD}supportedLanguage", iri(f"{_SD}SPARQL11Query")),
        (service, f"{_SD}feature", iri(f"{_SD}UnionDefaultGraph")),
        *((service, f"{_SD}resultFormat", iri(_FORMATS + name)) for name in _RESULTS),
        (service, f"{_SD}defaultDataset", dataset),
        (dataset, f"{PREFIXES['rdf']}type", iri(f"{_SD}Dataset")),
        (dataset, f"{_SD}defaultGraph", default),
        (default, f"{PREFIXES['rdf']}type", iri(f"{_SD}Graph")),
        (default, f"{_VOID}triples", integer(triples)),
        (default, f"{PREFIXES['rdfs']}seeAlso", iri(void)),
    ]
    return sorted_lines(f"{subject} {iri(predicate)} {object_} ." for subject, predicate, object_ in found)
