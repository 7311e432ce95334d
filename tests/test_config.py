"""Settings: defaults, files, and one line for what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import DEFAULT, Config, load_config
from kg.errors import ConfigError


def test_defaults_and_overrides(tmp_path: Path) -> None:
    assert load_config(None) == DEFAULT == load_config(None, base=None)
    path = tmp_path / "kg.toml"
    path.write_text('\ufeffbase = "https://example.org/a/"\nmax_file_bytes = 10\n', "utf-8")
    assert load_config(path) == Config(base="https://example.org/a/", max_file_bytes=10)
    assert load_config(path, base="https://example.org/b#").base == "https://example.org/b#"
    assert DEFAULT.as_json() == {
        "base": DEFAULT.base,
        "max_file_bytes": DEFAULT.max_file_bytes,
        "sort_bytes": DEFAULT.sort_bytes,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('bass = "https://example.org/"', "unknown setting: bass (known are base, max_file_bytes, sort_bytes)"),
        ("[build]\nx = 1", "unknown setting: build"),
        ("base = 3", "base must be str, not int"),
        ("max_file_bytes = true", "max_file_bytes must be int, not bool"),
        ("max_file_bytes = 0", "max_file_bytes must be at least 1"),
        ("sort_bytes = -1", "sort_bytes must be at least 1"),
        ("base = ", "is no TOML"),
        ('base = "example.org/"', "no absolute IRI"),
        ('base = "https://example.org/a"', "ends in / or #"),
        ('base = "https://example.org/<b>/"', "'<' '>'"),
        ('base = "https://example.org/a b/"', "' '"),
        ('base = ""', "no absolute IRI"),
    ],
)
def test_what_does_not_fit(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "kg.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"base = '\xff'")
    for path in (tmp_path / "missing.toml", tmp_path, tmp_path / "bad.toml"):
        with pytest.raises(ConfigError):
            load_config(path)
