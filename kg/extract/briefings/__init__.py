"""Who briefed the Council or one of its committees, in what capacity, on what.

Frames: 听取了…的通报; …向安理会通报了…; …在会上作了通报; …将与会通报; 感谢…5月29日所作的通报; 下列发言者将通报 with a list. Refused: 通报会 as a
kind of meeting, 发言 (speaking), requests for briefings and reports to come, briefings looked back at (自他上次向安理会通报以来), what others hear
(议会听取了), who presides.

`lists` reads lists, `rules` running text, both in the words of `frames` and `wording`; `telling` keeps what was told.
"""

from kg.extract.briefings.rules import briefings

__all__ = ["briefings"]
