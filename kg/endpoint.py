"""A graph behind a URL, asked by the SPARQL 1.1 Protocol (a form sent by POST).

Why a form: of a query that is the body itself Virtuoso 7 waits for more, without end.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from kg.errors import GraphError, QueryError
from kg.store import Result, Store
from kg.store.sparql import query_form
from kg.triples.text import Term

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Endpoint", "is_url"]

_TIMEOUT = 120.0
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_TRUTH = {"1": "true", "0": "false"}
"""Virtuoso writes truth values as numbers."""
_KINDS: dict[str, Literal["iri", "literal", "bnode"]] = {
    "uri": "iri",
    "bnode": "bnode",
    "literal": "literal",
    "typed-literal": "literal",
}


def is_url(graph: str) -> bool:
    """Whether the user named an endpoint rather than a file."""
    return graph.lower().startswith(("http://", "https://"))


class Endpoint:
    """Any SPARQL 1.1 endpoint. Queries are sent as they stand; what the default graph is, the endpoint decides."""

    def __init__(self, url: str) -> None:
        if not urlsplit(url).hostname:
            raise GraphError("no address of an endpoint", where=url, remedy="give it as http://host:port/sparql")
        self.url = url

    def query(self, sparql: str) -> Result:
        """The answer. Raises `QueryError` where the endpoint refuses the query, `GraphError` where it does not answer
        or gives something else than SPARQL results."""
        graph = query_form(sparql) in ("CONSTRUCT", "DESCRIBE")
        accept = "application/n-triples" if graph else "application/sparql-results+json"
        body, most = self._post(sparql, accept)
        try:
            text = body.decode("utf-8")
            result = _graph(text) if graph else _rows(json.loads(text))
        except (ValueError, KeyError, TypeError, SyntaxError) as error:
            raise GraphError(f"answers, but not with {accept}", where=self.url, remedy="is it an endpoint?") from error
        if most and len(result.rows) + len(result.triples) >= most:
            raise GraphError(
                f"the endpoint cuts the answer off at {most} rows", where=self.url, remedy="LIMIT and OFFSET"
            )
        return result

    def _post(self, sparql: str, accept: str) -> tuple[bytes, int]:
        """The answer, and the number of rows that the endpoint gives at most where it says so (Virtuoso; else 0)."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        form = urlencode({"query": sparql}).encode("ascii")
        request = Request(self.url, form, headers)  # noqa: S310 - `is_url` admits http and https only
        try:
            with urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310
                body: bytes = response.read()
                state, most = (response.headers.get(name, "") for name in ("X-SQL-State", "X-SPARQL-MaxRows"))
        except HTTPError as error:
            said = " ".join(error.read(400).decode("utf-8", "replace").split())
            kind = QueryError if error.code == 400 else GraphError
            raise kind(f"the endpoint says {error.code} {error.reason}: {said}", where=self.url) from error
        except (URLError, TimeoutError, OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise GraphError(f"does not answer: {reason}", where=self.url, remedy="is the endpoint running?") from error
        if state:
            # given with status 200: rows or numbers are those found when time ran out
            raise GraphError(f"the endpoint ran out of time (X-SQL-State {state})", where=self.url)
        return body, int(most) if most.isdigit() else 0


def _rows(answer: Mapping[str, Any]) -> Result:
    if "boolean" in answer:
        return Result("ask", truth=bool(answer["boolean"]))
    rows = tuple({name: _term(b) for name, b in row.items()} for row in answer["results"]["bindings"])
    return Result("select", tuple(answer["head"]["vars"]), rows)


def _term(binding: Mapping[str, str]) -> Term:
    datatype = binding.get("datatype", "")
    plain = "" if datatype == _XSD_STRING else datatype
    value = binding["value"]
    if datatype == _XSD_BOOLEAN:
        value = _TRUTH.get(value, value)
    return Term(_KINDS[binding["type"]], value, plain, binding.get("xml:lang", "").lower())


def _graph(text: str) -> Result:
    store = Store.of(line for line in text.split("\n") if line.strip())
    return Result("construct", triples=tuple(store.quads()))
