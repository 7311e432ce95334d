"""Who is meant without a full name: 前者, 后者 of two named before, 该协调员 of one introduced before, 格里菲思 of news, 我 of a letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.introductions import introduction
from kg.extract.letters import letters
from kg.extract.speakers import Speaker, walk

if TYPE_CHECKING:
    from kg.extract.introductions import Who
    from kg.extract.reading import Reading
    from kg.extract.view import Sentence

__all__ = ["called", "meant", "meant_before"]

_POST = r"(?:常务)?副秘书长|助理秘书长|特别代表|个人特使|副?特使|特别顾问|特别协调员|高级代表|协调员|协调人|专员|执行主任|执行干事|总干事|署长|司长|主任|团长|主席|监察员|指挥官"
_THAT = re.compile(rf"(?:该|这位|上述)(?P<post>{_POST})")
_TITLE = re.compile(rf"(?:先生|女士|博士|大使|外长|部长|{_POST})?(?!·)")
_I = re.compile(r"我(?!的|们|国|方|本人)")
_AND = re.compile(r"(?:和|、|以及|与|及)$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ONE_OF_TWO = re.compile(r"(?P<which>前者|后者)")


def meant(reading: Reading, sentence: Sentence, at: int) -> tuple[Who, int] | None:
    """The one whom the words at ``at`` mean, and where those words end."""
    one = _ONE_OF_TWO.match(sentence.text, at)
    if one is not None:
        pair = _pair_before(reading, sentence, at)
        return (pair[one["which"] == "后者"], one.end()) if pair else None
    mine = _I.match(sentence.text, at)
    if mine is not None:
        who = _writer(reading)
        return (who, mine.end()) if who else None
    that = _THAT.match(sentence.text, at)
    if that is None:
        return _by_surname(reading, sentence, at)
    introduced = _introduced(reading, sentence, that["post"])
    return (introduced, that.end()) if introduced else None


def meant_before(
    reading: Reading, sentence: Sentence, low: int, high: int, adverbs: re.Pattern[str]
) -> list[tuple[int, Who]]:
    """The same of the subject of a predicate at ``high``, ``adverbs`` between; with where its words end."""
    for pattern in filter(None, (_ONE_OF_TWO, _THAT, _I, reading.people.surnames)):
        for match in pattern.finditer(sentence.text, 0, high):
            found = meant(reading, sentence, match.start())
            if found is None:
                continue
            gap = adverbs.match(sentence.masked, found[1])
            if found[1] < low and not (gap and gap.end() >= high):
                continue
            first = _joined(reading, sentence, match.start()) if pattern is reading.people.surnames else []
            if first or not _HAN.match(sentence.text[match.start() - 1 : match.start()]):
                return [*first, (found[1], found[0])]  # but not of 请该协调员…, 感谢该特使…
    return []


def _by_surname(reading: Reading, sentence: Sentence, at: int) -> tuple[Who, int] | None:
    name = reading.people.surnames.match(sentence.text, at) if reading.people.surnames else None
    title = _TITLE.match(sentence.text, name.end()) if name else None
    found = called(reading, sentence, name.group()) if name and title else None
    return (introduction(reading, *found), title.end()) if found and title else None


def _joined(reading: Reading, sentence: Sentence, at: int) -> list[tuple[int, Who]]:
    """Who stands by surname before another that begins at ``at``: 格里菲思和洛科克."""
    joint = _AND.search(sentence.text[:at])
    for name in reading.people.surnames.finditer(sentence.text, 0, at) if joint and reading.people.surnames else ():
        found = _by_surname(reading, sentence, name.start())
        if (
            found
            and joint
            and found[1] == joint.start()
            and not _HAN.match(sentence.text[name.start() - 1 : name.start()])
        ):
            return [(found[1], found[0])]
    return []


def _pair_before(reading: Reading, sentence: Sentence, at: int) -> tuple[Who, Who] | None:
    """The two whom the clauses before ``at``, or else the sentence before, list."""
    row = reading.view.by_paragraph[sentence.index]
    here = next(i for i, s in enumerate(row) if s is sentence)
    for among, limit in ((sentence, at), *([(row[here - 1], len(row[here - 1].text))] if here else [])):
        for start in (s for actor in among.actors for s in (_clause(among, actor.start), actor.start)):
            speakers, end = walk(among, start, limit=limit)
            if len(speakers) == 2 and end <= limit:
                first, second = (introduction(reading, among, s) for s in speakers)
                return first, second
    return None


def _clause(sentence: Sentence, at: int) -> int:
    return max(sentence.text.rfind(sign, 0, at) for sign in "，；：") + 1


def _introduced(reading: Reading, sentence: Sentence, post: str) -> Who | None:
    """The one last introduced by name with a post that ends so; None where two were in one paragraph."""
    for index in range(sentence.order - 1, -1, -1):
        before = reading.view.sentences[index]
        if before.paragraph.section != sentence.paragraph.section:
            return None
        found: list[Speaker] = []
        for actor in before.actors:
            if actor.person is not None and actor.post is not None and actor.post.text.endswith(post):
                found += [s for s in walk(before, actor.start)[0][:1] if s.actor.person is not None]
        if found:
            return introduction(reading, before, found[0]) if len(found) == 1 else None
    return None


def called(reading: Reading, sentence: Sentence, surname: str) -> tuple[Sentence, Speaker] | None:
    """Where the one person of the sentences before whose name ends with ``surname`` was last introduced with a post."""
    found: dict[str, tuple[Sentence, Speaker]] = {}
    for before, actor in reading.people.called(surname):
        if before.order >= sentence.order or actor.person is None:
            continue
        for speaker in walk(before, actor.start)[0][:1]:
            if speaker.actor.person is actor.person:
                found[actor.person.text] = (before, speaker)
    return next(iter(found.values())) if len(found) == 1 else None


def _writer(reading: Reading) -> Who | None:
    """Who signs the one letter of the document, unless a state writes, in the capacity that its title gives."""
    written = [fact for fact in reading.once(letters) if fact.signatory]
    if len(written) != 1 or written[0].state is not None:
        return None
    role = written[0].sender_role
    committees = {
        m.id
        for s in reading.view.sentences[:12]
        if s.paragraph.role == "title"
        for m in s.mentions
        if m.id and m.id.startswith("committee-")
    }
    of = committees.pop() if role and "委员会主席" in role and len(committees) == 1 else None
    return written[0].signatory, role, of
