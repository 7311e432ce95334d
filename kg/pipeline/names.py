"""Names of persons by their make: transliterated (``让-皮埃尔·拉克鲁瓦``), Chinese style (``中满泉``), Latin letters.

A name stands where the language puts names: between interpuncts, after a post, before an honorific. Refused: the same
characters elsewhere (``特别`` ``安排`` ``希望``), places, and words that begin with a surname's character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.pipeline.heads import WHOLE_HEAD, past_head
from kg.pipeline.name_words import (
    BOUNDARY,
    COMPOUND,
    GIVEN,
    HONORIFICS,
    I_SET,
    INTERPUNCT,
    LATIN,
    LATIN_BEFORE,
    OF_A_PLACE,
    PLAIN,
    REGNAL,
    REST,
    STOP_LEFT,
    STOP_RIGHT,
    SURNAMES,
    T_SET,
    TRANSLITERATION,
    WORDS,
)

__all__ = [
    "HONORIFICS",
    "TRANSLITERATION",
    "Name",
    "after_post",
    "before_honorific",
    "chinese_before",
    "is_word",
    "latin_name",
    "opens",
    "short_after",
    "transliterated",
]


_POINT = re.compile("[·-]")
_ARMS = frozenset({"海军", "陆军", "空军"})
_RANK = re.compile("[大上中少准][将校尉]|元帅|司令")
_HYPHENED_FIRST = re.compile(r"(?:让|玛丽|安|安娜|卡尔|汉斯|约翰|皮埃尔|路易|弗朗索瓦|胡安|若昂|何塞)-")
"""Names that a name without an interpunct may begin with."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: half-open offsets and the name itself, honorific left out."""

    start: int
    end: int
    text: str


def transliterated(text: str, start: int = 0, end: int | None = None) -> list[Name]:
    """Names with interpuncts in ``text[start:end]``."""
    found: list[Name] = []
    if "·" not in text and not ("-" in text and _HYPHENED_FIRST.search(text)):
        return found
    for match in INTERPUNCT.finditer(text, start, len(text) if end is None else end):
        if "·" not in match.group() and not _HYPHENED_FIRST.match(match.group()):
            continue
        left, right = match.span()
        run = match.group()
        first = _POINT.split(run, 1)[0]
        heads = [m.end() for m in WHOLE_HEAD.finditer(first)]
        junk = STOP_LEFT.match(first)
        if junk and junk.end() < len(first):
            left += junk.end()
        left = past_head(text, max([left, *(match.start() + at for at in heads)]))
        last = run.rfind("·") if "·" in run else run.rfind("-")
        right = _cut(text, match.start() + last + 2, right)
        if rest := REST.match(text, right):
            right = rest.end("rest")
        if regnal := REGNAL.match(text, right):
            right = regnal.end()
        if text[right - 2 : right] in _ARMS and _RANK.match(text, right):
            right -= 2  # 恩里科·克雷登蒂诺|海军少将
        name = text[left:right]
        if len(name) >= 3 and not OF_A_PLACE.match(text, right):
            found.append(Name(left, right, name))
    return found


def _cut(text: str, earliest: int, right: int) -> int:
    """Where the name ends: before a word that merely begins with a character of names."""
    for at in range(earliest, right):
        stop = STOP_RIGHT.match(text, at)
        if stop:
            return at
    return right


def after_post(text: str, at: int, *, blocked: frozenset[int] = frozenset()) -> Name | None:
    """The name that stands at ``at``, just after a post, or None. ``blocked``: offsets where a known entity begins."""
    if at in blocked:
        return None
    name = _make_known(text, at, blocked) if text[at : at + 1] in _OPENING else None
    if name is None:  # 外务大臣前岛诚司先生: between an office and an honorific stands a name, of whatever characters
        titled = _TITLED.match(text, at)
        if titled and not any(i in blocked for i in range(*titled.span())):
            return Name(at, titled.end(), titled.group())
    return name


