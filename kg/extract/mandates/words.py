"""The words that the frames of mandate decisions are made of: patterns over masked text (`kg.pipeline.mask`)."""

from __future__ import annotations

import re

from kg.dates import DURATION

__all__ = ["ALSO", "CHUNK", "EXTEND", "FROM", "LENGTH", "TERM", "UNTIL", "WHEN", "chunks"]

LENGTH = re.sub(r"\?P<\w+>", "", DURATION)

CHUNK = r"(?:«RSMOCDPTKXFQB»|[^，。；：«:RSMOCDPTKXFQB»])"
"""One character, or one mention whatever its length, that is no end of a clause."""


def chunks(least: int, most: int, *, but: str = "", lazy: bool = True) -> str:
    """Between ``least`` and ``most`` chunks, none of which begins one of the words ``but`` (``将|把``)."""
    unit = rf"(?:(?!{but}){CHUNK})" if but else CHUNK
    return f"{unit}{{{least},{most}}}{'?' if lazy else ''}"


ALSO = (
    r"(?:又|还|并|并且|也|再|再次|重新|再度|同时|因此|为此|特此|兹|一致|进一步|此外|而且|且|最后|首先|另外|于是|随后)"
)

EXTEND = r"(?:延长|延展|延续|续延|展延|延期|展期|续期|顺延)"

TERM = (
    r"(?:任务期限|任务授权期限|任务规定期限|授权期限|授权任务|任务授权|任务规定|任务时限|驻留期限|驻扎期限|驻留期|部署期限|任期|任务期|任务|"
    r"期限|时限|有效期|授权期)"
)

_SAME = r"(?:同一(?:日期|日|天|期限|时间)|(?:上文|本决议|该决议|执行部分)*第\d{1,3}(?:\([a-z]\))?段(?:所)?(?:规定|述|列|定|提及|指|载)的(?:期限|日期|时限|时间))"

_TO = rf"(?:至|到|截至|截止)(?:«D»|{_SAME})(?:止|为止|终了|届满|期满|结束)?"

_AT_LATEST = r"(?:，?直(?:至|到)[^，。；]{2,40}?(?:为止|时|后)?，但(?:不得|不应|不)?(?:迟于|晚于|超过)«D»)"
"""直到新政府就职为止，但不得迟于1994年12月15日."""

UNTIL = rf"(?:，?(?:(?:另|再|又)?一(?:段|个)?(?:时期|时间|期间|期)，?)?(?:即|直|一直|延|并|持续|有效期?|期限|任期)*{_TO}|{_AT_LATEST})"

WHEN = rf"(?:(?:至|到|为期|期限为|为|，)*(?:最后|再|又|另|另外|最多|至多)?(?:一(?:段|个|期))?{LENGTH}(?:的(?:时间|期限|期间)|之久)?{UNTIL}?|{UNTIL})"
"""``六个月``, ``6个月，即至2021年7月10日``, ``至2021年7月10日``."""

FROM = rf"(?:(?:在?自|在?从|在(?=[^，。；]{{0,6}}决议通过))(?P<since>{chunks(1, 40, but='起|开始')})(?:(?:开始)?起(?:算|计)?|开始)，?)"
"""``自本决议通过之日起``, ``从2021年12月现有任期到期起``; what it counts from is the group ``since``."""
