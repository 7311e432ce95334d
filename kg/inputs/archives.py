"""Members of zip archives as inputs: their names as people see them, and limits against archives that are traps."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError, UnsupportedInputError
from kg.read.decode import decode
from kg.read.zips import directory, other_container

if TYPE_CHECKING:
    from zipfile import ZipInfo

__all__ = ["DEEPEST", "members"]

DEEPEST = 3
"""Archives inside archives."""
_MOST = 100_000
_LARGEST = 16 * 1024**3
"""Bytes of all members, unpacked."""
_UTF8 = 0x800


def members(file: BinaryIO, *, source: str) -> Iterator[tuple[str, ZipInfo] | InputError]:
    """Name and place of each member, by name. Names that begin with a dot are left alone, as in folders, and so is what
    macOS puts into its archives beside the files. Raises `InputError` where the archive cannot be used at all."""
    infos = directory(file, source=source)
    other = other_container(info.filename for info in infos)
    if other:
        raise UnsupportedInputError(f"this is {other.name}, which is not read", where=source, remedy=other.remedy)
    total = sum(info.file_size for info in infos)
    if len(infos) > _MOST or total > _LARGEST:
        raise UnsupportedInputError(
            f"{len(infos):,} members of {total:,} bytes are too many for one archive", where=source, remedy="split it"
        )
    seen: set[str] = set()
    for name, info in sorted(
        ((_name(info), info) for info in infos), key=lambda item: (item[0], item[1].header_offset)
    ):
        parts = name.split("/")
        if any(part.startswith(".") for part in parts) or parts[0] == "__MACOSX":
            continue
        if name in seen:
            yield UnsupportedInputError("named twice in its archive", where=f"{source}/{name}", remedy="rename one")
        else:
            seen.add(name)
            yield name, info


def _name(info: ZipInfo) -> str:
    """The member's name; where the archive does not say that it is UTF-8 it may be, or any Chinese encoding."""
    name = info.filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        try:
            name, _ = decode(name.encode("cp437"), source=name)
        except (InputError, UnicodeEncodeError):
            name = info.filename
    shown = "".join(c if c.isprintable() else "\ufffd" for c in name.replace("\\", "/"))
    return posixpath.normpath(f"/{shown}").lstrip("/")
