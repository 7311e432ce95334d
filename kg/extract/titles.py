"""The title in front of a name as a whole noun phrase, also where the grammar of posts knows only its end.

``防止灭绝种族罪行特别顾问|阿达马·迪昂``: the phrase goes left from the name to a mark, a verb or a function word, and ends with a word
for an office. Conjunctions stay inside (欧洲和国际事务部国务秘书) unless a person stands before them.
"""

from __future__ import annotations

import re

from kg.extract.choices import compile_opened
from kg.extract.view import Sentence
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS

__all__ = ["is_title", "title_before"]

_LONGEST = 60
_HEAD = re.compile(
    r"(?:代表|大使|特使|公使|领事|参赞|秘书长?|主席|主任|[团组队部司处厅局科行院庭署议市省州县会校社参谋]长|大臣|长官|资政|国务卿|总书记|第一书记|委员长|元首|总统|总理|首相|国王|女王|王储|"
    r"亲王|埃米尔|法官|检察官|书记官长|监察员|专员|干事|协调[员人]|顾问|专家|报告员|调解[员人]|司令|指挥官|军官|官员|总裁|总监|主管|首长|次官|"
    r"总督|领导人|首领|头目|领袖|负责人|创[始办]人|发言人|科学家|研究员|研究人员|成员|委员|律师|活动家|活动人士|倡导者|获得者|获奖者|幸存者|得主|执行官|主持人|召集人|联络人|"
    r"观察员|协理|主管人|(?:知名|杰出|公众)人士|调停人|斡旋人|主教|拉比|教长|酋长|财长|防长|外长|外相|次长|总领事)(?:之一)?$"
)
_MARK = compile_opened(rf"[，。；：？！“”\n•·]|«P»(?:{HONORIFICS})*(?:\([^()]*\))?|«D»|«X»|«K»|«F»|«B»")
_BOUND = compile_opened(
    r"(?:我|你|他|她|谨|有幸|荣幸地|很高兴|能够|并|«P»)代表(?![团会处])|(?:我|贵|本|该)国的?(?=[^，。；])|由(?!于)|邀请|(?<!邀)请(?!求)|(?<![比·])让(?![·-])|听取了?|了(?!解)|在(?!职|任)|(?<!反)对(?!外|抗|话|策|华)|向|将(?!军)|把|被|给(?!予)|致(?:函|信|电|谢|敬|送)?(?!力)|阻挠|阻碍|妨碍|干扰|骚扰|殴打|指控|指责|批评|质疑|警告|反驳|深?[为感]?关切(?!问题)|(?<![所拥国没只享])有(?![关效色机权组限序])|称(?![号谓])|据|是|即(?!将)|从(?!事)|(?<!关)于(?!是)|正?如(?!何)|以及|并且|"
    r"(?<!合)并(?!购)|还|也(?!门)|此外|其中|包括|支持|感谢|欢迎|赞扬|赞赏|任命|委任|提名|附上|[内声据]称|会见|会晤|敦促|促请|呼吁|鼓励|致敬|宣布|强调|指出|重申|表示|祝贺|慰问|谴责|哀悼|悼念|缅怀|怀念|抗议|欣见|注意到|回顾|忆及|责成|委派|派遣|致函|致信|致电|致谢|起诉|审判|引渡|拘留|释放|绑架|杀害|打死|拜会|约见|陪同|率领|介绍|促成|得到|收到|接到|暗杀|"
    r"逮捕|访问(?!团)|通知|告知|转递|依照|根据|按照|知悉|获悉|委托|选举(?![委事进观监机援问支法管专和工团司处厅主顾])|当选|为(?!难)|作为|要求|(?<![共合相])同(?!盟|等)|及其|(?:我|你|(?<!其)他|她|其(?![他余])|该国?|本国|我国|各位|一[名位]|两[名位]|[三四五六七八九十]名)的?|"
    r"(?<![驻当外实本各土陆基场营属内腹])地(?![区方位雷球中面理震质缘图勤带铁域市产])|预计|届时|首先|另外|同时|然后|之后|接着|拟(?!议)|原定|以来|前往|会上|首次|最近|当时|期间|随后|(?:«S»|«O»|«M»)?(?:政府)?(?:已(?!故)|曾|又|都|均|不(?!扩散|结盟|同|限))"
)
_JOIN = re.compile(r"和|及|与|、|或")
_OF = compile_masked(
    r"(?:«SOMCR»|问题|事务|局势|进程|工作|(?:来自|关于|促进)[^的]{1,20}|主管[^的]{1,30}|负责[^的]{1,30}|埃米尔|总统|总理|国王|首相|主席|大臣|部长)$"
)
_SAME_HEAD = re.compile(r"(主席|总干事|高级专员|署长|总统|总理|外交部长|外交大臣|议长)$")
_TWO_BODIES = compile_masked(
    r"«O»(?=(?:和|与|及)«O»(?![^，。；]{0,30}(?:联合|共同|特使|代表|顾问|调解|协调))[^，。；]{1,24}$)"
)
"""非洲联盟委员会和|欧洲联盟危机管理专员: an officer of one body, who acts beside another."""
_ALONE = re.compile(r"(?:新任|现任)?(?:联合国)?(?:常务副)?秘书长|大会主席|主席|总统|总理|双方|各方|他们|成员")


