"""Web pages, with the standard library only: what a reader of the page sees as its text.

Scripts, styles, navigation, the site's header and footer and hidden parts are left out; block elements are paragraphs;
a row of a table reads as `kg.read.rows` says; items of lists carry their number or bullet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from kg.errors import EmptyInputError, EncodingError, UnsupportedInputError
from kg.read.decode import decode
from kg.read.flow import Flow
from kg.read.numerals import numeral
from kg.read.rows import row_texts
from kg.read.signatures import ascii_head
from kg.read.source import source_of
from kg.text import HAN

if TYPE_CHECKING:
    from kg.read.layout import Layout
    from kg.read.source import Source

__all__ = ["is_html", "read_html"]

_HEAD = 4096
_START = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,80}encoding=[\"']([\w-]{2,20})", re.IGNORECASE
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
"""Charsets that pages name where they use more of it, as browsers take them."""

_NO_TEXT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "math", "object", "audio", "video", "canvas", "head"}
    | {"rt", "rp", "del", "s", "strike"}
)
_SKIPPED = _NO_TEXT | {"nav", "aside", "form", "dialog", "select", "button", "textarea"}
_SITE = frozenset({"header", "footer"})
"""Left out, but not inside an article: there they hold its title."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol"}
    | {"p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption"}
)
_CLOSED_BY = {
    "p": _BLOCKS - {"html", "body", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dd", "dt"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th", "tr"},
    "th": {"td", "th", "tr"},
    "tr": {"tr", "tbody", "tfoot"},
    "option": {"option"},
}
"""Elements whose end may be left out, and what ends them."""
_CALL = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?")
_UNIT = re.compile(r"[A-Za-z]$")
_COUNT = re.compile(r"[0-9]{1,6}")
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BLANKS = re.compile(r"[ \t\r\n\f\x1f]+")
_RUNS = re.compile(r"[ \x1f\n]+")
_SOFT = "\x1f"
"""A line end of the source: a blank between words, nothing between Han characters."""
_BETWEEN_HAN = re.compile(
    rf"(?<=[{HAN}，。；：、！？“”‘’《》（）]){_SOFT}|{_SOFT}(?=[{HAN}，。；：、！？“”‘’《》（）])"
)
_DECLARED = re.compile(r"<!--|<!\[CDATA\[|<[!?]")
_CLOSES = {"<!--": "-->", "<![CDATA[": "]]>"}
_OPENS_NOTHING = re.compile(r"<(?=[^<>]*(?:<|$))")
_DEEPEST = 300


def is_html(data: bytes) -> bool:
    """Whether ``data`` begins as a web page does, in whatever encoding."""
    return _START.match(ascii_head(data)) is not None


def read_html(data: bytes, *, source: str, encoding: str | None = None) -> Source:
    """The document in a web page. ``encoding`` goes before the charset that the page names.

    Errors: those of `kg.read.decode.decode`, `EmptyInputError` (no text), `UnsupportedInputError` (nests without end).
    """
    text, found = _decode(data, source, encoding)
    words, layout = _read(text, source, _SKIPPED | _SITE)
    if not layout.blocks:
        words, layout = _read(text, source, _NO_TEXT)  # all in a <nav> or <header>, perhaps one that never ends
    if not layout.blocks:
        raise EmptyInputError(
            "nothing to read: no text on the page",
            where=source,
            remedy="is it made by a script? then save it from a browser",
        )
    return source_of(words, layout, source=source, data=data, encoding=found, format="HTML")


def _read(text: str, source: str, skipped: frozenset[str]) -> tuple[str, Layout]:
    page = _Page(source, skipped)
    page.feed(_plain_tags(text))
    page.close()
    return page.finish()


def _plain_tags(text: str) -> str:
    """The page without comments and declarations, and with every ``<`` that opens nothing as a character.

    Pages that never close what they open would take the parser a time that grows with their square.
    """
    kept: list[str] = []
    at = 0
    while (start := _DECLARED.search(text, at)) is not None:
        kept.append(text[at : start.start()])
        close = text.find(_CLOSES.get(start.group(), ">"), start.end())
        if close < 0:
            kept.append(_DECLARED.sub("", text[start.end() :]))
            at = len(text)
            break
        at = close + len(_CLOSES.get(start.group(), ">"))
    kept.append(text[at:])
    return _OPENS_NOTHING.sub("&lt;", "".join(kept))


def _decode(data: bytes, source: str, encoding: str | None) -> tuple[str, str]:
    """A byte order mark goes first, then the charset named in the page if it fits, else what fits best."""
    named = _CHARSET.search(data[:_HEAD])
    if encoding is None and named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = (named[1] or named[2]).decode().lower()
        # a page whose ASCII can be read is not in UTF-16; no Chinese page is in a Latin charset, though many say so
        if not name.startswith(("utf-16", "iso-8859", "windows-125", "us-ascii")):
            try:
                return decode(data, source=source, encoding=_WIDER.get(name, name))
            except EncodingError:
                pass
    return decode(data, source=source, encoding=encoding)


@dataclass(slots=True)
class _Open:
    """An element that is open. ``skipped``: it or one around it is left out."""

    tag: str
    skipped: bool
    count: int | None = None
    """Of an ``ol``: the number of its next item."""
    form: str = "1"
    raised: bool = False
    cells: list[list[str]] = field(default_factory=list)
    """Of a ``tr``: the paragraphs of its cells so far."""


