"""The body behind a post: the office that an envoy heads, the panel of a co-ordinator, the committee of a chair.

``秘书长也门问题特使`` heads ``OSESG-YEMEN``, ``联合国黎巴嫩问题副特别协调员`` is of ``UNSCOL``: told from the names of such offices. What the post
of a panel or committee leaves out (``专家小组协调员``, ``委员会主席``) is the one that its sentence names, else the one of the document.
Refused: envoys of others (欧洲联盟非洲之角问题特别代表), envoys without an office (秘书长青年问题特使), former ones.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.gazetteer import load_gazetteer
from kg.gazetteer.holders import load_holders
from kg.model import MentionType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.extract.view import View
    from kg.model import Mention

__all__ = ["committee_behind", "office_of", "panel_behind"]

_PANELS = ("panel-of-experts-", "group-of-experts-", "monitoring-")
_COMMITTEE = "committee-"
_OFFICE = re.compile(r"(?P<post>.{4,}(?:特使|特别协调员|特别顾问|特别代表|高级专员))(?:办事处|办公室)")
_FILLING = re.compile(r"联合国|秘书长|负责|主管|关于|问题|事务|[的副]|代理|新任|现任|候任|驻地?|\([^()]*\)")
"""What one title says and another leaves out: 负责…问题的秘书长特别代表, 秘书长…问题副特别代表."""
_PARTS = re.compile(r"兼任?|、|，")


@cache
def _offices() -> dict[str, str]:
    """Ids of offices by the post that heads them, its filling left out."""
    found: dict[str, str] = {}
    for name, entries in load_gazetteer().names().items():
        office = _OFFICE.fullmatch(name)
        if office and len(entries) == 1:
            found[_FILLING.sub("", office["post"])] = entries[0].id
    return found


def office_of(title: str) -> str | None:
    """Id of the office that a post of ``title`` (normal text) is of, or None."""
    for part in _PARTS.split(title):
        if "前任" not in part and (found := _offices().get(_FILLING.sub("", part))):
            return found
    return None


def panel_behind(title: str, near: Iterable[Mention], view: View) -> str | None:
    """Id of the panel whose post a title that names none is: 专家小组协调员, 该小组成员. ``near``: the mentions of its sentence."""
    if not re.match(r"(?:[该本]|联合国)?(?:专家小组|专家组|监测组|监察组|小组)(?!委员会)的?", title):
        return None
    mentions = list(near)
    for among in (mentions, view.mentions):
        panels = {m.id for m in among if m.id and m.id.startswith(_PANELS)}
        if len(panels) == 1:
            return panels.pop()
        committee = _committee(among)
        if committee is not None:
            return _panel_of(committee)
    return None


def committee_behind(title: str, near: Iterable[Mention], view: View) -> str | None:
    """Id of the committee of the Council whose chair a title that names none is: 委员会主席, 该委员会副主席."""
    if not re.match(r"(?:[该本])?委员会的?副?主席", title):
        return None
    return _committee(near) or _committee(view.mentions)


def _committee(mentions: Iterable[Mention]) -> str | None:
    ids = {m.id for m in mentions if m.type is MentionType.ORGANIZATION and m.id and m.id.startswith(_COMMITTEE)}
    return ids.pop() if len(ids) == 1 else None


@cache
def _panel_of(committee: str) -> str | None:
    """The panel of experts that works for a committee: of the same resolution, or named after it."""
    number = committee.removeprefix(_COMMITTEE)
    for holder in load_holders():
        if holder.id.startswith(_PANELS) and holder.id.endswith(f"-{number}"):
            return holder.id
    entry = load_gazetteer().get(MentionType.ORGANIZATION, committee)
    named = load_holders().by_label(f"{entry.zh.removeprefix('安全理事会')}专家小组") if entry else None
    return named.id if named and named.id.startswith(_PANELS) else None
