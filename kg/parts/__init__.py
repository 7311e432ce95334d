"""Inputs read in parts, by one process or many, so that a reading can be stopped and gone on with.

    DIR.work/KEY/part-00017.jsonl.gz   a head line (counts, checksum, what it is of), then entries of a ledger, sorted

Which inputs make a part depends on the inputs alone, so the parts are the same whoever reads them. A part is written
under another name and moved to its own when it is whole. ``KEY`` is a hash of the names of all inputs, the settings,
the rules and the model; the head of a part has one of the bytes of its inputs: a part is taken up where both agree.
"""

from __future__ import annotations

from kg.parts.engine import Engine, engine_of
from kg.parts.files import part_entries
from kg.parts.plan import Part, Task, deal
from kg.parts.reading import read_parts
from kg.parts.run import run_part
from kg.parts.work import Work

__all__ = ["Engine", "Part", "Task", "Work", "deal", "engine_of", "part_entries", "read_parts", "run_part"]
