"""Documents and facts made up after the seeds, and a small gazetteer, for tests of what comes after extraction."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.gazetteer import Entry, Gazetteer
from kg.link.identity import name_uses, resolve
from kg.model import (
    Adoption,
    Appointment,
    Briefing,
    Chairing,
    Citation,
    Committee,
    Credential,
    Document,
    DocumentKind,
    Evidence,
    Extraction,
    Fact,
    Letter,
    MandateDecision,
    Meeting,
    Mention,
    MentionType,
    Modality,
    OffsetMap,
    Paragraph,
    Participant,
    Presidency,
    PressStatement,
    Section,
    StatedBy,
    Status,
    Subject,
    Vote,
)
from kg.triples import authority_quads, document_graph, identity_quads, sorted_lines
from kg.triples.text import split_line
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.link.judgements import Judgement

__all__ = [
    "ALL",
    "ASSESSMENT",
    "EVERYTHING",
    "GAZETTEER",
    "LETTER",
    "MANDATES",
    "RECORD",
    "SHORT",
    "document",
    "extraction",
    "graph",
    "nodes",
    "unmiss",
]

_STATE, _MISSION, _BODY, _POST = MentionType.STATE, MentionType.MISSION, MentionType.ORGANIZATION, MentionType.POST


def _state(iso3: str, zh: str, en: str, iso2: str, m49: str, wikidata: str, formal: str | None = None) -> Entry:
    unbis = f"http://metadata.un.org/thesaurus/1{m49}000"
    return Entry(
        iso3, _STATE, zh, en, formal, kind="member", iso2=iso2, m49=m49, wikidata=wikidata, unbis=unbis, source="UNTERM"
    )


GAZETTEER = Gazetteer(
    entries=(
        _state("CHN", "中国", "China", "CN", "156", "Q148", "中华人民共和国"),
        _state("VNM", "越南", "Viet Nam", "VN", "704", "Q881"),
        _state("SWE", "瑞典", "Sweden", "SE", "752", "Q34"),
        _state("SSD", "南苏丹", "South Sudan", "SS", "728", "Q958"),
        _state("CAF", "中非共和国", "Central African Republic", "CF", "140", "Q929"),
        _state("RUS", "俄罗斯联邦", "Russian Federation", "RU", "643", "Q159"),
        Entry(
            *("UNMISS", _MISSION, "南苏丹特派团", "UNMISS", "联合国南苏丹特派团"),
            en_formal="United Nations Mission in South Sudan",
            aliases=("UNMISS",),
            kind="peacekeeping",
            start="2011",
            established_by="S/RES/1996(2011)",
            parent="UN-SC",
            states=("SSD",),
            source="DPO",
        ),
        Entry("UNSMIL", _MISSION, "联利支助团", "UNSMIL", "联合国利比亚支助团", kind="political", source="DPPA"),
        Entry("UN", _BODY, "联合国", "United Nations", kind="organ", source="UNTERM"),
        Entry("UN-SC", _BODY, "安全理事会", "Security Council", aliases=("安理会",), kind="organ", source="UNTERM"),
        Entry("ASEAN", _BODY, "东盟", "ASEAN", "东南亚国家联盟", kind="regional", source="UNTERM"),
        Entry(
            "secretary-general", _POST, "秘书长", "Secretary-General", aliases=("联合国秘书长",), kind="un", source="-"
        ),
        Entry(
            *("permanent-representative", _POST, "常驻联合国代表", "Permanent Representative to the United Nations"),
            aliases=("常驻代表",),
            kind="state",
            source="-",
        ),
        Entry(
            "foreign-minister",
            _POST,
            "外交部长",
            "Minister for Foreign Affairs",
            aliases=("外交大臣",),
            kind="state",
            source="-",
        ),
        Entry(
            "council-president", _POST, "安全理事会主席", "President of the Security Council", kind="body", source="-"
        ),
        Entry("head-of-mission", _POST, "团长", "Head of Mission", kind="un", source="-"),
    ),
    holders=(
        Entry("panel-of-experts-2127", _BODY, "中非共和国问题专家小组", "Panel of Experts", kind="panel", source="-"),
        Entry("sanctions-2127", _BODY, "中非共和国制裁制度", "sanctions regime", kind="sanctions", source="-"),
    ),
)


def document(
    id_: str,
    text: str,
    *,
    date: str | None = None,
    symbol: str | None = None,
    kind: DocumentKind = DocumentKind.LETTER,
    title: str | None = None,
    pages: tuple[int, ...] = (),
) -> Document:
    """A document whose file has a byte order mark's worth of layout before every line: each line is a paragraph."""
    paragraphs: list[Paragraph] = []
    positions: list[int] = []
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        end = start + len(line.rstrip("\n"))
        paragraphs.append(Paragraph(start, end, "prose"))
        positions += [i + 3 * (number + 1) for i in range(start, start + len(line))]
        start += len(line)
    return Document(
        id=id_,
        source=f"somewhere/{id_}.txt",
        sha256=hashlib.sha256(id_.encode()).hexdigest(),
        text=text,
        to_file=OffsetMap.of(positions),
        encoding="utf-8",
        kind=kind,
        symbol=symbol,
        date=date,
        title=title,
        paragraphs=tuple(paragraphs),
        page_starts=pages,
    )


