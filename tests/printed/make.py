"""Prints letter.txt again, as letter.pdf and letter.docx, and in two columns as columns.pdf. Its text is invented.

Run from the root of the repository, with LibreOffice and Noto CJK fonts installed:

    python -m tests.printed.make
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.read import read_document
from kg.structure import structure
from tests.printing import Sheet, flat_odf, to_file

HERE = Path(__file__).parent


def main() -> None:
    letter = structure(read_document(HERE / "letter.txt"))
    sheet = Sheet("S/2031/310", "31-07001", letter.date, font="Noto Sans CJK SC")
    for name in ("letter.pdf", "letter.docx"):
        to_file(flat_odf(letter, sheet), HERE / name)
    to_file(flat_odf(letter, replace(sheet, columns=2)), HERE / "columns.pdf")


if __name__ == "__main__":
    main()
