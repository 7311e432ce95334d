"""Frames of mandates that begin: 设立…, 请秘书长设立…专家小组, 授权部署…部队, new measures, a first term told in a paragraph of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.gate import Frames, Gated
from kg.extract.mandates.clauses import DECIDING
from kg.extract.mandates.frame import Frame, Span
from kg.extract.mandates.words import ALSO, CHUNK, FROM, LENGTH, UNTIL, chunks
from kg.extract.view import Sentence
from kg.pipeline.mask import compile_masked

__all__ = ["FOUNDING", "founding"]

_SET_UP = r"(?<![所续重再])(?:设立|成立|建立|组建|创设|创建|组成)(?!的)(?:(?:和|并|及|、)(?:派遣|部署|派驻|维持))?"
_INITIAL = r"(?:其|以|最初|初步|初期|首期|初始|起始|首个|第一阶段|第一期)"
_TERM_WORDS = r"(?:[，(]|其|以|并|作为|第一|最初|初步|初期|首期|初始|起始|首个|第一阶段|的|任务期限|任务授权期|任务期|任期|任务|期限|时期|期间|为期|定为|为|是|共|至多|最多|不超过|有效期|工作|运作)*"
_BETWEEN = (
    r"(?:，(?!(?:又|还|并|以及|也)*(?:决定|授权|请|打算|表示|促请|要求|鼓励|核准|认可|强调))[^，。；：]{1,60}){1,3}"
)
_FIRST_TERM = (
    rf"(?:{_TERM_WORDS}{FROM}?{_TERM_WORDS}(?P<when>{LENGTH}{UNTIL}?|{UNTIL})"
    rf"|(?P<between>{_BETWEEN})，(?:(?:自|从)[^，。；]{{2,30}}?起，?)?(?:{_INITIAL}|的|计划)*(?:任务期限|任务期|任期|期限|为期|任务(?=为|是|至)|(?<=[期步初段])(?=为|是|共|至|\d|[一二三四五六七八九十])|(?<=组成，)(?=至«D»))(?:任期|为期|为|是|共|至多|最多|不超过|定为)*(?P<later>{LENGTH}{UNTIL}?|{UNTIL}))?"
)
_CALLED = r"(?P<aside>(?:，由[^，。；：]{1,60}?(?:组成|领导|牵头))?，?(?:即(?!为|可|应|将|日|使)|称为|名为|定名为|简称|称作|命名为))"
_NAMED = rf"(?:{_CALLED}(?P<name>{chunks(1, 90)})(?=[，。；：]|$))?"
_GAP = rf"(?:(?:，|立即|尽快|迅速|从速|首先|应|{ALSO}|(?:根据|按照|依照|依据|遵照|在|为|自|从|以(?!便|期|利)|于|应|经|与|同|作为|通过|利用|考虑到|一俟|酌情|由|采取){CHUNK}{{1,70}}?(?:，|(?={_SET_UP})))){{0,6}}"
_DECIDES = Gated(
    rf"(?:决定|授权(?:秘书长|«T»)?|核准|批准|核可|认可|同意|赞同|«R»(?:中)?(?:«C»)?(?=(?:设立|成立|建立|组建)了)|(?:^|[，；：])(?:{ALSO}|其中|«C»)*)(?P<gap>{_GAP}){_SET_UP}(?:了)?(?P<early>，?(?:最初|初步)?为期{LENGTH}，)?(?P<holder>{chunks(1, 120)})(?=[，。；：]|$){_NAMED}{_FIRST_TERM}"
)
_PROPOSAL = Gated(
    rf"(?:核准|批准|核可|认可|同意|赞同)(?:了)?(?:秘书长|«T»)?{CHUNK}{{0,40}}?(?:关于)?{_SET_UP}(?P<holder>{chunks(1, 80)})的(?:建议|提议|意见|计划|提案|决定)"
)
_REQUEST = Gated(
    rf"请(?:秘书长|«T»)(?P<gap>{_GAP})(?:{_SET_UP}|任命)(?P<holder>{chunks(1, 140)})(?=[，。；：]|$){_NAMED}{_FIRST_TERM}"
)
_DEPLOYS = Gated(
    rf"(?<![将可拟望能])(?:授权|核准|批准|决定|同意)(?P<gap>(?:授权|立即|尽快|从速|迅速|(?:在|向)[^，。；]{{1,16}}?(?=部署|派遣|派驻))*)(?:部署|派遣|派驻)(?P<holder>(?!最多|至多|\d){chunks(1, 90)})(?=[，。；：]|$){_FIRST_TERM}"
)
"""A force or mission sent: 授权立即部署一支多国临时部队."""
_STATES = r"(?:所有|各)?(?:会员国|成员国|国家|国)"
_MEASURES = Gated(
    rf"(?:决定，?|^|；)(?P<period>(?:{CHUNK}{{2,60}}，){{0,3}}){_STATES}(?:都|均)?(?:应|须|必须)(?!继续|共同|合作)(?P<during>(?:都|均|根据[^，。；]{{2,24}}，|立即|从速|迅速|尽快|毫不拖延地|毫不迟延地|马上|在{CHUNK}{{2,40}}?(?:内|里|期间|时期|时间)，?){{0,4}})"
    rf"(?:采取(?:一切)?(?P<holder>必要的?措施))?，?(?:以便|以)?(?P<does>(?:防止|阻止|冻结|禁止)[^。；]{{2,240}}?(?:入境|过境|军火|武器|军事装备|军用物资|资金|资产|经济资源|石油|木炭|钻石|金刚石|木材|货物|飞机))(?:[^。；]{{0,120}}?，?(?P<later>直至«D»))?"
)
_PERIOD = compile_masked(rf"(?:{LENGTH}|(?:至|到)«D»)(?=[^，]{{0,8}}(?:期|内|里|时间|，|$))")
"""How long new measures last, in the words before or behind 所有会员国应: 自本决议通过之日起最初为期一年, 以…一年为期."""
_TERM = Gated(
    rf"(?:决定|^(?:{ALSO})?)，?(?P<holder>{chunks(2, 70, but='将|把|应|延长')})(?:，除非[^，。；]{{2,24}}，)?(?:的)?(?:(?:任务|授权)?(?:初步|最初|初始|首期|初期|首次)?(?:的)?(?:任务期限|任务期|任期|授权期限|授权期|期限|部署期|运作期)(?:应|将|须|应予)?(?:为|定为|是|持续)?|(?:应|将)?(?:自|从)本决议通过之日起(?:算|计)?|(?:应|将)?(?:最初|初步|初期|首期)(?:为期|为|的)?|(?:应|将|(?<=措施))为期)(?:为期|为|是|共)?(?:自|从)?(?:本决议通过(?:之日|后)起?)?(?:，)?(?P<when>{LENGTH}{UNTIL}?|{UNTIL})(?=[，。；]|$)"
)
"""The term of a body, told where the body was set up before: 决定联莫行动的任期至1993年10月31日为止."""
_CHANGE_OF_MIND = re.compile(
    r"考虑|关于|支持|继续|协助|帮助|便利|推动|促进|要求|鼓励|努力|筹备|规划|审议|评估|如何|是否|可能|负责"
)
_ADOPTION = re.compile(r"本决议通过")
_FROM_DAY = compile_masked(r"(?:自|从|于)(?P<d>«D»)(?:起|开始)?")
_FROM_EVENT = re.compile(r"(?:自|从|一俟|在)[^，。；]{2,40}?(?:之日起|起|(?<!通过之)后|(?:之|以)?前)")
"""What else a term counts from, which no one knows yet: 自权力移交之日起, 在2013年6月3日前."""
_INSIDE = compile_masked(r"在«M»|(?:团|部队|办事处|办公室|框架|秘书处|总部)(?:之)?内|每个|各(?:省|州|区|地)")
_MEMBERS = compile_masked(
    r"由[^，。；]{1,60}?(?:组成|领导|率领|牵头)|任期|为期|任务期|[\d一二三四五六七八九十]+名|设立«M»(?=[，。；：(]|$)|设立«O»(?:驻)?(?:«S»)?[^，。；«:SMO»]{0,14}?(?:支助办公室|办事处|综合办公室|特派团|支助团|援助团|稳定团|机制)(?=[，。；：(]|$)"
)
_OWN_TERM = compile_masked(
    rf"(?:为期|任期)(?:为|最多|至多|不超过|初步|最初)*(?P<when>{LENGTH})(?:初始任期内)?(?=的|、|，|内)"
)
_ABOVE = re.compile(r"^(?:上文)?第[\d、和至]+段[^，。；]*措施$|^上述措施$")
_OWN_TERM_AHEAD = compile_masked(rf"在?(?:最初|初步|为期)(?:的)?(?P<when>{LENGTH})(?:的)?(?:期间|时期|时间|期限)?")
"""授权在最初六个月期间部署…."""
_FORCE = compile_masked(r"«M»|部队|特派团|支助团|行动|先遣队|观察团|稳定团|支队")


FOUNDING = Frames(
    (_REQUEST, "mandate.establish-request"),
    (_DECIDES, "mandate.establish"),
    (_DEPLOYS, "mandate.establish"),
    (_PROPOSAL, "mandate.establish-approve"),
    (_MEASURES, "mandate.measures"),
    (_TERM, "mandate.term"),
)
"""Pattern and rule, in the order in which they are tried."""


def founding(sentence: Sentence) -> Iterator[Frame]:
    """Every frame of the sentence."""
    taken: list[tuple[int, int]] = []
    for match, rule in FOUNDING.finditer(sentence):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        frame = _founded(match, rule)
        if frame is not None:
            taken.append(match.span())
            yield frame


def _founded(match: re.Match[str], rule: str) -> Frame | None:
    groups = match.groupdict()
    gap = groups.get("gap") or ""
    if _CHANGE_OF_MIND.search(gap) or _INSIDE.search(gap):
        return None
    if rule == "mandate.establish-request" and not _MEMBERS.search(match.string, match.start(), match.end() + 60):
        return None
    if match.re is _DEPLOYS.pattern and not _FORCE.search(match["holder"]):
        return None
    when = [match.span(name) for name in ("early", "when", "later") if groups.get(name)]
    for name in ("period", "during") if rule == "mandate.measures" else ():
        found = _PERIOD.search(match.string, *match.span(name))
        when += [found.span()] if found else []
    early = _OWN_TERM_AHEAD.search(gap) if not when else None
    if early is not None:
        when.append((match.start("gap") + early.start("when"), match.start("gap") + early.end("when")))
    inner = _OWN_TERM.search(match.string, *match.span("holder")) if not when and groups["holder"] else None
    if inner is not None:
        when.append(inner.span("when"))
    since, known = _since(match)
    return Frame(
        action="establish",
        rule=rule,
        start=match.start(),
        end=match.end(),
        holder=_holder(match),
        when=tuple(when),
        since=since,
        kind="sanctions" if rule == "mandate.measures" else None,
        first=known and (rule != "mandate.term" or bool(_ABOVE.search(match["holder"]))),
        timed=rule == "mandate.term",
        acts=frozenset({"request", "decide"}) if rule == "mandate.establish-request" else DECIDING,
    )


def _holder(match: re.Match[str]) -> Span:
    """What is set up, by its name where one stands behind a description of it (一个后续特派团，即联合国东帝汶综合特派团)."""
    groups = match.groupdict()
    if not groups["holder"]:
        return match.span("does")
    name = groups.get("name")
    if name and (match["aside"].endswith("即") is False or compile_masked("«M»").search(name)):
        return match.span("name")
    return match.span("holder")


def _since(match: re.Match[str]) -> tuple[Span | None, bool]:
    """From when the first term counts, if the words say so; whether it is known, be it only the adoption."""
    groups = match.groupdict()
    if groups.get("since"):
        return match.span("since"), True
    adopted = _ADOPTION.search(match.group()) if match.re is _TERM.pattern else None
    if adopted is not None:
        return (match.start() + adopted.start(), match.start() + adopted.end()), True
    for name in ("gap", "between"):
        text = groups.get(name) or ""
        day = _FROM_DAY.search(text)
        if day is not None:
            return (match.start(name) + day.start("d"), match.start(name) + day.end("d")), True
        if name == "gap" and _FROM_EVENT.search(text) and "本决议" not in text:
            return None, False
    return None, True
