"""pySHACL as the oracle, and what it takes to compare with it: verdicts of both over the same graph."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyshacl
import rdflib
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.store import Store
from kg.triples.blocks import subjects
from kg.triples.text import Term, iri
from kg.validate.compiler import Check, compile_shapes
from kg.validate.screen import Screen
from kg.validate.shapes import SH, load_shapes, shapes_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pytest

__all__ = ["Verdict", "doubts", "ours", "remember_queries", "theirs"]


class Verdict(NamedTuple):
    """One result. A blank node is ``_:``: its name is the parser's."""

    focus: str
    shape: str
    component: str
    severity: str
    path: str
    value: str


def ours(lines: Iterable[str], shapes: Path | None = None, *, screened: bool = False) -> set[Verdict]:
    """What the compiled queries give over these N-Triples. ``screened``: those that are left in doubt."""
    lines = sorted(lines)
    store = Store.of(lines)
    under: dict[str, set[str]] = {}
    for row in store.select("SELECT ?under ?class WHERE { ?under rdfs:subClassOf+ ?class }"):
        under.setdefault(row["class"].value, set()).add(row["under"].value)
    checks = list(compile_shapes(load_shapes(shapes), {name: frozenset(names) for name, names in under.items()}))
    asked = doubts(lines, checks) if screened else dict.fromkeys(range(len(checks)))
    found = set()
    for i, nodes in asked.items():
        check = checks[i]
        for row in store.select(check.query if nodes is None else check.query_about(nodes)):
            path = row["path"].value if "path" in row else check.shape.path.value if check.shape.path else ""
            term = row.get("value")
            value = "" if term is None else "_:" if term.kind == "bnode" else term.n3()
            focus = "_:" if row["this"].kind == "bnode" else row["this"].value
            shape = check.shape
            found.add(Verdict(focus, shape.node.value, check.component, shape.severity, path, value))
    return found


def doubts(lines: Iterable[str], checks: Sequence[Check]) -> dict[int, frozenset[str] | None]:
    """What a screen says that has seen sorted N-Triples."""
    screen = Screen(checks)
    for subject, said in subjects(f"{line[:-1]}<urn:graph> ." for line in lines):
        screen.subject(subject, said)
    return screen.doubts()


def theirs(lines: Iterable[str], shapes: Path | None = None) -> set[Verdict]:
    """What pySHACL says."""
    data = rdflib.Graph().parse(data="".join(f"{line}\n" for line in lines), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(shapes or shapes_file()))
    assert isinstance(report, rdflib.Graph)
    sh = rdflib.Namespace(SH)
    found = set()
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        said = {name: report.value(result, sh[name]) for name in _PARTS}
        focus, shape, component, severity, path = (str(said[name] or "") for name in _PARTS[:5])
        component = component if component.startswith(SH) else ""
        value = said["value"]
        text = "" if value is None else _term(value)
        if component.endswith("SPARQLConstraintComponent") and value == said["focusNode"]:
            text = ""  # where the query binds no value, SHACL has the node instead
        focus = "_:" if isinstance(said["focusNode"], rdflib.BNode) else focus
        found.add(Verdict(focus, shape, component, severity, path, text))
    return found


def _term(value: rdflib.term.Node) -> str:
    if isinstance(value, rdflib.BNode):
        return "_:"
    if not isinstance(value, rdflib.Literal):
        return iri(str(value))
    datatype = "" if value.datatype in (None, rdflib.XSD.string) else str(value.datatype)
    return Term("literal", str(value), datatype, value.language or "").n3()


_PARTS = ("focusNode", "sourceShape", "sourceConstraintComponent", "resultSeverity", "resultPath", "value")


def remember_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib prepare each query once and not for every node, as its own ``prepareQuery`` does: the same answers in
    a tenth of the time."""
    prepare = lru_cache(maxsize=None)(lambda query: translateQuery(parseQuery(query)))
    answer = processor.SPARQLProcessor.query

    def query(self, text, bindings=None, names=None, base=None, debug=False):  # type: ignore[no-untyped-def]
        return answer(self, prepare(text), bindings, names, base, debug)

    monkeypatch.setattr(processor.SPARQLProcessor, "query", query)
