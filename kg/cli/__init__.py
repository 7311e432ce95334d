"""The ``kg`` command. Each family of commands is a file of this package, imported only when one of its commands runs.

Exit status: 0 done; 1 failed; 2 usage; 3 done, but some inputs were skipped; 4 the check that was run found something;
5 a part is not installed; 130 interrupted. Data goes to standard output, all else to standard error.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from kg import __version__
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "cli", "main"]


class Lazy(NamedTuple):
    """Where a command lives, and its line in the list of commands (a test keeps both true)."""

    module: str
    help: str


COMMANDS = {
    "build": Lazy("kg.cli.build", "Documents (files or folders) to a graph."),
    "merge": Lazy("kg.cli.build", "Shards, or built folders, to one graph."),
    "add": Lazy("kg.cli.change", "Documents into a built graph: new ones, and those that have changed."),
    "remove": Lazy("kg.cli.change", "Documents out of a built graph."),
    "extract": Lazy("kg.cli.extract", "What is read in each document, one JSON object a document."),
    "query": Lazy("kg.cli.ask", "Ask a graph: a named query of the library, or any SPARQL 1.1 query."),
    "queries": Lazy("kg.cli.ask", "The library of named queries: question, parameters, columns."),
    "timeline": Lazy("kg.cli.timeline", "Mandates in time: terms, gaps, overlaps, technical rollovers, early ends."),
    "people": Lazy("kg.cli.people", "The judgements on who is who that the graph in DIR was built with."),
    "review": Lazy("kg.cli.review", "Doubtful facts and links of a built graph, to be accepted, rejected or merged."),
    "export": Lazy("kg.cli.export", "A graph as files for people and programs."),
    "validate": Lazy(
        "kg.cli.validate", "Check a graph against its shapes (SHACL), and its sources against each other."
    ),
    "load": Lazy("kg.cli.load", "A graph into a triple store, over HTTP."),
    "serve": Lazy("kg.cli.serve", "A graph on the web: SPARQL endpoint, picture, a page for every thing."),
    "verify": Lazy("kg.cli.check", "Open the sources again and check every quote, character by character."),
    "diff": Lazy("kg.cli.diff", "Which facts came, went and changed from graph A to graph B, in words."),
    "eval": Lazy("kg.cli.check", "Precision, recall and F1 of predictions against gold."),
    "doctor": Lazy("kg.cli.doctor", "Is everything here that the commands need?"),
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature, three times
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name].module), f"{cmd_name}_cli")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Knowledge graphs of the UN Security Council from its Chinese documents.

    \b
    Example:
      kg build seeds/ -o out
      kg query mandates -g out
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run ``kg`` with ``args`` (the process's own where None) and give its exit status; never raises."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        # UTF-8 whatever the locale; "\n" as it stands, CSV brings its own line ends
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors=errors, newline="\n")
    try:
        result = cli.main(args=args, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        _say("interrupted")
        return 130
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "kg"
        _say(f"{error.format_message()} (see {command} --help)")
        return 2
    except click.ClickException as error:
        _say(error.format_message())
        return error.exit_code
    except KgError as error:
        _say(str(error))
        return error.exit_status
    except BrokenPipeError:
        # the reader of our output has gone (kg ... | head): stop, and keep Python's shutdown from complaining
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _say(f"{where}{error.strerror or error}")
        return 1
    except MemoryError:
        _say("not enough memory (build fewer or smaller documents at a time)")
        return 1
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            traceback.print_exc()
        _say(f"internal error, please report it: {type(error).__name__}: {error} (KG_DEBUG=1 shows where)")
        return 1


def _say(message: str) -> None:
    click.echo(f"kg: {' '.join(message.split())}", err=True)
