"""The ledger: records without the text give the graph that the documents give, and come back from the disk."""

from __future__ import annotations

import dataclasses
import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Config
from kg.conflicts import find_conflicts
from kg.errors import EncodingError, GraphError, InputError, MissingReaderError
from kg.extract import extract
from kg.inputs import find_inputs
from kg.ledger import (
    Entry,
    Head,
    Ledger,
    Line,
    Record,
    Skipped,
    accepted,
    fingerprint,
    key,
    merge,
    record_of,
    write_ledger,
)
from kg.ledger.entries import entry_from_line, line_of
from kg.link.identity import name_uses, resolve
from kg.model import FACT_TYPES, Evidence, Fact, Modality, StatedBy, Status, fact_from_json, mention_from_json
from kg.read import read_text
from kg.triples import document_graph
from tests.synthetic import ALL, GAZETTEER

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.model import Extraction

CORPUS = Path(__file__).parent / "corpus"
HEAD = Head({"kg": "0", "rules": "0"}, {"name": "test"}, Config())
WORDS = st.text(max_size=12)
EVIDENCE = st.builds(Evidence, st.integers(0, 10**7), st.integers(0, 10**7), WORDS, st.none() | st.integers(1, 999))


def values(kind: str, name: str) -> st.SearchStrategy[Any]:
    """What a field may hold, by its declared type."""
    closed = {"Status": Status, "Modality": Modality, "StatedBy": StatedBy}
    if kind in closed:
        return st.sampled_from(closed[kind])
    if kind == "float":
        return st.floats(0, 1)
    if kind.startswith("tuple[Evidence"):
        return st.lists(EVIDENCE, max_size=3).map(tuple)
    if kind.startswith("tuple[str"):
        return st.lists(WORDS, max_size=3).map(tuple)
    plain = {"str": WORDS, "int": st.integers(), "bool": st.booleans(), "None": st.none()}
    return st.one_of([plain[part.strip()] for part in kind.split("|")])


FACTS = st.one_of(
    [st.builds(kind, **{f.name: values(str(f.type), f.name) for f in dataclasses.fields(kind)}) for kind in FACT_TYPES]
)


@given(FACTS)
def test_facts_come_back_from_json(fact: Fact) -> None:
    assert fact_from_json(json.loads(json.dumps(fact.as_json()))) == fact
    assert fact_from_json(fact.as_json()).key() == fact.key()


@pytest.mark.parametrize("extraction", ALL, ids=lambda x: x.document.id)
def test_mentions_and_records_come_back(extraction: Extraction) -> None:
    for mention in extraction.mentions:
        assert mention_from_json(mention.as_json()) == mention
    record = record_of(extraction, "read")
    assert entry_from_line(line_of(record)) == record


def test_halves_of_surrogate_pairs_come_back() -> None:
    record = record_of(ALL[0])
    odd = replace(record, document=replace(record.document, title="a\ud800b\u2028\n😀"))
    line = line_of(odd)
    assert line.count(b"\n") == 1
    assert entry_from_line(line) == odd
    assert Line(line).line == line


@given(st.text(max_size=5) | st.sampled_from(['a","fingerprint":"b', '{"record":{"document":']), FACTS)
def test_a_line_knows_its_key(text: str, fact: Fact) -> None:
    record = entry(text, text, text)
    for each in (replace(record, facts=(fact,), fingerprint="0f"), Skipped(text, InputError(text, where=text))):
        assert Line(line_of(each)).key == key(each)


def corpus(nlp: Language) -> list[Extraction]:
    inputs, _ = find_inputs(sorted(CORPUS.glob("*/01*.txt")))
    return [extract(item.read(max_bytes=1 << 22), nlp) for item in inputs]


def test_a_record_gives_the_graph_of_its_document(nlp: Language, seeds: Path) -> None:
    inputs, _ = find_inputs([seeds])
    found = [*ALL, *corpus(nlp), *(extract(item.read(max_bytes=1 << 22), nlp) for item in inputs)]
    assert len(found) >= len(ALL) + 10
    for extraction in found:
        record = entry_from_line(line_of(record_of(extraction)))
        assert isinstance(record, Record)
        uses = name_uses(extraction, GAZETTEER)
        assert name_uses(record, GAZETTEER) == uses
        identities = resolve(uses)
        assert document_graph(record, identities, GAZETTEER) == document_graph(extraction, identities, GAZETTEER)
        assert record.conflicts == tuple(conflict.as_json() for conflict in find_conflicts(extraction))
        assert extraction.document.text[:200] not in line_of(record).decode("utf-8", "surrogatepass")


