"""What people decide on doubtful facts and links, and how every later build keeps to it.

    kg review out > review.csv        what is doubtful, one row each, in words and with its quote
    (accept, reject or merge)         a person fills in the column "decision"
    kg build seeds/ -o out --review review.csv

A rejected fact is not in the graph, and the report lists it; an accepted one is marked ``sc:reviewed``; a link says who
is who. Facts are known by a hash of what they say, so decisions outlive rebuilds; one that fits nothing any more is
told. A graph keeps all of them in one log with the judgements on who is who (`kg.link.judgements`).
"""

from __future__ import annotations

from kg.review.doubts import BELOW, find_doubts
from kg.review.replay import Replay, Reviewed, fact_id, kept_log
from kg.review.table import COLUMNS, Row, as_csv, read_review

__all__ = [
    "BELOW",
    "COLUMNS",
    "Replay",
    "Reviewed",
    "Row",
    "as_csv",
    "fact_id",
    "find_doubts",
    "kept_log",
    "read_review",
]
