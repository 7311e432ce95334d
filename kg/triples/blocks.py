"""Lines of N-Quads by the block: all that one graph, or a whole graph of graphs, says of one subject.

A *block* is one line or several with the same subject, in order, joined by line ends, with none behind the last. Blocks
of different subjects sort as their lines do, so what sorts, joins and writes a graph looks at each subject once, not at
each line.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["block", "in_blocks", "joined", "read_blocks", "read_lines", "subjects"]

_BLOCK = re.compile(rb"(?m)^([^ \n]+ )[^\n]*\n(?:\1[^\n]*\n)*")
_CHUNK = 1 << 20


def block(subject: str, stated: Iterable[str], graph: str) -> str:
    """The block of a subject in one graph; ``stated``: predicates with their objects, any order, each once."""
    between = f" {graph} .\n{subject} "
    return f"{subject} {between.join(sorted(stated))} {graph} ."


def in_blocks(lines: Iterable[str]) -> Iterator[str]:
    """Blocks of sorted lines."""
    return ("\n".join(same) for _, same in groupby(lines, lambda line: line[: line.find(" ")]))


def joined(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """One block a subject, of sorted blocks, in order; no line twice."""
    same: list[bytes] = []
    subject = b"\n"
    for each in blocks:
        if each.startswith(subject):
            same.append(each)
            continue
        if same:
            yield _join(same)
        same = [each]
        subject = each[: each.find(b" ") + 1]
    if same:
        yield _join(same)


def _join(blocks: list[bytes]) -> bytes:
    if len(blocks) == 1:
        return blocks[0]
    return b"\n".join(sorted(set(b"\n".join(blocks).split(b"\n"))))


def read_blocks(path: Path) -> Iterator[bytes]:
    """The blocks of a file that was written here, one a subject. Memory: a chunk, or the largest of them."""
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found = [match[0] for match in _BLOCK.finditer(rest + chunk + file.readline())]
            rest = found.pop()  # it may go on
            for each in found:
                yield each[:-1]
    if rest:
        yield rest[:-1]


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a file that was written here, without their ends. Only ``\\n`` is one: literals hold others."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")


def subjects(blocks: Iterable[str]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Each subject of sorted blocks (or lines) as they are written here, all in graphs with an IRI, with its objects by
    predicate, each once, in order."""
    subject = ""
    said: dict[str, list[str]] = {}
    for each in blocks:
        own = each[: each.find(" ")]
        if own != subject:
            if said:
                yield subject, said
            subject, said = own, {}
        for stated in _stated(each, subject):
            predicate, _, object_ = stated.partition(" ")
            objects = said.get(predicate)
            if objects is None:
                said[predicate] = [object_]
            elif objects[-1] != object_:
                objects.append(object_)
    if said:
        yield subject, said


def _stated(each: str, subject: str) -> list[str]:
    """Predicates with their objects."""
    graph = each[each.rindex(" <") :]
    between = f"{graph}\n{subject} "
    if each.count("\n") == each.count(between):  # all in one graph, as nearly always
        return each[len(subject) + 1 : -len(graph)].split(between)
    return [line[len(subject) + 1 : line.rindex(" <")] for line in each.split("\n")]