def extraction(
    doc: Document, *said: tuple[Fact, str], mentions: Iterable[tuple[MentionType, str, str | None]] = ()
) -> Extraction:
    """``said``: facts, each with the words of the document that say it; ``mentions``: type, words, id."""
    facts = [_with_evidence(doc, fact, quote) for fact, quote in said]
    found = []
    for type_, words, id_ in mentions:
        start = doc.text.index(words)
        found.append(Mention(type_, start, start + len(words), words, id_))
    return Extraction(doc, tuple(found), tuple(facts))


def _with_evidence(doc: Document, fact: Fact, quote: str) -> Fact:
    start = doc.text.index(quote)
    return replace(fact, evidence=(Evidence(start, start + len(quote), quote),), rule=fact.rule or f"{fact.type}.test")


_ASKED = Modality.PLANNED
_PLAN = Status.PLANNED
_HELD = Status.HELD

_LETTER_TEXT = """2022年8月12日中国常驻联合国代表给秘书长的信
谨通知阁下，中国作为安全理事会2022年8月轮值主席，将于2022年8月22日举办以“加强对话合作，维护共同安全”为主题的安全理事会通报会。
中华人民共和国常驻联合国代表 特命全权大使 张军(签名)
通报会将由中华人民共和国常驻联合国代表张军大使主持。
下列发言者将向安理会通报情况：联合国秘书长安东尼奥·古特雷斯先生；审议大会主席古斯塔沃·斯劳维宁大使
1992年，布特罗斯·布特罗斯-加利秘书长提出“和平纲领”。
"""
_THEME = "加强对话合作，维护共同安全"
_LETTER_TITLE = "2022年8月12日中国常驻联合国代表给秘书长的信"
_LETTER = replace(
    document("letter-2022", _LETTER_TEXT, date="2022-08-12", title=_LETTER_TITLE),
    sections=(
        Section(f"{_LETTER_TITLE}的附件", 0, None, "annex", _LETTER_TEXT.index("下列发言者"), len(_LETTER_TEXT)),
        Section(f"{_LETTER_TITLE}的附文", 0, None, "annex", _LETTER_TEXT.index("1992年"), len(_LETTER_TEXT)),
    ),
)
LETTER = extraction(
    _LETTER,
    (
        Letter(
            date="2022-08-12",
            state="CHN",
            sender_role="常驻联合国代表",
            signatory="张军",
            recipient="秘书长",
            on_behalf_of="和平之友小组",
        ),
        "2022年8月12日中国常驻联合国代表给秘书长的信",
    ),
    (Presidency(state="CHN", month="2022-08"), "中国作为安全理事会2022年8月轮值主席"),
    (
        Meeting(
            date="2022-08-22",
            format="briefing",
            theme=_THEME,
            status=_PLAN,
            body="UN-SC",
            time="10:00",
            modality=_ASKED,
        ),
        "将于2022年8月22日举办以“加强对话合作，维护共同安全”为主题的安全理事会通报会",
    ),
    (
        Chairing(
            date="2022-08-22",
            format="briefing",
            body="UN-SC",
            state="CHN",
            person="张军",
            capacity="常驻联合国代表",
            status=_PLAN,
            modality=_ASKED,
        ),
        "通报会将由中华人民共和国常驻联合国代表张军大使主持",
    ),
    (
        Briefing(
            date="2022-08-22",
            format="briefing",
            person="安东尼奥·古特雷斯",
            capacity="联合国秘书长",
            organization="UN",
            status=_PLAN,
            modality=_ASKED,
        ),
        "联合国秘书长安东尼奥·古特雷斯先生",
    ),
    mentions=[
        (_STATE, "中国", "CHN"),
        (_BODY, "安全理事会", "UN-SC"),
        (MentionType.OFFICIAL, "安东尼奥·古特雷斯", "a"),
        (MentionType.OFFICIAL, "布特罗斯·布特罗斯-加利", "b"),
        (_POST, "秘书长", "secretary-general"),
        (MentionType.DATE, "2022年8月22日", "2022-08-22"),
    ],
)
"""A letter with a concept note: all planned (after seed 001)."""

