"""Decisions on mandates: what was extended, by which instrument, until when or for how long.

Read: 将…的任务期限延长至…, 决定延长…6个月，至…, 同意将…再延长三年 after an adoption, 决定, 授权 or 同意. Refused: terms of governments and
parliaments (过渡政府任期), looking back (经…延长的, 跟进…延长…的情况, 延长任务期限后), intentions and wishes (打算审查是否延长,
支持延长, 建议延长, 呼吁延长), and deadlines for reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.dates import DURATION, parse_duration
from kg.extract.adoptions import adopted_in, adoptions, own_adoption
from kg.extract.context import heading
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.gazetteer.holders import KIND_WORDS, load_holders
from kg.model import Adoption, DocumentKind, MandateDecision, MentionType, Modality
from kg.pipeline.mask import compile_masked
from kg.pipeline.scan import scan

__all__ = ["mandates"]

_LENGTH = re.sub(r"\?P<\w+>", "", DURATION)
_EXTEND = r"(?:延长|延展|延续|续延|展延|延期|展期|延至|续期)"
_TERM = r"(?:任务期限|任务授权期限|授权期限|任务授权|任务时限|任期|任务期|任务|期限|时限|有效期)"
_UNTIL = rf"(?P<for>再)?(?:(?:延长|延展|延续|续延|展延|延期|展期|续期)(?:至|到|为期)?|延至)(?P<again>再)?(?P<when>(?:{_LENGTH}|«D»)?(?:(?:，|，?即)?(?:直)?(?:至|到)(?:«D»))?)"
_BA = compile_masked(
    rf"(?:将|把)(?P<holder>[^。；]{{2,90}}?)(?:的)?(?P<term>{_TERM})?(?:再次|继续|进一步|再|予以|(?P<technical>技术性(?:地)?)|，)*{_UNTIL}"
)
_FOR = rf"(?:再)?(?:，)?(?:(?:为期|期限为|期限)?(?:再)?{_LENGTH})?(?:，)?(?:(?:即|直|一直)*(?:至|到)«D»)?"
_VERB_FIRST = compile_masked(
    rf"(?:(?:决定|同意|授权|核准|批准)(?:再次|再|继续|进一步|将)?|(?:以|在|通过)?«R»(?:中|里)?(?:还|又|也|已|已经|再次|一致)*(?:决定)?(?:再次|进一步)?){_EXTEND}(?:了)?(?P<holder>[^，。；]{{2,70}}?)(?:的)?(?P<term>{_TERM})?(?P<when>{_FOR})(?=[，。；]|$)"
)
_PASSIVE = compile_masked(
    rf"(?:根据|依照|按照)[^，。；]{{0,60}}?«R»，(?P<holder>[^，。；]{{2,60}}?)(?:的)?(?P<term>{_TERM})?(?:获(?:得)?)?(?:再)?(?:延长|延期|展期|延至|续延)(?P<when>(?:至|到)?«D»|(?:再)?{_LENGTH}(?:，(?:直)?至«D»)?)"
)
_TERM_FIRST = compile_masked(
    rf"(?:^|[，；])(?P<holder>[^，。；]{{2,60}}?)(?:的)?(?P<term>{_TERM})(?:由此|因此|也|随之|获得?|再次?|予以|，)*(?:延长|延续|续延|展延|展期|延至)(?P<when>(?:至|到)?«D»|(?:了)?(?:再)?{_LENGTH}(?:，(?:即|直)?至«D»)?)"
)
_DECIDES = re.compile(r"决定|同意|授权|通过(?:了)?[^。]{0,30}$|核准|批准")
_GOVERNMENT = re.compile(
    r"政府|议会|总统|过渡当局|过渡期|过渡机构|国会|协议|停火|紧急状态|宪法|选举|登记|休战|提交|审查|报告|提名"
)
_NOT_DONE = re.compile(
    r"(?:打算|拟|考虑|没有|没能|无意|拒绝|请|是否|可能|建议|提议|请求|要求|呼吁|促请|敦促|支持|期待|希望|赞成|欢迎|表示愿意|准备|意图|应|如果|讨论|审议|审查|跟进|不|未|反对|同意(?:秘书长)?(?:关于|的)|经(?!安理会(?:一致)?决定)|由于|鉴于|回顾|重申)[^，。；]{0,30}$"
)
_COUNCIL_DECIDES = compile_masked(
    r"(?:^(?:理事会|成员|它|该决议|决议|其中|并|还|又|也|同时|一致|在决议中|该决议中|中|«C»)*|«C»(?:成员)?(?:在|于)?(?:«R»|该决议|决议)?(?:中)?)(?:决定|同意)(?:将|把)?$"
)
_LETTER = re.compile(
    r"(?:以|通过|经)?[^，。；]{0,12}(?:换文|信|函)(?:的)?(?:方式|形式)?(?:中)?(?:同意|决定|核准|商定|表示同意)"
)


def mandates(reading: Reading) -> Iterator[MandateDecision]:
    """One fact an instrument and holder."""
    told: set[tuple[str | None, ...]] = set()
    others = [a for a in reading.once(adoptions) if a.rule == "adoption.that"]
    for row in reading.view.by_paragraph.values():
        last: Adoption | None = None
        for sentence in row:
            adopted = list(adopted_in(reading, sentence)) or [a for a in others if sentence.evidence in a.evidence[1:]]
            for match, rule in _matches(sentence):
                fact = _decision(reading, sentence, match, rule, _instrument(sentence, match, adopted, last))
                if fact is None:
                    continue
                key = (fact.instrument, fact.holder or fact.holder_label, fact.until, fact.duration)
                if key not in told:
                    told.add(key)
                    yield fact
            last = adopted[-1] if adopted else last


def _matches(sentence: Sentence) -> Iterator[tuple[re.Match[str], str]]:
    ends: list[tuple[int, int]] = []
    for pattern, rule in (
        (_BA, "mandate.extend"),
        (_PASSIVE, "mandate.extended"),
        (_TERM_FIRST, "mandate.term-first"),
        (_VERB_FIRST, "mandate.extend-verb-first"),
    ):
        for match in pattern.finditer(sentence.masked):
            if any(s < match.end() and match.start() < e for s, e in ends):
                continue
            ends.append(match.span())
            yield match, rule


def _instrument(
    sentence: Sentence, match: re.Match[str], adopted: list[Adoption], last: Adoption | None
) -> Adoption | Subject | str | None:
    """The adoption that decides: of this sentence, or before it in the paragraph where 它, 该决议 or 安理会还决定 goes on; ``letter``."""
    before = sentence.text[: match.start()]
    if _LETTER.search(before):
        return "letter"
    subject = _subject(sentence, match)
    if adopted and (subject is None or subject == adopted[-1].instrument):
        return adopted[-1]
    if subject is not None:
        return Subject(subject)
    if last is not None and re.match(
        r"(?:它|该决议|决议|安理会|安全理事会|理事会)(?:还|又|也|同时|在该决议中)?", before or sentence.text
    ):
        return last
    return None


_PARAGRAPH = re.compile(r"\s*(\d{1,3})\s*[.．、](?!\d)")


def _paragraph(sentence: Sentence) -> str | None:
    """The printed number of the operative paragraph."""
    numbered = _PARAGRAPH.match(sentence.document.text, sentence.paragraph.start, sentence.paragraph.end)
    return numbered[1] if numbered else None


@dataclass(frozen=True, slots=True)
class Subject:
    """A resolution that the clause itself makes the one that decides (第2542(2020)号决议已将…, …号决议，其中决定…)."""

    instrument: str


_SUBJECT = compile_masked(
    r"\(?(?P<r>«R»)(?:，一致通过)?\)?(?:已|已经|又|还|也|再次|进一步|，|中|安理会|其中|在其中|«C»|在|该决议|执行部分|第\d+段)*(?:决定|同意|授权)?(?:，)?$"
)


def _subject(sentence: Sentence, match: re.Match[str]) -> str | None:
    """The resolution named right before the verb, or at its front."""
    inner = compile_masked(r"^(?:(?:根据|依照|按照)[^，。；]{0,60}?|以|在|通过)?(?P<r>«R»)").match(
        sentence.masked[match.start() : match.end()]
    )
    if inner:
        mention = sentence.at(match.start() + inner.start("r"), MentionType.RESOLUTION)
        return mention.id if mention else None
    found = _SUBJECT.search(sentence.masked[: match.start()])
    if not found or re.search(r"(?:根据|依照|按照|遵照|经|回顾|执行)$", sentence.text[: found.start("r")]):
        return None
    mention = sentence.at(found.start("r"), MentionType.RESOLUTION)
    return mention.id if mention else None


def _decision(
    reading: Reading, sentence: Sentence, match: re.Match[str], rule: str, instrument: Adoption | Subject | str | None
) -> MandateDecision | None:
    own = reading.view.document
    resolving = own.kind == DocumentKind.RESOLUTION
    if instrument is None and not resolving:
        return None
    if "分别" in match.group():
        return None  # two holders with an end each: which has which is not read
    if not match["when"] or not _decides(sentence, match, instrument):
        return None
    label_start, label_end = _label(sentence, match)
    label = sentence.text[label_start:label_end]
    if not label or (_GOVERNMENT.search(label) and not sentence.inside(label_start, label_end, MentionType.MISSION)):
        return None
    date = _decided_on(reading, sentence, match, instrument)
    symbol = own.symbol if instrument is None else getattr(instrument, "instrument", None)
    until, duration = _when(reading, sentence, match, date)
    if until is None and duration is None:
        return None
    basis = tuple(
        dict.fromkeys(
            m.id for m in sentence.inside(match.start("holder"), match.end("holder"), MentionType.RESOLUTION) if m.id
        )
    )
    fact = MandateDecision(
        instrument=symbol,
        paragraph=_paragraph(sentence) if resolving and instrument is None else None,
        action="rollover" if match.groupdict().get("technical") else "extend",
        holder=_holder(reading, sentence, label_start, label_end, symbol, basis, date),
        holder_label=sentence.printed(label_start, label_end),
        until=until,
        duration=duration,
        basis=basis,
        date=date,
        modality=Modality.ASSERTED if resolving else Modality.REPORTED,
        confidence=0.96,
        rule=rule + (".letter" if instrument == "letter" else ""),
    )
    evidence = [sentence.evidence]
    if isinstance(instrument, Adoption):
        evidence.extend(instrument.evidence[:1])
    return reading.with_evidence(fact, evidence)


def _decides(sentence: Sentence, match: re.Match[str], instrument: Adoption | Subject | str | None) -> bool:
    clause = re.split(r"[。；]", sentence.text[: match.start()])[-1]
    near = clause.rsplit("，", 1)[-1]
    if _NOT_DONE.search(near) and not _COUNCIL_DECIDES.search(sentence.masked[: match.start()].rsplit("，", 1)[-1]):
        return False
    if re.match(r"[^，。；]{0,8}(?:把|将|考虑|打算)", sentence.text[match.start("holder") : match.end("holder")]):
        return False  # 将考虑把…: the first 将 is the future's
    after = sentence.text[match.end() : match.end() + 4]
    if re.match(r"的(?!任务)|后|之后|时", after):
        return False
    return isinstance(instrument, (Adoption, Subject)) or bool(
        _DECIDES.search(clause + sentence.text[match.start() : match.start() + 4])
    )


def _label(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    """The holder as printed, without 的 and the term (任务期限) behind it."""
    start, end = match.span("holder")
    decides = re.match(r"(?:又|还|也|并|同时|再次)?(?:决定|同意)(?:将|把)?", sentence.text[start:end])
    start += decides.end() if decides else 0
    text = sentence.text[start:end]
    trimmed = re.sub(
        r"(?:规定)?的?(?:任务期限|任务授权期限|授权期限|任务授权|任务时限|任务期|任期|期限|时限|有效期|任务)?$",
        "",
        text,
    )
    if trimmed:
        end = start + len(trimmed)
    return start, end


def _when(
    reading: Reading, sentence: Sentence, match: re.Match[str], date: str | None
) -> tuple[str | None, str | None]:
    start, end = match.span("when")
    until = None
    for found in sentence.dates:
        if start <= found.start and found.end <= end:
            until = reading.context.iso_after(found, date)
    length = re.search(DURATION, _without_dates(sentence, start, end))
    duration = parse_duration(length.group()) if length else None
    return until, duration


def _without_dates(sentence: Sentence, start: int, end: int) -> str:
    chars = list(sentence.text)
    for found in sentence.dates:
        chars[found.start : found.end] = "#" * (found.end - found.start)
    return "".join(chars[start:end])


def _decided_on(
    reading: Reading, sentence: Sentence, match: re.Match[str], instrument: Adoption | Subject | str | None
) -> str | None:
    if isinstance(instrument, Adoption):
        return instrument.date
    if instrument is None:
        own = own_adoption(reading)
        return own.date if own is not None else None
    return _day(reading, sentence, match)


def _day(reading: Reading, sentence: Sentence, match: re.Match[str]) -> str | None:
    days = [d for d in sentence.dates if d.end <= match.start() and d.day is not None]
    return reading.context.iso(days[-1]) if days else None


def _holder(
    reading: Reading,
    sentence: Sentence,
    start: int,
    end: int,
    symbol: str | None,
    basis: tuple[str, ...],
    date: str | None,
) -> str | None:
    """Id of the holder: a mission named there, a known label, else its kind of thing with the basis, the country of the label or
    of the heading, or the deciding resolution. One candidate or none."""
    missions = [m.id for m in sentence.inside(start, end, MentionType.MISSION) if m.id]
    if len(set(missions)) == 1:
        return missions[0]
    holders = load_holders()
    label = sentence.text[start:end]
    if _THAT_BODY.fullmatch(label):
        return _last_mission(reading, sentence, start)
    if re.search(r"越境|跨境|跨界|过境点", label) and "人道主义" in label:
        found = holders.by_context("authorization", "cross-border")
        if len(found) == 1:
            return found[0].id
    known = holders.by_label(label)
    if known is not None:
        return known.id
    word = _kind_word(label)
    if word is None:
        return None
    year = int(date[:4]) if date else None
    numbers = [int(n) for b in basis for n in re.findall(r"S/RES/(\d+)", b)]
    keys = [m.id for m in sentence.inside(start, end, MentionType.STATE)]
    keys += [_heading_state(sentence)]
    for key in [k for k in keys if k]:
        found_one = holders.resolve(word, numbers=numbers, key=key, year=year)
        if found_one is not None:
            return found_one.id
    own = [int(n) for n in re.findall(r"S/RES/(\d+)", symbol or "")]
    found_one = holders.resolve(word, numbers=numbers or own, year=year)
    return found_one.id if found_one is not None else None


_THAT_BODY = re.compile(r"(?:其|该(?:特派)?团|该部队|该特派团|该支助团|该援助团|特派团|该办事处|上述特派团|该行动|它)")


def _last_mission(reading: Reading, sentence: Sentence, at: int) -> str | None:
    """The mission last named before, in the paragraph: what 该团 means."""
    for before in reversed(reading.view.by_paragraph[sentence.index]):
        if before.order > sentence.order:
            continue
        limit = at if before is sentence else len(before.text)
        named = [m.id for m in before.inside(0, limit, MentionType.MISSION)]
        if named:
            return named[-1]
    return None


def _kind_word(label: str) -> str | None:
    found = [(label.rfind(w) + len(w), len(w), w) for w in KIND_WORDS if w in label]
    return max(found)[2] if found else None


def _heading_state(sentence: Sentence) -> str | None:
    title = heading(sentence)
    states = {m.id for m in scan(title) if m.type == MentionType.STATE} if title else set()
    return states.pop() if len(states) == 1 else None
