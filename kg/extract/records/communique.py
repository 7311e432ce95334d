"""The communiqué that stands for the record of a private meeting (rule 55): who presided, in the words of a summary.

It is no speech: what its paragraphs tell, quoted or not, is told of the meeting itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.chairings import chairings as all_chairings

if TYPE_CHECKING:
    from kg.extract.reading import Reading
    from kg.model import Chairing

__all__ = ["chairings", "is_communique"]

_HEAD = re.compile(r"正式公报|(?:发表|发布|印发)(?:了)?(?:以下|下列|如下)?公报|第55条[^。；]{0,20}公报")
_TOP = 12


def is_communique(reading: Reading) -> bool:
    """Whether the top of a record says so."""
    return any(_HEAD.search(s.text) for s in reading.view.sentences[:_TOP])


def chairings(reading: Reading) -> Iterator[Chairing]:
    """Who presided, where no row of members says it."""
    if reading.front is not None and not reading.front.chairs and is_communique(reading):
        yield from all_chairings(reading)
