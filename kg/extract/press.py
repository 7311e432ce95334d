"""Statements to the press: 向新闻界发表谈话, 新闻声明 (statement); 新闻要点 (elements).

Refused: counts (发表了5次谈话), statements of others (秘书长…发表的声明, 联合声明), presidential statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import heading
from kg.extract.gate import Frames, Gated
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import DocumentKind, Evidence, Modality, PressStatement
from kg.pipeline.mask import compile_masked

__all__ = ["press_statements"]

_TO_PRESS = Gated(
    r"(?:向|对)(?:新闻界|媒体|记者)(?:发表|发布|作出|宣读|介绍)(?:了)?(?P<count>[一]?[份项次个篇]|[^，。；]{0,4}?)?(?:新闻)?(?P<what>谈话要点|要点|谈话|声明|讲话)"
)
_PRESS = Gated(
    r"(?:发表|发布|通过|商定|宣读|介绍)(?:了)?(?:商定的)?(?:一?[份项次个篇])?(?:关于[^，。；]{2,40}的)?(?P<what>新闻要点|新闻谈话要点|新闻谈话|新闻声明|媒体声明|媒体谈话|对新闻界的谈话)"
)
_IN_ONE = Gated(r"在(?:其|随后|当天|«D»)?(?:发表|发布)?的?(?:一份|一项|一篇)(?:新闻|媒体)(?P<what>声明|谈话|要点)中")
"""``安理会成员今天在一份新闻谈话中…谴责…``"""
_IN = Gated(r"在(?P<d>«D»)(?:发表|发布)?的(?P<what>新闻声明|新闻谈话|新闻稿|新闻要点)中")
_RECALLED = Gated(
    r"(?:提及|回顾|忆及|铭记|重申)[^。；]{0,60}?(?P<d>«D»)(?:(?:向|对)(?:新闻界|媒体))?(?:发表|发布)?的?(?:(?:关于|就)(?P<topic>[^，。；]{2,50}?)(?:发表|发布)?的)?"
    r"(?:新闻)(?P<what>谈话要点|要点|谈话|声明)"
)
"""``提及其2016年2月12日关于基达尔营地遇袭的新闻谈话``."""
_WHAT = r"(?P<what>新闻声明|新闻谈话要点|新闻谈话|新闻要点|(?<=的)(?:声明|谈话要点|谈话|要点))"
_OWN = re.compile(
    rf"(?:安全理事会|安理会)(?:(?:轮值)?主席|成员)?(?:(?:关于|就|对)(?!新闻界|媒体|记者)(?P<topic>[^。]{{2,60}}?)(?:一事)?)?(?:向|对)?(?:新闻界|媒体)?(?:所)?(?:发表|发布)?的?{_WHAT}"
    rf"(?:[:：](?P<topic2>[^。：:]{{2,60}})|\((?:关于|就)?(?P<topic4>[^。()]{{2,60}})\))?$|^(?:关于|就)(?P<topic3>[^。]{{2,60}}?)的(?:安全理事会|安理会)?(?:主席|成员)?{_WHAT.replace('what', 'what2')}$"
)
_OPENS = re.compile(r"(?:以下|下面|下列)(?:是|为)|(?:发表|发布|宣读)[^。]{0,24}(?:声明|谈话|要点)(?:如下)?[:：]$")
_TITLES = 12
"""Sentences of a release among which its title and first words stand."""
_COUNTED = re.compile(r"(?:\d+|两|三|四|五|六|七|八|九|十)[份项次个篇]")
_OF_OTHERS = compile_masked(r"(?:«O»|«M»|«S»|委员会|秘书长|大会)[^，。；«:C»]{0,12}«D»")
_COUNCIL = compile_masked("«C»|理事会成员|主席(?:随后|还|也|代表|又)*(?:宣读|介绍|发表)")


_FRAMES = Frames((_IN, "press.in"), (_IN_ONE, "press.in"), (_TO_PRESS, "press.to"), (_PRESS, "press.elements"))
"""Pattern and rule, in the order in which they are tried."""


def press_statements(reading: Reading) -> Iterator[PressStatement]:
    """One fact a date, topic and form."""
    told: dict[tuple[str | None, str | None, str], tuple[str, list[Evidence]]] = {}
    own = _own(reading)
    if own is not None:
        yield own
    for sentence in _FRAMES.among(reading.view):
        for match, rule in _FRAMES.finditer(sentence):
            if _COUNTED.search(match.group()) or not _is_councils(sentence, match) or _denied(sentence, match):
                continue
            form = "elements" if "要点" in (match["what"] or match["what2"]) else "statement"
            date = _date(reading, sentence, match)
            if date is None or (own is not None and (own.date, own.form) == (date, form)):
                continue
            told.setdefault((date, _topic(sentence, match), form), (rule, []))[1].append(sentence.evidence)
    for (date, topic, form), (rule, evidence) in told.items():
        yield reading.with_evidence(
            PressStatement(date=date, topic=topic, form=form, confidence=0.95, rule=rule), evidence
        )
    yield from _recalled(reading)


def _recalled(reading: Reading) -> Iterator[PressStatement]:
    """Statements of another day that the Council looks back to: one fact a date, topic and form."""
    told: dict[PressStatement, list[Evidence]] = {}
    for sentence in _RECALLED.among(reading.view):
        for match in _RECALLED.finditer(sentence):
            clause = re.split(r"[。；]", sentence.unposted[: match.end()])[-1]
            if not _COUNCIL.search(clause) or _OF_OTHERS.search(clause):
                continue
            fact = PressStatement(
                date=_date(reading, sentence, match),
                topic=sentence.printed(*match.span("topic")) if match["topic"] else None,
                form="elements" if "要点" in match["what"] else "statement",
                modality=Modality.RECALLED,
                confidence=0.95,
                rule="press.recalled",
            )
            if fact.date is not None:
                told.setdefault(fact, []).append(sentence.evidence)
    for fact, evidence in told.items():
        yield reading.with_evidence(fact, evidence)


def _own(reading: Reading) -> PressStatement | None:
    """The statement that the document itself is: its title says on what."""
    document = reading.view.document
    if document.kind is not DocumentKind.PRESS_STATEMENT:
        return None
    for title in reading.view.sentences[:_TITLES]:
        match = _OWN.search(title.text)
        if match is None or title.text.endswith(("。", "：", ":")):
            continue
        group = next((g for g in ("topic", "topic2", "topic3", "topic4") if match[g]), None)
        opening = next((s for s in reading.view.sentences[:_TITLES] if s is not title and _OPENS.search(s.text)), None)
        days = [iso for d in opening.dates if d.day is not None and (iso := reading.context.iso(d))] if opening else []
        dated = [s for s in reading.view.sentences[:_TITLES] if len(s.text) <= 20 and any(d.day for d in s.dates)]
        fact = PressStatement(
            date=document.date or (days[0] if days else None),
            topic=title.printed(*match.span(group)) if group else None,
            form="elements" if "要点" in (match["what"] or match["what2"]) else "statement",
            confidence=0.96,
            rule="press.release",
        )
        return reading.with_evidence(fact, [s.evidence for s in (title, opening, *dated[:1]) if s is not None])
    return None


def _is_councils(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the Council or its President speaks: named before the verb in the clause, or nobody else is."""
    clause = re.split(r"[。；]", sentence.unposted[: match.start()])[-1]
    near = re.sub(r"(?:就|关于|对)[^，]*$", "", clause.rsplit("，", 1)[-1])  # of whom, not on what
    other = re.search(compile_masked("(?:«O»|«M»|«S»|委员会|秘书长)[^，。；]{0,8}$"), near)
    if other and not _COUNCIL.search(near):
        return False
    return bool(_COUNCIL.search(sentence.unposted))


