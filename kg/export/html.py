"""The picture: a networkx graph as one HTML page that needs no network.

The page is pyvis's model in a template of our own, with the vis-network library that lies in pyvis's wheel. Of pyvis
only ``add_node``, ``add_edge`` and ``generate_html`` are used: its own templates load style sheets and scripts from
elsewhere, switch all tool tips to HTML when one holds the letters "href", and write headings unescaped; its
``write_html`` takes the locale's encoding.

Texts of documents reach the page in one JSON block, where ``<``, ``>``, ``&`` and ``'`` are escaped, and enter it as
text. The Content Security Policy names the digests of our own style and two scripts and allows nothing else, no request
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

if TYPE_CHECKING:
    from kg.export.picture import Picture

__all__ = ["LIMIT", "TITLE", "export_html", "render"]

LIMIT = 5000
"""More nodes than this are not drawn: the best connected are, and the page says so."""

TITLE = "联合国安全理事会知识图谱"

_SCRIPTS = ("core.js", "paint.js", "labels.js", "filters.js", "search.js", "panel.js", "files.js", "main.js")
_VIS = "lib/vis-9.1.2/vis-network.min.js"


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


def export_html(store: Any, path: Path | str, *, title: str = TITLE) -> None:
    """Write the page of a store's graph (`kg.store.Store`) to ``path``, in UTF-8."""
    from kg.export.network import build_network

    Path(path).write_text(render(build_network(store.rows, LIMIT), title=title), encoding="utf-8", newline="\n")


def _frame(picture: Picture) -> dict[str, Any]:
    """What the template takes beside pyvis's own variables: style, scripts, the policy naming them, and the data."""
    from markupsafe import Markup

    assets = resources.files("kg.export") / "assets"
    style = (assets / "graph.css").read_text(encoding="utf-8")
    parts = [(assets / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    library = (resources.files("pyvis") / _VIS).read_text(encoding="utf-8")
    script = '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"
    library, script = (text.replace("</script", "<\\/script") for text in (library, script))
    policy = (
        f"default-src 'none'; script-src {_digest(library)} {_digest(script)}; style-src {_digest(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    # Our own files and their digests; nothing of a document is among them.
    licence = (resources.files("kg") / "licenses" / "vis-network-LICENSE.txt").read_text(encoding="utf-8")
    trusted = {"policy": policy, "style": style, "licence": licence, "library": library, "script": script}
    frame: dict[str, Any] = {name: Markup(text) for name, text in trusted.items()}  # noqa: S704
    lists = {"types": words.NODE_TYPES, "relations": words.RELATIONS, "facts": words.FACTS, "values": words.VALUES}
    frame["data"] = {**picture.data, "words": lists}
    return frame


def _digest(text: str) -> str:
    """A source expression of the Content Security Policy for an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
