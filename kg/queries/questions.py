"""The 25 questions that users ask: each a query of the library with some of its parameters set.

    >>> get_question("q16").query
    'expiring'

They stand in ``questions.toml``: what a question itself fixes, and example values for what it leaves open.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.queries import get_query
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Question", "get_question", "is_question", "load_questions"]

_FILE = Path(__file__).with_name("questions.toml")
_NAME = re.compile(r"[qQ]0?([1-9]\d?)")


@dataclass(frozen=True, slots=True)
class Question:
    """``query``: name of the library's query; ``fixed``: parameters that belong to the question; ``example``: values
    for others, which the documents of the tests answer."""

    number: int
    zh: str
    en: str
    query: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    example: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """``q01`` to ``q25``."""
        return f"q{self.number:02}"

    def sparql(self, values: Mapping[str, str] | None = None, base: str = BASE) -> str:
        """The text of its query, to be sent to any engine. ``values`` come before what is fixed; errors as
        `NamedQuery.sparql`."""
        return get_query(self.query).sparql({**self.fixed, **(values or {})}, base)

    def command(self, graph: str = "out") -> str:
        """The line that asks it, with the example's values."""
        given = "".join(f" --param '{name}={value}'" for name, value in self.example.items())
        return f"kg query {self.name} -g {graph}{given}"

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "zh": self.zh,
            "en": self.en,
            "query": self.query,
            "fixed": dict(self.fixed),
            "example": dict(self.example),
        }


@cache
def load_questions() -> tuple[Question, ...]:
    """All of them, by number."""
    return tuple(Question(**entry) for entry in tomllib.loads(_FILE.read_text(encoding="utf-8"))["question"])


def is_question(name: str) -> bool:
    """Whether it has the form of a question's name: ``q16``, ``q7``."""
    return _NAME.fullmatch(name) is not None


def get_question(name: str) -> Question:
    """The question with that name. Raises `QueryError` for any other."""
    match = _NAME.fullmatch(name)
    found = next((question for question in load_questions() if match and question.number == int(match[1])), None)
    if found is None:
        raise QueryError(f"no question {name!r}", remedy=f"there are q01 to {load_questions()[-1].name}")
    return found
