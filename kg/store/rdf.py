"""A graph as rdflib's `Dataset`, on the same engine: for those who know rdflib's API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rdflib

    from kg.store import Store

__all__ = ["as_dataset"]


def as_dataset(store: Store) -> rdflib.Dataset:
    """The graph as an `rdflib.Dataset`, nothing copied: the default graph holds all triples, the graph of each document
    its own, and the prefixes are bound. What is on disk is read only.

    Its ``query`` goes to the engine as it stands, unlike `Store.query`, which refuses SERVICE and updates.
    """
    import rdflib
    from oxrdflib.store import OxigraphStore

    found = rdflib.Dataset(store=OxigraphStore(store=store._engine))
    for prefix, namespace in store._prefixes.items():
        found.bind(prefix, namespace)
    return found
