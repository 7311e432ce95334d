"""The words of presiding: 由…主持, …主持了会议, 主持会议的是…, 在…主持下."""

from __future__ import annotations

from kg.extract.gate import Frames, Gate, Gated
from kg.pipeline.names import HONORIFICS

__all__ = ["DOES", "FRAMES", "MYSELF", "PRESIDES", "TELLS"]

_NOTE = r"(?:\([^()]{1,12}\))?"
_HON = rf"(?:{HONORIFICS})*"
_PRESIDENT = r"(?:(?:«C»)?(?:本月份?|当月|现任|«D»)?(?:的)?(?:轮值)?主席国?(?:、|，)?|«T»(?:、|，))?"
"""What stands before the one who presides: 安理会当月轮值主席、."""
_BY = Gated(
    rf"(?:由|请|委托){_PRESIDENT}(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}{_NOTE}(?:亲自|代表[^，。；]{{1,12}}|共同)?(?:担任(?:本次|此次|这次|该次)?(?:«F»|会议)?(?:的)?主席|担任(?:会议)?主持|担任«T»|主持)(?!下|的(?!会议|«F»))"
)
_HELD_BY = Gated(
    rf"(?:会议|«F»|辩论)的?主席(?:职务)?(?:将)?由{_PRESIDENT}(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}{_NOTE}担任(?=[，。；]|$)"
)
_ALSO = r"(?:将|拟|会|亲自|已|曾|还|也|又|均|当天|当日|同日|随后|会前|会后|计划|预计|上午|下午|(?:于|在)?«D»|，)*"
DOES = Gated(
    rf"(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}{_NOTE}(?:，)?{_ALSO}(?:(?:前往|赴|抵达|专程|率团|来到?)[^，。；«:TP»]{{0,12}}(?:，|并))?(?:将|拟|亲自|，)*(?:担任(?:本次|此次|这次|该次)?(?:«F»|会议)?(?:的)?主席|担任(?:会议)?主持|(?:召开|召集|发起|倡议|主办|出席|举行)(?:了)?(?:并|和|、)(?:亲自)?主持|主持)(?:了)?(?:本次|此次|这次|该次?|上述|这一)?(?P<what>(?:以«Q»为主题的)?(?:题为«Q»的)?(?:«F»|«C»|的|[^，。；下«:SOMTP»]{{0,8}}?){{0,4}}(?:«F»|会议|辩论|磋商|对话|通报|讨论)|[^，。；下«:TP»]{{0,50}}?«F»|(?=[，。；]|$))"
)
_UNDER = Gated(
    rf"在{_PRESIDENT}(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}{_NOTE}的?(?:亲自)?主持下，?(?=[^。；]{{0,60}}«F»)"
)
PRESIDES = Gated(
    rf"(?:先生|女士|大使|外长|部长)?{_ALSO}主持(?:了)?(?=(?:会议|召开|举行|[^，。；下«:TP»]{{0,24}}«F»|[，。；]|$))"
)
"""Behind a surname alone, of one introduced before: ``涅边贾主持了关于叙利亚的磋商``."""
MYSELF = Gated(
    rf"(?:^|[，；]|由)我(?:本人)?(?:国代表)?{_ALSO}(?:担任主席|主持)(?=(?:会议|召开|举行|[^，。；下«:TP»]{{0,24}}«F»|[，。；]|$))"
)
_LABEL = Gated(rf"^(?:会议)?(?:主持人|主席)(?:[:：]|为|是)(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}")
_IS = Gated(
    rf"主持(?:了)?(?:此次|本次|这次|该次|上述)?(?:会议|«F»|辩论)(?:会)?的(?:是|为){_PRESIDENT}(?P<state>«S»)?(?P<a>«P»«T»|«TP»(?:、|，)?(?:«P»)?){_HON}"
)
FRAMES = Frames(
    (_BY, "chairing.by"),
    (_HELD_BY, "chairing.by"),
    (DOES, "chairing.presides"),
    (_IS, "chairing.is"),
    (_LABEL, "chairing.label"),
    (_UNDER, "chairing.under"),
)
"""Pattern and rule, in the order in which they are tried."""
TELLS = Gate(FRAMES, MYSELF, PRESIDES)
