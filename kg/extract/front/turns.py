"""How a speech of a record opens, and the honorifics that names of a record bear."""

from __future__ import annotations

import re

from kg.pipeline.names import HONORIFICS

__all__ = ["HONORIFIC", "turn"]

HONORIFIC = rf"(?:{HONORIFICS}|勋爵|女爵士|女爵|亲王|王子|公主|男爵夫人|先生阁下|女士阁下)"
_TONGUE = r"(?P<tongue>\([^()]{0,20}发言[^()]{0,20}\))"
_TURN = re.compile(
    rf"^(?:(?P<chair>(?:代理)?主席){_TONGUE}?|(?!我|感谢|请|正如|根据|按照)(?P<who>[^，。；：:()]{{1,30}}?)"
    rf"(?:{HONORIFIC}(?P<state>\([^()]{{2,20}}\))?{_TONGUE.replace('tongue', 'tongue2')}?|{_TONGUE.replace('tongue', 'tongue3')}|(?<=秘书长)|(?<=代表)|(?<=总统)|(?<=总理)|(?<=部长)|(?<=专员)|(?<=检察官)|(?<=庭长)|(?<=会主席)))[:：]"
)
"""How a speech opens: ``主席(以法语发言)：``, ``张旭先生(中国)：``, ``秘书长(以英语发言)：``."""


def turn(text: str) -> re.Match[str] | None:
    """Who speaks where a sentence opens a speech, with their state and language; None where it does not."""
    return _TURN.match(text) if "：" in text or ":" in text else None
