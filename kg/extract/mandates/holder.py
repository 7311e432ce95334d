"""Whose mandate: the words that name the holder, and its id by the tables of `kg.gazetteer.holders`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from kg.extract.context import heading
from kg.extract.mandates.frame import Frame, Span
from kg.extract.mandates.words import TERM
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.gazetteer.holders import KIND_WORDS, Holder, load_holders
from kg.model import MentionType
from kg.pipeline.mask import compile_masked
from kg.pipeline.scan import scan

__all__ = ["Named", "apart", "basis_of", "is_body", "is_mandate", "label_of", "named", "shared"]

_FRONT = re.compile(
    r"^(?:(?:又|还|也|并|同时|再次|，)*(?:决定|同意)(?:将|把)?)?(?:一个|一支|一名|一项|一套|若干|新的|单独的|为此目的|临时)*(?:由[^，。；]{1,60}?组成的|最多[^，。；]{1,10}?名[^，。；]{0,16}?的|任期[^，。；]{1,12}?的|为期[^，。；]{1,12}?的|作为[^，。；]{1,20}?的)*"
)
_TAIL = re.compile(
    rf"(?:由该段规定)?(?:并?经[^，。；]{{2,120}}?(?:修订|修正|延长|更新|修改))?(?:规定)?(?:的)?(?:在[^，。；()的]{{2,12}}的)?(?:当前|现有|现行|目前|本|最初|各项|全部|修订后?的?|原有|整个|主要)*(?:(?<!支助)(?<!支援)(?<!核查)(?<!监测)(?<!保护)(?<!培训)(?<!协助){TERM}|工作|授权任务)(?:规定)?(?:\((?:经|最近)[^()]*(?:\([^()]*\)[^()]*)*\))?(?:的)?(?:{TERM})?(?:(?:以?及|和|连同)[^，]{{0,24}}?报告要求)?$"
)
_ASIDE = re.compile(r"\((?:下称|以下简称|简称|又称|统称|“)[^()]*\)$|\(“[^()]*”\)$")
_STAY = re.compile(r"(?:驻留|驻扎)(?:在)?[^，。；]{0,8}$|(?:目前|当前|现有)$")
_INCLUDING = re.compile(r"，(?:其中|也|但)?(?:不)?包括.*$")
_NOUN = re.compile(
    r"特派团|支助团|援助团|稳定团|观察团|核查团|监督团|团$|团\(|部队|行动|办事处|办公室|办$|委员会|小组|专家组|监测组|监察组|工作组|调查组|调查团|核查组|组$|法庭|法院|机制|监察员|协调人|"
    r"授权|措施|制裁|禁运|禁令|冻结|限制|规定|决定|豁免|要求|安排|权力|方案|任务|职权|执行局|顾问|上限|人数|兵力|警力|军事部分|警察部分|标准|指认期|基金|账户|禁飞区|第\d+(?:\([a-z]\))?段$|存在$|驻留$"
)
_BODY = re.compile(
    r"(?:特派团|支助团|援助团|稳定团|观察团|观察员团|核查团|监督团|监察团|协助团|代表团|部队|行动|办事处|办公室|委员会|小组|专家组|监测组|监察组|监督组|工作组|调查组|调查团|核查组|法庭|法院|机制|"
    r"监察员|协调人|特派专员|禁区|安全区|禁飞区|执行局|账户|授权)(?:\([^()]*\))?$"
)
_GOVERNMENT = re.compile(
    r"政府|议会|总统|过渡当局|过渡期|过渡机构|国会|协议|停火|紧急状态|宪法|选举|登记|休战|提交|审查|报告(?!要求)|提名|法官|检察官|书记官|敌对|战斗|冲突|暴力|占领|有罪不罚|侵犯|招募|"
    r"谈判|磋商|会谈|对话|现象|局面|局势|状态|危机|讨论|会议|辩论|阻碍|阻挠|封锁|攻击|袭击"
)
_THAT_BODY = re.compile(
    r"(?:其|该(?:特派)?团|该部队|该特派团|该支助团|该援助团|该稳定团|特派团|该办事处|上述特派团|该行动|它)"
)
_STATES_FORCE = compile_masked(r"«S»(?:政府)?(?:武装)?部队")
_LIKE_MEASURES = re.compile(r"(?:规定|决定|要求|禁运|冻结|禁令|限制|豁免|标准|指认期|段)$")
_ITS = re.compile(r"该(?:特派团|部队|支助团|援助团|稳定团|团)(?:的|对|为)")
_ORDINAL = re.compile(r"^第[一二三]期")
_PARTS = re.compile(rf"(?:的)?(?:{TERM})?(?:以及|及|和|与|、)")


@dataclass(frozen=True, slots=True)
class Named:
    """The holder's words in the sentence (None where only its pronoun or a verb stands there) and its id."""

    label: Span | None
    id: str | None


