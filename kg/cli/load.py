"""``kg load``: a graph into a triple store."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli.common import given_base, graph_argument, json_option, progress, say, write_json
from kg.remote import PROFILES, Credentials, LoadFailedError, LoadReport, Options, load_graph

__all__ = ["load_cli"]


def _probes(_ctx: click.Context, _param: click.Parameter, value: str) -> int | None:
    if value != "all" and not (value.isascii() and value.isdigit()):
        raise click.BadParameter(f"{value!r} is neither a number nor all")
    return None if value == "all" else int(value)


@click.command("load")
@graph_argument
@click.option("--to", "url", required=True, metavar="URL", help="The store's address.")
@click.option(
    "--profile", type=click.Choice(list(PROFILES)), help="What store it is (default: found out by asking it)."
)
@click.option("--user", envvar="KG_STORE_USER", metavar="NAME", help="Also from $KG_STORE_USER.")
@click.option(
    "--password",
    envvar="KG_STORE_PASSWORD",
    metavar="WORD",
    help="Better from $KG_STORE_PASSWORD: others see command lines.",
)
@click.option(
    "--token", envvar="KG_STORE_TOKEN", metavar="WORD", help="A Bearer token (QLever); also from $KG_STORE_TOKEN."
)
@click.option("--graph", "into", metavar="IRI", help="Put everything into this one named graph.")
@click.option("--replace", "how", flag_value="replace", help="Graphs are replaced (default; even the default graph).")
@click.option("--append", "how", flag_value="append", help="What the graphs hold already stays.")
@click.option("--prune", is_flag=True, help="Also remove graphs of former loads that this graph does not hold.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent and removed; change nothing.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for an answer.",
)
@click.option(
    "--retries",
    type=click.IntRange(min=0, max=20),
    default=4,
    show_default=True,
    metavar="N",
    help="How often to try again, after 1, 2, 4 ... seconds, where the store is busy or the connection breaks.",
)
@click.option(
    "--probe",
    callback=_probes,
    metavar="N|all",
    default="20",
    show_default=True,
    help="Subjects to read back from each graph and compare.",
)
@click.option(
    "--via",
    type=click.Choice(("gsp", "update")),
    default="gsp",
    show_default=True,
    help="The Graph Store HTTP Protocol, or SPARQL Update.",
)
@click.option("--query-url", metavar="URL", help="Where it takes queries (profile generic; default: URL of --to).")
@click.option("--update-url", metavar="URL", help="Where it takes updates (profile generic; default: nowhere).")
@json_option
def load_cli(
    graph: str,
    url: str,
    profile: str | None,
    user: str | None,
    password: str | None,
    token: str | None,
    into: str | None,
    how: str | None,
    prune: bool,
    dry_run: bool,
    timeout: float,
    retries: int,
    probe: int | None,
    via: Literal["gsp", "update"],
    query_url: str | None,
    update_url: str | None,
    as_json: bool,
) -> None:
    """A graph into a triple store, over HTTP.

    GRAPH is a built folder or a graph file; each of its named graphs (one a document) takes the place of the store's.
    A graph is first put together beside its place, counted and read back, and then moved there in one step: readers see
    the old one or the new one. On a failure the report says what became of each graph; run the same command again.

    The store's address is the one its users know: http://host:8890 (Virtuoso), http://host:7878 (Oxigraph),
    http://host:3030/DATASET (Fuseki), http://host:7200/repositories/ID (GraphDB, RDF4J), http://host:7001 (QLever),
    http://host:9999/blazegraph/namespace/NS (Blazegraph).

    \b
    Example:
      kg load out --to http://localhost:7878
      KG_STORE_PASSWORD=... kg load out --to http://localhost:8890 --user dba --prune
    """
    options = Options(
        profile=profile,
        credentials=Credentials(user or "", password or "", token or ""),
        graph=into,
        append=how == "append",
        replace=how == "replace",
        prune=prune,
        dry_run=dry_run,
        timeout=timeout,
        retries=retries,
        via=via,
        probes=probe,
        query_url=query_url,
        update_url=update_url,
        base=given_base(graph),
    )
    try:
        with progress() as show:
            report = load_graph(Path(graph), url, options, show)
    except LoadFailedError as error:
        _write(error.report, as_json=as_json)
        raise
    _write(report, as_json=as_json)
    if report.left:
        say(f"kg: a load that died left {len(report.left)} unfinished graphs in the store (--prune removes them)")
    say(f"kg: {report.summary()}")


def _write(report: LoadReport, *, as_json: bool) -> None:
    if as_json:
        write_json(report.as_json())
        return
    for line in report.lines():
        click.echo(line)
