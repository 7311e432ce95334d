"""Sentences read for appointments, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.extract.appointees import Appointee, appointees
from kg.extract.appointments import frames
from kg.extract.appointments.acts import Act, act_of
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.gazetteer.holders import load_holders
from kg.model import Appointment, MentionType
from kg.text import normalize

__all__ = ["appointments"]

_NO_PROSE = frozenset({"title", "signature", "letterhead", "footnote"})
_REPLACES = re.compile(r"，?以?(?:接替|取代|代替|接任)")
_JOINT = re.compile(r"和|以及|及|、")
_FIELD = re.compile(
    r"\((?:(?:主管|负责|分管)[^()]{2,16}|[\u4e00-\u9fff]{0,10}(?:事务|政治|法治|安全|行动|支助|发展|重建|协调|保护|选举|管理|复原|人道主义))\)"
)
_PANEL = re.compile(r"(?P<panel>专家小组|专家组|分析支助和制裁监测组|监测小组|监测组|监察组|小组)")
_PANEL_ID = re.compile(r"panel-of-experts|group-of-experts|monitoring-")
_PANEL_KINDS = ("panel", "monitoring-team")
_EXPERT = re.compile(r"专家(?:$|[：:])")
_DELEGATE = re.compile(r"(?:常任|副|候补|代理|首席|常驻)?代表")


def appointments(reading: Reading) -> Iterator[Appointment]:
    """One fact a person and post."""
    told: set[tuple[str | None, ...]] = set()
    announced: Act | None = None
    telling = {sentence.order for sentence in frames.TELLS.among(reading.view)}
    for sentence in reading.view.sentences if telling else ():
        if sentence.paragraph.role in _NO_PROSE or not (announced or sentence.order in telling):
            continue
        facts = list(_read(reading, sentence))
        now = _announced(reading, sentence)
        if now is not None and not facts:
            facts = list(_in_line(reading, sentence, now))
        if announced is not None and not facts:
            facts = list(_listed(reading, sentence, announced))
        for fact in facts:
            key = (fact.person, fact.post, fact.status)
            if key not in told:
                told.add(key)
                yield fact
        if now is not None or not facts:
            announced = now


def _read(reading: Reading, sentence: Sentence) -> Iterator[Appointment]:
    taken = 0
    act: Act | None = None
    for match, rule in _matches(sentence):
        low, high = match.span("who" if match["who"] else "who2")
        if low < taken:
            continue
        cut = _REPLACES.search(sentence.text, low, high)
        people = list(appointees(sentence, low, cut.start() if cut else high))
        posts = _posts(sentence, *match.span("post"), len(people))
        if not people or (match["post"] and not posts):
            continue
        if (
            rule == "appointment.by"
            and not re.match("[提建打拟决安商同]", match["verb"])
            and not _heads(sentence, posts)
        ):
            continue
        end = posts[-1][1] if posts else match.end()
        if rule != "appointment.joined":
            act = act_of(reading, sentence, match, end, act)
        taken = end
        if act is None or _of_credentials(reading, sentence, posts):
            continue
        for i, person in enumerate(people):
            post = _post(reading, sentence, *posts[i if len(posts) > 1 else 0]) if posts else (None, None)
            yield _fact(reading, sentence, person, post, act, rule)


def _of_credentials(reading: Reading, sentence: Sentence, posts: list[tuple[int, int]]) -> bool:
    """Whether a report on credentials tells it: who is to represent a state at the Council."""
    told = any(_DELEGATE.fullmatch(sentence.text, *post) for post in posts)
    return told and any("全权证书" in s.text for s in reading.view.sentences)


def _matches(sentence: Sentence) -> list[tuple[re.Match[str], str]]:
    """Frames of a sentence in the order of their words; where two share their words, the surer one first."""
    text = sentence.unposted
    if not re.search(r"任|派|选|指定|提名", text):
        return []
    found = list(frames.FRAMES.finditer(sentence))
    if found:
        at = min(match.start() for match, _ in found)
        while match := frames.JOINED.search(
            text, at
        ):  # the post of one may go on to the next: …为航空专家、…为财务专家
            found.append((match, "appointment.joined"))
            at = match.start("post")
    return sorted(found, key=lambda each: each[0].start("who") if each[0]["who"] else each[0].start("who2"))


def _heads(sentence: Sentence, posts: list[tuple[int, int]]) -> bool:
    return all(frames.HEADS.search(sentence.text, *post) for post in posts)


def _posts(sentence: Sentence, start: int, end: int, people: int) -> list[tuple[int, int]]:
    """Spans of the posts that a frame names, what stands before and behind them left out; one for each where several
    persons 分别 get one."""
    masked = sentence.unposted
    other = frames.NEXT.search(masked, start, end)
    end = other.start() if other else end
    stop = frames.AFTER.search(masked, start, end)
    while stop is not None and not frames.POST.search(sentence.text, start, stop.start()):
        stop = frames.AFTER.search(masked, stop.start() + 1, end)
    end = stop.start() if stop else end
    note = None
    if sentence.text[start:end].endswith(")"):
        note = (max(start, sentence.text.rfind("(", start, end)), end)
        end = note[0]
    front = frames.FRONT.match(sentence.text[start:end])
    start += front.end() if front else 0
    if not frames.POST.search(sentence.text, start, end):
        return []
    for joint in _JOINT.finditer(masked, start, end) if people > 1 else ():
        halves = [(start, joint.start()), (joint.end(), end)]
        if all(frames.POST.search(sentence.text, *half) and half[1] - half[0] < 40 for half in halves):
            return halves if people == 2 else []
    return [(start, note[1] if note and _is_field(sentence, *note) else end)]


def _is_field(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a bracket behind a post is part of it: ``副特别代表(政治事务)`` is, ``(联利特派团)`` and ``(任期四年)`` are not."""
    named = any(start < m.end and m.start < end for m in sentence.mentions if m.type is not MentionType.POST)
    return not named and bool(_FIELD.fullmatch(sentence.text, start, end))


