"""``kg serve``: a graph on the web."""

from __future__ import annotations

import os

import click

from kg.cli.common import given_base, graph_argument, say

__all__ = ["serve_cli"]


@click.command("serve")
@graph_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7878,
    show_default=True,
    metavar="N",
    help="Where it listens; 0 takes a free port.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="NAME",
    help="The address to listen at; by default nobody else can reach it.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=86400),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="A query that runs longer is ended.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    metavar="N",
    help="Rows or triples of an answer; a header says where it was cut off.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Queries that run at the same time (default: one a processor, 2 at least).",
)
@click.option(
    "--memory",
    type=click.IntRange(min=0),
    default=2048,
    show_default=True,
    metavar="MIB",
    help="What a query may take (on Linux); 0 is no limit.",
)
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
def serve_cli(
    graph: str, port: int, host: str, timeout: float, max_rows: int, workers: int | None, memory: int, show: bool
) -> None:
    """A graph on the web: SPARQL endpoint, picture, a page for every thing.

    GRAPH is a built folder or a graph file. It answers until Ctrl-C (status 130): the way in with the picture at /,
    the picture alone at /explore, things by name at /find, the SPARQL 1.1 Protocol at /sparql (in a browser an editor
    with the library's questions), /id/... with what is said of a thing and the quotes, /ns and /void. It only reads:
    updates, SERVICE and LOAD are refused. Needs pip install 'unsc-kg[serve]'.

    \b
    Example:
      kg serve out
      kg serve out --port 8080 --timeout 10 --open
    """
    from kg.serve.run import serve

    def ready(address: str, triples: int) -> None:
        say(f"{graph}: {triples} triples at {address} (SPARQL at {address}sparql); Ctrl-C ends it")
        if show:
            click.launch(address)

    if host not in ("127.0.0.1", "::1", "localhost"):
        say(f"warning: whoever can reach {host} can read this graph; put a proxy with TLS before it")
    serve(
        graph,
        host=host,
        port=port,
        base=given_base(graph),
        timeout=timeout,
        max_rows=max_rows,
        workers=workers or max(2, os.cpu_count() or 2),
        memory=memory,
        ready=ready,
    )
