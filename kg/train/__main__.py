"""``python -m kg.train --shared FOLDER [segment|ner|evaluate|all]``: makes the shipped model again."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import click

from kg.errors import KgError
from kg.pipeline.language import MODEL
from kg.train.steps import evaluate_step, ner_step, segment_step

__all__ = ["main"]


@click.command()
@click.option(
    "--shared", required=True, type=click.Path(path_type=Path), help="Folder with data/ud-zh, unpc-dev, akn-zh."
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=MODEL, help="Folder of the model; the shipped one if left out."
)
@click.argument("step", type=click.Choice(["segment", "ner", "evaluate", "all"]), default="all")
def main(shared: Path, out: Path, step: str) -> None:
    """Train the word segmentation, then the names, then measure both. Takes a quarter of an hour on one core."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        if step in {"segment", "all"}:
            segment_step(shared, out)
        if step in {"ner", "all"}:
            ner_step(shared, out)
        if step in {"evaluate", "all"}:
            metrics = evaluate_step(shared, out)
            click.echo(json.dumps({key: metrics[key] for key in ("segmentation", "entities", "speed")}, indent=1))
    except KgError as error:
        click.echo(f"kg.train: {error}", err=True)
        sys.exit(error.exit_status)


if __name__ == "__main__":
    main()
