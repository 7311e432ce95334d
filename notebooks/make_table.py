"""Makes ``mandates-2020-2022.csv``: what the pipeline finds about mandates in the resolutions of 2020 to 2022.

    python notebooks/make_table.py DATA [-o notebooks/mandates-2020-2022.csv]

DATA: the folder of the resolutions in XML, ``<year>/S_RES_<number>_<year>.xml`` (README.md beside this says where they come
from). The table has a row a term, dates and numbers only: no sentence of a document. Same files, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
from pathlib import Path

import kg

TABLE = Path(__file__).with_name("mandates-2020-2022.csv")
COLUMNS = (
    *("holder", "holder_label", "action", "start", "end", "end_basis", "duration", "gap_days", "rollover"),
    *("instrument", "paragraph", "date"),
)


def resolutions(data: Path) -> list[Path]:
    """The files of 2020 to 2022, by year and number."""
    return sorted(path for year in (2020, 2021, 2022) for path in (data / str(year)).glob("S_RES_*.xml"))


def checksum(data: Path) -> str:
    """One for all files: what ``sha256sum 202[0-2]/*.xml | sha256sum`` prints in the folder, in the C locale."""
    lines = (f"{_sha256(path.read_bytes())}  {path.relative_to(data).as_posix()}\n" for path in resolutions(data))
    return _sha256("".join(lines).encode())


def table(data: Path, *, jobs: int = 1) -> bytes:
    """The table of the resolutions in ``data``, as CSV. Only holders that have an acronym or a slug of their own: their
    names are the gazetteer's, not a document's."""
    graph = kg.build(resolutions(data), validate=False, jobs=jobs)
    rows = [
        (
            *(line.holder, line.label, term.action, term.start, term.end, term.basis, term.duration, term.gap_days),
            *(term.rollover, term.resolution, term.paragraph, term.date),
        )
        for line in graph.timeline()
        if line.holder
        for term in line.terms
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue().encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    """Write the table, and print the checksums that README.md names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with 2020/, 2021/ and 2022/")
    parser.add_argument("-o", "--out", type=Path, default=TABLE, help="the table (default: beside this script)")
    asked = parser.parse_args()
    if not resolutions(asked.data):
        parser.error(f"{asked.data}: no 2020/S_RES_*.xml here; README.md says where the files come from")
    made = table(asked.data)
    asked.out.write_bytes(made)
    print(f"{checksum(asked.data)}  {len(resolutions(asked.data))} resolutions")
    print(f"{_sha256(made)}  {asked.out.name}")


if __name__ == "__main__":
    main()
