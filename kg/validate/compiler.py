"""From shapes to SPARQL: one query a constraint, whose rows are the results that SHACL asks for.

Each query gives ``?this``, the focus node, and where SHACL wants one ``?value``; ``sh:sparql`` may give ``?path``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.triples.text import Term, string
from kg.validate.shapes import SH, VALUE_CONSTRAINTS, Target
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.validate.shapes import Constraint, Shape

__all__ = ["Check", "compile_shapes"]

_XSD: Final = PREFIXES["xsd"]
_NUMERIC = frozenset({_XSD + "integer", _XSD + "decimal"})
_CAST = frozenset(_XSD + name for name in ("boolean", "date", "dateTime"))
_PLAIN = frozenset({*(_XSD + name for name in ("string", "gYear", "gYearMonth")), PREFIXES["rdf"] + "langString"})
_NODE_KINDS: Final = {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)", "BlankNode": "isBlank(?value)"}
_EACH_ONCE: Final = "SELECT DISTINCT ?this WHERE {"
_OPENING = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Check:
    """A constraint of a shape as a query. ``component``: SHACL's name for it (``sh:MinCountConstraintComponent``)."""

    shape: Shape
    component: str
    messages: tuple[Term, ...]
    query: str
    constraint: Constraint
    targets: tuple[Target, ...]

    def query_about(self, nodes: Iterable[str]) -> str:
        """The query, asked of some focus nodes only (``<...>``)."""
        some = f"VALUES ?this {{ {' '.join(sorted(nodes))} }}"
        text = self.query.replace(_EACH_ONCE, f"{_EACH_ONCE} {some}")
        return _OPENING.sub(lambda match: f"{match[0]} {some}", text, count=1)


def compile_shapes(shapes: Iterable[Shape], under: Mapping[str, frozenset[str]]) -> Iterator[Check]:
    """``under``: by class the classes below it in the graph; SHACL counts their instances too. Those that have none
    below them may be left out.

    Raises `ConfigError` for a parameter that is not supported.
    """
    compiler = _Compiler(under)
    for shape in shapes:
        yield from compiler.checks(shape, shape.targets)


