"""The exact scan: every mention that lists and grammar can know, over the whole text, without spaCy.

One automaton holds all names of the gazetteer (leftmost, longest; names that must not match are in it too); symbols,
resolutions, dates and meetings have grammars; posts and persons are read over masked text. Input is the normal form
(`kg.text.normalize`); offsets are its code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.dates import DateExpression, find_dates, resolve
from kg.gazetteer import load_gazetteer
from kg.model import Mention, MentionType
from kg.pipeline import names
from kg.pipeline.cover import Cover
from kg.pipeline.heads import past_head
from kg.pipeline.mask import mask
from kg.pipeline.posts import find_posts
from kg.pipeline.signed import signed_names
from kg.pipeline.title_words import holds_title
from kg.pipeline.titled import titled_latin, titled_plain
from kg.symbols import find_resolutions, find_symbols, is_resolution
from kg.text import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ahocorasick_rs

    from kg.gazetteer import Entry

__all__ = ["Scan", "scan", "scan_all"]

_MEETING = re.compile(
    r"(?:第|(?<=日)(?=\d{3,5}次会议通过)|(?<=安全理事会)(?=\d{3,5}次会议通过))"  # lines of adoption lose their 第
    r"(?P<number>\d{1,5}|[〇零一二三四五六七八九十百千]{1,9})次(?:\(?[^，。；()]{0,6}\)?)?(?:全体)?会议"
)
_COUNCIL_BEFORE = re.compile(r"(?:安全理事会|安理会|安理会的|安全理事会的)(?:[^，。；第]{0,14})?$")
_SIGN_OF = {MentionType.STATE: "S", MentionType.MISSION: "M", MentionType.ORGANIZATION: "O"}
_SIGN_OF_CITED = {MentionType.RESOLUTION: "R", MentionType.DOCUMENT: "X", MentionType.MEETING: "K"}
_LIKE_A_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:[·-][\u4e00-\u9fff]{1,12}){0,5}|[A-Z][A-Za-zÀ-ÿ'’.]+(?:[ -][A-Za-zÀ-ÿ'’.]+){0,5}"
)
_WORD = re.compile(r"[A-Za-z0-9]")
_OFFICES_OF_A_STATE = ("总统", "总理", "首相", "国王", "外长", "国务卿", "防长", "外交部长", "外交大臣", "国防部长")
_BEHIND_A_NAME = (
    "秘书长 总统 总理 外长 特使 主席 首相 国王 大使 部长 副特使 特别代表 副秘书长 助理秘书长 国务卿 外交大臣 外务大臣 "
    "副总理 高级专员 总干事 专员 团长 司令 检察官 协调员 特别协调员"
)
_SHORT_POSTS = frozenset(_BEHIND_A_NAME.split())
"""Posts that need no more words, so that a plain name may stand before them."""
_PLAIN_BEFORE = re.compile(rf"(?<![{names.TRANSLITERATION}·驻赴])[{names.TRANSLITERATION}]{{2,6}}$")
_OF_A_STATE = frozenset({"总统", "总理", "首相", "国王", "外长", "国务卿"})


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scan found in a normal text: mentions in order (posts may contain others), dates with their parts, and
    the text masked by atomic mentions (not by posts); ``titled``: whether a word for a post, an office or a form of
    address is in it."""

    text: str
    mentions: tuple[Mention, ...]
    dates: tuple[DateExpression, ...]
    masked: str
    titled: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What a name of the automaton stands for. ``alone``: it needs a word boundary on both sides; ``shrinks``: it may be
    shorter, by what follows (`Gazetteer.standing`)."""

    name: str
    type: MentionType
    id: str
    alone: bool
    shrinks: bool


@dataclass(frozen=True, slots=True)
class _Names:
    """``entries``: by the numbers of the automaton's patterns, None for what is no name."""

    automaton: ahocorasick_rs.AhoCorasick
    entries: tuple[_Found | None, ...]


