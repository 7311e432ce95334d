"""The vocabulary's page and JSON-LD context are made from the ontology, whole, and can be relied on."""

from __future__ import annotations

import json
import re
import warnings
from html.parser import HTMLParser
from pathlib import Path

import pytest
import rdflib

from kg.export import diagram
from kg.export.ontology import FILES, SOURCE, context, page, terms, write
from kg.vocabulary import PREFIXES, SC

FOLDER = Path(__file__).parent.parent / "ontology"


class Reader(HTMLParser):
    """Ids, links within the page, and tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if (values.get("href") or "").startswith("#"):
            self.links.add(str(values["href"])[1:])


@pytest.fixture(scope="module")
def read() -> Reader:
    reader = Reader()
    reader.feed((FOLDER / FILES[0]).read_text("utf-8"))
    return reader


def test_files_are_made_from_the_ontology(tmp_path: Path) -> None:
    (tmp_path / SOURCE).write_bytes((FOLDER / SOURCE).read_bytes())
    write(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), f"python -m kg.export.ontology {FOLDER}"


def test_every_term_has_an_anchor_and_every_link_leads_somewhere(read: Reader) -> None:
    assert len(read.ids) == len(set(read.ids))
    assert set(SC.names) <= set(read.ids)
    assert read.links <= set(read.ids)


def test_the_page_fetches_and_runs_nothing(read: Reader) -> None:
    assert not {"script", "img", "iframe", "link", "object"} & {tag for tag, _ in read.tags}
    for tag, values in read.tags:
        assert not (values.get("href") or "").startswith(("http:", "//", "javascript:")), tag
        assert not any(name.startswith("on") for name in values), tag


def test_both_languages_stand_on_the_page() -> None:
    text = page(FOLDER / SOURCE)
    for term in terms(FOLDER / SOURCE):
        assert term.zh in text
        assert term.zh_definition in text
        assert term.en in text.replace("&#39;", "'")


def test_the_drawing_keeps_to_the_ontology(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {term.name: term for term in terms(FOLDER / SOURCE)}
    assert diagram.diagram(found).count("<line") == len(diagram.EDGES)
    monkeypatch.setattr(diagram, "EDGES", (("State", "heldBy", "Presidency"),))
    with pytest.raises(ValueError, match="State heldBy Presidency"):
        diagram.diagram(found)


def test_the_context_knows_every_term() -> None:
    entries = json.loads(context(FOLDER / SOURCE))["@context"]
    meant = {name: entry["@id"] if isinstance(entry, dict) else entry for name, entry in entries.items()}
    assert {name for name, iri in meant.items() if iri == f"sc:{name}"} == set(SC.names)
    assert PREFIXES.items() <= entries.items()


def test_a_document_written_with_the_context_means_what_it_says() -> None:
    written = {
        **json.loads((FOLDER / FILES[1]).read_text("utf-8")),
        "id": "https://w3id.org/unsc-kg/id/mandate-decision/1",
        "type": "MandateDecision",
        "action": "sc:ActionExtend",
        "holder": "https://w3id.org/unsc-kg/id/mission/UNMISS",
        "durationMonths": 12,
        "paragraph": "1",
        "modality": "sc:Asserted",
        "label": {"zh": "延长", "en": "extension"},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib's parser uses its own deprecated classes
        found = rdflib.Graph().parse(data=json.dumps(written), format="json-ld")
    wanted = rdflib.Graph().parse(
        format="turtle",
        data="""
        @prefix sc: <https://w3id.org/unsc-kg/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix id: <https://w3id.org/unsc-kg/id/> .
        <https://w3id.org/unsc-kg/id/mandate-decision/1> a sc:MandateDecision ; sc:action sc:ActionExtend ;
            sc:holder <https://w3id.org/unsc-kg/id/mission/UNMISS> ; sc:durationMonths 12 ; sc:paragraph "1" ;
            sc:modality sc:Asserted ; rdfs:label "延长"@zh, "extension"@en .
        """,
    )
    assert set(found) == set(wanted)


def test_no_short_name_hides_another() -> None:
    entries = json.loads(context(FOLDER / SOURCE))["@context"]
    assert not {name for name in entries if re.fullmatch("id|type", name)} & set(SC.names)
    assert not set(PREFIXES) & set(SC.names)
