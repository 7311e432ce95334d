"""Make kg/export/data/pinyin.txt again: `pip install pypinyin==0.55.0 && python tools/pinyin.py`.

A line a letter: the letter, then the characters of GB 2312 one of whose two commonest readings begins with it, after
pypinyin (MIT licence, https://github.com/mozillazg/python-pinyin).
"""

from __future__ import annotations

from pathlib import Path

from pypinyin import Style, pinyin

TABLE = Path(__file__).parent.parent / "kg" / "export" / "data" / "pinyin.txt"


def main() -> None:
    """Write the table."""
    rows: dict[str, list[str]] = {}
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                character = bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            [readings] = pinyin(character, style=Style.NORMAL, heteronym=True)
            for letter in dict.fromkeys(reading[0] for reading in readings[:2] if reading[0].isascii()):
                rows.setdefault(letter, []).append(character)
    TABLE.write_text("".join(f"{letter} {''.join(rows[letter])}\n" for letter in sorted(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