def label_of(sentence: Sentence, span: Span) -> Span:
    """The holder as printed, without 的 and the term (任务期限) behind it, without what only describes how it is made up."""
    start, end = span
    front = _FRONT.match(sentence.text[start:end])
    start += front.end() if front else 0
    for pattern in (_INCLUDING, _ASIDE, _TAIL, _STAY, _ASIDE):
        cut = pattern.search(sentence.text[start:end])
        if cut and cut.start():
            end = start + cut.start()
    text = sentence.text[start:end]
    return start, start + len(text.rstrip("的，"))


def is_mandate(sentence: Sentence, label: Span) -> bool:
    """Whether the words name something that the Council gives mandates to, not a government, an agreement or a report."""
    text = sentence.text[slice(*label)]
    if not text or text.startswith("的") or _GOVERNMENT.search(sentence.masked, *label):
        return False
    if sentence.inside(*label, MentionType.MISSION):
        return True
    return bool(_NOUN.search(text) or _THAT_BODY.fullmatch(text))


def is_body(sentence: Sentence, label: Span) -> bool:
    """Whether the words name a body that the Council sets up: its kind, or a mission's name, is their last word."""
    text = sentence.text[slice(*label)]
    end = label[0] + len(re.sub(r"\([^()]*\)$", "", text))
    mission = any(m.end in {end, label[1]} for m in sentence.inside(*label, MentionType.MISSION))
    return mission or bool(_BODY.search(text) and not _GOVERNMENT.search(text))


def basis_of(sentence: Sentence, span: Span) -> tuple[str, ...]:
    """The resolutions in the holder's phrase, in order."""
    return tuple(dict.fromkeys(m.id for m in sentence.inside(*span, MentionType.RESOLUTION) if m.id))


def shared(reading: Reading, sentence: Sentence, frame: Frame, symbol: str | None, date: str | None) -> list[Span]:
    """The holders of one clause, more than one where its parts name two known ones (…专家小组任务以及…对马里稳定团提出的要求)."""
    start, end = frame.holder
    for joint in _PARTS.finditer(sentence.text, start, end):
        left, right = (start, joint.start()), (joint.end(), end)
        label = label_of(sentence, right)
        text = sentence.text[slice(*label)]
        bare = text in {"措施", "规定", "授权", "要求", "决定"} or sentence.text[: left[1]].endswith(("段", "规定"))
        if bare or not (is_mandate(sentence, left) and is_mandate(sentence, label)):
            continue
        ids = [
            _id(reading, sentence, part, None, symbol, date, loose=False) for part in (label_of(sentence, left), label)
        ]
        if ids[0] and ids[1] and ids[0] != ids[1]:
            return [left, right]
    return [frame.holder]


def apart(sentence: Sentence, frame: Frame) -> list[Frame]:
    """The frame; where it shares out (分别) two ends to two holders, one for each, or none if it does not name two."""
    if "分别" not in sentence.text[frame.holder[1] : frame.end]:
        return [frame]
    start, end = frame.holder
    joints = [
        joint
        for joint in _PARTS.finditer(sentence.text, start, end)
        if all(is_mandate(sentence, label_of(sentence, part)) for part in ((start, joint.start()), (joint.end(), end)))
    ]
    if len(joints) != 1 or frame.apart is None:
        return []
    return [
        replace(frame, holder=(start, joints[0].start()), apart=None),
        replace(frame, holder=(joints[0].end(), end), when=(frame.apart,), apart=None),
    ]


