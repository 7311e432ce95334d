"""Mandates in time: what each decision began and ended, and what lies between two of them.

    >>> for line in timelines(open_graph("out").select, holder="UNMISS"):           # doctest: +SKIP
    ...     print(line.label, line.state, line.end, [(t.start, t.end, t.gap_days) for t in line.terms])

A decision's *term* begins where the term before it ends, or, if that is over, on the day of the decision; the days
between are a gap. "Before" is the latest decision taken on an earlier day, not the latest end: an early termination
counts, but for sanctions, where one measure may end and others go on. An extension that ends before what runs already
is of another part of the mandate: it starts on its own day and overlaps.

Ends are as printed; where only a duration is printed they are counted, from the decision where it sets up a mandate,
from the end before where it goes on with one, and ``basis`` says so. Two documents that tell the same decision give one
term. With ``asof``, decisions taken later are not known yet.

The library's query ``timeline`` gives the same terms on any SPARQL engine, but for what SPARQL 1.1 cannot count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.dates import add_duration
from kg.timeline.decisions import read_decisions, read_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.triples.text import Term as RdfTerm

__all__ = ["Term", "Timeline", "timelines"]

Basis = Literal["printed", "computed", "computed-from-prior-end"]
State = Literal["in force", "ended", "lapsed", "unknown"]

_BEGINS: Final = ("establish",)
_GOES_ON: Final = ("extend", "rollover", "reauthorize")
_MEASURES: Final = "sanctions-"
_SHORT: Final = "P2M"
"""An extension of less than this is a technical rollover, whether or not it is called so."""


@dataclass(frozen=True, slots=True)
class Term:
    """What one decision does to a mandate. Dates ISO, as precise as the document; None where it is not known.

    ``resolution`` is None for a decision by letter. ``basis`` of ``end``: printed, computed from the decision's day, or
    computed from the end before. ``gap_days``: between the end before and the decision; None for the first.
    ``overlap_days``: in which the term before and this one's own, counted from its day, both run. ``rollover``:
    ``stated`` where the text calls it technical, ``short`` where it is shorter than two months. ``cut_days``: by which
    it ends the mandate earlier than was decided before. ``documents`` tell it, with a quote each.
    """

    action: str
    date: str | None
    start: str | None
    end: str | None
    basis: Basis | None
    resolution: str | None
    paragraph: str | None
    duration: str | None
    gap_days: int | None
    overlap_days: int
    rollover: Literal["stated", "short"] | None
    cut_days: int
    documents: tuple[str, ...]
    quotes: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def days(self) -> int | None:
        """Length of the term."""
        return _between(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A holder's terms in the order of the decisions; those without a date come last and connect to nothing.

    ``holder``: acronym or slug, None for one that no list knows. ``state`` on ``asof`` (or after all that is known):
    ``in force`` until ``end`` at least; ``ended`` by a decision; ``lapsed``, its end passed without one; ``unknown``,
    where the last decision has no end.
    """

    holder: str | None
    label: str
    address: str
    terms: tuple[Term, ...]
    end: str | None
    state: State
    asof: str | None = None

    @property
    def gaps(self) -> tuple[Term, ...]:
        """Terms that begin after a gap."""
        return tuple(term for term in self.terms if term.gap_days)


def timelines(
    select: Callable[[str], Iterable[Mapping[str, RdfTerm]]], *, holder: str | None = None, asof: str | None = None
) -> list[Timeline]:
    """Timelines of all mandates, by holder, or of one.

    ``select``: answers a SELECT query (`kg.store.Store.select`). ``holder``: acronym or slug. ``asof``: an ISO day;
    decisions of later days are left out. Raises `GraphError` for a date that is no day of the calendar.
    """
    decisions = [plain for plain in read_decisions(select) if holder is None or plain.get("holder") == holder]
    quotes = read_quotes(select, sorted({plain["fact"] for plain in decisions}))
    by_node: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for plain in decisions:
        if asof and plain.get("date", "") > asof:
            continue
        said = sorted(quotes[plain["fact"], plain["document"]])
        by_node[plain["node"]] += [{**plain, "quote": quote} for quote in said] or [plain]
    found = [_timeline(node, rows, asof) for node, rows in by_node.items()]
    told = [line for line in found if line.terms]
    return sorted(told, key=lambda line: (line.holder or "~", line.label, line.address))


def _timeline(node: str, rows: Sequence[Mapping[str, str]], asof: str | None) -> Timeline:
    told = _told_once(rows)
    dated = sorted((row for row in told if row["date"]), key=_order)
    partial = (rows[0].get("holder") or "").startswith(_MEASURES)
    terms: list[Term] = []
    prior: _Prior | None = None
    for _, group in groupby(dated, key=lambda row: row["date"]):
        same_day = [_term(row, prior, partial=partial) for row in group]
        terms += [term for term in same_day if _tells(term)]
        prior = _after(same_day, prior, partial=partial)
    undated = (_term(row, None) for row in sorted((row for row in told if not row["date"]), key=_order))
    terms += [term for term in undated if _tells(term)]
    end, state = _state(prior, asof)
    labels = sorted(row.get("known") or row.get("label") or "" for row in rows)
    return Timeline(rows[0].get("holder"), labels[0], node, tuple(terms), end, state, asof)


