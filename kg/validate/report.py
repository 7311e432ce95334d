"""A validation as text for people, and as the ``sh:ValidationReport`` of SHACL in Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.triples.text import Term, iri, string
from kg.validate.findings import CONFLICT, VIOLATION, WARNING
from kg.validate.shapes import SH, SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.validate import Validation
    from kg.validate.findings import Finding, Said

__all__ = ["as_text", "as_turtle"]

_WORDS: Final = {
    "zh": {VIOLATION: "违反", CONFLICT: "矛盾", WARNING: "警告", "page": "第{}页", "metadata": "元数据"},
    "en": {VIOLATION: "violation", CONFLICT: "conflict", WARNING: "warning", "page": "page {}", "metadata": "metadata"},
}
_SHOWN: Final = 6
_LONG: Final = 160
_SEVERITY: Final = {VIOLATION: "sh:Violation", CONFLICT: "shapes:Conflict", WARNING: "sh:Warning"}
_OPEN, _CLOSE = "「", "」"


def as_text(validation: Validation, language: str) -> Iterator[str]:
    """Lines: a finding's severity, rule in words and name; the node; then each document with its words. ``language``:
    ``zh`` or ``en``."""
    words = _WORDS[language]
    for finding in validation.findings:
        rule = finding.zh if language == "zh" else finding.en
        yield f"{words[finding.severity]}  {rule}  [{finding.rule}]"
        yield f"  {_short(finding.focus)}{_value(finding)}"
        shown, more = _shown(finding.says)
        for said in shown:
            yield f"    {_line(said, words)}"
        if more:
            yield f"    …… 另有{more}处" if language == "zh" else f"    ... and {more} more"
        yield ""


def _shown(says: tuple[Said, ...]) -> tuple[list[Said], int]:
    """Some words for each value, first those that print it, and how many there are besides. Two facts with the same
    words count once."""
    once = {(said.value, said.document, said.start, said.end): said for said in says}.values()
    by_value: dict[str, list[Said]] = {}
    for said in sorted(once, key=lambda said: (said.value, said.value not in said.quote)):
        by_value.setdefault(said.value, []).append(said)
    each = max(2, _SHOWN // max(1, len(by_value)))
    return [said for group in by_value.values() for said in group[:each]], sum(
        max(0, len(group) - each) for group in by_value.values()
    )


def _value(finding: Finding) -> str:
    if finding.value is None or finding.value == finding.focus:
        return ""
    name = finding.path.rpartition("#")[2].rpartition("/")[2]
    return f"  {name}{': ' if name else ''}{_cut(_short(finding.value))}"


def _line(said: Said, words: dict[str, str]) -> str:
    page = words["page"].format(said.page) if said.page else ""
    place = f"[{said.start}, {said.end})" if said.start >= 0 else ""
    origin = words["metadata"] if said.stated_by == "metadata" else ""
    head = " ".join(part for part in (said.source or _name(said.document), page, place, origin) if part)
    told = " = ".join(part for part in (said.value, f"{_OPEN}{_cut(said.quote)}{_CLOSE}" if said.quote else "") if part)
    return f"{head}: {told}" if told else head


def _short(term: Term) -> str:
    return _name(term.value) if term.kind == "iri" else term.value if term.kind == "literal" else term.n3()


def _name(address: str) -> str:
    """What stands after ``/id/``, else the whole address."""
    return address.rpartition("/id/")[2]


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


_HEAD: Final = f"""\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <{SH}> .
@prefix shapes: <{SHAPES}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""


def as_turtle(validation: Validation) -> str:
    """The report as SHACL has it. What was compared beside the shapes is a result too, with the comparison as its
    ``sh:sourceConstraint``. ``dct:source``: the documents; ``rdfs:comment``: their words, with places."""
    report = f"[] a sh:ValidationReport ;\n    sh:conforms {'false' if validation.findings else 'true'}"
    results = [_result(finding) for finding in validation.findings]
    held = f" ;\n    sh:result {', '.join(results)}" if results else ""
    return f"{_HEAD}{report}{held} .\n"


def _result(finding: Finding) -> str:
    shaped = finding.component.startswith(SH)
    said = [
        "a sh:ValidationResult",
        f"sh:focusNode {finding.focus.n3()}",
        f"sh:resultPath {iri(finding.path)}" if finding.path else "",
        f"sh:value {finding.value.n3()}" if finding.value else "",
        f"sh:resultSeverity {_SEVERITY[finding.severity]}",
        f"sh:sourceConstraintComponent {iri(finding.component)}",
        f"{'sh:sourceShape' if shaped else 'sh:sourceConstraint'} {iri(SHAPES + finding.rule)}",
        f"sh:resultMessage {string(finding.zh)}@zh, {string(finding.en)}@en",
    ]
    documents = sorted({iri(s.document) for s in finding.says if s.document})
    if documents:
        said.append(f"dct:source {', '.join(documents)}")
    comments = sorted({string(_line(s, _WORDS["en"])) for s in finding.says})
    if comments:
        said.append(f"rdfs:comment {', '.join(comments)}")
    return "[\n        " + " ;\n        ".join(part for part in said if part) + "\n    ]"
