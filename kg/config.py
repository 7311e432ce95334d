"""Settings: one frozen record, read from a TOML file in which an unknown key is an error.

base = "https://example.org/unsc/"   # where the graph's names live; ends in / or #
max_file_bytes = 4194304            # a larger file is skipped with a line, not read for hours
sort_bytes = 268435456              # lines of the graph that are sorted in memory; more need room on disk

A setting may also come from the environment (``KG_BASE``, `settings`); the command line looks for a ``kg.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["DEFAULT", "Config", "Setting", "config_of", "load_config", "settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a build may vary. ``base``: IRI under which terms (``ns#``) and things (``id/``) stand.
    ``max_file_bytes``: size of the largest file that is read, and of the longest line with ``--by-line``.
    ``sort_bytes``: size of the graph's lines that are in memory at once while they are sorted; the graph is the same.

    Raises `ConfigError` for a value that does not fit.
    """

    base: str = "https://w3id.org/unsc-kg/"
    max_file_bytes: int = 4 * 1024 * 1024
    sort_bytes: int = 256 * 1024 * 1024

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            wanted = type(field.default)
            if type(value) is not wanted:  # isinstance would let true pass for 1
                raise ConfigError(f"{field.name} must be {wanted.__name__}, not {type(value).__name__}: {value!r}")
        for name in ("max_file_bytes", "sort_bytes"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} must be at least 1, not {getattr(self, name)}")
        _check_base(self.base)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _check_base(base: str) -> None:
    # what may not stand between < and > in Turtle and N-Quads
    bad = sorted({c for c in base if c <= " " or c in '<>"{}|^`\\'})
    if bad:
        raise ConfigError(f"base holds characters that no IRI has: {' '.join(map(repr, bad))}", where=base)
    parts = urlsplit(base)
    if not parts.scheme or not (parts.netloc or parts.path) or not base.endswith(("/", "#", ":")):
        raise ConfigError("base is no absolute IRI that ends in / or #", where=base)


DEFAULT = Config()


class Setting(NamedTuple):
    """A setting, and who says it: ``default``, ``file``, ``environment`` or ``option``, and where."""

    name: str
    value: Any
    source: str
    where: str = ""


def settings(path: Path | None, environ: Mapping[str, str] | None = None, **overrides: Any) -> tuple[Setting, ...]:
    """Every setting of `Config`: ``overrides`` that are not None (options) come before ``environ`` (``KG_BASE``), this
    before the TOML file ``path``, this before the defaults.

    Raises `ConfigError`: the file is missing, is no TOML, or a key or value does not fit.
    """
    said = _file(path)
    found = []
    for field in fields(Config):
        variable = f"KG_{field.name.upper()}"
        if overrides.get(field.name) is not None:
            option = f"--{field.name.replace('_', '-')}"
            found.append(Setting(field.name, overrides[field.name], "option", option))
        elif environ and environ.get(variable):
            value = _typed(environ[variable], type(field.default))
            found.append(Setting(field.name, value, "environment", variable))
        elif field.name in said:
            found.append(Setting(field.name, said[field.name], "file", str(path)))
        else:
            found.append(Setting(field.name, field.default, "default"))
    config_of(found)
    return tuple(found)


def config_of(found: Iterable[Setting]) -> Config:
    """The record of these settings. Raises `ConfigError` for a value that does not fit."""
    return Config(**{setting.name: setting.value for setting in found})


def load_config(path: Path | None, **overrides: Any) -> Config:
    """Settings from the TOML file ``path`` (defaults where it is None), ``overrides`` that are not None on top.

    Raises `ConfigError`: the file is missing, is no TOML, or has a key or value that does not fit.
    """
    return config_of(settings(path, **overrides))


def _typed(text: str, wanted: type) -> Any:
    """A word of the environment; what is no number stays text, and is refused with its value."""
    return int(text) if wanted is int and text.isascii() and text.isdigit() else text


def _file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"is no TOML: {error}", where=str(path)) from error
    known = [field.name for field in fields(Config)]
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ConfigError(
            f"unknown setting: {', '.join(unknown)}", where=str(path), remedy=f"known are {', '.join(known)}"
        )
    return values
