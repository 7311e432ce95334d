"""What kind a document is, with a masthead, with a title only, and by how its paragraphs are set."""

from __future__ import annotations

import opencc
import pytest

from kg.model import DocumentKind
from kg.read import read_text
from kg.structure import structure

PRST = DocumentKind.PRESIDENTIAL_STATEMENT

RECORD = """联合国                                                S/PV.8744
安全理事会                                      临时逐字记录
第七十五年
第8744次会议
2020年3月12日星期四下午3时举行
纽约

主席：  周建华先生 ...................................... （中国）
成员：  比利时 .......................................... 德维尔德先生

议程项目
苏丹和南苏丹
"""
AGENDA = """联合国                                           S/Agenda/8744
安全理事会                                       Distr.: General
                                                 11 March 2020
                                                 Chinese
                                                 Original: English

安全理事会第8744次会议临时议程
定于2020年3月12日星期四下午3时举行
1. 通过议程。
2. 苏丹和南苏丹
"""
STATEMENT = """联合国                                          S/PRST/2020/4
安全理事会                                      Distr.: General 12 March 2020
Chinese
Original: English

安全理事会主席的声明

在2020年3月12日安全理事会第8744次会议上，安全理事会主席代表安理会发表声明如下：
“安全理事会重申其主要责任。”
"""
RELEASE = """联合国新闻稿
SC/14144
2020年3月12日
安全理事会关于苏丹局势的新闻声明
安全理事会成员表示关切。
"""
NOTE = """联合国                                             S/2020/270
安全理事会                                         Distr.: General
                                                   31 March 2020
安全理事会主席的说明
1. 安理会成员商定下列措施。
"""
FULL = {
    "record": (RECORD, DocumentKind.RECORD, "S/PV.8744", "2020-03-12", "第8744次会议"),
    "agenda": (AGENDA, DocumentKind.AGENDA, "S/Agenda/8744", "2020-03-11", "安全理事会第8744次会议临时议程"),
    "statement": (
        STATEMENT,
        DocumentKind.PRESIDENTIAL_STATEMENT,
        "S/PRST/2020/4",
        "2020-03-12",
        "安全理事会主席的声明",
    ),
    "release": (RELEASE, DocumentKind.PRESS_STATEMENT, "SC/14144", "2020-03-12", "安全理事会关于苏丹局势的新闻声明"),
    "note": (NOTE, DocumentKind.NOTE, "S/2020/270", "2020-03-31", "安全理事会主席的说明"),
}


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize("script", ["s2s", "s2t"])
@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_as_printed(name: str, script: str, joint: str) -> None:
    text, kind, symbol, date, title = FULL[name]
    if script == "s2t":
        text = str(opencc.OpenCC(script).convert(text))
    document = structure(read_text(text.replace("\n", joint), source="a.txt"))
    assert (document.kind, document.symbol, document.date, document.title) == (kind, symbol, date, title)


PARTS = {
    # without a masthead, or a part only
    "安全理事会第8744次会议\n主席：周建华先生(中国)\n": DocumentKind.RECORD,
    "第三四二七次会议\n1994年9月15日，星期四，中午12时15分\n": DocumentKind.RECORD,
    "安全理事会第8241次（闭门）会议正式公报\n安理会听取了通报。\n": DocumentKind.RECORD,
    "主席（以英语发言）：请。\n杜邦先生（法国）：谢谢。\n主席（以英语发言）：谢谢。\n": DocumentKind.RECORD,
    "进行了举手表决。\n赞成：中国、法国\n反对：无\n": DocumentKind.RECORD,
    "安全理事会\n第3505次会议\n临时议程\n1995年3月7日，星期二，上午11时30分\n": DocumentKind.AGENDA,
    "在2020年3月12日安全理事会会议上，主席代表安理会发表声明如下：\n“如下。”\n": PRST,
    "关于苏丹局势的安理会新闻谈话\n安理会成员表示关切。\n": DocumentKind.PRESS_STATEMENT,
    "安全理事会\n关于苏丹局势的新闻声明\n安理会成员表示关切。\n": DocumentKind.PRESS_STATEMENT,
    "以下是安全理事会3月份主席周建华（中国）今天发表的新闻声明：\n安理会成员表示关切。\n": DocumentKind.PRESS_STATEMENT,
    "安全理事会2031年5月暂定工作方案\n5月6日，公开辩论。\n": DocumentKind.PROGRAMME,
    "联合国安全理事会\n2028年11月份工作计划\n11月6日，磋商。\n": DocumentKind.PROGRAMME,
    "2012年10月安全理事会工作方案(截至9月28日)\n10月2日，磋商。\n": DocumentKind.PROGRAMME,
    "安全理事会工作的暂定月度预报(2019年6月)\n6月3日，表决。\n": DocumentKind.PROGRAMME,
    # decoys
    "人权理事会2031年5月工作方案\n5月6日，公开辩论。\n": DocumentKind.OTHER,
    "安全理事会反恐怖主义委员会2006年工作方案\n委员会将举行会议。\n": DocumentKind.OTHER,
    "安理会成员通过了本月工作方案\n会议随后结束。\n": DocumentKind.OTHER,
    "秘书长关于苏丹局势的新闻声明\n秘书长表示关切。\n": DocumentKind.OTHER,
    "委员会第12次会议临时议程\n1. 通过议程。\n": DocumentKind.OTHER,
    "2020年3月13日中国常驻联合国代表给秘书长的信\n安全理事会第8744次会议\n谨随函转递记录。\n": DocumentKind.LETTER,
    "安理会主席代表安理会宣读了声明。\n会议随后结束。\n": DocumentKind.OTHER,
    "主席：张军先生（中国）\n会议结束了。\n": DocumentKind.OTHER,
}


@pytest.mark.parametrize("text", PARTS)
def test_parts(text: str) -> None:
    assert structure(read_text(text, source="a.txt")).kind == PARTS[text]
