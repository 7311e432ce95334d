"""``kg extract``: what the pipeline reads in each document."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.common import (
    config_option,
    encoding_option,
    given_columns,
    given_config,
    id_column_option,
    paths_argument,
    progress,
    say,
    text_column_option,
)
from kg.config import Config
from kg.errors import InputError, KgError, MissingExtraError, UnsupportedInputError
from kg.inputs import Input, find_inputs, one_document, unread_parts
from kg.read.decode import decode

__all__ = ["extract_cli"]


@click.command("extract")
@paths_argument
@click.option("--by-line", is_flag=True, help="Every line of a file is a document of its own.")
@click.option("--text", is_flag=True, help="Print the canonical text that offsets point into, and nothing else.")
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", help="One JSON object a line.")
@config_option
@encoding_option
@text_column_option
@id_column_option
def extract_cli(
    paths: tuple[str, ...],
    by_line: bool,
    text: bool,
    form: str,  # noqa: ARG001 - one form so far, named so that scripts can ask for it
    config: Path | None,
    encoding: str | None,
    text_column: str | None,
    id_column: str | None,
) -> int:
    """What is read in each document, one JSON object a document.

    An object stands on one line and holds the document's mentions and facts, in the order of the text.

    PATH is a document (text, PDF, docx, HTML, Akoma Ntoso), a zip archive or a folder of them, a table with
    --text-column, or - for standard input. Offsets count Unicode code points in the document's canonical text (--text
    prints it); with --by-line, in the line as it stands. Exit status 3: some inputs were skipped.

    \b
    Example:
      kg extract seeds/ > facts.jsonl
      kg extract --text letter.pdf
      echo 1月13日，安全理事会一致通过第2505(2020)号决议。 | kg extract --by-line -
    """
    if by_line and text:
        raise click.UsageError("--text is the line itself with --by-line; choose one of them")
    if by_line and text_column:
        raise click.UsageError("with --text-column each row is a document; --by-line reads plain text only")
    options = given_config(config)
    inputs, errors = find_inputs(paths, given_columns(text_column, id_column), encoding)
    if not inputs and not errors:
        raise KgError("no document under the paths given", where=", ".join(paths))
    done = 0
    with progress() as show:
        for i, item in enumerate(inputs):
            show(i, len(inputs), item.source)
            try:
                if by_line:
                    errors += _lines(item, options, encoding)
                elif text:
                    errors += _text(item, options, encoding)
                else:
                    errors += _whole(item, options, encoding)
                done += 1
            except InputError as error:
                errors.append(error)
    for skipped in errors:
        say(f"kg: skipped {skipped}")
    if not done:
        missing = any(isinstance(error, MissingExtraError) for error in errors)
        kind = MissingExtraError if missing else KgError
        raise kind(f"nothing was read: {len(errors)} of {len(errors)} inputs skipped")
    return 3 if errors else 0


def _text(item: Input, options: Config, encoding: str | None) -> list[InputError]:
    with one_document(item.source):
        document = item.read(max_bytes=options.max_file_bytes, encoding=encoding)
    click.echo(document.text, nl=False)
    return unread_parts(document.source, document.unread)


def _whole(item: Input, options: Config, encoding: str | None) -> list[InputError]:
    from kg.extract import extract
    from kg.pipeline import load_pipeline

    nlp = load_pipeline()
    with one_document(item.source):
        document = item.read(max_bytes=options.max_file_bytes, encoding=encoding)
        found = extract(document, nlp).as_json()
    click.echo(_dump(found))
    return unread_parts(document.source, document.unread)


def _lines(item: Input, options: Config, encoding: str | None) -> list[InputError]:
    """Write every line's object; gives an error for each line that was left out."""
    from kg.extract import extract_line
    from kg.pipeline import load_pipeline

    nlp = load_pipeline()
    content, _ = decode(item.load(), source=item.source, encoding=encoding)
    # not splitlines(): a form feed or U+2028 inside a line is part of it, as for `wc -l` and every other reader
    lines = content.replace("\r\n", "\n").removesuffix("\n").split("\n")
    errors: list[InputError] = []
    for number, line in enumerate(lines):
        where = f"{item.source}, line {number + 1}"
        if len(line.encode("utf-8", "replace")) > options.max_file_bytes:
            errors.append(UnsupportedInputError("too long for one document", where=where))
            continue
        try:
            with one_document(where):
                found = extract_line(line, nlp, source=item.source, number=number)
        except InputError as error:
            errors.append(error)
            continue
        click.echo(_dump({**found.as_json(), "line": number}))
    return errors


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
