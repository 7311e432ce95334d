"""Meetings of the Council and of its committees: which a document tells, and which of them a later sentence means.

`find_meetings` reads them; `frames` holds the patterns, `telling` reads a sentence by them, and a module beside them each
question (whose meeting, when, about what) and kind of text (news, programmes, reports of committees).
"""

from kg.extract.meetings.bodies import is_of_its_work
from kg.extract.meetings.changes import changed_in
from kg.extract.meetings.days import clock, hour_of
from kg.extract.meetings.details import add_levels, committee_of, number_of, own_body, share_item
from kg.extract.meetings.finding import find_meetings, implicit
from kg.extract.meetings.sittings import Meetings, Sitting
from kg.extract.meetings.subjects import theme_and_item

__all__ = [
    "Meetings",
    "Sitting",
    "add_levels",
    "changed_in",
    "clock",
    "committee_of",
    "find_meetings",
    "hour_of",
    "implicit",
    "is_of_its_work",
    "number_of",
    "own_body",
    "share_item",
    "theme_and_item",
]
