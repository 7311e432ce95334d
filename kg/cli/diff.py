"""``kg diff``: what came, went and changed."""

from __future__ import annotations

from typing import Literal

import click

from kg.cli.common import json_option, open_given, write_json
from kg.cli.language import user_language

__all__ = ["diff_cli"]


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the words (default: of the locale).")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Words, or JSON."
)
@click.option("--exit-code", is_flag=True, help="Exit status 4 where the graphs differ.")
@json_option
def diff_cli(
    before: str, after: str, lang: Literal["zh", "en"] | None, form: str, exit_code: bool, as_json: bool
) -> int:
    """Which facts came, went and changed from graph A to graph B, in words.

    A and B are built folders or graph files. Facts are compared document by document: one has changed where the
    document states another with the same key (the same vote, the same mandate) and other fields. Each is told with its
    document and quote, then documents, and in numbers what else differs. One line where the graphs are the same.

    \b
    Example:
      kg diff old/ new/
      kg diff old/graph.nq new/graph.nq --lang en --exit-code
    """
    from kg.diff import diff_graphs, tell_difference

    found = diff_graphs(open_given(before).store, open_given(after).store)
    if as_json or form == "json":
        write_json(found.as_json())
    else:
        click.echo(tell_difference(found, lang or user_language()), nl=False)
    return 4 if exit_code and not found.same else 0
