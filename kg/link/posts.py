"""Posts: the capacity in which someone acts, taken apart and given a key.

``负责利比亚问题秘书长特别代表兼联合国利比亚支助团(联利支助团)团长`` names two posts; 团长 of UNSMIL is one of
them, however the mission is called. ``秘书长``, ``联合国秘书长`` and ``新任联合国秘书长`` are the same post;
``东盟秘书长`` is another, ``前秘书长`` is none that is held.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import MentionType
from kg.text import normalize

if TYPE_CHECKING:
    from kg.gazetteer import Entry, Gazetteer

__all__ = ["Post", "organization_of", "posts_in"]

_HEADS = (
    "代表|团长|秘书长|特使|主席|主任|部长|大臣|总理|总统|首相|大使|总干事|专员|协调员|司令|指挥官|负责人|行长|顾问|司长"
    "|检察官|庭长|监察员|参赞"
)
# 特别代表、…团长 are two posts, 主管中东、亚洲及太平洋助理秘书长 is one: only after a title. Two characters tell.
_AND = re.compile(rf"兼任?|(?<={'|'.join(sorted({head[-2:] for head in _HEADS.split('|')}))})、")
_BRACKETED = re.compile(r"\((?![^()]*\d)[^()]*\)")  # (联利支助团), not 第1970(2011)号
_NEWLY = re.compile(r"^(?:新任|时任|现任)")
_FORMER = re.compile(r"^(?:前任?|原|已故)(?!线|沿|哨)")
_FOR_ANOTHER = re.compile(r"^代表.")  # 代表…委员会主席: that chair's post, not the speaker's
_NO_OWNER = re.compile(r"^(?:问题|局势|事务|地区|境内|及|和|与|、|人民|政府间)")
_GENERIC = re.compile(rf"(?:联合国)?(?:秘书长)?(?:副|助理|高级|特别|个人|临时|代理|常驻)*(?:{_HEADS})")
_OWNERS = (MentionType.STATE, MentionType.MISSION, MentionType.ORGANIZATION)
_UNITED_NATIONS = "UN"
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Post:
    """``key``: letters, digits and ``-`` (a gazetteer's id, or a hash of ``title``; with ``-`` and the owner's id).

    ``title``: normal text without its owner; ``owner``: State, Mission or Organization that has the post, where known;
    ``entry``: the gazetteer's entry of the title; ``former``: it was held before; ``specific``: at any time one
    person has it, as far as its name goes, so that it tells people of one surname apart.
    """

    key: str
    title: str
    owner: Entry | None = None
    entry: Entry | None = None
    former: bool = False
    specific: bool = False


def organization_of(id: str | None, gazetteer: Gazetteer) -> Entry | None:  # noqa: A002 - the contract's word
    """The State, Mission or Organization with that id."""
    if id is None:
        return None
    return next((entry for type_ in _OWNERS if (entry := gazetteer.get(type_, id))), None)


def posts_in(capacity: str | None, gazetteer: Gazetteer, owner: str | None = None) -> tuple[Post, ...]:
    """The posts that a capacity names, in its order. ``owner``: id of the state or body that the fact names.

    Nothing for a capacity on another's behalf (``代表…委员会主席``).
    """
    if not capacity:
        return ()
    text = _BRACKETED.sub("", normalize(capacity)[0]).strip(" ,，、。“”")
    if _FOR_ANOTHER.match(text):
        return ()
    named = organization_of(owner, gazetteer)
    parts = [part.strip(" 的") for part in _AND.split(text)]
    return tuple(dict.fromkeys(_post(part, gazetteer, named) for part in parts if part))


def _post(text: str, gazetteer: Gazetteer, named: Entry | None) -> Post:
    former = bool(_FORMER.match(text))
    text = _FORMER.sub("", _NEWLY.sub("", text)) or text
    printed, title = _owner(text, gazetteer)
    whole = _entry(text, gazetteer)
    entry = whole or _entry(title, gazetteer)
    if whole and printed:
        owner, title = None, text  # 安全理事会主席 is one entry: its body is in its name
    else:
        owner = printed or named
    if owner and owner.id == _UNITED_NATIONS:
        owner = None  # 联合国秘书长 is 秘书长
    core = entry.id if entry else hashlib.sha256(title.encode("utf-8")).hexdigest()[:16]
    key = f"{core}-{owner.id}" if owner else core
    return Post(key, title, owner, entry, former, owner is not None or _tells(title, entry, whole and printed))


def _tells(title: str, entry: Entry | None, names_its_body: Entry | None) -> bool:
    """Whether a post without an owner is still one and not any: 秘书长, 安全理事会主席, 主管和平行动副秘书长."""
    if names_its_body or (entry and entry.id == "secretary-general") or title == "秘书长":
        return True
    return not _GENERIC.fullmatch(title) and not (entry and entry.kind != "un")


def _owner(text: str, gazetteer: Gazetteer) -> tuple[Entry | None, str]:
    """The longest name of a state or body at the start of ``text``, and the rest, which has to be a title by itself."""
    names = gazetteer.names()
    for length in range(min(len(text) - 1, _LONGEST_NAME), 1, -1):
        found = [entry for entry in names.get(text[:length], ()) if entry.type in _OWNERS]
        rest = text[length:].removeprefix("的")
        if len(found) == 1 and rest and not _NO_OWNER.match(rest):
            return found[0], rest
    return None, text


def _entry(title: str, gazetteer: Gazetteer) -> Entry | None:
    found = [entry for entry in gazetteer.names().get(title, ()) if entry.type is MentionType.POST]
    return found[0] if len(found) == 1 else None
