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
from kg.cli.language import error_in_words, line_in_words, set_language, user_language
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

__all__ = ["COMMANDS", "cli", "main"]


class Lazy(NamedTuple):
    """Where a command lives, and its line in the list of commands, English and Chinese (a test keeps both true)."""

    module: str
    help: str
    zh: str


COMMANDS = {
    "build": Lazy("kg.cli.build", "Documents (files or folders) to a graph.", "由文件（或文件夹）建图谱。"),
    "merge": Lazy("kg.cli.build", "Shards, or built folders, to one graph.", "把分片或建好的文件夹合成一个图谱。"),
    "add": Lazy(
        "kg.cli.change",
        "Documents into a built graph: new ones, and those that have changed.",
        "把文件加入建好的图谱：新的和有改动的。",
    ),
    "remove": Lazy("kg.cli.change", "Documents out of a built graph.", "从建好的图谱里去掉文件。"),
    "extract": Lazy(
        "kg.cli.extract",
        "What is read in each document, one JSON object a document.",
        "每份文件读出的内容，一份文件一个 JSON 对象。",
    ),
    "query": Lazy(
        "kg.cli.ask",
        "Ask a graph: a named query of the library, or any SPARQL 1.1 query.",
        "查询图谱：用查询库里的查询，或任何 SPARQL 1.1 查询。",
    ),
    "queries": Lazy(
        "kg.cli.ask", "The library of named queries: question, parameters, columns.", "查询库：问题、参数、列。"
    ),
    "timeline": Lazy(
        "kg.cli.timeline",
        "Mandates in time: terms, gaps, overlaps, technical rollovers, early ends.",
        "任务期限的时间线：各期、空档、重叠、技术性延期、提前结束。",
    ),
    "people": Lazy(
        "kg.cli.people",
        "The judgements on who is who that the graph in DIR was built with.",
        "建图谱时对人物身份的判断。",
    ),
    "review": Lazy(
        "kg.cli.review",
        "Doubtful facts and links of a built graph, to be accepted, rejected or merged.",
        "图谱里存疑的事实和关联，供人接受、驳回或合并。",
    ),
    "export": Lazy("kg.cli.export", "A graph as files for people and programs.", "把图谱导出成供人和程序使用的文件。"),
    "validate": Lazy(
        "kg.cli.validate",
        "Check a graph against its shapes (SHACL), and its sources against each other.",
        "检查图谱是否符合约束（SHACL），来源是否互相一致。",
    ),
    "load": Lazy("kg.cli.load", "A graph into a triple store, over HTTP.", "把图谱经 HTTP 装入三元组存储。"),
    "serve": Lazy(
        "kg.cli.serve",
        "A graph on the web: SPARQL endpoint, picture, a page for every thing.",
        "把图谱放到网上：SPARQL 端点、图、每样东西一页。",
    ),
    "verify": Lazy(
        "kg.cli.check",
        "Open the sources again and check every quote, character by character.",
        "重新打开来源，逐字核对每段引文。",
    ),
    "diff": Lazy(
        "kg.cli.diff",
        "Which facts came, went and changed from graph A to graph B, in words.",
        "用文字说明从图谱 A 到 B 哪些事实新增、删除、更正。",
    ),
    "eval": Lazy(
        "kg.cli.check", "Precision, recall and F1 of predictions against gold.", "对照标准答案的精确率、召回率和 F1。"
    ),
    "config": Lazy("kg.cli.config", "The settings that hold here, and where each comes from.", "此处的设置及其来源。"),
    "completion": Lazy(
        "kg.cli.completion", "A script with which a shell completes kg commands.", "供 shell 补全 kg 命令的脚本。"
    ),
    "doctor": Lazy("kg.cli.doctor", "Is everything here that the commands need?", "各命令所需的是否齐备？"),
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

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands by their names: none is imported for that."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        chinese = user_language() == "zh"
        return [
            CompletionItem(name, help=command.zh if chinese else command.help)
            for name, command in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            chinese = user_language() == "zh"
            formatter.write_dl([(name, command.zh if chinese else command.help) for name, command in COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
@click.option(
    "--lang",
    type=click.Choice(("zh", "en")),
    is_eager=True,
    expose_value=False,
    callback=set_language,
    help="Language of what is said (default: $KG_LANG, else Chinese in a Chinese locale).",
)
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
        click.echo(line_in_words("kg: interrupted"), err=True)
        return 130
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "kg"
        _say(KgError(_plain(error), remedy=f"see {command} --help"))
        return 2
    except click.ClickException as error:
        _say(KgError(_plain(error)))
        return error.exit_code
    except KgError as error:
        _say(error)
        return error.exit_status
    except BrokenPipeError:
        # the reader of our output has gone (kg ... | head): stop, and keep Python's shutdown from complaining
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        _say(KgError(error.strerror or str(error), where=str(error.filename) if error.filename else None))
        return 1
    except MemoryError:
        _say(KgError("not enough memory", remedy="build fewer or smaller documents at a time"))
        return 1
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            traceback.print_exc()
        what = f"internal error, please report it: {type(error).__name__}: {error}"
        _say(KgError(what, remedy="KG_DEBUG=1 shows where"))
        return 1


def _plain(error: click.ClickException) -> str:
    return " ".join(error.format_message().split())


def _say(error: KgError) -> None:
    click.echo(f"kg: {' '.join(error_in_words(error).split())}", err=True)
