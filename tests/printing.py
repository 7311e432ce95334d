"""Documents of the Council as they are printed, for tests: UN-like layout, written as flat ODF, turned into PDF and docx.

The masthead is a table of two columns; the first page has a footer with the job number and the bar code's number in
stars, the others a header with the symbol and a footer with page and job number; footnotes stand under a ruler.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from kg.model import Document, Paragraph

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
"""LibreOffice, or None where it is not installed."""

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
_FONT = "Noto Serif CJK SC"
_LISTS: dict[str | None, Callable[[int], str]] = {
    "1": lambda i: str(i + 1),
    "(a)": lambda i: f"({chr(97 + i)})",
    "•": lambda _: "•",
}
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True)
class Sheet:
    """What the printer adds: the symbol, the job number (``20-04634``), the day of the masthead."""

    symbol: str
    job: str
    date: str | None
    columns: int = 1


def flat_odf(document: Document, sheet: Sheet) -> str:
    """A structured document as a flat ODF text document."""
    rows: list[str] = []
    paragraphs = [p for p in document.paragraphs if p.role != "footnote"]
    i = 0
    while i < len(paragraphs):
        items = _items(paragraphs[i:])
        if items:
            rows.append(_list(document, items))
            i += len(items)
            continue
        paragraph = paragraphs[i]
        style = {"title": "Title", "heading": "Head", "signature": "Sign"}.get(paragraph.role, "Body")
        if paragraph.role == "title" and rows and document.text[: paragraph.end].endswith("附件"):
            style = "Annex"
        elif style == "Body" and not paragraph.indent:
            style = "Plain"
        rows.append(f'<text:p text:style-name="{style}">{_prose(document, paragraph)}</text:p>')
        i += 1
    if sheet.columns > 1:
        rows = ['<text:section text:style-name="Columns" text:name="columns">', *rows, "</text:section>"]
    return _FRAME.format(
        namespaces=_NAMESPACES,
        font=_FONT,
        symbol=escape(sheet.symbol),
        job=sheet.job,
        stars=sheet.job.replace("-", ""),
        columns=sheet.columns,
        side="62pt" if sheet.columns == 1 else "0pt",
        sign="320pt" if sheet.columns == 1 else "80pt",
        right="110pt" if sheet.columns == 1 else "40pt",
        body="\n".join([_masthead(sheet), *rows]),
    )


def _prose(document: Document, paragraph: Paragraph) -> str:
    """The words of a paragraph without its number where a list prints it; footnotes are called behind its first
    sentence."""
    text = document.text[paragraph.start : paragraph.end]
    at = document.paragraphs.index(paragraph) + 1
    calls = ""
    while at < len(document.paragraphs) and document.paragraphs[at].role == "footnote":
        calls += _footnote(document, document.paragraphs[at])
        at += 1
    first = text.find("。") + 1 or len(text)
    return f"{escape(text[:first])}{calls}{escape(text[first:])}"


def _items(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The list that begins here: neighbours numbered on from 1, from (a), or with bullets."""
    first = paragraphs[0].number
    if first not in _LISTS or paragraphs[0].role not in {"prose", "bullet"}:
        return []
    count = 0
    while count < len(paragraphs) and paragraphs[count].number == _LISTS[first](count):
        count += 1
    return paragraphs[:count]


def _list(document: Document, items: list[Paragraph]) -> str:
    style = {"(a)": "Letters", "•": "Bullets"}.get(items[0].number or "", "Numbers")
    rows = (re.sub(r"^(?:\d+[.．、]|\([a-z]\)|•)\s*", "", _prose(document, item)) for item in items)
    inner = "".join(f'<text:list-item><text:p text:style-name="Item">{row}</text:p></text:list-item>' for row in rows)
    return f'<text:list text:style-name="{style}">{inner}</text:list>'


def _footnote(document: Document, note: Paragraph) -> str:
    number, _, text = document.text[note.start : note.end].partition(" ")
    return (
        f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation><text:note-body>'
        f'<text:p text:style-name="Note">{escape(text)}</text:p></text:note-body></text:note>'
    )


def _masthead(sheet: Sheet) -> str:
    day = ""
    if sheet.date:
        year, month, date = (int(part) for part in sheet.date.split("-"))
        day = f"{date} {_MONTHS[month - 1]} {year}"
    right = "".join(
        f'<text:p text:style-name="Small">{line}</text:p>'
        for line in ("Distr.: General", day, "Chinese", "Original: English")
    )
    return (
        '<table:table table:name="masthead" table:style-name="Masthead">'
        '<table:table-column table:style-name="Wide"/><table:table-column table:style-name="Narrow"/>'
        '<table:table-row><table:table-cell table:style-name="Line"><text:p text:style-name="Nations">联 合 国</text:p>'
        '</table:table-cell><table:table-cell table:style-name="Line">'
        f'<text:p text:style-name="Symbol">{escape(sheet.symbol)}</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:table-cell table:style-name="Line"><text:p text:style-name="Council">安全理事会</text:p>'
        f'</table:table-cell><table:table-cell table:style-name="Line">{right}</table:table-cell></table:table-row>'
        "</table:table>"
    )


def to_file(text: str, target: Path) -> Path:
    """Flat ODF as a PDF or docx, by the ending of ``target``. Needs LibreOffice."""
    source = target.with_suffix(".fodt")
    source.write_text(text, "utf-8")
    convert([source], target.suffix[1:], target.parent)
    source.unlink()
    return target