class _Page(HTMLParser):
    """Turns tags and text into paragraphs of a `Flow`."""

    def __init__(self, source: str, skipped: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._source = source
        self._skipped = skipped
        self._flow = Flow()
        self._stack: list[_Open] = []
        self._words: list[str] = []
        self._label = ""
        self._noted = ""
        self._raised: list[str] = []

    def finish(self) -> tuple[str, Layout]:
        """The file text and its blocks, at the end of the page."""
        while self._stack:
            self._pop()
        self._paragraph()
        return self._flow.finish()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._stack and tag in _CLOSED_BY.get(self._stack[-1].tag, ()):
            self._pop()
        if tag in _BLOCKS:
            self._paragraph()
        if tag == "br":
            self._write("\n")
        if tag in _VOID:
            return
        if len(self._stack) >= _DEEPEST:
            raise UnsupportedInputError("its elements nest without end", where=self._source, remedy="save it again")
        about = dict(attrs)
        opened = _Open(tag, self._is_skipped(tag, about))
        if tag == "ol":
            start = about.get("start") or "1"
            opened.count = int(start) if _COUNT.fullmatch(start) else 1
            opened.form = about.get("type") or "1"
        elif tag == "li" and not opened.skipped:
            self._number(about.get("value"))
        elif tag == "sup":
            opened.raised = True
            self._raised = []
        elif tag in {"td", "th"}:
            row = next((o for o in reversed(self._stack) if o.tag == "tr"), None)
            if row is not None:
                row.cells.append([])
        self._stack.append(opened)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if any(opened.tag == tag for opened in self._stack):
            while self._stack[-1].tag != tag:
                self._pop()
            self._pop()
        elif tag == "p":
            self._paragraph()

    def handle_data(self, data: str) -> None:
        if self._stack and self._stack[-1].skipped:
            return
        if any(opened.raised for opened in self._stack[-3:]):
            self._raised.append(data)
        else:
            self._write(data.replace("\r\n", "\n") if self._preformatted() else _BLANKS.sub(_collapsed, data))

    def _is_skipped(self, tag: str, about: dict[str, str | None]) -> bool:
        if self._stack and self._stack[-1].skipped:
            return True
        inside = any(opened.tag in {"article", "main"} for opened in self._stack)
        hidden = "hidden" in about or about.get("aria-hidden") == "true"
        unseen = re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", about.get("style") or "") is not None
        return (tag in self._skipped and not (tag in _SITE and inside)) or hidden or unseen

    def _preformatted(self) -> bool:
        return any(opened.tag == "pre" for opened in self._stack)

    def _write(self, text: str) -> None:
        if not (self._stack and self._stack[-1].skipped):
            self._words.append(text)

    def _pop(self) -> None:
        closed = self._stack.pop()
        if closed.raised:
            self._lower("".join(self._raised))
        if closed.tag in _BLOCKS:
            self._stack.append(closed)  # still inside: what a cell or <pre> holds is its own
            self._paragraph()
            self._stack.pop()
        if closed.tag == "tr" and not closed.skipped:
            for text in row_texts([cell for cell in closed.cells if cell]):
                self._put(text)

    def _lower(self, raised: str) -> None:
        """A raised number calls a footnote, or stands before one; raised units and ordinals are words."""
        mark = raised.strip()
        before = "".join(self._words[-3:]).strip()
        if not _CALL.fullmatch(mark) or (_UNIT.search(before) and mark.isdigit()):
            self._words.append(raised)
        elif not any(word.strip() for word in self._words):
            self._noted = mark.strip("[]()")

    def _number(self, value: str | None) -> None:
        parent = next((o for o in reversed(self._stack) if o.tag in {"ol", "ul"}), None)
        if parent is None or parent.count is None:
            self._label = "• "
            return
        if value and _COUNT.fullmatch(value):
            parent.count = int(value)
        self._label = f"{numeral(parent.count, _FORMS.get(parent.form, 'decimal'))}. "
        parent.count += 1

    def _paragraph(self) -> None:
        """What was written since the last block began or ended."""
        text = "".join(self._words).replace("\xa0", " ")
        self._words = []
        if not self._preformatted():
            text = _BETWEEN_HAN.sub("", _RUNS.sub(_one, text).strip(f" {_SOFT}\n")).replace(_SOFT, " ")
        if not text.strip():
            return
        noted, self._noted = self._noted, ""
        label, self._label = self._label, ""
        self._put(f"{noted} {text}" if noted else f"{label}{text}", "footnote" if noted else "text")

    def _put(self, text: str, role: str = "text") -> None:
        """A paragraph, into the row that is open, else onto the page."""
        row = next((opened for opened in reversed(self._stack) if opened.tag == "tr"), None)
        if row is not None and row.cells:
            row.cells[-1].append(text)
        else:
            self._flow.add(text, role=role)


def _one(blanks: re.Match[str]) -> str:
    """A run of blanks and line breaks as one of them."""
    run = blanks.group()
    return "\n" if "\n" in run else _SOFT if _SOFT in run else " "


def _collapsed(blanks: re.Match[str]) -> str:
    return _SOFT if "\n" in blanks.group() or _SOFT in blanks.group() else " "
