"""Known names: `load_gazetteer` gives the tables, `check` says what is wrong with them."""

from kg.gazetteer.checks import check
from kg.gazetteer.entries import Entry, Format, Gazetteer, NotName
from kg.gazetteer.tables import load_gazetteer, read_tables

__all__ = ["Entry", "Format", "Gazetteer", "NotName", "check", "load_gazetteer", "read_tables"]