def _post(reading: Reading, sentence: Sentence, start: int, end: int) -> tuple[str, str | None]:
    """A post as printed, and the mission or body that it names; the one panel of the document for 专家小组成员."""
    for kind in (MentionType.MISSION, MentionType.ORGANIZATION):
        for mention in sentence.inside(start, end, kind):
            if mention.id and mention.id not in {"UN", "UN-SC"} and not mention.id.startswith("committee-"):
                return sentence.printed(start, end), mention.id
    that = _THAT_BODY.match(sentence.text, start, end)
    if that is not None:
        body = _named_before(reading, sentence, start, that["body"])
        return sentence.printed(start, end), body
    return sentence.printed(start, end), _panel(reading, sentence, start, end)


_THAT_BODY = re.compile(
    r"(?:该|这一|这个|上述)(?P<body>[^，。；的该]{0,5}?(?:调查组|工作组|小组|组|团|部队|办事处|办公室|委员会|法庭|机制|行动))"
)


def _named_before(reading: Reading, sentence: Sentence, at: int, body: str) -> str | None:
    """The mission or body last named in the paragraph whose name ends so (任命…为该调查组特别顾问)."""
    for before in reversed(reading.view.by_paragraph[sentence.index]):
        limit = at if before is sentence else len(before.text) if before.order < sentence.order else 0
        for mention in reversed(before.mentions):
            known = mention.type in {MentionType.MISSION, MentionType.ORGANIZATION} and mention.end <= limit
            if known and mention.id and mention.text.endswith(body):
                return mention.id
    return None


def _panel(reading: Reading, sentence: Sentence, start: int, end: int) -> str | None:
    """The panel that ``text[start:end]`` speaks of, by its id or as the only one of the document, which 航空专家 is of too."""
    named = {m.id for m in sentence.inside(start, end, MentionType.ORGANIZATION) if _PANEL_ID.match(m.id or "")}
    panel = _PANEL.search(sentence.text, start, end)
    if len(named) == 1 or not (panel or _EXPERT.search(sentence.text, start, end)):
        return named.pop() if len(named) == 1 else None
    panels = {
        m.id
        for m in reading.view.mentions
        if m.type is MentionType.ORGANIZATION
        and (_PANEL_ID.match(m.id or "") or (panel and normalize(m.text)[0].endswith(panel["panel"])))
    }
    return panels.pop() if len(panels) == 1 else None if panels else _by_resolutions(reading, sentence)


