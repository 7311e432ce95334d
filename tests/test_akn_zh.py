"""The UN's own Chinese files (`akn-zh`): all are read; text and metadata agree where the source agrees with itself."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.building import build_graph
from kg.conflicts import Conflict, find_conflicts
from kg.extract import extract
from kg.model import Adoption, Citation, DocumentKind, Extraction, StatedBy, Vote
from kg.read import read_document
from kg.validate import validate_graph
from tests.test_akn import check_places, printed

pytestmark = pytest.mark.evaluation

YEARS = {2020: (57, 2504), 2021: (56, 2561), 2022: (54, 2618)}
CONTRADICTIONS = {
    ("S/RES/2521(2020)", "voters"),  # 15 in favour, 12 of them listed
    ("S/RES/2521(2020)", "sum of votes"),
    ("S/RES/2546(2020)", "meeting number"),  # 8760 and 8763
    ("S/RES/2556(2020)", "link"),  # a resolution of the Human Rights Council, linked as one of the General Assembly
    ("S/RES/2583(2021)", "votes"),  # without a vote, and fifteen in favour
}
"""Those of 2020 and 2021; of 2022, kept for reporting, the tests say only that they explain all that differs."""


class Read(NamedTuple):
    path: Path
    found: Extraction
    conflicts: tuple[Conflict, ...]


@cache
def files() -> tuple[Read, ...]:
    paths = sorted((Path(os.environ["KG_DATA"]) / "akn-zh").glob("*/*.xml"))
    return tuple(Read(path, found, find_conflicts(found)) for path in paths for found in [extract(read_document(path))])


def stated(read: Read, by: StatedBy) -> list[Adoption]:
    own = read.found.document.symbol
    return [f for f in read.found.facts if isinstance(f, Adoption) and f.stated_by is by and f.instrument == own]


def test_every_file_is_read_whole() -> None:
    assert Counter(int(read.path.parent.name) for read in files()) == {year: n for year, (n, _) in YEARS.items()}
    for read in files():
        document, text = read.found.document, read.path.read_text("utf-8")
        number, year = read.path.stem.split("_")[2:]
        assert document.symbol == f"S/RES/{number}({year})"
        assert document.kind is DocumentKind.RESOLUTION
        body = "".join(document.text[p.start : p.end] for p in document.paragraphs if p.role != "metadata")
        assert Counter(c for c in body if not c.isspace()) == Counter(printed(text)), read.path
        check_places(document, read.path.read_bytes().decode("utf-8"))
        for fact in read.found.facts:
            assert all(document.text[e.start : e.end] == e.quote for e in fact.evidence)


def test_adoption_by_text_and_metadata() -> None:
    for read in files():
        told = {c.kind for c in read.conflicts}
        (text,) = stated(read, StatedBy.TEXT)
        records = stated(read, StatedBy.METADATA)
        assert records, read.path
        for record in records:
            assert text.date == record.date or "adoption date" in told, read.path
            assert text.meeting_number == record.meeting_number or "meeting number" in told, read.path
            assert record.draft, read.path
        assert (text.meeting_number is None) == bool(records[0].written_vote), read.path


def test_votes_of_the_whole_council() -> None:
    for read in files():
        votes = {f.state: f.value for f in read.found.facts if isinstance(f, Vote)}
        assert len(votes) == 15, read.path
        counts = Counter(votes.values())
        record = stated(read, StatedBy.METADATA)[0]
        if not {"voters", "sum of votes"} & {c.kind for c in read.conflicts}:
            assert (counts["yes"], counts["abstain"]) == (record.in_favour, record.abstaining), read.path


def test_citations_of_text_and_links() -> None:
    both = linked = 0
    for read in files():
        cited = [f for f in read.found.facts if isinstance(f, Citation)]
        text, links = ({f.cited for f in cited if f.stated_by is by} for by in (StatedBy.TEXT, StatedBy.METADATA))
        linked += len(links)
        both += len(links & text)
    assert linked > 2000
    assert both / linked >= 0.998


def test_official_contradictions_are_found() -> None:
    found = {
        (read.found.document.symbol, conflict.kind)
        for read in files()
        for conflict in read.conflicts
        if read.path.parent.name != "2022" and conflict.kind != "citation not linked"
    }
    assert found == CONTRADICTIONS
    assert sum(len(read.conflicts) for read in files()) < len(files()) / 4, "they are rare"


def test_a_graph_of_them_is_checked(tmp_path: Path) -> None:
    """15 in favour and 3 abstaining; one meeting of two days; a resolution that Russia voted against, on procedure."""
    wanted = {2521: 2020, 2545: 2020, 2546: 2020, 2623: 2022}
    folder = Path(os.environ["KG_DATA"]) / "akn-zh"
    build_graph(
        [folder / f"{year}/S_RES_{n}_{year}.xml" for n, year in wanted.items()], tmp_path / "out", validate=False
    )
    found = {
        (finding.severity, finding.rule, said.source)
        for finding in validate_graph(tmp_path / "out").findings
        for said in finding.says
    }
    assert found == {
        ("violation", "votes-in-all", "S_RES_2521_2020.xml"),
        ("conflict", "adoption-meeting", "S_RES_2546_2020.xml"),
        ("conflict", "meeting-date", "S_RES_2545_2020.xml"),
        ("conflict", "meeting-date", "S_RES_2546_2020.xml"),
        ("warning", "permanent-against-adopted", "S_RES_2623_2022.xml"),
    }
