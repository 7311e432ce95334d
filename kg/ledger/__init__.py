"""The ledger of a built graph: all that is known of every input, so that a graph can be made again, or changed, without
reading a document twice.

    DIR/ledger/inputs.jsonl.gz  a head line, then one line an input, sorted: its `Record`, or why it was `Skipped`
    DIR/ledger/judgements.csv   who is who, as given to the build; missing where nothing was given

A ledger depends on the inputs' names and bytes and on the settings, not on the order in which they came; the graph
depends on its ledger. So adding to a ledger and taking from it give the graph that a build of the rest gives.

Two inputs with the same bytes, or of the same document, are both in the ledger; which one counts, `accepted` says, by
the order of their names: without the one, the other counts.
"""

from __future__ import annotations

from kg.ledger.choice import accepted
from kg.ledger.entries import Entry, Line, Skipped, entry_from_line, key, line_of
from kg.ledger.files import INPUTS, JUDGEMENTS, LEDGER, Head, Ledger, lines_behind_head, merge, write_ledger
from kg.ledger.maker import LIBRARIES, maker, model_facts, model_hash
from kg.ledger.record import Card, Record, fingerprint, record_of

__all__ = [
    "INPUTS",
    "JUDGEMENTS",
    "LEDGER",
    "LIBRARIES",
    "Card",
    "Entry",
    "Head",
    "Ledger",
    "Line",
    "Record",
    "Skipped",
    "accepted",
    "entry_from_line",
    "fingerprint",
    "key",
    "line_of",
    "lines_behind_head",
    "maker",
    "merge",
    "model_facts",
    "model_hash",
    "record_of",
    "write_ledger",
]
