"""Decisions on facts, applied: a function of what was read in a document and of the log."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.link.judgements import Log, log_as_csv, read_log
from kg.link.meetings import link_meetings
from kg.review.table import LINK, read_review
from kg.triples import fact_key
from kg.triples.plan import PLAN

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ledger import Record
    from kg.link.identity import Identities
    from kg.link.judgements import Ruling
    from kg.link.meetings import MeetingRef
    from kg.model import Fact

__all__ = ["Replay", "Reviewed", "fact_id", "kept_log"]

_REJECTED: Final = "its facts were rejected by review"


def fact_id(fact: Fact, document: str, meeting: MeetingRef | None) -> str:
    """What a review calls a fact of a document: ``chairing/2f…``. It is the end of the fact's address in the graph, but
    where that says who a person is: who is who may change."""
    return f"{PLAN[type(fact)].path}/{fact_key(fact, document, meeting)}"


def kept_log(judgements: Path | None, review: Path | None) -> bytes | None:
    """The log that a graph keeps of these two files, as its ledger holds it; None without any.

    A file of judgements alone is kept as it stands. Raises `ConfigError` for what is wrong with one of them.
    """
    said = read_log(judgements) if judgements else Log()
    if review is None:
        return judgements.read_bytes() if judgements else None
    more = read_review(review)
    return log_as_csv(Log((*said.people, *more.people), (*said.facts, *more.facts))).encode("utf-8")


class Reviewed(NamedTuple):
    """A record without the facts that were rejected, and those of its facts that were accepted."""

    record: Record
    accepted: frozenset[Fact]


class Replay:
    """Applies a log to records and notes what became of each decision."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._rulings: defaultdict[str, dict[str, Ruling]] = defaultdict(dict)
        for ruling in log.facts:
            self._rulings[ruling.document][ruling.fact] = ruling
        self._applied: dict[tuple[str, str], tuple[Ruling, Fact]] = {}

    def of(self, record: Record) -> Reviewed:
        """The record as it was reviewed; the same however often it is asked for."""
        document = record.document.id
        rulings = {**self._rulings.get("", {}), **self._rulings.get(document, {})}
        if not rulings:
            return Reviewed(record, frozenset())
        meetings = link_meetings(record)
        kept: list[Fact] = []
        accepted: list[Fact] = []
        for i, fact in enumerate(record.facts):
            name = fact_id(fact, document, meetings.get(i))
            ruling = rulings.get(name)
            if ruling:
                self._applied[document, name] = ruling, fact
            if not ruling or ruling.decision == "accept":
                kept.append(fact)
                accepted += [fact] if ruling else []
        if len(kept) == len(record.facts):
            return Reviewed(record, frozenset(accepted))
        why = record.no_facts_because if kept else _REJECTED
        return Reviewed(replace(record, facts=tuple(kept), no_facts_because=why), frozenset(accepted))

    def report(self, identities: Identities) -> dict[str, Any]:
        """What became of the decisions, once all records were asked for: facts ``rejected`` and ``accepted``, decisions
        that are ``stale``, for they fit nothing that is read now."""
        told: dict[str, list[dict[str, Any]]] = {"rejected": [], "accepted": [], "stale": []}
        for (document, name), (ruling, fact) in sorted(self._applied.items(), key=lambda item: item[0]):
            quote = min(fact.evidence).quote if fact.evidence else ""
            said = {"document": document, "fact": name, "type": fact.type, "quote": quote, "note": ruling.note}
            told[f"{ruling.decision}ed"].append(said)
        used = {ruling for ruling, _ in self._applied.values()}
        told["stale"] = [
            {"kind": "fact", "id": ruling.fact, "document": ruling.document, "note": ruling.note}
            for ruling in sorted(set(self._log.facts) - used)
        ]
        told["stale"] += [
            {"kind": "person", "id": f"{j.name}{LINK}{j.other}", "document": j.document, "note": j.reason}
            for j in sorted(set(self._log.people) - set(identities.judgements))
        ]
        return told
