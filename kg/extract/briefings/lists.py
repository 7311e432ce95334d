"""Lists of briefers: ``通报人：A；B``, ``下列人士将作通报`` with lines below it, a heading 通报人 with names.

Refused: who takes part, presides or speaks; what briefers are to speak of; lists that name nobody (一名民间社会代表，待定).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.briefings.frames import AUDIENCE, CONVENED, REFUSE_BEFORE
from kg.extract.briefings.telling import Listing, State, add
from kg.extract.briefings.wording import audience_of
from kg.extract.gate import Gated
from kg.extract.meetings import Sitting
from kg.extract.speakers import Speaker, titled, titled_list, walk
from kg.model import DocumentKind

if TYPE_CHECKING:
    from kg.extract.view import Sentence

__all__ = ["BY_NAME", "heads_list", "line_of", "listed_in"]

_BRIEFER = r"(?:情况)?(?:通报人|通报者|简报人|简报者|介绍人|介绍者|主讲人|通报情况者|作通报者|通报方|情况通报者)"
_KIND = r"(?:预计|预期|拟议|拟邀|拟请|主要|受邀|应邀|建议|特邀)*的?"
_WILL = r"(?:作为|以|将|会|已|拟|可|应邀|同意|届时|(?:在|于)[^，。；：:«:P»]{1,12}?(?:时|中|上|前|后|开始)|首先){0,12}"
_GIVES = rf"(?:向{AUDIENCE})?(?:作|做|进行|提供)?(?:最新|开场)?(?:情况)?(?:通报|介绍|简报)(?:情况)?"
BY_NAME = Gated(
    rf"(?:下列|以下|下述)(?:[^，。；：:«:P»]{{0,10}}?){_WILL}{_GIVES}(?:人|者)?(?:们)?(?:的?身份)?{_WILL}(?:发言|与会|讲话|(?:参加|出席)(?:会议|辩论|«F»|通报)?)?(?:并?发言)?(?P<colon>[:：]|$|(?=[^，。；：:]))"
    rf"|(?:听取|听)(?:了)?(?:来自)?(?:下列|以下|下述|[一二三四五六七八九两\d]{{1,2}}位)[^，。；：:«:P»]{{0,12}}(?:的)?(?:通报|发言|介绍|简报)(?:，(?:他们|她们|即|分别)(?:是|为)?)?(?P<colon2>[:：]|$|(?=[^，。；：:]))"
    rf"|(?:听取|听)(?:了|过)?[^，。；：:«:P»]{{2,24}}(?:的|所作的?)(?:年度|季度|最新|情况)*(?:通报|介绍|简报)(?P<colon6>[:：])"
    rf"|(?:在会上|将|应邀|届时){{0,12}}(?:作|进行)?(?:情况)?(?:通报|介绍)(?:情况)?的(?:有|包括|是|为|将是|将有)+(?P<colon3>[:：]|$|(?=[^，。；：:]))"
    rf"|{_KIND}{_BRIEFER}(?:名单)?(?:如下|(?:将|会|拟|预计|可能)*(?:包括|为|是|有)(?:以下|下列)?(?:人士|人员|各位)?|(?=[:：])|$)(?P<colon4>[:：]|$|(?=[^，。；：:]))"
    rf"|(?<![\u4e00-\u9fff]){_BRIEFER}(?P<colon5>)(?=[«:TPOSM»])"
)
_HEAD = re.compile(
    rf"(?:(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}}|[A-Z])[.、]\s*)?(?:{_KIND}{_BRIEFER}(?:员|士)?(?:名单)?[:：]?|(?:通报|介绍)情况的人(?:员|士)?[:：]?|(?:形式和|与会者和|主持人和)?{_BRIEFER})"
)
"""A line that says no more than that briefers follow."""
_MARK = re.compile(r"\s*(?:[-–—•·●▪○◦*]|\d{1,2}[.、)]|\([a-z\d一二三四五六七八九十]{1,3}\)|[a-z][.)])\s*")
_REST = re.compile(r"[。；;，,、和及 ]*(?:和|以及)?(?:\([^()]*\))?[。；;，,]*")
_ENDS = re.compile(r"\s*(?:$|[，。；;,：:、(—–-]|将|和|以及)")
_TO_COME = re.compile(r"^.{2,30}(?:待定|待确认|有待确认|代表)\)?[。；;，]?$")
_ANYBODY = re.compile(
    r"(?:民间社会|青年|妇女(?:组织)?|(?:有关)?区域(?:和次区域)?组织|非政府组织|通报)的?(?:代表|负责人|领导人|领袖)"
)
_DOES_ELSE = re.compile(r"与会|出席|参加|发言|主持|列席|致辞|致词|讲话|代表[^，。；]{0,12}出席")


def listed_in(state: State, sentence: Sentence, taken: list[tuple[int, int]]) -> None:
    """The briefers that a sentence lists; what it spans goes to ``taken``. It may announce the lines below it."""
    masked = sentence.masked
    for match in BY_NAME.finditer(sentence):
        meeting = _meeting(state, sentence)
        refused = REFUSE_BEFORE.search(masked[: match.start()])
        if meeting is None or (refused and not CONVENED.search(masked[: match.start()])):
            continue
        audience = audience_of(sentence, match, "audience")
        speakers, end = titled_list(sentence, match.end())
        if not speakers:
            speakers, end = walk(sentence, match.end())
        named = [s for s in speakers if not is_vague(sentence, s)]
        for speaker in named:
            add(state, sentence, meeting, speaker, None, audience, "briefing.listed")
        colon = next((g for n, g in match.groupdict().items() if n.startswith("colon") and g), None)
        announced = not speakers and (colon is not None or match.end() == len(masked.rstrip()))
        if speakers or announced:
            taken.append((match.start(), max(end, match.end())))
        if announced:
            state.listing = Listing(meeting, audience, sentence.evidence)


def _meeting(state: State, sentence: Sentence) -> Sitting | None:
    """The meeting whose briefers are listed: in a programme, the one told last, whatever headings stand between."""
    meetings = state.reading.meetings
    if sentence.document.kind is not DocumentKind.PROGRAMME or meetings.told_in(sentence):
        return meetings.of(sentence)
    told = [(at, -n) for n, s in enumerate(meetings.all) for at in s.told_at if at <= sentence.order]
    return meetings.all[-max(told)[1]] if told else None


def heads_list(state: State, sentence: Sentence) -> bool:
    """Whether the sentence is the heading of a list of briefers; then its lines are waited for."""
    if "。" in sentence.text or "，" in sentence.text or not _HEAD.fullmatch(sentence.text.strip()):
        return False
    meeting = _meeting(state, sentence)
    if meeting is None:
        return False
    state.listing = Listing(meeting, None, sentence.evidence)
    return True


def line_of(state: State, sentence: Sentence) -> bool:
    """A line of the list that is open: a bullet, a number, or nothing but one person; True where it belongs to it."""
    listing = state.listing
    if listing is None:
        return False
    mark = _MARK.match(sentence.text)
    style = _style(sentence, mark)
    start = mark.end() if mark else 0
    apposed = titled(sentence, start)
    speakers = [apposed] if apposed else walk(sentence, start)[0]
    waits = style is None and not any(s.actor.person for s in speakers) and _TO_COME.search(sentence.text)
    if not speakers or waits:  # nobody known by name (一名民间社会代表，待定) does not end the list
        return bool(style is not None or waits) and style == listing.style
    rest = sentence.text[speakers[-1].end :]
    if _DOES_ELSE.search(rest if style else sentence.text) or (style is None and not _only(sentence, speakers)):
        return False
    if not _ENDS.match(rest):  # 秘书长的报告
        return False
    if listing.style is not None and style != listing.style:
        return False
    listing.style = style
    first = speakers[0]
    for speaker in (first, *(s for s in speakers[1:] if s.actor.person is not None)):
        shared = speaker if speaker.capacity or first.behalf else replace(speaker, capacity=first.capacity)
        if not is_vague(sentence, speaker):
            add(state, sentence, listing.meeting, shared, None, listing.audience, "briefing.listed", [listing.evidence])
    return True


def _style(sentence: Sentence, mark: re.Match[str] | None) -> str | None:
    """How a line is marked: its bullet or kind of number; None for a line without."""
    if sentence.paragraph.role == "bullet":
        return "bullet"
    number = sentence.paragraph.number
    if number is not None:
        return "(" if number.startswith("(") else "number"
    return "mark" if mark else None


def _only(sentence: Sentence, speakers: list[Speaker]) -> bool:
    """Whether the line holds persons and no sentence."""
    named = all(s.actor.person is not None for s in speakers)
    return named and bool(_REST.fullmatch(sentence.text, speakers[-1].end))


def is_vague(sentence: Sentence, speaker: Speaker) -> bool:
    """Whether a post without a name is nobody's in particular: 一名民间社会代表, 有关区域组织的代表."""
    before = sentence.text[max(0, speaker.actor.start - 12) : speaker.actor.start]
    return speaker.actor.person is None and bool(
        re.search(r"(?:几个|一位|一名|两名|若干|各|多位|数位|有关|其他|某)[^，、]{0,10}$", before)
        or _ANYBODY.fullmatch(sentence.text, speaker.actor.start, speaker.actor.end)
    )
