"""News items: how one is told, and the day that its dateline gives.

Told by the dateline of an agency (``新华社联合国8月12日电(记者…)``, ``联合国2016年5月10日电``, ``本报纽约9月21日讯``), by the head of a UN News
page (``联合国新闻2020年5月8日``, ``【联合国新闻】``), or by a place and day that open the first paragraph (``纽约，2021年3月10日——``, ``联合国新闻2021年3月10日——``). A line of a
web page (``2018年06月29日08:15:22来源：新华网``) dates an item, but does not make one.

The year of a dateline that prints none is that of the page's own line, else that of the text that the lead says was adopted or voted
on, else what an extension says (``延长一年至2019年6月30日``). Without any of these the day stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.dates import DURATION, DateExpression, add_duration, find_dates, parse_duration, resolve
from kg.model import Paragraph

__all__ = ["NewsHead", "news_head"]

_AGENCY = (
    r"(?:新华社|新华网|新华通讯社|中新社|中新网|中国新闻社|中国新闻网|人民网|人民日报|央视网?|央视新闻|央广网|环球网|国际在线|光明日报|光明网|中国日报网?|解放军报|"
    r"中央社|联合早报|大公报|文汇报|香港中通社|中通社|法新社|路透社|美联社|俄新社|塔斯社|共同社|联合国新闻(?:中心|网)?|联合国电台|本报|本社|本台)"
)
_PLACE = r"(?:联合国(?:总部)?|[\u4e00-\u9fff]{2,6})"
_DAY = r"(?P<day>(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?\d{1,2}日)"
_WIRE = r"(?:专?电|讯|综合(?:外电)?报道|报道|消息)"
_REPORTED_BY = r"(?:(?:特派)?记者[\u4e00-\u9fff·、]{2,12}?报道)?"
_BYLINE = r"(?:\((?:[^()]{0,12}(?:记者|编辑|通讯员|特约)[^()]{0,30}|[\u4e00-\u9fff·、 ]{2,16})\))?"
_DATELINE = re.compile(
    rf"^[(\[【]?(?:据|综合)?(?:{_AGENCY}[、/]?){{1,3}}(?:记者[\u4e00-\u9fff·、]{{2,10}}?)?(?:{_PLACE})?(?:当地时间)?{_DAY}?(?P<wire>{_WIRE})(?!称|说|指|显示)[)\]】]?{_BYLINE}{_REPORTED_BY}(?P<mark>[:：]?)"
)
_HEADED = re.compile(r"[\[【](?:本报|本社|本台)[^\]】]*(?:报道|消息)[\]】].*")
"""``【本报综合报道】``: in brackets of its own, of the paper itself."""
_PLACELINE = re.compile(
    rf"^[(\[【]?(?:据)?(?P<place>{_AGENCY}|联合国(?:总部)?|纽约|日内瓦|维也纳|海牙|内罗毕)(?:(?P<dash>[，,、]?)|当地时间){_DAY}(?P<wire>{_WIRE})?[)\]】]?{_BYLINE}(?P<mark>[:：—-]{{0,2}})"
)
_UN_NEWS = re.compile(
    rf"^[(\[【]?联合国(?:新闻|电台)(?:中心|网|部)?[)\]】]?[|:：,，·-]*{_DAY}?[)\]】]?$|^{_DAY.replace('<day>', '<day2>')}[|:：,，·-]*[(\[【]?联合国新闻(?:中心|网)?[)\]】]?$"
)
_ISO = r"(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
_WEB = re.compile(
    rf"^(?:发布时间|时间|日期|发表时间)?[:：]?(?:{_ISO}|(?P<date>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日))(?:星期.)?(?P<clock>[ T]?\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?(?P<rest>.{{0,60}})$"
)
_SOURCE = re.compile(r"来源|记者|编辑|责编|作者|稿源")
_ADOPTED = re.compile(
    r"(?:通过|表决|否决)[^。；]{0,24}?(?:第\d{1,4}\((?P<year>(?:19|20)\d\d)\)号决议|S/(?:PRST/|RES/\d{1,4}\()?(?P<year2>(?:19|20)\d\d)[/)])"
    r"|草案\(?S/(?P<year3>(?:19|20)\d\d)/\d+\)?"
)
_LOOKS_BACK = re.compile(r"(?:曾|此前|执行|根据|重申|回顾)[^。；，]{0,20}$")
_EXTENDED = re.compile(
    rf"(?:延长|延续|延期|续延|展期)(?:了)?(?P<length>{re.sub(r'[?]P<[a-z]+>', '?:', DURATION)})，?(?:即|直)?(?:至|到)(?P<end>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日)"
)
_OPENING = 6
"""Paragraphs in which a dateline is looked for: headline, subtitle, the page's own lines."""


