"""Frames that state a meeting of the Council: a verb of holding, a place in time, a name with a day.

Groups: ``f`` the format, ``mod`` what stands before it, ``d`` a day that the frame itself has, ``verb`` and ``done`` (了) of holding.
"""

from __future__ import annotations

from kg.extract.gate import Frames, Gated

__all__ = ["FRAMES"]

_MOD = r"(?:[^，。；：«:F»]|(?<=[«:BQ»])，){0,90}?"
_HOLD = r"(?:主持召开|主持举行|组织召开|组织举行|举行|召开|举办|主办|召集|进行|转入|开展|主持)"
_HELD = Gated(
    rf"(?P<verb>{_HOLD}|(?<=[将，于下时日分午)])组织|组织(?=一次|一场|了))(?:过)?(?P<done>了)?(?P<rel>的)?(?P<mod>{_MOD})(?P<f>«F»)"
)
_THEN = Gated(
    rf"(?:随后|接着|之后|会后|然后|其后|此后|继而|紧接着|并)(?:，)?(?:又|还|将|再|则)*(?:{_HOLD})(?:了)?(?P<mod>{_MOD})(?P<f>«F»)"
)
_AND = Gated(
    r"(?P<first>«F»)(?:，|、)?(?:和|及|以及|随后|其后|之后|接着|会后|然后|继之以)(?:为|是|的)?(?P<mod>)(?P<f>«F»)"
)
_AFTER = Gated(
    r"(?P<d>«D»)(?:上午|下午)?(?:举行|召开)?(?:的)?(?P<mod>(?:«C»)?(?:成员)?)(?P<f>«F»)(?:结束)?(?:之|以)?后"
)
_AFTER_IN = Gated(r"在(?P<mod>(?:«C»)?(?:成员)?(?:的)?)(?P<f>«F»)(?:结束)?(?:之|以)?后")
_RECALLED = Gated(
    r"(?:回顾|忆及|重温|记得)(?:其|到)?(?:于|在)?(?P<d>«D»)(?P<mod>[^，。；«:FOM»]{0,30}?(?:举行|召开)?(?:的)?(?:«C»)?(?:的)?)(?P<f>«F»)"
)
_IN = Gated(rf"(?:在|于|^(?=«D»的))(?P<mod>{_MOD})(?P<f>«F»)(?:会议)?(?:中|上|期间|的«Q»项(?:目)?下)")
_NAMED = Gated(
    r"(?P<d>«D»)(?:(?:举行|召开)的)?(?:的)?(?P<mod>(?:«C»|关于|题为|主题为|的|专题|«Q»|就|以|为主题|问题|其|[、，]){1,10})(?P<f>«F»)"
)
_HAPPENS = Gated(r"(?P<mod>)(?P<f>«F»)(?:已|如期|准时|顺利|按计划)*(?:举行|召开)(?!的)")
_SAME_DAY = Gated(rf"(?:同一天|同日|当天|当日)(?:上午|下午)?(?:举行|召开)?的(?P<mod>{_MOD})(?P<f>«F»)")
_ADOPTS = Gated(
    r"«C»(?:在)?(?:其)?(?P<f>«F»)(?:上)?(?:以[^。；]{0,60}?)?(?:一致|全票)?(?:表决)?通过(?:了)?(?P<mod>)«RX»"
)
_LINE = Gated(r"^(?:«C»)?(?P<d>«D»)(?:«C»)?(?P<mod>)(?P<f>«F»)通过$")
_DATED = Gated(r"(?P<f>«F»)(?:的)?(?:召开|举行)?(?:日期|时间)(?:定)?(?:为|是|在|于)+(?P<d>«D»)")
_WILL = Gated(rf"(?P<f>«F»)(?:拟|将|已|定于|计划|原)?(?:于|在)?(?P<d>«D»)[^。；]{{0,40}}?(?:{_HOLD}|进行)")
_ATTENDED = Gated(
    r"(?:出席|参加|列席|主持)(?:了)?(?:定于|将于|于)?(?P<d>«D»)(?:\(?星期[一二三四五六日天]\)?|[上下]午|\d{1,2}时(?:\d{1,2}分)?)*(?:举行|召开)?(?:的)?(?P<mod>(?:«C»的?)?)(?P<f>«F»)"
)
"""``将代表俄罗斯联邦出席9月22日第7775次会议``."""
_ENTRY = Gated(
    r"^(?:[^，。；：:«:DF»]{1,30}[:：])?(?:定于|拟于|将于|于)?(?P<d>«D»)(?:\(?(?:星期|周)[一二三四五六日天]\)?|[上下]午|\d{1,2}(?:时(?:\d{1,2}分|半)?|[:：]\d{2}))*[，：:、](?:«C»)?(?:将|拟|举行|召开)*(?P<mod>(?:(?![各举召在与了和方]|成员)[^，。；：:«:DFOMP»]){0,8}?|[^，。；：:«:DFOMP»举召在了]{2,24}(?:问题|局势|专题))(?P<f>«F»)(?=[，。；：:(]|随后|其后|继|接着|及|和|并|就|讨论|关于|审议|听取|$)"
)
"""An entry of a forecast or review of the Council's work: ``利比亚：11月8日，通报会，随后闭门磋商``."""
FRAMES = Frames(
    (_RECALLED, "meeting.recalled"),
    (_THEN, "meeting.then"),
    (_HELD, "meeting.held"),
    (_WILL, "meeting.will"),
    (_LINE, "meeting.line"),
    (_ENTRY, "meeting.entry"),
    (_DATED, "meeting.dated"),
    (_HAPPENS, "meeting.happens"),
    (_ADOPTS, "meeting.adopts"),
    (_SAME_DAY, "meeting.same-day"),
    (_ATTENDED, "meeting.attended"),
    (_IN, "meeting.in"),
    (_NAMED, "meeting.named"),
    (_AND, "meeting.and"),
    (_AFTER, "meeting.after"),
    (_AFTER_IN, "meeting.after"),
)
"""Pattern and rule, in the order in which they are tried: the first that fits a format wins."""
