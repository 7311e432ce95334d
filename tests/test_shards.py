"""Shards: joined they are the one build, byte for byte; what is missing, foreign or damaged is one line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.building import build_graph
from kg.config import Config
from kg.errors import GraphError
from kg.parts import engine_of
from kg.shards import build_shard, merge_shards
from tests.test_parts import TEXT, content, documents

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.conftest import Kg

JUDGEMENTS = "judgement,document,name,other,reason\ndifferent,,古特雷斯,安东尼奥·古特雷斯,test\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten documents, one that is none, and one twice."""
    folder = documents(tmp_path_factory.mktemp("corpus") / "in", 10)
    (folder / "empty.txt").touch()
    (folder / "copy.txt").write_text(TEXT.format(day=4, number=2503), "utf-8")
    (folder / "picture.jpg").touch()
    return folder


@pytest.fixture(scope="module")
def alone(corpus: Path, tmp_path_factory: pytest.TempPathFactory, nlp: Language) -> Path:
    """The one build."""
    out = tmp_path_factory.mktemp("alone") / "out"
    build_graph([corpus], out, nlp=nlp)
    return out


def shards(corpus: Path, out: Path, nlp: Language, of: int, *, besides: int = 0, **more: Any) -> list[Path]:
    engine = engine_of(nlp=nlp)
    made = [build_shard([corpus], out, i, of, engine=engine, **more) for i in range(1, of + 1) if i != besides]
    return [out / shard.name for shard in made]


def report(out: Path) -> dict[str, Any]:
    found = json.loads((out / "report.json").read_bytes())
    assert isinstance(found, dict)
    return {name: value for name, value in found.items() if name != "run"}


@pytest.mark.parametrize("of", [1, 3, 20])
def test_joined_they_are_the_one_build(of: int, corpus: Path, alone: Path, tmp_path: Path, nlp: Language) -> None:
    made = shards(corpus, tmp_path / "shards", nlp, of)
    assert sorted(path.name for path in (tmp_path / "shards").iterdir()) == sorted(path.name for path in made)
    merge_shards(made[::-1], tmp_path / "out")
    assert content(tmp_path / "out") == content(alone)
    assert report(tmp_path / "out") == report(alone)


def test_a_large_graph_is_written_by_several(corpus: Path, alone: Path, tmp_path: Path, nlp: Language) -> None:
    made = shards(corpus, tmp_path / "shards", nlp, 2, config=Config(sort_bytes=1000))
    merge_shards(made, tmp_path / "out", jobs=3)
    for name in ("graph.nq", "graph.ttl", "graph.html", "void.ttl"):
        assert (tmp_path / "out" / name).read_bytes() == (alone / name).read_bytes()


def test_in_a_shell(corpus: Path, alone: Path, tmp_path: Path, kg: Kg) -> None:
    for i in (1, 2):
        ran = kg("build", corpus, "-o", tmp_path / "shards", "--shard", f"{i}/2", "--json")
        told = json.loads(ran.out)
        assert (told["kg"], told["number"], told["of"]) == ("shard", i, 2)
        assert ran.status == (3 if told["skipped"] else 0)
        assert len(ran.err.splitlines()) == len(told["skipped"]) + 1
        assert told == json.loads((tmp_path / "shards" / f"shard-{i}-of-2" / "shard.json").read_bytes())
    ran = kg("merge", tmp_path / "shards", "-o", tmp_path / "out", "--jobs", "2")
    assert (ran.status, ran.out) == (3, "")
    assert len(ran.err.splitlines()) == 4
    assert content(tmp_path / "out") == content(alone)


