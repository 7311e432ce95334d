"""What all clusters share: how a part travels to a machine that sees the same files, and is read there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.parts.plan import Part, Task
from kg.parts.run import Done, run_part
from kg.pipeline import load_pipeline

__all__ = ["AHEAD", "absolute", "run_here"]

AHEAD = 2
"""Parts that a worker's core is given at once: one it reads, one waits."""


def run_here(task: Task, part: Part, folder: Path) -> Done:
    """`run_part` with the pipeline of the process that it runs in, loaded once in its life."""
    return run_part(task, part, folder, load_pipeline())


def absolute(part: Part) -> Part:
    """The part for workers, which stand in other folders."""
    inputs = (replace(item, path=item.path and item.path.absolute()) for item in part.inputs)
    return replace(part, inputs=tuple(inputs))
