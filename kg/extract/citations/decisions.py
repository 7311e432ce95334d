"""Decisions on the very thing that a reference names: 决定将第N号决议第M段规定的措施延长, 决定修改第N号决议, 决定终止….

Refused: what is asked for, considered or intended (打算审查是否延长), what is recalled (回顾安理会决定将…延长), what is denied, and
verbs that only describe (经修订的措施, 延长任务期限后).
"""

from __future__ import annotations

import re

from kg.pipeline.mask import compile_masked

__all__ = ["CHANGES", "decided"]

_EXTEND = r"延长|延至|延续|续延|展延|延展|延期|展期|续期|延后"
_MODIFY = r"修正|修订|修改|扩大|扩充|扩展|调整|更新|强化|缩小|补充|订正|变更"
_END = r"终止|废止|撤销|取消|解除(?!武装)|结束"
CHANGES = {"extends": _EXTEND, "modifies": _MODIFY, "terminates": _END}
"""Verbs by what they do to the thing named, and to the resolution that it comes from."""

_DESCRIBES = r"(?!(?:任务期限|任务期|任期|期限|任务|了)?的|后|之后|以来|时|与否|任务的)"
_INSIDE = r"(?:[^，。；：]|，包括[^，。；：]{1,40}，)"
_AFTER = {
    "extends": compile_masked(rf"{_INSIDE}{{0,160}}?(?:{_EXTEND}){_DESCRIBES}"),
    "modifies": compile_masked(
        rf"{_INSIDE}{{0,120}}?(?:(?:修改|修订|修正|调整|变更|更改|扩大|扩展|缩小|增加|减少|提高|降低?|增|减|改)(?:为|至|到|如下)|予以(?:修改|修订|修正|调整))"
    ),
    "terminates": compile_masked(rf"{_INSIDE}{{0,120}}?(?:{_END})(?=[，。；]|$)"),
}
_BA = re.compile(r"(?:将|把)[^将把]*$")
_MENTIONS = re.compile(r"(?:提及|涉及|提到|违反|执行|落实)[^，。；、]{0,4}$|(?:提及|涉及|提到)[^，。；]*$")
_ENDS = compile_masked(
    r"[^，。；]{0,40}(?:特此|应即?|将|即行|均)?(?:(?:于|自|从)[^，。；]{2,20}(?:起)?)?(?:特此|应|将|即|予以|即告)*(?:终止|失效|废止|停止执行)(?=[，。；]|$)"
)
_LASTS = compile_masked(r"[^，。；]{0,40}(?:继续|持续|保持|应)+(?:有效|适用)，?[^，。；]{0,6}(?:直)?至(?!少)")
_SPARES = compile_masked(r"[^，。；]{0,80}(?:不|均不|不再|不应|不得)适用")
_VERB_FIRST = re.compile(
    r"(?:再次|进一步)?(?P<decides>(?:决定|同意|授权|核准|批准)(?:自[^，。；]{2,14}起|在[^，。；]{2,14}前|立即|再次|再度|进一步|继续|再|最后一次|即日起|将|予以|一次性|一致|正式|，)*|(?<=，)(?:并|又|还|同时|也)(?:再次|进一步|相应|立即)*)?"
    rf"(?:(?P<extends>{_EXTEND})|(?P<modifies>{_MODIFY})|(?P<terminates>{_END}))(?P<done>了)?{_DESCRIBES}(?P<thing>[^，。；：]{{0,80}})$"
)
_UNTIL = re.compile(r"[^，。；]{0,30}?(?:，(?:为期|期限|直?至)|(?:至|到)\d|再?[\d一二三四五六七八九十两]+(?:个月|年))")
"""What ends an extension that begins a paragraph, as it does in older resolutions: 延长第1号决议规定的任务，为期六个月."""
_PURPOSE = re.compile(r"以(?:便|期|利)?(?:执行|落实|实施|履行|协助|支持|配合)|用于|从而|以及时|根据其")
_WORDS = re.compile(
    r"(?P<yes>(?<!不)决定|同意|授权|核准|批准|商定|议定|通过)"
    r"|(?P<no>打算|意图|有意|拟|考虑|是否|可能|建议|提议|请求|要求|请(?!求)|呼吁|吁请|促请|敦促|支持|期待|希望|赞成|愿意|准备|应否|如果|一旦|讨论|审查|审议|拒绝|反对|不(?!妨碍|影响|损害|迟)|未|没有|需要|必要|提及|欢迎|赞扬|建立|说明)"
)
_PURPOSES = re.compile(r"为|应|在|鉴于|考虑到|经|依照|按照|根据")
"""Clauses between 决定， and what is decided: 决定，为支持监察员开展工作，把…延长."""
_LOOKS_BACK = re.compile(r"回顾|忆及|铭记|重申|提及|注意到|鉴于|认识到")
_SUBJECT = compile_masked(r"(?:«R»|安理会|安全理事会)(?:中)?(?:已|又|还|也|再次|一致|随后|，)*$")


