"""JSON-LD, written so that equal graphs are equal bytes and a person can read it: short names, one node a line.

Why not a library's writer: Oxigraph's spells every IRI out, rdflib's holds all in memory and is not stable. The context
is inline, so nothing has to be fetched to read a file; ``ontology/context.jsonld`` is the one to write by hand with.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kg.triples.text import split_line
from kg.triples.turtle import short_name
from kg.vocabulary import BASE, PREFIXES, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["jsonld"]

_XSD: Final = PREFIXES["xsd"]
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_LITERAL = re.compile(r'(?P<quoted>".*")(?:@(?P<language>[a-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?')
# numbers of which JSON has one form only, and that no parser makes a float of
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")


def jsonld(lines: Iterable[str], base: str = BASE) -> Iterator[str]:
    """JSON-LD 1.1 of N-Quads lines sorted by graph, then subject, in pieces to be written one after the other.

    Triples without a graph stand at the top. Memory: one subject. Raises `ValueError` for an IRI that readers would
    take for a short name (``state:VNM`` as it stands).
    """
    known = prefixes(base)
    names = {namespace: prefix for prefix, namespace in known.items()}
    yield '{\n"@context": ' + _dumps({"id": "@id", "type": "@type", **known}) + ',\n"@graph": ['
    split = (split_line(line) for line in lines)
    comma = ""
    for graph, quads in groupby(split, key=lambda parts: parts[3]):
        nodes = (_node(subject, group, names) for subject, group in groupby(quads, key=lambda parts: parts[0]))
        if graph:
            yield f'{comma}\n{{"id": {_dumps(_short(graph, names))}, "@graph": ['
            inner = ""
            for node in nodes:
                yield f"{inner}\n{_dumps(node)}"
                inner = ","
            yield "\n]}"
            comma = ","
        else:
            for node in nodes:
                yield f"{comma}\n{_dumps(node)}"
                comma = ","
    yield "\n]\n}\n"


def _node(subject: str, quads: Iterable[tuple[str, str, str, str]], names: Mapping[str, str]) -> dict[str, Any]:
    node: dict[str, Any] = {"id": _short(subject, names)}
    values: dict[str, list[Any]] = {}
    for _, predicate, object_, _ in quads:
        if predicate == _TYPE:
            values.setdefault("type", []).append(_short(object_, names))
        else:
            values.setdefault(_short(predicate, names), []).append(_value(object_, names))
    for key in sorted(values, key=lambda key: (key != "type", key)):
        node[key] = values[key][0] if len(values[key]) == 1 else values[key]
    return node


def _value(term: str, names: Mapping[str, str]) -> Any:
    if not term.startswith('"'):
        return {"id": _short(term, names)}
    match = _LITERAL.fullmatch(term)
    assert match, term
    # the escapes of N-Triples are those of JSON but for \U, which is not written here
    text: str = json.loads(match["quoted"])
    if match["language"]:
        return {"@value": text, "@language": match["language"]}
    datatype = match["datatype"]
    if datatype is None:
        return text
    if datatype == _XSD + "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if datatype == _XSD + "boolean" and text in ("true", "false"):
        return text == "true"
    return {"@value": text, "@type": _short(f"<{datatype}>", names)}


def _short(term: str, names: Mapping[str, str]) -> str:
    if not term.startswith("<"):
        return term
    iri = term[1:-1]
    if short := short_name(iri, names):
        return short
    scheme, _, rest = iri.partition(":")
    if not rest.startswith("//") and scheme in names.values():
        raise ValueError(f"{iri} would be read as a short name")
    return iri


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