_ASSESSMENT_TEXT = """越南担任主席期间(2020年1月)安全理事会工作评价
1月31日，安理会以13票赞成、0票反对、2票弃权通过了第2507(2020)号决议，将制裁制度的任务期限延长至2020年7月31日，将专家小组的任务期限延长至8月31日。
1月6日，安理会在磋商中听取了负责利比亚问题秘书长特别代表兼联合国利比亚支助团(联利支助团)团长加桑·萨拉梅的通报。磋商结束后发表了新闻要点。
1月29日上午，安理会在一次通报会上听取了副秘书长马克·洛科克的通报。
1月29日下午，安理会举行了通报会，副特使豪拉·马塔尔作了通报。
1月30日，安理会听取了东盟秘书长林玉辉和秘书长的通报。马蒂亚斯·利夏茨代表第1970(2011)号决议所设委员会主席作了通报。
1月9日、10日和13日，安理会举行了以“捍卫《联合国宪章》”为主题的部长级公开辩论会，越南副总理兼外交部长范平明主持，会上通过了主席声明S/PRST/2020/1。
见秘书长的报告(S/2019/1005)。
"""
_ASSESSMENT = document(
    "S-2020-270", _ASSESSMENT_TEXT, date="2020-03-31", symbol="S/2020/270", title="越南担任主席期间安全理事会工作评价"
)
_VOTED = "安理会以13票赞成、0票反对、2票弃权通过了第2507(2020)号决议"
_SALAME = "负责利比亚问题秘书长特别代表兼联合国利比亚支助团(联利支助团)团长"
_REPORTED = Modality.REPORTED
ASSESSMENT = extraction(
    _ASSESSMENT,
    (Presidency(state="VNM", month="2020-01"), "越南担任主席期间(2020年1月)"),
    (
        Adoption(
            instrument="S/RES/2507(2020)",
            date="2020-01-31",
            body="UN-SC",
            in_favour=13,
            against=0,
            abstaining=2,
            unanimous=False,
        ),
        _VOTED,
    ),
    (
        MandateDecision(
            instrument="S/RES/2507(2020)",
            action="extend",
            holder="sanctions-2127",
            holder_label="制裁制度",
            until="2020-07-31",
            date="2020-01-31",
            modality=_REPORTED,
        ),
        "将制裁制度的任务期限延长至2020年7月31日",
    ),
    (
        MandateDecision(
            instrument="S/RES/2507(2020)",
            action="extend",
            holder="panel-of-experts-2127",
            holder_label="专家小组",
            until="2020-08-31",
            date="2020-01-31",
            modality=_REPORTED,
        ),
        "将专家小组的任务期限延长至8月31日",
    ),
    (Citation(cited="S/RES/2507(2020)"), "第2507(2020)号决议"),
    (Meeting(date="2020-01-06", format="consultations", status=_HELD, body="UN-SC"), "1月6日，安理会在磋商中听取了"),
    (
        Briefing(
            date="2020-01-06",
            format="consultations",
            person="加桑·萨拉梅",
            capacity=_SALAME,
            organization="UNSMIL",
            audience="安理会成员",
            status=_HELD,
        ),
        f"听取了{_SALAME}加桑·萨拉梅的通报",
    ),
    (PressStatement(date="2020-01-06", topic="利比亚", form="elements"), "磋商结束后发表了新闻要点"),
    (Meeting(date="2020-01-29", format="briefing", status=_HELD, body="UN-SC"), "1月29日上午，安理会在一次通报会上"),
    (
        Briefing(date="2020-01-29", format="briefing", person="马克·洛科克", capacity="副秘书长", status=_HELD),
        "听取了副秘书长马克·洛科克的通报",
    ),
    (Meeting(date="2020-01-29", format="briefing", status=_HELD, body="UN-SC"), "1月29日下午，安理会举行了通报会"),
    (
        Briefing(date="2020-01-29", format="briefing", person="豪拉·马塔尔", capacity="副特使", status=_HELD),
        "副特使豪拉·马塔尔作了通报",
    ),
    (Briefing(date="2020-01-30", format="briefing", capacity="秘书长", status=_HELD), "和秘书长的通报"),
    (
        Briefing(
            date="2020-01-30",
            format="briefing",
            person="林玉辉",
            capacity="东盟秘书长",
            organization="ASEAN",
            status=_HELD,
        ),
        "东盟秘书长林玉辉",
    ),
    (
        Briefing(
            date="2020-01-30",
            format="briefing",
            person="马蒂亚斯·利夏茨",
            capacity="代表第1970(2011)号决议所设委员会主席",
            status=_HELD,
        ),
        "马蒂亚斯·利夏茨代表第1970(2011)号决议所设委员会主席作了通报",
    ),
    (Committee(resolution="S/RES/1970(2011)", label="第1970(2011)号决议所设委员会"), "第1970(2011)号决议所设委员会"),
    (
        Meeting(
            date="2020-01-09",
            end_date="2020-01-13",
            format="open-debate",
            level="ministerial",
            theme="捍卫《联合国宪章》",
            agenda_item="维护国际和平与安全",
            status=_HELD,
            body="UN-SC",
        ),
        "1月9日、10日和13日，安理会举行了以“捍卫《联合国宪章》”为主题的部长级公开辩论会",
    ),
    (
        Chairing(
            date="2020-01-09",
            format="open-debate",
            body="UN-SC",
            state="VNM",
            person="范平明",
            capacity="副总理兼外交部长",
            status=_HELD,
        ),
        "越南副总理兼外交部长范平明主持",
    ),
    (Adoption(instrument="S/PRST/2020/1", date="2020-01-09", body="UN-SC"), "会上通过了主席声明S/PRST/2020/1"),
    (Citation(cited="S/2019/1005"), "S/2019/1005"),
    mentions=[
        (_STATE, "越南", "VNM"),
        (_MISSION, "联合国利比亚支助团", "UNSMIL"),
        (MentionType.RESOLUTION, "第2507(2020)号决议", "S/RES/2507(2020)"),
        (MentionType.DOCUMENT, "S/2019/1005", "S/2019/1005"),
    ],
)
"""An assessment of a month: all held or decided (after seed 002)."""

