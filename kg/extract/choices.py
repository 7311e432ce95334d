"""The words that each match of a pattern holds, read off the pattern's own parse tree.

`choices` tells a row of *choices*: sets of words of which each match holds at least one (``(?:延长|展延)[^。]*任期``: one of 延长 and 展延,
and 任期). What the tree does not tell for sure (classes of many characters, what may be left out, what must not stand there) is
passed over, so a choice is never wrong, but there may be none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from kg.pipeline.mask import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Choice", "choices", "compile_opened", "opened"]

Choice = frozenset[str]
"""Words of which a match holds at least one; a mention's sign (`kg.pipeline.mask`) is a character like others."""

_MOST = 32
"""Words of a choice: of more, nearly every sentence holds one."""
_USEFUL = 3
"""Choices of a pattern, the rarest first: the others turn away hardly a sentence more."""
_EMPTY = frozenset({""})
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_PLAIN = (op.LITERAL, op.IN, op.AT)
"""What `re` sees by itself, at the front of a pattern, of where a match can begin."""
_AHEAD = 1
"""The direction of a look ahead."""
_ZERO_WIDTH = (op.AT, op.ASSERT_NOT)
_OFTEN = (
    "的61 ，59 。51 和42 在28 «S»25 «C»21 «D»21 国21 以20 、20 有20 作19 为19 对19 «O»19 一18 «T»18 会17 "
    "人17 员17 与16 定16 并15 于14 其14 ；14 及14 了14 任14 所13 中12 各12 包括11 «F»11 (11 )11 出11 将10 不10 "
    "期10 展9 这9 «P»9 是9 «B»9 «R»9 续9 到8 执行8 内8 工作8 可8 分8 以及8 «M»8 权8 时7 此7 间7 指7 通过7 应7 题7 请7 "
    "报告7 第7 下7 成员6 支持6 上6 后6 当6 继6 任务6 继续6 现6 情况6 提供6 同6 强调6 关于6 所有5 政府5 次5 表示5 国家5 向5 根据5 还5 "
    "该5 就5 问题5 举行5 受5 指出5 来5 本5 由5 而5 ：5 至5 决议5 «Q»5 局势5 有关4 重申4 前4 自4 组织4 年4 延4 系4 通报4 开展4 "
    "或4 规定4 措施4 段4 致4 决定4 活动4 会员国4 正4 委员会4 进行4 席4 经4 加强4"
)
"""Words of the patterns, each with the sentences of a hundred in which it stands: resolutions, reports, letters and news, a quarter each."""
_SHARE = {
    (expand(f"«:{word[1]}»")[0] if word[0] == "«" else word): int(percent) / 100
    for word, percent in re.findall(r"(\D+)(\d+) ?", _OFTEN)
}
_SHARE_BY_LENGTH = (1, 0.01, 0.004, 0.001)
"""Of all other words."""

Item = tuple[Any, Any]
"""An operation of the tree and its argument."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a part of a pattern tells: all that it can match, where that is a few words (else None); choices within it."""

    words: Choice | None
    inside: tuple[Choice, ...] = ()

    def all(self) -> tuple[Choice, ...]:
        """Its choices, its own words among them."""
        own = () if self.words is None or "" in self.words else (self.words,)
        return (*self.inside, *own)


_NOTHING = _Told(None)


def choices(pattern: str) -> tuple[Choice, ...]:
    """The choices of a pattern, the rarest first; none where nothing is certain."""
    tree = parser.parse(pattern)
    if tree.state.flags & op.SRE_FLAG_IGNORECASE:
        return ()
    found = {_least(choice) for choice in _row(tree).all()}
    best = sorted((c for c in found if _common(c) < 1), key=lambda c: (_common(c), sorted(c)))
    return tuple(best[:_USEFUL])


def _row(items: Iterable[Item]) -> _Told:
    """Of items one behind another: words that touch make longer ones."""
    inside: list[Choice] = []
    run, whole = _EMPTY, True
    for item in items:
        told = _one(item)
        inside += told.inside
        if item[0] is op.ASSERT and item[1][0] == _AHEAD:  # what must stand there makes longer words
            ahead = _row(item[1][1]).words
            inside += _Told(ahead and _joined(run, ahead)).all()
        longer = _joined(run, told.words) if told.words is not None else None
        if longer is not None:
            run = longer
            continue
        inside += _Told(run).all()
        whole = whole and run == _EMPTY
        run = told.words if told.words is not None else _EMPTY
        whole = whole and told.words is not None
    return _Told(run, tuple(inside)) if whole else _Told(None, (*inside, *_Told(run).all()))


