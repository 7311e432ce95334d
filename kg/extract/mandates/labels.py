"""The words that name a holder: where they end, and whether they can name one at all."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.mandates.frame import Frame, Span
from kg.extract.mandates.words import TERM
from kg.extract.view import Sentence
from kg.model import MentionType
from kg.pipeline.mask import compile_masked

__all__ = ["PARTS", "THAT_BODY", "apart", "basis_of", "is_body", "is_mandate", "label_of", "without_short_name"]

_FRONT = re.compile(
    r"^(?:(?:又|还|也|并|同时|再次|为此|因此|，)*(?:决定|同意)(?:将|把)?)?(?:一个|一支|一名|一项|一套|若干|新的|单独的|为此目的|下列|以下)*(?:由[^，。；]{1,60}?(?:组成|指挥|控制|领导|牵头)的|(?:最多|至多|不超过)[^，。；]{1,16}?(?:组成的|名[^，。；]{0,16}?的)|在[^，。；]{1,30}?(?:指挥|管制|领导|控制|框架)下的|具有[^，。；]{1,20}?的|拥有[^，。；]{1,20}?的|(?:任期|为期)[^，。；、]{1,12}?(?:的|、)|作为[^，。；]{1,20}?的){0,3}(?:新的)*"
)
_TAIL = re.compile(
    rf"(?:由该段规定)?(?:并?经[^，。；]{{2,120}}?(?:修订|修正|延长|更新|修改))?(?:规定)?(?:的)?(?:在[^，。；()的]{{2,12}}的)?(?:当前|现有|现行|目前|本|最初|各项|全部|修订后?的?|原有|整个|主要)*(?:(?<!支助)(?<!支援)(?<!核查)(?<!监测)(?<!保护)(?<!培训)(?<!协助){TERM}|工作|授权任务)(?:规定)?(?:\((?:经|最近)[^()]*(?:\([^()]*\)[^()]*)*\))?(?:的)?(?:{TERM})?(?:(?:以?及|和|连同)[^，]{{0,24}}?报告要求)?$"
)
_ASIDE = re.compile(r"\((?:下称|以下简称|简称|又称|统称|“)[^()]*\)$|\(“[^()]*”\)$")
_DEPLOYING = compile_masked(
    r"(?:关于)?(?:对)?授权[^，。；]{2,30}?(?:会员国|成员国|国家|联盟)(?:继续|维持|保持)*(?:部署|维持|派驻)(?:的)?(?=«M»)"
)
"""授权非洲联盟成员国部署|非洲联盟驻索马里特派团."""
_AS = re.compile(
    r"(?<=[会局团室处组队署])作为[^，。；()]{2,12}(?:任务|特派团|机构|机关|政治)$|(?<=[团队组室任期限务权])作(?:了|出)?(?:为期[^，。；]{1,6}的?)?(?:最后一次)?$"
)
"""反恐怖主义委员会执行局|作为特别政治任务, 任务期限|作(最后一次技术性延长)."""
_INSTEAD = re.compile(r"(?<=.)(?:以|来)?(?:取代|接替|代替|接管)[^，。；]{2,40}$")
"""部署非索支助和稳定团|以取代非索过渡团."""
_STAY = re.compile(
    r"(?<=.)在[^，。；()]{2,24}境内$|(?<=.)(?:前往|开赴|进驻)[^，。；]{2,16}$|(?<=.)(?:根据|按照)?第[\d()、和第]+号决议(?:第[\d、和至]+段)?(?:所?规定)?$|(?:驻留|驻扎)(?:在)?[^，。；]{0,8}$|(?:目前|当前|现有)$"
)
_STRENGTH = re.compile(
    r"(?:的)?(?:核定|当前|现有)?(?:总|最高)?(?:(?:军事人员|军警人员|军人|警务人员|警务|警察|惩教|文职人员|部队|兵员|顾问|人员)(?:和|以?及|、|与|的)?)*(?:核定|总|最高)?"
    r"(?:兵力|警力|人数|编制|上限|最高限额|限额|军事人员|军警人员|警务人员|文职人员|员额|规模)+$"
)
_SCOPE = re.compile(
    r"的(?:部队|行动|业务|活动)$|在[^，。；]{2,30}决议之?下$|(?:的)?(?:支助|任务|业务|行动|职权|授权|工作)(?:的)?范围$|(?<=委员会)的存在$|(?<=小组)的存在$"
)
_BODYS_SCOPE = re.compile(r"(?<=[会组团队办处])的?(?:任务|职权|授权|工作|支助)(?:的)?范围$")
_CALLED = compile_masked(
    r"^(?:称为|名为|定名为|称作|命名为)(?:(?P<quoted>«Q»)|(?P<bare>[^，。；“”]{2,60}?))(?:\([^()]{1,30}\))?的"
)
"""称为“联合国卢旺达援助团”(联卢援助团)的维持和平行动."""
_SMALL = re.compile(r"^(?:小组|特设小组)\(“?(专家小组|专家组|监测组)”?\)$")
_INCLUDING = re.compile(r"，(?:其中|也|但)?(?:不)?包括.*$")
_NOUN = re.compile(
    r"工作队|权力机构|行政当局|职能|特派团|支助团|援助团|稳定团|观察团|核查团|监督团|团$|团\(|部队|行动|办事处|办公室|办$|委员会|小组|专家组|监测组|监察组|工作组|调查组|调查团|核查组|组$|法庭|法院|机制|监察员|协调人|"
    r"授权|措施|制裁|禁运|禁令|冻结|限制|规定|决定|豁免|要求|安排|权力|方案|任务|职权|执行局|顾问|上限|人数|兵力|警力|军事部分|警察部分|标准|指认期|基金|账户|禁飞区|第\d+(?:\([a-z]\))?段$|存在$|驻留$"
)
_BODY = re.compile(
    r"(?:工作队|权力机构|行政当局|国际文职存在|安全存在|先遣队|支助组|特派团|支助团|援助团|稳定团|观察团|观察员团|核查团|监督团|监察团|协助团|代表团|部队|行动|办事处|办公室|委员会|小组|专家组|监测组|监察组|监督组|工作组|调查组|调查团|核查组|法庭|法院|机制|"
    r"监察员|协调人|特派专员|执行局|授权|制裁制度|制裁措施|武器禁运|军火禁运)(?:\([^()]*\))?$"
)
_FIRM = re.compile(
    r"特派团|专家小组|专家组|小组|监测组|监察组|工作组|调查组|委员会|法庭|机制|监察员|办公室|办事处|授权|措施|制裁|禁运|禁令|冻结|豁免|任务规定|任务授权|职权|标准|"
    r"上文|本决议|上述|发展基金|工作队|禁止[^，。；]{2,60}规定$|这些|该(?:团|部队|特派团)"
)
_ENVOY = re.compile(r"(?:特使|特别代表|高级代表|个人代表|特别顾问|协调员)$")
_OF_ENVOY = re.compile(r"的?任务(?:期限|授权|规定|(?=[，。；]|$))")
_TOPIC = re.compile(r"^[^，。；]{2,24}?问题(?=[^，。；]{0,12}(?:组|委员会|法庭|机制)$)")
"""性暴力问题专家组, 儿童与武装冲突问题工作组: what a body is about is not what it is."""
_EXPERTS = re.compile(r"(?:专家|成员|工作人员|顾问)的?人数")
_JUDGES = re.compile(r"(?:法庭|余留机制)[^，。；]{0,20}法官$")
"""A tribunal lives as long as its judges serve."""
_PERSON = re.compile(r"(?:团长|代表|特使|司令|专员|主任|检察官|法官|书记官长|主席|指挥官|秘书长)$")
_CERTAIN = re.compile(r"(?:措施|禁运|禁令|资产冻结|委员会|专家小组|专家组|授权|豁免)$")
_PAPER = re.compile(r"提交|审查|报告(?!要求)")
_REQUIREMENT = re.compile(r"(?:要求|请求|规定)$")
_SUB_UNIT = re.compile(r"协调机制|联络|联合规划|联合行动中心|规划|总部|分队|单位|名册|网站|数据库|信托基金")
_GOVERNMENT = re.compile(
    r"军事行动|恐怖|攻势|政府|议会|总统|过渡当局|过渡期|过渡机构|国会|协议|停火|紧急状态|宪法|选举|登记|休战|提名|法官|检察官|书记官|敌对|战斗|冲突|暴力|占领|有罪不罚|侵犯|招募|"
    r"谈判|磋商|会谈|对话|现象|局面|局势|状态|危机|讨论|会议|辩论|阻碍|阻挠|封锁|攻击|袭击"
)
THAT_BODY = re.compile(
    r"(?:其|该(?:特派)?团|该部队|该特派团|该支助团|该援助团|该稳定团|特派团|该办事处|上述特派团|该行动|它)"
)
PARTS = re.compile(rf"(?:的)?(?:{TERM})?(?:以及|及|和|与|、)")
"""Where one holder ends and another begins."""


def label_of(sentence: Sentence, span: Span) -> Span:
    """The holder as printed, without 的 and the term (任务期限) behind it, without what only describes how it is made up."""
    start, end = span
    front = _FRONT.match(sentence.text[start:end])
    start += front.end() if front else 0
    called = _CALLED.match(sentence.masked[start:end])
    if called is not None:
        return _named(sentence, start, end, called)
    small = _SMALL.match(sentence.text[start:end])
    if small is not None:
        return start + small.start(1), start + small.end(1)
    if sentence.text[start] == "“" and sentence.text.find("”", start) == end - 1:
        return start + 1, end - 1
    for pattern in (_INCLUDING, _INSTEAD, _AS, _ASIDE, _TAIL, _STAY, _ASIDE):
        cut = pattern.search(sentence.text[start:end])
        if cut and cut.start():
            end = start + cut.start()
    missions = sentence.inside(start, end, MentionType.MISSION)
    deployed = _DEPLOYING.match(sentence.masked, start, end)
    start = deployed.end() if deployed else start
    behind = (
        missions[-1].end
        if missions
        else start + 2
        if sentence.text.startswith(("部队核定", "部队的"), start, end)
        else end
    )
    counted = (
        _STRENGTH.search(sentence.text, behind, end)
        or _SCOPE.search(sentence.text, behind, end)
        or _BODYS_SCOPE.search(sentence.text, start, end)
    )
    if counted:
        end = counted.start()  # 联塞部队民警部分的编制
    text = sentence.text[start:end]
    return start, start + len(text.rstrip("的，"))


def without_short_name(sentence: Sentence, label: Span) -> Span:
    """The label of a body that no table knows, without what it is to be called from now on (余留事项机制(余留机制))."""
    short = re.search(r"\([^()第\d]{1,14}\)$", sentence.text[slice(*label)])
    return (label[0], label[0] + short.start()) if short and short.start() else label


def _named(sentence: Sentence, start: int, end: int, called: re.Match[str]) -> Span:
    """The name in 称为“…”的…; where what follows is a mission's own name, that one (称为“联恢行动”的联合国…行动)."""
    after = [
        m for m in sentence.inside(start + called.end(), end, MentionType.MISSION) if m.start == start + called.end()
    ]
    if after:
        return after[0].start, after[0].end
    if called["quoted"]:
        return start + called.start("quoted") + 1, start + called.end("quoted") - 1
    return start + called.start("bare"), start + called.end() - 1


