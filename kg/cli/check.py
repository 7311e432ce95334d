"""``kg verify`` and ``kg eval``: is it true, and how much of it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import (
    config_option,
    encoding_option,
    given_columns,
    given_config,
    graph_argument,
    id_column_option,
    json_option,
    open_given,
    paths_argument,
    say,
    text_column_option,
    write_json,
)
from kg.evaluate import evaluate_files
from kg.verify import verify_graph

__all__ = ["eval_cli", "verify_cli"]


@click.command("verify")
@graph_argument
@paths_argument
@config_option
@encoding_option
@text_column_option
@id_column_option
@json_option
def verify_cli(
    graph: str,
    paths: tuple[str, ...],
    config: Path | None,
    encoding: str | None,
    text_column: str | None,
    id_column: str | None,
    as_json: bool,
) -> int:
    """Open the sources again and check every quote, character by character.

    GRAPH is a built folder or a graph file, PATH the documents it was made of. One line a problem, on standard output;
    exit status 4 when there is one: a quote that does not stand where the graph says, a source that has changed or is
    not there, a fact without evidence.

    \b
    Example:
      kg verify out seeds/
    """
    report = verify_graph(
        open_given(graph).store,
        paths,
        config=given_config(config),
        encoding=encoding,
        columns=given_columns(text_column, id_column),
    )
    if as_json:
        write_json(report.as_json())
    else:
        for problem in report.problems:
            click.echo(f"{problem.where}: {problem.what}")
    for error in report.skipped:
        say(f"kg: not looked at: {error}")
    say(f"kg: {report.summary()}")
    return 4 if report.problems else 0


@click.command("eval")
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@click.argument("pred", metavar="PRED", type=click.Path(path_type=Path))
@json_option
def eval_cli(gold: Path, pred: Path, as_json: bool) -> int:
    """Precision, recall and F1 of predictions against gold.

    By mention type and fact type. GOLD and PRED are JSON Lines files as kg extract writes them, one of them - for
    standard input. A gold record may hold "types", the list of types it is complete for; only these are scored in it.

    \b
    Example:
      kg extract --by-line lines.txt | kg eval gold.jsonl -
    """
    # one of the two may come through a pipe
    scores = evaluate_files(*(Path("/dev/stdin") if path == Path("-") else path for path in (gold, pred)))
    if as_json:
        write_json(scores.as_json())
    else:
        click.echo(scores.table(), nl=False)
    return 0
