"""Where sources disagree: facts of two documents, or of a document's text and its metadata, that give one key different
values. Both stay in the graph; here they are put side by side.

`kg.conflicts` compares what one document's metadata and text say while it is read, also what never becomes a triple.
This compares the facts of a whole graph. That one says more than the other is no disagreement: 2020-01 and 2020-01-31
agree, and so do 古特雷斯 and 安东尼奥·古特雷斯. What is planned or proposed may change and disagrees with nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.triples.text import Term
from kg.validate.findings import CONFLICT, WARNING, Finding, Said, quotes_of
from kg.validate.shapes import SHAPES

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["COMPARISONS", "Comparison", "find_disagreements", "numbers_out_of_order"]


def _differ(one: str, other: str) -> bool:
    return one != other


def _dates_differ(one: str, other: str) -> bool:
    return not one.startswith(other) and not other.startswith(one)


def _spelt_differently(one: str, other: str) -> bool:
    """One name in two spellings: neither is a part of the other, and most of the shorter stands in the longer."""
    a, b = ("".join(c for c in name if c.isalnum()) for name in (one, other))
    if a in b or b in a:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


_ALIKE: Final = 0.6
"""Names of four characters with one other character, of six with two."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """``query`` gives ``?key`` (what is said of), ``?value`` and ``?fact``, and ``?part`` where one key has several.

    ``apart``: whether only different documents can disagree (a meeting may have two chairs, one after the other).
    """

    name: str
    zh: str
    en: str
    query: str
    differ: Callable[[str, str], bool] = _differ
    apart: bool = False


_SAID = "?fact sc:modality ?modality . FILTER (?modality IN (sc:Asserted, sc:Reported, sc:Recalled))"
_ADOPTION = f"?fact a sc:Adoption ; sc:instrument ?key . {_SAID}"

COMPARISONS: Final = (
    Comparison(
        "adoption-date",
        "同一文书的通过日期说法不一。",
        "The day of an instrument’s adoption is told in different ways.",
        f"SELECT ?key ?value ?fact WHERE {{ {_ADOPTION} ?fact sc:date ?value }}",
        _dates_differ,
    ),
    Comparison(
        "adoption-meeting",
        "通过同一文书的会议说法不一。",
        "The meeting of an instrument’s adoption is told in different ways.",
        f"SELECT ?key ?value ?fact WHERE {{ {_ADOPTION} ?fact sc:meetingNumber ?value }}",
    ),
    Comparison(
        "adoption-votes",
        "同一文书的票数说法不一。",
        "The votes on an instrument are told in different ways.",
        f"""SELECT ?key ?part ?value ?fact WHERE {{
          {_ADOPTION} ?fact ?part ?value .
          FILTER (?part IN (sc:inFavour, sc:against, sc:abstaining, sc:notParticipating, sc:unanimous, sc:writtenVote))
        }}""",
    ),
    Comparison(
        "vote",
        "一国对同一文书的投票说法不一。",
        "A state’s vote on an instrument is told in different ways.",
        f"""SELECT ?key ?part ?value ?fact WHERE {{
          ?fact a sc:Vote ; sc:instrument ?key ; sc:forState ?part ; sc:voteValue/skos:notation ?value . {_SAID}
        }}""",
    ),
    Comparison(
        "chair-state",
        "主持同一会议的国家说法不一。",
        "The state in the chair of a meeting is told in different ways.",
        f"""SELECT ?key ?value ?fact WHERE {{
          ?fact a sc:Chairing ; sc:atMeeting ?key ; sc:forState/sc:iso3 ?value . {_SAID}
        }}""",
        apart=True,
    ),
    Comparison(
        "chair-person",
        "为同一国家主持同一会议的人说法不一。",
        "The person in the chair of a meeting for a state is told in different ways.",
        f"""SELECT ?key ?part ?value ?fact WHERE {{
          ?fact a sc:Chairing ; sc:atMeeting ?key ; sc:forState ?part ; sc:participant/rdfs:label ?value . {_SAID}
        }}""",
        apart=True,
    ),
    Comparison(
        "meeting-date",
        "同一会议的日期说法不一。",
        "The day of a meeting is told in different ways.",
        f"""SELECT ?key ?value ?fact WHERE {{
          ?key sc:number ?number . ?fact sc:atMeeting ?key ; sc:date ?value . {_SAID}
          FILTER NOT EXISTS {{ ?key schema:endDate ?end }}
          OPTIONAL {{ ?fact sc:meetingNumber ?printed }}
          FILTER (!CONTAINS(COALESCE(?printed, ""), "("))
        }}""",
        _dates_differ,
    ),
    Comparison(
        "meeting-record",
        "同一会议记录所属的会议说法不一。",
        "The meeting that a record is of is told in different ways.",
        f"""SELECT ?key ?value ?fact WHERE {{
          ?fact a sc:MeetingStatement ; sc:record ?key ; sc:atMeeting/sc:number ?value . {_SAID}
        }}""",
    ),
    Comparison(
        "resolution-year",
        "同一编号的决议文号不一。",
        "The symbol of a resolution is printed with different years.",
        """SELECT ?key ?value ?fact WHERE {
          ?key sc:number ?number ; sc:symbol ?one, ?other . FILTER (STR(?one) < STR(?other))
          { ?fact sc:cited ?key ; sc:citedSymbol ?value }
          UNION { ?fact sc:instrument ?key ; sc:instrumentSymbol ?value }
          FILTER (?value IN (?one, ?other))
        }""",
    ),
    Comparison(
        "mandate-end",
        "同一任务决定的止期说法不一。",
        "The end that a decision gives a mandate is told in different ways.",
        f"""SELECT ?key ?part ?value ?fact WHERE {{
          ?fact a sc:MandateDecision ; sc:instrument ?key ; sc:holder ?holder ; sc:until ?value . {_SAID}
          OPTIONAL {{ ?fact sc:paragraph ?paragraph }}
          BIND (CONCAT(STR(?holder), " ", COALESCE(?paragraph, "")) AS ?part)
        }}""",
        _dates_differ,
    ),
    Comparison(
        "person-name",
        "同一会议上同一职务者的姓名写法不一。",
        "The name of the holder of a post at a meeting is spelt in different ways.",
        """SELECT ?key ?part ?value ?fact WHERE {
          ?fact sc:atMeeting ?key ; sc:inCapacity ?part ; sc:personName ?value ; sc:modality ?modality .
          FILTER (?modality != sc:Negated)
        }""",
        _spelt_differently,
    ),
)
"""What is compared. A resumed meeting, ``8899 (Resumption 1)``, has a day of its own."""


@dataclass(frozen=True, slots=True)
class _Row:
    key: Term
    part: str
    value: str
    fact: Term


def find_disagreements(store: Store) -> Iterator[Finding]:
    """One finding for each key whose values cannot all be true, with every document's words."""
    found = [(comparison, rows) for comparison in COMPARISONS for rows in _groups(store, comparison)]
    quotes = quotes_of(store, (row.fact for _, rows in found for row in rows))
    for comparison, rows in found:
        says = _says(rows, quotes)
        if comparison.apart and not _apart(says):
            continue
        yield Finding(
            CONFLICT,
            comparison.name,
            comparison.zh,
            comparison.en,
            rows[0].key,
            component=f"{SHAPES}SourcesAgree",
            says=says,
        )


