"""From normal text to mentions: the exact scan, and a spaCy pipeline around it.

`kg.pipeline.scan` needs no spaCy; `load_pipeline` and everything in `kg.pipeline.language` do, so it is imported when called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["MODEL", "load_pipeline"]

MODEL = Path(__file__).parent / "model"
"""The shipped model: a folder that `spacy.load` takes as well; ``metrics.json`` in it says how good it is."""


def load_pipeline() -> Language:
    """The trained pipeline that comes with the package, loaded once a process; it needs no network.

    ``nlp(normal_text)`` gives a Doc with ``doc.spans["unsc"]`` (``Span.label_`` a mention type, ``Span.kb_id_`` an id or ""),
    ``doc.ents`` and ``doc.sents``. The text is to be in the normal form of `kg.text.normalize`.
    """
    from kg.pipeline.language import load_pipeline as load

    return load()
