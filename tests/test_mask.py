"""Masked text: mentions as signs, at the same length."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.pipeline.mask import SIGNS, compile_masked, mask
from kg.text import normalize

TEXT = "1月31日，安理会以13票赞成通过了决议"


def test_a_pattern_speaks_of_types() -> None:
    masked = mask(TEXT, [(0, 5, "D"), (6, 9, "C"), (10, 12, "X")])
    match = compile_masked(r"(?P<day>«D»)，(?P<who>«SC»)以«X»票").search(masked)
    assert match is not None
    assert TEXT[slice(*match.span("day"))] == "1月31日"
    assert TEXT[slice(*match.span("who"))] == "安理会"


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("«D»", True),
        ("^«D»，«C»", True),
        ("«DS»，«SC»", True),
        ("^[«:D»]{5}，", True),
        ("[^«:DC»]，", False),
        ("«S»", False),
        ("安理会", False),
        ("«DD»«D»", False),
        ("通过了决议", True),
    ],
)
def test_patterns(pattern: str, found: bool) -> None:
    assert bool(compile_masked(pattern).search(mask(TEXT, [(0, 5, "D"), (6, 9, "C")]))) is found


def test_neighbours_of_one_type_stay_apart() -> None:
    masked = mask("中国法国", [(0, 2, "S"), (2, 4, "S")])
    assert [m.span() for m in compile_masked("«S»").finditer(masked)] == [(0, 2), (2, 4)]


def test_one_mention_is_never_read_as_two() -> None:
    assert not compile_masked("^«S»«S»").search(mask("刚果民主共和国", [(0, 7, "S")]))
    assert not compile_masked("^«S»«S»").search(mask("中", [(0, 1, "S")]))


def test_later_spans_win_and_empty_ones_do_nothing() -> None:
    assert mask("安理会", [(0, 3, "O"), (0, 3, "C")]) == mask("安理会", [(0, 3, "C")])
    assert mask("安理会", [(1, 1, "C"), (2, 1, "C")]) == "安理会"
    assert mask("", []) == ""


def test_unknown_signs_are_refused() -> None:
    with pytest.raises(KeyError):
        mask("安理会", [(0, 3, "?")])
    with pytest.raises(KeyError):
        compile_masked("«?»")


spans = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(sorted(SIGNS))), max_size=8)


@given(st.text("安理会a，", min_size=20, max_size=30), spans)
def test_the_length_stays_and_so_does_the_rest(text: str, found: list[tuple[int, int, str]]) -> None:
    masked = mask(text, found)
    assert len(masked) == len(text)
    covered = {i for start, end, _ in found for i in range(start, end)}
    for i, (old, new) in enumerate(zip(text, masked, strict=True)):
        assert (old == new) is (i not in covered)


def test_a_text_that_prints_the_signs_is_not_masked() -> None:
    """Symbol fonts in PDFs use the same private characters; the normal form takes them out."""
    for sign in SIGNS:
        printed = mask("安理会", [(0, 3, sign)])
        assert compile_masked(f"«{sign}»").search(printed)
        assert not compile_masked(f"«{sign}»").search(normalize(printed)[0])


def test_flags_are_kept() -> None:
    assert compile_masked("a", re.IGNORECASE).search("A")
    assert not compile_masked("a").search("A")
