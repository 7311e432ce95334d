"""Ends of titles and verbs that look like the beginning of a transliterated name (总理|阿卜杜拉·哈姆杜克)."""

from __future__ import annotations

import re

__all__ = ["WHOLE_HEAD", "past_head"]

_HEADS = (
    "总理",
    "国王",
    "女王",
    "亲王",
    "王储",
    "助理",
    "代理",
    "经理",
    "总督",
    "埃米尔",
    "谢赫",
    "酋长",
    "大公",
    "感谢",
    "致谢",
    "答谢",
    "参赞",
    "宣布",
    "公布",
    "颁布",
    "发布",
    "人士",
    "博士",
    "爵士",
)


def _by_character() -> dict[str, list[tuple[str, int]]]:
    """By each character of a head: the heads it is in, and how many of their characters begin with it."""
    found: dict[str, list[tuple[str, int]]] = {}
    for head in _HEADS:
        for rest, character in enumerate(reversed(head), 1):
            found.setdefault(character, []).append((head, rest))
    return found


_WITH = _by_character()
WHOLE_HEAD = re.compile(rf"(?!谢赫扎德)(?:{'|'.join(_HEADS)})(?=.)")
"""The same in full at the front of what looks like one name (埃米尔谢赫|塔米姆)."""


def past_head(text: str, left: int) -> int:
    """Past the end of a title or verb whose last character is one of names (总理|阿卜杜拉·哈姆杜克, 感谢|迪卡洛)."""
    for head, overlap in _WITH.get(text[left], ()):
        start = left + overlap - len(head)
        if (
            start >= 0
            and text.startswith(head, start)
            and not text.startswith("谢赫扎德", start)
            and text[left + overlap] not in "·-"
        ):
            return left + overlap
    return left
