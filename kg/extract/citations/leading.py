"""Prepositions and leading verbs: 根据, 依照, 按照, 为执行 before what is cited; 回顾, 重申 at the head of a clause.

A resolution is a chain of clauses, each with a verb of its own at its head (重申…，回顾…，请…). What has none continues the
one before it (，以便…; ，所有国家应…); in other texts only what says so does (，包括…; ，其中…).
"""

from __future__ import annotations

import re

from kg.extract.citations.references import DAY, ORGAN
from kg.pipeline.mask import compile_masked

__all__ = ["leading", "pursuant"]

_TOLD = {
    "recalls": r"回顾(?!的|性|期|说|所述|会|报告|过去)|忆及|铭记|追忆",
    "reaffirms": r"重申(?!的)",
}
_HEAD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _TOLD.items()))
_ADVERB = (
    r"(?:又|还|并|也|且|再次|再度|再|特别|尤其|为此|因此|因而|在此方面|在这方面|在这一方面|在此|就此|此外|同时|进一步|继续|强烈|最强烈地?|坚决|大力|"
    r"深为|深感|严重|热烈|日益|非常|十分|极为|正式|一致|高兴地|赞赏地|关切地|满意地|遗憾地|“)"
)
_COUNCIL = r"(?:安全理事会|安理会|理事会|大会)"
_SPEAKERS = (
    r"(?:(?:安全理事会|安理会)?(?:各|所有|全体)?成员们?|我国?|我们|他|她|他们|(?:许多|各|一些|多位)?代表们?|会员国|谨)"
)
_OTHER = (
    r"(?:强调|着重|特别指出|指出|欢迎|欣见|欣悉|注意到|表示|赞扬|赞赏|认识到|确认|申明|决定|请(?!求)|要求|促请|敦促|呼吁|吁请|鼓励|谴责|授权|审议了|审议|考虑到|意识到|"
    r"深信|关切|支持|邀请|指示|知悉|感谢|核准|认可|赞同|痛惜|遗憾|震惊|期待|承认|肯定|提请|提醒|宣布|声明|断定|认定|认为|相信|坚信|承诺|打算|维持|澄清|建议|同意|批准|憾|惊悉|"
    r"谨|赞成|希望|祝贺|致敬|展望|说明|报告|警告|坚持|力求|评估|探讨|回应|提及)"
)
_OWN_VERB = re.compile(rf"(?:其中)?(?:{_ADVERB}|{_COUNCIL}|{_SPEAKERS})*{_OTHER}")
_CONTINUES = re.compile(
    r"(?:包括|特别是|尤其是|例如|比如|如|以及|和|及|与|即|其中|以便|以期|从而|据以|据此|并|且|或|为|以|在|关于|第|该)"
)
_STYLE = re.compile(rf"(?:{_ADVERB}|{_COUNCIL})*(?:{_OTHER}|{'|'.join(_TOLD.values())})")

