"""The documents say what is so: snippets run, commands and links exist, generated pages are those of this code."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from kg.config import Config
from tests import reference
from tests.snippets import PAGES, ROOT, blocks, commands, parses, run_page

IDS = [page.relative_to(ROOT).as_posix() for page in PAGES]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+(?:\([^()]*\))?)\)")
_RUN = [
    page for page in PAGES if any(block.language in ("python", "console") for block in blocks(page.read_text("utf-8")))
]


def test_there_are_pages() -> None:
    assert {"README.md", "README.zh.md", "docs/python.md", "docs/cli.md", "docs/scholar.md"} <= set(IDS)
    assert {f"docs/zh/{name}.md" for name in ("index", "scholar", "librarian", "journalist", "engineer")} <= set(IDS)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_command_and_option_exists(page: Path) -> None:
    for block in blocks(page.read_text("utf-8")):
        lines = block.text.splitlines() if block.language == "sh" else []
        told = [line for line, _ in commands(block)] if block.language == "console" else []
        for command in [*lines, *told]:
            assert not parses(command), f"line {block.line}"


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in _LINK.findall(text):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://"), target
            continue
        there = page if not path else (page.parent / unquote(path)).resolve()
        assert there.exists(), f"{target} in {page.name}"
        assert ROOT in there.parents, f"{target} leaves the repository"
        if anchor and there.suffix == ".md":
            assert anchor in {slug(heading) for heading in headings(there)}, f"{target} in {page.name}"


def headings(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^#+ (.+)$", text, re.MULTILINE)


def slug(heading: str) -> str:
    """As GitHub makes them."""
    return re.sub(r"[^\w\- ]", "", heading.lower().strip().replace("`", "")).replace(" ", "-")


@pytest.mark.slow
@pytest.mark.parametrize("page", _RUN, ids=[page.relative_to(ROOT).as_posix() for page in _RUN])
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib warns of itself
def test_every_snippet_runs_and_prints_what_is_printed(page: Path, graph: Path) -> None:
    if "to_pandas" in page.read_text("utf-8"):
        pytest.importorskip("pandas")
    for block, printed, told in run_page(page, graph):
        assert printed.strip(), f"line {block.line}: nothing is printed"
        assert told == printed, f"line {block.line} (python -m tests.snippets --write puts it right)"


def test_the_command_line_page_is_of_this_code() -> None:
    assert reference.PAGE.read_text("utf-8") == reference.page(), "python -m tests.reference makes it again"


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    for name, value in Config().as_json().items():
        assert re.search(rf"^\| `{name}` \| `{re.escape(str(value))}` \|", text, re.MULTILINE), name


def test_environment_variables_are_documented() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    for path in (ROOT / "kg").rglob("*.py"):
        for name in re.findall(r"[\"'](KG_[A-Z_]+)[\"']", path.read_text("utf-8")):
            if "evaluate" not in path.parts and "train" not in path.parts:
                assert f"`{name}`" in text, f"{name} of {path.name}"


def test_public_names_are_documented() -> None:
    import kg

    text = (ROOT / "docs" / "python.md").read_text("utf-8")
    for name in kg.__all__:
        assert re.search(rf"\b{name}\b", text), name
    for name in vars(kg.Graph):
        if not name.startswith("_"):
            assert re.search(rf"\b{name}\b", text), f"Graph.{name}"
