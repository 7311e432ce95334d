"""Frames of authorizations: 授权会员国…为期12个月, given a first time or again; 授权会员国组建一支…部队."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.gate import Frames, Gated
from kg.extract.mandates.frame import Frame, Span
from kg.extract.mandates.words import FROM, LENGTH, UNTIL, chunks
from kg.extract.view import Sentence
from kg.pipeline.mask import compile_masked

__all__ = ["AUTHORIZING", "authorizing"]

_SUBJECT = rf"(?P<subject>(?!«MT»|将|把|的|由|与(?![^，。；]{{1,30}}合作的)){chunks(0, 60)}(?:会员国|成员国|各国|国家|组织|联盟|机构|«O»|(?:武装|多国)?部队))"
_TERM_END = r"(?:直(?:至|到)[^，。；«:D»]{2,40}?(?:结束|届满|期满|终了|完成)|从[^，。；«:D»]{2,30}?(?:起)?至[^，。；«:D»]{2,40}?任务(?:期限)?(?:结束|届满|期满)时?)"
_FIRST = r"(?:首期|最初|初步|初期|初始)"
_AUTHORIZED = Gated(
    rf"(?P<again>再次|重新|再度|继续)?授权(?:了)?{_SUBJECT}(?P<rest>[^。；]{{0,260}}?){FROM}?(?P<when>(?<![«:D»])(?:直|，|一直)*(?:至|到)«D»|(?:{_FIRST}|为期|期限为|任期为|期间为|再|的)*(?:为期|期限为|任期为|期间为|再|的)(?:最多|不超过)?{LENGTH}{UNTIL}?|{_TERM_END})(?:期间|时期|内|止|为止)*(?=[，。；]|$)"
)
_AUTHORIZED_IN = Gated(
    rf"(?P<again>再次|重新|再度|继续)?授权(?:了)?{_SUBJECT}(?P<rest>[^。；]{{0,60}}?)(?:{FROM}|在(?={_FIRST}))(?:的)?(?:{_FIRST}|再|为期|为|共)*(?P<when>{LENGTH}|«D»(?=的(?:时期|期间|期限)))(?:的)?(?:期间|时期|时间|期限)?(?:内|里)"
)
_AUTHORIZED_UNTIL = Gated(
    rf"(?P<again>再次|重新|再度|继续)?授权(?:了)?{_SUBJECT}(?P<when>(?:直|在)?(?:至|到)«D»)(?:之?前|止|为止|期间)?(?P<rest>继续[^。；]{{2,90}}?)(?=[，。；]|$)"
)
_AUTHORIZED_FROM = Gated(
    rf"(?P<again>再次|重新|再度|继续)?授权(?:了)?{_SUBJECT}(?P<rest>[^。；]{{0,100}}?){FROM}(?P<when>{LENGTH}(?:期间|时期|内)*)?"
)
_AUTHORIZED_AFTER = Gated(
    rf"在?{FROM}(?:{_FIRST}|在|为期|的|为)*(?P<when>{LENGTH})(?:的)?(?:期间|时期|时间|期限)?(?:内|里)?，(?P<again>再次|重新|再度|继续)?授权{_SUBJECT}(?P<rest>[^，。；]{{0,100}})"
)
"""自本决议通过之日起为期一年，授权会员国…."""
_FORCE_OF_STATES = Gated(
    rf"(?P<again>再次|重新|再度|继续)?授权(?:了)?{_SUBJECT}(?P<rest>[^。；]{{0,90}}?(?:组建|组成|设立|成立|建立)(?:和|并|及)?(?:部署|派遣|维持)?(?:一支|一个)[^，。；]{{2,60}}?(?:部队|特派团|支助团|稳定团)(?:\([^()]{{1,30}}\))?)(?=[，。；：]|$)"
)
"""A force that others are to make, without a term of its own."""
_MAY_ENTER = Gated(
    rf"决定，?在?{FROM}(?:为期|的)*(?P<when>{LENGTH})(?:的)?(?:期间|时期)?内?，(?P<rest>(?:[^。；]{{2,60}}?，)?)(?P<subject>[^，。；]{{0,60}}?(?:会员国|国家(?:和区域组织)?|各国))可(?:以)?(?=：|进入|采取|使用|在)"
)
"""States may for a time do what is not theirs to do: enter the waters of another."""
_STATES_FORCE = compile_masked(r"«S»(?:政府)?(?:武装)?部队")
_AGAIN = re.compile(
    r"继续(?:[^，。；]{0,12})(?:部署|采取|保持|维持|驻留|驻扎|开展|实施|执行|行使|检查|设立)|[续再]设|续派|再次(?:部署|设立|派驻)|重新(?:部署|设立)|延续"
)
_KEEPS = compile_masked(r"(?:维持|保持)(?:«M»|(?!和平|国际|安全)[^，。；]{0,12}«M»)")
_BODY_NAME = r"(?:[^，。；«:M»]{0,40}?«M»|名为[^，。；]{1,40}?的(?:多国)?(?:部队|特派团|行动)|«Q»(?:\([^()]{1,30}\))?|[^，。；]{1,30}?(?:部队|特派团|稳定团|支助团|援助团|行动))(?:\([^()]{1,30}\))?"
_DEPLOYED = compile_masked(
    rf"(?:(?:部署(?!区|地[区点]|点|范围|任务|人员)|(?:开展|实施|发起)(?=(?:一[项次个])?(?:临时|多国|联合|后续)[^，。；]{{0,8}}行动)|设立|续设|再设|派驻|派遣|组建|组成|建立|成立|保持|维持)(?:和|并|及)?)+(?:(?:一支|一个|[\d ]+名|至多|最多|不超过)*)(?P<body>{_BODY_NAME})"
)
_TURNED = compile_masked(
    r"(?:将|把|由)(?:«M»|[^，。；]{1,30}?)(?:改组|重组|转变|转型|改编|过渡|转|改造|扩编)(?:为|成)(?P<body>«M»|«Q»|[^，。；]{1,30}?(?:部队|特派团|行动)(?=[，。；]|$))"
)
"""将多国安全支助团改组为帮派镇压部队."""
_REPLACED = compile_masked(r"(?:用|以|由)(?P<body>«M»(?:\([^()]{1,30}\))?|«Q»)(?:取代|接替|替代)")
_CLAUSE_END = re.compile(r"[，：]")


AUTHORIZING = Frames(
    (_MAY_ENTER, "mandate.authorize"),
    (_AUTHORIZED_AFTER, "mandate.authorize"),
    (_AUTHORIZED_UNTIL, "mandate.authorize"),
    (_AUTHORIZED_IN, "mandate.authorize"),
    (_AUTHORIZED, "mandate.authorize"),
    (_AUTHORIZED_FROM, "mandate.authorize"),
    (_FORCE_OF_STATES, "mandate.authorize"),
)
"""Pattern and rule, in the order in which they are tried."""


def authorizing(sentence: Sentence) -> Iterator[Frame]:
    """Every frame of the sentence."""
    taken: list[Span] = []
    for match, _ in AUTHORIZING.finditer(sentence):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            taken.append(match.span())
            yield _authorized(match)


def _authorized(match: re.Match[str]) -> Frame:
    groups = match.groupdict()
    start, end = match.span("subject")
    rest = match.end() if match.re is _MAY_ENTER.pattern else max(end, match.end("rest"))
    deployed = _TURNED.search(match.string, start, rest) or _DEPLOYED.search(match.string, start, rest)
    whole = _CLAUSE_END.search(match.string, end, rest)
    force = _STATES_FORCE.fullmatch(match.string, start, end)
    again = bool(
        groups.get("again")
        or _AGAIN.search(match.string, start, match.end())
        or _KEEPS.search(match.string, start, rest)
        or force
    )
    before = None
    if not deployed and not force:
        before = _TURNED.search(match.string, 0, match.start()) or _REPLACED.search(match.string, 0, match.start())
    holder = (start, end if force else whole.start() if whole else rest)
    return Frame(
        action="reauthorize" if again else "establish",
        rule="mandate.authorize",
        start=match.start(),
        end=match.end(),
        holder=deployed.span("body") if deployed else before.span("body") if before else holder,
        when=(match.span("when"),) if groups.get("when") else (),
        since=match.span("since") if groups.get("since") else None,
        kind="authorization",
        first=not again and re.search(_FIRST, match.group()) is not None,
        timed=False,
    )
