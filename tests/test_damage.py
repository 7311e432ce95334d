"""Files that were damaged on their way: each is read, or refused in one line; nothing else ever comes of it."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from kg.config import DEFAULT
from kg.errors import InputError
from kg.inputs import Columns, find_inputs
from kg.read import read_source
from kg.structure import structure
from tests.pdfs import Sheet, column, pdf
from tests.test_inputs import FILES, ROWS, archive, table

PRINTED = Path(__file__).parent / "printed"
TEXT = "安理会举行会议，听取了秘书长特别代表的通报。" * 9


def stored(path: Path) -> bytes:
    """A container whose parts are not compressed, so that damage reaches the XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    return out.getvalue()


WHOLE = {
    "a.pdf": (PRINTED / "letter.pdf").read_bytes(),
    "b.pdf": pdf(Sheet().lines(column(TEXT, 30), 100, 700), Sheet().picture()),
    "a.docx": (PRINTED / "letter.docx").read_bytes(),
    "b.docx": stored(PRINTED / "letter.docx"),
    "a.html": FILES["a.html"] * 9,
    "a.zip": archive(FILES),
    "a.csv": table(ROWS * 9),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, left out, put in or said twice."""
    new = bytearray(data)
    for _ in range(chance.choice([1, 3, 20])):
        at = chance.randrange(len(new))
        match chance.randrange(4):
            case 0:
                new[at] = chance.randrange(256)
            case 1:
                del new[at : at + chance.choice([1, 10, 1000])]
            case 2:
                new[at:at] = chance.randbytes(8)
            case _:
                new[at:at] = new[: chance.choice([5, 500])]
        if not new:
            return b""
    return bytes(new)


@pytest.mark.parametrize("name", WHOLE)
def test_one_line_or_a_document(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)
    path = tmp_path / name
    for _ in range(100):
        path.write_bytes(damaged(WHOLE[name], chance))
        items, errors = find_inputs([path], Columns("text") if name.endswith(".csv") else None)
        for item in items:
            try:
                document, text = item.open(max_bytes=DEFAULT.max_file_bytes)
            except InputError as error:
                errors.append(error)
                continue
            structure(document)
            for i, char in enumerate(document.text):
                at = document.to_file(i)
                assert char == text[at : at + 1] or (char.isspace() and not text[at : at + 1].strip())
        for told in errors:
            assert "\n" not in str(told)
            assert told.where


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html"])
@pytest.mark.parametrize("length", [0, 1, 10, 100, 0.5, 0.9, 0.999])
def test_cut_anywhere(name: str, length: float) -> None:
    data = WHOLE[name]
    kept = data[: int(length * len(data)) if length < 1 else int(length)]
    try:
        document = read_source(kept, source=name).document
    except InputError:
        return
    assert name == "a.html" or document.unread, "what is cut is not read as if it were whole"
