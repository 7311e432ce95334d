"""A page for every resource: what the graph says of it and with which words, as HTML or as RDF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, unquote

from kg.serve.pool import WorkerLostError
from kg.serve.worker import Job
from kg.triples.text import fit_iri, iri
from kg.vocabulary import SC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.pool import Pool

__all__ = ["Link", "described", "find", "link_to", "page_data", "rdf_job", "rows_of"]

MOST: Final = 300
"""Rows of each list of a page."""

_LABELS: Final = """
  OPTIONAL { %s rdfs:label ?zh FILTER (langMatches(lang(?zh), "zh")) }
  OPTIONAL { %s rdfs:label ?en FILTER (langMatches(lang(?en), "en")) }
"""
_SAYS: Final = (
    "SELECT ?p ?o ?zh ?en WHERE { { SELECT ?p ?o WHERE { %s ?p ?o } ORDER BY ?p ?o LIMIT 300 }"
    + _LABELS % ("?o", "?o")
    + "} ORDER BY ?p ?o ?zh ?en"
)
_SAID: Final = (
    "SELECT ?p ?o ?class ?zh ?en WHERE { { SELECT ?p ?o WHERE { ?o ?p %s } ORDER BY ?p ?o LIMIT 300 }"
    " OPTIONAL { ?o a ?class }" + _LABELS % ("?o", "?o") + "} ORDER BY ?p ?o ?class ?zh ?en"
)
_QUOTES: Final = (
    "SELECT DISTINCT ?fact ?class ?quote ?page ?o ?zh ?en WHERE {"
    " { VALUES ?fact { %s } ?fact sc:evidence ?evidence } UNION { ?fact ?any %s ; sc:evidence ?evidence }"
    " ?fact a ?class FILTER (?class != sc:Statement)"
    " ?evidence oa:hasSource ?o ; oa:hasSelector/oa:exact ?quote OPTIONAL { ?evidence sc:page ?page }"
    + _LABELS % ("?o", "?o")
    + "} ORDER BY ?o ?class ?fact ?quote ?page LIMIT 300"
)
_RDF: Final = (
    "CONSTRUCT { %(it)s ?p ?o . ?s ?q %(it)s . ?evidence ?r ?v . ?selector ?t ?w } WHERE {"
    " { %(it)s ?p ?o } UNION { ?s ?q %(it)s } UNION"
    " { { VALUES ?fact { %(it)s } ?fact sc:evidence ?evidence } UNION { ?fact ?any %(it)s ; sc:evidence ?evidence }"
    "   ?evidence ?r ?v OPTIONAL { ?evidence oa:hasSelector ?selector . ?selector ?t ?w } } }"
)


class Link(NamedTuple):
    """A value on a page: its words in Chinese and English, and where it leads (empty: nowhere)."""

    zh: str
    en: str
    href: str


async def find(pool: Pool, base: str, path: str) -> str | None:
    """The IRI of the thing at ``path`` (percent-encoded, as it came, from ``id/``); None where the graph has none.

    An IRI may hold Han characters that a browser sends encoded, or an escape of its own: both are looked for.
    """
    try:
        plain = unquote(path, errors="strict")
    except UnicodeDecodeError:
        plain = path
    for address in dict.fromkeys((fit_iri(base + path), fit_iri(base + plain))):
        thing = iri(address)
        found = await pool.ask(Job(f"ASK {{ {{ {thing} ?p ?o }} UNION {{ ?s ?p {thing} }} }}", "json", "nt"))
        if b"true" in found.body:
            return address
    return None


def rdf_job(address: str, form: str) -> Job:
    """The query for what a page shows, as RDF."""
    return Job(_RDF % {"it": iri(address)}, "json", form)


async def page_data(pool: Pool, address: str, base: str, words: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """What the template of a page takes. ``words``: labels of terms by IRI, Chinese and English."""
    thing = iri(address)
    says = await rows_of(pool, _SAYS % thing)
    said = await rows_of(pool, _SAID % thing)
    quotes = await rows_of(pool, _QUOTES % (thing, thing))
    labels = {row["o"].get("xml:lang", ""): row["o"]["value"] for row in says if row["p"]["value"].endswith("#label")}
    short = address.removeprefix(f"{base}id/")
    return {
        "address": address,
        "zh": labels.get("zh") or labels.get("en") or short,
        "en": labels.get("en") or short,
        "says": _grouped(says, base, words),
        "said": _grouped(said, base, words),
        "quotes": _quotes(quotes, base, words),
        "most": MOST,
        "full": {"says": len(says) >= MOST, "said": len(said) >= MOST, "quotes": len(quotes) >= MOST},
    }


async def rows_of(pool: Pool, sparql: str) -> list[dict[str, dict[str, str]]]:
    """Rows of a SELECT, as SPARQL's JSON has them."""
    found = await pool.ask(Job(sparql, "json", "nt", most=5 * MOST))
    if found.error:
        raise WorkerLostError
    rows: list[dict[str, dict[str, str]]] = json.loads(found.body)["results"]["bindings"]
    return rows


