"""The web application: routes, headers, errors. It holds no graph and runs no query; workers do (`kg.serve.pool`)."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.queries import load_queries
from kg.serve.description import NAMESPACES, service_description
from kg.serve.find import MOST, find_things
from kg.serve.negotiate import GRAPH_TYPES, HTML, ROW_TYPES, choose
from kg.serve.pool import BusyError, Pool, TimeOverError, WorkerLostError
from kg.serve.protocol import RefusedError, read_request
from kg.serve.resource import find, page_data, rdf_job
from kg.serve.worker import Answer, Job, graph_text
from kg.store import open_graph
from kg.store.sparql import query_form
from kg.triples.turtle import turtle
from kg.validate.shapes import shapes_file
from kg.vocabulary import SC, prefixes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path

    from starlette.requests import Request

    from kg.serve.settings import Settings

__all__ = ["create_app"]

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_EDITOR_POLICY: Final = _POLICY.replace(
    "style-src 'self'", "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
)
"""With the one style sheet that YASGUI writes into the page, for columns that can be made wider."""
_HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_CUT: Final = "X-SPARQL-MaxRows"
"""The header that says that an answer was cut off, and at how many rows (Virtuoso's, so that clients know it)."""
_LIMITS: Final = ("X-KG-Time-Limit", "X-KG-Row-Limit")
_ASSETS: Final = {
    **dict.fromkeys(("serve.css", "query.css", "yasgui.min.css"), "text/css"),
    **dict.fromkeys(("query.js", "yasgui.min.js"), "text/javascript"),
}
_LONGEST: Final = 200
"""Characters of a name that is looked for."""
_ALLOW: Final = "GET, HEAD, OPTIONS, POST"
_LABELS: Final = """
SELECT ?term ?zh ?en WHERE {
  ?term rdfs:label ?zh , ?en FILTER (langMatches(lang(?zh), "zh") && langMatches(lang(?en), "en"))
}
"""


def create_app(settings: Settings, triples: int) -> Starlette:
    """The application; ``triples`` is how many the graph has. Its workers start and stop with it."""
    site = _Site(settings, triples)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await site.pool.start()
        try:
            yield
        finally:
            await site.pool.stop()

    reads = ["GET", "OPTIONS"]
    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/", site.home, methods=reads),
            Route("/explore", site.picture, methods=reads),
            Route("/sparql", site.sparql, methods=[*reads, "POST"]),
            Route("/find", site.find, methods=reads),
            Route("/id/{path:path}", site.resource, methods=reads),
            Route("/ns", site.vocabulary, methods=reads),
            Route("/unsc-kg.ttl", site.ontology, methods=reads),
            Route("/context.jsonld", site.context, methods=reads),
            Route("/void", site.void, methods=reads),
            Route("/.well-known/void", site.void_moved, methods=reads),
            Route("/assets/{name}", site.asset, methods=reads),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["Accept", "Content-Type"],
                expose_headers=[_CUT, *_LIMITS, "Retry-After"],
            )
        ],
        exception_handlers={
            RefusedError: _refused,
            BusyError: site.over,
            TimeOverError: site.over,
            WorkerLostError: _lost,
        },
    )


def _library(base: str) -> list[dict[str, Any]]:
    """The library for the editor. Where a query needs a day, it is today: to be changed there."""
    found = []
    today = datetime.now(UTC).date().isoformat()
    for query in load_queries().values():
        needed = {each.name: today for each in query.parameters if each.required and each.type == "date"}
        found.append({**query.as_json(), "text": query.sparql(needed, base) if needed else query.text})
    return found


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return _error(error.status, error.message)


def _lost(_request: Request, _why: Exception) -> Response:
    return _error(500, "the query was ended: it took more memory than a query may")


