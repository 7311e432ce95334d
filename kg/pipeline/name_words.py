"""What names of persons are made of and where they end, as patterns: `kg.pipeline.names` reads by them."""

from __future__ import annotations

import re

from kg.gazetteer.names import load_name_lists

__all__ = [
    "BOUNDARY",
    "COMPOUND",
    "FORMS_OF_ADDRESS",
    "GIVEN",
    "HONORIFICS",
    "INTERPUNCT",
    "I_SET",
    "LATIN",
    "LATIN_BEFORE",
    "LATIN_WORD",
    "OF_A_PLACE",
    "PLAIN",
    "REGNAL",
    "REST",
    "STOP_LEFT",
    "STOP_RIGHT",
    "SURNAMES",
    "TRANSLITERATION",
    "T_SET",
    "WORDS",
]

_LISTS = load_name_lists()
_T_CLASS = "".join(_LISTS["transliteration"])
TRANSLITERATION = _T_CLASS
"""Characters of transliterated names, for a character class."""
T_SET = frozenset(_T_CLASS)
SURNAMES = frozenset("".join(_LISTS["surnames"]))
COMPOUND = _LISTS["compound"]
WORDS = frozenset(_LISTS["words"])
_OF_ARMS = "军(?=[大上中少准][将校])"
HONORIFICS = rf"(?:先生|海{_OF_ARMS}|陆{_OF_ARMS}|空{_OF_ARMS}|女士|小姐|夫人|阁下|博士|教授|大使|中将|少将|上将|准将|将军|上校|中校|少校|大校|上尉|元帅|殿下|陛下|议员|法官|女爵士|爵士|勋爵)"
"""Each alternative begins with a character of its own: a search then looks for one of those first."""
_FORMS_OF_ADDRESS = (
    "先生 海军 陆军 空军 女士 小姐 夫人 阁下 博士 教授 大使 中将 少将 上将 准将 将军 上校 中校 少校 大校 上尉 元帅 殿下 陛下 议员 "
    "法官 爵士 勋爵"
)
FORMS_OF_ADDRESS = tuple(_FORMS_OF_ADDRESS.split())
"""One of these is in every match of `HONORIFICS`."""
I_SET = frozenset("".join(_LISTS["inner"]))
_ALSO = r"代(?![表理]|总)|(?<=·)于|(?<=马)可(?=·)|于(?=[尔格斯里埃])|(?<!主)席(?=[尔勒琳])"
_T_ONE = rf"(?:[{_T_CLASS}]|{_ALSO})"
_ONE = rf"(?:[{_T_CLASS}{''.join(_LISTS['inner'])}]|{_ALSO})"
_T_START = (
    rf"[{_T_CLASS}代于可席](?:(?<=[{_T_CLASS}])|(?<=代)(?![表理]|总)|(?<=·于)|(?<=马可)(?=·)|(?<=于)(?=[尔格斯里埃])"
    r"|(?<=席)(?<!主席)(?=[尔勒琳]))"
)
"""`_T_ONE` once more, for where a search begins: by a class of characters it finds the next one fastest."""
_FIRST = rf"{_T_START}{_ONE}{{0,8}}(?:[一二三四五六七八]世(?=·))?"
_LAST = rf"(?:{_ONE}{{0,8}}{_T_ONE}|(?<=·)[陈方曾江车包周吴赵梁宋余](?![一-龥]{{0,3}}[·-]))"
INTERPUNCT = re.compile(rf"{_FIRST}(?:[·-](?:{_ONE}{{1,9}}|[A-Z]\.?)(?=[·-]))*[·-]{_LAST}")
REST = re.compile(
    rf"(?!{HONORIFICS})(?P<rest>[^\W\d_A-Za-z和与及的在就将向由对以为被说称率等兼同主总部特副长席使表院团任命其该位名女男日月年前后中上下军]{{1,3}}){HONORIFICS}"
)
"""The end of a name that holds other characters, before its title: 塔纳·维塞萨|功先生."""
OF_A_PLACE = re.compile(
    r"(?:国际)?(?:机场|医院|大学|清真寺|大街|广场|基金会|学院|学校|体育场|难民营|图书馆|监狱|基金|墓|港|派)|[市省县州镇村](?!长)"
)
"""What is called by a name is no person: 哈米德·卡尔扎伊国际机场."""
PLAIN = re.compile(rf"[{_T_CLASS}]{{2,9}}")
REGNAL = re.compile(r"[一二三四五六七八九十]{1,3}世(?![纪界])")
LATIN_WORD = r"(?:[A-Z][A-Za-zÀ-ÿ'’.-]+|[A-Z]\.)"
LATIN = re.compile(rf"{LATIN_WORD}(?:[ -](?:(?:de|da|del|van|von|bin|al|el|der|la|le|dos)[ -])*{LATIN_WORD}){{0,5}}")
LATIN_BEFORE = re.compile(rf"(?<![A-Za-zÀ-ÿ]){LATIN.pattern}$")

