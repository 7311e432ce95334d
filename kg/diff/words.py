"""Differences in words, Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.export.statements import tell
from kg.export.words import FACTS, VALUES

if TYPE_CHECKING:
    from kg.diff.compare import Difference, FactChange
    from kg.diff.sides import Side, Stated

__all__ = ["FIELDS", "KINDS", "Language", "tell_difference"]

Language = Literal["zh", "en"]

_QUOTE = 160
"""Longer quotes are cut in words; the JSON form has them whole."""

FIELDS: Final[dict[str, str]] = {
    "abstaining": "弃权票",
    "action": "决定",
    "against": "反对票",
    "agenda_item": "议程项目",
    "audience": "听取通报者",
    "basis": "依据",
    "body": "机构",
    "capacity": "职务",
    "chapter_vii": "根据第七章行事",
    "cited": "所引文件",
    "cited_paragraph": "所引段次",
    "concept": "主题词地址",
    "date": "日期",
    "draft": "决议草案",
    "duration": "期限",
    "end_date": "结束日期",
    "form": "形式",
    "format": "会议形式",
    "holder": "任务承担者",
    "holder_label": "任务承担者名称",
    "id": "编号",
    "in_favour": "赞成票",
    "instrument": "文书",
    "kind": "种类",
    "label": "名称",
    "level": "级别",
    "meeting": "会议",
    "meeting_date": "会议日期",
    "meeting_number": "会议次数",
    "modality": "语气",
    "month": "月份",
    "nationality": "国籍",
    "not_participating": "未参加表决",
    "number": "会议次数",
    "on_behalf_of": "所代表者",
    "organization": "组织",
    "paragraph": "段次",
    "person": "人物",
    "post": "职位",
    "recipient": "收信人",
    "record": "会议记录",
    "relation": "关系",
    "resolution": "决议",
    "role": "身份",
    "scheme": "词表",
    "sender_role": "发信人职务",
    "sha256": "文件内容",
    "signatory": "签署人",
    "source": "文件名",
    "state": "国家",
    "status": "状态",
    "symbol": "文号",
    "theme": "主题",
    "time": "时间",
    "title": "标题",
    "topic": "内容",
    "unanimous": "一致通过",
    "until": "期限至",
    "value": "表决",
    "veto": "否决",
    "written_vote": "书面表决",
}
"""Fields in Chinese; in English they are the contract's words."""

KINDS: Final[dict[str, tuple[str, str]]] = {
    "agenda-item": ("议程项目", "agenda items"),
    "day": ("日", "days"),
    "format": ("会议形式", "meeting formats"),
    "graph": ("图的说明", "descriptions of the graph"),
    "holder": ("任务承担者", "mandate holders"),
    "meeting": ("会议", "meetings"),
    "mission": ("特派团", "missions"),
    "month": ("月", "months"),
    "organization": ("组织", "organizations"),
    "person": ("人物", "persons"),
    "post": ("职位", "posts"),
    "post-holding": ("任职", "holdings of posts"),
    "presidency": ("主席任期", "presidencies"),
    "presidential-statement": ("主席声明", "presidential statements"),
    "resolution": ("决议", "resolutions"),
    "state": ("国家", "states"),
    "theme": ("主题", "themes"),
    "-": ("其他", "others"),
}
"""Kinds of thing, by the path of their addresses."""

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "same": "两个图相同：{triples} 条三元组",
        "documents": "文件：新增 {came}，删除 {went}，更正 {changed}",
        "facts": "事实：新增 {came}，删除 {went}，更正 {changed}，仅引文不同 {requoted}",
        "triples": "三元组：新增 {came}，删除 {went}",
        "came document": "新增文件",
        "went document": "删除文件",
        "changed document": "更正文件",
        "came": "新增",
        "went": "删除",
        "changed": "更正",
        "was": "原文",
        "now": "现文",
        "came elsewhere": "原已见于",
        "went elsewhere": "仍见于",
        "page": "第{page}页",
        "kind": "{kind} +{came} −{went}",
        "things": "其他三元组：",
        "none": "无",
        "between": "，",
        "colon": "：",
        "open": "（",
        "close": "）",
        "left": "“",
        "right": "”",
    },
    "en": {
        "same": "the graphs are the same: {triples} triples",
        "documents": "documents: {came} came, {went} went, {changed} changed",
        "facts": "facts: {came} came, {went} went, {changed} changed, {requoted} with other quotes only",
        "triples": "triples: {came} came, {went} went",
        "came document": "document came",
        "went document": "document went",
        "changed document": "document changed",
        "came": "came",
        "went": "went",
        "changed": "changed",
        "was": "was",
        "now": "now",
        "came elsewhere": "stated before in",
        "went elsewhere": "still stated in",
        "page": "page {page}",
        "kind": "{kind} +{came} −{went}",
        "things": "other triples: ",
        "none": "none",
        "between": ", ",
        "colon": ": ",
        "open": " (",
        "close": ")",
        "left": "“",
        "right": "”",
    },
}


