"""Frames of mandates that change or end: ceilings raised, tasks and criteria changed, exemptions, 终止…的任务."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.gate import Frames, Gated
from kg.extract.mandates.clauses import DECIDING
from kg.extract.mandates.frame import Frame
from kg.extract.mandates.words import ALSO, CHUNK, EXTEND, FROM, LENGTH, UNTIL, chunks
from kg.extract.view import Sentence
from kg.pipeline.mask import compile_masked

__all__ = ["CHANGING", "changing"]

_STRENGTH = r"(?:兵力|警力|部队|警察|军事人员|军人|警务人员|军警人员|文职人员|人员|人数|员额|编制|上限|最高限额|军事部[分门]|警察部[分门]|民警部[分门]|文职部[分门]|名额|规模|力量)"
_BY = r"(?:增加|增至|增到|减少|减至|减到|减为|增为|降为|升为|削减|缩减|裁减|降低|降至|降到|提高|升至|上调|下调|扩大|扩编|缩编|调整|改为|改|增派|扩充|精简)"
_COUNT = Gated(
    rf"(?:将|把)(?P<holder>{chunks(1, 90, but='将|把')}{_STRENGTH}(?!部[分门]|的(?:核定|人数|兵力|编制|上限|最高|总)))(?:分别|分[^，。；]{{0,6}}阶段|(?:从|由){CHUNK}{{1,70}}?|，|进一步|再|逐步|临时|暂时|立即|相应|{CHUNK}{{0,24}}?(?<=人|员|名|%))?{_BY}(?:至|到|为|了)?(?P<by>{chunks(0, 40)})(?P<when>，?{UNTIL})?(?=[，。；]|$)"
)
_COUNT_FIRST = Gated(
    rf"(?:决定|授权|核准|批准|核可|同意)(?:授权|立即|进一步|再|逐步|临时|暂时|将|秘书长|«T»)*(?:增加|减少|削减|缩减|裁减|降低|提高|增派|加派|扩大|扩编|缩编|扩充)(?:部署)?(?P<holder>{chunks(1, 90)}{_STRENGTH})(?P<by>{chunks(0, 40)})(?P<when>，?{UNTIL})?(?=[，。；]|$)"
)
_COUNT_LAST = Gated(
    rf"(?:^|[，；：]|决定)(?P<holder>(?!将|把){chunks(1, 80, but='将|把')}{_STRENGTH})(?:应|将|获准)*(?:从|由)[^，。；]{{1,40}}?{_BY}(?:至|到|为)?(?P<by>[^，。；]{{1,40}})(?=[，。；]|$)"
)
_COUNT_NOW = Gated(
    rf"(?:^|[，；])(?P<holder>(?:其|该(?:特派)?团(?:的)?|特派团(?:的)?|«M»(?:的)?|部队|(?=核定|最高|军事|警务|兵力)){chunks(0, 16, but='应|将|须|从|由|可|不')}{_STRENGTH})(?:也|则|由此|随之|相应|现|已|已经|分别)*{_BY}(?:至|到|为|了)?(?P<by>(?:约|近)?\d[\d ]*(?:多)?(?:人|名)[^，。；]{{0,16}})(?=[，。；]|$)"
)
"""部队核定兵力上限降至4 500人."""
_GROWS = Gated(
    r"(?:决定|授权|核准|批准|核可|同意)(?:授权|立即|进一步|再|逐步|临时|暂时)*(?:扩编|扩充|扩大|增强|加强|缩编|裁减|精简|缩减)(?P<holder>«M»)(?=[，。；至到]|$)"
)
_RENAMED = Gated(
    rf"(?:^|[，；：]|决定)(?P<holder>(?!将|把|请)(?:«M»|该(?:特派)?团|该部队|[^，。；]{{0,36}}委员会|{chunks(0, 40, but='将|把')}«R»{chunks(0, 20, but='将|把')}))(?:在[^，。；]{{2,24}}内)?(?:应|须)?(?:{FROM}|从此)?(?:应|须)?(?:更名为|改名为|改称为?|(?<=应)称为|重新命名为)(?P<by>{chunks(2, 60)})(?=[，。；]|$)"
)
_ALTERED = r"(?:修改|修订|修正|变更|调整|改组|重组|精简|合并|改|扩大|扩展|扩充|缩小|缩短|简化|更名|改名|改称|转变|改造)"
_CHANGED = Gated(
    rf"(?:将|把)(?P<holder>{chunks(1, 110, but='将|把')})(?:予以|相应|作出|进一步|加以|，)*{_ALTERED}(?:为|成|到|至|如下|以|适用于|，|:|：|$)"
)
_CHANGED_NOUN = Gated(
    rf"决定对(?P<holder>{chunks(2, 110, but='对|将|把')})(?:进行|作出|作|加以|予以)(?:如下|以下|下列|必要的|相应的?)?(?:修改|修订|修正|调整|变更)"
)
_THING = r"(?:任务规定|任务授权|任务期限|任务|授权|职权范围|职权|职能|职责|措施|标准|范围|规定|结构|构成|组成|禁运|禁令|豁免|适用|限制|名称|第\d+(?:\([a-z]\))?段|行动构想|行动区)"
_CHANGE_FIRST = Gated(
    rf"(?:决定|授权|核准|批准|核可|同意)(?:进一步|相应|还|再|立即|(?:根据|按照|依照|依据|遵照|考虑到)[^，。；]{{2,60}}?，?(?=修改|修订|修正|变更|调整|扩大|扩展|缩小))*(?:修改|修订|修正|变更|调整|扩大|扩展|缩小|精简|改组|重组)(?P<holder>{chunks(1, 130)}(?:{_THING}|要求))(?=[，。；：]|$|如下|为|以便?|，?使)"
)
_CHANGED_LAST = Gated(
    rf"(?:^|[，；：]|决定)(?P<holder>{chunks(1, 110, but='应|将|须')}{_THING})(?:应|将|须)(?:予以|相应|作出|进一步|加以|作如下)*{_ALTERED}(?:为|成|到|至|如下|以|，|：|$)"
)
_ADDED = Gated(
    rf"(?:在|对)(?P<holder>{chunks(1, 110)}(?:标准|措施|任务|授权|清单|名单))(?:之)?(?:中|内|上)?(?:增列|增添|增加|补充|增补)"
)
_EXEMPT = Gated(
    rf"(?:^|[，；：]|决定)(?P<holder>{chunks(1, 130)}(?:措施|禁运|禁令|限制|规定|冻结|制裁|要求|义务|第\d+(?:\([a-z]\))?段)(?:的?(?:规定|措施|要求))?)(?:将|应|都|均|也|绝|即|在[^，。；]{{2,24}}?(?:之?前|以前|内|期间))*(?:不|不再)(?:应)?(?:适用于|适用(?=[^，。；]))"
)
_RELEASED = Gated(
    rf"(?:委员会|«OR»|会员国|国家)[^。；]{{0,160}}?(?:免于|豁免|免除)(?:实施|适用|执行|遵守|受)?(?P<holder>(?!应|将|的|继续){chunks(1, 60)}(?:措施|禁运|禁令|限制|冻结|制裁)(?:措施)?)"
)
_NO_BREACH = Gated(
    rf"(?:并?不|均不|不应被视为|不视为|不构成)(?:违反|违背)(?P<holder>{chunks(1, 90)}(?:措施|禁运|禁令|限制|冻结|规定|制裁(?:制度)?|第\d+(?:\([a-z]\))?段))(?=[，。；：、]|$)"
)
_ALSO_APPLIES = Gated(
    rf"(?:^|[，；：]|决定)(?P<holder>{chunks(1, 110)}(?:措施|禁运|禁令|限制|冻结|制裁))(?:还|也|亦|应|将|须)*(?:还|也|亦)(?:还|也|亦|应|将|须)*适用于(?P<by>{chunks(1, 120)})"
)
_APPLIES = Gated(
    rf"决定，?(?P<holder>(?:上文第\d+段|(?:«C»)?«R»(?:第\d+段)?)(?:所述|所列|规定|所定|所规定)(?:的)?{chunks(0, 12)}(?:措施|禁令|冻结|禁运))(?:应|须|将)适用于(?P<by>(?:委员会指认的)?{chunks(1, 20)}(?:参与|从事|实施|支持|负责))"
)
"""More people to whom measures in force apply."""
_BESIDES = Gated(
    rf"除(?:了)?[^。；]{{0,60}}?(?:任务规定|任务|职责|职能|授权)(?:之)?外，(?P<holder>{chunks(1, 60, but='应|将|须')})(?:还|也|另)*(?:应|将|须)(?:还|也|另)*"
)
_SPECIAL = Gated(
    r"(?:授权|请)(?P<holder>«M»)[^。；]{0,100}?(?:采取|采用)[^，。；]{0,16}?(?:临时|特别)(?:和|、|性)?(?:临时|特别)?(?:的)?措施(?P<between>[^。；]{0,80}?)(?:在)?(?:为期|期限为)(?P<when>[\d一二三四五六七八九十]{1,3}个月)(?:的[^，。；]{0,6}?(?:时间|期间|期限)内)?|(?:授权|请)(?P<holder2>«M»)[^。；]{0,100}?(?:采取|采用)[^，。；]{0,16}?(?:临时|特别)(?:和|、|性)?(?:临时|特别)?(?:的)?措施"
)
_SPECIAL_ON = Gated(
    rf"(?:授权|请)(?P<holder>«M»)[^。；]{{0,140}}?{EXTEND}[^，。；]{{0,12}}?(?:临时|特别)[^，。；]{{0,8}}?措施[^。；]{{0,240}}?为期(?P<when>{LENGTH}(?:，?但?(?:不超过|不迟于|不得超过|至)«D»)?)"
)
_ENDS = r"(?:终止|结束|解除|取消|撤销|撤消|废止|废除|解散|关闭)"
_DAY = rf"(?:(?:自|从|于|在|截至|至|自«D»)?(?P<day>«D»)(?:起|之日|时|午夜)*|自?即日起|立即|从现在起|{FROM}|(?:自|从)本决议通过之日起{LENGTH}之?后|本决议一经通过(?:后|时)?即?|在本决议通过(?:之日|{LENGTH})?(?:时|之?后)，?|在[^，。；]{{2,30}}?(?:之)?后(?=立即|即|{_ENDS})|一俟[^，。；]{{1,20}}，|，|全面|正式|完全|彻底|部分|逐步|将|随之|特此)*"
_END_FIRST = Gated(
    rf"(?:(?:决定|同意|核准|批准|核可|授权|宣布)(?:授权)?|«R»(?:中)?|^|(?<=[，；：])(?:{ALSO})?){_DAY}{_ENDS}(?:了)?(?!审议|审查|讨论|磋商|协商|辩论|会议)(?P<holder>{chunks(1, 120)})(?=[，。；：]|$)"
)
_END_BA = Gated(rf"(?:将|把)(?P<holder>{chunks(1, 90, but='将|把')}){_DAY}(?:予以|加以)?{_ENDS}(?=[，。；]|$)")
_END_LAST = Gated(
    rf"(?:^|[，；：]|决定|同意)(?P<holder>{chunks(1, 110, but='应|将|须')})(?:应|将|须|即|就|均|都)*{_DAY}(?:予以|予|即行|自动|即告|停止|宣告)*(?:终止|结束|解除|取消|撤销|撤消|废止|废除|解散|失效|停止运作|结束运作|停止活动|不再有效|不再适用|停止生效|停止适用|届满|期满|关闭)(?=[，。；]|$)"
)

_NO_SUBJECT = compile_masked(
    r"限于|^(?:授权|请|要求|促请|鼓励|敦促)|(?:直|起)(?:至|到)[^，。；]{2,60}$|从[^，。；]{2,30}至(?!\d)[^，。；]{2,60}$"
)
"""授权…至稳定团任务结束: when something else ends."""

_PARTLY = re.compile(rf"部分(?:地)?{_ENDS}")
_AND = re.compile(rf"，(?:并|并且|以及|同时)(?:{_ENDS})")
"""自某日起解除…措施，并撤销…委员会: both on that day."""


CHANGING = Frames(
    (_SPECIAL_ON, ("mandate.special-measures", "extend")),
    (_SPECIAL, ("mandate.special-measures", "modify")),
    (_BESIDES, ("mandate.besides", "modify")),
    (_COUNT, ("mandate.strength", "modify")),
    (_COUNT_FIRST, ("mandate.strength", "modify")),
    (_EXEMPT, ("mandate.exempt", "modify")),
    (_RELEASED, ("mandate.release", "modify")),
    (_NO_BREACH, ("mandate.no-breach", "modify")),
    (_ALSO_APPLIES, ("mandate.applies-also", "modify")),
    (_APPLIES, ("mandate.applies-also", "modify")),
    (_COUNT_LAST, ("mandate.strength", "modify")),
    (_COUNT_NOW, ("mandate.strength", "modify")),
    (_GROWS, ("mandate.strength", "modify")),
    (_RENAMED, ("mandate.change", "modify")),
    (_CHANGED, ("mandate.change", "modify")),
    (_CHANGED_NOUN, ("mandate.change", "modify")),
    (_ADDED, ("mandate.change", "modify")),
    (_CHANGE_FIRST, ("mandate.change", "modify")),
    (_CHANGED_LAST, ("mandate.change", "modify")),
    (_END_BA, ("mandate.terminate", "terminate")),
    (_END_FIRST, ("mandate.terminate", "terminate")),
    (_END_LAST, ("mandate.ends", "terminate")),
)
"""Pattern, rule and action, in the order in which they are tried."""


def changing(sentence: Sentence) -> Iterator[Frame]:
    """Every frame of the sentence."""
    taken: list[tuple[int, int]] = []
    ended: Frame | None = None
    for match, (rule, action) in CHANGING.finditer(sentence):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        frame = _frame(match, rule, action)
        if frame is not None:
            if action == "terminate" and not frame.when and ended is not None and _AND.match(match.string, ended.end):
                frame = replace(frame, when=ended.when)
            ended = frame if action == "terminate" else ended
            taken.append(match.span())
            yield frame


def _frame(match: re.Match[str], rule: str, action: str) -> Frame | None:
    groups = match.groupdict()
    if action == "terminate" and _PARTLY.search(match.group()[:40]):
        action = "modify"
    holder = "holder" if groups.get("holder") else "holder2"
    if rule == "mandate.ends" and _NO_SUBJECT.search(match[holder]):
        return None
    return Frame(
        action=action,
        rule=rule,
        start=match.start(),
        end=match.end(),
        holder=match.span(holder),
        when=tuple(match.span(name) for name in ("when", "day") if groups.get(name)),
        timed=False,
        acts=frozenset({"decide", "authorize", "ask"}) if rule == "mandate.special-measures" else DECIDING,
    )
