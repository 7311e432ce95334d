"""Credentials: who will represent which state at a meeting of the Council, as the Secretary-General reports it (rule 15).

`rules` reads running text, `lists` the lists and tables that a sentence announces, `occasion` which meeting is meant.
"""

from kg.extract.credentials.rules import credentials

__all__ = ["credentials"]
