"""Many documents in one file: zip archives and tables; and standard input, whatever it is."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.building import build_graph
from kg.config import DEFAULT
from kg.errors import ConfigError, InputError
from kg.extract import extract
from kg.inputs import Columns, Input, find_inputs
from kg.store import open_graph
from kg.verify import verify_graph
from tests.pdfs import Sheet, column, pdf
from tests.test_docx import docx, p

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.conftest import Kg

GOOD = "2020年1月9日，安全理事会第8699次会议通过第2507(2020)号决议。\n"
OTHER = "2020年1月13日，安全理事会第8701次会议通过第2508(2020)号决议。\n"
PAGE = f"<!DOCTYPE html><meta charset=utf-8><p>{GOOD}"
FILES = {
    "b/报告.txt": GOOD.encode(),
    "b/gbk.txt": OTHER.encode("gb18030") * 4,
    "a.html": PAGE.encode(),
    "letter.docx": docx(p(GOOD.strip())),
    "letter.pdf": pdf(Sheet().lines(column(GOOD.strip(), 30), 100, 700)),
}


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as new:
        for name, data in files.items():
            new.writestr(name, data)
    return out.getvalue()


def text(item: Input) -> str:
    return item.read(max_bytes=DEFAULT.max_file_bytes).text


def found(path: Path, columns: Columns | None = None) -> tuple[dict[str, str], list[str]]:
    """The text of each input by its source, and the lines of what is none."""
    items, errors = find_inputs([path], columns)
    texts = {}
    lines = [str(error) for error in errors]
    for item in items:
        try:
            texts[item.source] = text(item)
        except InputError as error:
            lines.append(str(error))
    return texts, lines


# -- archives ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_of_an_archive_are_documents(tmp_path: Path, method: int) -> None:
    (tmp_path / "all.zip").write_bytes(archive(FILES, method))
    texts, errors = found(tmp_path)
    assert not errors
    assert texts == {
        "all.zip/a.html": GOOD,
        "all.zip/b/gbk.txt": OTHER * 4,
        "all.zip/b/报告.txt": GOOD,
        "all.zip/letter.docx": GOOD,
        "all.zip/letter.pdf": GOOD,
    }


OLD = "2020年1月9日，安全理事會第8699次會議通過第2507(2020)號決議。\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (OLD.encode("big5") * 4, OLD * 4),
        (OLD.encode("utf-16"), OLD),
        (OLD.encode("utf-8-sig"), OLD),
        (GOOD.encode("gbk") * 4, GOOD * 4),
        (f"<html><meta charset=big5><p>{OLD}".encode("big5"), OLD),
        (f"<html><meta charset=gb2312><p>{OLD}".encode("gb18030"), OLD),
        (PAGE.encode("utf-16"), GOOD),
    ],
)
def test_members_in_other_encodings_and_scripts(data: bytes, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({"a.txt": data}))
    texts, errors = found(tmp_path)
    assert not errors
    assert texts == {"a.zip/a.txt": expected}


def test_akoma_ntoso_in_an_archive(tmp_path: Path) -> None:
    xml = f'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc><p>{GOOD.strip()}</p></doc></akomaNtoso>'
    (tmp_path / "a.zip").write_bytes(archive({"a.xml": xml.encode("utf-16"), "b.xml": b"<act><p>x</p></act>"}))
    texts, (line,) = found(tmp_path)
    assert texts == {"a.zip/a.xml": GOOD}
    assert "a.zip/b.xml: XML, but no Akoma Ntoso" in line


def test_an_archive_gives_what_its_files_give(tmp_path: Path, kg: Kg) -> None:
    for name, data in FILES.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(data)
    (tmp_path / "folder.zip").write_bytes(archive(FILES))
    one, two = kg("extract", tmp_path / "folder"), kg("extract", tmp_path / "folder.zip")
    assert one.status == two.status == 0
    assert one.out == two.out.replace("folder.zip/", "")


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = archive({"x.txt": GOOD.encode()})
    for _ in range(2):
        inner = archive({"in.zip": inner})
    (tmp_path / "a.zip").write_bytes(inner)
    assert found(tmp_path)[0] == {"a.zip/in.zip/in.zip/x.txt": GOOD}
    for _ in range(2):
        inner = archive({"in.zip": inner})
    (tmp_path / "a.zip").write_bytes(inner)
    (line,) = found(tmp_path)[1]
    assert line.startswith("a.zip/in.zip/in.zip/in.zip: an archive too deep inside others")


def with_name(raw: bytes) -> bytes:
    """An archive with a good member whose name is written as these bytes, and not said to be UTF-8."""
    data = archive({"n" * len(raw): GOOD.encode()})
    return data.replace(b"n" * len(raw), raw)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "big5"])
def test_names_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    name = "安全理事會主席的說明.txt" if encoding == "big5" else "安全理事会主席的说明.txt"
    (tmp_path / "a.zip").write_bytes(with_name(name.encode(encoding)))
    assert found(tmp_path)[0] == {f"a.zip/{name}": GOOD}


def test_names_that_would_lead_out_of_the_archive(tmp_path: Path) -> None:
    names = ("../../etc/a.txt", "/root/b.txt", "c\\d.txt", "e/./f.txt")
    (tmp_path / "a.zip").write_bytes(archive({name: GOOD.encode() for name in names}))
    assert set(found(tmp_path)[0]) == {"a.zip/etc/a.txt", "a.zip/root/b.txt", "a.zip/c/d.txt", "a.zip/e/f.txt"}


def test_what_lies_beside_the_documents(tmp_path: Path) -> None:
    files = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "a.txt": GOOD.encode(), "b.mp3": b"ID3", "c.csv": b"a,b\n"}
    (tmp_path / "a.zip").write_bytes(archive(files))
    texts, errors = found(tmp_path)
    assert texts == {"a.zip/a.txt": GOOD}
    assert [line.split(": ")[0] for line in errors] == ["a.zip/b.mp3", "a.zip/c.csv"]


def encrypted() -> bytes:
    """The first member's flags say that it is encrypted, in its own header and in the directory."""
    data = bytearray(archive({"a.txt": GOOD.encode(), "b.txt": GOOD.encode()}))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    return bytes(data)


