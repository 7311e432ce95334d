"""Sorting on disk gives what sorting in memory gives, slice by slice, and leaves nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.triples import Slicer, read_lines, runs, sorted_lines
from kg.triples.runs import cut

SUBJECT = st.text("ab", max_size=2)
REST = st.text("ab \x85\u2028中\U0001f600", max_size=4)
LINE = st.builds("<{}> {} .".format, SUBJECT, REST)


def subjects(lines: list[str]) -> set[str]:
    return {line.partition(" ")[0] for line in lines}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(LINE, max_size=5), max_size=100),
    st.sampled_from([1, 300, 2000, 10_000_000]),
    st.sampled_from([1, 40, 10_000_000]),
)
def test_as_in_memory(batches: list[list[str]], most: int, largest: int) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_LARGEST", largest)
        slicer = Slicer(Path(place), most)
        for batch in batches:
            slicer.add(batch)
        slices = list(slicer.slices())
        assert [line for lines in slices for line in lines] == sorted_lines(line for b in batches for line in b)
        assert sum(len(subjects(lines)) for lines in slices) == len({s for lines in slices for s in subjects(lines)})
        assert list(Path(place).iterdir()) == []


@settings(deadline=None)
@given(st.lists(LINE, max_size=30), st.integers(1, 40))
def test_cut(lines: list[str], most: int) -> None:
    pieces = list(cut(sorted_lines(lines), most))
    assert [line for piece in pieces for line in piece] == sorted_lines(lines)
    assert sum(len(subjects(piece)) for piece in pieces) == len(subjects(lines))
    for piece in pieces:
        assert len(subjects(piece[most:])) <= 1


def test_several_fill_the_same_files(tmp_path: Path) -> None:
    first = Slicer(tmp_path, 1)
    first.add([f"<{i:03d}> ." for i in range(100)])
    second = Slicer(tmp_path, 1, first.bounds, "second")
    second.add([f"<{i:03d}> ." for i in range(50, 150)])
    second.spill()
    slices = list(first.slices())
    assert len(slices) > 50
    assert [line for lines in slices for line in lines] == [f"<{i:03d}> ." for i in range(150)]


def test_files_are_few(tmp_path: Path) -> None:
    slicer = Slicer(tmp_path, 100_000)
    for i in range(20_000):
        slicer.add([f"<{i * 7919 % 20_000:05d}> ."])
    assert 100 < len(list(tmp_path.iterdir())) <= 512
    assert [line for lines in slicer.slices() for line in lines] == [f"<{i:05d}> ." for i in range(20_000)]


@pytest.mark.parametrize("line_end", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r"])
def test_what_is_no_line_end(line_end: str, tmp_path: Path) -> None:
    (tmp_path / "aside").mkdir()
    slicer = Slicer(tmp_path / "aside", 1)
    slicer.add([f"b{line_end}a", "c"])
    slicer.add(["a"])
    expected = ["a", f"b{line_end}a", "c"]
    assert [line for lines in slicer.slices() for line in lines] == expected
    (tmp_path / "out").write_bytes("".join(f"{line}\n" for line in expected).encode())
    assert list(read_lines(tmp_path / "out")) == expected
