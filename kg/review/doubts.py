"""What of a built graph a person should look at, and what was decided before."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.errors import InputError
from kg.gazetteer import load_gazetteer
from kg.ledger import JUDGEMENTS, Ledger, accepted
from kg.link.identity import canonical_name, name_uses, resolve
from kg.link.judgements import Log, read_log
from kg.link.meetings import link_meetings
from kg.review.replay import Replay, fact_id
from kg.review.table import LINK, Row
from kg.review.words import fact_words
from kg.store import open_graph
from kg.validate.disagreements import find_disagreements

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from kg.ledger import Record
    from kg.link.identity import NameUse
    from kg.link.judgements import Judgement
    from kg.model import Fact

__all__ = ["BELOW", "find_doubts"]

BELOW: Final = 0.8
"""Facts of less confidence are doubtful."""
_DECISIONS: Final = {"same": "merge", "different": "reject", "unsure": "unsure"}
_STALE: Final = "这项决定已无所指 / fits nothing that is read now"


class _Clash(NamedTuple):
    """One side of a disagreement: where it is said, and what is said of it."""

    fact: str
    start: int
    end: int
    reason: str


def find_doubts(folder: str | os.PathLike[str], *, below: float = BELOW, everything: bool = False) -> list[Row]:
    """Rows of the graph in ``folder``: links that stay open, then facts, in the order of documents and of their text.

    A fact is doubtful where its confidence is less than ``below``, or where documents, or text and metadata, disagree;
    ``everything``: all facts and links. What was decided is always there, with the decision. Raises `GraphError`.
    """
    place = Path(folder)
    ledger = Ledger(place)
    path = ledger.path.parent / JUDGEMENTS
    log = read_log(path) if path.exists() else Log()
    replay = Replay(log)
    gazetteer = load_gazetteer()
    clashes = _clashes(place, ledger.head.config.base)
    uses: list[NameUse] = []
    facts: list[Row] = []
    quotes: dict[tuple[str, str], str] = {}
    for record in accepted(ledger):
        if isinstance(record, InputError):
            continue
        kept = replay.of(record).record
        uses += name_uses(kept, gazetteer)
        quotes |= _quotes_of_names(kept)
        facts += _facts(record, log, clashes.get(record.document.id, []), below, everything)
    identities = resolve(uses, log.people)
    stale = replay.report(identities)["stale"]
    links = [j for j in identities.judgements if everything or j.by == "file" or j.judgement == "unsure"]
    rows = [_link(j, quotes) for j in links]
    rows += facts
    rows += [_old(each, log) for each in stale]
    return list(dict.fromkeys(rows))


def _facts(record: Record, log: Log, clashes: list[_Clash], below: float, everything: bool) -> Iterator[Row]:
    document = record.document.id
    gazetteer = load_gazetteer()
    rulings = {r.fact: r for each in ("", document) for r in log.facts if r.document == each}
    meetings = link_meetings(record)
    ids = [fact_id(fact, document, meetings.get(i)) for i, fact in enumerate(record.facts)]
    against = [_against(fact, name, ids, clashes) for fact, name in zip(record.facts, ids, strict=True)]
    for fact, name, reasons in zip(record.facts, ids, against, strict=True):
        reasons += [f"文内矛盾 / contradiction in the document: {kind}" for kind in _inside(record, fact)]
        if fact.confidence < below:
            reasons.append(f"可信度低于{below:g} / confidence below {below:g}")
        ruling = rulings.get(name)
        if not (reasons or ruling or everything):
            continue
        yield Row(
            "fact",
            name,
            fact_words(fact, gazetteer, "zh"),
            fact_words(fact, gazetteer, "en"),
            min(fact.evidence).quote if fact.evidence else "",
            ruling.document if ruling else document,
            f"{fact.confidence:g}",
            "; ".join(dict.fromkeys(reasons)),
            ruling.decision if ruling else "",
            ruling.note if ruling else "",
        )


def _clashes(folder: Path, base: str) -> dict[str, list[_Clash]]:
    """Sides of disagreements by document."""
    found: defaultdict[str, list[_Clash]] = defaultdict(list)
    for finding in find_disagreements(open_graph(folder, base)):
        for said in finding.says:
            others = sorted({each.value for each in finding.says} - {said.value})
            reason = f"{finding.zh.rstrip('。')} / {finding.en.rstrip('.')}: {said.value}; {', '.join(others)}"
            document = said.document.rpartition("/id/document/")[2]
            found[document].append(_Clash(said.fact.rpartition("/id/")[2], said.start, said.end, reason))
    return found


def _against(fact: Fact, name: str, ids: list[str], clashes: list[_Clash]) -> list[str]:
    """What is said against a fact. One whose address says who a person is is known by its kind and its words."""
    path = name.partition("/")[0]
    spans = {(evidence.start, evidence.end) for evidence in fact.evidence}
    return [
        clash.reason
        for clash in clashes
        if clash.fact == name
        or (clash.fact not in ids and clash.fact.startswith(f"{path}/") and (clash.start, clash.end) in spans)
    ]


def _inside(record: Record, fact: Fact) -> list[str]:
    """Kinds of contradiction within the document that rest on the words of this fact, as its origin tells them."""
    spans = {(evidence.start, evidence.end) for evidence in fact.evidence}
    return [
        str(conflict["kind"])
        for conflict in record.conflicts
        for said in conflict["says"]
        if (said["start"], said["end"]) in spans and said["stated_by"] == fact.stated_by.value
    ]


def _quotes_of_names(record: Record) -> dict[tuple[str, str], str]:
    """The first words that name a person, by document and name."""
    found: dict[tuple[str, str], str] = {}
    for fact in record.facts:
        name = getattr(fact, "person", None) or getattr(fact, "signatory", None)
        if name and fact.evidence:
            found.setdefault((record.document.id, canonical_name(name)), min(fact.evidence).quote)
    return found


def _link(judgement: Judgement, quotes: dict[tuple[str, str], str]) -> Row:
    j = judgement
    decided = j.by == "file"
    # a surname is judged where it stands; of two full names that are one, it is so everywhere
    document = j.document if decided or j.other.endswith(j.name) else ""
    where_zh, where_en = (f"{j.document}中，", f"in {j.document}, ") if document else ("", "")
    reason = "" if decided else "; ".join([j.reason, *j.evidence])
    return Row(
        "person",
        f"{j.name}{LINK}{j.other}",
        f"{where_zh}{j.name}即{j.other}",
        f"{where_en}{j.name} is {j.other}",
        quotes.get((j.document, canonical_name(j.name)), ""),
        document,
        "",
        reason,
        _DECISIONS[j.judgement] if decided else "",
        j.reason if decided else "",
    )


def _old(told: dict[str, Any], log: Log) -> Row:
    """A decision that fits nothing any more: it stays until its row is removed."""
    person = told["kind"] == "person"
    if person:
        decision = next(
            _DECISIONS[j.judgement]
            for j in log.people
            if (j.document, f"{j.name}{LINK}{j.other}", j.reason) == (told["document"], told["id"], told["note"])
        )
    else:
        decision = next(r.decision for r in log.facts if (r.document, r.fact) == (told["document"], told["id"]))
    kind = "person" if person else "fact"
    return Row(kind, told["id"], "", "", "", told["document"], "", _STALE, decision, told["note"])