def test_the_fingerprint_tells_all_that_was_read_and_not_the_name() -> None:
    document = read_text("安理会开会。\n", source="a.txt")
    assert fingerprint(document) == fingerprint(read_text("安理会开会。\n", source="b/c.txt"))
    changed = [
        read_text("安理会开会。 \n\n", source="a.txt"),
        replace(document, symbol="S/2020/1"),
        replace(document, date="2020"),
        replace(document, encoding="gb18030"),
    ]
    assert len({fingerprint(each) for each in (document, *changed)}) == 5


def entry(source: str, id_: str, sha256: str) -> Record:
    record = record_of(ALL[0])
    return replace(record, document=replace(record.document, source=source, id=id_, sha256=sha256))


def test_what_comes_first_counts() -> None:
    entries: list[Entry] = [
        entry("a", "x", "1"),
        entry("b", "x", "2"),
        entry("c", "y", "1"),
        entry("d", "z", "2"),
        Skipped("e", EncodingError("no encoding", where="e, line 3", remedy="save it as UTF-8")),
    ]
    found = list(accepted(entries))
    assert [each.document.source for each in found if isinstance(each, Record)] == ["a", "d"]
    assert [str(each) for each in found if isinstance(each, InputError)] == [
        "b: x again, in other words than in a, which is read (keep one of the two)",
        "c: the same bytes as a, which is read (keep one of the two)",
        "e, line 3: no encoding (save it as UTF-8)",
    ]
    assert [type(each) for each in accepted(entries[1:])] == [Record, Record, InputError, EncodingError]


def test_on_disk(tmp_path: Path) -> None:
    a, b = entry("a", "x", "1"), entry("b", "y", "2")
    missing = Skipped("aa", MissingReaderError("needs pypdfium2", where="aa", remedy="pip install unsc-kg[pdf]"))
    ledger = write_ledger(tmp_path, HEAD, merge([a, b], [missing], [a]))
    assert ledger.head == HEAD
    first, second, third = ledger
    assert (first, third) == (a, b), "sorted, and what comes twice is written once"
    assert isinstance(second, Skipped)
    assert (type(second.error), str(second.error)) == (MissingReaderError, str(missing.error))
    data = ledger.path.read_bytes()
    assert data[4:8] == bytes(4), "no clock"
    assert len(gzip.decompress(data).splitlines()) == 4
    assert ledger.stands()
    (tmp_path / "again").mkdir()
    assert write_ledger(tmp_path / "again", HEAD, ledger).path.read_bytes() == data
    assert write_ledger(tmp_path / "again", HEAD, ledger.lines()).path.read_bytes() == data
    assert [line.key for line in ledger.lines()] == list(map(key, ledger))
    ledger.path.rename(tmp_path / "old")
    assert not ledger.stands()
    (tmp_path / "old").rename(ledger.path)
    ledger.path.write_bytes(data[:-20])
    assert not ledger.stands()


def damaged(data: bytes) -> dict[str, bytes]:
    lines = gzip.decompress(data).splitlines(keepends=True)
    return {
        "cut": data[:-9],
        "no gzip": b"{}",
        "no ledger": gzip.compress(b"{}\n"),
        "no JSON": gzip.compress(lines[0] + b"{\n"),
        "other entry": gzip.compress(lines[0] + b'{"other":{}}\n'),
        "other error": gzip.compress(
            lines[0] + b'{"skipped":{"source":"a","error":{"kind":"KgError","what":"","where":"","remedy":""}}}\n'
        ),
        "unknown setting": gzip.compress(lines[0].replace(b"max_file_bytes", b"most")),
    }


@pytest.mark.parametrize(
    "how", ["cut", "no gzip", "no ledger", "no JSON", "other entry", "other error", "unknown setting"]
)
def test_damage_is_told(how: str, tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path, HEAD, [entry("a", "x", "1"), entry("b", "y", "2")])
    ledger.path.write_bytes(damaged(ledger.path.read_bytes())[how])
    with pytest.raises(GraphError, match=r"the ledger is damaged.*builds it again"):
        list(Ledger(tmp_path))


def test_no_ledger_is_told(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such graph"):
        Ledger(tmp_path / "nowhere")
    with pytest.raises(GraphError, match=r"no ledger of its documents, so it cannot be changed .*builds it again"):
        Ledger(tmp_path)
    ledger = write_ledger(tmp_path, HEAD, [])
    data = gzip.decompress(ledger.path.read_bytes()).replace(b'"schema_version": 1', b'"schema_version": 99')
    ledger.path.write_bytes(gzip.compress(data))
    with pytest.raises(GraphError, match="another version of kg"):
        Ledger(tmp_path)
