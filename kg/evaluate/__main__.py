"""``python -m kg.evaluate --shared FOLDER``: scores on the development corpora; ``--sheet FILE`` writes the sheet."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.errors import KgError
from kg.evaluate.confidence import confidence_table
from kg.evaluate.corpora import unpc_lines
from kg.evaluate.mandates import score_mandates
from kg.evaluate.sheet import pipeline_reader, scan_reader, score_akn, score_unpc, write_sheet
from kg.pipeline import load_pipeline

__all__ = ["main"]


@click.command()
@click.option(
    "--shared", required=True, type=click.Path(path_type=Path), help="Folder with data/unpc-dev and data/akn-zh."
)
@click.option("--half", type=click.Choice(["even", "odd"]), default="even", help="Lines of unpc-dev (odd: held out).")
@click.option("--years", default="2020,2021", help="Years of akn-zh (2022: held out).")
@click.option("--scan", is_flag=True, help="The exact scan alone, without the models.")
@click.option("--mandates", is_flag=True, help="Decisions on mandates in akn-zh alone, without the models.")
@click.option("--errors", is_flag=True, help="List what is not exactly right.")
@click.option("--repository", default=".", type=click.Path(path_type=Path), help="Checkout with seeds/ and tests/.")
@click.option("--confidence", type=click.Path(path_type=Path), help="Write the confidence of the rules here instead.")
@click.option("--sheet", type=click.Path(path_type=Path), help="Write the accuracy sheet here instead.")
def main(
    shared: Path,
    half: str,
    years: str,
    scan: bool,
    mandates: bool,
    errors: bool,
    repository: Path,
    sheet: Path | None,
    confidence: Path | None,
) -> None:
    """Scores of the pipeline on the development corpora."""
    data = shared / "data" if (shared / "data").is_dir() else shared
    try:
        if confidence:
            confidence.write_text(confidence_table(repository, load_pipeline()), "utf-8", newline="\n")
            return
        if mandates:
            decisions = score_mandates(data, [int(year) for year in years.split(",")])
            for kind, decision in decisions.wrong if errors else ():
                click.echo(f"{kind}\t{decision}")
            click.echo(f"akn-zh {years}: decisions on mandates; gold P R F1")
            click.echo(decisions.table())
            return
        read = scan_reader() if scan else pipeline_reader()
        if sheet:
            sheet.parent.mkdir(parents=True, exist_ok=True)
            sheet.write_text(write_sheet(data, read, repository), "utf-8", newline="\n")
            return
        scores = score_unpc(data, half, read)
        akn = score_akn(data, [int(year) for year in years.split(",")], read)
    except KgError as error:
        click.echo(f"kg.evaluate: {error}", err=True)
        sys.exit(error.exit_status)
    if errors:
        lines = unpc_lines(data)
        for place, miss in scores.misses:
            line, mention = lines[place.line or 0], miss.mention
            start, end = mention["start"], mention["end"]
            around = f"{line[max(0, start - 15) : start]}[{line[start:end]}]{line[end : end + 15]}"
            if mention["type"] in scores.mentions and scores.mentions[mention["type"]].exact.gold:
                click.echo(f"{place.line}\t{miss.kind}\t{mention['type']}\t{mention.get('id')}\t{around}")
        for name, missing, extra in akn.wrong:
            click.echo(f"{name}\tmissing {' '.join(missing) or '-'}\textra {' '.join(extra) or '-'}")
        click.echo()
    click.echo(scores.table())
    click.echo(f"akn-zh {years}: {akn.documents} documents; P R F1")
    for label in ("resolutions", "title", "date", "meeting"):
        counts = getattr(akn, label)
        click.echo(f"  {label:12} {counts.gold:5} {'  '.join(counts.cells())}")


if __name__ == "__main__":
    main()