def _make_known(text: str, at: int, blocked: frozenset[int]) -> Name | None:
    """The name behind a post that its make tells: interpuncts, a surname, transliteration to where names end."""
    full = INTERPUNCT.match(text, at)
    if full and "·" in full.group():
        for name in transliterated(text, at, full.end()):
            if name.start == at:
                return _whole(text, name, blocked)
    if full and "·" not in full.group():  # 总统阿库福-阿多: behind a post a hyphen is enough
        right = _cut(text, at + full.group().rfind("-") + 2, full.end())
        if BOUNDARY.match(text, right) and not any(i in blocked for i in range(at, right)):
            return Name(at, right, text[at:right])
    plain = PLAIN.match(text, at)
    if plain:
        right = _cut(text, at + 2, plain.end())
        right = regnal.end() if (regnal := REGNAL.match(text, right)) else right
        if right - at >= 3 and BOUNDARY.match(text, right) and not any(i in blocked for i in range(at, right)):
            word = text[at:right]
            if word not in WORDS and word[:2] not in WORDS:
                return Name(at, right, word)
    return _chinese_style(text, at)


_TITLED = re.compile(r"(?:(?![的和与及或在向对将由为是本该各位])[\u4e00-\u9fff]){2,5}?(?=先生|女士|阁下|殿下)")


def _whole(text: str, name: Name, blocked: frozenset[int]) -> Name:
    """A name whose last part is one character goes on with characters that few names have (瓦西里·涅|边贾), to where names end."""
    if name.text[-2] not in "·-" or BOUNDARY.match(text, name.end):
        return name
    for end in range(name.end + 1, name.end + 4):
        if end in blocked or not re.fullmatch(GIVEN, text[end - 1 : end]):
            return name
        if BOUNDARY.match(text, end):
            return Name(name.start, end, text[name.start : end])
    return name


def short_after(text: str, at: int) -> Name | None:
    """A transliterated name of two characters at ``at``, for behind the office of a state: 美国总统拜登."""
    plain = PLAIN.match(text, at, at + 3)
    if plain is None or plain.end() != at + 2 or not BOUNDARY.match(text, at + 2):
        return None
    word = plain.group()
    return None if word in WORDS or STOP_RIGHT.match(text, at) else Name(at, at + 2, word)


_OF_VIETNAM = "阮黎陈范黄潘武邓裴杜胡吴杨李何郑丁"
_VIETNAMESE = re.compile(rf"[{_OF_VIETNAM}]氏[\u4e00-\u9fff]{{2}}")
"""A woman's name of four characters: 阮氏青河."""


_OPENING = T_SET | SURNAMES | {name[0] for name in COMPOUND} | frozenset(f"代于可席{_OF_VIETNAM}")
"""With what `INTERPUNCT`, `PLAIN`, a surname and `_VIETNAMESE` begin."""


def _chinese_style(text: str, at: int) -> Name | None:
    vietnamese = _VIETNAMESE.match(text, at)
    if vietnamese and BOUNDARY.match(text, vietnamese.end()):
        return Name(at, vietnamese.end(), vietnamese.group())
    compound = next((s for s in COMPOUND if text.startswith(s, at)), "") if text.startswith(COMPOUND, at) else ""
    if not compound and text[at : at + 1] not in SURNAMES:
        return None
    head = len(compound) or 1
    for given in (1, 2, 3) if compound else (3, 2, 1):
        end = at + head + given
        name = text[at:end]
        if len(name) != head + given or not _HAN_ONLY.fullmatch(name):
            continue
        if name in WORDS or name[:2] in WORDS or not BOUNDARY.match(text, end):
            continue
        if given == 3 and name[-1] not in "郎子夫助辅":  # 玄叶光一郎, 泉美奈子
            continue
        closed = text[end - 1 : end] == "和" and text[end : end + 1] in {"、", "，", "。", "；", ")", ""}
        if (
            given == 2
            and not closed  # 康京和、…: no conjunction stands before a comma
            and BOUNDARY.match(text, end - 1)
            and text[end - 1 : end] in "和与及向的在就将所于也还对说称已曾则以同是为由并"
        ):
            continue
        return Name(at, end, name)
    return None


_HONORIFIC = re.compile(rf"{HONORIFICS}(?!馆)")
_ONLY_HONORIFICS = re.compile(rf"{HONORIFICS}+")
_HAN_ONLY = re.compile(rf"{GIVEN}+")