def _groups(store: Store, comparison: Comparison) -> Iterator[list[_Row]]:
    """Rows of one key in which two values differ; what agrees with all is left out."""
    groups: defaultdict[tuple[Term, str], list[_Row]] = defaultdict(list)
    for row in store.select(comparison.query):
        part = row["part"].value if "part" in row else ""
        groups[row["key"], part].append(_Row(row["key"], part, row["value"].value, row["fact"]))
    if comparison.name == "mandate-end":
        _join_unnumbered(groups)
    for _, rows in sorted(groups.items()):
        values = {row.value for row in rows}
        clash = {value for value in values if any(comparison.differ(value, other) for other in values)}
        if clash:
            yield [row for row in rows if row.value in clash]


def _join_unnumbered(groups: defaultdict[tuple[Term, str], list[_Row]]) -> None:
    """A decision told without its paragraph is that of the one paragraph which is told, if there is one."""
    for key, part in [pair for pair in groups if pair[1].endswith(" ")]:
        numbered = [pair for pair in groups if pair[0] == key and pair[1].startswith(part) and pair[1] != part]
        if len(numbered) == 1:
            groups[numbered[0]] += groups.pop((key, part))


def _says(rows: Iterable[_Row], quotes: dict[str, tuple[Said, ...]]) -> tuple[Said, ...]:
    return tuple(
        sorted({replace(said, value=row.value) for row in rows for said in quotes.get(row.fact.value, (Said(),))})
    )


def _apart(says: Iterable[Said]) -> bool:
    """Whether two documents have no value in common."""
    values: defaultdict[str, set[str]] = defaultdict(set)
    for said in says:
        values[said.document].add(said.value)
    sets = list(values.values())
    return any(not one & other for i, one in enumerate(sets) for other in sets[:i])


_NUMBERED = f"""
SELECT ?key ?number ?date ?fact WHERE {{
  ?key sc:number ?number ; sc:body/dct:identifier "UN-SC" .
  ?fact sc:atMeeting ?key ; sc:date ?date . {_SAID}
  FILTER (DATATYPE(?date) = xsd:date && DATATYPE(?number) = xsd:integer)
  OPTIONAL {{ ?fact sc:meetingNumber ?printed }}
  FILTER (!CONTAINS(COALESCE(?printed, ""), "("))
}}"""


def numbers_out_of_order(store: Store) -> Iterator[Finding]:
    """The Council numbers its meetings in the order of their days: each whose first day is before that of the meeting
    with the number next below it here. A warning: one of the two numbers or days is wrong, and it may be either."""
    first: dict[int, tuple[str, Term, Term]] = {}
    for row in store.select(_NUMBERED):
        number, told = int(row["number"].value), (row["date"].value, row["key"], row["fact"])
        first[number] = min(first.get(number, told), told)
    ordered = sorted(first)
    pairs = [(below, above) for below, above in pairwise(ordered) if first[above][0] < first[below][0]]
    quotes = quotes_of(store, (first[number][2] for pair in pairs for number in pair))
    for pair in pairs:
        yield Finding(
            WARNING,
            "meeting-order",
            "会议编号应随日期递增。",
            "Numbers of meetings rise with their days.",
            first[pair[1]][1],
            component=f"{SHAPES}NumbersRise",
            says=tuple(
                sorted(
                    replace(said, value=f"{number}: {first[number][0]}")
                    for number in pair
                    for said in quotes.get(first[number][2].value, (Said(),))
                )
            ),
        )
