"""What a graph holds, for catalogues and query planners: VoID statistics and links, DCAT distributions.

It stands in a file of its own (``void.ttl``), not in the graph: counts of two graphs are not the counts of their union,
and all that is in the graph has to be. No clock and no host: the same graph gives the same description.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.triples.text import integer, iri, split_line, string, zh
from kg.triples.things import en, short_hash
from kg.triples.turtle import sorted_lines, triples, turtle
from kg.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["describe", "description"]

_PREFIXES: Final = {
    name: PREFIXES[name] for name in ("dct", "eli", "oa", "org", "rdf", "rdfs", "sc", "schema", "skos", "time")
} | {"dcat": "http://www.w3.org/ns/dcat#", "foaf": PREFIXES["foaf"], "void": "http://rdfs.org/ns/void#"}

_LINKED: Final = (
    ("wikidata", "http://www.wikidata.org/entity/", "http://www.wikidata.org/", "Wikidata"),
    ("unbis", "http://metadata.un.org/thesaurus/", "http://metadata.un.org/thesaurus/", "UNBIS Thesaurus"),
    ("documents", "https://docs.un.org/", "https://docs.un.org/", "documents of the United Nations"),
)
"""Key, beginning of the addresses linked to, the dataset that they belong to, and its name."""

_MEDIA: Final = {".ttl": "text/turtle", ".nq": "application/n-quads"}
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_TYPE: Final = f"<{PREFIXES['rdf']}type>"


def description(lines: Iterable[str], files: Mapping[str, Path], base: str = BASE) -> str:
    """Turtle of `describe`, ready to be written."""
    return "".join(turtle(describe(lines, files, base), known={**_PREFIXES, "dataset": f"{base}id/dataset/"}))


def describe(lines: Iterable[str], files: Mapping[str, Path], base: str = BASE) -> list[str]:
    """N-Triples lines, sorted, that describe the graph of sorted N-Quads ``lines``.

    ``files``: its dumps by the name to print (``graph.ttl``); size and SHA-256 are those of the bytes now. What the
    counts count: triples once each, however many named graphs hold them.
    """
    counted = _Counts(lines)
    dataset = iri(f"{base}id/dataset")
    found: list[str] = []

    def add(subject: str, predicate: str, object_: str) -> None:
        found.append(f"{subject} {_term(predicate)} {object_} .")

    def part(name: str, *facts: tuple[str, str]) -> str:
        node = iri(f"{base}id/dataset/{name}")
        for predicate, object_ in facts:
            add(node, predicate, object_)
        return node

    for kind in ("void:Dataset", "dcat:Dataset"):
        add(dataset, "rdf:type", _term(kind))
    add(dataset, "dct:title", zh("联合国安全理事会知识图谱"))
    add(dataset, "dct:title", en("Knowledge graph of the United Nations Security Council"))
    add(dataset, "void:uriSpace", string(f"{base}id/"))
    add(dataset, "void:triples", integer(counted.triples))
    add(dataset, "void:distinctSubjects", integer(counted.subjects))
    add(dataset, "void:classes", integer(len(counted.classes)))
    add(dataset, "void:properties", integer(len(counted.properties)))
    for namespace in sorted({_namespace(name) for name in (*counted.classes, *counted.properties)}):
        add(dataset, "void:vocabulary", iri(namespace))
    for name, count in counted.classes.items():
        facts = (("void:class", name), ("void:entities", integer(count)))
        add(dataset, "void:classPartition", part(f"class-{_slug(name)}", *facts))
    for name, count in counted.properties.items():
        facts = (("void:property", name), ("void:triples", integer(count)))
        add(dataset, "void:propertyPartition", part(f"property-{_slug(name)}", *facts))
    for (key, predicate), count in counted.links.items():
        _, _, target, title = next(row for row in _LINKED if row[0] == key)
        part(
            f"links-{key}-{_slug(predicate)}",
            ("rdf:type", _term("void:Linkset")),
            ("dct:title", en(f"Links to {title}")),
            ("void:subjectsTarget", dataset),
            ("void:objectsTarget", iri(target)),
            ("void:linkPredicate", predicate),
            ("void:triples", integer(count)),
        )
    for name, path in files.items():
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        node = part(
            f"file-{name.replace('.', '-')}",
            ("rdf:type", _term("dcat:Distribution")),
            ("dct:title", string(name)),
            ("dct:identifier", string(f"sha256:{digest}")),
            ("dcat:mediaType", iri(_IANA + _MEDIA[path.suffix])),
            ("dcat:byteSize", integer(path.stat().st_size)),
        )
        add(dataset, "dcat:distribution", node)
    return sorted_lines(found)


class _Counts:
    """One pass over sorted lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.triples = self.subjects = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self.links: Counter[tuple[str, str]] = Counter()
        before = ""
        for line in triples(lines):
            subject, predicate, object_, _ = split_line(line)
            self.triples += 1
            self.subjects += subject != before
            before = subject
            self.properties[predicate] += 1
            if predicate == _TYPE:
                self.classes[object_] += 1
            elif object_.startswith("<"):
                for key, space, _, _ in _LINKED:
                    if object_.startswith(space, 1):
                        self.links[key, predicate] += 1


def _term(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return iri(_PREFIXES[prefix] + name)


def _namespace(name: str) -> str:
    text = name[1:-1]
    return text[: max(text.rfind("/"), text.rfind("#")) + 1]


def _slug(name: str) -> str:
    """``sc-State`` of ``<https://w3id.org/unsc-kg/ns#State>``."""
    prefix = next((prefix for prefix, namespace in _PREFIXES.items() if namespace == _namespace(name)), None)
    if prefix is None:
        return short_hash(name)  # a graph may hold words of others
    return f"{prefix}-{name[1:-1].removeprefix(_PREFIXES[prefix])}"
