"""Every rule of `kg.extract`: sentences that it must catch, and decoys of the same words that it must refuse.

The tables are ``rules/<family>.toml`` or, of a large family, ``rules/<family>-<part>.toml``. A case is a small
document, one paragraph a line, read without the trained names; ``after`` puts one of the table's ``contexts`` before it
(a letter's title gives date and month). ``facts`` are all facts of the rule's type, in order, with the fields that
matter (``"-"``: null); a decoy has none, or those in ``left``. ``type`` and ``by`` say where a rule that makes no fact
of its own shows. A case of elements is the inside of an Akoma Ntoso file. ``bug``: known to fail, and why; the test
fails when it is mended.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.extract import extract
from kg.model import FACT_TYPES, Document, OffsetMap, Paragraph
from tests.akn import akn, read

if TYPE_CHECKING:
    from spacy.language import Language

TABLES = Path(__file__).parent / "rules"
SOURCES = Path(__file__).parent.parent / "kg" / "extract"
TYPES = {"mandate": "mandate_decision", "press": "press_statement"}
"""Types of fact of the families that are not named like them."""
CITATION_RELATIONS = ("recalls", "reaffirms", "pursuant-to", "extends", "modifies", "terminates", "established-by")
"""What stands in ``f"citation.{relation}"``: the contract's relations but ``cites``, which is ``citation.symbol``."""
MANDATE_ENDINGS = (".letter", ".computed")
"""What a mandate rule's name can end in: a letter decided, the end is counted from a start."""


@dataclass(frozen=True)
class Case:
    rule: str
    kind: str
    before: str
    text: str
    facts: tuple[dict[str, Any], ...]
    type: str
    by: str
    bug: str | None


def _case(kind: str, table: dict[str, Any], contexts: dict[str, str]) -> Case:
    wanted = {"catch": "facts", "decoy": "left"}[kind]
    allowed = {"rule", "text", "after", "type", "by", "bug", wanted, *(("trap",) if kind == "decoy" else ())}
    needed = {"rule", "text", *(("facts",) if kind == "catch" else ("trap",))}
    if not needed <= table.keys() <= allowed:
        raise ValueError(f"{kind} of {table.get('rule')}: needs {sorted(needed)}, may have {sorted(allowed)}")
    family = table["rule"].partition(".")[0]
    return Case(
        rule=table["rule"],
        kind=kind,
        before=contexts[table["after"]].strip() if "after" in table else "",
        text=table["text"].strip(),
        facts=tuple(table.get(wanted, ())),
        type=table.get("type", TYPES.get(family, family)),
        by=table.get("by", table["rule"]),
        bug=table.get("bug"),
    )


