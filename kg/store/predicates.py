"""Which triples a query can match at all: of a big file the others need not be loaded to answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.store.groups import UnclearError
from kg.store.sparql import Token, tokens
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["predicates_of"]

_ANY: Final = frozenset({"DESCRIBE", "GRAPH", "FROM", "BASE", "SERVICE", "CONSTRUCT"})
"""Words of queries that are not looked into."""
_TO_GROUP: Final = frozenset({"SELECT", "ASK", "WHERE"})
_TO_END: Final = frozenset({"GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"})
_TERMS: Final = frozenset({"iri", "name", "variable", "string"})
_KEYWORD, _SUBJECT, _VERB, _OBJECT, _BEHIND = range(-1, 4)
_NEXT: Final = {".": _SUBJECT, ";": _VERB, ",": _OBJECT}


def predicates_of(query: str, prefixes: Mapping[str, str]) -> frozenset[str] | None:
    """IRIs, all predicates among them that the patterns of ``query`` name. None: a pattern may match any triple (a
    variable for a predicate, a path that may be empty or leaves one out), or something is not understood.

    ``prefixes``: those that need no declaration.
    """
    found = list(tokens(query))
    if any(token.kind == "blanknode" or token.word in _ANY or "\\" in token.text for token in found):
        return None
    if not _Reader(found).understands():
        return None
    known = {**prefixes, **_declared(found)}
    iris = {PREFIXES["rdf"] + "type"}
    for token in found:
        if token.kind == "iri":
            iris.add(token.text[1:-1])
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix in known:
                iris.add(known[prefix] + local)  # one without a namespace: the engine says so
    return frozenset(iris)


def _declared(found: Sequence[Token]) -> dict[str, str]:
    three = zip(found, found[1:], found[2:], strict=False)
    return {name.text[:-1]: iri.text[1:-1] for word, name, iri in three if word.word == "PREFIX"}


class _Reader:
    """Goes through a query to see that each predicate is a name."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = [*found, Token("end", "", 0, 0)]
        self._at = 0

    def understands(self) -> bool:
        try:
            self._read()
        except UnclearError:
            return False
        return True

    def _read(self) -> None:
        place, depth = _SUBJECT, 0
        while (token := self._next()).kind != "end":
            word, text = token.word, token.text
            if word == "PREFIX":
                self._at += 2
            elif word in _TO_GROUP:
                self._skip_to("{")
            elif word in _TO_END:
                self._skip_to("}", "")
            elif word == "VALUES":
                self._skip_to("{")
                self._next()
                self._skip("}")
            elif text in ("{", "}"):
                depth += 1 if text == "{" else -1
                place = _SUBJECT
            elif depth < 1:
                raise UnclearError(text)
            elif text == "(" and place == _KEYWORD:
                self._skip(")")
                place = _SUBJECT
            elif word and text not in ("a", "true", "false"):
                place = _KEYWORD  # OPTIONAL, FILTER, UNION, a function and the like: before braces or parentheses
            else:
                place = self._step(token, place)
        if depth:
            raise UnclearError("{")

    def _step(self, token: Token, place: int) -> int:
        """Where a pattern goes on behind a token in ``place``."""
        text = token.text
        if place < _BEHIND and (token.kind in _TERMS or token.kind == "word"):
            if place != _VERB or token.kind in ("iri", "name") or text == "a":
                return place + 1
        elif text in _NEXT:
            return _NEXT[text]
        elif (place == _OBJECT and text in ("/", "|")) or (place == _VERB and text == "^"):
            return _VERB
        elif (place == _OBJECT and (text == "+" or text.isdecimal())) or (place == _BEHIND and token.kind == "tag"):
            return place
        elif place == _BEHIND and text == "^" and self._tokens[self._at - 2].kind == "string":
            self._at += 2  # the other one and the datatype
            return place
        raise UnclearError(text)

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += token.kind != "end"
        return token

    def _skip_to(self, *texts: str) -> None:
        """Up to one of these; what stands in parentheses is passed over."""
        while (here := self._tokens[self._at]).text not in texts:
            if here.kind == "end":
                raise UnclearError(texts[0])
            self._at += 1
            if here.text == "(":
                self._skip(")")

    def _skip(self, closing: str) -> None:
        """Behind what closes this. No pattern may stand in it."""
        while (token := self._next()).text != closing:
            if token.kind == "end" or token.text in ("{", "}"):
                raise UnclearError(closing)
            if token.text == "(":
                self._skip(")")
