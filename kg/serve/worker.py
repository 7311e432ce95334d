"""A worker: one process, one query at a time, no way to write.

A line of JSON on standard input is a query (`Job`); the answer on standard output is a line of JSON (`Answer`, of its
body the length) and then the body's bytes.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import GraphError, KgError, QueryError
from kg.export.rdf import as_jsonld, as_ntriples, as_rdfxml, as_turtle
from kg.queries.results import ask_json, ask_xml, select_csv, select_json, select_tsv, select_xml
from kg.store import Store, open_graph
from kg.store.sparql import from_graphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Result

__all__ = ["GRAPHS", "ROWS", "Answer", "Job", "answer", "graph_text", "main"]

ROWS = ("json", "xml", "csv", "tsv")
"""Forms of answers to SELECT and ASK."""

GRAPHS = ("ttl", "nt", "rdf", "jsonld")
"""Forms of answers to CONSTRUCT and DESCRIBE: endings of files."""

_PLACE = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Job:
    """A query. ``rows`` and ``graph``: the forms of the answer, whichever it is. ``default`` and ``named``: the dataset
    of the protocol; without any, that of the query or all. ``seconds``: after these the process ends itself, should
    nobody end it before."""

    sparql: str
    rows: str
    graph: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    most: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """``form``: what the body is, one of `ROWS` or `GRAPHS`; empty for an error, which is ``error``: ``query`` (the
    query is at fault), ``form`` (the answer cannot be written so) or ``failed``. ``count``: rows or triples in it."""

    form: str = ""
    count: int = 0
    cut: bool = False
    error: str = ""
    message: str = ""
    line: int | None = None
    column: int | None = None
    body: bytes = b""


def answer(store: Store, job: Job, base: str) -> Answer:
    """The answer to ``job``; an error is an answer too."""
    try:
        if job.default or job.named:
            asked = store.dataset(job.default, job.named)
        else:
            asked = store
            for graph in from_graphs(job.sparql):
                if not store.holds(graph):
                    raise QueryError(f"FROM <{graph}> is refused: no graph of that name is here, and none is fetched")
        result = asked.query(job.sparql, most=job.most)
    except QueryError as error:
        place = _PLACE.search(error.where or "")
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        return Answer(error="query", message=str(error), line=line, column=column)
    try:
        form, text = _written(result, job, base)
    except GraphError as error:
        return Answer(error="form", message=str(error))
    return Answer(form, len(result.rows) + len(result.triples), result.cut, body=text.encode("utf-8"))


def _written(result: Result, job: Job, base: str) -> tuple[str, str]:
    if result.kind == "construct":
        return job.graph, graph_text(result.triples, job.graph, base)
    if result.kind == "ask":
        plain = f"{str(result.truth).lower()}\n"
        return job.rows, {"json": ask_json, "xml": ask_xml}.get(job.rows, lambda _: plain)(result.truth)
    write = {"json": select_json, "xml": select_xml, "csv": select_csv, "tsv": select_tsv}[job.rows]
    return job.rows, write(result.variables, result.rows)


def graph_text(lines: Iterable[str], form: str, base: str) -> str:
    """Triples in one of `GRAPHS`. Raises `GraphError` for what that cannot hold."""
    store = Store.of(lines, base)
    match form:
        case "nt":
            return as_ntriples(store)
        case "rdf":
            return as_rdfxml(store, base)
        case "jsonld":
            return as_jsonld(store, base)
        case _:
            return as_turtle(store, base)


def main(folder: str, base: str, memory: int) -> None:
    """Answer until standard input ends. ``memory``: MiB that the process may take; 0 is no limit."""
    talk = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing else gets in between
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    try:
        store = open_graph(folder, base)
    except KgError as error:
        _send(talk, Answer(error="failed", message=str(error)))
        return
    if memory and sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory << 20, memory << 20))
    _send(talk, Answer("json"))
    for line in sys.stdin.buffer:
        job = Job(**json.loads(line))
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, job.seconds)  # the system's own end, even when the server has died
        try:
            found = answer(store, job, base)
        except MemoryError:
            found = Answer(error="failed", message="the query needs more memory than it may take")
        _send(talk, found)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _send(talk: BinaryIO, found: Answer) -> None:
    head = asdict(found)
    head["body"] = len(found.body)
    talk.write(json.dumps(head).encode("ascii") + b"\n" + found.body)
    talk.flush()
