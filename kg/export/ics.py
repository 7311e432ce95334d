"""Ends of mandates as a calendar (RFC 5545), with reminders 60 and 14 days before.

An end is an event of a whole day; one that is known to the month or year only is an event of all its days, and says
so. An event keeps its UID as long as the decision's fact keeps its address; DTSTAMP is the day of the decision, not of
the export. The calendar has no clock: it holds what is in force after all that the documents tell, or, with ``asof``,
after what was decided by then.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from kg.errors import GraphError
from kg.export.citations import reference
from kg.export.sources import one_line, read_sources
from kg.export.spans import span
from kg.export.words import NODE_TYPES, VALUES
from kg.symbols import document_url
from kg.timeline import timelines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.export.sources import Source
    from kg.export.statements import Select
    from kg.timeline import Term, Timeline

__all__ = ["Calendar", "make_calendar"]

_REMINDERS: Final = (60, 14)
_OCTETS: Final = 75
_NAMES: Final = """
SELECT DISTINCT ?holder ?name WHERE {
  ?decision a sc:MandateDecision ; sc:holder ?holder . ?holder rdfs:label ?name
  FILTER (LANGMATCHES(LANG(?name), "en"))
}
"""
_BASES: Final = {
    "printed": ("文中载明", "as printed"),
    "computed": ("由期限推算", "computed from the duration"),
    "computed-from-prior-end": ("由前一止期推算", "computed from the end before"),
}


class Calendar(NamedTuple):
    """``text`` with lines that end in CR LF; ``left_out``: a line for each kind of mandate that has no event."""

    text: str
    left_out: tuple[str, ...]


def make_calendar(select: Select, *, asof: str | None = None, all_terms: bool = False) -> Calendar:
    """An event for the end of each mandate in force, or, with ``all_terms``, of every term that was decided.

    ``asof``: an ISO day; later decisions are not known. Raises `GraphError` where there is no end to tell: a calendar
    without an event is none.
    """
    sources = {source.id: source for source in read_sources(select).values()}
    english: dict[str, str] = {}
    for row in select(_NAMES):
        name = row["name"].value
        english[row["holder"].value] = min(name, english.get(row["holder"].value, name))
    events: list[tuple[str, list[str]]] = []
    unknown: list[str] = []
    for line in timelines(select, asof=asof):
        terms = _terms(line, all_terms=all_terms)
        if not terms and line.state == "unknown":
            unknown.append(line.holder or line.label)
        for term in terms:
            lines = list(_event(line, term, english.get(line.address, ""), sources))
            events.append((f"{term.end} {lines[1]}", lines))
    left_out = f"left out, their end is not known: {', '.join(sorted(unknown))}" if unknown else None
    if not events:
        raise GraphError("there is no mandate whose end is known", remedy=left_out or "see kg timeline")
    known = f"（截至 {asof}）" if asof else ""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//unsc-kg//kg export//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(f'安理会任务期限{known} / Security Council mandates')}",
    ]
    body = [row for _, event in sorted(events) for row in event]
    text = "".join(_folded(row) for row in [*head, *body, "END:VCALENDAR"])
    return Calendar(text, (left_out,) if left_out else ())


def _terms(line: Timeline, *, all_terms: bool) -> list[Term]:
    ending = [term for term in line.terms if span(term.end)]
    if all_terms:
        return ending
    if line.state != "in force":
        return []
    # the latest decision that set this end, where an earlier one had set the same
    return [term for term in ending if term.end == line.end and term.date][-1:]


def _event(line: Timeline, term: Term, english: str, sources: Mapping[str, Source]) -> Iterator[str]:
    days = span(term.end)
    assert days is not None  # of an event
    stamp = span(term.date) or days
    name = f"{line.label}（{line.holder}）" if line.holder else line.label
    called = english or line.holder or line.label
    mission = "/id/mission/" in line.address
    if term.action == "terminate":
        zh, en = f"{name}终止", f"{called} ends by decision"
    else:
        zh, en = f"{name}{'任务' if mission else ''}期限届满", f"{called}{' mandate' if mission else ''} expires"
    url = document_url(term.resolution) if term.resolution else _first_url(term, sources)
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(min(term.facts))}"
    yield f"DTSTAMP:{stamp.first:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{days.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{days.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{zh} / {en}')}"
    yield f"DESCRIPTION:{_text(chr(10).join(_description(line, term, sources)))}"
    if url:
        yield f"URL:{url}"
    yield f"CATEGORIES:{','.join(map(_text, NODE_TYPES['Mission' if mission else 'Holder'][:2]))}"
    yield "TRANSP:TRANSPARENT"
    for before in _REMINDERS:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER:-P{before}D"
        yield f"DESCRIPTION:{_text(f'{before} 天后：{zh} / In {before} days: {en}')}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _description(line: Timeline, term: Term, sources: Mapping[str, Source]) -> Iterator[str]:
    action = VALUES.get(term.action, (term.action, term.action))
    paragraph = f"第{term.paragraph}段 / para. {term.paragraph}" if term.paragraph else None
    yield "，".join(filter(None, [term.date, f"{action[0]} / {action[1]}", term.resolution, paragraph]))
    basis = _BASES.get(term.basis or "")
    yield f"止期 / End: {term.end}" + (f"（{basis[0]} / {basis[1]}）" if basis else "")
    if len(term.end or "") < len("2020-01-31"):
        yield "止期只知至此，未载明日期 / The day is not known"
    later = line.terms[line.terms.index(term) + 1 :]
    if term.date and later and later[0].date:
        action = VALUES.get(later[0].action, (later[0].action, later[0].action))
        decided = "，".join(filter(None, [later[0].date, f"{action[0]} / {action[1]}", later[0].resolution]))
        yield f"其后决定 / Decided next: {decided}"
    if line.asof:
        yield f"按 {line.asof} 所知 / As known on {line.asof}"
    for document, quote in zip(term.documents, term.quotes, strict=True):
        if quote:
            yield f"“{one_line(quote)}”"
        yield reference(sources[document]) if document in sources else document


def _first_url(term: Term, sources: Mapping[str, Source]) -> str | None:
    """Of a decision by letter: the first document with an address that tells it."""
    return next((sources[name].url for name in term.documents if name in sources and sources[name].url), None)


def _uid(address: str) -> str:
    """``mandate-decision-a1c5e1e7b837971c@w3id.org``, as RFC 5545 recommends."""
    return f"{re.sub(r'[^A-Za-z0-9.-]+', '-', address.rpartition('/id/')[2])}@{urlsplit(address).hostname or 'unsc-kg'}"


def _text(value: str) -> str:
    """A value of type TEXT: no line ends but ours, and no other control characters."""
    lines: Iterable[str] = (one_line(line) for line in value.split("\n"))
    escaped = (re.sub(r"([\\;,])", r"\\\1", line) for line in lines)
    return r"\n".join(escaped)


def _folded(line: str) -> str:
    """``line`` in pieces of at most 75 octets, none of which ends inside a character."""
    pieces: list[str] = []
    piece, length = "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if length + octets > _OCTETS:
            pieces.append(piece)
            piece, length = " ", 1
        piece, length = piece + character, length + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
