"""Errors in the user's language: the catalogue knows every error, in both languages, by a code of its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.cli import COMMANDS
from kg.cli.language import catalogue, error_in_words, line_in_words, words_of
from kg.errors import InputError, KgError
from kg.read.signatures import _BINARY
from tests.messages import lines, messages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Kg

FIELD = re.compile(r"\{(\w+)\}")
FILLED = "filled in"
OPEN = {
    "{} {}": "kg/shards.py: a message of the catalogue and a place",
    "{} {}, which is read": "kg/ledger/choice.py: E158 and E159",
    "{}: {}": "kg/remote/load.py: E524 with an example",
}
"""Words of the source that say nothing by themselves."""


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LANG", "zh")


def known(text: str, section: str, filling: str = FILLED) -> bool:
    filled = text.replace("{}", filling)
    return any(message.pattern.fullmatch(filled) for message in catalogue()[section])


def test_every_error_of_the_source_is_in_the_catalogue() -> None:
    whats, remedies = messages()
    assert len(whats) > 150
    missing = sorted(f"{place}: {text}" for text, place in whats if text not in OPEN and not known(text, "errors"))
    missing += sorted(f"{place}: ({text})" for text, place in remedies if not known(text, "remedies"))
    assert not missing, "put these into kg/cli/messages.toml:\n" + "\n".join(missing)


def test_every_line_of_the_commands_is_in_the_catalogue() -> None:
    found = [(text.removeprefix("kg: "), place) for text, place in lines()]
    assert len(found) > 10
    bare = {"{}", "{}: {}"}  # the words come from elsewhere
    missing = [f"{place}: {text}" for text, place in found if text not in bare and not known(text, "lines", "7")]
    assert not missing, "put these into kg/cli/messages.toml:\n" + "\n".join(missing)


def test_both_languages_are_filled_in_with_the_same() -> None:
    for section, found in catalogue().items():
        for message in found:
            assert message.en.strip(), message
            assert re.search("[\u4e00-\u9fff]", message.zh) or section != "errors", f"{message.en} has no Chinese"
            assert Counter(FIELD.findall(message.en)) == Counter(FIELD.findall(message.zh)), message.en
            assert FIELD.sub("", message.en).strip(" :()"), f"{message.en} would fit anything"
            assert not re.search("[，。：；（）]", message.en), message.en
            assert not re.search("[，；] |[,;] [\u4e00-\u9fff]", message.zh), message.zh


def test_codes_are_stable() -> None:
    codes = [message.code for message in catalogue()["errors"]]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"E[1-9]\d\d", code) for code in codes)
    # a few of them, so that a renumbering does not go unseen
    named = {message.code: message.en for message in catalogue()["errors"]}
    assert named["E101"] == "no such file or folder"
    assert named["E302"] == "no graph in this folder"
    assert named["E401"] == "the query does not parse"
    assert named["E601"] == "{name} is not installed"


def test_each_english_line_has_one_meaning() -> None:
    for section, found in catalogue().items():
        texts = [message.en for message in found]
        assert len(set(texts)) == len(texts), section


def test_kinds_of_file_have_chinese_names() -> None:
    for _, name, remedy in _BINARY:
        assert known(name, "kinds"), name
        assert known(remedy, "remedies"), remedy


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            InputError("no such file or folder", where="a.txt", remedy="check the path"),
            "a.txt：没有这个文件或文件夹（请检查路径） [E101]",
        ),
        (
            InputError("this is a PNG picture, which is not read", where="甲", remedy="unpack it"),
            "甲：这是 PNG 图片，本程序不读（请解开） [E111]",
        ),
        (KgError("is no TOML: Expected '='", where="kg.toml"), "kg.toml：不是 TOML：Expected '=' [E206]"),
        (
            KgError("the query does not parse", where="line 2, column 9", remedy="select its parts"),
            "第 2 行第 9 列：查询语法不正确（请选取它的各部分） [E401]",
        ),
        (KgError("no column text", where="t.csv, line 3"), "t.csv，第 3 行：没有 text 这一列 [E135]"),
        (KgError("cannot be read: Permission denied", where="x"), "x：无法读取：没有权限 [E106]"),
        (
            KgError("no graph was built: a.txt: nothing to read: only blanks (remove it or fill it); b: no such file"),
            "没有建成图谱：a.txt：没有内容：只有空白（请删除或补上内容）；b：没有这个文件 [E168]",
        ),
        (KgError("a thing that nobody foresaw", where="x", remedy="wait"), "x：a thing that nobody foresaw（wait）"),
    ],
)
def test_errors_in_chinese(error: KgError, said: str) -> None:
    assert error_in_words(error) == said


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("kg: skipped a (b).txt: no such file (check the path)", "kg: 跳过 a (b).txt：没有这个文件（请检查路径）"),
        ("kg: wrote out/x.gexf", "kg: 已写入 out/x.gexf"),
        ("kg: 120 facts of 5 documents, 6690 triples", "kg: 5 份文件，120 条事实，6690 条三元组"),
        (
            "kg: 1 documents more, 0 less; 3 facts of 2 documents, 9 triples",
            "kg: 增加 1 份文件，减少 0 份；2 份文件，3 条事实，9 条三元组",
        ),
        ("kg: something else", "kg: something else"),
    ],
)
def test_lines_in_chinese(line: str, said: str) -> None:
    assert line_in_words(line) == said


@pytest.mark.parametrize(
    ("env", "args", "chinese"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, [], True),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "C"}, [], True),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, [], False),
        ({"LC_ALL": "zh_CN.UTF-8", "KG_LANG": "en"}, [], False),
        ({"LC_ALL": "C", "KG_LANG": "zh"}, [], True),
        ({"LC_ALL": "zh_CN.UTF-8"}, ["--lang", "en"], False),
        ({"KG_LANG": "en"}, ["--lang", "zh"], True),
    ],
)
def test_who_chooses_the_language(
    env: dict[str, str], args: list[str], chinese: bool, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "KG_LANG"):
        monkeypatch.setenv(name, env.get(name, ""))
    ran = kg(*args, "queries", "nonsense")
    assert ran.status == 1
    assert ran.err.startswith(
        "kg: 查询库里没有 'nonsense'（有 " if chinese else "kg: no query 'nonsense' in the library"
    )
    assert ran.err.endswith(" [E412]\n")
    ran = kg(*args, "query", "--nope")
    assert ran.status == 2
    assert ran.err == (
        "kg: 没有选项 '--nope'（见 kg query --help） [E238]\n"
        if chinese
        else "kg: No such option '--nope'. (see kg query --help) [E238]\n"
    )
    listed = kg(*args, "--help").out
    assert (COMMANDS["build"].zh in listed) == chinese
    assert (COMMANDS["build"].help in listed) != chinese


def test_names_of_languages() -> None:
    assert [words_of(name) for name in ("zh", "ZH_hk", "en_US.UTF-8", "fr", "C", "")] == ["zh", "zh", *["en"] * 3, None]


@pytest.mark.usefixtures("chinese")
def test_a_build_speaks_chinese(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "a.txt").write_text("2020年1月31日，安全理事会通过第2507(2020)号决议。\n", "utf-8")
    (tmp_path / "b.txt").write_text("", "utf-8")
    ran = kg("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out")
    assert ran.status == 3
    assert "kg: 跳过 b.txt：没有内容：文件是空的（请删除或补上内容）\n" in ran.err
    assert re.search(r"^kg: 1 份文件，\d+ 条事实，\d+ 条三元组；跳过 1 个输入$", ran.err, re.MULTILINE)
