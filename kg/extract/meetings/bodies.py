"""Whose meeting it is: the Council's, or one of a state, another body or the parties to a conflict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import DocumentKind, MentionType
from kg.pipeline.mask import compile_masked
from kg.text import normalize

if TYPE_CHECKING:
    from kg.extract.meetings.sittings import Sitting
    from kg.extract.view import Sentence, View
    from kg.model import Document

__all__ = ["DEFINITE", "can_be_councils", "is_council", "is_of_its_work", "last_body", "leads"]

_COUNCIL_KINDS = frozenset(
    {
        DocumentKind.AGENDA,
        DocumentKind.LETTER,
        DocumentKind.NEWS,
        DocumentKind.PRESIDENTIAL_STATEMENT,
        DocumentKind.PRESS_STATEMENT,
        DocumentKind.PROGRAMME,
        DocumentKind.RECORD,
        DocumentKind.RESOLUTION,
    }
)
"""Kinds that speak of the Council without naming it; the frames of news ask for themselves."""

DEFINITE = re.compile(r"(?:这次|此次|本次|该次?|上述|这一)$")
_OTHERS = compile_masked(r"(?:«S»|«O»|«M»|委员会|工作组|缔约国|大会|各方|专家|区域|政府间|国际)[^，。；]{0,14}$")


_TOP = 300
_ITS_WORK = re.compile(
    r"(?:安全理事会|安理会)[^。\n]{0,30}?(?:工作|活动|会议|议程|每?月|月度)[^。\n，]{0,8}?(?:预测|预报|预告|预览|展望|前瞻|方案|计划|安排|日程|一览|概览|回顾|总结|评价|评估)"
)


def is_of_its_work(document: Document) -> bool:
    """Whether the top of a document says that it is on the Council's work of a month or year: a forecast, a review."""
    return _ITS_WORK.search(normalize(document.text[:_TOP])[0]) is not None


def can_be_councils(view: View, sentence: Sentence, sitting: Sitting) -> bool:
    """Whether a sitting told as the Council's can be so in this document: a text of no kind of the Council's names it in the sentence,
    or as the last body before it. ``阿里亚办法`` and a number of the Council's since 1990 name it as well."""
    if sitting.body != "UN-SC" or sitting.format == "arria-formula" or int(sitting.number or 0) >= _FIRST_OF_1990:
        return True
    if compile_masked("«C»").search(sentence.unposted) is not None:
        return True
    if _ORDINAL.match(sentence.text) is not None:
        return False
    if is_of_its_work(view.document):
        return True
    if view.document.kind in _COUNCIL_KINDS or (view.document.symbol or "").startswith("S/"):
        return True
    for before in reversed(view.sentences[: sentence.order]):
        words = [m.group() for m in _BODIES.finditer(before.unposted)]
        if words:
            return compile_masked("«C»").fullmatch(words[-1]) is not None
    return False


def last_body(view: View, sentence: Sentence, at: int) -> str | None:
    """Id of the body last named before a place in a sentence; the United Nations, for which many sit, is none."""
    for before in reversed(view.sentences[: sentence.order + 1]):
        limit = at if before is sentence else len(before.text)
        bodies = [m for m in before.mentions if m.type is MentionType.ORGANIZATION and m.end <= limit and m.id != "UN"]
        if bodies:
            return bodies[-1].id
    return None


def leads(sentence: Sentence) -> bool:
    """Whether a sentence stands in the letter itself or in a title: what it tells is what the document is about."""
    sections = sentence.document.sections
    home = sections[sentence.paragraph.section] if sections else None
    in_letter = sentence.document.kind == DocumentKind.LETTER and home is not None and home.kind == "body"
    return in_letter or sentence.paragraph.role in {"title", "heading"}


def _said(sentence: Sentence, match: re.Match[str]) -> str:
    """The words between verb and format, unmasked."""
    if match.groupdict().get("mod") is None:
        return ""
    return sentence.text[match.start("mod") : match.end("mod")]