class _Compiler:
    def __init__(self, under: Mapping[str, frozenset[str]]) -> None:
        self._under = under

    def checks(self, shape: Shape, targets: tuple[Target, ...]) -> Iterator[Check]:
        focus = " UNION ".join(f"{{ {self._target(target)} }}" for target in targets)
        if len(targets) > 1 or targets[0].kind == "targetSubjectsOf":
            focus = f"{{ {_EACH_ONCE} {focus} }} }}"
        for constraint in shape.constraints:
            component = f"{SH}{constraint.name[0].upper()}{constraint.name[1:]}ConstraintComponent"
            messages = constraint.messages or shape.messages
            if constraint.name == "sparql":
                query, component = _own_query(constraint, focus), f"{SH}SPARQLConstraintComponent"
            elif shape.path is None:
                broken = self._broken(constraint)
                query = f"SELECT ?this ?value WHERE {{ {focus} BIND (?this AS ?value) FILTER ({broken}) }}"
            else:
                own = targets == (
                    Target("targetSubjectsOf", shape.path),
                )  # the values' own pattern says whose they are
                query = self._property(constraint, "" if own else focus, shape.path.n3())
            yield Check(shape, component, messages, query, constraint, targets)
        for inner in shape.properties:
            yield from self.checks(inner, targets)

    def _target(self, target: Target) -> str:
        match target.kind:
            case "targetClass":
                return self._instance("?this", target.value)
            case "targetNode":
                return f"BIND ({target.value.n3()} AS ?this)"
            case _:
                return f"?this {target.value.n3()} ?any"

    def _instance(self, node: str, class_: Term) -> str:
        below = self._under.get(class_.value)
        if not below:
            return f"{node} a {class_.n3()} ."
        names = " ".join(Term("iri", name).n3() for name in sorted({class_.value, *below}))
        return f"VALUES {node}Class {{ {names} }} {node} a {node}Class ."

    def _property(self, constraint: Constraint, focus: str, path: str) -> str:
        values = f"{focus} ?this {path} ?value ."
        match constraint.name:
            case "minCount":
                least = int(constraint.values[0].value)
                if not focus:
                    focus = f"{{ {_EACH_ONCE} ?this {path} ?any }} }}"
                if least == 1:
                    return f"SELECT ?this WHERE {{ {focus} FILTER NOT EXISTS {{ ?this {path} ?value }} }}"
                counted = f"{focus} OPTIONAL {{ ?this {path} ?value }}"
                return f"SELECT ?this WHERE {{ {counted} }} GROUP BY ?this HAVING (COUNT(?value) < {least})"
            case "maxCount":
                most = int(constraint.values[0].value)
                return f"SELECT ?this WHERE {{ {values} }} GROUP BY ?this HAVING (COUNT(?value) > {most})"
            case "lessThan":
                other = f"?this {constraint.values[0].n3()} ?other ."
                return f"SELECT ?this ?value WHERE {{ {values} {other} FILTER (!COALESCE(?value < ?other, false)) }}"
            case _:
                return f"SELECT ?this ?value WHERE {{ {values} FILTER ({self._broken(constraint)}) }}"

    def _broken(self, constraint: Constraint) -> str:
        """An expression that is true of a ``?value`` that does not meet the constraint."""
        meets = self._met(constraint)
        return f"!{meets}" if meets.startswith("EXISTS") else f"!COALESCE({meets}, false)"

    def _met(self, constraint: Constraint) -> str:
        value = constraint.values[0] if constraint.values else None
        match constraint.name:
            case "or":
                return " || ".join(f"COALESCE({self._all(member)}, false)" for member in constraint.members)
            case "in":
                return f"?value IN ({', '.join(v.n3() for v in constraint.values)})"
            case "languageIn":
                tags = " || ".join(f"LANGMATCHES(LANG(?value), {string(v.value)})" for v in constraint.values)
                return f'isLiteral(?value) && LANG(?value) != "" && ({tags})'
        assert value
        match constraint.name:
            case "class":
                return f"EXISTS {{ {self._instance('?value', value)} }}"
            case "datatype":
                return _of_datatype(value.value)
            case "nodeKind":
                return _of_kind(value.value.removeprefix(SH))
            case "pattern":
                return f"!isBlank(?value) && REGEX(STR(?value), {string(value.value)})"
            case "minLength":
                return f"!isBlank(?value) && STRLEN(STR(?value)) >= {int(value.value)}"
            case "minInclusive":
                return f"?value >= {value.n3()}"
            case _:
                assert constraint.name == "maxInclusive"
                return f"?value <= {value.n3()}"

    def _all(self, member: Shape) -> str:
        """An expression that is true of a ``?value`` that meets a member of ``sh:or``."""
        if member.path:
            return f"EXISTS {{ ?value {member.path.n3()} ?any }}"
        assert all(constraint.name in VALUE_CONSTRAINTS for constraint in member.constraints)
        return " && ".join(f"({self._met(constraint)})" for constraint in member.constraints)


def _of_datatype(datatype: str) -> str:
    """Of that datatype, and spelt as it asks (``2020-02-31`` is no date). Processors differ about the spelling of years
    and months, so shapes give a pattern for these."""
    is_it = f"DATATYPE(?value) = <{datatype}>"
    if datatype in _PLAIN:
        return is_it
    if datatype in _NUMERIC:
        return f"{is_it} && isNumeric(?value)"
    if datatype in _CAST:
        return f'{is_it} && STR(<{datatype}>(STR(?value))) != ""'
    raise ConfigError(f"sh:datatype {datatype} is not supported", where="shapes")


def _of_kind(kind: str) -> str:
    parts = [test for name, test in _NODE_KINDS.items() if name in kind.split("Or")]
    if not parts:
        raise ConfigError(f"sh:nodeKind {kind} is not supported", where="shapes")
    return " || ".join(parts)


def _own_query(constraint: Constraint, focus: str) -> str:
    """The query of ``sh:sparql``, with its focus nodes put in where SHACL binds ``$this``."""
    text = constraint.values[0].value
    if not _OPENING.search(text):
        raise ConfigError("sh:select without WHERE { is not supported", where="shapes")
    text = _OPENING.sub(lambda match: f"{match[0]} {focus}", text, count=1)
    heads = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in constraint.prefixes)
    return heads + text.replace("$this", "?this")