def _error(status: int, message: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    body = {"error": message, **{name: value for name, value in more.items() if value is not None}}
    return JSONResponse(body, status, {**_HEADERS, **(headers or {})})


class _Site:
    """The routes."""

    def __init__(self, settings: Settings, triples: int) -> None:
        self.settings = settings
        self.pool = Pool(settings)
        self._triples = triples
        self._environment = Environment(
            loader=PackageLoader("kg.serve"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._ontology = shapes_file().parent
        terms = open_graph(self._ontology / "unsc-kg.ttl").select(_LABELS)
        self._words = {row["term"].value: (row["zh"].value, row["en"].value) for row in terms}
        self._limits = {"X-KG-Time-Limit": f"{settings.timeout:g}", "X-KG-Row-Limit": str(settings.max_rows)}

    def over(self, _request: Request, error: Exception) -> Response:
        """A query that took too long, or that no worker came free for."""
        seconds = f"{self.settings.timeout:g}"
        busy = isinstance(error, BusyError)
        said = "all workers are busy" if busy else f"the query was ended at its time limit of {seconds} s"
        return _error(503, said, {**self._limits, "Retry-After": str(max(1, round(self.settings.timeout)))})

    async def sparql(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={**_HEADERS, "Allow": _ALLOW})
        accept = request.headers.get("accept")
        asked = await read_request(request)
        if asked is None:
            return self._bare(request, accept)
        form = query_form(asked.query)
        offers = GRAPH_TYPES if form in ("CONSTRUCT", "DESCRIBE") else ROW_TYPES
        kind = choose(accept, offers)
        if kind is None and form:
            return _error(406, f"a {form} query is answered as {', '.join(offers)}")
        job = Job(
            asked.query,
            ROW_TYPES.get(kind or "", "json"),
            GRAPH_TYPES.get(kind or "", "nt"),
            asked.default,
            asked.named,
        )
        return self._answered(await _unless_gone(request, self.pool.ask(job)), kind or HTML)

    def _answered(self, found: Answer, kind: str) -> Response:
        if found.error:
            status = {"query": 400, "form": 406}.get(found.error, 500)
            return _error(status, found.message, self._limits, line=found.line, column=found.column)
        headers = {**_HEADERS, **self._limits, "Vary": "Accept"}
        if found.cut:
            headers[_CUT] = str(found.count)
        return Response(found.body, 200, headers, _utf8(kind))

    def _bare(self, request: Request, accept: str | None) -> Response:
        kind = choose(accept, (*GRAPH_TYPES, HTML))
        if kind is None:
            return _error(406, f"the description of this service comes as {', '.join(GRAPH_TYPES)}")
        if kind == HTML:
            return self._page(
                "query.html.j2",
                library=_library(self.settings.base),
                settings=self.settings,
                words=self._editor_words(),
                policy=_EDITOR_POLICY,
            )
        endpoint, void = (str(request.url.replace(path=path, query="")) for path in ("/sparql", "/void"))
        lines = service_description(endpoint, void, self._triples)
        if kind == "text/turtle":
            text = "".join(turtle(lines, known=NAMESPACES))
        else:
            text = graph_text(lines, GRAPH_TYPES[kind], self.settings.base)
        return Response(text, 200, {**_HEADERS, "Vary": "Accept"}, _utf8(kind))

    def _editor_words(self) -> dict[str, Any]:
        """What the editor completes and shortens: this vocabulary's classes and properties, all prefixes."""
        names: dict[str, list[str]] = {"class": [], "property": []}
        for address in sorted(self._words):
            if address.startswith(SC.iri):
                names["class" if address[len(SC.iri)].isupper() else "property"].append(address)
        return {**names, "prefixes": prefixes(self.settings.base), "base": self.settings.base}

    async def resource(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0].lstrip("/")
        address = await find(self.pool, self.settings.base, path)
        if address is None:
            return _error(404, "the graph says nothing of this")
        wanted = {"html": HTML, **{form: kind for kind, form in GRAPH_TYPES.items()}}.get(
            request.query_params.get("format", "")
        )
        kind = wanted or choose(request.headers.get("accept"), ("text/turtle", HTML, *GRAPH_TYPES))
        if kind is None:
            return _error(406, f"it comes as {', '.join((HTML, *GRAPH_TYPES))}")
        if kind == HTML:
            data = await page_data(self.pool, address, self.settings.base, self._words)
            return self._page("resource.html.j2", path=request.url.path, forms=GRAPH_TYPES, **data)
        return self._answered(await self.pool.ask(rdf_job(address, GRAPH_TYPES[kind])), kind)

    async def find(self, request: Request) -> Response:
        asked = request.query_params.get("q", "").strip()[:_LONGEST]
        kind = choose(request.headers.get("accept"), (HTML, "application/json"))
        if kind is None:
            return _error(406, f"it comes as {HTML} and application/json")
        found = await find_things(self.pool, asked, self.settings.base, self._words)
        if kind == HTML:
            return self._page("find.html.j2", asked=asked, found=found, most=MOST)
        return JSONResponse({"query": asked, "found": found}, headers={**_HEADERS, "Vary": "Accept"})

    def _page(self, template: str, policy: str = _POLICY, **data: Any) -> Response:
        text = self._environment.get_template(template).render(**data)
        headers = {**_HEADERS, "Vary": "Accept", "Content-Security-Policy": policy}
        return Response(text, 200, headers, _utf8(HTML))

    async def home(self, _request: Request) -> Response:
        picture = (self.settings.folder / "graph.html").is_file()
        return self._page("home.html.j2", f"{_POLICY}; frame-src 'self'", triples=self._triples, picture=picture)

    async def picture(self, _request: Request) -> Response:
        # the page brings its own policy
        return _file(self.settings.folder / "graph.html", HTML, {"Content-Security-Policy": "frame-ancestors 'self'"})

    async def vocabulary(self, request: Request) -> Response:
        kind = choose(request.headers.get("accept"), (HTML, "text/turtle", "application/ld+json"))
        match kind:
            case "text/turtle":
                return await self.ontology(request)
            case "application/ld+json":
                return await self.context(request)
            case None:
                return _error(406, "it comes as text/html, text/turtle and application/ld+json (the context)")
        return _file(self._ontology / "unsc-kg.html", HTML, {"Vary": "Accept"})

    async def ontology(self, _request: Request) -> Response:
        return _file(self._ontology / "unsc-kg.ttl", "text/turtle", {"Vary": "Accept"})

    async def context(self, _request: Request) -> Response:
        return _file(self._ontology / "context.jsonld", "application/ld+json", {"Vary": "Accept"})

    async def void(self, _request: Request) -> Response:
        return _file(self.settings.folder / "void.ttl", "text/turtle", {})

    async def void_moved(self, _request: Request) -> Response:
        return RedirectResponse("/void", 302)

    async def asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _ASSETS:
            return _error(404, "no such file")
        text = (resources.files("kg.serve") / "assets" / name).read_bytes()
        return Response(text, 200, _HEADERS, _utf8(_ASSETS[name]))


def _file(path: Path, kind: str, headers: dict[str, str]) -> Response:
    if not path.is_file():
        return _error(404, "this graph has none")
    return FileResponse(path, 200, {**_HEADERS, **headers}, _utf8(kind))


def _utf8(kind: str) -> str:
    """RDF/XML and JSON say their encoding themselves."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind == "application/n-triples" else kind


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer, unless the client goes away: then the work is ended, for nobody waits for it."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise RefusedError(499, "the client has gone")
        return task.result()
    finally:
        for each in (task, gone):
            each.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