@dataclass(frozen=True, slots=True)
class _Prior:
    """What holds after the decisions of a day: ``end`` None where it is not known; ``ended`` by a decision."""

    end: str | None
    ended: bool = False


def _told_once(rows: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """One row a decision, whoever tells it: a telling with less in it joins one with more."""
    merged: list[dict[str, Any]] = []
    fields = ("action", "resolution", "paragraph", "until", "duration", "date", "basis")
    for row in sorted(rows, key=lambda row: (row["modality"], -len(row), sorted(row.items()))):
        one = {name: row.get(name) for name in fields}
        twin = next((other for other in merged if _same(one, other)), None)
        if twin is None:
            twin = {**one, "told": set()}
            merged.append(twin)
        for name in fields:
            twin[name] = twin[name] or one[name]
        twin["told"].add((row["document"], row.get("quote", ""), row["fact"]))
    return merged


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    key = "resolution" if one["resolution"] and other["resolution"] else "date"
    if one["action"] != other["action"] or not one[key] or one[key] != other[key]:
        return False
    return all(None in (one[n], other[n]) or one[n] == other[n] for n in ("paragraph", "until", "duration"))


def _order(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("date", "resolution", "paragraph", "until", "action"))


def _term(row: Mapping[str, Any], prior: _Prior | None, *, partial: bool = False) -> Term:
    action, day = row["action"], row["date"]
    end, basis = row["until"], row["basis"] if row["until"] else None
    before = prior.end if prior else None
    still = bool(before and day and before >= day)
    if end is None and row["duration"] and day:
        if action in _BEGINS:
            end, basis = add_duration(day, row["duration"]), "computed"
        elif action in _GOES_ON and still and before:
            end, basis = add_duration(before, row["duration"]), "computed-from-prior-end"
    if end is None and action == "terminate":
        end, basis = day, "printed"
    aside = action in _GOES_ON and still and bool(before and end and end < before)
    start = before if still and action != "terminate" and not aside else day
    own = aside or action in _BEGINS or bool(day and row["duration"] and end == add_duration(day, row["duration"]))
    cuts = action not in _GOES_ON and not (partial and action == "terminate")
    told = sorted(row["told"])
    return Term(
        action=action,
        date=day,
        start=start,
        end=end,
        basis=basis if end else None,
        resolution=row["resolution"],
        paragraph=row["paragraph"],
        duration=row["duration"],
        gap_days=None if before is None else 0 if still else _between(before, day),
        overlap_days=(_between(day, min(before, end)) or 0) if own and still and before and end else 0,
        rollover=_rollover(action, start, end),
        cut_days=max(0, _between(end, before) or 0) if cuts and still else 0,
        documents=tuple(document for document, _, _ in told),
        quotes=tuple(quote for _, quote, _ in told),
        facts=tuple(fact for _, _, fact in told),
    )


def _tells(term: Term) -> bool:
    """Whether a decision belongs on a line of time: it has an end or a duration, sets up, or ends."""
    return bool(term.end or term.duration or term.action in ("establish", "terminate"))


def _after(same_day: Sequence[Term], prior: _Prior | None, *, partial: bool) -> _Prior | None:
    """What holds after a day's decisions. One that changes no end (a modification of tasks) changes nothing here, nor,
    where ``partial``, does the end of a part."""
    ends = [term.end for term in same_day if _tells(term) and term.action != "terminate"]
    ended = [term.end or "" for term in same_day if term.action == "terminate"]
    if ended and not ends:
        return prior if partial else _Prior(max(ended) or None, ended=True)
    if not ends:
        return prior
    if not all(ends):
        return _Prior(None)
    latest = max(end for end in ends if end)
    goes_on = all(term.action in _GOES_ON for term in same_day if _tells(term))
    return _Prior(max(latest, prior.end) if goes_on and prior and prior.end and not prior.ended else latest)


def _rollover(action: str, start: str | None, end: str | None) -> Literal["stated", "short"] | None:
    if action == "rollover":
        return "stated"
    limit = add_duration(start, _SHORT) if start else None
    return "short" if action in _GOES_ON and end and limit and end < limit else None


def _state(prior: _Prior | None, asof: str | None) -> tuple[str | None, State]:
    if prior is None or prior.end is None:
        return None, "unknown"
    if prior.ended:
        return prior.end, "in force" if asof and prior.end > asof else "ended"
    return prior.end, "lapsed" if asof and prior.end < asof else "in force"


def _between(first: str | None, last: str | None) -> int | None:
    """Days from one ISO day to another; None where one is not known to the day."""
    if not (first and last and len(first) == len(last) == len("2020-01-31")):
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
