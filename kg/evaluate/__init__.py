"""Scoring: gold against prediction, mention by mention and fact by fact.

Records are those of ``kg extract``. A gold record may add ``"types"``: the mention and fact types that it is complete
for; only these are scored in it. What counts as right is said in `kg.evaluate.mentions` and `kg.evaluate.facts`.

    >>> gold = [{"line": 0, "mentions": [{"type": "State", "start": 0, "end": 2, "text": "法国", "id": "FRA"}]}]
    >>> evaluate(gold, gold).mentions["State"].exact.f1
    1.0
"""

from kg.evaluate.facts import FactReport, compare_facts
from kg.evaluate.scores import Scores, evaluate, evaluate_files

__all__ = ["FactReport", "Scores", "compare_facts", "evaluate", "evaluate_files"]
