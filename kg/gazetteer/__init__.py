"""Known names: `load_gazetteer` gives the tables, `check` says what is wrong with them."""

from kg.gazetteer.checks import check
from kg.gazetteer.tables import Entry, Format, Gazetteer, NotName, load_gazetteer, read_tables

__all__ = ["Entry", "Format", "Gazetteer", "NotName", "check", "load_gazetteer", "read_tables"]
