"""The words of the picture in Chinese and English: types of node, relations, facts and their values.

Insertion order is the order of the legend. Keys are the contract's; an unknown key is shown as it stands.
"""

from __future__ import annotations

from typing import Final

from kg.vocabulary import CODES, FORMATS

__all__ = ["FACTS", "NODE_TYPES", "RELATIONS", "VALUES", "clean"]

NODE_TYPES: Final[dict[str, tuple[str, str, str]]] = {
    "State": ("国家", "States", "State"),
    "Person": ("人物", "People", "Person"),
    "Organization": ("组织", "Organizations", "Organization"),
    "Mission": ("特派团", "Missions", "Mission"),
    "Holder": ("制裁、小组与授权", "Sanctions, panels, authorizations", "Mandate holder"),
    "Meeting": ("会议", "Meetings", "Meeting"),
    "Presidency": ("主席任期", "Presidencies", "Presidency"),
    "Resolution": ("决议与主席声明", "Resolutions and statements", "Resolution or statement"),
    "Document": ("文件", "Documents", "Document"),
    "Theme": ("主题", "Themes", "Theme"),
}
"""Types of node: Chinese, English in the plural, English in the singular."""

RELATIONS: Final[dict[str, tuple[str, str]]] = {
    "presided": ("担任主席", "held the presidency"),
    "chaired": ("主持", "chaired"),
    "briefed": ("通报", "briefed"),
    "represents": ("代表", "represents"),
    "adopted-at": ("通过于", "adopted at"),
    "voted": ("表决", "voted on"),
    "establish": ("设立", "established"),
    "extend": ("延长任务期限", "extended mandate"),
    "rollover": ("技术性延期", "rolled over"),
    "reauthorize": ("重新授权", "reauthorized"),
    "modify": ("修改任务", "modified mandate"),
    "terminate": ("终止任务", "terminated mandate"),
    "cites": ("援引", "cites"),
    "sent": ("致函", "sent letter"),
    "signed": ("签署", "signed"),
    "reports": ("记载", "reports"),
    "theme": ("主题", "theme"),
    "record": ("会议记录", "record"),
    "during": ("任期内", "during"),
    "appointed": ("任命", "appointed to"),
    "credential": ("全权证书", "credentials for"),
    "set-up": ("所设机构", "set up"),
}
"""Relations, from the thing that acts to the thing that is acted on."""

FACTS: Final[dict[str, tuple[str, str]]] = {
    "letter": ("来信", "Letter"),
    "presidency": ("担任主席", "Presidency"),
    "meeting": ("会议", "Meeting"),
    "chairing": ("主持", "Chaired"),
    "briefing": ("通报", "Briefed"),
    "adoption": ("通过", "Adopted"),
    "vote": ("表决", "Voted"),
    "mandate_decision": ("任务决定", "Mandate decision"),
    "citation": ("援引", "Cited"),
    "appointment": ("任命", "Appointment"),
    "credential": ("全权证书", "Credentials"),
    "committee": ("委员会", "Committee"),
    "press_statement": ("新闻谈话", "Press statement"),
    "subject": ("主题词", "Subject"),
    "participant": ("出席", "Took part"),
}
"""Fact types of the contract."""

_OTHER = {
    # status of appointments
    "intends": ("拟任命", "intends to appoint"),
    "appointed": ("任命", "appointed"),
    # forms of press statements
    "statement": ("新闻谈话", "press statement"),
    "elements": ("新闻要点", "press elements"),
    # kinds of document
    "letter": ("信", "letter"),
    "resolution": ("决议", "resolution"),
    "presidential-statement": ("主席声明", "presidential statement"),
    "press-statement": ("新闻谈话", "press statement"),
    "meeting-record": ("会议记录", "meeting record"),
    "agenda": ("议程", "agenda"),
    "programme-of-work": ("工作方案", "programme of work"),
    "report": ("报告", "report"),
    "note": ("照会", "note"),
    "news": ("新闻", "news"),
    "other": ("文件", "document"),
}

VALUES: Final[dict[str, tuple[str, str]]] = {code.code: (code.zh, code.en) for code in CODES} | FORMATS | _OTHER
"""Closed values of fact fields, from the vocabulary and, where it has none, from here."""


def clean(text: object) -> str:
    """Text without what no file can hold (lone surrogates)."""
    return str(text).encode("utf-8", "replace").decode("utf-8")