_ANOTHER = compile_masked(
    r"通过(?:了)?[^，。；«:R»]{0,12}«R»(?:\([^()]*\))?，(?:[^，。；]{0,24}，)?(?:决定)?(?:将|把|延长|终止|修[订正改])[^。]*$"
    r"|(?:^|[，。；]|安理会|安全理事会|在|以|根据)«R»(?:中|，其中)?(?:，)?(?:安理会|安全理事会)?(?:已|又|还|也|再次|一致|随后)*(?:决定)?(?:将|把)[^。]*$"
)
"""What another resolution decided is told: it, not the document, extends what is named behind."""


def decided(shape: str, start: int, end: int) -> str | None:
    """``extends``, ``modifies`` or ``terminates`` where the sentence decides so on what ``shape[start:end]`` names."""
    if _ANOTHER.search(shape, 0, start) and "本决议" not in shape[:start]:
        return None
    clause = max(shape.rfind(sign, 0, start) for sign in "，；：。") + 1
    sentence = max(shape.rfind(sign, 0, start) for sign in "；。") + 1
    ba = _BA.search(shape, clause, start)
    if ba and not _MENTIONS.search(ba.group()) and _decides(shape, sentence, ba.start()):
        for relation, pattern in _AFTER.items():
            if pattern.match(shape, end):
                return relation
    verb = _VERB_FIRST.search(shape, clause, start)
    if verb and not _PURPOSE.search(verb["thing"]):
        done = bool(verb["done"]) and bool(re.search(r"安理会|安全理事会|决议|通过", shape[sentence : verb.start()]))
        if (verb["decides"] and _decides(shape, sentence, verb.end("decides"))) or done:
            return next(name for name in CHANGES if verb[name])
    if verb and verb["extends"] and verb.start() == sentence and _UNTIL.match(shape, end):
        return "extends"
    if _decides(shape, sentence, start):
        for relation, pattern in (("terminates", _ENDS), ("extends", _LASTS), ("modifies", _SPARES)):
            if pattern.match(shape, end):
                return relation
    return None


def _decides(shape: str, sentence: int, at: int) -> bool:
    """Whether what begins at ``at`` is decided: the last word before it that says yes or no says yes, and none looks back."""
    end = at
    while end > sentence:
        start = max(sentence, *(shape.rfind(sign, 0, end) + 1 for sign in "，；："))
        said = None
        for said in _WORDS.finditer(shape, start, end):  # noqa: B007 - the last one is wanted
            pass
        if said is not None and (end == at or not _PURPOSES.match(shape, start)):
            return bool(said["yes"]) and not _LOOKS_BACK.search(shape, start, at)
        end = start - 1
    return _by_subject(shape, sentence, at)


def _by_subject(shape: str, sentence: int, at: int) -> bool:
    """第2504(2020)号决议将…延长: the resolution itself is the subject."""
    return bool(_SUBJECT.search(shape, sentence, at)) and not _LOOKS_BACK.search(shape, sentence, at)
