"""Every error this package raises on purpose.

    KgError                     one clear line: what is wrong, where, what to do
    ├── InputError              a document that cannot be used
    │   ├── EmptyInputError     nothing to read in it
    │   ├── UnreadableInputError  the system refuses it (permission, missing, a device)
    │   ├── EncodingError       no known encoding fits
    │   ├── UnsupportedInputError  a kind of file that is not read
    │   └── MissingReaderError  the part that reads it is not installed (a MissingExtraError too)
    ├── ConfigError             settings or command arguments that do not fit
    ├── GazetteerError          a data table breaks its own rules
    ├── GraphError              a built graph that is missing, partial or unreadable
    ├── QueryError              an unknown query, a missing parameter, bad SPARQL
    ├── StoreError              a triple store that refuses, fails or does not keep what it was given
    └── MissingExtraError       a part that is not installed; names the extra

Library code raises these and never prints; `kg.cli` turns them into one line and an exit status.
"""

from __future__ import annotations

__all__ = [
    "ConfigError",
    "EmptyInputError",
    "EncodingError",
    "GazetteerError",
    "GraphError",
    "InputError",
    "KgError",
    "MissingExtraError",
    "MissingReaderError",
    "QueryError",
    "StoreError",
    "UnreadableInputError",
    "UnsupportedInputError",
]


class KgError(Exception):
    """Root of the tree. ``what`` is wrong, ``where`` it is, ``remedy`` says what to do; all in one line."""

    exit_status = 1

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.what}{advice}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what, self.where, self.remedy)


def _rebuild(cls: type[KgError], what: str, where: str | None, remedy: str | None) -> KgError:
    return cls(what, where=where, remedy=remedy)


class InputError(KgError):
    """A document that cannot be used; the other documents go on."""


class EmptyInputError(InputError):
    """There is nothing to read in it."""


class UnreadableInputError(InputError):
    """The system refuses it: no permission, no such file, not a regular file."""


class EncodingError(InputError):
    """No known encoding fits its bytes."""


class UnsupportedInputError(InputError):
    """A kind of file that this version does not read."""


class ConfigError(KgError):
    """Settings or arguments that do not fit."""

    exit_status = 2


class GazetteerError(KgError):
    """A data table breaks its own rules (duplicate id, clashing alias, unknown column)."""


class GraphError(KgError):
    """A built graph that is missing, partial or unreadable."""


class QueryError(KgError):
    """An unknown query, a missing parameter, or SPARQL that does not parse."""


class StoreError(KgError):
    """A triple store behind a URL that refuses, fails or does not keep what it was given."""


class MissingExtraError(KgError):
    """A part that is not installed; the line names the extra."""

    exit_status = 5


class MissingReaderError(MissingExtraError, InputError):
    """The part that reads this kind of file is not installed; the other documents go on."""
