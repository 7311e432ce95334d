"""How one sentence tells that an instrument was adopted: every 通过 with its count, its manner and its instrument.

Read over masked text in which counts of votes are signs too. The instrument stands behind the verb (以15票赞成一致通过第…号决议), before
it (第…号决议以14票赞成、1票弃权获得通过), or is what a draft became (草案获得通过，成为第…号决议). Refused: 通过 as "by means of", what is
planned, wished for, denied or asked, drafts that stay drafts, counts that no such Council can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.tallies import Tally, find_tallies, joined
from kg.extract.view import Sentence
from kg.model import Mention, MentionType
from kg.pipeline.mask import compile_masked, mask

__all__ = ["FAILED", "Frame", "adoption_frames", "drafts_in", "voted"]

_BY_COUNT = r"(?:(?:以|获得?|得到|取得|凭)?«V»(?:的?(?:(?:表决|投票)?(?:结果|票数|比数|比例)|表决|压倒性?多数|多数票?|方式))?)"
_UNANIMOUS = r"(?:(?:以|获得?|得到|经)?(?:«C»)?(?:全体)?(?:成员国?)?(?:协商一致|全体一致|一致|全票|鼓掌)(?:的)?(?:方式)?(?:投票|投赞成票|表决|赞成|同意|支持)?地?)"
_IN_WRITING = r"(?:(?:以|经由?|通过|采用|按照?|依照|依据|根据)(?:[^，。；«:RV»]{0,24}?)书面(?:投票|表决|决策|决定)?(?:程序|方式|形式)?)"
_ADVERB = r"(?:随后|最终|最后|终于|还|也|又|已经?|便|就|正式|再次|当场|首先|先后|分别|接着|而|均|都|则|并|同时|成功|顺利|表决|投票|晚间?|上午|下午|凌晨|，|«D»)"
_GETS = r"(?:获得?|得到|得以|被|予以|获准|经)"
_NO_VOTE = r"(?:[未不](?:经|加|付|进行)?表决(?:就|即|而)?)"
_VERB = compile_masked(
    rf"(?P<modes>(?:(?:{_BY_COUNT}|{_UNANIMOUS}|{_IN_WRITING}|{_NO_VOTE})(?:[、；]|{_ADVERB})*+)*)(?P<gets>{_GETS})?(?:{_ADVERB})*+通过(?P<done>了|过|的(?!是|话))?"
)
_WRITING = re.compile(r"书面(?:投票|表决|决策|决定)?(?:程序|方式|形式)|书面(?:投票|表决)")
_NAMED = r"(?:的|决议|决议[(：]|[决议声明文件草案件]，即|声明|声明\(|声明，编号为?|声明[：:]|文件|文件[(：]|即|编号为?|作为|题为«Q»|题为«Q»的?主席声明\(?|«B»|载于|\()"
_OBJECT = compile_masked(rf"(?P<gap>(?:[^。；«:RX»]{{0,70}}?{_NAMED})?)(?P<i>«RX»)")
_NO_OBJECT = re.compile(r"后|之后|以后|以来|之?前(?!南)|时|之际|视频|电话|各种|多种|不同|这[一种]|其|本|与|同(?!意)|加强|采取|开展|外交|政治|谈判|对话")
_LIST = compile_masked(r"(?:、|和|及|以及|与)(?:关于[^，。；«:RX»]{1,30}的)?(?P<i>«R»)")
_BECOMES = r"(?:，|、|\)|并|从而|正式|使其|随即|由此)*(?:成为|编为|编号为|即为?|作为|列为|定为)(?:«C»)?"
_BECAME = compile_masked(rf"{_BECOMES}(?P<i>«R»)")
_DRAFT_BECAME = compile_masked(rf"[^。；«:RX»]{{0,24}}?{_BECOMES}(?P<i>«R»)|\((?P<i2>«R»)\)")
_SUBJECT = compile_masked(
    rf"(?P<i>«RX»)(?:号)?(?:文件)?(?:所载的?|中的)?[)”]?(?:的)?(?:决议|主席声明)?(?:草案)?[)”]?(?P<mid>(?:{_ADVERB}|于|由|在[^，。；«:RX»]{{1,40}}?(?:上|中)|«C»(?:成员)?)*+)$"
)
_THAT = compile_masked(
    rf"(?:^|[，；])(?:该|这项|这份|此项|上述|两项)?(?:决议|声明|主席声明)(?:草案)?(?P<mid>(?:{_ADVERB}|由|«C»(?:成员)?)*+)$"
)
_COUNCIL_DOES = compile_masked(
    rf"(?:«C»(?:成员国?)?|理事会|会议|会上|«F»(?:上|中)?|«D»|(?:在|于)[^，。；]{{1,40}}?(?:上|中|时|期间)|首次|曾|就此|伊始)(?:{_ADVERB}|于|«C»|«F»|上|曾|就此|首次)*+$"
)
_OTHERS = compile_masked(r"(?:«O»|«M»|«S»|(?:委员会|议会|国会|大会|参议院|众议院))(?:成员国?)?(?:«D»|于|还|也|又|已|曾)*+$")
_NOT_DONE = re.compile(
    r"(?:不(?!顾|断|同|久|少)|未(?!来)|没有|没能|无法|难以|呼吁|促请|敦促|(?<![邀申])请(?!求国)|(?<![反响])应(?!对|当?[年月日])|将(?=$|[^，。；]{0,6}(?:通过|获|在|于|一致|以|就))"
    r"|可能|希望|要求|建议|预期|预计|打算|能够|可以|尽快|尽早|需要|必须|拟(?!议)|等待|期待|期望|一旦|否决|阻止|推动|争取|力争|准备|计划|有望|是否|能否|若(?!干)|如果|倘若|考虑|主张|反对|支持(?!下)"
    r"|寻求|迫使|愿意|试图|努力|阻碍|定于|原定|本应|本可|险些|差点|以便|旨在|为了|力促|同意(?!票)|提议|赞成(?!票)|说服|帮助|协助|使)[^，。；的]{0,30}$"
)
_DESPITE = re.compile(r"不顾[^，。；]{0,20}(?:反对|警告|呼吁|要求)")
_IF = re.compile(r"(?:^|[，；])(?:如果|若|一旦|倘若|假如|除非|只有|只要)")
_ATTEMPT = re.compile(r"(?:草案)?的?(?:努力|尝试|企图|建议|可能性?|提议|提案|机会|前景|请求|意愿|必要性|重要性|动议|计划)|(?:草案)?(?:受阻|失败|未果)|[一二三四五六七八九十\d]{1,3}(?:周年|年来|多年)")
_LOOKS_BACK = re.compile(r"以来|之后|以后|后|之?前|时|之际|以前|[一二三四五六七八九十\d]+(?:多)?(?:周年|年)")
FAILED = re.compile(r"未获通过|未能?(?:获得)?通过|没有(?:获得)?通过|被否决|否决了|遭[^，。；]{0,8}否决|否决权|未获得?[^，。；]{0,8}(?:票|所需)")
_DECIDES = compile_masked(
    r"«C»(?:成员)?(?P<u>一致)?(?:决定|同意)\((?P<i>«R»)(?P<u2>，一致通过)?\)"
)
_RESULT = compile_masked(rf"(?P<i>«R»)(?!草案)[^。；]{{0,120}}?(?:表决|投票)结果(?:如下|为|是)?[：:，]?«V»")
_STATEMENT = compile_masked(
    r"(?:发表|发布|宣读|公布|作出|印发)(?:了)?(?:(?:[^。；«:RX»]{0,40}?(?:的|份|项|题为«Q»|关于[^。；«:RX»]{1,30}))?主席声明(?:\(|，|[：:]|，?即|，编号为)?(?P<i>«X»)|(?P<i2>«X»)(?:号)?主席声明)"
)
_A_RESOLUTION = compile_masked(r"(?:一项|一份|一个|该项|这项)?(?:[^。；«:RX»]{0,40}?的)?决议(?!草案)(?=[，。；])")
_NUMBERED = compile_masked(r"^(?:这|该|此)(?:份|项)?(?:新)?(?:决议)?(?:的)?(?:编号(?:为|是)|即|是|为)(?P<i>«R»)|^(?:决议)?(?:编号(?:为|是)|即)(?P<i2>«R»)")
_NUMBERED_HERE = compile_masked(r"[，；](?:这|该|此)?(?:份|项)?决议(?:的)?编号(?:为|是)(?P<i>«R»)")
_DRAFT = compile_masked(r"草案(?:\(|，?即|，?编号为|，?载于|文本为)?(?P<x>«X»)|(?P<x2>«X»)(?:号)?(?:文件)?(?:所载|中|内)?(?:的)?[^，。；«:RX»]{0,16}草案")
_DRAFT_SYMBOL = re.compile(r"S/(?:19|20)\d\d/\d+(?:/Rev\.\d+)?|S/\d{1,5}(?:/Rev\.\d+)?")


@dataclass(frozen=True, slots=True)
class Frame:
    """An adoption as one sentence tells it: the instrument's mention, where the verb begins and ends, and how.

    ``looking_back``: in a clause that belongs to the instrument (2013年10月18日通过的第…号决议); ``in_next``: the next sentence names it.
    """

    instrument: Mention
    verb: int
    end: int
    rule: str
    tally: Tally | None = None
    unanimous: bool = False
    written: bool = False
    looking_back: bool = False
    draft: str | None = None
    in_next: bool = False


def voted(sentence: Sentence) -> tuple[str, list[Tally]]:
    """The masked sentence with its counts of votes as signs, and the counts."""
    tallies = find_tallies(sentence.unposted)
    return mask(sentence.masked, ((t.start, t.end, "V") for t in tallies)), tallies


def adoption_frames(sentence: Sentence, following: Sentence | None = None) -> list[Frame]:
    """All adoptions that a sentence tells, in the order of its words. ``following``: the sentence behind it, which may number the
    resolution that this one says was adopted."""
    if not re.search(r"通过|决定|同意|结果|声明", sentence.text):
        return []
    text, tallies = voted(sentence)
    found: list[Frame] = []
    for match in _VERB.finditer(text):
        if _refused(text, match.start()):
            continue
        frame = _told(sentence, text, match, tallies)
        that = _THAT.search(_before(text, match.start()))
        if that and found and frame is None and match["modes"]:
            found[-1] = replace(found[-1], tally=found[-1].tally or _tally(match, tallies), unanimous=found[-1].unanimous or _is_unanimous(match))
        row = _shared(text, [frame, *_listed(sentence, text, frame)], tallies) if frame else []
        for one in row or _numbered(sentence, text, match, tallies, following):
            if not any(f.instrument is one.instrument for f in found):
                found.append(one)
    found.extend(f for f in _otherwise(sentence, text, tallies) if not any(f.instrument is g.instrument for g in found))
    return _completed(sentence, text, tallies, sorted(found, key=lambda f: f.verb))


def _told(sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally]) -> Frame | None:
    """What one 通过 adopts: what a draft became, what stands before the verb, what stands behind it."""
    return _became(sentence, text, match, tallies) or _passive(sentence, text, match, tallies) or _active(sentence, text, match, tallies)


def _became(sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally]) -> Frame | None:
    became = _BECAME.match(text, match.end())
    mention = _instrument(sentence, became.start("i")) if became else None
    return _frame(match, mention, "adoption.becomes", tallies) if mention else None


def _passive(sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally]) -> Frame | None:
    before = _before(text, match.start())
    subject = _SUBJECT.search(before)
    if subject is None or compile_masked("«RX»").match(text, match.end()):
        return None  # 一致通过第…号决议，又于…通过第…号决议: each has its own behind it
    mention = _instrument(sentence, match.start() - len(before) + subject.start("i"))
    if mention is None:
        return None
    back = bool(_LOOKS_BACK.match(text, match.end())) or match["done"] == "的"
    if not (match["modes"] or match["gets"]) and (back or not compile_masked("«D»").search(subject["mid"])):
        return None
    plain = "adoption.statement" if (mention.id or "").startswith("S/PRST/") else "adoption.dated"
    return _frame(match, mention, _rule(match, tallies, plain), tallies, looking_back=back)


def _active(sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally]) -> Frame | None:
    clause = _clause(text, match.start())
    found = _OBJECT.match(text, match.end())
    if found is None or _OTHERS.search(clause):
        return None
    bare = not match["modes"] and match["done"] != "了"
    if bare and (_NO_OBJECT.match(text, match.end()) or not _COUNCIL_DOES.search(clause[-100:])):
        return None
    mention, end = _instrument(sentence, found.start("i")), found.end()
    if mention is None:
        became = _DRAFT_BECAME.match(text, end)
        at = max(became.start("i"), became.start("i2")) if became else -1
        mention = _instrument(sentence, at)
        return _frame(match, mention, "adoption.becomes", tallies) if mention else None
    if text.startswith("草案", mention.end) or _ATTEMPT.match(text, mention.end):
        return None
    dated = compile_masked("«D»").search(text[: match.end()])
    back = match["done"] == "的"
    if back and not dated and not match["modes"]:
        return None
    plain = "adoption.statement" if (mention.id or "").startswith("S/PRST/") else "adoption.plain"
    rule = _rule(match, tallies, "adoption.dated" if dated and plain == "adoption.plain" else plain)
    return _frame(match, mention, rule, tallies, looking_back=back)


def _listed(sentence: Sentence, text: str, frame: Frame) -> Iterator[Frame]:
    """Other resolutions in a list behind the first: a count of one vote is not theirs."""
    end = frame.instrument.end
    while frame.instrument.start > frame.verb and (more := _LIST.match(text, end)):
        mention = _instrument(sentence, more.start("i"))
        if mention is None:
            return
        yield replace(frame, instrument=mention, tally=frame.tally if "均" in text[: frame.end] else None)
        end = mention.end


def _shared(text: str, frames: list[Frame], tallies: list[Tally]) -> list[Frame]:
    """``分别以15票赞成和14票赞成、1票弃权通过了第…号和第…号决议``: to each its own count, or none."""
    at = text.find("分别")
    if len(frames) < 2 or at < 0 or at > frames[0].end:
        return frames
    counts = [t for t in tallies if at < t.start and t.end <= frames[0].end]
    fit = counts if len(counts) == len(frames) else [None] * len(frames)
    return [replace(frame, tally=tally) for frame, tally in zip(frames, fit, strict=True)]


def _numbered(sentence: Sentence, text: str, match: re.Match[str], tallies: list[Tally], following: Sentence | None) -> Iterator[Frame]:
    """``安理会以14票赞成通过决议，…。这份编号为第2626号的决议…``."""
    if not (match["modes"] or match["done"] == "了" or _COUNCIL_DOES.search(_clause(text, match.start())[-100:])):
        return
    resolution = _A_RESOLUTION.match(text, match.end())
    if resolution is None or _OTHERS.search(_clause(text, match.start())):
        return
    here = _NUMBERED_HERE.search(text, resolution.end())
    then = _NUMBERED.match(following.masked) if following is not None and here is None else None
    mention = None
    if here:
        mention = _instrument(sentence, here.start("i"))
    elif then and following is not None:
        mention = _instrument(following, max(then.start("i"), then.start("i2")))
    if mention is not None:
        yield replace(_frame(match, mention, "adoption.numbered", tallies), in_next=here is None)


def _otherwise(sentence: Sentence, text: str, tallies: list[Tally]) -> Iterator[Frame]:
    """Adoptions without the verb: 一致决定(第…号决议), 就第…号决议…表决结果为…, 发表主席声明(S/PRST/…)."""
    for rule, pattern in (("adoption.unanimous", _DECIDES), ("adoption.result", _RESULT), ("adoption.statement", _STATEMENT)):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            mention = _instrument(sentence, max(match.start("i"), match.start("i2") if "i2" in groups else -1))
            if mention is None or _refused(text, match.start()) or (rule == "adoption.statement") != (mention.id or "").startswith("S/PRST/"):
                continue
            unanimous = bool(groups.get("u") or groups.get("u2"))
            if rule == "adoption.unanimous" and not unanimous:
                continue
            tally = next((t for t in tallies if match.start() <= t.start and t.end <= match.end()), None)
            yield Frame(mention, match.start(), match.end(), rule, tally, unanimous)


def _completed(sentence: Sentence, text: str, tallies: list[Tally], found: list[Frame]) -> list[Frame]:
    """With what the rest of the sentence says of its only adoption: count, written procedure, symbol of the draft."""
    if len({f.instrument.id for f in found}) != 1:
        return found
    frame = found[0]
    if frame.tally is None and not FAILED.search(sentence.text):
        frame = replace(frame, tally=joined(tallies))
    drafts = {m.id for m in drafts_in(sentence)}
    draft = drafts.pop() if len(drafts) == 1 else None
    return [replace(frame, draft=draft, written=frame.written or bool(_WRITING.search(sentence.text)))]


def drafts_in(sentence: Sentence) -> Iterator[Mention]:
    """Drafts with their symbols, in the order of place."""
    for match in _DRAFT.finditer(sentence.masked):
        mention = sentence.at(max(match.start("x"), match.start("x2")), MentionType.DOCUMENT)
        if mention is not None and mention.id and _DRAFT_SYMBOL.fullmatch(mention.id):
            yield mention


def _frame(match: re.Match[str], mention: Mention, rule: str, tallies: list[Tally], *, looking_back: bool = False) -> Frame:
    return Frame(mention, match.start(), match.end(), rule, _tally(match, tallies), _is_unanimous(match), bool(_WRITING.search(match["modes"])), looking_back)


def _rule(match: re.Match[str], tallies: list[Tally], plain: str) -> str:
    if _tally(match, tallies):
        return "adoption.tally"
    if _is_unanimous(match):
        return "adoption.unanimous"
    return "adoption.recalled" if match["done"] == "的" else plain


def _tally(match: re.Match[str], tallies: list[Tally]) -> Tally | None:
    return next((t for t in tallies if match.start() <= t.start and t.end <= match.end()), None)


def _is_unanimous(match: re.Match[str]) -> bool:
    return bool(re.search(r"一致|全票|鼓掌", match["modes"]))


def _instrument(sentence: Sentence, at: int) -> Mention | None:
    """The resolution or presidential statement of the Council that begins at ``at``."""
    mention = sentence.at(at, MentionType.RESOLUTION) or sentence.at(at, MentionType.DOCUMENT)
    return mention if mention and mention.id and mention.id.startswith(("S/RES/", "S/PRST/")) else None


def _before(text: str, at: int) -> str:
    """What stands before a verb, as far as its subject can be."""
    return re.split(r"[。；]", text[max(0, at - 160) : at])[-1]


def _clause(text: str, at: int) -> str:
    return re.split(r"[，。；]", text[:at])[-1]


def _refused(text: str, at: int) -> bool:
    """Whether the adoption is denied, wished for, asked for, to come, or a condition."""
    clause = _DESPITE.sub("", _clause(text, at)[-80:])
    return bool(_NOT_DONE.search(clause) or _IF.search(re.split(r"[。；]", text[:at])[-1]))
