"""A graph as tables: facts with their quotes, nodes, edges, the library's queries; as CSV or as Parquet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.errors import MissingExtraError
from kg.export.flat import flat_network
from kg.queries import load_queries
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.store import Store

__all__ = ["FACTS", "Table", "as_csv", "as_parquet", "fact_table", "for_spreadsheets", "tables"]

FACTS: Final = """
SELECT ?document ?type ?fact ?modality ?date ?quote ?page ?start ?end ?rule ?confidence WHERE {
  ?fact a ?class ; sc:modality/skos:notation ?modality ; sc:evidence ?evidence .
  ?evidence oa:hasSource/dct:identifier ?document ; sc:rule ?rule ; sc:confidence ?confidence ;
    oa:hasSelector ?place , ?words .
  ?place oa:start ?start ; oa:end ?end .
  ?words oa:exact ?quote .
  OPTIONAL { ?evidence sc:page ?page }
  OPTIONAL { ?fact sc:date ?date }
  FILTER (?class != sc:Statement)
  BIND (STRAFTER(STR(?class), "#") AS ?type)
}
ORDER BY ?document ?start ?end ?type ?fact ?rule
"""
"""All facts, a row a quote."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_XSD: Final = PREFIXES["xsd"]
_KINDS: Final = {
    f"{_XSD}integer": "integer",
    f"{_XSD}nonNegativeInteger": "integer",
    f"{_XSD}positiveInteger": "integer",
    f"{_XSD}decimal": "number",
    f"{_XSD}double": "number",
    f"{_XSD}boolean": "boolean",
}
Rows: TypeAlias = "list[tuple[str | None, ...]]"


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text, None where there is none. ``kinds``: ``string integer number boolean``, one a column; dates are
    strings, as many of them are months or years."""

    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: Rows


def fact_table(store: Store) -> Table:
    """All facts, a row a quote."""
    return _answer(store, FACTS)


def tables(store: Store) -> dict[str, Table]:
    """Tables by name: facts with their quotes, nodes, edges, and each query of the library that needs no parameter."""
    found = {"facts": fact_table(store)}
    for name, query in load_queries().items():
        if not any(parameter.required for parameter in query.parameters):
            found[name] = _answer(store, query.sparql())
    network = flat_network(store.select)
    found["nodes"] = _attributes(("id",), [((node,), data) for node, data in network.nodes(data=True)])
    found["edges"] = _attributes(("source", "target"), [((a, b), data) for a, b, data in network.edges(data=True)])
    return found


def _answer(store: Store, sparql: str) -> Table:
    answer = store.query(sparql)
    rows: Rows = [tuple(row[name].value if name in row else None for name in answer.variables) for row in answer.rows]
    kinds = []
    for name in answer.variables:
        seen = {_KINDS.get(row[name].datatype, "string") for row in answer.rows if name in row}
        kinds.append(seen.pop() if len(seen) == 1 else "string")
    return Table(tuple(answer.variables), tuple(kinds), rows)


def _attributes(head: tuple[str, ...], things: Iterable[tuple[tuple[str, ...], Mapping[str, str | bool]]]) -> Table:
    found = list(things)
    names = sorted({name for _, data in found for name in data})
    truths = {name for _, data in found for name, value in data.items() if isinstance(value, bool)}
    rows: Rows = [(*keys, *(_cell(data.get(name)) for name in names)) for keys, data in found]
    kinds = ("boolean" if name in truths else "string" for name in names)
    return Table((*head, *names), (*("string" for _ in head), *kinds), rows)


def _cell(value: str | bool | None) -> str | None:
    return str(value).lower() if isinstance(value, bool) else value


def as_csv(table: Table) -> str:
    """RFC 4180, as SPARQL 1.1 CSV has it: lines that end in CR LF, nothing for a cell without a value."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        if len(row) == 1 and not row[0]:
            out.write("\r\n")  # the csv module would quote the lone empty cell
        else:
            writer.writerow(row)
    return out.getvalue()


def for_spreadsheets(text: str) -> str:
    """CSV with a byte order mark, and with an apostrophe before what a spreadsheet would run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return f"\ufeff{out.getvalue()}"


_READ: Final[dict[str, Callable[[str], Any]]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": lambda text: text in ("true", "1"),
}


def _columns(table: Table) -> list[list[str | None]]:
    return [[row[at] for row in table.rows] for at in range(len(table.columns))]


def as_parquet(table: Table) -> bytes:
    """Parquet, with whole numbers as int64, others as double. Raises `MissingExtraError` where pyarrow is missing."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError(
            "Parquet: its writer, pyarrow, is not installed", remedy="pip install 'unsc-kg[parquet]'"
        ) from error
    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    columns = [
        pa.array([None if cell is None else _READ[kind](cell) for cell in column], types[kind])
        for kind, column in zip(table.kinds, _columns(table), strict=True)
    ]
    out = io.BytesIO()
    pq.write_table(pa.table(columns, names=list(table.columns)), out)
    return out.getvalue()
