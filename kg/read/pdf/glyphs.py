"""Characters of a PDF's pages with their places, as PDFium finds them.

Units are points (1/72 inch); ``y`` grows upwards. A page that is turned is turned back, so lines run to the right.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kg.errors import MissingReaderError, UnreadableInputError, UnsupportedInputError
from kg.text import unify_ideographs

__all__ = ["Glyph", "Rule", "Sheet", "sheets"]

_MOST_PAGES = 5000
_MOST_OBJECTS = 5000
_MOST_GLYPHS = 3_000_000
_UNKNOWN = frozenset("\x00\ufffd\ufffe\uffff")
_BOLD = re.compile(r"bold|black|heavy|hei(?!t)", re.IGNORECASE)
_THIN = 3.0
"""Height of a ruler at most."""


class Glyph(NamedTuple):
    """A character: where it begins and ends on its line, its baseline, its size, whether its font is a bold one."""

    char: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False


class Rule(NamedTuple):
    """A drawn horizontal line."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True)
class Sheet:
    """A page as printed, ``number`` counted from 1 as viewers do.

    ``pictures``: the share of it that pictures cover; ``visible``: characters but blanks, ``accented`` those among them
    that are Latin with accents; ``unmapped``: characters whose font does not say what they are; ``askew``: characters
    that run another way; ``failed``: it could not be opened.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    visible: int = 0
    accented: int = 0
    unmapped: int = 0
    askew: int = 0
    failed: bool = False


def sheets(data: bytes, *, source: str) -> Iterator[Sheet]:
    """The pages of a PDF, one by one. Their place in it is the lower left corner of what a viewer shows.

    Raises `MissingReaderError` without pypdfium2, `UnsupportedInputError` (encrypted, no end of pages),
    `UnreadableInputError` (broken).
    """
    try:
        import pypdfium2 as pdfium
        import pypdfium2.raw as raw
    except ImportError as error:
        raise MissingReaderError(
            "a PDF: its reader is not installed", where=source, remedy="pip install 'unsc-kg[pdf]'"
        ) from error
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # PDFium's last error may be that of the file before: only a file that can be encrypted is
        code = getattr(error, "err_code", None) if b"/Encrypt" in data else None
        raise _refusal(code, source, raw) from None
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise UnsupportedInputError(
                f"{count:,} pages are too many for one document (limit {_MOST_PAGES:,})",
                where=source,
                remedy="split it",
            )
        left = _MOST_GLYPHS
        for number in range(1, count + 1):
            try:
                page = document[number - 1]
            except pdfium.PdfiumError:
                yield Sheet(number, failed=True)
                continue
            try:
                sheet = _sheet(page, number, raw, left, source)
                left -= len(sheet.glyphs)
                yield sheet
            finally:
                page.close()
    finally:
        document.close()


def _refusal(code: int | None, source: str, raw: Any) -> UnreadableInputError | UnsupportedInputError:
    if code == raw.FPDF_ERR_PASSWORD:
        return UnsupportedInputError("an encrypted PDF", where=source, remedy="save it without its password")
    if code == raw.FPDF_ERR_SECURITY:
        return UnsupportedInputError(
            "a PDF encrypted in a way that is not known", where=source, remedy="save it without its password"
        )
    return UnreadableInputError("a broken or cut PDF", where=source, remedy="fetch it again")


def _sheet(page: Any, number: int, raw: Any, most: int, source: str) -> Sheet:
    left, bottom, right, top = page.get_cropbox()
    sheet = Sheet(number, right - left, top - bottom)
    text = page.get_textpage()
    try:
        if raw.FPDFText_CountChars(text) > most:
            raise UnsupportedInputError(
                f"more than {_MOST_GLYPHS:,} characters are too many for one document", where=source, remedy="split it"
            )
        turned = _glyphs(text, sheet, (left, bottom), raw)
    finally:
        text.close()
    _objects(page, sheet, (left, bottom), raw, turned)
    return sheet


def _glyphs(text: Any, sheet: Sheet, corner: tuple[float, float], raw: Any) -> bool:
    """Fill ``sheet.glyphs``; whether the page is turned."""
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    left, bottom = corner
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[tuple[int, Glyph]] = []
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    for i in range(raw.FPDFText_CountChars(text)):
        if raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        char = _character(raw.FPDFText_GetUnicode(text, i))
        if char in _UNKNOWN or raw.FPDFText_HasUnicodeMapError(text, i) == 1:
            sheet.unmapped += 1
            continue
        if char < " " or not raw.FPDFText_GetLooseCharBox(text, i, box):
            continue
        raw.FPDFText_GetMatrix(text, i, matrix)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        quarter = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        size = raw.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
        raw.FPDFText_GetFontInfo(text, i, name, 128, flags)
        bold = _BOLD.search(name.value.decode("utf-8", "replace")) is not None
        # turned back by quarters
        if quarter == 0:
            place = (box.left - left, box.right - left, y.value - bottom)
        elif quarter == 1:
            place = (box.bottom - bottom, box.top - bottom, sheet.width - (x.value - left))
        elif quarter == 2:
            place = (
                sheet.width - (box.right - left),
                sheet.width - (box.left - left),
                sheet.height - (y.value - bottom),
            )
        else:
            place = (sheet.height - (box.top - bottom), sheet.height - (box.bottom - bottom), x.value - left)
        found.append((quarter, Glyph(char, *place, abs(size) or 1.0, bold)))
    most = Counter(quarter for quarter, _ in found).most_common(1)
    turned = most[0][0] if most else 0
    for quarter, glyph in found:
        if quarter == turned:
            sheet.glyphs.append(glyph)
            sheet.visible += not glyph.char.isspace()
            sheet.accented += "\x80" <= glyph.char <= "\xff"
        else:
            sheet.askew += not glyph.char.isspace()
    if turned % 2:
        sheet.width, sheet.height = sheet.height, sheet.width
    return turned != 0


def _character(code: int) -> str:
    if code in {2, 0xAD}:
        return "-"  # a hyphen at a line's end
    return unify_ideographs(chr(code)) if 0 < code < 0x110000 else "\ufffd"


def _objects(page: Any, sheet: Sheet, corner: tuple[float, float], raw: Any, turned: bool) -> None:
    """Rulers and pictures of a page, those inside forms too."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    covered = 0.0
    open_: list[Any] = [
        raw.FPDFPage_GetObject(page, i) for i in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS))
    ]
    seen = 0
    while open_ and seen < _MOST_OBJECTS:
        item = open_.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            open_ += [
                raw.FPDFFormObj_GetObject(item, i)
                for i in range(min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS))
            ]
        elif kind in {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE}:
            if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
                continue
            wide, high = right.value - left.value, top.value - bottom.value
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                covered += max(0.0, wide) * max(0.0, high)
            elif not turned and high <= _THIN and wide >= 20:
                sheet.rules.append(Rule(left.value - corner[0], right.value - corner[0], bottom.value - corner[1]))
    if sheet.width * sheet.height > 0:
        sheet.pictures = min(1.0, covered / (sheet.width * sheet.height))
