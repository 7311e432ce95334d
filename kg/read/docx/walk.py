"""The body of a Word document as paragraphs in the order of reading, as the last change left it.

Insertions are in and deletions out, content controls are looked into, tables go row by row, text boxes follow the
paragraph that holds them, footnotes the paragraph that calls them. Hidden text, field codes and comments are no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.read.docx.numbering import Numbering
from kg.read.docx.styles import Styles, is_on
from kg.read.numerals import numeral
from kg.read.rows import row_texts

if TYPE_CHECKING:
    from kg.read.xmltree import Node

__all__ = ["Notes", "Par", "Walk"]

_THROUGH = frozenset({"ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "sdtContent"})
"""Elements that are looked into as if they were not there."""


@dataclass(slots=True)
class Par:
    """A paragraph: its text with ``\\f`` for page breaks and ``\\n`` for line breaks, and what stands after it (its
    footnotes, the paragraphs of its text boxes)."""

    text: str
    role: str = "text"
    after: list[Par] = field(default_factory=list)


@dataclass(frozen=True)
class Notes:
    """The footnotes or endnotes of a document by id, and how their calls are numbered."""

    by_id: Mapping[str, Node]
    form: str = "decimal"


class Walk:
    """One walk through one document: it counts numbered paragraphs and footnotes as it goes."""

    def __init__(self, styles: Styles, numbering: Numbering, footnotes: Notes, endnotes: Notes) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = {"footnoteReference": footnotes, "endnoteReference": endnotes}
        self._called = dict.fromkeys(self._notes, 0)
        self._open = ""  # text of a paragraph whose mark was deleted: the next one goes on with it

    def paragraphs(self, nodes: Iterable[Node]) -> list[Par]:
        """The paragraphs of a container's children."""
        found: list[Par] = []
        for node in nodes:
            if node.tag == "p":
                par = self._paragraph(node)
                if par is not None:
                    found.append(par)
            elif node.tag == "tbl":
                found += self._table(node)
            elif node.tag == "sdt" or node.tag in _THROUGH:
                found += self.paragraphs(node.children)
            elif node.tag == "mc:AlternateContent":
                found += self.paragraphs(_choice(node))
        if self._open:
            found.append(Par(self._open))
            self._open = ""
        return found

    def _paragraph(self, node: Node) -> Par | None:
        properties = node.first("pPr")
        line = _Line()
        before = "\f" if self._styles.breaks_before(properties) else ""
        label = self._numbering.label(properties)
        self._runs(node.children, line)
        text = "".join(line.parts)
        section = properties.first("sectPr") if properties else None
        behind = "\f" if section and section.value("type") not in {"continuous", "nextColumn"} else ""
        if properties and properties.first("rPr", "del"):
            self._open += label + text
            return None
        text = self._open + (label if not self._open and text.strip() else "") + text
        self._open = ""
        return Par(f"{before}{text}{behind}", after=line.after)

    def _runs(self, nodes: Iterable[Node], line: _Line) -> None:
        for node in nodes:
            tag = node.tag
            if tag == "r":
                if not is_on(node.first("rPr"), "vanish"):
                    self._run(node, line)
            elif tag in _THROUGH or tag in {"m:oMath", "m:oMathPara"} or tag == "sdt":
                self._runs(node.children, line)
            elif tag == "mc:AlternateContent":
                self._runs(_choice(node), line)
            elif tag.startswith("m:") and tag not in {"m:r", "m:t"}:
                self._runs(node.children, line)
            elif tag == "m:r":
                line.write("".join(child.text for child in node.children if child.tag == "m:t"))

    def _run(self, run: Node, line: _Line) -> None:
        custom: str | None = None
        for node in run.children:
            tag = node.tag
            if tag == "t":
                if custom is not None:
                    self._call(custom, node.text.strip(), run, line)
                    custom = None
                else:
                    line.write(node.text)
            elif tag in _SIGNS:
                line.write(_SIGNS[tag])
            elif tag == "br":
                line.write({"page": "\f", "column": "\n"}.get(node.attributes.get("type", ""), "\n"))
            elif tag == "fldChar":
                line.field(node.attributes.get("fldCharType", ""))
            elif tag == "sym":
                line.write(_symbol(node.attributes.get("char", "")))
            elif tag in self._notes:
                if node.attributes.get("customMarkFollows") in {"1", "true", "on"}:
                    custom = tag
                else:
                    self._call(tag, None, run, line)
            elif tag == "ruby":
                base = node.first("rubyBase")
                self._runs(base.children if base else (), line)
            elif tag in {"drawing", "pict", "object"}:
                self._boxes(node, line)
            elif tag == "mc:AlternateContent":
                for chosen in _choice(node):
                    self._boxes(chosen, line)

    def _boxes(self, node: Node, line: _Line) -> None:
        """The text boxes in a drawing."""
        for inner in node.children:
            if inner.tag == "txbxContent":
                line.after += self.paragraphs(inner.children)
            elif inner.tag == "mc:AlternateContent":
                for chosen in _choice(inner):
                    self._boxes(chosen, line)
            else:
                self._boxes(inner, line)

    def _call(self, kind: str, mark: str | None, run: Node, line: _Line) -> None:
        notes = self._notes[kind]
        reference = next((n for n in run.children if n.tag == kind), None)
        note = notes.by_id.get(reference.attributes.get("id", "")) if reference else None
        if note is None:
            return
        if mark is None:
            self._called[kind] += 1
            mark = numeral(self._called[kind], notes.form)
        texts = [par.text.strip() for par in self.paragraphs(note.children)]
        for i, text in enumerate(filter(None, texts)):
            marked = i == 0 and not text.startswith(f"{mark} ")
            line.after.append(Par(f"{mark} {text}" if marked else text, "footnote"))

    def _table(self, table: Node) -> list[Par]:
        found: list[Par] = []
        for row in _within(table, "tr"):
            about = row.first("trPr")
            if about and about.first("del"):
                continue
            cells = [self.paragraphs(cell.children) for cell in _within(row, "tc")]
            filled = [[par for par in cell if par.text.strip() or par.after] for cell in cells]
            texts = [[par.text for par in cell] for cell in filled if cell]
            pars = [par for cell in filled for par in cell]
            joined = row_texts(texts)
            if len(joined) == 1 < len(pars):
                found.append(Par(joined[0], after=[note for par in pars for note in par.after]))
            else:
                found += pars
        return found


_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "cr": "\n",
    "noBreakHyphen": "-",
    "lastRenderedPageBreak": "\f",
}


@dataclass(slots=True)
class _Line:
    """A paragraph in the making. ``fields``: those that are open, True while their code stands (it is not printed)."""

    parts: list[str] = field(default_factory=list)
    after: list[Par] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)

    def write(self, text: str) -> None:
        if not any(self.fields):
            self.parts.append(text)

    def field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()


def _within(node: Node, tag: str) -> Iterable[Node]:
    """Rows of a table or cells of a row, those in content controls and of insertions too."""
    for child in node.children:
        if child.tag == tag:
            yield child
        elif child.tag == "sdt" or child.tag in _THROUGH:
            yield from _within(child, tag)


def _choice(node: Node) -> list[Node]:
    """The first of the alternatives that say the same."""
    chosen = node.first("mc:Choice") or node.first("mc:Fallback")
    return chosen.children if chosen else []


def _symbol(code: str) -> str:
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "•" if sign in "\uf0b7\uf0a7\uf06c" else sign
