"""Files that are no text, by the bytes they begin with."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ZIP", "Other", "ascii_head", "known_as"]

ZIP = b"PK\x03\x04"
"""How a zip file begins."""


class Other(NamedTuple):
    """What a file is, and what to do with it."""

    name: str
    remedy: str


_BINARY = (
    (b"%PDF-", "a PDF", "kg build and kg extract read it whole, not line by line"),
    (ZIP, "a zip container such as docx", "kg build and kg extract read it whole, not line by line"),
    (b"PK\x05\x06", "an empty zip archive", "remove it or fill it"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file", "save it as .docx or PDF"),
    (b"{\\rtf", "an RTF file", "save it as .docx or PDF"),
    (b"\x89PNG", "a PNG picture", "run OCR on it and give its text"),
    (b"\xff\xd8\xff", "a JPEG picture", "run OCR on it and give its text"),
    (b"GIF8", "a GIF picture", "run OCR on it and give its text"),
    (b"II*\x00", "a TIFF picture", "run OCR on it and give its text"),
    (b"MM\x00*", "a TIFF picture", "run OCR on it and give its text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it, or pack it as zip"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it, or pack it as zip"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ", "an xz archive", "unpack it"),
    (b"SQLite format 3", "a database", "give its documents as files"),
)
_HEAD = 16 * 1024
"""Bytes that tell what a file is."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def ascii_head(data: bytes) -> str:
    """The first characters of a file whose beginning is ASCII in whatever encoding: byte order mark and the zero bytes
    of UTF-16 and UTF-32 left out."""
    head = data[:_HEAD].replace(b"\x00", b"")
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.decode("latin-1")


def known_as(data: bytes) -> Other | None:
    """What ``data`` is, if it is a kind of file that is known and no plain text."""
    for signature, name, remedy in _BINARY:
        if data.startswith(signature):
            if signature.startswith(b"\xd0\xcf") and _ENCRYPTED in data:
                return Other("an encrypted Word or Excel file", "save it without a password")
            return Other(name, remedy)
    return None
