"""Addresses: the one place where IRIs are minted, and what is said of each thing wherever it turns up.

An address is made of a key (an ISO code, an acronym, a number, a date, a hash), never of a label or a counter, so two
documents that name the same thing give the same address, and what is written of it here depends on its key alone.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections import defaultdict
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Final, TypeVar, cast

from kg.gazetteer.themes import theme_subjects
from kg.link.meetings import COUNCIL
from kg.link.posts import Post, organization_of
from kg.model import MentionType
from kg.symbols import document_url, resolution_number, slug
from kg.triples.blocks import block
from kg.triples.text import dated, fit_iri, integer, iri, string, zh
from kg.vocabulary import FORMATS, PREFIXES, REUSED, SC, code

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.gazetteer import Entry, Gazetteer
    from kg.link.meetings import MeetingRef

__all__ = ["Sheet", "en", "short_hash", "term"]

_SAFE = re.compile(r"[A-Za-z0-9_-]+")
_MONTHS: Final = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


@lru_cache(maxsize=1024)
def term(curie: str) -> str:
    """``<...>`` of a term of ours or of a vocabulary we reuse. `AttributeError` for one that is neither."""
    prefix, _, name = curie.partition(":")
    if prefix == "sc":
        return iri(getattr(SC, name))
    if name not in REUSED[prefix]:
        raise AttributeError(f"{curie} is not among the reused terms")
    return iri(PREFIXES[prefix] + name)


def short_hash(*parts: object) -> str:
    """16 hexadecimal digits of the SHA-256 of the parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:16]


STAGING: Final = "urn:x-unsc-kg:staging:"
"""How the names begin of graphs that are on their way into a store."""


def staging_graph(graph: str) -> str:
    """The IRI under which a named graph is put together in a store before it takes its own name."""
    return STAGING + short_hash(graph)


def en(text: str) -> str:
    """A string in English."""
    return string(text) + "@en"


_Tells = TypeVar("_Tells", bound="Callable[..., str]")


def _once(tell: _Tells) -> _Tells:
    """What is said of a thing is said once on a sheet: later calls with the same arguments give its address alone."""

    @wraps(tell)
    def told(sheet: Sheet, *key: object) -> str:
        node = sheet._told.get((tell, *key))
        if node is None:
            node = sheet._told[tell, *key] = tell(sheet, *key)
        return node

    return cast("_Tells", told)


