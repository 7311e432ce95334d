"""What a briefing was about and to whom, as its sentence words it."""

from __future__ import annotations

import re

from kg.extract.view import Sentence

__all__ = ["about", "audience_of", "object_at", "object_of", "topic_of"]


def topic_of(sentence: Sentence, start: int, end: int) -> str | None:
    """What 关于…的通报 or 就…所作的通报 says."""
    rest = sentence.text[start:end]
    match = re.search(r"(?:(?:[两三四]人|等人)?(?:关于|有关|就)|介绍)(?P<topic>.{2,})$", rest)
    if not match or (match.start() > 0 and rest[match.start() - 1] not in "，、 人"):
        return None
    return sentence.printed(start + match.start("topic"), start + match.end("topic"))


def about(sentence: Sentence, start: int, end: int) -> str | None:
    """``…就第1701(2006)号决议的执行情况作了通报``."""
    match = re.search(
        r"(?:就|关于)(?P<topic>[^，。；]{2,60}?)(?<!会议上)(?<!会上)(?<!磋商中)(?<!会议中)(?<!期间)(?:向|作|做|进行)?$",
        sentence.text[start:end],
    )
    return sentence.printed(start + match.start("topic"), start + match.end("topic")) if match else None


def object_of(sentence: Sentence, match: re.Match[str]) -> str | None:
    """What 通报了… has for its object, to the end of the clause."""
    start, end = match.span("what")
    if re.match(
        r"侧重|主要|涉及|涵盖|重点|指出|说|表示|强调|着重|介绍|回顾|列举|警告|呼吁|重申|告诉|安理会|安全理事会|理事会",
        sentence.text[start:end],
    ):
        return None
    text = re.sub(r"[。；，]+$|(?:时|后)(?:说|表示|指出|称|强调|呼吁|警告)?$", "", sentence.text[start:end])
    if not text or text in {"情况", "有关情况", "相关情况"} or text.startswith(("，", "；", "后", "时", "(")):
        return None
    text = re.sub(r"的(?:情况)?(?:通报|介绍|简报|汇报|口头报告)$", "", text)
    about = re.match(r"(?:了)?(?:关于|有关|就)?", text)
    skip = about.end() if about else 0
    if len(text) - skip < 4:
        return None
    return sentence.printed(start + skip, start + len(text))


def object_at(sentence: Sentence, at: int) -> str | None:
    """What stands behind 通报 in ``听取…通报筹备情况``, to the end of the clause."""
    match = re.compile(r"(?:关于|就)?(?P<what>[^，。；]{4,60})").match(sentence.text, at)
    return sentence.printed(*match.span("what")) if match and not match["what"].endswith("后") else None


def audience_of(sentence: Sentence, match: re.Match[str], group: str) -> str | None:
    """The audience in full: 安理会成员 is 安全理事会成员."""
    text = match.groupdict().get(group)
    if not text:
        told = re.match(r"(?:安理会|安全理事会|理事会)(?:成员)?", match.groupdict().get("what") or "")
        return None if told is None else re.sub(r"^(?:安理会|理事会|安全理事会)", "安全理事会", told.group())
    if not re.search(r"安理会|安全理事会|理事会|委员会|成员|与会者", whom := sentence.text[slice(*match.span(group))]):
        return None  # 向会议作了通报
    return re.sub(r"^(?:联合国)?(?:安理会|理事会|安全理事会)", "安全理事会", whom)
