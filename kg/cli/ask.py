"""``kg query`` and ``kg queries``: asking a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import given_base, json_option, reach_given, write_json
from kg.cli.language import user_language
from kg.errors import QueryError
from kg.export.answers import FORMATS, write_answer
from kg.queries import fill_query, get_query, load_queries
from kg.queries.questions import get_question, is_question, load_questions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

__all__ = ["queries_cli", "query_cli"]


def _names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Queries and questions whose name begins so; files else."""
    from click.shell_completion import CompletionItem

    chinese = user_language() == "zh"
    known = [(query.name, query.zh, query.en) for query in load_queries().values()]
    known += [(question.name, question.zh, question.en) for question in load_questions()]
    found = [CompletionItem(name, help=zh if chinese else en) for name, zh, en in known if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


@click.command("query")
@click.argument("query", metavar="NAME|FILE.rq|-", shell_complete=_names)
@click.option(
    "-g", "--graph", required=True, metavar="GRAPH", help="A built folder, a graph file, or an endpoint's URL."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Default: table; ttl for a graph.",
)
@click.option("--param", "params", multiple=True, metavar="K=V", help="A parameter of the query; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="As --format json.")
def query_cli(query: str, graph: str, form: str | None, params: tuple[str, ...], as_json: bool) -> None:
    """Ask a graph: a named query of the library, or any SPARQL 1.1 query.

    NAME is one of kg queries, or q01 to q25 for one of kg queries --questions; a query of your own comes from a file
    ending in .rq, or with - from standard input.
    The answer goes to standard output: table for people, csv, tsv and json as the W3C's SPARQL 1.1 formats, ttl for
    what CONSTRUCT and DESCRIBE give. A query sees the union of all named graphs, and may use the prefixes of the
    graph's Turtle without declaring them.

    \b
    Example:
      kg query mandates -g out
      kg query expiring -g out --param asof=2020-06-01 --param days=60 --format csv
      kg query q14 -g out
      echo 'SELECT ?s WHERE { ?s a sc:Meeting }' | kg query - -g out
    """
    if as_json:
        form = "json"
    values = dict(_pairs(params))
    text = _own(query)
    named = (get_question if is_question(query) else get_query)(query) if text is None else None
    base = given_base(graph)
    sparql = named.sparql(values, base) if named else fill_query(text or "", values, base)
    asked, _ = reach_given(graph, only=sparql)
    answer = asked.query(sparql)
    click.echo(write_answer(answer, form or ("ttl" if answer.kind == "construct" else "table"), base), nl=False)


def _pairs(params: Iterable[str]) -> Iterable[tuple[str, str]]:
    for param in params:
        key, sign, value = param.partition("=")
        if not (key and sign):
            raise click.BadParameter(f"{param!r} is not K=V", param_hint="--param")
        yield key, value


def _own(query: str) -> str | None:
    """The text of a query of the user's own; None for the name of one in the library."""
    if query == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    path = Path(query)
    if path.suffix.lower() not in (".rq", ".sparql"):
        return None
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise QueryError(f"cannot be read: {(error.strerror or str(error)).lower()}", where=query) from error
    except UnicodeDecodeError as error:
        raise QueryError(f"is not UTF-8 at byte {error.start}", where=query) from error


@click.command("queries")
@click.argument("name", required=False, shell_complete=_names)
@click.option("--sparql", is_flag=True, help="The text of the query NAME, to be run anywhere.")
@click.option("--questions", is_flag=True, help="The 25 questions that the library answers, and the query of each.")
@json_option
def queries_cli(name: str | None, sparql: bool, questions: bool, as_json: bool) -> None:
    """The library of named queries: question, parameters, columns.

    The question in Chinese and English; of the query NAME only, if one is given.

    \b
    Example:
      kg queries
      kg queries mandates --sparql > mandates.rq
      kg queries --questions
    """
    if questions:
        if name or sparql:
            raise click.UsageError("--questions lists them all: no NAME, no --sparql")
        _list_questions(as_json)
        return
    if sparql and name is None:
        raise click.UsageError("--sparql needs the NAME of a query")
    chosen = [get_query(name)] if name else list(load_queries().values())
    if sparql:
        click.echo(chosen[0].text, nl=False)
    elif as_json:
        write_json([query.as_json() for query in chosen])
    else:
        for query in chosen:
            click.echo(f"{query.name}\n  {query.zh}\n  {query.en}\n  columns: {', '.join(query.columns)}")
            for parameter in query.parameters:
                state = (
                    "required"
                    if parameter.required
                    else f"default {parameter.default}"
                    if parameter.default
                    else "optional"
                )
                click.echo(f"  --param {parameter.name}=  {parameter.about} ({parameter.type}, {state})")


def _list_questions(as_json: bool) -> None:
    if as_json:
        write_json([question.as_json() for question in load_questions()])
        return
    for question in load_questions():
        fixed = "".join(f" {name}={value}" for name, value in question.fixed.items())
        click.echo(f"{question.name}\n  {question.zh}\n  {question.en}\n  query: {question.query}{fixed}")
        if question.example:
            click.echo(f"  for example: {question.command()}")
