"""Whether a text holds a word for a post, an office or a form of address: most do not, and then no post, no name beside
one and no person that is left to be decided need be looked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.pipeline.name_words import FORMS_OF_ADDRESS
from kg.pipeline.posts import heads_of_posts
from kg.pipeline.titled import OFFICES

if TYPE_CHECKING:
    import ahocorasick_rs

__all__ = ["holds_title"]


def holds_title(text: str) -> bool:
    """Whether one of the words is in ``text``; posts, `titled_plain` and `before_honorific` find nothing without."""
    return bool(_automaton().find_matches_as_strings(text))


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    import ahocorasick_rs

    words = {*heads_of_posts(), *OFFICES, *FORMS_OF_ADDRESS}
    shortest = sorted(word for word in words if not any(other in word for other in words - {word}))
    first, table = ahocorasick_rs.MatchKind.LeftmostFirst, ahocorasick_rs.Implementation.DFA  # the fastest for so few
    return ahocorasick_rs.AhoCorasick(shortest, matchkind=first, implementation=table)
