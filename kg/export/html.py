"""The picture: a networkx graph as one HTML page that needs no network.

The page is pyvis's model of the network in a template of our own. Of pyvis only ``add_node``, ``add_edge`` and
``generate_html`` are used: its own templates load style sheets and scripts from elsewhere, switch all tool tips to HTML
when one holds the letters "href", and write headings unescaped; its ``write_html`` takes the locale's encoding. Our own
scripts (``assets/``) draw on a canvas; above `WEBGL` nodes sigma.js, which is inlined then and not before, draws nodes
and lines by WebGL, and the canvas lies over it with labels and what is chosen. Where WebGL is missing, the canvas does
it all.

Texts of documents reach the page in one JSON block, where ``<``, ``>``, ``&`` and ``'`` are escaped, and enter it as
text. The Content Security Policy names the digests of our own style and scripts and allows nothing else, no request
either.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export import words
from kg.export.picture import Graph, make_picture
from kg.timeline import timelines

if TYPE_CHECKING:
    from kg.export.choice import Choice
    from kg.export.picture import Picture
    from kg.export.statements import Select

__all__ = ["LIMIT", "TITLE", "WEBGL", "export_html", "page", "render"]

LIMIT = 10_000
"""More nodes than this are not drawn: the best connected are, and the page says so."""

WEBGL = 2_000
"""More nodes than this are drawn by WebGL."""

TITLE = "联合国安全理事会知识图谱"

_SCRIPTS = (
    "words.js",
    "core.js",
    "paint.js",
    "labels.js",
    "scene.js",
    "stage.js",
    "webgl.js",
    "legend.js",
    "time.js",
    "search.js",
    "panel.js",
    "mandates.js",
    "timeline.js",
    "files.js",
    "main.js",
)
_STYLES = ("graph.css", "timeline.css")


def render(graph: Graph, *, title: str = TITLE, limit: int = LIMIT) -> str:
    """The page as text: the same for equal graphs, whatever the order of their nodes.

    ``graph``: as `kg.export.picture` describes it. Of more than ``limit`` nodes the best connected are drawn.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    picture = make_picture(graph, title=title, limit=limit)
    environment = Environment(loader=PackageLoader("kg.export"), autoescape=True, undefined=StrictUndefined)
    environment.policies["json.dumps_kwargs"] = {
        "allow_nan": False,
        "ensure_ascii": False,
        "separators": (",", ":"),
        "sort_keys": True,
    }
    environment.globals["kg"] = _frame(picture)
    picture.network.templateEnv = environment
    picture.network.path = "graph.html.j2"
    text: str = picture.network.generate_html()
    return text


def page(select: Select, *, title: str = TITLE, choice: Choice | None = None) -> str:
    """The page of the graph that ``select`` reaches (`kg.store.Store.rows`), with its mandates in time. ``choice``:
    what of it is shown (`kg.export.choice`), where that is known."""
    from kg.export.network import build_network

    graph = build_network(select, LIMIT, choice)
    graph.graph["mandates"] = timelines(select)
    return render(graph, title=title)


def export_html(store: Any, path: Path | str, *, title: str = TITLE, choice: Choice | None = None) -> None:
    """Write the `page` of a store's graph (`kg.store.Store`) to ``path``, in UTF-8."""
    Path(path).write_text(page(store.rows, title=title, choice=choice), encoding="utf-8", newline="\n")


def _frame(picture: Picture) -> dict[str, Any]:
    """What the template takes beside pyvis's own variables: style, scripts, the policy naming them, and the data."""
    from markupsafe import Markup

    style = "".join(_asset(name) for name in _STYLES)
    script = '"use strict";\n(() => {\n' + "\n".join(_asset(name) for name in _SCRIPTS) + "})();\n"
    library = licence = ""
    if len(picture.network.nodes) > WEBGL:
        library = _asset("vendor/sigma.js")
        licence = (resources.files("kg") / "licenses" / "sigma-LICENSE.txt").read_text(encoding="utf-8")
    library, script = (text.replace("</script", "<\\/script") for text in (library, script))
    allowed = " ".join(_digest(text) for text in (library, script) if text)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    # Our own files and their digests; nothing of a document is among them.
    trusted = {"policy": policy, "style": style, "licence": licence, "library": library, "script": script}
    frame: dict[str, Any] = {name: Markup(text) for name, text in trusted.items()}  # noqa: S704
    lists = {"types": words.NODE_TYPES, "relations": words.RELATIONS, "facts": words.FACTS, "values": words.VALUES}
    frame["data"] = {**picture.data, "words": lists}
    return frame


def _asset(name: str) -> str:
    return (resources.files("kg.export") / "assets" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """A source expression of the Content Security Policy for an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
