"""Whatever people hand in: one clear line for each thing that cannot be used, and the good documents go on."""

from __future__ import annotations

import codecs
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.config import DEFAULT
from kg.errors import EncodingError, InputError, UnreadableInputError, UnsupportedInputError
from kg.inputs import find_inputs

if TYPE_CHECKING:
    from tests.conftest import Kg

GOOD = "2020年1月9日，安全理事会第8699次会议通过第2507(2020)号决议。\n"


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def write(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def unreadable(path: Path) -> None:
    path.write_text(GOOD, "utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("permissions are not enforced for this user (root); test_no_permission covers the line")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket may have some hundred characters only
    try:
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(path.name)
    finally:
        os.chdir(here)


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.txt": (write(b""), "empty"),
    "only-a-mark.txt": (write(codecs.BOM_UTF8), "empty"),
    "blank.txt": (write(" \n\t\u3000\n".encode()), "only blanks"),
    "zeros.txt": (write(bytes(4096)), "empty"),
    "binary.txt": (write(bytes(range(256)) * 64), "binary|no known encoding"),
    "picture.txt": (write(b"\x89PNG\r\n\x1a\n" + bytes(range(200))), "PNG"),
    "really-a-pdf.txt": (write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "a broken or cut PDF"),
    "no.pdf": (write(GOOD.encode()), "ends in .pdf, but is no PDF file"),
    "sound.mp3": (write(b"ID3" + bytes(200)), "files ending in .mp3 are not read"),
    "folder.zip": (write(b"PK\x03\x04" + bytes(100)), "a broken or cut zip file"),
    "table.csv": (write(b"text\nx\n"), "a table: which column holds the text"),
    "rich.rtf": (write(b"{\\rtf1 x}"), "this is an RTF file, which is not read"),
    "wrong-encoding.txt": (
        write("Проект резолюции о Совете Безопасности".encode("koi8-r") * 20),
        "no known encoding fits",
    ),
    "cut.txt": (write(codecs.BOM_UTF16_LE + "安理会".encode("utf-16-le")[:-1]), "utf-16"),
    "letter.docx": (write(b"PK\x03\x04"), "a broken or cut zip file"),
    "no-ending": (write(GOOD.encode()), "files ending in"),
    "pipe.txt": (pipe, "no regular file"),
    "socket.txt": (listening, "no regular file"),
    "nowhere.txt": (lambda path: path.symlink_to("not-there.txt"), "a link to nothing"),
    "itself.txt": (lambda path: path.symlink_to(path.name), "a link to nothing"),
    "loop": (lambda path: path.symlink_to(path.parent), "a link to a folder that holds it"),
    "secret.txt": (unreadable, "permission denied"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_line_and_the_others_go_on(name: str, tmp_path: Path, kg: Kg) -> None:
    make, reason = BAD[name]
    make(tmp_path / name)
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    ran = kg("extract", "--text", tmp_path)
    assert ran.status == 3
    assert ran.out == GOOD
    (line,) = lines(ran.err)
    assert line.startswith("kg: skipped ")
    assert name in line
    assert any(word in line for word in reason.split("|")), line


@pytest.mark.parametrize("name", BAD)
def test_nothing_but_that(name: str, tmp_path: Path, kg: Kg) -> None:
    make, _ = BAD[name]
    make(tmp_path / name)
    ran = kg("extract", "--text", tmp_path)
    assert ran.status == 1
    assert ran.out == ""
    first, last = lines(ran.err)
    assert name in first
    assert "nothing was read" in last


GOOD_BYTES = {
    "bom": codecs.BOM_UTF8 + GOOD.encode(),
    "gb18030": GOOD.encode("gb18030") * 5,
    "utf-16": codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le"),
    "utf-16-be": codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
    "crlf": GOOD.replace("\n", "\r\n").encode(),
    "no-line-end": GOOD.strip().encode(),
}


@pytest.mark.parametrize("name", GOOD_BYTES)
def test_other_forms_of_text_are_read(name: str, tmp_path: Path, kg: Kg) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_bytes(GOOD_BYTES[name])
    ran = kg("extract", "--text", path)
    assert (ran.status, ran.err) == (0, "")
    assert set(lines(ran.out)) == {GOOD.strip()}


def test_encoding_can_be_named(tmp_path: Path, kg: Kg) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(GOOD.encode("gb18030"))
    assert kg("extract", "--text", "--encoding", "gb18030", path).out == GOOD
    for wrong in ("utf-8", "no-such-encoding"):
        ran = kg("extract", "--text", "--encoding", wrong, path)
        assert ran.status == 1
        assert f"not {wrong}" in ran.err


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text(GOOD, "utf-8")
    (item,), _ = find_inputs([tmp_path])

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableInputError, match=r"^secret.txt: cannot be read: permission denied"):
        item.read(max_bytes=DEFAULT.max_file_bytes)


def test_a_folder_with_nothing(tmp_path: Path, kg: Kg) -> None:
    for shape in ("empty", "hidden", "nested"):
        (tmp_path / shape).mkdir()
    (tmp_path / "hidden" / ".DS_Store").touch()
    (tmp_path / "nested" / "inner").mkdir()
    for shape in ("empty", "hidden", "nested"):
        ran = kg("extract", tmp_path / shape)
        assert ran.status == 1
        assert shape in ran.err
        assert "Traceback" not in ran.err


def test_a_folder_whose_name_ends_like_a_file(tmp_path: Path, kg: Kg) -> None:
    folder = tmp_path / "x.txt"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, "utf-8")
    assert kg("extract", "--text", folder) == (0, GOOD, "")
    assert kg("extract", "--text", tmp_path) == (0, GOOD, "")


def test_a_name_that_is_not_utf8(tmp_path: Path, kg: Kg) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xfe.txt")
    try:
        path.write_text(GOOD, "utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert kg("extract", "--text", tmp_path) == (0, GOOD, "")
    (item,), _ = find_inputs([tmp_path])
    assert item.source == r"\xff\xfe.txt"


def test_missing_path(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    ran = kg("extract", "--text", tmp_path / "good.txt", tmp_path / "bad.txt")
    assert (ran.status, ran.out) == (3, GOOD)
    assert f"{tmp_path.as_posix()}/bad.txt: no such file" in ran.err


def test_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(DEFAULT.max_file_bytes + 1)  # sparse: takes no room
    (item,), _ = find_inputs([path])
    with pytest.raises(UnsupportedInputError, match=r"large\.txt: .* bytes are too many .*max_file_bytes"):
        item.read(max_bytes=DEFAULT.max_file_bytes)


def test_order_and_names_of_inputs(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/1.txt", "c.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD, "utf-8")
    found, errors = find_inputs([tmp_path / "b" / "2.txt", tmp_path, tmp_path / "c.TXT"])
    assert not errors
    assert [item.source for item in found] == ["2.txt", "a/1.txt", "b/1.txt", "c.TXT"]
    assert found == find_inputs([tmp_path / "c.TXT", tmp_path, tmp_path / "b" / "2.txt"])[0]


@pytest.mark.parametrize("by_line", [False, True])
def test_a_mistake_of_ours_costs_one_document(
    by_line: bool, tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.extract as room

    for name, text in (("a", "甲"), ("b", GOOD)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    name = "extract_line" if by_line else "extract"
    real = getattr(room, name)

    def broken(given: object, *args: object, **names: object) -> object:
        if "甲" in str(given):
            raise IndexError("list index\nout of range")
        return real(given, *args, **names)

    monkeypatch.setattr(room, name, broken)
    monkeypatch.delenv("KG_DEBUG", raising=False)
    ran = kg("extract", *(["--by-line"] if by_line else []), tmp_path)
    assert ran.status == 3
    assert len(lines(ran.out)) == 1
    (line,) = lines(ran.err)
    assert "a.txt" in line
    assert "internal error, please report it: IndexError: list index out of range" in line


def test_errors_survive_a_process_boundary() -> None:
    import pickle

    error: InputError = EncodingError("no encoding", where="a.txt", remedy="mend it")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (EncodingError, "a.txt: no encoding (mend it)")