def _joined(one: Choice, other: Choice) -> Choice | None:
    """The words of one part with those of the next, where they are not too many."""
    return frozenset(a + b for a in one for b in other) if len(one) * len(other) <= _MOST else None


def _one(item: Item) -> _Told:
    kind, value = item
    if kind is op.LITERAL:
        return _Told(frozenset({chr(value)}))
    if kind is op.IN:
        return _Told(_characters(value))
    if kind is op.BRANCH:
        return _either([_row(alternative) for alternative in value[1]])
    if kind is op.SUBPATTERN:
        return _NOTHING if value[1] or value[2] else _row(value[3])
    if kind is op.ATOMIC_GROUP:
        return _row(value)
    if kind is op.ASSERT:
        return _Told(_EMPTY, _row(value[1]).all())
    if kind in _ZERO_WIDTH:
        return _Told(_EMPTY)
    if kind in _REPEATS:
        return _repeated(*value)
    return _NOTHING


def _characters(items: Sequence[Item]) -> Choice | None:
    """The characters of a class, if they are few."""
    found: set[str] = set()
    for kind, value in items:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < _MOST:
            found |= set(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= _MOST else None


def _repeated(least: int, most: int, items: Iterable[Item]) -> _Told:
    told = _row(items)
    if least == 0:
        return _Told(told.words | _EMPTY) if most == 1 and told.words is not None else _NOTHING
    return _Told(None, told.all())


def _either(alternatives: Sequence[_Told]) -> _Told:
    """One of several parts: their words together, and the rarest choice of each."""
    words = [told.words for told in alternatives]
    known = frozenset().union(*(w for w in words if w is not None))
    whole = known if None not in words and len(known) <= _MOST else None
    best = [min(told.all(), key=_common, default=None) for told in alternatives]
    if None in best:
        return _Told(whole)
    one = _least(frozenset().union(*(b for b in best if b is not None)))
    return _Told(whole, (one,) if len(one) <= _MOST else ())


def opened(pattern: str) -> str:
    """The pattern behind a look at the character with which a match can begin, where these are known and `re` does not find them out by
    itself: it tries a pattern whose first words may be left out at every character."""
    tree = parser.parse(pattern)
    first = None if tree.state.flags & op.SRE_FLAG_IGNORECASE or _is_plain(tree) else _openings(tree)
    return f"(?=[{re.escape(''.join(sorted(first)))}])(?:{pattern})" if first else pattern


def compile_opened(pattern: str) -> re.Pattern[str]:
    """The pattern (`kg.pipeline.mask`) `opened` and compiled."""
    return re.compile(opened(expand(pattern)))


def _is_plain(items: Sequence[Item]) -> bool:
    """Whether `re` knows with which characters a pattern begins."""
    if not items:
        return False
    kind, value = items[0]
    if kind is op.SUBPATTERN:
        return _is_plain(value[3])
    if kind is op.BRANCH:
        return all(way and way[0][0] is op.LITERAL for way in value[1])
    return kind in _PLAIN


def _openings(items: Iterable[Item]) -> frozenset[str] | None:
    """With which characters a row of items can begin; None where these are not known, or where it can be empty."""
    found: frozenset[str] = frozenset()
    for kind, value in items:
        if kind in _ZERO_WIDTH or kind is op.ASSERT:
            continue
        ways: list[Any]
        empty = False
        if kind is op.LITERAL or kind is op.IN:
            characters = _characters([(kind, value)] if kind is op.LITERAL else value)
            return None if characters is None else found | characters
        if kind is op.BRANCH:
            ways = list(value[1])
        elif kind is op.SUBPATTERN and not (value[1] or value[2]):
            ways = [value[3]]
        elif kind in _REPEATS:
            ways, empty = [value[2]], value[0] == 0
        else:
            return None
        first = [_openings(way) for way in ways]
        if None in first:
            return None
        found = found.union(*(f for f in first if f is not None))
        if not empty:
            return found
    return None


def _least(choice: Choice) -> Choice:
    """The same choice without words that hold another of its words."""
    return frozenset(w for w in choice if not any(o != w and o in w for o in choice))


def _common(choice: Choice) -> float:
    """In which share of sentences one of the words stands, roughly."""
    return sum(_SHARE.get(word) or _SHARE_BY_LENGTH[min(len(word), 3)] for word in choice)
