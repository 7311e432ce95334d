"""What governs each clause of an operative paragraph: a decision, a request, or words that decide nothing.

A clause ends with a comma, semicolon, colon or full stop outside brackets. It is governed by the operative verb at its head
(决定, 授权, 重申, 表示), or else by that of the clause before it: 决定，直至…，所有会员国应…. A sub-paragraph goes on where
the lead-in above it ends (``决定：``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.mandates.words import ALSO
from kg.pipeline.mask import compile_masked

__all__ = ["SEPARATORS", "Clause", "clauses", "first_clause"]

DECIDING = frozenset({"decide", "authorize", "approve"})
"""Acts by which the Council itself settles something."""

SEPARATORS = "，；：。"
"""What ends a clause, outside brackets."""
_HEAD = (
    rf"(?:\([a-z]{{1,3}}\) ?)?(?:{ALSO}|«C»(?:成员)?(?:已(?=同意|决定|核准))?|安理会|理事会|它|该决议|其中|在(?:此|这)方面|为此目的|«Q»|，|“|(?:在|以|于)?«R»(?:中)?|他们|成员们?|我(?:已经|已|现已|现|兹)?(?=决定)|谨(?:确认|告知|通知)你?，?(?=«C»))*"
    r"(?P<by>(?:根据|按照|依照|遵照|鉴于|应)[^，。；：]{1,40}?(?=决定|授权|核准|批准|核可))?(?<![的出做作])"
)
_ACTS = (
    ("decide", r"决定(?!性|权|因素|的|是否|如何|何时|书|由.{0,12}(?:作出|做出))"),
    ("exceptionally", r"破例(?=将|把)|作为例外(?=将|把)"),
    ("authorize", r"授权(?!的|书|任务|期|范围|限度|规定)"),
    (
        "approve",
        r"核准|批准|核可|认可|赞同(?=[^，。；]{0,30}(?:设立|成立|建立|部署|延长))|同意(?!的|秘书长的意见|继续努力)",
    ),
    ("request", r"请(?=秘书长|«T»)"),
    ("ask", r"请(?=«M»)"),
    (
        "bare",
        r"(?:延长|延续|展延|展期|终止|结束|解除|撤销|取消|设立|成立|修订|修改|修正|扩大)(?=[^，。；：]{2,})",
    ),
    (
        "other",
        r"(?:(?:强烈|严厉|坚决|深为|深切|严重|表示|最|完全|全力|热烈|高度|满意地|赞赏地|遗憾地|关切地|大力|再度|继续|特别)*"
        r"(?:重申|回顾|忆及|铭记|表示|欢迎|欣见|强调|着重|特别指出|指出|注意|确认|确信|认识到|认定|敦促|促请|呼吁|鼓励|要求|赞扬|谴责|申明|声明|邀请|期待|期望|支持|吁请|"
        r"建议|提议|关切|关注|深信|考虑到|意识到|相信|赞赏|感谢|重视|承认|肯定|提请|提醒|指示|审议|听取|打算|准备|愿意|希望|维持|坚持|感到|痛惜|痛心|"
        r"随时准备|恳请|责成|坚信|谨|请))",
    ),
)
_ACT = compile_masked("^" + _HEAD + "(?:" + "|".join(f"(?P<{name}>{verbs})" for name, verbs in _ACTS) + ")")
_OTHERS_DECIDE = compile_masked(
    r"^[^，。；：]{0,24}?(?:«TSO»|政府|当局|委员会|双方|各方|当事方|议会)[^，。；：]{0,12}?(?:已|将|所)?(?:决定|同意|打算|授权|核准|设立|终止|商定)"
)
_WHICH = re.compile(rf"(?:{ALSO})*其中")
_CONDITION = re.compile(r"^(?:[^，。；：]{0,4})(?:如果|如|若|一旦|倘若|假如|除非)(?!.{0,6}(?:下|上|本|前)文)")


_ADOPTS = compile_masked(r"^(?P<before>[^，。；：]{0,80}?)通过(?:了)?[^，。；：«:R»]{0,24}«R»(?:\([^()]*\))?$")
_NOT_ADOPTED = re.compile(r"未|没|不|将|如|拟|草案|预计|建议|呼吁|应|请|能否|是否|期待|希望|准备")


@dataclass(frozen=True, slots=True)
class Clause:
    """``[start, end)`` of the sentence. ``act``: decide authorize approve request ask other, adopt for 通过第…号决议, None where no verb governs;
    ``verb`` is where the governing verb begins, ``body`` where it ends (of an earlier clause, it may be); ``conditional``: an 如果
    stands before it under the same verb."""

    start: int
    end: int
    act: str | None
    verb: int
    body: int
    conditional: bool

    @property
    def decides(self) -> bool:
        return self.act in DECIDING


def clauses(masked: str, inherited: str | None = None, *, bare: bool = True) -> tuple[Clause, ...]:
    """The clauses of a sentence; ``inherited`` is the act that the lead-in of a sub-paragraph leaves open;
    ``bare``: a verb like 延长 or 终止 at its head decides by itself."""
    found: list[Clause] = []
    for start, end in _spans(masked):
        before = found[-1] if found else Clause(start, start, inherited, 0, 0, False)
        found.append(_clause(masked[start:end], before, start, end, bare=bare and not found))
    return tuple(found)


def first_clause(masked: str) -> Clause | None:
    """The first clause of a paragraph that no lead-in opens, where no bare verb decides."""
    span = next(_spans(masked), None)
    return (
        _clause(masked[slice(*span)], Clause(span[0], span[0], None, 0, 0, False), *span, bare=False) if span else None
    )


def _clause(text: str, before: Clause, start: int, end: int, *, bare: bool) -> Clause:
    alone = before.decides and before.body == before.end > before.start  # 决定，…: what follows is decided
    match = None if alone else _ACT.match(text)
    act = match.lastgroup if match else None
    if match and before.act == "other" and (match["by"] or _WHICH.match(text)):
        match = None  # 回顾第1号决议，其中决定…; 表示打算…，根据…决定…
    if match and act and (act != "bare" or bare) and (act != "exceptionally" or before.act):
        verb = start + match.start(act)
        if act in {"bare", "exceptionally"}:
            return Clause(start, end, "decide", verb, verb, conditional=False)
        return Clause(start, end, act, verb, start + match.end(), bool(_CONDITION.match(text[match.end() :])))
    adopted = _ADOPTS.match(text)
    if adopted and not _NOT_ADOPTED.search(adopted["before"]):
        return Clause(start, end, "adopt", start, end, conditional=False)
    if _OTHERS_DECIDE.match(text):
        return Clause(start, end, "other", start, start, conditional=False)
    return replace(before, start=start, end=end, conditional=before.conditional or bool(_CONDITION.match(text)))


def _spans(masked: str) -> Iterator[tuple[int, int]]:
    depth = start = 0
    for at, sign in enumerate(masked):
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(0, depth - 1)
        elif sign in SEPARATORS and not depth:
            if at > start:
                yield start, at
            start = at + 1
    if start < len(masked):
        yield start, len(masked)
