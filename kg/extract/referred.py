"""Letters that a text refers to: ``秘书长2016年3月10日给安全理事会主席的信``, ``收到约旦常驻联合国代表2014年1月14日的来信``, ``你7月12日的来信``.

A sender and a day stand side by side before the word for a letter; 致函 is such a word. Recipient is who stands behind 给, who 收到 it, or, of a
来信, who writes here. 我 and 你 are sender and recipient of the letter above, 我 the Secretary-General in a report of his. Refused: letters without
a day or a sender, letters to come or not received, the document's own letter, and what delegates say at a meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.letter_parties import Party, ending_at, starting_at
from kg.extract.letters import letters, senders_of
from kg.extract.reading import Reading
from kg.extract.records.speech import of_the_president
from kg.extract.view import Sentence
from kg.model import DocumentKind, Evidence, Letter, MentionType, Modality
from kg.pipeline.mask import compile_masked
from kg.structure import LETTER_TITLE
from kg.text import normalize

__all__ = ["referred_letters"]

_NOUN = r"(?P<noun>同文(?:来)?(?:信函|信|函)|普通照会|照会|来信|来函|来文|来电|复函|复信|回信|信函|电报|信(?![息任托念心号件使用仰誉赖访])|函(?![件授]))"
_OF = compile_masked(rf"的?(?:一封|一份)?(?:同文)?{_NOUN}")
_TO = compile_masked(rf"(?:的|在)?(?:写|发|发出|送交)?[给致](?P<to>[^，。；：«:DXK»]{{1,70}}?)的?{_NOUN}")
_WRITES = re.compile(
    r"(?:曾|又|再次|也|还|已|分别|先后|联名|联合|共同|专门|书面)*(?:就[^，。；]{1,30}?)?"
    r"(?:致函|致信|写信给|发函给|去函(?:给)?|去信(?:给)?|(?:照会|复函|复信|回函|回信|复电|函告|函复|函请|电告|来函)(?=秘书长|联合国|安全理事会|安理会|主席|大会主席)|(?:向|给)(?P<to>[^，。；]{1,40}?)(?:致函|致信|写信|发函|发信|去函|去信))"
)
_COMES = re.compile(
    r"(?:来信|来函|来电|复函|复信|发来(?:的)?(?:普通)?(?P<noun>照会|信函|函件|电报)|(?:以|用|通过)(?P<noun2>信函|照会|电报|来文)(?:的)?(?:方式|形式)?)，?(?:通知|告知|告诉|请求?|敦促|促请|要求|表示|称|说|确认|同意|更正|说明|补充|撤回|指出|转达)"
)
_AGAIN = re.compile(
    r"，?(?:(?:又|再次?|还|也|复)+(?:致函|致信|来函|来信|发函|去函|发来照会|照会|复函)|(?:来函|来信|致函)(?:更正|补充|撤回|确认))"
)
_TELLS_IN_IT = re.compile(r"(?:\([^()]{1,30}\))?中?，?(?:通知|告知|称|说(?!服)|说明|表示|指出|确认)")
_REPLY = re.compile(r"的?(?:复函|复信|回信|回函)")
_IN_ONE = re.compile(r"在(?:写)?[给致][^，。；]{1,40}的(?:信|函|信函|照会)(?:\([^()]{1,30}\))?中")
_LINK = compile_masked(r"(?:曾|已|又)?[在于]?其?(?:«D»(?:、|和|及|与))*$")
_AND = compile_masked(r"(?:(?:、|和|及|与)«D»)*")
_IN_IT = re.compile(r"(?:\([^()]{0,60}\))?中?，")
_SAME_DAY = re.compile(r"同日|同一天|同天")
_PRONOUN = re.compile(r"(?P<you>你)|(?P<me>我|本人)(?!国|们)")
_RECEIVED = compile_masked(
    r"(?P<who>[我他她]|«P»)?(?:先生|女士)?(?:在|于|«D»|已经?|还|又|也|随后|刚刚|曾|，)*(?:收到|接到|收悉)(?:了)?"
)
_NOT_RECEIVED = re.compile(r"(?:未|没有|不曾|尚未|是否)[^，。；]{0,6}(?:收到|接到)")
_TELLS = re.compile(r"中?(?:，)?(?:通知|告知|告诉|请求?|敦促|促请|要求|提请|通报)(?:了)?")
_TO_COME = re.compile(r"(?:将(?!.{0,6}(?:已|曾))|拟|打算|计划|准备|尚未|没有|未|是否|如果)[^，。；]{0,8}$")
_OF_SECRETARY_GENERAL = re.compile(
    r"^(?:联合国)?秘书长(?:的|关于|根据|依照|按照|提交|就|给)[^，。；]{0,80}报告|^秘书长的?报告"
)
_REPORTS = re.compile(r"秘书长(?:谨|特此|兹)?(?:报告|通知|告知)")
_TITLES = 12
"""Paragraphs among which the title of a report stands."""
_ADDRESSED = frozenset({MentionType.POST, MentionType.ORGANIZATION, MentionType.STATE})


@dataclass
class _Told:
    date: str
    sender: Party
    recipient: str | None
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Voices:
    """Who 我 and 你 are in a sentence: None where that is not clear."""

    me: tuple[Party, ...]
    you: tuple[Party, ...]


_WRITTEN = re.compile("[信函电]|照会|来文")


def referred_letters(reading: Reading) -> Iterator[Letter]:
    """One fact a letter and sender, reported, in the order of the text."""
    told: list[_Told] = []
    if not reading.view.dates:
        return
    own = [(letter.date, _plain(letter.sender_role), letter.state) for letter in reading.once(letters)]
    for sentence in _sentences(reading, told):
        for date, senders, recipient in _found(reading, sentence, told):
            for sender in senders:
                if (date, _plain(sender.role), sender.state) not in own:
                    _add(told, _Told(date, sender, recipient, [sentence.evidence]))
    for item in told:
        fact = Letter(
            date=item.date,
            state=item.sender.state,
            sender_role=item.sender.role,
            signatory=item.sender.name,
            recipient=item.recipient,
            modality=Modality.REPORTED,
            confidence=0.95,
            rule="letter.referred",
        )
        yield reading.with_evidence(fact, item.evidence)


def _sentences(reading: Reading, told: list[_Told]) -> Iterator[Sentence]:
    """Where letters may be referred to: beside a day, once one is told also beside 同日; not in the titles of letters, nor in the
    speeches of a record."""
    listing = reading.view.document.kind in {DocumentKind.AGENDA, DocumentKind.RECORD}
    front = reading.front if reading.view.document.kind is DocumentKind.RECORD else None
    spoken = {s.order for s in of_the_president(reading)} if front is not None else set()
    for sentence in reading.view.sentences:
        if not (sentence.dates or told):
            continue
        if not _WRITTEN.search(sentence.text) or (not listing and LETTER_TITLE.match(sentence.text)):
            continue
        if front is None or sentence.order < front.end or sentence.order in spoken:
            yield sentence


def _add(told: list[_Told], new: _Told) -> None:
    """A letter told again is the same: its recipient, or the state of its sender (其外交部长), may be said only once."""
    for item in told:
        states, roles = {item.sender.state, new.sender.state}, {_plain(item.sender.role), _plain(new.sender.role)}
        recipients = {_plain(item.recipient), _plain(new.recipient)}
        if item.date == new.date and len(roles) == 1 and len(states - {None}) <= 1 and len(recipients - {""}) <= 1:
            item.sender = item.sender if item.sender.state else new.sender
            item.recipient = item.recipient or new.recipient
            item.evidence += new.evidence
            return
    told.append(new)


def _plain(role: str | None) -> str:
    return re.sub(r"\s", "", normalize(role or "")[0]).replace("安理会", "安全理事会")


def _found(
    reading: Reading, sentence: Sentence, told: list[_Told]
) -> Iterator[tuple[str, tuple[Party, ...], str | None]]:
    """Day, senders and recipient of each letter of a sentence."""
    days = [(d.start, d.end, reading.context.iso(d)) for d in sentence.dates if d.day is not None]
    if told:
        days += [(*m.span(), told[-1].date) for m in _SAME_DAY.finditer(sentence.text)]
    voices: _Voices | None = None
    for start, end, iso in sorted(days, key=lambda day: day[0]):
        if iso is None or len(iso) != 10:
            continue
        voices = voices or _voices(reading, sentence)
        found = _dated_behind(reading, sentence, start, end, voices) or _dated_before(reading, sentence, end, voices)
        if found is None and _AGAIN.match(sentence.text, end) and told and sentence.evidence in told[-1].evidence:
            found = (told[-1].sender,), told[-1].recipient  # …9月12日曾致函秘书长，9月19日又来函更正
        if found is not None:
            senders, recipient = found
            yield iso, senders, recipient or _answered(sentence, end, senders, told)


def _answered(sentence: Sentence, end: int, senders: tuple[Party, ...], told: list[_Told]) -> str | None:
    """To whom a reply goes: who wrote last to the one who replies."""
    if not told or len(senders) != 1 or not _REPLY.match(sentence.text, end):
        return None
    last = told[-1]
    return last.sender.role if last.sender.state is None and _plain(last.recipient) == _plain(senders[0].role) else None


def _dated_behind(
    reading: Reading, sentence: Sentence, start: int, end: int, voices: _Voices
) -> tuple[tuple[Party, ...], str | None] | None:
    """The sender stands before the day: ``秘书长(在)2016年3月10日(给…)的信``."""
    masked = sentence.unposted
    link = _LINK.search(masked[:start])
    at = link.start() if link else start
    pronoun = next((m for m in _PRONOUN.finditer(masked, max(0, at - 2), at) if m.end() == at), None)
    if pronoun is not None:
        senders, begin = (voices.you if pronoun["you"] else voices.me), pronoun.start()
    else:
        senders, begin = ending_at(reading, sentence, at)
    and_more = _AND.match(masked, end)
    end = and_more.end() if and_more else end
    if not senders and masked[at : at + 1] in "在于":
        return _named_after(reading, sentence, at, end, voices)
    return _letter(sentence, begin, end, senders, voices) if senders else None


def _named_after(
    reading: Reading, sentence: Sentence, begin: int, end: int, voices: _Voices
) -> tuple[tuple[Party, ...], str | None] | None:
    """``在2015年3月3日给安理会主席的信中，秘书长…``."""
    to = _TO.match(sentence.unposted, end)
    inside = _IN_IT.match(sentence.text, to.end()) if to else None
    senders = starting_at(reading, sentence, inside.end())[0] if inside else ()
    return _letter(sentence, begin, end, senders, voices) if senders else None


def _dated_before(
    reading: Reading, sentence: Sentence, end: int, voices: _Voices
) -> tuple[tuple[Party, ...], str | None] | None:
    """The sender stands behind the day: ``2014年8月28日秘书长给…的信``, ``2015年1月5日，秘书长致函…``."""
    text = sentence.text
    begin = end + 1 if text[end : end + 1] == "，" else end
    senders, after = starting_at(reading, sentence, begin)
    own = _PRONOUN.match(text, begin)
    if own is not None and _WRITES.match(text, own.end()):
        senders, after = (voices.you if own["you"] else voices.me), own.end()
    if not senders or (begin > end and not any(way.match(text, after) for way in (_WRITES, _COMES, _IN_ONE))):
        return None  # 2015年1月5日，秘书长的信: of that day is what was done, not the letter
    return _letter(sentence, begin, after, senders, voices)


def _letter(
    sentence: Sentence, begin: int, at: int, senders: tuple[Party, ...], voices: _Voices
) -> tuple[tuple[Party, ...], str | None] | None:
    """What stands behind sender and day: a letter, to whom; None where it is none."""
    masked = sentence.unposted
    before = masked[:begin]
    if _NOT_RECEIVED.search(before[-24:]):
        return None
    to = _TO.match(masked, at)
    if to is not None:
        recipient = _addressee(sentence, *to.span("to"), voices)
        return (senders, recipient) if recipient is not None else None
    comes = _COMES.match(sentence.text, at)
    noun = comes and (comes["noun"] or comes["noun2"])
    if comes is not None and noun:  # 发来照会，通知秘书长, 以信函通知秘书长
        told = _TELLS.search(sentence.text, comes.start(), comes.end())
        return senders, (_addressee(sentence, told.end(), None, voices) if told else None) or _role(voices.me)
    of = _OF.match(masked, at) if not _WRITES.match(masked, at) else None
    if of is not None:
        return senders, _who_received(sentence, before, voices) or _who_is_told(sentence, of, voices) or (
            _role(voices.me)
            if of["noun"].startswith("来") or (voices.me and _TELLS_IN_IT.match(sentence.text, of.end()))
            else None
        )
    writes = _WRITES.match(masked, at)
    if writes is None or _TO_COME.search(before + masked[begin : writes.start()]):
        return None
    start, end = writes.span("to") if writes["to"] else (writes.end(), None)
    recipient = _addressee(sentence, start, end, voices)
    return (senders, recipient) if recipient is not None or not writes["to"] else None


def _addressee(sentence: Sentence, start: int, end: int | None, voices: _Voices) -> str | None:
    """Whom a letter is to, as printed: up to ``end`` if that is known, else the longest that begins there. 他 is who writes here."""
    text = sentence.text[start : start + 1]
    if text in "我他她你" and end is None and sentence.text[start + 1 : start + 2] == "的":
        return None  # 致信我的前任
    if text in "我他她你" and (end is None or end == start + 1):
        return _role(voices.you if text == "你" else voices.me)
    ends = [m.end for m in sentence.mentions if m.type in _ADDRESSED and m.start == start]
    if end is None:
        return sentence.printed(start, _with_others(sentence, max(ends))) if ends else None
    named = any(m.end == end for m in sentence.mentions if m.type in _ADDRESSED)
    known = named or sentence.text[start:end].endswith(("成员", "主席", "代表团", "政府", "委员会"))
    return sentence.printed(start, end) if known else None


def _with_others(sentence: Sentence, end: int) -> int:
    """The end of a list of those a letter is to: ``致函秘书长和安全理事会主席``."""
    while joint := re.match("、|和|及|以及|与", sentence.text[end:]):
        at = end + joint.end()
        more = [m.end for m in sentence.mentions if m.type in _ADDRESSED and m.start == at]
        if not more:
            break
        end = max(more)
    return end


def _who_received(sentence: Sentence, before: str, voices: _Voices) -> str | None:
    """``秘书长还收到…``, ``他已收到…``, ``又收到…``: the one named before it, else who writes here."""
    clause = before[max(before.rfind("；"), before.rfind("。")) + 1 :]
    found = list(_RECEIVED.finditer(clause))
    if not found:
        return None
    at = found[-1].start() + len(before) - len(clause)
    posts = [m for m in sentence.mentions if m.type in _ADDRESSED and m.end == at]
    return sentence.printed(posts[0].start, posts[0].end) if posts else _role(voices.me)


def _who_is_told(sentence: Sentence, of: re.Match[str], voices: _Voices) -> str | None:
    """``…的信中通知秘书长``."""
    tells = _TELLS.match(sentence.text, of.end())
    return _addressee(sentence, tells.end(), None, voices) if tells else None


def _role(parties: tuple[Party, ...]) -> str | None:
    return parties[0].role if len(parties) == 1 and parties[0].state is None else None


def _voices(reading: Reading, sentence: Sentence) -> _Voices:
    """By the nearest title of a letter above; in a report of the Secretary-General, he is who writes."""
    for above in reversed(reading.view.sentences[: sentence.order]):
        title = LETTER_TITLE.match(above.text) if above.paragraph.role == "title" or above.index < _TITLES else None
        if title is not None:
            if title["annex"]:
                return _Voices((), ())
            senders = tuple(Party(s, r) for s, r in senders_of(above, *title.span("sender")))
            start, end = title.span("recipient")
            return _Voices(senders, (Party(None, above.printed(start, end)),))
    titles = (s.text for s in reading.view.sentences if s.index < _TITLES)
    if _REPORTS.search(sentence.text) or any(_OF_SECRETARY_GENERAL.match(text) for text in titles):
        return _Voices((Party(None, "秘书长"),), ())
    return _Voices((), ())
