"""Decisions on mandates: what was established, extended, rolled over, changed, given again or ended, by which instrument, until when.

One door: `mandates`. Frames of words (`extending`, `founding`, `changing`) say what is done to whose mandate; `clauses` says
whether a resolution's operative paragraph decides it, `reported` who decided where another document tells it; `holder` and
`terms` say whose it is and for how long.

Refused: terms of governments and parliaments, looking back (经…延长的, preambles), intentions and wishes (打算审查是否延长, 支持,
建议), conditions (如…, 并可再延续), tasks and ceilings restated (维持, 重申), deadlines for reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.adoptions import adopted_in, adoptions
from kg.extract.gate import Gate
from kg.extract.mandates.authorizing import AUTHORIZING, authorizing
from kg.extract.mandates.changing import CHANGING, changing
from kg.extract.mandates.clauses import SEPARATORS, Clause, clauses, first_clause
from kg.extract.mandates.days import adopted_before, day_of, own_day
from kg.extract.mandates.extending import EXTENDING, extending
from kg.extract.mandates.founding import FOUNDING, founding
from kg.extract.mandates.frame import Frame, Span
from kg.extract.mandates.holder import known_before, named, shared
from kg.extract.mandates.labels import apart, basis_of, is_body, is_mandate, label_of, without_short_name
from kg.extract.mandates.lists import Listing, item_of, lists
from kg.extract.mandates.paragraphs import operative, own_resolution, paragraph_number
from kg.extract.mandates.reported import Subject, Teller, only_wished, teller, told_paragraph
from kg.extract.mandates.terms import Terms, dated, terms_of
from kg.extract.mandates.words import ALSO
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import Adoption, MandateDecision, Modality

__all__ = ["mandates"]

_LOOKS_ON = re.compile(
    r"的(?!任务|期限|时间)|后|之后|以后|时(?!间)|期间(?!内)|之前|以前|的?(?:条件|可能性|提议|建议|请求|问题)|事宜"
)
_LEADS_ON = re.compile(r"[，\s]*(?:如下|下列|以下|采取[^，。；]{0,8})?[：:]\s*$")
_FIRST_TIME = re.compile(r"立即|最初|初步|首期|从速|毫不拖延|毫不迟延")
_HEAD = re.compile(rf"{ALSO}*")
_ADVICE = re.compile(r"的(?:建议|提议|意见|计划|提案)")
_GOES_ON = frozenset({"extend", "rollover", "reauthorize"})
_REFORMS = re.compile(r"行政措施|行政安排|酌情|重新组建")
_KEEPS = re.compile(r"不构成对[^，。；]{0,12}(?:修改|改变)")
_MAY = re.compile(r"(?:可|可以|能|能够|是否|如何|何时|考虑|不|未|没有|打算|拟)(?:再|再次|进一步)*$")
_DENIES = re.compile(r"是否|考虑|打算|如何|随时准备|条件(?:尚未|是|已经|具备)")


_FAMILIES: Final = (
    (EXTENDING, extending),
    (AUTHORIZING, authorizing),
    (FOUNDING, founding),
    (CHANGING, changing),
)
_FRAMES: Final = Gate(*(family for family, _ in _FAMILIES))


def mandates(reading: Reading) -> Iterator[MandateDecision]:
    """One fact an instrument, paragraph, action, holder and end; two clauses of a sentence that name it otherwise are two."""
    told: Told = []
    framed = _FRAMES.among(reading.view)
    if not framed:
        return
    symbol = own_resolution(reading.view.document)
    decided = symbol is not None or _operative_line(reading)
    facts = (
        _decided(reading, symbol, told)
        if decided
        else _reported(reading, told, {sentence.index for sentence in framed})
    )
    for fact in facts:
        known = [other for other in told if _key(other) == _key(fact)]
        if known and fact.rule == "mandate.strength" and any(o.evidence == fact.evidence for o in known):
            continue  # 将兵力减至…，并将警力减至…: one change of the mission's strength
        if not known or all(o.evidence == fact.evidence and o.holder_label != fact.holder_label for o in known):
            told.append(fact)
    yield from told


Told = list[MandateDecision]
"""The facts so far."""


def _key(fact: MandateDecision) -> tuple[str | None, ...]:
    return (fact.instrument, fact.paragraph, fact.action, fact.holder or fact.holder_label, fact.until, fact.duration)


def _frames(sentence: Sentence) -> Iterator[Frame]:
    """The frames of a sentence, in their order; what two families read, the first says."""
    taken: list[Span] = []
    if not _FRAMES.may_be_in(sentence):
        return
    for frame in (f for family, read in _FAMILIES if family.may_be_in(sentence) for f in read(sentence)):
        if not any(start < frame.end and frame.holder[0] < end for start, end in taken):
            taken.append((frame.start if frame.rule == "mandate.authorize" else frame.holder[0], frame.end))
            yield frame


# -- a resolution's own -----------------------------------------------------------------------------------------------


def _decided(reading: Reading, symbol: str | None, told: Told) -> Iterator[MandateDecision]:
    date = own_day(reading)
    open_act: str | None = None
    listing: Listing | None = None
    for sentence, leads_on in operative(reading.view):
        frames = tuple(_frames(sentence))
        opens = not leads_on and sentence.text.rstrip().endswith(("：", ":"))
        row = clauses(sentence.masked, open_act if leads_on else None, bare=not leads_on) if frames or opens else ()
        item = item_of(sentence, listing.frame) if listing is not None and leads_on else None
        if item is not None and listing is not None:
            yield from _facts(reading, sentence, item, symbol, date, told, listing=listing)
            continue
        listing = listing if leads_on else None
        for frame in frames:
            clause = _clause(row, frame)
            if clause is not None and _settles(sentence, frame, clause):
                if lists(sentence, frame):
                    listing = Listing(frame, terms_of(reading, sentence, dated(sentence, frame), date), sentence)
                    continue
                for part in apart(sentence, frame):
                    yield from _facts(reading, sentence, part, symbol, date, told)
        if not leads_on and sentence.masked.strip(SEPARATORS):
            open_act = row[-1].act if opens and _LEADS_ON.match(sentence.text, row[-1].body) else None


def _operative_line(reading: Reading) -> bool:
    """Whether the document is one operative paragraph of a resolution that it does not name (``3. 决定将…``)."""
    if len(reading.view.document.paragraphs) != 1 or not reading.view.sentences:
        return False
    first = first_clause(reading.view.sentences[0].masked)
    return (
        first is not None
        and first.decides
        and _HEAD.fullmatch(reading.view.sentences[0].text[: first.verb]) is not None
    )


def _clause(row: tuple[Clause, ...], frame: Frame) -> Clause | None:
    """The clause in which the frame's own verb stands: that of the holder."""
    return next((c for c in row if c.start <= frame.at <= c.end), None)


