"""How one sentence tells that an instrument was adopted: every 通过 with its count, its manner and its instrument.

Read over masked text in which counts of votes are signs too. The instrument stands behind the verb (以15票赞成一致通过第…号决议), before
it (第…号决议以14票赞成、1票弃权获得通过), or is what a draft became (草案获得通过，成为第…号决议). Refused: 通过 as "by means of", what is
planned, wished for, denied or asked, drafts that stay drafts, counts that no such Council can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract import adoption_patterns as words
from kg.extract.adoption_frame import (
    Frame,
    clause_before,
    drafts_in,
    frame_of,
    instrument_at,
    is_refused,
    is_unanimous,
    rule_of,
    sentence_before,
    tally_of,
)
from kg.extract.tallies import Tally, find_tallies, joined
from kg.extract.view import Sentence
from kg.model import MentionType
from kg.pipeline.mask import compile_masked, mask

__all__ = ["INSTRUMENTS", "adoption_frames", "voted"]

INSTRUMENTS = frozenset({MentionType.RESOLUTION, MentionType.DOCUMENT})
"""What is adopted: no sentence tells an adoption unless it or the next one names one."""


def voted(sentence: Sentence) -> tuple[str, list[Tally]]:
    """The masked sentence with its counts of votes as signs, and the counts."""
    tallies = find_tallies(sentence.unposted)
    return mask(sentence.masked, ((t.start, t.end, "V") for t in tallies)), tallies


def adoption_frames(sentence: Sentence, following: Sentence | None = None) -> list[Frame]:
    """All adoptions that a sentence tells, in the order of its words. ``following``: the sentence behind it, which may number the
    resolution that this one says was adopted."""
    if not (_cites(sentence) or (following is not None and _cites(following))):
        return []  # no instrument is named
    if not re.search(r"通过|决定|同意|结果|声明", sentence.text):
        return []
    text, tallies = voted(sentence)
    found: list[Frame] = []
    for match in words.VERB.finditer(text) if "通过" in text else ():
        if is_refused(text, match.start()):
            continue
        frame = _told(sentence, text, match, tallies, goes_on=bool(found))
        that = words.THAT.search(sentence_before(text, match.start()))
        if that and found and frame is None and match["modes"]:
            found[-1] = replace(
                found[-1],
                tally=found[-1].tally or tally_of(match, tallies),
                unanimous=found[-1].unanimous or is_unanimous(match),
            )
        row = _shared(text, [frame, *_listed(sentence, text, frame)], tallies) if frame else []
        row = _each_its_day(text, row)
        for one in row or _numbered(sentence, text, match, tallies, following):
            if not any(f.instrument is one.instrument for f in found):
                found.append(one)
    if not found and following is not None:
        found.extend(_numbered_statement(text, following))
    found.extend(f for f in _otherwise(sentence, text, tallies) if not any(f.instrument is g.instrument for g in found))
    return _completed(sentence, text, tallies, sorted(found, key=lambda f: f.verb))


def _cites(sentence: Sentence) -> bool:
    return not sentence.kinds.isdisjoint(INSTRUMENTS)


def _told(sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally], *, goes_on: bool) -> Frame | None:
    """What one 通过 adopts: what a draft became, what stands before the verb, what stands behind it."""
    return (
        _became(sentence, text, match, tallies)
        or _passive(sentence, text, match, tallies)
        or _active(sentence, text, match, tallies, goes_on=goes_on)
    )


def _became(sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally]) -> Frame | None:
    became = words.BECAME.match(text, match.end())
    mention = instrument_at(sentence, became.start("i")) if became else None
    return frame_of(match, mention, "adoption.becomes", tallies) if mention else None


def _passive(sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally]) -> Frame | None:
    before = sentence_before(text, match.start())
    subject = words.SUBJECT.search(before)
    if subject is None or compile_masked("«RX»").match(text, match.end()):
        return None  # 一致通过第…号决议，又于…通过第…号决议: each has its own behind it
    if text.startswith("所", match.end()):
        return None  # 按照第…号决议获得通过所表明的意向
    mention = instrument_at(sentence, match.start() - len(before) + subject.start("i"))
    if mention is None:
        return None
    ended = bool(words.PASSED.match(text, match.end()))
    was = match["done"] == "的" and "是" in subject["mid"] and ended  # 第…号决议是…通过的
    back = bool(words.LOOKS_BACK.match(text, match.end())) or (match["done"] == "的" and not was)
    if not (match["modes"] or match["gets"]) and not words.THE_DRAFT.search(before[: subject.start("i")]):
        dated = compile_masked("«D»").search(subject["mid"] + match.group())
        if back or not dated or not ended:
            return None
    plain = "adoption.statement" if (mention.id or "").startswith("S/PRST/") else "adoption.dated"
    rule = rule_of(match, tallies, plain)
    return frame_of(match, mention, plain if was and rule == "adoption.recalled" else rule, tallies, looking_back=back)


def _active(
    sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally], *, goes_on: bool
) -> Frame | None:
    """``goes_on``: an adoption stands before it in the sentence, whose subject may be its own."""
    clause = clause_before(text, match.start())
    found = words.OBJECT.match(text, match.end())
    if found is None or words.OTHERS.search(clause):
        return None
    bare = not match["modes"] and match["done"] != "了" and not _of_a_day(match, found["gap"])
    bare = bare and not (
        goes_on and not found["gap"] and words.GOES_ON.fullmatch("" if match.group()[0] in "，；" else clause)
    )
    if bare and (words.NO_OBJECT.match(text, match.end()) or not words.COUNCIL_DOES.search(clause[-100:])):
        return None
    mention, end = instrument_at(sentence, found.start("i")), found.end()
    if mention is None:
        became = words.DRAFT_BECAME.match(text, end)
        at = max(became.start("i"), became.start("i2")) if became else -1
        mention = instrument_at(sentence, at)
        return frame_of(match, mention, "adoption.becomes", tallies) if mention else None
    if text.startswith("草案", mention.end) or words.ATTEMPT.match(text, mention.end):
        return None
    dated = compile_masked("«D»").search(text[: match.end()])
    back = match["done"] == "的"
    if back and not dated and not match["modes"]:
        return None
    plain = "adoption.statement" if (mention.id or "").startswith("S/PRST/") else "adoption.plain"
    rule = rule_of(match, tallies, "adoption.dated" if dated and plain == "adoption.plain" else plain)
    return frame_of(match, mention, rule, tallies, looking_back=back)


def _of_a_day(match: re.Match[str], gap: str) -> bool:
    """``(提及其在)2024年8月28日通过的第…号决议``: whose it is, its symbol says."""
    dated = compile_masked("«D»").search(match.group())
    return match["done"] == "的" and bool(dated) and not re.search("[，、和及与]", gap)


def _listed(sentence: Sentence, text: str, frame: Frame) -> Iterator[Frame]:
    """Other resolutions in a list behind the first: a count of one vote is not theirs."""
    end = frame.instrument.end
    while frame.instrument.start > frame.verb and (more := words.LIST.match(text, _past_bracket(text, end))):
        mention = instrument_at(sentence, more.start("i"))
        if mention is None:
            return
        yield replace(frame, instrument=mention, tally=frame.tally if "均" in text[: frame.end] else None)
        end = mention.end


def _past_bracket(text: str, at: int) -> int:
    close = text.find(")", at) if text.startswith("(", at) else -1
    return close + 1 if close > 0 else at


def _shared(text: str, frames: list[Frame], tallies: list[Tally]) -> list[Frame]:
    """``分别以15票赞成和14票赞成、1票弃权通过了第…号和第…号决议``: to each its own count, or none."""
    at = text.find("分别")
    if len(frames) < 2 or at < 0 or at > frames[0].end:
        return frames
    counts = [t for t in tallies if at < t.start and t.end <= frames[0].end]
    fit = counts if len(counts) == len(frames) else [None] * len(frames)
    return [replace(frame, tally=tally) for frame, tally in zip(frames, fit, strict=True)]


def _each_its_day(text: str, frames: list[Frame]) -> list[Frame]:
    """``3月9日、3月11日先后通过第…号和第…号决议``, ``第…号决议(3月9日)、第…号决议(3月11日)``: to each its own."""
    if not frames:
        return frames
    behind = [words.DAY_BEHIND.match(text, frame.instrument.end) for frame in frames]
    if all(behind):
        return [replace(f, day=m.start("d")) for f, m in zip(frames, behind, strict=True) if m]
    verb = re.search("通过", text[frames[0].verb : frames[0].end])
    row = words.DAYS_APART.search(text[: frames[0].verb + (verb.start() if verb else 0)])
    days = list(compile_masked("«D»").finditer(text, row.start(), row.end())) if row else []
    if len(days) < 2 or len(days) != len(frames):
        return frames
    return [replace(frame, day=day.start()) for frame, day in zip(frames, days, strict=True)]


def _numbered(
    sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally], following: Sentence | None
) -> Iterator[Frame]:
    """``安理会以14票赞成通过决议，…。这份编号为第2626号的决议…``."""
    if not (
        match["modes"] or match["done"] == "了" or words.COUNCIL_DOES.search(clause_before(text, match.start())[-100:])
    ):
        return
    resolution = words.A_RESOLUTION.match(text, match.end())
    if resolution is None or words.OTHERS.search(clause_before(text, match.start())):
        return
    here = words.NUMBERED_HERE.search(text, resolution.end())
    then = words.NUMBERED.match(following.masked) if following is not None and here is None else None
    mention = None
    if here:
        mention = instrument_at(sentence, here.start("i"))
    elif then and following is not None:
        mention = instrument_at(following, max(then.start("i"), then.start("i2")))
    if mention is not None:
        yield replace(frame_of(match, mention, "adoption.numbered", tallies), in_next=here is None)


def _numbered_statement(text: str, following: Sentence) -> Iterator[Frame]:
    """``安理会通过主席声明，…。声明(S/PRST/2021/8)…``."""
    made = words.A_STATEMENT.search(text)
    then = words.STATEMENT_NUMBERED.match(following.masked)
    mention = instrument_at(following, then.start("i")) if then else None
    if (
        made
        and mention
        and not is_refused(text, made.start())
        and not words.OTHERS.search(clause_before(text, made.start()))
    ):
        yield Frame(mention, made.start(), made.end(), "adoption.statement", in_next=True)


def _otherwise(sentence: Sentence, text: str, tallies: list[Tally]) -> Iterator[Frame]:
    """Adoptions without the verb: 一致决定(第…号决议), 就第…号决议…表决结果为…, 发表主席声明(S/PRST/…)."""
    for rule, pattern in (
        ("adoption.unanimous", words.DECIDES),
        ("adoption.result", words.RESULT),
        ("adoption.statement", words.STATEMENT),
    ):
        if (pattern is words.RESULT and not tallies) or (pattern is words.STATEMENT and "声明" not in text):
            continue
        for match in pattern.finditer(text):
            groups = match.groupdict()
            mention = instrument_at(sentence, max(match.start(g) for g in ("i", "i2", "i3") if g in groups))
            if (
                mention is None
                or is_refused(text, match.start())
                or (rule == "adoption.statement") != (mention.id or "").startswith("S/PRST/")
            ):
                continue
            unanimous = bool(groups.get("u") or groups.get("u2"))
            if rule == "adoption.unanimous" and not unanimous:
                continue
            tally = next((t for t in tallies if match.start() <= t.start and t.end <= match.end()), None)
            yield Frame(mention, match.start(), match.end(), rule, tally, unanimous)


def _completed(sentence: Sentence, text: str, tallies: list[Tally], found: list[Frame]) -> list[Frame]:
    """With what the rest of the sentence says of its only adoption: count, written procedure, symbol of the draft."""
    found = [f if f.tally else replace(f, tally=_behind(text, f.instrument.end, tallies)) for f in found]
    if len({f.instrument.id for f in found}) != 1:
        return found
    frame = found[0]
    if frame.tally is None and not words.FAILED.search(sentence.text):
        frame = replace(frame, tally=joined(tallies))
    drafts = {m.id for m in drafts_in(sentence)}
    draft = drafts.pop() if len(drafts) == 1 and not words.FAILED.search(sentence.text) else None
    return [replace(frame, draft=draft, written=frame.written or bool(words.WRITING.search(sentence.text)))]


def _behind(text: str, at: int, tallies: list[Tally]) -> Tally | None:
    """The count in brackets right behind an instrument."""
    return next((t for t in tallies if t.start == at + 1 and text[at] == "("), None)