_WHO = r"各方|双方|各派|总统|反对派|政府|当局|派别|团体|武装|代表团|联盟|国家|成员国|委员会|工作组|大会|缔约国"
_LINKS = r"(?:各方|成员|的|还|也|又|已|曾|将|与|和|«S»|«O»|«M»|«D»|政府|反对派|于|在|在[^，。；]{1,8})*$"
_PARTIES = re.compile("(?:冲突)?(?:各方|双方|各派|各政党)")
_OTHERS_MEET = compile_masked(rf"(?:«S»|«O»|«M»|{_WHO}){_LINKS}")
_SOMEBODY_MEETS = compile_masked(rf"(?:«TP»){_LINKS}")
_ADVERB = r"(?:还|也|又|已|曾|将|拟|均|都|共|再次|随后|分别|于|在|«D»|[上下]午)*"
_OTHER_SUBJECT = compile_masked(
    rf"^{_ADVERB}(?!就|关于|在|根据|按照|依照|应|为|以|围绕|由|经|如|自|从|对|随|接|并|此|该|这|上|下|原|其|再|首次|最后|通过|继|同|与|我|本|今|当|每|会|主席|成员|理事国|各成员|代表团|安)"
    rf"[\u4e00-\u9fff、]{{1,14}}(?:党|派|者|员|们|人|方|长|会|团|组|部|处|署|厅|局|社|院|国|军|队|盟|界|层|使){_ADVERB}$"
)
"""``5月5日，各政党举行了磋商``: a subject that is not the Council, told by how its name ends."""
_ELSEWHERE = re.compile(
    r"[在于](?!与|同|安全理事会|安理会|纽约|联合国|会议厅|托管|经社|第|总部|其|此|该|会议|下午|上午|主席|当天|磋商|题为|议程|随后|之后|其后|此后|接着|同日|同一天|次日|翌日|当日|当月|今天|非洲(?!之角)|星期|本|年|月|近|昨|明|晚|中午|早|何时)[\u4e00-\u9fff·]{2,6}(?:市)?(?:举行|召开|举办)"
)
_OF_ANOTHER = compile_masked(r"«OM»|委员会|工作组|大会|理事会|国际|缔约|首脑|圆桌|专家")
_FIRST_OF_1990 = 2903
_ORDINAL = re.compile(r"(?:^|^[^，。；]{0,14}[日月，])第(?:\d{1,3}|[一二三四五六七八九十]{1,3})次(?:全体|正式)?会议")
"""A number that no meeting of the Council has had since 1960."""
_BODIES = compile_masked(r"«C»(?!的?«R»|主席的信|文件)|«OM»|大会|委员会|工作组|专家组|小组|执行局|缔约|理事会|秘书处")
_WELCOMES = re.compile(r"(?:欢迎|赞扬|赞赏|期待|支持|鼓励|呼吁|敦促|促请|注意到)(?!听取)[^，。；]{0,40}$")
"""What the Council welcomes or calls for is held by others."""
_COUNCIL_SUBJECT = compile_masked(r"«C»|理事会|安理会|主席国")


def _of_others(sentence: Sentence, match: re.Match[str], rule: str, mod: str, clause: str) -> bool:
    """Whether somebody else meets: 各方举行了磋商, 人权理事会的公开辩论定于…, 非洲联盟…会议."""
    before_format = sentence.masked[: match.start("f")].rsplit("，", 1)[-1]
    body_of_others = compile_masked(r"(?:«O»|«M»|委员会|大会)的?$").search(before_format)
    if body_of_others and not compile_masked("«C»").search(mod) and not re.search("关于|就|讨论", mod):
        return True
    if _COUNCIL_SUBJECT.search(clause + (mod if rule != "meeting.in" else "")):
        return False
    if _PARTIES.match(clause):
        return True  # 各方就叙利亚问题举行的磋商
    verb = match.groupdict().get("verb") or ""
    if rule == "meeting.held" and not match.groupdict().get("rel") and _OTHER_SUBJECT.search(clause):
        return True
    if (
        rule in {"meeting.held", "meeting.then"}
        and not verb.startswith("主持")
        and not match.groupdict().get("rel")
        and _SOMEBODY_MEETS.search(clause)
    ):
        return True
    if rule in {"meeting.held", "meeting.then", "meeting.in"} and _OTHERS_MEET.search(clause):
        host = compile_masked(r"«S»[^，。；]{0,12}$").search(clause) and not compile_masked(
            "«O»|«M»|各方|双方|政府|反对派"
        ).search(clause)
        announced = (
            leads(sentence)
            or verb in {"主办", "举办", "主持召开", "主持举行", "主持", "召集", "组织"}
            or "牵头" in clause
        )
        span = next(f for f in sentence.formats if f.start == match.start("f"))
        return not (host and (announced or span.format in {"open-debate", "arria-formula"}))
    return False


