"""What a graph holds, for catalogues and query planners: VoID statistics and links, DCAT distributions.

It stands in a file of its own (``void.ttl``), not in the graph: counts of two graphs are not the counts of their union,
and all that is in the graph has to be. No clock and no host: the same graph gives the same description.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from kg.triples.text import integer, iri, split_line, string, zh
from kg.triples.things import en, short_hash
from kg.triples.turtle import sorted_lines, triples, turtle
from kg.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["Counts", "describe", "description"]

_PREFIXES: Final = {
    name: PREFIXES[name] for name in ("dct", "eli", "oa", "org", "rdf", "rdfs", "sc", "schema", "skos", "time")
} | {"dcat": "http://www.w3.org/ns/dcat#", "foaf": PREFIXES["foaf"], "void": "http://rdfs.org/ns/void#"}

_LINKED: Final = (
    ("wikidata", "http://www.wikidata.org/entity/", "http://www.wikidata.org/", "Wikidata"),
    ("unbis", "http://metadata.un.org/thesaurus/", "http://metadata.un.org/thesaurus/", "UNBIS Thesaurus"),
    ("documents", "https://docs.un.org/", "https://docs.un.org/", "documents of the United Nations"),
)
"""Key, beginning of the addresses linked to, the dataset that they belong to, and its name."""

_SPACES: Final = tuple(f"<{space}" for _, space, _, _ in _LINKED)
_MEDIA: Final = {".ttl": "text/turtle", ".nq": "application/n-quads"}
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_TYPE: Final = f"<{PREFIXES['rdf']}type>"


def description(lines: Iterable[str] | Counts, files: Mapping[str, Path], base: str = BASE) -> str:
    """Turtle of `describe`, ready to be written."""
    return "".join(turtle(describe(lines, files, base), known={**_PREFIXES, "dataset": f"{base}id/dataset/"}))


def describe(lines: Iterable[str] | Counts, files: Mapping[str, Path], base: str = BASE) -> list[str]:
    """N-Triples lines, sorted, that describe the graph of sorted N-Quads ``lines``, or of what was counted of them.

    ``files``: its dumps by the name to print (``graph.ttl``); size and SHA-256 are those of the bytes now. What the
    counts count: triples once each, however many named graphs hold them.
    """
    counted = lines if isinstance(lines, Counts) else Counts.of(lines)
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


class Counts:
    """What is counted of a graph, subject by subject; the counts of parts with other subjects add up."""

    def __init__(self) -> None:
        self.triples = self.subjects = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self.links: Counter[tuple[str, str]] = Counter()

    @classmethod
    def of(cls, lines: Iterable[str]) -> Counts:
        """Of all sorted lines of a graph, N-Quads or N-Triples."""
        counts = cls()
        for _, same in groupby(map(split_line, triples(lines)), key=itemgetter(0)):
            said: dict[str, list[str]] = {}
            for _, predicate, object_, _ in same:
                said.setdefault(predicate, []).append(object_)
            counts.add(said)
        return counts

    def add(self, said: Mapping[str, list[str]]) -> None:
        """One more subject, with its objects by predicate."""
        self.subjects += 1
        for predicate, objects in said.items():
            self.triples += len(objects)
            self.properties[predicate] += len(objects)
            if predicate == _TYPE:
                self.classes.update(objects)
                continue
            for object_ in objects:
                if object_.startswith(_SPACES):
                    key = next(key for key, space, _, _ in _LINKED if object_.startswith(space, 1))
                    self.links[key, predicate] += 1

    def __iadd__(self, other: Counts) -> Counts:
        self.triples += other.triples
        self.subjects += other.subjects
        self.classes += other.classes
        self.properties += other.properties
        self.links += other.links
        return self


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
