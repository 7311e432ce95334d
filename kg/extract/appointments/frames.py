"""The words of an appointment: verbs with what stands before and behind them, and what makes it none."""

from __future__ import annotations

import re

from kg.extract.appointees import UNIT
from kg.extract.gate import Frames, Gate, Gated
from kg.pipeline.mask import compile_masked

__all__ = [
    "AFTER",
    "BRACKET",
    "DONE_ON",
    "FRAMES",
    "FRONT",
    "HEADS",
    "ITEM",
    "JOINED",
    "LABELLED",
    "LISTED",
    "NEXT",
    "POST",
    "TELLS",
    "effect",
    "status_of",
]

_VERB = r"(?:任命|委任|委派|指派|指定|选派|聘任|聘请|派遣|提名|推荐|推举|推选|选举|选出|选任|选定|遴选|改派|调派)"
_LINK = r"(?:为|连任|续任|再次担任|继续担任|担任|出任|接任|继任|就任|作为|充任|作|任(?![命期务何]))"
_SLOT = r"(?!由|下列|以下|下述)(?:\([^()]{0,40}\)|[^。；，()]){2,70}?"
_APPOSED = r"(?:，(?!他|她|后者|其)[^。；，()为]{2,30}，(?=为|担任))?"
_WHAT = r"(?:\([^()]{0,24}\)|[^。；，：()]){2,90}"

_NAMED = Gated(rf"(?P<verb>{_VERB})(?:了|过)?(?P<who>{_SLOT}){_APPOSED}{_LINK}(?P<post>{_WHAT})", on="unposted")
"""``任命扬·库比什先生(斯洛伐克)为我的伊拉克问题特别代表``: who and as what."""
_CALLED = Gated(
    rf"(?P<object>[将把])?(?P<who>{UNIT}(?:(?:、|和|以及|及|与){UNIT}){{0,5}})"
    rf"(?P<aux>(?:，|已|业已|经已|于|在|«D»|日前|最近|刚刚|刚|再次|一致|重新|正式|将|拟|曾|均|都|分别|先后|同时|还|也|又|经«OSCM»[^，。；«:P»]{{0,12}}|由«OSCMT»[^，。；«:P»]{{0,12}}"
    rf"|未|没有|尚未|不会|不再){{0,6}})(?:被|获得?|受)?(?P<verb>任命|委任|委派|指派|指定|选派|聘任|提名|推荐|推选|选举|选任|选|当选)(?:了)?"
    rf"(?:{_LINK}|(?<=当选))(?P<post>{_WHAT})",
    on="unposted",
)
"""``扬·库比什先生已被任命为…``, ``将扬·库比什先生任命为…``, ``扬·库比什先生当选…``: who stands before it."""
_BY = Gated(
    rf"(?P<verb>提议|建议|打算|拟|决定|安排|商定|同意|，|；|^|组|团|队)由(?P<who>{_SLOT})(?:担任|出任|接任|继任)(?P<post>{_WHAT})",
    on="unposted",
)
"""``我提议由加纳的约瑟夫·曼特少将担任…``; ``…评估团，由约瑟夫·曼特少将担任团长``."""
JOINED = compile_masked(
    rf"(?:，|；|、|和|以及|并)+(?:(?:任命|委任|委派|指定)(?P<who>{_SLOT}){_LINK}|(?P<who2>{_SLOT})为)(?P<post>{_WHAT})"
)
"""A second person and post under the same verb: ``…，海伦·怀特女士为副特别代表``."""
_HEADED = Gated(
    rf"(?P<verb>任命|委任|提名)(?:了)?(?P<who>{_SLOT})(?P<post>(?=主持|领导(?!的)|率领(?!的)|带领|填补|接替))",
    on="unposted",
)
"""``任命卡尔·彼得松先生主持调查组``: a task, no post named."""
_OF = Gated(rf"对(?P<who>{_SLOT})(?:为|担任|出任)(?P<post>{_WHAT}?)的(?P<verb>提名|任命|推荐|选举)", on="unposted")
"""``秘书长对塞尔日·布拉默茨先生为余留机制检察官的提名``."""
_BULLET = r"^(?:[•·●▪○◦-]|\([a-z\d一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])?"
_END = r"[；。，、]?(?:和|以及)?$"
ITEM = compile_masked(
    rf"{_BULLET}(?P<who>(?:\([^()]{{0,40}}\)|[^，。；：:()]){{2,40}}?)(?:(?:，|：|:|担任|为|\s)(?P<post>[^，。；：()]{{2,60}})(?:\([^()]{{1,20}}\))?)?{_END}"
)
"""``扬·库比什先生(斯洛伐克)，武器问题专家；``"""
LABELLED = compile_masked(
    rf"{_BULLET}(?P<post>[^，。；：:()«:P»]{{2,40}})[：:](?P<who>(?:\([^()]{{0,40}}\)|[^，。；：:()]){{2,40}}?){_END}"
)
"""``武器问题专家：扬·库比什先生(斯洛伐克)``."""
BRACKET = compile_masked(r"\((?P<s>«S»)(?:籍|国籍|国民)?(?:[，；、][^()]{0,20})?\)")
NEXT = compile_masked(rf"(?:、|，|；|和|以及|及|并|(?:任命|委任|委派|指定))+{UNIT}")
"""Where the next person begins, within what would be a post."""
LISTED = Gated(
    rf"(?P<verb>{_VERB})(?:了)?(?:下列|以下|下述)[^，。；：]{{0,12}}?(?:{_LINK}(?P<post>[^，。；：]{{2,80}}?)|(?P<body>(?:在|加入|参加|到|进入)[^，。；：]{{2,80}}?))?(?:，[^。；：]{{0,60}})?[:：]",
    on="unposted",
)
"""``我已任命下列专家为专家小组成员：``, ``…下列专家在专家小组任职：`` before a list, in the sentence or in the lines after it."""

