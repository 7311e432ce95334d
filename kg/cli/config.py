"""``kg config``: the settings that hold, and who says each."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import config_option, given_settings, json_option, write_json
from kg.cli.language import language_source, user_language
from kg.config import Setting

__all__ = ["config_cli"]


@click.group("config")
def config_cli() -> None:
    """The settings that hold here, and where each comes from.

    Settings stand in a TOML file: the one of --config, else of $KG_CONFIG, else kg.toml in this folder. A variable of
    the environment (KG_BASE) comes before the file, an option (--base) before both.

    \b
    Example:
      kg config show
      KG_BASE=https://example.org/unsc/ kg config show --json
    """


@config_cli.command("show")
@config_option
@click.option("--base", metavar="IRI", help="As for kg build.")
@json_option
def show_cli(config: Path | None, base: str | None, as_json: bool) -> None:
    """Every setting: its name, its value, who says it.

    \b
    Example:
      kg config show
    """
    found = [*given_settings(config, base=base), Setting("lang", user_language(), *language_source())]
    if as_json:
        write_json([setting._asdict() for setting in found])
        return
    widths = [max(len(str(setting[i])) for setting in found) for i in range(2)]
    for name, value, source, where in found:
        click.echo(f"{name:{widths[0]}}  {value!s:{widths[1]}}  {f'{source}: {where}' if where else source}")