def named(
    reading: Reading, sentence: Sentence, span: Span, kind: str | None, symbol: str | None, date: str | None
) -> Named:
    """The holder that ``span`` names, in a decision of resolution ``symbol`` on ``date``."""
    label = label_of(sentence, span)
    text = sentence.text[slice(*label)]
    known = _id(reading, sentence, label, kind, symbol, date)
    if text in {"其", "它"}:
        return Named(_antecedent(sentence, label[0], known), known)
    return Named(None if kind == "sanctions" and not _NOUN.search(text) else label, known)


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
) -> str | None:
    """One candidate or none: a mission named there, a known label, else its kind of thing with the basis, the country of the label or
    of the heading, the deciding resolution, or (``loose``) the country or mission that the whole document is about."""
    missions = {m.id for m in sentence.inside(*label, MentionType.MISSION) if m.id}
    if len(missions) == 1:
        return missions.pop()
    holders = load_holders()
    text = sentence.text[slice(*label)]
    if _THAT_BODY.fullmatch(text) or _ITS.match(text):
        return _last_mission(reading, sentence, label[0])
    body = _body(sentence, label)
    if body is not None:
        return body
    if re.search(r"越境|跨境|跨界|过境点", text) and "人道主义" in text:
        found = holders.by_context("authorization", "cross-border")
        if len(found) == 1:
            return found[0].id
    known = holders.by_label(text)
    if known is not None:
        return known.id
    year = int(date[:4]) if date else None
    numbered = [h.id for h in holders if _ORDINAL.sub("", h.entry.zh) == text and h.in_force(year)]
    if len(numbered) == 1:  # 联合国安哥拉核查团, of which there were three
        return numbered[0]
    own = _numbers([symbol] if symbol else [])
    if kind == "authorization" or _STATES_FORCE.search(sentence.masked, *label):
        return _authorization(reading, sentence, label, own, year)
    word = _kind_word(text) or {"sanctions": "措施"}.get(kind or "")
    if word is None:
        return _main_mission(reading) if loose else None
    numbers = _numbers(basis_of(sentence, label))
    keys = [m.id for m in sentence.inside(*label, MentionType.STATE)]
    keys += [_heading_state(sentence)]
    for key in [k for k in keys if k]:
        one = holders.resolve(word, numbers=numbers, key=key, year=year)
        if one is not None:
            return one.id
    one = holders.resolve(word, numbers=numbers or own, year=year)
    if one is not None or not loose or reading.view.document.symbol != symbol:
        return one.id if one is not None else None
    if "mission" in KIND_WORDS[word] or word not in text:
        return _short_name(reading, text) or _main_mission(reading)
    main = _main_state(reading)
    one = holders.resolve(word, key=main, year=year) if main and not numbers else None
    return one.id if one is not None else None


def _numbers(symbols: object) -> list[int]:
    return [int(n) for symbol in symbols for n in re.findall(r"S/RES/(\d+)", symbol)]  # type: ignore[attr-defined]


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
    keys = [_main_state(reading)]
    of_kind: list[Holder] = [h for h in holders if "authorization" in h.kinds]
    if states and "部队" in text:  # 法国部队: the forces of a state have their own records
        names = [m.text for m in sentence.inside(*label, MentionType.STATE)]
        of_kind = [h for h in of_kind if any(f"{name}部队" in h.entry.zh for name in names)]
    else:
        of_kind = [h for h in of_kind if not h.id.startswith("french-forces")]
    concerned = [h for h in of_kind if any(n in h.resolutions for n in own)]
    if not concerned and states and "部队" in text:
        concerned = [h for h in of_kind if any(key in h.keys for key in keys)]
    return concerned[0].id if len(concerned) == 1 else None


def _last_mission(reading: Reading, sentence: Sentence, at: int) -> str | None:
    """The mission last named before, in the paragraph: what 该团 means; in a resolution, else the one that it is about."""
    for before in reversed(reading.view.by_paragraph[sentence.index]):
        if before.order > sentence.order:
            continue
        limit = at if before is sentence else len(before.text)
        missions = [m.id for m in before.inside(0, limit, MentionType.MISSION)]
        if missions:
            return missions[-1]
    return _main_mission(reading)


def _short_name(reading: Reading, text: str) -> str | None:
    """The mission of the document whose name ends like ``text`` (核查团)."""
    found = {
        m.id
        for s in reading.view.sentences
        for m in s.mentions
        if m.type is MentionType.MISSION and m.id and m.text.endswith(text)
    }
    return found.pop() if len(found) == 1 else None


def _main_mission(reading: Reading) -> str | None:
    """The mission that a resolution names most, if no other is named half as often."""
    return _main(reading, MentionType.MISSION)


def _main_state(reading: Reading) -> str | None:
    """The country that a resolution names most, likewise."""
    return _main(reading, MentionType.STATE)


def _main(reading: Reading, kind: MentionType) -> str | None:
    if reading.view.document.symbol is None or not reading.view.document.symbol.startswith("S/RES/"):
        return None
    counts = Counter(m.id for s in reading.view.sentences for m in s.mentions if m.type is kind and m.id)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]


def _kind_word(label: str) -> str | None:
    found = [(label.rfind(w) + len(w), len(w), w) for w in KIND_WORDS if w in label]
    if found:
        return max(found)[2]
    return "措施" if _LIKE_MEASURES.search(label) else None


def _heading_state(sentence: Sentence) -> str | None:
    title = heading(sentence)
    states = {m.id for m in scan(title) if m.type == MentionType.STATE} if title else set()
    return states.pop() if len(states) == 1 else None