def damaged() -> bytes:
    data = bytearray(archive({"a.txt": GOOD.encode() * 9, "b.txt": GOOD.encode()}, zipfile.ZIP_STORED))
    data[60] ^= 1
    return bytes(data)


def lying() -> bytes:
    """The directory says that the first member has ten bytes."""
    data = bytearray(archive({"a.txt": bytes(1_000_000), "b.txt": GOOD.encode()}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


TRAPS = {
    "encrypted": (encrypted(), r"a\.zip/a\.txt: encrypted in its archive \(unpack it with its password\)"),
    "damaged": (damaged(), r"a\.zip/a\.txt: damaged in its archive"),
    "a size that is not true": (lying(), r"a\.zip/a\.txt: damaged in its archive"),
    "another method": (
        archive({"a.txt": GOOD.encode()}, zipfile.ZIP_LZMA)[: -0 or None],
        r"a\.zip/a\.txt: compressed by LZMA, which is not read",
    ),
    "a bomb": (
        archive({"a.txt": bytes(5_000_000), "b.txt": GOOD.encode()}),
        r"a\.zip/a\.txt: 5,000,000 bytes are too many",
    ),
    "a large bomb": (archive({"a.txt": bytes(70_000_000), "b.txt": GOOD.encode()}), "70,000,000 bytes are too many"),
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps_cost_their_member_only(name: str, tmp_path: Path) -> None:
    data, words = TRAPS[name]
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "good.txt").write_text(OTHER, "utf-8")
    texts, (line,) = found(tmp_path)
    assert texts["good.txt"] == OTHER
    assert texts.get("a.zip/b.txt", GOOD) == GOOD
    assert re.search(words, line), line


def test_archives_that_cannot_be_used_at_all(tmp_path: Path) -> None:
    good = archive(FILES)
    bad = {
        "cut.zip": (good[:-30], "a broken or cut zip file"),
        "empty.zip": (archive({}), "an empty zip archive"),
        "nothing.zip": (archive({".hidden": b"x"}), "an archive with nothing in it"),
        "book.xlsx": (archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "an Excel file"),
        "text.odt": (archive({"mimetype": b"", "META-INF/manifest.xml": b""}), "an OpenDocument file"),
    }
    for name, (data, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    texts, lines = found(tmp_path)
    assert not texts
    for name, (_, words) in bad.items():
        assert any(line.startswith(f"{name}: ") and words in line for line in lines), (name, lines)


def test_a_name_that_comes_twice(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("a.txt", GOOD)
        with pytest.warns(UserWarning, match="Duplicate"):
            new.writestr("a.txt", OTHER)
    (tmp_path / "a.zip").write_bytes(out.getvalue())
    texts, (line,) = found(tmp_path)
    assert texts == {"a.zip/a.txt": GOOD}
    assert "named twice" in line


def test_quotes_from_an_archive_can_be_verified(tmp_path: Path, nlp: Language) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(archive({**FILES, "b/gbk.txt": OTHER.encode("gb18030"), "picture.pdf": pdf(Sheet().picture())}))
    report = build_graph([path], tmp_path / "out", nlp=nlp)
    assert {record["source"] for record in report.documents} >= {"all.zip/letter.docx", "all.zip/letter.pdf"}
    assert ["all.zip/picture.pdf" in str(error) for error in report.skipped] == [True]
    checked = verify_graph(open_graph(tmp_path / "out"), [path])
    assert checked.problems == ()
    assert checked.documents == 5
    assert checked.quotes > 5


# -- tables ------------------------------------------------------------------------------------------------------------

ROWS = [
    {"doc_id": "S_2020_1", "symbol": "S/2020/1", "date": "2020-03-05", "title": "来信", "text": GOOD},
    {"doc_id": "S_2020_2", "symbol": "", "date": "2020年3月", "title": "", "text": f"一行，\n“二行”\r\n{OTHER}"},
]


def table(rows: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [
        ("a.csv", ",", "utf-8"),
        ("a.csv", ";", "utf-8-sig"),
        ("a.tsv", "\t", "gb18030"),
        ("a.csv", "\t", "utf-16"),
        ("A.TAB", "\t", "utf-8"),
    ],
)
def test_rows_of_a_table_are_documents(name: str, delimiter: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(table(ROWS, delimiter, encoding))
    texts, errors = found(tmp_path / name, Columns("text"))
    assert not errors
    assert texts == {f"{name}:S_2020_1": GOOD, f"{name}:S_2020_2": f"一行，\n“二行”\n{OTHER}"}


def test_what_the_columns_say_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table(ROWS))
    items, _ = find_inputs([tmp_path], Columns("text"))
    one, two = (extract(item.read(max_bytes=DEFAULT.max_file_bytes)).document for item in items)
    assert (one.id, one.symbol, one.date, one.title, one.format) == (
        "S-2020-1",
        "S/2020/1",
        "2020-03-05",
        "来信",
        "table",
    )
    assert two.id.startswith("a-csv-S_2020_2-")
    assert (two.symbol, two.date) == (None, "2020-03")


def test_rows_are_named_by_their_line_or_a_column(tmp_path: Path) -> None:
    rows = [{"名称": "x", "正文": "一\n二"}, {"名称": "x", "正文": "三"}]
    (tmp_path / "a.csv").write_bytes(table(rows))
    assert set(found(tmp_path, Columns("正文"))[0]) == {"a.csv:2", "a.csv:4"}
    assert set(found(tmp_path, Columns("正文", "名称"))[0]) == {"a.csv:x", "a.csv:x:4"}


def test_bad_rows_are_named_by_their_line(tmp_path: Path) -> None:
    lines = ["doc_id,text,date", "1,好,2020-01-31", "2", "", '4,"不"好,2020', "5,,2020", "6,好,昨天", '7,"没完', ""]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    items, errors = find_inputs([tmp_path], Columns("text"))
    assert [item.source for item in items] == ["a.csv:1", "a.csv:6"]
    assert [str(error) for error in errors] == [
        "a.csv, line 3: 1 cells, but 3 columns (mend the row)",
        """a.csv, line 5: no row of a table: ',' expected after '"' (mend the row)""",
        "a.csv, line 6: nothing in column text (mend the row)",
        "a.csv, line 8: no row of a table: unexpected end of data (mend the row)",
    ]
    (part,) = items[1].read(max_bytes=DEFAULT.max_file_bytes).unread
    assert part.what == "昨天 is no date: not used"


def test_large_fields(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table([{"text": GOOD * 5000}, {"text": GOOD * 60_000}]))
    texts, (line,) = found(tmp_path, Columns("text"))
    assert len(texts["a.csv:2"]) == len(GOOD) * 5000
    assert "a.csv:5003: " in line
    assert "too many for one document" in line


def test_a_column_that_is_not_there(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "a.csv").write_bytes(table(ROWS))
    ran = kg("extract", tmp_path / "a.csv", "--text-column", "body")
    assert ran.status == 1
    assert "a.csv: no column body (its columns are doc_id, symbol, date, title, text)" in ran.err
    ran = kg("extract", tmp_path / "a.csv", "--text-column", "text", "--id-column", "name")
    assert "no column name" in ran.err
    assert kg("extract", tmp_path / "a.csv", "--id-column", "name").status == 2
    assert kg("extract", tmp_path / "a.csv", "--text-column", "text", "--by-line").status == 2
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    with pytest.raises(ConfigError, match="there is no table"):
        find_inputs([tmp_path / "a.txt"], Columns("text"))
    assert kg("extract", tmp_path / "a.txt", "--text-column", "text").status == 2


def test_a_table_from_end_to_end(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "a.csv").write_bytes(table(ROWS))
    (tmp_path / "b.txt").write_text("2020年1月30日，安全理事会第8710次会议通过第2506(2020)号决议。\n", "utf-8")
    out = tmp_path / "out"
    assert kg("build", tmp_path / "a.csv", tmp_path / "b.txt", "--text-column", "text", "-o", out).status == 0
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert [(d["source"], d["format"]) for d in report["documents"]] == [
        ("a.csv:S_2020_1", "table"),
        ("a.csv:S_2020_2", "table"),
        ("b.txt", "text"),
    ]
    ran = kg("verify", out, tmp_path / "a.csv", tmp_path / "b.txt", "--text-column", "text")
    assert ran.status == 0, ran
    assert "of 3 documents checked: all as the sources say" in ran.err
    rows = kg("query", "documents", "-g", out, "--format", "csv").out
    assert "S-2020-1,S/2020/1," in rows


def test_tables_in_archives(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({"t.csv": table(ROWS), "x.txt": GOOD.encode()}))
    texts, errors = found(tmp_path, Columns("text"))
    assert not errors
    assert set(texts) == {"a.zip/t.csv:S_2020_1", "a.zip/t.csv:S_2020_2", "a.zip/x.txt"}


# -- standard input ----------------------------------------------------------------------------------------------------

STDIN = {
    "text": (GOOD.encode(), "stdin.txt"),
    "utf-16": (GOOD.encode("utf-16"), "stdin.txt"),
    "pdf": (FILES["letter.pdf"], "stdin.pdf"),
    "docx": (FILES["letter.docx"], "stdin.docx"),
    "html": (FILES["a.html"], "stdin.html"),
    "archive": (archive({"x.txt": GOOD.encode()}), "stdin.zip/x.txt"),
}


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("name", STDIN)
def test_standard_input_of_any_kind(name: str, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    data, source = STDIN[name]
    give(monkeypatch, data)
    ran = kg("extract", "-")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)["document"]["source"] == source
    assert "S/RES/2507(2020)" in ran.out


def test_standard_input_is_read_once(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, STDIN["archive"][0])
    ran = kg("extract", "--text", "-", "-")
    assert (ran.status, ran.out, ran.err) == (0, GOOD, "")


def test_a_table_from_standard_input(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, table(ROWS))
    ran = kg("extract", "-", "--text-column", "text")
    assert ran.status == 0
    assert [json.loads(line)["document"]["source"] for line in ran.out.splitlines()] == [
        "stdin.csv:S_2020_1",
        "stdin.csv:S_2020_2",
    ]
