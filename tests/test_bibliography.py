"""Citations of the evidence: BibTeX that a parser of others reads, footnotes after GB/T 7714."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from kg.export.citations import _TEX, _tex, as_bibtex, as_footnotes, reference
from kg.export.sources import Source, one_line, read_sources
from kg.export.statements import read_statements
from kg.model import Citation, DocumentKind, Letter, Meeting, Modality
from kg.store import Store, open_graph
from tests.synthetic import ALL, document, extraction
from tests.synthetic import graph as quads

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = Store.of(quads(*ALL))
HOSTILE = r"100% {of} $5 & #1_a^b~c \input{x} @misc{y, } “引” \ }{"


@pytest.fixture(scope="module")
def store(graph: Path) -> Store:
    return open_graph(graph)


def told(*facts: Any, quote: str = "某事", text: str = "某事。\n", **fields: Any) -> Store:
    doc = document(fields.pop("id_", "d"), text, **fields)
    return Store.of(quads(extraction(doc, *((fact, quote) for fact in facts))))


def entries(store: Store) -> dict[str, dict[str, str]]:
    """Fields by key, LaTeX decoded."""
    library = parse_string(as_bibtex(store.select), append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    assert library.strings == library.preambles == library.comments == []
    found = {}
    for entry in library.entries:
        found[entry.key] = {field.key: str(field.value) for field in entry.fields} | {"ENTRYTYPE": entry.entry_type}
    assert len(found) == len(library.entries)
    return found


# -- documents --------------------------------------------------------------------------------------------------------


def test_sources_of_the_seeds(store: Store) -> None:
    found = read_sources(store.select)
    assert len(found) == 5
    assert {source.author for source in found.values()} == {
        "中国常驻联合国代表",
        "越南常驻联合国代表",
        "瑞典常驻联合国代表",
    }
    assert all(source.title.endswith(("的信", "的信的附件")) for source in found.values())


@pytest.mark.parametrize(
    ("symbol", "author"),
    [
        ("S/RES/2507(2020)", "联合国安全理事会"),
        ("S/PRST/2020/1", "联合国安全理事会"),
        ("S/PV.8699", "联合国安全理事会"),
        ("A/RES/70/1", "联合国大会"),
        ("S/2020/270", None),
        (None, None),
    ],
)
def test_whose_words(symbol: str | None, author: str | None) -> None:
    (source,) = read_sources(told(Citation(cited="S/RES/1(2000)"), symbol=symbol).select).values()
    assert source.author == author
    assert source.url == (f"https://docs.un.org/zh/{symbol}" if symbol else None)


def test_two_senders_are_no_author() -> None:
    letters = [Letter(date="2020-01-01", state=state, sender_role="常驻联合国代表") for state in ("CHN", "VNM")]
    (source,) = read_sources(told(*letters).select).values()
    assert source.author is None
    (source,) = read_sources(told(letters[0]).select).values()
    assert source.author == "中国常驻联合国代表"


# -- BibTeX -----------------------------------------------------------------------------------------------------------


def test_an_entry_a_document(store: Store) -> None:
    found = entries(store)
    assert set(found) == {source.key for source in read_sources(store.select).values()}
    entry = found["004_46f5bdfcd87839ed-98951d9f"]
    assert entry["ENTRYTYPE"] == "misc"
    assert entry["title"] == "2017年1月31日瑞典常驻联合国代表给秘书长的信"
    assert (entry["date"], entry["year"], entry["language"]) == ("2017-01-31", "2017", "chinese")


def test_fields_of_a_resolution() -> None:
    store = told(
        Citation(cited="S/RES/2127(2013)"),
        id_="S-RES-2507-2020",
        symbol="S/RES/2507(2020)",
        kind=DocumentKind.RESOLUTION,
        date="2020-01-31",
        pages=(0,),
    )
    (entry,) = entries(store).values()
    (statement,) = read_statements(store.select)
    assert entry == {
        "ENTRYTYPE": "techreport",
        "author": "联合国安全理事会",
        "title": "第2507(2020)号决议",
        "institution": "联合国",
        "type": "决议",
        "number": "S/RES/2507(2020)",
        "date": "2020-01-31",
        "year": "2020",
        "url": "https://docs.un.org/zh/S/RES/2507(2020)",
        "language": "chinese",
        "langid": "chinese",
        "keywords": "决议, resolution",
        "annote": f"“某事”, p. 1 [{statement.key}]",
    }
    assert as_bibtex(store.select).startswith("@techreport{S-RES-2507-2020,\n")


def test_every_quote_is_in_its_document(store: Store) -> None:
    found = entries(store)
    count = 0
    for statement in read_statements(store.select):
        for evidence in statement.evidence:
            count += 1
            note = found[evidence["document"].partition("/")[2]]["annote"]
            assert f"“{one_line(evidence['quote'])}”" in re.sub(r"\n *", " ", note)
            assert statement.key in note
    assert count > 120


def test_hostile_titles_and_quotes() -> None:
    store = told(Citation(cited="S/RES/1(2000)"), quote=HOSTILE, text=f"{HOSTILE}。\n", title=HOSTILE)
    library = parse_string(as_bibtex(store.select))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert untex(str(entry["title"])) == f"{{{HOSTILE}}}"
    assert f"“{HOSTILE}”" in untex(str(entry["annote"]))


def untex(text: str) -> str:
    """What LaTeX prints for what `_tex` writes (bibtexparser decodes no braces)."""
    signs = {tex: sign for sign, tex in _TEX.items()}
    return re.sub("|".join(map(re.escape, signs)), lambda found: signs[found[0]], text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_braces_balance_and_nothing_special_is_bare(text: str) -> None:
    tex = _tex(one_line(text))
    assert untex(tex) == one_line(text)
    assert tex.count("{") == tex.count("}")
    depth = 0
    for character in tex:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert not re.search(r"(?<!\\)[$&#%_]|[~^]", re.sub(r"\\text\w+\{\}", "", tex))


# -- footnotes --------------------------------------------------------------------------------------------------------


def source(**fields: Any) -> Source:
    given: dict[str, Any] = {
        "key": "S-RES-2507-2020",
        "id": "S-RES-2507-2020",
        "title": "第2507(2020)号决议",
        "kind": "resolution",
        "language": "zh",
        "author": "联合国安全理事会",
        "symbol": "S/RES/2507(2020)",
        "date": "2020-01-31",
        "url": "https://docs.un.org/zh/S/RES/2507(2020)",
    }
    return Source(**{**given, **fields})


_URL = "https://docs.un.org/zh/S/RES/2507(2020)"
_HEAD = "联合国安全理事会. 第2507(2020)号决议: S/RES/2507(2020)[Z]."


@pytest.mark.parametrize(
    ("fields", "page", "text"),
    [
        ({}, None, f"{_HEAD} 2020-01-31. {_URL}"),
        ({}, 2, f"{_HEAD} 2020-01-31: 2. {_URL}"),
        ({"date": None}, 2, f"{_HEAD} 2. {_URL}"),
        ({"date": None}, None, f"{_HEAD} {_URL}"),
        ({"author": None, "url": None, "symbol": None}, None, "第2507(2020)号决议[Z]. 2020-01-31."),
        ({"author": None, "title": "S/2020/1", "symbol": "S/2020/1", "url": None}, 3, "S/2020/1[Z]. 2020-01-31: 3."),
        ({"kind": "report", "author": None}, None, f"第2507(2020)号决议: S/RES/2507(2020)[R]. 2020-01-31. {_URL}"),
    ],
)
def test_after_the_standard(fields: dict[str, Any], page: int | None, text: str) -> None:
    assert reference(source(**fields), page) == text


@pytest.mark.parametrize("name", ["seeds", "everything"])
def test_a_footnote_a_fact(name: str, store: Store) -> None:
    graph = store if name == "seeds" else EVERYTHING
    notes = as_footnotes(graph.select).rstrip("\n").split("\n\n")
    statements = {statement.key: statement for statement in read_statements(graph.select) if statement.evidence}
    assert [note.split(" ")[0] for note in notes] == [f"[{n}]" for n in range(1, len(statements) + 1)]
    told = {}
    for note in notes:
        *lines, address = note.split("\n    ")
        told[address.partition("/id/")[2]] = lines
    assert set(told) == set(statements)
    for key, lines in told.items():
        quotes = [f"“{one_line(evidence['quote'])}”" for evidence in statements[key].evidence]
        assert [line for line in lines[1:-1] if line.startswith("“")] == quotes
        assert re.match(r"\[\d+\] .+\[[ZNR]\]\.", lines[0])


def test_the_whole_note() -> None:
    fact = Meeting(date="2020-01-09", format="debate", theme="和平", modality=Modality.PLANNED)
    store = told(fact, id_="S-2020-1", symbol="S/2020/1", date="2020-01-02", title="某信", pages=(0,))
    (statement,) = read_statements(store.select)
    assert as_footnotes(store.select) == (
        "[1] 某信: S/2020/1[Z]. 2020-01-02: 1. https://docs.un.org/zh/S/2020/1\n"
        "    “某事”\n"
        "    会议（计划）：2020-01-09，辩论，和平\n"
        f"    https://w3id.org/unsc-kg/id/{statement.key}\n"
    )


def test_without_facts_there_is_nothing_to_cite() -> None:
    empty = Store.of(quads(extraction(document("d", "某事。\n"))))
    assert as_footnotes(empty.select) == as_bibtex(empty.select) == ""