@cache
def _names() -> _Names:
    import ahocorasick_rs

    gazetteer = load_gazetteer()
    table: dict[str, Entry | None] = dict.fromkeys(gazetteer.not_names)
    for name, entries in gazetteer.names().items():
        if entries[0].type in _SIGN_OF:
            table[name] = entries[0]
    for name, entries in gazetteer.acronyms().items():
        if entries[0].type in _SIGN_OF:
            table[name] = entries[0]
    patterns = tuple(sorted(table))
    automaton = ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return _Names(automaton, tuple(_found(name, table[name]) for name in patterns))


def _found(name: str, entry: Entry | None) -> _Found | None:
    return None if entry is None else _Found(name, entry.type, entry.id, name.isascii(), name.endswith("国"))


def scan(text: str) -> list[Mention]:
    """Mentions of ``text`` (normal form) in order of place; a post may contain the mentions it is made of."""
    return list(scan_all(text).mentions)


def scan_all(text: str, people: Iterable[tuple[int, int]] = ()) -> Scan:
    """The same, with dates and the masked text. ``people``: spans that the trained component knows as names of persons."""
    cited = _citations(text) if "/" in text or "决议" in text else []
    entities = _entities(text, cited)
    full_names = names.transliterated(text)
    dates = find_dates(text)
    if cited and (full_names or dates):
        citations = Cover(len(text), ((c.start, c.end) for c in cited))
        full_names = [n for n in full_names if not citations.meets(n.start, n.end)]
        dates = [d for d in dates if not citations.meets(d.start, d.end)]
    if full_names:
        entities = _not_in_names(entities, full_names)
    atoms = [*entities, *cited, *_meetings(text), *_date_mentions(text, dates)]
    masked = _masked(text, atoms, full_names) if atoms or full_names else text
    titled = holds_title(text)
    posts = _posts(masked, text) if titled else []
    officials = _officials(text, masked, full_names, posts, atoms, people, titled=titled)
    if officials:
        masked = mask(masked, ((o.start, o.end, "P") for o in officials))
    mentions = [*atoms, *posts, *officials]
    if len(mentions) > 1:
        mentions.sort(key=lambda m: (m.start, -m.end, m.type))
    return Scan(text, tuple(mentions), tuple(dates), masked, titled)


def _masked(text: str, atoms: list[Mention], full_names: list[names.Name]) -> str:
    """The text masked by the atoms, the longest last, then by names."""
    spans = [(a.start, a.end, _sign(a)) for a in sorted(atoms, key=lambda a: a.end - a.start)]
    spans += [(n.start, n.end, "P") for n in full_names]
    return mask(text, spans)


def _posts(masked: str, text: str) -> list[Mention]:
    return [Mention(MentionType.POST, p.start, p.end, text[p.start : p.end], p.slug) for p in find_posts(masked, text)]


def _sign(mention: Mention) -> str:
    if mention.id == "UN-SC":
        return "C"
    return _SIGN_OF.get(mention.type) or _SIGN_OF_CITED.get(mention.type, "D")


def _not_in_names(entities: list[Mention], full_names: list[names.Name]) -> list[Mention]:
    """The entities without states that are syllables of a person's name (乍得 in 阿卜杜勒·乍得)."""
    starts = [name.start for name in full_names]
    kept = []
    for entity in entities:
        at = bisect_right(starts, entity.start) - 1
        if at < 0 or entity.type != MentionType.STATE or entity.end > full_names[at].end:
            kept.append(entity)
    return kept


def _citations(text: str) -> list[Mention]:
    found: list[Mention] = []
    for cited in find_resolutions(text):
        found.append(
            Mention(MentionType.RESOLUTION, cited.start, cited.end, text[cited.start : cited.end], cited.symbol)
        )
    for cited in find_symbols(text):
        kind = MentionType.RESOLUTION if is_resolution(cited.symbol) else MentionType.DOCUMENT
        found.append(Mention(kind, cited.start, cited.end, text[cited.start : cited.end], cited.symbol))
    return found


def _entities(text: str, cited: list[Mention]) -> list[Mention]:
    table = _names()
    inside = Cover(len(text) + 1, ((c.start + 1, c.end) for c in cited)) if cited else None
    found: list[Mention] = []
    for index, start, end in table.automaton.find_matches_as_indexes(text):
        entry = table.entries[index]
        if entry is None or (entry.alone and not _stands_alone(text, start, end)):
            continue
        if inside and (inside.meets(start, start + 1) or inside.meets(end, end + 1)):
            continue
        name = entry.name
        if entry.shrinks:  # 利比亚国家军队: 国 belongs to the next word
            name = load_gazetteer().standing(name, text[end : end + 1])
        found.append(Mention(entry.type, start, start + len(name), name, entry.id))
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    return (
        not _WORD.match(text[start - 1 : start])
        and not _WORD.match(text[end : end + 1])
        and text[start - 1 : start] != "/"
    )


