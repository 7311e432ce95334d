"""Sorting on disk gives what sorting in memory gives, and leaves nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.triples import LineSorter, read_lines, sorted_lines

LINE = st.text("ab \x85\u2028中\U0001f600", max_size=4).map(lambda text: f"<{text}> .")


@settings(max_examples=60)
@given(st.lists(st.lists(LINE, max_size=5), max_size=150), st.sampled_from([1, 300, 10_000_000]))
def test_as_in_memory(batches: list[list[str]], most: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        (aside := Path(place, "aside")).mkdir()
        sorter = LineSorter(aside, most)
        for batch in batches:
            sorter.add(batch)
        sorter.write(Path(place, "out"))
        assert list(read_lines(Path(place, "out"))) == sorted_lines(line for batch in batches for line in batch)
        assert list(aside.iterdir()) == []


def test_runs_are_few(tmp_path: Path) -> None:
    """Files are not left open without end: sixty-five at most, whatever comes."""
    sorter = LineSorter(tmp_path, 1)
    for i in range(400):
        sorter.add([f"{i % 97:03d}"])
        assert len(list(tmp_path.iterdir())) <= 65
    sorter.write(tmp_path / "out")
    assert list(read_lines(tmp_path / "out")) == [f"{i:03d}" for i in range(97)]


@pytest.mark.parametrize("line_end", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r"])
def test_what_is_no_line_end(line_end: str, tmp_path: Path) -> None:
    sorter = LineSorter(tmp_path, 1)
    sorter.add([f"b{line_end}a", "c"])
    sorter.add(["a"])
    sorter.write(tmp_path / "out")
    assert list(read_lines(tmp_path / "out")) == ["a", f"b{line_end}a", "c"]
