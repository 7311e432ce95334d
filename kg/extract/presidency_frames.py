"""How texts say which state presides over the Council in which month, as frames over `Sentence.unposted`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.gate import Frames, Gated
from kg.model import DocumentKind, Mention, MentionType
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS

if TYPE_CHECKING:
    from kg.dates import DateExpression
    from kg.extract.view import Sentence

__all__ = ["FRAMES", "PresidencyFrame", "presidency_frames"]

_PRESIDENT = r"(?:当月|本月|时任)?«C»(?:当月|本月)?(?:的)?(?:轮值)?主席(?:国)?(?:、|，)?"
_ACTS = r"(?:宣读|发表|主持|宣布|发言|作了|通报|会见|代表(?:«C»|安理会|理事会)|向(?:新闻界|媒体|报界))"
FRAMES = Frames(
    *(
        (Gated(pattern, on="unposted"), rule)
        for rule, pattern in (
            # 中国作为安全理事会2022年8月轮值主席
            (
                "presidency.as",
                r"(?P<s>«S»)(?:将|正|以|在)*(?:作为|担任|出任|就任|接任|以)(?:了)?«C»(?P<d>«D»)?(?:的)?(?:轮值)?主席(?:国)?(?!团|声明)",
            ),
            # 越南于2020年1月担任主席期间 / 中国将于8月担任安理会轮值主席
            (
                "presidency.in",
                r"(?P<s>«S»)(?:将|已|曾经?|则|也|还|将会|定于|在|于|自|从|[（(])*(?P<d>«D»)(?:间|期间|份)?(?:将|曾|已|起|轮值|正式|开始)*(?:担任|出任|就任|接任)(?:了|过)?(?:«C»)?(?:«D»)?(?:的)?(?:轮值)?主席(?!团|声明)",
            ),
            # 秘鲁于4月、俄罗斯联邦将于6月担任主席
            (
                "presidency.each",
                r"(?P<s>«S»)(?:将|已|曾|则)*(?:在|于)?(?P<d>«D»)(?=(?:份)?(?:，|、|和|及|而)+(?:«S»(?:将|已|曾|则)*(?:在|于)?«D»(?:份)?(?:，|、|和|及|而)+){0,3}«S»(?:将|已|曾|则|也)*(?:在|于)?«D»(?:份)?(?:将|曾|起|分别)*(?:担任|出任|就任|接任)(?:了)?(?:«C»)?(?:的)?(?:轮值)?主席(?!团|声明))",
            ),
            # 12月，中国接替玻利维亚担任安理会主席；科特迪瓦将于12月接任
            (
                "presidency.next",
                r"«C»(?:的)?(?:轮值)?主席(?:国)?(?:一职|职务)?；(?:下月|随后|其后|而)?，?(?P<s>«S»)(?:将|则|定)*(?:于|在)?(?P<d>«D»)(?:起)?(?:将)?(?:接任|接棒|接替|继任|接手)(?=[，。；]|$)",
            ),
            # 突尼斯担任2021年1月安全理事会主席期间
            (
                "presidency.of-month",
                r"(?P<s>«S»)(?:将|在|正|轮值)*(?:担任|出任|就任|接任)(?:了)?(?P<d>«D»)(?:的)?(?:«C»(?:的)?(?:轮值)?|轮值)主席(?!团|声明)",
            ),
            # 2018年3月，荷兰担任主席期间
            (
                "presidency.when",
                r"(?P<d>«D»)(?:，|、|间|期间|份|曾|在|当|«C»)*(?P<s>«S»)(?:担任|出任|任)(?:了)?(?:«C»)?(?:的)?(?:轮值)?主席(?:国)?(?:期间|时)",
            ),
            # 在秘鲁任主席的今年7月
            ("presidency.whose", r"(?P<s>«S»)(?:担任|任|出任)(?:«C»)?(?:轮值)?主席的(?:今年|去年|同年)?(?P<d>«D»)"),
            # 玻利维亚主持安理会工作的2017年6月
            (
                "presidency.work",
                r"(?P<s>«S»)(?:于|在)?(?P<d2>«D»)?主持(?:了)?«C»(?P<d3>«D»)?(?:份)?(?:的)?(?:日常)?工作(?:的(?P<d>«D»))?",
            ),
            # 越南担任主席期间(2020年1月)
            # …担任主席期间安全理事会工作的评价(2018年8月)
            (
                "presidency.during",
                r"(?P<s>«S»)担任(?:«C»)?(?:轮值)?主席(?:国)?(?:期间)?[^。；，(«:SOM»]{0,24}\((?P<d>«D»)\)",
            ),
            # 加纳上一次担任安理会轮值主席是在2006年8月
            (
                "presidency.last",
                r"(?P<s>«S»)(?:上一?次|最近一次|首次|第一次|前一次)(?:担任|出任)(?:«C»)?(?:的)?(?:轮值)?主席(?:国)?(?:是|为)(?:在|于)?(?P<d>«D»)",
            ),
            # 下一任轮值主席印度将于12月1日接任
            (
                "presidency.next",
                r"(?:轮值)?主席(?:国)?(?:、|，)?(?P<s>«S»)(?:将|定|拟)*(?:于|在|从)(?P<d>«D»)(?:起)?(?:接任|接棒|就任|履职|接替|继任)",
            ),
            # 安全理事会1月份主席瑞典 / 2月轮值主席国法国
            (
                "presidency.of",
                r"(?:«C»(?P<d>«D»)|(?P<d2>«D»)«C»|(?P<d3>«D»))(?:的)?(?:本月)?(?:轮值)?主席(?:国)?(?:、|，)?(?P<s>«S»)",
            ),
            # 哈萨克斯坦将从日本手中接过安全理事会2018年1月的主席职务
            # 墨西哥1日接替10月份主席肯尼亚，出任安理会11月份轮值主席
            (
                "presidency.takes",
                r"(?P<s>«S»)[^。；]{0,40}?(?:接过|接任|继任|(?:接替|取代)[^。；]{0,30}，(?:出任|担任|就任|接任|成为))(?:了)?«C»(?P<d>«D»)(?:的)?(?:轮值)?主席(?:职务|国)?",
            ),
            # 2016年12月，西班牙担任安全理事会主席
            (
                "presidency.held",
                r"(?P<d>«D»)(?:，)?(?:由)?(?P<s>«S»)(?:担任|出任|就任)(?:了)?«C»(?:的)?(?:轮值)?主席(?!团|声明)",
            ),
            # 瑞典是安全理事会2017年1月份主席
            (
                "presidency.is",
                r"(?P<s>«S»)(?:是|为|系)(?:«C»(?P<d>«D»)|(?P<d2>«D»)(?:的)?«C»)(?:的)?(?:轮值)?主席(?!团|声明)",
            ),
            # 安全理事会10月份主席杰里·马特吉拉(南非)
            (
                "presidency.named",
                r"(?:«C»(?P<d>«D»)|(?P<d2>«D»)«C»)(?:的)?(?:轮值)?主席(?:、|，)?(?:[^，。；()、«:SOMP»]{0,12})«P»(?:"
                + HONORIFICS
                + r")*\((?P<s>«S»)\)",
            ),
            # 越南常驻联合国代表邓廷贵先生阁下在2020年1月担任安全理事会主席
            (
                "presidency.person",
                r"(?P<s>«S»)[^，。；«:SDP»]{0,20}?(?:代表|大使|部长|大臣)«P»(?:"
                + HONORIFICS
                + r")*(?:于|在)(?P<d>«D»)(?:份|间)?(?:期间)?(?:担任|出任)(?:了)?«C»(?:的)?(?:轮值)?主席(?!团|声明)",
            ),
            # 由瑞典担任安理会2017年1月主席国, 8月由中国担任安理会轮值主席
            # 卢旺达将于4月1日从俄罗斯手中接过安理会轮值主席一职
            (
                "presidency.takes",
                r"(?P<s>«S»)(?:将|已|，)*(?:于|在|自|从)?(?P<d>«D»)(?:起)?(?:从|由|自)«S»(?:手中|那里)?(?:接过|接任|接手|接替)«C»(?:的)?(?:轮值)?主席",
            ),
            # 乌克兰接替1月份主席瑞典，并于3月1日将这一职务移交联合王国
            (
                "presidency.hands",
                r"(?:接替|接过|接续)(?:«C»)?(?P<d>«D»)(?:的)?(?:轮值)?主席(?:国)?(?P<s>«S»)(?=[，。；的]|$)",
            ),
            (
                "presidency.hands",
                r"主席[^。；]{0,40}?(?:于|在)?(?P<d>«D»)(?:起)?(?:将|把)(?:这一|该|轮值|主席|一|的|安理会|«C»)*(?:职务|职位|职|主席国?)(?:移交|交接|转交|交|传)(?:给|予)?(?P<s>«S»)",
            ),
            # 2012年7月主席：哥伦比亚
            ("presidency.line", r"^(?:«C»)?(?P<d>«D»)(?:份)?(?:«C»)?(?:的)?(?:轮值)?主席(?:国)?[:：](?P<s>«S»)"),
            # 2008年11月7日，安全理事会主席、哥斯达黎加常驻联合国代表…宣读了下列要点
            (
                "presidency.day",
                rf"(?P<d>«D»)(?:[上下]午|晚)?，?{_PRESIDENT}(?P<s>«S»)(?=常驻|代表|大使|外|总|首相|国务|副|政府|驻|«P»)[^。；]{{0,80}}?{_ACTS}",
            ),
            (
                "presidency.day",
                rf"{_PRESIDENT}(?P<s>«S»)[^，。；«:SD»]{{0,20}}(?:«P»)?(?:{HONORIFICS})*(?:于|在)?(?P<d>«D»)[^。；]{{0,60}}?{_ACTS}",
            ),
            (
                "presidency.day",
                rf"{_PRESIDENT}(?:[^，。；()、«:SD»]{{0,12}}«P»(?:{HONORIFICS})*)?\((?P<s>«S»)\)(?:于|在)?(?P<d>«D»)[^。；]{{0,60}}?{_ACTS}",
            ),
            (
                "presidency.day",
                rf"(?P<d>«D»)(?:[上下]午|晚)?，?{_PRESIDENT}[^，。；()、«:SD»]{{0,12}}«P»(?:{HONORIFICS})*\((?P<s>«S»)\)[^。；]{{0,80}}?{_ACTS}",
            ),
            # 法国作为3月份主席，将于…; 德国常驻代表霍伊斯根作为4月份主席主持了会议
            (
                "presidency.as-month",
                rf"(?P<s>«S»)(?:(?:政府|常驻(?:«O»)?代表|大使|[^，。；、«:SDOMP»]{{0,8}}(?:部长|大臣|总统|总理|首相))(?:«P»)?(?:{HONORIFICS})*)?(?:将|正|以|，)*作为(?P<d>«D»)(?:的)?(?:轮值)?主席(?:国)?(?!团|声明|的时候)",
            ),
            # 2012年6月，中国接替阿塞拜疆担任安理会主席
            (
                "presidency.takes",
                r"(?P<d>«D»)(?:起)?，?(?P<s>«S»)(?:将|已)?(?:接替|取代|继)(?P<was>«S»)(?:，|之后)?(?:担任|出任|成为|接任)«C»(?:的)?(?:轮值)?主席(?!团|声明)",
            ),
            # 安理会主席职务2012年11月由印度担任
            (
                "presidency.by",
                r"«C»(?:的)?(?:轮值)?主席(?:国)?(?:一)?(?:职务|职位|职)?(?:将)?(?:于|在|自)?(?P<d>«D»)(?:起|份)?(?:将)?由(?P<s>«S»)(?:担任|出任|接任)",
            ),
            # 在2011年5月法国主席任内，安理会…; 2015年9月俄罗斯联邦主持安理会期间
            ("presidency.when", r"(?P<d>«D»)(?:，|、|间|期间|在)*(?P<s>«S»)(?:的)?主席(?:国)?(?:任内|任期内|任期期间)"),
            ("presidency.work", r"(?P<d>«D»)(?:，|间|期间)*(?P<s>«S»)主持«C»(?:期间|时|的月份)"),
            # 安理会轮值主席卢森堡…，约旦1月将接任
            (
                "presidency.next",
                r"«C»[^。；«:D»]{0,12}主席[^。；]{0,24}，(?P<s>«S»)(?:将|则)*(?:于|在)?(?P<d>«D»)(?:起)?(?:将)?(?:接任|接棒|继任)",
            ),
            # 黎巴嫩将于9月30日卸任安理会轮值主席
            (
                "presidency.leaves",
                r"(?P<s>«S»)(?:将|已|，)*(?:于|在)?(?P<d>«D»)(?:将)?(?:卸任|结束|完成)(?:了)?«C»(?:的)?(?:轮值)?主席",
            ),
            ("presidency.by", r"(?P<d>«D»)(?:份)?由(?P<s>«S»)(?:担任|出任)(?:«C»)?(?:的)?(?:轮值)?主席(?!团|声明)"),
        )
    )
)


_COUNCIL = compile_masked("«C»")
_OF_THE_COUNCIL = re.compile("(?<![与與和])安全理事[会會]|安理[会會]")
_LATE = 15
_TOP = 1000
"""Characters in which a document says whose it is."""
_OTHER = compile_masked("委员会主席|«O»(?:«D»)?(?:的)?(?:轮值)?主席|(?:«O»|«M»)[^，。；]{0,6}$")


@dataclass(frozen=True, slots=True)
class PresidencyFrame:
    """A frame found: the state, the month as printed, and the rule."""

    state: Mention
    date: DateExpression
    rule: str


def presidency_frames(sentence: Sentence) -> Iterator[PresidencyFrame]:
    """All frames of one sentence that name both a state and a date."""
    if "主席" not in sentence.text and "主持" not in sentence.text:
        return
    for match, rule in FRAMES.finditer(sentence):
        groups = match.groupdict()
        at = next((match.start(g) for g in ("d", "d2", "d3") if groups.get(g)), -1)
        state = sentence.at(match.start("s"), MentionType.STATE)
        date = sentence.date_at(at)
        if state is None or state.id is None or date is None:
            continue
        if rule == "presidency.leaves" and (date.day or 0) < _LATE:
            continue  # 1月1日卸任: of the month before, or of that one
        if not _COUNCIL.search(match.group()) and _of_other(sentence, match, rule):
            continue
        yield PresidencyFrame(state, date, rule)
        was = sentence.at(match.start("was"), MentionType.STATE) if groups.get("was") else None
        if was is not None and was.id is not None and date.month is not None:
            yield PresidencyFrame(was, _month_before(date), "presidency.before")


def _month_before(date: DateExpression) -> DateExpression:
    """The month before that of ``date``: who is relieved in it presided until then."""
    month = date.month or 1
    year = date.year - 1 if month == 1 and date.year is not None else date.year
    return replace(date, year=year, month=12 if month == 1 else month - 1, day=None)


def _of_other(sentence: Sentence, match: re.Match[str], rule: str) -> bool:
    """Whether a presidency that does not name the Council can be another body's: 1月份主席瑞典 needs the Council beside it,
    and no other body may stand in the clause."""
    clause = re.split(r"[，。；]", sentence.unposted[: match.start()])[-1]
    if rule in {"presidency.line", "presidency.hands"} and not _OF_THE_COUNCIL.search(sentence.document.text, 0, _TOP):
        return True
    if rule == "presidency.as-month":
        others = compile_masked("«OM»(?!常驻)|委员会|工作组|大会").search(
            re.split("[。；]", sentence.unposted[: match.end()])[-1]
        )
        return others is not None or not _OF_THE_COUNCIL.search(sentence.document.text)
    if rule == "presidency.of" and not _COUNCIL.search(sentence.unposted):
        return True
    if rule == "presidency.of-month" and not _COUNCIL.search(sentence.unposted):
        return (
            sentence.document.kind != DocumentKind.NEWS
        )  # 越南将担任1月份轮值主席: of the body that the item is about
    return bool(_OTHER.search(clause + match.group())) or bool(_OTHER.search(clause))
