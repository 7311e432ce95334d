"""Graphs into triple stores, over HTTP (`kg load`); needs the extra ``load`` (httpx).

report = load_graph("out", "http://localhost:7878")
"""

from __future__ import annotations

from kg.remote.client import Credentials
from kg.remote.load import load_graph
from kg.remote.options import Options
from kg.remote.profiles import PROFILES
from kg.remote.report import LoadFailedError, LoadReport

__all__ = ["PROFILES", "Credentials", "LoadFailedError", "LoadReport", "Options", "load_graph"]
