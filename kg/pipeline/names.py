"""Names of persons by their make: transliterated (``让-皮埃尔·拉克鲁瓦``), Chinese style (``中满泉``), Latin letters.

A name stands where the language puts names: between interpuncts, after a post, before an honorific. Refused: the same
characters elsewhere (``特别`` ``安排`` ``希望``), places, and words of `_WORDS` that begin with a surname's character.
"""

from __future__ import annotations

import re

__all__ = ["HONORIFICS", "Name", "after_post", "before_honorific", "latin_name", "transliterated"]

from dataclasses import dataclass

_T = (
    "阿埃艾爱安昂奥澳巴白拜班邦保堡鲍贝本比彼毕宾波伯勃博卜布采蔡策查昌彻茨次慈措达大戴丹道得德登邓迪狄蒂第丁东董杜顿多厄恩尔耳法凡范菲费芬冯佛夫弗福富"
    "盖甘冈高戈哥格葛根贡古瓜圭郭果哈海罕汉豪赫黑亨洪侯胡华怀惠霍基吉季加贾简江姜蒋杰捷金津京居喀卡开凯坎康考柯科克肯孔库夸奎昆拉腊莱赖兰朗劳勒雷黎里理利莉"
    "历力立丽连廉良列烈林琳留刘柳龙隆卢鲁路露伦罗洛吕律马玛迈麦曼芒毛茅梅门蒙孟米密敏明缪莫墨默姆木穆纳娜乃奈南内嫩尼妮涅宁牛纽农努诺欧帕派潘庞佩彭皮珀平普朴"
    "齐奇恰钱乔切琴丘曲屈让热仁荣茹儒瑞若萨塞赛桑瑟森沙山善尚绍舍申绅圣施石什士史舒朔斯思丝司松苏索塔泰坦汤唐陶特藤提田帖廷通图吐土托脱陀瓦万王旺威韦维魏温文翁沃"
    "乌吾伍武西希锡悉夏香肖谢欣辛兴匈休徐许逊雅亚延扬杨耶叶伊依宜因英尤雨约云泽扎詹张章赵哲真芝珍郑智朱祖兹佐卓宗尊左娅妲娃婷媞琪琳珊莎蕾薇蓓黛芭茜莲萝菲葆仓"
    "珂璐蜜悌逖诗狐浦夏瓮厉叙裘祁钦秦青庆曹昭晃凌亥杭赖蓬篷普桥强乾萧项朵尕嘎噶噢锋绍舜顺绥孙遂所滕铁途屯维卫伟沈慎生胜盛寿叔淑黍赎鼠署曙束述树漱"
)
_T_CLASS = "".join(sorted(set(_T) - set("所强署述树束数")))
HONORIFICS = r"(?:先生|女士|小姐|夫人|阁下|博士|教授|大使|中将|少将|上将|准将|将军|上校|殿下|陛下|议员|法官|爵士)"
_COMPONENT = rf"[{_T_CLASS}]{{1,9}}"
_INTERPUNCT = re.compile(rf"{_COMPONENT}(?:[·-]{_COMPONENT})+|{_COMPONENT}(?:·[A-Z]\.?)+·{_COMPONENT}")
_PLAIN = re.compile(rf"[{_T_CLASS}]{{2,9}}")
_LATIN_WORD = r"(?:[A-Z][A-Za-zÀ-ÿ'’.-]+|[A-Z]\.)"
_LATIN = re.compile(rf"{_LATIN_WORD}(?:[ -](?:(?:de|da|del|van|von|bin|al|el|der|la|le|dos)[ -])*{_LATIN_WORD}){{0,5}}")

