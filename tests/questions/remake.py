"""Writes ``answers/*.csv``, what each of the 25 questions answers on the seeds and the documents here, and the page
``docs/questions.md`` of it.

Run from the root of the repository when a change is meant, then read the answers against the documents:

    python -m tests.questions.remake
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.queries import get_query
from kg.queries.questions import Question, load_questions
from kg.queries.results import select_csv

if TYPE_CHECKING:
    from kg.store import Result

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
INPUTS = (ROOT / "seeds", HERE / "documents")
PAGE = ROOT / "docs" / "questions.md"

_ADDRESS = re.compile(r"fact|.*_fact|.*_iri")
"""Columns that name things by address are left out: the answers are for reading."""

_HEAD = """\
# The 25 questions

What the graph can be asked by name: `kg queries --questions` lists the questions, `kg query q16 -g out` asks one. Each
is a query of the library with some parameters set (`kg queries NAME --sparql` prints it, plain SPARQL 1.1); those left
open are given by `--param`. The answers below are those of the seeds (documents `000_...` to `004_...`) and of twenty
documents **invented** for the tests (`tests/questions/documents`: nothing in them has happened), the same on the
embedded store, rdflib, Oxigraph's server and Virtuoso 7. Made by `python -m tests.questions.remake`.
"""


class Graph(Protocol):
    """What can be asked: a store or an endpoint."""

    def query(self, sparql: str) -> Result: ...


def file_of(question: Question) -> Path:
    """Where its answer is kept."""
    return HERE / "answers" / f"{question.name}-{question.query}.csv"


def columns_of(question: Question) -> tuple[str, ...]:
    """The columns of its answer that are kept: all but addresses, with the fact of ``evidence`` in its place."""
    query = get_query(question.query)
    return tuple(name for name in query.columns + query.more if name in query.columns or not _ADDRESS.fullmatch(name))


def answer(question: Question, graph: Graph) -> str:
    """Its answer as CSV, with the example's values; lines end in LF."""
    rows = graph.query(question.sparql(question.example)).rows
    return select_csv(columns_of(question), rows).replace("\r\n", "\n")


def page(answers: dict[str, str]) -> str:
    """The page, of the answers by name of the question."""
    parts = [_HEAD]
    for question in load_questions():
        rows = list(csv.reader(io.StringIO(answers[question.name])))
        used = [i for i in range(len(rows[0])) if any(row[i] for row in rows[1:])]
        table = [[row[i].replace("|", "\\|") for i in used] for row in rows]
        table.insert(1, ["---"] * len(used))
        lines = [f"| {' | '.join(row)} |" for row in table]
        title = f"## {question.name} {question.zh}\n\n{question.en}\n\n```sh\n{question.command()}\n```\n"
        parts.append("\n".join([title, *lines]) + "\n")
    return "\n".join(parts)


def build(folder: Path) -> Path:
    """The graph of the seeds and the documents, in ``folder``."""
    from kg.building import build_graph

    build_graph(list(INPUTS), folder)
    return folder


def main() -> None:
    from kg.store import open_graph

    with tempfile.TemporaryDirectory() as folder:
        graph = open_graph(build(Path(folder) / "out"))
        answers = {question.name: answer(question, graph) for question in load_questions()}
    for question in load_questions():
        file_of(question).write_text(answers[question.name], "utf-8", newline="\n")
    PAGE.write_text(page(answers), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
