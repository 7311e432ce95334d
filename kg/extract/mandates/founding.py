"""Frames of mandates that begin, or are given again to others: 设立…, 请秘书长设立…专家小组, new measures, 授权会员国…为期12个月."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mandates.clauses import DECIDING
from kg.extract.mandates.frame import Frame
from kg.extract.mandates.words import ALSO, CHUNK, FROM, LENGTH, UNTIL, chunks
from kg.extract.view import Sentence
from kg.pipeline.mask import compile_masked

__all__ = ["founding"]

_SET_UP = r"(?<![所续重再])(?:设立|成立|建立|组建|创设|创建|组成)"
_TERM_WORDS = r"(?:[，(]|其|以|并|作为|第一|最初|初步|初期|首期|初始|起始|首个|的|任务期限|任务授权期|任务期|任期|期限|时期|期间|为期|为|是|共|至多|最多|不超过|有效期)*"
_FIRST_TERM = (
    rf"(?:{_TERM_WORDS}{FROM}?{_TERM_WORDS}(?P<when>{LENGTH}{UNTIL}?|{UNTIL})"
    rf"|(?:，(?:以|由|负责|用于|作为|并由)[^，。；]{{1,60}}){{1,2}}，(?:其|最初|初步|初期)*(?:任务期限|任务期|任期|期限|为期)(?:为|是|共)?(?P<later>{LENGTH}{UNTIL}?|{UNTIL}))?"
)
_GAP = rf"(?:(?:，|立即|尽快|迅速|从速|首先|{ALSO}|(?:根据|按照|依照|依据|遵照|在|为|自|从|以|于|应|经|与|同|作为|通过|利用|考虑到|一俟|酌情|由|采取){CHUNK}{{1,70}}?(?:，|(?={_SET_UP})))){{0,6}}"
_DECIDES = compile_masked(
    rf"(?:决定|授权(?:秘书长|«T»)?|核准|批准|核可|认可|同意|«R»(?:中)?(?:«C»)?(?=(?:设立|成立|建立|组建)了)|(?:^|[，；：])(?:{ALSO}|其中|«C»)*)(?P<gap>{_GAP}){_SET_UP}(?:了)?(?P<early>，?(?:最初|初步)?为期{LENGTH}，)?(?P<holder>{chunks(1, 120)})(?=[，。；：]|$){_FIRST_TERM}"
)
_PROPOSAL = compile_masked(
    rf"(?:核准|批准|核可|认可|同意|赞同)(?:了)?(?:秘书长|«T»)?{CHUNK}{{0,40}}?(?:关于)?{_SET_UP}(?P<holder>{chunks(1, 80)})的(?:建议|提议|意见|计划|提案|决定)"
)
_REQUEST = compile_masked(
    rf"请(?:秘书长|«T»)(?P<gap>{_GAP}){_SET_UP}(?P<holder>{chunks(1, 140)})(?=[，。；：]|$){_FIRST_TERM}"
)
_STATES = r"(?:所有|各)?(?:会员国|成员国|国家|国)"
_MEASURES = compile_masked(
    rf"决定，?(?P<period>(?:{CHUNK}{{2,60}}，){{0,3}}){_STATES}(?:都|均)?(?:应|须|必须)(?P<during>(?:都|均|立即|从速|迅速|尽快|毫不拖延地|毫不迟延地|马上|在{CHUNK}{{2,40}}?(?:内|里|期间|时期|时间)，?){{0,4}})"
    rf"(?:采取(?:一切)?(?P<holder>必要的?措施))?，?(?:以便|以)?(?P<does>(?:防止|阻止|冻结|禁止)[^。；]{{2,240}}?(?:入境|过境|军火|武器|军事装备|军用物资|资金|资产|经济资源|石油|木炭|钻石|木材))"
)
_PERIOD = compile_masked(rf"(?:{LENGTH}|(?:至|到)«D»)(?=[^，]{{0,8}}(?:期|内|里|时间|，|$))")
"""How long new measures last, in the words before or behind 所有会员国应: 自本决议通过之日起最初为期一年, 以…一年为期."""
_SUBJECT = rf"(?P<subject>(?!«MT»|将|把|的|由|与){chunks(0, 60)}(?:会员国|成员国|各国|国家|组织|联盟|机构|«O»|(?:武装|多国)?部队))"
_TERM_END = r"(?:直(?:至|到)[^，。；«:D»]{2,40}?(?:结束|届满|期满|终了|完成))"
_AUTHORIZED = compile_masked(
    rf"(?P<again>再次|重新|再度|继续)?授权(?:了)?{_SUBJECT}(?P<rest>[^。；]{{0,260}}?){FROM}?(?P<when>(?<![«:D»])(?:直|，|一直)*(?:至|到)«D»|(?:为期|期限为|期间为|再|的)+(?:最多|不超过)?{LENGTH}{UNTIL}?|{_TERM_END})(?:期间|时期|内|止|为止)*(?=[，。；]|$)"
)
_AUTHORIZED_IN = compile_masked(
    rf"(?P<again>再次|重新|再度|继续)?授权(?:了)?{_SUBJECT}(?P<rest>[^。；]{{0,60}}?)(?:{FROM}|在(?=首期|最初|初步))(?:的)?(?:首期|最初|初步|再|为期|为|共)*(?P<when>{LENGTH})(?:的)?(?:期间|时期|时间|期限)?(?:内|里)"
)
_AUTHORIZED_FROM = compile_masked(
    rf"(?P<again>再次|重新|再度|继续)?授权(?:了)?{_SUBJECT}(?P<rest>[^。；]{{0,100}}?){FROM}(?P<when>{LENGTH}(?:期间|时期|内)*)?"
)
_STATES_FORCE = compile_masked(r"«S»(?:政府)?(?:武装)?部队")
_AGAIN = re.compile(
    r"继续(?:部署|采取|保持|维持|驻留|驻扎|开展|实施|执行|行使|检查|设立)|续[设派]|再次(?:部署|设立|派驻)|重新(?:部署|设立)|延续"
)
_DEPLOYED = compile_masked(
    r"(?:(?:部署|设立|续设|派驻|派遣|组建|组成|建立|保持|维持)(?:和|并|及)?)+(?:(?:一支|一个|[\d ]+名|至多|最多|不超过)*)(?P<body>(?:[^，。；«:M»]{0,12}?«M»|[^，。；]{1,30}?(?:部队|特派团|行动))(?:\([^()]{1,30}\))?)"
)
_CHANGE_OF_MIND = re.compile(
    r"考虑|关于|支持|继续|协助|帮助|便利|推动|促进|要求|鼓励|努力|筹备|规划|审议|评估|如何|是否|可能|负责"
)
_CLAUSE_END = re.compile(r"[，：]")
_FROM_DAY = compile_masked(r"(?:自|从|于)(?P<d>«D»)(?:起)?")
_INSIDE = compile_masked(r"在«M»|(?:团|部队|办事处|办公室|框架|秘书处|总部)(?:之)?内|每个|各(?:省|州|区|地)")
_MEMBERS = re.compile(r"由[^，。；]{1,60}?组成|任期|为期|任务期|[\d一二三四五六七八九十]+名")


def founding(sentence: Sentence) -> Iterator[Frame]:
    """Every frame of the sentence."""
    taken: list[tuple[int, int]] = []
    for pattern, rule, action in (
        (_AUTHORIZED_IN, "mandate.authorize", ""),
        (_AUTHORIZED, "mandate.authorize", ""),
        (_AUTHORIZED_FROM, "mandate.authorize", ""),
        (_REQUEST, "mandate.establish-request", "establish"),
        (_DECIDES, "mandate.establish", "establish"),
        (_PROPOSAL, "mandate.establish-approve", "establish"),
        (_MEASURES, "mandate.measures", "establish"),
    ):
        for match in pattern.finditer(sentence.masked):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            frame = _authorized(match) if rule == "mandate.authorize" else _founded(match, rule, action)
            if frame is not None:
                taken.append(match.span())
                yield frame


def _founded(match: re.Match[str], rule: str, action: str) -> Frame | None:
    groups = match.groupdict()
    gap = groups.get("gap") or ""
    if _CHANGE_OF_MIND.search(gap) or _INSIDE.search(gap):
        return None
    if rule == "mandate.establish-request" and not _MEMBERS.search(match.group()):
        return None
    when = [match.span(name) for name in ("early", "when", "later") if groups.get(name)]
    day = _FROM_DAY.search(gap)
    since = match.span("since") if groups.get("since") else None
    if day is not None and since is None:
        since = (match.start("gap") + day.start("d"), match.start("gap") + day.end("d"))
    for name in ("period", "during") if rule == "mandate.measures" else ():
        found = _PERIOD.search(match.string, *match.span(name))
        when += [found.span()] if found else []
    return Frame(
        action=action,
        rule=rule,
        start=match.start(),
        end=match.end(),
        holder=match.span("holder" if groups["holder"] else "does"),
        when=tuple(when),
        since=since,
        kind="sanctions" if rule == "mandate.measures" else None,
        first=True,
        timed=False,
        acts=frozenset({"request", "decide"}) if rule == "mandate.establish-request" else DECIDING,
    )


def _authorized(match: re.Match[str]) -> Frame | None:
    groups = match.groupdict()
    start, end = match.span("subject")
    deployed = _DEPLOYED.search(match.string, start, match.end("rest"))
    whole = _CLAUSE_END.search(match.string, end, max(end, match.end("rest")))
    force = _STATES_FORCE.fullmatch(match.string, start, end)
    again = bool(groups["again"] or _AGAIN.search(match.string, start, match.end()) or force)
    return Frame(
        action="reauthorize" if again else "establish",
        rule="mandate.authorize",
        start=match.start(),
        end=match.end(),
        holder=deployed.span("body")
        if deployed
        else (start, end if force else whole.start() if whole else match.end("rest")),
        when=(match.span("when"),) if groups.get("when") else (),
        since=match.span("since") if groups.get("since") else None,
        kind="authorization",
        timed=False,
    )