def is_council(sentence: Sentence, match: re.Match[str], rule: str, mod: str) -> bool:
    """Whether the meeting that ``match`` tells is the Council's; ``mod``: what stands before its format."""
    masked = sentence.masked
    before = re.split(r"[。；]", masked[: match.start()])[-1]
    clause = re.split(r"[，。；]", masked[: match.start()])[-1]
    named = compile_masked("«C»|理事会|安理会").search(before + mod)
    if re.search(r"(?:委员会|工作组|小组)的?(?:非正式|公开|闭门|非公开)?$", _said(sentence, match)) or (
        "主持" in match.group() and match.groupdict().get("rel")
    ):
        return False
    if rule in {"meeting.adopts", "meeting.line"}:
        return True
    if rule == "meeting.entry":
        return not _OF_ANOTHER.search(mod) and (named is not None or is_of_its_work(sentence.document))
    numbered = any(
        m.type is MentionType.MEETING and m.id and match.start("f") <= m.start < match.end("f")
        for m in sentence.mentions
    )
    if not numbered and _ELSEWHERE.search(sentence.text[max(0, match.start() - 12) : match.end()]):
        return False
    if _of_others(sentence, match, rule, mod, clause):
        return False
    if rule == "meeting.named":
        return bool(compile_masked("«C»").search(mod) or compile_masked("«Q»").search(mod))
    if compile_masked(
        r"(?:«O»|«M»|大会|委员会|工作组|缔约国)(?:成员)?(?:还|也|又|已|曾|将|分别|于|在|«D»|、|和|及){0,9}$"
    ).search(clause):
        return False
    span = next(f for f in sentence.formats if f.start == match.start("f"))
    if numbered:
        return True  # 在第8052次会议上
    generic = span.format in {"meeting", "summit", "debate", "private-meeting"}
    if generic and "总结会" in sentence.text[span.start : span.end] and sentence.document.kind is DocumentKind.LETTER:
        return True
    if generic and rule == "meeting.held" and _WELCOMES.search(clause):
        return False
    if generic and re.search(
        r"(?:圆桌|专家|研讨|筹备|国际|审查|审议|缔约国|后续|技术|工作|捐助方|认捐|首脑|筹资)(?:级)?$",
        _said(sentence, match),
    ):
        return False
    if generic and re.search(r"阿里[亚安](?:办法|模式|方式|方案)", sentence.text[: match.start("f")]):
        return True
    if generic and re.search(r"部队(?:和警察)?派遣国|出兵国", _said(sentence, match)):
        return True
    if generic and leads(sentence) and match.groupdict().get("verb") and not _OTHERS.search(mod):
        return True  # the presidency announces its own meeting in the letter itself
    if generic:
        held_by = compile_masked(r"(?:«C»|理事会)(?:成员)?[^。；]{0,60}$")
        return bool(
            held_by.search(before)
            or compile_masked("«C»").search(mod)
            or DEFINITE.search(masked[: match.start("f")])
            or masked[: match.start("f")].strip() == ""
        )
    others = _OTHERS.search(mod) and not compile_masked("«C»").search(mod) and not named
    return not (others and not re.search("关于|就|讨论", mod))
