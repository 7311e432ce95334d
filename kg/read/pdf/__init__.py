"""PDF files with a text layer. The extra ``pdf`` installs what they need (pypdfium2).

Each page goes down four steps: its characters (`glyphs`) become rows (`rows`), rows lose the page's furniture
(`furniture`) and get the order of reading (`columns`), lines lose the footnotes (`notes`) and become paragraphs
(`paragraphs`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import EmptyInputError, UnsupportedInputError
from kg.model import Link, Unread
from kg.read.layout import LINK_LINE, URL, Block, Layout, Piece
from kg.read.pdf.columns import in_order
from kg.read.pdf.furniture import Page, furnish
from kg.read.pdf.glyphs import Sheet, sheets
from kg.read.pdf.notes import tell_beginnings, without_notes
from kg.read.pdf.paragraphs import body_size, paragraphs
from kg.read.pdf.rows import Line, join, rows
from kg.read.source import source_of

if TYPE_CHECKING:
    from kg.read.source import Source

__all__ = ["is_pdf", "read_pdf"]

_SIGNATURE = b"%PDF-"
_HEAD = 1024
"""Bytes within which the signature stands."""
_TAIL = 16 * 1024
"""Bytes at the end within which a whole file says that it ends."""
_HARDLY = 20
"""Characters of a page that is a picture."""
_PICTURE = 0.4
"""The share of a page that its picture covers."""
_UNKNOWN = 0.2
"""The share of characters that a font may leave unknown."""
_FEW = 10
_MISSED = 0.01
"""So many characters of a page, and this part of them, may be left out without a word: bullets, marks in the margin."""
_MOJIBAKE = 0.4
"""The share of Latin characters with accents in a text whose font tells GBK as Latin."""
_CALL = re.compile(r"[\d*†‡,，、\s]{1,8}|[a-z]")
_UNIT = re.compile(r"(?:^|[^A-Za-z])[kcm]?m$")


def is_pdf(data: bytes) -> bool:
    """Whether ``data`` begins as a PDF does; some bytes may stand before."""
    return _SIGNATURE in data[:_HEAD]


def read_pdf(data: bytes, *, source: str, encoding: str | None = None) -> Source:  # noqa: ARG001 - fonts tell
    """The document in a PDF; pages are kept.

    Errors: `MissingReaderError` (pypdfium2 is not installed), `UnsupportedInputError` (scanned, encrypted, fonts that
    do not say which characters they print), `UnreadableInputError` (broken), `EmptyInputError`. Pages that are pictures
    among others that are not, and pages that cannot be opened, are noted in ``Document.unread``.
    """
    pages: list[Page] = []
    for sheet in sheets(data, source=source):
        pages.append(Page(sheet, rows(sheet.glyphs, sheet.number)))
        sheet.glyphs = []  # many times as large as the rows
    unread = _check([page.sheet for page in pages], data, source)
    name = furnish(pages)
    ordered = [in_order(page.body) for page in pages]
    size = body_size(line for lines in ordered for line in lines)
    body: list[Line] = []
    notes: list[Line] = []
    text = ""
    for page, lines in zip(pages, ordered, strict=True):
        mine, its_notes = without_notes(lines, page.sheet.rules, size)
        tell_beginnings(its_notes, notes[-1] if notes else None)
        text += "\f" if page.number > 1 else ""
        text += _print(page, lines, len(text))
        body += mine
        notes += its_notes
    layout = _layout(body, notes, name.parts if name else [])
    return source_of(text, layout, source=source, data=data, encoding="", format="PDF", unread=unread)


def _check(found: list[Sheet], data: bytes, source: str) -> tuple[Unread, ...]:
    """Raise for a file that gives no text; what is not read of one that does."""
    if not found:
        raise EmptyInputError("a PDF without pages", where=source, remedy="fetch it again")
    total, unmapped = sum(sheet.visible for sheet in found), sum(sheet.unmapped for sheet in found)
    if unmapped > _UNKNOWN * (total + unmapped):
        raise UnsupportedInputError(
            f"its fonts do not say which characters they print ({unmapped} of {total + unmapped} unknown)",
            where=source,
            remedy="run OCR on it, or print it again with its fonts embedded",
        )
    if total >= _HARDLY and sum(sheet.accented for sheet in found) > _MOJIBAKE * total:
        raise UnsupportedInputError(
            "its fonts tell Chinese as Latin letters (GBK fonts that are not embedded)",
            where=source,
            remedy="run OCR on it, or print it again with its fonts embedded",
        )
    scanned = [sheet.number for sheet in found if sheet.visible < _HARDLY and sheet.pictures >= _PICTURE]
    if total < _HARDLY * len(found) and scanned:
        raise UnsupportedInputError(
            f"a scanned PDF: {len(scanned)} of {len(found)} pages are pictures, with hardly any text",
            where=source,
            remedy="run OCR on it (ocrmypdf -l chi_sim+chi_tra), then give the result",
        )
    if total == 0:
        raise EmptyInputError(
            f"no text on its {len(found)} pages", where=source, remedy="fetch it again, or run OCR on it"
        )
    return _missing(found, scanned, data)


def _missing(found: list[Sheet], scanned: list[int], data: bytes) -> tuple[Unread, ...]:
    """What is not read of a file that is."""
    unread = []
    if scanned:
        unread.append(Unread(_pages(scanned), "pictures with hardly any text: not read", "run OCR on the file"))
    for sheet in found:
        if sheet.unmapped > max(_FEW, _MISSED * sheet.visible):
            what = f"{sheet.unmapped} characters of fonts that do not say what they print: not read"
            unread.append(Unread(_pages([sheet.number]), what, "run OCR on the file"))
        if sheet.askew > _FEW:
            what = f"{sheet.askew} characters that run across the others: not read"
            unread.append(Unread(_pages([sheet.number]), what, "look whether it is a stamp, or a table"))
    failed = [sheet.number for sheet in found if sheet.failed]
    if failed:
        unread.append(Unread(_pages(failed), "damaged: not read", "fetch the file again"))
    if b"%%EOF" not in data[-_TAIL:]:
        unread.append(Unread(f"page {len(found)}", "the file is cut: what came behind is not read", "fetch it again"))
    return tuple(unread)


def _pages(numbers: list[int]) -> str:
    """``page 3``, ``pages 3-5, 8``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"pages {told}" if len(numbers) > 1 else f"page {told}"


