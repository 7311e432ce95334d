"""``kg people``: who is who across documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.common import json_option, say, write_json
from kg.errors import GraphError
from kg.link.judgements import Judgement, as_csv

__all__ = ["people_cli"]


@click.command("people")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--undecided", is_flag=True, help="Only what stays open: two names that may be one person's.")
@click.option(
    "--format", "form", type=click.Choice(("csv", "json")), default="csv", show_default=True, help="JSON for programs."
)
@json_option
def people_cli(folder: Path, undecided: bool, form: str, as_json: bool) -> None:
    """The judgements on who is who that the graph in DIR was built with.

    One line a judgement: same, different or unsure, which document's name, which full name, and why. Edit the first
    column in a spreadsheet and give the file to the next build: what you say has the last word, and undoes a wrong
    merge.

    \b
    Example:
      kg people out --undecided
      kg people out > people.csv    (edit it, then)
      kg build seeds/ -o out --judgements people.csv
    """
    found = [each for each in _judgements(folder) if not undecided or each.judgement == "unsure"]
    if as_json or form == "json":
        write_json([each.as_json() for each in found])
    else:
        click.echo(as_csv(found), nl=False)
    open_ = sum(each.judgement == "unsure" for each in found)
    say(f"kg: {len(found)} judgements, {open_} undecided")


def _judgements(folder: Path) -> list[Judgement]:
    try:
        rows: list[dict[str, Any]] = json.loads((folder / "report.json").read_bytes())["identities"]
        return [Judgement(**{**row, "evidence": tuple(row["evidence"])}) for row in rows]
    except FileNotFoundError:
        remedy = "kg build PATH... -o DIR makes one"
        raise GraphError("no graph in this folder", where=str(folder), remedy=remedy) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        where = str(folder / "report.json")
        raise GraphError("the report cannot be read", where=where, remedy="build the graph again") from error