def tell_difference(difference: Difference, language: Language) -> str:
    """What differs, for people: documents, then each fact with the words that state it, then what is left in numbers.
    One line where nothing differs."""
    return "\n".join(_Teller(difference, language).lines()) + "\n"


class _Teller:
    def __init__(self, difference: Difference, language: Language) -> None:
        self._found = difference
        self._language: Language = language
        self._words = _WORDS[language]

    def lines(self) -> Iterator[str]:
        found = self._found
        if found.same:
            yield self._words["same"].format(triples=len(found.after.triples))
            return
        yield from self._documents()
        for how, facts, mine, other in (
            ("came", found.came, found.after, found.before),
            ("went", found.went, found.before, found.after),
        ):
            for fact in facts:
                yield f"{self._words[how]}  {self._line(fact, mine)}"
                yield from self._quotes(fact, mine)
                if elsewhere := other.stating(fact):
                    yield f"    {self._words[f'{how} elsewhere']} {self._words['between'].join(elsewhere)}"
        for change in found.changed:
            yield from self._change(change)
        changed = len(found.documents_changed)
        yield self._count("documents", len(found.documents_came), len(found.documents_went), changed)
        yield self._count("facts", len(found.came), len(found.went), len(found.changed))
        yield self._count("triples", *found.triples)
        if found.things:
            kinds = [
                self._words["kind"].format(kind=self._pair(KINDS.get(kind, (kind, kind))), came=came, went=went)
                for kind, (came, went) in found.things.items()
            ]
            yield self._words["things"] + self._words["between"].join(kinds)

    def _count(self, what: str, came: int, went: int, changed: int = 0) -> str:
        return self._words[what].format(came=came, went=went, changed=changed, requoted=self._found.requoted)

    def _documents(self) -> Iterator[str]:
        found = self._found
        for how, names, side in (
            ("came", found.documents_came, found.after),
            ("went", found.documents_went, found.before),
        ):
            for name in names:
                yield f"{self._words[f'{how} document']}  {self._document(name, side)}"
        for change in found.documents_changed:
            fields = self._words["between"].join(self._field(name, *both) for name, both in change.fields.items())
            yield f"{self._words['changed document']}  {change.id}{self._words['colon']}{fields}"

    def _document(self, name: str, side: Side) -> str:
        source = side.documents.get(name, {}).get("source", "")
        return f"{name}{self._words['open']}{PurePosixPath(source).name}{self._words['close']}" if source else name

    def _change(self, change: FactChange) -> Iterator[str]:
        yield f"{self._words['changed']}  {self._line(change.now, self._found.after)}"
        for name in change.names:
            yield f"    {self._field(name, change.was.fields[name], change.now.fields[name])}"
        for how, fact, side in (("was", change.was, self._found.before), ("now", change.now, self._found.after)):
            yield from self._quotes(fact, side, f"{self._words[how]} ")

    def _field(self, name: str, was: Any, now: Any) -> str:
        label = FIELDS.get(name, name) if self._language == "zh" else name.replace("_", " ")
        if name == "sha256":
            was, now = (each[:12] if each else each for each in (was, now))
        return f"{label}{self._words['colon']}{self._value(was)} → {self._value(now)}"

    def _value(self, value: Any) -> str:
        if isinstance(value, list):
            return self._words["between"].join(value) or self._words["none"]
        return self._words["none"] if value is None else self._pair(VALUES.get(value, (value, value)))

    def _line(self, fact: Stated, side: Side) -> str:
        statement = fact.statement
        modality = statement.text("modality") or "asserted"
        parts = [self._pair(FACTS[statement.type])]
        parts += [statement.date] if statement.date else []
        parts += [self._value(modality)] if modality != "asserted" else []
        for part in tell(statement, side.things):
            text = part["zh"] if self._language == "zh" else part.get("en") or part["zh"]
            note = part.get("note")
            text = f"{text}{self._words['open']}{note}{self._words['close']}" if note and note != text else text
            if text != parts[-1]:  # a citation that only cites
                parts.append(text)
        return " · ".join(parts)

    def _quotes(self, fact: Stated, side: Side, before: str = "") -> Iterator[str]:
        where = self._document(fact.document, side)
        for each in fact.evidence:
            page = self._words["between"] + self._words["page"].format(page=each["page"]) if each["page"] else ""
            quote = " ".join(each["quote"].split())
            quote = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
            colon, left, right = (self._words[mark] for mark in ("colon", "left", "right"))
            yield f"    {before}{where}{page}{colon}{left}{quote}{right}"

    def _pair(self, pair: tuple[str, str]) -> str:
        return pair[self._language == "en"]