def _settles(sentence: Sentence, frame: Frame, clause: Clause) -> bool:
    if clause.act not in frame.acts or clause.conditional:
        return False
    if frame.at < clause.body and frame.start > clause.verb:
        return False
    governed = sentence.text[clause.body : frame.end]
    if clause.act == "request" and frame.rule == "mandate.set-up-again" and _REFORMS.search(governed):
        return False
    if clause.act == "approve" and _ADVICE.match(sentence.text, frame.end):
        return True
    if frame.action == "modify" and _KEEPS.search(sentence.text, frame.end):
        return False
    return not _unsure(sentence, frame)


def _unsure(sentence: Sentence, frame: Frame) -> bool:
    """将考虑把…: the first 将 is the future's; …后, …的: it is looked back or ahead on."""
    inside = sentence.text[frame.at : frame.end]
    return bool(
        (sentence.text[frame.at - 1] in "将把" and re.match(r"[^，。；]{0,8}(?:把|将|考虑|打算)", inside))
        or _LOOKS_ON.match(sentence.text, frame.end)
        or _DENIES.search(inside)
        or _MAY.search(sentence.text[: frame.at].rsplit("，", 1)[-1])
        or _MAY.search(sentence.text[: frame.start].rsplit("，", 1)[-1])
        or re.search(r"可(?:以)?再?$", sentence.text[: frame.holder[1]])
    )


# -- another document's account ---------------------------------------------------------------------------------------


