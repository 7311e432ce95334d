"""Things of the whole graph by what they are called, however large it is: the way in where the picture shows a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.serve.resource import described, link_to, rows_of
from kg.text import to_simplified
from kg.triples.text import string

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.pool import Pool

__all__ = ["MOST", "find_things"]

MOST: Final = 100
"""Things of one answer."""
_FIND: Final = """
SELECT ?o ?class ?zh ?en WHERE {
  { SELECT ?o (MIN(STRLEN(STR(?name))) AS ?length) WHERE {
      VALUES ?wanted { %s }
      ?o rdfs:label|skos:altLabel|dct:identifier|sc:symbol ?name FILTER (CONTAINS(LCASE(STR(?name)), ?wanted)) }
    GROUP BY ?o ORDER BY ?length ?o LIMIT %d }
  OPTIONAL { ?o a ?class FILTER (?class != sc:Statement) }
  OPTIONAL { ?o rdfs:label ?zh FILTER (langMatches(lang(?zh), "zh")) }
  OPTIONAL { ?o rdfs:label ?en FILTER (langMatches(lang(?en), "en")) }
} ORDER BY ?length ?o ?class ?zh ?en
"""


async def find_things(pool: Pool, text: str, base: str, words: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Things one of whose names, identifiers or symbols holds ``text``, in whichever script it is typed; those with the
    shortest name first, `MOST` at most. ``words`` as for `kg.serve.resource.page_data`."""
    wanted = dict.fromkeys(" ".join(form.split()).lower() for form in (text, to_simplified(text)))
    if not any(wanted):
        return []
    found: dict[str, dict[str, Any]] = {}
    for row in await rows_of(pool, _FIND % (" ".join(map(string, wanted)), MOST)):
        address = row["o"]["value"]
        thing = found.setdefault(address, {"iri": address, "href": link_to(address, base), "kinds": {}})
        zh, en = (row.get(name, {}).get("value", "") for name in ("zh", "en"))
        short = described(address, base, words)
        thing |= {"zh": zh or en or short.zh, "en": en}
        if "class" in row:
            kind = described(row["class"]["value"], base, words)
            thing["kinds"][kind.zh] = kind.en
    return list(found.values())