POST = re.compile(
    r"(?:代表|大使|特使|公使|主任|指挥官|检察官|法官|军官|军士|顾问|主席|司令|专家|大臣|总统|总理|首相|干事|秘书|领事|成员|总监|负责人|联络人|"
    r"继任者|接班人|发言人|召集人|协调人|调解人|审计|裁判|监督|律师|[长员])$"
)
"""How a post ends."""
HEADS = re.compile(r"(?:团长|组长|指挥官|特使|代表|协调员|协调人|负责人|主任|秘书长|参谋长|司令|总干事|检察官)$")
"""Posts that 由…担任 fills without another verb; who 担任主席 may only preside over a meeting."""
DONE_ON = compile_masked(
    r"(?:(?:(?:于|在)(?P<d>«D»)|(?:^|[，。；])(?P<d2>«D»)，?)[^«:D»，。；]{0,60}|(?:«P»|«O»|«C»|秘书长|总统|总理|主席|政府)(?P<d3>«D»)(?:宣布|决定|正式|已|，)*)$"
)
"""The day on which it was done."""
FRONT = re.compile(r"^(?:我|你|他|她|其|本人)的?(?!们|国)|^(?:新任|新的?|下一任|第[一二三四五六七八九十]+任|一名|一位)")
"""What stands before a post and is no part of it."""
AFTER = re.compile(
    r"(?:，|；)?(?:以)?(?:接替|取代|接任|代替|任期|自|从|即日|前往|赴|率|以便|以|来|并|负责(?=[^，]*$)|的(?:决定|意向|意图|打算|提议|建议|任命|信|来信|来函|信函|函|计划|消息|通知|申请|请求)|一职|之职|职务|职位|的职[务位]|这一[^，]*|一事|之前|以前|前$|之后|以后|后$|时$|期间|\(任期)"
)

