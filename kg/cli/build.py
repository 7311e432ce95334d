"""``kg build``: the main job, whole or in shards, and ``kg merge``, which joins these."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import (
    config_option,
    encoding_option,
    given_columns,
    given_config,
    id_column_option,
    json_option,
    judgements_option,
    paths_argument,
    progress,
    review_option,
    say,
    say_review,
    text_column_option,
    write_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.report import Report

__all__ = ["build_cli", "merge_cli"]


def _jobs(_context: click.Context, _option: click.Parameter, value: str) -> int:
    """A number of processes; 0 stands for ``auto``."""
    if value != "auto" and not re.fullmatch(r"[1-9]\d{0,3}", value):
        raise click.BadParameter(f"{value} is no number of processes, nor auto")
    return 0 if value == "auto" else int(value)


def _shard(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """``i/n`` with i from 1 to n."""
    from kg.shards import MOST

    if value is None:
        return None
    found = re.fullmatch(r"(\d{1,9})/(\d{1,9})", value)
    if not found or not 1 <= int(found[1]) <= int(found[2]) <= MOST:
        raise click.BadParameter(f"{value} is no shard: 3/8 is the third of eight (at most {MOST})")
    return int(found[1]), int(found[2])


_out_option = click.option(
    "-o", "--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder to write."
)
_no_validate_option = click.option(
    "--no-validate", is_flag=True, help="Do not check the graph that was built (kg validate does)."
)


def _jobs_option(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--jobs``; ``what`` the processes do."""
    words = f"{what} in so many processes; auto: as many as there are cores. The bytes are the same."
    return click.option("--jobs", default="1", show_default=True, metavar="N", callback=_jobs, help=words)


@click.command("build")
@paths_argument
@_out_option
@_jobs_option("Read and write")
@click.option(
    "--engine",
    metavar="URL",
    help="Read on a cluster, whose workers see the same files and DIR: dask://HOST:PORT, ray://HOST:PORT; ray: for one"
    " of this machine's cores.",
)
@click.option(
    "--resume/--no-resume",
    default=True,
    show_default=True,
    help="Go on from what an interrupted build of the same inputs has left in DIR.work/.",
)
@click.option(
    "--shard",
    metavar="I/N",
    callback=_shard,
    help="Read only the I-th of N shares, into DIR/shard-I-of-N; kg merge makes the graph of all.",
)
@judgements_option("Who is who where the documents leave it open: judgement,document,name,other,reason.")
@review_option
@config_option
@click.option("--base", metavar="IRI", help="Where the graph's names live; ends in / or #.")
@_no_validate_option
@encoding_option
@text_column_option
@id_column_option
@json_option
def build_cli(
    paths: tuple[str, ...],
    out: Path,
    jobs: int,
    engine: str | None,
    resume: bool,
    shard: tuple[int, int] | None,
    judgements: Path | None,
    review: Path | None,
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

    A build that is interrupted or killed leaves the parts that it has read in DIR.work/; the same command goes on from
    there, whatever --jobs says. A document that kills the process that reads it is skipped, with --jobs 2 or more.

    \b
    Example:
      kg build seeds/ -o out
      kg build letters.zip report.pdf -o out
      kg build corpus.csv --text-column text -o out
      kg build corpus/ -o out --jobs auto
      kg build corpus/ -o shards --shard $SLURM_ARRAY_TASK_ID/8
    """
    from kg.building import build_graph
    from kg.parts import engine_of
    from kg.shards import build_shard

    if engine is not None and jobs != 1:
        raise click.UsageError("--jobs is for this machine; --engine has its own workers")
    if shard is not None and (judgements or review) is not None:
        raise click.UsageError(f"{'--judgements' if judgements else '--review'} goes with kg merge, not with --shard")
    settings: dict[str, Any] = {
        "config": given_config(config, base=base),
        "encoding": encoding,
        "columns": given_columns(text_column, id_column),
        "engine": engine_of(engine, jobs=jobs),
        "resume": resume,
    }
    with progress() as show:
        settings |= {"progress": show, "tally": show.tally}
        if shard is None:
            settings |= {"judgements": judgements, "review": review, "validate": not no_validate, "jobs": jobs}
            report = build_graph(paths, out, **settings)
            return _told(report, out, as_json=as_json)
        made = build_shard(paths, out, *shard, **settings)
    for error in made.skipped:
        say(f"kg: skipped {error}")
    if as_json:
        write_json(made.as_json())
    say(made.summary())
    return 3 if made.skipped else 0


@click.command("merge")
@click.argument("parts", nargs=-1, required=True, metavar="PART...")
@_out_option
@_jobs_option("Write a large graph")
@judgements_option("Who is who (default: what the built folders among PART were built with).")
@review_option
@_no_validate_option
@json_option
def merge_cli(
    parts: tuple[str, ...],
    out: Path,
    jobs: int,
    judgements: Path | None,
    review: Path | None,
    no_validate: bool,
    as_json: bool,
) -> int:
    """Shards, or built folders, to one graph.

    PART is a shard (kg build --shard), a folder of shards, or a built folder. DIR receives what one kg build of all the
    inputs writes, byte for byte. All are to be of the same version and settings, and no shard may be missing. Exit
    status as for kg build.

    \b
    Example:
      kg merge shards/ -o out
      kg merge 2023/ 2024/ -o all --jobs auto
    """
    from kg.shards import merge_shards

    report = merge_shards(parts, out, judgements=judgements, review=review, validate=not no_validate, jobs=jobs)
    return _told(report, out, as_json=as_json)


def _told(report: Report, out: Path, *, as_json: bool) -> int:
    for skipped in report.skipped:
        say(f"kg: skipped {skipped}")
    if report.conflicts:
        documents = len({conflict["document"] for conflict in report.conflicts})
        say(f"kg: {len(report.conflicts)} contradictions within {documents} documents, listed in report.json")
    say_review(report)
    if report.validation and report.validation.findings:
        say(f"kg: {report.validation.summary()}, listed in report.json and by kg validate {out}")
    if as_json:
        write_json(report.as_json())
    say(report.summary())
    return 3 if report.skipped else 0
