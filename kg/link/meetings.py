"""Meetings within a document: which facts speak of the same one, and its key.

A meeting's key is its number; without one, date, format and theme (or agenda item and topic). The reader of a document
says by ``Fact.meeting`` which facts happened at one meeting; where it does not, a chairing or briefing says date,
format and perhaps number: it belongs to the document's meeting that agrees, where several agree to the one of its own
paragraph; where there is none, the key is made from what it says; where the choice stays open, none is made.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Adoption, Briefing, Chairing, Credential, Fact, Meeting, Participant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import ExtractionView

__all__ = ["COUNCIL", "MeetingRef", "link_meetings", "meeting_number"]

COUNCIL = "UN-SC"
_NUMBER = re.compile(r"(?:S/PV\.|第)?(\d{1,5})(?:次.*|\s?\(.*\))?")
_INFORMAL = frozenset({"consultations", "informal-interactive-dialogue", "arria-formula"})
"""Formats of meetings that take no decisions."""


@dataclass(frozen=True, slots=True)
class MeetingRef:
    """A meeting: ``key`` for its address; ``number`` of the Council's meeting; ISO dates; ids of format and body.
    ``own``: the key is the document's own, because another may say the same of another meeting."""

    key: str
    number: int | None = None
    date: str | None = None
    end_date: str | None = None
    format: str | None = None
    body: str = COUNCIL
    own: bool = False


def meeting_number(text: str | None) -> int | None:
    """8699 for ``8699``, ``S/PV.8699``, ``第8699次``, ``S/PV.8699 (Resumption 1)``; None for anything else."""
    match = _NUMBER.fullmatch(text.strip()) if text else None
    return int(match[1]) if match else None


def link_meetings(extraction: ExtractionView) -> Mapping[int, MeetingRef]:
    """For the index of each fact that is or happens at one meeting, that meeting.

    Equal meeting facts of one document are different meetings (two briefings on one day): whoever reads a document
    joins what it says twice, so what comes twice is two.
    """
    known = _meetings(extraction)
    said = {f.meeting: known[i] for i, f in enumerate(extraction.facts) if isinstance(f, Meeting) and f.meeting}
    paragraph_at = extraction.document.paragraph_at
    places = [{paragraph_at(evidence.start) for evidence in fact.evidence} for fact in extraction.facts]
    linked = dict(known)
    for i, fact in enumerate(extraction.facts):
        near = {j for j in known if places[i] & places[j]}
        ref = said.get(getattr(fact, "meeting", None) or "") or _meeting_of(fact, known, near)
        if ref:
            linked[i] = ref
    return linked


def _meetings(extraction: ExtractionView) -> dict[int, MeetingRef]:
    scope = _hash(extraction.document.id)
    plain: dict[int, tuple[Meeting, int | None, str]] = {}
    for i, fact in enumerate(extraction.facts):
        if isinstance(fact, Meeting):
            number = meeting_number(fact.number) or meeting_number(fact.record)
            plain[i] = fact, number, _key(fact, number, scope)
    count = Counter(key for _, number, key in plain.values() if number is None)
    seen: Counter[str] = Counter()
    found: dict[int, MeetingRef] = {}
    for i, (fact, number, key) in plain.items():
        own = number is None and _is_vague(fact)
        if count[key] > 1 and number is None:
            seen[key] += 1
            key, own = f"{key}-{scope}-{seen[key]}", True
        found[i] = MeetingRef(key, number, fact.date, fact.end_date, fact.format, fact.body or COUNCIL, own)
    return found


def _key(fact: Meeting, number: int | None, scope: str) -> str:
    body = fact.body or COUNCIL
    if number is not None:
        return str(number) if body == COUNCIL else f"{body}-{number}"
    key = _by_date(fact.date, fact.format, body)
    if subject := _subject(fact):
        # printed with and without quotation marks and blanks
        key += "-" + _hash("".join(c for c in subject if c.isalnum()))
    return f"{key}-{scope}" if _is_vague(fact) else key


def _subject(fact: Meeting) -> str:
    return fact.theme or "".join(part for part in (fact.agenda_item, fact.topic) if part)


def _is_vague(fact: Meeting) -> bool:
    """Whether several meetings are likely to be such."""
    return fact.date is None or (len(fact.date) < 10 and not _subject(fact))


def _by_date(date: str | None, form: str | None, body: str) -> str:
    key = f"{date or 'undated'}-{form or 'meeting'}"
    return key if body == COUNCIL else f"{body}-{key}"


def _meeting_of(fact: Fact, known: Mapping[int, MeetingRef], near: set[int]) -> MeetingRef | None:
    """``near``: indexes of the meeting facts whose evidence begins in a paragraph of this fact's."""
    match fact:
        case Chairing():
            date, form, body = fact.date, fact.format, fact.body
        case Briefing():
            date, form, body = fact.date, fact.format, None
        case Adoption():
            date, form, body = fact.date, None, fact.body
        case Credential():
            date, form, body = fact.meeting_date, None, None
        case Participant():
            date, form, body = fact.date, None, None
        case _:
            return None
    number = meeting_number(fact.meeting_number)
    if number is not None:
        said = next((ref for ref in known.values() if ref.number == number), None)
        key = str(number) if body in (None, COUNCIL) else f"{body}-{number}"
        return said or MeetingRef(key, number, date, None, form, body or COUNCIL)
    agreeing = {
        i: ref for i, ref in known.items() if _on(ref, date) and form in (None, ref.format) and body in (None, ref.body)
    }
    close = [ref for i, ref in agreeing.items() if i in near]
    if isinstance(fact, Adoption | Credential | Participant):
        # nothing but the date to go by, and informal meetings on the same day: only what the paragraph itself says
        formal = [ref for ref in close if ref.format not in _INFORMAL]
        return formal[0] if len(formal) == 1 else None
    for refs in (list(agreeing.values()), close):
        if len(refs) == 1:
            return refs[0]
    if agreeing or date is None or len(date) < 10:
        return None
    return MeetingRef(_by_date(date, form, body or COUNCIL), None, date, None, form, body or COUNCIL)


def _on(ref: MeetingRef, date: str | None) -> bool:
    if date is None or ref.date is None:
        return False
    return ref.date <= date <= ref.end_date if ref.end_date else ref.date == date


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
