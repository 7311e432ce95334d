"""Every mention of a person with a title beside it: in front, behind, in brackets, between commas, or as a label.

``秘书长特别代表戴维·希勒``, ``古特雷斯秘书长``, ``萨拉梅先生(秘书长特别代表)``, ``戴维·希勒先生，秘书长特别代表，``, ``报告员：塞巴斯蒂安·罗加奇``.
A rank (少将, 大使) counts where no other title stands there. Refused: honorifics (先生), a title that is an item of its own (秘书长、玛丽·罗宾逊), posts somebody is appointed to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.titles import is_title, title_before
from kg.extract.view import Sentence
from kg.model import DocumentKind, Mention, MentionType
from kg.pipeline.mask import compile_masked
from kg.pipeline.names import HONORIFICS

if TYPE_CHECKING:
    from kg.extract.reading import Reading

__all__ = ["Titled", "persons", "title_span"]

_TITLES = re.compile(rf"(?:{HONORIFICS})*")
_BRACKET = re.compile(r"\((?P<in>[^()]{2,40}(?:\([^()]{1,20}\)[^()]{0,20})?)\)")
_ALONE = re.compile(r"(?:新任|现任)?(?:联合国)?(?:常务副)?秘书长|大会主席|主席|总统|总理|代表")
_RANK = re.compile(rf"(?:特命全权|无任所|巡回)?(?:{HONORIFICS})+")
_LONE_RANK = re.compile(
    r"(?:特命全权|无任所|巡回)?(?:大使|公使|参赞)|(?:海军|陆军|空军|警察)?[大上中少准]将|将军|[大上中少]校|[上中少]尉|大法官|法官|检察官|议长|警监|主教|教授|部长|总统|总理|首相|国务卿"
)
"""What behind a name is all the title that a person has: 卡祖拉少将."""
_APPOSED = re.compile(
    r"，(?P<title>[^，。；：()]{2,40})(?=[，。；(]|$)|[：:](?P<label>[^，。；：()]{2,40})(?=[。；(]|$)"
)
_STRONG = compile_masked(r"代理|前任?|新任|候任|秘书长|联合国|主管|负责|副|常务|常驻|特别|«SMOC»")
_JOINED = re.compile(rf"(?:{HONORIFICS})*(?:\([^()]*\))?(?:、|和|以及|及|与)")
_TOGETHER = re.compile(r"共同|联合(?!国)")
_PRESIDENCY = re.compile(
    r"(?:(?:联合国)?(?:安全理事会|安理会))?(?:本月份?|当月|该月|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|现任)?的?(?:(?<=[会月份任])轮值|轮值)?主席(?:、|兼|，)(?=.{2})"
)
"""The Council's presidency before an office: 安理会本月轮值主席、|美国常驻联合国代表."""
_BORN = frozenset({"谢赫", "酋长", "勋爵", "爵士"})
"""Honorifics before a name."""
_LABEL = re.compile(r"(?:^|[。；，：:\n]|\d[.、]|[•·])$")


@dataclass(frozen=True, slots=True)
class Titled:
    """``person`` and ``capacity`` as printed, ``name`` the full name of the document; offsets of the name in ``sentence``."""

    person: str
    name: str
    capacity: str
    sentence: Sentence
    start: int
    end: int


def persons(reading: Reading) -> Iterator[Titled]:
    """In the order of the text."""
    for sentence in reading.view.sentences:
        if MentionType.OFFICIAL not in sentence.kinds:
            continue
        before: tuple[int, tuple[int, int]] | None = None  # where the last name ends, and its title
        for mention in sentence.mentions:
            if mention.type is not MentionType.OFFICIAL:
                continue
            span = title_span(sentence, mention)
            if span is None and before is not None and _shares(sentence, *before, mention.start):
                span = before[1]
            before = (mention.end, span) if span else None
            span = _without_presidency(sentence, span) if span else None
            if span is not None:
                printed = sentence.printed(mention.start, mention.end)
                full = reading.people.known_as(sentence, mention.start, mention.end)
                yield Titled(
                    " ".join(printed.split()), full, sentence.printed(*span), sentence, mention.start, mention.end
                )


def _without_presidency(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int] | None:
    """The title without the Council's presidency before it; None where the front of a record says no more than that (``主席：``)."""
    front = _PRESIDENCY.match(sentence.text, *span)
    label = sentence.text[span[1] : span[1] + 1] in {"：", ":"} and sentence.text[slice(*span)] == "主席"
    if label and sentence.document.kind is DocumentKind.RECORD:
        return None
    return (front.end(), span[1]) if front else span


def _shares(sentence: Sentence, end: int, span: tuple[int, int], start: int) -> bool:
    """Whether the name at ``start`` has the title of the name before it: of a list with a label (副主席：…、…), and of two who
    hold one office (共同主席…和…)."""
    joined = _JOINED.fullmatch(sentence.text, end, start)
    label = span[1] < end and sentence.text[span[1]] in "：:"
    return bool(joined) and (label or bool(_TOGETHER.match(sentence.text, span[0])))


def title_span(sentence: Sentence, person: Mention) -> tuple[int, int] | None:
    """The span of the title beside the name, or None."""
    return _in_front(sentence, person) or _behind(sentence, person) or _rank(sentence, person)


def _rank(sentence: Sentence, person: Mention) -> tuple[int, int] | None:
    """A rank or office behind the name, where nothing says more."""
    rank = _LONE_RANK.match(sentence.text, person.end)
    return rank.span() if rank else None


def _in_front(sentence: Sentence, person: Mention) -> tuple[int, int] | None:
    text = sentence.text
    at = person.start
    if text[at - 2 : at] in _BORN:
        at -= 2
    if text[at - 1 : at] in {"：", ":"}:
        start = title_before(sentence, at - 1)
        return (start, at - 1) if start is not None and _LABEL.search(text[:start]) else None
    posts = {m.end: m for m in sentence.mentions if m.type is MentionType.POST}
    start, known = title_before(sentence, at), posts.get(at)
    if known is not None and (start is None or (start < known.start and _begins(sentence, known.start))):
        start = known.start
    while start and text[start - 1] == "、" and start - 1 in posts and not _ALONE.fullmatch(posts[start - 1].text):
        start = posts[start - 1].start
    if start is None or _RANK.fullmatch(text[start:at]):
        return None
    return start, at


def _behind(sentence: Sentence, person: Mention) -> tuple[int, int] | None:
    text = sentence.text
    posts = {m.start: m for m in sentence.mentions if m.type is MentionType.POST}
    honorific = _TITLES.match(text, person.end)
    end = honorific.end() if honorific else person.end
    for at in (person.end, end):
        if at in posts and not _RANK.fullmatch(posts[at].text):
            return at, posts[at].end
    bracket = _BRACKET.match(text, end)
    if bracket:
        if is_title(sentence, *bracket.span("in")):
            return bracket.span("in")
        end = bracket.end()
    apposed = _APPOSED.match(text, end)
    span = apposed.span("title" if apposed["title"] else "label") if apposed else None
    return span if span and is_title(sentence, *span) else None


def _begins(sentence: Sentence, at: int) -> bool:
    """Whether a title that begins at ``at``, behind a conjunction, is a second one: 工作和|代理秘书长特别代表."""
    return sentence.text[at - 1] in "和与及" and bool(_STRONG.match(sentence.unposted, at))