def is_mandate(sentence: Sentence, label: Span, *, firm: bool = False) -> bool:
    """Whether the words name something that the Council gives mandates to, not a government, an agreement or a report.

    ``firm``: words that are often something else (行动, 安排) count only beside a resolution, a mission or 上文.
    """
    text = sentence.text[slice(*label)]
    head = _TOPIC.sub("", sentence.masked[slice(*label)].rsplit("的", 1)[-1])
    if _ENVOY.search(text) and _OF_ENVOY.match(sentence.text, label[1]):
        return True  # the mission of an envoy goes on, not a person's term
    if _JUDGES.search(text):
        return True
    if _EXPERTS.fullmatch(text) or not text or text.startswith("的") or _PERSON.search(text):
        return False
    if _GOVERNMENT.search(head) and not (sentence.inside(*label, MentionType.RESOLUTION) and _CERTAIN.search(text)):
        return False
    if _PAPER.search(head) and not _REQUIREMENT.search(text):
        return False
    if sentence.inside(*label, MentionType.MISSION):
        return True
    if firm and not (_FIRM.search(text) or sentence.inside(*label, MentionType.RESOLUTION)):
        return False
    return bool(_NOUN.search(text) or THAT_BODY.fullmatch(text))


def is_body(sentence: Sentence, label: Span) -> bool:
    """Whether the words name a body that the Council sets up: its kind, or a mission's name, is their last word."""
    text = sentence.text[slice(*label)]
    end = label[0] + len(re.sub(r"\([^()]*\)$", "", text))
    mission = any(m.end in {end, label[1]} for m in sentence.inside(*label, MentionType.MISSION))
    head = _TOPIC.sub("", sentence.masked[slice(*label)].rsplit("的", 1)[-1])
    if text.startswith("的"):
        return False
    return mission or bool(_BODY.search(text) and not (_GOVERNMENT.search(head) or _SUB_UNIT.search(head)))


def basis_of(sentence: Sentence, span: Span) -> tuple[str, ...]:
    """The resolutions in the holder's phrase, in order."""
    return tuple(dict.fromkeys(m.id for m in sentence.inside(*span, MentionType.RESOLUTION) if m.id))


def apart(sentence: Sentence, frame: Frame) -> list[Frame]:
    """The frame; where it shares out (分别) two ends to two holders, one for each, or none if it does not name two."""
    if frame.action == "modify" or "分别" not in sentence.text[frame.holder[1] : frame.end]:
        return [frame]
    start, end = frame.holder
    joints = [
        joint
        for joint in PARTS.finditer(sentence.text, start, end)
        if all(is_mandate(sentence, label_of(sentence, part)) for part in ((start, joint.start()), (joint.end(), end)))
    ]
    if len(joints) != 1 or frame.apart is None:
        return []
    return [
        replace(frame, holder=(start, joints[0].start()), apart=None),
        replace(frame, holder=(joints[0].end(), end), when=(frame.apart,), apart=None),
    ]