_SHORT = document(
    "letter-2018", "古特雷斯秘书长指出，多边主义是最佳道路。\n联合国秘书长古特雷斯将与会通报。\n", date="2018-11-01"
)
SHORT = extraction(
    _SHORT,
    (
        Briefing(
            date="2018-11-09",
            format="open-debate",
            person="古特雷斯",
            capacity="联合国秘书长",
            organization="UN",
            status=_PLAN,
            modality=_ASKED,
        ),
        "联合国秘书长古特雷斯将与会通报",
    ),
    mentions=[(MentionType.OFFICIAL, "古特雷斯", "g"), (_POST, "秘书长", "secretary-general")],
)
"""A surname with a post, in a document that never gives the name in full (after seed 000)."""

_RECORD = document(
    "summary-2017",
    "2017年1月10日，公开辩论由瑞典外交大臣马戈特·瓦尔斯特伦主持(见S/PV.7857)。\n第7857次会议。\n",
    date="2017-01-31",
    kind=DocumentKind.REPORT,
)
RECORD = extraction(
    _RECORD,
    (
        Meeting(
            date="2017-01-10",
            format="open-debate",
            theme="预防冲突和保持和平",
            status=_HELD,
            record="S/PV.7857",
            body="UN-SC",
        ),
        "2017年1月10日，公开辩论",
    ),
    (
        Chairing(
            date="2017-01-10",
            format="open-debate",
            body="UN-SC",
            state="SWE",
            person="马戈特·瓦尔斯特伦",
            capacity="外交大臣",
            status=_HELD,
        ),
        "瑞典外交大臣马戈特·瓦尔斯特伦主持",
    ),
    mentions=[(MentionType.MEETING, "第7857次会议", "S/PV.7857")],
)
"""A held meeting whose number is known (after seed 004)."""