@dataclass(frozen=True, slots=True)
class NewsHead:
    """``lead``: index of the paragraph that the news itself begins with, ``text_from`` the offset in its normal form where the dateline ends;
    ``headline`` its title's, or None; ``furniture`` those of the page's own lines; ``date`` ISO, None where no year is said;
    ``month_day`` what the dateline then says."""

    lead: int
    text_from: int
    headline: int | None
    furniture: frozenset[int]
    date: str | None
    month_day: tuple[int, int] | None = None

    def roles(self, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        """The paragraphs with the roles of the head: the page's lines are no headings, the headline opens no section."""
        told = dict.fromkeys(self.furniture, "letterhead")
        told[self.lead] = "prose"
        if self.headline is not None:
            told[self.headline] = "title"
        return [p._replace(role=told[i], number=None) if i in told else p for i, p in enumerate(paragraphs)]


def news_head(texts: Sequence[str]) -> NewsHead | None:
    """The head of the news item whose paragraphs (normal form) are ``texts``; None for what is no news item."""
    web = {i: date for i, text in enumerate(texts) if _near_an_edge(i, len(texts)) and (date := _web_line(text))}
    for i, text in enumerate(texts[:_OPENING]):
        page = _UN_NEWS.match(text)
        if page:
            return _un_news(texts, i, page, web)
        match = _dateline(text)
        if match is not None:
            stamped = _web_line(text[match.end() :].strip())
            if stamped is not None and i + 1 < len(texts):  # 【本报综合报道】2024-03-26 00:15
                before = [n for n in range(i) if n not in web]
                return NewsHead(i + 1, 0, before[0] if before else None, frozenset({i, *web}), stamped)
            return _head(texts, i, match, web)
    return None


def _dateline(text: str) -> re.Match[str] | None:
    """``新华社联合国8月12日电``, ``【本报讯】``; without a day 据法新社报道 is said of others, and 央视网消息 needs its colon."""
    match = _DATELINE.match(text)
    if match is not None:
        dated = match["day"] or match["wire"].endswith(("电", "讯")) or (match["wire"] == "消息" and match["mark"])
        dated = dated or _HEADED.fullmatch(match.group())
        return match if dated else None
    match = _PLACELINE.match(text)
    return match if match and (match["wire"] or match["mark"] in {"—", "——", "--", "-"}) else None


def _near_an_edge(at: int, count: int) -> bool:
    return at < _OPENING or at >= count - 3


def _web_line(text: str) -> str | None:
    """ISO day of a page's own line; a bare date is one of many things."""
    match = _WEB.match(text)
    if not match or not (match["clock"] or _SOURCE.search(match["rest"])):
        return None
    if match["date"]:
        return next((d.iso for d in find_dates(match["date"])), None)
    return add_duration(f"{match['y']}-{int(match['m']):02d}-{int(match['d']):02d}", "P0D")


def _un_news(texts: Sequence[str], at: int, match: re.Match[str], web: dict[int, str]) -> NewsHead | None:
    """The page's head, its date in it or on a line beside it; the headline follows or stood before."""
    furniture = {at, *web}
    printed = match["day"] or match["day2"]
    if printed is None:
        beside = next((i for i in (at + 1, at - 1, at + 2) if 0 <= i < len(texts) and _whole_date(texts[i])), None)
        if beside is not None:
            printed = texts[beside]
            furniture.add(beside)
    date = _full(_expression(printed), texts, at, web) if printed else next(iter(web.values()), None)
    rest = [i for i in range(at + 1, len(texts)) if i not in furniture]
    if at - 1 in range(len(texts)) and at - 1 not in furniture and at > 0:
        return NewsHead(rest[0], 0, at - 1, frozenset(furniture), date) if rest else None
    if not rest:
        return None
    titled = len(rest) > 1 and not texts[rest[0]].endswith(("。", "！", "？", "：", "”"))
    lead = rest[1] if titled else rest[0]
    inner = _dateline(texts[lead])
    if inner is not None:
        head = _head(texts, lead, inner, web)
        headline = rest[0] if titled else None
        return replace(head, headline=headline, furniture=frozenset(furniture), date=head.date or date)
    return NewsHead(lead, 0, rest[0] if titled else None, frozenset(furniture), date)


def _whole_date(text: str) -> bool:
    dates = find_dates(text)
    return len(dates) == 1 and dates[0].iso is not None and dates[0].day is not None and len(text) <= dates[0].end + 4


def _head(texts: Sequence[str], at: int, match: re.Match[str], web: dict[int, str]) -> NewsHead:
    before = [i for i in range(at) if i not in web]
    day = _expression(match["day"]) if match["day"] else None
    date = _full(day, texts, at, web) if day else next(iter(web.values()), None)
    month_day = (day.month, day.day) if day and day.month and day.day else None
    return NewsHead(at, match.end(), before[0] if before else None, frozenset(web), date, month_day)


def _expression(printed: str) -> DateExpression | None:
    return next((d for d in find_dates(printed) if d.day is not None), None)


def _full(day: DateExpression | None, texts: Sequence[str], lead: int, web: dict[int, str]) -> str | None:
    """ISO of the dateline's day: its year printed, else by the page's line (the nearest such day), else by the lead."""
    if day is None or day.iso is not None:
        return day.iso if day else None
    for known in web.values():
        return _nearest(day, known)
    year = _year_of(texts[lead], day)
    return resolve(day, year).iso if year is not None and day.month is not None else None


def _nearest(day: DateExpression, known: str) -> str | None:
    """The last such day that is not after ``known``, or the one right behind it."""
    year, month = int(known[:4]), int(known[5:7])
    if day.month is None:  # 纽约8日电
        same = resolve(day, year, month).iso
        return same if same and same <= known else resolve(day, year - (month == 1), (month - 2) % 12 + 1).iso
    same = resolve(day, year).iso
    return same if same is None or same <= known or day.month == month else resolve(day, year - 1).iso


def _year_of(lead: str, day: DateExpression) -> int | None:
    """The year that the lead itself shows: with the dateline's own day, of what was adopted, of an extension."""
    same = {d.year for d in find_dates(lead) if d.year and (d.month, d.day) == (day.month, day.day)}
    if len(same) == 1:
        return same.pop()
    years = {
        int(match["year"] or match["year2"] or match["year3"])
        for match in _ADOPTED.finditer(lead)
        if not _LOOKS_BACK.search(lead[: match.start()])
    }
    if len(years) == 1:
        return years.pop()
    for match in _EXTENDED.finditer(lead):
        length, end = parse_duration(match["length"]), _expression(match["end"])
        if length is None or end is None or end.iso is None or length[-1] not in "YM":
            continue
        months = int(length[1:-1]) * (12 if length[-1] == "Y" else 1)
        for year in (int(end.iso[:4]) - 1, int(end.iso[:4]), int(end.iso[:4]) - 2):
            start = resolve(day, year).iso
            if start and _apart(start, end.iso, months) <= 1:
                return year
    return None


def _apart(start: str, end: str, months: int) -> int:
    """By how many months the time between two days differs from ``months``."""
    return abs((int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7]) - months)
