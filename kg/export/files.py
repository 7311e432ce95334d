"""A graph as files, by their endings: RDF syntaxes, graph files, tables, the page, a calendar, citations.

A file is written beside its place and moved there when it is whole. The same graph gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.export import citations, gephi, ics, rdf, tables
from kg.folder import replaced_file
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.export.tables import Table
    from kg.store import Store

__all__ = ["ENDINGS", "export_files"]


@dataclass(frozen=True, slots=True)
class _Options:
    base: str
    excel: bool
    asof: str | None
    all_terms: bool
    remark: Callable[[str], None]


def export_files(
    store: Store,
    target: str,
    *,
    base: str = BASE,
    excel: bool = False,
    asof: str | None = None,
    all_terms: bool = False,
    remark: Callable[[str], None] = lambda _: None,
) -> None:
    """Write ``store`` to ``target``: a file by its ending (`ENDINGS`), or a folder of tables where it ends in ``/``.

    ``base``: where things live, for short names. ``excel``: CSV tables with a byte order mark, and with an apostrophe
    before what a spreadsheet would run as a formula. ``asof``, ``all_terms``: of a calendar (`kg.export.ics`).
    ``remark`` is told what is left out. Raises `ConfigError` for an ending that is not known and for options that are
    not for it, `MissingExtraError` where what writes it is not installed, `GraphError` for what it cannot hold.
    """
    path = Path(target)
    lower = target.lower().rstrip("/\\")
    # the longest: .footnotes.txt is more than .txt
    ending = max((e for e in ENDINGS if lower.endswith(e)), key=len, default=path.suffix.lower())
    options = _Options(base, excel, asof, all_terms, remark)
    if ending != ".ics" and (asof or all_terms):
        raise ConfigError(
            f"{'--asof' if asof else '--all-terms'} is for calendars", where=target, remedy="end it in .ics"
        )
    if target.endswith(("/", "\\")):
        if path.exists() and not path.is_dir():
            raise ConfigError("is a file; a folder of tables cannot stand there", where=target)
        suffix = ".parquet" if ending == ".parquet" else ".csv"
        for name, table in tables.tables(store).items():
            _write(path / f"{name}{suffix}", _TABLES[suffix](table, options))
        return
    if path.is_dir():
        raise ConfigError("is a folder", where=target, remedy="end it in / for a folder of tables, or name a file")
    if ending not in _WRITERS:
        raise ConfigError(
            f"nothing is written to {ending or 'a file without ending'}",
            where=target,
            remedy=f"end it in {', '.join(ENDINGS)} or /",
        )
    _write(path, _WRITERS[ending](store, options))


def _write(path: Path, content: str | bytes) -> None:
    with replaced_file(path) as fresh:
        fresh.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def _html(store: Store, _options: _Options) -> str:
    from kg.export.html import LIMIT, render
    from kg.export.network import build_network

    return render(build_network(store.rows, LIMIT))


def _ics(store: Store, options: _Options) -> str:
    calendar = ics.make_calendar(store.select, asof=options.asof, all_terms=options.all_terms)
    for line in calendar.left_out:
        options.remark(line)
    return calendar.text


def _csv(table: Table, options: _Options) -> str:
    text = tables.as_csv(table)
    return tables.for_spreadsheets(text) if options.excel else text


_TABLES: Final[Mapping[str, Callable[[Table, _Options], str | bytes]]] = {
    ".csv": _csv,
    ".parquet": lambda table, _: tables.as_parquet(table),
}
_WRITERS: Final[Mapping[str, Callable[[Store, _Options], str | bytes]]] = {
    ".html": _html,
    ".ttl": lambda store, options: rdf.as_turtle(store, options.base),
    ".nq": lambda store, _: rdf.as_nquads(store),
    ".nt": lambda store, _: rdf.as_ntriples(store),
    ".trig": lambda store, options: rdf.as_trig(store, options.base),
    ".jsonld": lambda store, options: rdf.as_jsonld(store, options.base),
    ".rdf": lambda store, options: rdf.as_rdfxml(store, options.base),
    ".graphml": lambda store, _: gephi.as_graphml(store),
    ".gexf": lambda store, _: gephi.as_gexf(store),
    ".csv": lambda store, options: _csv(tables.fact_table(store), options),
    ".parquet": lambda store, _: tables.as_parquet(tables.fact_table(store)),
    ".ics": _ics,
    ".bib": lambda store, _: citations.as_bibtex(store.select),
    ".footnotes.txt": lambda store, _: citations.as_footnotes(store.select),
}
ENDINGS: Final = tuple(_WRITERS)
"""Endings of the files that can be written."""
