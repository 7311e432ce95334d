"""What store answers at an address, and which version of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from kg.errors import StoreError
from kg.remote.client import AGAIN, BrokenError
from kg.remote.profiles import PROFILES, Profile

if TYPE_CHECKING:
    from kg.remote.client import Answer, Client

__all__ = ["Found", "find_store"]

_ANY = frozenset(range(300, 600)) - AGAIN
_ASK = "asking what store it is"


class Found(NamedTuple):
    """A store's profile, and what it calls itself; ``version`` is empty where it does not say."""

    profile: Profile
    name: str
    version: str


def find_store(client: Client, url: str, profile: str | None) -> Found:
    """What answers at ``url``, by its address and its headers; ``profile`` is what the user says.

    Raises `StoreError` where it does not answer or cannot be told.
    """
    answer = client.send("GET", url, doing=_ASK, accept=_ANY, headers={"Accept": "*/*"})
    server = answer.headers.get("server", "")
    chosen = PROFILES[profile] if profile else _recognize(client, url, server, answer)
    name, version = _version(client, url, chosen, server)
    return Found(chosen, name, version)


def _recognize(client: Client, url: str, server: str, answer: Answer) -> Profile:
    path = urlsplit(url).path
    for word, name in (
        ("virtuoso", "virtuoso"),
        ("oxigraph", "oxigraph"),
        ("graphdb", "graphdb"),
        ("fuseki", "fuseki"),
    ):
        if word in server.lower():
            return PROFILES[name]
    if "fuseki-request-id" in answer.headers:
        return PROFILES["fuseki"]
    if "/repositories/" in path:
        return PROFILES["graphdb"]
    if "/namespace/" in path or path.startswith(("/blazegraph", "/bigdata")):
        return PROFILES["blazegraph"]
    if _qlever(client, url):
        return PROFILES["qlever"]
    remedy = f"say it with --profile: {', '.join(PROFILES)}"
    raise StoreError("answers, but what store it is cannot be told", where=url, remedy=remedy)


def _version(client: Client, url: str, profile: Profile, server: str) -> tuple[str, str]:
    match = re.search(r"(Virtuoso|Oxigraph|GraphDB|Fuseki|RDF4J)\b[/ (]*v?(\d[\w.+-]*)?", server)
    if match:
        return match[1], match[2] or ""
    if profile.name == "qlever":
        stats = _qlever(client, url)
        return "QLever", str(stats.get("git-hash-server") or stats.get("git-hash-index") or "")
    if profile.name == "fuseki":
        root = url[: len(url) - len(urlsplit(url).path)]
        return "Fuseki", str(_json(client, f"{root}/$/server").get("version") or "")
    return (profile.title if profile.name != "generic" else server or profile.title), ""


def _qlever(client: Client, url: str) -> dict[str, object]:
    """QLever's account of itself; empty for any other store."""
    stats = _json(client, f"{url}?cmd=stats")
    return stats if "name-index" in stats else {}


def _json(client: Client, url: str) -> dict[str, object]:
    try:
        answer = client.send("GET", url, doing=_ASK, accept=_ANY, once=True)
        value = json.loads(answer.text)
    except (BrokenError, ValueError):
        return {}
    return value if isinstance(value, dict) and answer.status == 200 else {}
