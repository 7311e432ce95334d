"""The corpora of the accuracy sheet: where they lie, how they are read, what is gold in them.

Both are development data that the repository does not hold; a path names the folder that has them (``unpc-dev/``,
``akn-zh/``). The gold of `unpc-dev` is in ``gold/`` without its texts: offsets, ids, and a checksum of each line.

`unpc-dev`: United Nations Parallel Corpus v1.0, development set (Ziemski, Junczys-Dowmunt, Pouliquen 2016), 4,000
lines. Lines with an even number (from 0) are for tuning, the odd ones for reporting.

`akn-zh`: Chinese Security Council resolutions in Akoma Ntoso (source: United Nations, DGACM). 2020 and 2021 are for
tuning, 2022 for reporting. Gold: the symbols that the links lead to, and the meeting and date of adoption, which the
metadata hold; and ``akn-mandates-YEAR.jsonl``, the decisions on mandates annotated by hand, a line a decision.
"""

from __future__ import annotations

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, UnreadableInputError
from kg.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.model import Document

__all__ = ["AknResolution", "akn_documents", "akn_mandates", "akn_resolutions", "unpc_gold", "unpc_lines"]

_NS = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_RESOLUTION = re.compile(r"(?:S|A)/RES/.+")


@dataclass(frozen=True, slots=True)
class AknResolution:
    """One resolution.

    ``heading`` is its cover line by line (title, then the line of adoption as printed), ``text`` what follows, a
    paragraph a line; ``cited`` are the resolutions that its links lead to; ``meeting`` is None where it was adopted in
    writing.
    """

    name: str
    symbol: str
    heading: str
    text: str
    cited: frozenset[str]
    date: str
    meeting: str | None


def unpc_lines(data: Path) -> list[str]:
    """The 4,000 Chinese lines, as they stand.

    Raises:
        UnreadableInputError: the folder does not hold them.
    """
    path = data / "unpc-dev" / "dev.zh"
    try:
        return path.read_text("utf-8").removesuffix("\n").split("\n")
    except OSError as error:
        raise UnreadableInputError(str(error), where=str(path), remedy="name the folder with unpc-dev/") from error


def unpc_gold(half: str, lines: list[str]) -> list[dict[str, Any]]:
    """The gold records of the ``even`` or ``odd`` half, checked against the lines that they were made for.

    Raises:
        InputError: a line is not the one that the gold means.
    """
    records: list[dict[str, Any]] = []
    for row in _gold(f"unpc-dev-{half}.jsonl").splitlines():
        record: dict[str, Any] = json.loads(row)
        if "line" in record:
            line = lines[record["line"]]
            if hashlib.sha256(line.encode("utf-8")).hexdigest()[:12] != record["sha"]:
                raise InputError("not the line of the gold", where=f"unpc-dev/dev.zh, line {record['line'] + 1}")
        records.append(record)
    return records


def akn_resolutions(data: Path, *years: int) -> Iterator[AknResolution]:
    """The resolutions of ``years`` in the order of their numbers.

    Raises:
        UnreadableInputError: the folder does not hold them.
    """
    corrections: dict[str, dict[str, list[str]]] = json.loads(_gold("akn-zh.json"))["corrections"]
    for year in years:
        for path in _paths(data, year):
            yield _read(path.stem, _root(path), corrections.get(path.stem, {}))


def akn_documents(data: Path, year: int) -> Iterator[tuple[str, Document]]:
    """The resolutions of a year, each with the name of its file, as `kg.read` gives them.

    Raises:
        UnreadableInputError: the folder does not hold them.
    """
    for path in _paths(data, year):
        yield path.stem, read_document(path)


def akn_mandates(year: int) -> list[dict[str, Any]]:
    """The gold decisions on mandates of a year: ``file`` and the contract's fields of a decision in it.

    Raises:
        UnreadableInputError: no one has annotated that year.
    """
    name = f"akn-mandates-{year}.jsonl"
    try:
        return [json.loads(row) for row in _gold(name).splitlines()]
    except OSError:
        raise UnreadableInputError("no gold for that year", where=name) from None


def _paths(data: Path, year: int) -> list[Path]:
    paths = sorted((data / "akn-zh" / str(year)).glob("*.xml"))
    if not paths:
        raise UnreadableInputError("no resolutions", where=str(data / "akn-zh" / str(year)))
    return paths


def _gold(name: str) -> str:
    return files("kg.evaluate").joinpath("gold", name).read_text("utf-8")


def _root(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314 - the project's own development files, and no entities are resolved


def _read(name: str, root: ET.Element, correction: dict[str, list[str]]) -> AknResolution:
    number, year = name.split("_")[2:4]
    date = meeting = None
    cover = []
    for title in root.iter(f"{_NS}docTitle"):
        line = _line(title)
        if title.get("refersTo") == "#adoption":
            adopted = title.find(f"{_NS}docDate")
            sitting = title.find(f"{_NS}inline")
            date = None if adopted is None else adopted.get("date")
            meeting = None if sitting is None else sitting.get("title")
            # words that are printed but lost in the XML, see the README of the corpus
            line = re.sub(r"日(?:安全理事会)?第?(?=\d+次)", "日安全理事会第", line)
        cover.append(line)
    body = [part for tag in ("preamble", "mainBody", "attachments") for part in root.iter(f"{_NS}{tag}")]
    links = {_target(a.get("href", "")) for part in body for a in part.iter(f"{_NS}a")}
    cited = {link for link in links if _RESOLUTION.fullmatch(link)}
    cited = (cited | set(correction.get("add", ()))) - set(correction.get("drop", ()))
    return AknResolution(
        name=name,
        symbol=f"S/RES/{number}({year})",
        heading="\n".join(cover),
        text="\n".join(line for part in body for p in part.iter(f"{_NS}p") if (line := _line(p))),
        cited=frozenset(cited),
        date=date or "",
        meeting=f"S/PV.{meeting}" if meeting else None,
    )


def _target(href: str) -> str:
    return "".join(href.rpartition("/ch/")[2].split())


def _line(element: ET.Element) -> str:
    """The printed text of a paragraph: layout tabs and line breaks go."""
    return re.sub(r"[\t\r\n]+\s*", "", "".join(element.itertext())).strip()
