"""What ``void.ttl`` says of a graph is what the graph holds, counted another way."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF, VOID

from kg.triples import sorted_lines, triples, turtle
from kg.triples.description import describe, description
from kg.vocabulary import PREFIXES
from tests.synthetic import ALL, graph

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DATASET = rdflib.URIRef("https://w3id.org/unsc-kg/id/dataset")


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return sorted_lines(graph(*ALL))


@pytest.fixture(scope="module")
def data(lines: list[str]) -> rdflib.Graph:
    return rdflib.Graph().parse(data="\n".join(triples(lines)), format="nt")


@pytest.fixture(scope="module")
def told(lines: list[str]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=description(lines, {}), format="turtle")


def test_totals(data: rdflib.Graph, told: rdflib.Graph) -> None:
    for predicate, count in (
        (VOID.triples, len(data)),
        (VOID.distinctSubjects, len(set(data.subjects()))),
        (VOID.properties, len(set(data.predicates()))),
        (VOID.classes, len(set(data.objects(None, RDF.type)))),
    ):
        assert list(told.objects(DATASET, predicate)) == [rdflib.Literal(count)], predicate


def test_partitions(data: rdflib.Graph, told: rdflib.Graph) -> None:
    classes = {
        told.value(node, VOID["class"]): told.value(node, VOID.entities)
        for node in told.objects(DATASET, VOID.classPartition)
    }
    assert classes == {
        kind: rdflib.Literal(len(set(data.subjects(RDF.type, kind)))) for kind in set(data.objects(None, RDF.type))
    }
    properties = {
        told.value(node, VOID.property): told.value(node, VOID.triples)
        for node in told.objects(DATASET, VOID.propertyPartition)
    }
    assert properties == {
        name: rdflib.Literal(sum(1 for _ in data.subject_objects(name))) for name in set(data.predicates())
    }


def test_links_lead_out(data: rdflib.Graph, told: rdflib.Graph) -> None:
    sets = list(told.subjects(RDF.type, VOID.Linkset))
    assert sets
    for node in sets:
        space = {"http://www.wikidata.org/": "http://www.wikidata.org/entity/"}
        target = str(told.value(node, VOID.objectsTarget))
        target = space.get(target, target)
        predicate = told.value(node, VOID.linkPredicate)
        count = sum(str(value).startswith(target) for value in data.objects(None, predicate))
        assert rdflib.Literal(count) == told.value(node, VOID.triples)


def test_dumps_are_the_bytes(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("".join(turtle(lines)), encoding="utf-8")
    told = rdflib.Graph().parse(data=description(lines, {"graph.ttl": path}), format="turtle")
    (node,) = told.objects(DATASET, DCAT.distribution)
    assert told.value(node, DCAT.byteSize) == rdflib.Literal(path.stat().st_size)
    assert str(told.value(node, DCTERMS.identifier)) == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def test_a_triple_of_two_graphs_counts_once(lines: list[str]) -> None:
    subject, rest = lines[0].split(" ", 1)
    again = f"{subject} {rest.rsplit(' ', 2)[0]} <https://example.org/other> ."
    assert [line for line in describe([lines[0]], {}) if "void#triples" in line] == [
        line for line in describe(sorted([lines[0], again]), {}) if "void#triples" in line
    ]


def test_no_endpoint_no_clock_no_blank_node(lines: list[str]) -> None:
    text = description(lines, {})
    assert "sparqlEndpoint" not in text
    assert "_:" not in text
    assert not any(word in text for word in ("issued", "modified", "created", "generatedAt"))
    assert set(PREFIXES) >= {"dct", "sc"}
