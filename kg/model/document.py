"""What a document is and what is mentioned in it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

__all__ = [
    "Document",
    "DocumentKind",
    "Link",
    "Mention",
    "MentionType",
    "Metadatum",
    "OffsetMap",
    "Paragraph",
    "Section",
    "Unread",
    "page_at",
]

_LONGEST_TITLE = 120
"""Characters of a line that may be the title of an annex."""


class MentionType(StrEnum):
    """Types of mention, as the contract names them."""

    __hash__ = str.__hash__  # that of enumerations is written in Python

    STATE = "State"
    MISSION = "Mission"
    ORGANIZATION = "Organization"
    OFFICIAL = "Official"
    POST = "Post"
    RESOLUTION = "Resolution"
    DOCUMENT = "Document"
    MEETING = "Meeting"
    DATE = "Date"


class DocumentKind(StrEnum):
    """What a document is."""

    LETTER = "letter"
    RESOLUTION = "resolution"
    PRESIDENTIAL_STATEMENT = "presidential-statement"
    PRESS_STATEMENT = "press-statement"
    RECORD = "meeting-record"
    AGENDA = "agenda"
    PROGRAMME = "programme-of-work"
    REPORT = "report"
    NOTE = "note"
    NEWS = "news"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """A piecewise map from one text's offsets to another's.

    ``starts[i]`` in the derived text stands for ``targets[i]`` in the original; inside a piece both run in step.
    """

    starts: tuple[int, ...]
    targets: tuple[int, ...]

    def __call__(self, offset: int) -> int:
        """Place in the original of the character at ``offset`` of the derived text."""
        i = bisect_right(self.starts, offset) - 1
        if i < 0:
            return offset
        return self.targets[i] + offset - self.starts[i]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span of the original that covers derived ``[start, end)``."""
        if end <= start:
            place = self(start)
            return place, place
        return self(start), self(end - 1) + 1

    @staticmethod
    def identity() -> OffsetMap:
        return _IDENTITY

    @classmethod
    def of(cls, positions: list[int]) -> OffsetMap:
        """From one original offset per derived character (neighbours run into pieces)."""
        starts: list[int] = []
        targets: list[int] = []
        expected = None
        for i, position in enumerate(positions):
            if position != expected:
                starts.append(i)
                targets.append(position)
            expected = position + 1
        return cls(tuple(starts), tuple(targets))


_IDENTITY = OffsetMap((0,), (0,))


@dataclass(frozen=True, slots=True)
class Link:
    """A web address printed on a line of its own; ``at`` is its place in the canonical text."""

    url: str
    at: int
    file_start: int
    file_end: int


@dataclass(frozen=True, slots=True)
class Metadatum:
    """What a file says of its document outside the text: an element with its ``values``, attributes by name and its
    content by the empty name. ``text[start:end]`` of the document is the element as it stands in the file, or, of a
    link, the words that are linked."""

    name: str
    values: tuple[tuple[str, str], ...]
    start: int
    end: int

    def get(self, name: str) -> str:
        """The value of that name, empty where there is none."""
        return dict(self.values).get(name, "")


class Paragraph(NamedTuple):
    """One paragraph of canonical text ``[start, end)``.

    ``role``: ``prose`` ``heading`` ``title`` ``letterhead`` ``signature`` ``footnote`` ``bullet`` ``metadata``;
    ``number`` as printed (``3``, ``(a)``, ``一``) or None; ``section`` is the index of its section in
    ``Document.sections``; ``indent`` counts the blanks before it in the file. Reading sets ``prose``, ``footnote``
    and, where the file says so, ``heading`` and ``metadata``; structure tells the rest. No rule of the language reads
    ``metadata``.
    """

    start: int
    end: int
    role: str
    number: str | None = None
    section: int = 0
    indent: int = 0


class Unread(NamedTuple):
    """A part of a file that could not be read, though the rest was: ``where`` in it, what is wrong, what to do."""

    where: str
    what: str
    remedy: str


class Section(NamedTuple):
    """A node of the heading tree: ``parent`` is an index into ``Document.sections`` (None at the root).

    ``kind``: ``body`` (the letter or document itself), ``annex``, or ``section`` under a heading.
    """

    title: str
    level: int
    parent: int | None
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read and structured.

    ``text`` is the canonical text, one paragraph a line; ``to_file`` maps its offsets to the file's text: the decoded
    file where it is plain text (code points, byte order mark not counted), what its reader takes out of it where it is
    not (`kg.read.Source`). ``sha256`` is that of the file's bytes. ``page_numbers``: the page of each run of text that
    begins at ``page_starts`` (1, 2, 3 … where empty); ``unread``: what of the file was left out;
    ``metadata``: what the file itself says of the document, in its order.
    """

    id: str
    source: str
    sha256: str
    text: str
    to_file: OffsetMap
    encoding: str
    kind: DocumentKind = DocumentKind.OTHER
    symbol: str | None = None
    date: str | None = None
    title: str | None = None
    language: str = "zh"
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    page_starts: tuple[int, ...] = ()
    page_numbers: tuple[int, ...] = ()
    format: str = "text"
    unread: tuple[Unread, ...] = ()
    metadata: tuple[Metadatum, ...] = ()

    def page(self, offset: int) -> int | None:
        """Printed page (1-based) of a canonical offset, or None where the file has no pages."""
        return page_at(self.page_starts, self.page_numbers, offset)

    def paragraph_at(self, offset: int) -> int:
        """Which paragraph holds a canonical offset, counted from 1; 0 before the first."""
        return bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph.start)

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the canonical text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()

    @property
    def annexes(self) -> tuple[str, ...]:
        """What each annex is called: the line below 某信的附件 if it reads as a title, else that line."""
        return tuple(self._annex_title(section) for section in self.sections if section.kind == "annex")

    def _annex_title(self, annex: Section) -> str:
        below = (p for p in self.paragraphs if annex.start <= p.start < annex.end and p.role != "title")
        first = next(below, None)
        text = self.text[first.start : first.end] if first and first.role in ("heading", "prose") else ""
        return text if 0 < len(text) <= _LONGEST_TITLE and text[-1] not in "。；：:;" else annex.title

    def headings(self, section: int) -> tuple[str, ...]:
        """Titles from the outermost heading down to ``section``, annex and body left out."""
        titles: list[str] = []
        at: int | None = section
        while at is not None:
            node = self.sections[at]
            if node.kind == "section":
                titles.append(node.title)
            at = node.parent
        return tuple(reversed(titles))


def page_at(starts: tuple[int, ...], numbers: tuple[int, ...], offset: int) -> int | None:
    """The page of the run of text that ``offset`` is in (`Document.page_starts`, `Document.page_numbers`)."""
    if not starts:
        return None
    run = bisect_right(starts, offset)
    return numbers[run - 1] if numbers else run


class Mention(NamedTuple):
    """A typed span of canonical text; ``id`` as the contract's table says, or None."""

    type: MentionType
    start: int
    end: int
    text: str
    id: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"type": self.type.value, "start": self.start, "end": self.end, "text": self.text, "id": self.id}