def unmiss(*leave_out: int) -> Extraction:
    """The decisions on UNMISS of 2011 to 2016, without the resolutions of these numbers: with all of them, no gap."""
    decisions = [
        (1996, "2011-07-08", "2012-07-09", "establish"),
        (2057, "2012-07-05", "2013-07-15", "extend"),
        (2109, "2013-07-11", "2014-07-15", "extend"),
        (2155, "2014-05-27", "2014-11-30", "extend"),
        (2187, "2014-11-25", "2015-05-30", "extend"),
        (2223, "2015-05-28", "2015-11-30", "extend"),
        (2241, "2015-10-09", "2015-12-15", "extend"),
        (2252, "2015-12-15", "2016-07-31", "extend"),
        (2302, "2016-07-29", "2016-08-12", "rollover"),
        (2304, "2016-08-12", "2016-12-15", "extend"),
        (2326, "2016-12-15", "2016-12-16", "rollover"),
        (2327, "2016-12-16", "2017-12-15", "extend"),
    ]
    text = "".join(f"第{number}({day[:4]})号决议：南苏丹特派团，至{until}。\n" for number, day, until, _ in decisions)
    doc = document("unmiss", text, kind=DocumentKind.REPORT)
    facts = (
        (
            MandateDecision(
                instrument=f"S/RES/{number}({day[:4]})",
                paragraph="1",
                action=action,
                holder="UNMISS",
                holder_label="南苏丹特派团",
                until=until,
                date=day,
                modality=_REPORTED,
            ),
            f"第{number}({day[:4]})号决议",
        )
        for number, day, until, action in decisions
        if number not in leave_out
    )
    return extraction(doc, *facts)


MANDATES = unmiss()

