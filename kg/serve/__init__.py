"""A graph on the web: a SPARQL 1.1 Protocol endpoint that only reads, the picture, a page for every resource.

    /  /explore       the picture (``graph.html``)
    /find             things of the whole graph by name
    /sparql           the endpoint; for a browser, without a query, a page to write one
    /id/...           what the graph says of a thing, with the quotes, as a page or as RDF
    /ns  /void        the vocabulary; what the graph holds

The process that speaks HTTP never runs a query: `kg.serve.pool` gives each to a worker process, which is killed when
its time is over. No route writes. Needs the extra ``serve`` (starlette, uvicorn).
"""

from __future__ import annotations

from kg.serve.settings import Settings

__all__ = ["Settings"]