def _meetings(text: str) -> list[Mention]:
    found: list[Mention] = []
    if "会议" not in text or "次" not in text:
        return found
    for match in _MEETING.finditer(text):
        number = parse_numeral(match["number"])
        council = _COUNCIL_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
        known = number is not None and (number >= 1000 or (match["number"].isascii() and council is not None))
        found.append(
            Mention(MentionType.MEETING, match.start(), match.end(), match.group(), f"S/PV.{number}" if known else None)
        )
    return found


def _date_mentions(text: str, dates: list[DateExpression]) -> list[Mention]:
    """Dates as mentions. A day without a year takes that of the nearest date before it."""
    found: list[Mention] = []
    year: int | None = None
    for date in dates:
        known = resolve(date, year) if year is not None and date.month is not None else date
        year = date.year or year
        found.append(Mention(MentionType.DATE, date.start, date.end, text[date.start : date.end], known.iso))
    return found


def _officials(
    text: str,
    masked: str,
    full_names: list[names.Name],
    posts: list[Mention],
    atoms: list[Mention],
    people: Iterable[tuple[int, int]],
    *,
    titled: bool,
) -> list[Mention]:
    candidates: list[names.Name] = list(full_names)
    if titled:
        candidates += _beside_titles(text, masked, posts, frozenset(a.start for a in atoms))
    candidates += titled_latin(text)
    signed = list(signed_names(text))
    learned = [names.Name(s, e, text[s:e]) for s, e in people if _LIKE_A_NAME.fullmatch(text[s:e])]
    if not (signed or candidates or learned):
        return []
    found: list[Mention] = []
    known = sorted(candidates, key=lambda n: (n.start, -n.end))
    taken = Cover(len(text), ((m.start, m.end) for m in [*atoms, *posts]))
    for name in (*signed, *known, *learned):  # what grammar knows goes before what was learned
        if taken.meets(name.start, name.end):
            continue
        taken.add(name.start, name.end)
        found.append(Mention(MentionType.OFFICIAL, name.start, name.end, name.text, name.text))
    return sorted(found, key=lambda m: m.start)


def _beside_titles(text: str, masked: str, posts: list[Mention], starts: frozenset[int]) -> list[names.Name]:
    """Names beside posts, offices and forms of address; ``starts``: where a known thing begins."""
    found: list[names.Name] = []
    tried: set[int] = set()
    for post in posts:
        at = post.end
        if text[at : at + 1] in {"、", "："}:
            at += 1
        tried.add(at)
        name = names.after_post(text, at, blocked=starts) or names.latin_name(text, at)
        if name is None and post.text.endswith(_OFFICES_OF_A_STATE) and not starts & {at, at + 1}:
            name = names.short_after(text, at)
        if name:
            found.append(name)
        before = _name_before_post(text, post)
        if before:
            found.append(before)
    found.extend(names.before_honorific(masked))
    found.extend(titled_plain(text, blocked=starts, tried=tried))
    return found


def _name_before_post(text: str, post: Mention) -> names.Name | None:
    """``古特雷斯秘书长``: a plain transliterated name before a post that needs no more words."""
    if post.text not in _SHORT_POSTS:
        return None
    chinese = names.chinese_before(text, post.start)
    if chinese is not None:
        return chinese
    match = _PLAIN_BEFORE.search(text[max(0, post.start - 8) : post.start])
    if not match or match.group() in {"阿拉伯"}:
        return None
    start = past_head(text, post.start - len(match.group()))
    name = text[start : post.start]
    # two characters are a name before the office of a state only, behind a mark or a conjunction: 普京总统
    short = len(name) == 2 and post.text in _OF_A_STATE and names.opens(text, start) and not names.is_word(name)
    return names.Name(start, post.start, name) if len(name) > 2 or short else None
