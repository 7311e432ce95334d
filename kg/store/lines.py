"""Lines of N-Quads on their way into the engine."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typing_extensions import Buffer

__all__ = ["ahead", "as_file", "blocks", "encoded", "portions", "without_graphs"]

_NODE = rb"(?:<[^>]*>|_:\S+)"
_LITERAL = rb'"[^"\\]*(?:\\.[^"\\]*)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?'
_QUAD = re.compile(rb"(?m)^(%b <[^>]*> (?:%b|%b)) %b \.$" % (_NODE, _NODE, _LITERAL, _NODE))


def blocks(file: IO[bytes], size: int = 1 << 20) -> Iterator[bytes]:
    """The file in pieces of about ``size`` bytes, whole lines each."""
    while block := file.read(size):
        yield block + file.readline()


def portions(file: IO[bytes], lines: int, size: int) -> Iterator[list[bytes]]:
    """The file in blocks, as many together as have no more than ``lines`` lines and about ``size`` bytes."""
    portion: list[bytes] = []
    count = length = 0
    for block in blocks(file):
        more = block.count(b"\n")
        if portion and (count + more > lines or length + len(block) > size):
            yield portion
            portion, count, length = [], 0, 0
        portion.append(block)
        count += more
        length += len(block)
    if portion:
        yield portion


def without_graphs(block: bytes) -> bytes:
    """Lines of N-Quads as N-Triples: those in the form that is written here lose the name of their graph, any other
    stays as it is. A triple of several graphs comes once where all lines are in that form."""
    triples: list[bytes] = _QUAD.findall(block)
    if len(triples) != block.count(b"\n"):
        return _QUAD.sub(rb"\1 .", block)
    return b" .\n".join([*dict.fromkeys(triples), b""])


def ahead(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, each made in a thread while the one before it is loaded: the engine lets other threads run."""
    left = iter(pieces)
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(next, left, None)
        while (piece := coming.result()) is not None:
            coming = beside.submit(next, left, None)
            yield piece


def encoded(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines without line ends as blocks."""
    left = iter(lines)
    while some := list(islice(left, 256)):
        yield "".join(f"{line}\n" for line in some).encode("utf-8")


def as_file(pieces: Iterable[bytes]) -> IO[bytes]:
    """Blocks as a file to read from, so that a big graph is never one big string."""
    return io.BufferedReader(_Pieces(pieces), 1 << 16)


class _Pieces(io.RawIOBase):
    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        room = memoryview(buffer).cast("B")
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        count = min(len(room), len(self._left))
        room[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
