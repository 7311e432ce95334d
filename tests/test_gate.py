"""Gates: what a pattern needs is read off it, and a gated pattern finds what it finds without its gate."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.extract  # noqa: F401 - loads every rule
from kg.extract.choices import choices, opened
from kg.extract.gate import Frames, Gate, Gated, words_of
from kg.extract.sentence import Sentence
from kg.extract.view import view
from kg.read import read_document
from kg.structure import structure

CORPUS = Path(__file__).parent / "corpus"


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("延长", [{"延长"}]),
        ("(?:延长|展延)[^。]*任期", [{"任期"}, {"延长", "展延"}]),
        ("再?(?:延|展)(?:期|长)", [{"延期", "延长", "展期", "展长"}]),  # what may be left out adds nothing
        ("决定(?!性)(?=延长)", [{"决定延长"}, {"决定"}, {"延长"}]),
        ("(?<=主)席", [{"主"}, {"席"}]),
        ("(?<!主)席", [{"席"}]),
        ("(?:通过|以[^，]{3}决议)", [{"决议", "通过"}]),  # the rarer word of each way
        ("(?:通过|.{3})", []),  # one of its ways needs nothing
        ("(?:通过)*", []),
        ("(?:通过)+", [{"通过"}]),
        ("(?:通过){2}", [{"通过"}]),
        ("[一-龥]期", [{"期"}]),
        (r"\d{4}年", [{"年"}]),
        ("(?i:a)b", [{"b"}]),
        ("(?i)ab", []),
        (r"(?P<a>赞成)(?P=a)票", [{"赞成"}, {"票"}]),
        ("通过++了", [{"通"}, {"过"}, {"了"}]),
    ],
)
def test_choices(pattern: str, wanted: list[set[str]]) -> None:
    found = choices(pattern)
    assert set(found) == {frozenset(choice) for choice in wanted}


_LETTERS = "甲乙丙丁"
_ATOMS = st.sampled_from([*_LETTERS, "[甲乙]", "[^甲]", ".", "甲乙", "^", "$", r"\b"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda row: f"(?:{'|'.join(row)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "??", "+?", "*+", "++"])).map(
            lambda each: f"(?:{each[0]}){each[1]}"
        ),
        st.tuples(st.sampled_from(["(?=", "(?!", "(?>", "("]), inner).map(lambda each: f"{each[0]}{each[1]})"),
        st.sampled_from(_LETTERS).map(lambda letter: f"(?<={letter})"),
        st.sampled_from(_LETTERS).map(lambda letter: f"(?<!{letter})"),
    )


@given(st.recursive(_ATOMS, _grown, max_leaves=8), st.text(_LETTERS, max_size=8))
def test_each_match_holds_one_of_each_choice(pattern: str, text: str) -> None:
    if re.search(pattern, text):
        assert all(any(word in text for word in choice) for choice in choices(pattern))


@given(st.recursive(_ATOMS, _grown, max_leaves=8), st.text(_LETTERS, max_size=8))
def test_a_look_at_the_first_character_changes_nothing(pattern: str, text: str) -> None:
    assert [m.span() for m in re.finditer(opened(pattern), text)] == [m.span() for m in re.finditer(pattern, text)]


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("(?:公开)?辩论", "(?=[公辩])(?:(?:公开)?辩论)"),
        ("公开|(?:部长级)?[会辩]", "(?=[会公辩部])(?:公开|(?:部长级)?[会辩])"),
        ("公开辩论", "公开辩论"),  # `re` sees this by itself
        ("(?:公开)?", "(?:公开)?"),  # can be empty
        ("(?:公开)?[^。]", "(?:公开)?[^。]"),  # anything may come
        ("(?i:a)?b", "(?i:a)?b"),
    ],
)
def test_what_is_looked_at_first(pattern: str, wanted: str) -> None:
    assert opened(pattern) == wanted


def _gated() -> Iterator[Gated]:
    """Every gated pattern of the rules, once."""
    seen: set[int] = set()
    for name in sorted(sys.modules):
        if not name.startswith("kg.extract"):
            continue
        for value in vars(sys.modules[name]).values():
            row = [frame for frame, _ in value.row] if isinstance(value, Frames) else [value]
            for one in row:
                if isinstance(one, Gated) and id(one) not in seen:
                    seen.add(id(one))
                    yield one


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    paths = sorted(CORPUS.glob("*/*.txt"))[::3]
    return [s for path in paths for s in view(structure(read_document(path))).sentences]


def test_a_gate_changes_nothing_that_is_found(sentences: list[Sentence]) -> None:
    tried = turned_away = 0
    for gated in _gated():
        for sentence in sentences:
            tried += 1
            turned_away += not gated.may_be_in(sentence)
            if not gated.may_be_in(sentence):
                assert re.search(gated.source, getattr(sentence, gated.on)) is None, (gated.source, sentence.text)
    assert turned_away / tried > 0.9  # else they are not worth their keep


def test_a_document_holds_what_its_sentences_hold(sentences: list[Sentence]) -> None:
    from kg.extract.mandates.changing import CHANGING
    from kg.extract.mandates.extending import EXTENDING

    gate = Gate(CHANGING, EXTENDING)
    held = 0
    for path in sorted(CORPUS.glob("*/*.txt"))[::9]:
        document = view(structure(read_document(path)))
        likely = gate.among(document)
        held += len(likely)
        assert list(likely) == [s for s in document.sentences if CHANGING.may_be_in(s) or EXTENDING.may_be_in(s)]
        for gated in _gated():
            assert gated.may_be_in(document) or not any(gated.may_be_in(s) for s in document.sentences)
    assert 0 < held < len(sentences)


def test_a_row_finds_what_its_patterns_find(sentences: list[Sentence]) -> None:
    from kg.extract.mandates.changing import CHANGING
    from kg.extract.meetings.frames import FRAMES

    for frames in (CHANGING, FRAMES):
        for sentence in sentences:
            alone = [
                (m.span(), what)
                for frame, what in frames.row
                for m in frame.pattern.finditer(getattr(sentence, frame.on))
            ]
            assert [(m.span(), what) for m, what in frames.finditer(sentence)] == alone


def test_a_pattern_made_too_late_is_tried_on_all() -> None:
    words_of("", "")  # a text was read
    late = Gated("这些字没有规则需要")
    assert late.needs == 0
