"""The whole pipeline on one core, beside others, and where its time goes.

Contenders, all in this one process:

* ``ours`` reads the files, finds mentions and facts, links them across documents and writes sorted N-Quads with the
  evidence of each fact;
* ``spaCy`` and ``jieba.posseg``: see `bench.peer`.
"""

from __future__ import annotations

import signal
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench.lines import write_sorted
from bench.measure import ratio, rounds, say
from bench.peer import Peer, jieba_posseg
from kg.config import DEFAULT
from kg.errors import InputError
from kg.gazetteer import load_gazetteer
from kg.intake import read_inputs
from kg.ledger import accepted, key
from kg.link.identity import name_uses, resolve
from kg.triples import authority_quads, document_graph, identity_quads, in_blocks, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

    from spacy.language import Language

    from bench.texts import Text
    from kg.gazetteer import Gazetteer
    from kg.ledger import Record
    from kg.link.identity import Identities

__all__ = ["OURS", "POSSEG", "SPACY", "Written", "compare", "stages", "write_graph"]

OURS, SPACY, POSSEG = "ours", "spaCy (zh_core_web_sm shape) + rdflib", "jieba.posseg"


class Written:
    """What a run of ours gave: documents, mentions, facts, quads."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()


def write_graph(text: Text, nlp: Language, told: Written | None = None) -> None:
    """The documents to one sorted file of N-Quads, as `kg build` writes it, without the parts and ledgers that let a
    build be stopped, and without Turtle, store and picture."""
    gazetteer = load_gazetteer()
    taken = read_inputs(list(text.inputs), nlp, config=DEFAULT)
    entries = sorted((entry for each in taken for entry in each.entries), key=key)
    records = [each for each in accepted(entries) if not isinstance(each, InputError)]
    identities = resolve([use for record in records for use in name_uses(record, gazetteer)])
    with tempfile.TemporaryDirectory() as folder:
        write_sorted(_quads(records, identities, gazetteer), Path(folder, "graph.nq"))
        if told is not None:
            told.counts["quads"] = sum(1 for _ in read_lines(Path(folder, "graph.nq")))
    if told is not None:
        told.counts["documents"] = len(records)
        for record in records:
            told.counts["mentions"] += len(record.mentions)
            told.counts["facts"] += len(record.facts)


def _quads(records: list[Record], identities: Identities, gazetteer: Gazetteer) -> Iterator[Iterable[str]]:
    yield in_blocks(identity_quads(identities))
    used: set[str] = set()
    for record in records:
        graph = document_graph(record, identities, gazetteer)
        used |= graph.used
        yield graph.blocks
    yield in_blocks(authority_quads(used, gazetteer))


def compare(text: Text, nlp: Language, peer: Peer, count: int, *, others: bool = True) -> dict[str, Any]:
    """One row for the set: all contenders in ``count`` interleaved rounds, after one of ours that is not measured."""
    told = Written()
    write_graph(text, nlp, told)
    contenders: dict[str, Callable[[], object]] = {
        OURS: lambda: write_graph(text, nlp),
        SPACY: lambda: peer.write_graph(text, told.counts["mentions"]),
    }
    if others:
        contenders[POSSEG] = jieba_posseg(text)
    found = rounds(contenders, count, text.name)
    row: dict[str, Any] = {"text": text.name, "characters": text.characters, **told.counts}
    row["peer_triples"] = peer.triples
    row["contenders"] = {
        name: {
            **spent.as_json(),
            "characters_per_second": round(text.characters / spent.processor),
            "ours_is_times": ratio(spent, found[OURS]),
        }
        for name, spent in found.items()
    }
    say(f"{text.name}: " + ", ".join(f"{each['ours_is_times']}x {name}" for name, each in row["contenders"].items()))
    return row


# -- where the time goes ----------------------------------------------------------------------------------------------

_STAGES: Final = (
    ("read", ("kg/read/", "kg/inputs/", "kg/structure.py", "kg/kinds.py")),
    (
        "trained components",
        (
            *(f"kg/pipeline/{name}.py" for name in ("tokenizer", "segmenter", "components", "ner", "sentences")),
            *("/spacy/", "/thinc/", "/spacy_pkuseg/"),
        ),
    ),
    ("scan", ("kg/pipeline/",)),
    ("sort and write", ("kg/triples/runs.py", "kg/triples/dumps.py")),
    ("triples", ("kg/triples/", "kg/link/")),
    ("record", ("kg/ledger/", "kg/conflicts.py")),
    ("rules", ("kg/extract/",)),
)
"""Which files are which stage; the innermost one on the stack counts, so what all share (dates, text, symbols) is
counted where it is called from, and the first stage that fits."""
_EVERY, _LONG_ENOUGH = 0.002, 2.0
"""Seconds of processor time between two looks, and in all."""


class _Sampler:
    """Looks every few milliseconds of processor time where the program is, and counts the time since the last look."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._stage_of: dict[str, str | None] = {}
        self._last = time.process_time()

    @property
    def all(self) -> float:
        return sum(self.seconds.values())

    def __enter__(self) -> _Sampler:
        self._before = signal.signal(signal.SIGPROF, self._look)
        self._last = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self._before)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        now = time.process_time()
        stage = "other"
        while frame is not None:
            if found := self._stage(frame.f_code.co_filename):
                stage = found
                break
            frame = frame.f_back
        self.seconds[stage] += now - self._last
        self._last = now

    def _stage(self, file: str) -> str | None:
        if file not in self._stage_of:
            name = file.replace("\\", "/")
            self._stage_of[file] = next(
                (stage for stage, parts in _STAGES if any(part in name for part in parts)), None
            )
        return self._stage_of[file]


def stages(text: Text, nlp: Language) -> dict[str, Any]:
    """Processor time of each stage, in microseconds a character, by sampling ours for a thousand looks."""
    runs = 0
    with _Sampler() as sampler:
        while sampler.all < _LONG_ENOUGH:
            write_graph(text, nlp)
            runs += 1
    names = [*(name for name, _ in _STAGES), "other"]
    cost = {name: round(sampler.seconds[name] * 1e6 / text.characters / runs, 3) for name in names}
    return {"text": text.name, "microseconds_per_character": cost, "all": round(sum(cost.values()), 3)}