_EVERYTHING_TEXT = "一。二。三。四。五。六。七。八。九。十。\n另一段。\n"
_EVERYTHING = document(
    "S-RES-2600-2021",
    _EVERYTHING_TEXT,
    symbol="S/RES/2600(2021)",
    kind=DocumentKind.RESOLUTION,
    date="2021-10-15",
    pages=(0, _EVERYTHING_TEXT.index("另")),
)
EVERYTHING = extraction(
    _EVERYTHING,
    (
        Adoption(
            instrument="S/RES/2600(2021)",
            date="2021-10-15",
            meeting_number="8882",
            body="UN-SC",
            in_favour=13,
            against=1,
            abstaining=0,
            not_participating=1,
            unanimous=False,
            written_vote=True,
            draft="S/2021/870",
            chapter_vii=True,
        ),
        "一",
    ),
    (
        Subject(
            concept="http://metadata.un.org/thesaurus/1005695",
            label="SANCTIONS",
            scheme="UNBIS Thesaurus",
            stated_by=StatedBy.METADATA,
        ),
        "一",
    ),
    (Subject(label="HAITI--POLITICS", scheme="UNBIS Thesaurus", stated_by=StatedBy.METADATA), "一"),
    (
        Participant(person="若昂·席尔瓦", state="SWE", meeting_number="8882", date="2021-10-15", role="member"),
        "一",
    ),
    (Vote(instrument="S/RES/2600(2021)", state="RUS", value="no", veto=True), "二"),
    (Vote(instrument="S/RES/2600(2021)", state="CHN", value="absent"), "二"),
    (
        MandateDecision(
            instrument="S/RES/2600(2021)",
            paragraph="3",
            action="extend",
            holder="UNMISS",
            holder_label="南苏丹特派团",
            until="2022-04-15",
            duration="P6M",
            basis=("S/RES/1996(2011)", "S/RES/2327(2016)"),
            date="2021-10-15",
            rule="mandate.extend.duration",
        ),
        "三",
    ),
    (
        MandateDecision(
            instrument="S/RES/2600(2021)",
            paragraph="9",
            action="extend",
            holder_label="某某工作队",
            duration="P10D",
            date="2021-10-15",
        ),
        "三",
    ),
    (Citation(cited="S/RES/2360(2017)", relation="extends", cited_paragraph="6"), "四"),
    (Citation(cited="A/RES/60/1", relation="recalls"), "四"),
    (
        Appointment(
            person="若昂·席尔瓦",
            nationality="SWE",
            post="联合国南苏丹特派团团长",
            organization="UNMISS",
            status="appointed",
            date="2021-09-30",
        ),
        "五",
    ),
    (
        Appointment(person="李四", post="副特使", status="intends", date="2021-12", modality=_ASKED),
        "五",
    ),
    (
        Credential(
            person="张三", state="CHN", meeting_number="S/PV.7453", meeting_date="2015-05-28", capacity="副代表"
        ),
        "六",
    ),
    (PressStatement(date="2021-10-15", topic="<img src=x onerror=alert(1)>", form="statement"), "七"),
    (
        Meeting(
            date="2021-11",
            number="S/PV.8899 (Resumption 1)",
            format="debate",
            level="high-level",
            status=Status.POSTPONED,
            body="UN-SC",
        ),
        "八",
    ),
    (
        MandateDecision(
            instrument="S/RES/2600(2021)",
            action="terminate",
            holder="UNSMIL",
            holder_label="联利支助团",
            date="2021-10-15",
            modality=Modality.PROPOSED,
        ),
        "九",
    ),
    (
        Chairing(
            date="2021-11-02",
            format="meeting",
            state="RUS",
            person="王五",
            status=_HELD,
            modality=Modality.NEGATED,
        ),
        "十",
    ),
    (
        MandateDecision(
            instrument="S/RES/2601(2021)",
            action="modify",
            holder="UNSMIL",
            holder_label="联利支助团",
            date="2021-10-29",
            modality=_REPORTED,
        ),
        "另一段",
    ),
    (
        MandateDecision(
            instrument="S/RES/2602(2021)",
            action="terminate",
            holder="UNSMIL",
            holder_label="联利支助团",
            date="2021-10-29",
            modality=_REPORTED,
        ),
        "另一段",
    ),
)
"""What the others lack: every type of fact, every field, and the ways not to be true."""

ALL = (LETTER, ASSESSMENT, SHORT, RECORD, MANDATES, EVERYTHING)


def graph(*extractions: Extraction, judgements: Iterable[Judgement] = (), base: str = BASE) -> list[str]:
    """The N-Quads lines of these documents, as a build writes them."""
    identities = resolve((use for x in extractions for use in name_uses(x, GAZETTEER)), judgements)
    sheets = [document_graph(x, identities, GAZETTEER, base) for x in extractions]
    used = {name for sheet in sheets for name in sheet.used}
    return sorted_lines(
        [
            *(line for sheet in sheets for line in sheet.lines),
            *identity_quads(identities, base),
            *authority_quads(used, GAZETTEER, base),
        ]
    )


def nodes(lines: Iterable[str]) -> set[str]:
    """All IRIs in subject or object place, without ``<`` and ``>``."""
    found: set[str] = set()
    for line in lines:
        subject, _, object_, _ = split_line(line)
        found |= {term[1:-1] for term in (subject, object_) if term.startswith("<")}
    return found
