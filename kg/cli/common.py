"""What the commands share: options, the lines they say, the counter on a terminal."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kg.cli.counter import Counter
from kg.cli.language import line_in_words
from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.config import Config, Setting
    from kg.endpoint import Endpoint
    from kg.inputs import Columns
    from kg.report import Report
    from kg.store import Store

__all__ = [
    "Opened",
    "asof_option",
    "config_option",
    "encoding_option",
    "given_base",
    "given_columns",
    "given_config",
    "given_settings",
    "graph_argument",
    "id_column_option",
    "json_option",
    "judgements_option",
    "open_given",
    "paths_argument",
    "progress",
    "reach_given",
    "review_option",
    "say",
    "say_review",
    "text_column_option",
    "write_json",
]

paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
graph_argument = click.argument("graph", metavar="GRAPH")
json_option = click.option("--json", "as_json", is_flag=True, help="The report as JSON on standard output.")
encoding_option = click.option(
    "--encoding", metavar="NAME", help="Read the files in this encoding (default: found by itself)."
)


text_column_option = click.option(
    "--text-column", metavar="NAME", help="Tables (.csv, .tsv): the column that holds the text; each row is a document."
)
id_column_option = click.option(
    "--id-column", metavar="NAME", help="Tables: the column that names the row (default: doc_id, else its line)."
)


def given_columns(text_column: str | None, id_column: str | None) -> Columns | None:
    """What the two options say."""
    from kg.inputs import Columns

    if text_column is None:
        if id_column is not None:
            raise click.UsageError("--id-column needs --text-column")
        return None
    return Columns(text_column, id_column)


def judgements_option(says: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The file of who is who; ``says`` is the option's help."""
    return click.option("--judgements", metavar="FILE.csv", type=click.Path(path_type=Path), help=says)


review_option = click.option(
    "--review",
    metavar="FILE.csv",
    type=click.Path(path_type=Path),
    help="Decisions on facts and links, as kg review lists them.",
)


def say_review(report: Report) -> None:
    """What became of people's decisions; nothing where there are none."""
    rejected, accepted, stale = (len(report.review.get(name, ())) for name in ("rejected", "accepted", "stale"))
    if rejected or accepted:
        say(f"kg: review: {rejected} facts rejected, {accepted} accepted, listed in report.json")
    if stale:
        say(f"kg: review: {stale} decisions fit nothing that is read now, listed in report.json")


config_option = click.option(
    "--config",
    envvar="KG_CONFIG",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings (TOML; default: $KG_CONFIG, else kg.toml here).",
)


def given_settings(path: Path | None, **options: Any) -> tuple[Setting, ...]:
    """The settings that hold: of options, the environment, the file that is named or stands here, the defaults."""
    from kg.config import settings

    here = Path("kg.toml")
    return settings(path or (here if here.is_file() else None), os.environ, **options)


def given_config(path: Path | None, **options: Any) -> Config:
    """`given_settings` as a record."""
    from kg.config import config_of

    return config_of(given_settings(path, **options))


def _checked_day(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    """``text`` if it is an ISO day."""
    from datetime import date

    try:
        if text is None or date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise ConfigError(f"--asof {text}: not a day", remedy="give it as 2020-01-31")


asof_option = click.option(
    "--asof",
    metavar="DAY",
    callback=_checked_day,
    help="Mandates as known on this day (2020-01-31): later decisions are left out.",
)


class Opened(NamedTuple):
    """A graph that can be asked, and where its things live."""

    store: Store
    base: str


def open_given(graph: str) -> Opened:
    """The graph that the user names. Raises `GraphError`."""
    from kg.store import open_graph

    base = given_base(graph)
    return Opened(open_graph(graph, base), base)


def reach_given(graph: str, *, named: bool = True, only: str | None = None) -> tuple[Store | Endpoint, str]:
    """What answers queries for the graph that the user names, a URL among them, and where its things live. ``named``
    and ``only``: as `kg.store.open_graph` takes them."""
    from kg.config import DEFAULT
    from kg.endpoint import Endpoint, is_url
    from kg.store import open_graph

    if is_url(graph):
        return Endpoint(graph), DEFAULT.base
    base = given_base(graph)
    return open_graph(graph, base, named=named, only=only), base


def given_base(graph: str) -> str:
    """Where the things of a graph live; the default for a file, or a folder that does not say."""
    from kg.graph import base_of

    return base_of(graph)


def say(message: str) -> None:
    """One line to the user, on standard error, in the user's language where the catalogue has it."""
    click.echo(line_in_words(" ".join(message.split())), err=True)


def write_json(value: Any) -> None:
    """``value`` on standard output, for a program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress() -> Iterator[Counter]:
    """A counter ``(done, total, name)`` on standard error: on a terminal only, gone when the work is over."""
    shown = sys.stderr.isatty()

    def write(line: str) -> None:
        if shown:
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    try:
        yield Counter(write)
    finally:
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)