_STOP_RIGHT = re.compile(
    r"通报|提出|提请|提到|提及|提交|提醒|提议|提供|列举|列席|希望|当选|通过|达成|大使|因此|立即|高度|高兴|多次|特别|特使|进行|保证|欢迎|安排|安理会|第一|"
    r"首次|首先|加入|加强|大力|坚定|提名|开始|开幕|开场|努力|真诚|本人|本月|本周|访问|来到|出席|西部|东部|南部|北部|日前|约\d|及|许多|同意|连续|明确|维持|查明|简要|通知|立场|"
    r"赴|和|先生|女士|万人|万美元|施加|果断|利用|根据|谢谢|思考|生于|担任|兼任|士兵|博士|文件|大会|大力|卫生|约有|士气|内部"
)
_STOP_LEFT = re.compile(r"^(?:.*?(?:感谢|任命|欢迎|听取|邀请|祝贺|悼念|提名|约见|通知|包括|谢意|特使|大使|使馆|第[一二三四五六七八九十])|(?:并|及|于|约|第)(?=.{2}))")

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费岑薛雷贺倪汤滕殷罗毕郝安常傅卞齐康伍余顾孟平黄穆萧尹"
    "姚邵湛汪祁毛禹狄米明臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘缪解应宗丁邓洪包左石崔吉龚程邢裴陆荣翁荀羊甄曲封储靳段富巫乌焦"
    "巴谷车侯班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹龙叶司黎乔苍双闻莘翟谭劳申扶冉雍桑桂牛寿边燕浦尚农温庄晏柴瞿阎充慕连习艾容古易廖庾居衡步耿满匡文寇东殴沃利蔚越隆师巩聂晁"
    "敖融冷辛那简饶曾沙丰关查游权盖桓公阮朴裵玄裴潘池郑" "星岸小鸠安福谷菅麻宫森前橘石河野"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "中满", "安倍", "岸田", "小泉", "福田", "河野", "茂木", "吉川", "别所", "星野", "明石", "绪方", "川上", "大岛", "高须", "木村", "石兼", "山崎", "潘基", "南宫", "司徒")