def convert(sources: list[Path], form: str, folder: Path) -> None:
    """Files to another format, with LibreOffice in a profile of its own."""
    assert OFFICE is not None
    profile = (folder / ".profile").resolve().as_uri()
    command = [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=300)


_FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<office:document {namespaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Serif" svg:font-family="'{font}'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="15.5pt" style:punctuation-wrap="simple" style:line-break="strict"/>
<style:text-properties style:font-name="Serif" fo:font-size="10.5pt" style:font-name-asian="Serif" style:font-size-asian="10.5pt" fo:language="en" fo:country="US" style:language-asian="zh" style:country-asian="CN"/></style:default-style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:text-indent="21pt" fo:margin-bottom="6pt" fo:margin-left="{side}" fo:margin-right="{side}"/></style:style>
<style:style style:name="Plain" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-bottom="6pt" fo:margin-left="{side}" fo:margin-right="{side}"/></style:style>
<style:style style:name="Item" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-bottom="6pt" fo:margin-right="{side}"/></style:style>
<style:style style:name="Sign" style:family="paragraph"><style:paragraph-properties fo:margin-left="{sign}"/></style:style>
<style:style style:name="Head" style:family="paragraph"><style:paragraph-properties fo:margin-top="6pt" fo:margin-bottom="6pt" fo:margin-left="{side}" fo:margin-right="{right}" fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:margin-top="14pt" fo:margin-bottom="10pt" fo:margin-left="{side}" fo:margin-right="{right}"/><style:text-properties fo:font-size="14pt" style:font-size-asian="14pt" fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:style style:name="Annex" style:family="paragraph" style:parent-style-name="Title"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="Note" style:family="paragraph"><style:paragraph-properties fo:line-height="13pt" fo:margin-left="{side}" fo:margin-right="{side}" fo:text-indent="12pt"/><style:text-properties fo:font-size="9pt" style:font-size-asian="9pt"/></style:style>
<style:style style:name="Nations" style:family="paragraph"><style:text-properties fo:font-size="14pt" style:font-size-asian="14pt"/></style:style>
<style:style style:name="Council" style:family="paragraph"><style:text-properties fo:font-size="20pt" style:font-size-asian="20pt" fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:style style:name="Symbol" style:family="paragraph"><style:text-properties fo:font-size="16pt" style:font-size-asian="16pt"/></style:style>
<style:style style:name="Small" style:family="paragraph"/>
<style:style style:name="Running" style:family="paragraph"><style:paragraph-properties fo:border-bottom="0.5pt solid #000000" fo:padding="2pt"/><style:text-properties fo:font-size="9pt" style:font-size-asian="9pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Foot" style:family="paragraph"><style:paragraph-properties><style:tab-stops><style:tab-stop style:position="500pt" style:type="right"/></style:tab-stops></style:paragraph-properties><style:text-properties fo:font-size="8.5pt" style:font-size-asian="8.5pt"/></style:style>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="83pt" fo:margin-left="{side}"/></style:list-level-properties></text:list-level-style-number></text:list-style>
<text:list-style style:name="Letters"><text:list-level-style-number text:level="1" style:num-format="a" style:num-prefix="(" style:num-suffix=")"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="104pt" fo:text-indent="21pt" fo:margin-left="{side}"/></style:list-level-properties></text:list-level-style-number></text:list-style>
<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="83pt" fo:text-indent="-14pt" fo:margin-left="83pt"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>
<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>
</office:styles>
<office:automatic-styles>
<style:style style:name="Masthead" style:family="table"><style:table-properties style:width="500pt" table:align="left"/></style:style>
<style:style style:name="Wide" style:family="table-column"><style:table-column-properties style:column-width="350pt"/></style:style>
<style:style style:name="Narrow" style:family="table-column"><style:table-column-properties style:column-width="150pt"/></style:style>
<style:style style:name="Line" style:family="table-cell"><style:table-cell-properties fo:border-bottom="0.75pt solid #000000" fo:padding="3pt"/></style:style>
<style:style style:name="Columns" style:family="section"><style:section-properties text:dont-balance-text-columns="false"><style:columns fo:column-count="{columns}" fo:column-gap="18pt"/></style:section-properties></style:style>
<style:page-layout style:name="Letter"><style:page-layout-properties fo:page-width="612pt" fo:page-height="792pt" fo:margin-top="36pt" fo:margin-bottom="36pt" fo:margin-left="56pt" fo:margin-right="56pt"><style:footnote-sep style:width="0.5pt" style:rel-width="25%" style:adjustment="left" style:distance-before-sep="4pt" style:distance-after-sep="4pt" style:color="#000000"/></style:page-layout-properties><style:header-style><style:header-footer-properties fo:min-height="20pt" fo:margin-bottom="14pt"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="20pt" fo:margin-top="10pt"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="Letter"><style:header><text:p text:style-name="Running">{symbol}</text:p></style:header><style:header-first><text:p text:style-name="Foot"/></style:header-first><style:footer><text:p text:style-name="Foot"><text:page-number text:select-page="current">2</text:page-number>/<text:page-count>9</text:page-count><text:tab/>{job}</text:p></style:footer><style:footer-first><text:p text:style-name="Foot">{job} (C)    010420    020420<text:tab/>请回收</text:p><text:p text:style-name="Foot">*{stars}*</text:p></style:footer-first></style:master-page>
</office:master-styles>
<office:body><office:text>
{body}
</office:text></office:body></office:document>
"""