def _grouped(
    rows: list[dict[str, dict[str, str]]], base: str, words: Mapping[str, tuple[str, str]]
) -> list[tuple[Link, list[Link]]]:
    """Values by predicate, each once."""
    groups: dict[str, dict[tuple[str, str], Link]] = {}
    for row in rows:
        term = row["o"]
        key = (term["type"], term["value"] + "\n" + term.get("xml:lang", "") + term.get("datatype", ""))
        groups.setdefault(row["p"]["value"], {}).setdefault(key, _link(row, base, words))
    return [(described(predicate, base, words), list(found.values())) for predicate, found in groups.items()]


def _quotes(
    rows: list[dict[str, dict[str, str]]], base: str, words: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """Quotes in the order of the rows, each with the facts that rest on it."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        page = row.get("page", {}).get("value", "")
        quote_ = row["quote"]["value"]
        entry = found.setdefault(
            (row["o"]["value"], quote_, page),
            {"quote": quote_, "page": page, "document": _link(row, base, words), "facts": {}},
        )
        kind = described(row["class"]["value"], base, words)
        entry["facts"][row["fact"]["value"]] = kind._replace(href=link_to(row["fact"]["value"], base))
    return list(found.values())


def _link(row: dict[str, dict[str, str]], base: str, words: Mapping[str, tuple[str, str]]) -> Link:
    term = row["o"]
    if term["type"] != "uri":
        language = term.get("xml:lang", "")
        return Link(term["value"], f"@{language}" if language else "", "")
    zh, en = (row.get(name, {}).get("value", "") for name in ("zh", "en"))
    known = described(term["value"], base, words)
    if not (zh or en) and "class" in row:
        kind = described(row["class"]["value"], base, words)
        return Link(f"{kind.zh} {known.zh}", kind.en, known.href)
    return Link(zh or en or known.zh, (en if zh else "") or (known.en if not zh else ""), known.href)


def described(address: str, base: str, words: Mapping[str, tuple[str, str]]) -> Link:
    """An IRI by the label of its term, else by its end."""
    zh, en = words.get(address, ("", ""))
    cut = max(address.rfind("/"), address.rfind("#")) + 1
    return Link(zh or unquote(address[cut:]) or address, en, link_to(address, base))


def link_to(address: str, base: str) -> str:
    """Where a page may link to for an IRI: things and terms here, else a web address; nothing else is a link."""
    if address.startswith(f"{base}id/"):
        return quote(f"/{address.removeprefix(base)}", safe="/%:@!$&'()*+,;=-._~")
    if address.startswith(SC.iri):
        return f"/ns#{quote(address.removeprefix(SC.iri))}"
    return address if address.startswith(("http://", "https://")) else ""
