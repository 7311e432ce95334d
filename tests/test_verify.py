"""Each way in which a graph and its sources can differ is found, and nothing is found where they do not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.building import build_graph
from kg.store import Store, open_graph
from kg.verify import Verified, verify_graph

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.conftest import Kg

EVIDENCE = re.compile(r"/id/evidence/[0-9a-f]+>")


@pytest.fixture(scope="module")
def lines(graph: Path) -> list[str]:
    return list(open_graph(graph).quads())


def changed(lines: list[str], pattern: str, change: Callable[[str], str | None]) -> Store:
    """The graph with the first line that holds ``pattern`` changed, or left out where ``change`` gives None."""
    at = next(i for i, line in enumerate(lines) if re.search(pattern, line))
    new = change(lines[at])
    return Store.of([*lines[:at], *([new] if new else []), *lines[at + 1 :]])


def test_the_seeds_stand_as_quoted(graph: Path, seeds: Path) -> None:
    found = verify_graph(open_graph(graph), [seeds])
    assert found.problems == ()
    assert found.documents == 5
    count = "SELECT (COUNT(?e) AS ?n) WHERE { ?e a sc:Evidence }"
    assert found.quotes == int(open_graph(graph).select(count)[0]["n"].value)
    assert found.quotes > 100
    assert found.characters > 10 * found.quotes


def swap_first(line: str) -> str:
    """The first two characters of the literal change places."""
    return re.sub(r'"(.)(.)', lambda m: f'"{m[2]}{m[1]}', line, count=1)


def shift(line: str) -> str:
    return re.sub(r'"(\d+)"', lambda m: f'"{int(m[1]) + 1}"', line, count=1)


@pytest.mark.parametrize(
    ("pattern", "change", "said"),
    [
        (r"/oa#exact> \"安理|/oa#exact> \"\d\d", swap_first, r"character 0 is '.' in the quote and '.' in the text"),
        ("/oa#exact>", lambda line: line.replace('" <', '吗" <'), "the quote has"),
        ("/oa#start>", shift, "in the quote and|the quote has|is no place"),
        ("/oa#end>", shift, "the quote has"),
        ("/oa#end>", lambda line: re.sub(r'"\d+"', '"999999"', line), r"\[\d+, 999999\) is no place in"),
        ("/oa#end>", lambda line: re.sub(r'"\d+"', '"x"', line), "an offset that is no number"),
        ("#fileStart>", shift, r"lies at \(\d+, \d+\) in the file, not at"),
        ("#fileEnd>", shift, r"lies at \(\d+, \d+\) in the file, not at"),
        ("/oa#exact>", lambda _: None, "lacks quote"),
        ("/oa#start>", lambda _: None, "lacks end, start"),
        ("#fileEnd>", lambda _: None, "lacks fileEnd, fileStart"),
        ("/oa#hasSource>", lambda _: None, "lacks document"),
        (
            "/oa#hasSource>",
            lambda line: line.replace("/id/document/", "/id/document/x"),
            "which is no document of this",
        ),
        ("#evidence>", lambda _: None, "a fact without evidence"),
        ("#fileSha256>", lambda line: re.sub(r'"\w+"', '"00"', line), "has changed since the graph was built"),
    ],
)
def test_each_kind_of_damage(
    pattern: str, change: Callable[[str], str | None], said: str, lines: list[str], seeds: Path
) -> None:
    found = verify_graph(changed(lines, pattern, change), [seeds])
    assert any(re.search(said, problem.what) for problem in found.problems), found.problems


def test_sources_that_are_not_there_or_changed(graph: Path, seeds: Path, tmp_path: Path) -> None:
    first, *rest = sorted(seeds.iterdir())
    for path in rest:
        shutil.copy(path, tmp_path)
    found = verify_graph(open_graph(graph), [tmp_path])
    (problem,) = found.problems
    assert re.search(rf"no file is {first.name}: \d+ quotes not checked", problem.what)
    (tmp_path / first.name).write_bytes(first.read_bytes().replace("安理会".encode(), "安全会".encode(), 1))
    (problem,) = verify_graph(open_graph(graph), [tmp_path]).problems
    assert f"{first.name} has changed since the graph was built" in problem.what
    # a new name is no other source
    shutil.copy(first, tmp_path / "renamed.txt")
    assert verify_graph(open_graph(graph), [tmp_path]).problems == ()


def test_files_that_are_not_in_the_graph_are_no_problem(graph: Path, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("安全理事会", "utf-8")
    (tmp_path / "other.mp3").touch()
    found = verify_graph(open_graph(graph), [seeds, tmp_path])
    assert found.problems == ()
    assert [str(error).split(":")[0] for error in found.skipped] == ["other.mp3"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_other_encodings_and_line_ends(encoding: str, end: str, tmp_path: Path, nlp: Language, seeds: Path) -> None:
    path = tmp_path / "a.txt"
    text = sorted(seeds.iterdir())[0].read_text("utf-8")
    path.write_bytes(text.replace("\n", end).encode(encoding))
    build_graph([path], tmp_path / "out", nlp=nlp)
    found = verify_graph(open_graph(tmp_path / "out"), [path])
    assert found.quotes > 0
    assert found.problems == ()


def test_command(graph: Path, seeds: Path, tmp_path: Path, kg: Kg) -> None:
    ran = kg("verify", graph, seeds)
    assert (ran.status, ran.out) == (0, "")
    assert "all as the sources say" in ran.err
    assert kg("verify", graph / "graph.ttl", seeds).status == 0
    (tmp_path / "in").mkdir()
    ran = kg("verify", graph, tmp_path / "in")
    assert ran.status == 4
    assert len(ran.out.splitlines()) == 5
    found = json.loads(kg("verify", graph, tmp_path / "in", "--json").out)
    assert len(found["problems"]) == 5
    assert found["quotes"] == 0


def test_summary() -> None:
    assert "0 quotes" in Verified().summary()
