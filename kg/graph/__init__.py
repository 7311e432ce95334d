"""The library's front room: a graph as one object, made by `build` or opened by `load`.

    >>> graph = build("seeds", "out")                                     # doctest: +SKIP
    >>> graph.query("chairs", state="VNM").to_pandas()                    # doctest: +SKIP
    >>> graph.query("SELECT ?s WHERE { ?s a sc:Resolution }")             # doctest: +SKIP
    >>> load("out").timeline("UNFICYP")                                   # doctest: +SKIP

It adds nothing to what the rooms below do; it puts their doors in one place.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import weakref
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.config import DEFAULT, Config
from kg.endpoint import Endpoint, is_url
from kg.errors import GraphError
from kg.graph.answer import Answer, Row, Value, html_table
from kg.ledger import Ledger
from kg.queries import fill_query, get_query
from kg.queries.questions import get_question, is_question
from kg.store import Result, Store, open_graph
from kg.vocabulary import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import networkx as nx
    import rdflib
    from spacy.language import Language

    from kg.inputs import Columns
    from kg.timeline import Timeline
    from kg.triples.text import Term
    from kg.validate import Validation
    from kg.verify import Verified

__all__ = ["Answer", "Graph", "Row", "Value", "base_of", "build", "load"]

_NAME: Final = re.compile(r"[\w-]+")
_COUNTS: Final = """
SELECT ?class (COUNT(DISTINCT ?fact) AS ?facts) WHERE {
  ?fact a ?class ; sc:modality ?modality . FILTER (?class != sc:Statement)
} GROUP BY ?class ORDER BY ?class"""
_DOCUMENTS: Final = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a sc:SourceDocument }"
_TRIPLES: Final = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"


class Graph:
    """A graph that can be asked. Made by `build` or `load`.

    ``source``: the folder, file or URL. ``base``: where its things live (``id/...`` under it).
    """

    def __init__(self, asked: Store | Endpoint, source: str, base: str) -> None:
        self._asked = asked
        self.source = source
        self.base = base
        # one line, so that the lines that an endpoint counts are those of the query
        self._heading = "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes(base).items())

    def query(self, query: str | os.PathLike[str], /, **parameters: object) -> Answer:
        """Ask the graph.

        ``query``: a name of the library (``chairs``), one of the 25 questions (``q16``), a path that ends in ``.rq``,
        or SPARQL 1.1, in which the prefixes of the graph need no declaration. ``parameters``: those of the query
        (``asof="2020-06-01", days=60``); in SPARQL of your own they fill ``VALUES ?name { ... }``.

        Raises `QueryError`: no such query, a parameter that is missing, unknown or does not fit, SPARQL that does not
        parse or is refused (updates, SERVICE, LOAD, files); `GraphError`: an endpoint that does not answer.
        """
        values = {name: str(value) for name, value in parameters.items() if value is not None}
        text = os.fspath(query)
        if isinstance(query, os.PathLike) or text.endswith(".rq"):
            text = Path(query).read_text("utf-8-sig")
        if _NAME.fullmatch(text):
            named = get_question(text) if is_question(text) else get_query(text)
            return Answer(self._ask(named.sparql(values, self.base)))
        return Answer(self._ask(fill_query(text, values, self.base)))

    def _ask(self, sparql: str) -> Result:
        return self._asked.query(sparql if isinstance(self._asked, Store) else self._heading + sparql)

    def _select(self, sparql: str) -> Iterable[dict[str, Term]]:
        return self._ask(sparql).rows

    def evidence(self, fact: str) -> Answer:
        """The sentences that state a fact (the column ``fact`` of the library's queries): document, page, offsets,
        quote, rule, confidence."""
        return self.query("evidence", fact=fact)

    def facts(self) -> Answer:
        """All facts, a row a quote: ``document type fact modality date quote page start end rule confidence``."""
        from kg.export.tables import FACTS

        return Answer(self._ask(FACTS))

    def timeline(self, holder: str | None = None, *, asof: str | None = None) -> list[Timeline]:
        """Mandates in time (`kg.timeline`): of all, or of the ``holder`` with that acronym or slug. ``asof``: an ISO
        day; what was decided later is left out."""
        from kg.timeline import timelines

        return timelines(self._select, holder=holder, asof=asof)

    def counts(self) -> dict[str, int]:
        """How many facts of each type there are, by the name of their class."""
        rows = self._select(_COUNTS)
        return {row["class"].value.rpartition("#")[2]: int(row["facts"].value) for row in rows}

    def __len__(self) -> int:
        """Number of triples, each once."""
        if isinstance(self._asked, Store):
            return self._triples
        return self._number(_TRIPLES)

    @cached_property
    def _triples(self) -> int:
        return len(self.store)

    def __bool__(self) -> bool:
        return True  # without it `if graph:` would count

    def _number(self, sparql: str) -> int:
        return int(next(iter(self._select(sparql)))["n"].value)

    @property
    def store(self) -> Store:
        """The store that holds the graph. Raises `GraphError` for a graph behind a URL."""
        if isinstance(self._asked, Store):
            return self._asked
        raise GraphError("is behind a URL: this needs the graph itself", where=self.source, remedy="load its folder")

    @property
    def dataset(self) -> rdflib.Dataset:
        """The graph as an rdflib `Dataset` (`kg.store.rdf`): all triples in the default graph, those of each document
        in a graph of its own. Raises `GraphError` for a graph behind a URL."""
        from kg.store.rdf import as_dataset

        return as_dataset(self.store)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Things and what facts say of two of them, as in the picture.

        A node is a string like ``state/VNM`` with ``iri type label en start end``; an edge has ``relation``,
        ``planned``, ``date start end`` and ``facts``. Values are strings and truths; dates are ISO days.
        """
        from kg.export.flat import flat_network

        network = flat_network(self._select)
        del network.graph["spells"]
        for node, values in network.nodes(data=True):
            values["iri"] = f"{self.base}id/{node}"
        return network

    def export(self, path: str | os.PathLike[str], *, excel: bool = False, asof: str | None = None) -> None:
        """Write a file by its ending (``.html .ttl .graphml .gexf .csv .ics .bib`` and more), or a folder of tables
        where ``path`` ends in ``/``. Options and errors as `kg.export.files.export_files`; `GraphError` behind
        a URL."""
        from kg.export.files import export_files

        export_files(self.store, os.fspath(path), base=self.base, excel=excel, asof=asof)

    def validate(self) -> Validation:
        """Hold the graph to its shapes, and its sources to each other (`kg.validate`)."""
        from kg.validate import validate_graph

        _ = self.store  # says so where there is none
        return validate_graph(self.source, self.base)

    def verify(self, paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> Verified:
        """Open the sources under ``paths`` and compare every quote, character by character (`kg.verify`)."""
        from kg.verify import verify_graph

        return verify_graph(self.store, _listed(paths))

    @cached_property
    def report(self) -> dict[str, Any] | None:
        """``report.json`` of a built folder: what became of every input. None for a file or a URL."""
        return _report(self.source)

    def __repr__(self) -> str:
        if not isinstance(self._asked, Store):
            return f"<Graph {self.source}>"
        return f"<Graph {self.source}: {', '.join(self._told())}>"

    def _told(self) -> list[str]:
        skipped = len(self.report["skipped"]) if self.report else 0
        return [
            f"{self._number(_DOCUMENTS)} documents",
            f"{sum(self.counts().values())} facts",
            f"{len(self)} triples",
            *([f"{skipped} inputs skipped"] if skipped else []),
        ]

    def _repr_html_(self) -> str:
        if not isinstance(self._asked, Store):
            return f"<p><strong>Graph</strong> {escape(self.source)}</p>"
        told = f"<p><strong>Graph</strong> {escape(self.source)}: {escape(', '.join(self._told()))}</p>"
        return f"{told}\n{html_table(('type', 'facts'), list(self.counts().items()))}"


def load(graph: str | os.PathLike[str], *, base: str | None = None) -> Graph:
    """The graph at ``graph``: a built folder (opened at once, read only), a file (``.ttl .nq .nt .trig .jsonld .rdf``),
    or the URL of a SPARQL endpoint, which is not asked before you ask it.

    ``base``: where its things live, where the folder does not say. Raises `GraphError`: nothing there, no graph in it,
    or a file that does not parse.
    """
    source = os.fspath(graph)
    base = base or base_of(source)
    return Graph(Endpoint(source) if is_url(source) else open_graph(source, base), source, base)


def build(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str] | None = None,
    *,
    config: Config = DEFAULT,
    encoding: str | None = None,
    columns: Columns | None = None,
    judgements: str | os.PathLike[str] | None = None,
    review: str | os.PathLike[str] | None = None,
    validate: bool = True,
    jobs: int = 1,
    nlp: Language | None = None,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
) -> Graph:
    """Build the graph of documents (files, folders, or a list of them) in the folder ``out``, and open it.

    ``out`` None: a temporary folder that goes when the graph object does. ``jobs``: processes, 0 for as many as there
    are cores; the bytes are the same. The rest, and the errors, as `kg.building.build_graph`. What became of every
    input stands in `Graph.report`.
    """
    from kg.building import build_graph
    from kg.parts import engine_of

    folder = tempfile.mkdtemp(prefix="kg-") if out is None else os.fspath(out)
    try:
        build_graph(
            _listed(paths),
            folder,
            config=config,
            encoding=encoding,
            columns=columns,
            judgements=Path(judgements) if judgements is not None else None,
            review=Path(review) if review is not None else None,
            validate=validate,
            engine=engine_of(jobs=jobs, nlp=nlp),
            jobs=jobs,
            nlp=nlp,
            progress=progress,
        )
        graph = load(folder)
    except BaseException:
        if out is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    if out is None:
        weakref.finalize(graph, shutil.rmtree, folder, ignore_errors=True)
    return graph


def base_of(graph: str | os.PathLike[str]) -> str:
    """Where the things of a graph live; the default for a file, a URL, or a folder that does not say."""
    try:
        # the ledger's first line: a report is as long as the inputs are many
        return Ledger(Path(graph)).head.config.base
    except (GraphError, OSError):
        pass
    try:
        return str((_report(graph) or {})["run"]["config"]["base"])
    except (KeyError, TypeError):
        return DEFAULT.base


def _report(graph: str | os.PathLike[str]) -> dict[str, Any] | None:
    try:
        found = json.loads((Path(graph) / "report.json").read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _listed(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[str | os.PathLike[str]]:
    return [paths] if isinstance(paths, str | os.PathLike) else list(paths)
