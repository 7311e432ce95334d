"""Whose mandate: the id of the holder that the words name, by the tables of `kg.gazetteer.holders`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.extract.context import heading
from kg.extract.mandates.about import beside, last_mission, main_mission, main_state, short_name
from kg.extract.mandates.frame import Frame, Span
from kg.extract.mandates.labels import PARTS, THAT_BODY, basis_of, is_mandate, label_of
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.gazetteer.holders import KIND_WORDS, Holder, load_holders
from kg.model import MentionType
from kg.pipeline.mask import compile_masked
from kg.pipeline.scan import scan

__all__ = ["Named", "known_before", "named", "shared"]

_STATES_FORCE = compile_masked(r"«S»(?:政府)?(?:武装)?部队")
_LIKE_MEASURES = re.compile(r"(?:规定|决定|要求|禁运|冻结|禁令|限制|豁免|标准|指认期|段)$")
_ITS = re.compile(r"该(?:特派团|部队|支助团|援助团|稳定团|团)(?:的|对|为)")
_ENVOY = re.compile(r"^(?:我的|秘书长(?:的)?)?([^，。；]{2,24}(?:特使|特别代表|高级代表|特别顾问))$")
_ITS_STRENGTH = re.compile(
    r"(?:其|它)(?:的)?(?:核定|最高|总|兵力|警力|部队|军事人员|警务人员|文职人员|人员|人数|编制|员额|规模|上限|限额|和|的|及)*"
)
_BARE = re.compile(
    r"(?:核定|最高|总|授权|军事|警务|警察|部队|人员|军事人员|警务人员|人数|兵力|警力|编制|员额|上限|限额|规模|部分|和|的|及)+"
)
"""并将部队人数上限减至…: of the mission that the sentence named before."""
_ASKED = re.compile(r"[对向][^，。；]{2,60}(?:提出|作出)的(?:要求|请求)$")
"""What was asked of a mission is no mandate of it, and its end not the mission's."""
_SLACK = 4
_ORDINAL = re.compile(r"^第[一二三]期")


@dataclass(frozen=True, slots=True)
class Named:
    """The holder's words in the sentence (None where only its pronoun or a verb stands there) and its id."""

    label: Span | None
    id: str | None


def shared(reading: Reading, sentence: Sentence, frame: Frame, symbol: str | None, date: str | None) -> list[Span]:
    """The holders of one clause, more than one where its parts name two known ones (…专家小组任务以及…对马里稳定团提出的要求)."""
    start, end = frame.holder
    for joint in PARTS.finditer(sentence.text, start, end):
        left, right = (start, joint.start()), (joint.end(), end)
        label = label_of(sentence, right)
        text = sentence.text[slice(*label)]
        bare = text in {"措施", "规定", "授权", "要求", "决定"} or sentence.text[: left[1]].endswith(("段", "规定"))
        if "之间的" in sentence.text[joint.end() : end]:
            continue  # A与B之间的安排: one
        if bare or not (is_mandate(sentence, left) and is_mandate(sentence, label)):
            continue
        ids = [
            _id(reading, sentence, part, None, symbol, date, loose=False) for part in (label_of(sentence, left), label)
        ]
        if ids[0] and ids[1] and ids[0] != ids[1]:
            return [left, right]
    return [frame.holder]


def named(
    reading: Reading, sentence: Sentence, frame: Frame, span: Span, symbol: str | None, date: str | None
) -> Named:
    """The holder that ``span`` of the frame names, in a decision of resolution ``symbol`` on ``date``."""
    label, kind = label_of(sentence, span), frame.kind
    text = sentence.text[slice(*label)]
    if _ASKED.search(text):
        return Named(label, None)
    known = _id(reading, sentence, label, kind, symbol, date, new=frame.first)
    if _ITS_STRENGTH.fullmatch(text) or (frame.rule == "mandate.strength" and _BARE.fullmatch(text)):
        known = last_mission(reading, sentence, label[0]) or known
        if text[0] not in "其它":
            return Named(label, known)  # 并将核定兵力上限减至3 250人
        return Named(_antecedent(sentence, label[0], known), known)
    return Named(None if kind == "sanctions" and len(text) == 2 and text != "措施" else label, known)