def _reported(reading: Reading, told: Told, paragraphs: set[int]) -> Iterator[MandateDecision]:
    """What those paragraphs tell."""
    others = [a for a in reading.once(adoptions) if a.rule == "adoption.that"]
    for index, paragraph in reading.view.by_paragraph.items():
        if index not in paragraphs:
            continue
        framed = [(sentence, tuple(_frames(sentence))) for sentence in paragraph]
        if not any(frames for _, frames in framed):
            continue
        last: Adoption | None = None
        for sentence, frames in framed:
            last = last or adopted_before(reading, sentence)
            adopted = list(adopted_in(reading, sentence)) or [a for a in others if sentence.evidence in a.evidence[1:]]
            row = clauses(sentence.masked) if frames else ()
            before: tuple[int, Teller] | None = None
            for frame in sorted(frames, key=lambda f: f.start):
                clause = _clause(row, frame)
                who = teller(sentence, frame, clause, adopted, last)
                if (
                    who is None
                    and before is not None
                    and sentence.text[before[0] : frame.start].strip("，") in {"", "并"}
                ):
                    who = before[1]  # 以第2507(2020)号决议将军火禁运延至…，专家小组任期延至…
                before = (frame.end, who) if who is not None else None
                if who is None or only_wished(sentence, frame, clause) or _unsure(sentence, frame):
                    continue
                date = who.date if isinstance(who, Adoption) else day_of(reading, sentence, frames, frame, who)
                for part in apart(sentence, frame):
                    yield from _facts(reading, sentence, part, who.instrument, date, told, who)
            last = adopted[-1] if adopted else last


# -- facts ------------------------------------------------------------------------------------------------------------


def _facts(
    reading: Reading,
    sentence: Sentence,
    frame: Frame,
    symbol: str | None,
    date: str | None,
    told: Told,
    who: Teller | None = None,
    listing: Listing | None = None,
) -> Iterator[MandateDecision]:
    terms = listing.terms if listing is not None else terms_of(reading, sentence, dated(sentence, frame), date)
    if frame.timed and terms == Terms(None, None):
        return
    if terms.refers is not None:
        terms = _referred(terms, told, symbol)
    for span in shared(reading, sentence, frame, symbol, date):
        label = label_of(sentence, span)
        if frame.kind is None and not _can_be(sentence, frame, label):
            continue
        holder = named(reading, sentence, frame, span, symbol, date)
        resolving = who is None
        own = resolving or (isinstance(who, Subject) and who.own)
        if holder.id is None and holder.label is None:
            continue
        if holder.id is None and holder.label is not None and frame.first:
            holder = replace(holder, label=without_short_name(sentence, holder.label))
        if resolving and symbol is None and holder.id is None and not basis_of(sentence, span) and frame.kind is None:
            continue  # an operative paragraph of no one knows which body
        rule = frame.rule if resolving or symbol is not None else f"{frame.rule}.letter"
        goes_on = frame.rule == "mandate.term" and not _begun(told, symbol, holder.id)
        again = frame.rule == "mandate.measures" and not _FIRST_TIME.search(sentence.text, frame.start, frame.end)
        goes_on = goes_on or (again and bool(terms.until) and known_before(holder.id, symbol, date))
        fact = MandateDecision(
            instrument=symbol,
            paragraph=paragraph_number(reading.view, sentence)
            if resolving
            else told_paragraph(sentence, frame, symbol),
            action="extend" if goes_on else frame.action,
            holder=holder.id,
            holder_label=sentence.printed(*holder.label) if holder.label else None,
            until=terms.until,
            duration=terms.duration,
            basis=basis_of(sentence, span),
            date=date,
            modality=Modality.ASSERTED if own else Modality.REPORTED,
            confidence=0.96 if frame.action in _GOES_ON else 0.92,
            rule=f"{rule}.computed" if terms.computed else rule,
        )
        elsewhere = [listing.lead.evidence] if listing else who.evidence[:1] if isinstance(who, Adoption) else ()
        yield reading.with_evidence(fact, [sentence.evidence, *elsewhere])


def _begun(told: Told, symbol: str | None, holder: str | None) -> bool:
    """Whether the same resolution set the holder up before: its term is told in a paragraph of its own."""
    return any(
        (f.action, f.instrument) == ("establish", symbol) and (holder is not None and f.holder == holder) for f in told
    )


def _can_be(sentence: Sentence, frame: Frame, label: Span) -> bool:
    if frame.rule.startswith("mandate.establish"):
        return is_body(sentence, label)
    return is_mandate(sentence, label, firm=frame.action == "terminate" or frame.rule == "mandate.change")


def _referred(terms: Terms, told: Told, symbol: str | None) -> Terms:
    """The end that another decision of the same instrument has: of the paragraph named, or the last one told."""
    ends = [
        fact.until
        for fact in told
        if fact.instrument == symbol and terms.refers in {"same", fact.paragraph} and fact.until
    ]
    return Terms(ends[-1] if ends else terms.until, terms.duration)
