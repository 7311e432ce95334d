"""What the engine says of an error."""

from __future__ import annotations

__all__ = ["one_line"]


def one_line(error: BaseException) -> str:
    """An engine's message on one line, without its list of everything that it would have taken instead."""
    text = " ".join(str(getattr(error, "msg", None) or error).split())
    return text if len(text) < 160 else text[:157] + "..."
