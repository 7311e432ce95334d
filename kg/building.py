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

import os
import platform
import time
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from kg import __version__
from kg.beside import Beside, cores, growing
from kg.config import DEFAULT, Config
from kg.errors import InputError, KgError, MissingExtraError
from kg.export.choice import Tally
from kg.export.html import LIMIT, export_html
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
from kg.lines import graph_lines
from kg.link.identity import name_uses, resolve
from kg.link.judgements import Log, read_log
from kg.parts import Task, Work, deal, engine_of, read_parts
from kg.pipeline import MODEL
from kg.report import Report
from kg.review import Replay, kept_log
from kg.store import build_store, open_graph
from kg.triples import write_quads, write_turtle
from kg.triples.description import description
from kg.validate import new_screen, validate_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.language import Language

    from kg.export.choice import Choice
    from kg.inputs import Columns
    from kg.link.identity import NameUse
    from kg.parts import Engine
    from kg.triples import Slicer
    from kg.triples.description import Counts
    from kg.triples.dumps import Watch

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

_IN_MEMORY: Final = 192 * 1024 * 1024
"""Bytes of N-Quads of which a picture is made in memory, while the store is loaded; that takes three times as many."""

_LIBRARIES = ("networkx", "opencc", "pyoxigraph", "pyvis", "rdflib", "spacy", "spacy-pkuseg")


def build_graph(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    config: Config = DEFAULT,
    encoding: str | None = None,
    columns: Columns | None = None,
    judgements: Path | None = None,
    review: Path | None = None,
    validate: bool = True,
    engine: Engine | None = None,
    resume: bool = True,
    jobs: int = 1,
    nlp: Language | None = None,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
    tally: Callable[[int], None] = lambda _characters: None,
) -> Report:
    """Build the graph of the documents under ``paths`` in the folder ``out``.

    ``encoding`` is that of all documents (found by itself where None); ``columns`` says which column
    of tables holds the text; ``judgements`` a file of who is who (`kg.link.judgements`); ``review`` one of decisions on
    facts and links (`kg.review`); ``validate``: whether the graph is checked at the end (`kg.validate`); ``engine`` who
    reads (`kg.parts.engine_of`; this process by itself where None, with the pipeline ``nlp`` if it is loaded already);
    the bytes are the same whoever does. ``resume``: parts of a reading of the same that was interrupted are taken up.
    ``jobs``: processes that write a large graph once its documents are read (0: as many as there are cores).
    ``progress`` is called before each document with how many are done, how many there are, and its name; ``tally`` with
    numbers of characters as they are read. A graph that stands in ``out`` is replaced, other files there stay.

    Raises `KgError` where no document can be used, `ConfigError` where ``out`` holds something else than a graph; in
    both cases ``out`` stays as it was.
    """
    began = time.perf_counter()
    given = [os.fspath(path) for path in paths]
    kept = kept_log(judgements, review)  # what is wrong with it is said before the work begins
    inputs, errors = find_inputs(given, columns, encoding)
    head = Head(maker(), pipeline_facts(nlp), config)
    task = Task(head, encoding)
    with Work(Path(out), task.key(inputs), resume=resume) as work, replaced(Path(out), FILES) as folder:
        engine = engine or engine_of(nlp=nlp)
        entries = read_parts(task, deal(inputs), work.open(), engine, progress=progress, tally=tally)
        ledger = write_ledger(folder, head, merge(skipped(errors), entries))
        if kept is not None:
            (ledger.path.parent / JUDGEMENTS).write_bytes(kept)
        if not any(isinstance(entry, Record) for entry in ledger):
            work.clear()
            raise nothing_read("no graph was built", ledger, " ".join(given))
        report = write_graph(folder, ledger, validate=validate, jobs=jobs or cores())
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


