"""Frames of mandates that go on: 将…延长至, 延长…六个月, …的任务期限延至, 续设…, 继续运作至, measures restated with an end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.gate import Frames, Gated
from kg.extract.mandates.clauses import DECIDING
from kg.extract.mandates.frame import Frame
from kg.extract.mandates.words import ALSO, EXTEND, FROM, LENGTH, TERM, UNTIL, WHEN, chunks
from kg.extract.view import Sentence

__all__ = ["EXTENDING", "extending"]

_INCLUDING = r"(?:，(?:其中|也|但)?(?:不)?包括[^。；]{1,80}?，?)?"
_WAYS = rf"作(?:出)?(?=最后|技术|为期)|再次|再度|继续|进一步|再|予以|相应地?|一并|都|均|最后一次|最后|在[^，。；]{{2,24}}(?:领导|主持)下|分别|(?P<technical>技术性地?)|，|{FROM}|(?:从|自)«D»(?:(?:之|以)后)?(?=再?延长)"
_MANNER = rf"(?:{_WAYS})*"
_GOES = rf"(?:了)?(?:(?:修订|修改|修正|调整|扩大|审查)(?:和|并|且)(?:再次)?)?(?:{EXTEND}(?:并(?:扩展|扩大|修改|修订|调整))?|(?:延|续|展|更新)(?=至|到)|延(?=(?:\d{{1,2}}|[一二两三六九十]{{1,2}})(?:个月|年))|(?:继续|持续)(?:实施|执行|适用|有效|生效)(?=至|到|，))"
_BA = Gated(
    rf"(?:将|把)(?P<holder>{chunks(1, 110, but='将|把')}{_INCLUDING}){_MANNER}{_GOES}(?:了)?(?P<when>{WHEN})(?P<more>(?:和|及|与|以及|、)«D»)?"
)
_VERB_FIRST = Gated(
    rf"(?:(?:决定|同意|授权|核准|批准|核可|认可)(?:再次|再度|再|继续|进一步|将)*|(?:^|[，；：])(?:{ALSO}|将|最后一次)*|(?:以|在|通过)?«R»(?:中|里)?(?:还|又|也|已|已经|再次|一致)*(?:决定)?(?:再次|进一步)?)(?:最后一次)?"
    rf"(?P<technical>技术性)?(?:(?:修订|修改|修正|调整|扩大|审查)(?:和|并|且)(?:再次)?)?(?:{EXTEND}|更新(?=[^，。；]{{1,120}}至)|继续(?:执行|实施|适用)(?=[^，。；]{{1,120}}(?:至|，)))(?:了)?(?P<before>(?:另|又)?{LENGTH})?(?P<holder>{chunks(1, 110)})(?:，(?:将[^，。；]{{2,30}}包括在内，?)?{FROM}?(?:再延长)?(?=，?(?:再)?(?:一|至|到|\d|[一二三四五六七八九十])))?(?P<when>，?(?:再)?{WHEN})?(?=[，。；]|$)"
)
_PASSIVE = Gated(
    rf"(?:根据|依照|按照)[^，。；]{{0,60}}?«R»，(?P<holder>{chunks(1, 60)})(?:获(?:得)?|予以|再)*{_GOES}(?P<when>{WHEN})"
)
_TERM_FIRST = Gated(
    rf"(?:^|[，；：]|决定|同意|«R»(?:规定|中)?)(?P<holder>{chunks(1, 110, but='将|把')})(?:由此|因此|也|随之|应|须|获得?|得到|得以|已经?(?!«R»)|已|业已?|(?:由|经|被)«C»?«R»|{_WAYS})*{_GOES}(?:了)?(?P<when>{WHEN})"
)
_SET_UP_AGAIN = Gated(
    rf"(?:续设|重设|再设|重新设立|重新成立|再次设立|再次成立|继续设立|重新建立|重新组建)(?:了)?(?P<holder>{chunks(1, 110)})(?:(?:的)?{TERM})?(?P<gap>，(?:以|在|由)[^，。；]{{1,60}})?，?(?:其)?(?:任务期限|任务期|任期|期限)?{FROM}?(?:，)?(?:为期|为|是)?(?P<when>{WHEN})(?=[，。；]|$)"
)
_CONTINUES = Gated(
    rf"(?:^|[，；：]|决定)(?P<holder>{chunks(1, 90, but='应|将|须')})(?:应|将|须|仍)*(?:在)?(?P<when>(?:直至|至|截至)«D»)(?:终了|结束|止|为止|届满)?(?:的)?(?:期间|期限|时期)?(?:内)?，?(?:应|将|须)*继续[^，。；]{{0,60}}?(?:运作|工作|任务|职能|职责|存在|有效|生效|协助|支持|特派团)"
)
_CONTINUES_TO = Gated(
    rf"(?:^|[，；：]|决定|核准|授权)(?P<holder>{chunks(1, 90, but='应|将|须|核准|授权')})(?:应|将|须|仍|再)*(?:在(?P<since>{chunks(1, 40)})(?:期满|届满|到期|结束|终了)(?:之)?(?:后|时)，?)?继续(?:(?:作为[^，。；]{{0,30}}，)?[^，。；]{{0,40}}?(?:运作|工作|活动|任务|职能|职责|存在|有效|生效|适用|部署)|(?:向)?[^，。；]{{0,16}}?(?:支持|协助|提供支助)[^，。；\d]{{0,16}}?|驻留|驻扎)，?(?P<when>(?:为期|再)*{LENGTH}{UNTIL}?|{UNTIL})(?=[，。；]|$)"
)
_IN_FORCE = Gated(
    rf"(?:^|[，；：]|决定)(?P<holder>{chunks(1, 90, but='应|将|须')})(?:，除[^。；]{{2,50}}?外，)?(?:应|将|须|仍)*(?:继续|保持|依然|仍然)+(?:有效|生效|适用|实施|存在)，?(?P<when>(?:为期|再)*{LENGTH}{UNTIL}?|{UNTIL})(?=[，。；]|$)"
)
_DEPLOYED_TO = Gated(
    r"(?:^|[，；：]|决定)(?P<holder>«M»)(?:应|将|须)*(?:继续)?(?:部署|驻留|保留|维持)(?:时间|期限)?(?P<when>(?:直)?(?:至|到)«D»(?:止|为止)?)(?=[，。；]|$)"
)
_DONE = Gated(
    rf"«R»(?:中|里)?(?P<when>(?:还|又|也|再次|一致)*(?:(?:刚刚|刚|已经?|业已|最近|日前)+(?:(?:更新|修订|调整|扩大)并)?{EXTEND}(?:了)?|(?:(?:更新|修订|调整|扩大)并)?{EXTEND}了))(?!(?:审议|审查|会议|讨论|磋商|停火|会期))(?P<holder>{chunks(1, 90)}{TERM})(?=[，。；]|$)"
)
"""第2098(2013)号决议刚刚延长了特派团的任务期限: done, until when it does not say."""
_STATES = r"(?:所有|各)?(?:会员国|成员国|国家|国)(?:都|均)?(?:应|须|必须)(?:都|均)?"
_DOES = r"(?:[^。；]{0,24}?(?P<holder>必要措施|必要的措施|措施)|[^。；]{0,24}?(?P<does>实施|执行|防止|阻止|冻结|禁止))"
_MEASURES = Gated(
    rf"(?P<when>(?:(?:从|自)(?:现在|即日|«D»|本决议通过之日)(?:起)?，?)?(?:直)?至«D»|(?<=在)«D»(?=(?:之|以)?前，))(?:(?:之|以)?前|止|为止)?，{_STATES}继续{_DOES}"
)
_PERIOD = Gated(
    rf"在{FROM}?(?:的)?(?P<when>(?:截至|直至|至)«D»|{LENGTH})(?:终了|结束|止|为止)?(?:的)?(?P<again>另一|又一|再|后续)(?:段|个)?(?:期间|时期|时间)(?:内|里)?，?{_STATES}{_DOES}"
)
_MEASURES_TO = Gated(
    rf"(?:所有|各)?(?:会员国|成员国|国家|国)(?:都|均)?(?:应|须|必须)(?:都|均)?继续(?:采取|实施|执行|适用|遵守)(?P<holder>{chunks(0, 90)}(?:措施|禁令|禁运|限制|冻结))[^。；]{{0,160}}?，?(?:，|有效期?)(?P<when>直至«D»|为期{LENGTH}{UNTIL}?)(?=[，。；]|$)"
)
_NOUN = Gated(
    rf"对(?P<holder>{chunks(1, 90, but='对')})(?:作出|作|进行|给予|予以)(?:了)?(?:为期)?(?P<before>{LENGTH})?的?(?P<technical>技术性)?(?:的)?{EXTEND}(?P<when>{WHEN})?(?=[，。；]|$)"
)
_NOT_A_BODY = re.compile(
    r"(?:\d{1,2}|[一二两三四五六七八九十半]{1,2})(?:年|个月|天)|(?:和|以及|及|并)?(?:请|要求|促请|以便|以期)|[^，。；]{2,40}包括在内|(?:[又还]?决定)?再?(?:延长|延续|展延)"
)


EXTENDING = Frames(
    (_BA, "mandate.extend"),
    (_NOUN, "mandate.extend-noun"),
    (_PASSIVE, "mandate.extended"),
    (_MEASURES, "mandate.measures-until"),
    (_PERIOD, "mandate.measures-until"),
    (_MEASURES_TO, "mandate.measures-until"),
    (_SET_UP_AGAIN, "mandate.set-up-again"),
    (_CONTINUES, "mandate.continue"),
    (_CONTINUES_TO, "mandate.continue"),
    (_IN_FORCE, "mandate.continue"),
    (_DEPLOYED_TO, "mandate.continue"),
    (_VERB_FIRST, "mandate.extend-verb-first"),
    (_DONE, "mandate.extended-by"),
    (_TERM_FIRST, "mandate.term-first"),
)
"""Pattern and rule, in the order in which they are tried."""


def extending(sentence: Sentence) -> Iterator[Frame]:
    """Every frame of the sentence; of two that overlap, the one that comes first here is meant."""
    taken: list[tuple[int, int]] = []
    for match, rule in EXTENDING.finditer(sentence):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        frame = _frame(match, rule)
        if frame is not None:
            taken.append((frame.holder[0], match.end()))
            yield frame


def _frame(match: re.Match[str], rule: str) -> Frame | None:
    groups = match.groupdict()
    when = tuple(match.span(name) for name in ("before", "when") if groups.get(name))
    holder = match.span("holder" if groups["holder"] else "does")
    if not when or _NOT_A_BODY.match(match.string, *holder):
        return None
    return Frame(
        action="rollover" if groups.get("technical") else "extend",
        rule=rule,
        start=match.start(),
        end=match.end(),
        holder=holder,
        when=when,
        since=match.span("since") if groups.get("since") else None,
        apart=match.span("more") if groups.get("more") else None,
        timed=rule != "mandate.extended-by",
        kind="sanctions" if rule == "mandate.measures-until" else None,
        acts=DECIDING | {"request"} if rule == "mandate.set-up-again" else DECIDING,
    )