@cache
def cases() -> tuple[Case, ...]:
    found = []
    for path in sorted(TABLES.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        assert table.keys() <= {"contexts", "catch", "decoy"}, path.name
        for kind in ("catch", "decoy"):
            for row in table.get(kind, ()):
                assert row["rule"].startswith(f"{path.stem.partition('-')[0]}."), (path.name, row["rule"])
                found.append(_case(kind, row, table.get("contexts", {})))
    return tuple(found)


def _params(kind: str) -> list[Any]:
    count: dict[str, int] = defaultdict(int)
    params = []
    for case in cases():
        if case.kind == kind:
            count[case.rule] += 1
            marks = [pytest.mark.xfail(reason=case.bug, strict=True)] if case.bug else []
            params.append(pytest.param(case, id=f"{case.rule}-{count[case.rule]}", marks=marks))
    return params


def _document(case: Case) -> Document:
    """Text without `kg.read`: its guesses about layout are tested elsewhere. Elements stand in a file."""
    if case.text.startswith("<"):
        return read(akn(f"{case.before}{case.text}"))
    lines = [*case.before.splitlines(), *case.text.splitlines()]
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    return Document(
        id="case",
        source="case.txt",
        sha256="",
        text="".join(f"{line}\n" for line in lines),
        to_file=OffsetMap.identity(),
        encoding="utf-8",
        paragraphs=tuple(
            Paragraph(start, start + len(line), "prose") for start, line in zip(starts, lines, strict=True)
        ),
    )


def _found(case: Case) -> list[dict[str, Any]]:
    facts = [fact.as_json() for fact in extract(_document(case)).facts]
    return [fact for fact in facts if fact["type"] == case.type]


def _told(fact: dict[str, Any], asked: dict[str, Any] | None) -> dict[str, Any]:
    """The fields that the table asks for, null as in the table; all that say something where it asks for none."""
    if asked is None:
        return {name: value for name, value in fact.items() if value and name not in {"evidence", "confidence"}}
    return {name: "-" if fact[name] is None else fact[name] for name in asked}


def _compared(case: Case, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    asked = [*case.facts, *(None for _ in found)]
    return [_told(fact, wanted) for fact, wanted in zip(found, asked, strict=False)]


@pytest.mark.parametrize("case", _params("catch"))
def test_catches(case: Case) -> None:
    found = _found(case)
    assert _compared(case, found) == list(case.facts), case.text
    assert case.by in {fact["rule"] for fact in found}


@pytest.mark.parametrize("case", _params("decoy"))
def test_refuses(case: Case) -> None:
    assert _compared(case, _found(case)) == list(case.facts), case.text


def test_the_trained_names_change_nothing_here(nlp: Language) -> None:
    """What grammar and frames decide stays so with the names that the trained component adds."""
    for case in cases():
        document = _document(case)
        plain, named = (extract(document, each).facts for each in (None, nlp))
        assert [fact for fact in plain if fact.type == case.type] == [fact for fact in named if fact.type == case.type]


# -- the tables are complete ------------------------------------------------------------------------------------------


@cache
def rule_names() -> frozenset[str]:
    """Rules that the source of `kg.extract` can name: its literals ``family.name``, and what it makes of parts."""
    words = {
        node.value
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    names = {word for word in words if re.fullmatch(r"[a-z]+\.[a-z]+(?:-[a-z]+)*", word)}
    parts = {word for word in words if re.fullmatch(r"[a-z]+\.|\.[a-z]+", word)}
    assert parts == {"citation.", *MANDATE_ENDINGS}, "a rule's name is made of parts: say here what it can be"
    citations = (f"citation.{relation}" for relation in CITATION_RELATIONS)
    mandates = [name for name in names if name.startswith("mandate.")]
    endings = (*MANDATE_ENDINGS, "".join(MANDATE_ENDINGS))
    return frozenset((*names, *citations, *(name + ending for name in mandates for ending in endings)))


def _frame(rule: str) -> str:
    """The rule's name without what its fact adds to it."""
    return rule if rule.startswith("citation.") else ".".join(rule.split(".")[:2])


def test_every_rule_has_a_catch_and_a_decoy() -> None:
    known = {_frame(name) for name in rule_names()}
    assert len(known) > 50
    for kind in ("catch", "decoy"):
        told = {case.rule for case in cases() if case.kind == kind and not case.bug}
        assert known - {_frame(rule) for rule in told} == set(), f"rules without a {kind}"
        for ending in MANDATE_ENDINGS:
            assert any(ending in rule for rule in told), f"no {kind} of a rule that ends in {ending}"


def test_tables_name_only_rules_that_exist() -> None:
    assert {name for case in cases() for name in (case.rule, case.by)} - rule_names() == set()
    assert {case.type for case in cases()} <= {fact.type for fact in FACT_TYPES}


def test_a_decoy_has_the_words_of_what_its_rule_catches() -> None:
    """A decoy that shares no words with any catch of its rule would be refused whatever the rule says."""
    caught: dict[str, set[str]] = defaultdict(set)
    for case in cases():
        if case.kind == "catch":
            caught[_frame(case.rule)] |= _pairs(case.text)
    strangers = [
        (case.rule, case.text)
        for case in cases()
        if case.kind == "decoy" and len(_pairs(case.text) & caught[_frame(case.rule)]) < 2
    ]
    assert strangers == []


def _pairs(text: str) -> set[str]:
    """Neighbouring characters."""
    return {text[i : i + 2] for i in range(len(text) - 1)}


def test_cases_differ() -> None:
    seen = [(case.rule, case.text, case.type) for case in cases()]
    assert len(seen) == len(set(seen))
