"""A reading spread over machines that share nothing but their inputs and a folder: shards, and the graph of them all.

    DIR/shard-3-of-8/ledger/inputs.jsonl.gz  every eighth part of the inputs (`kg.parts`), as a ledger
    DIR/shard-3-of-8/shard.json              of which reading it is, its counts and the ledger's SHA-256; written last

The graph of all shards of a reading is that of one build, byte for byte. Built folders can be joined in the same way:
they bring their ledgers.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.beside import cores
from kg.building import FILES, nothing_read, pipeline_facts, run_facts, write_graph, write_report
from kg.config import DEFAULT, Config
from kg.errors import GraphError, InputError
from kg.folder import replaced, replaced_file
from kg.inputs import find_inputs
from kg.intake import skipped
from kg.ledger import INPUTS, JUDGEMENTS, LEDGER, Head, Ledger, Record, Skipped, maker, merge, write_ledger
from kg.parts import Task, Work, deal, engine_of, read_parts
from kg.review import kept_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.inputs import Columns
    from kg.parts import Engine
    from kg.report import Report

__all__ = ["MOST", "Shard", "build_shard", "merge_shards"]

MOST: Final = 500
"""Shards of one reading: they are open at once when they are joined."""

_MARK: Final = "shard.json"
_NAME = re.compile(r"shard-\d+-of-\d+")


@dataclass(slots=True)
class Shard:
    """One of ``of`` shards, ``number`` counted from 1. ``reading`` tells inputs (by name), settings, rules and model;
    ``skipped``: why inputs of it are no documents."""

    number: int
    of: int
    reading: str
    documents: int = 0
    characters: int = 0
    sha256: str = ""
    skipped: list[InputError] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Of its folder."""
        return f"shard-{self.number}-of-{self.of}"

    def as_json(self) -> dict[str, Any]:
        told = {name: value for name, value in asdict(self).items() if name != "skipped"}
        errors = [{"source": error.where, "reason": str(error)} for error in self.skipped]
        return {"kg": "shard", "schema_version": 1, **told, "skipped": errors}

    def summary(self) -> str:
        left_out = f", {len(self.skipped)} inputs skipped" if self.skipped else ""
        return f"kg: shard {self.number} of {self.of}: {self.documents} documents{left_out}"


def build_shard(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    number: int,
    of: int,
    *,
    config: Config = DEFAULT,
    encoding: str | None = None,
    columns: Columns | None = None,
    engine: Engine | None = None,
    resume: bool = True,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
    tally: Callable[[int], None] = lambda _characters: None,
) -> Shard:
    """Read every ``of``-th part of the inputs under ``paths``, beginning with the ``number``-th (from 1), into a folder
    of its own in ``out``. What cannot even be opened is told by the first. The rest as `kg.building.build_graph`."""
    if not 1 <= number <= of <= MOST:
        raise ValueError(f"no shard: {number} of {of}")
    inputs, errors = find_inputs([os.fspath(path) for path in paths], columns, encoding)
    head = Head(maker(), pipeline_facts(), config)
    task = Task(head, encoding)
    shard = Shard(number, of, task.key(inputs))
    own = [part for part in deal(inputs) if part.number % of == number - 1]
    place = Path(out) / shard.name
    with Work(place, shard.reading, resume=resume) as work:
        entries = read_parts(task, own, work.open(), engine or engine_of(), progress=progress, tally=tally)
        place.mkdir(parents=True, exist_ok=True)
        (place / _MARK).unlink(missing_ok=True)
        ledger = write_ledger(place, head, merge(skipped(errors) if number == 1 else [], entries))
        for entry in ledger:
            if isinstance(entry, Skipped):
                shard.skipped.append(entry.error)
            else:
                shard.documents += 1
                shard.characters += entry.document.characters
        shard.sha256 = _digest(ledger.path)
        with replaced_file(place / _MARK) as fresh:
            fresh.write_text(f"{json.dumps(shard.as_json(), ensure_ascii=False, indent=2)}\n", "utf-8")
    return shard