_REFUSED = re.compile(
    r"(?<!不)(?:没有|未能?|尚未|不(?:再|会|能|得|应|打算|拟|同意|予|准|宜)|拒绝|反对|避免|停止|推迟|取消|撤销|暂停|考虑|讨论|应(?!邀)|须|必须|需要?|可以?|能够?|得以|如果?|若|一旦|待|直到|直至|是否|有权|负责|尽快|早日|尽早|及时)"
    r"[^，。；]{0,16}$"
)
_ASKED = re.compile(r"(?:(?<!提)(?<!邀)(?<!申)(?<!聘)请|要求|敦促|促请|吁请|呼吁|鼓励|期待|授权|责成)[^，。；]{0,24}$")
_CONSENT = re.compile(
    r"(?:请|征求|征得|寻求|获得|取得)[^，。；]{0,24}(?:同意|核准|批准|认可|赞同)[^，。；]{0,8}(?:任命|提名)?$"
)
"""``谨请安理会同意任命…``: who asks for consent proposes."""
_OWN_WISH = re.compile(r"我(?:[^，。；]{0,12})希望[^，。；]{0,4}$")
_WISHED = re.compile(r"希望[^，。；]{0,16}$")
_INTENDS = re.compile(
    r"(?:打算|拟(?:议)?|有意|意图|意欲|意在|计划|准备|即将|将(?![^，。；]*(?:于|在)?已)|愿|想|欲)[^，。；将]{0,12}$"
)
_DECIDED = re.compile(r"(?:决定|已经?|业已|批准)[^，。；]{0,20}$")
_PROPOSES = re.compile(r"(?:提议|建议|提名|推荐)(?:[^，。；]{0,12}|，即)$")
_INTENT = re.compile(r"^[^，。；]{0,30}?的(?:意向|意图|打算|计划|想法)")
_PROPOSAL = re.compile(r"^[^，。；]{0,30}?的(?:提议|建议|提名)")
_ABOUT = re.compile(r"关于[^，。；]{0,4}$")
_BEFORE = re.compile(
    r"^[^，。；]{0,6}?(?:之前|以前|前(?=，|。|$))|^[^，。；]{0,30}?的(?:请求|申请|条件|标准|程序|可能性)"
)
_EFFECT = compile_masked(
    r"(?:(?:自|从|于|定于|在)(?P<d>«D»)(?:起|开始|生效|上任|就任|到任|就职|履新)|任期(?:将)?(?:自|从|于|为)(?P<d2>«D»)|(?P<d3>«D»)(?:起)?(?:生效|上任|就任|到任))"
)


def status_of(verb: str, before: str, after: str) -> str | None:
    """``intends`` ``appointed`` ``proposed``, or None for what is no appointment. ``before`` is the clause up to the verb,
    ``after`` what follows the post."""
    if _BEFORE.match(after):
        return None
    if _ABOUT.search(before) and re.match(r"的(?:信|来信|来函|函|信函)", after):
        return "intends"  # 你…关于任命…的信
    if _CONSENT.search(before) and not _REFUSED.search(before):
        return "proposed"
    intends = verb in {"打算", "拟"} or bool(_INTENDS.search(before)) or bool(_OWN_WISH.search(before))
    decided = bool(_DECIDED.search(before))
    if _REFUSED.search(before) and not (decided and not re.search(r"(?:没有|未|不)", before)):
        return None
    if (_ASKED.search(before) or _WISHED.search(before)) and not (intends or decided):
        return None
    if verb in {"提名", "推荐", "推举", "提议", "建议"} or _PROPOSES.search(before) or _PROPOSAL.match(after):
        return "proposed"
    if _INTENT.match(after) or (intends and not decided):
        return "intends"
    return "appointed"


def effect(masked: str) -> int | None:
    """Where the day begins on which an appointment takes effect (自2018年4月1日起生效)."""
    match = _EFFECT.search(masked)
    return next((match.start(g) for g in ("d", "d2", "d3") if match[g]), None) if match else None


FRAMES = Frames(
    (_CALLED, "appointment.called"),
    (_NAMED, "appointment.named"),
    (_BY, "appointment.by"),
    (_HEADED, "appointment.headed"),
    (_OF, "appointment.of"),
)
"""Pattern and rule, in the order in which they are tried."""
TELLS = Gate(FRAMES, LISTED)
"""What a sentence holds that tells an appointment or announces a list of them."""
