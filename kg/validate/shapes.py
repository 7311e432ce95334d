"""Reading shapes: the part of SHACL that ``ontology/shapes.ttl`` is written in. Anything else of SHACL is an error.

Targets: ``sh:targetClass``, ``sh:targetNode``, ``sh:targetSubjectsOf``. Paths: one property. Constraints: those of
`VALUE_CONSTRAINTS`, ``sh:minCount``, ``sh:maxCount``, ``sh:lessThan``, ``sh:or`` over shapes without names,
``sh:property`` and ``sh:sparql``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.store import open_graph
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.triples.text import Term

__all__ = ["SH", "SHAPES", "VALUE_CONSTRAINTS", "Constraint", "Shape", "Target", "load_shapes", "shapes_file"]

SH: Final = "http://www.w3.org/ns/shacl#"
SHAPES: Final = "https://w3id.org/unsc-kg/shapes#"
"""Where our shapes have their names."""

VALUE_CONSTRAINTS: Final = frozenset(
    "class datatype nodeKind in pattern minInclusive maxInclusive minLength languageIn or".split()  # noqa: SIM905
)
"""Constraints that each value meets or not, by itself."""

_COUNTS = frozenset({"minCount", "maxCount", "lessThan"})
_TARGETS = frozenset({"targetClass", "targetNode", "targetSubjectsOf"})
_LISTS = frozenset({"in", "languageIn", "or"})
_SAID = frozenset({"path", "message", "severity"})
_TYPE = PREFIXES["rdf"] + "type"
_FIRST, _REST = PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest"


@dataclass(frozen=True, slots=True)
class Target:
    """Which nodes a shape is for. ``kind``: ``targetClass``, ``targetNode`` or ``targetSubjectsOf``."""

    kind: str
    value: Term


@dataclass(frozen=True, slots=True)
class Constraint:
    """``name`` in SHACL (``minCount``); ``values``: its parameter, or the members of its list; ``members``: the shapes
    of ``sh:or``; ``messages`` and ``prefixes`` of ``sh:sparql``, whose query is its one value."""

    name: str
    values: tuple[Term, ...] = ()
    members: tuple[Shape, ...] = ()
    messages: tuple[Term, ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """``path`` is None for a node shape; ``properties``: the property shapes that it holds its nodes to."""

    node: Term
    path: Term | None
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    severity: str
    messages: tuple[Term, ...]


def shapes_file() -> Path:
    """The shapes that come with the package: in a wheel beside its modules, in a checkout beside the package."""
    package = Path(__file__).parent.parent
    places = (package / "ontology" / "shapes.ttl", package.parent / "ontology" / "shapes.ttl")
    return next((place for place in places if place.is_file()), places[0])


@cache
def load_shapes(path: Path | None = None) -> tuple[Shape, ...]:
    """All shapes with targets, those of the package where no ``path`` is given, sorted by name.

    Raises `GraphError` for a file that cannot be read, `ConfigError` for a construct that is not supported.
    """
    reader = _Reader(path or shapes_file())
    return tuple(sorted(reader.shapes(), key=lambda shape: shape.node))


class _Reader:
    def __init__(self, path: Path) -> None:
        self._file = str(path)
        self._of: defaultdict[Term, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for row in open_graph(path).select("SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"):
            self._of[row["s"]][row["p"].value].append(row["o"])

    def shapes(self) -> Iterator[Shape]:
        for node in list(self._of):
            if any(SH + target in self._of[node] for target in _TARGETS):
                yield self._shape(node)

    def _shape(self, node: Term) -> Shape:
        said = self._of[node]
        path = next(iter(said.get(SH + "path", ())), None)
        if path is not None and path.kind != "iri":
            raise self._refused(node, "a path that is not one property")
        constraints: list[Constraint] = []
        properties: list[Shape] = []
        targets: list[Target] = []
        for predicate in sorted(said):
            name = predicate.removeprefix(SH)
            if name == predicate or name in _SAID:
                continue
            if name in _TARGETS:
                targets += [Target(name, value) for value in said[predicate]]
            elif name == "property" and path is None:
                properties += [self._shape(value) for value in said[predicate]]
            elif name == "sparql" and path is None:
                constraints += [self._sparql(value) for value in said[predicate]]
            elif name in VALUE_CONSTRAINTS or (name in _COUNTS and path is not None):
                constraints += [self._constraint(node, name, value) for value in said[predicate]]
            else:
                raise self._refused(node, f"sh:{name}")
        severity = said[SH + "severity"][0].value if SH + "severity" in said else SH + "Violation"
        messages = tuple(said.get(SH + "message", ()))
        return Shape(node, path, tuple(targets), tuple(constraints), tuple(properties), severity, messages)

    def _constraint(self, node: Term, name: str, value: Term) -> Constraint:
        values = tuple(self._list(value)) if name in _LISTS else (value,)
        if name == "or":
            members = tuple(self._shape(member) for member in values)
            if any(m.properties or any(c.name == "sparql" for c in m.constraints) for m in members):
                raise self._refused(node, "sh:or over shapes with sh:property or sh:sparql")
            if any(
                m.path and any(c.name != "minCount" or c.values[0].value != "1" for c in m.constraints) for m in members
            ):
                raise self._refused(node, "sh:or over property shapes with more than sh:minCount 1")
            return Constraint(name, members=members)
        if name == "in" and any(v.kind == "bnode" or v.datatype for v in values):
            raise self._refused(node, "sh:in with other members than IRIs and strings")
        return Constraint(name, values)

    def _sparql(self, node: Term) -> Constraint:
        said = self._of[node]
        for predicate in said:
            name = predicate.removeprefix(SH)
            if name not in (predicate, "select", "message", "prefixes"):
                raise self._refused(node, f"sh:{name} of sh:sparql")
        prefixes: list[tuple[str, str]] = []
        for owner in said[SH + "prefixes"]:
            for declared in self._of[owner][SH + "declare"]:
                one = self._of[declared]
                prefixes.append((one[SH + "prefix"][0].value, one[SH + "namespace"][0].value))
        (select,) = said[SH + "select"]
        return Constraint("sparql", (select,), (), tuple(said[SH + "message"]), tuple(sorted(prefixes)))

    def _list(self, node: Term) -> Iterator[Term]:
        while _FIRST in self._of[node]:
            yield self._of[node][_FIRST][0]
            node = self._of[node][_REST][0]

    def _refused(self, node: Term, what: str) -> ConfigError:
        remedy = "kg/validate/shapes.py says what is supported"
        return ConfigError(f"{what} is not supported ({node.value})", where=self._file, remedy=remedy)
