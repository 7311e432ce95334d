"""What stands between two graphs, in facts and in words: which came, went and changed, each with document and quote.

>>> difference = diff_graphs(open_graph("old"), open_graph("new"))      # doctest: +SKIP
>>> print(tell_difference(difference, "en"))                           # doctest: +SKIP
"""

from __future__ import annotations

from kg.diff.compare import Difference, DocumentChange, FactChange, diff_graphs
from kg.diff.words import tell_difference

__all__ = ["Difference", "DocumentChange", "FactChange", "diff_graphs", "tell_difference"]
