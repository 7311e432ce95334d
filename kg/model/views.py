"""What linking and triples ask of a document and of what was read in it: a type with the text has it, and so has one
without (`kg.ledger.Record`), so that there is one way from facts to triples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kg.model.document import DocumentKind, Mention, OffsetMap
    from kg.model.facts import Fact

__all__ = ["DocumentView", "ExtractionView"]


class DocumentView(Protocol):
    """A document, but for its text. The names mean what they mean in `kg.model.Document`."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def text_sha256(self) -> str: ...
    @property
    def kind(self) -> DocumentKind: ...
    @property
    def symbol(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def language(self) -> str: ...
    @property
    def to_file(self) -> OffsetMap: ...
    def page(self, offset: int, /) -> int | None: ...
    def paragraph_at(self, offset: int, /) -> int: ...


class ExtractionView(Protocol):
    """What was read in one document."""

    @property
    def document(self) -> DocumentView: ...
    @property
    def mentions(self) -> tuple[Mention, ...]: ...
    @property
    def facts(self) -> tuple[Fact, ...]: ...
