"""The main job: documents to a graph, in one folder that is whole or not there.

    DIR/graph.ttl    all triples, Turtle
    DIR/graph.nq     N-Quads, one named graph a source document
    DIR/void.ttl     what the two hold, for catalogues: VoID statistics, DCAT distributions
    DIR/graph.html   the picture, one file that opens with no network
    DIR/report.json  what became of every input; the run's time, versions and settings stand here and nowhere else
    DIR/store/       the embedded store

The folder is written beside its place and moved there at the end, so a build that is killed leaves what stood there.
Graph files depend on the documents' bytes and on the settings only: not on clock, locale, hash seed or order of inputs.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.config import DEFAULT, Config
from kg.errors import InputError, KgError, MissingExtraError
from kg.export.html import export_html
from kg.extract import extract
from kg.folder import replaced
from kg.gazetteer import load_gazetteer
from kg.inputs import find_inputs, one_document, unread_parts
from kg.link.identity import name_uses, resolve
from kg.link.judgements import read_judgements
from kg.pipeline import load_pipeline
from kg.report import Report
from kg.store import build_store, open_graph
from kg.triples import authority_quads, document_graph, identity_quads, sorted_lines, triples, turtle
from kg.triples.description import description
from kg.validate import validate_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language

    from kg.inputs import Columns, Input
    from kg.link.identity import Identities
    from kg.model import Extraction

__all__ = ["FILES", "build_graph"]

FILES = ("graph.ttl", "graph.nq", "void.ttl", "graph.html", "report.json", "store")
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
    nlp: Language | None = None,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
) -> Report:
    """Build the graph of the documents under ``paths`` in the folder ``out``.

    ``encoding`` is that of all documents (found by itself where None); ``columns`` says which column
    of tables holds the text; ``judgements`` a file of who is who
    (`kg.link.judgements`); ``validate``: whether the graph is checked at the end (`kg.validate`); ``nlp`` a pipeline
    already loaded; ``progress`` is called before each document with how many are done, how many there are, and its
    name. A graph that stands in ``out`` is replaced, other files there stay.

    Raises `KgError` where no document can be used, `ConfigError` where ``out`` holds something else than a graph; in
    both cases ``out`` stays as it was.
    """
    began, started = time.perf_counter(), datetime.now(UTC)
    given = [os.fspath(path) for path in paths]
    report = Report()
    judged = read_judgements(judgements) if judgements else ()
    inputs, report.skipped = find_inputs(given, columns, encoding)
    with replaced(Path(out), FILES) as folder:
        nlp = nlp or load_pipeline()
        extractions = _extract_all(inputs, report, config, encoding, nlp, progress)
        if not extractions:
            reasons = "; ".join(str(error) for error in report.skipped) or "no document under these paths"
            missing = any(isinstance(error, MissingExtraError) for error in report.skipped)
            kind = MissingExtraError if missing else KgError
            raise kind(f"no graph was built: {reasons}", where=" ".join(given))
        gazetteer = load_gazetteer()
        identities = resolve((use for found in extractions for use in name_uses(found, gazetteer)), judged)
        report.identities = [judgement.as_json() for judgement in identities.judgements]
        report.triples = _write_graph(extractions, identities, folder, config)
        report.validation = validate_graph(folder, config.base) if validate else None
        report.run = _run(started, time.perf_counter() - began, config, nlp)
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        (folder / "report.json").write_text(f"{text}\n", encoding="utf-8")
    return report


def _extract_all(
    inputs: list[Input],
    report: Report,
    config: Config,
    encoding: str | None,
    nlp: Language,
    progress: Callable[[int, int, str], None],
) -> list[Extraction]:
    """What each input holds; what becomes of it goes to ``report``. A document counts once, by its first source."""
    found: list[Extraction] = []
    seen: dict[str, str] = {}
    for done, item in enumerate(inputs):
        progress(done, len(inputs), item.source)
        try:
            with one_document(item.source):
                document = item.read(max_bytes=config.max_file_bytes, encoding=encoding)
                _once(document.sha256, item.source, seen, "the same bytes as")
                extraction = extract(document, nlp)
            _once(extraction.document.id, item.source, seen, f"{extraction.document.id} again, in other words than in")
        except InputError as error:
            report.skipped.append(error)
            continue
        found.append(extraction)
        report.skipped += unread_parts(document)
        report.add(extraction)
    return found


def _once(key: str, source: str, seen: dict[str, str], what: str) -> None:
    if key in seen:
        raise InputError(f"{what} {seen[key]}, which is read", where=source, remedy="keep one of the two")
    seen[key] = source


def _write_graph(extractions: list[Extraction], identities: Identities, folder: Path, config: Config) -> int:
    """All files but the report; gives the number of triples."""
    gazetteer = load_gazetteer()
    lines: set[str] = set(identity_quads(identities, config.base))
    used: set[str] = set()
    for extraction in extractions:
        graph = document_graph(extraction, identities, gazetteer, config.base)
        lines.update(graph.lines)
        used |= graph.used
    lines.update(authority_quads(used, gazetteer, config.base))
    ordered = sorted_lines(lines)
    _write_lines(folder / "graph.nq", ordered)
    with (folder / "graph.ttl").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(turtle(ordered, config.base))
    dumps = {name: folder / name for name in ("graph.ttl", "graph.nq")}
    (folder / "void.ttl").write_bytes(description(ordered, dumps, config.base).encode("utf-8"))
    build_store(folder / "graph.nq", folder / "store")
    export_html(open_graph(folder, config.base), folder / "graph.html")
    return sum(1 for _ in triples(ordered))


def _write_lines(path: Path, lines: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _run(started: datetime, seconds: float, config: Config, nlp: Language) -> dict[str, Any]:
    return {
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "kg": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: metadata.version(name) for name in _LIBRARIES},
        "pipeline": {"name": nlp.meta["name"], "version": nlp.meta["version"], "sha256": _hash(nlp.path)},
        "config": config.as_json(),
    }


def _hash(folder: Path | None) -> str | None:
    """SHA-256 over names and bytes of all files of a model; None for one that was not loaded from a folder."""
    if folder is None:
        return None
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\n{path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
