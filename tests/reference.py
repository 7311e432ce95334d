"""Makes ``docs/cli.md`` from the commands' own help: ``python -m tests.reference``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import cli

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
_WIDTH = 100
_HEAD = """# Command line

What every command says with `--help`; this page is made from it (`python -m tests.reference`). Data goes to standard
output, everything else to standard error.

| exit status | means |
|---|---|
| 0 | done |
| 1 | failed |
| 2 | usage: an option or argument that is not right |
| 3 | done, but some inputs were skipped; each is listed with its reason |
| 4 | the check that was run found something (`validate`, `verify`, `diff --exit-code`) |
| 5 | a part is not installed; the line names the extra |
| 130 | interrupted |

Completion: `eval "$(_KG_COMPLETE=bash_source kg)"` in `~/.bashrc`, `_KG_COMPLETE=zsh_source` in `~/.zshrc`.
"""


def page() -> str:
    """The text of the page."""
    context = click.Context(
        cli, info_name="kg", terminal_width=_WIDTH, max_content_width=_WIDTH, help_option_names=["-h", "--help"]
    )
    parts = [_HEAD, _section("kg", cli, context)]
    parts += _commands(cli, context, "kg")
    return "\n".join(parts)


def _commands(group: click.Group, context: click.Context, name: str) -> list[str]:
    parts = []
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        assert command is not None
        inner = click.Context(command, info_name=each, parent=context, terminal_width=_WIDTH, max_content_width=_WIDTH)
        parts.append(_section(f"{name} {each}", command, inner))
        if isinstance(command, click.Group):
            parts += _commands(command, inner, f"{name} {each}")
    return parts


def _section(name: str, command: click.Command, context: click.Context) -> str:
    told = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"## {name}\n\n```text\n{told}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
