"""The user's language, and the catalogue that says errors in it (``messages.toml``).

Errors are raised in English, with what they are filled in with; here an error is found in the catalogue by its English
words, which gives its code and, in Chinese, the same line with the same filling. So the library knows of one language,
and a test compares the catalogue with every ``raise`` in the source. What is not found stays as it is.
"""

from __future__ import annotations

import os
import re
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

    from kg.errors import KgError

__all__ = [
    "Language",
    "catalogue",
    "error_in_words",
    "language_source",
    "line_in_words",
    "set_language",
    "user_language",
    "words_of",
]

Language = Literal["zh", "en"]

_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_chosen: ContextVar[Language | None] = ContextVar("language", default=None)
_FIELD: Final = re.compile(r"\{(\w+)\}")
_NUMBER: Final = r"\d+"
_NUMBERS: Final = frozenset({"documents", "facts", "less", "links", "more", "skipped", "triples"})
"""Fields that hold a number."""
_PLACES: Final = (
    (re.compile(r"\bline (\d+), column (\d+)$"), r"第 \1 行第 \2 列"),
    (re.compile(r"\bline (\d+)$"), r"第 \1 行"),
    (re.compile(r"\bpages? ([\d, -]+)$"), r"第 \1 页"),
)


def set_language(_context: click.Context, _option: click.Parameter, value: Language | None) -> None:
    """What ``--lang`` says, for this run of the program."""
    _chosen.set(value)


def user_language() -> Language:
    """What ``--lang`` says, else ``KG_LANG``, else Chinese where the user's messages are, as POSIX says where to look;
    English else."""
    return _chosen.get() or words_of(os.environ.get("KG_LANG") or "") or words_of(_locale()) or "en"


def language_source() -> tuple[str, str]:
    """Who says it, as in a `kg.config.Setting`: ``option``, ``environment``, ``locale`` or ``default``, and where."""
    if _chosen.get():
        return "option", "--lang"
    if os.environ.get("KG_LANG"):
        return "environment", "KG_LANG"
    variable = next((key for key in _LOCALE if os.environ.get(key)), "")
    return ("locale", variable) if variable else ("default", "")


def words_of(name: str) -> Language | None:
    """``zh`` for ``zh_CN.UTF-8``, ``en`` for any other name, None for none."""
    if not name:
        return None
    return "zh" if name.lower().startswith("zh") else "en"


def _locale() -> str:
    return next((value for key in _LOCALE if (value := os.environ.get(key))), "")


class Message(NamedTuple):
    """A line of the catalogue: its code (empty where it has none), how its English is found, its Chinese."""

    code: str
    pattern: re.Pattern[str]
    en: str
    zh: str


@cache
def catalogue() -> dict[str, tuple[Message, ...]]:
    """The sections of the file, in each the messages with the most words of their own first."""
    import tomllib

    text = Path(__file__).with_name("messages.toml").read_text("utf-8")
    found: dict[str, tuple[Message, ...]] = {}
    for section, held in tomllib.loads(text).items():
        pairs: list[tuple[str, Any]] = [("", pair) for pair in held["words"]] if "words" in held else list(held.items())
        messages = [Message(code, _pattern(en), en, zh) for code, (en, zh) in pairs]
        found[section] = tuple(sorted(messages, key=lambda m: (-len(_FIELD.sub("", m.en)), m.en)))
    return found


def _pattern(template: str) -> re.Pattern[str]:
    parts = _FIELD.split(template)
    text = "".join(
        f"(?P<{part}>{_NUMBER if part in _NUMBERS else '.+?'})" if i % 2 else re.escape(part)
        for i, part in enumerate(parts)
    )
    return re.compile(text, re.DOTALL)


def error_in_words(error: KgError) -> str:
    """The line that tells an error to the user, with its code where it has one."""
    found = _find(error.what, "errors")
    code = f" [{found[0].code}]" if found else ""
    if user_language() == "en":
        return f"{error}{code}"
    return _chinese(error.where, error.what, error.remedy) + code


def line_in_words(line: str) -> str:
    """A line that is said, whole (``kg: skipped a.txt: no such file (check the path)``), in the user's language."""
    if user_language() == "en":
        return line
    start = "kg: " if line.startswith("kg: ") else ""
    rest = line.removeprefix(start)
    said = _translated(rest, "lines") or _line(rest)
    return f"{start}{said}" if said else line


def _chinese(where: str | None, what: str, remedy: str | None) -> str:
    place = f"{_place(where)}：" if where else ""
    advice = f"（{_remedy(remedy)}）" if remedy else ""
    return f"{place}{_translated(what, 'errors') or what}{advice}"


def _place(where: str) -> str:
    for pattern, zh in _PLACES:
        if pattern.search(where):
            return pattern.sub(zh, where).replace(", 第", "，第")
    return where


def _remedy(text: str) -> str:
    return _translated(text, "remedies") or text


def _find(text: str, section: str) -> tuple[Message, dict[str, str]] | None:
    for message in catalogue()[section]:
        if match := message.pattern.fullmatch(text):
            return message, match.groupdict()
    return None


def _translated(text: str, section: str) -> str | None:
    """The Chinese of a message; None for what is not in the catalogue."""
    found = _find(text, section)
    if not found:
        return None
    message, fields = found
    return message.zh.format(**{name: _filling(name, value) for name, value in fields.items()})


def _filling(name: str, text: str) -> str:
    """What a message is filled in with: other messages, a reason of the system, a kind of file; or a value."""
    match name:
        case "reasons":
            parts = [_line(part) for part in text.split("; ")]
            return "；".join(map(str, parts)) if all(parts) else _line(text) or text
        case "message":
            return _translated(text, "lines") or _line(text) or text
        case "kind" | "ending":
            return _translated(text, "kinds") or text
        case "reason":
            return _translated(text, "errors") or text
        case _:
            return text


def _line(text: str) -> str | None:
    """A line ``where: what (remedy)`` whose what is known; None for any other."""
    for line, remedy in _parted(text):
        if said := _translated(line, "errors"):
            return said + (f"（{_remedy(remedy)}）" if remedy else "")
        at = line.find(": ")
        while at >= 0:
            where, what = line[:at], line[at + 2 :]
            if _find(what, "errors"):
                return _chinese(where, what, remedy)
            at = line.find(": ", at + 1)
    return None


def _parted(text: str) -> Iterator[tuple[str, str | None]]:
    """A line and its remedy, in each way in which it may have one."""
    yield text, None
    if text.endswith(")"):
        at = text.find(" (")
        while at >= 0:
            yield text[:at], text[at + 2 : -1]
            at = text.find(" (", at + 1)
