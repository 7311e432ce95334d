"""The SPARQL 1.1 Protocol's requests: what is asked, or why that cannot be answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["Asked", "RefusedError", "read_request"]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
_LONGEST = 1 << 20
"""Bytes of a body."""


class RefusedError(Exception):
    """A request that is answered with ``status`` and why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the query, and the dataset where it gives one."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]


async def read_request(request: Request) -> Asked | None:
    """What is asked by GET or POST; None for a GET without any parameter of the protocol.

    Raises `RefusedError`: no query, several, an update, a body of another type, too long or not UTF-8.
    """
    fields = _fields(request.scope["query_string"])
    if request.method == "POST":
        kind, charset = _type(request.headers.get("content-type", ""))
        if kind not in (FORM, QUERY):
            also = ": this endpoint only reads" if kind == "application/sparql-update" else ""
            raise RefusedError(415, f"a body of type {kind or 'unknown'} is not taken{also}; send {FORM} or {QUERY}")
        if charset not in ("", "utf-8", "utf8", "us-ascii"):
            raise RefusedError(415, f"a body in {charset} is not taken; send UTF-8")
        body = await _body(request)
        fields += _fields(body) if kind == FORM else [("query", _decoded(body))]
    elif not any(name in ("query", "update", "default-graph-uri", "named-graph-uri") for name, _ in fields):
        return None
    if any(name == "update" for name, _ in fields):
        raise RefusedError(400, "an update is refused: this endpoint only reads")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise RefusedError(400, f"{'no query' if not queries else f'{len(queries)} queries'} in the request; send one")
    default, named = (
        tuple(dict.fromkeys(value for name, value in fields if name == wanted))
        for wanted in ("default-graph-uri", "named-graph-uri")
    )
    return Asked(queries[0], default, named)


def _type(header: str) -> tuple[str, str]:
    kind, *parameters = (part.strip() for part in header.split(";"))
    given = dict(parameter.lower().split("=", 1) for parameter in parameters if "=" in parameter)
    return kind.lower(), given.get("charset", "").strip('"')


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except UnicodeDecodeError:
        raise RefusedError(400, "the parameters are not UTF-8, percent-encoded") from None
    except ValueError:
        raise RefusedError(400, "too many parameters") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the query is not UTF-8 at byte {error.start}") from None


async def _body(request: Request) -> bytes:
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > _LONGEST:
            raise RefusedError(413, f"the query is longer than {_LONGEST} bytes")
        pieces.append(piece)
    return b"".join(pieces)
