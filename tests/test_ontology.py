"""The vocabulary: file and code know the same terms, in two languages, within OWL 2 RL, and the graph keeps to it."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from kg.queries import load_queries
from kg.triples import turtle
from kg.vocabulary import CODES, FORMATS, LATER, PREFIXES, REUSED, SC, THINGS, code, prefixes
from tests.synthetic import ALL, graph

FILE = Path(__file__).parent.parent / "ontology" / "unsc-kg.ttl"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
LITERAL_RANGES = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean, RDF.PlainLiteral}


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(FILE)


@pytest.fixture(scope="module")
def data() -> rdflib.Graph:
    return rdflib.Graph().parse(data="".join(turtle(graph(*ALL))), format="turtle")


def ours(ontology: rdflib.Graph) -> set[str]:
    return {str(s).removeprefix(SC.iri) for s in ontology.subjects() if str(s).startswith(SC.iri)}


def test_code_and_file_know_the_same_terms(ontology: rdflib.Graph) -> None:
    assert ours(ontology) == set(SC.names)


def test_every_term_is_used_or_kept_for_later(data: rdflib.Graph) -> None:
    """In a graph of every type of fact; codes and superclasses count as used where their list or subclass is."""
    used = {str(t).removeprefix(SC.iri) for triple in data for t in triple if str(t).startswith(SC.iri)}
    lists = {c.term for c in CODES} | {c.kind for c in CODES}
    above = {"Statement", "Participation", "Instrument", "person", "reviewed"}  # the last: tests/test_review.py
    assert set(SC.names) - used - lists - above == set(LATER)


def test_every_word_of_the_graph_is_known(data: rdflib.Graph) -> None:
    reused = {PREFIXES[prefix] + name for prefix, names in REUSED.items() for name in names}
    for predicate in set(data.predicates()):
        assert str(predicate) in reused or str(predicate).removeprefix(SC.iri) in SC, predicate
    for kind in set(data.objects(None, RDF.type)):
        assert str(kind) in reused or str(kind).removeprefix(SC.iri) in SC, kind


def test_every_reused_term_is_used(data: rdflib.Graph) -> None:
    words = {str(term) for triple in data for term in triple}
    elsewhere = {("schema", "dissolutionDate"), ("skos", "closeMatch"), ("skos", "relatedMatch")}  # tests of their own
    for prefix, names in REUSED.items():
        for name in names:
            assert PREFIXES[prefix] + name in words or (prefix, name) in elsewhere, name


def test_queries_speak_the_vocabulary() -> None:
    for query in load_queries().values():
        text = re.sub(r'#[^\n]*|"[^"]*"', "", query.text)
        for prefix, name in re.findall(r"\b(\w+):([A-Za-z]\w*)", text):
            if prefix == "sc":
                assert name in SC, f"{query.name}: sc:{name}"
            elif prefix in REUSED:
                assert name in REUSED[prefix], f"{query.name}: {prefix}:{name}"
            else:
                assert prefix in ("xsd", "https"), f"{query.name}: {prefix}:{name}"


def test_every_term_has_names_and_a_definition_in_two_languages(ontology: rdflib.Graph) -> None:
    for name in ours(ontology):
        term = rdflib.URIRef(SC.iri + name)
        assert sum((term, RDF.type, kind) in ontology for kind in KINDS) == 1, name
        for predicate in (RDFS.label, SKOS.definition):
            languages = [
                value.language for value in ontology.objects(term, predicate) if isinstance(value, rdflib.Literal)
            ]
            assert sorted(map(str, languages)) == ["en", "zh"], f"{name} {predicate}"


def test_labels_are_not_shared_within_a_kind(ontology: rdflib.Graph) -> None:
    for kind in (OWL.Class,):
        for language in ("zh", "en"):
            labels = [
                str(label)
                for term in ontology.subjects(RDF.type, kind)
                for label in ontology.objects(term, RDFS.label)
                if isinstance(label, rdflib.Literal) and label.language == language
            ]
            assert len(labels) == len(set(labels))


def test_capitals_are_for_classes_and_codes(ontology: rdflib.Graph) -> None:
    for name in SC.names:
        term = rdflib.URIRef(SC.iri + name)
        kind = OWL.Class if (term, RDF.type, OWL.Class) in ontology else OWL.NamedIndividual
        assert name[0].isupper() == ((term, RDF.type, kind) in ontology), name


def test_codes_are_the_files(ontology: rdflib.Graph) -> None:
    for entry in CODES:
        term = rdflib.URIRef(SC.iri + entry.term)
        assert (term, RDF.type, rdflib.URIRef(SC.iri + entry.kind)) in ontology
        assert (term, SKOS.notation, rdflib.Literal(entry.code)) in ontology
        assert set(ontology.objects(term, RDFS.label)) == {
            rdflib.Literal(entry.zh, lang="zh"),
            rdflib.Literal(entry.en, lang="en"),
        }


def test_a_code_that_stands_in_two_lists_is_the_same_in_both() -> None:
    seen: dict[str, tuple[str, str, str]] = {}
    for entry in CODES:
        assert seen.setdefault(entry.term, entry[1:2] + entry[3:]) == entry[1:2] + entry[3:]
    assert code("Status", "held") is not None
    assert code("Status", "asserted") is None


def test_alignments_are_to_declared_terms(ontology: rdflib.Graph) -> None:
    """What ours are aligned to is declared in the file, so it can be read without fetching anything."""
    declared = set(ontology.subjects(RDF.type, None))
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith):
        for subject, value in ontology.subject_objects(predicate):
            known = (
                value in declared
                or value in LITERAL_RANGES
                or (predicate == RDFS.subPropertyOf and "dc/terms" in str(value))
            )
            assert known, f"{subject} {value}"


@pytest.mark.parametrize("prefix", ["prov", "org", "eli", "schema", "skos", "dct", "foaf", "oa"])
def test_vocabularies_are_reused(ontology: rdflib.Graph, prefix: str) -> None:
    targets = {str(o) for p in (RDFS.subClassOf, RDFS.subPropertyOf) for o in ontology.objects(None, p)}
    targets |= {PREFIXES[p] + name for p, names in REUSED.items() for name in names}
    assert any(target.startswith(PREFIXES[prefix]) for target in targets)


TRAPS = (
    "http://www.w3.org/ns/prov#wasPartOf",  # does not exist
    "http://data.europa.eu/eli/ontology#extends",  # nor does this
    "http://data.europa.eu/eli/ontology#changes",  # between legal resources only; a mandate is none
    "http://linkedevents.org/ontology/Event",  # has happened
    "http://www.w3.org/2004/02/skos/core#exactMatch",  # between concepts
    "http://www.w3.org/2006/time#DateTimeInterval",  # deprecated
    "http://www.w3.org/2006/time#inXSDDateTime",
)


def test_traps_are_not_stepped_into(ontology: rdflib.Graph, data: rdflib.Graph) -> None:
    words = {str(term) for source in (ontology, data) for triple in source for term in triple}
    assert not words & set(TRAPS)


def test_it_is_owl_2_rl(ontology: rdflib.Graph) -> None:
    """Only named classes and properties in plain axioms, and data ranges of OWL 2's datatype map: RL by its shape."""
    allowed = {
        *(RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith, OWL.versionInfo),
        *(RDFS.label, RDFS.seeAlso, RDFS.isDefinedBy, SKOS.definition, SKOS.notation),
    }
    for subject, predicate, value in ontology:
        assert not isinstance(subject, rdflib.BNode)
        assert not isinstance(value, rdflib.BNode)
        assert predicate in allowed or "dc/terms" in str(predicate), predicate
    for prop in ontology.subjects(RDF.type, OWL.DatatypeProperty):
        for value in ontology.objects(prop, RDFS.range):
            assert value in LITERAL_RANGES, f"{prop} {value}"


