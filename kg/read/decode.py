"""Bytes to text: byte order mark, strict UTF-8, UTF-16 by its zero bytes, then GB18030 or Big5 by common characters.

General detectors take short GB18030 for Korean; here the language is known, so few candidates are enough.
"""

from __future__ import annotations

import codecs
import re

from kg.errors import EmptyInputError, EncodingError, UnsupportedInputError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip container such as docx"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip archive"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 65536


def decode(data: bytes, *, source: str, encoding: str | None = None) -> tuple[str, str]:
    """Text of ``data`` and the name of the encoding found; a byte order mark is dropped.

    Errors: `EmptyInputError` (nothing but blanks), `UnsupportedInputError` (another kind of file, or binary data),
    `EncodingError` (bytes that no encoding fits, or not the one asked for).
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise EmptyInputError("nothing to read: the file is empty", where=source, remedy="remove it or fill it")
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedInputError(f"this is {name}, not plain text", where=source, remedy="give its text as .txt")
    text, found = _decode(data, source, encoding)
    if _CONTROL.search(text[:_SAMPLE]):
        raise UnsupportedInputError("binary data, not text", where=source, remedy="give the document's text as .txt")
    if not text.strip():
        raise EmptyInputError("nothing to read: only blanks", where=source, remedy="remove it or fill it")
    return text, found


def _decode(data: bytes, source: str, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except (UnicodeDecodeError, LookupError) as error:
            raise EncodingError(f"not {encoding}: {error}", where=source, remedy="choose another --encoding") from None
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name), name
            except UnicodeDecodeError as error:
                raise EncodingError(
                    f"marked as {name}, but {error.reason} at byte {error.start}",
                    where=source,
                    remedy="save it again as UTF-8",
                ) from None
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        bad = error
    if b"\x00" in data[:_SAMPLE]:
        return _utf16(data, source)
    candidates = []
    for name in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        candidates.append((_commonness(text, name), name, text))
    if candidates:
        score, name, text = max(candidates, key=lambda c: c[0])
        if score >= 0.6:
            return text, name
    line = data.count(b"\n", 0, bad.start) + 1
    raise EncodingError(
        f"no known encoding fits (tried UTF-8, UTF-16, GB18030, Big5; not UTF-8 from byte {bad.start}, line {line})",
        where=source,
        remedy="save it as UTF-8 or name its --encoding",
    )


def _utf16(data: bytes, source: str) -> tuple[str, str]:
    even, odd = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    name = "utf-16-le" if odd >= even else "utf-16-be"
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text = "\x00"
    if _CONTROL.search(text[:_SAMPLE]):
        raise UnsupportedInputError("binary data, not text", where=source, remedy="give the document's text as .txt")
    return text, name


def _commonness(text: str, encoding: str) -> float:
    """Share of the Han characters that stand in the frequent half of the encoding's own table."""
    han = [c for c in text[:_SAMPLE] if "\u4e00" <= c <= "\u9fff"]
    other = sum(1 for c in text[:_SAMPLE] if ord(c) > 0x7F) - len(han)
    if not han:
        return 0.0
    low, high = ("gb2312", (0xB0A1, 0xD7F9)) if encoding == "gb18030" else ("big5", (0xA440, 0xC67E))
    common = 0
    for c in han:
        try:
            pair = c.encode(low)
        except UnicodeEncodeError:
            continue
        common += high[0] <= int.from_bytes(pair, "big") <= high[1]
    return common / (len(han) + max(0, other - len(han)))