def known_before(holder: str | None, symbol: str | None, date: str | None) -> bool:
    """Whether another resolution set the holder up, in an earlier year: its measures, told anew with an end, go on."""
    known = load_holders().get(holder) if holder else None
    if known is None or date is None or known.founding is None or known.entry.start is None:
        return False
    return known.founding not in _numbers([symbol] if symbol else []) and known.entry.start[:4] < date[:4]


def _antecedent(sentence: Sentence, at: int, known: str | None) -> Span | None:
    """The words that 其 stands for: the last of that holder in the sentence."""
    before = [m for m in sentence.inside(0, at, MentionType.MISSION) if m.id == known]
    return (before[-1].start, before[-1].end) if before else None


def _id(
    reading: Reading,
    sentence: Sentence,
    label: Span,
    kind: str | None,
    symbol: str | None,
    date: str | None,
    *,
    loose: bool = True,
    new: bool = False,
) -> str | None:
    """One candidate or none: a mission named there, a known label, else its kind of thing with the basis, the country of the label or
    of the heading, the deciding resolution, or (``loose``) the country or mission that the whole document is about. A ``new``
    body is no other whose name its own begins with (黎巴嫩问题特别法庭余留事项机制)."""
    if new and _begins_with_another(sentence, label):
        return None
    holders = load_holders()
    year = int(date[:4]) if date else None
    missions = {m.id for m in sentence.inside(*label, MentionType.MISSION) if m.id and not _later(m.id, year)}
    if len(missions) == 1:
        return missions.pop()
    text = sentence.text[slice(*label)]
    if (len(missions) > 1 and "之间" in text) or (text.endswith("报告要求") and not missions):
        return None  # what is between two missions, or asked of the Secretary-General, is no one's of the table
    regime = holders.by_resolution("sanctions", _numbers([symbol])[0]) if kind == "sanctions" and symbol else None
    if regime is not None:
        return regime.id
    if THAT_BODY.fullmatch(text) or _ITS_STRENGTH.fullmatch(text) or _ITS.match(text):
        return last_mission(reading, sentence, label[0])
    body = _body(sentence, label)
    if body is not None:
        return body
    envoy = _ENVOY.search(text)
    if envoy is not None:
        office = holders.by_label(f"秘书长{envoy[1]}办公室")
        return office.id if office is not None else None
    if re.search(r"越境|跨境|跨界|过境点", text) and "人道主义" in text:
        found = holders.by_context("authorization", "cross-border")
        if len(found) == 1:
            return found[0].id
    known = _headed(holders.by_label(text), text)
    if known is not None and not _later(known.id, year):
        return known.id
    numbered = [h.id for h in _numbered().get(text, ()) if h.in_force(year)]
    if len(numbered) == 1:  # 联合国安哥拉核查团, of which there were three
        return numbered[0]
    own = _numbers([symbol] if symbol else [])
    if kind == "authorization" or _STATES_FORCE.search(sentence.masked, *label):
        return _authorization(reading, sentence, label, own + _numbers(basis_of(sentence, label)), year)
    word = _kind_word(text) or {"sanctions": "措施"}.get(kind or "")
    if word is None and new:
        return None
    if word is None:
        return (main_mission(reading) or last_mission(reading, sentence, label[0])) if loose else None
    numbers = _numbers(basis_of(sentence, label))
    keys = [m.id for m in sentence.inside(*label, MentionType.STATE)]
    keys += [_heading_state(sentence)]
    for key in [k for k in keys if k]:
        one = holders.resolve(word, numbers=numbers, key=key, year=year)
        if one is not None:
            return one.id
    one = holders.resolve(word, numbers=numbers or own, year=year)
    if one is None and not numbers and "sanctions" in KIND_WORDS[word]:
        one = holders.resolve(
            "措施", numbers=own, year=year
        )  # 不违反安理会规定的资产冻结: the exemption that this one makes
    if one is None and not numbers and "panel" in KIND_WORDS[word]:
        one = beside(sentence, label, word, year)
    if one is not None or not loose or reading.view.document.symbol != symbol:
        return one.id if one is not None else None
    if "mission" in KIND_WORDS[word] or word not in text:
        return short_name(reading, text) or main_mission(reading)
    main = main_state(reading)
    one = holders.resolve(word, key=main, year=year) if main and not numbers else None
    return one.id if one is not None else None


