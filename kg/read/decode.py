"""Bytes to text: byte order mark, strict UTF-8, then UTF-16, GB18030 or Big5, whichever gives common characters.

General detectors take short GB18030 for Korean; here the language is known, so few candidates are enough.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator

from kg.errors import EmptyInputError, EncodingError, UnsupportedInputError
from kg.read.signatures import known_as
from kg.text import to_simplified

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PLAIN = re.compile("[\x00-\x7f\xb7\u2010-\u2026\u3000-\u3015\uff00-\uff5e]+")
_SAMPLE = 65536
_COMMON = 0.6


def decode(data: bytes, *, source: str, encoding: str | None = None) -> tuple[str, str]:
    """Text of ``data`` and the name of the encoding found; a byte order mark is dropped.

    Errors: `EmptyInputError` (nothing but blanks), `UnsupportedInputError` (another kind of file, or binary data),
    `EncodingError` (bytes that no encoding fits, or not the one asked for).
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise EmptyInputError("nothing to read: the file is empty", where=source, remedy="remove it or fill it")
    other = known_as(data)
    if other:
        raise UnsupportedInputError(f"this is {other.name}, not plain text", where=source, remedy=other.remedy)
    text, found = _decode(data, source, encoding)
    if _CONTROL.search(text[:_SAMPLE]):
        raise UnsupportedInputError("binary data, not text", where=source, remedy="give the document's text as .txt")
    if not text.strip():
        raise EmptyInputError("nothing to read: only blanks", where=source, remedy="remove it or fill it")
    return text, found


def _decode(data: bytes, source: str, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        return _asked(data, source, encoding), encoding
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
    problem = ""
    try:
        text = data.decode("utf-8")
        if not _CONTROL.search(text[:_SAMPLE]):
            return text, "utf-8"
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"; not UTF-8 from byte {error.start}, line {line}"
    score, text, found = max(_candidates(data), key=lambda c: c[0], default=(0.0, "", ""))
    if score >= _COMMON:
        return text, found
    if b"\x00" in data[:_SAMPLE] or not problem:
        return _by_zeros(data, source)
    raise EncodingError(
        f"no known encoding fits (tried UTF-8, UTF-16, GB18030, Big5{problem})",
        where=source,
        remedy="save it as UTF-8 or name its --encoding",
    )


def _asked(data: bytes, source: str, encoding: str) -> str:
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
        text.encode("utf-8")  # UTF-7 and the like let halves of surrogate pairs through
    except (ValueError, LookupError) as error:
        raise EncodingError(f"not {encoding}: {error}", where=source, remedy="choose another --encoding") from None
    return text


def _candidates(data: bytes) -> Iterator[tuple[float, str, str]]:
    """How common its characters are, the text, and the encoding, for each that can be."""
    for name in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text[:_SAMPLE]):
            yield _commonness(text[:_SAMPLE]), text, name


def _by_zeros(data: bytes, source: str) -> tuple[str, str]:
    """UTF-16 of a text with hardly a Han character; its zero bytes stand in every second place."""
    even, odd = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    name = "utf-16-le" if odd >= even else "utf-16-be"
    text = "\x00"
    if max(odd, even) >= len(data[:_SAMPLE]) / 4:
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(name)
    if _CONTROL.search(text[:_SAMPLE]):
        raise UnsupportedInputError("binary data, not text", where=source, remedy="give the document's text as .txt")
    return text, name


def _commonness(text: str) -> float:
    """Share of frequent Han characters (level 1 of GB 2312, in simplified script) among all but ASCII and marks."""
    strange = _PLAIN.sub("", to_simplified(text))
    return sum(map(_is_frequent, strange)) / len(strange) if strange else 0.0


def _is_frequent(character: str) -> bool:
    try:
        return b"\xb0\xa1" <= character.encode("gb2312") <= b"\xd7\xf9"
    except UnicodeEncodeError:
        return False