_PREPOSITION = re.compile(
    r"根据(?!地)|依照|按照|遵照|依据|遵循|(?<![无相归旧皈偎])依(?=第|安|大会|其|联合国)|(?<![不阶暂])按(?!照|时|期|月|年|摩|比例|部就班)"
    r"|(?<![作认成称视以因])为了?(?:充分|全面|切实|有效|进一步|更好地|协助|支持|促进|确保|继续)*(?:执行|落实|实施|履行)"
)
_NOUN = r"(?:特别|进度|中期|最后|最终|定期|年度|首次|综合|评估|战略|主席)*(?:主席声明|声明|来?信函?|报告|说明|文件|普通照会|照会|函件?|换文|备忘录|决定|决议|协议|协定|公约|准则|规定|要求)"
_SIMPLE = compile_masked(
    rf"(?:{ORGAN}|{DAY}|{_NOUN}|本决议|上述|有关|相关|其他|以往|先前|各项|所有|主席|秘书长|执行主任|包括|特别是|尤其是|的|经|由|题为|«Q»|(?:给|致)[^，。；的]{{2,16}}的|关于[^，。；]{{1,40}}的|\(|作为)*+"
)
_OPEN = compile_masked(
    rf"(?:[^，。；]|，(?:包括|特别是|尤其是)){{0,80}}(?:的|、|和|及|与|以及|或|，包括|，特别是|，尤其是|并){_SIMPLE.pattern}"
)
_BRACKET = compile_masked(r"[^，。；(]{2,48}\(")
_ACTS = re.compile(
    r"(?:执行|落实|实施|履行|提交|通过|开展|采取|进行|作出|给|致|向|协助|支持|授权|任命)(?![^，。；]{0,20}的)"
)
_QUIET = r"(?:(?![在向给致对]|提出|提交|执行|落实|实施|开展|采取|进行|协助)[^，。；«:R»])"
_NEXT = compile_masked(
    r"(?:的|中|所|内)*(?:规定|要求|所述|所载|所列|设想|概述|详述|各项|有关|相关|条件|授权|任务|原则|目标|建议|标准)*"
    rf"(?:，(?:以及|包括|特别是|尤其是)|、|和|及|与|以及|或|并)(?:根据|按照|依照|遵照)?(?:{_QUIET}{{0,40}}(?:的|、|和|及|与|以及|》))?{_SIMPLE.pattern}"
)
_IN_IT = compile_masked(r"«R»(?:(?:、|和|及)«R»)*(?:(?:中|里)的?|的)(?:所)?(?:要求|规定|决定|请求|授权|提出|商定|表示)")
"""按照安理会在第1号决议中的要求."""
_PARTICIPLE = compile_masked(
    rf"(?:的|中)?(?:所)?(?:规定|要求|述|载|列|修订|修正|修改|延长|确定|核准|授予|授权|设[^，。；«:R»]{{1,24}}|核可|建议)的{_SIMPLE.pattern}"
)


def pursuant(shape: str, at: int) -> bool:
    """Whether the reference at ``at`` is what 根据 and the like govern: the noun phrase that they open is still open there."""
    start = _clause(shape, at)
    while start > 0 and shape[start - 1] == "，" and _CONTINUES.match(shape, start):
        start = _clause(shape, start - 1)
    inside = _IN_IT.match(shape, at)
    for preposition in reversed(list(_PREPOSITION.finditer(shape, start, at))):
        words = shape[preposition.end() : at]
        if _is_open(words.removesuffix("在") if inside else words):
            return True
    return False


def _is_open(words: str) -> bool:
    """Whether ``words`` leave their noun phrase open: modifiers, or items of a list, and no verb of their own."""
    last = None
    for last in compile_masked("«R»").finditer(words):  # noqa: B007 - the last one is wanted
        pass
    if last is not None:
        rest = words[last.end() :]
        return bool(_NEXT.fullmatch(rest) or _PARTICIPLE.fullmatch(rest))
    if _SIMPLE.fullmatch(words) or _OPEN.fullmatch(words):
        return True
    return bool(_BRACKET.fullmatch(words)) and not _ACTS.search(words)


def leading(shape: str, at: int) -> str:
    """``recalls``, ``reaffirms`` or ``cites``: by the verb at the head of the clause, or of the clause that it continues."""
    chained = bool(_STYLE.match(shape))
    end = at
    while True:
        start = _clause(shape, end)
        told = None
        for told in _HEAD.finditer(shape, start, end):  # noqa: B007 - the last one is wanted
            pass
        if told is not None:
            if not chained and shape[told.end() : told.end() + 1] == "，":
                return "cites"  # 成员们重申，第1号决议的要求仍须满足: what they say, not what they recall
            return next(name for name in _TOLD if told[name])
        if _OWN_VERB.match(shape, start, end):
            return "cites"
        if start == 0 or shape[start - 1] in "；。":
            return "cites"
        if not chained and not _CONTINUES.match(shape, start):
            return "cites"
        end = start - 1


def _clause(shape: str, at: int) -> int:
    """Where the clause before ``at`` begins."""
    find = shape.rfind
    return max(find("，", 0, at), find("；", 0, at), find("：", 0, at), find("。", 0, at)) + 1
