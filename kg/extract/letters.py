"""Letters: who writes to whom, when, and who signs.

The title line (``2022年8月12日中国常驻联合国代表给秘书长的信``) gives date, sender and recipient; the signed line below it, before the
next title, the signatory. The title of an annex names the same letter: one fact. A letter of several states is a fact for
each, with its own signatory. Letters that are only spoken of, agendas and records: `kg.extract.referred`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.dates import find_dates
from kg.extract.reading import Reading
from kg.extract.signatures import Signature, signatures
from kg.extract.view import Sentence
from kg.model import DocumentKind, Evidence, Letter, MentionType
from kg.pipeline.mask import compile_masked
from kg.structure import LETTER_TITLE

__all__ = ["letters", "senders_of"]

_OF_A_STATE = re.compile(
    r"(?:政府|国)?(?:的)?(?:$|和|、|及|与|给|致|副?常驻|驻|副?代表|候补|代理|临时|副?(?:总统|总理|首相|部长)|外交|外长|国务|国家|国防|大使|观察员|政府|过渡(?:总统|总理|政府)|内阁|最高|"
    r"司法|议会|国王|女王|王室|王储|部长|使馆|(?:外交|外务|国防|内政|国务)大臣|[^，、和]{0,12}(?:部长?|大臣)$)"
)
"""What stands behind a state that writes: 叙利亚反对派… and 刚果民主共和国问题专家组 are no states."""
_JOINT = compile_masked(r"«S»(?:(?:、|和|及|与|以及)«S»)+(?P<role>[^«:S»、和及与]{2,40})")
_EACH = compile_masked(r"«S»(?P<role>[^«:S»、和及与]{2,40})(?:(?:、|和|及|与|以及)«S»[^«:S»、和及与]{2,40})+")
_PART = compile_masked(r"«S»(?P<role>[^«:S»、和及与]{2,40})")
_FOR = re.compile(
    r"(?:^|，|；|我|谨|兹|并)(?:谨|特此|兹)?代表(?P<whom>[^，。；：()]{2,60}?(?:\([^()]{1,20}\)[^，。；：()]{0,20}?)?)"
    r"(?=，|[。；]|谨|并|向|随函|随信|转递|转交|致函|写信|通知|告知|提请|请(?!求)|表示|感谢|提交|呼吁|要求)"
)
"""``谨代表不结盟运动协调局，随函转递…``: for whom the sender writes."""
_AS = re.compile(
    r"以(?P<whom>[^，。；：]{2,40}?)(?:现任|轮值|候任)?(?:主席国?|协调员|协调国|召集人)的?(?:身份|名义|资格)"
)
_OWN = re.compile(r"(?:我|本|该|他|她)")
_NO_LETTERS = frozenset({DocumentKind.AGENDA, DocumentKind.RECORD})


@dataclass
class _Title:
    """A letter as its title tells it, with the paragraph that it opens; ``senders`` are states (or None) with their role."""

    sentence: Sentence
    match: re.Match[str]
    senders: list[tuple[str | None, str | None]]
    evidence: list[Evidence] = field(default_factory=list)


def letters(reading: Reading) -> Iterator[Letter]:
    """One fact a letter and state: letters differ in date, sender or recipient."""
    told: dict[tuple[str, str, str], _Title] = {}
    if reading.view.document.kind in _NO_LETTERS:
        return
    for sentence in reading.view.sentences:
        match = LETTER_TITLE.match(sentence.text) if _is_title(reading, sentence) else None
        if match is None:
            continue
        key = (match["date"] or match["date2"], match["sender"], match["recipient"])
        title = told.setdefault(key, _Title(sentence, match, senders_of(sentence, *match.span("sender"))))
        title.evidence.append(sentence.evidence)
    for title in told.values():
        signed = [] if title.match["annex"] else signatures(reading.view, *_own(reading, title.sentence))
        whom = None if title.match["annex"] else _for_whom(reading, title)
        for at, (state, role) in enumerate(title.senders):
            signature = _signature_of(signed, title.senders, at)
            fact = Letter(
                date=next((d.iso for d in find_dates(title.match["date"] or title.match["date2"])), None),
                state=state,
                sender_role=role,
                signatory=signature.name if signature else None,
                recipient=title.sentence.printed(*title.match.span("recipient")),
                on_behalf_of=whom[0] if whom else None,
                confidence=0.99,
                rule="letter.title",
            )
            first, *others = title.evidence
            more = [*([signature.evidence] if signature else []), *([whom[1]] if whom else [])]
            yield reading.with_evidence(fact, [first, *more, *others])


def _is_title(reading: Reading, sentence: Sentence) -> bool:
    """A line that is a document of its own has no layout to tell its role."""
    return sentence.paragraph.role == "title" or len(reading.view.document.paragraphs) == 1


def _own(reading: Reading, title: Sentence) -> tuple[int, int]:
    """The paragraphs of a letter: behind its title, to the next title."""
    paragraphs = reading.view.document.paragraphs
    first = title.index + 1
    return first, next((i for i in range(first, len(paragraphs)) if paragraphs[i].role == "title"), len(paragraphs))


def senders_of(sentence: Sentence, start: int, end: int) -> list[tuple[str | None, str | None]]:
    """State and role; of each state where several write: ``哥伦比亚和葡萄牙常驻联合国代表``."""
    states = {m.start: m for m in sentence.mentions if m.type is MentionType.STATE and start <= m.start < end}
    sender = sentence.unposted[start:end]
    joint = _JOINT.fullmatch(sender)
    if joint:
        role = sentence.printed(start + joint.start("role"), end)
        return [(state.id, role) for state in states.values()]
    if _EACH.fullmatch(sender):
        parts = _PART.finditer(sender)
        return [
            (states[start + p.start()].id, sentence.printed(start + p.start("role"), start + p.end())) for p in parts
        ]
    state = states.get(start)
    if state is None or not _OF_A_STATE.match(sentence.text[state.end : end]):
        return [(None, sentence.printed(start, end) or None)]
    return [(state.id, sentence.printed(state.end, end) or None)]


def _for_whom(reading: Reading, title: _Title) -> tuple[str, Evidence] | None:
    """For whom a letter is written, by its own first words on that; a state that writes for itself is nobody else."""
    own = {state for state, _ in title.senders}
    for index in range(*_own(reading, title.sentence)):
        for sentence in reading.view.by_paragraph.get(index, ()):
            for pattern in (_FOR, _AS):
                match = pattern.search(sentence.text)
                if match is None or _OWN.match(match["whom"]):
                    continue
                span = match.span("whom")
                states = {m.id for m in sentence.inside(*span, MentionType.STATE)}
                bodies = [m.id for m in sentence.inside(*span, MentionType.ORGANIZATION)]
                if (states and states <= own) or (
                    pattern is _AS and "UN-SC" in bodies and "委员会" not in match["whom"]
                ):
                    continue
                return sentence.printed(*span), sentence.evidence
    return None


def _signature_of(signed: list[Signature], senders: list[tuple[str | None, str | None]], at: int) -> Signature | None:
    """The signature of one sender: the first where one writes; else that whose title lines name the state, or the one of
    its place where there are as many as senders."""
    if len(senders) == 1:
        return signed[0] if signed else None
    named = [s for s in signed if senders[at][0] in s.states]
    if len(named) == 1:
        return named[0]
    return signed[at] if not named and len(signed) == len(senders) and not any(s.states for s in signed) else None