@cache
def _numbered() -> dict[str, list[Holder]]:
    """All holders by their name, 第一期 and the like left out."""
    found: dict[str, list[Holder]] = {}
    for holder in load_holders():
        found.setdefault(_ORDINAL.sub("", holder.entry.zh), []).append(holder)
    return found


def _headed(known: Holder | None, text: str) -> Holder | None:
    """A holder whose name stands in ``text``, where it is of the kind that the last word says; or the one body of that kind which
    belongs to it (协助1718委员会的专家小组)."""
    word = next((word for word in sorted(KIND_WORDS, key=len, reverse=True) if text.endswith(word)), None)
    if known is None or word is None or set(known.kinds) & set(KIND_WORDS[word]):
        return known
    own = [h for h in load_holders() if h.entry.parent == known.id and set(h.kinds) & set(KIND_WORDS[word])]
    return own[0] if len(own) == 1 else None


def _numbers(symbols: Iterable[str]) -> list[int]:
    return [int(n) for symbol in symbols for n in re.findall(r"S/RES/(\d+)", symbol)]


def _later(mission: str, year: int | None) -> bool:
    """Whether what has that name today was set up years after ``year`` (稳定部队, of which there were two)."""
    holder = load_holders().get(mission)
    start = holder.entry.start if holder is not None else None
    return year is not None and start is not None and int(start[:4]) > year + _SLACK


def _begins_with_another(sentence: Sentence, label: Span) -> bool:
    text = re.sub(r"\([^()]*\)$", "", sentence.text[slice(*label)])
    end = label[0] + len(text)
    missions = sentence.inside(*label, MentionType.MISSION)
    if missions:
        return all(m.end < end for m in missions)
    known = load_holders().by_label(text)
    if known is None or known.entry.zh == text or text in known.entry.strong_names:
        return False
    names = [name for name in known.entry.strong_names if name in text]
    return bool(names) and not any(text.endswith(name) for name in names)


def _body(sentence: Sentence, label: Span) -> str | None:
    """The body of the table that the label ends with (反恐执行局, 1540委员会, 监察员办公室), a bracket behind it left out."""
    holders = load_holders()
    text = sentence.text[slice(*label)]
    end = label[0] + len(re.sub(r"\([^()]*\)$", "", text))
    found = [m.id for m in sentence.inside(*label, MentionType.ORGANIZATION) if m.id and m.end in {end, label[1]}]
    return found[0] if found and holders.get(found[0]) is not None else None


def _authorization(reading: Reading, sentence: Sentence, label: Span, own: list[int], year: int | None) -> str | None:
    holders = load_holders()
    text = sentence.text[slice(*label)]
    states = {m.id for m in sentence.inside(*label, MentionType.STATE)}
    of_kind: list[Holder] = [h for h in holders if "authorization" in h.kinds]
    if states and "部队" in text:  # 法国部队: the forces of a state have their own records
        names = [m.text for m in sentence.inside(*label, MentionType.STATE)]
        of_kind = [h for h in of_kind if any(f"{name}部队" in h.entry.zh for name in names)]
    else:
        of_kind = [h for h in of_kind if not h.id.startswith("french-forces")]
    concerned = [h for h in of_kind if any(n in h.resolutions for n in own)]
    if not concerned and states and "部队" in text:
        main = main_state(reading)
        concerned = [h for h in of_kind if main in h.keys and h.in_force(year)]
    founded = [h for h in concerned if h.founding in own]
    return next((found[0].id for found in (concerned, founded) if len(found) == 1), None)


def _kind_word(label: str) -> str | None:
    found = [(label.rfind(w) + len(w), len(w), w) for w in KIND_WORDS if w in label]
    if found:
        return max(found)[2]
    if label.endswith("安排"):
        return "授权"
    return "措施" if _LIKE_MEASURES.search(label) else None


def _heading_state(sentence: Sentence) -> str | None:
    title = heading(sentence)
    states = {m.id for m in scan(title) if m.type == MentionType.STATE} if title else set()
    return states.pop() if len(states) == 1 else None
