"""``kg completion``: the shell completes commands, options, queries and formats."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

__all__ = ["completion_cli"]

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS))
def completion_cli(shell: str) -> None:
    """A script with which a shell completes kg commands.

    Commands, options, their values, and the names of queries. bash 4.4 or later, zsh, fish.

    \b
    Example:
      kg completion bash > ~/.local/share/bash-completion/completions/kg
      kg completion zsh > ~/.zfunc/_kg          (with ~/.zfunc in fpath, before compinit)
      kg completion fish > ~/.config/fish/completions/kg.fish
    """
    found = get_completion_class(shell)
    assert found
    # not source(): it runs the shell to see its version, which need not be here
    made = found(click.Group("kg"), {}, "kg", "_KG_COMPLETE")
    click.echo(made.source_template % made.source_vars())
