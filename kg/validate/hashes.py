"""Which terms there are, in eight bytes each."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Hashes"]

_SQUEEZE: Final = 1 << 20


class Hashes:
    """Hashes of terms, each kept once or some times."""

    def __init__(self) -> None:
        self._some = array("q")
        self._limit = _SQUEEZE

    def add(self, term: str) -> None:
        self._some.append(hash(term))
        if len(self._some) > self._limit:
            self._some = array("q", self.all().tobytes())
            self._limit = 2 * len(self._some) + _SQUEEZE

    def all(self) -> NDArray[np.int64]:
        return np.unique(np.frombuffer(self._some, dtype=np.int64)) if self._some else np.empty(0, dtype=np.int64)
