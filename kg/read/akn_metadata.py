"""Which elements of an Akoma Ntoso file state something of the document: how, when and by whom it was adopted, and what
it is about. What they mean, `kg.extract` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Collector", "Element"]

_TAGS = frozenset({"FRBRdate", "voting", "count", "docDate", "inline"})
"""Elements that state something by their start tag; of the others the content counts too."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element by its local name; ``values``: attributes by name, content by the empty name; ``[start, end)`` of the
    file."""

    name: str
    values: tuple[tuple[str, str], ...]
    start: int
    end: int


_STATING = _TAGS | {"step", "organization", "keyword"}


class Collector:
    """Keeps the elements that state something, in their order. ``outside``: no ``meta`` is open. ``document`` is the
    document's own element and its ``name``; ``language`` is that of the expression, as the file has it."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.root = ""
        self.document = ("", "")
        self.language = ""
        self.outside = True
        self._path: list[str] = []
        self._open: list[tuple[int, Mapping[str, str], int]] = []
        self._content = ""

    def open(self, name: str, attributes: Mapping[str, str], start: int, end: int) -> None:
        if not self._path:
            self.root = name
        elif len(self._path) == 1 and not self.document[0]:
            self.document = (name, attributes.get("name", ""))
        if name == "FRBRlanguage" and not self.language:
            self.language = attributes.get("language", "")
        if name in _STATING and self._states(name, attributes):
            if name in _TAGS:
                self.elements.append(Element(name, tuple(attributes.items()), start, end))
            else:
                self._open.append((len(self._path), attributes, start))
                self._content = ""
        self._path.append(name)
        if name == "meta":
            self.outside = False

    def close(self, name: str, end: int) -> None:
        self._path.pop()
        if name == "meta":
            self.outside = "meta" not in self._path
        if self._open and self._open[-1][0] == len(self._path):
            _, attributes, start = self._open.pop()
            values = {**attributes, "": " ".join(self._content.split())}
            self.elements.append(Element(name, tuple(values.items()), start, end))

    def characters(self, text: str) -> None:
        if self._open:
            self._content += text

    def _states(self, name: str, attributes: Mapping[str, str]) -> bool:
        above = self._path[-1] if self._path else ""
        said = attributes.get
        if self._path[2:3] == ["coverPage"]:
            return (name == "docDate" and said("refersTo") == "#adoptionDate" and bool(said("date"))) or (
                name == "inline" and said("name") == "adoptionMeeting" and bool(said("title"))
            )
        if self._path[2:3] != ["meta"]:
            return False
        match name:
            case "FRBRdate":
                return above == "FRBRWork" and said("name") == "adoption"
            case "step":
                return said("outcome") in {"adopted", "draftResolution"}
            case "voting":
                return bool(said("outcome"))
            case "count":
                return True
            case "organization":
                return "count" in self._path
            case "keyword":
                return said("dictionary", "").startswith("UNBIS")
        return False
