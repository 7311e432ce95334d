"""What the pictures of these notebooks share: colours, a calm frame, and a font that has Chinese.

Where no Chinese font is installed, `say` gives the English words, so no picture shows boxes for characters.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib import font_manager

FONTS = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Hiragino Sans GB"),
    *("Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei", "Arial Unicode MS"),
)
INK, SOFT, FAINT, PAPER = "#1f2933", "#66727f", "#d9dee3", "#ffffff"
BLUE, TEAL, GOLD, RED, PLUM = "#2f6ea5", "#2a9d8f", "#c98a1b", "#c0453b", "#7a5195"

FORMATS = {
    "open-debate": ("公开辩论", "open debate", RED),
    "briefing": ("通报会", "briefing", BLUE),
    "consultations": ("磋商", "consultations", TEAL),
    "private-meeting": ("非公开会议", "private meeting", PLUM),
    "informal-interactive-dialogue": ("非正式互动对话", "informal interactive dialogue", GOLD),
}
"""How meetings are held: in Chinese, in English, and a colour."""

_here = {font.name for font in font_manager.fontManager.ttflist}
CHINESE = next((name for name in FONTS if name in _here), None)
"""The first font of the list that is installed; None where there is none."""

plt.rcParams.update(
    {
        "font.family": [*([CHINESE] if CHINESE else []), "DejaVu Sans"],
        "font.size": 10,
        "text.color": INK,
        "axes.edgecolor": FAINT,
        "axes.labelcolor": SOFT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "xtick.color": SOFT,
        "ytick.color": INK,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "figure.facecolor": PAPER,
        "axes.facecolor": PAPER,
        "figure.dpi": 120,
        "axes.unicode_minus": False,
    }
)


def say(zh: str, en: str) -> str:
    """The Chinese words where they can be drawn, the English ones else."""
    return zh if CHINESE else en


def title(axes: plt.Axes, zh: str, en: str, *, y: float = 1.02) -> None:
    """A heading in Chinese, the same in English under it; in English only where there is no Chinese font."""
    lift = 22 if CHINESE else 0
    if CHINESE:
        axes.annotate(
            zh, (0, y), (0, lift), xycoords="axes fraction", textcoords="offset points", fontsize=15, weight="bold"
        )
    axes.annotate(en, (0, y), (0, 5), xycoords="axes fraction", textcoords="offset points", fontsize=10, color=SOFT)
