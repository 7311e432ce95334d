"""The fenced blocks of the documents, run: ``python -m tests.snippets [--write] [FILE...]``.

    ```python     executed; the blocks of a page share their names. A ```text block right after it is what it prints.
    ```console    lines that begin with "$ " are run, what stands under one is its output (data, then messages); a line
                  "..." stands for any lines. A block without any output is only held to `kg`'s own options.
    ```sh         its `kg` commands are held to `kg`'s options.

A page is run in a folder of its own, with `seeds/` and, in `out/`, their graph. ``--write`` puts the output that there
is in place of the one that is printed.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PAGES", "Block", "blocks", "commands", "parses", "run_page", "work_folder"]

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md")])
_FENCE = re.compile(r"^```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_ANY = "..."


@dataclass(frozen=True)
class Block:
    """A fenced block; ``start`` and ``end`` are those of its text in the page, ``line`` is the number of its first."""

    language: str
    text: str
    start: int
    end: int
    line: int


def blocks(text: str) -> list[Block]:
    """All of a page."""
    return [
        Block(m["language"], m["text"], m.start("text"), m.end("text"), text.count("\n", 0, m.start("text")) + 1)
        for m in _FENCE.finditer(text)
    ]


_COMMAND = re.compile(r"^\$ (?P<command>(?:[^\n]*\\\n)*[^\n]*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def commands(block: Block) -> list[tuple[str, str]]:
    """The commands of a console block, each with what stands under it."""
    return [(re.sub(r"\\\n\s*", "", m["command"]), m["output"].strip("\n")) for m in _COMMAND.finditer(block.text)]


def parses(command: str) -> str:
    """What is wrong with the options of a `kg` command; empty where nothing is."""
    from kg.cli import cli

    for piece in re.split(r"\|\||&&|[|;]", command):
        try:
            words = shlex.split(piece, comments=True)
        except ValueError:
            words = piece.split()
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            words = words[1:]
        if ">" in words:
            words = words[: words.index(">")]
        if not words or words[0].rpartition("/")[2] != "kg":
            continue
        try:
            _parse(cli, words[1:])
        except click.exceptions.Exit:
            pass
        except (click.UsageError, SystemExit) as error:
            return f"{piece.strip()}: {error}"
    return ""


def _parse(command: click.Command, words: list[str], parent: click.Context | None = None) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        context = command.make_context(command.name or "kg", list(words), parent=parent, resilient_parsing=False)
    if isinstance(command, click.Group) and (rest := [*context._protected_args, *context.args]):
        name, inner, left = command.resolve_command(context, rest)
        if inner is None:
            raise click.UsageError(f"no command {name}")
        _parse(inner, left, context)


@contextlib.contextmanager
def work_folder(graph: Path) -> Iterator[Path]:
    """A folder to run a page in, which is the current one meanwhile. ``graph``: of the seeds, copied to ``out``."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="kg-page-") as name:
        folder = Path(name)
        (folder / "seeds").symlink_to(ROOT / "seeds")
        (folder / "notebooks").symlink_to(ROOT / "notebooks")
        subprocess.run(["cp", "-r", graph, folder / "out"], check=True)
        binaries = folder / ".bin"
        binaries.mkdir()
        shim = binaries / "kg"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg.cli "$@"\n', "utf-8")
        shim.chmod(0o755)
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)


def run_page(page: Path, graph: Path) -> list[tuple[Block, str, str]]:
    """Each block of ``page`` whose output is printed: the block, what is printed, what there is. Raises what code
    raises, with the place of its block."""
    text = page.read_text("utf-8")
    found: list[tuple[Block, str, str]] = []
    space: dict[str, Any] = {"__name__": "__main__"}
    printed: tuple[int, str] | None = None
    with work_folder(graph) as folder:
        for block in blocks(text):
            if block.language == "text" and printed and text[printed[0] : block.start].count("\n") <= 3:
                found.append((block, block.text, printed[1]))
            printed = None
            if block.language == "python":
                printed = (block.end, _execute(block, page, space))
            elif block.language == "console":
                found.append((block, block.text, _console(block, folder)))
    return found


def _execute(block: Block, page: Path, space: dict[str, Any]) -> str:
    out = io.StringIO()
    code = compile("\n" * (block.line - 1) + block.text, str(page), "exec")
    with contextlib.redirect_stdout(out):
        exec(code, space)
    return out.getvalue()


def _console(block: Block, folder: Path) -> str:
    """The block as it should be. Where nothing at all is printed in it, its commands are not run."""
    if not any(output for _, output in commands(block)):
        return block.text
    path = f"{folder}/.bin{os.pathsep}{os.environ['PATH']}"
    env = {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
    }

    def run(match: re.Match[str]) -> str:
        command = re.sub(r"\\\n\s*", "", match["command"])
        done = subprocess.run(["bash", "-c", command], capture_output=True, env=env, cwd=folder, check=False)
        told = (done.stdout + done.stderr).decode("utf-8").replace("\r\n", "\n").strip("\n")
        output = match["output"].strip("\n")
        if not output:
            assert done.returncode == 0, f"{command}: {told}"
            return match[0]
        return match[0].replace(output, told) if not agrees(output, told) else match[0]

    return _COMMAND.sub(run, block.text)


def agrees(printed: str, told: str) -> bool:
    """Whether what is printed is what there is, "..." being any lines."""
    pattern = "\n".join(".*" if line == _ANY else re.escape(line.rstrip()) for line in printed.strip("\n").split("\n"))
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in told.split("\n")), re.DOTALL) is not None


def main() -> int:
    """Run the pages that are named, or all; say what differs."""
    import kg

    write = "--write" in sys.argv
    named = [Path(name).resolve() for name in sys.argv[1:] if not name.startswith("--")]
    built = kg.build(ROOT / "seeds")
    wrong = 0
    for page in named or PAGES:
        different = [(block, told) for block, printed, told in run_page(page, Path(built.source)) if printed != told]
        text = page.read_text("utf-8")
        for block, told in reversed(different):
            wrong += 1
            sys.stdout.write(f"{page.relative_to(ROOT)}, line {block.line}:\n{told}\n")
            text = text[: block.start] + told + text[block.end :]
        if write:
            page.write_text(text, "utf-8")
    return 1 if wrong and not write else 0


if __name__ == "__main__":
    sys.exit(main())
