"""Committees that resolutions set up: 第1970(2011)号决议所设委员会."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.reading import Reading
from kg.model import Committee, Evidence, MentionType
from kg.pipeline.mask import compile_masked, mask

__all__ = ["committees"]

_COMMITTEE = compile_masked(
    r"(?:安全理事会|安理会)?(?:关于[^，。；]{2,24}的)?«R»(?:(?:、|和|及|以及|，|与)«R»)*(?:第[\d零〇一二三四五六七八九十]{1,4}(?:\([a-z]\))?(?:[、至和-]\d{1,3})?段)?(?:所设立?|(?:规定|决定)?设立)的?[^，。；«:R»]{0,20}?委员会"
)


_SETS_UP = re.compile(r"(?<!所)设立(?!的)")
_CLAUSE_ENDS = re.compile("[，。；]|$")


def committees(reading: Reading) -> Iterator[Committee]:
    """One fact a resolution and label."""
    told: dict[tuple[str, str], list[Evidence]] = {}
    for sentence in reading.view.sentences if MentionType.RESOLUTION in reading.view.kinds else ():
        if MentionType.RESOLUTION not in sentence.kinds or "委员会" not in sentence.text:
            continue
        # names of bodies cover the resolution in them, so only resolutions are masked here
        spans = [(m.start, m.end, "R") for m in sentence.mentions if m.type is MentionType.RESOLUTION]
        for match in _COMMITTEE.finditer(mask(sentence.text, spans)):
            if _SETS_UP.search(match.group()) and _CLAUSE_ENDS.match(sentence.text, match.end()):
                continue  # 第1970(2011)号决议第24段设立委员会，监督…: told, not named
            label = sentence.printed(match.start(), match.end())
            for mention in sentence.inside(match.start(), match.end(), MentionType.RESOLUTION)[:1]:
                if mention.id:
                    told.setdefault((mention.id, label), []).append(sentence.evidence)
    for (resolution, label), evidence in told.items():
        yield reading.with_evidence(
            Committee(resolution=resolution, label=label, confidence=0.98, rule="committee.set-up"), evidence
        )
