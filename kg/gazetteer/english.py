"""States by their English names, as lists of voters print them: ``VIET NAM``, ``CÔTE D'IVOIRE``, ``UNITED KINGDOM``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.gazetteer.tables import load_gazetteer
from kg.model import MentionType

__all__ = ["state_in_english"]

_ALSO = {
    "Bolivia": "BOL",
    "Brunei": "BRN",
    "Cape Verde": "CPV",
    "Czech Republic": "CZE",
    "Holland": "NLD",
    "Iran": "IRN",
    "Ivory Coast": "CIV",
    "Korea, Republic of": "KOR",
    "Laos": "LAO",
    "Libyan Arab Jamahiriya": "LBY",
    "Micronesia": "FSM",
    "Moldova": "MDA",
    "Netherlands (Kingdom of the)": "NLD",
    "Palestine": "PSE",
    "Swaziland": "SWZ",
    "Syria": "SYR",
    "Tanzania": "TZA",
    "The former Yugoslav Republic of Macedonia": "MKD",
    "Turkey": "TUR",
    "United Kingdom": "GBR",
    "United States": "USA",
    "Venezuela": "VEN",
    "Vietnam": "VNM",
}
"""Short and former names of the same states that the UN's own short and formal names leave out. States that have ended
(the Soviet Union, Yugoslavia, Czechoslovakia) are none of today's."""


def state_in_english(name: str) -> str | None:
    """ISO 3166-1 alpha-3 of the state of that English name, whatever its case and accents; None where none has it."""
    return _states().get(_folded(name))


@cache
def _states() -> dict[str, str]:
    found = {_folded(name): id_ for name, id_ in _ALSO.items()}
    for entry in load_gazetteer().entries:
        if entry.type is MentionType.STATE:
            found.update((_folded(name), entry.id) for name in (entry.en, entry.en_formal) if name)
    return found


def _folded(name: str) -> str:
    """Letters only, small and without accents; ``the`` before a name goes."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub("[^a-z]+", " ", re.sub(r"^\s*the\s", "", plain)).strip()
