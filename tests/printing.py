"""Documents of the Council as they are printed, for tests: written as flat ODF, turned into PDF and docx.

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
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from kg.model import Document, Paragraph

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
"""LibreOffice, or None where it is not installed."""

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""Chromium, or None where it is not installed."""

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
_LISTS: dict[str | None, Callable[[int], str]] = {
    "1": lambda i: str(i + 1),
    "(a)": lambda i: f"({chr(97 + i)})",
    "•": lambda _: "•",
}
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


@dataclass(frozen=True)
class Sheet:
    """What the printer adds: the symbol, the job number (``20-04634``), the day of the masthead."""

    symbol: str
    job: str
    date: str | None
    columns: int = 1
    font: str = "Noto Serif CJK SC"


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
    frame = (Path(__file__).parent / "printed" / "frame.fodt").read_text("utf-8")
    return frame.format(
        namespaces=_NAMESPACES,
        font=sheet.font,
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
        '<table:table-row><table:table-cell table:style-name="Line">'
        '<text:p text:style-name="Council">安全理事会</text:p>'
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


def web_page(document: Document) -> str:
    """A structured document as a web page, plain as that of a news site."""
    rows = []
    for paragraph in document.paragraphs:
        text = escape(document.text[paragraph.start : paragraph.end])
        tag = "h3" if paragraph.role in {"title", "heading"} else "p"
        aside = ' class="signature"' if paragraph.role == "signature" else ""
        rows.append(f"<{tag}{aside}>{text}</{tag}>")
    style = (
        '@page{size:A4;margin:25mm}body{font:14px/1.6 "Noto Sans CJK SC"}p{margin:0;text-indent:2em;text-align:justify}'
        "h3{margin:1em 0;font-size:1.1em}.signature{text-indent:0;margin-left:50%}"
    )
    head = f'<meta charset="utf-8"><title>安全理事会</title><style>{style}</style>'
    return f'<!DOCTYPE html><html lang="zh"><head>{head}</head><body>{"".join(rows)}</body></html>'


def print_page(page: str, target: Path) -> None:
    """A web page as a PDF, with the head and foot that a browser prints. Needs Chromium."""
    assert BROWSER is not None
    source = target.with_suffix(".html")
    source.write_text(page, "utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    source.unlink()


def convert(sources: list[Path], form: str, folder: Path) -> None:
    """Files to another format, with LibreOffice in a profile of its own."""
    assert OFFICE is not None
    with TemporaryDirectory() as profile:
        command = [OFFICE, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", form]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, sources)], check=True, capture_output=True, timeout=300
        )
