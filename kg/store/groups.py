"""SELECT queries read into their groups, as far as `kg.store.plan` has a use for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.store.sparql import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    *("Filter", "Group", "Inner", "Optional", "Part", "Query", "Triple", "UnclearError", "Verbatim"),
    *("read_query", "variables"),
]

_LEFT_ALONE: Final = frozenset(
    (
        *("ASK", "CONSTRUCT", "DESCRIBE", "BASE", "FROM", "GRAPH", "SERVICE", "EXISTS", "LATERAL", "REDUCED"),
        *("LIMIT", "OFFSET", "SAMPLE", "GROUP_CONCAT", "RAND", "UUID", "STRUUID", "BNODE"),
    )
)
"""Words of queries that are not read: no lists of rows, or their answer may hang on the order of rows or on how often
something is asked."""

_SEPARATORS: Final = frozenset("/|")


class UnclearError(Exception):
    """The query holds something that is not read here."""


@dataclass(frozen=True, slots=True)
class Triple:
    """A pattern. ``path``: the predicate as it stands: one, or several with ``/`` or with ``|`` between them."""

    subject: str
    path: tuple[str, ...]
    object: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """BIND, VALUES or MINUS as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Filter:
    """FILTER as it stands, and what variables it names."""

    text: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in braces; of a SELECT in braces what it is after, and ``head`` (``SELECT ... WHERE``) says what is
    ``shown`` of it."""

    parts: tuple[Part, ...]
    head: str = ""
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Optional:
    """OPTIONAL, and as it stands."""

    group: Group
    text: str


@dataclass(frozen=True, slots=True)
class Inner:
    """A group within a group, or several with UNION between them."""

    groups: tuple[Group, ...]


Part: TypeAlias = Triple | Filter | Verbatim | Optional | Inner


@dataclass(frozen=True, slots=True)
class Query:
    """``prologue``: its PREFIX lines; ``names``: all its variables; ``shared``: those that several parts may bind;
    ``triples``: its patterns, however deep, but for those of a MINUS."""

    prologue: str
    group: Group
    names: frozenset[str]
    shared: frozenset[str]
    triples: tuple[Triple, ...]


def read_query(text: str) -> Query:
    """Raises `UnclearError`."""
    return _Reader(text).query()


def variables(triple: Triple) -> frozenset[str]:
    """Those that it binds."""
    return frozenset(term for term in (triple.subject, *triple.path, triple.object) if term[0] == "?")


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [*tokens(text), Token("end", "", len(text), len(text))]
        self._at = 0
        self._triples: list[Triple] = []
        self._bound: set[str] = set()  # by what is kept verbatim
        for token in self._tokens:
            if (
                token.word in _LEFT_ALONE
                or token.kind == "blanknode"
                or token.text[:1] in ("$", "[")
                or "\\u" in token.text.lower()
            ):
                raise UnclearError(token.text)  # with \\u a brace or a quote may be written

    def query(self) -> Query:
        while self._word() == "PREFIX":
            for _ in ("PREFIX", "name", "IRI"):
                self._next()
        prologue = self._text[: self._here.start]
        group = self._select()
        if self._here.kind != "end":
            raise UnclearError("it goes on")
        names = Counter(name for triple in self._triples for name in variables(triple))
        shared = frozenset(self._bound).union(name for name, number in names.items() if number > 1)
        return Query(prologue, group, frozenset(_names(self._tokens)), shared, tuple(self._triples))

    @property
    def _here(self) -> Token:
        return self._tokens[self._at]

    def _word(self) -> str:
        return self._here.word or self._here.text

    def _next(self) -> Token:
        token = self._here
        if token.kind == "end":
            raise UnclearError("it ends too early")
        self._at += 1
        return token

    def _expect(self, text: str) -> None:
        if self._word() != text:
            raise UnclearError(self._here.text)
        self._at += 1

    def _select(self) -> Group:
        """A SELECT of plain variables with nothing after its group. One that groups is evaluated to its end before
        there is a first row: to ask again after some rows would double that."""
        at = self._at
        self._expect("SELECT")
        if self._word() == "DISTINCT":
            self._at += 1
        shown = []
        while self._here.kind == "variable":
            shown.append(self._next().text)
        if self._word() == "WHERE":
            self._at += 1
        head = self._since(at)
        if not shown:
            raise UnclearError("SELECT of something else")
        return Group(self._group().parts, head, tuple(shown))

    def _group(self) -> Group:
        self._expect("{")
        if self._word() == "SELECT":
            group = self._select()
            self._expect("}")
            return group
        parts: list[Part] = []
        while (word := self._word()) != "}":
            start = self._at
            self._at += 1
            match word:
                case ".":
                    pass
                case "OPTIONAL":
                    group = self._group()
                    parts.append(Optional(group, self._since(start)))
                case "{":
                    self._at = start
                    groups = [self._group()]
                    while self._word() == "UNION":
                        self._at += 1
                        groups.append(self._group())
                    parts.append(Inner(tuple(groups)))
                case "FILTER":
                    if self._here.text != "(":
                        self._next()
                    self._skip("(")
                    parts.append(Filter(self._since(start), frozenset(_names(self._tokens[start : self._at]))))
                case "BIND" | "VALUES" | "MINUS":
                    if word == "VALUES":
                        self._skip()
                    self._skip("(" if word == "BIND" else "{")
                    parts.append(self._kept(start))
                case _:
                    self._at = start
                    parts += self._patterns()
        self._expect("}")
        return Group(tuple(parts))

    def _since(self, start: int) -> str:
        """The text from a token on up to here, without what stands before the next one."""
        return self._text[self._tokens[start].start : self._tokens[self._at - 1].end]

    def _kept(self, start: int) -> Verbatim:
        kept = self._tokens[start : self._at]
        bind = kept[0].text.upper() == "BIND"
        self._bound |= _names(kept[-2:] if bind else takewhile(lambda token: token.text != "{", kept))
        return Verbatim(self._since(start))

    def _skip(self, opening: str = "") -> None:
        """A token, or what stands in parentheses or braces."""
        token = self._next()
        if opening and token.text != opening:
            raise UnclearError(token.text)
        closing = {"(": ")", "{": "}"}.get(token.text)
        if token.text in (")", "}") or (token.kind == "iri" and "?" in token.text):  # ?a<?b&&?c>?d
            raise UnclearError(token.text)
        if closing:
            while self._here.text != closing:
                self._skip()
            self._at += 1

    def _patterns(self) -> list[Triple]:
        """One subject with all that is said of it."""
        found = []
        subject = self._term()
        while True:
            path = [self._verb()]
            while self._here.text in _SEPARATORS:
                path += [self._next().text, self._verb()]
            if len({*path[1::2]}) > 1 or (len(path) > 1 and any(step[0] == "?" for step in path)):
                raise UnclearError("".join(path))
            while True:
                found.append(Triple(subject, tuple(path), self._term()))
                if self._here.text != ",":
                    break
                self._at += 1
            while self._here.text == ";":
                self._at += 1
            if self._tokens[self._at - 1].text != ";" or self._here.text in (".", "}"):
                self._triples += found
                return found

    def _verb(self) -> str:
        token = self._next()
        if token.kind in ("iri", "name", "variable") or token.text == "a":
            return token.text
        raise UnclearError(token.text)

    def _term(self) -> str:
        token = self._next()
        if token.kind in ("iri", "name", "variable"):
            return token.text
        if token.kind != "string":
            raise UnclearError(token.text)
        if self._here.kind == "tag":
            return token.text + self._next().text
        if self._here.text == "^":
            self._expect("^")
            self._expect("^")
            return f"{token.text}^^{self._verb()}"
        return token.text


def _names(found: Iterable[Token]) -> set[str]:
    return {token.text for token in found if token.kind == "variable"}
