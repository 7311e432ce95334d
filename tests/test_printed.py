"""A document says the same as text, as a PDF and as a Word file: the same facts, quoted from the same words.

The small files of ``printed/`` are read by every run; the seeds are printed anew where LibreOffice or Chromium is here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.building import build_graph
from kg.extract import extract
from kg.read import read_document
from kg.store import open_graph
from kg.structure import structure
from kg.verify import verify_graph
from tests.golden.remake import SEEDS, STEMS
from tests.printing import BROWSER, OFFICE, Sheet, convert, flat_odf, print_page, web_page

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.model import Extraction

PRINTED = Path(__file__).parent / "printed"
SYMBOLS = dict(zip(STEMS, ("S/2018/982", "S/2022/617", "S/2020/270", "S/2021/297", "S/2017/81"), strict=True))
WRITTEN = ("letter.pdf", "letter.docx", "columns.pdf")


def told(extraction: Extraction) -> list[str]:
    """What a document states, with the words that state it; blanks are layout."""
    facts = []
    for fact in extraction.facts:
        found: dict[str, Any] = fact.as_json()
        evidence = [quote["quote"] for quote in found.pop("evidence")]
        facts.append("".join(json.dumps([found, evidence], ensure_ascii=False, sort_keys=True).split()))
    return sorted(facts)


def paragraphs(path: Path) -> list[str]:
    """Without blanks. Footnotes come last: a page prints them at its foot, a text where the page ended."""
    document = read_document(path)
    ordered = sorted(document.paragraphs, key=lambda p: p.role == "footnote")
    return ["".join(document.text[p.start : p.end].split()) for p in ordered]


# -- the files of printed/ ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_printed_is_what_was_written(name: str) -> None:
    text = paragraphs(PRINTED / "letter.txt")
    found = paragraphs(PRINTED / name)
    top = len(found) - len(text)
    assert found[top:] == text
    assert found[0] == "联合国S/2031/310"
    assert "".join(found[:top]) == "联合国S/2031/310安全理事会Distr.:General2May2031ChineseOriginal:English"


@pytest.mark.parametrize("name", WRITTEN)
def test_facts_are_those_of_the_text(name: str, nlp: Language) -> None:
    text = extract(read_document(PRINTED / "letter.txt"), nlp)
    found = extract(read_document(PRINTED / name), nlp)
    assert len(text.facts) > 5
    assert told(found) == told(text)
    assert (found.document.symbol, found.document.date, found.document.id) == ("S/2031/310", "2031-05-02", "S-2031-310")
    assert {words.page for fact in found.facts for words in fact.evidence} == {1, 2}


def test_every_quote_is_verified(tmp_path: Path, nlp: Language) -> None:
    for name in WRITTEN:
        build_graph([PRINTED / name], tmp_path / name, nlp=nlp)
        found = verify_graph(open_graph(tmp_path / name), [PRINTED])
        assert found.quotes > 5
        assert found.problems == ()


# -- the seeds, printed here -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds as PDF and docx, and one in two columns."""
    if OFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("office")
    for stem in STEMS:
        document = structure(read_document(SEEDS / f"{stem}.txt"))
        sheet = Sheet(SYMBOLS[stem], f"{SYMBOLS[stem][4:6]}-04634", document.date)
        (folder / f"{stem}.fodt").write_text(flat_odf(document, sheet), "utf-8")
        if stem == STEMS[-1]:
            sheet = Sheet(sheet.symbol, sheet.job, sheet.date, columns=2)
            (folder / f"{stem}-columns.fodt").write_text(flat_odf(document, sheet), "utf-8")
    for form in ("pdf", "docx"):
        convert(sorted(folder.glob("*.fodt")), form, folder)
    return folder


@pytest.fixture(scope="module")
def of_text(nlp: Language) -> dict[str, list[str]]:
    """What the text of each seed states."""
    return {stem: told(extract(read_document(SEEDS / f"{stem}.txt"), nlp)) for stem in STEMS}


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".pdf", ".docx"])
@pytest.mark.parametrize("name", [*STEMS, f"{STEMS[-1]}-columns"])
def test_seeds_printed_with_an_office(
    name: str, ending: str, office: Path, nlp: Language, of_text: dict[str, list[str]]
) -> None:
    stem = name.removesuffix("-columns")
    path = office / f"{name}{ending}"
    text, found = paragraphs(SEEDS / f"{stem}.txt"), paragraphs(path)
    assert found[len(found) - len(text) :] == text
    extraction = extract(read_document(path), nlp)
    assert told(extraction) == of_text[stem]
    assert extraction.document.symbol == SYMBOLS[stem]
    assert not extraction.document.unread


@pytest.mark.slow
def test_seeds_printed_with_an_office_are_verified(office: Path, tmp_path: Path, nlp: Language) -> None:
    for ending in ("pdf", "docx"):
        files = [office / f"{stem}.{ending}" for stem in STEMS]
        build_graph(files, tmp_path / ending, nlp=nlp)
        found = verify_graph(open_graph(tmp_path / ending), files)
        assert (found.documents, found.problems) == (5, ())
        assert found.quotes > 100


@pytest.mark.browser
@pytest.mark.parametrize("stem", STEMS)
def test_seeds_printed_with_a_browser(stem: str, tmp_path: Path, nlp: Language, of_text: dict[str, list[str]]) -> None:
    """Skia writes these PDFs: blanks are room only, and other readers take some Han characters for radicals."""
    if BROWSER is None:
        pytest.skip("Chromium is not installed")
    document = structure(read_document(SEEDS / f"{stem}.txt"))
    page = web_page(document)
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert told(extract(read_document(tmp_path / "page.html"), nlp)) == of_text[stem]
    print_page(page, tmp_path / "page.pdf")
    found = extract(read_document(tmp_path / "page.pdf"), nlp)
    assert told(found) == of_text[stem]