class Sheet:
    """Quads of one named graph in the making. ``used`` collects what the authority graph has to describe:
    ``state/VNM``, ``format/open-debate``, ``ns#Held``."""

    def __init__(self, graph: str, base: str, gazetteer: Gazetteer) -> None:
        self._things = iri(f"{base}id/")[:-1]
        self._gazetteer = gazetteer
        self._graph = self.thing("graph", graph)
        self._holders = frozenset(entry.id for entry in gazetteer.holders)
        self._told: dict[tuple[object, ...], str] = {}
        self._said: defaultdict[str, set[str]] = defaultdict(set)
        self.used: set[str] = set()

    def add(self, subject: str, predicate: str, object_: str) -> None:
        """``predicate`` as a prefixed name; the others are terms as text."""
        self._said[subject].add(f"{term(predicate)} {object_}")

    def tell(self, subject: str, *stated: str) -> None:
        """Many at once: predicates with their objects as text."""
        self._said[subject].update(stated)

    def blocks(self) -> list[str]:
        """A block for each subject (`kg.triples.blocks`), in the order in which they came up."""
        return [block(subject, stated, self._graph) for subject, stated in self._said.items()]

    def thing(self, path: str, key: str) -> str:
        """The address of a thing; a key that cannot stand in one is hashed."""
        return f"{self._things}{path}/{key if _SAFE.fullmatch(key) else short_hash(key)}>"

    # -- known from the gazetteer ---------------------------------------------------------------------------------

    def _known(self, path: str, key: str) -> str:
        self.used.add(f"{path}/{key}")
        return self.thing(path, key)

    @_once
    def state(self, iso3: str) -> str:
        return self._known("state", iso3)

    def entry(self, entry: Entry) -> str:
        """A state, mission, body, or mandate holder of the gazetteer."""
        return self._known(self.path(entry), entry.id)

    def path(self, entry: Entry) -> str:
        """The kind of address an entry has: one entry, one address, whichever way it was reached."""
        if entry.type is MentionType.ORGANIZATION and entry.id in self._holders:
            return "holder"
        return entry.type.value.lower()

    @_once
    def organization(self, id_: str) -> str:
        """A State, Mission or Organization by its id."""
        entry = organization_of(id_, self._gazetteer)
        return self.entry(entry) if entry else self._known("organization", id_)

    def holder(self, id_: str | None, label: str | None) -> str | None:
        """A mandate holder by its id, or, where nothing more is known, by what the document calls it."""
        entry = self._gazetteer.holder(id_) if id_ else None
        node: str
        if entry:
            node = self.entry(entry)
        elif id_:
            node = self._known("holder", id_)
        elif label:
            node = self.thing("holder", f"named-{short_hash(label)}")
        else:
            return None
        self.add(node, "rdf:type", term("sc:MandateHolder"))
        if label and not entry:
            self.add(node, "rdfs:label", zh(label))
        return node

    def code(self, kind: str, value: str) -> str | None:
        """A value of a closed list (`kg.vocabulary.CODES`); None where the list has it not."""
        found = code(kind, value)
        if not found:
            return None
        self.used.add(f"ns#{found.term}")
        return term(f"sc:{found.term}")

    def format(self, id_: str) -> str:
        return self._known("format", id_)

    # -- known from the documents ---------------------------------------------------------------------------------

    @_once
    def document(self, symbol: str) -> str:
        """A document of the UN by its symbol."""
        node = self.thing("document", slug(symbol))
        self.add(node, "rdf:type", term("sc:Document"))
        self.symbol(node, symbol)
        self.add(node, "rdfs:label", zh(symbol))
        return node

    def symbol(self, node: str, symbol: str) -> None:
        self.add(node, "sc:symbol", string(symbol))
        self.add(node, "schema:url", iri(fit_iri(document_url(symbol))))

    @_once
    def instrument(self, symbol: str) -> str:
        """A resolution or presidential statement by its symbol; any other symbol is a document's."""
        if symbol.startswith("S/PRST/"):
            node = self.thing("presidential-statement", slug(symbol.removeprefix("S/PRST/")))
            self.add(node, "rdf:type", term("sc:PresidentialStatement"))
            self.add(node, "rdfs:label", zh(f"安全理事会主席声明{symbol}"))
            self.add(node, "rdfs:label", en(f"Statement by the President of the Security Council {symbol}"))
            self.symbol(node, symbol)
            return node
        if "/RES/" not in symbol:
            return self.document(symbol)
        return self._resolution(symbol)

    def _resolution(self, symbol: str) -> str:
        number = resolution_number(symbol)
        node = self.thing("resolution", number or slug(symbol.replace("/RES/", "/")))
        self.add(node, "rdf:type", term("sc:Resolution"))
        organ, _, rest = symbol.partition("/RES/")
        if number is None:
            body = {"A": ("大会", "General Assembly resolution")}.get(organ, (organ, f"{organ} resolution"))
            self.symbol(node, symbol)
            self.add(node, "rdfs:label", zh(f"{body[0]}第{rest}号决议"))
            self.add(node, "rdfs:label", en(f"{body[1]} {rest}"))
            return node
        self.add(node, "sc:number", integer(int(number)))
        year = re.search(r"\((\d{4})\)", rest)
        if year:  # without one, the address is not the UN's and the label is not the whole
            self.symbol(node, symbol)
            self.add(node, "sc:year", dated(year[1]))
            self.add(node, "rdfs:label", zh(f"第{number}({year[1]})号决议"))
            self.add(node, "rdfs:label", en(f"Resolution {number} ({year[1]})"))
        return node

    @_once
    def meeting(self, ref: MeetingRef) -> str:
        """A meeting, with what its key says of it and no more: two documents may tell different things of one."""
        node = self.thing("meeting", ref.key)
        self.add(node, "rdf:type", term("sc:Meeting"))
        self.add(node, "sc:body", self.organization(ref.body))
        if ref.number is not None:
            self.add(node, "sc:number", integer(ref.number))
            if ref.body == COUNCIL:
                self.add(node, "rdfs:label", zh(f"安全理事会第{ref.number}次会议"))
                self.add(node, "rdfs:label", en(f"Security Council meeting {ref.number}"))
        form = FORMATS.get(ref.format or "meeting")
        if ref.number is None and form:
            when = ref.date or ""
            self.add(node, "rdfs:label", zh(f"{_chinese_date(when)}{form[0]}"))
            self.add(node, "rdfs:label", en(f"{form[1][0].upper()}{form[1][1:]}{f', {when}' if when else ''}"))
        if ref.format:
            self.add(node, "sc:format", self.format(ref.format))
        if ref.date:
            self.add(node, "schema:startDate", dated(ref.date))
        if ref.end_date:
            self.add(node, "schema:endDate", dated(ref.end_date))
        return node

    @_once
    def presidency(self, month: str) -> str:
        node = self.thing("presidency", month)
        self.add(node, "rdf:type", term("sc:Presidency"))
        self.add(node, "sc:month", dated(month))
        self.add(node, "org:organization", self.organization(COUNCIL))
        self.add(node, "rdfs:label", zh(f"{_chinese_date(month)}安全理事会主席"))
        if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
            name = _MONTHS[int(month[5:]) - 1]
            self.add(node, "rdfs:label", en(f"Presidency of the Security Council, {name} {month[:4]}"))
            self._during(node, month)
        return node

    def _during(self, node: str, month: str) -> None:
        """The month of a presidency, from its first to its last day, in the words of OWL-Time."""
        interval = self.thing("month", month)
        self.add(node, "org:memberDuring", interval)
        self.add(interval, "rdf:type", term("time:ProperInterval"))
        last = monthrange(int(month[:4]), int(month[5:]))[1]
        for predicate, day in (("time:hasBeginning", f"{month}-01"), ("time:hasEnd", f"{month}-{last}")):
            instant = self.thing("day", day)
            self.add(interval, predicate, instant)
            self.add(instant, "rdf:type", term("time:Instant"))
            self.add(instant, "time:inXSDDate", dated(day))

    @_once
    def person(self, key: str) -> str:
        """A person; the names stand in the graph of identities."""
        node = self.thing("person", key)
        self.add(node, "rdf:type", term("sc:Official"))
        return node

    def post(self, post: Post) -> str:
        node = self.thing("post", post.key)
        self.add(node, "rdf:type", term("sc:Post"))
        if post.owner:
            self.add(node, "org:postIn", self.entry(post.owner))
        label = post.entry.zh if post.entry else post.title
        owner = post.owner.zh if post.owner else ""
        self.add(node, "rdfs:label", zh(owner + label))
        if post.entry:
            place = f" ({post.owner.en})" if post.owner else ""
            self.add(node, "rdfs:label", en(post.entry.en + place))
        return node

    @_once
    def concept(self, path: str, type_: str, text: str) -> str:
        """A theme or agenda item; its key leaves punctuation and blanks aside. It leads to UNBIS concepts."""
        node = self.thing(path, short_hash("".join(c for c in text if c.isalnum())))
        self.add(node, "rdf:type", term(type_))
        self.add(node, "rdf:type", term("skos:Concept"))
        self.add(node, "skos:prefLabel", zh(text))
        for subject in theme_subjects(text):
            concept = iri(subject.iri)
            # an agenda item is the Council's, a concept the library's: never the very same
            self.add(node, "skos:closeMatch" if subject.whole else "skos:relatedMatch", concept)
            self.add(concept, "rdf:type", term("skos:Concept"))
            self.add(concept, "skos:prefLabel", zh(subject.zh))
        return node


def _chinese_date(text: str) -> str:
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(text.split("-"), "年月日", strict=False) if part.isdigit()
    )