def write_graph(folder: Path, ledger: Ledger, *, validate: bool = True, jobs: int = 1) -> Report:
    """All files of a graph in ``folder`` but the report, which is returned: a function of ``ledger`` and of the
    judgements beside it. ``validate``: the finished graph is held to its shapes. ``jobs``: so many processes, where the
    graph is large; else this one does it all."""
    base = ledger.head.config.base
    report = Report()
    refused: list[int] = []
    log = _log(ledger)
    replay = Replay(log)
    identities = resolve(_uses(ledger, replay, report, refused), log.people)
    report.review = replay.report(identities)
    report.skipped.sort(key=str)
    report.identities = identities.judgements

    quads = folder / "graph.nq"
    screen = new_screen() if validate else None
    tally = Tally()
    watches = [tally.subject, *([screen.subject] if screen else [])]
    with TemporaryDirectory(prefix=".runs-", dir=folder) as aside, Beside() as beside:
        slicer = graph_lines(Path(aside), ledger, frozenset(refused), identities, log, jobs)
        del identities
        written = Path(aside, "written")
        store = None
        if jobs > 1 and slicer.bounds is not None:
            quads.touch()
            store = beside.start(_store, folder, written)  # it loads what is there already
        counts = _files(folder, slicer, base, watches)
        written.touch()
        _describe(folder, counts, base)
        choice = tally.choice(LIMIT)
        del tally, watches  # they know all things of the graph
        picture = None
        if store is None:
            _store(folder)
            _picture(folder, folder, base, choice)
        elif quads.stat().st_size <= _IN_MEMORY:  # the picture need not wait
            picture = beside.start(_picture, folder, quads, base, choice)
            store.result()
        else:
            store.result()
            picture = beside.start(_picture, folder, folder, base, choice)
        report.validation = validate_graph(folder, base, screen) if validate else None
        if picture is not None:
            picture.result()
    report.triples = counts.triples
    return report


def _uses(ledger: Ledger, replay: Replay, report: Report, refused: list[int]) -> Iterator[NameUse]:
    """The names of persons in a ledger as it was reviewed. What becomes of each entry is told to ``report`` on the way,
    the places of those that are not in the graph to ``refused``."""
    gazetteer = load_gazetteer()
    for place, found in enumerate(accepted(ledger)):
        if isinstance(found, InputError):
            report.skipped.append(found)
            refused.append(place)
        else:
            reviewed = replay.of(found).record
            report.add(reviewed)
            yield from name_uses(reviewed, gazetteer)


def _log(ledger: Ledger) -> Log:
    path = ledger.path.parent / JUDGEMENTS
    return read_log(path) if path.exists() else Log()


def _files(folder: Path, slicer: Slicer, base: str, watches: Sequence[Watch]) -> Counts:
    """``graph.nq`` and ``graph.ttl``, slice by slice; ``watches`` see each subject on the way."""
    blocks = write_quads(slicer.slices(), folder / "graph.nq")
    return write_turtle(blocks, folder / "graph.ttl", base, watches)


def _describe(folder: Path, counts: Counts, base: str) -> None:
    dumps = {name: folder / name for name in ("graph.ttl", "graph.nq")}
    (folder / "void.ttl").write_bytes(description(counts, dumps, base).encode("utf-8"))


def _store(folder: Path, written: Path | None = None) -> None:
    """``written``: a file that is there when ``graph.nq`` is whole, where another process is still at it."""
    quads = folder / "graph.nq"
    if written is None:
        build_store(quads, folder / "store")
    else:
        with growing(quads, written.exists) as file:
            build_store(file, folder / "store")


def _picture(folder: Path, graph: Path, base: str, choice: Choice) -> None:
    """Of the built folder, or of its quads where there is no store yet."""
    export_html(open_graph(graph, base, named=False), folder / "graph.html", choice=choice)


def write_report(folder: Path, report: Report, run: dict[str, Any]) -> None:
    """``report.json``; ``run`` as `run_facts` gives it."""
    report.run = run
    with (folder / "report.json").open("w", encoding="utf-8") as file:
        file.writelines(report.pieces())


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
