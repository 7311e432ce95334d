"""The vocabulary for readers and programs: a bilingual page of every term, and a JSON-LD context.

Both are made from ``ontology/unsc-kg.ttl`` and lie beside it; a test holds them to it:

    python -m kg.export.ontology ontology/
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.export.diagram import diagram
from kg.vocabulary import PREFIXES, REUSED, SC

if TYPE_CHECKING:
    import rdflib

__all__ = ["FILES", "Term", "context", "page", "terms", "write"]

FILES: Final = ("unsc-kg.html", "context.jsonld")
"""What `write` writes, beside the ontology."""

SOURCE: Final = "unsc-kg.ttl"

_KINDS: Final = (
    ("Class", "class", "类", "Classes"),
    ("ObjectProperty", "link", "链接属性", "Properties that link"),
    ("DatatypeProperty", "value", "取值属性", "Properties with a value"),
    ("NamedIndividual", "code", "代码", "Codes of closed lists"),
)
_JSON_NATIVE: Final = frozenset({"integer", "decimal", "boolean", "string"})


@dataclass(frozen=True, slots=True)
class Term:
    """A term of ours. ``name`` is its local name, which is its anchor on the page; links are short names (``org:Post``)
    sorted; ``properties`` are those with this class as domain, ``codes`` the members of a closed list."""

    name: str
    kind: str
    zh: str
    en: str
    zh_definition: str
    en_definition: str
    above: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    disjoint: tuple[str, ...] = ()
    notation: str | None = None
    properties: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def terms(ontology: Path) -> list[Term]:
    """Every term of the file, by name."""
    import rdflib
    from rdflib.namespace import OWL, RDF, RDFS, SKOS

    graph = rdflib.Graph().parse(ontology)

    def names(node: rdflib.term.Node, predicate: rdflib.URIRef) -> tuple[str, ...]:
        return tuple(sorted(_short(str(value)) for value in graph.objects(node, predicate)))

    def said(node: rdflib.term.Node, predicate: rdflib.URIRef, language: str) -> str:
        return next(
            str(value)
            for value in graph.objects(node, predicate)
            if isinstance(value, rdflib.Literal) and value.language == language
        )

    found = []
    for node in sorted(set(graph.subjects()), key=str):
        name = str(node).removeprefix(SC.iri)
        if name not in SC:
            continue
        kinds = {str(kind) for kind in graph.objects(node, RDF.type)}
        kind = next(anchor for owl, anchor, _, _ in _KINDS if str(OWL[owl]) in kinds)
        above = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
        lists = tuple(sorted(_short(k) for k in kinds if k.startswith(SC.iri)))
        notation = graph.value(node, SKOS.notation)
        found.append(
            Term(
                name,
                kind,
                said(node, RDFS.label, "zh"),
                said(node, RDFS.label, "en"),
                said(node, SKOS.definition, "zh"),
                said(node, SKOS.definition, "en"),
                lists if kind == "code" else names(node, above),
                names(node, RDFS.domain),
                names(node, RDFS.range),
                names(node, OWL.disjointWith),
                str(notation) if notation is not None else None,
                tuple(sorted(_short(str(each)) for each in graph.subjects(RDFS.domain, node))),
                tuple(sorted(_short(str(each)) for each in graph.subjects(RDF.type, node))),
            )
        )
    return found


def page(ontology: Path) -> str:
    """The page as text: one file, no script, nothing fetched."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    found = terms(ontology)
    environment = Environment(
        loader=PackageLoader("kg.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    groups = [(anchor, zh, en, [t for t in found if t.kind == anchor]) for _, anchor, zh, en in _KINDS]
    drawing = Markup(diagram({term.name: term for term in found}))  # noqa: S704 - of our own terms, escaped there
    return environment.get_template("ontology.html.j2").render(
        namespace=SC.iri, prefixes=PREFIXES, groups=groups, reused=_reused(), diagram=drawing
    )


def context(ontology: Path) -> str:
    """A JSON-LD context: our terms and the reused ones by their plain names, prefixes for the rest.

    Labels become language maps (``{"label": {"zh": ..., "en": ...}}``); links are compacted to short names. Of two
    vocabularies that have the same word, ours keeps it; the other stays with its prefix.
    """
    entries: dict[str, Any] = dict(PREFIXES)
    entries |= {"id": "@id", "type": "@type"}
    for name in REUSED["rdfs"] + REUSED["skos"]:
        if name.lower().endswith("label"):
            prefix = "rdfs" if name in REUSED["rdfs"] else "skos"
            entries[name] = {"@id": f"{prefix}:{name}", "@container": "@language"}
    for term in terms(ontology):
        entry: dict[str, str] = {"@id": f"sc:{term.name}"}
        if term.kind == "link":
            entry["@type"] = "@id"
        elif term.kind == "value":
            (kind,) = term.range or ("",)
            if kind == "rdf:PlainLiteral":
                entry["@language"] = "zh"
            elif kind.startswith("xsd:") and kind.partition(":")[2] not in _JSON_NATIVE:
                entry["@type"] = kind
        entries[term.name] = entry if len(entry) > 1 else entry["@id"]
    return json.dumps({"@context": dict(sorted(entries.items()))}, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> None:
    """Make page and context anew from the ontology in ``folder``."""
    for name, text in zip(FILES, (page(folder / SOURCE), context(folder / SOURCE)), strict=True):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _reused() -> list[tuple[str, str, list[str]]]:
    return [(prefix, PREFIXES[prefix], sorted(names)) for prefix, names in sorted(REUSED.items())]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
