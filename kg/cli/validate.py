"""``kg validate``: does a graph keep its shapes, and do its sources agree?"""

from __future__ import annotations

import click

from kg.cli.common import given_base, graph_argument, json_option, say, write_json
from kg.cli.language import user_language
from kg.validate import validate_graph
from kg.validate.report import as_text, as_turtle

__all__ = ["validate_cli"]


@click.command("validate")
@graph_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "ttl")),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, ttl for a sh:ValidationReport.",
)
@click.option(
    "--lang", type=click.Choice(("zh", "en")), help="The language of the rules (default: Chinese in a Chinese locale)."
)
@click.option("--strict", is_flag=True, help="Exit status 4 for warnings, too.")
@json_option
def validate_cli(graph: str, form: str, lang: str | None, strict: bool, as_json: bool) -> int:
    """Check a graph against its shapes (SHACL), and its sources against each other.

    GRAPH is a built folder or a graph file. A violation is what cannot be (votes that add up to 18, an end before the
    decision), a conflict is what documents contradict each other about, a warning is what is unusual. Each comes with
    the rule, the documents and their words; what contradicts stays in the graph, both sides. Exit status 4 when there
    is a violation or a conflict.

    \b
    Example:
      kg validate out
      kg validate out --format ttl > report.ttl
    """
    found = validate_graph(graph, given_base(graph))
    if as_json or form == "json":
        write_json(found.as_json())
    elif form == "ttl":
        click.echo(as_turtle(found), nl=False)
    else:
        for line in as_text(found, lang or user_language()):
            click.echo(line)
    say(f"kg: {found.summary()}")
    return 4 if found.failed(strict=strict) else 0