def merge_shards(
    parts: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    judgements: Path | None = None,
    review: Path | None = None,
    validate: bool = True,
    jobs: int = 1,
) -> Report:
    """The graph of all that ``parts`` hold, in the folder ``out``: shards, folders of shards, built folders.

    ``judgements``, ``review`` and ``jobs`` as for `kg.building.build_graph`; where both of the former are None those of
    the built folders hold. Raises `GraphError` where a shard is missing, damaged, of another reading or of another
    program, and where built folders were given different judgements; ``out`` is then as it was.
    """
    began = time.perf_counter()
    places = _places(list(map(Path, parts)))
    log = kept_log(judgements, review)
    _complete([(place, _shard(place)) for place in places if (place / _MARK).exists() or _NAME.fullmatch(place.name)])
    ledgers = [Ledger(place) for place in places]
    first = ledgers[0]
    for ledger in ledgers:
        if ledger.head != first.head:
            what = "was made by another version of the program, or with other settings, than"
            raise GraphError(f"{what} {_folder(first)}", where=_folder(ledger), remedy="make it again")
    if log is None and (said := _judgements(ledgers)):
        log = said.read_bytes()
    with replaced(Path(out), FILES) as folder:
        ledger = write_ledger(folder, first.head, merge(*(ledger.lines() for ledger in ledgers)))
        if log is not None:
            (ledger.path.parent / JUDGEMENTS).write_bytes(log)
        if not any(isinstance(entry, Record) for entry in ledger):
            raise nothing_read("no graph was built", ledger, " ".join(map(str, places)))
        report = write_graph(folder, ledger, validate=validate, jobs=jobs or cores())
        write_report(folder, report, run_facts(began, first.head))
    return report


def _folder(ledger: Ledger) -> str:
    return str(ledger.path.parent.parent)


def _places(parts: list[Path]) -> list[Path]:
    """Folders with a ledger, or that should have one; each once, in the order of their names."""
    found: dict[Path, Path] = {}
    for part in parts:
        inside = [each for each in part.iterdir() if _NAME.fullmatch(each.name)] if part.is_dir() else []
        for place in inside if inside and not (part / LEDGER).exists() else [part]:
            found[place.resolve()] = place
    return sorted(found.values())


def _shard(place: Path) -> Shard:
    """What a shard's folder says of itself."""
    remedy = "run its kg build --shard again"
    try:
        told = json.loads((place / _MARK).read_bytes())
        shard = Shard(*(told[name] for name in ("number", "of", "reading", "documents", "characters", "sha256")))
        sound = shard.sha256 == _digest(place / LEDGER / INPUTS)
    except FileNotFoundError as error:
        raise GraphError("a shard that is not finished", where=str(place), remedy=remedy) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GraphError(f"the shard is damaged: {error}", where=str(place), remedy=remedy) from error
    if not sound:
        raise GraphError("the shard is damaged: its ledger is not the one it tells of", where=str(place), remedy=remedy)
    return shard


def _complete(shards: list[tuple[Path, Shard]]) -> None:
    """Each reading is to have all its shards, and there is to be one reading."""
    if not shards:
        return
    first_place, first = shards[0]
    for place, shard in shards:
        if (shard.reading, shard.of) != (first.reading, first.of):
            what = f"a shard of other inputs, settings or rules than {first_place}"
            raise GraphError(what, where=str(place), remedy="leave it out, or make it again")
    missing = sorted(set(range(1, first.of + 1)) - {shard.number for _, shard in shards})
    if missing:
        what = f"shard {', '.join(map(str, missing))} of {first.of} is missing"
        remedy = f"kg build --shard {missing[0]}/{first.of} makes it"
        raise GraphError(what, where=str(first_place.parent), remedy=remedy)


def _judgements(ledgers: list[Ledger]) -> Path | None:
    given = {path.read_bytes(): path for ledger in ledgers if (path := ledger.path.parent / JUDGEMENTS).exists()}
    if len(given) > 1:
        where = ", ".join(sorted(map(str, given.values())))
        raise GraphError("different judgements on who is who", where=where, remedy="name one file with --judgements")
    return next(iter(given.values()), None)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