def _print(page: Page, lines: list[Line], at: int) -> str:
    """A page as it stands in the file text, where it begins at ``at``; each line's place in it is noted."""
    for row in (*page.head, *page.foot):
        row.parts = [join(row.parts)]
    printed = [*(row.parts[0] for row in page.head), *lines, *(row.parts[0] for row in page.foot)]
    for line in printed:
        line.at = at
        at += len(line.text) + 1
    return "".join(f"{line.text}\n" for line in printed)


def _layout(body: list[Line], notes: list[Line], name: list[Line]) -> Layout:
    """Paragraphs, each page's footnotes behind the one that reaches its end; lines that are links lifted out. What
    names the document (``name``) goes first."""
    blocks: list[Block] = []
    for line in name:
        blocks.append(Block())
        _add(line, blocks[-1])
    links: list[tuple[int, Link]] = []
    addresses = [line for line in body if LINK_LINE.fullmatch(line.text)]
    waiting = list(notes)

    def settle(before: Line | None) -> None:
        while addresses and (before is None or addresses[0].at < before.at):
            line = addresses.pop(0)
            for url in URL.finditer(line.text):
                at = line.at + url.start()
                links.append((max(0, len(blocks) - 1), Link(url.group(), 0, at, at + len(url.group()))))
        while waiting and (before is None or waiting[0].page < before.page):
            _add_note(waiting.pop(0), blocks)

    for lines in paragraphs([line for line in body if not LINK_LINE.fullmatch(line.text)]):
        settle(lines[0])
        block = Block()
        for line in lines:
            _add(line, block)
        if block.pieces:
            blocks.append(block)
    settle(None)
    return Layout(blocks, links, True)


def _add(line: Line, block: Block) -> None:
    """A line's text without its calls of footnotes."""
    at = 0
    parts: list[tuple[int, int]] = []
    for start, end in line.raised:
        if _CALL.fullmatch(line.text[start:end]) and not _UNIT.search(line.text[:start]):
            parts.append((at, start))
            at = end
    parts = [(start, end) for start, end in (*parts, (at, len(line.text))) if line.text[start:end].strip()]
    for i, (start, end) in enumerate(parts):
        if i == 0:
            block.add(line.text[start:end], line.at + start, line.page)
        else:
            block.pieces.append(Piece(line.at + start, line.text[start:end], line.page))
    if parts:
        block.end = line.at + len(line.text)


def _add_note(line: Line, blocks: list[Block]) -> None:
    last = next((block for block in reversed(blocks) if block.role == "footnote"), None)
    if line.begins or last is None:
        last = Block(role="footnote")
        blocks.append(last)
    last.add(line.text, line.at, line.page)
