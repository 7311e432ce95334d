"""``kg review``: what a person should look at, as a file to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import json_option, say, write_json

__all__ = ["review_cli"]


@click.command("review")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", metavar="FILE.csv", type=click.Path(path_type=Path), help="File to write (default: standard output)."
)
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.8,
    show_default=True,
    metavar="X",
    help="Facts of a confidence less than this are doubtful.",
)
@click.option("--all", "everything", is_flag=True, help="Every fact and link, not only the doubtful ones.")
@click.option("--excel", is_flag=True, help="CSV that Excel opens right: with a byte order mark, formulas defused.")
@json_option
def review_cli(folder: Path, out: Path | None, below: float, everything: bool, excel: bool, as_json: bool) -> None:
    """Doubtful facts and links of a built graph, to be accepted, rejected or merged.

    One row each, in words and with its quote: facts of low confidence, facts that others contradict, names that may be
    one person's; and all that was decided before. Write accept or reject (接受, 驳回) in the column decision, for names
    merge (合并) or reject; note says why. With --review every later build keeps to it: a rejected fact is not in the
    graph, an accepted one has sc:reviewed, and report.json lists them, with the decisions that fit nothing any more. To
    undo a decision, remove its row. The file is to hold all decisions, those of --judgements among them, as it does.

    \b
    Example:
      kg review out -o review.csv --excel    (fill in the column decision, then)
      kg build seeds/ -o out --review review.csv
      kg add out --review review.csv         (the same, without reading the documents again)
    """
    from kg.export.tables import for_spreadsheets
    from kg.folder import replaced_file
    from kg.review import as_csv, find_doubts

    rows = find_doubts(folder, below=below, everything=everything)
    if as_json:
        write_json([row.as_json() for row in rows])
    else:
        text = for_spreadsheets(as_csv(rows)) if excel else as_csv(rows)
        if out is None:
            click.echo(text, nl=False)
        else:
            with replaced_file(out) as fresh:
                fresh.write_bytes(text.encode("utf-8"))
    facts = sum(row.kind == "fact" for row in rows)
    decided = sum(bool(row.decision) for row in rows)
    say(f"kg: {facts} facts and {len(rows) - facts} links to look at, {decided} decided")
