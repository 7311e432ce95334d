"""Which state presides over the Council in which month.

Refused: presidents of other bodies (委员会主席, 非洲联盟主席, 联大主席), the President's letters and statements, months of something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.presidency_frames import presidency_frames
from kg.extract.reading import Reading
from kg.model import Evidence, Presidency

__all__ = ["presidencies"]


def presidencies(reading: Reading) -> Iterator[Presidency]:
    """One fact a state and month."""
    told: dict[tuple[str, str], tuple[str, list[Evidence]]] = {}
    for sentence in reading.view.sentences:
        for frame in presidency_frames(sentence):
            iso = reading.context.iso(frame.date)
            if iso and len(iso) >= 7 and frame.state.id:
                told.setdefault((frame.state.id, iso[:7]), (frame.rule, []))[1].append(sentence.evidence)
    for (state, month), (rule, evidence) in told.items():
        yield reading.with_evidence(Presidency(state=state, month=month, confidence=0.99, rule=rule), evidence)
