"""Lists of words as patterns that are read fast."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["any_of"]


def any_of(words: Iterable[str]) -> str:
    """A group that matches any of ``words``, where several match the longest first: the alternation of the words sorted by
    length, written as a tree of their characters, so that a character is compared once and not once for each word."""
    tree: dict[str, list[str]] = {}
    ends = False
    for word in sorted(set(words)):
        if word:
            tree.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not tree:
        return ""
    branches = [re.escape(first) + any_of(rest) for first, rest in tree.items()]
    if ends:
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
