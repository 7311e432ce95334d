"""Counts of votes as printed: ``以13票赞成、零票反对、2票弃权(中国、俄罗斯联邦)``, ``12票对1票、2票弃权``, ``15个成员国全部投了赞成票``,
``赞成：11票；反对：1票``.

Numbers are Arabic or Chinese, none is 零 〇 0 无 没有. A count that is not printed is None, never reckoned from the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from kg.pipeline.mask import compile_masked
from kg.text import parse_numeral

__all__ = ["IN_TALLY", "LEAST_IN_FAVOUR", "STATES", "Tally", "find_tallies", "joined", "seats", "unanimity"]

_N = r"(?:\d{1,3}|[〇零一二两三四五六七八九十]{1,3})"
STATES = r"«S»(?:(?:、|，|和|及|以及|与)«S»)*"
"""States in a list, over masked text."""
_WHO = rf"(?:[(：:](?:分别(?:为|是)|即)?(?P<who#>{STATES})(?:等)?(?:\)|(?=[，；。)]))|\([^()]{{1,80}}\))?"
_VALUE = r"(?P<value#>赞成|同意|支持|反对|弃权)"
_MEMBER = r"(?:个?(?:(?:安理会)?(?:理事国|成员国|国家|会员国|国|成员)))"
_ITEMS = (
    # 13票赞成, 十票赞成, 0票反对
    rf"(?<![\d./第])(?P<n#>{_N})(?:张)?票(?:全部|全数|一致|投)?{_VALUE}(?:票)?{_WHO}",
    # 12个理事国投赞成票, 两国弃权, 15个成员国全部投了赞成票
    rf"(?<![\d./第])(?P<n#>{_N}){_MEMBER}(?:代表)?(?:在(?:当天的|随后的)?(?:表决|投票)中)?(?:对[^，。；票]{1, 12})?(?:全部|全都|全数|均|都|一致|则)?(?:投票(?:表示)?|表示|投(?:了|下|出)?)?{_VALUE}(?:票)?{_WHO}",
    # 赞成：11票, 反对票1张, 弃权3票
    rf"{_VALUE}(?:票)?(?:数)?(?:为|是|有|:|：)?(?P<n#>{_N})(?:票|张|国){_WHO}",
    # 无反对票, 没有国家弃权
    rf"(?P<none#>没有|无)(?:任何|一)?(?:国家|成员国?|理事国|人|票)?(?:投(?:了)?)?{_VALUE}(?:票)?",
    # 1票未参加表决
    rf"(?<![\d./第])(?P<n#>{_N})(?:票|{_MEMBER})(?P<away#>(?:没有|未|不)(?:参加|参与)(?:表决|投票)|缺席){_WHO}",
    # 以15票一致通过
    rf"(?<=以)(?P<n#>{_N})票(?=(?P<value#>一致|全票|全数)(?:同意|赞成)?通过)",
)
_AGAINST = compile_masked(
    rf"(?<![\d./第])(?P<yes>{_N})票?(?:对|比)(?P<no>{_N})票?(?:\((?P<who>{STATES})\))?(?=[的、，(结表\ue000-\uf8ff]|而|获|通)"
)
_ITEM = compile_masked("|".join(item.replace("#", str(i)) for i, item in enumerate(_ITEMS)))
IN_TALLY = "票|赞成|弃权|反对"
"""One of these is in each count."""
_IN_TALLY = re.compile(IN_TALLY)
_JOIN = re.compile(r"(?:，|、|；|,|;)?(?:和|及|以及|与|并|另有|同时|而)?(?:有)?")
_FIELD = {"赞": "yes", "同": "yes", "支": "yes", "反": "no", "弃": "abstaining", "一": "yes", "全": "yes"}


@dataclass(frozen=True, slots=True)
class Tally:
    """A count: half-open offsets and the numbers printed. ``states``: spans of the lists in brackets by value (``yes no
    abstain absent``), with the count that each must have."""

    start: int
    end: int
    yes: int | None = None
    no: int | None = None
    abstaining: int | None = None
    absent: int | None = None
    states: tuple[tuple[str, int, int, int], ...] = ()

    @property
    def total(self) -> int:
        return sum(n or 0 for n in (self.yes, self.no, self.abstaining, self.absent))

    @property
    def divided(self) -> bool:
        """Whether somebody is said not to have voted in favour."""
        return bool(self.no or self.abstaining or self.absent)

    def fits(self, year: int | None) -> bool:
        """Whether the Council can have voted so: no more votes than seats in that year."""
        return self.total <= seats(year)

    def complete(self, year: int | None) -> bool:
        """Whether the numbers, where all are printed, fill the Council; a sum that does not is a slip somewhere."""
        return None in (self.yes, self.no, self.abstaining) or self.total == seats(year)

    def carries(self, year: int | None) -> bool:
        """Whether a text can be adopted so."""
        least = LEAST_IN_FAVOUR[seats(year)]
        return self.fits(year) and self.yes is not None and self.yes >= least


LEAST_IN_FAVOUR = {15: 9, 11: 7}
"""Votes that a decision needs, by the number of seats (Charter of the United Nations, Article 27, before and after 1966)."""


def seats(year: int | None) -> int:
    """Members of the Council: 15 since 1966, 11 before."""
    return 11 if year is not None and year < 1966 else 15


def unanimity(tally: Tally | None, year: int | None, *, said: bool = False) -> bool | None:
    """Whether a text was adopted unanimously: not where votes against, abstentions or absences are counted; so where it is ``said`` (一致,
    全票) or all seats of that year voted for it. None where neither is printed: 14票赞成 leaves open what the fifteenth did."""
    if tally is not None and tally.divided:
        return False
    all_for = tally is not None and tally.yes is not None and tally.yes >= seats(year)
    return True if said or all_for else None


def find_tallies(masked: str) -> list[Tally]:
    """All counts of a masked sentence in order; counts side by side are one."""
    if not _IN_TALLY.search(masked):
        return []
    found: list[Tally] = []
    pairs = [_pair(m) for m in _AGAINST.finditer(masked)]
    items = [_item(m) for m in _ITEM.finditer(masked)]
    for item in sorted((*pairs, *items), key=lambda t: (t.start, -t.end)):
        if found and item.start < found[-1].end:
            continue
        last = found[-1] if found else None
        if last is not None and _JOIN.fullmatch(masked, last.end, item.start) and _apart(last, item):
            found[-1] = _with(last, item)
        else:
            found.append(item)
    return found


def joined(tallies: list[Tally]) -> Tally | None:
    """The counts of one vote told in several places of a sentence (获得13票赞成，无反对票，…两国弃权); None where one number is said twice."""
    whole: Tally | None = None
    for tally in tallies:
        if whole is not None and not _apart(whole, tally):
            return None
        whole = tally if whole is None else _with(whole, tally)
    return whole


def _with(last: Tally, item: Tally) -> Tally:
    return replace(
        last,
        end=item.end,
        yes=_first(last.yes, item.yes),
        no=_first(last.no, item.no),
        abstaining=_first(last.abstaining, item.abstaining),
        absent=_first(last.absent, item.absent),
        states=(*last.states, *item.states),
    )


def _apart(a: Tally, b: Tally) -> bool:
    """Whether no number is said twice: a second one in favour begins another count."""
    return all(
        x is None or y is None
        for x, y in ((a.yes, b.yes), (a.no, b.no), (a.abstaining, b.abstaining), (a.absent, b.absent))
    )


def _first(a: int | None, b: int | None) -> int | None:
    return b if a is None else a


def _pair(match: re.Match[str]) -> Tally:
    yes, no = parse_numeral(match["yes"]), parse_numeral(match["no"])
    named = (("no", *match.span("who"), no or 0),) if match["who"] else ()
    return Tally(match.start(), match.end(), yes=yes, no=no, states=named)


def _item(match: re.Match[str]) -> Tally:
    groups = match.groupdict()
    at = next(i for i in range(len(_ITEMS)) if groups.get(f"value{i}") or groups.get(f"away{i}"))
    count = 0 if groups.get(f"none{at}") else parse_numeral(match[f"n{at}"])
    value = groups.get(f"value{at}")
    field = _FIELD[value[0]] if value else "absent"
    word = {"abstaining": "abstain"}.get(field, field)
    who = f"who{at}"
    named = ((word, *match.span(who), count or 0),) if groups.get(who) else ()
    tally = Tally(match.start(), match.end(), states=named)
    fields: dict[str, Any] = {field: count}
    return replace(tally, **fields)
