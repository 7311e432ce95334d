"""A knowledge graph of the United Nations Security Council from its Chinese documents.

    >>> import kg
    >>> graph = kg.build("seeds", "out")                            # doctest: +SKIP
    >>> graph.query("chairs").to_pandas()                           # doctest: +SKIP
    >>> kg.load("out").timeline("UNFICYP")                          # doctest: +SKIP
    >>> nlp = kg.load_pipeline()                                    # doctest: +SKIP
    >>> kg.extract_facts(kg.read_document("seeds/a.txt"), nlp)      # doctest: +SKIP

Names are fetched when first used: importing the package costs nothing. docs/python.md tells them all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.building import build_graph as build_graph
    from kg.change import add_documents as add_documents
    from kg.change import remove_documents as remove_documents
    from kg.config import Config as Config
    from kg.config import load_config as load_config
    from kg.diff import diff_graphs as diff_graphs
    from kg.errors import KgError as KgError
    from kg.extract import extract as extract_facts  # noqa: F401 - in __all__ by _HOME
    from kg.graph import Answer as Answer
    from kg.graph import Graph as Graph
    from kg.graph import build as build
    from kg.graph import load as load
    from kg.model import Document as Document
    from kg.model import Fact as Fact
    from kg.model import Mention as Mention
    from kg.pipeline import load_pipeline as load_pipeline
    from kg.read import read_document as read_document
    from kg.read import read_text as read_text
    from kg.store import open_graph as open_graph
    from kg.validate import validate_graph as validate_graph
    from kg.verify import verify_graph as verify_graph

__version__ = "0.1.0"

_HOME = {
    "Answer": "kg.graph",
    "Config": "kg.config",
    "Document": "kg.model",
    "Fact": "kg.model",
    "Graph": "kg.graph",
    "KgError": "kg.errors",
    "Mention": "kg.model",
    "add_documents": "kg.change",
    "build": "kg.graph",
    "build_graph": "kg.building",
    "diff_graphs": "kg.diff",
    "extract_facts": "kg.extract:extract",
    "load": "kg.graph",
    "load_config": "kg.config",
    "load_pipeline": "kg.pipeline",
    "open_graph": "kg.store",
    "read_document": "kg.read",
    "read_text": "kg.read",
    "remove_documents": "kg.change",
    "validate_graph": "kg.validate",
    "verify_graph": "kg.verify",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    value = getattr(import_module(module), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
