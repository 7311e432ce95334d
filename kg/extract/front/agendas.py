"""An agenda of several meetings (第6803次会议临时议程 … 第6804次会议(非公开)临时议程 …) and what its notes say of others: consultations
after a meeting, one called off.

Refused: notes without a day of their own or of the meeting above them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.meetings import changed_in, number_of
from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.meetings import Sitting
    from kg.extract.view import Sentence, View

__all__ = ["noted", "parts_of"]

_HEAD = compile_masked(r"«F»(?:\([^()]{2,6}\))?(?:(?:的)?(?:临时)?议程[:：]?)?$")
_AFTER = compile_masked(
    r"(?:«F»|会议|通报)(?:结束)?(?:之|以)?后，?(?:«C»(?:成员)?)?(?:将|拟|还|再|接着|随即|随后|立即)*(?:在[^，。；«:F»]{1,12})?(?:举行|召开|进行|转入)[^，。；«:FD»]{0,20}?(?P<f>«F»)"
)


def parts_of(view: View) -> list[View]:
    """The agenda cut into its meetings, each headed by a line with a number; one part where it is of one meeting."""
    heads: list[int] = []
    seen: set[str] = set()
    for i, sentence in enumerate(view.sentences):
        number = number_of(sentence) if _HEAD.search(sentence.masked) else None
        if number is not None and number not in seen:
            seen.add(number)
            heads.append(i)
    if len(heads) < 2:
        return [view]
    cuts = [0, *heads[1:], len(view.sentences)]
    return [replace(view, sentences=view.sentences[a:b]) for a, b in pairwise(cuts)]


def noted(view: View, context: Context, sitting: Sitting) -> Iterator[tuple[Sentence, Sitting]]:
    """The meetings that the notes of one part tell beside its own."""
    for sentence in view.sentences:
        for _, changed in changed_in(sentence, context, near=True):
            yield sentence, changed
        match = _AFTER.search(sentence.masked)
        span = next((f for f in sentence.formats if match and f.start == match.start("f")), None)
        if span is None or sitting.date is None or span.format not in {"consultations", "private-meeting"}:
            continue
        after = replace(
            sitting,
            format=span.format,
            number=None,
            record=None,
            time=None,
            theme=None,
            leading=False,
            rule="agenda.after",
            told_at=[sentence.order],
            evidence=[sentence.evidence, sitting.evidence[0]],
        )
        yield sentence, after