_GIVEN = r"[\u4e00-\u9fff]"
_BOUNDARY = re.compile(
    r"$|[，。；、：:()（）“”《》\n \d]|和|与|及|向|的|在|就|将|所|于|也|还|先生|女士|大使|博士|阁下|中将|少将|上将|准将|将军|主持|指出|表示|通报|介绍|强调|发言|发表|代表|担任|说|称|作|呼吁|重申|回顾|"
    r"阐述|率|随后|会见|致|给|为|已|曾|对|则|因|以|同|是|任|当|参加|出席|签|提|概述|报告|告知|详细|着重|警告|敦促|欢迎|感谢|承诺|关于|从|应|由|并|一行|接受|抵达|访问|团长|举行"
)
_WORDS = frozenset(
    (
        "安排 安全 安置 常驻 常务 高度 高级 关于 关注 关切 应该 应当 应邀 任命 任务 任期 任何 平等 方面 方案 方式 方法 万人 石油 文件 文职 文书 包括 包容 包含 华盛顿 成功 利用 利比亚 马上 明确 明天 "
        "和平 任职 连任 连续 连同 严重 严厉 严格 程序 程度 权利 权力 权威 边界 边境 边缘 农业 师长 公开 公约 公司 公民 公布 公正 公平 公报 计划 时间 居民 查明 查询 查看 祝贺 解决 解释 易于 双方 双边 "
        "施加 施行 周边 周围 周年 别处 游说 小组 前往 前任 前线 前景 前总统 容许 容忍 强调 席位 司法 司令 师级 步骤 步兵 东部 满意 满足 国务 越境 越来越 隆重 曾经 曾任 关系 关闭 关键 关心 车辆 田间 何时 何种 "
        "常设 常任 常规 常年 傅 冷战 卫生 卫队 武装 武器 武力 温和 文化 米 沙漠 阿 金融 金额 秋季 夏季 冬季 景象 景点 冯 牛 项目 江河 成员 成员国 代表团 时任 贺信 贺电 致辞 顾问 顾及 单位 纪律 纪念 纪录 柴油 "
        "季度 童工 宗教 宗旨 文本 应急 应对 应付 荣幸 荣誉 甘愿 盛大 充分 充满 路线 路径 宁愿 习惯 易受 双重 申明 申请 申诉 寿命 边防 巩固 融资 简报 简要 简介 曲折 封锁 储备 段落 富有 焦点 谷物 班长 仲裁 "
        "宫殿 武官 符合 景气 龙头 司机 劳动 劳工 扶持 燕 尚未 尚有 尚无 农民 农村 庄严 慕尼黑 艾滋病 古老 步伐 步行 耿 匡 文明 寇 利益 利害 越野 师 聂 敖 那些 那里 那样 关怀 关头 查处 查获 游行 游击 权限"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: half-open offsets and the name itself, honorific left out."""

    start: int
    end: int
    text: str


def transliterated(text: str, start: int = 0, end: int | None = None) -> list[Name]:
    """Names with interpuncts in ``text[start:end]``."""
    found: list[Name] = []
    for match in _INTERPUNCT.finditer(text, start, len(text) if end is None else end):
        if "·" not in match.group() and not re.match(r"(?:让|玛丽|安|安娜|卡尔|汉斯|约翰|皮埃尔|路易|弗朗索瓦|胡安|若昂|何塞)-", match.group()):
            continue
        left, right = match.span()
        run = match.group()
        first = re.split(r"[·-]", run)[0]
        junk = _STOP_LEFT.match(first)
        if junk and junk.end() < len(first):
            left += junk.end()
        last = run.rfind("·") if "·" in run else run.rfind("-")
        right = _cut(text, match.start() + last + 2, right)
        name = text[left:right]
        if len(name) >= 3:
            found.append(Name(left, right, name))
    return found


def _cut(text: str, earliest: int, right: int) -> int:
    """Where the name ends: before a word that merely begins with a character of names."""
    for at in range(earliest, right):
        stop = _STOP_RIGHT.match(text, at)
        if stop:
            return at
    return right


def after_post(text: str, at: int, *, blocked: frozenset[int] = frozenset()) -> Name | None:
    """The name that stands at ``at``, just after a post, or None. ``blocked``: offsets where a known entity begins."""
    if at in blocked:
        return None
    full = _INTERPUNCT.match(text, at)
    if full and "·" in full.group():
        for name in transliterated(text, at, full.end()):
            if name.start == at:
                return name
    chinese = _chinese_style(text, at)
    plain = _PLAIN.match(text, at)
    if plain:
        right = _cut(text, at + 2, plain.end())
        if right - at >= 3 and _BOUNDARY.match(text, right) and not any(i in blocked for i in range(at, right)):
            name = text[at:right]
            if name not in _WORDS and name[:2] not in _WORDS:
                return Name(at, right, name)
    return chinese


def _chinese_style(text: str, at: int) -> Name | None:
    compound = next((s for s in _COMPOUND if text.startswith(s, at)), None)
    if compound is None and text[at : at + 1] not in _SURNAMES:
        return None
    head = len(compound) if compound else 1
    for given in ((1, 2) if compound else (2, 1)):
        end = at + head + given
        name = text[at:end]
        if len(name) != head + given or not re.fullmatch(rf"{_GIVEN}+", name):
            continue
        if name in _WORDS or name[:2] in _WORDS or not _BOUNDARY.match(text, end):
            continue
        if given == 2 and _BOUNDARY.match(text, end - 1) and text[end - 1 : end] in "和与及向的在就将所于也还对说称已曾则以同是为由并":
            continue
        return Name(at, end, name)
    return None


def before_honorific(text: str) -> list[Name]:
    """Names that stand before 先生, 女士, 大使 and their like."""
    found: list[Name] = []
    for match in re.finditer(HONORIFICS, text):
        right = match.start()
        left = right
        while left > 0 and text[left - 1] in _T_SET and right - left < 9:
            left -= 1
        if left > 0 and text[left - 1] in "·-":
            continue  # a full name: found by its interpunct
        junk = _STOP_LEFT.match(text[left:right])
        if junk and right - left - junk.end() >= 2:
            left += junk.end()
        if right - left >= 2 and text[left:right] not in _WORDS and not _TITLE_WORD.search(text[left:right]):
            found.append(Name(left, right, text[left:right]))
            continue
        for size in (3, 2, 4):
            start = right - size
            if start < 0:
                continue
            name = text[start:right]
            compound = any(name.startswith(s) for s in _COMPOUND)
            if size == 4 and not compound:
                continue
            if (compound or name[0] in _SURNAMES) and re.fullmatch(rf"{_GIVEN}+", name) and _opens(text, start) and name[:2] not in _WORDS:
                found.append(Name(start, right, name))
                break
    return found


_T_SET = frozenset(_T_CLASS)
_TITLE_WORD = re.compile(r"总统$|总理$|部长$|大使$|特使$|代表$|主席$|特命$|特命全权$")


def _opens(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in "，。；、：:()“”《》\n 和与及由请长使表席任的了员席臣兼给致向是·•" or text[max(0, at - 2) : at] in {"听取", "任命", "感谢", "欢迎"}


def latin_name(text: str, at: int) -> Name | None:
    """A name in Latin letters at ``at`` (``Christopher Finlayson``); one capitalised word is enough after a post."""
    match = _LATIN.match(text, at)
    if not match or match.group().isupper():
        return None
    return Name(match.start(), match.end(), match.group().rstrip(". "))
