"""The command line as the outside sees it: help, streams, exit statuses, one line for each mistake."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from kg.cli import COMMANDS, cli, main
from kg.errors import KgError, MissingExtraError

if TYPE_CHECKING:
    from tests.conftest import Kg, Ran

ROOT = Path(__file__).parent.parent
LATER: tuple[str, ...] = ()
PROMISED = [
    *("documents", "letters", "presidencies", "meetings", "chairs", "briefings", "adoptions", "votes", "mandates"),
    *("timeline", "expiring", "citations", "appointments", "statements", "evidence"),
]
LINE = (
    "2020年1月13日，安全理事会一致通过第2505(2020)号决议，将联合国支助荷台达协议特派团的任务期限延长至2020年7月15日。"
)


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def one_line(ran: Ran, status: int) -> str:
    """The only line of an error; nothing on standard output."""
    assert ran.status == status, ran
    assert ran.out == ""
    (line,) = filter(None, ran.err.splitlines())
    assert line.startswith("kg: ")
    return line


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command(name: str, kg: Kg) -> None:
    ran = kg(name, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert re.search(rf"Example:\n +(?:echo .*\| )?(?:kg extract .*\| )?kg {name}", ran.out), "an example of its own"
    assert command(name).get_short_help_str(limit=200) == COMMANDS[name].help
    for option in command(name).params:
        if isinstance(option, click.Option):
            assert option.help, f"{option.name} is not described"


def test_list_of_commands(kg: Kg) -> None:
    for args in (("--help",), ("-h",)):
        ran = kg(*args)
        assert ran.status == 0
        for name in COMMANDS:
            assert re.search(rf"^  {name} ", ran.out, re.MULTILINE)
        for name in LATER:
            assert not re.search(rf"^  {name} ", ran.out, re.MULTILINE), "not promised before it is there"
    assert kg().status == 2
    assert kg("--version").out == f"kg, version {__import__('kg').__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from kg.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stderr
    roots = {name.split(".")[0] for name in loaded.split()}
    assert not roots & {"spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "numpy", "opencc", "jinja2"}
    assert not {name for name in loaded.split() if name.startswith("kg.")} - {"kg.cli", "kg.cli.language", "kg.errors"}


@pytest.mark.parametrize(
    "args",
    [
        ["query", "letters", "-g", "{graph}"],
        ["timeline", "{graph}"],
        ["validate", "{graph}"],
        ["export", "{graph}", "-o", "{out}"],
        ["diff", "{graph}", "{graph}"],
    ],
    ids=lambda args: args[0],
)
def test_what_asks_a_graph_imports_no_reader(args: list[str], graph: Path, tmp_path: Path) -> None:
    code = "import sys; from kg.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    given = [arg.format(graph=graph, out=tmp_path / "facts.csv") for arg in args]
    ran = subprocess.run([sys.executable, "-c", code, *given], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(ran.stderr.splitlines()[-1].split())
    assert "kg.store" in loaded
    assert not loaded & {"kg.extract", "kg.pipeline", "kg.conflicts", "spacy", "rdflib"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["biuld"], "No such command 'biuld'"),
        (["build", "seeds"], "Missing option '-o'"),
        (["build", "-o", "out"], "Missing argument 'PATH...'"),
        (["query", "letters"], "Missing option '-g'"),
        (["query", "letters", "-g", "seeds", "--format", "xml"], "'xml' is not one of"),
        (["query", "letters", "-g", "seeds", "--param", "state"], "'state' is not K=V"),
        (["extract", "--by-line", "--text", "seeds"], "choose one of them"),
        (["queries", "--sparql"], "needs the NAME"),
        (["export", "out"], "Missing option '-o'"),
        (["add", "out"], "Missing argument 'PATH...'"),
        (["remove", "out"], "Missing argument 'DOCUMENT...'"),
        (["diff", "out"], "Missing argument 'B'"),
    ],
)
def test_usage_is_one_line_with_the_way_to_help(args: list[str], said: str, kg: Kg) -> None:
    line = one_line(kg(*args), 2)
    assert said in line
    assert re.search(r"\(see kg( \w+)? --help\) \[E2\d\d\]$", line)


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (["query", "letters", "-g", "nowhere"], 1, "nowhere: no such graph"),
        (["query", "letters", "-g", "seeds"], 1, "no graph in this folder"),
        (["query", "nonsense", "-g", "{graph}"], 1, "no query 'nonsense' in the library (there are documents, letters"),
        (["query", "missing.rq", "-g", "{graph}"], 1, "missing.rq: cannot be read: no such file"),
        (["query", "expiring", "-g", "{graph}"], 1, "needs the parameter asof (--param asof=VALUE"),
        (["query", "expiring", "-g", "{graph}", "--param", "asof=soon"], 1, "asof=soon: not a day"),
        (["query", "letters", "-g", "{graph}", "--param", "x=1"], 1, "no parameter 'x' in query letters"),
        (["query", "letters", "-g", "{graph}", "--format", "ttl"], 1, "rows cannot be written as ttl"),
        (["query", "letters", "-g", "http://127.0.0.1:1/sparql"], 1, "does not answer"),
        (["queries", "nonsense"], 1, "no query 'nonsense'"),
        (["verify", "nowhere", "seeds"], 1, "no such graph"),
        (["add", "nowhere", "seeds"], 1, "nowhere: no such graph (kg build PATH... -o DIR makes one)"),
        (["add", "seeds", "seeds"], 1, "seeds: no ledger of its documents, so it cannot be changed"),
        (["remove", "nowhere", "S/2020/1"], 1, "nowhere: no such graph"),
        (["diff", "nowhere", "nowhere"], 1, "nowhere: no such graph"),
        (["eval", "nowhere.jsonl", "nowhere.jsonl"], 1, "nowhere.jsonl"),
        (["export", "{graph}", "-o", "x.docx"], 2, "x.docx: nothing is written to .docx (end it in .html, .ttl"),
        (["export", "{graph}", "-o", "kg"], 2, "kg: is a folder"),
        (["build", "seeds", "-o", "kg"], 2, "no graph of ours"),
        (["build", "seeds", "-o", "out", "--base", "example"], 2, "no absolute IRI"),
    ],
)
def test_mistakes_are_one_line(args: list[str], status: int, said: str, graph: Path, kg: Kg) -> None:
    assert said in one_line(kg(*(arg.replace("{graph}", str(graph)) for arg in args)), status)


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELECT ?s WHERE { ?s ?p", "does not parse"),
        ("DELETE WHERE { ?s ?p ?o }", "is an update"),
        ("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("", "does not parse"),
    ],
)
def test_bad_sparql(sparql: str, said: str, graph: Path, tmp_path: Path, kg: Kg) -> None:
    path = tmp_path / "q.rq"
    path.write_text(sparql, "utf-8")
    assert said in one_line(kg("query", path, "-g", graph), 1)
    path.write_bytes(b"\xff\xfe")
    assert "is not UTF-8" in one_line(kg("query", path, "-g", graph), 1)


class TestQuery:
    def test_formats(self, graph: Path, kg: Kg) -> None:
        table = kg("query", "presidencies", "-g", graph)
        assert (table.status, table.err) == (0, "")
        head, ruler, *lines = table.out.splitlines()
        assert head.split()[:3] == ["state", "month", "document"]
        assert set(ruler) == {"-", " "}
        rows = list(csv.DictReader(io.StringIO(kg("query", "presidencies", "-g", graph, "--format", "csv").out)))
        assert len(rows) == len(lines) == 5
        assert {row["state"] for row in rows} == {"CHN", "SWE", "VNM"}
        tsv = kg("query", "presidencies", "-g", graph, "--format", "tsv").out.splitlines()
        assert tsv[0].startswith("?state\t?month\t?document")
        assert tsv[1].startswith('"')
        found = json.loads(kg("query", "presidencies", "-g", graph, "--format", "json").out)
        assert [b["month"]["value"] for b in found["results"]["bindings"]] == [row["month"] for row in rows]

    def test_csv_has_the_line_ends_of_the_standard(self, graph: Path, kg_process: Kg) -> None:
        out = kg_process("query", "letters", "-g", graph, "--format", "csv").out
        assert out.count("\r\n") == out.count("\n") == 6

    def test_own_query_from_file_pipe_and_with_parameter(self, graph: Path, tmp_path: Path, kg_process: Kg) -> None:
        sparql = "SELECT ?state WHERE { VALUES ?iso { UNDEF } ?state sc:iso3 ?iso }"
        path = tmp_path / "q.rq"
        path.write_text(sparql, "utf-8")
        from_file = kg_process("query", path, "-g", graph, "--param", "iso=VNM", "--format", "csv")
        assert from_file.out.split() == ["state", "https://w3id.org/unsc-kg/id/state/VNM"]
        from_pipe = kg_process(
            "query", "-", "-g", graph, "--param", "iso=VNM", "--format", "csv", stdin=sparql.encode()
        )
        assert from_pipe == from_file

    def test_ask_and_construct(self, graph: Path, tmp_path: Path, kg: Kg) -> None:
        path = tmp_path / "q.rq"
        path.write_text("ASK { ?s a sc:Letter }", "utf-8")
        assert kg("query", path, "-g", graph).out == "true\n"
        assert json.loads(kg("query", path, "-g", graph, "--format", "json").out) == {"head": {}, "boolean": True}
        path.write_text("CONSTRUCT { ?s a sc:Letter } WHERE { ?s a sc:Letter }", "utf-8")
        turtle = kg("query", path, "-g", graph).out
        assert turtle.count(" a sc:Letter .") == 5
        rows = kg("query", path, "-g", graph, "--format", "csv").out.splitlines()
        assert rows[0] == "subject,predicate,object"
        assert len(rows) == 6

    @pytest.mark.parametrize("name", ["graph.ttl", "graph.nq", "store"])
    def test_same_answer_from_every_form(self, name: str, graph: Path, kg: Kg) -> None:
        whole = kg("query", "briefings", "-g", graph, "--format", "csv")
        assert whole.status == 0
        assert kg("query", "briefings", "-g", graph / name, "--format", "csv") == whole

    def test_no_escape_codes_on_the_terminal(self, tmp_path: Path, kg: Kg) -> None:
        (tmp_path / "g.ttl").write_text('<http://example.org/a> <http://example.org/b> "x\\u001B[31my" .', "utf-8")
        (tmp_path / "q.rq").write_text("SELECT ?o WHERE { ?s ?p ?o }", "utf-8")
        assert kg("query", tmp_path / "q.rq", "-g", tmp_path / "g.ttl").out == "o\n-------\nx\ufffd[31my\n"

    def test_columns_line_up_under_han_characters(self, tmp_path: Path, kg: Kg) -> None:
        (tmp_path / "g.ttl").write_text('<urn:a:b> <urn:a:c> "联合国" . <urn:a:b2> <urn:a:c> "UN" .', "utf-8")
        (tmp_path / "q.rq").write_text("SELECT ?o ?s WHERE { ?s ?p ?o } ORDER BY ?s", "utf-8")
        lines = kg("query", tmp_path / "q.rq", "-g", tmp_path / "g.ttl").out.splitlines()
        assert lines == ["o       s", "------  --------", "联合国  urn:a:b", "UN      urn:a:b2"]


class TestQueries:
    def test_library(self, kg: Kg) -> None:
        text = kg("queries").out
        found = json.loads(kg("queries", "--json").out)
        assert [query["name"] for query in found][: len(PROMISED)] == PROMISED
        for query in found:
            assert f"{query['name']}\n  {query['zh']}\n  {query['en']}\n" in text
        assert json.loads(kg("queries", "expiring", "--json").out)[0]["parameters"][0]["required"] is True

    def test_text_of_one_runs_as_own_query(self, graph: Path, tmp_path: Path, kg: Kg) -> None:
        path = tmp_path / "own.rq"
        path.write_text(kg("queries", "chairs", "--sparql").out, "utf-8")
        assert kg("query", path, "-g", graph) == kg("query", "chairs", "-g", graph)


class TestExtract:
    def test_one_object_a_document(self, seeds: Path, kg: Kg) -> None:
        ran = kg("extract", seeds)
        assert (ran.status, ran.err) == (0, "")
        records = [json.loads(line) for line in ran.out.splitlines()]
        assert [record["document"]["source"] for record in records] == sorted(path.name for path in seeds.iterdir())
        for record in records:
            assert list(record) == ["document", "mentions", "facts"]
            text = kg("extract", "--text", seeds / record["document"]["source"]).out
            check_offsets(record, text)

    def test_by_line(self, tmp_path: Path, kg: Kg) -> None:
        path = tmp_path / "lines.txt"
        odd = "法 国 和越南\u2028\x0c（２０２０）"
        path.write_text(f"\ufeff{LINE}\r\n\r\n{odd}\n  法国代表。", "utf-8")
        ran = kg("extract", "--by-line", path, "--format", "jsonl")
        assert (ran.status, ran.err) == (0, "")
        records = [json.loads(line) for line in ran.out.splitlines()]
        assert [record["line"] for record in records] == [0, 1, 2, 3]
        for record, line in zip(records, [LINE, "", odd, "  法国代表。"], strict=True):
            check_offsets(record, line)
        assert {mention["type"] for mention in records[0]["mentions"]} >= {
            "Date",
            "Organization",
            "Resolution",
            "Mission",
        }
        assert records[1]["mentions"] == records[1]["facts"] == []
        assert "FRA" in [mention["id"] for mention in records[3]["mentions"]]

    def test_standard_input(self, kg_process: Kg) -> None:
        ran = kg_process("extract", "--by-line", "-", stdin=f"{LINE}\n".encode(), env={"LC_ALL": "C"})
        assert (ran.status, ran.err) == (0, "")
        assert json.loads(ran.out)["line"] == 0
        assert kg_process("extract", "--text", "-", stdin=LINE.encode("gb18030") * 3).out.strip() == LINE * 3
        ran = kg_process("extract", "-", stdin=b"")
        assert ran.status == 1
        assert "nothing to read" in ran.err

    def test_too_long_a_line_is_left_out_by_itself(self, tmp_path: Path, kg: Kg) -> None:
        (tmp_path / "a.txt").write_text(f"法国\n{'越南' * 40}\n越南\n", "utf-8")
        (tmp_path / "kg.toml").write_text("max_file_bytes = 100", "utf-8")
        ran = kg("extract", "--by-line", tmp_path / "a.txt", "--config", tmp_path / "kg.toml")
        assert ran.status == 3
        assert [json.loads(line)["line"] for line in ran.out.splitlines()] == [0, 2]
        assert ran.err == "kg: skipped a.txt, line 2: too long for one document\n"


def check_offsets(record: dict[str, Any], text: str) -> None:
    for mention in record["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
    for fact in record["facts"]:
        assert {"type", "modality", "confidence", "rule", "evidence"} <= fact.keys()
        for evidence in fact["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


class TestEval:
    def test_perfect_and_through_a_pipe(self, seeds: Path, tmp_path: Path, kg_process: Kg) -> None:
        out = kg_process("extract", seeds).out
        (tmp_path / "gold.jsonl").write_text(out, "utf-8")
        table = kg_process("eval", tmp_path / "gold.jsonl", "-", stdin=out.encode())
        assert (table.status, table.err) == (0, "")
        assert "5 records" in table.out
        found = json.loads(kg_process("eval", tmp_path / "gold.jsonl", tmp_path / "gold.jsonl", "--json").out)
        assert found["records"] == 5

    def test_what_is_no_record(self, tmp_path: Path, kg: Kg) -> None:
        (tmp_path / "bad.jsonl").write_text('{"line": 0}\nnot json\n', "utf-8")
        assert "bad.jsonl, line 2: not JSON" in one_line(kg("eval", tmp_path / "bad.jsonl", tmp_path / "bad.jsonl"), 1)


def test_doctor(kg: Kg) -> None:
    ran = kg("doctor")
    assert ran.status == 0, ran.out
    assert all(line.startswith(("ok ", "warn ")) for line in ran.out.splitlines())
    assert "pipeline" in ran.out
    findings = json.loads(kg("doctor", "--json").out)
    assert {"state", "what", "remedy"} == findings[0].keys()


def test_doctor_names_what_is_broken(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise KgError("the model is gone")

    monkeypatch.setattr("kg.pipeline.load_pipeline", broken)
    ran = kg("doctor")
    assert ran.status == 4
    assert "fail  pipeline: KgError: the model is gone  -> pip install" in ran.out


def test_doctor_says_whether_stores_can_be_reached(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.search(r"^ok    kg load reaches triple stores \(httpx [\d.]+\)$", kg("doctor").out, re.MULTILINE)
    monkeypatch.setitem(sys.modules, "httpx", None)
    assert "warn  kg load cannot reach" in kg("doctor").out


def test_doctor_says_what_is_read(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.search(
        r"^ok +reads PDF \(pypdfium2 [\d.]+\), docx, HTML, Akoma Ntoso, text, zip archives",
        kg("doctor").out,
        re.MULTILINE,
    )
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    ran = kg("doctor")
    assert ran.status == 0
    assert re.search(r"^warn +.* but no PDF: .*  -> pip install 'unsc-kg\[pdf\]'$", ran.out, re.MULTILINE)


class TestErrors:
    @pytest.mark.parametrize(
        ("error", "status", "said"),
        [
            (KgError("broken", where="a.txt", remedy="mend it"), 1, "kg: a.txt: broken (mend it)"),
            (MissingExtraError("httpx is not installed", remedy="pip install 'unsc-kg[serve]'"), 5, "unsc-kg[serve]"),
            (KeyboardInterrupt(), 130, "kg: interrupted"),
            (OSError(28, "No space left on device", "/out/graph.nq"), 1, "kg: /out/graph.nq: No space left on device"),
            (MemoryError(), 1, "not enough memory"),
            (ZeroDivisionError("division by zero"), 1, "internal error, please report it: ZeroDivisionError"),
            (click.ClickException("two\nlines"), 1, "kg: two lines"),
        ],
    )
    def test_one_line_each(
        self, error: BaseException, status: int, said: str, kg: Kg, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr("kg.cli.ask.load_queries", fail)
        assert said in one_line(kg("queries"), status)

    def test_main_answers_with_the_status(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["queries", "letters"]) == 0
        assert main(["nonsense"]) == 2
        capsys.readouterr()

    def test_reader_that_goes_away(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "kg.cli", "queries", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()
        assert process.wait() == 1
        assert err == b""

    def test_interrupt(self, seeds: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "kg.cli", "extract", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
        ) as process:
            time.sleep(1)  # it waits for standard input by now
            process.send_signal(signal.SIGINT)
            assert process.wait() == 130
            assert process.stderr is not None
            assert process.stderr.read().decode().strip() == "kg: interrupted"


def test_output_is_utf8_whatever_the_locale(kg_process: Kg) -> None:
    for env in ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "gb18030"}):
        ran = kg_process("queries", "letters", env=env)
        assert ran.status == 0, ran.err
        assert "？" in ran.out


def test_every_command_of_the_readme_is_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    used = set(re.findall(r"(?:^|[\s/`])kg (\w+)", text))
    assert {"build", "query"} <= used
    assert used <= COMMANDS.keys()


def test_readme_holds_the_two_lines() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for name in ("main-job", "tests"):
        found = re.findall(rf"^<!-- {name} -->\n```sh\n(.+)\n```$", text, re.MULTILINE)
        assert len(found) == 1
        assert "constraints-3.11.txt" in found[0]