def _by_resolutions(reading: Reading, sentence: Sentence) -> str | None:
    """The panel that the resolutions cited there, else in the document, set up or renewed (依照第1973(2011)号决议…专家小组成员)."""
    for mentions in (sentence.mentions, reading.view.mentions):
        numbers = {int(m[1]) for each in mentions if (m := re.match(r"S/RES/(\d+)\(", each.id or ""))}
        found = {h.id for n in numbers for kind in _PANEL_KINDS if (h := load_holders().by_resolution(kind, n))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _fact(
    reading: Reading, sentence: Sentence, person: Appointee, post: tuple[str | None, str | None], act: Act, rule: str
) -> Appointment:
    fact = Appointment(
        person=reading.people.known_as(sentence, person.start, person.end),
        nationality=person.nationality,
        post=post[0],
        organization=post[1],
        status=act.status,
        date=act.date,
        modality=act.modality,
        confidence=0.93,
        rule=rule,
    )
    return reading.with_evidence(fact, [sentence.evidence, *([act.evidence] if act.evidence else [])])


def _announced(reading: Reading, sentence: Sentence) -> Act | None:
    """``我已任命下列专家为专家小组成员：``"""
    match = frames.LISTED.search(sentence)
    if match is None:
        return None
    end = match.end("post") if match["post"] else match.end()
    act = act_of(reading, sentence, match, end, None)
    posts = _posts(sentence, *match.span("post"), 1) if match["post"] else []
    body = _panel(reading, sentence, *match.span()) if not posts else None
    post = _post(reading, sentence, *posts[0]) if posts else (None, body)
    return act and replace(act, post=post, evidence=sentence.evidence)


def _in_line(reading: Reading, sentence: Sentence, act: Act) -> Iterator[Appointment]:
    """The list behind the colon in the sentence that announces it: items between semicolons, or names in a row."""
    match = frames.LISTED.search(sentence)
    start, end = match.end() if match else 0, len(sentence.text.rstrip("。；"))
    marks = [start, *(start + m.end() for m in re.finditer("；", sentence.text[start:end])), end]
    items = [fact for at, to in pairwise(marks) for fact in _item(reading, sentence, act, at, to)]
    if len(items) == len(marks) - 1 > 1:
        yield from items
        return
    for person in appointees(sentence, start, end):
        yield _fact(reading, sentence, person, act.post or (None, None), act, "appointment.listed")


def _listed(reading: Reading, sentence: Sentence, act: Act) -> Iterator[Appointment]:
    """A line of the list: ``扬·库比什先生，武器问题专家(斯洛伐克)``."""
    return _item(reading, sentence, act, 0, len(sentence.text))


def _item(reading: Reading, sentence: Sentence, act: Act, start: int, end: int) -> Iterator[Appointment]:
    """One item of the list, ``text[start:end]``."""
    words = sentence.unposted[start:end]
    match = frames.LABELLED.match(words) or frames.ITEM.match(words)
    if match is None:
        return
    low, high = match.span("who")
    for person in list(appointees(sentence, start + low, start + high))[:1]:
        states = (sentence.at(start + m.start("s"), MentionType.STATE) for m in frames.BRACKET.finditer(words))
        state = next(states, None)
        nationality = person.nationality or (state.id if state else None)
        own = act.post or (None, None)
        if match["post"]:
            low, high = (start + at for at in match.span("post"))
            if frames.POST.search(sentence.text, low, high) and not _is_office(own[0]):
                post, body = _post(reading, sentence, low, high)
                own = (post, body or own[1])
        named = Appointee(person.start, person.end, nationality)
        yield _fact(reading, sentence, named, own, act, "appointment.listed")


def _is_office(post: str | None) -> bool:
    """Whether the post for which a list is announced is itself one to be held (法官), not membership or the chairs of several bodies, which
    an item says more of."""
    return post is not None and not post.endswith(("成员", "专家", "各附属机构主席", "附属机构主席", "各委员会主席"))
