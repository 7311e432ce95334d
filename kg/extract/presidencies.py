"""Which state presides over the Council in which month.

Refused: presidents of other bodies (委员会主席, 非洲联盟主席, 联大主席), the President's letters and statements, months of something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import Evidence, MentionType, Presidency
from kg.pipeline.mask import compile_masked

__all__ = ["presidencies"]

_PATTERNS = tuple(
    (rule, compile_masked(pattern))
    for rule, pattern in (
        # 中国作为安全理事会2022年8月轮值主席
        (
            "presidency.as",
            r"(?P<s>«S»)(?:将|正|以)?(?:作为|担任|出任|就任|接任|以)(?:了)?«C»(?P<d>«D»)?(?:的)?(?:轮值)?主席(?:国)?(?!团|声明)",
        ),
        # 越南于2020年1月担任主席期间 / 中国将于8月担任安理会轮值主席
        (
            "presidency.in",
            r"(?P<s>«S»)(?:将|已|在|于|自|从|[（(])*(?P<d>«D»)(?:间|期间|份)?(?:将|起|轮值)*(?:担任|出任|就任|接任)(?:了)?(?:«C»)?(?:的)?(?:轮值)?主席(?!团|声明)",
        ),
        # 突尼斯担任2021年1月安全理事会主席期间
        (
            "presidency.of-month",
            r"(?P<s>«S»)(?:将|在|正|轮值)*(?:担任|出任|就任|接任)(?:了)?(?P<d>«D»)(?:的)?«C»(?:的)?(?:轮值)?主席(?!团|声明)",
        ),
        # 2018年3月，荷兰担任主席期间
        (
            "presidency.when",
            r"(?P<d>«D»)(?:，|、|间|期间|份|曾|在|当|，在|，当)*(?P<s>«S»)(?:担任|出任|任)(?:了)?(?:«C»)?(?:的)?(?:轮值)?主席(?:国)?(?:期间|时)",
        ),
        # 玻利维亚主持安理会工作的2017年6月
        ("presidency.work", r"(?P<s>«S»)(?:于|在)?(?P<d2>«D»)?主持«C»(?:的)?(?:日常)?工作(?:的(?P<d>«D»))?"),
        # 越南担任主席期间(2020年1月)
        ("presidency.during", r"(?P<s>«S»)担任(?:«C»)?(?:轮值)?主席(?:国)?(?:期间)?\((?P<d>«D»)\)"),
        # 安全理事会1月份主席瑞典 / 2月轮值主席国法国
        (
            "presidency.of",
            r"(?:«C»(?P<d>«D»)|(?P<d2>«D»)«C»|(?P<d3>«D»))(?:的)?(?:本月)?(?:轮值)?主席(?:国)?(?:、|，)?(?P<s>«S»)",
        ),
        # 瑞典是安全理事会2017年1月份主席
        ("presidency.is", r"(?P<s>«S»)(?:是|为|系)«C»(?P<d>«D»)(?:的)?(?:轮值)?主席"),
        # 由瑞典担任安理会2017年1月主席国, 8月由中国担任安理会轮值主席
        ("presidency.by", r"(?P<d>«D»)(?:份)?由(?P<s>«S»)(?:担任|出任)(?:«C»)?(?:的)?(?:轮值)?主席"),
    )
)


def presidencies(reading: Reading) -> Iterator[Presidency]:
    """One fact a state and month."""
    told: dict[tuple[str, str], tuple[str, list[Evidence]]] = {}
    for sentence in reading.view.sentences:
        for rule, pattern in _PATTERNS:
            for match in pattern.finditer(sentence.unposted):
                state = sentence.at(match.start("s"), MentionType.STATE)
                month = _month(
                    reading,
                    sentence,
                    next((match.start(g) for g in ("d", "d2", "d3") if match.groupdict().get(g)), None),
                )
                if state is None or state.id is None or month is None:
                    continue
                if rule == "presidency.of" and match["d3"] and not _of_council(sentence):
                    continue
                told.setdefault((state.id, month), (rule, []))[1].append(sentence.evidence)
    for (state_id, month), (rule, evidence) in told.items():
        yield reading.with_evidence(Presidency(state=state_id, month=month, confidence=0.99, rule=rule), evidence)


def _month(reading: Reading, sentence: Sentence, at: int | None) -> str | None:
    if at is None:
        return None
    date = next((d for d in sentence.dates if d.start == at), None)
    iso = reading.context.iso(date) if date else None
    return iso[:7] if iso and len(iso) >= 7 else None


def _of_council(sentence: Sentence) -> bool:
    return bool(compile_masked("«C»").search(sentence.masked)) and not compile_masked("委员会主席|«O»主席").search(
        sentence.masked
    )
