"""What differs between triple stores: their addresses, and what a request to them does.

Each profile is told from one address, the store's own as its users know it:

    virtuoso    http://host:8890             oxigraph    http://host:7878
    fuseki      http://host:3030/dataset     graphdb     http://host:7200/repositories/ID  (RDF4J too)
    qlever      http://host:7001             blazegraph  http://host:9999/blazegraph/namespace/NS
    generic     the graph store's address; those of queries and updates beside it

An address that ends in the path of one of the store's services (``/sparql``, ``/data``) is taken for the store.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from kg.errors import ConfigError

__all__ = ["PROFILES", "Addresses", "Profile", "find_addresses"]


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of store.

    ``whole``: a PUT of a graph is one transaction, so readers see the old graph or the new one. ``puts``: it knows PUT
    at all. ``default``: triples may go into its default graph, and a query without GRAPH sees that graph only.
    ``chunk``: triples that one request may carry. ``parameter``: how a request names the graph. ``paths``: of the graph
    store, of queries and of updates, appended to the store's address.
    """

    name: str
    title: str
    paths: tuple[str, str, str] = ("", "", "")
    whole: bool = False
    puts: bool = True
    default: bool = False
    chunk: int | None = None
    parameter: str = "graph"
    digest: bool = False
    strip: str = ""


PROFILES: Final[dict[str, Profile]] = {
    profile.name: profile
    for profile in (
        # big bodies make one transaction of Virtuoso's PUT, which outgrows its memory: 50,000 triples a request
        Profile(
            "virtuoso",
            "Virtuoso",
            ("/sparql-graph-crud-auth", "/sparql-auth", "/sparql-auth"),
            chunk=50_000,
            digest=True,
            strip=r"/sparql(?:-auth|-graph-crud(?:-auth)?)?",
        ),
        # its PUT empties the graph in one transaction and fills it in the next
        Profile(
            "oxigraph", "Oxigraph", ("/store", "/query", "/update"), default=True, strip=r"/(?:store|query|update)"
        ),
        Profile(
            "fuseki",
            "Fuseki",
            ("/data", "/sparql", "/update"),
            whole=True,
            default=True,
            strip=r"(?<=[^/])/(?:data|sparql|query|update|get)",
        ),
        Profile(
            "graphdb",
            "GraphDB or RDF4J",
            ("/rdf-graphs/service", "", "/statements"),
            whole=True,
            strip=r"/(?:statements|rdf-graphs(?:/service)?)",
        ),
        Profile("qlever", "QLever", whole=True),
        # its PUT does not look at the graph's name
        Profile(
            "blazegraph",
            "Blazegraph",
            ("/sparql", "/sparql", "/sparql"),
            puts=False,
            parameter="context-uri",
            strip="/sparql",
        ),
        Profile("generic", "a store", default=True),
    )
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a store takes graphs, queries and updates; ``update`` is empty where it takes none."""

    graphs: str
    query: str
    update: str


def find_addresses(
    profile: Profile, url: str, query_url: str | None = None, update_url: str | None = None
) -> Addresses:
    """The three addresses, of the one that the user gave. Raises `ConfigError` where it cannot be the store's."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if profile.strip:
        path = re.sub(rf"{profile.strip}$", "", path)
    if profile.name == "graphdb" and not re.search(r"/repositories/[^/]+$", path):
        raise ConfigError("names no repository", where=url, remedy="give it as http://host:port/repositories/ID")
    if profile.name == "fuseki" and not path:
        raise ConfigError("names no dataset", where=url, remedy="give it as http://host:port/DATASET")
    root = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    if profile.name == "generic":
        return Addresses(url, query_url or url, update_url or "")
    graphs, query, update = (root + path for path in profile.paths)
    return Addresses(graphs, query_url or query, update_url or update)
