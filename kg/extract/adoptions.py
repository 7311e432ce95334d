"""Resolutions and presidential statements adopted, with their votes.

Refused: 不通过成果文件, 呼吁安理会通过, 将通过, drafts not adopted, texts of other bodies; 通过 as "by means of".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.reading import Reading
from kg.extract.sittings import Sitting
from kg.extract.view import Sentence
from kg.model import Adoption, DocumentKind, Mention, MentionType, Modality, Status
from kg.pipeline.mask import compile_masked
from kg.text import parse_numeral

__all__ = ["adopted_in", "adoptions", "own_adoption"]

_N = r"(?:\d{1,2}|[〇零一二三四五六七八九十]{1,3}|无)"
_WHO = r"(?:\([^()]{1,60}\))?"
_TALLY = rf"(?P<yes>{_N})票(?:赞成|同意|支持){_WHO}(?:[、，和]|，?以及)*(?:(?:(?P<no>{_N})票|没有|无)(?:反对票?){_WHO})?(?:[、，和]|，?以及)*(?:(?:(?P<abs>{_N})票|没有|无)(?:弃权票?){_WHO})?(?:(?:[、，和]|，?以及)*(?P<none>(?:没有|无)(?:反对|弃权)票?))?"
_TALLY_SWAPPED = (
    rf"(?P<yes2>{_N})票(?:赞成|同意|支持)(?:[、，和])*(?P<abs2>{_N})票弃权{_WHO}(?:[、，和])*(?P<no2>{_N})票反对{_WHO}"
)
_RESULT = compile_masked(rf"(?P<i>«RX»)[^。]{{0,120}}?表决结果(?:为|是)?(?:：|:)?(?:{_TALLY_SWAPPED}|{_TALLY})")
_FIRST = compile_masked(
    rf"(?P<i>«R»)(?:草案)?(?:随后|最终|获)?(?:以|获得?){_WHO}(?:{_TALLY_SWAPPED}|{_TALLY})(?:的?表决结果)?(?:，)?(?:获得?|得到|得以)?通过"
)
_FIRST_UNANIMOUS = compile_masked(
    r"(?P<i>«R»)(?:草案)?(?:随后|最终)?(?:获得?|得到|以|经)?(?:«C»)?(?:成员)?(?:一致|全票)(?:同意)?(?:获得?)?通过"
)
_AGAINST = compile_masked(
    rf"以(?P<yes>{_N})票对(?P<no>{_N})票(?:(?:、|，)(?P<abs>{_N})票弃权)?(?:，)?(?:获得?)?通过(?:了|的)?(?P<gap>[^。；«:RX»]{{0,24}}?)(?P<i>«RX»)"
)
_DECIDES = compile_masked(
    r"«C»(?P<who>)(?:成员)?(?:一致(?:决定|同意)\((?P<i>«R»)\)|(?:决定|同意)\((?P<i2>«R»)，一致通过\))"
)
_THROUGH = compile_masked(
    r"(?:于|在)(?P<d>«D»)(?:«C»)?(?:在[^，。；]{1,40}?(?:上|中))?(?P<u>一致)?通过(?:了)?(?P<i>«R»)"
)
_VOTED = compile_masked(
    rf"(?:以|获得|获)(?:{_TALLY_SWAPPED}|{_TALLY})(?:，)?(?:(?P<absent>{_N})(?:票|个?(?:理事国|成员)?)未?(?:参加表决|缺席|不参加投票))?(?:的?(?:表决)?结果)?(?:，)?(?:获得?|而|得以)?通过(?:了|的)?(?P<gap>[^。；«:RX»]{{0,24}}?)(?P<i>«RX»)"
)
_UNANIMOUS = compile_masked(
    r"(?P<who>«C»(?:成员)?)?(?:[^，。；]{0,12}?)(?:一致|全票)(?:投票|投赞成票，?)?(?:表决)?通过(?:了)?(?P<gap>[^。；«:RX»不]{0,30}?)(?P<i>«RX»)"
)
_PLAIN = compile_masked(
    r"(?P<who>«C»(?:成员)?)(?:于|在)?(?:«D»)?(?:还|也|又|已)?通过了(?P<gap>[^。；«:RX»]{0,30}?)(?P<i>«RX»)"
)
_DATED = compile_masked(
    r"(?P<d>«D»)(?:上午|下午)?，(?P<who>«C»(?:成员)?)(?:还|也|又|已|随后)?通过(?:了)?(?:一项|一份)?(?:决议\(|决议，即)?(?P<gap>[^。；«:RX»不]{0,20}?)(?P<i>«RX»)"
)
_STATEMENT = compile_masked(r"(?:通过|发表|发布)(?:了)?(?P<gap>[^。；«:RX»]{0,20}?)主席声明(?:\(|，|：|即)?(?P<i>«X»)")
_RECALLED = compile_masked(
    r"(?:«C»)?(?:于|在)?(?P<d>«D»)(?:«C»)?(?P<u>一致)?通过的(?:«C»)?(?:关于[^，。；]{2,30}的)?(?P<i>«R»)"
)
_REFUSE = re.compile(
    r"(?:不|未|未能|没有|没能|如果|本应|呼吁|促请|敦促|请|应|应当|将|可能|希望|要求|建议|预期|预计|打算|能够|可以|尽快|需要|必须|拟|等待|期待|如果|一旦|否决)[^，。；]{0,14}$"
)


def adoptions(reading: Reading) -> Iterator[Adoption]:
    """One fact an instrument, the first telling with most said."""
    told: dict[str, Adoption] = {}
    own = own_adoption(reading)
    if own is not None:
        told[own.instrument] = own
    for sentence in reading.view.sentences:
        for fact in (*reading.once(adopted_in, sentence), *_by_that(reading, sentence)):
            known = told.get(fact.instrument)
            if known is None or known.modality == Modality.RECALLED != fact.modality:
                told[fact.instrument] = fact
    yield from told.values()


_LINE = compile_masked(r"^(?:«C»(?:于)?)?(?P<d>«D»)(?:«C»)?(?P<k>«F»)?通过$")
_DECLARED = compile_masked(r"(?P<k>«F»)上[^。；]{0,160}?(?:发表|作出|宣读)(?:了)?(?:如下|下列|以下)?(?:主席)?声明")


def own_adoption(reading: Reading) -> Adoption | None:
    """The adoption of the document itself: a resolution's line, a presidential statement's first sentence."""
    document = reading.view.document
    pattern = {DocumentKind.RESOLUTION: _LINE, DocumentKind.PRESIDENTIAL_STATEMENT: _DECLARED}.get(document.kind)
    if pattern is None or document.symbol is None or not document.symbol.startswith(("S/RES/", "S/PRST/")):
        return None
    for sentence in reading.view.sentences[:12]:
        match = pattern.search(sentence.unposted)
        if not match:
            continue
        dates = [d for d in sentence.dates if d.day is not None]
        numbers = (m.id.removeprefix("S/PV.") for m in sentence.mentions if m.type is MentionType.MEETING and m.id)
        number = next(numbers, None) if match["k"] else None
        if dates:
            return reading.with_evidence(
                Adoption(
                    instrument=document.symbol,
                    date=reading.context.iso(dates[0]),
                    meeting_number=number,
                    body="UN-SC",
                    meeting=number,
                    unanimous=None,
                    confidence=0.99,
                    rule="adoption.line",
                ),
                [sentence.evidence],
            )
    return None


_THAT = re.compile(
    r"^(?:该|这项|上述|此项)?决议(?:草案)?(?:随后)?(?:获得?|以)(?:了)?(?:安理会)?(?:一致|全票)(?:同意)?通过"
)
_BY = compile_masked(r"(?P<d>«D»)[，]?«C»(?:以|在)(?P<i>«R»)(?:中)?(?:决定)?(?:将|把|延长|延续|续延)")


def _by_that(reading: Reading, sentence: Sentence) -> Iterator[Adoption]:
    """``2月23日，安理会以第2342(2017)号决议延长了…。这项决议获得一致通过。``"""
    if not _THAT.match(sentence.text):
        return
    row = [s for s in reading.view.by_paragraph[sentence.index] if s.order < sentence.order]
    for before in reversed(row):
        match = _BY.search(before.masked)
        mention = before.at(match.start("i"), MentionType.RESOLUTION) if match else None
        date = before.date_at(match.start("d")) if match else None
        if mention is not None and mention.id and mention.id.startswith("S/RES/") and date is not None:
            yield reading.with_evidence(
                Adoption(
                    instrument=mention.id,
                    date=reading.context.iso(date),
                    body="UN-SC",
                    unanimous=True,
                    confidence=0.95,
                    rule="adoption.that",
                ),
                [sentence.evidence, before.evidence],
            )
            return


def adopted_in(reading: Reading, sentence: Sentence) -> Iterator[Adoption]:
    """Adoptions that one sentence states."""
    seen: set[int] = set()
    for rule, pattern in (
        ("adoption.tally", _VOTED),
        ("adoption.tally", _FIRST),
        ("adoption.tally", _AGAINST),
        ("adoption.unanimous", _DECIDES),
        ("adoption.unanimous", _FIRST_UNANIMOUS),
        ("adoption.through", _THROUGH),
        ("adoption.result", _RESULT),
        ("adoption.unanimous", _UNANIMOUS),
        ("adoption.dated", _DATED),
        ("adoption.statement", _STATEMENT),
        ("adoption.plain", _PLAIN),
        ("adoption.recalled", _RECALLED),
    ):
        for match in pattern.finditer(sentence.masked):
            at = max(match.start("i"), match.start("i2") if "i2" in match.groupdict() else -1)
            if at in seen or _refused(sentence, match, at):
                continue
            fact = _adoption(reading, sentence, match, rule, at)
            if fact is not None:
                seen.add(at)
                yield fact


def _refused(sentence: Sentence, match: re.Match[str], at: int) -> bool:
    """Whether the adoption is denied, wished for or to come: by the words before the verb, or a draft behind it."""
    verb = re.search(r"一致|全票|以|通过|获", match.group())
    before = sentence.text[: match.start() + (verb.start() if verb else 0)]
    mention = next((m for m in sentence.mentions if m.start == at), None)
    after = sentence.text[mention.end : mention.end + 4] if mention else ""
    draft = after.startswith("草案") and not re.search(r"通过", sentence.text[at:])
    return draft or bool(_REFUSE.search(re.split(r"[。；]", before)[-1]))


def _adoption(reading: Reading, sentence: Sentence, match: re.Match[str], rule: str, at: int) -> Adoption | None:
    mention = sentence.at(at, MentionType.RESOLUTION) or sentence.at(at, MentionType.DOCUMENT)
    if mention is None or mention.id is None or not mention.id.startswith(("S/RES/", "S/PRST/")):
        return None
    groups = match.groupdict()
    yes, no, abstaining = (
        _count(groups.get(a) or groups.get(b)) for a, b in (("yes", "yes2"), ("no", "no2"), ("abs", "abs2"))
    )
    if yes is not None:
        no, abstaining = (
            0 if v is None and re.search(word, match.group()) else v
            for v, word in ((no, r"(?:没有|无)反对"), (abstaining, r"(?:没有|无)弃权"))
        )
        if (yes or 0) + (no or 0) + (abstaining or 0) > 15:
            return None
    date = _date(reading, sentence, match, at)
    if date is None and yes is not None:
        date = reading.meetings.last_day_of(sentence)
    meeting = _sitting(reading, sentence) if rule == "adoption.statement" or date is None else None
    if meeting is not None:
        date = date or meeting.date
    if date is None and yes is None and meeting is None:
        return None  # 安理会曾一致通过第1325(2000)号决议: a look back, cited and no more
    number = meeting.number if meeting else _numbered(sentence, mention)
    unanimous = (
        True if rule == "adoption.unanimous" or groups.get("u") else (None if yes is None else not (no or abstaining))
    )
    return reading.with_evidence(
        Adoption(
            instrument=mention.id,
            date=date,
            meeting_number=number,
            body="UN-SC",
            in_favour=yes,
            against=no,
            abstaining=abstaining,
            not_participating=_count(groups.get("absent")),
            unanimous=unanimous,
            meeting=meeting.key() if meeting else number,
            modality=Modality.RECALLED if rule == "adoption.recalled" else Modality.ASSERTED,
            confidence=0.98,
            rule=rule,
        ),
        [sentence.evidence, *(meeting.evidence[:1] if meeting else [])],
    )


_AT_WHICH = re.compile(
    r"(?:上)?，?(?:安理会|安全理事会|理事会)?(?:以[^，。；]{0,40})?(?:一致|全票)?(?:通过|发表)(?:了)?(?:题为[^，。；]{0,60})?"
)


def _numbered(sentence: Sentence, instrument: Mention) -> str | None:
    """The number of the meeting that the clause itself names (``安理会第7111次会议一致通过第2138(2014)号决议``)."""
    for meeting in sentence.mentions:
        if meeting.type is MentionType.MEETING and meeting.id and meeting.end <= instrument.start:
            adopted = _AT_WHICH.match(sentence.text, meeting.end)
            if adopted and adopted.end() == instrument.start:
                return meeting.id.removeprefix("S/PV.")
    return None


def _sitting(reading: Reading, sentence: Sentence) -> Sitting | None:
    """The held meeting of the same paragraph at which the text was adopted."""
    sitting = reading.meetings.of(sentence)
    if sitting is None or sitting.status != Status.HELD:
        return None
    row = reading.view.by_paragraph[sentence.index]
    near = any(sitting in reading.meetings.told_in(s) for s in row) or sitting is reading.meetings.main()
    return sitting if near else None


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    return 0 if text == "无" else parse_numeral(text)


def _date(reading: Reading, sentence: Sentence, match: re.Match[str], at: int) -> str | None:
    if match.groupdict().get("d"):
        date = sentence.date_at(match.start("d"))
        return reading.context.iso(date) if date else None
    days = [d for d in sentence.dates if d.end <= match.end() and d.day is not None and d.start < at]
    return reading.context.iso(days[-1]) if days else None