def before_honorific(text: str) -> list[Name]:
    """Names that stand before 先生, 女士, 大使 and their like."""
    found: list[Name] = []
    for match in _HONORIFIC.finditer(text):
        right = match.start()
        left = right
        latin = LATIN_BEFORE.search(text, max(0, right - 60), right) if text[right - 1 : right].isascii() else None
        if latin and not latin.group().isupper():
            found.append(Name(latin.start(), right, latin.group()))
            continue
        while left > 0 and right - left < 9 and (text[left - 1] in T_SET or _is_inner(text, left - 1, right)):
            left -= 1
        if _ONLY_HONORIFICS.fullmatch(text, left, right):
            continue  # 总统女士阁下
        if left > 0 and text[left - 1] in "·-":
            hyphened = _HYPHENED.search(text, max(0, left - 12), right)
            if hyphened:  # 格拉西亚诺-贝洛少将; with a point it is a full name, found by that
                found.append(Name(*hyphened.span(), hyphened.group()))
            continue
        junk = STOP_LEFT.match(text[left:right])
        if junk and right - left - junk.end() >= 2:
            left += junk.end()
        left = min(past_head(text, left), right) if right > left else left
        if right - left >= 2 and text[left:right] not in WORDS and not _TITLE_WORD.search(text[left:right]):
            found.append(Name(left, right, text[left:right]))
            continue
        for size in (3, 2, 4):
            start = right - size
            if start < 0:
                continue
            word = text[start:right]
            compound = word.startswith(COMPOUND)
            if size == 4 and not compound:
                continue
            if (
                (compound or word[0] in SURNAMES)
                and _HAN_ONLY.fullmatch(word)
                and opens(text, start)
                and word[:2] not in WORDS
            ):
                found.append(Name(start, right, word))
                break
        else:
            unknown = _UNKNOWN.search(text, max(0, right - 6), right)
            if unknown and match.group() in {"先生", "女士"}:
                found.append(Name(*unknown.span("name"), unknown["name"]))
    return found


_HYPHENED = re.compile(rf"(?<![{TRANSLITERATION}·-])[{TRANSLITERATION}]{{2,8}}(?:-[{TRANSLITERATION}]{{2,8}})+$")
_UNKNOWN = re.compile(
    r"(?:(?<=[，。；、：:“”\n和与])|^)(?P<name>(?!接替|感谢|欢迎|邀请|任命|介绍|支持|祝贺|听取|尊敬|亲爱|已故|下列|其中|关于|按照|提名|推荐|取代|陪同|谢谢|会见)(?:(?![的和与及或在向对将由为是本该各位名女男主席总统理长员使臣表团家代一二三两几多每这那此某诸])[\u4e00-\u9fff]){2,5})$"
)
"""What stands between a mark or conjunction and 先生, of whatever characters: 石濑素行先生."""


def _is_inner(text: str, at: int, right: int) -> bool:
    """Whether a character that begins and ends other words stands within a name."""
    return at > 0 and text[at] in I_SET and text[at - 1] in T_SET and at + 1 < right and text[at + 1] in T_SET


_JOINING = frozenset("和与及同由请让被把向对从以按给为")
"""Words that join a verb that looks like a surname to what follows it: ``应和秘书长`` is "should, with the"."""
_TITLE_WORD = re.compile(r"总统$|总理$|部长$|大使$|特使$|代表$|主席$|特命$|特命全权$")


def is_word(text: str) -> bool:
    """Whether it is a word of the list that only looks like a name."""
    return text in WORDS


def opens(text: str, at: int) -> bool:
    """Whether a name may begin at ``at``: behind a mark, a conjunction, the end of a title or a verb of respect."""
    return (
        at == 0
        or text[at - 1] in "，。；、：:().“”《》\n 和与及由请长使表席任的了员席臣兼给致向是·•"
        or text[max(0, at - 2) : at] in {"听取", "任命", "感谢", "欢迎"}
    )


def chinese_before(text: str, end: int) -> Name | None:
    """A Chinese-style name that ends at ``end``, after a boundary (``，裴凯儒副特使``)."""
    for size in (4, 3, 2):
        start = end - size
        word = text[max(0, start) : end]
        if size == 4 and not word.startswith(COMPOUND):
            continue
        opens = start == 0 or (start > 0 and text[start - 1] in "，。；、：:()“”\n")
        if (
            start >= 0
            and opens
            and word[0] in SURNAMES
            and _HAN_ONLY.fullmatch(word)
            and word[:2] not in WORDS
            and word[-1] not in _JOINING
        ):
            return Name(start, end, word)
    return None


def latin_name(text: str, at: int) -> Name | None:
    """A name in Latin letters at ``at`` (``Christopher Finlayson``); one capitalised word is enough after a post."""
    match = LATIN.match(text, at)
    if not match or match.group().isupper():
        return None
    name = match.group().rstrip(". ")
    return Name(match.start(), match.start() + len(name), name)
