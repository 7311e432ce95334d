"""``kg add`` and ``kg remove``: a built graph changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    encoding_option,
    given_columns,
    id_column_option,
    json_option,
    judgements_option,
    progress,
    review_option,
    say,
    say_review,
    text_column_option,
    write_json,
)

if TYPE_CHECKING:
    from kg.change import Changed

__all__ = ["add_cli", "remove_cli"]

_MOST = 20
"""More documents are not told one by one."""

_folder_argument = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.command("add")
@_folder_argument
@click.argument("paths", nargs=-1, metavar="PATH...")
@judgements_option("Who is who, from now on (default: as the graph was built); PATH may be left out then.")
@review_option
@encoding_option
@text_column_option
@id_column_option
@json_option
def add_cli(
    folder: Path,
    paths: tuple[str, ...],
    judgements: Path | None,
    review: Path | None,
    encoding: str | None,
    text_column: str | None,
    id_column: str | None,
    as_json: bool,
) -> int:
    """Documents into a built graph: new ones, and those that have changed.

    DIR is what kg build made, PATH as there. Only what is new or has changed is read; the result is what kg build makes
    of all the documents together, byte for byte. A file with the name of one that is in the graph replaces it; name the
    folder above where several folders have files of one name. Settings are those of the build. Exit status 3: done, but
    some of these inputs were skipped, with a line for each.

    \b
    Example:
      kg add out letter.txt
      kg add out 2024/ 2025.zip
      kg add out --judgements who.csv
      kg add out --review review.csv
    """
    from kg.change import add_documents

    if not paths and judgements is None and review is None:
        raise click.UsageError("Missing argument 'PATH...'.")
    with progress() as show:
        changed = add_documents(
            *(folder, paths),
            encoding=encoding,
            columns=given_columns(text_column, id_column),
            judgements=judgements,
            review=review,
            progress=show,
        )
    return _told(changed, as_json=as_json)


@click.command("remove")
@_folder_argument
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@json_option
def remove_cli(folder: Path, documents: tuple[str, ...], as_json: bool) -> int:
    """Documents out of a built graph.

    DOCUMENT is a document's id or symbol (kg query documents lists them): all files that hold it go; or the name of a
    file as report.json tells it: only this one goes, and another with the same content, left out because of it, comes
    in. Facts that no other document states go with it. The result is what kg build makes of the documents that are
    left, byte for byte; the last one cannot be removed.

    \b
    Example:
      kg remove out S/2020/270
      kg remove out letters/2020-01.txt
    """
    from kg.change import remove_documents

    return _told(remove_documents(folder, documents), as_json=as_json)


def _told(changed: Changed, *, as_json: bool) -> int:
    for error in changed.skipped:
        say(f"kg: skipped {error}")
    for what, names in (
        ("more", [f"{each.id} ({each.source})" for each in changed.added]),
        ("less", [f"{each.id} ({each.source})" for each in changed.removed]),
        ("replaced, with other content", changed.replaced),
    ):
        for name in names[:_MOST]:
            say(f"kg: {what}: {name}")
        if len(names) > _MOST:
            say(f"kg: {what}: {len(names) - _MOST} others (--json lists them)")
    if changed.report:
        say_review(changed.report)
    if as_json:
        write_json(changed.as_json())
    say(changed.summary())
    return 3 if changed.skipped else 0
