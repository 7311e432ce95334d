"""Sentences read for appointments, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.appointees import Appointee, appointees
from kg.extract.appointments import frames
from kg.extract.appointments.acts import Act, act_of
from kg.extract.reading import Reading
from kg.extract.view import Sentence
from kg.model import Appointment, MentionType

__all__ = ["appointments"]

_NO_PROSE = frozenset({"title", "signature", "letterhead", "footnote"})
_REPLACES = re.compile(r"，?以?(?:接替|取代|代替|接任)")
_JOINT = re.compile(r"和|以及|及|、")


def appointments(reading: Reading) -> Iterator[Appointment]:
    """One fact a person and post."""
    told: set[tuple[str | None, ...]] = set()
    announced: Act | None = None
    for sentence in reading.view.sentences:
        if sentence.paragraph.role in _NO_PROSE:
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
        if act is None:
            continue
        for i, person in enumerate(people):
            post = _post(sentence, *posts[i if len(posts) > 1 else 0]) if posts else (None, None)
            yield _fact(reading, sentence, person, post, act, rule)


def _matches(sentence: Sentence) -> list[tuple[re.Match[str], str]]:
    """Frames of a sentence in the order of their words; where two share their words, the surer one first."""
    text = sentence.unposted
    if not re.search(r"任|派|选|指定|提名", text):
        return []
    found = [
        (match, rule)
        for rule, pattern in (
            ("appointment.called", frames.CALLED),
            ("appointment.named", frames.NAMED),
            ("appointment.by", frames.BY),
            ("appointment.headed", frames.HEADED),
            ("appointment.of", frames.OF),
        )
        for match in pattern.finditer(text)
    ]
    if found:
        first = min(match.start() for match, _ in found)
        found += [(match, "appointment.joined") for match in frames.JOINED.finditer(text, first)]
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
    if sentence.text[start:end].endswith(")"):
        end = max(start, sentence.text.rfind("(", start, end))
    front = frames.FRONT.match(sentence.text[start:end])
    start += front.end() if front else 0
    if not frames.POST.search(sentence.text, start, end):
        return []
    for joint in _JOINT.finditer(masked, start, end) if people > 1 else ():
        halves = [(start, joint.start()), (joint.end(), end)]
        if all(frames.POST.search(sentence.text, *half) and half[1] - half[0] < 40 for half in halves):
            return halves if people == 2 else []
    return [(start, end)]


def _post(sentence: Sentence, start: int, end: int) -> tuple[str, str | None]:
    """A post as printed, and the mission or body that it names."""
    for kind in (MentionType.MISSION, MentionType.ORGANIZATION):
        for mention in sentence.inside(start, end, kind):
            if mention.id and mention.id not in {"UN", "UN-SC"} and not mention.id.startswith("committee-"):
                return sentence.printed(start, end), mention.id
    return sentence.printed(start, end), None


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
    match = frames.LISTED.search(sentence.unposted)
    if match is None:
        return None
    end = match.end("post") if match["post"] else match.end()
    act = act_of(reading, sentence, match, end, None)
    posts = _posts(sentence, *match.span("post"), 1) if match["post"] else []
    return act and replace(act, post=_post(sentence, *posts[0]) if posts else None, evidence=sentence.evidence)


def _in_line(reading: Reading, sentence: Sentence, act: Act) -> Iterator[Appointment]:
    """The list behind the colon in the sentence that announces it."""
    match = frames.LISTED.search(sentence.unposted)
    for person in appointees(sentence, match.end() if match else 0, len(sentence.text.rstrip("。；"))):
        yield _fact(reading, sentence, person, act.post or (None, None), act, "appointment.listed")


def _listed(reading: Reading, sentence: Sentence, act: Act) -> Iterator[Appointment]:
    """An item of the list: ``扬·库比什先生，武器问题专家(斯洛伐克)``."""
    match = frames.ITEM.match(sentence.unposted)
    if match is None:
        return
    for person in list(appointees(sentence, *match.span("who")))[:1]:
        state = next(
            (sentence.at(m.start("s"), MentionType.STATE) for m in frames.BRACKET.finditer(sentence.unposted)), None
        )
        nationality = person.nationality or (state.id if state else None)
        own = act.post
        if own is None and match["post"] and frames.POST.search(sentence.text, *match.span("post")):
            own = _post(sentence, *match.span("post"))
        named = Appointee(person.start, person.end, nationality)
        yield _fact(reading, sentence, named, own or (None, None), act, "appointment.listed")
