"""The words by which a sentence tells an adoption, as patterns over masked text in which counts of votes are signs.

``VERB`` is 通过 with its manner; the instrument is the ``OBJECT`` behind it, the ``SUBJECT`` before it, or what a draft ``BECAME``.
"""

from __future__ import annotations

import re

from kg.pipeline.mask import compile_masked

__all__ = [
    "ASIDE",
    "ATTEMPT",
    "A_RESOLUTION",
    "A_STATEMENT",
    "BECAME",
    "COUNCIL_DOES",
    "DECIDES",
    "DRAFT",
    "DRAFT_BECAME",
    "DRAFT_SYMBOL",
    "FAILED",
    "IF",
    "LIST",
    "LOOKS_BACK",
    "NOT_DONE",
    "NO_OBJECT",
    "NUMBERED",
    "NUMBERED_HERE",
    "OBJECT",
    "OTHERS",
    "PASSED",
    "RESULT",
    "STATEMENT",
    "STATEMENT_NUMBERED",
    "SUBJECT",
    "THAT",
    "THE_DRAFT",
    "VERB",
    "WRITING",
]

_BY_COUNT = (
    r"(?:(?:以|获得?|得到|取得|凭)?«V»(?:的?(?:(?:表决|投票)?(?:结果|票数|比数|比例)|表决|压倒性?多数|多数票?|方式))?)"
)
_UNANIMOUS = r"(?:(?:以|获得?|得到|经)?(?:«C»)?(?:全体)?(?:成员国?)?(?:协商一致|全体一致|一致|全票|鼓掌)(?:的)?(?:方式)?(?:投票|投赞成票|表决|赞成|同意|支持)?地?)"
_IN_WRITING = r"(?:(?:以|经由?|通过|采用|按照?|依照|依据|根据)(?:[^，。；«:RV»]{0,24}?)书面(?:投票|表决|决策|决定)?(?:程序|方式|形式)?)"
_ADVERB = r"(?:随后|最终|最后|终于|还|也|又|已经?|便|就|正式|再次|当场|首先|先后|相继|接连|陆续|一并|一同|分别|接着|刚刚?|而|均|都|则|并|同时|成功|顺利|表决|投票|晚间?|上午|下午|凌晨|，|«D»)"
_GETS = r"(?:获得?|得到|得以|被|予以|获准|经)"
_NO_VOTE = r"(?:[未不](?:经|加|付|进行)?表决(?:就|即|而)?)"
VERB = compile_masked(
    rf"(?P<modes>(?:(?:{_BY_COUNT}|{_UNANIMOUS}|{_IN_WRITING}|{_NO_VOTE})(?:[、；]|{_ADVERB})*+)*)(?P<gets>{_GETS})?(?:{_ADVERB})*+通过(?P<done>了|过|的(?!是|话))?"
)
WRITING = re.compile(r"书面(?:投票|表决|决策|决定)?(?:程序|方式|形式)|书面(?:投票|表决)")
_NAMED = r"(?:的|决议|决议[(：]|[决议声明文件草案件]，即|声明|声明\(|声明，编号为?|声明[：:]|文件|文件[(：]|即|编号为?|作为|题为«Q»|题为«Q»的?主席声明\(?|«B»|载于|\()"
OBJECT = compile_masked(rf"(?P<gap>(?:[^。；«:RX»]{{0,70}}?{_NAMED})?)(?P<i>«RX»)")
NO_OBJECT = re.compile(
    r"后|之后|以后|以来|之?前(?!南)|时|之际|视频|电话|各种|多种|不同|这[一种]|其|本|与|同(?!意)|加强|采取|开展|外交|政治|谈判|对话"
)
LIST = compile_masked(r"(?:、|和|及|以及|与)(?:关于[^，。；«:RX»]{1,30}的)?(?P<i>«R»)")
_BECOMES = r"(?:，|、|\)|并|从而|正式|使其|随即|由此)*(?:成为|编为|编号为|即为?|作为|列为|定为)(?:«C»)?"
BECAME = compile_masked(rf"{_BECOMES}(?P<i>«R»)")
DRAFT_BECAME = compile_masked(rf"[^。；«:RX»]{{0,24}}?{_BECOMES}(?P<i>«R»)|\((?P<i2>«R»)\)")
SUBJECT = compile_masked(
    rf"(?P<i>«RX»)(?:号)?(?:文件)?(?:所载的?|中的)?[)”]?(?:的)?(?:决议|主席声明)?(?:草案)?[)”]?(?P<mid>(?:{_ADVERB}|于|由|是|(?:«F»|«K»)上?|在(?=«D»|$)|在[^，。；«:RX»]{{1,40}}?(?:上|中)|«C»(?:成员)?)*+)$"
)
PASSED = re.compile(r"[，。；、：)]|$")
"""What a passive without any sign of it ends with: 第…号决议于…|通过。"""
THE_DRAFT = re.compile(r"草案[^，。；]{0,12}(?:作为|即)$")
THAT = compile_masked(
    rf"(?:^|[，；])(?:该|这项|这份|此项|上述|两项)?(?:决议|声明|主席声明)(?:草案)?(?P<mid>(?:{_ADVERB}|由|«C»(?:成员)?)*+)$"
)
COUNCIL_DOES = compile_masked(
    rf"(?:«C»(?:成员国?)?|理事会|会议|会上|«F»(?:上|中)?|«D»|(?:在|于)[^，。；]{{1,40}}?(?:上|中|时|期间)|首次|曾|就此|伊始)(?:{_ADVERB}|于|«C»|«F»|上|曾|就此|首次)*+$"
)
OTHERS = compile_masked(
    r"(?:«O»|«M»|«S»|(?:委员会|议会|国会|大会|参议院|众议院))(?:成员国?)?(?:«D»|于|还|也|又|已|曾)*+$"
)
NOT_DONE = re.compile(
    r"(?:不(?!顾|断|同|久|少)|未(?!来)|没有|没能|无法|难以|呼吁|促请|敦促|(?<![邀申])请(?!求国)|(?<![反响])应(?!对|当?[年月日])|将(?=$|[^，。；]{0,6}(?:通过|获|在|于|一致|以|就))"
    r"|可能|希望|要求|建议|预期|预计|打算|能够|可以|尽快|尽早|需要|必须|拟(?!议)|等待|期待|期望|一旦|否决|阻止|推动|争取|力争|准备|计划|有望|是否|能否|若(?!干)|如果|倘若|考虑|主张|反对|支持(?!下)"
    r"|寻求|迫使|愿意|试图|努力|阻碍|定于|原定|本应|本可|险些|差点|以便|旨在|为了|力促|同意(?!票)|提议|赞成(?!票)|说服|帮助|协助|使)[^，。；的]{0,30}$"
)
ASIDE = re.compile(
    r"不顾[^，。；]{0,20}(?:反对|警告|呼吁|要求)|(?:根据|按照|依照|应|经|为响应)[^，。；]{1,24}(?:建议|请求|要求|提议|邀请|倡议|呼吁)|在[^，。；]{1,20}(?:推动|支持|努力|倡议|协助|帮助|要求)下"
)
"""What an adoption is told with, words of wish in it: 根据秘书长的建议, 不顾各方反对, 在法国推动下."""
IF = re.compile(r"(?:^|[，；])(?:如果|若|一旦|倘若|假如|除非|只有|只要)")
ATTEMPT = re.compile(
    r"(?:草案)?的?(?:努力|尝试|企图|建议|可能性?|提议|提案|机会|前景|请求|意愿|必要性|重要性|动议|计划)|(?:草案)?(?:受阻|失败|未果)|[一二三四五六七八九十\d]{1,3}(?:周年|年来|多年)"
)
LOOKS_BACK = re.compile(r"以来|之后|以后|后|之?前|时|之际|以前|[一二三四五六七八九十\d]+(?:多)?(?:周年|年)")
FAILED = re.compile(
    r"未获通过|未能?(?:获得)?通过|没有(?:获得)?通过|被否决|否决了|遭[^，。；]{0,8}否决|否决权|未获得?[^，。；]{0,8}(?:票|所需)"
)
DECIDES = compile_masked(r"«C»(?:成员)?(?P<u>一致)?(?:决定|同意)\((?P<i>«R»)(?P<u2>，一致通过)?\)")
RESULT = compile_masked(r"(?P<i>«R»)(?!草案)[^。；]{0,120}?(?:表决|投票)结果(?:如下|为|是)?[：:，]?«V»")
STATEMENT = compile_masked(
    r"(?:发表|发布|宣读|公布|作出|印发)(?:了)?(?:(?:[^。；«:RX»]{0,40}?(?:的|份|项|题为«Q»|关于[^。；«:RX»]{1,30}))?主席声明(?:\(|，|[：:]|，?即|，编号为)?(?P<i>«X»)|(?P<i2>«X»)(?:号)?主席声明)"
)
A_RESOLUTION = compile_masked(r"(?:一项|一份|一个|该项|这项)?(?:[^。；«:RX»]{0,40}?的)?决议(?!草案)(?=[，。；])")
NUMBERED = compile_masked(
    r"^(?:这|该|此)(?:份|项)?(?:新)?(?:决议)?(?:的)?(?:编号(?:为|是)|即|是|为)(?P<i>«R»)|^(?:决议)?(?:编号(?:为|是)|即)(?P<i2>«R»)"
)
NUMBERED_HERE = compile_masked(r"[，；](?:这|该|此)?(?:份|项)?决议(?:的)?编号(?:为|是)(?P<i>«R»)")
A_STATEMENT = compile_masked(
    r"(?:通过|发表|发布|宣读|作出)(?:了)?(?:一项|一份)?(?:[^。；，«:RX»]{0,40}?)主席声明(?=[，。；]|$)"
)
STATEMENT_NUMBERED = compile_masked(
    r"^(?:该|这份|这一|这项|此项|上述)?(?:主席)?声明(?:的)?(?:\(|，?(?:文件)?(?:编号|文号)?(?:为|是)|(?:已|将)?作为(?:安理会)?(?:文件)?|(?:已)?载于(?:文件)?|(?:已)?以)(?P<i>«X»)"
)
DRAFT = compile_masked(
    r"草案(?:\(|，?即|，?编号为|，?载于|文本为)?(?P<x>«X»)|(?P<x2>«X»)(?:号)?(?:文件)?(?:所载|中|内)?(?:的)?[^，。；«:RX»]{0,16}草案"
)
DRAFT_SYMBOL = re.compile(r"S/(?:19|20)\d\d/\d+(?:/Rev\.\d+)?|S/\d{1,5}(?:/Rev\.\d+)?")
