"""``kg build``: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import (
    config_option,
    encoding_option,
    given_columns,
    id_column_option,
    json_option,
    paths_argument,
    progress,
    say,
    text_column_option,
    write_json,
)

__all__ = ["build_cli"]


@click.command("build")
@paths_argument
@click.option("-o", "--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder to write.")
@click.option(
    "--judgements",
    metavar="FILE.csv",
    type=click.Path(path_type=Path),
    help="Who is who where the documents leave it open: judgement,document,name,other,reason.",
)
@config_option
@click.option("--base", metavar="IRI", help="Where the graph's names live; ends in / or #.")
@click.option("--no-validate", is_flag=True, help="Do not check the graph that was built (kg validate does).")
@encoding_option
@text_column_option
@id_column_option
@json_option
def build_cli(
    paths: tuple[str, ...],
    out: Path,
    judgements: Path | None,
    config: Path | None,
    base: str | None,
    no_validate: bool,
    encoding: str | None,
    text_column: str | None,
    id_column: str | None,
    as_json: bool,
) -> int:
    """Documents (files or folders) to a graph.

    PATH is a document (text, PDF, docx, HTML, Akoma Ntoso), a zip archive or a folder of them, a table with
    --text-column, or - for standard input. DIR receives graph.ttl, graph.nq (one named graph a document), graph.html
    (open it in a browser), report.json and store/ (what -g DIR opens). A graph that stands in DIR is replaced when the
    new one is complete, not before. Exit status 3: done, but some inputs were skipped; report.json and standard error
    say which and why. The graph is checked at the end; what kg validate finds changes no exit status.

    \b
    Example:
      kg build seeds/ -o out
      kg build letters.zip report.pdf -o out
      kg build corpus.csv --text-column text -o out
    """
    from kg.build import build_graph
    from kg.config import load_config

    columns = given_columns(text_column, id_column)
    with progress() as show:
        report = build_graph(
            paths,
            out,
            config=load_config(config, base=base),
            encoding=encoding,
            columns=columns,
            judgements=judgements,
            validate=not no_validate,
            progress=show,
        )
    for skipped in report.skipped:
        say(f"kg: skipped {skipped}")
    if report.conflicts:
        documents = len({conflict["document"] for conflict in report.conflicts})
        say(f"kg: {len(report.conflicts)} contradictions within {documents} documents, listed in report.json")
    if report.validation and report.validation.findings:
        say(f"kg: {report.validation.summary()}, listed in report.json and by kg validate {out}")
    if as_json:
        write_json(report.as_json())
    say(report.summary())
    return 3 if report.skipped else 0