def test_built_folders_are_joined(corpus: Path, alone: Path, tmp_path: Path, nlp: Language) -> None:
    names = sorted(path for path in corpus.iterdir() if path.name != "copy.txt")
    for name, some in (("a", names[:5]), ("b", [*names[4:], corpus / "copy.txt"])):
        build_graph(some, tmp_path / name, nlp=nlp)
    merge_shards([tmp_path / "a", tmp_path / "b", tmp_path / "a"], tmp_path / "out")
    # files named one by one have the paths given as names: the same documents, other names
    documents = [{**each, "source": Path(each["source"]).name} for each in report(tmp_path / "out")["documents"]]
    assert documents == report(alone)["documents"]


def test_judgements_of_built_folders_hold(tmp_path: Path, nlp: Language) -> None:
    (tmp_path / "who.csv").write_text(JUDGEMENTS, "utf-8")
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT.format(day=9, number=2500) + name, "utf-8")
        build_graph([tmp_path / f"{name}.txt"], tmp_path / name, judgements=tmp_path / "who.csv", nlp=nlp)
    merge_shards([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    said = tmp_path / "out" / "ledger" / "judgements.csv"
    assert said.read_text("utf-8") == JUDGEMENTS
    (tmp_path / "b" / "ledger" / "judgements.csv").write_text(JUDGEMENTS.replace("test", "other"), "utf-8")
    with pytest.raises(GraphError, match=r"different judgements on who is who .*--judgements"):
        merge_shards([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    merge_shards([tmp_path / "a", tmp_path / "b"], tmp_path / "out", judgements=tmp_path / "who.csv")
    assert said.read_text("utf-8") == JUDGEMENTS


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("missing", r"shard 2 of 3 is missing \(kg build --shard 2/3 makes it\)"),
        ("other inputs", "shard-2-of-3: a shard of other inputs, settings or rules than .*shard-1-of-3"),
        ("other settings", "shard-2-of-3: a shard of other inputs, settings or rules"),
        ("other number", "a shard of other inputs, settings or rules"),
        ("not finished", r"shard-2-of-3: a shard that is not finished \(run its kg build --shard again\)"),
        ("damaged", "shard-2-of-3: the shard is damaged"),
        ("no shard", "nothing: no such graph"),
        ("built otherwise", "was made by another version of the program, or with other settings"),
    ],
)
def test_what_does_not_fit(fault: str, said: str, corpus: Path, tmp_path: Path, nlp: Language) -> None:
    places = shards(corpus, tmp_path / "shards", nlp, 3, besides=2)
    second = tmp_path / "shards" / "shard-2-of-3"
    engine = engine_of(nlp=nlp)
    other = Config(base="https://example.org/")
    if fault == "other inputs":
        documents(tmp_path / "other", 3)
        build_shard([tmp_path / "other"], tmp_path / "shards", 2, 3, engine=engine)
    elif fault == "other number":
        build_shard([corpus], tmp_path / "shards", 2, 4, engine=engine)
    elif fault != "missing":
        config = other if fault == "other settings" else Config()
        build_shard([corpus], tmp_path / "shards", 2, 3, engine=engine, config=config)
    if fault == "not finished":
        (second / "shard.json").unlink()
    elif fault == "damaged":
        shutil.copyfile(places[0] / "ledger" / "inputs.jsonl.gz", second / "ledger" / "inputs.jsonl.gz")
    given = [tmp_path / "shards"]
    if fault == "no shard":
        given.append(tmp_path / "nothing")
    elif fault == "built otherwise":
        build_graph([corpus / "001.txt"], tmp_path / "built", nlp=nlp, config=other)
        given.append(tmp_path / "built")
    with pytest.raises(GraphError, match=said) as caught:
        merge_shards(given, tmp_path / "out")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_shard_is_replaced_and_never_half(corpus: Path, tmp_path: Path, nlp: Language) -> None:
    (place,) = shards(corpus, tmp_path / "shards", nlp, 1)
    before = {path: path.read_bytes() for path in place.rglob("*.*")}
    assert {path.name for path in before} == {"inputs.jsonl.gz", "shard.json"}
    shards(corpus, tmp_path / "shards", nlp, 1)
    assert {path: path.read_bytes() for path in place.rglob("*.*")} == before
