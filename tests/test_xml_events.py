"""Events of XML: what one pattern cuts is what expat tells, with the places that the file has."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnsupportedInputError
from kg.read.xml_events import read_events

Event = tuple[str, object, object]


class Told:
    """Events as a list, characters one by one with their place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.events: list[Event] = []
        self.depth = 0

    def open(self, name: str, attributes: Mapping[str, str], start: int, end: int) -> None:
        self.depth += 1
        assert self.file[start] == "<"
        assert self.file[end - 1] == ">"
        self.events.append(("open", name, dict(attributes)))

    def close(self, name: str, start: int, end: int) -> None:
        self.depth -= 1
        assert self.file[start] == "<"
        assert self.file[end - 1] == ">"
        self.events.append(("close", name, None))

    def characters(self, text: str, at: int, *, literal: bool) -> None:
        if self.depth:
            assert literal == self.file.startswith(text, at) or text == "&"
            self.events += [("character", c, at + i if literal else at) for i, c in enumerate(text)]


def told_by_expat(file: str) -> list[Event]:
    """The same from expat; its places are bytes."""
    data = file.encode()
    events: list[Event] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = False

    def characters(text: str) -> None:
        at = len(data[: parser.CurrentByteIndex].decode())
        literal = file.startswith(text, at)
        events.extend(("character", c, at + i if literal else at) for i, c in enumerate(text))

    parser.StartElementHandler = lambda name, attributes: events.append(
        ("open", name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})
    )
    parser.EndElementHandler = lambda name: events.append(("close", name.rpartition(":")[2], None))
    parser.CharacterDataHandler = characters
    parser.Parse(data, True)
    return events


signs = st.text("安理会 \n\t<>&\"'/=a1\U00020000-]", max_size=8)
attributes = st.lists(
    st.tuples(
        st.sampled_from(["href", "x:name", "编号"]), signs, st.sampled_from("\"'"), st.sampled_from(["=", " = "])
    ),
    max_size=3,
    unique_by=lambda a: a[0],
)
other = st.one_of(
    signs.map(escape),
    st.sampled_from(["&#x5b89;", "&#23433;", "&quot;&apos;", "<!-- <p>a</p> & -->", "<?do x > y?>"]),
    signs.filter(lambda s: "]]" not in s).map(lambda s: f"<![CDATA[{s}]]>"),
)


def tag(name: str, said: list[tuple[str, str, str, str]], inside: str | None) -> str:
    start = name
    for key, value, quote, is_ in said:
        told = escape(value, {'"': "&quot;", "'": "&apos;"}).replace("&gt;", ">")
        start += f" {key}{is_}{quote}{told}{quote}"
    return f"<{start}/>" if inside is None else f"<{start}>{inside}</{name} >"


names = st.sampled_from(["p", "x:span", "段"])
trees = st.recursive(
    other,
    lambda inner: st.builds(tag, names, attributes, st.one_of(st.none(), st.lists(inner, max_size=4).map("".join))),
    max_leaves=12,
)


@given(trees)
@settings(max_examples=300, deadline=None)
def test_the_events_are_those_of_expat(inside: str) -> None:
    file = f'<?xml version="1.0"?>\n<!-- a --><root xmlns:x="y">{inside}</root>\n'
    told = Told(file)
    read_events(file, "a.xml", told)
    assert told.events == told_by_expat(file)


def test_line_ends_are_told_as_they_stand() -> None:
    file = '<p a="b\r\nc">\r\n\u5b89 <b/></p>'
    told = Told(file)
    read_events(file, "a.xml", told)
    assert ("open", "p", {"a": "b c"}) in told.events
    assert [e[1:] for e in told.events if e[0] == "character"] == [("\r", 12), ("\n", 13), ("\u5b89", 14), (" ", 15)]


@pytest.mark.parametrize("file", ["<p>", "<p></q>", "<p>&amp</p>", "<p>&x;</p>", "<p a=b/>", "<p/><p/>", "<p>a<</p>"])
def test_what_expat_refuses_is_refused(file: str) -> None:
    with pytest.raises(UnsupportedInputError, match="no well-formed XML"):
        read_events(file, "a.xml", Told(file))
