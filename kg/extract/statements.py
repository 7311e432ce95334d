"""A presidential statement: the sentence that opens it says at which meeting, under which item and by whom it was made.

``安全理事会主席在2015年2月6日安全理事会第7378次会议上，就…题为“…”的项目，代表安理会发表声明如下：`` in its orders; some statements
were made without a meeting and are dated by their masthead. Refused: statements that are cited (安理会主席…的声明), drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.gate import Gated
from kg.extract.meetings import Meetings, Sitting, theme_and_item
from kg.model import DocumentKind, MentionType, Status
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS

if TYPE_CHECKING:
    from kg.extract.context import Context
    from kg.extract.view import Actor, Sentence, View

__all__ = ["add_statement", "opening_of", "presiding_in", "release_of"]

_OPENS = compile_masked(
    r"^(?!“).*?主席.{0,400}?(?:发表|作出|宣读|发布|作|宣布)(?:了)?(?:如下|以下|下列|一项|下述)?(?:的)?(?:(?:主席)?声明|发言(?=如下|[:：]))"
)
_RELEASES = re.compile(
    r"(?:以下|下面|下列)(?:是|为)[^。]{0,60}(?:声明|谈话|要点)|主席[^。]{0,60}(?:发表|发布|宣读)[^。]{0,24}(?:声明|谈话|要点)(?:如下)?[:：]$"
)
_QUOTED = Gated("«Q»", on="unposted")
_OPENINGS = 20
"""Sentences among which the one that opens a statement stands: a masthead is before it."""
_OF_THE_COUNCIL = "president-of-the-security-council"
_STATE_BEHIND = compile_masked(rf"(?:{HONORIFICS})*\((?P<s>«S»)\)")


def opening_of(view: View) -> Sentence | None:
    """The sentence that opens a presidential statement, None for any other document."""
    if view.document.kind is not DocumentKind.PRESIDENTIAL_STATEMENT:
        return None
    return next((s for s in view.sentences[:_OPENINGS] if _OPENS.search(s.unposted)), None)


def release_of(view: View) -> Sentence | None:
    """The sentence by which a press release introduces the statement: it may name the President."""
    if view.document.kind is not DocumentKind.PRESS_STATEMENT:
        return None
    return next((s for s in view.sentences[:_OPENINGS] if _RELEASES.search(s.text)), None)


def add_statement(view: View, context: Context, meetings: Meetings) -> None:
    """The meeting that the opening names by its number, where no frame of meetings has read it."""
    sentence = opening_of(view)
    if sentence is None or meetings.told_in(sentence):
        return
    numbers = [m for m in sentence.mentions if m.type is MentionType.MEETING and m.id]
    quoted = [m.span() for m in _QUOTED.finditer(sentence)]
    days = [d for d in sentence.dates if d.day is not None and not any(s <= d.start < e for s, e in quoted)]
    near = min(days, key=lambda d: abs(d.end - numbers[0].start)) if days and numbers else None
    date = context.iso(near) if near else view.document.date
    if len(numbers) != 1 or date is None:
        return
    theme, item = theme_and_item(sentence)
    sitting = Sitting(
        date=date,
        format="meeting",
        status=Status.HELD,
        section=sentence.paragraph.section,
        number=(numbers[0].id or "").removeprefix("S/PV."),
        theme=theme,
        agenda_item=item,
        leading=True,
        rule="statement.meeting",
        told_at=[sentence.order],
        evidence=[sentence.evidence],
    )
    meetings.add(sentence, sitting)


def presiding_in(sentence: Sentence) -> Iterator[tuple[Actor, str | None]]:
    """Who speaks as President in the opening, and of which state: ``安全理事会主席、阿根廷外交部长…代表安理会``, ``主席…(南非)``."""
    actors = sentence.actors
    for i, actor in enumerate(actors):
        if actor.post is None or actor.post.id != _OF_THE_COUNCIL:
            continue
        named = actor if actor.person is not None else actors[i + 1] if i + 1 < len(actors) else None
        if named is None or named.person is None or sentence.text[actor.end : named.start] not in {"", "、", "，"}:
            continue
        if named is not actor and named.start < actor.end:
            named = actor
        states = sentence.inside(named.post.start, named.post.end, MentionType.STATE) if named.post else []
        behind = _STATE_BEHIND.match(sentence.masked, named.end)
        if behind and not states:
            states = [m for m in [sentence.at(behind.start("s"), MentionType.STATE)] if m is not None]
        yield named, states[0].id if states else None
        return
