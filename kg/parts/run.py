"""One part read: what every engine does, wherever it runs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import KgError
from kg.intake import read_inputs
from kg.ledger import maker, model_hash
from kg.parts.files import write_part
from kg.parts.plan import Part, Task, part_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

__all__ = ["Done", "run_part"]


class Done(NamedTuple):
    """A part that is written: its number, and how many characters were read."""

    number: int
    characters: int


def run_part(
    task: Task,
    part: Part,
    folder: Path,
    nlp: Language,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
) -> Done:
    """Read the inputs of a part and write it in ``folder``, under its name.

    Raises `KgError` where this is another program, or another model, than the one that the task is for.
    """
    own = {**maker(), "pipeline": _model(nlp.path)}
    wanted = {**task.head.maker, "pipeline": task.head.pipeline["sha256"]}
    if differing := sorted(name for name in own.keys() | wanted.keys() if own.get(name) != wanted.get(name)):
        what = f"a worker has another version of the program (other {', '.join(differing)})"
        raise KgError(what, remedy="install the same one everywhere")
    key = part_key(task, part.inputs)  # before reading: what changes meanwhile is another key's
    given = list(part.inputs)
    taken = read_inputs(given, nlp, config=task.head.config, encoding=task.encoding, progress=progress)
    head = write_part(folder / part.name, key, (entry for each in taken for entry in each.entries))
    return Done(part.number, head.characters)


@cache
def _model(path: Any) -> str | None:
    return model_hash(path)
