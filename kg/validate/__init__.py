"""Does a graph keep the shapes of ``ontology/shapes.ttl``, and do its sources agree with each other?

    found = validate_graph("out")
    for finding in found.findings:
        print(finding.severity, finding.en, [said.quote for said in finding.says])

The shapes are compiled to SPARQL for our store (`kg.validate.compiler`); the verdicts are those of any SHACL processor.
What shapes cannot say well stands beside them: `kg.validate.disagreements`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.store import open_graph
from kg.triples.blocks import read_blocks, subjects
from kg.validate.compiler import Check, compile_shapes
from kg.validate.disagreements import COMPARISONS, find_disagreements, numbers_out_of_order
from kg.validate.findings import CONFLICT, SEVERITIES, VIOLATION, WARNING, Finding, Said, quotes_of
from kg.validate.screen import Screen
from kg.validate.shapes import SH, SHAPES, load_shapes
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.store import Store
    from kg.triples.text import Term

__all__ = ["Finding", "Said", "Screen", "Validation", "new_screen", "validate", "validate_graph"]

_NAMES: Final = {SH + "Violation": VIOLATION, SHAPES + "Conflict": CONFLICT, SH + "Warning": WARNING}
_IN_MEMORY: Final = 32 * 1024 * 1024
"""Bytes of N-Quads up to which a built graph is loaded and asked everything."""

_QUOTES: Final = 6
"""Words given for a finding at most; for a conflict all."""

_UNDER = "SELECT ?under ?class WHERE { ?under rdfs:subClassOf+ ?class }"


@dataclass(frozen=True)
class Validation:
    """What was found, sorted; how many rules (constraints of shapes, comparisons of sources) and triples there are."""

    findings: tuple[Finding, ...] = ()
    rules: int = 0
    triples: int = 0

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)

    def failed(self, *, strict: bool = False) -> bool:
        """Whether something is wrong; ``strict``: whether anything was found at all."""
        return any(strict or finding.severity != WARNING for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        return {
            "rules": self.rules,
            "triples": self.triples,
            "totals": {severity: self.count(severity) for severity in SEVERITIES},
            "findings": [finding.as_json() for finding in self.findings],
        }

    def summary(self) -> str:
        told = [f"{n} {severity}{'s' if n > 1 else ''}" for severity in SEVERITIES if (n := self.count(severity))]
        return f"{self.rules} rules on {self.triples} triples: {', '.join(told) or 'nothing found'}"


def validate_graph(path: str | Path, base: str = BASE, screen: Screen | None = None) -> Validation:
    """Check the graph at ``path``, a built folder or a file. Raises `GraphError` where there is none.

    ``screen``: what looked at all subjects of a built folder's graph while it was written; a large graph that comes
    without is looked at first.
    """
    quads, store = Path(path) / "graph.nq", Path(path) / "store"
    if screen is None and quads.is_file():
        if quads.stat().st_size < _IN_MEMORY or not store.is_dir():
            return validate(open_graph(quads, base))
        screen = new_screen()
        for subject, said in subjects(map(bytes.decode, read_blocks(quads))):
            screen.subject(subject, said)
    return validate(open_graph(path, base), screen)


def new_screen() -> Screen:
    """A screen that has seen nothing."""
    return Screen(tuple(compile_shapes(load_shapes(), {})))


def validate(store: Store, screen: Screen | None = None) -> Validation:
    """Check a graph. ``screen``, where there is one, has seen all of it; only what it leaves in doubt is asked."""
    checks = tuple(compile_shapes(load_shapes(), _classes_under(store)))
    doubts = screen.doubts() if screen else dict.fromkeys(range(len(checks)))
    asked = [
        (checks[i], checks[i].query if nodes is None else checks[i].query_about(nodes))
        for i, nodes in sorted(doubts.items())
    ]
    found = {*_results(store, asked), *find_disagreements(store), *numbers_out_of_order(store)}
    ordered = tuple(sorted(found, key=Finding.order))
    return Validation(ordered, len(checks) + len(COMPARISONS) + 1, screen.triples if screen else len(store))


def _classes_under(store: Store) -> Mapping[str, frozenset[str]]:
    under: defaultdict[str, set[str]] = defaultdict(set)
    for row in store.select(_UNDER):
        under[row["class"].value].add(row["under"].value)
    return {name: frozenset(names) for name, names in under.items()}


def _results(store: Store, asked: Iterable[tuple[Check, str]]) -> Iterator[Finding]:
    rows = [(check, row) for check, query in asked for row in store.rows(query)]
    quotes = quotes_of(store, (row[name] for _, row in rows for name in ("this", "value") if name in row))
    for check, row in rows:
        shape = check.shape
        severity = _NAMES.get(shape.severity, VIOLATION)
        focus, value = row["this"], row.get("value")
        said = {*quotes.get(focus.value, ()), *(quotes.get(value.value, ()) if value else ())}
        says = tuple(sorted(said))
        yield Finding(
            severity,
            shape.node.value.removeprefix(SHAPES),
            _words(check.messages, "zh"),
            _words(check.messages, "en"),
            focus,
            value,
            row["path"].value if "path" in row else shape.path.value if shape.path else "",
            check.component,
            says if severity == CONFLICT else says[:_QUOTES],
        )


def _words(messages: tuple[Term, ...], language: str) -> str:
    return next((message.value for message in messages if message.language == language), "")
