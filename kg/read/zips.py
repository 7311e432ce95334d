"""Members of a zip archive, read one at a time and never more of them than asked for.

The archive's directory is read once; a member is then found by its place in the file, so that an archive of many
thousand members costs no more than its parts. Nothing is ever written to disk.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import UnreadableInputError, UnsupportedInputError
from kg.read.signatures import ZIP, Other

if TYPE_CHECKING:
    from zipfile import ZipInfo

__all__ = ["directory", "member_bytes", "member_head", "other_container"]

_ENCRYPTED = 0x1
_METHODS = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd", 99: "AES encryption"}


def directory(file: BinaryIO, *, source: str) -> list[ZipInfo]:
    """The archive's members, folders left out. Raises `UnreadableInputError` where it has no directory."""
    try:
        with zipfile.ZipFile(file) as archive:
            return [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError, EOFError) as error:
        what = f"a broken or cut zip file: {' '.join(str(error).lower().split())}"
        raise UnreadableInputError(what, where=source, remedy="fetch it again") from None


_CONTAINERS = {
    "xl/workbook.xml": Other("an Excel file", "save its sheet as CSV; --text-column names the column to read"),
    "ppt/presentation.xml": Other("a PowerPoint file", "save it as PDF"),
    "META-INF/manifest.xml": Other("an OpenDocument file", "save it as .docx or PDF"),
    "META-INF/container.xml": Other("an EPUB book", "save it as HTML or PDF"),
}


def other_container(names: Iterable[str]) -> Other | None:
    """What a zip file with members of these names is, where it is one document of a kind that is not read."""
    return next((_CONTAINERS[name] for name in names if name in _CONTAINERS), None)


def member_bytes(file: BinaryIO, info: ZipInfo, limit: int, *, source: str) -> bytes:
    """The content of a member, at most ``limit`` bytes of it.

    Raises `UnsupportedInputError` (encrypted, compressed by another method than Deflate, more bytes than ``limit``) and
    `UnreadableInputError` (damaged: length or checksum are not those of the directory).
    """
    _refuse(info, source)
    if info.file_size > limit:
        raise UnsupportedInputError(
            f"{info.file_size:,} bytes are too many for one document (limit {limit:,})",
            where=source,
            remedy="split it into its documents",
        )
    data = _inflated(file, info, info.file_size + 1)
    if data is None or len(data) != info.file_size or zlib.crc32(data) != info.CRC:
        raise UnreadableInputError("damaged in its archive", where=source, remedy="fetch the archive again")
    return data


def member_head(file: BinaryIO, info: ZipInfo, size: int, *, source: str) -> bytes:
    """The first bytes of a member, ``size`` of them at most. Raises `UnsupportedInputError` as `member_bytes` does."""
    _refuse(info, source)
    return _inflated(file, info, size) or b""


def _refuse(info: ZipInfo, source: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise UnsupportedInputError("encrypted in its archive", where=source, remedy="unpack it with its password")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        method = _METHODS.get(info.compress_type, f"method {info.compress_type}")
        raise UnsupportedInputError(
            f"compressed by {method}, which is not read", where=source, remedy="pack it again as a common zip"
        )


def _inflated(file: BinaryIO, info: ZipInfo, most: int) -> bytes | None:
    """At most so many bytes behind the member's own header; None where they are none."""
    if info.header_offset < 0:  # the directory lies
        return None
    file.seek(info.header_offset)
    head = file.read(30)
    if len(head) < 30 or not head.startswith(ZIP):
        return None
    name, extra = struct.unpack("<HH", head[26:30])
    file.seek(name + extra, 1)
    # Deflate grows what it cannot pack by a few bytes only
    packed = file.read(min(info.compress_size, most + 1024))
    if info.compress_type == zipfile.ZIP_STORED:
        return packed[:most]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except zlib.error:
        return None