def is_title(sentence: Sentence, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a title and nothing else."""
    masked = sentence.unposted
    return (
        2 <= end - start <= _LONGEST
        and bool(_HEAD.search(sentence.text, start, end))
        and not any(pattern.search(masked, start, end) for pattern in (_MARK, _BOUND))
    )


def title_before(sentence: Sentence, at: int) -> int | None:
    """Where the title begins that ends at ``at``, or None."""
    if at not in sentence.titles:
        sentence.titles[at] = _before(sentence, at)
    return sentence.titles[at]


def _before(sentence: Sentence, at: int) -> int | None:
    text, masked = sentence.text, sentence.unposted
    if not _HEAD.search(text, max(0, at - 8), at):
        return None
    low = max(0, at - _LONGEST)
    for pattern in (_MARK, _BOUND):
        for match in pattern.finditer(masked, low, at):
            low = match.end() if not _HEAD.fullmatch(text, match.start(), at) else low
    low = _past_clauses(sentence, _past_joints(text, _past_signs(text, low, at), at), at)
    bodies = _TWO_BODIES.match(masked, _past_signs(text, low, at), at)
    low = bodies.end() + 1 if bodies else low
    low = _past_signs(text, low, at)
    if at - low < 2 or text.count("(", low, at) != text.count(")", low, at):
        return None
    return low


def _past_signs(text: str, low: int, at: int) -> int:
    while low < at and text[low] in "的和与及、 ()":
        low += 1
    return low


def _past_joints(text: str, low: int, at: int) -> int:
    """Past a title that stands alone before a conjunction: 秘书长和|长者会主席玛丽·罗宾逊; or that has the same head: 建设和平委员会主席和|大会主席."""
    head = _SAME_HEAD.search(text, low, at)
    for joint in reversed(list(_JOIN.finditer(text, low, at))):
        if joint.group() == "、":
            continue
        if head and text.endswith(head[1], low, joint.start()) and not text.startswith(head[1], joint.end()):
            return joint.end()
    for joint in _JOIN.finditer(text, low, at):
        if _ALONE.fullmatch(text, low, joint.start()):
            return joint.end()
    return low


def _past_clauses(sentence: Sentence, low: int, at: int) -> int:
    """Past 的 behind anything but a body, a state, a field or an office: 任期届满的|总统."""
    for match in re.finditer("的", sentence.unposted[low:at]):
        if not _OF.search(sentence.unposted, low, low + match.start()):
            return _past_clauses(sentence, low + match.end(), at)
    return low
