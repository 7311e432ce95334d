"""``kg timeline``: mandates in time."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import asof_option, graph_argument, json_option, reach_given, write_json
from kg.errors import GraphError
from kg.timeline import timelines
from kg.vocabulary import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.timeline import Term, Timeline
    from kg.triples.text import Term as RdfTerm

__all__ = ["timeline_cli"]

_STATES = {"in force": "有效至", "ended": "已终止于", "lapsed": "已过期于", "unknown": "止期不明"}
_ACTIONS = {code.code: code.zh for code in CODES if code.kind == "MandateAction"}
_BASES = {"printed": "载明", "computed": "推算", "computed-from-prior-end": "由前一止期推算"}


@click.command("timeline")
@graph_argument
@click.option("--holder", metavar="ID", help="One mandate: a mission's acronym, or the slug of a panel, measure, body.")
@asof_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs.",
)
@json_option
def timeline_cli(graph: str, holder: str | None, asof: str | None, form: str, as_json: bool) -> None:
    """Mandates in time: terms, gaps, overlaps, technical rollovers, early ends.

    GRAPH is a built folder, a graph file, or an endpoint's URL. Each line is a decision: from when to when, whether
    the end is printed or computed, by which resolution.

    \b
    Example:
      kg timeline out --holder UNMISS
      kg timeline out --asof 2020-06-01 --format json
    """
    asked, _ = reach_given(graph, named=False)

    def select(sparql: str) -> Iterable[Mapping[str, RdfTerm]]:
        return asked.query(sparql).rows

    found = timelines(select, holder=holder, asof=asof)
    if holder and not found:
        known = ", ".join(sorted({line.holder for line in timelines(select, asof=asof) if line.holder})) or "none"
        raise GraphError(f"no decision on the mandate of {holder}", where=graph, remedy=f"there are {known}")
    if as_json or form == "json":
        write_json([_as_json(line) for line in found])
    else:
        click.echo("\n".join(line for timeline in found for line in _text(timeline)))


def _as_json(line: Timeline) -> dict[str, Any]:
    return {**asdict(line), "terms": [{**asdict(term), "days": term.days} for term in line.terms]}


def _text(line: Timeline) -> Iterator[str]:
    name = f"{line.label} ({line.holder})" if line.holder else line.label
    ends = f" {line.end}" if line.end else ""
    asof = f"（截至 {line.asof}）" if line.asof else ""
    yield f"{name}  {_STATES[line.state]} / {line.state}{ends}{asof}"
    for term in line.terms:
        if term.gap_days:
            # what is not among the documents may fill it
            yield f"  !!          空档 {term.gap_days} 天，未见决定 / gap of {term.gap_days} days, no decision read"
        yield "  " + "  ".join(filter(None, _cells(term)))
    yield ""


def _cells(term: Term) -> Iterator[str]:
    yield f"{term.start or '?':10} → {term.end or '?':10}"
    length = f"{term.days} d" if term.days is not None else term.duration or ""
    yield f"{length:>6}"
    yield f"{_ACTIONS.get(term.action, term.action)} {term.action}"
    yield term.resolution or ""
    yield f"¶{term.paragraph}" if term.paragraph else ""
    yield _BASES.get(term.basis or "", "")
    yield "技术性延期 technical rollover" if term.rollover == "stated" else ""
    yield "不足两个月 under two months" if term.rollover == "short" else ""
    yield f"提前 {term.cut_days} 天结束 ends {term.cut_days} days early" if term.cut_days else ""
    yield f"重叠 {term.overlap_days} 天 overlaps {term.overlap_days} days" if term.overlap_days else ""
