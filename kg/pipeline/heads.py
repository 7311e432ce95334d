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

_IN_HEADS = frozenset("".join(_HEADS))
WHOLE_HEAD = re.compile(rf"(?!谢赫扎德)(?:{'|'.join(_HEADS)})(?=.)")
"""The same in full at the front of what looks like one name (埃米尔谢赫|塔米姆)."""


def past_head(text: str, left: int) -> int:
    """Past the end of a title or verb whose last character is one of names (总理|阿卜杜拉·哈姆杜克, 感谢|迪卡洛)."""
    if text[left] not in _IN_HEADS:
        return left
    for head in _HEADS:
        for overlap in range(1, len(head) + 1):
            start = left + overlap - len(head)
            if (
                start >= 0
                and not text.startswith("谢赫扎德", start)
                and text[start : start + len(head)] == head
                and text[left + overlap] not in "·-"
            ):
                return left + overlap
    return left