def _denied(sentence: Sentence, match: re.Match[str]) -> bool:
    clause = re.split(r"[，。；]", sentence.text[: match.start()])[-1]
    return bool(re.search(r"没有|未|不|是否|建议|提议|讨论|希望|呼吁|可能|考虑|打算|拟", clause))


_ABOUT = re.compile(
    r"(?:就|关于)(?P<topic>(?!此|该|上述|这|其|本)[^，。；]{2,40}?)(?:一事)?(?:问题)?(?=向|对|发表|发布|的?(?:新闻|谈话|声明)|通过)"
)


_CONDEMNS = re.compile(
    r"，?(?:并|其中)?(?:以最强烈(?:的)?(?:言辞|措辞))?(?:最?强烈|严厉|坚决)?地?谴责(?:了)?(?P<topic>[^，。；]{4,40})(?=[，。；]|$)"
)
_NO_TOPIC = re.compile(
    r"^(?:其他|其它)|概[况述览]|审议|^(?:安全理事会|安理会|主席)|结论|导言|引言|^(?:会议|磋商|投票|表决|活动|决议|通报)|声明|谈话|要点|^意见"
)
"""Headings that say no subject."""


def _topic(sentence: Sentence, match: re.Match[str]) -> str | None:
    """The heading above, else what the clause says that it is about (就…发表新闻声明, 关于…的新闻谈话), else what it condemns."""
    above = heading(sentence)
    if above is not None and not _NO_TOPIC.search(above):
        return re.sub(r"^(?:关于|就)", "", above)
    start = max(sentence.text.rfind(sign, 0, match.start()) for sign in "，。；") + 1
    about = _ABOUT.search(sentence.text, start, match.end())
    if about:
        return sentence.printed(*about.span("topic"))
    condemns = _CONDEMNS.match(sentence.text, match.end())
    return sentence.printed(*condemns.span("topic")) if condemns else None


def _date(reading: Reading, sentence: Sentence, match: re.Match[str]) -> str | None:
    if match.groupdict().get("d"):
        date = sentence.date_at(match.start("d"))
        return reading.context.iso(date) if date else None
    before = [d for d in sentence.dates if d.end <= match.start() and d.day is not None]
    near = [
        d
        for d in before
        if re.match(
            r"，|向|在|上午|下午|还|又|也|曾|已|就|对|发表|发布|[^，。；]{1,16}(?:之?后|结束时|期间|当天|会上|上)，",
            sentence.text[d.end :],
        )
        or sentence.text[max(0, d.start - 1) : d.start] in {"于", "在"}
    ]
    if near:
        return reading.context.iso(near[-1])
    # 磋商结束后发表了新闻要点: on the day of the meeting
    sitting = reading.meetings.of(sentence)
    return sitting.date if sitting is not None and sitting.date and len(sitting.date) == 10 else None
