"""Statements to the press: 向新闻界发表谈话, 新闻声明 (statement); 新闻要点 (elements).

Refused: counts (发表了5次谈话), statements of others (秘书长…发表的声明, 联合声明), presidential statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import heading
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import Evidence, PressStatement
from kg.pipeline.mask import compile_masked

__all__ = ["press_statements"]

_TO_PRESS = compile_masked(
    r"(?:向|对)(?:新闻界|媒体|记者)(?:发表|发布|作出|宣读|介绍)(?:了)?(?P<count>[一]?[份项次个篇]|[^，。；]{0,4}?)?(?:新闻)?(?P<what>谈话要点|要点|谈话|声明|讲话)"
)
_PRESS = compile_masked(
    r"(?:发表|发布|通过|商定|宣读|介绍)(?:了)?(?:商定的)?(?:一?[份项次个篇])?(?:关于[^，。；]{2,40}的)?(?P<what>新闻要点|新闻谈话要点|新闻谈话|新闻声明|对新闻界的谈话)"
)
_IN = compile_masked(r"在(?P<d>«D»)(?:发表|发布)?的(?P<what>新闻声明|新闻谈话|新闻稿|新闻要点)中")
_COUNTED = re.compile(r"(?:\d+|两|三|四|五|六|七|八|九|十)[份项次个篇]")
_COUNCIL = compile_masked("«C»|理事会成员|主席(?:随后|还|也|代表|又)*(?:宣读|介绍|发表)")


def press_statements(reading: Reading) -> Iterator[PressStatement]:
    """One fact a date, topic and form."""
    told: dict[tuple[str | None, str | None, str], tuple[str, list[Evidence]]] = {}
    for sentence in reading.view.sentences:
        for rule, pattern in (("press.in", _IN), ("press.to", _TO_PRESS), ("press.elements", _PRESS)):
            for match in pattern.finditer(sentence.masked):
                if _COUNTED.search(match.group()) or not _is_councils(sentence, match) or _denied(sentence, match):
                    continue
                form = "elements" if "要点" in match["what"] else "statement"
                date = _date(reading, sentence, match)
                if date is None:
                    continue
                told.setdefault((date, heading(sentence), form), (rule, []))[1].append(sentence.evidence)
    for (date, topic, form), (rule, evidence) in told.items():
        yield reading.with_evidence(
            PressStatement(date=date, topic=topic, form=form, confidence=0.95, rule=rule), evidence
        )


def _is_councils(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the Council or its President speaks: named before the verb in the clause, or nobody else is."""
    clause = re.split(r"[。；]", sentence.unposted[: match.start()])[-1]
    near = clause.rsplit("，", 1)[-1]
    other = re.search(compile_masked("(?:«O»|«M»|«S»|委员会|秘书长)[^，。；]{0,8}$"), near)
    if other and not _COUNCIL.search(near):
        return False
    return bool(_COUNCIL.search(sentence.unposted))


def _denied(sentence: Sentence, match: re.Match[str]) -> bool:
    clause = re.split(r"[，。；]", sentence.text[: match.start()])[-1]
    return bool(re.search(r"没有|未|不|是否|建议|提议|讨论|希望|呼吁|可能|考虑|打算|拟", clause))


def _date(reading: Reading, sentence: Sentence, match: re.Match[str]) -> str | None:
    if match.groupdict().get("d"):
        date = sentence.date_at(match.start("d"))
        return reading.context.iso(date) if date else None
    before = [d for d in sentence.dates if d.end <= match.start() and d.day is not None]
    near = [
        d
        for d in before
        if re.match(r"，|(?:向|在|上午|下午)", sentence.text[d.end :])
        or sentence.text[max(0, d.start - 1) : d.start] in {"于", "在"}
    ]
    if near:
        return reading.context.iso(near[-1])
    # 磋商结束后发表了新闻要点: on the day of the meeting
    sitting = reading.meetings.of(sentence)
    return sitting.date if sitting is not None and sitting.date and len(sitting.date) == 10 else None