def _above(ontology: rdflib.Graph, term: rdflib.term.Node, predicate: rdflib.URIRef) -> set[rdflib.term.Node]:
    return {node for node in ontology.transitive_objects(term, predicate) if node is not None}


def test_the_graph_keeps_to_domains_ranges_and_disjointness(ontology: rdflib.Graph, data: rdflib.Graph) -> None:
    """Every link of the synthetic graph, with the classes that nodes have or inherit, and no help from inference."""
    types: dict[rdflib.term.Node, set[rdflib.term.Node]] = defaultdict(set)
    for node, kind in data.subject_objects(RDF.type):
        types[node] |= _above(ontology, kind, RDFS.subClassOf)
    for subject, predicate, value in data:
        for domain in ontology.objects(predicate, RDFS.domain):
            assert domain in types[subject], f"{subject} {predicate}"
        for wanted in ontology.objects(predicate, RDFS.range):
            if not isinstance(value, rdflib.Literal):
                assert wanted in types[value], f"{predicate} {value}"
            elif wanted == RDF.PlainLiteral:
                assert value.language == "zh", f"{predicate} {value}"
            else:
                assert (value.datatype or XSD.string) == wanted, f"{predicate} {value}"
    for one, other in ontology.subject_objects(OWL.disjointWith):
        assert not [node for node, kinds in types.items() if {one, other} <= kinds], f"{one} {other}"


def test_labels_carry_a_language(data: rdflib.Graph) -> None:
    for predicate in (RDFS.label, SKOS.altLabel, SKOS.prefLabel):
        for label in data.objects(None, predicate):
            assert isinstance(label, rdflib.Literal)
            assert label.language in ("zh", "en")


def test_one_prefix_a_path() -> None:
    assert len(set(THINGS.values())) == len(THINGS)
    assert not set(THINGS) & set(PREFIXES)
    assert list(prefixes()) == sorted(prefixes())
    assert all(zh and en for zh, en in FORMATS.values())


def test_the_namespace_is_closed() -> None:
    assert SC.chairedBy == SC.iri + "chairedBy"
    with pytest.raises(AttributeError, match="no term 'chairdBy'"):
        _ = SC.chairdBy
