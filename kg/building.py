"""The main job: documents to a graph, in one folder that is whole or not there.

    DIR/graph.ttl    all triples, Turtle
    DIR/graph.nq     N-Quads, one named graph a source document
    DIR/void.ttl     what the two hold, for catalogues: VoID statistics, DCAT distributions
    DIR/graph.html   the picture, one file that opens with no network
    DIR/report.json  what became of every input; the run's time and machine stand here and nowhere else
    DIR/store/       the embedded store
    DIR/ledger/      what was read in every input (`kg.ledger`): `kg.change` needs no more to change the graph

The folder is written beside its place and moved there at the end, so a build that is killed leaves what stood there;
and it leaves the parts of the reading that are finished (`kg.parts`), so that the next one goes on from there.
Graph files depend on the documents' bytes and on the settings only: not on clock, locale, hash seed or order of inputs.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import time
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.config import DEFAULT, Config
from kg.errors import InputError, KgError, MissingExtraError
from kg.export.html import export_html
from kg.folder import replaced
from kg.gazetteer import load_gazetteer
from kg.inputs import find_inputs
from kg.intake import skipped
from kg.ledger import (
    JUDGEMENTS,
    LEDGER,
    Entry,
    Head,
    Ledger,
    Record,
    Skipped,
    accepted,
    maker,
    merge,
    model_facts,
    model_hash,
    write_ledger,
)
from kg.link.identity import name_uses, resolve
from kg.link.judgements import read_judgements
from kg.parts import Task, Work, deal, engine_of, read_parts
from kg.pipeline import MODEL
from kg.report import Report
from kg.store import build_store, open_graph
from kg.triples import (
    LineSorter,
    authority_quads,
    document_graph,
    identity_quads,
    read_lines,
    triples,
    turtle,
)
from kg.triples.description import description
from kg.validate import validate_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language

    from kg.inputs import Columns
    from kg.link.identity import NameUse
    from kg.parts import Engine

__all__ = [
    "FILES",
    "build_graph",
    "nothing_read",
    "pipeline_facts",
    "run_facts",
    "write_graph",
    "write_report",
]

FILES = ("graph.ttl", "graph.nq", "void.ttl", "graph.html", "report.json", "store", LEDGER)
"""What a build writes."""

_LIBRARIES = ("networkx", "opencc", "pyoxigraph", "pyvis", "rdflib", "spacy", "spacy-pkuseg")


def build_graph(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    config: Config = DEFAULT,
    encoding: str | None = None,
    columns: Columns | None = None,
    judgements: Path | None = None,
    validate: bool = True,
    engine: Engine | None = None,
    resume: bool = True,
    nlp: Language | None = None,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
    tally: Callable[[int], None] = lambda _characters: None,
) -> Report:
    """Build the graph of the documents under ``paths`` in the folder ``out``.

    ``encoding`` is that of all documents (found by itself where None); ``columns`` says which column
    of tables holds the text; ``judgements`` a file of who is who
    (`kg.link.judgements`); ``validate``: whether the graph is checked at the end (`kg.validate`); ``engine`` who reads
    (`kg.parts.engine_of`; this process by itself where None, with the pipeline ``nlp`` if it is loaded already); the
    bytes are the same whoever does. ``resume``: parts of a reading of the same that was interrupted are taken up.
    ``progress`` is called before each document with how many are done, how many there are, and its name; ``tally`` with
    numbers of characters as they are read. A graph that stands in ``out`` is replaced, other files there stay.

    Raises `KgError` where no document can be used, `ConfigError` where ``out`` holds something else than a graph; in
    both cases ``out`` stays as it was.
    """
    began = time.perf_counter()
    given = [os.fspath(path) for path in paths]
    if judgements:
        read_judgements(judgements)  # what is wrong with it is said before the work begins
    inputs, errors = find_inputs(given, columns, encoding)
    head = Head(maker(), pipeline_facts(nlp), config)
    task = Task(head, encoding)
    with Work(Path(out), task.key(inputs), resume=resume) as work, replaced(Path(out), FILES) as folder:
        engine = engine or engine_of(nlp=nlp)
        entries = read_parts(task, deal(inputs), work.open(), engine, progress=progress, tally=tally)
        ledger = write_ledger(folder, head, merge(skipped(errors), entries))
        if judgements:
            shutil.copyfile(judgements, ledger.path.parent / JUDGEMENTS)
        if not any(isinstance(entry, Record) for entry in ledger):
            work.clear()
            raise nothing_read("no graph was built", ledger, " ".join(given))
        report = write_graph(folder, ledger, validate=validate)
        write_report(folder, report, run_facts(began, head))
    return report


def nothing_read(what: str, entries: Iterable[Entry], where: str) -> KgError:
    """The error for inputs of which none could be used: ``what`` it ends in, and the reason of each."""
    errors = sorted((entry.error for entry in entries if isinstance(entry, Skipped)), key=str)
    reasons = "; ".join(map(str, errors)) or "no document under these paths"
    missing = any(isinstance(error, MissingExtraError) for error in errors)
    return (MissingExtraError if missing else KgError)(f"{what}: {reasons}", where=where)


def pipeline_facts(nlp: Language | None = None) -> dict[str, Any]:
    """Which trained pipeline it is; None: the shipped one, which need not be loaded for that."""
    if nlp is None:
        return model_facts(MODEL)
    return {"name": nlp.meta["name"], "version": nlp.meta["version"], "sha256": model_hash(nlp.path)}


def write_graph(folder: Path, ledger: Ledger, *, validate: bool = True) -> Report:
    """All files of a graph in ``folder`` but the report, which is returned: a function of ``ledger`` and of the
    judgements beside it. ``validate``: the finished graph is held to its shapes."""
    config = ledger.head.config
    gazetteer = load_gazetteer()
    report = Report()
    uses: list[NameUse] = []
    for found in accepted(ledger):
        if isinstance(found, InputError):
            report.skipped.append(found)
        else:
            report.add(found)
            uses += name_uses(found, gazetteer)
    report.skipped.sort(key=str)
    judgements = ledger.path.parent / JUDGEMENTS
    identities = resolve(uses, read_judgements(judgements) if judgements.exists() else ())
    report.identities = [judgement.as_json() for judgement in identities.judgements]

    quads = folder / "graph.nq"
    with TemporaryDirectory(prefix=".runs-", dir=folder) as aside:
        sorter = LineSorter(Path(aside), config.sort_bytes)
        sorter.add(identity_quads(identities, config.base))
        used: set[str] = set()
        for found in accepted(ledger):
            if not isinstance(found, InputError):
                graph = document_graph(found, identities, gazetteer, config.base)
                sorter.add(graph.lines)
                used |= graph.used
        sorter.add(authority_quads(used, gazetteer, config.base))
        sorter.write(quads)
    with (folder / "graph.ttl").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(turtle(read_lines(quads), config.base))
    dumps = {name: folder / name for name in ("graph.ttl", "graph.nq")}
    (folder / "void.ttl").write_bytes(description(read_lines(quads), dumps, config.base).encode("utf-8"))
    build_store(quads, folder / "store")
    export_html(open_graph(folder, config.base), folder / "graph.html")
    report.triples = sum(1 for _ in triples(read_lines(quads)))
    report.validation = validate_graph(folder, config.base) if validate else None
    return report


def write_report(folder: Path, report: Report, run: dict[str, Any]) -> None:
    """``report.json``; ``run`` as `run_facts` gives it."""
    report.run = run
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
    (folder / "report.json").write_text(f"{text}\n", encoding="utf-8")


def run_facts(began: float, head: Head) -> dict[str, Any]:
    """What a report says of the run: nothing of it is in the graph. ``began``: `time.perf_counter` at its start."""
    seconds = time.perf_counter() - began
    return {
        "started": (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "kg": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: metadata.version(name) for name in _LIBRARIES},
        "pipeline": head.pipeline,
        "config": head.config.as_json(),
    }
