"""What makes the commands pleasant: completion, settings that say where they come from, JSON for programs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from kg.cli import COMMANDS, cli
from kg.queries import load_queries

if TYPE_CHECKING:
    from tests.conftest import Kg

ROOT = Path(__file__).parent.parent
NO_DATA = {"completion", "config", "export", "extract", "serve"}
"""These print none, or print it for programs anyway; of ``config`` it is ``show`` that does."""


def completed(words: str, shell: str = "bash") -> list[str]:
    """What a shell is told to offer for the last of ``words``."""
    environment = {
        **os.environ,
        "_KG_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    code = "from kg.cli import main; main([])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_commands_options_queries_and_formats_are_completed() -> None:
    assert completed("kg b") == ["build"]
    assert completed("kg re") == ["remove", "review"]
    assert completed("kg query expi") == ["expiring"]
    assert set(completed("kg query ")) >= {*load_queries(), "q01", "q25"}
    assert completed("kg query letters --format ") == ["table", "csv", "json", "tsv", "ttl"]
    assert "--review" in completed("kg build --re")
    assert completed("kg completion ") == ["bash", "zsh", "fish"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_of_completion(shell: str, kg: Kg) -> None:
    ran = kg("completion", shell)
    assert (ran.status, ran.err) == (0, "")
    assert "_KG_COMPLETE" in ran.out
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=ran.out, text=True, check=True)


def test_completing_a_command_imports_none() -> None:
    code = "import sys; from kg.cli import cli; import click; ctx = click.Context(cli)\n"
    code += "print(len(cli.shell_complete(ctx, ''))); print(*[m for m in sys.modules if m.startswith('kg.cli.')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(len(COMMANDS)), "kg.cli.language"]


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - NO_DATA))
def test_every_command_that_prints_data_has_json(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert "--json" in [option for parameter in command.params for option in parameter.opts]


def test_json_is_json(graph: Path, kg: Kg) -> None:
    assert json.loads(kg("query", "letters", "-g", graph, "--json").out)["head"]["vars"][0] == "document"
    assert json.loads(kg("people", graph, "--json").out)[0]["judgement"] == "same"
    assert json.loads(kg("timeline", graph, "--json").out) == json.loads(kg("timeline", graph, "--format", "json").out)


class TestConfig:
    @pytest.fixture(autouse=True)
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    def shown(self, kg: Kg, *args: str) -> dict[str, tuple[object, str]]:
        ran = kg("config", "show", "--json", *args)
        assert ran.status == 0, ran.err
        found = json.loads(ran.out)
        return {each["name"]: (each["value"], f"{each['source']} {each['where']}".strip()) for each in found}

    def test_who_says_each(self, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
        found = self.shown(kg)
        assert list(found) == ["base", "max_file_bytes", "sort_bytes", "lang"]
        assert found["base"] == ("https://w3id.org/unsc-kg/", "default")
        Path("kg.toml").write_text('base = "https://a.example/"\nsort_bytes = 5\nmax_file_bytes = 6\n', "utf-8")
        monkeypatch.setenv("KG_SORT_BYTES", "7")
        monkeypatch.setenv("KG_LANG", "zh")
        found = self.shown(kg, "--base", "https://b.example/")
        assert found == {
            "base": ("https://b.example/", "option --base"),
            "max_file_bytes": (6, "file kg.toml"),
            "sort_bytes": (7, "environment KG_SORT_BYTES"),
            "lang": ("zh", "environment KG_LANG"),
        }
        Path("other.toml").write_text("max_file_bytes = 8\n", "utf-8")
        assert self.shown(kg, "--config", "other.toml")["max_file_bytes"] == (8, "file other.toml")
        monkeypatch.setenv("KG_CONFIG", "other.toml")
        assert self.shown(kg)["max_file_bytes"] == (8, "file other.toml")
        text = kg("config", "show").out.splitlines()
        assert text[2] == "sort_bytes      7                          environment: KG_SORT_BYTES"

    def test_they_hold(self, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("a.txt").write_text("2020年1月31日，安全理事会通过第2507(2020)号决议。\n", "utf-8")
        Path("kg.toml").write_text('base = "https://a.example/"\n', "utf-8")
        assert kg("build", "a.txt", "-o", "out").status == 0
        assert "https://a.example/id/" in Path("out/graph.nq").read_text("utf-8")
        monkeypatch.setenv("KG_BASE", "https://b.example/")
        assert kg("build", "a.txt", "-o", "out").status == 0
        assert "https://b.example/id/" in Path("out/graph.nq").read_text("utf-8")
        monkeypatch.setenv("KG_MAX_FILE_BYTES", "10")
        assert "太大" in kg("--lang", "zh", "extract", "a.txt").err

    @pytest.mark.parametrize(
        ("value", "said"), [("many", "must be int, not str: 'many'"), ("-1", "must be int"), ("0", "1, not 0")]
    )
    def test_bad_words_of_the_environment(self, value: str, said: str, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KG_SORT_BYTES", value)
        ran = kg("config", "show")
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
