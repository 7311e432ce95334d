"""Rules on quotes and their sources, looked at while a graph is written (`kg.validate.screen`)."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.validate.hashes import Hashes
from kg.validate.values import length, number
from kg.vocabulary import PREFIXES, SC

if TYPE_CHECKING:
    from kg.validate.values import Said

__all__ = ["OF_SOURCE", "QUOTE_LENGTH", "Evidence"]

OF_SOURCE: Final = "evidence-of-source"
QUOTE_LENGTH: Final = "quote-length"
"""Names of rules in the shapes."""

_START, _END, _EXACT, _SELECTOR, _SOURCE = (
    f"<{PREFIXES['oa']}{name}>" for name in ("start", "end", "exact", "hasSelector", "hasSource")
)
_STATED, _EVIDENCE = f"<{SC.statedIn}>", f"<{SC.evidence}>"


class Evidence:
    """Takes one subject after the other (`subject`), a quote and its place before their evidence."""

    def __init__(self) -> None:
        self._sourced, self._to_source = Hashes(), Hashes()
        self._evidence, self._sources = array("q"), array("q")
        self._several: list[tuple[str, array[int], array[int]]] = []
        self._spans: dict[str, int] = {}
        self._lengths: dict[str, int] = {}

    def subject(self, subject: str, said: Said) -> None:
        """One more node."""
        if _EXACT in said or _START in said:
            self._selector(subject, said)
        for source in said.get(_SOURCE, ()):
            self._sourced.add(f"{subject} {source}")
            self._evidence.append(hash(subject))
            self._sources.append(hash(source))

    def _selector(self, subject: str, said: Said) -> None:
        """What `QUOTE_LENGTH` compares; a quote and its place stand just before their evidence."""
        if len(self._spans) > 100 or len(self._lengths) > 100:
            self._spans.clear()
            self._lengths.clear()
        start, end, exact = (said.get(name, []) for name in (_START, _END, _EXACT))
        if len(start) == len(end) == 1 and not exact:
            one, other = number(start[0]), number(end[0])
            if one is not None and other is not None:
                self._spans[subject] = int(other - one)
        elif len(exact) == 1 and not start and not end and (told := length(exact[0])) is not None:
            self._lengths[subject] = told

    def keeps(self, name: str, subject: str, said: Said) -> bool:
        """Whether a node certainly keeps the rule with that name; of `OF_SOURCE` only `doubts` can tell."""
        if name == QUOTE_LENGTH:
            selectors = said.get(_SELECTOR, [])
            spans = [self._spans[value] for value in selectors if value in self._spans]
            lengths = [self._lengths[value] for value in selectors if value in self._lengths]
            return not selectors or (len(selectors) == 2 and len(spans) == len(lengths) == 1 and spans == lengths)
        documents, evidence = said.get(_STATED, []), said.get(_EVIDENCE, [])
        if documents and not evidence:
            return False
        if len(documents) == 1 or len(evidence) == 1:
            for document in documents:
                self._to_source.add(f"{evidence[0]} {document}")
        else:
            self._several.append((subject, array("q", map(hash, documents)), array("q", map(hash, evidence))))
        return True

    def doubts(self) -> list[str] | None:
        """Facts that may lack evidence of a document that states them; None: any may."""
        if not np.isin(self._to_source.all(), self._sourced.all(), assume_unique=True).all():
            return None
        order = np.argsort(self._evidence, kind="stable")
        known, source_of = np.array(self._evidence)[order], np.array(self._sources)[order]
        if not len(known):
            return None if self._several else []
        found = []
        for subject, documents, evidence in self._several:
            at = np.searchsorted(known[:-1], evidence)
            told = source_of[at[known[at] == np.array(evidence)]]
            if not set(documents) <= set(told.tolist()):
                found.append(subject)
        return found
