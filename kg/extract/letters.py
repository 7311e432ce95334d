"""Letters: who writes to whom, when, and who signs.

The title line (``2022年8月12日中国常驻联合国代表给秘书长的信``) gives date, sender and recipient; the line with (签名) the signatory. The
title of an annex names the same letter: one fact. Refused: letters that are only spoken of (他收到…来信).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.dates import find_dates
from kg.extract.reading import Reading
from kg.model import Evidence, Letter, MentionType
from kg.structure import LETTER_TITLE

__all__ = ["letters"]


def letters(reading: Reading) -> Iterator[Letter]:
    """One fact a letter: letters differ in date, sender or recipient."""
    told: dict[tuple[str, str, str], tuple[Letter, list[Evidence]]] = {}
    signer, signature = _signature(reading)
    for sentence in reading.view.sentences:
        if sentence.paragraph.role != "title":
            continue
        match = LETTER_TITLE.match(sentence.text)
        if not match:
            continue
        key = (match["date"], match["sender"], match["recipient"])
        if key in told:
            told[key][1].append(sentence.evidence)
            continue
        states = sentence.inside(match.start("sender"), match.end("sender"), MentionType.STATE)
        at = match.start("sender")
        state = states[0] if states and states[0].start == at else None
        role_start = state.end if state else at
        role = sentence.printed(role_start, match.end("sender")) or None
        first = not told
        evidence = [sentence.evidence]
        if first and signature is not None:
            evidence.append(signature)
        fact = Letter(
            date=next((d.iso for d in find_dates(match["date"])), None),
            state=state.id if state else None,
            sender_role=role,
            signatory=signer if first else None,
            recipient=sentence.printed(match.start("recipient"), match.end("recipient")),
            confidence=0.99,
            rule="letter.title",
        )
        told[key] = (fact, evidence)
    for fact, evidence in told.values():
        yield reading.with_evidence(fact, evidence)


def _signature(reading: Reading) -> tuple[str | None, Evidence | None]:
    """Name and evidence of the first signed line, of the letter itself before its annexes."""
    for sentence in reading.view.sentences:
        if sentence.paragraph.role == "signature" and re.search(r"\((?:签名|签字|签署)\)$", sentence.text):
            people = [m for m in sentence.mentions if m.type == MentionType.OFFICIAL]
            name = (
                sentence.printed(people[0].start, people[0].end) if people else re.sub(r"\([^)]*\)$", "", sentence.text)
            )
            return name, sentence.evidence
    return None, None
