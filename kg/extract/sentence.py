"""One sentence as the fact rules see it: its text in three forms, mentions, dates, formats and actors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.gate import Gated
from kg.model import Document, Evidence, Mention, MentionType, OffsetMap, Paragraph
from kg.pipeline.names import HONORIFICS

if TYPE_CHECKING:
    from kg.dates import DateExpression
    from kg.extract.formats import FormatSpan

__all__ = ["Actor", "Sentence"]

_ACTOR = Gated(
    rf"(?:(?P<t>«T»)(?:、|，)?(?P<p>«P»)|(?P<p3>«P»)(?P<t3>«T»)|(?P<p2>«P»)|(?P<t2>«T»))(?:(?:[海陆空]军)?{HONORIFICS})*"
)

_ACTING = frozenset({MentionType.POST, MentionType.OFFICIAL})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a post, a person or both; offsets in the sentence. ``post`` and ``person`` are its mentions."""

    start: int
    end: int
    post: Mention | None
    person: Mention | None


@dataclass(eq=False)
class Sentence:
    """One sentence of a paragraph, its number or bullet left out. Mentions and dates have offsets in ``text``;
    ``index`` is that of its paragraph, ``order`` its own in the document; ``unposted`` is
    masked like ``masked`` but for the posts, where the words themselves matter (轮值主席, 所设委员会主席); ``words``: those that patterns
    ask for and it holds (`kg.extract.gate`); ``kinds``: the types of its mentions. Never changed; to be frozen would double what it takes
    to make one."""

    document: Document
    paragraph: Paragraph
    index: int
    order: int
    text: str
    masked: str
    unposted: str
    mentions: tuple[Mention, ...]
    dates: tuple[DateExpression, ...]
    formats: tuple[FormatSpan, ...]
    offset: int
    to_paragraph: OffsetMap
    words: int
    kinds: frozenset[MentionType]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Canonical span of ``text[start:end]``."""
        left, right = self.to_paragraph.span(self.offset + start, self.offset + end)
        return self.paragraph.start + left, self.paragraph.start + right

    def printed(self, start: int, end: int) -> str:
        """The characters of the canonical text for ``text[start:end]``."""
        left, right = self.span(start, end)
        return self.document.text[left:right]

    @cached_property
    def evidence(self) -> Evidence:
        """The whole sentence."""
        start, end = self.span(0, len(self.text))
        while start < end and self.document.text[start] in " \t":
            start += 1
        return Evidence(start, end, self.document.text[start:end], self.document.page(start))

    @cached_property
    def titles(self) -> dict[int, int | None]:
        """Where titles begin, by where they end, as `kg.extract.titles` has found them: several families ask for each."""
        return {}

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """Posts and persons of the sentence, a post with the person it introduces as one."""
        if self.kinds.isdisjoint(_ACTING):
            return ()
        found: list[Actor] = []
        posts = {m.start: m for m in self.mentions if m.type is MentionType.POST}
        people = {m.start: m for m in self.mentions if m.type is MentionType.OFFICIAL}
        for match in _ACTOR.finditer(self):
            post = next((posts.get(match.start(g)) for g in ("t", "t2", "t3") if match[g]), None)
            person = next((people.get(match.start(g)) for g in ("p", "p2", "p3") if match[g]), None)
            if post or person:
                found.append(Actor(match.start(), match.end(), post, person))
        return tuple(found)

    def inside(self, start: int, end: int, kind: MentionType) -> list[Mention]:
        """Mentions of one type in ``text[start:end]``."""
        if kind not in self.kinds:
            return []
        return [m for m in self.mentions if m.type is kind and start <= m.start and m.end <= end]

    def at(self, start: int, kind: MentionType) -> Mention | None:
        """The mention of that type that begins at ``start``."""
        if kind in self.kinds:
            for mention in self.mentions:
                if mention.start == start and mention.type is kind:
                    return mention
        return None

    def date_at(self, start: int) -> DateExpression | None:
        """The date that begins at ``start``."""
        return next((d for d in self.dates if d.start == start), None)
