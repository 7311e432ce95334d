"""What a query gives to a Python program: rows of plain values, a truth, or triples."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final, TypeAlias, overload

from kg.errors import MissingExtraError, QueryError
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas
    import rdflib

    from kg.store import Result
    from kg.triples.text import Term

__all__ = ["Answer", "Row", "Value", "html_table"]

Value: TypeAlias = str | int | float | bool | None
"""Numbers and truths as Python's; all else is text, dates too: many are months or years, and ISO dates sort as they
are. None: the document does not say."""

Row: TypeAlias = dict[str, Value]

_SHOWN: Final = 20
_CELL: Final = 120
_XSD: Final = PREFIXES["xsd"]
_WHOLE: Final = (
    *("integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger", "long", "int"),
    *("short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
_READ: Final[Mapping[str, Callable[[str], Value]]] = {
    **{f"{_XSD}{name}": int for name in _WHOLE},
    **{f"{_XSD}{name}": float for name in ("decimal", "double", "float")},
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
}


class Answer(Sequence[Row]):
    """The answer to a query: a sequence of rows, each a dictionary with every column.

    >>> [row["holder"] for row in graph.query("mandates")]                # doctest: +SKIP

    ``columns``: their names in order. An ASK query has no rows but a ``truth``; CONSTRUCT and DESCRIBE have ``triples``
    (N-Triples lines, sorted) and `to_rdf`. An answer is true where it has a row or a triple, or where ASK says yes.
    """

    __slots__ = ("_rows", "columns", "kind", "triples", "truth")

    def __init__(self, result: Result) -> None:
        self.kind = result.kind
        self.columns: tuple[str, ...] = result.variables
        self.truth: bool | None = result.truth if result.kind == "ask" else None
        self.triples: tuple[str, ...] = result.triples
        self._rows: tuple[Row, ...] = tuple(
            {name: _value(row.get(name)) for name in result.variables} for row in result.rows
        )

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __bool__(self) -> bool:
        return bool(self._rows or self.triples or self.truth)

    def __repr__(self) -> str:
        if self.kind == "ask":
            return f"<Answer: {str(self.truth).lower()}>"
        if self.kind == "construct":
            return f"<Answer: {len(self.triples)} triples>"
        return f"<Answer: {len(self)} rows of {', '.join(self.columns)}>"

    def column(self, name: str) -> list[Value]:
        """The values of one column, row by row. Raises `QueryError` for one that is not there."""
        if name not in self.columns:
            raise QueryError(f"no column {name!r}", remedy=f"there are {', '.join(self.columns) or 'none'}")
        return [row[name] for row in self._rows]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a DataFrame, with the columns in order; what is not said is missing, and whole numbers stay whole
        beside it. Raises `MissingExtraError` where pandas is not installed."""
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError("pandas is not installed", remedy="pip install pandas") from error
        return pd.DataFrame.from_records(list(self._rows), columns=list(self.columns)).convert_dtypes()

    def to_rdf(self) -> rdflib.Graph:
        """What CONSTRUCT or DESCRIBE gave, as an rdflib graph; empty for other queries."""
        import rdflib

        return rdflib.Graph().parse(data="\n".join(self.triples), format="nt")

    def _repr_html_(self) -> str:
        if self.kind == "ask":
            return f"<p>{str(self.truth).lower()}</p>"
        if self.kind == "construct":
            return html_table(("triple",), [(line,) for line in self.triples])
        return html_table(self.columns, [tuple(row.values()) for row in self._rows])


def _value(term: Term | None) -> Value:
    if term is None:
        return None
    try:
        return _READ[term.datatype](term.value) if term.datatype in _READ else term.value
    except ValueError:
        return term.value  # "twelve"^^xsd:integer: a graph of somebody else


def html_table(head: Sequence[str], rows: Sequence[Sequence[Any]], *, shown: int = _SHOWN) -> str:
    """A table for notebooks: the first rows, long cells cut off, every character of a value as text."""
    lines = ["<table>", f"<thead><tr>{''.join(f'<th>{escape(name)}</th>' for name in head)}</tr></thead>", "<tbody>"]
    lines += [f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>" for row in rows[:shown]]
    lines += ["</tbody>", "</table>"]
    if len(rows) > shown:
        lines.append(f"<p>… {len(rows) - shown} more rows</p>")
    return "\n".join(lines)


def _cell(value: Any) -> str:
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return escape(text if len(text) <= _CELL else f"{text[: _CELL - 1]}…")
