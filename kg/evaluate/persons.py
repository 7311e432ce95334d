"""Persons with their capacity: ``python -m kg.evaluate.persons GOLD --shared FOLDER`` scores `kg.extract.persons`.

A gold record has ``person`` and ``capacity`` as printed and where they stand: ``line`` (0-based) of ``file``, which is
``unpc-dev`` (the default), the name of a resolution of ``akn-zh`` (its paragraph), or a file of the repository (the
whole of it). A heading (``"gold"``) names places that are complete though they hold no record: ``lines`` of unpc-dev
as ``[start, stop, step]``, ``years`` of akn-zh, ``files``. ``"optional": true``: neither asked for nor held against.

Person and capacity are right where they agree but for blanks, for states and possessives before the capacity
(瑞典外交大臣, 我的特别代表) and the Council's presidency behind it: the conventions of the facts leave these out.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError
from kg.evaluate.corpora import akn_resolutions, unpc_lines
from kg.evaluate.counts import Counts
from kg.evaluate.records import read_records
from kg.extract import line_document
from kg.extract.persons import persons
from kg.extract.reading import prepare
from kg.gazetteer import load_gazetteer
from kg.model import Document, MentionType
from kg.pipeline import load_pipeline
from kg.read import read_document
from kg.structure import structure
from kg.text import normalize

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["main", "plain_capacity", "score_gold", "score_held_out", "score_persons"]

Place = tuple[str, int | None]
Pair = tuple[str, str]
Record = dict[str, Any]


def plain_capacity(capacity: str) -> str:
    """A capacity as it is compared."""
    text = "".join(normalize(capacity)[0].split())
    names = load_gazetteer().names()
    while text:
        rest = re.sub(r"^(?:我的?|你的?|他的?|她的?|其|该国?|本国|政府|的)", "", text)
        states = (rest[:i] for i in range(2, 16) if rest[:i] in names)
        rest = rest[max((len(s) for s in states if names[s][0].type is MentionType.STATE), default=0) :]
        if rest == text or not rest:
            break
        text = rest
    return re.sub(r"兼(?:任)?(?:安全理事会|安理会)(?:轮值)?主席$", "", text)


def _plain_person(person: str) -> str:
    return "".join(normalize(person)[0].split())


def score_persons(
    gold: Iterable[Record], read: Callable[[Place], Iterable[Pair] | None], more: Iterable[Place] = ()
) -> tuple[Counts, Counts, list[str]]:
    """Counts of persons with their capacity, of persons alone, and what is wrong, a line each.

    ``read`` gives person and capacity of every mention of a place; ``more`` are complete places.
    """
    asked: dict[Place, list[Record]] = defaultdict(list)
    for place in more:
        asked[place] = []
    for record in gold:
        if "gold" not in record:
            asked[record.get("file", "unpc-dev"), record.get("line")].append(record)
    both = alone = Counts()
    wrong: list[str] = []
    for place, records in asked.items():
        found = [(_plain_person(p), plain_capacity(c)) for p, c in read(place) or ()]
        wanted = [(_plain_person(r["person"]), plain_capacity(r["capacity"])) for r in records if not r.get("optional")]
        excused = {_plain_person(r["person"]) for r in records if r.get("optional")}
        missing, extra = _apart(wanted, found)
        extra = [pair for pair in extra if pair[0] not in excused]
        both += Counts(len(wanted) - len(missing), len(extra), len(missing))
        lost, more_people = _apart([p for p, _ in wanted], [p for p, _ in found])
        more_people = [p for p in more_people if p not in excused]
        alone += Counts(len(wanted) - len(lost), len(more_people), len(lost))
        name = f"{place[0]}:{place[1]}" if place[1] is not None else place[0]
        wrong += [f"{name}\tmissing\t{p}\t{c}" for p, c in missing] + [f"{name}\textra\t{p}\t{c}" for p, c in extra]
    return both, alone, wrong


def _apart(wanted: list[Any], found: list[Any]) -> tuple[list[Any], list[Any]]:
    """What of ``wanted`` is not in ``found``, and the other way round, each as often."""
    left = list(found)
    missing = []
    for each in wanted:
        if each in left:
            left.remove(each)
        else:
            missing.append(each)
    return missing, left


def score_held_out(name: str, data: Path, repository: Path, nlp: Language | None) -> tuple[Counts, Counts]:
    """Counts of persons with their capacity, and of persons alone, on the places of ``gold/NAME.jsonl``."""
    return score_gold(Path(str(files("kg.evaluate").joinpath("gold", f"{name}.jsonl"))), data, repository, nlp)


def score_gold(path: Path, data: Path, repository: Path, nlp: Language | None) -> tuple[Counts, Counts]:
    """The same for the gold file at ``path``."""
    read = _Reader(data, repository, nlp)
    records = list(read_records(path))
    more = [place for record in records if "gold" in record for place in read.complete(record)]
    both, alone, _ = score_persons(records, read, more)
    return both, alone


class _Reader:
    """Persons of a place, by its name."""

    def __init__(self, data: Path, repository: Path, nlp: Language | None) -> None:
        self._data, self._repository, self._nlp = data, repository, nlp
        self._lines = unpc_lines(data)
        self._resolutions: dict[str, list[str]] = {}

    def __call__(self, place: Place) -> list[Pair]:
        name, line = place
        if name == "unpc-dev":
            assert line is not None
            return self._pairs(line_document(self._lines[line]))
        if name.startswith("S_RES_"):
            return self._pairs(line_document(self.paragraphs(name)[line or 0]))
        return self._pairs(structure(read_document(self._repository / name)))

    def paragraphs(self, name: str) -> list[str]:
        if name not in self._resolutions:
            year = int(name.rpartition("_")[2])
            self._resolutions |= {r.name: r.text.split("\n") for r in akn_resolutions(self._data, year)}
        return self._resolutions[name]

    def complete(self, heading: Record) -> Iterator[Place]:
        """The places that a heading names."""
        yield from (("unpc-dev", line) for line in range(*heading.get("lines", (0, 0, 1))))
        for resolution in akn_resolutions(self._data, *heading.get("years", ())):
            yield from ((resolution.name, line) for line, _ in enumerate(self.paragraphs(resolution.name)))
        yield from ((name, None) for name in heading.get("files", ()))

    def _pairs(self, document: Document) -> list[Pair]:
        return [(each.person, each.capacity) for each in persons(prepare(document, self._nlp))]


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--shared", required=True, type=click.Path(path_type=Path), help="Folder with data/unpc-dev and data/akn-zh."
)
@click.option("--repository", default=".", type=click.Path(path_type=Path), help="Checkout with seeds/ and tests/.")
@click.option("--scan", is_flag=True, help="Without the models.")
@click.option("--errors", is_flag=True, help="List what is wrong.")
def main(gold: Path, shared: Path, repository: Path, scan: bool, errors: bool) -> None:
    """Scores of persons with their capacity against GOLD."""
    data = shared / "data" if (shared / "data").is_dir() else shared
    try:
        records = list(read_records(gold))
        read = _Reader(data, repository, None if scan else load_pipeline())
        complete = [place for record in records if "gold" in record for place in read.complete(record)]
        both, alone, wrong = score_persons(records, read, complete)
    except KgError as error:
        click.echo(f"kg.evaluate.persons: {error}", err=True)
        sys.exit(error.exit_status)
    if errors:
        click.echo("\n".join(wrong))
    for label, counts in (("person and capacity", both), ("person", alone)):
        click.echo(f"{label:20} {counts.gold:5} {'  '.join(counts.cells())}")


if __name__ == "__main__":
    main()
