"""Who briefed the Council, in what capacity, on what.

Frames: 听取了…的通报; …向安理会通报了…; …在会上作了通报; …将与会通报; 下列发言者将通报 with a list. Refused: 通报会 as a kind of meeting,
发言 (speaking), requests for briefings and reports to come, briefings looked back at (自他上次向安理会通报以来), who presides.
"""

from kg.extract.briefings.rules import briefings

__all__ = ["briefings"]