STOP_RIGHT = re.compile(
    r"[海陆空]军|拜[访会]|依次|亲自|大律师|律师|随即|逐一|高声|思想|里面|达到|当选|当天|当时|当局|当前|当日|当地|赞扬|赞赏|赞同|通报|提出|提请|提到|提及|提交|提醒|提议|提供|列举|列席|希望|当选|通过|达成|大使|尚[未无待不在]|因此|立即|高度|高兴|多次|特别|特使|进行|保证|欢迎|安排|安理会|第一|"
    r"首次|首先|加入|加强|大力|坚定|提名|开始|开幕|开场|努力|真诚|本人|本月|本周|访问|来到|出席|西部|东部|南部|北部|日前|约\d|及|许多|同意|连续|明确|维持|查明|简要|通知|立场|"
    r"赴|和|代签|次[日年月]|法[官院庭案令]|基金|派(?=[于签的和、，遣出往驻代])|先生|女士|万人|万美元|施加|果断|利用|根据|谢谢|思考|生于|担任|兼任|士兵|博士|文件|大会|大力|卫生|约有|士气|内部"
)
STOP_LEFT = re.compile(
    r"^(?:.*?(?:感谢|任命|欢迎|听取|邀请|祝贺|悼念|提名|约见|通知|包括|谢意|特使|大使|使馆|第[一二三四五六七八九十])|(?:并|及|第|约(?=\d))(?=.{2}))"
)

GIVEN = r"[\u4e00-\u9fff]"
BOUNDARY = re.compile(
    r"$|[，。；、：:()（）“”《》\n \d]|和|与|及|向|的|在|就|将|所|于|也|还|[殿陛]下|夫人|小姐|教授|法官|上校|先生|女士|大使|博士|阁下|中将|少将|上将|准将|将军|主持|指出|表示|通报|介绍|强调|发言|发表|代表|担任|说|称|作|呼吁|重申|回顾|有关|"
    r"阐述|率|随后|会见|致|给|为|已|曾|对|则|因|以|同|是|任|当|参加|出席|签|提|概述|报告|告知|详细|着重|警告|敦促|欢迎|感谢|承诺|关于|从|应|由|并|一行|接受|抵达|访问|团长|举行"
    r"|本[月周]|当[天日地]|同[日一]|今[天日年早晚晨]|昨|拜[访会]|亲王|王[储子]|定于|拟|预定|原订|亦|均|都|指(?=[，出责称正：])|此前|日前|近日|星期|周[一二三四五六日]|[上下]周|[上中下]午|最近|亲自|通过|经由?视频|被|获|遭|逝世|去世|辞|卸任|就任|接任|上任|当选|等"
    r"|宣[布告读誓]|要求|请求|否认|承认|认为|透露|抗议|谴责|批评|指责|赞[扬赏同]|支持|反对|回应|答复|发[出布起来]|启动|陪同|会[谈晤]|前往|离开|返回|批准|决定|下令|命令|任命|提名|解释|补充|坚持|确认|保证|希望|"
    r"期待|拒绝|悼念|讲话|声明|转[达交递]|收到|接[见受到]|听取|率领|主管|负责|不[再会能愿得]|没有|未能|必须|可以|能够|仍[然在]|首次|随即|立即|继续|以及|本人|打算|共同|先[后生]|分别|一致|又|再次|到访|来访|赴|抵|乘|自|从|[定拟订]于|原[定拟订本]|预[计定]|计划|应邀|受邀"
)
