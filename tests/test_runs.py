"""Sorting on disk gives what sorting in memory gives, slice by slice, and leaves nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.triples import Slicer, in_blocks, read_blocks, read_lines, runs, sorted_lines
from kg.triples import blocks as blocks_module
from kg.triples.blocks import block, subjects
from kg.triples.text import split_line

if TYPE_CHECKING:
    from collections.abc import Iterable

SUBJECT = st.text("ab", min_size=1, max_size=2).map("<{}>".format)
TERM = st.text('ab"\\ \x85\u2028中\U0001f600', max_size=3).map(
    lambda text: '"{}"'.format(text.replace("\\", r"\\").replace('"', r"\""))
) | st.sampled_from(["<a>", "<b#中>", '"<g> ."', '"a"@zh', '"1"^^<t>'])
LINE = st.builds("{} <{}> {} <{}> .".format, SUBJECT, st.sampled_from("pq"), TERM, st.sampled_from("gh"))


def lines_of(slices: Iterable[list[bytes]]) -> list[str]:
    return [line for blocks in slices for each in blocks for line in each.decode().split("\n")]


def subject_of(line: str) -> str:
    return line.partition(" ")[0]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(LINE, max_size=5), max_size=100),
    st.sampled_from([1, 300, 2000, 10_000_000]),
    st.sampled_from([1, 40, 10_000_000]),
    st.booleans(),
)
def test_as_in_memory(batches: list[list[str]], most: int, largest: int, by_block: bool) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_LARGEST", largest)
        patch.setattr(runs, "_CHUNK", 50)
        slicer = Slicer(Path(place), most)
        for batch in batches:
            slicer.add(in_blocks(sorted_lines(batch)) if by_block else batch)
        slices = list(slicer.slices())
        assert lines_of(slices) == sorted_lines(line for batch in batches for line in batch)
        found = [subject_of(each.decode()) for blocks in slices for each in blocks]
        assert len(set(found)) == len(found), "one block a subject"
        assert list(Path(place).iterdir()) == []


def test_several_fill_the_same_files(tmp_path: Path) -> None:
    first = Slicer(tmp_path, 1)
    first.add([f"<{i:03d}> ." for i in range(100)])
    second = Slicer(tmp_path, 1, first.bounds, "second")
    second.add([f"<{i:03d}> ." for i in range(50, 150)])
    second.spill()
    slices = list(first.slices())
    assert len(slices) > 50
    assert lines_of(slices) == [f"<{i:03d}> ." for i in range(150)]


def test_files_are_few(tmp_path: Path) -> None:
    slicer = Slicer(tmp_path, 100_000)
    for i in range(20_000):
        slicer.add([f"<{i * 7919 % 20_000:05d}> ."])
    assert 100 < len(list(tmp_path.iterdir())) <= 256
    assert lines_of(slicer.slices()) == [f"<{i:05d}> ." for i in range(20_000)]


def test_a_file_that_is_too_large_is_spread_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # what comes first tells nothing of what comes later, which would all be in one file
    monkeypatch.setattr(runs, "_LARGEST", 20_000)
    slicer = Slicer(tmp_path, 10_000)
    slicer.add([f"<a{i:04d}> <p> <o> <g> ." for i in range(1000)])
    slicer.add([f"<b{i:04d}> <p> <o{j}> <g> ." for i in range(5000) for j in range(2)])
    slices = list(slicer.slices())
    assert lines_of(slices) == [
        *(f"<a{i:04d}> <p> <o> <g> ." for i in range(1000)),
        *(f"<b{i:04d}> <p> <o{j}> <g> ." for i in range(5000) for j in range(2)),
    ]
    assert max(sum(map(len, blocks)) for blocks in slices) < 25_000
    assert list(tmp_path.iterdir()) == []


def test_one_subject_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_LARGEST", 100)
    slicer = Slicer(tmp_path, 100)
    expected = [f"<a> <p> <o{i:04d}> <g> ." for i in range(1000)]
    for line in expected:
        slicer.add([line])
    assert lines_of(slicer.slices()) == expected


@given(st.lists(LINE, max_size=30), st.sampled_from([1, 60, 1 << 20]))
def test_blocks_of_a_file(lines: list[str], chunk: int) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks_module, "_CHUNK", chunk)
        path = Path(place, "graph.nq")
        path.write_bytes("".join(f"{line}\n" for line in sorted_lines(lines)).encode())
        found = [each.decode() for each in read_blocks(path)]
    assert found == list(in_blocks(sorted_lines(lines)))


@given(st.lists(LINE, max_size=30), st.booleans())
def test_what_is_said_of_subjects(lines: list[str], by_block: bool) -> None:
    wanted: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, object_ in sorted({split_line(line)[:3] for line in lines}):
        wanted.setdefault(subject, {}).setdefault(predicate, []).append(object_)
    given_ = sorted_lines(lines)
    found = dict(subjects(in_blocks(given_) if by_block else given_))
    assert found == wanted
    assert list(found) == sorted(found)


@given(SUBJECT, st.sets(st.builds("<{}> {}".format, st.sampled_from("pq"), TERM), min_size=1))
def test_a_block_is_its_lines_in_order(subject: str, stated: set[str]) -> None:
    assert block(subject, stated, "<g>").split("\n") == sorted_lines(f"{subject} {each} <g> ." for each in stated)


@pytest.mark.parametrize("line_end", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r"])
def test_what_is_no_line_end(line_end: str, tmp_path: Path) -> None:
    (tmp_path / "aside").mkdir()
    slicer = Slicer(tmp_path / "aside", 1)
    slicer.add([f"<b> {line_end}a", "<c> ."])
    slicer.add(["<a> ."])
    expected = ["<a> .", f"<b> {line_end}a", "<c> ."]
    assert lines_of(slicer.slices()) == expected
    (tmp_path / "out").write_bytes("".join(f"{line}\n" for line in expected).encode())
    assert list(read_lines(tmp_path / "out")) == expected
