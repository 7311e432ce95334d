"""What a sentence before says of a meeting that only definite words then tell: ``就题为“…”的年度公开辩论编写的概念说明。该辩论将于5月23日举行``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pipeline.mask import compile_masked

if TYPE_CHECKING:
    from kg.extract.meetings.sittings import Sitting
    from kg.extract.view import Sentence, View

__all__ = ["take_announced"]

_DEFINITE = compile_masked("(?:这次|此次|本次|该次?|上述|这一|这场|该场)$")
_QUOTED_BEFORE = compile_masked("(?P<q>«Q»)[^，。；«:Q»]{0,12}$")
_WORDS = {"debate": frozenset({"debate", "open-debate"}), "meeting": None}


def take_announced(view: View, sentence: Sentence, at: int, sitting: Sitting) -> None:
    """Give ``sitting``, whose format stands at ``at`` behind 该 or 此次, the format, level and subject of the one format that the
    sentence before names; what is quoted there is the theme, or the item of a sitting that has its own theme."""
    if not _DEFINITE.search(sentence.text[:at]) or sentence.order == 0:
        return
    before = view.sentences[sentence.order - 1]
    fitting = _WORDS[sitting.format or "meeting"]
    spans = [f for f in before.formats if fitting is None or f.format in fitting]
    if before.index != sentence.index or len(spans) != 1:
        return
    span = spans[0]
    sitting.format, sitting.level = span.format, sitting.level or span.level
    quoted = _QUOTED_BEFORE.search(before.masked[: span.start])
    if quoted is not None:
        subject = before.printed(quoted.start("q") + 1, quoted.end("q") - 1)
        if sitting.theme is None:
            sitting.theme = subject
        elif sitting.agenda_item is None and sitting.theme != subject:
            sitting.agenda_item = subject
    sitting.evidence.append(before.evidence)
