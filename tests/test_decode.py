"""Bytes to text: every encoding that Chinese documents come in, and what is no text."""

from __future__ import annotations

import codecs
import contextlib
import re
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import EmptyInputError, EncodingError, InputError, UnsupportedInputError
from kg.read.decode import decode

quick = settings(deadline=None)  # the first example loads OpenCC

PROSE = "谨通知阁下，中国作为安全理事会 2022 年 8 月轮值主席，将举行通报会(见附件)。\r\n"
OLD = "謹通知閣下，中國作為安全理事會 2022 年 8 月輪值主席，將舉行通報會(見附件)。\r\n"
SHORT = "导言\n"

ENCODED: dict[str, tuple[bytes, str, str]] = {
    "utf-8": (PROSE.encode(), PROSE, "utf-8"),
    "utf-8 with its mark": (codecs.BOM_UTF8 + PROSE.encode(), PROSE, "utf-8"),
    "utf-8 in old script": (OLD.encode(), OLD, "utf-8"),
    "gb18030": (PROSE.encode("gb18030"), PROSE, "gb18030"),
    "gbk": (PROSE.encode("gbk"), PROSE, "gb18030"),
    "gb2312": (PROSE.encode("gb2312"), PROSE, "gb18030"),
    "gbk in old script": (OLD.encode("gbk"), OLD, "gb18030"),
    "big5": (OLD.encode("big5"), OLD, "big5hkscs"),
    "utf-16 with its mark": (PROSE.encode("utf-16"), PROSE, "utf-16-le"),
    "utf-16 the other way round": (codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"), PROSE, "utf-16-be"),
    "utf-16 without a mark": (PROSE.encode("utf-16-le"), PROSE, "utf-16-le"),
    "utf-16-be without a mark": (PROSE.encode("utf-16-be"), PROSE, "utf-16-be"),
    "utf-16 without a line end": ("安全理事会主席的说明".encode("utf-16-le"), "安全理事会主席的说明", "utf-16-le"),
    "utf-32": (PROSE.encode("utf-32"), PROSE, "utf-32-le"),
    "english in utf-16": ("Security Council".encode("utf-16-le"), "Security Council", "utf-16-le"),
    "ascii": (b"Security Council", "Security Council", "utf-8"),
    "two words in gb18030": (SHORT.encode("gb18030"), SHORT, "gb18030"),
    "escape signs of old printers": (b"\x1b[1m" + PROSE.encode(), "\x1b[1m" + PROSE, "utf-8"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_encodings(name: str) -> None:
    data, text, encoding = ENCODED[name]
    assert decode(data, source="a.txt") == (text, encoding)


REFUSED: dict[str, tuple[bytes, type[InputError], str]] = {
    "empty": (b"", EmptyInputError, "empty"),
    "a mark alone": (codecs.BOM_UTF8, EmptyInputError, "empty"),
    "blanks": ("\u3000 \n".encode(), EmptyInputError, "only blanks"),
    "zeros": (bytes(100), EmptyInputError, "empty"),
    "pdf": (b"%PDF-1.7\n", UnsupportedInputError, "a PDF"),
    "zip": (b"PK\x03\x04....", UnsupportedInputError, "zip"),
    "rtf": (b"{\\rtf1", UnsupportedInputError, "RTF"),
    "all bytes": (bytes(range(256)) * 4, UnsupportedInputError, "binary"),
    "a zero in good text": ("安理会\x00举行会议".encode(), UnsupportedInputError, "binary"),
    "a control sign in good text": ("安理会\x02举行会议。".encode() * 9, UnsupportedInputError, "binary"),
    "latin-1": ("Conseil de sécurité".encode("latin-1"), EncodingError, "not UTF-8 from byte 12, line 1"),
    "russian": ("Совет Безопасности".encode("koi8-r"), EncodingError, "no known encoding"),
    "cut in mid-character": ("安理会\n安理会".encode()[:-1], EncodingError, "byte 16, line 2"),
    "marked and cut": (codecs.BOM_UTF16_LE + b"\x00\x01\x02", EncodingError, "utf-16-le"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    data, error, words = REFUSED[name]
    with pytest.raises(error, match=words) as caught:
        decode(data, source="a.txt")
    assert caught.value.where == "a.txt"
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "big5hkscs", "utf-8-sig"])
def test_the_encoding_asked_for(encoding: str) -> None:
    assert decode(OLD.encode(encoding), source="a.txt", encoding=encoding) == (OLD, encoding)


@pytest.mark.parametrize("encoding", ["ascii", "nonsense", "hex", "rot13", "idna", "a\0b", "punycode"])
def test_an_encoding_that_does_not_fit(encoding: str) -> None:
    with pytest.raises(EncodingError, match="not "):
        decode(PROSE.encode(), source="a.txt", encoding=encoding)


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(EncodingError, match="surrogates"):
        decode(b"+2AA-", source="a.txt", encoding="utf-7")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be", "utf-8"])
def test_seeds_in_other_encodings(encoding: str, seeds: Path) -> None:
    for path in sorted(seeds.iterdir()):
        text = path.read_text("utf-8").replace("\ufeff", "")
        assert decode(text.encode(encoding), source=path.name)[0] == text


def test_seeds_in_old_script_and_big5(seeds: Path) -> None:
    convert = opencc.OpenCC("s2t").convert
    for path in sorted(seeds.iterdir()):
        text = re.sub("[^\x00-\x7f\u3000-\u9fff]", "", convert(path.read_text("utf-8")))
        data = text.encode("big5hkscs", "ignore")
        assert decode(data, source=path.name) == (data.decode("big5hkscs"), "big5hkscs")


@given(st.binary(max_size=300))
@quick
def test_any_bytes_give_text_or_one_clear_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        text, encoding = decode(data, source="a.txt")
        assert text.strip()
        text.encode("utf-8")  # no halves of surrogate pairs
        assert codecs.lookup(encoding)


@given(st.text(min_size=1, max_size=100))
@quick
def test_utf8_always_comes_back(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    with contextlib.suppress(InputError):  # blanks, control signs
        assert decode(codecs.BOM_UTF8 + data, source="a.txt") == (data.decode(), "utf-8")
